"""Lay federal guidance, a state's law, a grant's terms and local policy over one another: what is asked, which value governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mou_builder.library import Library, Requirement, Rubric
from mou_builder.library.jurisdictions import Limit
from mou_builder.model import Agreement
from mou_builder.model.conditions import check
from mou_builder.model.parts import Undecided
from mou_builder.model.walk import Answer, labels, walk
from mou_builder.report.shapes import Finding, LayerRow, LimitRow
from mou_builder.shape import in_words

_RANK = {"law": 0, "grant": 1, "local": 2, "guidance": 3}
"""Where two layers set the same value, the one that binds more is named first."""
_BASIS = {"law": "required by", "grant": "a term of", "local": "set by local policy,", "guidance": "advised by"}


def serving(agreement: Agreement, library: Library) -> tuple[Rubric, ...]:
    """Return the rubrics that an agreement is asked: those of its state and of the whole country whose condition holds.

    A rubric whose condition hangs on an undecided answer is asked too: nobody should learn of it only at the end.
    """
    chain = library.chain(agreement.document.state)
    return tuple(
        rubric
        for rubric in library.rubrics
        if rubric.jurisdiction in chain and check(agreement, rubric.applies).holds is not False
    )


def asked_of(agreement: Agreement, library: Library, as_of: date) -> tuple[Requirement, ...]:
    """Return the requirements in force on a day that this agreement is asked and that apply to it."""
    return tuple(
        row
        for rubric in serving(agreement, library)
        for row in rubric.requirements
        if row.in_force(as_of) and check(agreement, row.applies).holds is not False
    )


@dataclass(frozen=True)
class _Layer:
    """One value that a law, a grant or a policy sets for an answer."""

    limit: Limit
    requirement: Requirement
    rubric: Rubric

    @property
    def unread(self) -> bool:
        """Whether a value that would bind was not read in its text."""
        return self.requirement.unread or (self.requirement.force == "grant" and self.requirement.evidence != "text")

    @property
    def binds(self) -> bool:
        """Whether it is more than advice."""
        return self.requirement.force != "guidance"

    @property
    def cite(self) -> str:
        return self.requirement.cite or self.rubric.short_title

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """Strictest first; what nobody has read in its text stands last, for it governs nothing."""
        value = self.limit.value if isinstance(self.limit.value, int) else 0
        strictness = -value if self.limit.limit == "at-least" else value
        return self.unread, strictness, _RANK[self.requirement.force], self.requirement.id


def limit_rows(agreement: Agreement, library: Library, as_of: date) -> tuple[LimitRow, ...]:
    """Return, for each answer that a layer limits, which value governs and why, and what the agreement says."""
    return tuple(_row(answer, some) for answer, some in _limited(agreement, library, as_of))


def limit_findings(agreement: Agreement, library: Library, as_of: date) -> Iterator[Finding]:
    """Yield each answer that a layer rules out; of several layers the one that governs speaks."""
    for answer, some in _limited(agreement, library, as_of):
        row, first = _row(answer, some), some[0]
        said = f"{row.title}: the agreement says {row.says}"
        if first.unread and row.kept == "verify" and not _within(answer.value, first.limit):
            what = f"{said}; {first.cite} is said to ask for {first.limit.in_words}. Nobody has read it there."
            yield Finding("W-LIMIT-VERIFY", "warning", f"{what} Counsel must verify it.", row.answer)
        elif row.kept == "no":
            what = f"{said}, but {first.limit.in_words} is {_BASIS[first.requirement.force]} {first.cite}"
            yield Finding(
                "E-LIMIT" if first.binds else "W-LIMIT",
                "error" if first.binds else "warning",
                f"{what} ({first.requirement.id}). Change the answer.",
                row.answer,
            )


def broken(agreement: Agreement, library: Library, as_of: date) -> dict[str, str]:
    """Return, by requirement, in words how an answer breaks a value that it sets and that was read in its text."""
    found: dict[str, str] = {}
    for answer, some in _limited(agreement, library, as_of):
        for one in some:
            decided = not isinstance(answer.value, Undecided)
            if decided and not one.unread and one.binds and not _within(answer.value, one.limit):
                said = f"{one.limit.title}: the agreement says {_said(answer, one.limit)}, not {one.limit.in_words}."
                found[one.requirement.id] = said
    return found


def _limited(agreement: Agreement, library: Library, as_of: date) -> Iterator[tuple[Answer, list[_Layer]]]:
    """Yield each limited answer that applies to this agreement, with the layers in force, the one that governs first."""
    asked = {row.id: (rubric, row) for rubric in serving(agreement, library) for row in rubric.requirements}
    found: dict[tuple[str, str], list[_Layer]] = {}
    for limit in _limits(agreement, library):
        rubric, row = asked.get(limit.requirement, (None, None))
        if rubric is None or row is None or not (limit.in_force(as_of) and row.in_force(as_of)):
            continue
        if check(agreement, {**row.applies, **limit.when}).holds is not False:
            found.setdefault((limit.answer, limit.limit), []).append(_Layer(limit, row, rubric))
    if found:
        answers = {answer.path: answer for answer in walk(agreement)}
        for (path, _), some in sorted(found.items()):
            if path in answers and answers[path].asked:
                yield answers[path], sorted(some, key=lambda layer: layer.order)


def _limits(agreement: Agreement, library: Library) -> Iterator[Limit]:
    for id in library.chain(agreement.document.state):
        yield from library.jurisdictions[id].values
    for rubric in library.rubrics:
        yield from rubric.values


def _row(answer: Answer, some: Sequence[_Layer]) -> LimitRow:
    first = some[0]
    open_yet = isinstance(answer.value, Undecided)
    kept = "yes" if not open_yet and _within(answer.value, first.limit) else "open" if open_yet else "no"
    return LimitRow(
        answer=answer.path,
        title=first.limit.title,
        says=_said(answer, first.limit),
        governs="" if first.unread else first.requirement.id,
        why=_why(some),
        kept="verify" if first.unread else kept,
        layers=tuple(
            LayerRow(
                one.requirement.id,
                one.rubric.id,
                one.requirement.force,
                one.cite,
                one.limit.in_words,
                one.requirement.evidence,
                one.unread,
                one.requirement.seen,
            )
            for one in some
        ),
    )


def _why(some: Sequence[_Layer]) -> str:
    read = [one for one in some if not one.unread]
    if not read:
        return "nobody has read it in its text; counsel must verify it"
    if len(read) == 1:
        return "the only value found" if len(some) == 1 else "the only value that was read in its text"
    return "the sources agree" if len({str(one.limit.value) for one in read}) == 1 else "the strictest of the values"


def _said(answer: Answer, limit: Limit) -> str:
    value = answer.value
    if isinstance(value, Undecided):
        return "nothing yet"
    if value is None or value == ():
        return "nothing"
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return limit.counted(value)
    return labels(answer.field).get(str(value), in_words(value))


def _within(value: object, limit: Limit) -> bool:
    """Return whether an answer keeps within a limit; one that was left out does not."""
    if isinstance(limit.value, int):
        if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
            return False
        return value <= limit.value if limit.limit == "at-most" else value >= limit.value
    return value in ((limit.value,) if isinstance(limit.value, str) else limit.value)
