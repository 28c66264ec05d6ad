"""Walk over every question of an agreement in order, with its answer and whether it was given.

Used for what is still undecided, for the defaults that were taken, and by the checks that no question is dead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from mou_builder.model.conditions import check
from mou_builder.model.parts import Part, Undecided
from mou_builder.shape import shapes_in


@dataclass(frozen=True)
class Answer:
    """One question's answer: its path (``parties.districts[0].legal_name``), its declaration, and its value."""

    path: str
    field: FieldInfo
    value: Any
    given: bool
    asked: bool
    """Whether the question applies to this agreement at all."""

    @property
    def rationale(self) -> str:
        """Why the default stands, or an empty text if the question has no default of its own."""
        return str(extra(self.field).get("rationale", ""))


def extra(field: FieldInfo) -> dict[str, Any]:
    """Return what `ask` noted on a field beyond its type."""
    return field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}


def labels(field: FieldInfo) -> dict[str, str]:
    """Return the printed words of each choice of a field, or an empty mapping."""
    return dict(extra(field).get("labels", {}))


_RECENT: list[tuple[Part, tuple[Answer, ...]]] = []
"""The agreements walked last with their answers: a build asks a dozen times, and an agreement never changes."""


def walk(root: Part) -> Iterator[Answer]:
    """Yield every question below `root`, groups before what they hold."""
    for known, answers in _RECENT:
        if known is root:
            return iter(answers)
    answers = tuple(_walk(root, root, "", True))
    _RECENT[:] = [(root, answers), *_RECENT[:1]]
    return iter(answers)


def _walk(root: Part, part: Part, prefix: str, asked: bool) -> Iterator[Answer]:
    for name, field in type(part).model_fields.items():
        path = f"{prefix}{name}"
        value = getattr(part, name)
        here = asked and asked_in(root, part, field) is not False
        yield Answer(path, field, value, name in part.model_fields_set, here)
        if isinstance(value, Part) and not isinstance(value, Undecided):
            yield from _walk(root, value, f"{path}.", here)
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _walk(root, item, f"{path}[{number}].", here)


def asked_in(root: Part, part: Part, field: FieldInfo) -> bool | None:
    """Return whether the question `field` of the group `part` is asked in the agreement `root`.

    None while that hangs on an open answer; it counts as asked then, for the answer may turn out to be needed.
    """
    noted = extra(field)
    if "when" not in noted and "beside" not in noted:
        return True
    held = [check(whole, noted[name]).holds for name, whole in (("when", root), ("beside", part)) if name in noted]
    return False if False in held else None if None in held else True


def texts(root: Part) -> Iterator[tuple[str, str]]:
    """Yield every answer in words that was given and applies, with its path; each entry of a list for itself."""
    for answer in walk(root):
        if answer.given and answer.asked:
            entries = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            for entry in entries:
                if isinstance(entry, str):
                    yield answer.path, entry


def undecided(root: Part) -> list[tuple[str, str, str]]:
    """Return (path, question, why) of every asked question that is not decided."""
    return [
        (answer.path, answer.field.title or answer.path, answer.value.undecided)
        for answer in walk(root)
        if answer.asked and isinstance(answer.value, Undecided)
    ]


def model_paths(kind: type[Part], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every dotted path of the model below `kind` with its field; list entries share their list's path."""
    for name, field in kind.model_fields.items():
        path = f"{prefix}{name}"
        yield path, field
        for part in shapes_in(field.annotation):
            if issubclass(part, Part) and part is not Undecided:
                yield from model_paths(part, f"{path}.")
