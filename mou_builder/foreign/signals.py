"""Weigh, by four measured signs, how likely it is that a reader would name a passage for a requirement."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mou_builder.foreign.passages import Passage
from mou_builder.foreign.subjects import Subject, share
from mou_builder.foreign.terms import terms
from mou_builder.foreign.texts import Texts

_LEADING, _ABOVE = 0.9, 0.5
"""How fully a term counts that stands only in the lead or the heading, or only in the headings above."""


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage on a requirement, each from 0 to 1; square roots, so that the first likeness counts most."""

    asked: float
    """How much of the requirement's own terms it has."""
    alike: float
    """Likeness to the nearest paragraph of a clause that meets the requirement."""
    nearest: float
    """That likeness, against the likeness to the nearest paragraph of the whole library."""
    rank: float
    """One part in how many clauses of the library are as near as, or nearer than, one that meets the requirement."""


_WEIGHTS = Signals(asked=4.28, alike=3.32, nearest=3.44, rank=2.4)
_START = -9.08
"""Set by ``python tests/foreign/measure.py --fit`` on the agreements that tests/foreign/typed.py calls tuned."""


def confidence(signals: Signals) -> float:
    """Return the chance, as measured, that a reader would name such a passage for the requirement."""
    weighed = (
        _WEIGHTS.asked * signals.asked
        + _WEIGHTS.alike * signals.alike
        + _WEIGHTS.nearest * signals.nearest
        + _WEIGHTS.rank * signals.rank
    )
    return 1 / (1 + math.exp(-(_START + weighed)))


@dataclass(frozen=True)
class _Seen:
    """A passage in terms of how it is held against any requirement."""

    there: dict[str, float]
    """Its terms, and how fully each counts."""
    ranks: list[int]
    """For each clause, how many are as near or nearer."""
    best: list[float]
    """For each clause, the likeness to its nearest paragraph."""
    nearest: float
    """The best of these."""


class Weighing:
    """The passages of one file, ready to be held against any requirement."""

    def __init__(self, passages: Sequence[Passage], texts: Texts) -> None:
        self._passages, self._texts = passages, texts
        self._seen = [_seen(one, texts) for one in passages]

    def signals(self, place: int, subject: Subject) -> Signals:
        """Return what speaks for the passage at `place` on a requirement."""
        seen = self._seen[place]
        likest = max((seen.best[one] for one in subject.clauses), default=0.0)
        return Signals(
            asked=math.sqrt(share(subject.asked, seen.there)),
            alike=math.sqrt(likest),
            nearest=math.sqrt(likest / seen.nearest),
            rank=math.sqrt(1 / min((seen.ranks[one] for one in subject.clauses), default=math.inf)),
        )

    def likest_paragraph(self, place: int, subject: Subject) -> str:
        """Return the library's paragraph on this requirement that the passage is most like; empty if there is none."""
        vector = self._texts.vector(_bag(self._passages[place]))
        found = [(self._texts.likeness_to(one, vector), -one) for one in subject.paragraphs]
        return self._texts.paragraphs[-max(found)[1]].words if found else ""


def _bag(passage: Passage) -> Counter[str]:
    return Counter(
        term for words in (passage.text, passage.lead, passage.heading, *passage.under) for term in terms(words)
    )


def _seen(passage: Passage, texts: Texts) -> _Seen:
    there = dict.fromkeys((term for words in passage.under for term in terms(words)), _ABOVE)
    there |= dict.fromkeys((*terms(passage.lead), *terms(passage.heading)), _LEADING)
    there |= dict.fromkeys(terms(passage.text), 1.0)
    vector = texts.vector(_bag(passage))
    clauses = texts.likeness_to_clauses(vector)
    ranks = [0] * len(clauses)
    for rank, place in enumerate(sorted(range(len(clauses)), key=lambda one: -clauses[one]), start=1):
        ranks[place] = rank
    best = [0.0] * len(clauses)
    for paragraph, likeness in zip(texts.paragraphs, texts.likeness_to_paragraphs(vector), strict=True):
        best[paragraph.clause] = max(best[paragraph.clause], likeness)
    return _Seen(there, ranks, best, max(best, default=0.0) or 1.0)
