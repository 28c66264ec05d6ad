"""Plain mode, colors and narrow screens: everybody can read the interview, and answer it by words and numbers."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from interview.driving import EXAMPLES, example, start
from interview.screens import NOW
from interview.terminal import Terminal, with_terminal

from mou_builder.cli.interview.asking import ask
from mou_builder.cli.interview.command import talk
from mou_builder.cli.interview.listing import ask_list
from mou_builder.cli.interview.loading import Loading
from mou_builder.cli.interview.plain import PlainScreen
from mou_builder.cli.interview.screen import KEY_LINE, LEGEND, WORD_LEGEND, WORD_LINE, Wish
from mou_builder.cli.interview.store import Store
from mou_builder.interview import words
from mou_builder.interview.lists import Lists, lists_of
from mou_builder.interview.scope import EVERYTHING
from mou_builder.library import Library

OTHERS = [
    pytest.param(file.stem, marks=pytest.mark.wide)
    for file in sorted(EXAMPLES.glob("*.yaml"))
    if file.stem != "first_mou"
]


def typed(lines: str, file: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: Any, **how: Any) -> str:
    """Return what is printed when these lines are typed, and then nothing more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    talk(Store(file), PlainScreen(), Loading(lambda: library), clock=lambda: NOW, **how)
    return str(capsys.readouterr().out)


def test_numbers_words_and_the_end_of_input(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A screen reader's user answers by number, by the first words of a choice, and by text; when the input ends, all is saved."""
    monkeypatch.chdir(tmp_path)
    file = Path("ours.yaml")
    lines = "first\nwashington\nanother\nAugust 1, 2026\nLarkmoor Unified School District\n"
    told = typed(lines, file, library, monkeypatch, capsys)
    assert Store(file).tree == {
        "schema": 1,
        "document": {"purpose": "first", "state": "WA", "effective_date": NOW.date().replace(month=8, day=1)},
        "parties": {"districts": [{"legal_name": "Larkmoor Unified School District"}]},
    }
    assert "\x1b" not in told and max(map(len, told.splitlines())) <= 80
    assert told.rstrip().endswith("ours.yaml") and "Go on with: mou-builder interview" in " ".join(told.split())


WISHES = {
    ":back": "this is where you began",
    ":why": "Two-letter postal code.",
    ":sections": "Which section",
    ":review": "Review which section",
    ":help": WORD_LEGEND,
    ":what": WORD_LEGEND,
    ":undecided": "cannot stay open",
    ":default": "there is no default that could be taken",
    ":keep": "there is no answer yet that could be kept",
    "": "This needs an answer",
}


@pytest.mark.parametrize("word", WISHES)
def test_each_word_does_what_it_says(
    word: str, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typed at the question for the state; nothing is answered by it."""
    file = tmp_path / "ours.yaml"
    file.write_text("schema: 1\ndocument: {purpose: first}\n", encoding="utf-8")
    told = typed(f"{word}\n", file, library, monkeypatch, capsys)
    assert WISHES[word] in " ".join(told.partition("Your answer:")[2].split())
    assert Store(file).tree == {"schema": 1, "document": {"purpose": "first"}}


def test_quit_saves_and_stops(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`:quit` at any question; what comes after it is not read."""
    file = tmp_path / "ours.yaml"
    told = typed("renewal\n:quit\nWA\n", file, library, monkeypatch, capsys)
    assert Store(file).tree["document"] == {"purpose": "renewal"}
    assert "questions are left" in told and "question 3" not in told


@pytest.mark.wide
@with_terminal()
def test_without_color_nothing_is_colored(tmp_path: Path) -> None:
    """NO_COLOR is heeded: bold and reversed at most; and with color the same words stand there."""
    plain, colored = Terminal(tmp_path, "a.yaml", NO_COLOR="1"), Terminal(tmp_path, "b.yaml")
    for terminal in (plain, colored):
        terminal.prompted("Your choice")
        terminal.until(lambda here=terminal: here.shown.endswith("renewal"), "the last of the choices")  # type: ignore[misc]
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", plain.raw) for code in found.split(";")}
    assert codes <= {"", "0", "1", "4", "7", "22", "24", "27"}
    assert plain.shown.replace("a.yaml", "b.yaml") == colored.shown
    for terminal in (plain, colored):
        terminal.send("\x11")
        assert terminal.end() == 0


@pytest.mark.wide
@with_terminal()
def test_plain_mode_in_a_terminal_sends_no_escape_sequences(tmp_path: Path) -> None:
    """What a screen reader gets are lines of text, whether asked for or because the terminal cannot draw."""
    for words_, environment in ((["ours.yaml", "--plain"], {}), (["ours.yaml"], {"TERM": "dumb"})):
        terminal = Terminal(tmp_path, *words_, **environment)
        terminal.see("Your choice")
        terminal.send(":quit\r")
        assert terminal.end() == 0
        assert "\x1b" not in terminal.raw


class Narrow(PlainScreen):
    """Prints each question, and answers none."""

    def _line(self, ask: str) -> str | Wish:
        sys.stdout.write(f"{ask}\n")
        return Wish.QUIT


@pytest.fixture(scope="module")
def lists(library: Library) -> Lists:
    return lists_of(library)


def questions(name: str, lists: Lists) -> Iterator[Any]:
    now = start(example(name), EVERYTHING, lists)
    for item in now.items:
        yield now, item


@pytest.mark.wide
@pytest.mark.parametrize("name", ["first_mou", *OTHERS])
def test_every_question_fits_into_eighty_columns(
    name: str, lists: Lists, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    """The question, why it is asked, its choices and its prompt, for every question of an agreement."""
    screen = Narrow()
    for now, item in questions(name, lists):
        for line, strong in words.block(now, item):
            screen.say(line, strong=strong)
        for line in words.why(item, library):
            screen.say(f"  {line}")
        if item.form.kind == "entries":
            ask_list(screen, now, item)
        elif item.form.kind != "by-path":
            ask(screen, now, item, NOW.date())
        told = capsys.readouterr().out
        assert max(map(len, told.splitlines()), default=0) <= 80, item.path
    assert max(map(len, (KEY_LINE, WORD_LINE, *LEGEND))) < 80


@pytest.mark.parametrize("name", ["first_mou", pytest.param("multi_party", marks=pytest.mark.wide)])
def test_no_question_shows_a_path_of_the_model(name: str, lists: Lists, capsys: pytest.CaptureFixture[str]) -> None:
    """People read titles; a path such as cost.model is for files."""
    paths = {".".join(str(step) for step in item.path if isinstance(step, str)) for _, item in questions(name, lists)}
    paths = {path for path in paths if "." in path}
    screen = Narrow()
    for now, item in questions(name, lists):
        if item.question.section == "confirm":
            continue  # It names other answers, and takes their paths.
        for line, strong in words.block(now, item):
            screen.say(line, strong=strong)
        ask_list(screen, now, item) if item.form.kind == "entries" else None
        told = capsys.readouterr().out
        assert "{undecided" not in told and not any(
            re.search(rf"(?<![\w@/.]){re.escape(path)}\b", told) for path in paths
        ), told


def test_back_from_the_first_party_reaches_the_question_before(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that must not be empty begins by itself; nobody is caught in it who wants to go back over it."""
    file = tmp_path / "ours.yaml"
    told = typed("first\nWA\nanother\n2026-08-01\n:back\n", file, library, monkeypatch, capsys)

    assert "Effective date" in told.rpartition("School districts, no. 1")[2]
    assert Store(file).tree == {
        "schema": 1,
        "document": {"purpose": "first", "state": "WA", "effective_date": NOW.date().replace(month=8, day=1)},
    }


def test_what_was_typed_and_refused_stands_there_to_be_mended(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A date that is none is not typed again from its beginning."""
    file = tmp_path / "ours.yaml"
    told = typed("first\nWA\nanother\n1st of August 2026\n", file, library, monkeypatch, capsys)

    assert "found '1st of August 2026'" in told
    assert "Your answer [1st of August 2026]:" in told
