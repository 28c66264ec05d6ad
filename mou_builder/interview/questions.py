"""A question as a person meets it: what is asked, what kind of answer it takes, and what may be answered instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from mou_builder.marked import Path
from mou_builder.model.parts import UNANSWERED, Among, Line, Part, Undecided
from mou_builder.model.walk import extra, labels

Kind = Literal[
    "line",
    "paragraph",
    "choice",
    "choices",
    "yes-no",
    "date",
    "day",
    "money",
    "percent",
    "share",
    "number",
    "lines",
    "days",
    "group",
    "entries",
    "by-path",
]
"""What kind of answer a question takes. ``day`` comes every year; ``share`` is a part of one whole; ``lines`` and ``days``
are lists; ``group`` asks whether a group of questions applies at all; ``entries`` asks for one more entry of a list;
``by-path`` takes other questions' answers, each by its path."""

_ONE_LINE = get_args(Line)[-1]
_LISTS: Mapping[Kind, Kind] = {"choice": "choices", "day": "days"}


@dataclass(frozen=True)
class Form:
    """What a field's declaration says about its answer, wherever in the agreement the field stands."""

    kind: Kind
    field: FieldInfo
    part: type[Part] | None = None
    """For a group or a list of entries: what each holds."""
    among: str = ""
    """The list that the answer is taken from, if any."""
    may_be_open: bool = False
    optional: bool = False
    """Whether it may be left out without anything taking its place."""
    at_least: int = 0
    """For a list: how many entries it needs."""
    choices: Mapping[str, str] = kept(default_factory=dict)

    @property
    def title(self) -> str:
        """What is asked."""
        return self.field.title or ""

    @property
    def help(self) -> str:
        """More words on what is asked; empty if the title says it all."""
        return str(extra(self.field).get("help", ""))

    @property
    def why(self) -> str:
        """Why it matters, where the declaration says so."""
        return str(extra(self.field).get("why", ""))

    @property
    def serves(self) -> tuple[str, ...]:
        """The requirements that hang on the answer."""
        return tuple(extra(self.field).get("serves", ()))

    @property
    def example(self) -> Any:
        """An example of an answer, or None."""
        return self.field.examples[0] if self.field.examples else None

    @property
    def rationale(self) -> str:
        """Why the default stands; empty if there is no default of its own."""
        return str(extra(self.field).get("rationale", ""))

    @property
    def essential(self) -> bool:
        """Whether it is on the short path."""
        return bool(extra(self.field).get("essential"))

    @property
    def may_be_left(self) -> bool:
        """Whether an agreement is whole without an answer: a default stands, or nothing needs to."""
        return not self.field.is_required() and self.field.default is not UNANSWERED

    @property
    def default(self) -> Any:
        """What stands if nothing is answered: a value, or None where the answer is open or left out."""
        return self.field.default if self.may_be_left else None


@dataclass(frozen=True)
class Question:
    """One question at its place in an agreement."""

    path: Path
    form: Form

    @property
    def section(self) -> str:
        """The part of the interview it belongs to: the first step of its path."""
        return str(self.path[0])


def is_group(field: FieldInfo) -> bool:
    """Return whether a field is a group that is always there, so that only what it holds is asked."""
    return field.annotation is not None and isinstance(field.annotation, type) and issubclass(field.annotation, Part)


def group_of(field: FieldInfo) -> type[Part]:
    """Return what a group that is always there holds."""
    assert isinstance(field.annotation, type)  # noqa: S101 - `is_group` has seen it
    return field.annotation


@dataclass(frozen=True)
class Place:
    """A field of a group of questions, with what its declaration says, looked up once."""

    name: str
    key: str
    """Its name in a file."""
    field: FieldInfo
    form: Form | None
    """None for a group that is always there."""
    conditional: bool
    """Whether it is asked in some agreements only."""
    by_tool: bool


@cache
def places_in(part: type[Part]) -> tuple[Place, ...]:
    """Return the fields of a group in their order."""
    return tuple(
        Place(
            name,
            field.alias or name,
            field,
            None if is_group(field) else form_of(field),
            bool({"when", "beside"} & extra(field).keys()),
            bool(extra(field).get("by_tool")) or field.alias == "schema",
        )
        for name, field in part.model_fields.items()
    )


def place_of(part: type[Part], key: str) -> Place | None:
    """Return the field of a group that a file calls `key`, or None."""
    return next((one for one in places_in(part) if one.key == key), None)


_FORMS: dict[int, Form] = {}


def form_of(field: FieldInfo) -> Form:
    """Return what the declaration of a question says about its answer."""
    found = _FORMS.get(id(field))
    if found is None:
        found = _FORMS[id(field)] = _form(field)
    return found


def whole_type(field: FieldInfo) -> Any:
    """Return a field's type with everything that its declaration notes on it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _form(field: FieldInfo) -> Form:
    whole = whole_type(field)
    leaves = list(_leaves(whole, ()))
    kinds = [kind for kind, _ in leaves]
    answer, notes = next((kind, notes) for kind, notes in leaves if kind not in (type(None), Undecided))
    optional = type(None) in kinds or (not extra(field).get("rationale") and field.default == ())
    return Form(
        kind=_kind(answer, notes),
        field=field,
        part=_part_in(answer),
        among=next((one.list for one in _flat(answer, notes) if isinstance(one, Among)), ""),
        may_be_open=Undecided in kinds,
        optional=optional,
        at_least=max((getattr(one, "min_length", 0) or 0 for one in notes), default=0),
        choices=labels(field) or {one: one for one in _literals(answer)},
    )


def _leaves(annotation: Any, notes: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the types a field may hold, each with the notes on it, looking through unions but not into lists."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _leaves(inner, (*notes, *_plain(more)))
    elif origin in (tuple, Literal, dict) or isinstance(annotation, type):
        yield annotation, notes
    else:
        for argument in get_args(annotation):
            yield from _leaves(argument, notes)


def _plain(notes: list[Any]) -> Iterator[Any]:
    """Yield notes, a nested field's own notes for themselves."""
    for note in notes:
        yield from note.metadata if isinstance(note, FieldInfo) else (note,)
        if isinstance(note, FieldInfo) and note.json_schema_extra:
            yield note.json_schema_extra


def _flat(answer: Any, notes: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the notes on an answer and, if it is a list, on its entries."""
    yield from notes
    if get_origin(answer) is tuple:
        for _, inner in _leaves(get_args(answer)[0], ()):
            yield from inner


def _kind(answer: Any, notes: tuple[Any, ...]) -> Kind:
    origin = get_origin(answer)
    if origin is tuple:
        entry, inner = next(iter(_leaves(get_args(answer)[0], ())))
        one = _kind(entry, inner)
        return "entries" if one == "group" else _LISTS.get(one, "lines")
    if origin is Literal:
        return "choice"
    if origin is dict:
        return "by-path"
    if issubclass(answer, Part):
        return "group"
    if answer is Decimal:
        return _amount(notes)
    if answer is str:
        if {"format": "month-day"} in notes:
            return "day"
        return "line" if _ONE_LINE in notes or not _long(notes) else "paragraph"
    return {bool: "yes-no", date: "date", int: "number"}[answer]  # type: ignore[return-value]


def _long(notes: tuple[Any, ...]) -> bool:
    return any((getattr(one, "max_length", None) or 0) > 300 for one in notes)


def _amount(notes: tuple[Any, ...]) -> Kind:
    """Return which kind of amount a number with a fraction is, by the bounds its type sets."""
    if any(getattr(one, "max_digits", None) for one in notes):
        return "money"
    most = next((one.le for one in notes if getattr(one, "le", None) is not None), None)
    return {1: "share", 10: "number"}.get(most or 0, "percent")  # type: ignore[return-value]


def _part_in(answer: Any) -> type[Part] | None:
    if get_origin(answer) is tuple:
        return _part_in(next(iter(_leaves(get_args(answer)[0], ())))[0])
    return answer if isinstance(answer, type) and issubclass(answer, Part) else None


def _literals(answer: Any) -> tuple[str, ...]:
    if get_origin(answer) is tuple:
        return _literals(next(iter(_leaves(get_args(answer)[0], ())))[0])
    return tuple(map(str, get_args(answer))) if get_origin(answer) is Literal else ()


# Guessed, not measured: a choice of law is read twice, a name is at hand.
_MINUTES = {"choice": 0.35, "choices": 0.5, "paragraph": 0.8, "lines": 0.6, "entries": 0.15, "group": 0.2}


def minutes_for(kind: Kind) -> float:
    """Return about how long a person takes over a question of this kind, reading included."""
    return _MINUTES.get(kind, 0.25)
