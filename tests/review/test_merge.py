"""Renewal merges three versions of each section: no word of the parties is lost, and no change of the library passes unseen."""

from __future__ import annotations

import difflib
import itertools
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from review.generations import (
    AGAIN,
    AGAIN_ON,
    OF_THE_TERM,
    Renewed,
    first_built,
    found_in,
    later_library,
    negotiated_example,
    read_lines,
    renewed,
    renewed_example,
)
from wordedit import control, edited, replace_word

from mou_builder.report.plainly import normalized
from mou_builder.review.merge import Conflict, merge
from mou_builder.review.renewal import Decision

tried = settings(deadline=None, derandomize=True, database=None)
versions = some.integers(0, 3)


# The laws


@tried
@given(base=versions, other=versions)
def test_what_only_one_side_changed_is_that_sides(base: int, other: int) -> None:
    """Where the library stood still the parties' words stay, and where the parties did the library's come in."""
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other


@tried
@given(base=versions, both=versions)
def test_a_change_that_both_sides_made_alike_is_made(base: int, both: int) -> None:
    """Nobody is asked about a change on which both sides agree."""
    assert merge(base, both, both) == both


@tried
@given(base=versions, theirs=versions, ours=versions)
def test_a_conflict_is_told_and_names_all_three_versions(base: int, theirs: int, ours: int) -> None:
    """Three different versions are a conflict, nothing else is, and it holds what a person needs to decide."""
    merged = merge(base, theirs, ours)

    assert isinstance(merged, Conflict) == (len({base, theirs, ours}) == 3)
    if isinstance(merged, Conflict):
        assert (merged.base, merged.theirs, merged.ours) == (base, theirs, ours)


# Nothing changed

DAYS = [
    ("Effective August 1, 2026", "Effective August 1, 2028"),
    ("No. SRO-2026-01", ""),
    ("takes effect on August 1, 2026", "takes effect on August 1, 2028"),
    ("runs through July 31, 2028", "runs through July 31, 2030"),
]
APPROVALS = [
    ("Board of Directors approved this Agreement on June 15, 2026", "Board of Directors is to approve this Agreement"),
    ("City Council approved this Agreement on June 22, 2026", "City Council is to approve this Agreement"),
]
FIRST_BECAME_RENEWAL = [
    ("their first full agreement on police officers", "An earlier agreement, the Memorandum of Understanding dated ["),
    ("", "reviewed together how it worked"),
    ("The Whole Agreement Between the Parties", "Whole Agreement and the Earlier Agreement"),
    ("This Agreement, with its schedules, is the whole agreement", "When it takes effect, this Agreement ["),
    ("", "Each Party shall finish its part of a complaint filed under the earlier agreement"),
]


def test_renewing_with_nothing_changed_gives_the_same_agreement_but_for_its_dates() -> None:
    """Only its days, the approvals still to come, and what makes it a renewal read otherwise: thirteen lines of a thousand."""
    before, made = first_built("first_mou").word, renewed(first_built("first_mou").word)
    changed = changed_lines(before, made.built.word)
    allowed = [*DAYS, *APPROVALS, *FIRST_BECAME_RENEWAL]
    told = [pair for old, new in changed for pair in allowed if pair[0] in old and pair[1] in new]

    assert {one.slot for one in made.renewal.sections if one.outcome != "same"} == OF_THE_TERM
    assert made.agreement.negotiated == () and made.renewal.requirements == ()
    # The contents list names the section on the earlier agreement once more.
    assert (len(changed), set(told)) == (len(allowed) + 1, set(allowed))


@pytest.mark.wide
def test_renewing_a_renewal_with_every_answer_two_years_later_changes_dates_alone() -> None:
    """With all that belongs to one agreement given again, nothing reads otherwise but dates and the earlier agreement's title."""
    earlier = first_built("renewal").record.answers
    again = {name: two_years_later(earlier[name]) for name in ("document", "parties", "term")}
    made = renewed(first_built("renewal").word, again)
    undated = [
        (DATE.sub("*", old), DATE.sub("*", new))
        for old, new in changed_lines(first_built("renewal").word, made.built.word)
    ]

    assert len(undated) > 20
    assert [pair for pair in undated if pair[0] != pair[1]] == []


DATE = re.compile(r"\b[A-Z][a-z]+ \d{1,2}, \d{4}")


def two_years_later(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {name: two_years_later(value) for name, value in answer.items()}
    if isinstance(answer, (list, tuple)):
        return [two_years_later(value) for value in answer]
    return answer.replace(year=answer.year + 2) if isinstance(answer, date) else answer


def changed_lines(before: bytes, now: bytes) -> list[tuple[str, str]]:
    """Return the paragraphs that differ in two files, as they were and as they are."""
    old, new = ([read.text() for read in read_lines(word)] for word in (before, now))
    pairs: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            pairs += list(itertools.zip_longest(old[a:b], new[c:d], fillvalue=""))
    return pairs


# One signed agreement, edited in many sections, under a library that changed in some of them

REPORTS, CAMERAS, RELATIONSHIP = "safety.reports", "records.district-cameras", "general.relationship"


@pytest.fixture(scope="module")
def signed() -> bytes:
    return negotiated_example()


@pytest.fixture(scope="module")
def next_one() -> Renewed:
    return renewed_example()


def words(made: Renewed, slot: str) -> str:
    return normalized(" ".join(read.text() for read in made.found[slot].reads))


def test_a_section_that_nobody_changed_stays_or_takes_the_librarys_new_text(next_one: Renewed) -> None:
    """What the parties left alone follows the library; what neither side touched stays as it was."""
    assert (next_one.outcome("general.signing"), next_one.kept("general.signing")) == ("library", [])
    assert "copies of their own" in words(next_one, "general.signing")
    assert (next_one.outcome("rights.language"), next_one.kept("rights.language")) == ("same", [])


def test_what_only_the_parties_changed_is_kept(next_one: Renewed) -> None:
    """The signed words stand in the new agreement, marked as the parties' own with the text they stand in place of."""
    kept = next(one for one in next_one.agreement.negotiated if one.section == "roles.discipline")

    assert next_one.outcome("roles.discipline") == "kept"
    assert (kept.kind, kept.use, kept.instead_of, kept.agreed_on) == (
        "changed",
        "kept",
        "us/roles/discipline@1",
        date(2026, 8, 1),
    )
    assert "within five School Days" in words(next_one, "roles.discipline")
    assert next(one for one in next_one.built.report.clauses if one.slot == "roles.discipline").local


def test_what_both_sides_changed_stands_open_in_both_wordings(next_one: Renewed) -> None:
    """Until somebody decides, the draft shows the parties' text and the library's, and no final can be made."""
    section = next_one.renewal.section("rights.searches")

    assert next_one.kept("rights.searches") == [("changed", "both")]
    assert section and section.base and section.theirs and section.ours
    assert ["shall never search" in one.text for one in (section.base, section.theirs, section.ours)] == [
        False,
        True,
        False,
    ]
    assert ["another adult" in one.text for one in (section.base, section.theirs, section.ours)] == [False, False, True]
    assert "shall never search" in words(next_one, "rights.searches")
    assert "another adult present" in words(next_one, "rights.searches")
    assert any("E-WORDING-OPEN" in one for one in next_one.built.report.reasons_against_final())


def test_a_change_that_both_made_alike_needs_no_decision(next_one: Renewed) -> None:
    """The library caught up with the parties, so the section is the library's again."""
    assert (next_one.outcome("general.severability"), next_one.kept("general.severability")) == ("same", [])
    assert next_one.found["general.severability"].used.version == 2


def test_a_section_that_the_parties_left_out_stays_out(next_one: Renewed) -> None:
    """It does not come back by itself; where the library changed it meanwhile, that is for somebody to decide."""
    assert ("left-out", "kept") in next_one.kept("safety.media")
    assert "safety.media" not in next_one.found
    assert next_one.kept("risk.claims") == [("left-out", "both")]
    assert "[The parties left this section out; the library's text]" in words(next_one, "risk.claims")


def test_a_section_that_the_parties_added_keeps_its_place(next_one: Renewed) -> None:
    """It stands behind the section it followed, under its own heading."""
    assert ("added", "kept") in next_one.kept("roles.discipline")
    assert words(next_one, "roles.added-a") == "Monthly Meeting The parties added this section."
    assert (next_one.found["roles.discipline"].section, next_one.found["roles.added-a"].section) == ("4.2", "4.3")


def test_a_section_that_was_moved_is_no_change_of_words(next_one: Renewed) -> None:
    """Its words are the library's, so it stands in the library's order again; the report on the signed file names it."""
    moved = next(one for one in next_one.examined.report.clauses if one.slot == "training.log")

    assert moved.moved_from == "8.5" and moved.section == "8.1"
    assert (next_one.outcome("training.log"), next_one.found["training.log"].section) == ("same", "8.5")


def test_a_section_whose_place_is_gone_keeps_what_the_parties_wrote(next_one: Renewed) -> None:
    """The parties' words stay, as a section of their own near their old place; words that were the library's go with it."""
    assert next_one.outcome(REPORTS) == "conflict"
    assert ("added", "both") in next_one.kept("safety.media")
    assert "suspected or reported abuse" in words(next_one, "safety.added-b")
    assert next_one.outcome("safety.reunification") == "library"
    assert not any("keeps Students from going home" in words(next_one, slot) for slot in next_one.found)


def test_an_answer_alone_changes_a_section_but_not_its_text(next_one: Renewed) -> None:
    """A new date is told as a new answer, not as a new text of the library."""
    section = next_one.renewal.section("framework.start")

    assert section and (section.outcome, section.news.kind) == ("library", "answers")
    assert "August 1, 2028" in words(next_one, "framework.start")


def test_references_in_kept_words_follow_when_sections_are_renumbered(next_one: Renewed, signed: bytes) -> None:
    """The library's new section moves the others down, and the parties' text still cites the right ones."""
    assert "Section 7.1" in normalized(" ".join(read.text() for read in found_in(signed)[CAMERAS].reads))
    assert next_one.found["records.education-records"].section == "7.2"
    assert "all the recordings" in words(next_one, CAMERAS)
    assert "Section 7.2" in words(next_one, CAMERAS) and "Section 7.1" not in words(next_one, CAMERAS)


def test_a_reference_in_kept_words_to_a_section_that_is_gone_is_told(next_one: Renewed) -> None:
    """Nobody signs a text that refers to nothing: the draft shows a question mark, and a final is refused."""
    assert "despite Section ? makes no Party" in words(next_one, RELATIONSHIP)
    assert any("E-DEAD-REFERENCE" in one for one in next_one.built.report.reasons_against_final())


def test_decisions_are_followed_and_their_reasons_stand_in_the_answers(signed: bytes) -> None:
    """Keep, take the library's, or show both: each section does what was decided, whatever the merge proposed."""
    decisions = {
        "roles.discipline": Decision("library"),
        "rights.searches": Decision("keep", "The chief insists."),
        "safety.media": Decision("both"),
        "risk.claims": Decision("library"),
    }
    made = renewed(signed, library=later_library(), decisions=decisions)
    kept = {(one.section, one.kind): one for one in made.agreement.negotiated}

    assert ("roles.discipline", "changed") not in kept and made.kept("risk.claims") == []
    assert kept["rights.searches", "changed"].use == "kept"
    assert kept["rights.searches", "changed"].why == "The chief insists."
    assert kept["safety.media", "left-out"].use == "both"


def test_kept_words_are_kept_again_until_somebody_restores_the_librarys(next_one: Renewed) -> None:
    """The next renewal changes nothing about them; once the signed file has the library's words, they are no longer kept."""
    word = next_one.built.word
    again = renewed(word, AGAIN, library=next_one.library, on=AGAIN_ON)
    restored = edited(
        word,
        lambda body: replace_word(
            control(body, "us/roles/discipline"), "within five School Days", "within two School Days"
        ),
    )
    back = renewed(restored, AGAIN, library=next_one.library, on=AGAIN_ON)

    assert again.agreement.negotiated == next_one.agreement.negotiated
    assert ("changed", "kept") not in back.kept("roles.discipline")
    assert len(back.agreement.negotiated) == len(again.agreement.negotiated) - 1
