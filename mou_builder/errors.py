"""What can go wrong, as a tree, and the one shape in which a person is told.

MouError            anything the user can mend; the command line prints it and exits with 2
├─ AnswerError      the answers file
├─ LibraryError     a clause, rubric, outline or jurisdiction file
├─ SelectionError   the library and the answers together leave no single choice of text
├─ TemplateError    the Word template
├─ RecordError      the record kept with an agreement
└─ WordFileError    a Word file that was handed in to be read
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where it stands, what was found, what is allowed and how to mend it."""

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Return the fault as one message: ``where: what. mend``."""
        return " ".join(part for part in (f"{self.where}: {self.what}", self.mend) if part)


class MouError(Exception):
    """Base of every error that a person can mend; carries one or more faults."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class AnswerError(MouError):
    """The answers file cannot be used as it stands."""


class LibraryError(MouError):
    """A file of the clause library cannot be used as it stands."""


class SelectionError(MouError):
    """Two texts fit one slot equally well, or texts exclude each other."""


class TemplateError(MouError):
    """The Word template cannot be filled."""


class RecordError(MouError):
    """The record of an agreement is damaged or of a kind this tool does not read."""


class WordFileError(MouError):
    """A file that was handed in as a Word file cannot be read safely."""


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """Return ``Did you mean 'x'?`` for the nearest allowed name, or an empty text."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else ""
