"""Hold a library against itself, the model and the rubrics: every fault an attorney's edit could bring in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.alternates import alternate_faults, condition_faults, entry_faults
from mou_builder.library.drafting import drafting_faults, term_faults
from mou_builder.library.jurisdiction_checking import jurisdiction_faults, limit_faults
from mou_builder.library.plain import plain_faults
from mou_builder.library.printing import reference_faults, value_faults
from mou_builder.library.questions import Fields, questions
from mou_builder.library.rubrics import Rubric
from mou_builder.library.schedule_checking import schedule_faults
from mou_builder.library.shapes import LOCK, Clause, Library
from mou_builder.library.survey_checking import survey_faults


def check_library(library: Library) -> list[Fault]:
    """Return every fault of sense in the library, by file; an empty list says that it is sound."""
    fields = questions()
    faults = [
        *_outline(library, fields),
        *jurisdiction_faults(library, fields),
        *survey_faults(library),
        *_rubrics(library, fields),
        *_lock(library),
    ]
    faults += [*_past(library), *term_faults(library)]
    for clause in library.shelf.values():
        faults += [
            *_names(clause, library),
            *condition_faults(clause, fields),
            *value_faults(clause, fields, library.when_of(clause)),
            *plain_faults(clause, fields, library.when_of(clause)),
            *reference_faults(clause, library.when_of(clause), library),
            *_nearer(clause, library),
            *drafting_faults(clause),
        ]
    faults += [*alternate_faults(library, fields), *schedule_faults(library, fields)]
    return sorted(faults, key=_by_place)


def _by_place(fault: Fault) -> tuple[str, int, int]:
    name, line, column = (f"{fault.where}:0:0".split(":"))[:3]
    return name, int(line) if line.isdigit() else 0, int(column) if column.isdigit() else 0


def _outline(library: Library, fields: Fields) -> Iterator[Fault]:
    seen: set[str] = set()
    filled = {clause.slot for clause in library.shelf.values()}
    for number, article in enumerate(library.outline.articles):
        for place, slot in enumerate(article.slots):
            where = library.at("outline.yaml", "articles", number, "slots", place, "id")
            name = f"{article.id}.{slot.id}"
            if name in seen:
                yield Fault(where, f"the slot {name} stands twice.", "Remove one.")
            elif name not in filled and not slot.optional:
                what = f"no clause fills the required slot {name}."
                yield Fault(where, what, f"Write us/{name.replace('.', '/')}.yaml.")
            seen.add(name)
            for path, wanted in slot.when.items():
                where = library.at("outline.yaml", "articles", number, "slots", place, "when", path)
                yield from entry_faults(where, path, wanted, fields)
    for number, schedule in enumerate(library.outline.schedules):
        for path, wanted in schedule.when.items():
            where = library.at("outline.yaml", "schedules", number, "when", path)
            yield from entry_faults(where, path, wanted, fields)


def _rubrics(library: Library, fields: Fields) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    met = {id for clause in library.shelf.values() for id in clause.written.satisfies}
    for rubric in library.rubrics:
        file = f"rubrics/{rubric.id}.yaml"
        for number, row in enumerate(rubric.requirements):
            if row.id in seen:
                what = f"the requirement {row.id} stands in {seen[row.id]} too."
                yield Fault(library.at(file, "requirements", number, "id"), what, "Give it an id of its own.")
            seen[row.id] = file
            yield from _row(library, rubric, number, row.kind == "practice" or row.unread or row.id in met)
            for path, wanted in row.applies.items():
                yield from entry_faults(library.at(file, "requirements", number, "applies", path), path, wanted, fields)
        for path, wanted in rubric.applies.items():
            yield from entry_faults(library.at(file, "applies", path), path, wanted, fields)
        if rubric.jurisdiction not in library.jurisdictions:
            what = f"there is no jurisdiction {rubric.jurisdiction!r}."
            yield Fault(
                library.at(file, "jurisdiction"), what, did_you_mean(rubric.jurisdiction, library.jurisdictions)
            )
        for number, value in enumerate(rubric.values):
            yield from limit_faults(library, value, fields, partial(library.at, file, "values", number))


def _row(library: Library, rubric: Rubric, number: int, met: bool) -> Iterator[Fault]:
    row = rubric.requirements[number]

    def at(*path: str | int) -> str:
        return library.at(f"rubrics/{rubric.id}.yaml", "requirements", number, *path)

    for place, key in enumerate(row.sources):
        if key not in rubric.sources:
            what = f"{row.id} names the source {key!r}, which the rubric does not list."
            yield Fault(at("sources", place), what, did_you_mean(key, rubric.sources) or "Add it under sources.")
    if row.step not in {step.number for step in rubric.steps}:
        what = f"{row.id} stands in step {row.step}, which the rubric does not list."
        yield Fault(at("step"), what, "Correct the step.")
    for place, id in enumerate(row.rests_on):
        if id not in library.requirements():
            what = f"{row.id} rests on {id!r}, which no rubric has."
            yield Fault(at("rests_on", place), what, did_you_mean(id, library.requirements()))
    if row.evidence == "recollection" and row.force != "law":
        what = f"{row.id} rests on recollection only."
        yield Fault(at("evidence"), what, "Open a source, or leave the row out.")
    if row.applies and not row.not_applicable:
        what = f"{row.id} applies only to some agreements but does not say why not to others."
        yield Fault(at("applies"), what, "Add not_applicable: the reason to print.")
    if not met and not row.rests_on:
        yield Fault(at("id"), f"no clause satisfies the provision {row.id}.", "Write one, or correct its kind.")


def _lock(library: Library) -> Iterator[Fault]:
    for cite, digest in library.lock.items():
        id, _, version = cite.rpartition("@")
        clause = library.clause(id, int(version)) if version.isdigit() else None
        if clause is None:
            where = f"{LOCK}:{library.lock_lines[cite]}:1"
            yield Fault(where, f"{cite} was published, but its text is gone.", "Restore its file from the past.")
        elif clause.digest != digest:
            yield Fault(
                clause.at("text"),
                f"{cite} was published and its words have been changed since.",
                f"Restore them; to change them, run: mou-builder library revise {id}",
            )


def _past(library: Library) -> Iterator[Fault]:
    for clause in library.past.values():
        newest = library.shelf.get(clause.id)
        if newest is None or newest.version <= clause.version:
            yield Fault(
                clause.at("version"),
                f"{clause.cite} lies in past/, but no newer text is on the shelf.",
                "Move it back, or raise the version on the shelf.",
            )
    for clause in library.shelf.values():
        for version in range(1, clause.version):
            if f"{clause.id}@{version}" not in library.past:
                yield Fault(
                    clause.at("version"),
                    f"version {clause.version} is on the shelf, but version {version} is not in past/.",
                    "Restore it: agreements that were built with it must stay readable.",
                )


def _names(clause: Clause, library: Library) -> Iterator[Fault]:
    known = library.requirements()
    for place, id in enumerate(clause.written.satisfies):
        if id not in known:
            yield Fault(
                clause.at("satisfies", place), f"satisfies names {id!r}, which no rubric has.", did_you_mean(id, known)
            )
    slots = library.outline.slots()
    if clause.slot not in slots:
        yield Fault(clause.at("slot"), f"the outline has no slot {clause.slot!r}.", did_you_mean(clause.slot, slots))
    elif clause.id.partition("/")[2].split(".")[0].replace("/", ".") != clause.slot:
        yield Fault(
            clause.at("slot"),
            f"the file stands for another slot than {clause.slot!r}.",
            "Path and slot must agree: us/roles/discipline.yaml fills roles.discipline.",
        )
    for field in ("requires", "conflicts"):
        for place, slot in enumerate(getattr(clause.written, field)):
            if slot not in slots:
                yield Fault(
                    clause.at(field, place),
                    f"{field} names the slot {slot!r}, which the outline lacks.",
                    did_you_mean(slot, slots),
                )
    if clause.jurisdiction not in library.jurisdictions:
        yield Fault(
            clause.at("id"), f"the folder {clause.jurisdiction!r} is no jurisdiction.", "Add its jurisdiction.yaml."
        )


def _nearer(clause: Clause, library: Library) -> Iterator[Fault]:
    """A state's clause must meet at least what the general clause it replaces meets."""
    parent = library.jurisdictions[clause.jurisdiction].parent if clause.jurisdiction in library.jurisdictions else None
    general = library.shelf.get(f"{parent}/{clause.id.partition('/')[2]}") if parent else None
    if general is None:
        return
    asked = {id for id, (rubric, _) in library.requirements().items() if rubric.jurisdiction in _line(clause, library)}
    lost = (set(general.written.satisfies) - set(clause.written.satisfies)) & asked
    if lost:
        yield Fault(
            clause.at("satisfies"),
            f"it replaces {general.cite} but no longer satisfies {', '.join(sorted(lost))}.",
            "Say it in this clause too.",
        )


def _line(clause: Clause, library: Library) -> Iterator[str]:
    """Yield the clause's jurisdiction and those that stand behind it."""
    following: str | None = clause.jurisdiction
    while following is not None and following in library.jurisdictions:
        yield following
        following = library.jurisdictions[following].parent
