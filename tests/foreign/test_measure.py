"""How well passages are found is measured on labelled agreements; what the measure gives is held to."""

from __future__ import annotations

import pytest
from foreign.measure import Measured, measured
from foreign.typed import ALL, HELD_OUT, HERE, TUNED, gold

from mou_builder.cli.foreign import MEASURED
from mou_builder.library import Library

pytestmark = pytest.mark.wide


@pytest.fixture(scope="module")
def tuned(library: Library) -> Measured:
    return measured(TUNED, library)


@pytest.fixture(scope="module")
def held_out(library: Library) -> Measured:
    return measured(HELD_OUT, library)


def test_the_labels_fit_the_agreements_and_the_library(library: Library) -> None:
    """Each requirement that a text can bear on is labelled, and each label is found in one paragraph of its file."""
    asked = {
        row.id
        for rubric, row in library.requirements().values()
        if row.kind != "practice" and rubric.jurisdiction == "us" and not rubric.applies
    }
    for name in ALL:
        lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        labels = gold(name)

        assert set(labels) == asked
        for words in {words.removeprefix("~ ") for some in labels.values() for words in some}:
            assert sum(words in line for line in lines) == 1, words


def test_what_was_set_on_these_agreements_holds_on_them(tuned: Measured) -> None:
    """On the agreements that the weights were set on, seven in ten first candidates are the right ones."""
    assert tuned.first / tuned.wanted >= 0.65
    assert tuned.among / tuned.wanted >= 0.75
    assert tuned.right["strong"] / tuned.shown["strong"] >= 0.8


def test_what_people_are_told_of_the_measure_holds_on_agreements_nothing_was_set_on(held_out: Measured) -> None:
    """The sentence that the command prints is true of the agreements held out."""
    assert "about 7 in 10 strong" in MEASURED
    assert 0.65 <= held_out.right["strong"] / held_out.shown["strong"] <= 0.85
    assert "half of the fair" in MEASURED
    assert 0.45 <= held_out.right["fair"] / held_out.shown["fair"] <= 0.65
    assert "a third of the weak" in MEASURED
    assert 0.25 <= held_out.right["weak"] / held_out.shown["weak"] <= 0.4
    assert "4 got no candidate that was" in MEASURED
    assert 0.55 <= held_out.among / held_out.wanted <= 0.7


def test_a_requirement_that_the_agreement_is_silent_on_seldom_gets_a_strong_candidate(held_out: Measured) -> None:
    """Where a reader found nothing, at most one in ten is shown with more than a weak candidate."""
    assert (held_out.false["strong"] + held_out.false["fair"]) / held_out.silent <= 0.1
    assert held_out.false["none"] / held_out.silent >= 0.5


def test_the_notes_stand_more_often_on_what_is_not_evidence(tuned: Measured, held_out: Measured) -> None:
    """A note that a passage reads differently is seldom on one that a reader named, and often on others."""
    noted = tuned.noted + held_out.noted
    shares = {said: noted[said, True] / (noted[said, True] + noted[said, False]) for said in ("on it", "not named")}

    assert shares["on it"] <= 0.2
    assert shares["not named"] >= 1.5 * shares["on it"]
