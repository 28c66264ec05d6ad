"""Every alternate has a case: the answers just inside that bring it in, what it then says, and just outside what stands.

A case lies under ``cases/`` at the path of its clause. `answers` are set on the first example by model path, after
those under `without` have been taken out of it, and, where no officer is assigned, those that only assigned officers need.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pytest

from mou_builder.errors import AnswerError
from mou_builder.library import Clause, Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.conditions import check
from mou_builder.model.walk import extra, model_paths
from mou_builder.selection import Choice, select
from mou_builder.wording import Wording

CASES = Path(__file__).with_name("cases")
FILES = sorted(file.relative_to(CASES).with_suffix("").as_posix() for file in CASES.rglob("*.yaml"))
NOTHING = "nothing"
PLAIN_STATE = "ID"
"""No text of the library is its own."""
Case = dict[str, Any]
ASSIGNED_ONLY = [
    path
    for path, field in model_paths(Agreement)
    if (extra(field).get("when") or {}).get("program.mode") == "assigned" or path == "program.officers"
]
"""Answers that no agreement without assigned officers can have."""


@lru_cache
def base(first_text: str) -> Any:
    return read_marked(first_text, "answers.yaml", AnswerError).value


@lru_cache
def case_of(name: str) -> Case:
    value = read_marked((CASES / f"{name}.yaml").read_text(encoding="utf-8"), name, AnswerError).value
    assert isinstance(value, dict)
    return value


def whole(name: str) -> str:
    """Return the id of the text that a case tries: a state's own stands below its folder."""
    return name if name.startswith("us-") else f"us/{name}"


MADE: dict[tuple[str, str], Agreement] = {}


def agreement(first_text: str, name: str, side: Literal["inside", "outside"], library: Library) -> Agreement:
    """Return the first example with the answers of one side of a case; each is made once."""
    if (name, side) not in MADE:
        answers = copy.deepcopy(base(first_text))
        answers["document"]["state"] = library.jurisdictions[whole(name).partition("/")[0]].state or PLAIN_STATE
        MADE[name, side] = made_of(answers, case_of(name)[side], library)
    return MADE[name, side]


def made_of(answers: Any, side: Case, library: Library) -> Agreement:
    responding = side["answers"].get("program.mode") == "responding"
    for path in [*side.get("without", ()), *(ASSIGNED_ONLY if responding else ())]:
        *groups, name = path.split(".")
        group = answers
        for one in groups:
            group = group.get(one, {})
        group.pop(name, None)
    for path, value in side["answers"].items():
        *groups, name = path.split(".")
        group = answers
        for one in groups:
            group = group.setdefault(one, {})
        group[name] = value
    return agreement_from(Marked("answers.yaml", answers), library.states)


def choice_in(made: Agreement, slot: str, library: Library) -> Choice:
    return next(one for one in select(made, library, library_day(library)).choices if one.slot == slot)


def library_day(library: Library) -> Any:
    """The day by which every text of the library is in force."""
    return max(clause.written.effective for clause in library.shelf.values())


def text_of(clause: Clause, made: Agreement, library: Library) -> str:
    paragraphs = Wording(made, library.states).of(clause)
    return " ".join(" ".join("§" if run.kind == "reference" else run.text for run in one.runs) for one in paragraphs)


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_alternate(clause: Clause, library: Library) -> bool:
    when = library.when_of(clause)
    # Most texts of a state are for assigned officers, of whom its law speaks; that is tried in its own tests.
    return bool(when if clause.jurisdiction == "us" else when.keys() - {"program.mode"})


def test_every_alternate_has_a_case_and_no_case_is_left_over(library: Library) -> None:
    """A text that hangs on an answer is tried on both sides of it."""
    wanted = {clause.id.removeprefix("us/") for clause in library.shelf.values() if is_alternate(clause, library)}

    assert sorted(wanted - set(FILES)) == []
    assert sorted(set(FILES) - wanted) == []


@pytest.mark.parametrize("name", FILES)
def test_just_inside_the_text_stands_and_says_its_key_sentence(name: str, first_text: str, library: Library) -> None:
    """With these answers this very text fills its place, and its key sentence can be read in it."""
    case = case_of(name)
    made = agreement(first_text, name, "inside", library)
    choice = choice_in(made, library.shelf[whole(name)].slot, library)

    assert case["clause"] == whole(name)
    assert choice.clause is not None, [one.because for one in choice.passed]
    assert choice.clause.id == case["clause"]
    assert squeezed(case["inside"]["says"]) in squeezed(text_of(choice.clause, made, library))


@pytest.mark.parametrize("name", FILES)
def test_just_outside_another_text_stands_or_none(name: str, first_text: str, library: Library) -> None:
    """One answer further the text gives way to the one named, or to nothing; the reason names the answer."""
    case = case_of(name)
    clause = library.shelf[whole(name)]
    made = agreement(first_text, name, "outside", library)
    choice = choice_in(made, clause.slot, library)
    because = next(one.because for one in choice.passed if one.clause is clause)

    assert (choice.clause.id if choice.clause else NOTHING) == case["outside"]["stands"]
    assert any(path in because for path in library.when_of(clause))


@pytest.mark.parametrize("name", FILES)
def test_the_two_sides_of_a_case_are_one_step_apart(name: str, first_text: str, library: Library) -> None:
    """Outside, exactly one part of the text's condition no longer holds: the case tries an edge, not a far-off place."""
    when = library.when_of(library.shelf[whole(name)])
    made = agreement(first_text, name, "outside", library)

    failing = [path for path in when if check(made, {path: when[path]}).holds is not True]

    assert len(failing) == 1
