"""Hold a library against itself, the model and the rubrics: every fault an attorney's edit could bring in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, get_args, get_origin

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.drafting import drafting_faults, term_faults
from mou_builder.library.markup import Value
from mou_builder.library.shapes import Clause, Library
from mou_builder.model import Agreement
from mou_builder.model.conditions import meets
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import extra, labels, model_paths

_COMPUTED: dict[str, Any] = {"jurisdiction.name": str, "program.officer_count": int,
                             "program.full_time_equivalents": Decimal}
_FITS = {"date": (date, "month-day"), "money": (Decimal,), "words": (int, Decimal), "plural": (int, Decimal), "list": (tuple,)}


def check_library(library: Library) -> list[Fault]:
    """Return every fault of sense in the library, by file; an empty list says that it is sound."""
    faults = [*_outline(library), *_rubrics(library), *_lock(library), *_past(library), *term_faults(library)]
    fields = dict(model_paths(Agreement))
    for clause in library.shelf.values():
        faults += [*_names(clause, library), *_condition(clause, fields), *_values(clause, fields),
                   *_references(clause, library), *_nearer(clause, library), *drafting_faults(clause)]
    faults += _alternates(library, fields)
    return sorted(faults, key=lambda fault: fault.where)


def at(clause: Clause, *path: str | int) -> str:
    """Return ``file:line:column`` of a field of the clause."""
    return str(clause.marked.place(tuple(path)))


def _outline(library: Library) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in [f"{a.id}.{s.id}" for a in library.outline.articles for s in a.slots]:
        if name in seen:
            yield Fault("outline.yaml", f"the slot {name} stands twice.", "Remove one.")
        seen.add(name)
    filled = {clause.slot for clause in library.shelf.values()}
    for name, slot in library.outline.slots().items():
        if name not in filled and not slot.optional:
            yield Fault("outline.yaml", f"no clause fills the required slot {name}.", f"Write us/{name.replace('.', '/')}.yaml.")
    for one in library.jurisdictions.values():
        if one.parent and one.parent not in library.jurisdictions:
            yield Fault(f"{one.id}/jurisdiction.yaml", f"its parent {one.parent!r} is no folder of the library.", "Name us.")


def _rubrics(library: Library) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    met = {id for clause in library.shelf.values() for id in clause.written.satisfies}
    for rubric in library.rubrics:
        file = f"rubrics/{rubric.id}.yaml"
        steps = {step.number for step in rubric.steps}
        for row in rubric.requirements:
            if row.id in seen:
                yield Fault(file, f"the requirement {row.id} stands in {seen[row.id]} too.", "Give it an id of its own.")
            seen[row.id] = file
            for key in row.sources:
                if key not in rubric.sources:
                    yield Fault(file, f"{row.id} names the source {key!r}, which the rubric does not list.",
                                did_you_mean(key, rubric.sources) or "Add it under sources.")
            if row.step not in steps:
                yield Fault(file, f"{row.id} stands in step {row.step}, which the rubric does not list.", "Correct the step.")
            if row.evidence == "recollection":
                yield Fault(file, f"{row.id} rests on recollection only.", "Open a source, or leave the row out.")
            if row.applies and not row.not_applicable:
                yield Fault(file, f"{row.id} applies only to some agreements but does not say why not to others.",
                            "Add not_applicable: the reason to print.")
            if row.kind != "practice" and row.id not in met:
                yield Fault(file, f"no clause satisfies the provision {row.id}.", "Write one, or correct its kind.")


def _lock(library: Library) -> Iterator[Fault]:
    for cite, digest in library.lock.items():
        id, _, version = cite.rpartition("@")
        clause = library.clause(id, int(version)) if version.isdigit() else None
        if clause is None:
            yield Fault("published.lock", f"{cite} was published, but its text is gone.", "Restore its file from the past.")
        elif clause.digest != digest:
            yield Fault(at(clause, "text"), f"{cite} was published and its words have been changed since.",
                        f"Restore them; to change them, run: mou-builder library revise {id}")


def _past(library: Library) -> Iterator[Fault]:
    for clause in library.past.values():
        newest = library.shelf.get(clause.id)
        if newest is None or newest.version <= clause.version:
            yield Fault(at(clause, "version"), f"{clause.cite} lies in past/, but no newer text is on the shelf.",
                        "Move it back, or raise the version on the shelf.")
    for clause in library.shelf.values():
        for version in range(1, clause.version):
            if f"{clause.id}@{version}" not in library.past:
                yield Fault(at(clause, "version"), f"version {clause.version} is on the shelf, but version {version} is not in past/.",
                            "Restore it: agreements that were built with it must stay readable.")


def _names(clause: Clause, library: Library) -> Iterator[Fault]:
    known = library.requirements()
    for place, id in enumerate(clause.written.satisfies):
        if id not in known:
            yield Fault(at(clause, "satisfies", place), f"satisfies names {id!r}, which no rubric has.", did_you_mean(id, known))
    slots = library.outline.slots()
    if clause.slot not in slots:
        yield Fault(at(clause, "slot"), f"the outline has no slot {clause.slot!r}.", did_you_mean(clause.slot, slots))
    elif clause.id.partition("/")[2].split(".")[0].replace("/", ".") != clause.slot:
        yield Fault(at(clause, "slot"), f"the file stands for another slot than {clause.slot!r}.",
                    "Path and slot must agree: us/roles/discipline.yaml fills roles.discipline.")
    for field in ("requires", "conflicts"):
        for place, slot in enumerate(getattr(clause.written, field)):
            if slot not in slots:
                yield Fault(at(clause, field, place), f"{field} names the slot {slot!r}, which the outline lacks.",
                            did_you_mean(slot, slots))
    if clause.jurisdiction not in library.jurisdictions:
        yield Fault(at(clause, "id"), f"the folder {clause.jurisdiction!r} is no jurisdiction.", "Add its jurisdiction.yaml.")


def _condition(clause: Clause, fields: dict[str, Any]) -> Iterator[Fault]:
    for path, wanted in clause.written.when.items():
        where = at(clause, "when", path)
        if path not in fields and path not in _COMPUTED:
            yield Fault(where, f"when names {path!r}, which no answer is called.", did_you_mean(path, fields))
            continue
        choices = _choices(path, fields)
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if isinstance(value, dict):
                if not value.keys() <= {"min", "max", "present"} or not value:
                    yield Fault(where, f"a condition cannot be {value!r}.", "Write a value, a list, {min, max} or {present: true}.")
            elif choices and value not in choices:
                yield Fault(where, f"{path} is never {value!r}.", did_you_mean(str(value), map(str, choices))
                            or f"Choices: {', '.join(map(str, choices))}.")


def _values(clause: Clause, fields: dict[str, Any]) -> Iterator[Fault]:
    for block in clause.blocks:
        for piece in block.pieces:
            if isinstance(piece, Value):
                yield from _value(clause, piece, piece == block.repeats, fields)


def _value(clause: Clause, value: Value, repeats: bool, fields: dict[str, Any]) -> Iterator[Fault]:
    where = _found_at(clause, value.path)
    if value.path not in fields and value.path not in _COMPUTED:
        yield Fault(where, f"the text names {value.path!r}, which no answer is called.",
                    did_you_mean(value.path, [*fields, *_COMPUTED]))
        return
    if any(_is_list(fields[parent].annotation) for parent in _parents(value.path) if parent in fields):
        yield Fault(where, f"{value.path} lies inside a list, so it has no single value.", "Print the list itself with | list.")
    kinds = _kinds(value.path, fields)
    allowed = _FITS.get(value.filter)
    if allowed and not any(kind in kinds for kind in allowed):
        yield Fault(where, f"the filter {value.filter!r} does not fit {value.path}.", "Choose the filter for its kind of answer.")
    if not value.filter and (tuple in kinds and not repeats or date in kinds or bool in kinds or "month-day" in kinds):
        yield Fault(where, f"{value.path} cannot be printed without a filter.", "Use | list or | date, or a condition for true and false.")
    yield from _guaranteed(clause, value, fields, where)


def _guaranteed(clause: Clause, value: Value, fields: dict[str, Any], where: str) -> Iterator[Fault]:
    """A value that some agreements lack may be printed only where the clause's condition says that it is there."""
    when = clause.written.when
    for path in [*_parents(value.path), value.path]:
        field = fields.get(path)
        if field is None:
            continue
        if type(None) in get_args(field.annotation) and when.get(path) != {"present": True}:
            yield Fault(where, f"{path} may be absent.", f"Add to when: {path}: {{present: true}}")
        for asked, wanted in extra(field).get("when", {}).items():
            if not _implies(when.get(asked), wanted):
                yield Fault(where, f"{path} is asked only where {asked} is {wanted}.", f"Add to when: {asked}: {wanted}")


def _implies(given: Any, wanted: Any) -> bool:
    allowed = wanted if isinstance(wanted, list) else [wanted]
    return given is not None and all(one in allowed for one in (given if isinstance(given, list) else [given]))


def _references(clause: Clause, library: Library) -> Iterator[Fault]:
    slots = library.outline.slots()
    schedules = {f"schedules.{one.id}": one for one in library.outline.schedules}
    recitals = {article.id for article in library.outline.articles if article.style == "recital"}
    for slot in dict.fromkeys(clause.references):
        where = _found_at(clause, f"[[{slot}]]")
        if slot in schedules:
            if not all(_implies(clause.written.when.get(path), wanted) or clause.written.when.get(path) == wanted
                       for path, wanted in schedules[slot].when.items()):
                yield Fault(where, f"[[{slot}]] is not attached to every agreement that has this clause.",
                            f"Add to when: {schedules[slot].when}")
        elif slot not in slots:
            yield Fault(where, f"[[{slot}]] is no slot of the outline.", did_you_mean(slot, [*slots, *schedules]))
        elif slot.partition(".")[0] in recitals:
            yield Fault(where, f"[[{slot}]] is a recital, which has no section number.", "Refer to a section.")
        elif slots[slot].optional and not _always_with(clause, slot, library):
            yield Fault(where, f"[[{slot}]] is optional and may be missing where this clause stands.",
                        "Refer to a required slot, or give both the same `when`.")


def _always_with(clause: Clause, slot: str, library: Library) -> bool:
    targets = [one for one in library.shelf.values() if one.slot == slot]
    return slot in clause.written.requires or any(
        all(_implies(clause.written.when.get(path), wanted) for path, wanted in one.written.when.items()) for one in targets)


def _nearer(clause: Clause, library: Library) -> Iterator[Fault]:
    """A state's clause must meet at least what the general clause it replaces meets."""
    parent = library.jurisdictions[clause.jurisdiction].parent if clause.jurisdiction in library.jurisdictions else None
    general = library.shelf.get(f"{parent}/{clause.id.partition('/')[2]}") if parent else None
    lost = set(general.written.satisfies) - set(clause.written.satisfies) if general else set()
    if lost:
        yield Fault(at(clause, "satisfies"), f"it replaces {general.cite if general else ''} but no longer satisfies {', '.join(sorted(lost))}.",
                    "Say it in this clause too.")


def _alternates(library: Library, fields: dict[str, Any]) -> Iterator[Fault]:
    """For every combination of the answers a slot depends on, exactly one clause of a jurisdiction may hold."""
    groups: dict[tuple[str, str], list[Clause]] = {}
    for clause in library.shelf.values():
        groups.setdefault((clause.slot, clause.jurisdiction), []).append(clause)
    for (slot, jurisdiction), clauses in sorted(groups.items()):
        paths = sorted({path for clause in clauses for path in clause.written.when if path in fields})
        domains = [_domain(path, [c.written.when[path] for c in clauses if path in c.written.when], fields) for path in paths]
        optional = slot not in library.outline.slots() or library.outline.slots()[slot].optional
        for answers in product(*domains):
            given = dict(zip(paths, answers, strict=True))
            fitting = [one for one in clauses if all(meets(given.get(p), w) for p, w in one.written.when.items() if p in given)]
            shown = ", ".join(f"{path}: {_shown(value)}" for path, value in given.items()) or "every answer"
            if len(fitting) > 1:
                yield Fault(at(fitting[1], "when"), f"{fitting[0].file} and {fitting[1].file} both fit ({shown}).",
                            "Give one of them a narrower `when`.")
                break
            if not fitting and not optional and jurisdiction == "us":
                yield Fault(at(clauses[0], "when"), f"no clause fills {slot} for {shown}.", "Write the missing alternate.")
                break


def _domain(path: str, wanted: list[Any], fields: dict[str, Any]) -> list[Any]:
    """Return answers that stand for all answers the conditions on `path` can tell apart."""
    kinds = _kinds(path, fields)
    choices = _choices(path, fields)
    if any(isinstance(one, dict) for one in wanted):
        edges = {edge + step for one in wanted if isinstance(one, dict) for key, edge in one.items() if key != "present"
                 for step in (-1, 0, 1)}
        if tuple in kinds:
            return [("x",) * size for size in sorted({0, 1, *edges}) if size >= 0]
        return sorted(edges) if edges else [None, "x"]
    if tuple in kinds:
        return [(), *((one,) for one in choices)]
    return list(choices) or [value for one in wanted for value in (one if isinstance(one, list) else [one])]


def _shown(value: Any) -> str:
    return f"{len(value)} given" if isinstance(value, tuple) else "not given" if value is None else str(value)


def _choices(path: str, fields: dict[str, Any]) -> list[Any]:
    if path in fields and bool in _kinds(path, fields):
        return [True, False]
    return list(labels(fields[path])) if path in fields else []


def _kinds(path: str, fields: dict[str, Any]) -> set[Any]:
    if path in _COMPUTED:
        return {_COMPUTED[path]}
    kinds = set(_types(fields[path].annotation))
    return kinds | ({"month-day"} if "month-day" in str(fields[path].annotation) else set())


def _types(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is tuple:
        yield tuple
    elif isinstance(annotation, type):
        if annotation is not Undecided:
            yield Part if issubclass(annotation, Part) else annotation
    else:
        for argument in get_args(annotation):
            yield from _types(argument)


def _is_list(annotation: Any) -> bool:
    return tuple in set(_types(annotation))


def _parents(path: str) -> list[str]:
    steps = path.split(".")
    return [".".join(steps[:place]) for place in range(1, len(steps))]


def _found_at(clause: Clause, needle: str) -> str:
    """Return where in the clause's file its text holds `needle`."""
    first = clause.marked.literal_lines.get(("text",))
    for number, line in enumerate(clause.written.text.split("\n")):
        if needle in line and first is not None:
            # Two spaces: the indentation that the files of the library use.
            return f"{clause.file}:{first + number}:{line.index(needle) + 3}"
    return at(clause, "text")


