"""Say which clauses people moved: the fewest that, taken out, leave the others in the order they were built in."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence

from mou_builder.record import Record
from mou_builder.report.likeness import number_of
from mou_builder.report.paragraphs import Read


def moved(places: Sequence[Sequence[Read]], record: Record, paragraphs: Sequence[Read]) -> list[str]:
    """Return, for each clause of the record, the section it was moved from, or an empty text.

    `places` holds each clause's paragraphs in the file, none for a clause that is gone. A clause is moved if it stands
    before another that it followed, or under the heading of another article; being renumbered is not being moved.
    """
    there = [number for number, reads in enumerate(places) if reads]
    order = sorted(there, key=lambda number: places[number][0].place)
    kept = set(_longest_rising(order))
    articles = _articles(places, record, paragraphs)
    return [
        (record.clauses[number].section or "another place")
        if number in articles or (reads and number not in kept)
        else ""
        for number, reads in enumerate(places)
    ]


def _longest_rising(order: Sequence[int]) -> list[int]:
    """Return a longest part of `order` that rises."""
    ends: list[int] = []
    piles: list[list[int]] = []
    for number in order:
        pile = bisect.bisect_left(ends, number)
        chain = [*(piles[pile - 1] if pile else []), number]
        if pile == len(ends):
            ends.append(number)
            piles.append(chain)
        else:
            ends[pile], piles[pile] = number, chain
    return piles[-1] if piles else []


def _articles(places: Sequence[Sequence[Read]], record: Record, paragraphs: Sequence[Read]) -> set[int]:
    """Return the clauses that stand under a heading of an article that most of its other clauses do not belong to."""
    heads = [read.place for read in paragraphs if not read.in_contents and _heads_article(read)]
    if not heads:
        return set()
    under: dict[int, list[int]] = {}
    for number, reads in enumerate(places):
        if reads and not record.clauses[number].section.startswith("Recital"):
            under.setdefault(bisect.bisect_right(heads, reads[0].place), []).append(number)
    article = [used.slot.partition(".")[0] for used in record.clauses]
    strangers: set[int] = set()
    for head, numbers in under.items():
        counts = Counter(article[number] for number in numbers)
        owner, most = counts.most_common(1)[0]
        # Where two articles stand under one heading because the other was taken out, nothing was moved.
        others = {one for place, some in under.items() if place != head for one in (article[n] for n in some)}
        strangers |= {n for n in numbers if article[n] != owner and most > counts[article[n]] and article[n] in others}
    return strangers


def _heads_article(read: Read) -> bool:
    # Only words that begin so can be a typed number; of thousands of paragraphs few do.
    return read.number.startswith("Article ") or (not read.number and number_of(read).startswith("Article "))
