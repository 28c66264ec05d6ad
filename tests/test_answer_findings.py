"""Whole-document checks on the answers alone: each code with answers that bring it up and answers just outside."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model.answers import agreement_from
from mou_builder.record import record_of
from mou_builder.report import Report, predicted
from mou_builder.selection import select
from mou_builder.wording import Wording

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 7, 1)
BASE: dict[str, Any] = read_marked(
    (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8"), "first_mou.yaml", AnswerError
).value
Answers = dict[str, Any]


@pytest.fixture(scope="module")
def report(library: Library) -> Callable[[Answers], Report]:
    """Report on the first example with some answers changed; no file is written."""

    def reported(answers: Answers) -> Report:
        made = copy.deepcopy(BASE)
        for path, value in answers.items():
            put(made, path, value)
        agreement = agreement_from(Marked("answers.yaml", made), library.states)
        selection = select(agreement, library, TODAY)
        record = record_of(agreement, selection, Wording(agreement, library.states), tool="test", final=False)
        return predicted("answers.docx", agreement, record, library)

    return reported


def put(made: Any, path: str, value: Any) -> None:
    """Set one answer by its path; a number is a place in a list, and None takes the answer out."""
    *groups, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in groups:
        made = made[step] if isinstance(step, int) else made.setdefault(step, {})
    if value is None:
        made.pop(last, None)
    else:
        made[last] = value


FLAT: Answers = {
    "cost": {
        "model": "flat-per-officer", "per_officer": Decimal("60000.00"), "payers": ["Larkmoor Schools"], "invoice": "quarterly",
        "pay_days": 45, "nonappropriation": True, "federal_grant": False,
    },
}  # fmt: skip
NO_RENEWAL: Answers = {"term.renewal": "none", "term.renewal_notice_days": None}
CITY, TOWNS = "parties.agencies.0.approved_on", "parties.municipalities"
NO_OFFICIAL: Answers = {"records.sro_status": "neither", "records.control_officer": None}
HALF: Answers = {"program.officers.1.assignments.0.share": Decimal("0.25")}
PAYING: Answers = {
    "legal_name": "Town of Marsh", "short_name": "Marsh", "entity_type": "a town", "governing_body": "Selectboard",
    "notice": {"officer": "Clerk", "address": "1 Road"}, "signatories": [{"name": "Ann Poe", "title": "Chair"}],
}  # fmt: skip

# fmt: off
FINDINGS: dict[str, tuple[str, Answers, Answers]] = {
    # name: the code, answers that bring it up, and answers just outside
    "approved late": ("W-APPROVED-LATER", {CITY: date(2026, 8, 2)}, {CITY: date(2026, 8, 1)}),
    "approval to come": ("W-LATER-DATE", {CITY: date(2026, 7, 2)}, {CITY: date(2026, 7, 1)}),
    "retroactive": ("W-RETROACTIVE", {"document.effective_date": date(2026, 6, 30)}, {"document.effective_date": date(2026, 7, 1)}),
    "first review": ("W-REVIEW-AFTER-TERM", {"term.ends": date(2027, 1, 31), "review.months": 6, "term.renewal_notice_days": 30},
                     {"term.ends": date(2027, 2, 1), "review.months": 6, "term.renewal_notice_days": 30}),
    "report after the term": ("W-DATE-AFTER-TERM", {"term.ends": date(2027, 7, 30)}, {"term.ends": date(2027, 7, 31)}),
    "staff after the term": ("W-DATE-AFTER-TERM",
                             {"term.ends": date(2027, 3, 31), "reporting.due": "03-31", "training.staff_by": "04-01"},
                             {"term.ends": date(2027, 3, 31), "reporting.due": "03-31", "training.staff_by": "03-31"}),
    "leaving after renewal": ("W-NOTICES-CROSS", {"term.exit_days": 91}, {"term.exit_days": 90}),
    "leaving takes the whole term": ("W-NOTICES-CROSS", NO_RENEWAL | {"term.exit_days": 180, "term.ends": date(2027, 1, 28)},
                                     NO_RENEWAL | {"term.exit_days": 180, "term.ends": date(2027, 1, 29)}),
    # February 1, 2028, with 30 days for comments and 30 for the answer, ends on April 1; the term ends on July 31.
    "review too late": ("W-REVIEW-TOO-LATE", {"term.renewal_notice_days": 122, "term.exit_days": 60},
                        {"term.renewal_notice_days": 121, "term.exit_days": 60}),
    "review in the last month": ("W-REVIEW-TOO-LATE", {"review.start_month": "July"}, {"review.start_month": "September"}),
    "part-time base": ("W-COST-BASE", FLAT | HALF, FLAT),
    "threat team": ("W-RECORDS-STATUS", NO_OFFICIAL | {"crisis.threat_team": "member"},
                    {"crisis.threat_team": "member"}),
    "ages": ("W-AGES-DIFFER", {"force.handcuff_minimum_age": 11}, {"force.handcuff_minimum_age": 12}),
    "name is a term": ("E-NAME-IS-TERM", {TOWNS: [PAYING | {"short_name": "the agency"}]}, {TOWNS: [PAYING]}),
    "name is a defined term": ("E-NAME-IS-TERM", {TOWNS: [PAYING | {"short_name": "Officer"}]},
                               {TOWNS: [PAYING | {"short_name": "Chief Officer"}]}),
    "name of another": ("E-NAME-SHARED", {TOWNS: [PAYING | {"short_name": "City of Larkmoor"}]},
                        {TOWNS: [PAYING | {"short_name": "Town of Marsh"}]}),
    "names alike but for an accent": ("E-NAME-SHARED", {TOWNS: [PAYING | {"short_name": "Larkmo\u00f3r Police"}]},
                                      {TOWNS: [PAYING | {"short_name": "Larkmoor Town"}]}),
    "one legal person": ("W-PARTY-TWICE", {TOWNS: [PAYING | {"legal_name": "City of Larkmoor"}]},
                         {TOWNS: [PAYING | {"legal_name": "County of Larkmoor"}]}),
    "blank in an answer": ("E-BLANK-LEFT", {"reporting.presented_to": "the Board of ______"},
                           {"reporting.presented_to": "the Board of Education"}),
    "the tool's own blank": ("E-BLANK-LEFT", {"document.number": "[to be decided: number]"}, {"document.number": "[No. 7]"}),
    "XX in an answer": ("E-BLANK-LEFT", {"document.number": "2026-XX-0001"}, {"document.number": "2026-20-0001"}),
    "exhibit in an answer": ("E-NO-EXHIBIT", {"rights.state_laws": ["the laws that Exhibit B lists"]},
                             {"rights.state_laws": ["the laws that Exhibit B of Policy 3210 lists"]}),
    "schedule in an answer": ("E-NO-EXHIBIT", {"rights.state_laws": ["the laws that Schedule Z lists"]},
                              {"rights.state_laws": ["the laws that Schedule A lists"]}),
    "name in an answer": ("W-NAME-DIFFERS", {"reporting.presented_to": "the Board of Larkmor Schools"},
                          {"reporting.presented_to": "the Board of Larkmoor Schools"}),
    "task in an answer": ("E-DISCIPLINE-TASK", {"evaluation.recognition": "a prize for each SRO who enforces the dress code"},
                          {"evaluation.recognition": "a prize for each SRO who never enforces the dress code"}),
}
# fmt: on


@pytest.mark.parametrize("name", FINDINGS)
def test_answers_that_do_not_fit_are_a_finding_and_their_neighbors_are_not(
    name: str, report: Callable[[Answers], Report]
) -> None:
    """One step further and the finding is gone."""
    code, inside, outside = FINDINGS[name]

    assert code in [one.code for one in report(inside).findings]
    assert code not in [one.code for one in report(outside).findings]


def test_a_protocol_without_assigned_officers_needs_no_roster(report: Callable[[Answers], Report]) -> None:
    """Where officers only respond to calls, nobody is assigned to a school."""
    groups = ["selection", "supervision", "evaluation", "removal", "training", "cost", "equipment"]
    bare: Answers = dict.fromkeys([*groups, "records.sro_status", "records.control_officer"])

    def codes(mode: str) -> list[str]:
        return [one.code for one in report({**bare, "program": {"mode": mode}}).findings]

    assert "E-NO-ROSTER" in codes("assigned") and "E-NO-ROSTER" not in codes("responding")


def test_a_finding_says_where(report: Callable[[Answers], Report]) -> None:
    """The path of the answer stands in the finding, and in the JSON."""
    found = report({CITY: date(2026, 8, 2)}).to_json()["findings"]

    assert {"W-APPROVED-LATER": "parties.agencies[0].approved_on"}.items() <= {
        one["code"]: one["where"] for one in found}.items()  # fmt: skip
