"""Crises, emergencies and reports: what an officer does when health or safety is at stake."""

from typing import Literal

from mou_builder.model.parts import Line, Office, Open, Part, Some, ask

_TEAM = ["member", "consultant", "on-call"]


class Crisis(Part):
    """Mental-health crises, risk of suicide, and threat assessment."""

    co_responder: Open[Line] | None = ask(
        "Mental-health service that responds to a crisis",
        default=None,
        example="the Larkmoor Mobile Crisis Team",
        help="With its article, as it reads in a sentence. Leave out if no service has agreed to come to schools.",
    )
    transport: Open[Literal["law-only", "last-resort"]] = ask(
        "When a police vehicle may take a student in crisis",
        labels={
            "law-only": "state law requires it",
            "last-resort": "state law requires it or no other safe transport is available",
        },
        help="law-only: never for want of an ambulance. last-resort: also where nothing else can come.",
        why="A ride in a police car is what students and families remember, and some states set who may transport.",
    )
    custody_law: Open[Line] | None = ask(
        "State law on emergency mental-health custody",
        default=None,
        help="A citation that your counsel has checked. Leave out to refer to state law in general.",
        example="chapter 7 (Emergency Detention) of the Code of the State",
    )
    suicide_protocol: Open[Office] = ask(
        "Title of the district's procedure on risk of suicide",
        example="Suicide Prevention and Response Procedure",
        help="The paper that says who screens a student, who calls the parent and how the student comes back.",
    )
    threat_team: Open[Literal["member", "consultant", "on-call", "none"]] = ask(
        "Officer's part in the district's threat-assessment team",
        labels={
            "member": "a member",
            "consultant": "a consultant called in by the team",
            "on-call": "on call in an emergency only",
            "none": "the district has no team",
        },
        help="An officer never votes on discipline, whatever the choice. Some states make an officer a member by "
        "statute. none: the district has no team.",
    )
    threat_team_law: Open[Line] | None = ask(
        "State law on the threat-assessment team",
        default=None,
        when={"crisis.threat_team": _TEAM},
        help="A citation that your counsel has checked. Leave out if no law governs the team.",
        example="section 12 (School Safety Teams) of the Education Code",
    )


class Emergency(Part):
    """Emergency plans, command, and what is said to the press."""

    drills: Open[Some[Literal["lockdown", "evacuation", "shelter", "secure", "bus", "reunification", "full-scale"]]] = (
        ask(
            "Drills that the agency helps with each school year",
            labels={
                "lockdown": "a lockdown drill",
                "evacuation": "an evacuation drill",
                "shelter": "a shelter-in-place drill",
                "secure": "a drill in securing the outer doors",
                "bus": "a school-bus evacuation drill",
                "reunification": "a reunification exercise",
                "full-scale": "a full-scale exercise without Students",
            },
            help="State law often sets a number and a kind; list what the agency joins.",
        )
    )
    command: Open[Literal["district", "agency", "unified"]] = ask(
        "Who leads when an emergency needs both",
        labels={
            "district": "the District leads until it hands over",
            "agency": "the Agency leads from its arrival",
            "unified": "both lead together",
        },
        help="Police command of an armed threat is never in question; the choice is about every other emergency.",
    )
    lockdown: Open[Office] = ask(
        "Who at a school orders a lockdown in the ordinary course", example="principal or the principal's designee"
    )
    maps_keeper: Open[Office] | None = ask(
        "Agency office that keeps maps and floor plans of the schools",
        default=None,
        example="Dispatch Center",
        help="Leave out if the district does not share them.",
    )
    reunification_lead: Open[Office] | None = ask(
        "District office that leads the reunion of students with their families",
        default=None,
        example="Director of Operations",
        help="Leave out if the parties have no plan for it yet.",
    )
    alert_system: Open[Line] | None = ask(
        "Alert or panic-alarm system that reaches the agency",
        default=None,
        example="the wearable panic button of school staff",
        help="With its article, as it reads in a sentence. Leave out if there is none.",
    )
    media: Open[Literal["joint", "each-own"]] = ask(
        "Who speaks to the press about an incident at a school",
        labels={
            "joint": "both together",
            "each-own": "each for itself, after telling the other",
        },
    )
