"""What `check` should say of an edited file, what it did say, and where the two disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mou_builder.build import Built
from mou_builder.report import Report
from mou_builder.report.clauses import normalized
from mou_builder.report.shapes import ClauseRow

UNALTERED, ALTERED, MOVED, BOTH, MISSING = "unaltered", "altered", "moved", "altered and moved", "missing"
VERDICTS = (UNALTERED, ALTERED, MOVED, BOTH, MISSING)
CHANGES = ("modal verb", "number", "time limit", "negation", "exception", "party")
"""The kinds of words whose change is named."""


@dataclass(frozen=True)
class Added:
    """Words that the parties put in between the agreement's own sections."""

    text: str
    after: str
    """Heading of the section before it; empty where it does not matter."""
    section: str = ""
    """The number that Word prints before it."""


@dataclass(frozen=True)
class Expected:
    """What should be said of a file; every clause that is not named stands unaltered in its place."""

    clauses: Mapping[str, str] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By clause: the kinds of words whose change must be named; "number or time limit" asks for one of the two."""
    seen: tuple[str, ...] = ()
    """Words that a finding must show, or that must be told as added."""
    either: tuple[tuple[str, str], ...] = ()
    """Pairs of neighbors that changed places: one of the two must be called moved, no matter which."""
    found_by: str = ""
    """How every clause that still stands must be found."""

    def __add__(self, more: Expected) -> Expected:
        return Expected(
            {**self.clauses, **more.clauses},
            self.added + more.added,
            {**self.changed, **more.changed},
            self.seen + more.seen,
            self.either + more.either,
            more.found_by or self.found_by,
        )


@dataclass(frozen=True)
class Disagreement:
    """One thing that was said otherwise than expected."""

    clause: str
    """The clause's id, or what else was judged wrongly."""
    expected: str
    got: str
    difference: str = ""

    def __str__(self) -> str:
        shown = f" ({self.difference[:160]})" if self.difference else ""
        return f"{self.clause}: expected {self.expected}, got {self.got}{shown}"


def verdict(row: ClauseRow) -> str:
    """Return what the report says of one clause."""
    if row.state == "unaltered":
        return MOVED if row.moved_from else UNALTERED
    return BOTH if row.state == "altered" and row.moved_from else row.state


def verdicts(expected: Expected, report: Report) -> list[tuple[ClauseRow, str, str]]:
    """Return each clause with the verdict expected and the one reported."""
    got = {row.id: verdict(row) for row in report.clauses}
    wanted = dict(expected.clauses)
    for pair in expected.either:
        blamed = next((id for id in pair if got[id] == MOVED), pair[0])
        wanted[blamed] = MOVED
    return [(row, wanted.get(row.id, UNALTERED), got[row.id]) for row in report.clauses]


def disagreements(expected: Expected, report: Report, built: Built) -> Iterator[Disagreement]:
    """Yield everything that the report says otherwise than expected."""
    sections = {row.id: row.section for row in built.report.clauses}
    for row, wanted, got in verdicts(expected, report):
        if wanted != got:
            yield Disagreement(row.id, wanted, got, row.difference or "")
        elif row.moved_from and row.moved_from != sections[row.id]:
            yield Disagreement(row.id, f"moved from {sections[row.id]}", f"moved from {row.moved_from}")
        unnamed = [one for one in expected.changed.get(row.id, ()) if not {*one.split(" or ")} & {*row.changed}]
        if unnamed:
            yield Disagreement(row.id, f"changed: {', '.join(unnamed)}", ", ".join(row.changed) or "no kind of word")
        yield from _finding(row, expected)
    told = _joined(one.text for one in report.added)
    yield from _added(expected, report, told)
    said = " ".join([normalized(one.message) for one in report.findings] + [told])
    for words in expected.seen:
        if normalized(words) not in said:
            yield Disagreement("findings", f"something that shows {words!r}", "nothing of it")


def _finding(row: ClauseRow, expected: Expected) -> Iterator[Disagreement]:
    """Yield what is wrong with how a clause was found: never silently by its words."""
    if row.state == "missing":
        if row.found_by or row.confidence is not None:
            yield Disagreement(row.id, "not found by anything", f"{row.found_by!r}, {row.confidence}")
        return
    if expected.found_by and row.found_by != expected.found_by:
        yield Disagreement(row.id, f"found by {expected.found_by}", f"found by {row.found_by or 'nothing'}")
    if (row.found_by == "text") != (row.confidence is not None):
        yield Disagreement(row.id, "a confidence where it was found by its words", f"{row.found_by}, {row.confidence}")
    elif row.confidence is not None and not 0 < row.confidence <= 1:
        yield Disagreement(row.id, "a confidence from 0 to 1", str(row.confidence))


def _added(expected: Expected, report: Report, told: str) -> Iterator[Disagreement]:
    put_in = _joined(one.text for one in expected.added)
    if Counter(put_in.split()) != Counter(told.split()):  # the order of several is the file's
        yield Disagreement("added", repr(put_in), repr(told))
        return
    for one in expected.added:
        begun = (row for row in report.added if normalized(one.text).startswith(normalized(row.text)[:40]))
        where = next(((row.after, row.section) for row in begun), None)
        if one.after and where != (one.after, one.section):
            yield Disagreement("added", f"{one.text[:40]!r} in {one.section!r} after {one.after!r}", str(where))


def _joined(texts: object) -> str:
    return normalized(" ".join(texts))  # type: ignore[call-overload]
