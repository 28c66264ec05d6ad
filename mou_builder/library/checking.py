"""Hold a library against itself, the model and the rubrics: every fault an attorney's edit could bring in."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.alternates import alternate_faults, condition_faults
from mou_builder.library.drafting import drafting_faults, term_faults
from mou_builder.library.printing import reference_faults, value_faults
from mou_builder.library.questions import questions
from mou_builder.library.shapes import Clause, Library


def check_library(library: Library) -> list[Fault]:
    """Return every fault of sense in the library, by file; an empty list says that it is sound."""
    faults = [*_outline(library), *_rubrics(library), *_lock(library), *_past(library), *term_faults(library)]
    fields = questions()
    for clause in library.shelf.values():
        faults += [
            *_names(clause, library),
            *condition_faults(clause, fields),
            *value_faults(clause, fields),
            *reference_faults(clause, library),
            *_nearer(clause, library),
            *drafting_faults(clause),
        ]
    faults += alternate_faults(library, fields)
    return sorted(faults, key=lambda fault: fault.where)


def _outline(library: Library) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in [f"{a.id}.{s.id}" for a in library.outline.articles for s in a.slots]:
        if name in seen:
            yield Fault("outline.yaml", f"the slot {name} stands twice.", "Remove one.")
        seen.add(name)
    filled = {clause.slot for clause in library.shelf.values()}
    for name, slot in library.outline.slots().items():
        if name not in filled and not slot.optional:
            yield Fault(
                "outline.yaml", f"no clause fills the required slot {name}.", f"Write us/{name.replace('.', '/')}.yaml."
            )
    for one in library.jurisdictions.values():
        if one.parent and one.parent not in library.jurisdictions:
            yield Fault(
                f"{one.id}/jurisdiction.yaml", f"its parent {one.parent!r} is no folder of the library.", "Name us."
            )


def _rubrics(library: Library) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    met = {id for clause in library.shelf.values() for id in clause.written.satisfies}
    for rubric in library.rubrics:
        file = f"rubrics/{rubric.id}.yaml"
        steps = {step.number for step in rubric.steps}
        for row in rubric.requirements:
            if row.id in seen:
                yield Fault(
                    file, f"the requirement {row.id} stands in {seen[row.id]} too.", "Give it an id of its own."
                )
            seen[row.id] = file
            for key in row.sources:
                if key not in rubric.sources:
                    yield Fault(
                        file,
                        f"{row.id} names the source {key!r}, which the rubric does not list.",
                        did_you_mean(key, rubric.sources) or "Add it under sources.",
                    )
            if row.step not in steps:
                yield Fault(
                    file, f"{row.id} stands in step {row.step}, which the rubric does not list.", "Correct the step."
                )
            if row.evidence == "recollection":
                yield Fault(file, f"{row.id} rests on recollection only.", "Open a source, or leave the row out.")
            if row.applies and not row.not_applicable:
                yield Fault(
                    file,
                    f"{row.id} applies only to some agreements but does not say why not to others.",
                    "Add not_applicable: the reason to print.",
                )
            if row.kind != "practice" and row.id not in met:
                yield Fault(file, f"no clause satisfies the provision {row.id}.", "Write one, or correct its kind.")


def _lock(library: Library) -> Iterator[Fault]:
    for cite, digest in library.lock.items():
        id, _, version = cite.rpartition("@")
        clause = library.clause(id, int(version)) if version.isdigit() else None
        if clause is None:
            yield Fault(
                "published.lock", f"{cite} was published, but its text is gone.", "Restore its file from the past."
            )
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
    lost = set(general.written.satisfies) - set(clause.written.satisfies) if general else set()
    if lost:
        yield Fault(
            clause.at("satisfies"),
            f"it replaces {general.cite if general else ''} but no longer satisfies {', '.join(sorted(lost))}.",
            "Say it in this clause too.",
        )
