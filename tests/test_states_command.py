"""``mou-builder library states``: what is known of all states, and of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mou_builder.library import Library

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    """Take the library that is loaded already: reading it anew for each command is what costs time."""
    monkeypatch.setattr("mou_builder.cli.files.unchecked_library_at", lambda *_: library)


def test_the_table_in_the_docs_is_fresh(run: Run) -> None:
    """docs/states.md ends with what the command writes; after a change in the library, write that part again:
    mou-builder library states --markdown"""
    code, said, _ = run("library", "states", "--markdown")

    assert code == 0 and said.count("\n") == 58
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8").endswith(said)


@pytest.mark.usefixtures("loaded")
def test_the_table_names_every_state_with_what_was_found(run: Run, library: Library) -> None:
    """A line for each state and territory: what was found, rows read and to verify, time between reviews, form."""
    code, said, _ = run("library", "states")
    lines = {code: line for code in library.states for line in said.splitlines() if f"({code})" in line}

    assert code == 0 and lines.keys() == library.states.keys()
    assert "no rule found; ask counsel" in lines["ID"] and "not looked at; ask counsel" in lines["GU"]
    assert "at most 36 months" in lines["DE"] and "must be signed; additions only" in lines["NJ"]
    assert "no proof that there is no law" in said


@pytest.mark.usefixtures("loaded")
def test_new_jersey_says_that_its_own_form_must_be_signed(run: Run) -> None:
    """Nobody reading of New Jersey takes this tool's draft for the agreement that has to be signed."""
    code, said, _ = run("library", "states", "NJ")

    assert code == 0
    assert "The state's own form must be signed" in said
    assert "An agreement made with this tool does not take its place" in said


@pytest.mark.usefixtures("loaded")
def test_a_state_in_full_tells_values_tasks_owners_and_pages(run: Run) -> None:
    """An attorney reads what governs, who does what by when, which rows were read, and what to open for the others."""
    _, said, _ = run("library", "states", "DE")

    assert "Time between reviews: at most 36 months (answer review.months; DE.3)" in said
    assert "agency: Have each officer complete the yearly training. When: each year" in said
    assert "(DE.4; to verify)" in said and "Read in the text of the law: 3 rows" in said
    assert "Known from another's summary, seen November 21, 2026. Open first: NASBE" in said
    assert "https://statepolicies.nasbe.org/" in said and "verify all of this against the official code" in said


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("said", ("PA", "pa", "Pennsylvania", "pennsylvania"))
def test_a_state_is_known_by_code_and_by_name(run: Run, said: str) -> None:
    """People write states in several ways."""
    code, text, _ = run("library", "states", said)

    assert code == 0 and text.startswith("Pennsylvania (PA)\n")


@pytest.mark.usefixtures("loaded")
def test_a_state_without_rows_sends_to_counsel(run: Run) -> None:
    """Idaho has no rubric: the words say what was looked for and claim nothing more."""
    code, said, _ = run("library", "states", "ID")

    assert code == 0 and "no rule found; ask counsel" in said
    assert "That nothing was found is no proof that there is no law." in said
    assert "This library holds no rows of law for this state." in said and "To verify" not in said


@pytest.mark.usefixtures("loaded")
def test_everything_is_there_as_json(run: Run) -> None:
    """A program reads the same of one state and of all."""
    _, one, _ = run("library", "states", "GA", "--json")
    _, every, _ = run("library", "states", "--json")
    georgia = json.loads(one)

    assert [row["id"] for row in georgia["rows"]] == ["GA.1", "GA.2", "GA.3"] and georgia["rows_to_verify"] == 0
    assert georgia in json.loads(every)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("words", "told"),
    (
        (("XX",), "XX: no state or territory has this code or name. Give a postal code"),
        (("nw jersey",), "Did you mean 'new jersey'?"),
        (("NJ", "--markdown"), "--markdown: it writes the table of all states and nothing else"),
        (("--json", "--markdown"), "--markdown: it writes the table of all states and nothing else"),
    ),
)
def test_a_wrong_request_is_answered_with_the_mend(run: Run, words: tuple[str, ...], told: str) -> None:
    """One message, exit 2, nothing printed."""
    code, said, messages = run("library", "states", *words)

    assert code == 2 and not said and told in messages


def test_help_has_an_example(run: Run) -> None:
    """Who asks for help sees how the command is used."""
    code, said, _ = run("library", "states", "--help")

    assert code == 0 and "mou-builder library states NJ" in said


def test_a_library_without_a_survey_does_not_claim_one(run: Run, library_copy: Path) -> None:
    """Without the file nothing was looked at, as far as this library knows."""
    (library_copy / "survey.yaml").unlink()
    code, said, _ = run("library", "states", "ID", "--library", str(library_copy))

    assert code == 0 and "This library holds no survey of this state; ask counsel." in said
