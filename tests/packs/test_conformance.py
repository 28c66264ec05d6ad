"""What a publisher allows: a locked text stands word for word, an add-only one may grow, an adaptable one is the parties'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_builder.library import Library
from mou_builder.library.overlays import PackUsed, Rule
from mou_builder.model import Agreement
from mou_builder.record import Record, record_of
from mou_builder.report.clauses import Found
from mou_builder.report.conformance import conformance_findings, ruling_of
from mou_builder.report.shapes import Finding
from mou_builder.selection import Selection, select
from mou_builder.wording import Wording

SLOT, ID = "roles.discipline", "us/roles/discipline"
BEFORE = (
    "Officers Have No Role",
    "No Officer shall do any of the following:",
    "question a Student; or",
    "attend a hearing.",
    "A breach is told within two School Days. Nobody delays it.",
)
Judged = Callable[..., list[Finding]]


def pack(rule: Rule, name: str = ID, id: str = "model") -> PackUsed:
    return PackUsed(id, "1.0.0", "A model", "State Board", "board@state.example", "0" * 64, (), {name: rule})


@pytest.fixture(scope="module")
def selection(first: Agreement, library: Library) -> Selection:
    return select(first, library, date(2026, 7, 1))


@pytest.fixture(scope="module")
def record(first: Agreement, selection: Selection, library: Library) -> Record:
    return record_of(first, selection, Wording(first, library.states), tool="0", final=False)


@pytest.fixture(scope="module")
def judged(selection: Selection, record: Record, library: Library) -> Judged:
    """Judge the first example with one section changed, under the rules of some packs."""

    def judging(*packs: PackUsed, after: tuple[str, ...] | None = None, change: object = None) -> list[Finding]:
        found = [Found(used, used.section, "unaltered") for used in record.clauses]
        if after is not None:
            found = [
                replace(one, state="altered", before=BEFORE, after=after) if one.used.slot == SLOT else one
                for one in found
            ]
        if callable(change):
            found = [made for one in found if (made := change(one)) is not None]
        return list(conformance_findings(selection, record, found, replace(library, packs=packs)))

    return judging


def test_faithful_file_breaks_no_rule(judged: Judged) -> None:
    """Whatever the rule, an agreement as it was built conforms."""
    assert judged(pack("locked"), pack("add-only", "general.severability")) == []


@pytest.mark.parametrize(
    ("rule", "after", "codes"),
    [
        ("locked", (*BEFORE, "More."), ["E-LOCKED"]),
        ("locked", (BEFORE[0], "No Officer should do any of the following:", *BEFORE[2:]), ["E-LOCKED"]),
        ("add-only", (*BEFORE, "The Board is told as well."), []),
        ("add-only", (*BEFORE[:3], "attend a hearing; or", "search a Student.", BEFORE[4]), []),
        ("add-only", (*BEFORE[:2], "question a Student;", "attend a hearing; or", "search.", BEFORE[4]), []),
        ("add-only", (BEFORE[0], "No Officer should do any of the following:", *BEFORE[2:]), ["E-ADD-ONLY"]),
        ("add-only", (*BEFORE[:3], BEFORE[4]), ["E-ADD-ONLY"]),
        ("add-only", (*BEFORE[:4], "A breach is told within two School Days."), ["E-ADD-ONLY"]),
        ("add-only", (*BEFORE[:4], "Nobody delays it. A breach is told within two School Days."), ["E-ADD-ONLY"]),
        ("add-only", (*BEFORE[:3], "attend a hearing.", "A breach is not told within two School Days. Nobody delays it."),
         ["W-ADDED-WITHIN"]),
        ("adaptable", ("Anything", "at all."), []),
    ],
)  # fmt: skip
def test_rule_tells_a_breach_from_what_it_allows(
    judged: Judged, rule: Rule, after: tuple[str, ...], codes: list[str]
) -> None:
    """Adding a sentence or an item is an addition, even where the list's "or" moves; a word put into a sentence is told."""
    assert [one.code for one in judged(pack(rule), after=after)] == codes


def test_breach_says_whose_rule_it_is_and_whom_to_ask(judged: Judged) -> None:
    """Counsel can act on the message alone."""
    (one,) = judged(
        pack("locked", SLOT), after=(*BEFORE[:4], "A breach is told within ten School Days. Nobody delays it.")
    )

    assert one.level == "error"
    assert "State Board (model@1.0.0) says that this text may not be changed" in one.message
    assert "[-two-] {+ten+}" in one.message and one.message.endswith("ask State Board: board@state.example.")


def test_section_taken_out_or_replaced_is_a_breach(judged: Judged) -> None:
    """Deleting it in Word, leaving it out, and holding another text in its place are each told."""

    def changed(one: Found, **how: object) -> Found:
        return replace(one, **how) if one.used.slot == SLOT else one  # type: ignore[arg-type]

    gone = judged(pack("locked"), change=lambda one: changed(one, state="missing"))
    never = judged(pack("add-only"), change=lambda one: None if one.used.slot == SLOT else one)
    other = judged(
        pack("locked"),
        change=lambda one: changed(one, used=one.used.model_copy(update={"id": "us-wa/roles/discipline"})),
    )

    assert "the section was left out." in gone[0].message
    assert "the agreement lacks it (us/roles/discipline@" in never[0].message
    assert "holds us-wa/roles/discipline@" in other[0].message


def test_strictest_rule_of_several_packs_counts(library: Library) -> None:
    """A district\u2019s pack cannot unlock what the state\u2019s pack locks."""
    over = replace(library, packs=(pack("adaptable", id="district"), pack("locked", SLOT, id="state")))
    ruling = ruling_of(over, SLOT, ID)

    assert ruling is not None and (ruling.rule, ruling.pack.id) == ("locked", "state")


WORDS = st.lists(st.sampled_from(["shall", "may", "not", "an", "Officer", "tell", "or", "and"]), min_size=1, max_size=6)


@given(kept=st.lists(WORDS, min_size=1, max_size=4), added=st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=3))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_whole_sentences_may_be_added_anywhere(
    judged: Judged, kept: list[list[str]], added: list[tuple[int, list[str]]]
) -> None:
    """Under add-only, paragraphs put between the publisher\u2019s own are never a breach; one taken out always is."""
    from mou_builder.report import conformance

    before = tuple(f"Word {' '.join(one)} here." for one in kept)
    after = list(before)
    for place, words in added:
        after.insert(min(place, len(after)), f"Added {' '.join(words)} there.")
    rule = conformance.Ruling("add-only", pack("add-only"))

    assert list(conformance._judged(rule, "A", "1.1", before, tuple(after))) == []
    assert [one.code for one in conformance._judged(rule, "A", "1.1", (*before, "Last one stands."), before)] == [
        "E-ADD-ONLY"
    ]
