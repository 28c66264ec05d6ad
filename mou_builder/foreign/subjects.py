"""Gather what is asked and what the library says on each requirement, so that a file's passages can be held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mou_builder.foreign.terms import as_spoken, terms
from mou_builder.foreign.texts import Texts, Weights, rare
from mou_builder.library import Requirement

_PROSE = 0.1
"""Weight of a term that no clause for the requirement uses: "expressly" and "lays out" are how a rubric asks."""
_KIN = 0.45
"""Share of common terms from which two requirements ask in nearly the same words, as for students' and peers' feedback."""


@dataclass(frozen=True)
class Subject:
    """A requirement, the terms it asks in, and the places of the library's texts that speak to it."""

    requirement: Requirement
    asked: Weights
    """Its own terms, each with its weight: the more, the fewer other requirements use it."""
    telling: Mapping[str, str]
    """The terms that set it apart from requirements asked in nearly its words, each as it words them; often none."""
    clauses: tuple[int, ...]
    paragraphs: tuple[int, ...]


def subjects(requirements: Iterable[Requirement], texts: Texts) -> tuple[Subject, ...]:
    """Return what is asked and what `texts` say on each of `requirements`."""
    rows = list(requirements)
    meeting = [tuple(n for n, one in enumerate(texts.clauses) if row.id in one.written.satisfies) for row in rows]
    said = [frozenset[str]().union(*(texts.terms[place] for place in own)) for own in meeting]
    weights = _weights(rows, said)
    return tuple(
        Subject(
            requirement=row,
            asked=weights[number],
            telling=_telling(number, rows, weights, said[number] - texts.common),
            clauses=own,
            paragraphs=tuple(place for place, one in enumerate(texts.paragraphs) if one.clause in own),
        )
        for number, (row, own) in enumerate(zip(rows, meeting, strict=True))
    )


def share(asked: Weights, there: Weights) -> float:
    """Return how much of the weight of the asked terms is there; `there` says how fully each counts, up to 1."""
    whole = sum(asked.values())
    return sum(weight * there.get(term, 0.0) for term, weight in asked.items()) / whole if whole else 0.0


def _weights(rows: Sequence[Requirement], said: Sequence[frozenset[str]]) -> list[dict[str, float]]:
    asked = [sorted(set(terms(row.asks))) for row in rows]
    used = Counter(term for found in asked for term in found)
    return [
        {term: rare(len(rows), used[term]) * (1.0 if term in own else _PROSE) for term in found}
        for found, own in zip(asked, said, strict=True)
    ]


def _telling(
    place: int, rows: Sequence[Requirement], weights: Sequence[Weights], said: frozenset[str]
) -> dict[str, str]:
    """Return the terms of one requirement that none asked in nearly its words has; none, where none is so asked."""
    own, spoken = weights[place], as_spoken(rows[place].asks)
    kin = [other for n, other in enumerate(weights) if n != place and _overlap(own, other) >= _KIN]
    return {term: spoken[term] for term in own if kin and term in said and not any(term in other for other in kin)}


def _overlap(one: Weights, other: Weights) -> float:
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys()) if one else 0.0
