"""Wording that the parties agreed on and keep, where it differs from the library's, from one agreement to the next."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from mou_builder.model.consistency import Contradiction
from mou_builder.model.parts import Line, Part, Reason, ask, unprintable


def _words(text: str) -> str:
    bad = unprintable(text)
    if bad:
        what = f"the text holds the character {bad}, which a Word file cannot hold; delete it"
        raise PydanticCustomError("words", "{what}", {"what": what, "kind": "character"})
    return text


SectionName = Annotated[str, Field(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*$", max_length=60)]
"""A place in the outline of the agreement: ``roles.discipline``."""
Wording = Annotated[str, Field(min_length=1, max_length=20000), AfterValidator(_words)]
Cite = Annotated[str, Field(pattern=r"^[a-z-]+/[a-z-]+/[a-z-]+(\.[a-z-]+)?@[0-9]+$", max_length=100)]


class Negotiated(Part):
    """A section in the parties' own words, a section that they added, or one that they left out."""

    section: SectionName = ask(
        "Section", default=..., example="roles.discipline", help="Of a section that was added: the one it stands after."
    )
    kind: Literal["changed", "added", "left-out"] = ask(
        "What the parties did",
        default=...,
        labels={
            "changed": "changed the library\u2019s words",
            "added": "added a section of their own",
            "left-out": "left the library\u2019s section out",
        },
    )
    use: Literal["kept", "both"] = ask(
        "What this agreement does with it",
        default="kept",
        labels={"kept": "keeps the parties\u2019 words", "both": "shows both texts until counsel has decided"},
    )
    heading: Line | None = ask("Heading", default=None, example="Officers and School Discipline")
    text: Wording | None = ask(
        "Words",
        default=None,
        example="The Officer shall not discipline Students.\n- This holds in every School.",
        help="A paragraph a line; a line that begins with a hyphen is an item of a list. [[roles.calling]] is a reference.",
    )
    instead_of: Cite | None = ask(
        "Text of the library in whose place it stands", default=None, example="us/roles/discipline@1"
    )
    why: Reason = ask("Why the parties keep it", default=..., example="Agreed in the mediation of May 2024.")
    agreed_on: date | None = ask("Date of the agreement in which it was first agreed", default=None)


def in_negotiated(entries: tuple[Negotiated, ...]) -> Iterator[Contradiction]:
    """Yield entries that cannot stand: without the words they need, or two for one section."""
    seen: set[str] = set()
    for number, one in enumerate(entries):
        if (one.text is None) != (one.kind == "left-out"):
            what = "a section left out has no words." if one.text else "the words of the section are not given."
            yield Contradiction(
                ("negotiated", number, "text"), what, "Give the words, or kind: left-out without words."
            )
        if one.kind == "added" and not one.heading:
            what = "a section that was added needs a heading."
            yield Contradiction(("negotiated", number, "heading"), what, "Give it the heading it has in the agreement.")
        if one.kind != "added" and one.section in seen:
            what = f"{one.section} is named twice."
            yield Contradiction(("negotiated", number, "section"), what, "Keep one of the two.")
        if one.kind != "added":
            seen.add(one.section)
