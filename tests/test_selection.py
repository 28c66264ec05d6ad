"""Which text fills each place, why it and no other, and what happens while an answer is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mou_builder.build import Built, build
from mou_builder.errors import AnswerError, SelectionError
from mou_builder.library import Library, load_library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.report import Report
from mou_builder.selection import Choice, Selection, select

TODAY = date(2026, 7, 1)
OPEN = {"undecided": "The board meets in June."}
Changes = dict[str, Any]
Changed = Callable[[Changes], Agreement]


@pytest.fixture(scope="module")
def changed(first_text: str, library: Library) -> Changed:
    """Return the first example with other answers at some paths; a group is replaced whole."""

    def made(changes: Changes) -> Agreement:
        answers = read_marked(first_text, "answers.yaml", AnswerError).value
        for path, value in changes.items():
            *groups, name = path.split(".")
            group = answers
            for one in groups:
                group = group.setdefault(one, {})
            group[name] = value
        return agreement_from(Marked("answers.yaml", answers), library.states)

    return made


def choice_of(selection: Selection, slot: str) -> Choice:
    return next(choice for choice in selection.choices if choice.slot == slot)


def cite_of(choice: Choice) -> str | None:
    return choice.clause.cite if choice.clause else None


def passed_over(choice: Choice) -> dict[str, str]:
    return {passed.clause.cite: passed.because for passed in choice.passed}


def copied(root: Path, id: str, new_id: str, **fields: str) -> None:
    """Copy a clause of the library in `root` under another id, with other values in some of its lines."""
    text = (root / f"{id}.yaml").read_text(encoding="utf-8")
    for name, value in {"id": new_id, **fields}.items():
        text, found = re.subn(rf"(?m)^{name}: .*$", f"{name}: {value}", text, count=1)
        assert found
    (root / new_id).parent.mkdir(parents=True, exist_ok=True)
    (root / f"{new_id}.yaml").write_text(text, encoding="utf-8")


def findings(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in report.findings if finding.code.startswith("E-SLOT")]


def test_every_chosen_text_has_a_reason_or_is_the_only_one(built: Built) -> None:
    """Nobody has to guess why a text stands: an answer brought it in, or there is no other for its place."""
    for choice in built.selection.choices:
        if choice.clause is not None:
            assert choice.because or not choice.passed, choice.slot
            assert len(choice.because) == len(choice.clause.written.when), choice.slot


def test_every_text_passed_over_has_a_reason_that_names_the_answer(built: Built, library: Library) -> None:
    """What was not chosen is listed with the answer that ruled it out."""
    passed = [(one, choice) for choice in built.selection.choices for one in choice.passed]

    assert len(passed) > 20
    for one, choice in passed:
        nearer = "of us-wa is nearer" in one.because
        assert nearer or any(path in one.because for path in library.when_of(one.clause)), (choice.slot, one.because)


def test_reasons_quote_the_answer_found_and_the_one_wanted(built: Built) -> None:
    """A reason can be read aloud: the question, the answer, and the answer that would have been needed."""
    choice = choice_of(built.selection, "cost.share")

    assert choice.because == ("program.mode is assigned", "cost.model is percentage")
    assert passed_over(choice)["us/cost/share.none@1"] == "cost.model is percentage, not none"
    assert choice_of(built.selection, "roles.graduated-response").because == ("discipline.programs is given",)


def test_every_clause_of_the_library_is_accounted_for(built: Built, library: Library) -> None:
    """Each text that may serve the state is either chosen or passed over, once: a lost clause would look like none."""
    chosen = [clause.cite for clause in built.selection.clauses]
    passed = [one.clause.cite for choice in built.selection.choices for one in choice.passed]

    serving = library.chain("WA")
    assert sorted(chosen + passed) == sorted(
        clause.cite for clause in library.shelf.values() if clause.jurisdiction in serving
    )


def test_nearer_jurisdiction_wins(changed: Changed, library_copy: Path) -> None:
    """Washington's clause replaces the general one for a Washington district, and for no other."""
    copied(library_copy, "us/roles/discipline", "us-wa/roles/discipline")
    library = load_library(library_copy)
    at_home = choice_of(select(changed({}), library, TODAY), "roles.discipline")
    elsewhere = choice_of(select(changed({"document.state": "OR"}), library, TODAY), "roles.discipline")

    assert cite_of(at_home) == "us-wa/roles/discipline@1"
    assert passed_over(at_home) == {"us/roles/discipline@1": "us-wa/roles/discipline@1 of us-wa is nearer"}
    assert cite_of(elsewhere) == "us/roles/discipline@1"
    assert passed_over(elsewhere) == {}


def test_nearer_clause_that_does_not_fit_leaves_the_general_one(changed: Changed, library_copy: Path) -> None:
    """A state's clause stands only where its own condition holds."""
    copied(library_copy, "us/roles/discipline", "us-wa/roles/discipline", when="{document.purpose: renewal}")
    choice = choice_of(select(changed({}), load_library(library_copy), TODAY), "roles.discipline")

    assert cite_of(choice) == "us/roles/discipline@1"
    assert passed_over(choice) == {"us-wa/roles/discipline@1": "document.purpose is first, not renewal"}


def test_nearer_clause_that_hangs_on_an_open_answer_leaves_the_slot_open(changed: Changed, library_copy: Path) -> None:
    """While it is open whether the state's clause applies, the general one is not put in its place."""
    copied(library_copy, "us/roles/discipline", "us-wa/roles/discipline", when="{records.sro_status: neither}")
    agreement = changed({"records.sro_status": OPEN})
    choice = choice_of(select(agreement, load_library(library_copy), TODAY), "roles.discipline")

    assert choice.clause is None and choice.open_paths == ("records.sro_status",)


def test_clause_effective_later_is_passed_over(changed: Changed, library_copy: Path) -> None:
    """A state's clause that is not in effect yet does not replace the general one."""
    copied(library_copy, "us/roles/discipline", "us-wa/roles/discipline", effective="2026-07-02")
    library = load_library(library_copy)
    before = choice_of(select(changed({}), library, TODAY), "roles.discipline")
    after = choice_of(select(changed({}), library, date(2026, 7, 2)), "roles.discipline")

    assert cite_of(before) == "us/roles/discipline@1"
    assert passed_over(before) == {"us-wa/roles/discipline@1": "it takes effect on 2026-07-02, after 2026-07-01"}
    assert cite_of(after) == "us-wa/roles/discipline@1"


def test_two_equally_near_texts_are_an_error_that_names_both_files(changed: Changed, library_copy: Path) -> None:
    """No answer decides between them, so the first does not win: the library is mended."""
    copied(library_copy, "us/roles/discipline", "us/roles/discipline.other")
    with pytest.raises(SelectionError) as error:
        select(changed({}), load_library(library_copy), TODAY)

    for words in ("us/roles/discipline.yaml", "us/roles/discipline.other.yaml", "roles.discipline", "narrower `when`"):
        assert words in str(error.value)


def test_texts_that_exclude_each_other_are_an_error(changed: Changed, library_copy: Path) -> None:
    """A clause that may not stand beside another is refused with the way to find the answer behind it."""
    copied(library_copy, "us/general/severability", "us/general/severability", conflicts="[general.law]")
    with pytest.raises(SelectionError, match=r"excludes slot general\.law, which us/general/law\.state@1 fills"):
        select(changed({}), load_library(library_copy), TODAY)


def test_companion_that_hangs_on_an_open_answer_is_a_gap_and_no_refusal(changed: Changed, library_copy: Path) -> None:
    """A draft may leave open whether a required companion stands; only a decided no is an error."""
    copied(library_copy, "us/general/severability", "us/general/severability", requires="[cost.grant]")
    library = load_library(library_copy)
    with pytest.raises(SelectionError, match=r"needs slot cost\.grant, which nothing fills"):
        select(changed({}), library, TODAY)
    choice = choice_of(select(changed({"cost.federal_grant": OPEN}), library, TODAY), "cost.grant")

    assert choice.clause is None and choice.open_paths == ("cost.federal_grant",)


def test_open_answer_leaves_a_numbered_open_slot(
    changed: Changed, built: Built, library: Library, template: bytes
) -> None:
    """The section keeps its number and shows that it is open; nothing behind it moves."""
    draft = build(changed({"selection.final_say": OPEN}), library, template, as_of=TODAY, name="a.docx")
    choice = choice_of(draft.selection, "staffing.appointment")

    assert choice.clause is None and choice.open_paths == ("selection.final_say",)
    assert draft.selection.numbers == built.selection.numbers
    assert findings(draft.report) == [("E-SLOT-OPEN", "staffing.appointment")]
    assert "until selection.final_say is answered" in next(one.message for one in draft.report.findings)
    assert set(passed_over(choice).values()) == {"selection.final_say is undecided"}


def test_slot_that_no_text_fills_is_a_finding(
    changed: Changed, built: Built, library_copy: Path, template: bytes
) -> None:
    """A required place without a text is never skipped in silence: it is numbered, shown and found."""
    (library_copy / "us/roles/graduated-response.programs.yaml").unlink()
    draft = build(changed({}), load_library(library_copy), template, as_of=TODAY, name="a.docx")

    assert findings(draft.report) == [("E-SLOT-EMPTY", "roles.graduated-response")]
    assert draft.selection.numbers == built.selection.numbers
    # What is optional and does not apply leaves no trace in the numbering.
    assert "cost.grant" not in draft.selection.numbers


def test_status_under_the_student_records_law_has_no_default(
    make: Callable[..., Built], first_text: str, library: Library
) -> None:
    """There is no safe default for an officer's status, so leaving it out leaves the section open."""
    text, found = re.subn(r"(?m)^  sro_status: .*\n", "", first_text)
    assert found == 1
    report = make(text).report

    assert findings(report) == [("E-SLOT-OPEN", "records.education-records")]
    assert "records.sro_status" in [one["answer"] for one in report.undecided]
    assert "records.sro_status" not in [one["answer"] for one in report.defaults_taken]
