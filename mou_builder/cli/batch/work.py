"""What one process does with rows: load the library once, then make the files of one row after the other."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mou_builder.batch.answers import RowAnswers, answers_of
from mou_builder.batch.base import read_base
from mou_builder.batch.checked import agreement_of, in_row
from mou_builder.batch.columns import Columns, columns_of
from mou_builder.batch.faults import RowError, RowFault
from mou_builder.batch.making import Facts, How, Made, foresee, make
from mou_builder.batch.mapping import read_mapping
from mou_builder.batch.sheet import Row
from mou_builder.errors import MouError

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    from mou_builder.library import Library
    from mou_builder.model import Agreement


@dataclass(frozen=True)
class Setup:
    """Everything a process needs to know, in plain values: it reads the rest for itself."""

    base: tuple[str, str]
    """Text of the base, and what messages call it."""
    roster: str
    headings: tuple[str, ...]
    mapping: tuple[str, str] | None
    name_from: str | None
    comma_decimals: bool
    library: Path | None
    packs: tuple[str, ...]
    template: bytes
    as_of: date
    final: bool
    separate: bool
    embed: bool
    pdf: bool
    dry: bool
    scratch: Path | None = None
    """A folder for LibreOffice's profiles, one for each process; the process that starts the others takes it away."""

    def columns(self) -> Columns:
        """Return what the columns answer; raise RosterError with everything wrong in them."""
        if self.mapping is None:
            return columns_of(self.headings, self.roster, name_from=self.name_from)
        mapping, marked = read_mapping(*self.mapping)
        return columns_of(self.headings, self.roster, mapping, marked, self.name_from)


@dataclass(frozen=True)
class Job:
    """One row to build, or only to check where its files can have no name."""

    row: Row
    name: str


@dataclass(frozen=True)
class Result:
    """What came of one row."""

    row: int
    name: str
    faults: tuple[RowFault, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    facts: tuple[Facts, ...] = ()


class Bench:
    """One process's tools, loaded once."""

    def __init__(self, setup: Setup, library: Library | None = None) -> None:
        from mou_builder.cli.files import unchecked_library_at

        self._setup = setup
        # The process that started this one has checked it.
        self._library = library or unchecked_library_at(setup.library, setup.packs, Path(setup.base[1]))
        self._base = read_base(*setup.base)
        self._columns = setup.columns()
        self._how = How(setup.template, setup.as_of, setup.final, setup.separate, setup.embed)

    def do(self, jobs: Sequence[Job]) -> list[Result]:
        """Return what comes of each row; one that cannot be built never stops the others."""
        results = [self._one(job) for job in jobs]
        return self._with_pdf(results) if self._setup.pdf and not self._setup.dry else results

    def check(self, row: Row) -> tuple[RowFault, ...]:
        """Return what is wrong with a row's answers."""
        try:
            self._agreement(row)
        except RowError as error:
            return error.rows
        return ()

    def _agreement(self, row: Row) -> tuple[RowAnswers, Agreement, tuple[str, ...]]:
        answers = answers_of(
            self._base, row, self._columns, self._library.states, comma_decimals=self._setup.comma_decimals
        )
        return answers, *agreement_of(answers, self._base, self._columns, self._library)

    def _one(self, job: Job) -> Result:
        number = job.row.number
        try:
            answers, agreement, left_out = self._agreement(job.row)
            try:
                work = foresee if self._setup.dry else make
                made: Made = work(agreement, job.name, number, self._library, self._how)
            except RowError:
                raise
            except MouError as error:
                raise in_row(error, answers, self._columns) from None
        except RowError as error:
            return Result(number, job.name, error.rows)
        except Exception as error:  # a slip in this program must not take the other rows with it
            what = f"the program failed on this row ({type(error).__name__}: {str(error)[:200]})."
            return Result(number, job.name, (RowFault(number, "", "", "", what, "Report this as a bug."),))
        facts = tuple(replace(one, left_out=left_out) for one in made.facts)
        return Result(number, job.name, (), dict(made.files), facts)

    def _with_pdf(self, results: list[Result]) -> list[Result]:
        """Return the results with a PDF of every Word file, converted by one call of LibreOffice."""
        from mou_builder.cli.pdf import to_pdfs

        assert self._setup.scratch is not None  # noqa: S101 - made wherever PDFs are asked for
        word = {name: data for one in results for name, data in one.files.items() if name.endswith(".docx")}
        made = to_pdfs(word, self._setup.scratch / str(os.getpid())) if word else {}
        return [self._one_with_pdf(one, made) for one in results]

    def _one_with_pdf(self, result: Result, made: dict[str, bytes]) -> Result:
        wanted = [name for name in result.files if name.endswith(".docx")]
        missing = [name for name in wanted if name not in made]
        if missing:
            what = f"LibreOffice could not convert {missing[0]}."
            mend = "Build without --pdf and convert the Word file by hand."
            return Result(result.row, result.name, (RowFault(result.row, "", "", "", what, mend),))
        pdfs = {f"{name.removesuffix('.docx')}.pdf": made[name] for name in wanted}
        return replace(result, files=result.files | pdfs)


_bench: Bench | None = None
_stop: Event | None = None


def begin(setup: Setup, stop: Event) -> None:
    """Make a process ready for rows. Ctrl-C is left to the process that started it, and it ends when that one does."""
    global _bench, _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _bench = Bench(setup)


def _end_with_parent() -> None:
    """End this process as soon as the one that started it is gone: it would wait for work for ever."""
    import multiprocessing
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def do(jobs: Sequence[Job]) -> list[Result]:
    """Return what comes of each row, in a process that was made ready."""
    if _bench is None or _stop is None:
        sys.exit("this process was not made ready for rows")
    # After Ctrl-C nobody waits for these rows any more.
    return [] if _stop.is_set() else _bench.do(jobs)
