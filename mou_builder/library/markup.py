"""Read a clause's text: paragraphs, lists, defined terms, references and values, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mou_builder.errors import did_you_mean

FILTERS = ("date", "money", "words", "list", "plural")


@dataclass(frozen=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Term:
    """A defined term at the place where it is defined."""

    text: str


@dataclass(frozen=True)
class Reference:
    """A cross-reference to the section that fills a slot, or to a schedule."""

    slot: str


@dataclass(frozen=True)
class Value:
    """An answer, by model path, and how it is printed."""

    path: str
    filter: str = ""
    argument: str = ""


@dataclass(frozen=True)
class Label:
    """Words over one of two texts between which counsel must choose; no clause file can hold it."""

    text: str


Piece = Words | Term | Reference | Value | Label


@dataclass(frozen=True)
class Block:
    """A paragraph, or an item of a list on the first or second level."""

    kind: Literal["paragraph", "item", "subitem"]
    pieces: tuple[Piece, ...]

    @property
    def repeats(self) -> Value | None:
        """The list whose entries are each printed as an item, or None."""
        only = self.pieces[0] if self.kind != "paragraph" and len(self.pieces) == 1 else None
        return only if isinstance(only, Value) and not only.filter else None


class MarkupError(Exception):
    """A slip in the markup: line and column counted from 1 within the text, what, and the mend."""

    def __init__(self, line: int, column: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.column, self.what, self.mend = line, column, what, mend


_TOKEN = re.compile(r"\*\*(?P<term>.+?)\*\*|\[\[(?P<ref>.+?)\]\]|\{\{(?P<value>.+?)\}\}")
_STRAY = re.compile(r"\*\*|\[\[|\]\]|\{\{|\}\}|\{%|%\}|\{#|#\}")
_VALUE = re.compile(
    r'\s*(?P<path>[a-z_]+(?:\.[a-z_]+)+)\s*(?:\|\s*(?P<filter>[a-z]+)\s*(?:"(?P<argument>[^"]*)")?\s*)?\Z'
)
_SLOT = re.compile(r"[a-z][a-z-]*\.[a-z][a-z-]*\Z")
_ITEM = re.compile(r"(?P<indent> *)- (?P<words>.*)")


def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a clause text; raise MarkupError at the first slip."""
    blocks: list[Block] = []
    kind: Literal["paragraph", "item", "subitem"] | None = None
    pieces: list[Piece] = []

    def close() -> None:
        nonlocal kind
        if kind is not None:
            blocks.append(Block(kind, _joined(pieces)))
        kind = None
        pieces.clear()

    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            close()
            continue
        item = _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if item:
            close()
            kind = _level(number, indent, blocks)
            start = item.start("words")
        elif kind is None and indent == 0:
            kind, start = "paragraph", 0
        elif kind == "paragraph" and indent == 0:
            pieces.append(Words(" "))
            start = 0
        elif kind in ("item", "subitem") and indent >= (2 if kind == "item" else 4):
            pieces.append(Words(" "))
            start = indent
        else:
            raise MarkupError(
                number,
                indent + 1,
                "this line neither starts nor continues a paragraph or an item.",
                "Leave a blank line before a new paragraph; indent a continued item by two spaces.",
            )
        pieces.extend(_pieces(line[start:].rstrip(), number, start))
    close()
    if not blocks:
        raise MarkupError(1, 1, "the text is empty.", "Write the clause.")
    return tuple(blocks)


def _level(number: int, indent: int, blocks: list[Block]) -> Literal["item", "subitem"]:
    if indent == 0:
        return "item"
    if indent == 2 and blocks and blocks[-1].kind != "paragraph":
        return "subitem"
    raise MarkupError(
        number,
        indent + 1,
        f"this list item is indented by {indent} spaces.",
        "Indent by none, or by two below an item.",
    )


def _pieces(line: str, number: int, offset: int) -> Iterator[Piece]:
    position = 0
    for token in _TOKEN.finditer(line):
        yield from _words(line[position : token.start()], number, offset + position)
        yield _token(token, number, offset + token.start() + 1)
        position = token.end()
    yield from _words(line[position:], number, offset + position)


def _words(text: str, number: int, offset: int) -> Iterator[Piece]:
    stray = _STRAY.search(text)
    if stray:
        raise MarkupError(
            number,
            offset + stray.start() + 1,
            f"a stray {stray.group()!r} stands here.",
            "Markup is **Term**, [[slot]] and {{ path | filter }}, each closed on its own line.",
        )
    if text:
        yield Words(text)


def _token(token: re.Match[str], number: int, column: int) -> Piece:
    if token["term"] is not None:
        return Term(token["term"])
    if token["ref"] is not None:
        if not _SLOT.match(token["ref"]):
            raise MarkupError(number, column, f"[[{token['ref']}]] is no slot.", "Write [[article.slot]].")
        return Reference(token["ref"])
    value = _VALUE.match(token["value"])
    if not value:
        raise MarkupError(
            number,
            column,
            f"{{{{{token['value']}}}}} is no value.",
            "Write {{ model.path }} or {{ model.path | filter }}, nothing more.",
        )
    name, argument = value["filter"] or "", value["argument"]
    if name and name not in FILTERS:
        mend = did_you_mean(name, FILTERS) or f"Filters: {', '.join(FILTERS)}."
        raise MarkupError(number, column, f"there is no filter {name!r}.", mend)
    if (name == "plural") != (argument is not None):
        raise MarkupError(
            number,
            column,
            f"the filter {name!r} is not written so.",
            'Only plural takes a noun: {{ path | plural "school day" }}.',
        )
    return Value(value["path"], name, argument or "")


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbouring words put together."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and isinstance(piece, Words) and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
