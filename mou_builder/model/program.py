"""The program on the ground: where officers serve, their hours, absences and calendar, and who keeps it going."""

from decimal import Decimal
from typing import Literal

from mou_builder.model.parts import (
    Days,
    Hours,
    Line,
    Minutes,
    Office,
    Open,
    Part,
    PartyName,
    Percent,
    SchoolName,
    Several,
    Some,
    ask,
)
from mou_builder.model.staffing import Events, Officer, Site

ASSIGNED = {"program.mode": "assigned"}


class Contact(Part):
    """A person or office for one purpose, listed in the schedule of contacts."""

    purpose: Line = ask("What this contact is for", default=..., example="Day-to-day coordination")
    party: PartyName = ask("Party", default=..., help="Short name of the party the contact belongs to.")
    office: Line = ask("Office or title", default=..., example="Director of Student Services")
    name: Open[Line] | None = ask("Name", default=None)
    phone: Open[Line] | None = ask("Telephone", default=None, example="555-0100")
    email: Open[Line] | None = ask("E-mail", default=None)


class Governance(Part):
    """Who keeps the partnership going."""

    district_liaison: Open[Office] = ask(
        "District's liaison (office)", serves=("S1.16",), example="Assistant Superintendent for Student Services"
    )
    agency_liaison: Open[Office] = ask("Agency's liaison (office)", serves=("S1.16",), example="Patrol Captain")
    meetings: Open[Literal["monthly", "quarterly", "semester"]] = ask(
        "How often the leadership team meets",
        serves=("S1.16",),
        labels={"monthly": "once each month", "quarterly": "once each quarter", "semester": "once each semester"},
    )
    chair: Literal["district", "agency", "turns"] = ask(
        "Who calls and chairs the leadership team's meetings",
        default="district",
        rationale="The district answers for its schools and keeps in touch with the stakeholders.",
        labels={
            "district": "the District\u2019s liaison",
            "agency": "the Agency\u2019s liaison",
            "turns": "the liaisons of the District and the Agency, in turn,",
        },
    )
    executive_meetings: Open[Literal["semester", "annual"]] | None = ask(
        "How often the two heads meet as an executive committee above the team",
        default=None,
        labels={"semester": "once each semester", "annual": "once each Program Year"},
        help="Leave out if one team is enough. Large programs have heads who decide and a team that works.",
    )
    monitor: Open[Office] = ask(
        "District office that monitors what officers do in schools",
        serves=("S1.14",),
        example="Director of Student Services",
    )


class Program(Part):
    """Where officers serve, how many, and when."""

    mode: Literal["assigned", "responding"] = ask(
        "Are officers assigned to schools, or do they only respond to calls?",
        essential=True,
        default="assigned",
        rationale="A School Resource Officer program assigns officers to schools.",
        labels={"assigned": "officers are assigned to schools", "responding": "officers only respond to calls"},
        help="responding: no officer is stationed at a school; the agreement is a protocol for officers who are called.",
    )
    officer_title: Open[Office] | None = ask(
        "Title that officers have locally, if not School Resource Officer",
        default=None,
        when=ASSIGNED,
        example="Community Resource Officer",
        help="Leave out if there is none. Some places say police liaison or school resource deputy.",
    )
    sites: Several[Site] = ask(
        "Schools", default=(), when=ASSIGNED, essential=True, help="Every school to which an officer is assigned."
    )
    officers: Several[Officer] = ask(
        "School Resource Officers",
        person=True,
        default=(),
        when=ASSIGNED,
        essential=True,
        help="One entry for each position, with its schools.",
    )
    priority: Several[SchoolName] = ask(
        "Order in which schools are served when there are too few officers",
        default=(),
        when=ASSIGNED,
        rationale="Without an order, no officer is moved in a shortage unless the district agrees.",
        help="Names of schools listed above, the first to be served first. Leave out if officers are not moved.",
    )
    hours_rule: Literal["bells", "timetable"] = ask(
        "How an officer's hours at a school are fixed",
        default="bells",
        when=ASSIGNED,
        rationale="Fixed points before and after the bells are the easiest to check.",
        labels={"bells": "by the first and last bell", "timetable": "by a written timetable"},
        help="timetable: no fixed hours stand in the agreement; the liaisons write them down each semester.",
    )
    arrive_before_minutes: Open[Minutes] = ask(
        "Minutes before first bell by which an officer is on site",
        example=15,
        when={"program.mode": "assigned", "program.hours_rule": "bells"},
    )
    stay_after_minutes: Open[Minutes] = ask(
        "Minutes after last bell an officer stays",
        example=15,
        when={"program.mode": "assigned", "program.hours_rule": "bells"},
    )
    weekly_hours: Open[Hours] | None = ask(
        "Hours a full-time officer works for the program in a week",
        default=None,
        when=ASSIGNED,
        example=40,
        help="Leave out if the week is left to the agency.",
    )
    presence_percent: Open[Percent] | None = ask(
        "Percent of working time spent in or around the schools",
        default=None,
        when=ASSIGNED,
        example=75,
        help="Leave out if none is promised; a federal hiring grant may ask for one.",
    )
    absence_notice_by: Open[Line] = ask(
        "Time of day by which the school is told of an absence", example="6:30 a.m.", when=ASSIGNED
    )
    absence_cover: Open[Literal["notify", "best-efforts", "guaranteed", "deduct"]] = ask(
        "Cover for an absent officer",
        when=ASSIGNED,
        help="notify: the school is only told. best-efforts: the agency tries. guaranteed: it must send a substitute. "
        "deduct: it tries, and time without an officer comes off the invoice.",
        labels={
            "notify": "notice only",
            "best-efforts": "reasonable efforts",
            "guaranteed": "guaranteed cover",
            "deduct": "reasonable efforts, and a deduction for time without cover",
        },
    )
    extended_absence_days: Days = ask(
        "School days of absence after which a position counts as vacant",
        default=20,
        when=ASSIGNED,
        rationale="About one month of school days.",
    )
    recall_reasons: Some[Literal["life", "declared", "officer", "search"]] = ask(
        "For what the agency may call an officer away from a school",
        default=("life",),
        when=ASSIGNED,
        rationale="Recall by patrol is a common complaint; a danger to life is the narrowest reason.",
        labels={
            "life": "an emergency that threatens life elsewhere and that its other officers cannot meet in time",
            "declared": "an emergency or disaster that a public authority has declared",
            "officer": "an officer elsewhere who calls for urgent help",
            "search": "a search for a missing child",
        },
    )
    summer: Open[Literal["school", "police", "training", "split"]] = ask(
        "What an officer does in the summer break",
        when=ASSIGNED,
        labels={
            "school": "service to the Schools on the days and at the hours that the two liaisons set in writing before it",
            "police": "Agency duty away from the Schools",
            "training": "the training that this Agreement asks for and, for the rest, Agency duty away from the Schools",
            "split": "service at the District\u2019s summer programs while they meet, and otherwise Agency duty away "
            "from the Schools",
        },
        help="school: a 12-month post. police: patrol. training: the yearly training first, then patrol. "
        "split: summer school, otherwise patrol.",
    )
    remote_learning: Open[Literal["confer", "redeploy", "same"]] = ask(
        "What an officer does on days of online instruction only",
        when=ASSIGNED,
        labels={
            "confer": "what the two liaisons agree in writing or, until they agree, Agency duty away from the Schools",
            "redeploy": "Agency duty away from the Schools",
            "same": "service at the assigned School at the usual hours, so far as the building is open to School Staff",
        },
    )
    events: Events | None = ask(
        "Events outside school hours that officers cover as a matter of course",
        default=None,
        when=ASSIGNED,
        help="Leave out if the district asks for each event one by one.",
    )

    @property
    def officer_count(self) -> int:
        """Number of positions."""
        return len(self.officers)

    @property
    def full_time_equivalents(self) -> Decimal:
        """Sum of all shares of working time."""
        return sum((a.share for officer in self.officers for a in officer.assignments), Decimal(0))

    @property
    def outside_sites(self) -> tuple[str, ...]:
        """The schools outside the agency's own limits, each with the consent under which it is policed."""
        return tuple(f"{site.name}: {site.outside_consent}" for site in self.sites if site.outside_consent)
