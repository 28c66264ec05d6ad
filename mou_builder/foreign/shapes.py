"""What a look through an agreement that we never made brings back; its one JSON shape is in docs/foreign.md."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Band = Literal["strong", "fair", "weak"]
STANDING = "candidate evidence, counsel to judge"
"""What every candidate is, and all that it is."""


@dataclass(frozen=True)
class Candidate:
    """A passage of the file that may bear on a requirement."""

    number: str
    """The section's number as the file prints it, or empty."""
    heading: str
    """The section's heading as the file prints it, or empty."""
    under: tuple[str, ...]
    lead: str
    """The words that lead into a list item or a table row; else empty."""
    text: str
    excerpt: str
    """The sentences of it that say most on the requirement."""
    confidence: float
    """From 0 to 1: how often, where it was measured, such a passage was one that a reader would have named."""
    band: Band
    reads_differently: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """Number and heading together, as the file prints them."""
        return " ".join(part for part in (self.number, self.heading) if part)


@dataclass(frozen=True)
class Offer:
    """A clause of the library whose words meet a requirement, and when they are the ones to take."""

    id: str
    version: int
    heading: str
    when: str

    @property
    def cite(self) -> str:
        """The clause as it is cited everywhere: ``us/roles/discipline@3``."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Sought:
    """One requirement, what in the file may bear on it, and the library's own texts for it."""

    id: str
    rubric: str
    step: int
    asks: str
    kind: str
    force: str
    level: str
    evidence: str
    candidates: tuple[Candidate, ...]
    offers: tuple[Offer, ...]
    judged_by_text: bool
    """False for a practice: no text can show that somebody does it."""
    may_not_apply: str = ""
    """Why it would not count for an agreement of another kind, in the rubric's words; the file cannot tell."""

    @property
    def best(self) -> Band | Literal["none"]:
        """The band of its best candidate."""
        return self.candidates[0].band if self.candidates else "none"


@dataclass(frozen=True)
class ForeignReport:
    """Everything `check` can say of a file that carries no record."""

    document: str
    as_of: date
    tool: str
    state: str
    """The state whose clauses and requirements were looked up too, or empty."""
    requirements: tuple[Sought, ...]
    passages: int
    tracked: int
    """Pending tracked changes, which are read as accepted."""
    ours: bool
    """Whether it has our bookmarks, so that its record was taken out or never put in."""

    @property
    def judged(self) -> tuple[Sought, ...]:
        """The requirements that a text can bear on."""
        return tuple(one for one in self.requirements if one.judged_by_text)

    def to_json(self) -> dict[str, Any]:
        """Return the report in the shape that docs/foreign.md describes (version 1)."""
        return {
            "schema": 1,
            "kind": "foreign",
            "document": self.document,
            "as_of": self.as_of.isoformat(),
            "tool": self.tool,
            "state": self.state,
            "standing": STANDING,
            "passages": self.passages,
            "tracked_changes": self.tracked,
            "looks_like_ours": self.ours,
            "requirements": [_as_json(one) for one in self.judged],
            "no_candidate": [one.id for one in self.judged if not one.candidates],
            "not_judged_by_text": [_as_json(one) for one in self.requirements if not one.judged_by_text],
        }


def _as_json(sought: Sought) -> dict[str, Any]:
    row = asdict(sought) | {
        "best": sought.best,
        "candidates": [asdict(one) | {"section": one.section} for one in sought.candidates],
        "offers": [asdict(one) for one in sought.offers],
    }
    del row["judged_by_text"]
    return row
