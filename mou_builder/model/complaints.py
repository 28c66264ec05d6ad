"""How a complaint about an officer is made, investigated and answered."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.consistency import Contradiction
from mou_builder.model.parts import Days, Line, Office, Open, Part, Several, Some, ask

_APPEALS = {"complaints.appeal_to": {"present": True}}


class Complaints(Part):
    """How a complaint about an officer is made and answered."""

    channels: Open[Annotated[Some[Line], Field(min_length=2)]] = ask(
        "Ways to file a complaint",
        serves=("S2.6",),
        help="At least two, one of them open to anonymous complaints.",
        example=["an online form", "a telephone line that takes anonymous complaints", "any school office"],
    )
    district_intake: Open[Office] = ask(
        "District office that receives complaints", serves=("S2.6",), example="Compliance Officer"
    )
    agency_intake: Open[Office] = ask(
        "Agency office that receives complaints", serves=("S2.6",), example="Professional Standards Unit"
    )
    student_notice: Open[Some[Line]] = ask(
        "Where students and families read how to complain",
        default=(
            "the student handbook",
            "the District\u2019s website",
            "a poster in each School that Students pass every day",
        ),
        rationale="Families most often say that they did not know how; each of the three reaches others.",
        help="With their articles.",
    )
    investigator: Open[Literal["agency", "joint", "district-rights-office", "outside"]] = ask(
        "Who investigates",
        essential=True,
        serves=("S2.7",),
        labels={
            "agency": "the agency",
            "joint": "the agency and the district together",
            "district-rights-office": "the district's civil-rights coordinator",
            "outside": "an outside body",
        },
        help="Personnel law, labor agreements and the state's rules on police complaints limit the choice.",
    )
    investigator_body: Open[Line] = ask(
        "Outside body that investigates",
        when={"complaints.investigator": "outside"},
        example="the Larkmoor County Office of Independent Review",
        help="With its article.",
    )
    acknowledge_days: Open[Days] = ask("Business days within which receipt is acknowledged", example=5)
    finish_days: Open[Days] = ask(
        "Calendar days within which the investigation is finished", example=45, serves=("S2.7",)
    )
    extension_days: Open[Days] = ask(
        "Days by which that time may be extended once",
        default=30,
        rationale="A month covers a witness or a record that comes late.",
    )
    interim: Open[Literal["student", "school", "schools"]] = ask(
        "From what an officer is kept away while a complaint of harm is open",
        default="student",
        labels={"student": "that Student", "school": "that Student\u2019s School", "schools": "every School"},
        rationale="It protects the child at once and decides nothing about the officer.",
    )
    appeal_to: Open[Line] | None = ask(
        "Who decides an appeal",
        default=None,
        example="the superintendent and the head of the Agency together",
        help="With its article. Leave out if there is no appeal.",
    )
    appeal_days: Open[Days] = ask("Days within which a person may appeal", example=20, when=_APPEALS)
    appeal_decide_days: Open[Days] = ask("Days within which an appeal is decided", example=30, when=_APPEALS)
    other_bodies: Several[Line] = ask(
        "State or local bodies to which a family may also complain",
        default=(),
        example=["the state human-rights commission"],
        help="With their articles. The federal offices are always named. Leave out if there is none to name.",
    )


def in_complaints(complaints: Complaints) -> Iterator[Contradiction]:
    """Yield an appeal that would go back to the body that investigated."""
    if complaints.investigator == "outside" and complaints.appeal_to == complaints.investigator_body:
        yield Contradiction(
            ("complaints", "appeal_to"),
            f"{complaints.investigator_body} would decide an appeal from its own findings.",
            "Name somebody else for the appeal, or delete appeal_to and its days.",
        )
