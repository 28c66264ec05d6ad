"""State law, grants and local policy over federal guidance: who is asked what, which value governs, and from which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import TODAY

from mou_builder.cli.subject import foreseen
from mou_builder.library import Library, load_library
from mou_builder.model import read_answers
from mou_builder.model.conditions import check
from mou_builder.report import Report
from mou_builder.report.layers import asked_of
from mou_builder.review.deadlines import outlook
from mou_builder.review.paper import Paper

Run = Callable[..., tuple[int, str, str]]

RUBRIC = """
id: {id}
title: A rubric of these tests
short_title: {title}
publisher: Nobody
force: {force}
jurisdiction: {of}
applies: {applies}
published: 2026-01-01
seen: 2026-11-21
status: It binds in these tests.
unverified: Nothing else was looked at.
steps: [{{number: 1, title: All}}]
sources:
  code: {{cite: Example Code, says: what the rows say, seen: 2026-11-21, evidence: text}}
requirements:
{rows}
values:
{values}
"""
ROW = """  - {{id: {id}, step: 1, asks: "The agreement says so.", cite: "{cite}", kind: {kind}, force: {force}, level: required,
     phase: both, phase_basis: tool, evidence: {evidence}, sources: [code], seen: 2026-11-21{more}}}"""
VALUE = """  - {{id: {id}, title: Time between reviews, answer: review.months, limit: at-most, value: {value}, unit: month,
     requirement: {row}{more}}}"""


def row(id: str, *, force: str = "law", evidence: str = "text", kind: str = "provision", more: str = "") -> str:
    return ROW.format(id=id, cite=f"Example Code {id}", force=force, evidence=evidence, kind=kind, more=more)


def value(id: str, months: int, of: str, more: str = "") -> str:
    return VALUE.format(id=id, value=months, row=of, more=more)


@pytest.fixture
def add(library_copy: Path) -> Callable[..., Library]:
    """Put rubrics beside the shipped ones and load the library."""

    def added(id: str, rows: list[str], values: list[str] | None = None, **more: str) -> Library:
        of = {"title": id, "force": "law", "of": "us", "applies": "{}"} | more
        text = RUBRIC.format(id=id, rows="\n".join(rows), values="\n".join(values or []) or "  []", **of)
        (library_copy / "rubrics" / f"{id}.yaml").write_text(text, encoding="utf-8")
        return load_library(library_copy)

    return added


def report_on(text: str, library: Library, as_of: date = TODAY) -> Report:
    return foreseen(read_answers(text, "a.yaml", library.states), library, as_of, "a.docx").report


def status(report: Report) -> dict[str, str]:
    return {one.id: one.status for one in report.requirements}


def test_a_row_of_law_that_nobody_read_is_to_verify_and_never_met(add: Callable[..., Library], first_text: str) -> None:
    """Only a row that was read in the text of the law is judged; the others say how far they were read."""
    rows = [
        row(f"XX.{n}", evidence=grade) for n, grade in enumerate(("text", "part", "summary", "title", "recollection"))
    ]
    report = report_on(first_text, add("xx-law", rows))
    found = {one.id: one for one in report.requirements if one.rubric == "xx-law"}

    assert [found[f"XX.{n}"].status for n in range(5)] == ["missing", "verify", "verify", "verify", "verify"]
    assert "summary" in found["XX.2"].note
    assert (found["XX.0"].cite, found["XX.0"].seen) == ("Example Code XX.0", date(2026, 11, 21))
    assert next((one.met, one.of) for one in report.rubrics if one.id == "xx-law") == (0, 1)


def test_guidance_may_rest_on_what_others_report(add: Callable[..., Library], first_text: str) -> None:
    """The two seeds are no text of the rubric, and its rows are judged all the same."""
    report = report_on(
        first_text, add("xx-advice", [row("XX.1", force="guidance", evidence="summary")], force="guidance")
    )

    assert status(report)["XX.1"] == "missing"


def test_a_state_is_asked_its_own_law_and_no_other(first_text: str, library: Library) -> None:
    """Law of Illinois has no place in an agreement of Washington."""

    def forces(state: str) -> set[str]:
        report = report_on(first_text.replace("state: WA", f"state: {state}"), library, date(2026, 8, 1))
        return {one.id for one in report.rubrics if one.force == "law"}

    assert forces("WA") == {"us-wa-law"}
    assert forces("IL") == {"us-il-law"}
    assert forces("ID") == set()


def test_a_grants_terms_are_asked_only_where_there_is_the_grant(add: Callable[..., Library], first_text: str) -> None:
    """Without a federal hiring grant nobody owes its terms."""
    shelf = add("xx-grant", [row("XX.1", force="grant")], force="grant", applies="{cost.federal_grant: true}")

    assert "XX.1" not in status(report_on(first_text, shelf))
    assert "XX.1" in status(report_on(first_text.replace("federal_grant: false", "federal_grant: true\n  grant_name: G-1\n"
        "  grant_awarded: 2026-06-01\n  grant_agreement_due: 2026-08-30"), shelf))  # fmt: skip


def test_the_strictest_value_governs_and_the_report_says_why(add: Callable[..., Library], first_text: str) -> None:
    """Law asks for a review every year, a policy for one every six months: the policy is the stricter."""
    add("xx-law", [row("XX.1")], [value("law", 12, "XX.1")])
    shelf = add("xx-policy", [row("YY.1", force="local")], [value("policy", 6, "YY.1")], force="local")
    report = report_on(first_text.replace("state: WA", "state: ID"), shelf)
    (found,) = [one for one in report.limits if one.answer == "review.months"]

    assert (found.governs, found.why, found.says, found.kept) == (
        "YY.1",
        "the strictest of the values",
        "12 months",
        "no",
    )
    assert [one.limit for one in found.layers] == ["at most 6 months", "at most 12 months"]
    assert [one.message for one in report.findings if one.code == "E-LIMIT"] == [
        "Time between reviews: the agreement says 12 months, but at most 6 months is set by local policy, Example Code YY.1 "
        "(YY.1). Change the answer."
    ]


def test_a_clause_does_not_meet_a_row_whose_value_the_answer_breaks(
    add: Callable[..., Library], first_text: str
) -> None:
    """The words on review stand, but with 12 months where 6 are asked the row is not met, and its note says why."""
    rows = [
        row("XX.1", force="local", more=", rests_on: [S1.9]"),
        row("XX.2", force="local", more=", rests_on: [S1.9]"),
    ]
    shelf = add("xx-policy", rows, [value("policy", 6, "XX.1"), value("other", 12, "XX.2")], force="local")
    report = report_on(first_text.replace("state: WA", "state: ID"), shelf)
    found = {one.id: one for one in report.requirements}

    assert (found["XX.1"].status, found["XX.2"].status) == ("missing", "met")
    assert found["XX.1"].note == "Time between reviews: the agreement says 12 months, not at most 6 months."


def test_a_value_that_nobody_read_governs_nothing(add: Callable[..., Library], first_text: str) -> None:
    """A stricter value that is only reported stands last and warns; the one that was read governs."""
    shelf = add(
        "xx-law", [row("XX.1"), row("XX.2", evidence="summary")], [value("a", 24, "XX.1"), value("b", 6, "XX.2")]
    )
    report = report_on(first_text.replace("state: WA", "state: ID"), shelf)
    (found,) = [one for one in report.limits if one.answer == "review.months"]

    assert (found.governs, found.kept) == ("XX.1", "yes")
    assert [(one.requirement, one.verify) for one in found.layers] == [("XX.1", False), ("XX.2", True)]
    assert not any(one.code.endswith("LIMIT") for one in report.findings)


def test_a_lone_value_that_nobody_read_warns(add: Callable[..., Library], first_text: str) -> None:
    """Counsel learns of it, and nothing is refused."""
    shelf = add("xx-law", [row("XX.2", evidence="part")], [value("b", 6, "XX.2")])
    report = report_on(first_text.replace("state: WA", "state: ID"), shelf)

    assert [one.code for one in report.findings] == ["W-LIMIT-VERIFY"]


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-06-30", False), ("2026-07-01", True), ("2027-06-30", True), ("2027-07-01", False)]
)
def test_a_dated_value_holds_from_its_first_day_to_its_last(
    day: str, asked: bool, add: Callable[..., Library], first_text: str
) -> None:
    """One day before it is not asked; on the day it is; on the last day still."""
    dated = ", effective_from: 2026-07-01, effective_to: 2027-06-30"
    shelf = add("xx-law", [row("XX.1", more=dated)], [value("a", 6, "XX.1", dated)])
    report = report_on(first_text.replace("state: WA", "state: ID"), shelf, date.fromisoformat(day))

    assert ("XX.1" in status(report)) is asked
    assert any(one.answer == "review.months" for one in report.limits) is asked


def test_every_dated_row_and_value_of_the_library_turns_on_its_day(first_text: str, library: Library) -> None:
    """For each row and value with a first or a last day: the day before and the day itself differ."""
    tried = 0
    for rubric in library.rubrics:
        state = next((one.state for id, one in library.jurisdictions.items() if id == rubric.jurisdiction), None)
        text = first_text.replace("state: WA", f"state: {state or 'ID'}")
        made = read_answers(text, "a.yaml", library.states)
        for one in rubric.requirements:
            turns = [(one.effective_from, False)] if one.effective_from else []
            turns += [(one.effective_to + timedelta(days=1), True)] if one.effective_to else []
            for day, before in turns:
                if rubric.applies or check(made, one.applies).holds is False:
                    continue
                seen = [one in asked_of(made, library, at) for at in (day - timedelta(days=1), day)]
                assert seen == [before, not before], one.id
                tried += 1
    assert tried > 5


def test_a_row_that_rests_on_others_is_met_with_them(add: Callable[..., Library], first_text: str) -> None:
    """Who writes a policy and no clauses names the requirements that it repeats; all of them must be met."""
    rows = [
        row("XX.1", force="local", more=", rests_on: [S1.6, S1.8]"),
        row("XX.2", force="local", more=", rests_on: [S1.6, XX.3]"),
        row("XX.3", force="local"),
    ]
    report = report_on(first_text, add("xx-policy", rows, force="local"))
    found = {one.id: one for one in report.requirements}

    assert (found["XX.1"].status, found["XX.2"].status) == ("met", "missing")
    assert "XX.3" in found["XX.2"].note
    assert {one.id for one in found["S1.6"].clauses} <= {one.id for one in found["XX.1"].clauses}


def test_what_is_to_do_outside_the_paper_has_an_owner_and_a_day(add: Callable[..., Library], first_text: str) -> None:
    """A filing stands in the report with who and when, and among the deadlines with its day."""
    task = (', task: {what: "Send a copy to the state.", kind: filing, owner: district, when: "within three months", '
            "due: {after: signing, months: 3}}")  # fmt: skip
    shelf = add("xx-law", [row("XX.1", kind="practice", more=task)])
    agreement = read_answers(first_text, "a.yaml", shelf.states)
    subject = foreseen(agreement, shelf, TODAY, "a.docx")
    found = next(one for one in subject.report.requirements if one.id == "XX.1")
    asked = tuple(one for _, one in shelf.requirements().values() if one.id == "XX.1")
    listed = outlook([Paper("a.yaml", agreement, subject.record, asked=asked)], TODAY)
    (due,) = [one for one in listed.deadlines if one.kind == "task-filing"]

    assert found.status == "not attested"
    assert found.task is not None
    assert (found.task.owner, found.task.when) == ("Larkmoor Schools", "within three months")
    assert (due.day, due.status) == (date(2026, 9, 22), "to come")
    assert due.what == "Send a copy to the state: within three months (XX.1; required by Example Code XX.1)."


def test_a_state_without_a_rubric_is_never_said_to_have_no_law(first_text: str, library: Library) -> None:
    """Nothing found is said as nothing found, with the day, and counsel is asked."""
    (note,) = report_on(first_text.replace("state: WA", "state: ID"), library).notes

    assert "No rule on agreements of this kind was found for Idaho (searched November 21, 2026)" in note["message"]
    assert "Counsel must check" in note["message"]
    assert "no law" not in note["message"]


def test_a_compulsory_form_of_the_state_is_not_replaced(
    first_text: str, library: Library, run: Run, tmp_path: Path
) -> None:
    """In New Jersey the state's own form is signed: the draft says so, and no final is made."""
    answers = tmp_path / "nj.yaml"
    answers.write_text(first_text.replace("state: WA", "state: NJ"), encoding="utf-8")
    code, _, said = run("build", str(answers), "--out", str(tmp_path / "out"), "--final", "--as-of", "2026-07-01")

    assert code == 1
    assert "E-STATE-FORM: New Jersey asks that its own form be signed" in said
    assert not (tmp_path / "out").exists()
