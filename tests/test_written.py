"""What we write as YAML, our own reader reads back to the same values."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from handwriting import NAMES, NASTY
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_builder import marked, written
from mou_builder.errors import AnswerError
from mou_builder.marked import read_marked
from mou_builder.rewriting.matching import same

SIGNS = st.sampled_from(string.printable[:95] + "\n\té–“\u2028\x85🙂")
TEXTS = st.one_of(
    st.text(SIGNS, max_size=12), st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(NASTY)
)
SINGLE = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2),
    st.dates(min_value=date(1000, 1, 1)),
)
KEYS = st.one_of(TEXTS, st.sampled_from(NAMES))
ANSWERS = st.dictionaries(
    KEYS,
    st.recursive(SINGLE, lambda one: st.lists(one, max_size=4) | st.dictionaries(KEYS, one, max_size=4), max_leaves=12),
    min_size=1,
)
FIRM = settings(deadline=None, derandomize=True, max_examples=60)


def read(text: str) -> Any:
    return read_marked(text, "answers.yaml", AnswerError).value


@FIRM
@given(ANSWERS, st.sampled_from([0, 2, 3]))
def test_whatever_is_written_is_read_back(answers: dict[str, Any], indent: int) -> None:
    """Groups and lists of any depth come back in the same kinds, at any indentation and with both readers."""
    text = "\n".join(written.block(answers, indent)) + "\n"

    assert same(read(text), answers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marked, "_LOADER", yaml.SafeLoader)
        assert same(read(text), answers)


@FIRM
@given(ANSWERS)
def test_one_line_is_read_back(answers: dict[str, Any]) -> None:
    """The same in one line between braces."""
    line = written.inline(answers)

    assert "\n" not in line
    assert same(read(line), answers)


@pytest.mark.parametrize(
    "words",
    [
        "Larkmoor Unified School District",
        "6:30 a.m.",
        "O'Neill",
        "Doña Ana",
        "100 Schoolhouse Road",
        "555-0100",
        "R&D <East>",
    ],
)
def test_plain_words_stand_without_quotes(words: str) -> None:
    """What a person would write without quotes is written so."""
    assert written.block({"name": words}, 0) == [f"name: {words}"]


@pytest.mark.parametrize(
    "words", ["yes", "No", "null", "~", "010", "2026-08-01", "1.50", "- a", "a: b", "a #b", "", " a", "12:30"]
)
def test_words_that_could_be_taken_otherwise_stand_in_quotes(words: str) -> None:
    """In doubt there are quotes."""
    assert written.block({"name": words}, 0) == [f'name: "{words}"']


def test_lines_stay_lines() -> None:
    """An address of two lines is written in two lines; with a last line end, the sign says so."""
    assert written.block({"address": "1 Main St\nCalder"}, 0) == ["address: |-", "  1 Main St", "  Calder"]
    assert written.block({"address": "1 Main St\n\nCalder\n"}, 2) == ["  address: |", "    1 Main St", "", "    Calder"]
    assert written.block({"address": "1 Main St\nCalder\n\n"}, 0) == ['address: "1 Main St\\nCalder\\n\\n"']


def test_numbers_and_days_keep_their_kind() -> None:
    """A whole amount of money stays an exact decimal, a count stays a count."""
    values = {"amount": Decimal(62500), "count": 3, "on": date(2026, 8, 1), "kept": False, "none": None}

    assert written.block(values, 0) == ["amount: 62500.0", "count: 3", "on: 2026-08-01", "kept: false", "none: null"]
    assert same(read("\n".join(written.block(values, 0))), values)


def test_an_open_answer_stands_in_one_line() -> None:
    """An undecided answer is one line, its reason in quotes."""
    assert written.block({"ends": {"undecided": "June"}}, 0) == ['ends: {undecided: "June"}']


def test_a_record_has_every_text_in_quotes() -> None:
    """Without plain texts, nothing depends on what a text looks like."""
    record = {"a": "b", "c": [{"d": "e\nf", "undecided": "x"}, []], "g": {"undecided": "y"}}

    assert written.block(record, 0, plain=False) == [
        'a: "b"',
        "c:",
        '  - d: "e\\nf"',
        '    undecided: "x"',
        "  - []",
        "g:",
        '  undecided: "y"',
    ]
