"""The plain words of a clause: short, without terms of law, and with no value that an agreement might lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mou_builder.errors import Fault
from mou_builder.library.markup import MarkupError, Value, Words, parse
from mou_builder.library.printing import value_fault
from mou_builder.library.questions import Fields
from mou_builder.library.shapes import Clause

MOST_WORDS = 70
_JARGON = re.compile(
    r"\b(?:shall|herein|pursuant|prior to|SROs?|School Administrator|School Staff|Referral|Restraint|Education Record|"
    r"Serious and Imminent Threat|Responding Officer|Use of Force)\b"
)


def plain_faults(clause: Clause, fields: Fields, when: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with a clause's plain words: their markup, their values, their length, terms of law."""
    written = clause.written.plain
    where = clause.at("plain")
    if not written.strip():
        return
    try:
        blocks = parse(written)
    except MarkupError as fault:
        yield Fault(where, f"plain: {fault.what}", fault.mend)
        return
    if len(blocks) > 1 or blocks[0].kind != "paragraph":
        yield Fault(where, "plain holds more than one paragraph.", "Write one paragraph without a list.")
    for piece in blocks[0].pieces:
        if isinstance(piece, Value):
            yield from value_fault(where, piece, fields, when)
        elif not isinstance(piece, Words):
            yield Fault(where, "plain holds a defined term or a cross-reference.", "Use plain words and values only.")
    if len(written.split()) > MOST_WORDS:
        yield Fault(where, f"plain holds {len(written.split())} words.", f"Use {MOST_WORDS} at most.")
    term = _JARGON.search(written)
    if term:
        yield Fault(where, f"plain uses {term.group()!r}.", "Say it as a student or a parent would.")
