"""The general part: disputes, governing law, what officials may change, added provisions, and how the agreement is signed."""

from collections.abc import Iterator
from typing import Literal

from mou_builder.model.consistency import Contradiction
from mou_builder.model.parties import Parties
from mou_builder.model.parts import Days, Line, Open, Paragraph, Part, Several, ask


class General(Part):
    """Disputes, law, changes and signing."""

    dispute_days: Open[Days] = ask(
        "Business days for each level of a dispute", default=10, rationale="Two school weeks at each level."
    )
    mediation: Open[bool] = ask("Is a dispute mediated before anyone goes to court?")
    governing_law: Literal["state", "omitted"] = ask(
        "Governing law",
        default="state",
        rationale="Public bodies of one state contract under its law.",
        labels={"state": "the law of the state", "omitted": "no choice of law"},
        help="omitted: where a tribal nation or a federal body is a party and neither takes on the other's law.",
    )
    venue: Open[Line] | None = ask(
        "Court in which one party sues another",
        default=None,
        when={"general.governing_law": "state"},
        example="the state courts that sit in Larkmoor County",
        help="Leave out to follow the law's own rules on venue.",
    )
    minor_changes: Several[Line] = ask(
        "Schedules that officials may change without a vote",
        default=(),
        example=["the schedule of schools and assignments"],
        help="Leave out if every change of a schedule needs the governing bodies. No such change may raise a payment.",
    )
    added: Several[Literal["emergencies", "receipt"]] = ask(
        "Further provisions",
        default=(),
        rationale="Most agreements do without them.",
        labels={
            "emergencies": "emergencies beyond a party's control",
            "receipt": "a signed receipt from each officer and principal",
        },
    )
    state_statements: Open[Paragraph] | None = ask(
        "Statements that law requires in the agreement, in counsel's own words",
        default=None,
        example="Each Party keeps its books on this Agreement for the time that law requires.",
        help="Full sentences, one to a line, printed exactly as given. The library supplies none.",
    )
    electronic_signatures: Open[bool] = ask("May the agreement be signed electronically?")


def in_general(general: General, parties: Parties) -> Iterator[Contradiction]:
    """Yield a choice of law that nobody made although a tribal nation is a party."""
    if parties.has_tribe and "governing_law" not in general.model_fields_set:
        yield Contradiction(
            ("general", "governing_law"),
            "a tribal nation is a party, so the governing law cannot be taken for granted.",
            "Add governing_law: omitted, or governing_law: state if its council accepts the state's law.",
        )
