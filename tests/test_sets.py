"""One file of answers, several instruments: who is bound by which, what they share, and where they differ."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from wordedit import body_of, text_of

from mou_builder.build import Built, build
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.model import Agreement, read_answers
from mou_builder.sets import Instrument, below_the_floor, instruments

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 7, 1)
RURAL, SHERIFF = "Avelina Rural Schools", "Avelina Sheriff"
Set = Callable[..., tuple[Instrument, ...]]
Run = Callable[..., tuple[int, str, str]]


def without(text: str, group: str) -> str:
    """Return the answers without one group."""
    lines = text.splitlines(keepends=True)
    start = lines.index(f"{group}:\n")
    rest = range(start + 1, len(lines))
    end = next(
        (place for place in rest if lines[place].strip() and not lines[place].startswith((" ", "#"))), len(lines)
    )
    return "".join([*lines[:start], *lines[end:]])


COST = """cost:
  model: flat-per-officer
  per_officer: 62500.00
  payers: [Mesa Piñón Schools, San Ysandro & Los Tejones Schools, Avelina Rural Schools]
  invoice: quarterly
  pay_days: 30
  nonappropriation: true
  federal_grant: false
"""


@pytest.fixture(scope="module")
def several() -> str:
    """Three districts and a sheriff, a price for each officer, and no line that says how they are bound."""
    text = (ROOT / "examples" / "multi_party.yaml").read_text(encoding="utf-8")
    return without(without(without(text, "set"), "cost"), "confirm") + COST


@pytest.fixture(scope="module")
def made(several: str, library: Library) -> Set:
    """Return the instruments that the answers make with these lines under `set:`."""

    def making(*lines: str, text: str = several) -> tuple[Instrument, ...]:
        text += "set:\n" + "".join(f"  {line}\n" for line in lines)
        return instruments(read_answers(text, "a.yaml", library.states), library)

    return making


def bound(agreement: Agreement) -> list[str]:
    return [party.short_name for party in agreement.parties.all]


def test_parallel_instruments_bind_each_pair_that_works_together(made: Set) -> None:
    """Each district and the agency whose officers serve its schools sign their own instrument, and nobody else's."""
    found = made("structure: parallel")

    assert [one.title for one in found] == [f"{name} and {SHERIFF}" for name in
           ("Mesa Piñón Schools", "San Ysandro & Los Tejones Schools", RURAL)]  # fmt: skip
    assert [one.name for one in found][2] == "3-avelina-rural-schools-avelina-sheriff"
    for one in found:
        district = one.agreement.parties.districts[0].short_name
        assert bound(one.agreement) == [district, SHERIFF]
        assert {site.district for site in one.agreement.program.sites} == {district}
        assert {contact.party for contact in one.agreement.contacts} <= {district, SHERIFF}


def test_an_officer_of_two_districts_stands_in_both_instruments_with_the_share_of_each(made: Set) -> None:
    """The third deputy serves two districts; each instrument shows only its own part of the deputy's time."""
    shares = {one.title: [str(a.share) for officer in one.agreement.program.officers for a in officer.assignments]
              for one in made("structure: parallel")}  # fmt: skip

    assert shares[f"{RURAL} and {SHERIFF}"] == ["0.375"]
    assert "0.625" in shares[f"San Ysandro & Los Tejones Schools and {SHERIFF}"]


def test_a_variation_holds_for_its_district_and_no_other(made: Set) -> None:
    """What is left to each pair may differ; everyone else keeps the common answer."""
    found = made("structure: parallel", "variations:",
                 f"  - {{district: {RURAL}, answers: {{program.absence_notice_by: 6 a.m.}}}}")  # fmt: skip

    assert [one.agreement.program.absence_notice_by for one in found] == ["7 a.m.", "7 a.m.", "6 a.m."]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("arrests.minimum_age", "arrests.minimum_age belongs to the common floor and may not differ"),
        ("program.absence_notice", "no answer has the path 'program.absence_notice'. Did you mean"),
    ],
)
def test_the_common_floor_may_not_differ(path: str, message: str, made: Set) -> None:
    """A right that one district's students have, the others' students have too."""
    with pytest.raises(AnswerError, match=message):
        made("structure: parallel", "variations:", f"  - {{district: {RURAL}, answers: {{{path}: 8}}}}")


def test_a_variation_for_a_stranger_is_refused(made: Set) -> None:
    """A slip in a party's name would silently leave the variation without effect."""
    with pytest.raises(
        AnswerError, match=r"no district is called 'Avelina Rurals'\. Did you mean 'Avelina Rural Schools'"
    ):
        made(
            "structure: parallel",
            "variations:",
            "  - {district: Avelina Rurals, answers: {program.absence_notice_by: 6 a.m.}}",
        )


def test_one_instrument_has_no_variations(made: Set) -> None:
    """Who signs the same paper is bound by the same words."""
    with pytest.raises(AnswerError, match=r"set\.variations is given, but it has no effect: set\.structure is single"):
        made(
            "structure: single",
            "variations:",
            f"  - {{district: {RURAL}, answers: {{program.absence_notice_by: 6 a.m.}}}}",
        )


def test_a_cost_that_others_share_is_asked_for_each_pair(made: Set, several: str) -> None:
    """Half of a sum that three districts share is not half for each of them; the message says whose part is unknown."""
    shared = several.replace("model: flat-per-officer\n  per_officer: 62500.00", "model: lump-sum\n  amount: 187500.00")
    own = [f"  - {{district: {one}, answers: {{cost.amount: 62500.00}}}}" for one in
           ("Mesa Piñón Schools", "San Ysandro & Los Tejones Schools", RURAL)]  # fmt: skip

    with pytest.raises(
        AnswerError, match=f"the instrument for Mesa Piñón Schools and {SHERIFF}: its cost is shared with parties"
    ):
        made("structure: parallel", text=shared)
    assert len(made("structure: parallel", "variations:", *own, text=shared)) == 3


def test_items_to_confirm_follow_their_party(made: Set, several: str) -> None:
    """An item about the third district's signatory belongs to its instrument alone, under its new place."""
    text = several + "confirm:\n  - {answer: 'parties.districts[2].signatories[0].name', why: Sworn in on July 1.}\n"
    found = made("structure: parallel", text=text)

    assert ["parties.districts[0].signatories[0].name" in [item.answer for item in one.agreement.confirm] for one in found] == [
        False, False, True]  # fmt: skip


@pytest.mark.wide
def test_a_record_of_one_instrument_builds_that_instrument_again(made: Set, make: Callable[..., Built], library: Library,
                                                                  template: bytes) -> None:  # fmt: skip
    """The record in the Word file is enough: the same bytes come out, with every variation of the set."""
    from mou_builder.record import to_text

    one = made("structure: parallel", "variations:",
               f"  - {{district: {RURAL}, answers: {{program.absence_notice_by: 6 a.m.}}}}")[1]  # fmt: skip
    built = build(one.agreement, library, template, as_of=TODAY, name="one.docx")
    again = build(built.record.agreement(library.states), library, template, as_of=TODAY, name="one.docx")

    assert again.word == built.word
    assert to_text(again.record) == to_text(built.record)


def test_what_one_instrument_meets_the_others_must_meet(made: Set, library: Library, template: bytes) -> None:
    """A requirement met in one instrument and not in another is told: the floor is common."""
    from dataclasses import replace

    one = made("structure: parallel")[0]
    report = build(one.agreement, library, template, as_of=TODAY, name="one.docx").report
    lower = replace(report, requirements=tuple(row for row in report.requirements if row.id != "S1.6"))

    assert below_the_floor({"A": report, "B": report}) == {"A": [], "B": []}
    assert below_the_floor({"A": report, "B": lower})["B"] == [
        "S1.6 is met in another instrument of the set, but not in this one."]  # fmt: skip


def test_build_writes_each_instrument_and_says_what_is_open(
    several: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three instruments give three agreements, three reports, three records, and one table on the screen."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(several + "set:\n  structure: parallel\n", encoding="utf-8")
    code, said, _ = run("build", "a.yaml", "--out", "out", "--as-of", "2026-07-01")

    assert code == 0
    assert "Set of 3 parallel instruments built (draft)" in said
    written = sorted(file.name for file in Path("out").iterdir() if not file.name.startswith("."))
    assert [name.partition(".")[2] for name in written] == ["compliance.json", "docx", "record.yaml"] * 3
    report = json.loads(
        Path("out/a-3-avelina-rural-schools-avelina-sheriff.compliance.json").read_text(encoding="utf-8")
    )
    assert report["document"] == "a-3-avelina-rural-schools-avelina-sheriff.docx"


@pytest.mark.wide
def test_a_final_set_is_refused_as_a_whole(
    several: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one instrument is open none is written, and what is open stands under its title."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(several + "set:\n  structure: parallel\n", encoding="utf-8")
    code, _, messages = run("build", "a.yaml", "--out", "out", "--as-of", "2026-07-01", "--final")

    assert code == 1 and not Path("out").exists()
    assert f"{RURAL} and {SHERIFF}:" in messages


@pytest.mark.wide
def test_check_asks_which_instrument_is_meant(
    several: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answers file of a set is three agreements; nobody guesses which one a person wants to see."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(several + "set:\n  structure: parallel\n", encoding="utf-8")
    code, _, messages = run("check", "a.yaml", "--as-of", "2026-07-01")
    beyond, _, _ = run("check", "a.yaml", "--as-of", "2026-07-01", "--instrument", "4")
    _, said, _ = run("check", "a.yaml", "--as-of", "2026-07-01", "--instrument", "3", "--json")

    assert code == 2 and "the answers make 3 instruments" in messages and f"3 for {RURAL} and {SHERIFF}" in messages
    assert beyond == 2
    assert json.loads(said)["schema"] == 1


def words_of(built: Built) -> str:
    return " ".join(text_of(body_of(built.word)).split())


@pytest.mark.wide
def test_each_instrument_lists_the_whole_set_and_what_differs(made: Set, library: Library, template: bytes) -> None:
    """A difference cannot hide: every instrument shows all of them, its own and the others'."""
    found = made("structure: parallel", "variations:",
                 f"  - {{district: {RURAL}, answers: {{program.absence_notice_by: 6:15 a.m.}}}}")  # fmt: skip
    for one in found:
        words = words_of(build(one.agreement, library, template, as_of=TODAY, name="one.docx"))

        assert "This Agreement is one of three instruments" in words
        for pair, time in zip(found, ("7 a.m.", "7 a.m.", "6:15 a.m."), strict=True):
            assert f"{pair.title}{time}" in words.replace(f"{pair.title} {time}", f"{pair.title}{time}")


def test_a_master_is_signed_by_some_and_joined_by_the_others(several: str, make: Callable[..., Built]) -> None:
    """The sheriff signs the signature pages; each district signs a sheet with its schools, cost, and what differs for it."""
    built = make(several + "set:\n  structure: master\n  joining: districts\n  variations:\n"
                 f"    - {{district: {RURAL}, answers: {{program.absence_notice_by: 6:15 a.m.}}}}\n")  # fmt: skip
    words = words_of(built)
    pages = words[words.index("Each Party listed here signs") : words.index("Joinder sheet:")]
    sheets = words.split("Joinder sheet: ")[1:4]

    assert "Every other Party signs its joinder sheet." in pages
    assert "Cormac O'Hanrahan" in pages and "Tafolla" not in pages
    assert [
        sheet.startswith(name)
        for sheet, name in zip(sheets, ("Mesa Piñón", "San Ysandro", "Doña Avelina"), strict=True)
    ]
    assert "6:15 a.m." in sheets[2] and "Tafolla" in sheets[2]
    assert "6:15 a.m." not in sheets[0] + sheets[1]
