"""Choose for each requirement the passages that may bear on it, and say how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from mou_builder.foreign.passages import Passage
from mou_builder.foreign.reading import differences, excerpt, says_what_tells
from mou_builder.foreign.shapes import Band, Candidate
from mou_builder.foreign.signals import Weighing, confidence
from mou_builder.foreign.subjects import Subject
from mou_builder.foreign.texts import Texts

MOST = 3
"""Candidates shown for a requirement."""
STRONG, FAIR, WEAK = 0.7, 0.4, 0.15
"""The least confidence of each band, set where the measured shares part (docs/foreign.md); below, nothing is shown."""


_SAME = 95
"""Percent of likeness from which two passages are one that the file prints twice."""


def candidates(
    passages: Sequence[Passage], subjects: Sequence[Subject], texts: Texts
) -> Iterator[tuple[Subject, tuple[Candidate, ...]]]:
    """Yield each requirement with its best passages, the surest first."""
    weighing = Weighing(passages, texts)
    for subject in subjects:
        sure = [(confidence(weighing.signals(place, subject)), place) for place in range(len(passages))]
        ranked = sorted(
            ((chance, place) for chance, place in sure if chance >= WEAK), key=lambda one: (-one[0], one[1])
        )
        made: list[Candidate] = []
        for chance, place in ranked:
            if len(made) == MOST:
                break
            if not any(_same(passages[place], one) for one in made):
                made.append(_candidate(passages[place], chance, subject, weighing.likest_paragraph(place, subject)))
        yield subject, tuple(made)


def _same(passage: Passage, other: Candidate) -> bool:
    return passage.lead == other.lead and fuzz.ratio(passage.text, other.text, score_cutoff=_SAME) > 0


def _candidate(passage: Passage, chance: float, subject: Subject, library_words: str) -> Candidate:
    # A rounded figure is what people see, so it is what the bands are told by.
    shown = round(chance, 2)
    return Candidate(
        number=passage.number,
        heading=passage.heading,
        under=passage.under,
        lead=passage.lead,
        text=passage.text,
        excerpt=excerpt(passage, subject),
        confidence=shown,
        band=_band(shown, told=says_what_tells(passage, subject)),
        reads_differently=tuple(differences(passage, subject, library_words)),
    )


def _band(chance: float, *, told: bool) -> Band:
    if chance >= STRONG and told:
        return "strong"
    # Without the word that sets a requirement apart a passage is often on its neighbor, however alike it reads.
    return "fair" if chance >= FAIR else "weak"
