"""Turn wording that the parties keep into texts that stand in the agreement like the library's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from mou_builder.library import Clause
from mou_builder.library.markup import Block, Label, Piece, Reference, Term, Words
from mou_builder.library.outline import letter
from mou_builder.library.shapes import ClauseFile
from mou_builder.marked import Marked
from mou_builder.model.negotiated import Negotiated

_REFERENCE = re.compile(r"\[\[([a-z][a-z-]*\.[a-z][a-z-]*)\]\]")
_ITEM = re.compile(r"(?P<indent> *)- (?P<words>.*)")
SIGNED, LIBRARYS = "[Alternative 1, as the parties agreed it]", "[Alternative 2, the library\u2019s text]"
SIGNED_ONLY = "[As the parties agreed it; the library has no text here any more]"
LEFT_OUT = "[The parties left this section out; the library\u2019s text]"


def blocks_of(text: str, terms: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return the paragraphs and list items of kept wording: one to a line, ``- `` before an item, ``  - `` below an item.

    Nothing else is markup but ``[[slot]]``; a quoted word of `terms` is a term at the place where it is defined.
    """
    return tuple(_block(line, terms) for line in text.splitlines() if line.strip())


def _block(line: str, terms: tuple[str, ...]) -> Block:
    item = _ITEM.match(line)
    kind: Literal["paragraph", "item", "subitem"] = "paragraph"
    if item:
        kind = "subitem" if item["indent"] else "item"
    return Block(kind, tuple(_pieces(item["words"] if item else line.strip(), terms)))


def _pieces(line: str, terms: tuple[str, ...]) -> Iterator[Piece]:
    for place, stretch in enumerate(_REFERENCE.split(line)):
        if place % 2:
            yield Reference(stretch)
        else:
            yield from _with_terms(stretch, terms)


def _with_terms(words: str, terms: tuple[str, ...]) -> Iterator[Piece]:
    quoted = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    parts = re.split(f'[\u201c"]({quoted})[\u201d"]', words) if quoted else [words]
    for place, part in enumerate(parts):
        if part:
            yield Term(part) if place % 2 else Words(part)


def slots_of(entries: Sequence[Negotiated]) -> list[tuple[str, Negotiated]]:
    """Return each entry with the place it fills: its section's own, or for an added one a place behind it."""
    added = [one for one in entries if one.kind == "added"]
    return [(one.section if one.kind != "added" else _place(one, added), one) for one in entries]


def _place(one: Negotiated, added: Sequence[Negotiated]) -> str:
    return f"{one.section.partition('.')[0]}.added-{letter(added.index(one) + 1).lower()}"


def kept_text(one: Negotiated, library_text: Clause | None, slot: str, as_of: date) -> Clause:
    """Return the parties' wording as a text for `slot`, in place of `library_text` where the library has one there.

    It keeps the id and version of that text, so that whoever reads the agreement sees what it stands in place of; its digest is
    its own.
    """
    heading = one.heading or (library_text.written.heading if library_text else "Section of the Parties")
    terms = tuple(library_text.terms) if library_text else ()
    blocks = blocks_of(one.text or "", terms)
    if one.use == "both":
        blocks = _alternatives(blocks, library_text.blocks if library_text else ())
    if library_text is None:
        return _own(one, slot, heading, blocks, as_of)
    # The words in plain language tell what the library's text says, not what this one says.
    written = library_text.written.model_copy(update={"heading": heading, "text": one.text or "-", "plain": ""})
    return replace(library_text, written=written, blocks=blocks)


def _alternatives(signed: tuple[Block, ...], librarys: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return both texts, each under a line that says whose it is."""
    if not signed:
        return (_label(LEFT_OUT), *librarys)
    if not librarys:
        return (_label(SIGNED_ONLY), *signed)
    return (_label(SIGNED), *signed, _label(LIBRARYS), *librarys)


def _label(words: str) -> Block:
    return Block("paragraph", (Label(words),))


def _own(one: Negotiated, slot: str, heading: str, blocks: tuple[Block, ...], as_of: date) -> Clause:
    """Return a section that stands in place of no text of this library."""
    article, _, name = slot.partition(".")
    id = one.instead_of.partition("@")[0] if one.instead_of else f"local/{article}/{name}"
    written = ClauseFile(
        id=id,
        slot=slot,
        version=int(one.instead_of.partition("@")[2]) if one.instead_of else 1,
        change="edition",
        effective=as_of,
        reviewed=as_of,
        heading=heading,
        text=one.text or "-",
        notes=one.why,
    )
    return Clause(written, blocks, Marked("the wording of the parties", {}))
