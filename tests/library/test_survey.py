"""The survey of the states, the second tier's rows, the grant's terms and a district's own policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TODAY

from mou_builder.cli.subject import foreseen
from mou_builder.errors import LibraryError
from mou_builder.library import Library, load_library
from mou_builder.library.checking import check_library
from mou_builder.library.state_sheets import state_sheet
from mou_builder.library.survey import Surveyed
from mou_builder.library.survey_checking import survey_faults
from mou_builder.model import read_answers
from mou_builder.report import Report

ROOT = Path(__file__).resolve().parents[2]
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
SECOND_TIER = ("PA", "CT", "MA", "DE", "TX", "CO", "NJ", "MD", "KS", "GA", "IN", "RI", "FL", "NY", "TN")


def altered(one: Surveyed, **facts: object) -> Surveyed:
    return Surveyed.model_validate({**one.model_dump(), **facts})


def report_on(text: str, library: Library) -> Report:
    return foreseen(read_answers(text, "a.yaml", library.states), library, TODAY, "a.docx").report


def test_the_survey_speaks_of_every_state_and_owns_up_to_the_territories(library: Library) -> None:
    """Fifty states and the capital were looked up; the territories were not, and say so."""
    silent = {code for code, one in library.survey.items() if one.found == "not-surveyed"}

    assert library.survey.keys() == library.states.keys()
    assert silent == TERRITORIES and len(library.survey) - len(silent) == 51


def test_nothing_found_is_never_called_no_law(library: Library) -> None:
    """Where the search found nothing, the words send the reader to counsel and claim nothing about the law."""
    for code, one in library.survey.items():
        if one.found in ("none", "not-surveyed"):
            assert "ask counsel" in one.says and "ask counsel" in one.in_words, code
        assert not re.search(r"(?i)\bno (?:state )?law\b|not required|no requirement", one.says), code


def test_every_rule_that_was_found_is_cited_and_says_how_far_it_was_read(library: Library) -> None:
    """A finding has a citation, a grade and a page that was opened."""
    for code, one in library.survey.items():
        if one.found not in ("none", "not-surveyed"):
            assert one.cites and one.evidence and all(page.startswith("http") for page in one.sources), code
            assert one.sources, code


@pytest.mark.parametrize("state", SECOND_TIER)
def test_a_state_of_the_second_tier_says_how_far_each_row_was_read(library: Library, state: str) -> None:
    """Each row names a page to open; a value stands only where its row was read in the text of the law."""
    sheet = state_sheet(state, library)
    unread = {row.id for _, row in sheet.to_verify}

    assert sheet.rows and [row.id for _, row in sheet.rows if not row.id.startswith(f"{state}.")] == []
    for rubric, row in sheet.rows:
        assert row.cite and all(rubric.sources[key].url for key in row.sources), row.id
        graded = {rubric.sources[key].evidence for key in row.sources}
        assert row.evidence != "text" or "text" in graded, f"{row.id} was read in the text, but no page holds the text"
    assert [limit.id for limit in sheet.limits if limit.requirement in unread] == []


def test_only_new_jersey_asks_for_its_own_form_alone(library: Library) -> None:
    """The one form that no other paper replaces is marked as compulsory; no other state's is."""
    binding = {sheet.code for sheet in (state_sheet(code, library) for code in library.states)
               if any(form.compulsory for form in sheet.forms)}  # fmt: skip

    assert binding == {"NJ"}


@pytest.mark.parametrize(
    ("changed", "told"),
    (
        (lambda found: found | {"ZZ": found["WY"]}, "no state or territory has the code 'ZZ'"),
        (lambda found: {code: one for code, one in found.items() if code != "WY"}, "the survey leaves out WY"),
        (lambda found: found | {"GA": altered(found["GA"], cites=())}, "GA: a rule was found, but its citation"),
        (lambda found: found | {"GA": altered(found["GA"], found="none")}, "found no rule for GA, but a rubric"),
    ),
)
def test_a_slip_in_the_survey_is_named(
    library: Library, changed: Callable[[dict[str, Surveyed]], dict[str, Surveyed]], told: str
) -> None:
    """A wrong code, a state left out, a rule without its citation, and a denial of what a rubric holds."""
    found = [str(fault) for fault in survey_faults(replace(library, survey=changed(dict(library.survey))))]

    assert len(found) == 1 and told in found[0] and found[0].startswith("survey.yaml:"), found


def test_a_slip_of_form_in_the_survey_is_told_with_its_line(library_copy: Path) -> None:
    """A finding of another kind than the five is refused as the library loads."""
    file = library_copy / "survey.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("found: conditional", "found: perhaps", 1), encoding="utf-8"
    )

    with pytest.raises(LibraryError, match=r"survey\.yaml:\d+:\d+"):
        load_library(library_copy)


def test_a_library_may_be_without_a_survey(library_copy: Path) -> None:
    """An older library, or another's, loads as before and is asked nothing about states."""
    (library_copy / "survey.yaml").unlink()
    shelf = load_library(library_copy)

    assert shelf.survey == {} and list(survey_faults(shelf)) == []


def test_an_agreement_under_a_hiring_grant_is_asked_the_grants_terms(library: Library) -> None:
    """The example with a grant meets what earlier awards asked of its text, and the share of time is compared."""
    report = report_on((ROOT / "examples" / "federal_grant.yaml").read_text(encoding="utf-8"), library)
    rows = {row.id: row for row in report.requirements if row.id.startswith("CF.")}

    assert {row.status for row in rows.values() if row.kind != "practice"} == {"met"}
    assert {row.force for row in rows.values()} == {"grant"}
    # The form that asks for the share was read in part only, so it is compared and governs nothing.
    (share,) = [row for row in report.limits if row.answer == "program.presence_percent"]
    assert (share.governs, share.kept, share.layers[0].requirement) == ("", "verify", "CF.10")


def test_an_agreement_without_a_grant_is_asked_none_of_its_terms(library: Library, first_text: str) -> None:
    """Terms of an award reach nobody who takes none."""
    assert [row.id for row in report_on(first_text, library).requirements if row.id.startswith("CF.")] == []


def test_a_districts_own_policy_rests_on_what_the_clauses_meet(
    library_copy: Path, first_text: str, library: Library
) -> None:
    """The example of a local policy fits into the library, is met through other rows, and its stricter values govern."""
    policy = (ROOT / "tests" / "data" / "local_policy.yaml").read_text(encoding="utf-8")
    (library_copy / "rubrics" / "larkmoor-policy.yaml").write_text(policy, encoding="utf-8")
    shelf = load_library(library_copy)
    report = report_on(first_text, shelf)
    rows = {row.id: row.status for row in report.requirements if row.id.startswith("LP.")}
    governs = {row.answer: row.governs for row in report.limits}

    # Two rows set values that this agreement breaks: the words stand, and the rows are not met.
    assert rows == {"LP.1": "met", "LP.2": "missing", "LP.3": "missing", "LP.4": "met"}
    assert governs["review.months"] == "LP.2" and governs["review.notice_days"] == "LP.3"
    assert any("at least 45 days" in one.message for one in report.findings)


@pytest.mark.wide
def test_a_library_with_a_districts_own_policy_is_sound(library_copy: Path) -> None:
    """Nothing in the example needs mending: ids, sources, rows it rests on, answers it limits."""
    policy = (ROOT / "tests" / "data" / "local_policy.yaml").read_text(encoding="utf-8")
    (library_copy / "rubrics" / "larkmoor-policy.yaml").write_text(policy, encoding="utf-8")

    assert [str(fault) for fault in check_library(load_library(library_copy))] == []


@pytest.mark.parametrize(
    ("state", "expected"),
    (
        ("GA", {"GA.1": "met", "GA.2": "met", "GA.3": "not attested"}),
        ("DE", {"DE.1": "met", "DE.2": "not attested", "DE.3": "met", "DE.4": "verify"}),
        ("CO", {"CO.1": "met", "CO.2": "not attested", "CO.3": "met", "CO.5": "verify"}),
        ("NJ", {"NJ.1": "verify", "NJ.4": "verify"}),
        ("TN", {"TN.1": "not applicable", "TN.8": "verify"}),
    ),
)
def test_a_general_agreement_in_a_state_of_the_second_tier(
    state: str, expected: dict[str, str], library: Library, first_text: str
) -> None:
    """Rows read in the text are judged against the general clauses; the others are to verify."""
    found = {
        row.id: row.status
        for row in report_on(first_text.replace("state: WA", f"state: {state}"), library).requirements
    }

    assert {id: found[id] for id in expected} == expected


@pytest.mark.parametrize(("months", "kept"), ((36, "yes"), (37, "no")))
def test_delawares_review_on_the_day_and_a_month_later(
    months: int, kept: str, library: Library, first_text: str
) -> None:
    """Three years between reviews are within the rule, and a month more is not."""
    text = re.sub(r"(?m)^review:\n", f"review:\n  months: {months}\n", re.sub(r"(?m)^  months: \d+\n", "", first_text))
    report = report_on(text.replace("state: WA", "state: DE"), library)

    assert [row.kept for row in report.limits if row.governs == "DE.3"] == [kept]
