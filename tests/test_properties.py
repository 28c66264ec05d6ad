"""What holds for any answers and any order of the library's files, tried on many made-up ones."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.parts import NO_ANSWERS, Undecided
from mou_builder.model.walk import model_paths, walk
from mou_builder.record import Record, answers_of, read_record, to_text
from mou_builder.selection import Selection, select
from mou_builder.shape import shapes_in
from mou_builder.written import quoted

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 7, 1)
STATES = {"WA": "Washington"}
T = TypeVar("T")

tried = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def is_answer(text: str) -> bool:
    visible = any(one.isalnum() and one not in "\u115f\u1160\u3164\uffa0" for one in text)
    return visible and text.strip().casefold() not in NO_ANSWERS


printable = some.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"])
lines = some.text(printable, min_size=1, max_size=40).filter(is_answer)
words = some.text(printable | some.sampled_from("\n\t"), min_size=1, max_size=40).filter(is_answer)
cents = some.decimals(0, 9_999_999_999, places=2)
days = some.dates(date(2026, 1, 1), date(2030, 12, 31))


BASE: dict[str, Any] = read_marked(
    (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8"), "first_mou.yaml", AnswerError
).value


def stands_in(made: dict[str, Any], path: str) -> bool:
    group, _, name = path.partition(".")
    return isinstance(made.get(group), dict) and name in made[group]


OPEN = sorted(
    path
    for path, field in model_paths(Agreement)
    if any(issubclass(one, Undecided) for one in shapes_in(field.annotation)) and stands_in(BASE, path)
)
"""Answers that the base gives and that may be undecided, those in lists left aside."""

CHOICES: dict[str, list[Any]] = {
    "program.absence_cover": ["notify", "best-efforts", "guaranteed", "deduct"],
    "selection.final_say": ["agency", "joint", "veto"],
    "supervision.command": ["police", "dual"],
    "crisis.threat_team": ["member", "consultant"],
    "complaints.investigator": ["agency", "joint"],
    "risk.model": ["own-acts", "mutual-indemnity", "one-way", "none"],
    "term.exit_at": ["any-day", "semester-end"],
    "general.mediation": [True, False],
    "general.electronic_signatures": [True, False],
    "rights.local_laws": [[], ["Chapter 12 of the City Code"]],
    "rights.added_classes": [[], ["gender identity"]],
    "discipline.calling": ["judgment", "serious-and-immediate"],
    "interviews.administrator": ["present-required", "offered", "excluded-in-custodial"],
    "searches.officer_part": ["none", "safety"],
    "arrests.off_campus": ["avoid", "with-approval"],
    "discipline.programs": [[], [{"name": "Circles", "provider": "Family Services"}]],
}
"""Answers on which the choice of a text hangs."""

Draw = Callable[[some.SearchStrategy[Any]], Any]


@some.composite
def answers(draw: Draw) -> dict[str, Any]:
    """Return the base with other names, money, dates and percentages, some answers undecided and some left out."""
    made = copy.deepcopy(BASE)
    district, agency = made["parties"]["districts"][0], made["parties"]["agencies"][0]
    district["legal_name"], agency["legal_name"] = draw(lines), draw(lines)
    district["notice"]["address"] = draw(words)
    district["signatories"][0]["name"] = draw(lines | lines.map(lambda why: {"undecided": why}))
    made["governance"]["monitor"] = draw(lines)
    made["reporting"]["languages"] = draw(some.lists(lines, min_size=1, max_size=4))
    made["cost"]["annual_estimate"] = draw(cents | some.integers(0, 10**9))
    percent = draw(some.decimals(Decimal("0.0001"), Decimal("99.9999"), places=4))
    for share, part in zip(made["cost"]["shares"], (percent, 100 - percent), strict=True):
        share["percent"] = part
    # The parties decide on renewal 90 days before the end, which has to lie within the term.
    starts, ends = sorted(
        draw(some.lists(days, min_size=2, max_size=2).filter(lambda two: abs((two[1] - two[0]).days) > 90))
    )
    made["document"]["effective_date"], made["term"]["ends"] = starts, ends
    for path, choices in CHOICES.items():
        group, name = path.split(".")
        made[group][name] = draw(some.sampled_from(choices))
    for path in draw(some.sets(some.sampled_from(OPEN), max_size=12)):
        group, name = path.split(".")
        made[group][name] = {"undecided": draw(words)}
    for path in draw(some.sets(some.sampled_from(OPEN), max_size=6)) - {"document.purpose"}:
        group, name = path.split(".")
        del made[group][name]
    return made


def agreement_of(made: dict[str, Any]) -> Agreement:
    return agreement_from(Marked("made-up answers", made), STATES)


@given(made=answers())
@tried
def test_answers_come_back_from_the_record_as_they_went_in(made: dict[str, Any]) -> None:
    """Answers written into a record and read again are the same answers, the same ones of them left to defaults."""
    agreement = agreement_of(made)
    record = Record(schema=1, tool="0", as_of=TODAY, final=False, answers=answers_of(agreement), clauses=())

    written = to_text(record)
    again = read_record(written, "the record").agreement(STATES)

    assert again == agreement
    assert [(one.path, one.given) for one in walk(again)] == [(one.path, one.given) for one in walk(agreement)]
    assert to_text(record.model_copy(update={"answers": answers_of(again)})) == written


@given(text=some.text(max_size=200))
@tried
@example(text="\u2028 \u2029\x85 \ufeff \\n \\ \"'")
@example(text=" # x: [y, {z}] ")
def test_any_text_in_quotes_is_read_back_as_it_was(text: str) -> None:
    """Whatever stands in an answer, its quoted form is one line of YAML that gives the same text."""
    written = f"answer: {quoted(text)}\n"

    assert read_marked(written, "a.yaml", AnswerError).value == {"answer": text}
    assert len(written.splitlines()) == 1


@pytest.mark.wide
@given(made=answers(), order=some.randoms(use_true_random=False))
@tried
def test_the_order_of_the_library_does_not_matter(made: dict[str, Any], order: Random, library: Library) -> None:
    """A library whose clauses come in another order gives the same choices, the same reasons and the same numbers."""
    shuffled = replace(
        library,
        shelf=in_order(library.shelf, order),
        past=in_order(library.past, order),
        jurisdictions=in_order(library.jurisdictions, order),
        states=in_order(library.states, order),
    )
    agreement = agreement_of(made)

    assert said(select(agreement, shuffled, TODAY)) == said(select(agreement, library, TODAY))


def in_order(entries: Mapping[str, T], order: Random) -> dict[str, T]:
    return dict(order.sample(list(entries.items()), len(entries)))


def said(selection: Selection) -> Any:
    """Return everything that a selection says, with each text by its citation."""
    choices = [
        (
            one.slot,
            one.clause and one.clause.cite,
            one.because,
            one.open_paths,
            [(passed.clause.cite, passed.because) for passed in one.passed],
        )
        for one in selection.choices
    ]
    return choices, [one.id for one in selection.schedules], list(selection.numbers.items())


@given(made=answers())
@tried
def test_section_numbers_rise_without_a_gap(made: dict[str, Any], library: Library) -> None:
    """Articles are numbered 1, 2, 3, the sections in each from 1, recitals and schedules by rising letters."""
    selection = select(agreement_of(made), library, TODAY)

    printed = [one.slot for one in selection.choices if one.printed]
    schedules = [f"schedules.{one.id}" for one in selection.schedules]
    assert list(selection.numbers) == [*printed, *schedules]
    sections = [number for number in selection.numbers.values() if number[0].isdigit()]
    expected: list[str] = []
    for article in library.outline.articles:
        size = sum(slot.partition(".")[0] == article.id for slot in printed)
        if article.style == "sections" and size:
            next_article = int(expected[-1].partition(".")[0]) + 1 if expected else 1
            expected += [f"{next_article}.{place}" for place in range(1, size + 1)]
    assert sections == expected
    for kind in ("Recital", "Schedule"):
        letters = [number.split()[1] for number in selection.numbers.values() if number.startswith(kind)]
        assert letters == sorted(set(letters), key=lambda one: (len(one), one))
