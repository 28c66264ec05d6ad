"""Show every change between two agreements as tracked changes in Word, and prove that none is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mou_builder.document.package import finished
from mou_builder.document.repacking import only, repacked
from mou_builder.errors import Fault
from mou_builder.redline.dressing import dressed
from mou_builder.redline.engine import compare
from mou_builder.redline.faults import EngineMissingError, FieldError, RedlineError
from mou_builder.redline.finishing import Compared, finish
from mou_builder.redline.preparing import LEFT_OUT, Settled, comparable, settled, stories
from mou_builder.redline.proof import prove
from mou_builder.redline.spanning import take_out
from mou_builder.report.parts import Parts, open_parts
from mou_builder.report.resolved import TRACKED
from mou_builder.report.wordfile import open_word, w

__all__ = ["Engine", "EngineMissingError", "Redline", "RedlineError", "draw", "redline"]

Engine = Callable[[bytes, bytes], bytes]
"""Takes the old file and the new one; returns the old one with tracked changes, whoever they are by."""

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True)
class Redline:
    """A proved redline, and what whoever reads it should know."""

    word: bytes
    insertions: int
    deletions: int
    moves: int
    others: int
    """Changes of paragraph ends, rows, styles and looks."""
    notes: tuple[str, ...]


def redline(old: bytes, new: bytes, *, author: str, on: date) -> bytes:
    """Return `new` as tracked changes against `old`, by `author`, dated `on`.

    Raises WordFileError if one of the two cannot be read, and RedlineError if the comparison program is missing, fails, or
    makes what does not prove to be their redline.
    """
    return draw(old, new, author=author, on=on).word


def draw(
    old: bytes,
    new: bytes,
    *,
    author: str,
    on: date,
    names: tuple[str, str] = ("the old agreement", "the new agreement"),
    engine: Engine | None = None,
) -> Redline:
    """Return the redline with its notes; as `redline`, with the names of the two files for messages.

    `engine` compares in place of the program that comes with the extra.
    """
    _check_author(author)
    record = open_word(new, names[1]).record
    open_word(old, names[0])
    given = open_parts(old, names[0]), open_parts(new, names[1])
    for one in given:
        _check_whole(one)
    before, after = settled(given[0]), settled(given[1])
    hand = (author, on)

    def drawn(*, spans: bool) -> tuple[bytes, Parts]:
        made = _compared(before.parts, after.parts, hand, engine or compare, spans=spans)
        word = finished(repacked(only(made, LEFT_OUT, core=True)), title=_title(given[1]), as_of=on, record=record)
        return word, open_parts(word, "the redline")

    try:
        word, proved = drawn(spans=True)
        prove(*given, proved)
    except FieldError:
        word, proved = drawn(spans=False)
        prove(*given, proved)
    inserted, deleted, moved = (_counted(proved, kind) for kind in ("ins", "del", "moveTo"))
    others = sum(len(one) == 0 or one.tag.endswith("Change") for one in _changes(proved))
    return Redline(word, inserted, deleted, moved, others, (*_notes(before), *_notes(after)))


def _compared(old: Parts, new: Parts, hand: tuple[str, date], engine: Engine, *, spans: bool) -> Parts:
    """Return what the engine makes of two settled agreements, finished; `spans` says whether to keep contents lists out."""
    right = comparable(new)
    left = dressed(comparable(old), right)
    compared = Compared(left, right, take_out(left, right) if spans else [])
    made = open_parts(engine(repacked(left), repacked(right)), "the redline")
    finish(made, old, new, compared, *hand)
    return made


def _check_author(author: str) -> None:
    if not author.strip() or not author.isprintable() or len(author) > 200:
        what = f"{author[:40]!r} cannot stand as the author of a change."
        raise RedlineError(Fault("--author", what, "Give a name of at most 200 letters, without line breaks."))


def _check_whole(parts: Parts) -> None:
    if any(one.kind == "aFChunk" for name in stories(parts) for one in parts.relations(name).values()):
        what = "another file is inserted in it whole, which only Word can unpack."
        raise RedlineError(Fault(parts.name, what, "Open it in Word and save it again."))


def _title(parts: Parts) -> str:
    core = parts.xml.get("docProps/core.xml")
    return "" if core is None else core.findtext(_TITLE) or ""


def _changes(parts: Parts) -> list[Any]:
    return [one for name in stories(parts) for one in parts.xml[name].iter(*TRACKED)]


def _counted(parts: Parts, kind: str) -> int:
    """Return how many changes of words of one kind there are; a stretch that was cut into several is one."""
    found = [one for one in _changes(parts) if one.tag == w(kind) and len(one)]
    return sum(one.getprevious() is None or one.getprevious().tag != w(kind) for one in found)


def _notes(given: Settled) -> list[str]:
    notes = []
    if given.pending:
        one = given.pending == 1
        what = "1 tracked change was" if one else f"{given.pending} tracked changes were"
        notes.append(
            f"{given.parts.name}: {what} pending. The redline takes {'it' if one else 'them'} as accepted and does not "
            f"show {'it' if one else 'them'}."
        )
    if given.comments:
        what = "1 comment is" if given.comments == 1 else f"{given.comments} comments are"
        notes.append(f"{given.parts.name}: {what} not carried into the redline.")
    return notes
