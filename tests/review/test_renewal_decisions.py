"""Deciding on the sections that the parties changed: what is shown, what may be chosen, and that it reaches the agreement."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview.screens import Asked
from review.generations import first_built
from review.sittings import (
    DISCIPLINE,
    MEETING,
    SEARCHES,
    Superintendent,
    earlier_in,
    held,
    moved_on,
    negotiated,
    sit,
    task_for,
)
from wordedit import body_of, control, edited, text_of

from mou_builder.cli.earlier import Earlier
from mou_builder.cli.files import UsageError
from mou_builder.cli.interview import command
from mou_builder.cli.interview.plain import PlainScreen
from mou_builder.cli.interview.screen import Wish
from mou_builder.cli.review.showing import lines_of
from mou_builder.cli.review.sitting import name_under_way
from mou_builder.document.memo import Text, words
from mou_builder.errors import AnswerError
from mou_builder.library import load_library
from mou_builder.marked import Marked
from mou_builder.record import read_record
from mou_builder.review.deciding import Deciding, begin
from mou_builder.review.decisions import read_decisions, to_text
from mou_builder.review.renewal import Decision, Renewal

pytestmark = pytest.mark.wide

SAID = "What shall the new agreement say"
WHY = "Why do the parties keep it"


@pytest.fixture(scope="module")
def renewal(signed: Earlier) -> Renewal:
    """Its renewal with the answers of then."""
    return task_for(signed, Path()).renewal_of(Marked("the answers", signed.record.answers))


@pytest.fixture
def state(renewal: Renewal) -> Deciding:
    return begin(renewal, {})


# The state, without a screen


def test_each_section_comes_up_once_in_the_order_of_the_agreement(state: Deciding) -> None:
    """Decided, decided, left for later: then one is through."""
    headings = []
    for step in (
        lambda now: now.decide("library"),
        lambda now: now.later(),
        lambda now: now.decide("keep", "So agreed."),
    ):
        headings.append(state.current.heading if state.current else "")
        state = step(state)
    assert headings == [DISCIPLINE, MEETING, SEARCHES]
    assert state.current is None
    assert [one.heading for one in state.undecided] == [MEETING]


def test_back_leads_to_the_section_left_last_and_keeps_what_was_decided(state: Deciding) -> None:
    """At the first one it says that it is the first."""
    after = state.decide("both").back()
    assert after.current == state.current and after.decided == Decision("both", "")
    with pytest.raises(AnswerError, match="this is the first section"):
        after.back()


def test_later_takes_a_decision_back(state: Deciding) -> None:
    """Whoever thinks better of it leaves the section as nobody has decided on it."""
    first = state.sections[0].slot
    assert first not in state.decide("library").back().later().decisions


def test_a_section_that_is_gone_to_leads_back_to_where_one_was(state: Deciding) -> None:
    """By its name; one that there is not is refused, with the nearest."""
    last = state.sections[-1].slot
    there = state.go(last)
    assert there.current == state.sections[-1] and there.back().current == state.current
    with pytest.raises(AnswerError, match=r"rights\.searches"):
        state.go("rights.serches")


@pytest.mark.parametrize("why", ["TBD", "a\x07b", "x" * 501])
def test_a_reason_that_cannot_be_printed_is_refused(state: Deciding, why: str) -> None:
    """The reason stands in the appendix, so it is held to what an answer is."""
    with pytest.raises(AnswerError, match="The reason"):
        state.decide("keep", why)


def test_the_reason_of_before_is_offered_again(state: Deciding) -> None:
    """Back at a section, the reason given a moment ago is there to be edited."""
    assert state.decide("keep", "Agreed in mediation.").back().reason() == "Agreed in mediation."
    assert state.reason() == ""


MOVES = ("keep", "library", "both", "later", "back", "go")


@settings(deadline=None, derandomize=True, max_examples=40)
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 2)), max_size=14))
def test_whatever_one_does_what_is_decided_last_stands(renewal: Renewal, moves: list[tuple[str, int]]) -> None:
    """For each section the last decision, or none after it was left for later; and what is saved is read back so."""
    now, last = begin(renewal, {}), {}
    for move, number in moves:
        slot = now.current.slot if now.current else ""
        try:
            if move == "go":
                now = now.go(now.sections[number].slot)
            elif move in ("back", "later"):
                now = getattr(now, move)()
                last = {one: use for one, use in last.items() if move == "back" or one != slot}
            else:
                now, last = now.decide(move), {**last, slot: move}  # type: ignore[arg-type]
        except AnswerError:
            assert move == "back" or not slot
    assert {slot: one.use for slot, one in now.decisions.items()} == last
    kept = read_decisions(to_text(renewal, now.decisions, {}, standing=False), "decisions.yaml")
    assert kept.sections == now.decisions
    again = begin(renewal, kept.sections)
    assert again.current == next(iter(again.undecided), None)


def test_without_standing_decisions_the_file_tells_what_nobody_decided(renewal: Renewal) -> None:
    """It stands there as a comment, ready to be used; taking the signs away makes it a decision."""
    text = to_text(renewal, {}, {}, standing=False)
    assert read_decisions(text, "d.yaml").sections == {}
    freed = re.sub(r"^  # (  use|  why|[a-z.0-9-]+:$)", r"  \1", text, flags=re.MULTILINE).replace(
        "sections: {}", "sections:"
    )
    assert read_decisions(freed, "d.yaml").sections == read_decisions(to_text(renewal, {}, {}), "d.yaml").sections


# The words on the screen


def test_changes_are_marked_by_signs_and_wrapped() -> None:
    """Struck words stand in [- -], new ones in {+ +}, over the end of a line too; no line is too wide."""
    text = words("Officers ", Text("shall not search a Student", "removed"), " ", Text("may", "added"), " today")
    lines = list(lines_of(text, 20))
    assert ["".join(word for word, _ in line) for line in lines] == [
        "Officers [-shall not",
        "search a Student-]",
        "{+may+} today",
    ]
    assert {look for line in lines for word, look in line if "search" in word} == {"removed"}


def test_of_an_altered_section_the_change_is_shown_word_by_word(signed: Earlier, ready: Path) -> None:
    """With the section's number, what rests on it, and whether the library changed it too."""
    _, screen = sit(task_for(signed, ready), Superintendent())
    said = screen.text_said
    assert re.search(rf"Section \d+\.\d+: {DISCIPLINE}", said)
    assert "Only the parties changed this section; the library’s text is as it was." in said
    assert "Requirements that rest on it: S1.6 (" in said
    assert "No Officer [-shall-] {+may+} do any of the following" in " ".join(said.split())
    assert "The parties put this section in." in said
    assert said.count("In the texts") <= 1


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return moved_on(tmp_path_factory.mktemp("moved"))


def test_of_a_conflict_all_three_versions_are_shown(moved: Path, tmp_path: Path) -> None:
    """The library's of then whole, the parties' and the library's of now word by word, and why the library changed."""
    library = load_library(moved)
    earlier = earlier_in(tmp_path, library=library)
    ready: list[Any] = []
    person = Superintendent()

    def reply(asked: Asked) -> Any:
        if asked.ask == SAID:
            ready.append(asked.values[asked.ready])
        return person(asked)

    screen = None
    person_screen = sit(task_for(earlier, tmp_path / "next", library), _with_screen(reply, person))
    screen = person_screen[1]
    said = " ".join(screen.text_said.split())
    assert "updated text: Officers Have No Role in School Discipline. Places off campus are named." in said
    assert "Who should sign again: districts with athletics off campus." in said
    assert "The parties changed this section, and since then the library" in said
    then, signed_, now = (said.index(one) for one in ("text, then:", "As the parties signed it:", "text, now:"))
    assert then < signed_ < now
    assert "whatever the [-conduct.-] {+conduct and wherever it is.+}" in said[now:]
    assert "[-shall-] {+may+}" in said[signed_:now] and "[-" not in said[then:signed_]
    assert ready[0] == "later"  # Enter alone must not choose between the two


def _with_screen(reply: Callable[[Asked], Any], person: Superintendent) -> Any:
    from interview.screens import ScriptedScreen

    person.screen = ScriptedScreen(reply)
    return person.screen


@pytest.mark.wide
def test_why_full_and_help_leave_the_decision_open(signed: Earlier, ready: Path) -> None:
    """`:why` gives each requirement with its force and source, the full texts all that is there, `:help` the words."""
    person, turns = Superintendent(), [Wish.WHY, "full", Wish.HELP, Wish.SECTIONS, Wish.REVIEW]

    def reply(asked: Asked) -> Any:
        if asked.ask == SAID and turns:
            return turns.pop(0)
        if asked.ask == "Which section":
            return asked.values[0]
        if asked.ask == "Review which section":
            return None
        return person(asked)

    _, screen = sit(task_for(signed, ready), _with_screen(reply, person))
    said = screen.text_said
    assert "aligned with guidance; " in said and "shown as altered, for counsel to judge" in said
    assert "    District personnel alone, led by School Administrators, decide all School Discipline." in said
    assert ":undecided  leave it open, with a reason" in said
    assert set(read_decisions(held(ready)[1], "d").sections) == {one.slot for one in begin_all(signed)}


def begin_all(earlier: Earlier) -> tuple[Any, ...]:
    return begin(task_for(earlier, Path()).renewal_of(Marked("a", earlier.record.answers)), {}).sections


@pytest.mark.wide
def test_back_from_the_first_section_leads_to_the_questions(signed: Earlier, tmp_path: Path) -> None:
    """The question asked last comes up again, and then the section where one was."""
    person, backed = Superintendent(), []

    def reply(asked: Asked) -> Any:
        if asked.ask == SAID and not backed:
            backed.append(person.section)
            return Wish.BACK
        return person(asked)

    sit(task_for(signed, tmp_path), _with_screen(reply, person))
    assert backed == [DISCIPLINE]
    assert person.asked.count(("confirm",)) == 2 and person.asked[-1] == ("confirm",)


@pytest.mark.wide
def test_a_bad_reason_is_said_so_and_mended(signed: Earlier, ready: Path) -> None:
    """What was typed stands ready to be edited; Enter alone keeps the wording without a reason, and says what that means."""
    person, typed = Superintendent(), ["to be decided", ""]
    standing: list[str] = []

    def reply(asked: Asked) -> Any:
        if asked.ask == WHY and typed:
            standing.append(asked.ready)
            return typed.pop(0)
        return person(asked)

    _, screen = sit(task_for(signed, ready), _with_screen(reply, person))
    assert standing == ["", "to be decided"]
    assert "  ! 'to be decided' is no answer; write it." in screen.said
    assert "  Kept; the appendix will say that no reason is recorded." in screen.said


# Into the agreement, by the command


@dataclass
class Renewed:
    """What the command printed and wrote."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def words(self) -> str:
        """The words of the new agreement."""
        return text_of(body_of((self.folder / "signed-2028.docx").read_bytes()))

    def clause(self, id: str) -> str:
        """The words of one of its clauses."""
        return text_of(control(body_of((self.folder / "signed-2028.docx").read_bytes()), id))


@pytest.fixture
def renew(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Renewed]:
    """Run `renew` as on a terminal, where lines are typed; nothing is answered yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "has_terminal", lambda: True)
    monkeypatch.setattr(command, "screen_for", lambda *, plain: PlainScreen())
    Path("signed.docx").write_bytes(negotiated())

    def running(typed: str, *more: str) -> Renewed:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code, out, err = run(
            "renew", "signed.docx", "--out", "next", "--as-of", "2028-06-01", "--no-redline", "--plain", *more
        )
        return Renewed(code, out, err, tmp_path / "next")

    return running


QUESTIONS = [
    "SRO-2028-01",
    "1",  # effective date: the day after the last one of then
    "1",  # date of the earlier agreement
    "replaces",
    "Arrests fell from 12 to 5.",
    "",
    "2027-2028",
    "",  # other papers
    "leave",  # drivers
    "take",  # resolutions and approvals
    *["yes"] * 6,  # people
    "2",  # two years
    *["leave"] * 3,  # attestations, waivers, to be confirmed
]
"""What is typed at the questions of a renewal of the first example."""


AS_SIGNED = ["keep", "So agreed.", "keep the section", "So agreed.", "keep", "So agreed."]
"""What is typed at the sections, to keep all of them."""


def lines(*more: str) -> str:
    return "\n".join([*QUESTIONS, *more]) + "\n"


def test_all_three_choices_reach_the_agreement_after_a_stop_in_the_middle(renew: Callable[..., Renewed]) -> None:
    """The input ends at the second section: nothing is built, nothing lost. Then one is kept with its reason in the appendix,
    one is the library's again, and one stands marked for counsel, which exit code 1 tells."""
    stopped = renew(lines("keep", "Agreed in the mediation of May 2027."))
    assert stopped.code == 0
    assert "Go on with: mou-builder renew signed.docx --out next --as-of 2028-06-01" in " ".join(stopped.out.split())
    assert not (stopped.folder / "signed-2028.docx").exists()
    done = renew("keep it marked\ntake the library\nwrite\n")
    assert done.code == 1, done.err
    assert "Going on with the answers in" in done.out and "Section 1 of 3" not in done.out
    assert "No Officer may do any of the following" in done.clause("us/roles/discipline")
    assert "Agreed in the mediation of May 2027." in done.words
    assert "shall not search a Student" in done.clause("us/rights/searches.separate")
    assert "[As the parties agreed it; the library has no text here any more]" in done.words
    record = read_record((done.folder / "signed-2028.record.yaml").read_text("utf-8"), "record")
    kept = record.agreement().negotiated
    assert [(one.kind, one.use, one.why) for one in kept] == [
        ("changed", "kept", "Agreed in the mediation of May 2027."),
        ("added", "both", "Agreed in Memorandum of Understanding; no reason is recorded."),
    ]
    assert record.agreement().term.ends == date(2030, 7, 31)
    decisions = read_decisions((done.folder / "signed-2028.decisions.yaml").read_text("utf-8"), "d").sections
    assert [one.use for one in decisions.values()] == ["keep", "both", "library"]


@pytest.mark.wide
def test_a_plain_screen_gets_signs_and_narrow_lines(renew: Callable[..., Renewed]) -> None:
    """No escape sequence, no line wider than the screen before the files are listed, and what was struck is marked."""
    done = renew(lines(*AS_SIGNED[:4], "decide later", "write"))
    before = done.out.partition("Writing the files.")[0]
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    # A prompt stands on its line with what is said next, for nobody typed an end of line.
    assert all(len(line) <= 80 for line in before.splitlines() if ": " not in line)
    assert "[-shall-] {+may+}" in " ".join(before.split())
    assert "stays as signed" in before


@pytest.mark.wide
def test_what_the_sitting_wrote_is_overwritten_and_what_a_person_changed_is_not(renew: Callable[..., Renewed]) -> None:
    """A second sitting changes an answer and writes again; after somebody edited the Word file it is refused before asking."""
    assert renew(lines(*AS_SIGNED, "write")).code == 0
    answers = Path("next/signed-2028.answers.yaml")
    answers.write_text(answers.read_text("utf-8").replace("SRO-2028-01", "SRO-2028-07"), encoding="utf-8")
    again = renew("go to\n1\ndecide later\nwrite\n")
    assert again.code == 0, again.err
    assert "SRO-2028-07" in again.words
    word = again.folder / "signed-2028.docx"
    word.write_bytes(edited(word.read_bytes(), lambda body: None))
    refused = renew("write\n")
    assert refused.code == 2 and "changed since it was built" in refused.err and "What now" not in refused.out
    assert renew("write\n", "--force").code == 0


@pytest.mark.wide
def test_a_final_copy_is_refused_while_a_section_is_open(renew: Callable[..., Renewed]) -> None:
    """What was answered and decided stays saved."""
    done = renew(lines("show both", *AS_SIGNED[2:], "write"), "--final")
    assert done.code == 1 and "No final agreement was made" in done.err
    assert not (done.folder / "signed-2028.docx").exists()
    assert "use: both" in (done.folder / "signed-2028.decisions.yaml").read_text("utf-8")


@pytest.mark.wide
def test_no_questions_on_a_terminal_asks_none(renew: Callable[..., Renewed]) -> None:
    """As without a terminal: what is open stays open, and nothing that lies in the folder is taken up unasked."""
    done = renew("", "--no-questions")
    assert done.code == 0, done.err
    assert "What now" not in done.out and "4 undecided" not in done.out
    assert "as of 2028-06-01" in done.out


# Files


@pytest.mark.wide
def test_decisions_that_another_program_wrote_meanwhile_are_not_overwritten(signed: Earlier, ready: Path) -> None:
    """What was decided here lies beside, to be merged."""
    person = Superintendent()
    file = ready / "signed-2028.decisions.yaml"

    def reply(asked: Asked) -> Any:
        if asked.ask == SAID and person.section == SEARCHES:
            file.write_text("schema: 1\n", encoding="utf-8")
        return person(asked)

    with pytest.raises(UsageError, match="another program has changed the file since this renewal began"):
        sit(task_for(signed, ready), _with_screen(reply, person))
    assert file.read_text("utf-8") == "schema: 1\n"
    rescued = (ready / "signed-2028.decisions.rescued.yaml").read_text("utf-8")
    assert len(read_decisions(rescued, "rescued").sections) == 3


@pytest.mark.wide
def test_a_decision_about_nothing_is_said_and_left_out(tmp_path: Path) -> None:
    """The decisions file names a section that nobody changed: a person on a terminal is told, and goes on."""
    earlier = earlier_in(tmp_path, first_built("first_mou").word)
    out = tmp_path / "next"
    out.mkdir()
    text = "schema: 1\nsections:\n  force.standard: {use: keep, why: So agreed.}\n"
    (out / "signed-2028.decisions.yaml").write_text(text, encoding="utf-8")
    settled, screen = sit(task_for(earlier, out), Superintendent())
    assert "  There is nothing to decide about force.standard any more; the decision on it is left out." in screen.said
    assert settled.decisions.sections == {}


@pytest.mark.parametrize(
    ("there", "name", "earlier", "found"),
    [
        ([], "signed-2029", "signed", "signed-2029"),
        (["signed-2028"], "signed-2029", "signed", "signed-2028"),
        (["signed-2028", "signed-2029"], "signed-2029", "signed", "signed-2029"),
        (["signed-2026", "signed-2028"], "signed-2029", "signed", "signed-2029"),
        (["first-2026"], "first-2028", "first-2026", "first-2028"),
        (["other-2028"], "signed-2029", "signed", "signed-2029"),
        (["a.b-2028"], "a+b-2029", "a+b", "a+b-2029"),
    ],
)
def test_a_renewal_begun_last_year_is_gone_on_with(
    there: list[str], name: str, earlier: str, found: str, tmp_path: Path
) -> None:
    """The year in the name is that of the day it was begun; the agreement that is renewed itself is not taken for it."""
    for one in there:
        (tmp_path / f"{one}.answers.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert name_under_way(tmp_path, name, earlier) == found
