"""Take what a person types as the answer it is meant to be, and show an answer as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.interview.questions import Form, Kind

_DATES = ("%Y-%m-%d", "%B %d, %Y", "%B %d %Y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%m/%d/%Y", "%m-%d-%Y")
_DAYS = ("%m-%d", "%B %d", "%b %d", "%m/%d", "%d %B")
YES, NO = ("y", "yes", "true"), ("n", "no", "false")
NONE = "none"
"""What stands for an empty list."""

_ASKED: Mapping[Kind, str] = {
    "date": "a date, such as 2026-08-01 or August 1, 2026",
    "day": "a day of the year, such as 08-01 or August 1",
    "money": "an amount in dollars, such as 62,500 or 62500.00",
    "percent": "a percentage, such as 50 or 33.3333",
    "share": "a part of one full-time officer, such as 1, 0.5 or 50%",
    "number": "a number in digits, such as 30",
    "yes-no": "yes or no",
    "group": "yes or no",
}


def taken_from(form: Form, text: str) -> Any:
    """Return what was typed as a file would hold it; raise AnswerError, in words, if it is no answer of the kind asked for.

    Whether the answer is allowed is for the machine to say. Lists come as one text, their entries parted by ``;``
    or, where an entry has one of its own, by ``|``.
    """
    text = text.strip()
    kind = form.kind
    if kind in ("line", "paragraph"):
        return text
    if kind == "choice":
        return _choice(form, text)
    if kind in ("choices", "lines", "days") and text.casefold() == NONE:
        return []
    if kind == "choices":
        return [_choice(form, one.strip()) for one in re.split(r"[;,]", text) if one.strip()]
    if kind == "lines":
        return [one.strip() for one in re.split(r"[|\n]" if "|" in text else r"[;\n]", text) if one.strip()]
    if kind == "days":
        return [_day(form, one.strip()) for one in re.split(r"[;\n]|,(?!\s*\d{4})", text) if one.strip()]
    read = {"date": _date, "day": _day, "yes-no": _yes_no, "group": _yes_no}.get(kind, _number)
    return read(form, text)


def _refused(form: Form, text: str, mend: str = "") -> AnswerError:
    found = f"found {text!r}" if text else "found nothing"
    what = f"this must be {_ASKED[form.kind]}; {found}." if form.kind in _ASKED else f"{text!r} is none of the choices."
    return AnswerError(Fault(form.title, what, mend))


def _choice(form: Form, text: str) -> str:
    folded = text.casefold()
    keys = list(form.choices)
    if text.isdecimal() and 1 <= int(text) <= len(keys) and text not in keys:
        return keys[int(text) - 1]
    for key, label in form.choices.items():
        if folded in (key.casefold(), label.casefold()):
            return key
    near = did_you_mean(folded, keys) or f"Choose one of: {', '.join(keys)}."
    raise _refused(form, text, near)


def _date(form: Form, text: str) -> date:
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise _refused(form, text)


def _day(form: Form, text: str) -> str:
    for pattern in _DAYS:
        try:
            # In a leap year, so that February 29 is told by the question's own rule why it will not do.
            return f"{datetime.strptime(f'2024 {text}', f'%Y {pattern}'):%m-%d}"
        except ValueError:
            continue
    raise _refused(form, text)


def _yes_no(form: Form, text: str) -> bool:
    if text.casefold() in (*YES, *NO):
        return text.casefold() in YES
    raise _refused(form, text)


def _number(form: Form, text: str) -> int | Decimal:
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text).removeprefix("$").strip()
    percent = plain.endswith("%") and form.kind in ("percent", "share")
    plain = plain.removesuffix("%").strip() if percent else plain
    try:
        value = Decimal(plain) if re.fullmatch(r"\d{1,15}(\.\d{1,15})?|\.\d{1,15}", plain) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise _refused(form, text)
    if percent and form.kind == "share":
        value /= 100
    return int(value) if value == value.to_integral_value() and "." not in plain else value


def shown(form: Form, value: Any) -> str:
    """Return an answer as a person reads it, on one line; `value` as a file holds it or as the agreement does."""
    from mou_builder.wording import in_date, in_dollars

    if isinstance(value, Mapping) and "undecided" in value:
        return f"undecided: {value['undecided']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        if form.kind == "entries":
            return f"{len(value)} listed" if value else NONE
        return "; ".join(shown(form, one) for one in value) or NONE
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {one}" for name, one in value.items()) if form.kind == "by-path" else "yes"
    if isinstance(value, str) and value in form.choices:
        return in_choice(form, value)
    if isinstance(value, date):
        return f"{in_date(value)} ({value:%A})"
    if form.kind in ("day", "days") and isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        return in_date(value)
    if form.kind == "money" and isinstance(value, (int, Decimal)):
        return in_dollars(Decimal(value))
    if form.kind == "percent" and isinstance(value, (int, Decimal)):
        return f"{value} percent"
    return " / ".join(str(value).splitlines())


def in_choice(form: Form, key: str) -> str:
    """Return one choice as it is offered: its name in the file and the words that go with it."""
    label = form.choices[key].rstrip(",")
    said = label.casefold()
    return label if said == key.casefold() or said.startswith(f"{key.casefold()}: ") else f"{key}: {label}"


def editable(form: Form, value: Any) -> str:
    """Return an answer as text that `taken_from` takes back unchanged."""
    if isinstance(value, (list, tuple)):
        whole = [editable(form, one) for one in value]
        if form.kind == "lines" and any(";" in one for one in whole):
            return " | ".join([*whole, *([""] if len(whole) == 1 else [])])  # one entry has a semicolon of its own
        return "; ".join(whole) or NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
