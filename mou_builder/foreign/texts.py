"""Hold the library's texts ready, so that it can be told how like each of them some words are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mou_builder.foreign.terms import terms
from mou_builder.library import Clause
from mou_builder.library.markup import Block, Term, Words

Weights = Mapping[str, float]
_Places = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or list item of a clause, with the words that lead into it."""

    clause: int
    """Place of its clause in `Texts.clauses`."""
    words: str


@dataclass(frozen=True)
class Texts:
    """Clauses and their paragraphs, each as a vector of terms: a term counts for more the fewer clauses use it."""

    clauses: tuple[Clause, ...]
    paragraphs: tuple[Paragraph, ...]
    terms: tuple[frozenset[str], ...]
    """The terms of each clause."""
    common: frozenset[str]
    """The terms that more than half of the clauses have."""
    _rarity: Weights
    _vectors: tuple[Weights, ...]
    """Of the paragraphs."""
    _clauses_with: _Places
    _paragraphs_with: _Places

    def vector(self, bag: Counter[str]) -> dict[str, float]:
        """Return some terms as a vector of length 1."""
        return _vector(bag, self._rarity, len(self.clauses))

    def likeness_to_clauses(self, vector: Weights) -> list[float]:
        """Return how like each clause is, from 0 to 1."""
        return _likeness(vector, self._clauses_with, len(self.clauses))

    def likeness_to_paragraphs(self, vector: Weights) -> list[float]:
        """Return how like each paragraph is, from 0 to 1."""
        return _likeness(vector, self._paragraphs_with, len(self.paragraphs))

    def likeness_to(self, paragraph: int, vector: Weights) -> float:
        """Return how like one paragraph is, from 0 to 1."""
        other = self._vectors[paragraph]
        return sum(value * other.get(term, 0.0) for term, value in vector.items())


def texts_of(clauses: Sequence[Clause]) -> Texts:
    """Return clauses ready for comparing."""
    paragraphs = [Paragraph(place, words) for place, clause in enumerate(clauses) for words in _paragraphs(clause)]
    headings = [terms(clause.written.heading) for clause in clauses]
    bags = [
        # A heading says what a clause is about, so it counts twice.
        Counter([*heading, *heading, *(term for block in clause.blocks for term in terms(_words(block)))])
        for clause, heading in zip(clauses, headings, strict=True)
    ]
    times = Counter(term for bag in bags for term in bag)
    rarity = {term: rare(len(bags), count) for term, count in times.items()}
    of_paragraphs = (Counter([*headings[one.clause], *terms(one.words)]) for one in paragraphs)
    vectors = tuple(_vector(bag, rarity, len(bags)) for bag in of_paragraphs)
    return Texts(
        clauses=tuple(clauses),
        paragraphs=tuple(paragraphs),
        terms=tuple(map(frozenset, bags)),
        common=frozenset(term for term, count in times.items() if count > len(bags) / 2),
        _rarity=rarity,
        _vectors=vectors,
        _clauses_with=_by_term(_vector(bag, rarity, len(bags)) for bag in bags),
        _paragraphs_with=_by_term(vectors),
    )


def rare(of: int, times: int) -> float:
    """Return how much a term weighs that `times` out of so many have: the fewer, the more."""
    return math.log(1 + (of + 0.5) / (times + 0.5))


def _paragraphs(clause: Clause) -> list[str]:
    found: list[str] = []
    lead = ""
    for block in clause.blocks:
        words = _words(block)
        if block.kind == "paragraph":
            lead = words if words.rstrip().endswith(":") else ""
            found.append(words)
        else:
            found.append(f"{lead} {words}".strip())
    return found


def _words(block: Block) -> str:
    """Return a block's own words; an answer's place and a reference hold none."""
    return "".join(piece.text if isinstance(piece, (Words, Term)) else " " for piece in block.pieces)


def _vector(bag: Counter[str], rarity: Weights, of: int) -> dict[str, float]:
    unseen = rare(of, 0)
    raw = {term: (1 + math.log(times)) * rarity.get(term, unseen) for term, times in bag.items()}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / length for term, value in raw.items()} if length else {}


def _by_term(vectors: Iterable[Weights]) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for term, value in vector.items():
            found[term].append((place, value))
    return dict(found)


def _likeness(vector: Weights, with_term: _Places, size: int) -> list[float]:
    found = [0.0] * size
    for term, value in vector.items():
        for place, other in with_term.get(term, ()):
            found[place] += value * other
    return found
