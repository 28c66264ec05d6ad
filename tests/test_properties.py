"""What holds for any answers and any order of the library's files, tried on many made-up ones."""

from __future__ import annotations

import copy
import dataclasses
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as some

from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.parts import Undecided, unprintable
from mou_builder.model.walk import model_paths, walk
from mou_builder.record import Record, answers_of, quoted, read_record, to_text
from mou_builder.selection import Selection, select
from mou_builder.shape import shapes_in

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 7, 1)
STATES = {"WA": "Washington"}

tried = settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

words = some.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip()) and not unprintable(text))
lines = words.filter(lambda text: not {"\n", "\t"} & set(text))
cents = some.decimals(0, 9_999_999_999, places=2)
days = some.dates(date(2026, 1, 1), date(2030, 12, 31))


def read_base() -> dict[str, Any]:
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    return dict(read_marked(text, "first_mou.yaml", AnswerError).value)


BASE = read_base()

OPEN = sorted(
    path
    for path, field in model_paths(Agreement)
    if Undecided in shapes_in(field.annotation) and path.count(".") == 1 and path.split(".")[1] in BASE.get(path.split(".")[0], {})
)
"""Answers of the base that may be undecided and stand in no list."""

OPTIONAL = [path for path in OPEN if path not in ("document.purpose", "cost.model", "cost.federal_grant")]
"""Of these, the ones that may be left out: nothing else in the base hangs on them."""


@some.composite
def answers(draw: Callable[[some.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """Return the base with other names, money, dates and percentages, some answers undecided and some left out."""
    made = copy.deepcopy(BASE)
    district, agency = made["parties"]["districts"][0], made["parties"]["agencies"][0]
    district["legal_name"], agency["legal_name"] = draw(lines), draw(lines)
    district["notice"]["address"] = draw(words)
    district["signatories"][0]["name"] = draw(some.one_of(lines, lines.map(lambda why: {"undecided": why})))
    made["governance"]["monitor"] = draw(lines)
    made["reporting"]["languages"] = draw(some.lists(lines, min_size=1, max_size=4))
    made["cost"]["annual_estimate"] = draw(some.one_of(cents, some.integers(0, 10**9)))
    percent = draw(some.decimals(Decimal("0.0001"), Decimal("99.9999"), places=4))
    for share, part in zip(made["cost"]["shares"], (percent, 100 - percent), strict=True):
        share["percent"] = part
    made["document"]["effective_date"], made["term"]["ends"] = sorted(draw(some.lists(days, min_size=2, max_size=2, unique=True)))
    for path in draw(some.sets(some.sampled_from(OPEN), max_size=12)):
        group, name = path.split(".")
        made[group][name] = {"undecided": draw(words)}
    for path in draw(some.sets(some.sampled_from(OPTIONAL), max_size=6)):
        group, name = path.split(".")
        made[group].pop(name)
    return made


def agreement_of(made: dict[str, Any]) -> Agreement:
    """Read made-up answers the way a file's are read, without what then has no effect."""
    while True:
        try:
            return agreement_from(Marked("made up", made), STATES)
        except AnswerError as error:
            idle = [fault.what.split(" ")[0] for fault in error.faults if "it has no effect" in fault.what]
            if not idle:
                raise
            for path in idle:
                group, name = path.split(".")
                made[group].pop(name)
