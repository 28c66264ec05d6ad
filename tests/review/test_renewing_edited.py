"""Renew agreements that people edited in every way of the corpus: nothing the parties did is lost or passes unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import pytest
from edited.corpus import CLAUSE_KINDS, KINDS, edited_file
from edited.paper import Paper, id_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from review.generations import AGAIN, AGAIN_ON, OF_THE_TERM, first_built, found_in, renewed

from mou_builder.report.clauses import Found
from mou_builder.report.plainly import normalized
from mou_builder.review.renewal_facts import not_carried_over, pending

pytestmark = pytest.mark.wide
EXAMPLE = "first_mou"
RENUMBERED = re.compile(r"\bSection [\d.?]*\d|\bSection \?|\bSchedule [A-Z]|\bRecital [A-Z]+|\[\[[a-z.-]+\]\]")
MARKED = re.compile(r"\[[A-Za-z ]+(?: in the signed file)?(?:: [^\]]*)?\]")
"""What stands for a footnote or a text box, in the signed file's reading and in kept wording."""


def words(found: Found, *, headless: bool = False) -> str:
    """Return a section's words; references are compared elsewhere, and renumbering changes no word."""
    lines = [normalized(read.text()) for read in found.reads if normalized(read.text())]
    return MARKED.sub("[]", bare(" ".join(lines[1:] if headless else lines)))


def bare(text: str) -> str:
    return RENUMBERED.sub("\u00a7", normalized(text))


@pytest.mark.parametrize("name", [name for name, one in KINDS.items() if not one.office])
def test_no_edit_is_lost_in_silence(name: str) -> None:
    """Each section that was altered is kept or told, each one gone is left out, each added passage kept or told."""
    file = edited_file(KINDS[name], EXAMPLE)
    made = renewed(file.word, beside=file.beside)
    rows = {row.slot: row for row in made.examined.report.clauses}
    sections = {one.slot: one for one in made.renewal.sections}
    told = " ".join(
        "".join(text.words for text in part.words)
        for section in (*not_carried_over(made.renewal), *pending(made.renewal))
        for part in section.parts
        if hasattr(part, "words")
    )
    kept = " ".join(f"{one.heading} {one.text}" for one in made.agreement.negotiated)

    for slot, row in rows.items():
        if row.state == "altered":
            assert sections[slot].changed or row.heading in told, slot
        elif row.state == "missing":
            assert sections[slot].theirs is None
            assert made.kept(slot)[:1] == [("left-out", "both" if slot in OF_THE_TERM else "kept")]
        elif slot not in OF_THE_TERM:
            behind = any(one.after == row.heading for one in made.examined.report.added)
            assert made.kept(slot) in ([], [("added", "kept")]) or behind, slot
        if row.moved_from:
            assert row.heading in told
    for passage in made.examined.report.added:
        assert [line for line in passage.text.split("\n") if bare(line) not in bare(f"{kept} {told}")] == []
    if any(one.code == "E-FRAME-CHANGED" for one in made.examined.report.findings):
        assert told or made.agreement.negotiated


@settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=4,
    # Five minutes of shrinking tell no more than the seed does.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=some.integers(0, 10_000), kinds=some.lists(some.sampled_from(sorted(CLAUSE_KINDS)), min_size=1, max_size=5))
def test_random_edits_are_kept_word_for_word_and_nothing_else_changes(seed: int, kinds: Sequence[str]) -> None:
    """Whatever is done to whichever sections, the new agreement has the signed words there and the old ones elsewhere.

    Its own check finds everything unaltered and the kept sections marked, and the next renewal keeps the same words.
    """
    paper = Paper(first_built(EXAMPLE), lambda: first_built("multi_party"), Random(seed))
    touched: list[str] = []
    for name in kinds:
        kind = CLAUSE_KINDS[name]
        fitting = [one for one in paper.clauses() if kind.fits(one) and id_of(one) not in touched]
        if fitting:
            clause = paper.chance.choice(fitting)
            touched.append(id_of(clause))
            kind.does(paper, clause)
    made = renewed(paper.word())
    now, before = made.found, found_in(first_built(EXAMPLE).word)

    for found in made.examined.found:
        slot = found.used.slot
        if slot in OF_THE_TERM:
            assert found.state != "altered" or words(found, headless=True) in words(now[slot])
        elif found.state == "missing" or (section := made.renewal.section(slot)) is None or section.theirs is None:
            assert slot not in now
        elif found.state == "unaltered":
            assert words(now[slot]) == words(before[slot])
        elif section.changed:
            assert words(now[slot]) == words(found)
        else:  # its heading was taken out, which no section can do without
            assert words(now[slot], headless=True) == words(found)
    rows = made.built.report.clauses
    own = [slot for slot, found in now.items() if found.used.kept]
    assert {row.state for row in rows} == {"unaltered"}
    assert [row.slot for row in rows if row.local] == own
    assert {slot for slot in own if ".added-" not in slot} == {
        one.section for one in made.agreement.negotiated if one.kind == "changed" or one.use == "both"
    }
    again = renewed(made.built.word, AGAIN, on=AGAIN_ON)
    assert again.agreement.negotiated == made.agreement.negotiated
    assert {slot: words(found) for slot, found in found_in(again.built.word).items() if found.used.kept} == {
        slot: words(now[slot]) for slot in own
    }
