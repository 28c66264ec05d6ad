"""The outline of the agreement: which places there are to fill, and in which order."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

Texts = Annotated[tuple[str, ...], Strict(False)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40, examples=["officer-duties"])]


class LibraryPart(BaseModel):
    """A group in a library file: frozen, no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Slot(LibraryPart):
    """A place in an article that one clause fills, in the agreements that its condition names."""

    id: Slug
    title: str
    optional: bool = False
    when: dict[str, Any] = Field(default_factory=dict)


class Article(LibraryPart):
    """An article of the agreement and its slots in order."""

    id: Slug
    title: str
    style: Literal["sections", "recital"] = "sections"
    plain: str = ""
    """Its title in the plain-language summary."""
    slots: Annotated[tuple[Slot, ...], Strict(False)]


class Schedule(LibraryPart):
    """A schedule behind the signatures, and in which agreements it is attached."""

    id: Slug
    title: str
    when: dict[str, Any] = Field(default_factory=dict)


class Outline(LibraryPart):
    """The order of the agreement."""

    format: Literal[1] = Field(alias="schema")
    articles: Annotated[tuple[Article, ...], Strict(False)]
    schedules: Annotated[tuple[Schedule, ...], Strict(False)] = ()
    frame_terms: Texts = ()
    """Terms that the Word template defines in the parties block."""
    may_vary: Texts = ()
    """Answers, or groups of them, that may differ within a set of instruments; all else is the common floor."""
    names: Texts = ()
    """Capitalized names of laws, cases and offices, which are no defined terms."""

    def slots(self) -> dict[str, Slot]:
        """Every slot by its full name, in the agreement's order."""
        return self._by_name

    @cached_property
    def _by_name(self) -> dict[str, Slot]:
        return {f"{article.id}.{slot.id}": slot for article in self.articles for slot in article.slots}


class States(LibraryPart):
    """Postal codes and names of states and territories."""

    states: dict[str, str]


def letter(place: int) -> str:
    """Return A for 1, Z for 26, AA for 27: the way Word counts in letters."""
    return chr(ord("A") + (place - 1) % 26) * ((place - 1) // 26 + 1)
