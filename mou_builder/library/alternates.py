"""Conditions and alternates: for every combination of answers, exactly one text for each slot."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.questions import COMPUTED, Fields, choices, is_list, kinds, parents
from mou_builder.library.shapes import Clause, Library
from mou_builder.model.conditions import meets
from mou_builder.shape import in_words


def condition_faults(clause: Clause, fields: Fields) -> Iterator[Fault]:
    """Yield conditions on answers that do not exist or can never be given."""
    for path, wanted in clause.written.when.items():
        yield from entry_faults(clause.at("when", path), path, wanted, fields)


def entry_faults(where: str, path: str, wanted: Any, fields: Fields) -> Iterator[Fault]:
    """Yield what is wrong with one entry of a condition, wherever in the library it stands."""
    if path not in fields and path not in COMPUTED:
        yield Fault(where, f"when names {path!r}, which no answer is called.", did_you_mean(path, fields))
        return
    if any(is_list(fields[parent].annotation) for parent in parents(path) if parent in fields):
        yield Fault(where, f"{path} lies inside a list, so it has no single value.", "Ask about the list itself.")
        return
    allowed = choices(path, fields)
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if isinstance(value, dict):
            yield from _limits(where, path, value, kinds(path, fields))
        elif allowed and value not in allowed:
            near = did_you_mean(str(value), [str(one) for one in allowed])
            yield Fault(where, f"{path} is never {value!r}.", near or f"Choices: {', '.join(map(in_words, allowed))}.")


def _limits(where: str, path: str, limits: dict[str, Any], found: set[Any]) -> Iterator[Fault]:
    if not limits or not limits.keys() <= {"min", "max", "present"}:
        what = f"a condition cannot be {limits!r}."
        yield Fault(where, what, "Write a value, a list, {min: n, max: n} or {present: true}.")
        return
    for key, limit in limits.items():
        if key == "present" and not isinstance(limit, bool):
            yield Fault(where, f"{path}: present is {in_words(limit)!r}.", "Write true or false.")
        elif key != "present" and (isinstance(limit, bool) or not isinstance(limit, (int, Decimal))):
            yield Fault(where, f"{path}: {key} is {in_words(limit)!r}.", "Write a number.")
        elif key != "present" and not found & {int, Decimal, tuple}:
            yield Fault(where, f"{path} is no number and no list, so {key} cannot hold.", "Write the value itself.")


def alternate_faults(library: Library, fields: Fields) -> Iterator[Fault]:
    """For every combination of the answers a slot depends on, exactly one clause of a jurisdiction may hold."""
    groups: dict[tuple[str, str], list[Clause]] = {}
    for clause in library.shelf.values():
        groups.setdefault((clause.slot, clause.jurisdiction), []).append(clause)
    for (slot, jurisdiction), clauses in sorted(groups.items()):
        place = library.outline.slots().get(slot)
        optional = place is None or place.optional
        conditions = [*(clause.written.when for clause in clauses), place.when if place else {}]
        paths = sorted({path for when in conditions for path in when if path in fields or path in COMPUTED})
        domains = [_domain(path, [when[path] for when in conditions if path in when], fields) for path in paths]
        for answers in product(*domains):
            given = dict(zip(paths, answers, strict=True))
            if place and not all(meets(given[p], w) for p, w in place.when.items() if p in given):
                continue
            fitting = [
                one for one in clauses if all(meets(given.get(p), w) for p, w in one.written.when.items() if p in given)
            ]
            shown = ", ".join(f"{path}: {_shown(value)}" for path, value in given.items()) or "every answer"
            if len(fitting) > 1:
                yield Fault(
                    fitting[1].at("when"),
                    f"{fitting[0].file} and {fitting[1].file} both fit ({shown}).",
                    "Give one of them a narrower `when`.",
                )
                break
            if not fitting and not optional and jurisdiction == "us":
                yield Fault(
                    clauses[0].at("when"), f"no clause fills {slot} for {shown}.", "Write the missing alternate."
                )
                break


def _domain(path: str, wanted: list[Any], fields: Fields) -> list[Any]:
    """Return answers that stand for all answers the conditions on `path` can tell apart."""
    found = kinds(path, fields)
    allowed = choices(path, fields)
    if any(isinstance(one, dict) for one in wanted):
        edges = {
            edge + step
            for one in wanted
            if isinstance(one, dict)
            for key, edge in one.items()
            if key != "present" and isinstance(edge, int)
            for step in (-1, 0, 1)
        }
        if tuple in found:
            return [("x",) * size for size in sorted({0, 1, *edges}) if size >= 0]
        return sorted(edges) if edges else [None, "x"]
    if tuple in found:
        return [(), *((one,) for one in allowed)]
    return list(allowed) or [value for one in wanted for value in (one if isinstance(one, list) else [one])]


def _shown(value: Any) -> str:
    return f"{len(value)} given" if isinstance(value, tuple) else in_words(value)
