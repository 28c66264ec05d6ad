"""Ctrl-C anywhere, in a real terminal: the interview says how to go on, and goes on with nothing lost."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from interview.driving import example, leaves
from interview.screens import Answering, Asked, converse
from interview.terminal import CTRL_C, MirroringScreen, Terminal, with_terminal

from mou_builder.cli.interview.store import Store
from mou_builder.library import Library

pytestmark = with_terminal()


class Impatient(Answering):
    """A person who presses Ctrl-C at the prompt of a given number, perhaps in the middle of an answer."""

    def __init__(self, at: int, terminal: Terminal, half_typed: str) -> None:
        super().__init__(example("first_mou"), ["rest"], at_once=True)
        self.prompts_left, self.terminal, self.half_typed = at, terminal, half_typed

    def __call__(self, asked: Asked) -> Any:
        if self.prompts_left == 0:
            if isinstance(asked.ready, str):
                self.terminal.send(self.half_typed)
            raise KeyboardInterrupt
        self.prompts_left -= 1
        return super().__call__(asked)


def interrupted_at(places: list[int], folder: Path, library: Library) -> None:
    """Stop at each place, counted in prompts from the one before; hold what is there against what was given, and go on."""
    (folder / "beside").mkdir()
    beside, ours = folder / "beside" / "ours.yaml", folder / "ours.yaml"
    for turn, place in enumerate(places):
        terminal = Terminal(folder, "ours.yaml")
        person = Impatient(place, terminal, "half a wo")
        screen = MirroringScreen(person, terminal)
        with pytest.raises(typer.Exit) as stop:
            converse(beside, screen, library, clock=datetime.now)
        assert stop.value.exit_code == 130
        assert terminal.end() == 130
        assert "Go on with: mou-builder interview ours.yaml" in " ".join(terminal.shown.split())
        assert "Traceback" not in terminal.raw
        now, same = Store(ours), Store(beside)
        assert now.tree == same.tree and now.notes.stopped == same.notes.stopped
        if turn:
            assert "Going on with ours.yaml" in terminal.raw and "You stopped at:" in terminal.raw
        assert len(dict(leaves(now.tree))) >= turn


@pytest.mark.wide
def test_two_interruptions_lose_nothing(tmp_path: Path, library: Library) -> None:
    """At the fifth prompt, then at the ninth one after it: the next run says where one stopped."""
    interrupted_at([5, 9], tmp_path, library)


@pytest.mark.wide
def test_ten_interruptions_lose_nothing(tmp_path: Path, library: Library) -> None:
    """At ten places that nobody chose."""
    chance = random.Random("ten places")
    interrupted_at([chance.randrange(3, 30) for _ in range(10)], tmp_path, library)


def test_ctrl_c_before_anything_is_answered_leaves_no_file(tmp_path: Path) -> None:
    """Whoever only looks and stops finds the folder as it was."""
    terminal = Terminal(tmp_path, "ours.yaml")
    terminal.prompted("Your choice")
    terminal.send(CTRL_C)
    assert terminal.end() == 130
    assert "Nothing was answered, so nothing was saved." in terminal.shown
    assert list(tmp_path.iterdir()) == []


@pytest.mark.wide
def test_a_closed_window_loses_no_answer(tmp_path: Path) -> None:
    """The terminal goes away in the middle: the answers given so far are in the file, and the file can be opened again."""
    terminal = Terminal(tmp_path, "ours.yaml")
    terminal.prompted("Your choice")
    terminal.send("\x1b[B\r")
    terminal.prompted("Your answer")
    terminal.send("WA\r")
    terminal.prompted("Your choice")
    terminal.child.close(force=True)
    store = Store(tmp_path / "ours.yaml")
    assert store.tree["document"]["state"] == "WA"
    again = Terminal(tmp_path, "ours.yaml")
    again.see("You stopped at: The agreement, Effective date.")
    again.prompted("Your choice")
    again.send("\x11")
    assert again.end() == 0
