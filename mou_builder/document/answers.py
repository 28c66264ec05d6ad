"""Print single answers as runs that show blanks and items to confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

from mou_builder.model import Agreement, Undecided
from mou_builder.wording import Run, blank, in_date


class Answers:
    """Prints single answers of one agreement."""

    def __init__(self, agreement: Agreement) -> None:
        self._confirm = {item.answer for item in agreement.confirm}

    def runs(self, value: Any, path: str, question: str) -> list[Run]:
        """Return the answer as the template prints it; an empty list for one that is not part of the agreement."""
        if value is None:
            return []
        if isinstance(value, Undecided):
            return [Run("blank", blank(question))]
        text = in_date(value) if isinstance(value, date) else str(value)
        return [Run("confirm" if path in self._confirm else "words", text)]

    def of(self, part: Any, name: str, prefix: str) -> list[Run]:
        """Return the answer in field `name` of `part`, whose path is `prefix`."""
        field = type(part).model_fields[name]
        return self.runs(getattr(part, name), f"{prefix}.{name}", field.title or name)
