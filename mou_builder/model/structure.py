"""What is particular to some parties: a sheriff, a district's own police, a charter or private school, a tribal nation."""

from typing import Literal

from mou_builder.model.parts import Line, Office, Open, Part, Some, ask

KINDS = {
    "sheriff": ("sheriff",),
    "state_police": ("state-police",),
    "district_police": ("district-police",),
    "charter": ("charter",),
    "private": ("private",),
    "regional": ("regional",),
    "tribe": ("tribal", "tribal-police"),
}
"""The kinds of party for which each group of questions is asked."""


class Sheriff(Part):
    """How an elected sheriff and the county stand to each other in the agreement."""

    party: Open[Literal["county", "office"]] = ask(
        "Is the party the county, or the sheriff's office itself?",
        labels={"county": "the county", "office": "the sheriff\u2019s office"},
        help="State law says whether a sheriff's office can contract and be sued on its own.",
    )


class DistrictPolice(Part):
    """A police department that a district runs itself."""

    command: Open[Office] = ask(
        "District office to which the chief answers", example="Superintendent", help="Not a principal."
    )
    overlapping: Open[Some[Line]] = ask(
        "Other agencies that police the same ground",
        example=["Larkmoor Police Department", "Larkmoor County Sheriff"],
        help="The city and county agencies whose territory holds the district's schools.",
    )


class Charter(Part):
    """A charter school or network as a party."""

    authorizer: Open[Office] = ask("Body that authorized the charter", example="State Charter School Board")
    consent: Open[Literal["given", "not-required"]] = ask(
        "Has the authorizer consented to this agreement?",
        labels={
            "given": "has consented in writing to this Agreement",
            "not-required": "is not required to consent to this Agreement",
        },
    )
    proof: Open[Line] = ask(
        "Paper that shows the legal body and its charter",
        example="charter contract 2024-07 and the certificate of good standing of May 2, 2026",
    )


class Private(Part):
    """A private school as a party."""

    proof: Open[Line] = ask(
        "Paper that shows the legal body", example="the certificate of good standing of May 2, 2026"
    )


class Regional(Part):
    """A district over several towns."""

    assigns: Open[Literal["location", "lead"]] = ask(
        "Which agency serves a school?",
        labels={"location": "the agency of the town where the school lies", "lead": "one agency for all towns"},
        help="lead: one agency serves all schools, with the consent of the other towns' agencies.",
    )


class Tribe(Part):
    """A tribal nation whose school body or police is a party."""

    nation: Open[Line] = ask("Name of the tribal nation", example="the Larkmoor Nation", help="As it calls itself.")
    resolution: Open[Line] = ask(
        "Resolution of its council on this agreement", example="Resolution 2026-14 of June 3, 2026"
    )
    court: Open[Office] = ask("Its court for matters of young people", example="Larkmoor Nation Children's Court")
    police: Open[Literal["tribal", "state", "both"]] = ask(
        "Whose officers police the nation's land now?",
        labels={
            "tribal": "the officers of the Tribal Nation",
            "state": "state and local officers",
            "both": "the officers of the Tribal Nation and state and local officers, each by their own authority,",
        },
        help="Counsel must confirm this for each school that stands on trust or reservation land.",
    )


class Structure(Part):
    """Groups that are asked only where such a party is there."""

    sheriff: Sheriff = ask("Sheriff", default=Sheriff, when={"parties.has_sheriff": True})
    district_police: DistrictPolice = ask(
        "District police", default=DistrictPolice, when={"parties.has_district_police": True}
    )
    charter: Charter = ask("Charter school", default=Charter, when={"parties.has_charter": True})
    private: Private = ask("Private school", default=Private, when={"parties.has_private_school": True})
    regional: Regional = ask("Regional district", default=Regional, when={"parties.has_regional_district": True})
    tribe: Tribe = ask("Tribal nation", default=Tribe, when={"parties.has_tribe": True})
