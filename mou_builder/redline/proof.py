"""Prove a redline: rejecting every change gives the old agreement, accepting every change the new one."""

from __future__ import annotations

from mou_builder.errors import Fault
from mou_builder.redline.faults import FieldError, RedlineError
from mou_builder.report.parts import Parts
from mou_builder.report.resolved import View
from mou_builder.report.whole import Line, broken_fields, whole_text

_SHOWN = 60
_MEND = "Nothing was written. Open both files in Word, save them and try again; if it stays, report this as a bug."


def prove(old: Parts, new: Parts, redline: Parts) -> None:
    """Raise RedlineError unless the redline reads as `old` once all is rejected, and as `new` once all is accepted.

    Every paragraph of the body, of tables, notes, headers and footers must stand at the same place with the same number,
    words, fields and links. Pending changes of the two agreements count as accepted.
    """
    broken = broken_fields(redline)
    # Where a field was torn before, in one of the agreements, the redline cannot mend it.
    if broken and not any(broken_fields(one, "accepted") for one in (old, new)):
        what = f"the redline is not proved: a field near {_cut(broken[0], 0)} begins in one change and ends in another."
        raise FieldError(Fault("redline", what, _MEND))
    _same(whole_text(old, "accepted"), whole_text(redline, "rejected"), old.name, "rejected")
    _same(whole_text(new, "accepted"), whole_text(redline, "accepted"), new.name, "accepted")


def _same(expected: list[Line], found: list[Line], name: str, settled: View) -> None:
    if not any(line.text for line in expected):
        raise RedlineError(Fault(name, "there is not a word in this file.", "Nothing was written."))
    if expected == found:
        _same_fields(expected, found, name, settled)
        return
    place = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), None)
    place = min(len(expected), len(found)) if place is None else place
    wanted, got = _at(expected, place), _at(found, place)
    one, other = _shortened(_shown(wanted, got), _shown(got, wanted))
    elsewhere = "" if got.where == wanted.where else f", at {got.where}"
    what = (
        f"the redline is not proved: with every change {settled} it differs from this file at {wanted.where}. "
        f"The file: {one}. The redline{elsewhere}: {other}."
    )
    raise RedlineError(Fault(name, what, _MEND))


def _same_fields(expected: list[Line], found: list[Line], name: str, settled: View) -> None:
    """Refuse a redline in which a contents list reaches further than in the agreement, for Word writes what it holds anew."""
    for wanted, got in zip(expected, found, strict=True):
        if got.spanned > wanted.spanned or (settled == "accepted" and got.spanned != wanted.spanned):
            what = (
                f"the redline is not proved: with every change {settled} the contents list, or another field of several "
                f"paragraphs, is not where it was, near {_cut(wanted.text, 0)}."
            )
            raise FieldError(Fault(name, what, _MEND))


def _at(lines: list[Line], place: int) -> Line:
    return lines[place] if place < len(lines) else Line("the end", "")


def _shown(line: Line, other: Line) -> str:
    """Return what differs from the other line: the words, else what lies behind them, else the place."""
    if line.text != other.text:
        return line.text
    return "; ".join(line.behind) if line.behind != other.behind else line.where


def _shortened(one: str, other: str) -> tuple[str, str]:
    """Return two texts from a little before where they part."""
    same = next(
        (at for at, (mine, yours) in enumerate(zip(one, other, strict=False)) if mine != yours),
        min(len(one), len(other)),
    )
    start = max(0, same - _SHOWN // 3)
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    if not text:
        return "nothing"
    piece = " ".join(text[start : start + _SHOWN].split())
    return f"“{'…' if start else ''}{piece}{'…' if len(text) > start + _SHOWN else ''}”"
