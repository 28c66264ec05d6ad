"""Name the answers in which two agreements differ, in a person's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic.fields import FieldInfo

from mou_builder.model import Agreement, Undecided
from mou_builder.model.parts import Part
from mou_builder.model.walk import asked_in, extra, labels
from mou_builder.wording import in_date

_APART = ("negotiated", "schema_version", "confirm")
_LONGEST = 240
"""Characters of an answer that a memo shows."""
_SMALL = 6
"""An entry of a list with no more answers than this is shown as one."""


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer in two agreements; empty where one of them has none."""

    title: str
    before: str
    now: str
    anew: bool = False
    """Whether it belongs to one signed agreement, so that nobody took it out: it has to be given again."""


def changed_answers(before: Agreement, now: Agreement) -> tuple[ChangedAnswer, ...]:
    """Return every answer that differs, in the order of the questions.

    Entries of a list are told as one where they are short. What is still open in the later agreement and had no place in the
    earlier one is left out.
    """
    found = _Comparison(before, now).groups(before, now, "")
    return tuple(one for one in found if one.before or one.now != _OPEN)


_OPEN = "undecided"


class _Comparison:
    def __init__(self, before: Agreement, now: Agreement) -> None:
        self._before, self._now = before, now

    def groups(self, old: Part | None, new: Part | None, above: str, entry: str = "") -> Iterator[ChangedAnswer]:
        """Yield the answers that differ in two groups of one kind, of which one may be absent.

        `above` names the group; `entry` names the entry of a list around it.
        """
        kind: Any = type(new if new is not None else old)
        for name, field in kind.model_fields.items():
            was = getattr(old, name) if old is not None and self._asked(self._before, old, field) else None
            value = getattr(new, name) if new is not None and self._asked(self._now, new, field) else None
            if was != value and not (kind is Agreement and name in _APART):
                yield from self._answers(field, was, value, above, entry)

    def _asked(self, root: Agreement, part: Part, field: FieldInfo) -> bool:
        return asked_in(root, part, field) is not False

    def _answers(self, field: FieldInfo, was: Any, value: Any, above: str, entry: str) -> Iterator[ChangedAnswer]:
        title = f"{above}: {field.title}" if above else field.title or ""
        if _is_group(was) or _is_group(value):
            inside = f"{entry}, {field.title}" if entry else field.title or ""
            yield from self.groups(_group(was), _group(value), inside, entry)
        elif _is_list(was) or _is_list(value):
            yield from self._entries(field, _entries(was), _entries(value), title if entry else field.title or "")
        else:
            yield ChangedAnswer(title, _shown(field, was), _shown(field, value), bool(extra(field).get("anew")))

    def _entries(
        self, field: FieldInfo, old: tuple[Part, ...], new: tuple[Part, ...], title: str
    ) -> Iterator[ChangedAnswer]:
        """Yield what became of the entries of a list, each held against the one of its name, or else of its place."""
        anew = bool(extra(field).get("anew"))
        if not new:
            yield ChangedAnswer(title, _cut("; ".join(map(_name, old))), "", anew)
            return
        for was, value in _pairs(old, new):
            if was == value:
                continue
            both = [one for one in (value, was) if one is not None]
            if len(both) == 2 and max(map(_size, both)) > _SMALL:
                named = f"{title}, {_name(both[0])}"
                yield from self.groups(was, value, named, named)
            else:
                yield ChangedAnswer(title, _whole(was), _whole(value), anew)


def _pairs(old: tuple[Part, ...], new: tuple[Part, ...]) -> Iterator[tuple[Part | None, Part | None]]:
    names = [_name(one) for one in new]
    left = [one for one in old if _name(one) not in names]
    for value in new:
        same = next((one for one in old if _name(one) == _name(value)), None)
        yield same or (left.pop(0) if left and len(old) == len(new) else None), value
    for gone in left:
        yield gone, None


def _is_group(value: object) -> bool:
    return isinstance(value, Part) and not isinstance(value, Undecided)


def _group(value: Any) -> Part | None:
    return value if _is_group(value) else None


def _entries(value: Any) -> tuple[Part, ...]:
    return value if isinstance(value, tuple) else ()


def _is_list(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(one, Part) for one in value)


def _name(entry: Part) -> str:
    """Return by what a person knows an entry: its name, or the first thing that is said of it."""
    named = str(getattr(entry, "short_name", None) or getattr(entry, "name", None) or "")
    return named or next(_leaves(entry), "")


def _size(entry: Part) -> int:
    return sum(1 for _ in _leaves(entry))


def _whole(entry: Part | None) -> str:
    return "" if entry is None else _cut("; ".join(_leaves(entry)))


def _leaves(entry: Part) -> Iterator[str]:
    """Yield the answers that an entry was given, those of the groups in it included."""
    for name in (one for one in type(entry).model_fields if one in entry.model_fields_set):
        value = getattr(entry, name)
        for part in value if _is_list(value) else (value,):
            if _is_group(part):
                yield from _leaves(part)
            elif said := _shown(type(entry).model_fields[name], part):
                yield said


def _shown(field: FieldInfo, value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, Undecided):
        return _OPEN
    known = labels(field)
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(known.get(str(one), _in_words(one)) for one in values)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_date(value)
    return _cut(" ".join(str(value).split()))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
