"""What the library may ask of the model: which answers exist, of which kind, with which choices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from mou_builder.model import Agreement
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import labels, model_paths

Fields = dict[str, FieldInfo]

COMPUTED: dict[str, Any] = {
    "jurisdiction.name": str,
    "program.officer_count": int,
    "program.full_time_equivalents": Decimal,
    "program.outside_sites": tuple,
    "set.count": int,
    "parties.has_sheriff": bool,
    "parties.has_state_police": bool,
    "parties.has_district_police": bool,
    "parties.has_charter": bool,
    "parties.has_private_school": bool,
    "parties.has_regional_district": bool,
    "parties.has_tribe": bool,
    "parties.has_municipality": bool,
    "parties.several": bool,
    "stakeholders.seated": tuple,
}
"""What follows from the answers: values that a text may print and conditions that it may hang on, asked of nobody."""


def questions() -> Fields:
    """Return every question of the model by its dotted path."""
    return dict(model_paths(Agreement))


def choices(path: str, fields: Fields) -> list[Any]:
    """Return the answers that a question offers, or an empty list where any answer of its kind is possible."""
    if (path in fields or path in COMPUTED) and bool in kinds(path, fields):
        return [True, False]
    return list(labels(fields[path])) if path in fields else []


def kinds(path: str, fields: Fields) -> set[Any]:
    """Return the types an answer may have; ``month-day`` stands for a day of the year, `tuple` for a list."""
    if path in COMPUTED:
        return {COMPUTED[path]}
    found = set(_types(fields[path].annotation))
    return found | ({"month-day"} if "month-day" in str(fields[path].annotation) else set())


def _types(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is tuple:
        yield tuple
    elif isinstance(annotation, type):
        if annotation is not Undecided:
            yield Part if issubclass(annotation, Part) else annotation
    else:
        for argument in get_args(annotation):
            yield from _types(argument)


def is_list(annotation: Any) -> bool:
    """Return whether a field holds a list."""
    return tuple in set(_types(annotation))


def parents(path: str) -> list[str]:
    """Return the paths above a path: ``a`` and ``a.b`` for ``a.b.c``."""
    steps = path.split(".")
    return [".".join(steps[:place]) for place in range(1, len(steps))]
