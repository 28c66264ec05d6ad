"""Read a paragraph of a signed file as a line of kept wording: its words, its references by name, its place in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mou_builder.model.parts import unprintable
from mou_builder.negotiated import as_paragraph, as_words
from mou_builder.report.likeness import without_label
from mou_builder.report.paragraphs import Link, Read

Numbers = Mapping[str, str]
"""The section that each printed number, and each bookmark of a heading, stands for in a signed file."""

MARK = re.compile(r"\[[a-z ]+ in the signed file(?:: [^\]]*)?\]")
"""Stands in kept wording where the signed file has something that words alone do not hold, such as a footnote."""
TYPED_NUMBER = re.compile(r"\b[Ss]ec(?:tions?|s?\.)[ \u00a0]\d+\.\d+(?:(?:, and|, or|,| and| or| to) \d+\.\d+)*")
"""A section's number that somebody typed; it does not follow when sections are renumbered."""

_BREAKS = re.compile(r"[\t\n\r\x85\u2028\u2029]")
_SIGNS = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "sym": "symbol",
    "drawing": "picture or text box",
    "pict": "picture or text box",
    "AlternateContent": "picture or text box",
    "object": "object",
    "inserted file": "file",
    "struck": "words struck out",
}
_SIGN = re.compile(rf"\[(?P<tag>{'|'.join(_SIGNS)})(?P<words>: [^\]]*)?\]")
_BEFORE = re.compile(r"\bSection[ \u00a0]\Z")
_NUMBER = re.compile(
    # "Section 4.2 of the Code" and "Schedule A to the Lease" stand in other papers.
    r"\b(?:Section[ \u00a0](\d+\.\d+)(?!\.?\d|,? of (?!this Agreement))"
    r"|(Schedule [A-Z]+|Recital [A-Z]+)\b(?!,? (?:of|to) (?!this Agreement)))"
)
_OTHER_PAPER = re.compile(
    r"\b(?:Code|Act|Laws?|Statutes?|Rules?|Regulations?|Ordinance|Charter|Polic(?:y|ies)"
    r"|(?:Title|Chapter|Part|Article) [\dA-Z]+),? \Z"
)
_LABEL = {"section": r"\([a-z0-9]{1,4}\)", "recital": r"\([a-z0-9]{1,4}\)|[A-Z]{1,2}", "": r"(?!)"}


def line_of(read: Read, numbers: Numbers, *, typed: str = "") -> str:
    """Return a paragraph as a line of kept wording.

    Where numbers may have been typed before its words, `typed` says whether it stands in a ``section`` or in a ``recital``.
    """
    words = words_of(read, numbers)
    label, rest = without_label(words) if not read.number else ("", words)
    if re.fullmatch(_LABEL[typed], label):
        return f"- {rest}" if label.startswith("(") else as_paragraph(rest)
    if _is_item(read):
        return f"{'  ' if read.level > 2 else ''}- {words}"
    return as_paragraph(words)


def _is_item(read: Read) -> bool:
    """Return whether Word counts or marks a paragraph as an item of a list: no section's heading, no recital."""
    return read.level >= 0 and not re.fullmatch(
        r"\d+\.\d+\.?|[A-Z]{1,2}\.?|Article \d+\.?|Schedule [A-Z]+\.?", read.number
    )


def words_of(read: Read, numbers: Numbers) -> str:
    """Return a paragraph's words; a reference to a section becomes ``[[slot]]``, and nothing else is markup."""
    text = ""
    for piece in read.pieces:
        if isinstance(piece, Link):
            text = _with_reference(text, piece, numbers.get(piece.bookmark))
        else:
            text += as_words(_SIGN.sub(_sign, piece))
    return _plain(_NUMBER.sub(lambda found: _typed(found, numbers), text))


def heading_of(read: Read) -> str:
    """Return a heading's words as they stand."""
    return " ".join(_plain(read.text()).split())


def _with_reference(text: str, link: Link, slot: str | None) -> str:
    follows = slot is not None and link.reads({link.bookmark: "\x00"}) == "\x00"
    if follows and link.shown[:1].isalpha() and not link.shown.startswith("Error"):
        return f"{text}[[{slot}]]"
    if follows and _BEFORE.search(text):
        return f"{_BEFORE.sub('', text)}[[{slot}]]"
    return text + as_words(link.shown)


def _typed(found: re.Match[str], numbers: Numbers) -> str:
    slot = numbers.get(found.group(1) or found.group(2))
    other = _OTHER_PAPER.search(found.string[: found.start()])
    return f"[[{slot}]]" if slot and not other else found.group()


def _sign(found: re.Match[str]) -> str:
    return f"[{_SIGNS[found['tag']]} in the signed file{found['words'] or ''}]"


def _plain(text: str) -> str:
    """Return words on one line, without characters that a Word file should not hold."""
    words = _BREAKS.sub(" ", text).strip()
    return words if unprintable(words) is None else "".join(one for one in words if unprintable(one) is None)
