"""Read answers that are not complete and perhaps not all right: keep what is valid, and say what is wrong where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from mou_builder.errors import Fault
from mou_builder.interview.questions import form_of, group_of, is_group, place_of, places_in, whole_type
from mou_builder.interview.tree import NOTHING, Tree, is_list, names_of
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import UNANSWERED, Part, Undecided
from mou_builder.shape import dotted, faults_at, names_at, steps_of


@dataclass(frozen=True)
class Draft:
    """What a tree of answers says so far."""

    agreement: Agreement
    """The valid answers; what is needed and missing stands in it as undecided, so it is no finished agreement."""
    faults: Mapping[Path, Fault]
    """By the path of the answer: what is wrong with it, by itself or together with others."""
    unknown: tuple[Path, ...]
    """Names in the file that no question has."""
    complete: bool
    """Whether nothing needed is missing and nothing is wrong, so that the answers make an agreement."""


def read_draft(tree: Tree, more: Callable[[Agreement], Mapping[Path, Fault]] | None = None) -> Draft:
    """Return what the answers in `tree` say, however incomplete they are.

    `more` finds faults that only somebody else can know, such as a state that does not exist.
    """
    reading, agreement = _read(tree)
    faults = dict(reading.faults)
    if more is not None:
        faults |= more(agreement)
    if not reading.missing and not reading.faults:
        for one in agreement.contradictions():
            faults.setdefault(steps_of(one.path), Fault("", one.what, one.mend))
    return Draft(agreement, faults, tuple(reading.unknown), not reading.missing and not faults)


def answers_in(tree: Tree) -> Agreement:
    """Return the valid answers in `tree`; what is needed and missing stands in it as undecided."""
    return _read(tree)[1]


_RECENT: list[tuple[Tree, _Reading, Agreement]] = []
"""The trees read last: a step reads the same answers more than once, and nobody changes a tree."""


def _read(tree: Tree) -> tuple[_Reading, Agreement]:
    for known, reading, agreement in _RECENT:
        if known is tree:
            return reading, agreement
    reading = _Reading()
    agreement = cast(Agreement, reading.group(Agreement, tree, ()))
    _RECENT[:] = [(tree, reading, agreement), *_RECENT[:3]]
    return reading, agreement


def order(path: Path) -> list[str]:
    """Return the names that the group at `path` may have, in the order of the questions."""
    return names_at(path, Agreement)


def is_wanted(path: Path) -> bool:
    """Return whether the group at `path` is there because a person wants it, so that it means something while empty."""
    return _is_wanted(names_of(path))


@cache
def _is_wanted(names: tuple[str, ...]) -> bool:
    part: type[Part] | None = Agreement
    kind = ""
    for name in names:
        place = place_of(part, name) if part else None
        if place is None:
            return False
        kind, part = (place.form.kind, place.form.part) if place.form else ("", group_of(place.field))
    return kind == "group"


class _Reading:
    """Goes through a tree with the model beside it."""

    def __init__(self) -> None:
        self.faults: dict[Path, Fault] = {}
        self.unknown: list[Path] = []
        self.missing: list[Path] = []

    def group(self, kind: type[Part], given: Any, path: Path) -> Part:
        """Return a group with every valid answer in it; `given` that is no group counts as empty."""
        answers = given if isinstance(given, Mapping) else {}
        if given is not NOTHING and not isinstance(given, Mapping):
            self.faults[path] = Fault("", "this must be a group of 'name: value' lines.", "Answer it anew.")
        values: dict[str, Any] = {}
        present: set[str] = set()
        for place in places_in(kind):
            key, here, value = place.key, (*path, place.key), answers.get(place.key, NOTHING)
            read = NOTHING if value is NOTHING else self._field(place.field, value, here)
            if read is NOTHING:
                values[key] = self._absent(place.field, value, here)
            else:
                values[key] = read
                present.add(place.name)
        self.unknown += [(*path, key) for key in answers if key not in values]
        return kind.model_construct(present, **values)

    def _absent(self, field: FieldInfo, value: Any, path: Path) -> Any:
        if is_group(field):
            return self.group(group_of(field), NOTHING, path)
        if field.is_required():
            if value is NOTHING and path != ("schema",):
                self.missing.append(path)
            return () if form_of(field).kind == "entries" else UNANSWERED
        return field.default

    def _field(self, field: FieldInfo, value: Any, path: Path) -> Any:
        """Return the answer to one question, or NOTHING if it cannot stand."""
        if is_group(field):
            return self.group(group_of(field), value, path)
        form = form_of(field)
        open_answer = isinstance(value, Mapping) and "undecided" in value
        if form.kind == "group" and form.part and isinstance(value, Mapping) and not open_answer:
            return self.group(form.part, value, path)
        if form.kind == "entries" and form.part and is_list(value):
            if len(value) < form.at_least:
                self.faults[path] = Fault("", "nothing is listed.", f"List at least {form.at_least}.")
            return tuple(self.group(form.part, entry, (*path, number)) for number, entry in enumerate(value))
        try:
            return adapter(field).validate_python(value)
        except ValidationError as error:
            self.faults[path] = fault_of(error, path)
            return NOTHING


_ADAPTERS: dict[int, TypeAdapter[Any]] = {}


def adapter(field: FieldInfo) -> TypeAdapter[Any]:
    """Return what checks one question's answer alone, as strictly as the whole agreement is checked."""
    known = _ADAPTERS.get(id(field))
    if known is None:
        known = _ADAPTERS[id(field)] = TypeAdapter(whole_type(field), config=ConfigDict(strict=True))
    return known


def fault_of(error: ValidationError, path: Path) -> Fault:
    """Return what is wrong with the answer at `path`, in words that stand behind the question's title."""
    first, *_ = faults_at(error, path, Agreement)
    name = dotted(path)
    what = first.what.removeprefix(f"{name}: ").replace(name, "it", 1)
    return Fault("", *(one.replace("write {undecided: why}", "leave it undecided") for one in (what, first.mend)))


def undecided(why: str) -> dict[str, str]:
    """Return an open answer as a file holds it."""
    return {next(iter(Undecided.model_fields)): why}
