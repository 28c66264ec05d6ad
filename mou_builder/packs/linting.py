"""Hold a pack against the library that it is laid over: only what the pack itself brings in is its fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from mou_builder.errors import Fault, MouError, did_you_mean
from mou_builder.library import Library
from mou_builder.library.checking import check_library
from mou_builder.library.overlays import serves
from mou_builder.packs.layout import TEMPLATE, name_faults, size_faults, unread_faults
from mou_builder.packs.pack import Pack
from mou_builder.report.wordfile import open_word


def form_faults(pack: Pack) -> list[Fault]:
    """Return what is wrong with the names and sizes of a pack's files, and with its template."""
    sizes = {name: len(data) for name, data in pack.contents.items()}
    return [*name_faults(pack.contents), *unread_faults(pack.contents), *size_faults(sizes), *_template(pack)]


def pack_faults(pack: Pack, library: Library, alone: Callable[[], Library]) -> list[Fault]:
    """Return every fault that the pack brings into `library`, over which it lies; `alone` gives the library without it."""
    own = [
        *_conformance(pack, library),
        *_folders(pack, library),
        *_rubrics(pack, library),
        *_weaker(pack, library),
    ]
    found = check_library(library)
    without = check_library(alone()) if found else []
    return [*own, *(_for_packs(fault) for fault in found if fault not in without)]


def _for_packs(fault: Fault) -> Fault:
    """Return a fault with the mend that is open to somebody who writes a pack, not the library."""
    return replace(fault, mend=fault.mend.replace("names in outline.yaml", "names in pack.yaml"))


def _template(pack: Pack) -> Iterator[Fault]:
    if pack.template is None:
        return
    try:
        word = open_word(pack.template, TEMPLATE)
    except MouError as error:
        yield from error.faults
        return
    if word.record is not None:
        yield Fault(TEMPLATE, "this is a built agreement, no template.", "Restyle a copy of templates/mou.docx.")


def _conformance(pack: Pack, library: Library) -> Iterator[Fault]:
    slots = library.outline.slots()
    for name in pack.written.conformance:
        known = library.shelf if "/" in name else slots
        if name not in known:
            what = f"conformance names {name!r}, which is no clause and no slot of the library or of this pack."
            near = did_you_mean(name, [*library.shelf, *slots]) or "See 'mou-builder library list'."
            yield Fault(pack.at("conformance", name, key=True), what, near)


def _folders(pack: Pack, library: Library) -> Iterator[Fault]:
    laid = pack.used.jurisdictions
    parent = pack.written.parent
    if parent not in library.jurisdictions or parent in laid:
        what = f"its parent {parent!r} is no folder of the library or of another pack."
        near = did_you_mean(parent, library.jurisdictions) or "If it is a pack\u2019s, install and use that pack too."
        yield Fault(pack.at("parent"), what, near)
    for id in laid:
        one = library.jurisdictions[id]
        file = f"{id}/jurisdiction.yaml"
        if one.id != id:
            yield Fault(
                library.at(file, "id"), f"the id {one.id!r} is not the folder {id!r}.", "Write the folder\u2019s name."
            )
        if one.parent != parent and one.parent not in laid:
            what = f"the folder rests on {one.parent!r}, but pack.yaml says parent: {parent}."
            yield Fault(library.at(file, "parent"), what, "Write the same parent in both.")
        above = library.jurisdictions.get(one.parent or "")
        if above is not None and above.state and one.state not in (None, above.state):
            what = f"it serves {one.state}, but rests on {one.parent}, which serves {above.state}."
            yield Fault(library.at(file, "state"), what, f"Write state: {above.state}, or leave it out.")


def _rubrics(pack: Pack, library: Library) -> Iterator[Fault]:
    for name in sorted(pack.contents):
        if name.startswith("rubrics/") and name in library.marks:
            stem = name.removeprefix("rubrics/").removesuffix(".yaml")
            if library.marks[name].value.get("id") != stem:
                what = f"the id is not the file\u2019s name {stem!r}."
                yield Fault(library.at(name, "id"), what, "Write the file\u2019s name without .yaml.")


def _weaker(pack: Pack, library: Library) -> Iterator[Fault]:
    """Yield the pack's texts that meet less than the text further behind whose place they take.

    The library's own check looks at the parent only; a state's folder may lie between.
    """
    known = library.requirements()
    for clause in library.shelf.values():
        if clause.jurisdiction not in pack.used.jurisdictions:
            continue
        chain = library.chain(serves(clause.jurisdiction, library.jurisdictions) or "")
        line = chain[chain.index(clause.jurisdiction) :]
        tail = clause.id.partition("/")[2]
        there = [one for id in line[1:] if (one := library.shelf.get(f"{id}/{tail}")) is not None]
        if not there or there[0].jurisdiction == library.jurisdictions[clause.jurisdiction].parent:
            continue
        asked = {id for id, (rubric, _) in known.items() if rubric.jurisdiction in line}
        lost = sorted((set(there[0].written.satisfies) - set(clause.written.satisfies)) & asked)
        if lost:
            what = f"it takes the place of {there[0].cite} but no longer satisfies {', '.join(lost)}."
            yield Fault(clause.at("satisfies"), what, "Say it in this clause too.")
