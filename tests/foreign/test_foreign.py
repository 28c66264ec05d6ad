"""What `check` says of an agreement that we never made: candidates for counsel to judge, gaps, and no verdict."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from foreign.typed import typed, word
from rich.console import Console
from wordedit import edited, tracked_replace, w

from mou_builder import foreign
from mou_builder.build import Built
from mou_builder.cli.foreign import _say, report_foreign
from mou_builder.errors import WordFileError
from mou_builder.foreign import ForeignReport, Sought, assess
from mou_builder.library import Library, load_library
from mou_builder.report.wordfile import open_word

TODAY = date(2026, 7, 1)
OPENING = ["! AGREEMENT", "This agreement is made by the District and the Police Department.", "** Discipline"]


def looked_through(data: bytes, library: Library, **how: Any) -> ForeignReport:
    return assess(open_word(data, "theirs.docx"), library, how.pop("as_of", TODAY), "theirs.docx", **how)


def sought(lines: list[str], library: Library) -> Mapping[str, Sought]:
    return {row.id: row for row in looked_through(typed([*OPENING, *lines]), library).judged}


@pytest.fixture(scope="module")
def calloway(library: Library) -> ForeignReport:
    return looked_through(word("calloway"), library)


@pytest.fixture
def said(library: Library, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return the exit code and what is printed of a file."""

    def saying(data: bytes, *, as_json: bool = False) -> tuple[int, str]:
        code = report_foreign(data, "theirs.docx", library, TODAY, as_json)
        return code, capsys.readouterr().out

    return saying


def test_a_passage_is_named_with_its_section_and_confidence(calloway: ForeignReport) -> None:
    """Counsel finds the place in the file, and how sure the match of words is."""
    row = next(row for row in calloway.judged if row.id == "S2.6")
    best = row.candidates[0]

    assert best.section == "Section 8.02 NONDISCRIMINATION AND COMPLAINTS"
    assert best.text.startswith("Any pupil, parent or employee who believes that an SRO has acted improperly")
    assert (best.band, row.best) == ("strong", "strong")
    assert 0.7 <= best.confidence <= 1


def test_candidates_are_at_most_three_the_surest_first(calloway: ForeignReport) -> None:
    """A list of everything would be no help."""
    for row in calloway.judged:
        chances = [one.confidence for one in row.candidates]
        assert chances == sorted(chances, reverse=True)
        assert len(chances) <= 3


def test_nothing_is_called_met(said: Callable[..., tuple[int, str]]) -> None:
    """No word of the output says of a requirement that the agreement meets it."""
    code, text = said(word("harbor_point"))

    assert code == 1
    assert text.count("met") == text.count("finding that a requirement is met") + len(
        re.findall(r"\w+met|met\w+", text)
    )
    assert "CANDIDATE EVIDENCE, COUNSEL TO JUDGE" in text
    assert "This is no check of the agreement." in text


def of_everybody(library: Library) -> set[str]:
    """The requirements that are no single state's and need no answer to be asked."""
    return {
        id for id, (rubric, _) in library.requirements().items() if rubric.jurisdiction == "us" and not rubric.applies
    }


def test_the_json_says_what_the_words_say(said: Callable[..., tuple[int, str]], library: Library) -> None:
    """Programs get the same, in the shape of docs/foreign.md; no key holds a verdict."""
    code, text = said(word("millhaven"), as_json=True)
    found = json.loads(text)

    assert code == 1
    assert (found["schema"], found["kind"], found["standing"]) == (1, "foreign", foreign.STANDING)
    assert "status" not in text
    asked = of_everybody(library)
    assert {row["id"] for row in [*found["requirements"], *found["not_judged_by_text"]]} == asked
    assert found["no_candidate"] == [row["id"] for row in found["requirements"] if not row["candidates"]]
    assert found == json.loads(json.dumps(looked_through(word("millhaven"), library).to_json()))


def test_the_documented_keys_are_those_of_the_json(calloway: ForeignReport) -> None:
    """docs/foreign.md names every key, and no key that is not there."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "foreign.md").read_text(encoding="utf-8")
    found = calloway.to_json()
    row = next(row for row in found["requirements"] if row["candidates"] and row["offers"])
    keys = {*found, *row, *row["candidates"][0], *row["offers"][0]}

    assert keys == {key for line in page.splitlines() for key in re.findall(r"^\| `(\w+)`", line)}


def test_practices_are_not_judged_by_text(said: Callable[..., tuple[int, str]], library: Library) -> None:
    """A text cannot show that somebody trains or monitors."""
    _, text = said(word("calloway"))
    known = library.requirements()
    practices = {id for id in of_everybody(library) if known[id][1].kind == "practice"}

    assert practices
    assert set(text.split("somebody does them: ")[1].split(".\n")[0].split(", ")) == practices


def test_a_requirement_that_nothing_speaks_to_is_listed_with_a_clause_that_would(
    said: Callable[..., tuple[int, str]], run: Callable[..., tuple[int, str, str]]
) -> None:
    """The gap and what would fill it stand in the output, and the clause can be looked up as it is cited."""
    _, text = said(word("millhaven"))
    gaps, offers = text.split("NO CANDIDATE FOUND")[1].split("LIBRARY TEXT THAT WOULD FILL THE GAPS")

    assert "S1.7  The MOU requires that data" in gaps
    (cite,) = re.findall(r"(us/data/public-report\.yearly@\d+)  ", offers)
    code, shown, _ = run("library", "show", cite)
    assert code == 0
    assert "S1.7" in shown


def test_an_officer_who_disciplines_is_no_evidence_without_a_note(library: Library) -> None:
    """The same words with the sense turned round are shown, and said to read differently."""
    for line in (
        "Officers may administer school discipline and assist principals in discipline.",
        "The SRO shall enforce school rules and decide on student discipline.",
    ):
        row = sought([line], library)["S1.6"]

        assert row.candidates[0].text == line
        assert row.candidates[0].reads_differently[0] == "it gives an officer a task of school discipline"


def test_a_missing_negation_is_noted_and_one_that_is_there_is_not(library: Library) -> None:
    """Who has no "no" in a sentence on discipline is told so; who has one is left alone."""
    without = sought(["Officers and principals share a role in the matter of school discipline."], library)["S1.6"]
    with_it = sought(["Officers have no role in administering school discipline."], library)["S1.6"]

    assert any("no word such as" in how for how in without.candidates[0].reads_differently)
    assert with_it.candidates[0].reads_differently == ()
    assert with_it.best == "strong"


def test_a_denial_of_what_is_asked_is_noted(library: Library) -> None:
    """A promise not to publish is on the subject of publishing."""
    row = sought(["The District shall not publish a report on law-enforcement activity in its schools."], library)[
        "S1.7"
    ]

    assert "it says \u201cshall not\u201d, and the requirement has no such word" in row.candidates[0].reads_differently


def test_a_wish_where_the_library_binds_is_noted(library: Library) -> None:
    """ "Should" binds nobody."""
    row = sought(["SROs should receive refresher training every year on each topic."], library)["S4.2"]

    assert "it says \u201cshould\u201d where the library\u2019s text binds" in row.candidates[0].reads_differently


def test_the_month_of_may_is_no_wish(library: Library) -> None:
    """SROs who are trained each May are trained."""
    row = sought(["SROs receive refresher training each May on each topic."], library)["S4.2"]

    assert not any("May" in how for how in row.candidates[0].reads_differently)


def test_a_passage_on_the_neighboring_requirement_is_never_strong(library: Library) -> None:
    """A survey of students is like one of peers in all but the word that matters."""
    rows = sought(
        ["** Feedback", "The District shall run a survey of Students about the SROs for use in evaluation."], library
    )

    assert rows["S5.7"].best == "strong"
    assert rows["S5.9"].best != "strong"
    assert "it does not say \u201cpeers\u201d" in rows["S5.9"].candidates[0].reads_differently


def test_a_passage_that_the_file_prints_twice_is_shown_once(library: Library) -> None:
    """Policies are often attached that repeat the agreement."""
    line = "Anyone may file a complaint about an officer with the District, which shall investigate it."
    row = sought([line, "** Exhibit", line], library)["S2.6"]

    assert [one.text for one in row.candidates].count(line) == 1


def test_the_same_file_gives_the_same_words(said: Callable[..., tuple[int, str]]) -> None:
    """Nothing depends on the order of a set or on the clock."""
    assert said(word("pine_county")) == said(word("pine_county"))


def test_an_agreement_of_ours_without_its_record_is_recognized(
    built: Built, said: Callable[..., tuple[int, str]]
) -> None:
    """Its marks give it away, and the way to the full check is named."""

    def shortened(body: Any) -> None:
        clauses = [element for element in body if element.tag == w("sdt")]
        for element in [*clauses[5:], *body.iterchildren(w("tbl"))]:
            body.remove(element)

    code, text = said(edited(built.word, shortened))

    assert code == 1
    assert "looks like an agreement of ours whose record was taken out or left out" in text
    assert "--record NAME.record.yaml" in text


def test_a_foreign_file_is_not_taken_for_ours(calloway: ForeignReport) -> None:
    """Nobody is sent after a record that never was."""
    assert not calloway.ours


def test_pending_changes_are_said_to_be_read_as_accepted(said: Callable[..., tuple[int, str]]) -> None:
    """A reader must know which of two texts was read."""
    data = edited(word("millhaven"), lambda body: tracked_replace(body, "keep our schools safe", "keep schools safe"))
    _, text = said(data)

    assert "2 tracked changes are pending; it was read as if all were accepted." in text


def test_a_scan_without_text_is_refused(library: Library) -> None:
    """A file of pictures would get a list of gaps that means nothing."""
    with pytest.raises(WordFileError, match="holds no text that can be read"):
        report_foreign(typed(["", "____"]), "scan.docx", library, TODAY, False)


def test_a_file_longer_than_any_agreement_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """One clear message, and no hour of waiting."""
    monkeypatch.setattr(foreign, "MOST_PASSAGES", 20)

    with pytest.raises(WordFileError, match="At most 20 are looked through"):
        looked_through(word("calloway"), library)


def test_clauses_not_yet_in_effect_are_not_offered(library: Library) -> None:
    """A text of next year fills no gap of today."""
    report = looked_through(word("millhaven"), library, as_of=date(2020, 1, 1))

    assert not any(row.offers for row in report.requirements)


def test_what_one_state_asks_counts_only_where_the_state_is_given(library_copy: Path) -> None:
    """A requirement of one state is nobody else's gap; with the state given it is looked for."""
    rubric = library_copy / "rubrics" / "ed-doj-letters-2016.yaml"
    own = '\n  - {id: XX.1, step: 1, asks: "The MOU names a mascot.", kind: provision, force: law, level: required, phase: both,'
    own += " phase_basis: tool, evidence: seed, sources: [barley], seen: 2026-11-21, applies: {document.state: WA},"
    own += ' not_applicable: "Another state."}\n'
    rubric.write_text(rubric.read_text(encoding="utf-8").rstrip() + own, encoding="utf-8")
    shelf = load_library(library_copy)

    assert "XX.1" not in {row.id for row in looked_through(word("millhaven"), shelf).judged}
    assert "XX.1" not in {row.id for row in looked_through(word("millhaven"), shelf, state="OR").judged}
    assert "XX.1" in {row.id for row in looked_through(word("millhaven"), shelf, state="WA").judged}


def test_a_state_of_which_the_library_holds_nothing_is_named(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    """To give a state does not mean that its law was looked at."""
    report_foreign(word("millhaven"), "theirs.docx", library, TODAY, False, state="ID")

    assert "This library holds nothing of its own for Idaho; counsel must hold" in capsys.readouterr().out


def test_the_words_fit_a_terminal_of_eighty_columns(calloway: ForeignReport, library: Library) -> None:
    """Passages wrap under their own indent."""
    out = Console(file=io.StringIO(), width=80, highlight=False, emoji=False, markup=False)
    _say(calloway, library, out)
    text = out.file.getvalue()  # type: ignore[attr-defined]

    assert max(map(len, text.splitlines())) <= 80
    assert "\n    strong 0." in text


def test_a_pipe_gets_no_color_codes(said: Callable[..., tuple[int, str]]) -> None:
    """Each passage is one line there, for a search to find."""
    _, text = said(word("millhaven"))

    assert "\x1b" not in text
    assert any("Discipline is the job of the school. The SRO does not decide" in line for line in text.splitlines())
