"""Find what a renewal must ask: what is open, what belonged to the earlier agreement alone, and who may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from mou_builder.interview.agenda import Item
from mou_builder.interview.questions import group_of, place_of, places_in
from mou_builder.interview.scope import Scope
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import is_below, is_list, names_of
from mou_builder.interview.typed import shown
from mou_builder.interview.way import into, left
from mou_builder.interview.words import name_of
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import extra


@dataclass(frozen=True)
class People:
    """A list, or a group, of answers that names people; they are looked at together."""

    path: Path
    title: str
    answers: tuple[Item, ...]
    """Every question of it, as it is asked."""

    @property
    def anchor(self) -> Path:
        """The question in whose place they are shown: the list itself, or the first of the group."""
        paths = [item.path for item in self.answers]
        return self.path if self.path in paths else paths[0]

    @property
    def is_list(self) -> bool:
        """Whether it is a list, to which an entry may be added."""
        return any(item.path == self.path and item.form.kind == "entries" for item in self.answers)

    def lines(self) -> Iterator[str]:
        """Yield the answers as a person reads them: a list's entries numbered, a group's answers by their titles."""
        given = [item for item in self.answers if item.state not in ("missing", "offered", "taken")]
        if not self.is_list:
            for item in given:
                if item.form.kind != "group":
                    yield f"{item.form.title}: {_said(item)}"
            return
        if given and given[-1].path == self.path and given[-1].state == "undecided":
            yield _said(given[-1])
        inside = len(self.path) + 1
        for number in dict.fromkeys(item.path[inside - 1] for item in given if len(item.path) > inside):
            entry = [
                item for item in given if item.path[:inside] == (*self.path, number) and len(item.path) == inside + 1
            ]
            assert isinstance(number, int)  # noqa: S101 - the entries of a list are numbered
            yield f"{number + 1}. {', '.join(map(_said, entry))}"


def _said(item: Item) -> str:
    if isinstance(item.value, Mapping) and "undecided" in item.value:
        return f"[undecided] {item.value['undecided']}"
    if item.form.kind == "entries" and is_list(item.value):
        return "; ".join(map(name_of, item.value))
    if item.form.kind == "choice":
        return item.form.choices[item.value] if item.value in item.form.choices else str(item.value)
    return shown(item.form, item.value).replace("\n", ", ")


def people(now: Interview) -> tuple[People, ...]:
    """Return every list and group that names people, as far as anything is answered there."""
    found = []
    for path, title in _naming(now.draft.agreement, ()):
        answers = tuple(item for item in now.items if is_below(item.path, path))
        if any(item.state in ("given", "undecided", "wrong", "growing") for item in answers):
            found.append(People(path, title, answers))
    return tuple(found)


def _naming(part: Part, path: Path) -> Iterator[tuple[Path, str]]:
    for place in places_in(type(part)):
        here, value = (*path, place.key), getattr(part, place.name)
        if extra(place.field).get("person"):
            yield here, place.field.title or place.key
            continue
        if isinstance(value, Part) and not isinstance(value, Undecided):
            yield from _naming(value, here)
        for number, entry in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(entry, Part):
                yield from _naming(entry, (*here, number))


def to_ask(now: Interview) -> Scope:
    """Return what a renewal asks: what has no answer, what belonged to the earlier agreement alone, and the people.

    What somebody has looked at since the answers were carried over is not asked again; the notes tell.
    """
    paths = {item.path for item in now.items if _is_open(now, item)}
    paths |= {one.anchor for one in people(now) if any(_is_carried(now, item) for item in one.answers)}
    return Scope("chosen", chosen=frozenset(paths))


def _is_open(now: Interview, item: Item) -> bool:
    if item.state == "offered":
        return _is_anew(names_of(item.path))
    return item.state == "undecided" and _is_carried(now, item)


def _is_carried(now: Interview, item: Item) -> bool:
    """Return whether an answer was carried over and nobody has looked at it since."""
    note = now.notes.of.get(item.path)
    return note is not None and note.origin == "prior"


@cache
def _is_anew(names: tuple[str, ...]) -> bool:
    """Return whether the question, or a group around it, belongs to one signed agreement."""
    part: type[Part] | None = Agreement
    for name in names:
        place = place_of(part, name) if part else None
        if place is None:
            return False
        if extra(place.field).get("anew"):
            return True
        part = place.form.part if place.form else group_of(place.field)
    return False


def still_right(now: Interview, which: People) -> Interview:
    """Return the interview after somebody said that these people are still right."""
    of = {
        path: replace(note, origin="kept") if note.origin == "prior" and is_below(path, which.path) else note
        for path, note in now.notes.of.items()
    }
    made = now.with_answers(now.tree, replace(now.notes, of=of))
    return left(made, which.anchor, now)


def through_all(now: Interview, which: People) -> Interview:
    """Return the interview about to go through every question on these people, answered or not."""
    within = Scope("pass", which.path)
    return into(now.elsewhere(scopes=(*now.scopes, within)), which.path, now)


def looked_at(now: Interview) -> Interview:
    """Return the interview with a note on each carried answer that was asked and left since: it is still right."""
    passed = now.scopes[0].passed
    lists = tuple(path for path in passed if path in now.places and now.item(path).form.kind == "entries")
    of = {
        path: replace(note, origin="kept")
        if note.origin == "prior" and (path in passed or any(is_below(path, one) for one in lists))
        else note
        for path, note in now.notes.of.items()
    }
    return now if of == dict(now.notes.of) else now.with_answers(now.tree, replace(now.notes, of=of))
