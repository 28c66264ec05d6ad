"""What is known of the deadlines of one or many agreements on one day, as plain values with one fixed JSON shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Status = Literal["overdue", "check", "to come", "no date", "undecided"]

KINDS: Mapping[str, str] = {
    "approval": "Approval",
    "start": "Agreement begins",
    "renewal-decision": "Decision on renewal",
    "renewal-notice": "Notice about renewal",
    "expiry": "End of the term",
    "hold-over-end": "End of the extra time",
    "review-start": "Review",
    "review-meeting": "Review: public meeting",
    "review-comments": "Review: comments",
    "review-answer": "Review: written answer",
    "review-vote": "Review: vote",
    "review-step": "Review calendar",
    "grant-agreement": "Grant",
    "task-process": "Public process or approval",
    "task-filing": "Filing or posting",
    "task-training": "Training that law or a grant asks for",
    "task-data": "Data that law or a grant asks for",
    "public-report": "Public report",
    "training-proof": "Proof of training",
    "substitutes": "Substitute officers",
    "staff-training": "Training of School Staff",
    "trained-administrators": "Trained administrators",
    "first-training": "First training",
    "survey": "Survey",
    "records-audit": "Audit of records",
    "insurance": "Insurance",
    "enrollment-count": "Enrollment count",
    "instalment": "Instalment",
    "instalment-invoice": "Invoice",
    "start-up": "After the start",
    "after-end": "After the end",
    "program-year": "Each Program Year",
    "yearly": "Each year",
    "undated": "Without a date",
    "undecided": "Cannot be told",
}
"""What each kind of deadline is called."""

TURNING_POINTS = frozenset({"renewal-decision", "renewal-notice", "expiry", "hold-over-end"})
"""The days on which it hangs whether there is an agreement: nobody should have to ask for them, however far away."""

STATED = frozenset({"start-up", "after-end", "program-year", "yearly", "undated"})
"""The kinds that are read from the text of the agreement, in its own words."""


@dataclass(frozen=True)
class Deadline:
    """One day by which something is due under one agreement."""

    agreement: str
    file: str
    kind: str
    day: date | None
    status: Status
    who: str
    what: str
    section: str = ""
    heading: str = ""
    slot: str = ""
    answer: str = ""
    opens: date | None = None
    firm: bool = True
    note: str = ""

    @property
    def overdue(self) -> bool:
        """Whether the day has passed and nothing that was handed in shows that it no longer matters."""
        return self.status == "overdue"


@dataclass(frozen=True)
class Listed:
    """One of the agreements whose deadlines are listed."""

    agreement: str
    file: str
    title: str
    starts: date | None
    ends: date | None
    followed_by: str = ""
    """File of the later agreement between the same parties that takes its place."""


@dataclass(frozen=True)
class Outlook:
    """The deadlines of all agreements that were handed in, in order of their days, as of one day."""

    as_of: date
    agreements: tuple[Listed, ...]
    deadlines: tuple[Deadline, ...]

    @property
    def overdue(self) -> bool:
        """Whether anything is overdue."""
        return any(one.overdue for one in self.deadlines)

    def to_json(self) -> dict[str, Any]:
        """Return the outlook in the shape that docs/deadlines.md describes (version 1)."""
        return {
            "schema": 1,
            "as_of": self.as_of.isoformat(),
            "agreements": [_plain(vars(one)) for one in self.agreements],
            "deadlines": [
                _plain({"date": one.day, "overdue": one.overdue} | {k: v for k, v in vars(one).items() if k != "day"})
                for one in self.deadlines
            ],
        }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
