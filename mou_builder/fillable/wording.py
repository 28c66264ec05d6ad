"""Print the clauses of a model: where a fact goes stands its mark, which becomes a control in the Word file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mou_builder.document.fillable_controls import mark
from mou_builder.fillable.facts import ListAsked, Question, Questions
from mou_builder.library.markup import Piece, Value
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.wording import Run, Wording


class Mark(str):
    """A fact's mark, which stands in the place of words, numbers and amounts alike."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the mark, however a number would be written here."""
        return str(self)


class ModelWording(Wording):
    """Prints the answers that are given, and marks for the facts."""

    def __init__(self, agreement: Agreement, states: Mapping[str, str], questions: Questions) -> None:
        super().__init__(agreement, states)
        self._marks = marks_of(questions)
        self._lists = {one.form_path: one.entries for one in _lists(questions, self._marks)}

    def _run(self, piece: Piece) -> Run:
        value = self._value(piece.path) if isinstance(piece, Value) else None
        if isinstance(piece, Value) and isinstance(value, Mark):
            noun = f" {_plural(piece.argument)}" if piece.filter == "plural" else ""
            return Run("words", f"{value}{noun}")
        return super()._run(piece)

    def entries(self, path: str) -> list[Run]:
        """Return each entry of a list as it is printed; a list that is one fact is one entry."""
        value = self._value(path)
        return [Run("words", str(value))] if isinstance(value, Mark) else super().entries(path)

    def _value(self, path: str) -> Any:
        if path in self._lists:
            return self._lists[path]
        return self._marks[path] if path in self._marks else super()._value(path)


def _plural(noun: str) -> str:
    one, slash, many = noun.partition("/")
    return many if slash else f"{one}s"


def marks_of(questions: Questions) -> dict[str, Mark]:
    """Return the mark of each fact by its model path."""
    return {one.name: Mark(mark(number)) for number, one in enumerate(questions.single)}


class _Entries:
    """The entries of a list, made of marks."""

    def __init__(self, path: str, entries: tuple[Part | Mark, ...]) -> None:
        self.form_path, self.entries = path, entries


def _lists(questions: Questions, marks: Mapping[str, Mark]) -> list[_Entries]:
    return [
        _Entries(".".join(str(step) for step in one.path), tuple(_entry(one, row, marks) for row in one.rows))
        for one in questions.asked
        if isinstance(one, ListAsked) and all(isinstance(step, str) for step in one.path)
    ]


def _entry(one: ListAsked, row: tuple[Question, ...], marks: Mapping[str, Mark]) -> Part | Mark:
    """Return an entry as the agreement prints it in a list: by its own words where they can be made of marks."""
    values = {str(cell.path[-1]): marks[cell.name] for cell in row}
    part = one.form.part
    assert part is not None  # noqa: S101 - a list of entries has parts
    made = part.model_construct(None, **values)
    try:
        made.in_text()  # it may need an answer that is no mark, such as one of a few choices
        return made
    except (KeyError, ValueError, TypeError, AttributeError):
        return Mark(": ".join(values.values()))
