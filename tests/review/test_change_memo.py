"""The memo on a renewal: what changes, why, and who should look, in words that counsel and a superintendent read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from review.generations import NEXT, Renewed, first_built, later_library, negotiated_example, renewed, renewed_example
from wordedit import body_of, paragraphs, text_of, w

from mou_builder.document.memo import print_memo
from mou_builder.review.answers_changed import changed_answers
from mou_builder.review.change_memo import change_memo
from mou_builder.review.renewal import Decision

pytestmark = pytest.mark.wide

TEMPLATE = (Path(__file__).resolve().parents[2] / "templates" / "memo.docx").read_bytes()


def printed(made: Renewed) -> Any:
    memo = change_memo(
        made.renewal,
        made.agreement.negotiated,
        made.agreement,
        made.report,
        made.library,
        signed="signed.docx",
        redline="There is no redline.",
    )
    return body_of(print_memo(memo, TEMPLATE))


@pytest.fixture(scope="module")
def body() -> Any:
    return printed(renewed_example())


@pytest.fixture(scope="module")
def lines(body: Any) -> list[str]:
    return [line for one in paragraphs(body) if (line := " ".join(text_of(one).split()))]


@pytest.fixture(scope="module")
def below(lines: list[str]) -> Callable[..., list[str]]:
    """Return the lines from one heading to the next."""

    def found(start: str, end: str) -> list[str]:
        first = next(place for place, line in enumerate(lines) if line == start)
        return lines[first + 1 : next(place for place in range(first, len(lines)) if lines[place] == end)]

    return found


def test_the_first_sentence_says_what_must_be_decided(lines: list[str]) -> None:
    """Whoever reads only the opening knows whether the agreement can be signed, and how much changes."""
    opening = next(line for line in lines if "must be decided" in line)

    assert opening.startswith(
        "Three sections must be decided before this agreement can be signed, and four answers are"
    )
    # Three were changed, one was left out and one was put in.
    assert "five keep what the parties agreed, and three are to be decided." in opening
    assert any(line.startswith("Some of what stands in the signed file is not carried over") for line in lines)


def test_a_conflict_shows_all_three_versions_the_reason_and_who_decides(below: Callable[..., list[str]]) -> None:
    """Counsel sees the library's text then, the signed one and the library's now, and why the library changed it."""
    told = " ".join(below("To decide", "Not carried over"))

    assert "To decide: Owen Castellane, General Counsel (Larkmoor Schools) and Jonah Pell, City Attorney" in told
    assert "The library\u2019s text, then: An Officer shall not search a Student" in told
    assert "As the parties signed it: An Officer shall not never search" in told
    assert "a second another adult present" in told
    assert (
        "Updated text (us/rights/searches.separate@1 to us/rights/searches.separate@2). A court asked for it." in told
    )
    assert "Who should sign again: every district." in told
    assert "Requirements that rest on it: S2.5, The terms of the MOU meet the requirements of the Constitution." in told


def test_kept_wording_shows_what_was_changed_and_why(below: Callable[..., list[str]]) -> None:
    """Each kept section has its number in the new agreement, the words struck and put in, and the reason."""
    told = below("Wording of the parties that is kept", "New texts from the library")

    assert "Section 4.2: Officers Have No Role in School Discipline" in told
    assert any("within two five School Days" in line for line in told)
    assert "Section 4.3: Monthly Meeting" in told
    assert any(line.startswith("Why: Agreed in Memorandum of Understanding; no reason is recorded.") for line in told)


def test_a_reference_that_leads_nowhere_is_named(lines: list[str]) -> None:
    """The section that refers to one that is gone stands in the memo with what it misses."""
    start = lines.index("References that lead nowhere")

    assert lines[start + 2] == (
        "Section 16.7, Independent Parties and Rights of Others, refers to \u201cReunion of Students and Families\u201d."
    )


def test_a_section_with_only_a_new_date_is_one_line_of_a_table(body: Any) -> None:
    """Nobody turns a page for a date: number, heading and the few words that differ stand in one row."""
    rows = [[text_of(cell) for cell in row.iter(w("tc"))] for row in body.iter(w("tr"))]

    assert [
        "Section 1.2: When This Agreement Takes Effect",
        "This Agreement takes effect on August 1, 2026 2028 or, if later, on the day \u2026 before it, except under "
        "Section 16.10.",
    ] in rows
    assert ["Attestations", "S1.15; S4.3; ED.3; ED.4; ED.5", "to be given anew"] in rows


def test_what_is_not_carried_over_is_told(below: Callable[..., list[str]]) -> None:
    """An address that was changed in Word, and a section that was moved, are not in the new agreement; the memo says so."""
    told = " ".join(below("Not carried over", "Wording of the parties that is kept"))

    assert "1 2 Beacon Square" in told
    assert "Training Log and Proof of Training: moved from Section 8.5 to Section 8.1" in told


def test_a_renewal_of_the_record_alone_says_what_it_does_not_know() -> None:
    """Without the signed file nobody knows what was negotiated in it; the memo opens with that."""
    made = renewed_example()
    blind = replace(made, renewal=replace(made.renewal, signed=None))
    text = " ".join(text_of(one) for one in paragraphs(printed(blind)))

    assert "what the parties changed in Word since it was built is not known here." in text
    assert "Not carried over" not in text


def test_the_memo_speaks_no_jargon(lines: list[str]) -> None:
    """No path, no name of a place in the library's files but the citation, nothing half filled in."""
    text = "\n".join(lines)

    assert not re.search(
        r"\[\[|\]\]|None|\b[a-z_]+\.[a-z_]+\b(?!@)(?<!\.docx)", re.sub(r"us/\S+|\S+@\S+|www\.\S+|\S+\.yaml", "", text)
    )
    assert not re.search(r"\.\.(?!\.)| \.|;\.|:\.", text)
    assert "legally sufficient" in text


def test_wording_that_is_given_up_is_shown_struck() -> None:
    """A section of the parties' own that goes, and one that turns to the library's words, are shown for a last look."""
    decisions = {"roles.discipline": Decision("library"), "roles.discipline.new-1": Decision("library")}
    given = renewed(negotiated_example(), decisions=decisions, library=later_library())
    text = [" ".join(text_of(one).split()) for one in paragraphs(printed(given))]
    start = text.index("Wording of the parties that is given up")

    assert any("within five two School Days" in line for line in text[start:])
    assert "The parties added this section." in text[start:]


def test_answers_that_differ_are_told_by_entry_and_question() -> None:
    """A short entry of a list is one line, a party is told question by question, and nothing open is told twice."""
    contact = {"purpose": "Day-to-day coordination", "party": "Larkmoor Schools", "office": "Dean", "phone": "555-0101"}
    made = renewed(first_built("first_mou").word, {**NEXT, "contacts": [contact]})
    told = {(one.title, one.before): one.now for one in changed_answers(made.examined.agreement, made.agreement)}

    assert told["Contacts", "Day-to-day coordination; Larkmoor Schools; Director of Student Services; 555-0100"] == (
        "Day-to-day coordination; Larkmoor Schools; Dean; 555-0101"
    )
    assert told["Contacts", "Supervision of officers; Larkmoor Police; School Services Sergeant; 555-0140"] == ""
    assert ("School districts, Larkmoor Schools: Date of the governing body's approval", "June 15, 2026") in told
    assert "undecided" not in told.values()
