"""The decisions file of a renewal: written so that counsel can decide in it, and read with a place for every slip."""

from __future__ import annotations

import pytest
from review.generations import later_library, negotiated_example, renewed, renewed_example

from mou_builder.errors import AnswerError
from mou_builder.review.decisions import read_decisions, refuse_unknown_sections, to_text
from mou_builder.review.renewal import Decision


@pytest.fixture(scope="module")
def written() -> str:
    made = renewed_example()
    return to_text(made.renewal, {"roles.discipline": Decision("keep", "The chief insists.")}, made.selection.numbers)


@pytest.mark.wide
def test_what_was_written_is_read_back_and_changes_nothing(written: str) -> None:
    """Handing in the file as it was written gives the same agreement, with the one reason that was given."""
    again = renewed(negotiated_example(), library=later_library(), decisions=read_decisions(written, "d.yaml").sections)
    first = {(one.section, one.kind): one for one in renewed_example().agreement.negotiated}

    for one in again.agreement.negotiated:
        why = "The chief insists." if (one.section, one.kind) == ("roles.discipline", "changed") else one.why
        assert one == first[one.section, one.kind].model_copy(update={"why": why})


def test_each_section_shows_who_changed_what(written: str) -> None:
    """Above each decision stands what the parties did and, where both sides changed the text, what the library did."""
    searches = written.partition("# Searches of Students: ")[2].partition("rights.searches:")[0]

    assert "Only the parties changed it. Kept, unless you decide otherwise." in written
    assert searches.startswith("The parties changed it, and so did the library or an answer that it prints. Decide.")
    assert "[-not-] {+never+}" in searches and "[-a second-] {+another+}" in searches
    assert "  roles.discipline:\n    use: keep\n    why: The chief insists." in written


def test_what_both_sides_changed_alike_is_nothing_to_decide(written: str) -> None:
    """Nobody is asked about a section that is the library's again."""
    assert "severability" not in written


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("roles.discipline: {use: maybe}", "d.yaml:3:27: sections.roles.discipline.use is 'maybe'."),
        ("roles.discipline: {use: keep, why: tbd}", "'tbd' is no answer; write it."),
        ("roles.discipline: {use: keep, why: [a]}", "d.yaml:3:38: sections.roles.discipline.why must be"),
        ("roles.discipline: keep", "d.yaml:3:21: sections.roles.discipline must be a group"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(entry: str, told: str) -> None:
    """A wrong word, a reason that is none and a wrong form each give one message with line and column."""
    with pytest.raises(AnswerError) as refused:
        read_decisions(f"schema: 1\nsections:\n  {entry}\n", "d.yaml")

    assert told in str(refused.value) and str(refused.value).startswith("d.yaml:3:")


def test_a_decision_about_nothing_is_refused_with_the_nearest_name() -> None:
    """A mistyped section, and one that nobody changed, are told; silence would leave a decision without effect."""
    text = "schema: 1\nsections:\n  roles.disciplin: {use: keep}\n  general.law: {use: keep}\n"

    with pytest.raises(AnswerError) as refused:
        refuse_unknown_sections(read_decisions(text, "d.yaml"), renewed_example().renewal)

    first, second = str(refused.value).split("\n")
    assert first.startswith("d.yaml:3:3: ") and "Did you mean 'roles.discipline'?" in first
    assert second.startswith("d.yaml:4:3: the parties changed nothing in general.law.")
