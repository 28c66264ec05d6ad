"""Look through an agreement that we never made for what may bear on each requirement; judge none of them.

Nothing here is a finding that a requirement is met: every passage named is candidate evidence, counsel to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mou_builder import __version__
from mou_builder.errors import Fault, WordFileError
from mou_builder.foreign.matching import candidates
from mou_builder.foreign.passages import passages
from mou_builder.foreign.shapes import STANDING, Candidate, ForeignReport, Offer, Sought
from mou_builder.foreign.subjects import subjects
from mou_builder.foreign.texts import texts_of
from mou_builder.library import Clause, Library, Requirement, Rubric
from mou_builder.model.conditions import meets, when_in_words
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.wordfile import WordFile

__all__ = ["STANDING", "Candidate", "ForeignReport", "Offer", "Sought", "assess"]

MOST_PASSAGES = 5_000
_OUR_BOOKMARK = re.compile(r"mou(?:ref)?_[a-z0-9_]+_[0-9a-f]{6}")
_OUR_CONTROL = re.compile(r"us(?:-[a-z0-9]+)*/[a-z-]+/[a-z.-]+@\d+")


def assess(file: WordFile, library: Library, as_of: date, name: str, state: str = "") -> ForeignReport:
    """Return, for each requirement in force on `as_of`, the passages of a file that may bear on it.

    Clauses and requirements of a state's own are looked up only if `state` (its postal code) says which. Raises
    WordFileError if the file is far longer than any agreement.
    """
    chain = library.chain(state) if state else ("us",)
    rows = [
        (rubric, row) for rubric, row in library.requirements().values() if _stands(rubric, row, as_of, state, chain)
    ]
    reads = read_paragraphs(file)
    parted = passages(file, reads)
    clauses = _clauses(library, as_of, chain)
    texts = texts_of(clauses)
    if len(parted) > MOST_PASSAGES:
        what = f"it has {len(parted):,} paragraphs, list items and table rows."
        raise WordFileError(
            Fault(name, what, f"At most {MOST_PASSAGES:,} are looked through: no agreement is that long.")
        )
    judged = subjects((row for _, row in rows if row.kind != "practice"), texts)
    found = {subject.requirement.id: some for subject, some in candidates(parted, judged, texts)}
    return ForeignReport(
        document=name,
        as_of=as_of,
        tool=__version__,
        state=state,
        requirements=tuple(
            _sought(rubric, row, found.get(row.id, ()), _offers(row, library, clauses, chain)) for rubric, row in rows
        ),
        passages=len(parted),
        tracked=sum(read.tracked for read in reads),
        ours=any(
            any(map(_OUR_BOOKMARK.fullmatch, read.bookmarks)) or any(map(_OUR_CONTROL.fullmatch, read.controls))
            for read in reads
        ),
    )


def _stands(rubric: Rubric, row: Requirement, as_of: date, state: str, chain: Sequence[str]) -> bool:
    """Whether a requirement is in force, and of the whole country or the given state; a grant's terms need its answers."""
    wanted = row.applies.get("document.state")
    ours = wanted is None or (bool(state) and meets(state, wanted))
    return row.in_force(as_of) and ours and rubric.jurisdiction in chain and not rubric.applies


def _clauses(library: Library, as_of: date, chain: Sequence[str]) -> list[Clause]:
    """Return the newest text in force of each clause that serves `chain`, in the agreement's order."""
    order = {slot: place for place, slot in enumerate(library.outline.slots())}
    standing = (library.in_force(id, as_of) for id in library.shelf)
    serving = [clause for clause in standing if clause is not None and clause.jurisdiction in chain]
    return sorted(serving, key=lambda one: (order.get(one.slot, len(order)), one.id))


def _offers(row: Requirement, library: Library, clauses: Sequence[Clause], chain: Sequence[str]) -> tuple[Offer, ...]:
    """Return the texts that meet a requirement; in each place of the agreement, those of the nearest jurisdiction."""
    meeting = [clause for clause in clauses if row.id in clause.written.satisfies]
    nearest: dict[str, int] = {}
    for clause in meeting:
        nearest[clause.slot] = min(chain.index(clause.jurisdiction), nearest.get(clause.slot, len(chain)))
    return tuple(
        Offer(clause.id, clause.version, clause.written.heading, when_in_words(library.when_of(clause)))
        for clause in meeting
        if chain.index(clause.jurisdiction) == nearest[clause.slot]
    )


def _sought(rubric: Rubric, row: Requirement, found: tuple[Candidate, ...], offers: tuple[Offer, ...]) -> Sought:
    return Sought(
        id=row.id,
        rubric=rubric.id,
        step=row.step,
        asks=row.asks,
        kind=row.kind,
        force=row.force,
        level=row.level,
        evidence=row.evidence,
        candidates=found,
        offers=offers,
        judged_by_text=row.kind != "practice",
        may_not_apply=row.not_applicable if row.applies else "",
    )
