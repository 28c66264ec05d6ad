"""Name the answers in which two agreements differ, in a person's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mou_builder.model import Agreement, Undecided
from mou_builder.model.parts import Part
from mou_builder.model.walk import Answer, labels, walk
from mou_builder.wording import in_date

_APART = ("negotiated", "schema_version", "confirm")
_LONGEST = 240
"""Characters of an answer that a memo shows."""


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer in two agreements; empty where one of them has none."""

    path: str
    title: str
    before: str
    now: str


def changed_answers(before: Agreement, now: Agreement) -> tuple[ChangedAnswer, ...]:
    """Return every answer that differs, in the order of the questions; those of the later agreement lead."""
    old, new = _answers(before), _answers(now)
    groups = {one.path: one.field.title or one.path for agreement in (before, now) for one in walk(agreement)}
    changed = []
    for path in dict.fromkeys([*new, *old]):
        was, is_now = _shown(old.get(path)), _shown(new.get(path))
        if was != is_now:
            one = new.get(path) or old[path]
            above = groups.get(path.rpartition(".")[0].rpartition("[")[0] or path.rpartition(".")[0], "")
            title = one.field.title or path
            changed.append(ChangedAnswer(path, f"{above}: {title}" if above else title, was, is_now))
    return tuple(changed)


def _answers(agreement: Agreement) -> dict[str, Answer]:
    return {
        one.path: one
        for one in walk(agreement)
        if one.asked and not _is_group(one.value) and one.path.split(".")[0].split("[")[0] not in _APART
    }


def _is_group(value: object) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(one, Part) for one in value)
    return isinstance(value, Part) and not isinstance(value, Undecided)


def _shown(answer: Answer | None) -> str:
    if answer is None or answer.value is None or answer.value == ():
        return ""
    if isinstance(answer.value, Undecided):
        return "undecided"
    known = labels(answer.field)
    values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return ", ".join(known.get(str(one), _in_words(one)) for one in values)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_date(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
