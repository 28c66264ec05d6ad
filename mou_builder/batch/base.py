"""The answers that every row starts from, and the names in them that follow when a row renames a party or a school."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mou_builder.batch.columns import Columns
from mou_builder.batch.faults import RosterError
from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.questions import group_of, places_in
from mou_builder.interview.tree import NOTHING, at, is_below
from mou_builder.marked import Marked, Path, Place, read_marked
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.record import is_record
from mou_builder.shape import dotted

_PARTIES = ("districts", "agencies", "municipalities")
_PERSONAL = {"attestations": "attestations", "waivers": "waivers"}


@dataclass(frozen=True)
class Base:
    """An answers file, not necessarily whole: the rows give what it lacks."""

    marked: Marked
    under: Path = ()
    references: tuple[tuple[Path, str], ...] = field(default=(), repr=False)
    """Answers that name a party or a school of the base, and which kind of name they hold."""

    @property
    def tree(self) -> Mapping[str, Any]:
        """The answers as the file holds them."""
        tree: Mapping[str, Any] = self.marked.value[self.under[0]] if self.under else self.marked.value
        return tree

    def place(self, path: Path) -> Place:
        """Return where in the file an answer stands, or the group around it."""
        return self.marked.place((*self.under, *path))

    def carried(self, columns: Columns) -> Iterator[str]:
        """Yield what a person should know of answers that belong to one agreement but go into every row's."""
        for name, what in _PERSONAL.items():
            listed = self.tree.get(name)
            if isinstance(listed, list) and listed and columns.covering((name,)) is None:
                yield f"its {what} ({len(listed)}) go into every agreement; a column {name}, or taking them out here, ends that."
        for kind, number, person in _signing(self.tree):
            path: Path = ("parties", kind, number, "signatories")
            if columns.covering((*path, 0, "name")) is None and columns.covering(path) is None:
                yield f"{person} signs every agreement, for {dotted(path[:-1])}; a column {dotted(path)}[0].name ends that."

    def rename(self, tree: dict[str, Any], answered: Collection[Path]) -> dict[Path, Path]:
        """Let the base's references in `tree` follow where the row gave a party or a school another name.

        What the row itself answered, by the paths in `answered`, stays as it is. Returns which answers followed, and which
        name each follows, by their paths.
        """
        renamed = {kind: dict(_renamed(self.tree, tree, kind)) for kind in (*_PARTIES, "schools")}
        renamed["parties"] = {old: new for kind in _PARTIES for old, new in renamed[kind].items()}
        followed: dict[Path, Path] = {}
        for path, kind in self.references if any(renamed.values()) else ():
            old = at(tree, path)
            if isinstance(old, str) and old in renamed[kind] and not any(is_below(path, one) for one in answered):
                source = renamed[kind][old]
                at(tree, path[:-1])[path[-1]] = at(tree, source)
                followed[path] = source
        return followed


def read_base(text: str, name: str) -> Base:
    """Return the base in an answers file, or in the record of an agreement; raise RosterError if it is neither."""
    marked = read_marked(text, name, AnswerError)
    under = ("answers",) if is_record(marked) else ()
    value = marked.value["answers"] if under else marked.value
    if not isinstance(value, dict):
        what = "the file is empty." if value is None else "the file is not a list of 'name: value' lines."
        raise RosterError(Fault(str(marked.place(under)), what, "Give an answers file; a single 'schema: 1' will do."))
    return Base(marked, under, tuple(_references(value, Agreement, ())))


def _signing(tree: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Yield, for each party of the base, the first person who signs for it."""
    for kind in _PARTIES:
        parties = at(tree, ("parties", kind))
        for number, party in enumerate(parties if isinstance(parties, list) else ()):
            person = at(party, ("signatories", 0, "name"))
            if isinstance(person, str):
                yield kind, number, person


def _references(tree: Any, part: type[Part], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every answer below `tree` that holds the name of a party or a school listed elsewhere."""
    if not isinstance(tree, Mapping):
        return
    for place in places_in(part):
        value, here = tree.get(place.key, NOTHING), (*path, place.key)
        if value is NOTHING:
            continue
        if place.form is None:
            yield from _references(value, group_of(place.field), here)
        elif place.form.among in ("districts", "agencies", "parties", "schools"):
            several = isinstance(value, list)
            yield from (((*here, number), place.form.among) for number in range(len(value) if several else 0))
            yield from ([] if several else [(here, place.form.among)])
        elif place.form.part is not None:
            entries = enumerate(value) if isinstance(value, list) else ()
            for number, entry in entries:
                yield from _references(entry, place.form.part, (*here, number))
            yield from _references(value, place.form.part, here)


def _renamed(base: Mapping[str, Any], tree: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Path]]:
    """Yield the old name of each entry that the row gave another one, and the path of the new name."""
    path: Path = ("program", "sites") if kind == "schools" else ("parties", kind)
    name = "name" if kind == "schools" else "short_name"
    before, after = at(base, path), at(tree, path)
    if not isinstance(before, list) or not isinstance(after, list):
        return
    for number, (old, new) in enumerate(zip(before, after, strict=False)):
        was, now = (one.get(name) if isinstance(one, Mapping) else None for one in (old, new))
        if isinstance(was, str) and isinstance(now, str) and was != now:
            yield was, (*path, number, name)
