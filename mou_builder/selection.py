"""Choose the clause text for each place in the agreement, and say why it and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mou_builder.errors import Fault, SelectionError
from mou_builder.library import Article, Clause, Library
from mou_builder.library.outline import Schedule, Slot, letter
from mou_builder.model import Agreement
from mou_builder.model.conditions import check
from mou_builder.model.negotiated import Negotiated
from mou_builder.negotiated import kept_text, slots_of


@dataclass(frozen=True)
class Passed:
    """A text that was not chosen, and why."""

    clause: Clause
    because: str


@dataclass(frozen=True)
class Choice:
    """What stands in one slot: a text, a gap that an answer will fill, or nothing."""

    slot: str
    title: str
    article: str
    optional: bool
    clause: Clause | None
    because: tuple[str, ...]
    passed: tuple[Passed, ...] = ()
    open_paths: tuple[str, ...] = ()
    """Undecided answers on which the choice hangs."""
    kept: Negotiated | None = None
    """The parties' own decision on this section, where they keep wording that is not the library's."""
    instead_of: Clause | None = None
    """The library's text in whose place the parties' wording stands, or which they left out."""

    @property
    def printed(self) -> bool:
        """Whether the slot takes up a section: an empty required slot does, as a visible gap."""
        return self.clause is not None or bool(self.open_paths) or not self.optional


@dataclass(frozen=True)
class Selection:
    """Every slot's choice in the agreement's order, with the section numbers that follow from it."""

    as_of: date
    choices: tuple[Choice, ...]
    schedules: tuple[Schedule, ...]
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Section number of each printed slot ("4.1", "Recital A") and letter of each schedule ("Schedule A")."""

    def __getitem__(self, slot: str) -> Clause:
        """Return the clause that fills `slot`; raise KeyError if none does."""
        clause = next((choice.clause for choice in self.choices if choice.slot == slot), None)
        if clause is None:
            raise KeyError(slot)
        return clause

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The chosen texts in the agreement's order."""
        return tuple(choice.clause for choice in self.choices if choice.clause is not None)


def select(agreement: Agreement, library: Library, as_of: date) -> Selection:
    """Return the one text for each slot that fits the answers, the state and the date.

    Raises SelectionError where two texts fit equally well, or where chosen texts exclude each other: then the library
    must be mended, for no answer decides between them.
    """
    chain = library.chain(agreement.document.state)
    by_slot: dict[str, list[Clause]] = {}
    for id in sorted(library.shelf):
        if library.shelf[id].jurisdiction not in chain:
            continue  # another state's text was never to be had
        # A text that takes effect later leaves its place to the newest one already in force.
        clause = library.in_force(id, as_of) or library.shelf[id]
        by_slot.setdefault(clause.slot, []).append(clause)
    choices = tuple(
        _choose(article, slot, by_slot.get(f"{article.id}.{slot.id}", []), agreement, chain, as_of)
        for article in library.outline.articles
        for slot in article.slots
    )
    _refuse_conflicts(choices)
    choices = tuple(_with_kept(choices, agreement, as_of))
    schedules = tuple(one for one in library.outline.schedules if check(agreement, one.when).holds is not False)
    return Selection(as_of, choices, schedules, numbers_of(library, choices, schedules))


def _choose(
    article: Article, slot: Slot, candidates: list[Clause], agreement: Agreement, chain: tuple[str, ...], as_of: date
) -> Choice:
    name = f"{article.id}.{slot.id}"
    outside = check(agreement, slot.when)
    if outside.holds is not True:
        # Without its place, no text needs judging; an open answer keeps the place open.
        left = tuple(Passed(clause, "; ".join(outside.because)) for clause in candidates)
        return Choice(name, slot.title, article.id, True, None, (), left, outside.open_paths)
    passed: list[Passed] = []
    fitting: dict[str, list[tuple[Clause, tuple[str, ...]]]] = {}
    waiting: list[tuple[Clause, tuple[str, ...]]] = []
    for clause in candidates:
        if clause.written.effective > as_of:
            passed.append(Passed(clause, f"it takes effect on {clause.written.effective}, after {as_of}"))
        else:
            holding = check(agreement, clause.written.when)
            if holding.holds:
                fitting.setdefault(clause.jurisdiction, []).append((clause, holding.because))
            elif holding.holds is None:
                waiting.append((clause, holding.open_paths))
                passed.append(Passed(clause, "; ".join(holding.because)))
            else:
                passed.append(Passed(clause, "; ".join(holding.because)))
    nearest = next((one for one in chain if one in fitting), None)
    # A nearer text that hangs on an open answer may yet take the place of the one that fits.
    nearer = chain[: chain.index(nearest)] if nearest else chain
    open_now = [some for clause, some in waiting if clause.jurisdiction in nearer]
    if nearest is None or open_now:
        paths = tuple(dict.fromkeys(path for some in open_now for path in some))
        return Choice(name, slot.title, article.id, slot.optional, None, (), tuple(passed), paths)
    if len(fitting[nearest]) > 1:
        first, second = fitting[nearest][0][0], fitting[nearest][1][0]
        raise SelectionError(
            Fault(
                name, f"{first.file} and {second.file} both fit these answers.", "Give one of them a narrower `when`."
            )
        )
    clause, because = fitting[nearest][0]
    for further in chain[chain.index(nearest) + 1 :]:
        passed += [Passed(other, f"{clause.cite} of {nearest} is nearer") for other, _ in fitting.get(further, [])]
    return Choice(name, slot.title, article.id, slot.optional, clause, because, tuple(passed))


def _with_kept(choices: tuple[Choice, ...], agreement: Agreement, as_of: date) -> Iterator[Choice]:
    """Yield the choices with the wording that the parties keep, and the sections that they added."""
    entries = slots_of(agreement.negotiated)
    own = {slot: one for slot, one in entries if one.kind != "added"}
    for choice in choices:
        yield _kept(choice, own[choice.slot], as_of) if choice.slot in own else choice
        for slot, one in entries:
            if one.kind == "added" and one.section == choice.slot:
                clause = kept_text(one, None, slot, as_of)
                yield Choice(slot, clause.written.heading, choice.article, True, clause, (_why(one),), kept=one)


def _kept(choice: Choice, one: Negotiated, as_of: date) -> Choice:
    if one.kind == "left-out" and (one.use == "kept" or choice.clause is None):
        return replace(
            choice, optional=True, clause=None, because=(_why(one),), open_paths=(), kept=one, instead_of=choice.clause
        )
    clause = kept_text(one, choice.clause, choice.slot, as_of)
    return replace(choice, clause=clause, because=(_why(one),), open_paths=(), kept=one, instead_of=choice.clause)


def _why(one: Negotiated) -> str:
    return f"the parties keep it: {one.why}" if one.kind != "left-out" else f"the parties left it out: {one.why}"


def _refuse_conflicts(choices: tuple[Choice, ...]) -> None:
    filled = {choice.slot: choice.clause for choice in choices if choice.clause}
    may_come = {choice.slot for choice in choices if choice.open_paths}
    for slot, clause in filled.items():
        for other in clause.written.conflicts:
            if other in filled:
                raise SelectionError(
                    Fault(
                        slot,
                        f"{clause.cite} excludes slot {other}, which {filled[other].cite} fills.",
                        "Change the answer that brings one of them in; `mou-builder explain` shows which.",
                    )
                )
        for needed in clause.written.requires:
            if needed not in filled and needed not in may_come:
                raise SelectionError(
                    Fault(
                        slot,
                        f"{clause.cite} needs slot {needed}, which nothing fills.",
                        "Change the answer that leaves it empty; `mou-builder explain` shows which.",
                    )
                )


def numbers_of(library: Library, choices: tuple[Choice, ...], schedules: tuple[Schedule, ...]) -> dict[str, str]:
    """Return the section number of each printed slot, and the letter of each schedule."""
    numbers: dict[str, str] = {}
    article_number = 0
    for article in library.outline.articles:
        printed = [choice for choice in choices if choice.article == article.id and choice.printed]
        if article.style == "recital":
            numbers |= dict(_recital_letters(printed))
        elif printed:
            article_number += 1
            numbers |= {choice.slot: f"{article_number}.{place}" for place, choice in enumerate(printed, start=1)}
    numbers |= {f"schedules.{one.id}": f"Schedule {letter(place)}" for place, one in enumerate(schedules, start=1)}
    return numbers


def _recital_letters(printed: list[Choice]) -> Iterator[tuple[str, str]]:
    """Each paragraph of a recital takes a letter; a clause is cited by its first."""
    place = 1
    for choice in printed:
        yield choice.slot, f"Recital {letter(place)}"
        place += sum(block.kind == "paragraph" for block in choice.clause.blocks) if choice.clause else 1
