"""Ask a model path for its answer, and whether a condition over such answers holds.

A condition is data: ``{model.path: value}``. All entries must hold. A value is one choice, a list meaning any of
them, ``{min: n, max: n}`` (of a number, or of the length of a list), or ``{present: true}``. An undecided answer
makes a condition neither true nor false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mou_builder.model.parts import Part, Undecided
from mou_builder.shape import in_words


@dataclass(frozen=True)
class Holding:
    """Whether a condition holds (None: an answer it needs is undecided), and why, in words."""

    holds: bool | None
    because: tuple[str, ...] = ()
    open_paths: tuple[str, ...] = ()


def lookup(root: Part, path: str) -> Any:
    """Return the answer at a dotted path such as ``cost.model``; raise KeyError if the model has no such path."""
    value: Any = root
    for name in path.split("."):
        if isinstance(value, Undecided):
            return value
        if not isinstance(value, Part) or not _has(type(value), name):
            raise KeyError(path)
        value = getattr(value, name)
    return value


def _has(kind: type[Part], name: str) -> bool:
    return name in kind.model_fields or isinstance(getattr(kind, name, None), property)


def check(root: Part, when: Mapping[str, Any]) -> Holding:
    """Return whether every entry of `when` holds for the answers in `root`."""
    because: list[str] = []
    open_paths: list[str] = []
    refused: list[str] = []
    for path, wanted in when.items():
        value = lookup(root, path)
        if isinstance(value, Undecided):
            open_paths.append(path)
            continue
        met = meets(value, wanted)
        (because if met else refused).append(_in_words(path, value, wanted, met))
    if refused:
        return Holding(False, tuple(refused))
    if open_paths:
        return Holding(None, tuple(f"{path} is undecided" for path in open_paths), tuple(open_paths))
    return Holding(True, tuple(because))


def meets(value: Any, wanted: Any) -> bool:
    """Return whether a decided answer is one that a condition's entry asks for."""
    if isinstance(wanted, Mapping):
        if "present" in wanted:
            return bool((value not in (None, (), "")) == wanted["present"])
        amount = len(value) if isinstance(value, tuple) else value
        if not isinstance(amount, (int, Decimal)):
            return False
        return bool(wanted.get("min", amount) <= amount <= wanted.get("max", amount))
    if isinstance(wanted, (list, tuple)):
        return any(meets(value, one) for one in wanted)
    if isinstance(value, tuple):
        return wanted in value
    return type(value) is type(wanted) and bool(value == wanted)


def _in_words(path: str, value: Any, wanted: Any, met: bool) -> str:
    if isinstance(wanted, Mapping):
        found = f"{len(value)} given" if isinstance(value, tuple) else f"{in_words(value)}"
        if "present" in wanted:
            return f"{path} is {'given' if value not in (None, (), '') else 'not given'}"
        limits = " and ".join(f"{'at least' if key == 'min' else 'at most'} {wanted[key]}" for key in wanted)
        return f"{path}: {found}, {'as' if met else 'not'} {limits}"
    if met:
        return f"{path} is {in_words(wanted if isinstance(value, tuple) else value)}"
    choices = " or ".join(in_words(one) for one in wanted) if isinstance(wanted, (list, tuple)) else in_words(wanted)
    return f"{path} is {in_words(value)}, not {choices}"


def when_in_words(when: Mapping[str, Any]) -> str:
    """Return when a clause is chosen, in the words of an answers file."""

    def shown(value: Any) -> str:
        if isinstance(value, Mapping):
            return " and ".join("given" if one is True else "not given" if one is False else f"{key} {in_words(one)}"
                                for key, one in value.items())  # fmt: skip
        return " or ".join(map(in_words, value)) if isinstance(value, list) else in_words(value)

    return "; ".join(f"{path}: {shown(value)}" for path, value in when.items()) or "always"
