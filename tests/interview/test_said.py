"""What is said around the questions: where one is, how much is left, how the requirements stand; in words, never in paths."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from interview.driving import example, start
from interview.screens import Asked, ScriptedScreen, Talk, converse
from typer.main import get_command

from mou_builder.cli.app import app
from mou_builder.cli.interview.screen import KEYS, Wish
from mou_builder.library import Library

PROGRESS = re.compile(
    r"^[A-Z].*, question (\d+) of (\d+)\. (1 question|\d+ questions) left, about (1 minute|\d+ minutes)\.$"
)


@pytest.fixture
def told(whole: Talk) -> ScriptedScreen:
    """What is said in one whole conversation."""
    return whole.screen


@pytest.mark.wide
def test_each_question_says_how_far_one_is(told: ScriptedScreen) -> None:
    """``Training, question 3 of 9. 41 questions left, about 12 minutes.`` before each question; the numbers make sense."""
    lines = [found for line in told.said if (found := PROGRESS.match(line))]
    assert len(lines) > 40
    for found in lines:
        number, of = int(found.group(1)), int(found.group(2))
        assert 1 <= number <= of
    left = [int(found.group(3).split()[0]) for found in lines]
    assert left[0] > left[-1]


@pytest.mark.wide
def test_nothing_said_is_a_path_of_the_model(told: ScriptedScreen) -> None:
    """Whoever answers reads titles; names with dots are for the file."""
    paths = {
        ".".join(str(step) for step in item.path if isinstance(step, str))
        for item in start(example("multi_party")).items
    }
    named = re.compile(rf"(?<![\w@/.])({'|'.join(re.escape(path) for path in sorted(paths) if '.' in path)})\b")
    for line in told.said:
        assert "{undecided" not in line and not named.search(re.sub(r"\[\d+\]", "", line)), line


@pytest.mark.wide
def test_a_section_s_defaults_are_offered_once_and_its_requirements_told_at_its_end(told: ScriptedScreen) -> None:
    """The offer lists each default; after the section it says which requirements are met and what the open ones need."""
    offers = [line for line in told.said if line.endswith("questions here have a default, or may be left out:")]
    titles = [told.said[place - 1] for place, line in enumerate(told.said) if line in offers]
    assert len(titles) == len(set(titles)) >= 4
    *_, line = [line for line in told.said if line.startswith("Governance: of the requirements that rest on it, ")]
    assert re.search(r"\d+ (met|open)", line)
    assert told.said.index(line) > next(n for n, one in enumerate(told.said) if one.startswith("Governance, question"))


def test_a_person_who_starts_is_told_how_it_goes(tmp_path: Path, library: Library) -> None:
    """Where the answers are kept, that the essentials come first, and by which words one moves."""
    screen = converse(tmp_path / "ours.yaml", lambda asked: Wish.QUIT, library)
    assert screen.said[0].startswith("A new agreement. Every answer is saved at once in ")
    assert "about 25 questions" in screen.text_said and ":undecided" in screen.text_said
    assert screen.said[-1] == "Nothing was answered, so nothing was saved."


def test_what_is_refused_says_where_what_and_how_to_mend_it(tmp_path: Path, library: Library) -> None:
    """A state that does not exist is refused with the nearest one, and can be answered right away."""
    waiting = ["ZZ", "WA"]

    def reply(asked: Asked) -> Any:
        if asked.item.path == ("document", "state"):
            return waiting.pop(0)
        return Wish.QUIT if asked.item.path == ("document", "effective_date") else asked.called("first")

    told = converse(tmp_path / "ours.yaml", reply, library).text_said
    assert "! State: " in told and "'ZZ'" in told and not waiting


def test_the_page_on_the_interview_names_every_key_word_and_option() -> None:
    """What is not on the page is found by nobody; what is not there any more is looked for in vain."""
    page = (ROOT / "docs" / "interview.md").read_text(encoding="utf-8").partition("```text")[0]
    words = {f":{wish.value}" for wish in Wish if wish.value and wish is not Wish.HELP}
    keys = {f"Ctrl-{key[2:].upper()}" for key in KEYS if key.startswith("c-")}
    options = {
        one for parameter in get_command(app).commands["interview"].params for one in parameter.opts if one[:2] == "--"
    }

    assert set(re.findall(r"`(:[a-z]+)`", page)) == words
    assert {one for one in keys if one not in page} == set()
    assert set(re.findall(r"`(--[a-z-]+)", page)) == options - {"--help"}
