"""Other answers to one question: each one that the question offers, and made-up ones of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mou_builder.interview.agenda import Item
from mou_builder.interview.applying import follow_name, settled
from mou_builder.interview.draft import order, read_draft
from mou_builder.interview.lists import Lists
from mou_builder.interview.notes import Notes
from mou_builder.interview.questions import Form, form_of, is_group
from mou_builder.interview.state import Interview, begin
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put, without
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part

WORDS = ("Harbor Office", "Orchard Office", "Granite Office")
DAYS = ("08-15", "10-01", "12-01", "02-15")
NUMBERS = (2, 3, 1, 5, 7, 12, 18, 30, 90, 400)
AMOUNTS = {"money": ("1200.50", "880"), "percent": ("60", "40", "100", "20"), "share": ("0.5", "0.25", "1")}
_STEPS = {"percent": Decimal(5), "share": Decimal("0.125"), "money": Decimal(10)}
_TURNS = 6


class Changing:
    """Answers one question of an interview otherwise, and mends what the other answer upsets."""

    def __init__(self, now: Interview) -> None:
        self._now = now

    def trees(self, item: Item) -> Iterator[Tree]:
        """Yield the answers with another one to `item`, first as they are, then with others fitted to it."""
        others = list(other_answers(item, self._now.draft.agreement, self._now.lists))
        for value in others:
            tree = _with(self._now, item.path, value)
            yield tree
            yield settled(tree, Notes(), order)[0]
        for value in others:
            mended = self._mended(changed(self._now, item.path, value), item.path)
            if mended is not None and at(mended, item.path) == value:
                yield mended

    def _mended(self, tree: Tree, path: Path) -> Tree | None:
        """Return the answers with those changed that do not fit the one at `path`; None where that is not possible."""
        for _ in range(_ROUNDS):
            now = begin(tree, Notes(), self._now.lists)
            wrong = next((one for one in now.items if one.fault or _needed(one)), None)
            if wrong is None:
                return tree if now.draft.complete else None
            fits = (one for one in self._fitted(now, wrong, path) if _mends(one, wrong, now))
            found = next(fits, None)
            if found is None:
                return None
            tree = found
        return None

    def _fitted(self, now: Interview, wrong: Item, path: Path) -> Iterator[Tree]:
        """Yield the answers with another one where something is wrong, or in another entry of the list that is wrong."""
        within = path[: len(wrong.path)] == wrong.path
        above = wrong.path if within and wrong.path != path else _list_around(path)
        near = [one for one in now.items if above and one.path[: len(above)] == above] if within else [wrong]
        for item in near:
            if item.path != path and not _before_and_beside(item, path, now):
                others = other_answers(item, now.draft.agreement, now.lists)
                yield from (tree for tree in (changed(now, item.path, one) for one in others) if _fine(tree, item, now))


_ROUNDS = 12
"""A party that is added can upset every school or officer once."""


def changed(now: Interview, path: Path, value: Any) -> Tree:
    """Return the answers with another one at `path`; what that rules out is taken out, as the interview does."""
    return settled(_with(now, path, value), Notes(), order)[0]


def _with(now: Interview, path: Path, value: Any) -> Tree:
    if value is NOTHING:
        return without(now.tree, path)  # type: ignore[no-any-return]
    return put(follow_name(now.tree, path, value, now.draft.agreement, order), path, value, order)  # type: ignore[no-any-return]


def _needed(item: Item) -> bool:
    return item.state == "missing" and not item.form.may_be_open


def _mends(tree: Tree, wrong: Item, now: Interview) -> bool:
    """Return whether what was wrong at a question is gone, and nothing more is wrong than before."""
    if wrong.fault is None:
        return at(tree, wrong.path) is not NOTHING
    before, after = now.draft.faults.items(), read_draft(tree, now.lists.faults).faults.items()
    own = [pair for pair in before if pair[1] == wrong.fault and pair[0][: len(wrong.path)] == wrong.path]
    return not any(pair in after for pair in own) and len(after) <= len(before)


def _fine(tree: Tree, item: Item, now: Interview) -> bool:
    """Return whether nothing is wrong with the answer to one question."""
    return not any(path[: len(item.path)] == item.path for path in read_draft(tree, now.lists.faults).faults)


def _list_around(path: Path) -> Path:
    place = next((place for place in reversed(range(len(path))) if isinstance(path[place], int)), 0)
    return path[:place]


def _before_and_beside(item: Item, path: Path, now: Interview) -> bool:
    """Return whether a question comes before the one at `path` in the same group: then it decides, and is no follower."""
    return item.path[:-1] == path[:-1] and now.places[item.path] < now.places.get(path, 0)


def other_answers(item: Item, agreement: Agreement, lists: Lists) -> Iterator[Any]:
    """Yield answers to try in place of the one that stands; NOTHING leaves the question out. Some may not be possible."""
    known = NOTHING if isinstance(item.value, Mapping) and "undecided" in item.value else item.value
    for one in _others(item.form, known, agreement, lists):
        if one != known:
            yield one
    if item.form.may_be_left and item.value is not NOTHING:
        yield NOTHING


def _others(form: Form, known: Any, agreement: Agreement, lists: Lists) -> Iterator[Any]:
    making = _Making(agreement, lists)
    if form.kind in ("entries", "choices", "lines", "days"):
        yield from making.lists_of(form, known if is_list(known) else [])
    elif form.kind == "by-path":
        yield from making.varied(known if isinstance(known, Mapping) else {})
    else:
        yield from making.answers(form, known)


class _Making:
    """Makes up answers that name what the agreement knows."""

    def __init__(self, agreement: Agreement, lists: Lists) -> None:
        self._agreement, self._lists = agreement, lists

    def answers(self, form: Form, known: Any = NOTHING) -> Iterator[Any]:
        """Yield answers to a question that takes a single one."""
        if form.among:
            yield from self._lists.candidates(form.among, self._agreement)
        elif form.kind == "by-path":
            yield form.example
        elif form.kind == "group":
            assert form.part is not None
            yield {**self.group(form.part), **(form.example or {})}
            yield self.group(form.part, 1)
        elif form.kind in ("number", "money", "percent", "share"):
            step = _STEPS.get(form.kind, 1)
            yield from (known + step, known - step) if isinstance(known, (int, Decimal)) else ()
            yield from NUMBERS if form.kind == "number" else map(Decimal, AMOUNTS[form.kind])
        elif form.kind == "date":
            start = known if isinstance(known, date) else self._start()
            yield from (start + timedelta(days=days) for days in (1, -1, 20, -20, 400))
        else:
            yield from _SINGLE[form.kind](form)

    def lists_of(self, form: Form, known: list[Any]) -> Iterator[Any]:
        """Yield longer and shorter lists."""
        entries = list(self._entries(form))
        fresh = [one for one in entries if one not in known]
        yield from ([*known, one] for one in fresh)
        yield from (known[:place] + known[place + 1 :] for place in reversed(range(len(known))))
        yield from ([one] for one in fresh)
        yield from (entries[:count] for count in range(form.at_least, len(entries) + 1))
        if form.example:
            yield list(form.example)
        if form.example and form.part is not None:
            yield [{**one, **self.group(form.part)} for one in form.example]

    def varied(self, known: Mapping[str, Any]) -> Iterator[Any]:
        """Yield answers by path: one fewer, and one whose words differ."""
        for path, value in known.items():
            yield {one: said for one, said in known.items() if one != path}
            if isinstance(value, str):
                yield {**known, path: WORDS[0]}
        yield {}

    def group(self, kind: type[Part], turn: int = 0) -> dict[str, Any]:
        """Return a group with an answer to each question that needs one; each turn takes the next answers."""
        made: dict[str, Any] = {}
        for name, field in kind.model_fields.items():
            form = form_of(field)
            if not is_group(field) and (field.is_required() or form.among) and not form.may_be_open:
                answers = list(self.lists_of(form, []) if form.kind == "entries" else self.answers(form))
                made |= {field.alias or name: answers[turn % len(answers)]} if answers else {}
        return made

    def _entries(self, form: Form) -> Iterator[Any]:
        if form.kind == "entries":
            assert form.part is not None
            example = form.example[0] if form.example else {}
            yield from ({**example, **self.group(form.part, turn)} for turn in range(_TURNS))
        elif form.kind == "days":
            yield from DAYS
        else:
            yield from self.answers(form) if form.among or form.choices else WORDS

    def _start(self) -> date:
        starts = self._agreement.document.effective_date
        return starts if isinstance(starts, date) else date(2026, 8, 1)


def _of(choices: tuple[str, ...]) -> Callable[[Form], Iterator[Any]]:
    return lambda form: iter(choices)


_SINGLE: dict[str, Callable[[Form], Iterator[Any]]] = {
    "line": _of(WORDS),
    "paragraph": _of(WORDS),
    "choice": lambda form: iter(form.choices),
    "choices": lambda form: iter(form.choices),
    "yes-no": lambda form: iter((True, False)),
    "day": _of(DAYS),
}
