"""What a rubric asks: its requirements, how each is known, when each stands, and what is to do outside the paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from mou_builder.library.jurisdictions import JurisdictionId, Limit
from mou_builder.library.outline import LibraryPart, Slug, Texts
from mou_builder.library.sources import Evidence, Source

Force = Literal["guidance", "law", "grant", "local"]
Kind = Literal["provision", "practice", "both"]


class Step(LibraryPart):
    """One action step of a rubric; 0 stands for all of them."""

    number: int
    title: str


Anchor = Literal["signing", "start", "end", "review", "assignment"]


class Due(LibraryPart):
    """When a task is due: a time from a day of the agreement, a day of every year, or one day."""

    after: Anchor | None = None
    before: Anchor | None = None
    days: int = 0
    months: int = 0
    years: int = 0
    yearly: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")] | None = None
    """Month and day, each year of the term."""
    every_months: int = 0
    """Repeated from `after` on, so many months apart, until the term ends."""
    on: date | None = None


class Task(LibraryPart):
    """Something to do outside the paper: file, post, report, train, hear the public."""

    what: str
    """One sentence in the imperative: ``Send the agreement to the state superintendent.``"""
    kind: Literal["process", "filing", "training", "data"]
    owner: Literal["district", "agency", "parties"]
    when: str
    """The time in words, as the law has it: ``within three months after adoption``, ``no time stated``."""
    due: Due | None = None
    """The same to be counted, where it can be; without it, only the words are shown."""


class Requirement(LibraryPart):
    """What a rubric or a law asks of the agreement or of practice; it lists no clauses."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*\.[0-9A-Za-z.-]+$", max_length=40, examples=["S1.6"])]
    step: int
    asks: str
    cite: str = ""
    """Where a law says it: ``RCW 28A.320.1242(1)(a)``."""
    kind: Kind
    force: Force
    level: Literal["required", "recommended"]
    phase: Literal["start", "improve", "both"]
    phase_basis: Literal["source", "tool"]
    evidence: Evidence
    sources: Texts
    seen: date
    effective_from: date | None = None
    effective_to: date | None = None
    applies: dict[str, Any] = Field(default_factory=dict)
    not_applicable: str = ""
    note: str = ""
    rests_on: Texts = ()
    """Other requirements: what meets all of them meets this one too. For rubrics of those who write no clauses."""
    task: Task | None = None
    """What somebody must do outside the paper, and by when."""

    @property
    def unread(self) -> bool:
        """Whether nobody has read it where it stands: it is to be verified, and never counts as met."""
        return self.evidence == "recollection" or (self.force == "law" and self.evidence != "text")

    def in_force(self, on: date) -> bool:
        """Return whether the requirement stands on this day."""
        return (self.effective_from or on) <= on <= (self.effective_to or on)


class Rubric(LibraryPart):
    """A list of requirements with one publisher, and what is known of its status."""

    id: Slug
    title: str
    short_title: str
    publisher: str
    force: Force
    jurisdiction: JurisdictionId = "us"
    """Whose agreements it is for: ``us`` is for all of them."""
    applies: dict[str, Any] = Field(default_factory=dict)
    """For which answers it is asked at all: a grant's terms only where there is that grant."""
    published: date
    seen: date
    status: str
    unverified: str
    steps: Annotated[tuple[Step, ...], Strict(False)]
    sources: dict[str, Source]
    requirements: Annotated[tuple[Requirement, ...], Strict(False)]
    values: Annotated[tuple[Limit, ...], Strict(False)] = ()
