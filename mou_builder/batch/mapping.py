"""The file that says which question each heading of a roster answers, for rosters that were made for other purposes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

from mou_builder.batch.faults import RosterError
from mou_builder.marked import Marked, read_marked
from mou_builder.shape import shaped


class _MappingPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _as_group(value: Any) -> Any:
    return {"to": value} if isinstance(value, (str, list, tuple)) else value


Paths = Annotated[tuple[str, ...], Strict(False), BeforeValidator(_as_list), Field(min_length=1)]


class ColumnFile(_MappingPart):
    """What one column answers."""

    to: Paths
    """The questions that its cells answer, each by its path."""
    values: dict[str, Any] = {}
    """The answer that stands for each cell, where cells do not hold it themselves."""


class MappingFile(_MappingPart):
    """Headings and what they answer; answers that every row has; headings to leave out; the one that names files."""

    format: Literal[1] = Field(alias="schema")
    columns: dict[str, Annotated[ColumnFile, BeforeValidator(_as_group)]] = {}
    always: dict[str, Any] = {}
    ignore: Annotated[tuple[str, ...], Strict(False)] = ()
    file: str | None = None


def read_mapping(text: str, name: str) -> tuple[MappingFile, Marked]:
    """Return the mapping in `text`, and the same as it was read; raise RosterError with everything wrong in it."""
    marked = read_marked(text, name, RosterError)
    return shaped(marked, MappingFile, RosterError), marked
