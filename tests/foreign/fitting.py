"""Set the weights of mou_builder.foreign.signals on labelled agreements: logistic regression with a small ridge."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from datetime import date

from foreign.typed import gold, word

from mou_builder.foreign.passages import Passage, passages
from mou_builder.foreign.signals import Weighing
from mou_builder.foreign.subjects import subjects
from mou_builder.foreign.texts import texts_of
from mou_builder.library import Library
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.wordfile import open_word

Row = tuple[tuple[float, ...], bool]
_ROUNDS, _RIDGE = 25, 1.0


def rows(name: str, library: Library, as_of: date) -> Iterator[Row]:
    """Yield, for each requirement and passage of an agreement, its signals and whether a reader named it."""
    general = [one for one in library.shelf.values() if one.jurisdiction == "us" and one.written.effective <= as_of]
    texts = texts_of(sorted(general, key=lambda one: one.id))
    asked = [row for _, row in library.requirements().values() if row.kind != "practice" and row.in_force(as_of)]
    file = open_word(word(name), name)
    found, wanted = passages(file, read_paragraphs(file)), gold(name)
    weighing = Weighing(found, texts)
    for subject in subjects(asked, texts):
        for place, passage in enumerate(found):
            signs = astuple(weighing.signals(place, subject))
            yield signs, named(passage, wanted[subject.requirement.id])


def named(passage: Passage, wanted: Sequence[str]) -> bool:
    """Return whether a reader named this passage: it holds the words that the reader noted."""
    words = f"{passage.lead} {passage.section} {passage.text}"
    return any(one.removeprefix("~ ") in words for one in wanted)


def fitted(data: Sequence[Row]) -> tuple[list[float], float]:
    """Return the weight of each signal, and the start, that make the labels of `data` most likely."""
    size = len(data[0][0])
    middle = [sum(signs[n] for signs, _ in data) / len(data) for n in range(size)]
    width = [math.sqrt(sum((signs[n] - middle[n]) ** 2 for signs, _ in data) / len(data)) or 1.0 for n in range(size)]
    scaled = [
        ([1.0, *((one - middle[n]) / width[n] for n, one in enumerate(signs))], float(label)) for signs, label in data
    ]
    weights = [0.0] * (size + 1)
    for _ in range(_ROUNDS):
        step = _newton(scaled, weights)
        weights = [old - change for old, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-9:
            break
    plain = [one / wide for one, wide in zip(weights[1:], width, strict=True)]
    return plain, weights[0] - sum(one * mid for one, mid in zip(plain, middle, strict=True))


def _newton(scaled: Sequence[tuple[list[float], float]], weights: Sequence[float]) -> list[float]:
    size = len(weights)
    slope = [_RIDGE * one if n else 0.0 for n, one in enumerate(weights)]
    bend = [[_RIDGE if row == column and row else 0.0 for column in range(size)] for row in range(size)]
    for signs, label in scaled:
        chance = 1 / (1 + math.exp(-sum(one * sign for one, sign in zip(weights, signs, strict=True))))
        for row in range(size):
            slope[row] += (chance - label) * signs[row]
            share = chance * (1 - chance) * signs[row]
            for column in range(row + 1):
                bend[row][column] += share * signs[column]
    for row in range(size):
        for column in range(row):
            bend[column][row] = bend[row][column]
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """Return x of ``matrix x = right``, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda line: abs(rows[line][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for line in range(size):
            if line != pivot:
                factor = rows[line][pivot] / rows[pivot][pivot]
                rows[line] = [a - factor * b for a, b in zip(rows[line], rows[pivot], strict=True)]
    return [rows[line][size] / rows[line][line] for line in range(size)]
