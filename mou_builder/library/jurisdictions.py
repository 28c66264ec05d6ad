"""The jurisdictions: whose law a folder of clauses serves, its terms of art, its form and its dated values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from mou_builder.library.outline import LibraryPart, Slug, Texts
from mou_builder.library.sources import Evidence, Source

JurisdictionId = Annotated[str, Field(pattern=r"^us(-[a-z0-9]+)*$", max_length=40, examples=["us-wa"])]


class ArtTerm(LibraryPart):
    """A word that this jurisdiction's law uses in a sense of its own."""

    term: str
    means: str
    sources: Texts = ()


class StateForm(LibraryPart):
    """A form that a state has published, and how far a local agreement must follow it."""

    title: str
    publisher: str
    revision: str = ""
    conformance: Literal["identical", "no-deletions", "minimum", "substantially-similar", "based-on", "advisory"]
    """identical and no-deletions: the state's own form must be signed, so no other paper takes its place."""
    cite: str
    evidence: Evidence
    sources: Texts
    seen: date

    @property
    def compulsory(self) -> bool:
        """Whether only the state's own form will do."""
        return self.conformance in ("identical", "no-deletions")


class Limit(LibraryPart):
    """A value that a law, a grant or a policy sets for one answer, with the dates between which it stands."""

    id: Slug
    title: str
    """What is limited, in words: ``Time between reviews``."""
    answer: Annotated[str, Field(examples=["review.months"])]
    """Dotted path of the answer in the model."""
    limit: Literal["at-most", "at-least", "one-of"]
    value: int | str | Texts
    unit: str = ""
    """What the number counts, in the singular: ``month``, ``day``, ``hour``."""
    requirement: str
    """Id of the requirement that the value belongs to."""
    when: dict[str, Any] = Field(default_factory=dict)
    effective_from: date | None = None
    effective_to: date | None = None

    def counted(self, number: int | Decimal) -> str:
        """Return ``12 months``; an irregular unit is given as ``percent/percent``, as in a clause's text."""
        one, slash, many = self.unit.partition("/")
        shown = f"{Decimal(number).normalize():f}"
        return f"{shown} {one if number == 1 else many if slash else f'{one}s'}" if one else shown

    @property
    def in_words(self) -> str:
        """The limit in words: ``at most 12 months``, ``contract or interlocal``."""
        if isinstance(self.value, int):
            return f"{self.limit.replace('-', ' ')} {self.counted(self.value)}"
        return " or ".join((self.value,) if isinstance(self.value, str) else self.value)

    def in_force(self, on: date) -> bool:
        """Return whether the value stands on this day."""
        return (self.effective_from or on) <= on <= (self.effective_to or on)


class Jurisdiction(LibraryPart):
    """A folder of clauses: whose law it serves, which folder stands behind it, its words and its dated values."""

    id: JurisdictionId
    name: str
    parent: str | None = None
    state: str | None = None
    instruments: Texts = ()
    """Forms of agreement (`document.instrument`) that its law names; empty where it names none."""
    terms: Annotated[tuple[ArtTerm, ...], Strict(False)] = ()
    form: StateForm | None = None
    values: Annotated[tuple[Limit, ...], Strict(False)] = ()
    sources: dict[str, Source] = Field(default_factory=dict)
