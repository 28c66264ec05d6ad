"""Whole-document checks: each finding has answers that bring it up, and the first example, just outside, does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from wordedit import body_of, text_of

from mou_builder.build import Built
from mou_builder.errors import AnswerError

ROOT = Path(__file__).resolve().parent.parent

# fmt: off
FINDINGS = {
    "E-NO-SIGNATORY": ("        - {name: Dana Whitcomb, title: Superintendent of Schools}\n"
                       "        - {name: Priya Ramanathan, title: Secretary to the Board, capacity: attest}\n"
                       "        - {name: Owen Castellane, title: General Counsel, capacity: approve-as-to-form}\n", "        []\n"),
    "E-PRIOR-LATER": ("purpose: first", "purpose: renewal\n  prior: {title: Old, signed_on: 2026-08-01, effect: replaces, "
                                        "findings: None., data_year: 2025-2026}"),
    "E-SLOT-OPEN": ("  sro_status: school-official\n  control_officer: Director of Student Services\n", ""),
    "W-AGES-DIFFER": ("handcuff_minimum_age: 12", "handcuff_minimum_age: 11"),
    "W-LATER-DATE": ("title: Superintendent of Schools, on: 2026-06-15, note: \"Training",
                     "title: Superintendent of Schools, on: 2026-07-02, note: \"Training"),
    "W-RECITAL-UNPROVED": ("requirement: ED.3", "requirement: S5.2"),
    "W-WAIVER-NOT-NEEDED": (
        "attestations:\n",
        "waivers:\n  - {requirement: S1.6, by: The Board, why: No., on: 2026-06-15}\nattestations:\n"),
    "W-PART-TIME": ("{site: Quarry Hill Middle School, share: 0.5}", "{site: Quarry Hill Middle School, share: 0.25}"),
    "W-RETROACTIVE": ("effective_date: 2026-08-01", "effective_date: 2026-06-30"),
    "W-REVIEW-AFTER-TERM": ("  start_month: February", "  start_month: February\n  months: 25"),
    "W-SITE-UNSERVED": ("    - {name: Larkmoor High School,",
                        "    - {name: Marsh Road School, level: elementary, address: 1 Marsh Road}\n"
                                                            "    - {name: Larkmoor High School,"),
}
# fmt: on


@pytest.mark.parametrize("code", FINDINGS)
def test_answers_that_do_not_fit_together_are_a_finding(
    code: str, make: Callable[..., Built], built: Built, first_text: str
) -> None:
    """The finding comes up with its code, and only where it is due."""
    old, new = FINDINGS[code]
    assert first_text.count(old) == 1
    found = [one.code for one in make(first_text.replace(old, new)).report.findings]

    assert code in found
    assert [one.code for one in built.report.findings] == []


def test_a_program_without_schools_or_officers_is_a_finding(make: Callable[..., Built], first_text: str) -> None:
    """Without a roster nobody could say where the program is; the draft still builds."""
    start, end = first_text.index("  sites:"), first_text.index("  arrive_before_minutes")
    built = make(first_text[:start] + first_text[end:])

    assert [one.code for one in built.report.findings] == ["E-NO-ROSTER"]
    assert "schedules.sites" not in built.selection.numbers


def test_a_review_within_the_term_is_no_finding(make: Callable[..., Built], first_text: str) -> None:
    """A term of 24 months holds one review every 24 months; the last day counts."""
    built = make(
        first_text.replace("state: WA", "state: ID").replace(
            "  start_month: February", "  start_month: February\n  months: 24"
        )
    )

    assert [one.code for one in built.report.findings] == []


def test_every_code_has_its_page(built: Built) -> None:
    """docs/findings.md explains each code that the tool can give, and no other."""
    code = re.compile(r"\"([EW]-[A-Z]+(?:-[A-Z]+)*)\"")
    given = {found for room in ("report", "packs") for file in (ROOT / "mou_builder" / room).glob("*.py")
             for found in code.findall(file.read_text(encoding="utf-8"))}  # fmt: skip
    explained = set(re.findall(r"(?m)^## (\S+)$", (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")))

    assert built.report.findings == ()
    assert given == explained


def test_the_readme_names_every_command(run: Callable[..., tuple[int, str, str]]) -> None:
    """A command that the README does not mention would be found by nobody."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, said, _ = run("--help")
    commands = re.findall(r"(?m)^\s{2}([a-z]+)\s{2,}", said[said.index("Commands") :])

    assert set(commands) == {
        "interview", "build", "check", "explain", "renew", "redline", "deadlines", "schema", "library", "pack",
        "model", "batch", "rollup",
    }  # fmt: skip
    assert [one for one in commands if f"`mou-builder {one}" not in readme] == []


def test_an_office_is_written_without_its_article(make: Callable[..., Built], first_text: str) -> None:
    """The agreement says "the" before an office, so an answer with its own would print it twice."""
    with pytest.raises(AnswerError, match=r"governance\.monitor: the agreement itself puts a word before it"):
        make(first_text.replace("monitor: Director", "monitor: the Director"))


def test_words_that_stand_for_a_blank_are_refused(make: Callable[..., Built], first_text: str) -> None:
    """TBD in an agreement would hide what is still open."""
    with pytest.raises(AnswerError, match=r"'TBD' is no answer; write it, or write \{undecided: why\}"):
        make(first_text.replace("monitor: Director of Student Services", "monitor: TBD"))


def test_the_last_item_but_one_ends_with_and(make: Callable[..., Built], first_text: str) -> None:
    """However many entries an answer adds to a list, its last two items are joined by "and"."""
    one = make(first_text.replace("  annual_hours: 16", "  annual_hours: 16\n  added_topics: [bias]"))
    text = " ".join(text_of(body_of(one.word)).split())

    assert re.search(r"staying out of School Discipline under Section.4\.2; and\s?bias in police decisions\.", text)


@pytest.mark.parametrize("blank", ["\u200b", "\u3164", "________"])
def test_an_answer_that_prints_nothing_is_no_answer(blank: str, make: Callable[..., Built], first_text: str) -> None:
    """Invisible letters and underscores would hide a blank in an agreement that calls itself final."""
    with pytest.raises(AnswerError, match="the text is empty; write it"):
        make(first_text.replace("name: Dana Whitcomb, title: Superintendent of Schools}\n        - {name: Priya",
                                f'name: "{blank}", title: Superintendent of Schools}}\n        - {{name: Priya'))  # fmt: skip


def test_the_last_day_of_the_calendar_is_a_date_like_others(make: Callable[..., Built], first_text: str) -> None:
    """A term without a real end is odd, not impossible."""
    built = make(first_text.replace("ends: 2028-07-31", "ends: 9999-12-31"))

    assert [one.code for one in built.report.findings] == []


def test_an_earlier_agreement_is_held_against_the_dates_even_if_the_end_is_open(
    make: Callable[..., Built], first_text: str
) -> None:
    """A renewal cannot follow an agreement that is dated after it, whenever it ends."""
    old, new = FINDINGS["E-PRIOR-LATER"]
    text = first_text.replace(old, new).replace("ends: 2028-07-31", "ends: {undecided: The board votes.}")

    assert "E-PRIOR-LATER" in [one.code for one in make(text).report.findings]


def test_two_schools_of_one_name_are_refused(make: Callable[..., Built], first_text: str) -> None:
    """An assignment names its school, so two schools of one name could not be told apart."""
    with pytest.raises(AnswerError, match="the school 'Larkmoor High School' is listed twice"):
        make(first_text.replace("{name: Quarry Hill Middle School,", "{name: Larkmoor High School,"))
