"""Drive the interview without a screen: give it known answers, made-up ones, or as few as it lets through."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path as File
from typing import Any

from mou_builder.errors import AnswerError
from mou_builder.interview import entries, steps, way
from mou_builder.interview.agenda import Item
from mou_builder.interview.draft import order
from mou_builder.interview.lists import Lists
from mou_builder.interview.notes import Notes
from mou_builder.interview.scope import EVERYTHING, Scope
from mou_builder.interview.state import Interview, begin
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put, without
from mou_builder.marked import Marked, Path, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.conditions import check
from mou_builder.model.parts import UNANSWERED
from mou_builder.model.walk import extra, walk
from mou_builder.shape import steps_of

NOW = datetime(2026, 7, 1)
EXAMPLES = File(__file__).resolve().parents[2] / "examples"
MOST = 6000
"""More questions than any interview here asks: one that asks more never ends."""

LISTS = Lists(
    states={"WA": "Washington", "NM": "New Mexico", "OH": "Ohio", "VA": "Virginia"},
    requirements={"S4.3": "A practice.", "S5.13": "A provision.", "S2.9": "Another practice."},
    practices={"S4.3": "A practice.", "S2.9": "Another practice."},
)
"""Lists as a library would give them, but short."""


@cache
def example(name: str) -> Tree:
    """Return the answers of an example."""
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    answers: Tree = read_marked(text, name, AnswerError).value
    return answers


SHARES = ("Marsh Schools", 40), ("Vale Schools", 30), ("Pike Schools", 20), ("Marsh Police", 10)


def three_districts() -> Tree:
    """Return the answers of three districts and one agency, each district with a school."""
    tree: Tree = example("first_mou")
    district, agency = at(tree, ("parties", "districts", 0)), at(tree, ("parties", "agencies", 0))
    names = ("Marsh Schools", "Vale Schools", "Pike Schools")
    answers: dict[Path, Any] = {
        ("parties", "districts"): [district | {"legal_name": f"{one} Corporation", "short_name": one} for one in names],
        ("parties", "agencies"): [agency | {"short_name": "Marsh Police"}],
        ("risk", "insurance"): {"undecided": "The pool has not answered."},
        ("set",): {"structure": "single"},
        ("program", "sites"): [{"name": f"{one} High School", "district": one} for one in names],
        ("program", "officers"): [
            {"assignments": [{"site": "Vale Schools High School"}]},
            {"assignments": [{"site": "Pike Schools High School"}]},
        ],
        ("contacts",): [{"purpose": "Money", "party": "Vale Schools", "office": "Registrar"}],
        ("cost",): {"model": "percentage", "shares": [{"party": one, "percent": part} for one, part in SHARES]},
        ("confirm",): [
            {"answer": "parties.districts[2].legal_name", "why": "Its counsel reads it."},
            {"answer": "parties.districts[1].legal_name", "why": "So does theirs."},
            {"answer": "term.ends", "why": "The board votes on June 9."},
        ],
    }
    for path, value in answers.items():
        tree = put(tree, path, value, order)
    return tree


def start(tree: Tree | None = None, scope: Scope = EVERYTHING, lists: Lists = LISTS) -> Interview:
    """Return an interview over the answers in `tree` at its first question."""
    return way.scoped(begin(tree or {}, Notes(), lists), scope)


def agreement_of(tree: Tree) -> Agreement:
    """Return the agreement that the answers make; raise AnswerError if they make none."""
    return agreement_from(Marked("answers.yaml", dict(tree)))


def drive(target: Tree, now: Interview, seen: Callable[[Item], None] = lambda item: None) -> Interview:
    """Return the interview after each question was answered as in `target`; what it leaves out is left out."""
    for _ in range(MOST):
        item = now.current
        if item is None:
            return now
        seen(item)
        now = _as_in(target, now, item)
    raise AssertionError(f"the interview does not end; it asks {now.current}")


def _as_in(target: Tree, now: Interview, item: Item) -> Interview:
    want = at(target, item.path)
    if isinstance(want, dict) and "undecided" in want:
        return steps.skip(now, want["undecided"], NOW)
    if want is NOTHING and item.form.may_be_open and not item.form.may_be_left:
        return steps.skip(now, UNANSWERED.undecided, NOW)
    if item.form.kind == "entries":
        have = len(item.value) if is_list(item.value) else 0
        more = want is not NOTHING and have < len(want)
        return entries.add(now, NOW) if more else entries.done(now, NOW, insist=True)
    if item.form.kind == "group":
        return steps.answer(now, want is not NOTHING, NOW)
    if want is NOTHING:
        return steps.take(now, NOW)
    return steps.answer(now, want, NOW, insist=True)


def finish(now: Interview) -> tuple[Interview, int]:
    """Return the interview at its end, and after how many steps: nothing more is answered than it needs."""
    for number in range(MOST):
        item = now.current
        if item is None:
            return now, number
        now = _least(now, item)
    raise AssertionError(f"the interview does not end; it asks {now.current}")


def _least(now: Interview, item: Item) -> Interview:
    """Return the interview after the least that the question at hand takes."""
    ways: list[Callable[[], Interview]] = []
    if item.form.kind == "entries":
        ways = [lambda: entries.done(now, NOW, insist=True), lambda: steps.skip(now, "Not known.", NOW)]
        ways += [lambda: entries.add(now, NOW)]
    elif item.form.kind == "group":
        ways = [lambda: steps.answer(now, False, NOW)]
    else:
        ways = [lambda: steps.keep(now), lambda: steps.take(now, NOW), lambda: steps.skip(now, "Not known.", NOW)]
        ways += [_answering(now, item, number) for number in range(8)]
        ways += [lambda: steps.answer(now, fitting(now, item, 0), NOW, insist=True)]
    for one in ways:
        try:
            return one()
        except AnswerError:
            continue
    raise AssertionError(f"nothing can be done about {item}")


def _answering(now: Interview, item: Item, number: int) -> Callable[[], Interview]:
    return lambda: steps.answer(now, fitting(now, item, number), NOW)


def askable(target: Tree) -> Tree:
    """Return answers without those that no interview asks for: whether they apply is open, or there is but one to choose."""
    target = copy.deepcopy(dict(target))
    program = target.get("program", {})
    naming = (*program.get("sites", []), *program.get("officers", []), *target.get("set", {}).get("variations", []))
    for role, group in (("district", "districts"), ("agency", "agencies")):
        for entry in naming if len(target["parties"][group]) == 1 else ():
            entry.pop(role, None)
    if len(program.get("sites", [])) < 2:
        program.pop("priority", None)
    agreement = agreement_of(target)
    for answer in walk(agreement):
        when = extra(answer.field).get("when")
        if when and answer.given and check(agreement, when).holds is None:
            target = without(target, steps_of(tuple(answer.path.split("."))))
    return target


def fitting(now: Interview, item: Item, number: int) -> Any:
    """Return an answer of the kind that a question takes, by `number` one or another."""
    possible = []
    for value in _made_up(now, item, number):
        try:
            steps.check(now, item, value)
        except AnswerError:
            continue
        possible.append(value)
    assert possible, f"no answer fits {item}"
    return possible[number % len(possible)]


def _made_up(now: Interview, item: Item, number: int) -> Iterator[Any]:
    form = item.form
    known = list(now.lists.candidates(form.among, now.draft.agreement)) if form.among else []
    words = [*known, f"Harbor Office {number % 5}", "WA", "S4.3", "S2.9", "term.ends"]
    if isinstance(form.example, str):
        words.insert(0, form.example)
    elif form.example is not None and not isinstance(form.example, tuple):
        yield form.example
    choices = list(form.choices)
    yield from {
        "choice": choices,
        "choices": [choices[:2], choices[1:], choices, []],
        "yes-no": [True, False],
        "date": [date(2026 + number % 4, 1 + number % 12, 1), date(2027, 7, 31), date(2026, 8, 1)],
        "day": ["08-01", "07-31", "10-15"],
        "money": [Decimal("62500.50"), 100, 7],
        "percent": [50, Decimal("33.25"), 100],
        "share": [Decimal("0.5"), 1],
        "number": [1, 2, 12, 30, Decimal("1.5")],
        "lines": [known[:1], known, ["Harbor Office", "Orchard Office"], []],
        "days": [["08-01"], ["08-01", "01-15"], []],
        "by-path": [{"program.absence_notice_by": "7:15 a.m."}],
    }.get(form.kind, words)


def leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every answer in a tree with its path; an open answer and a list of words count as one, an empty group as none."""
    if isinstance(tree, Mapping) and "undecided" not in tree and path[-1:] != ("answers",):
        for name, value in tree.items():
            if (*path, name) != ("schema",):
                yield from leaves(value, (*path, name))
    elif is_list(tree) and tree and all(isinstance(one, Mapping) for one in tree):
        for number, entry in enumerate(tree):
            yield from leaves(entry, (*path, number))
    else:
        yield path, tree
