"""Hold a marked document against a Pydantic shape, and say every fault in the file's own words and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from mou_builder.errors import Fault, MouError, did_you_mean
from mou_builder.marked import Marked, Path, Place

Shape = TypeVar("Shape", bound=BaseModel)

ANSWER_TAG, UNDECIDED_TAG = "<answer>", "<undecided>"
"""Steps of Pydantic's path where an answer may be open; no file has keys of these names."""

_KINDS = {
    "string_type": "words",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-08-01",
    "is_instance_of": "an amount such as 62500.00",
    "decimal_type": "an amount such as 62500.00",
    "tuple_type": "a list",
    "model_type": "a group of 'name: value' lines",
    "model_attributes_type": "a group of 'name: value' lines",
    "mapping_type": "a group of 'name: value' lines",
    "dict_type": "a group of 'name: value' lines",
}


def shaped(marked: Marked, shape: type[Shape], error: type[MouError], under: Path = ()) -> Shape:
    """Return the document (or the part of it at `under`) as `shape`; raise `error` with one fault for each thing wrong."""
    value = marked.value
    for step in under:
        value = value[step]
    if not isinstance(value, dict):
        what = "the file is empty." if value is None else "the file is not a list of 'name: value' lines."
        raise error(Fault(str(marked.place(under)), what, f"It should start with '{_names(shape)[0]}: ...'."))
    try:
        return shape.model_validate(value)
    except ValidationError as found:
        raise error(*_in_order(_faults(found, marked, shape, under))) from None


def faults_at(error: ValidationError, path: Path, shape: type[BaseModel]) -> list[Fault]:
    """Return what is wrong with one value that stands at `path` of a `shape`, each fault with its path as its place."""
    faults: list[Fault] = []
    for found in error.errors(include_url=False):
        inner = (*path, *(step for step in found["loc"] if step not in (ANSWER_TAG, UNDECIDED_TAG)))
        what, mend = _words(found["type"], inner, found, shape)
        faults.append(Fault(dotted(inner), what, mend))
    return list(dict.fromkeys(faults))


def _in_order(faults: Iterable[tuple[Place, Fault]]) -> list[Fault]:
    """Return the faults by line, each once."""
    ordered = sorted(faults, key=lambda pair: (pair[0].line, pair[0].column, str(pair[1])))
    return list(dict.fromkeys(fault for _, fault in ordered))


def _faults(
    error: ValidationError, marked: Marked, shape: type[BaseModel], under: Path
) -> Iterator[tuple[Place, Fault]]:
    for found in error.errors(include_url=False):
        kind = found["type"]
        if kind == "contradictions":
            for contradiction in found["ctx"]["found"]:
                place = marked.place((*under, *steps_of(contradiction.path)))
                yield place, Fault(str(place), contradiction.what, contradiction.mend)
            continue
        given = found.get("input")
        if kind == "too_short" and given and found["ctx"]["actual_length"] < len(given):
            continue  # Pydantic counts entries that failed; their own faults are already listed.
        path = tuple(step for step in found["loc"] if step not in (ANSWER_TAG, UNDECIDED_TAG))
        unknown = kind == "extra_forbidden"
        place = marked.place((*under, *path), key=unknown)
        what, mend = _words(kind, path, found, shape)
        yield place, Fault(str(place), what, mend)


def steps_of(path: Path) -> Path:
    """Return a path with steps such as ``shares[0]`` split into a key and a position."""
    steps: list[str | int] = []
    for step in path:
        name, bracket, number = str(step).rstrip("]").partition("[") if isinstance(step, str) else ("", "", "")
        steps += [name, int(number)] if bracket else [step]
    return tuple(steps)


def _words(kind: str, path: Path, found: Any, shape: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and the mend, in the words of the file."""
    name, value, context = dotted(path), found.get("input"), found.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = names_at(path[:-1], shape)
        if path[-1] in ("value", "undecided") or not allowed:
            return f"{name} is not possible here.", "An open answer is written {undecided: why} and nothing beside it."
        return f"nothing here is called {name!r}.", did_you_mean(
            str(path[-1]), allowed
        ) or f"Allowed: {', '.join(allowed)}."
    if kind == "missing":
        open_answer = _may_be_open(path, shape)
        return f"{name} is missing.", "Add it, or write {undecided: why}." if open_answer else "Add it."
    if value is None:
        return f"{name} has no value.", _mend_of_nothing(path, shape)
    if isinstance(value, Mapping) and "undecided" in value:
        return f"{name} cannot be undecided.", "Write it."
    if kind in ("literal_error", "enum"):
        choices = [one.strip().strip("'") for one in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        return (
            f"{name} is {in_words(value)!r}.",
            f"{did_you_mean(str(value), choices)} Allowed: {', '.join(choices)}.".strip(),
        )
    if kind == "words":
        or_open = ", or write {undecided: why}" if context.get("kind") == "empty" and _may_be_open(path, shape) else ""
        return f"{name}: {context['what']}{or_open}.", ""
    if isinstance(value, date) and "month-day" in str(_field_at(path, shape)):
        return f"{name} must be a day of every year such as 08-01; found the date {value}.", "Leave out the year."
    if kind in _KINDS:
        return f"{name} must be {_kind(kind, path, shape)}; found {_found(value)}.", _hint(kind, value)
    if kind == "string_pattern_mismatch":
        return f"{name} is {in_words(value)!r}.", f"It must look like {_example(path, shape)}."
    if kind == "too_short":
        least = context.get("min_length", 1)
        return (
            f"{name} lists {len(value) if value else 'nothing'}.",
            f"List at least {least}, or write {{undecided: why}}.",
        )
    message = re.sub(r"^(?:[A-Z][a-z]+ )?(?:[a-z]+ )*?should (be|have)", r"it must \1", str(found["msg"]))
    return f"{name} is {in_words(value)}: {message[:1].lower()}{message[1:]}.", ""


def in_words(value: Any) -> str:
    """Return a value as a file shows it, short enough for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "not given"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, (BaseModel, Mapping)):
        return "a group of 'name: value' lines"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def dotted(path: Path) -> str:
    """Return a path the way messages show it: ``parties.districts[0].legal_name``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the file"


def _found(value: Any) -> str:
    if isinstance(value, date):
        return f"the date {value}"
    return f"the words {value!r}" if isinstance(value, str) else in_words(value)


def _kind(kind: str, path: Path, shape: type[BaseModel]) -> str:
    field = _field_at(path, shape)
    if _KINDS[kind].startswith("an amount") and field is not None and field.examples and "=12" not in str(field):
        return f"a number such as {field.examples[0]}"
    return _KINDS[kind]


def _hint(kind: str, value: Any) -> str:
    if kind == "string_type":
        return "Give one text." if isinstance(value, (list, dict)) else "Put it in quotes if it is meant as words."
    if kind == "bool_type":
        return "Write true or false, without quotes."
    if kind == "tuple_type" and str(value).casefold() in ("none", "no", "nothing"):
        return "Write [] for none."
    if kind == "tuple_type":
        return "Start each entry on its own line with '- '."
    if "group" in _KINDS[kind]:
        return "Write {name: value}, or the lines indented below it."
    if kind == "date_type":
        return "Write it as year-month-day, without quotes."
    if isinstance(value, str):
        return "Write it in digits, without quotes, currency signs, commas or leading zeros."
    return "Write it without a fraction." if isinstance(value, Decimal) else "Write one number."


def _mend_of_nothing(path: Path, shape: type[BaseModel]) -> str:
    field = _field_at(path, shape)
    may_go = field is None or not field.is_required()
    ways = [
        "Write one",
        *(["delete the line"] if may_go else []),
        *(["write {undecided: why}"] if _may_be_open(path, shape) else []),
    ]
    return f"{', '.join(ways[:-1])}, or {ways[-1]}." if len(ways) > 1 else "Write one."


def _field_at(path: Path, shape: type[BaseModel]) -> FieldInfo | None:
    if not path:
        return None
    fields = [group.model_fields.get(str(path[-1])) for group in _groups_at(path[:-1], shape)]
    return next((field for field in fields if field is not None), None)


def _groups_at(path: Path, shape: type[BaseModel]) -> list[type[BaseModel]]:
    groups: list[type[BaseModel]] = [shape]
    for step in path:
        if isinstance(step, str):
            fields = [group.model_fields[step] for group in groups if step in group.model_fields]
            groups = [inner for field in fields for inner in shapes_in(field.annotation)]
    return groups


def shapes_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the shapes that a field's type holds, looking through unions and lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [inner for argument in get_args(annotation) for inner in shapes_in(argument)]


def _names(shape: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()]


def names_at(path: Path, shape: type[BaseModel]) -> list[str]:
    """Return the names that a group at `path` of a `shape` may have, in their order; empty where there is no group."""
    groups = _groups_at(path, shape)
    return [name for group in groups if "undecided" not in group.model_fields for name in _names(group)]


def _may_be_open(path: Path, shape: type[BaseModel]) -> bool:
    fields = [group.model_fields.get(str(path[-1])) for group in _groups_at(path[:-1], shape)]
    inner = [one for field in fields if field for one in shapes_in(field.annotation)]
    return any("undecided" in one.model_fields for one in inner)


def _example(path: Path, shape: type[BaseModel]) -> str:
    for group in _groups_at(path[:-1], shape):
        field = group.model_fields.get(str(path[-1]))
        if field is not None and field.examples:
            return f"{field.examples[0]!r}"
    return "the other entries of its kind"
