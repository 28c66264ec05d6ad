"""Take what stands in a cell as the answer that a person at a spreadsheet means by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mou_builder.batch.paths import only_name
from mou_builder.batch.sheet import Cell
from mou_builder.errors import AnswerError, did_you_mean
from mou_builder.interview.questions import Form
from mou_builder.interview.typed import NO, YES, taken_from
from mou_builder.marked import read_marked

CLEAR = ("-", "\u2013", "\u2014")
"""A lone dash takes the base's answer out."""
TAKE_OUT: Any = object()
_OPEN = re.compile(r"undecided\s*[:=]\s*(.+)", re.IGNORECASE | re.DOTALL)
_SPOILED = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#{3,}")
_NUMBERS = ("money", "percent", "share", "number")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2}-[0-9]{2})\Z")
_GROUP_NAME = "this cell"


class CellError(Exception):
    """A cell holds no answer of the kind asked for: what is wrong, and the mend."""

    def __init__(self, what: str, mend: str = "") -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


def value_of(cell: Cell, form: Form | None, states: Mapping[str, str], *, comma_decimals: bool = False) -> Any:
    """Return what a cell that is not empty answers, as an answers file would hold it, or TAKE_OUT.

    Raises CellError. Whether the answer is allowed is for the questionnaire to say.
    """
    text = cell.text
    if cell.kind == "error" or _SPOILED.fullmatch(text):
        raise CellError(f"the cell shows {text}, an error of the spreadsheet.", "Mend the formula, or type the value.")
    if text in CLEAR:
        return TAKE_OUT
    if form is None or form.kind in ("group", "entries", "by-path"):
        return _structure(text, form)
    if found := _OPEN.fullmatch(text):
        if not form.may_be_open:
            raise CellError("this cannot be undecided.", "Write the answer.")
        return {"undecided": found[1].strip()}
    if text.casefold() == "undecided":
        raise CellError("'undecided' alone does not say why.", "Write 'undecided: why', for example who decides when.")
    if cell.kind == "date" and form.kind not in ("date", "day", "days"):
        what = "the spreadsheet has made a date of what was typed, but this is no date."
        raise CellError(what, "Format the cell as Text and type it again.")
    if form.kind in _NUMBERS and comma_decimals and "," in text:
        what = "a comma in a number can mean thousands or a fraction where a spreadsheet parts its cells by semicolons."
        raise CellError(what, "Write it without a comma: 62500 or 62.5.")
    return _by_kind(text, form, states)


def _by_kind(text: str, form: Form, states: Mapping[str, str]) -> Any:
    if form.kind == "choice" and text.isdecimal() and text not in form.choices:
        # An interview numbers its choices; a spreadsheet does not, so a bare number there is a slip.
        raise CellError(f"{text!r} is none of the choices.", f"Choose one of: {', '.join(form.choices)}.")
    if form.kind == "day" and (whole := _DATE.match(text)):
        return whole[2]
    if form.among == "states":
        return _state(text, states)
    if form.kind in ("choices", "lines", "days") and text[0] == "[" and text[-1] == "]":
        return _yaml(text)
    try:
        return taken_from(form, text)
    except AnswerError as error:
        (fault,) = error.faults
        raise CellError(fault.what, fault.mend) from None


def _state(text: str, states: Mapping[str, str]) -> str:
    """Return the postal code that a cell gives, or that belongs to the name it gives."""
    if text.upper() in states:
        return text.upper()
    names = {name.removeprefix("the ").casefold(): code for code, name in states.items()}
    code = names.get(text.casefold().removeprefix("the "))
    if code is None:
        near = did_you_mean(text.title(), [name.removeprefix("the ") for name in states.values()])
        raise CellError(f"no state or territory is called {text!r}.", near or "Write its name or two-letter code.")
    return code


def _structure(text: str, form: Form | None) -> Any:
    """Return a whole group or list: written as in an answers file, as names parted by ``;``, or as no."""
    if text[0] in "[{":
        return _yaml(text)
    folded = text.casefold()
    if form is not None and form.kind == "entries":
        if folded == "none":
            return []
        if found := _OPEN.fullmatch(text):
            return {"undecided": found[1].strip()}
        if only_name(form.part):
            return [
                {"name": one.strip()} for one in re.split(r"[|\n]" if "|" in text else r"[;\n]", text) if one.strip()
            ]
    if form is not None and form.kind == "group" and folded in (*YES, *NO):
        return {} if folded in YES else TAKE_OUT
    mend = "Write it as in an answers file: [{name: value, name: value}] for a list, {name: value} for a group."
    raise CellError(
        "a whole list or group is asked for here, not a single text.", f"{mend} Or give each answer a column."
    )


def _yaml(text: str) -> Any:
    try:
        return read_marked(text, _GROUP_NAME, AnswerError).value
    except AnswerError as error:
        fault = error.faults[0]
        raise CellError(fault.what, fault.mend) from None
