"""Turn wording that the parties keep into texts that stand in the agreement like the library's own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mou_builder.library import Clause
from mou_builder.library.markup import Block, Label, Piece, Reference, Term, Words
from mou_builder.library.outline import letter
from mou_builder.library.shapes import ClauseFile
from mou_builder.marked import Marked
from mou_builder.model.negotiated import Negotiated

_NAME = r"\[\[[a-z][a-z-]*\.[a-z][a-z-]*\]\]"
_REFERENCE = re.compile(rf"(?<!\\)({_NAME})")
_REFERENCE_TO_BE = re.compile(rf"(?<!\\)(?=\\*{_NAME})")
_AS_WORDS = re.compile(rf"\\(\\*{_NAME})")
_ITEM = re.compile(r"(?P<indent> *)- (?P<words>.*)")
SIGNED, LIBRARYS = "[Alternative 1, as the parties agreed it]", "[Alternative 2, the library\u2019s text]"
SIGNED_ONLY = "[As the parties agreed it; the library has no text here any more]"
OWN_HEADING = "Section of the Parties"
"""Stands over words of the parties that have no heading of their own."""
LEFT_OUT = "[The parties left this section out; the library\u2019s text]"


def blocks_of(text: str, terms: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return the paragraphs and list items of kept wording: one to a line, ``- `` before an item, ``  - `` below an item.

    Nothing else is markup but ``[[slot]]``, and a backslash before either makes words of it; a quoted word of `terms` is a term
    at the place where it is defined.
    """
    blocks = [_block(line, terms) for line in text.splitlines() if line.strip()]
    return tuple(
        _closed(one) if _leads_one_item(blocks[place : place + 3]) else one for place, one in enumerate(blocks)
    )


def _block(line: str, terms: tuple[str, ...]) -> Block:
    item = _ITEM.fullmatch(line)
    if item is None:
        return Block("paragraph", tuple(_pieces(re.sub(r"\A\\(\\*- )", r"\1", line.strip()), terms)))
    return _closed(Block("subitem" if item["indent"] else "item", tuple(_pieces(item["words"], terms))))


def _closed(block: Block) -> Block:
    """Return the block with an empty stretch at its end: it keeps the grammar of lists, such as "; and", off the parties' words."""
    return replace(block, pieces=(*block.pieces, Words("")))


def _leads_one_item(blocks: Sequence[Block]) -> bool:
    """Return whether the first of these leads into a list of one item, which would otherwise be drawn into its sentence."""
    return [one.kind == "item" for one in blocks] in ([False, True], [False, True, False])


def _pieces(line: str, terms: tuple[str, ...]) -> Iterator[Piece]:
    for place, stretch in enumerate(_REFERENCE.split(line)):
        if place % 2:
            yield Reference(stretch[2:-2])
        else:
            yield from _with_terms(_AS_WORDS.sub(r"\1", stretch), terms)


def as_words(text: str) -> str:
    """Return words for kept wording, in which nothing is taken for a reference."""
    return _REFERENCE_TO_BE.sub(r"\\", text)


def as_paragraph(line: str) -> str:
    """Return a line of kept wording that is a paragraph, even if it begins as an item of a list does."""
    return re.sub(r"\A(?=\\*- )", r"\\", line)


def _with_terms(words: str, terms: tuple[str, ...]) -> Iterator[Piece]:
    quoted = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    parts = re.split(f'[\u201c"]({quoted})[\u201d"]', words) if quoted else [words]
    for place, part in enumerate(parts):
        if part:
            yield Term(part) if place % 2 else Words(part)


def slots_of(entries: Sequence[Negotiated]) -> list[tuple[str, Negotiated]]:
    """Return each entry with the place it fills: its section's own, or for an added one a place behind it."""
    count = itertools.count(1)
    return [(one.section if one.kind != "added" else _place(one, next(count)), one) for one in entries]


def _place(one: Negotiated, number: int) -> str:
    return f"{one.section.partition('.')[0]}.added-{letter(number).lower()}"


def kept_text(one: Negotiated, library_text: Clause | None, slot: str, as_of: date) -> Clause:
    """Return the parties' wording as a text for `slot`, in place of `library_text` where the library has one there.

    It keeps the id and version of that text, so that whoever reads the agreement sees what it stands in place of; its digest is
    its own.
    """
    heading = one.heading or (library_text.written.heading if library_text else OWN_HEADING)
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
    written = ClauseFile(
        # An id of its own: the one that it once stood in place of may by now be that of another section's text.
        id=f"local/{article}/{name}",
        slot=slot,
        version=1,
        change="edition",
        effective=as_of,
        reviewed=as_of,
        heading=OWN_HEADING,
        text=one.text or "-",
        notes=one.why,
    )
    # The parties' heading may be shorter or longer than the library's may be.
    worded = written.model_copy(update={"heading": heading})
    return Clause(worded, blocks, Marked("the wording of the parties", {}))
