"""What a pack, or a later version of one, changes: between two libraries, and for one existing agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from mou_builder.library import Library
from mou_builder.library.jurisdictions import Limit
from mou_builder.library.shapes import Clause
from mou_builder.model import Agreement
from mou_builder.model.conditions import lookup
from mou_builder.model.parts import Undecided
from mou_builder.record import Record, UsedText, record_of
from mou_builder.report import predicted
from mou_builder.report.conformance import ruling_of
from mou_builder.report.plainly import difference, normalized
from mou_builder.report.shapes import Report
from mou_builder.selection import select
from mou_builder.shape import in_words
from mou_builder.wording import Wording

Kind = Literal["text", "conformance", "requirement", "value", "template"]


@dataclass(frozen=True)
class Changed:
    """One thing that differs."""

    kind: Kind
    name: str
    what: str


def between(old: Library, new: Library, ids: frozenset[str]) -> Iterator[Changed]:
    """Yield what differs between two libraries over which two versions of a pack lie, for any agreement.

    `ids` are the folders of the pack, of both versions.
    """
    for id in sorted(old.shelf.keys() | new.shelf.keys()):
        if id.partition("/")[0] in ids:
            yield from _clause(id, old.shelf.get(id), new.shelf.get(id))
    yield from _schedules(old, new, ids)
    yield from _rules(old, new)
    yield from _rows(old, new)
    yield from _values(_limits(old), _limits(new), None)


def reworded(old: Library, new: Library) -> list[str]:
    """Return the texts that have other words under the same citation: what was given out under a version stays as it is."""
    then = {one.cite: one.digest for one in (*old.shelf.values(), *old.past.values())}
    now = {one.cite: one.digest for one in (*new.shelf.values(), *new.past.values())}
    return sorted(cite for cite, digest in now.items() if then.get(cite, digest) != digest)


def _clause(id: str, was: Clause | None, now: Clause | None) -> Iterator[Changed]:
    if was is None and now is not None:
        yield Changed("text", now.cite, f"new text, {now.written.heading}, in the place {now.slot}")
    elif now is None and was is not None:
        yield Changed(
            "text", was.cite, f"taken out; the text that stands behind it serves again, in the place {was.slot}"
        )
    elif was is not None and now is not None and was.digest != now.digest:
        shown = (
            difference(_whole(was), _whole(now))
            if _whole(was) != _whole(now)
            else "the words stay; what they are chosen for, or meet, changes"
        )
        yield Changed("text", f"{was.cite} to {now.cite}" if was.cite != now.cite else now.cite, shown)


def _whole(clause: Clause) -> str:
    return normalized(f"{clause.written.heading} {clause.written.text}")


def _schedules(old: Library, new: Library, ids: frozenset[str]) -> Iterator[Changed]:
    for id in sorted(old.schedules.keys() | new.schedules.keys()):
        was, now = old.schedules.get(id), new.schedules.get(id)
        if id.partition("/")[0] in ids and (was and was.written) != (now and now.written):
            yield Changed(
                "text", id, "new schedule" if was is None else "taken out" if now is None else "changed schedule"
            )


def _rules(old: Library, new: Library) -> Iterator[Changed]:
    was = {name: rule for pack in old.packs for name, rule in pack.rules.items()}
    now = {name: rule for pack in new.packs for name, rule in pack.rules.items()}
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            yield Changed("conformance", name, f"{was.get(name, 'no rule')} before, {now.get(name, 'no rule')} now")


def _rows(old: Library, new: Library) -> Iterator[Changed]:
    was, now = old.requirements(), new.requirements()
    for id in sorted(was.keys() | now.keys()):
        if id not in was:
            yield Changed("requirement", id, f"newly asked: {now[id][1].asks}")
        elif id not in now:
            yield Changed("requirement", id, f"no longer asked: {was[id][1].asks}")
        elif was[id][1] != now[id][1]:
            asks = now[id][1].asks
            yield Changed(
                "requirement", id, f"changed: {difference(was[id][1].asks, asks) if was[id][1].asks != asks else asks}"
            )


def _limits(library: Library) -> dict[str, Limit]:
    limits = [value for one in library.jurisdictions.values() for value in one.values]
    return {
        f"{one.requirement} {one.id}": one
        for one in (*limits, *(v for rubric in library.rubrics for v in rubric.values))
    }


def _values(was: Mapping[str, Limit], now: Mapping[str, Limit], agreement: Agreement | None) -> Iterator[Changed]:
    for key in sorted(was.keys() | now.keys()):
        old, new = was.get(key), now.get(key)
        if old == new:
            continue
        one = new or old
        said = (
            f"{_limit(old) if old else 'no limit'} before, {_limit(new) if new else 'no limit'} now ({one.requirement})"  # type: ignore[union-attr]
        )
        has = f"; this agreement says {_answer(lookup(agreement, one.answer))}" if agreement and one else ""
        yield Changed("value", one.title if one else key, f"{said}{has}")


def _limit(limit: Limit) -> str:
    value = limit.value
    if isinstance(value, int):
        unit = f" {limit.unit}{'' if value == 1 else 's'}" if limit.unit else ""
        return f"{limit.limit.replace('-', ' ')} {value}{unit}"
    return value if isinstance(value, str) else f"one of: {', '.join(value)}"


def _answer(found: Any) -> str:
    if isinstance(found, Undecided):
        return "undecided"
    return "nothing" if found is None or found == () else in_words(found)


@dataclass(frozen=True)
class Existing:
    """An agreement as it was made: its answers, its texts and the requirements it was asked."""

    agreement: Agreement
    record: Record
    library: Library
    """The library with the packs that it was made with."""


def for_agreement(one: Existing, new: Library, on: date, tool: str) -> Iterator[Changed]:
    """Yield what the library `new` would change in an agreement that is built again on a day with the same answers."""
    then = _foreseen(one.agreement, one.library, one.record.as_of, tool)[1]
    record, report = _foreseen(one.agreement, new, on, tool)
    yield from _texts(one.record, record)
    yield from _newly_ruled(one, record, new)
    yield from _asked(one.record, then, report)
    yield from _values(_in_force(one.library, one.record.as_of, then), _in_force(new, on, report), one.agreement)


def _foreseen(agreement: Agreement, library: Library, on: date, tool: str) -> tuple[Record, Report]:
    selection = select(agreement, library, on)
    record = record_of(agreement, selection, Wording(agreement, library.states), tool=tool, final=False)
    return record, predicted("the agreement", agreement, record, library)


def _texts(was: Record, now: Record) -> Iterator[Changed]:
    old, new = ({one.slot: one for one in record.clauses} for record in (was, now))
    for slot in dict.fromkeys([*old, *new]):
        before, after = old.get(slot), new.get(slot)
        if after is None and before is not None:
            yield Changed("text", f"{before.section} {before.heading}", f"{before.cite} would no longer stand")
        elif before is None and after is not None:
            yield Changed("text", f"{after.section} {after.heading}", f"a new section, {after.cite}")
        elif before and after and (before.cite != after.cite or _said(before) != _said(after)):
            cites = before.cite if before.cite == after.cite else f"{before.cite} to {after.cite}"
            shown = difference(_said(before), _said(after)) if _said(before) != _said(after) else "the same words"
            yield Changed("text", f"{before.section} {after.heading}", f"{cites}: {shown}")


def _said(used: UsedText) -> str:
    """Return a text in one line; references by the place they lead to, whose number may change."""
    lines = ("".join(part if isinstance(part, str) else f"[{part.to}]" for part in line) for line in used.words)
    return normalized(" ".join((used.heading, *lines)))


def _newly_ruled(one: Existing, now: Record, new: Library) -> Iterator[Changed]:
    for used in now.clauses:
        before, after = (ruling_of(library, used.slot, used.id) for library in (one.library, new))
        was, rule = (ruling.rule if ruling else "adaptable" for ruling in (before, after))
        if was != rule:
            kept = (
                " The parties keep words of their own here, which would be a breach."
                if used.kept and rule != "adaptable"
                else ""
            )
            yield Changed("conformance", f"{used.section} {used.heading}", f"{was} before, {rule} now.{kept}")


def _asked(record: Record, then: Report, now: Report) -> Iterator[Changed]:
    recorded = {id for ids in record.asked.values() for id in ids}
    before = recorded or {row.id for row in then.requirements}
    for row in now.requirements:
        if row.id not in before:
            yield Changed("requirement", row.id, f"newly asked ({row.force}): {row.asks} It would be {row.status}.")
    after = {row.id for row in now.requirements}
    asks = {row.id: row.asks for row in then.requirements}
    for id in sorted(before - after):
        yield Changed("requirement", id, f"no longer asked: {asks[id]}" if id in asks else "no longer asked")


def _in_force(library: Library, on: date, report: Report) -> dict[str, Limit]:
    asked = {row.id for row in report.requirements}
    return {key: one for key, one in _limits(library).items() if one.in_force(on) and one.requirement in asked}
