"""Ctrl-C, a closed window or a killed process at any place of a renewal: nothing is lost, and the same command goes on."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from interview.screens import Asked
from interview.terminal import CTRL_C, DOWN, ENTER, Terminal, with_terminal
from review.sittings import AGAIN, SEARCHES, Stopping, Superintendent, held, negotiated, sit, task_for

from mou_builder.cli.earlier import Earlier
from mou_builder.cli.interview.screen import Wish
from mou_builder.cli.review.sitting import telling_how_to_go_on
from mou_builder.review.decisions import read_decisions

USES = {SEARCHES: "library"}
COMMAND = ("signed.docx", "--out", "next", "--as-of", "2028-06-01", "--no-redline")


@pytest.fixture(scope="module")
def whole(signed: Earlier, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, str, int]:
    """What one undisturbed sitting leaves, and how many prompts it has."""
    out, person = tmp_path_factory.mktemp("whole"), Superintendent(uses=USES)
    sit(task_for(signed, out), person)
    return *held(out), person.prompts


@pytest.mark.wide
@pytest.mark.parametrize("step", [7, 2])
def test_stopped_again_and_again_it_ends_as_if_undisturbed(
    step: int, signed: Earlier, whole: tuple[Any, str, int], tmp_path: Path
) -> None:
    """After every few prompts Ctrl-C, and the same command anew: answers and decisions are those of one sitting."""
    person, turns = Superintendent(uses=USES), 0
    while True:
        turns += 1
        assert turns <= whole[2]
        stopping = Stopping(person, step)
        screen = _watched(stopping, person)
        try:
            sit(task_for(signed, tmp_path), screen)
        except KeyboardInterrupt:
            continue
        break
    assert turns > 20 // step
    assert held(tmp_path) == whole[:2]


def _watched(reply: Any, person: Superintendent) -> Any:
    from interview.screens import ScriptedScreen

    person.screen = ScriptedScreen(reply)
    return person.screen


@pytest.mark.wide
def test_stopped_at_any_prompt_no_answer_given_is_missing(
    signed: Earlier, whole: tuple[Any, str, int], tmp_path: Path
) -> None:
    """At every third prompt: what was given before it is in the files, and one more sitting ends as the undisturbed one."""
    for prompts in range(0, whole[2], 3):
        out, person = tmp_path / str(prompts), Superintendent(uses=USES)
        with pytest.raises(KeyboardInterrupt):
            sit(task_for(signed, out), _watched(Stopping(person, prompts), person))
        assert not list(out.glob(".*")), "a lock or a half-written file is left"
        again = Superintendent(uses=USES)
        sit(task_for(signed, out), again)
        assert held(out) == whole[:2]
        assert again.prompts <= whole[2] - prompts + 2  # a paragraph's first line, or an offer of defaults, comes twice


def test_ctrl_c_says_in_one_line_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 130; where nothing was saved yet, it says that."""
    from mou_builder.cli.interview.plain import PlainScreen

    file = tmp_path / "next" / "signed-2028.answers.yaml"
    for words in ("Nothing was answered, so nothing was saved.", f"Go on with: {AGAIN}"):
        with pytest.raises(typer.Exit) as end, telling_how_to_go_on(file, PlainScreen(), AGAIN):
            raise KeyboardInterrupt
        assert end.value.exit_code == 130
        assert words in " ".join(capsys.readouterr().out.split())
        file.parent.mkdir(exist_ok=True)
        file.touch()


@pytest.mark.wide
def test_ctrl_c_while_a_decision_is_written_saves_it(
    signed: Earlier, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is pressed in the very moment: the decision is in the file all the same."""
    person, rename, pressed = Superintendent(uses=USES), Path.replace, []

    def pressing(self: Path, target: Path) -> Path:
        if target.name.endswith("decisions.yaml") and not pressed:
            pressed.append(target)
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", pressing)
    with pytest.raises(KeyboardInterrupt):
        sit(task_for(signed, ready), person)
    assert pressed and list(read_decisions(held(ready)[1], "d").sections) == ["roles.discipline"]


@pytest.mark.wide
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_process_killed_before_or_after_any_renaming_loses_at_most_the_last_reply(
    signed: Earlier, whole: tuple[Any, str, int], tmp_path: Path
) -> None:
    """However it dies, the files load and one more sitting ends as the undisturbed one, with no more prompts than were left."""
    number, alive = 1, False
    while not alive:
        for after in (False, True):
            out = tmp_path / f"{number}-{after}"
            child = os.fork()
            if child == 0:
                _die_at(number, signed, out, after=after)
            _, status = os.waitpid(child, 0)
            alive = os.WIFEXITED(status)
            person = Superintendent(uses=USES)
            sit(task_for(signed, out), person)
            assert held(out) == whole[:2], (number, after)
        number += 9
    assert number > 18


def _die_at(number: int, signed: Earlier, out: Path, *, after: bool) -> None:
    """Hold a sitting, and die before or after the renaming of this number."""
    count, rename = 0, Path.replace

    def deadly(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        made = rename(self, target)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    Path.replace = deadly  # type: ignore[method-assign]
    try:
        sit(task_for(signed, out), Superintendent(uses=USES))
    finally:
        os._exit(0)


# In a real terminal


class RenewTerminal(Terminal):
    """A renewal in a terminal of 80 columns and 40 lines."""

    command = "renew"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "signed.docx").write_bytes(negotiated())
    return tmp_path


def _through_the_questions(terminal: RenewTerminal) -> None:
    """Type what the questions need, most of it by Enter alone."""
    for ask, keys in (
        ("Your answer", f"SRO-2028-01{ENTER}"),
        ("Your choice", ENTER),
        ("Your choice", ENTER),
        ("Your choice", DOWN + ENTER),
        ("Your answer", f"Arrests fell.{ENTER}"),
        ("Next line", ENTER),
        ("Your answer", f"2027-2028{ENTER}"),
        ("Your answer, with", ENTER),
        ("What now", ENTER),
        ("What now", ENTER),
        *[("Still right?", ENTER)] * 6,
        ("Your choice", DOWN + ENTER),
        *[("What now", ENTER)] * 3,
    ):
        terminal.prompted(ask)
        terminal.send(keys)


@pytest.mark.wide
@with_terminal()
def test_a_whole_renewal_in_a_terminal(folder: Path) -> None:
    """Enter does most of it; struck words are red and new ones green, and signs say so too; the files are there at the end."""
    terminal = RenewTerminal(folder, *COMMAND)
    _through_the_questions(terminal)
    terminal.prompted("What shall the new agreement say")
    assert "[-shall-] {+may+}" in terminal.new
    assert "\x1b[0;31m[-shall-]" in terminal.raw and "\x1b[0;32;1m{+may+}" in terminal.raw
    terminal.send(ENTER)
    terminal.prompted("Why do the parties keep it")
    terminal.send(f"Agreed with the chief.{ENTER}")
    terminal.prompted("What shall the new agreement say")
    terminal.send("\x02")  # back
    terminal.see("Decided so far: as signed (Agreed with the chief.).")
    terminal.prompted("What shall the new agreement say")
    terminal.send(DOWN + ENTER)
    for _ in range(2):
        terminal.prompted("What shall the new agreement say")
        terminal.send("\x0e")  # not decided
    terminal.prompted("What now")
    terminal.send(ENTER)
    assert terminal.end() == 0
    assert "next/signed-2028.memo.docx" in terminal.shown
    decisions = read_decisions((folder / "next/signed-2028.decisions.yaml").read_text("utf-8"), "d").sections
    assert {slot: one.use for slot, one in decisions.items()} == {"roles.discipline": "library"}


@pytest.mark.wide
@with_terminal()
@pytest.mark.parametrize("keys", [CTRL_C, "\x11"])
def test_stopping_in_a_terminal_and_going_on(keys: str, folder: Path) -> None:
    """At a question, at a section and at its reason: Ctrl-C ends with 130, Ctrl-Q with 0, and the next run stands where one was."""
    code = 130 if keys == CTRL_C else 0
    terminal = RenewTerminal(folder, *COMMAND)
    terminal.prompted("Your answer")
    terminal.send(f"SRO-2028-01{ENTER}")
    terminal.prompted("Your choice")
    terminal.send(keys)
    assert terminal.end() == code and "Go on with: mou-builder renew signed.docx" in " ".join(terminal.shown.split())
    again = RenewTerminal(folder, *COMMAND)
    again.see("Going on with the answers in next/signed-2028.answers.yaml.")
    again.see("Effective date")
    again.prompted("Your choice")
    again.child.close(force=True)
    (folder / "next" / "signed-2028.answers.yaml").unlink()
    third = RenewTerminal(folder, *COMMAND)
    _through_the_questions(third)
    third.prompted("What shall the new agreement say")
    third.send(DOWN + ENTER)
    third.prompted("What shall the new agreement say")
    third.send(ENTER)
    third.prompted("Why do the parties keep it")
    third.send(f"half a rea{keys}")
    assert third.end() == code and "Traceback" not in third.raw
    fourth = RenewTerminal(folder, *COMMAND)
    fourth.prompted("What shall the new agreement say")
    assert "Section 2 of 3 to decide on." in " ".join(fourth.raw.split())
    fourth.child.close(force=True)


@pytest.mark.wide
@with_terminal()
def test_without_color_or_drawing_the_signs_remain(folder: Path) -> None:
    """NO_COLOR leaves bold at most; a terminal that cannot draw gets lines of text."""
    terminal = RenewTerminal(folder, *COMMAND, NO_COLOR="1")
    _through_the_questions(terminal)
    terminal.prompted("What shall the new agreement say")
    assert "[-shall-] {+may+}" in terminal.new and "\x1b[0;31m" not in terminal.raw
    terminal.send("\x11")
    assert terminal.end() == 0
    plain = RenewTerminal(folder, *COMMAND, TERM="dumb")
    plain.see("What shall the new agreement say")
    plain.send(":quit\r")
    assert plain.end() == 0 and "\x1b" not in plain.raw


@pytest.mark.wide
@with_terminal()
def test_two_renewals_into_one_folder_are_refused_until_the_first_ends(folder: Path) -> None:
    """The second says so and ends with 2."""
    first = RenewTerminal(folder, *COMMAND)
    first.prompted("Your answer")
    second = RenewTerminal(folder, *COMMAND)
    assert second.end() == 2
    assert "has this file open" in " ".join(second.shown.split())
    first.send("\x11")
    assert first.end() == 0


@pytest.mark.wide
def test_wishes_at_people_do_what_they_say(signed: Earlier, tmp_path: Path) -> None:
    """`:why`, `:sections` and `:quit` where people are shown; quitting there loses nothing and asks about them again."""
    turns: list[Any] = [Wish.WHY, Wish.HELP, Wish.QUIT]
    person = Superintendent()

    def reply(asked: Asked) -> Any:
        return turns.pop(0) if asked.ask == "Still right?" else person(asked)

    screen = _watched(reply, person)
    with pytest.raises(typer.Exit):
        sit(task_for(signed, tmp_path), screen)
    assert "Office that receives notices" in screen.text_said and f"Go on with: {AGAIN}" in screen.text_said
    again = Superintendent()
    sit(task_for(signed, tmp_path), again)
    assert again.asked[0] == ("parties", "districts", 0, "notice", "officer")
