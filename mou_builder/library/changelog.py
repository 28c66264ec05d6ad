"""Read the library's own CHANGELOG.md: what changed in the words, in which clauses, and who should sign again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(r"\|(?P<what>.*)\|(?P<clauses>.*)\|(?P<dates>.*)\|(?P<sign>.*)\|\s*\Z")
_NAMED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Change:
    """One row of the change list."""

    release: str
    what: str
    clauses: tuple[str, ...]
    """Ids, with or without version, of the clauses and rubrics the row names."""
    dates: str
    sign_again: str

    def tells_of(self, id: str, version: int) -> bool:
        """Return whether the row is about a text."""
        return f"{id}@{version}" in self.clauses or id in self.clauses


def changes_in(text: str) -> tuple[Change, ...]:
    """Return the rows of a change list, newest first as they stand; lines of another form are left out."""
    return tuple(_rows(text))


def _rows(text: str) -> Iterator[Change]:
    release = ""
    for line in text.splitlines():
        if line.startswith("## "):
            release = line.removeprefix("## ").strip()
        row = _ROW.match(line.strip())
        if row and release and not set(row["what"].strip()) <= set("-: ") and row["what"].strip() != "What changed":
            yield Change(
                release,
                row["what"].strip(),
                tuple(_NAMED.findall(row["clauses"])),
                row["dates"].strip(),
                row["sign"].strip(),
            )
