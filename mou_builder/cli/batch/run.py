"""One run over a roster: what is done already is left alone, the rest is built, and what is wrong is listed."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import typer

from mou_builder import __version__
from mou_builder.batch.answers import answers_of
from mou_builder.batch.base import read_base
from mou_builder.batch.digests import answers_digest, data_digest, library_digest
from mou_builder.batch.faults import RosterError, RowError, RowFault
from mou_builder.batch.listing import Line, errors_csv, index_csv
from mou_builder.batch.names import names_in
from mou_builder.cli.batch import saying
from mou_builder.cli.batch.keeping import EditedError, Entry, Keeper, held
from mou_builder.cli.batch.work import Bench, Job, Result, Setup
from mou_builder.cli.batch.workers import results
from mou_builder.errors import Fault

if TYPE_CHECKING:
    from mou_builder.batch.sheet import Roster, Row
    from mou_builder.library import Library

_PER_CALL = 12
"""Rows whose Word files one call of LibreOffice converts: its start takes longer than a file does."""


class Run:
    """A roster, how it is built, and the folder it is built into."""

    def __init__(
        self, roster: Roster, setup: Setup, library: Library, folder: Path, *, force: bool, day_given: bool
    ) -> None:
        self._roster = roster
        self._library = library
        self._folder = folder
        self._force = force
        self._columns = setup.columns()
        self._base = read_base(*setup.base)
        self._keeper = Keeper(folder, force=force)
        self._setup = self._on_its_day(setup, day_given)
        self._made_with = self._everything_else()
        self._names = names_in(roster, self._base, self._columns, library.states)
        self._lines: dict[int, Line] = {}
        self._faults: dict[int, tuple[RowFault, ...]] = {}
        self._keys: dict[int, str] = {}
        self._anew: set[int] = set()
        """The rows that were built before, from something else."""
        self._writers: dict[str, int] = {}
        """The row that writes each file, by the file's name in small letters."""

    def _on_its_day(self, setup: Setup, day_given: bool) -> Setup:
        """Return the setup with the day of the run that is resumed: a night's break must not change the law half way."""
        day = self._keeper.unfinished
        if day is None or day_given or day == setup.as_of:
            return setup
        typer.echo(
            f"Going on as of {day}, the day of the run in {self._folder} that is not whole yet; "
            f"--as-of {setup.as_of} builds every row anew.",
            err=True,
        )
        return replace(setup, as_of=day)

    def _everything_else(self) -> dict[str, object]:
        """Return what an agreement hangs on beside its answers."""
        now = self._setup
        return {
            "library": library_digest(self._library),
            "template": data_digest(now.template),
            "tool": __version__,
            "as_of": now.as_of,
            "options": [now.final, now.separate, now.embed, now.pdf],
        }

    @cached_property
    def _bench(self) -> Bench:
        return Bench(self._setup, self._library)

    def go(self, workers: int) -> int:
        """Build the rows; return the exit code."""
        if not self._names.count:
            raise RosterError(
                Fault(self._roster.name, "no row stands under the headings.", "Write a row for each agreement.")
            )
        for remark in self._roster.remarks:
            typer.echo(f"{self._roster.name}: {remark}.", err=True)
        for remark in self._base.carried(self._columns):
            typer.echo(f"{self._base.marked.name}: {remark}", err=True)
        with ExitStack() as stack:
            if self._setup.pdf and not self._setup.dry:
                scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="mou-batch-"))
                self._setup = replace(self._setup, scratch=Path(scratch))
            if not self._setup.dry:
                stack.enter_context(held(self._folder))
                # Only now is it certain that nobody else writes there.
                self._keeper = Keeper(self._folder, force=self._force)
                self._keeper.refuse_changed_lists(("index.csv", "errors.csv"))
                self._keeper.open(self._setup.as_of)
            try:
                with _stopped_cleanly():
                    self._build(workers)
            except KeyboardInterrupt:
                self._keeper.close()
                return self._interrupted()
            finally:
                self._keeper.close()
            return self._end()

    def _build(self, workers: int) -> None:
        size = _PER_CALL if self._setup.pdf and not self._setup.dry else 1
        with saying.progress(self._names.count, "Checking" if self._setup.dry else "Building") as one_more:
            # Few rows are built before a second process is ready.
            several = workers if self._names.count > 3 else 1
            for result in results(self._jobs(one_more), self._setup, self._bench, several, size):
                self._take(result)
                one_more(bool(result.faults))

    def _jobs(self, one_more: Callable[[bool], None]) -> Iterator[Job]:
        """Yield the rows that are to be built; those that are done, or cannot be, are noted on the way."""
        for row in self._roster.rows():
            if row.number in self._names.faults:
                self._note_faults(row.number, (*self._names.faults[row.number], *self._bench.check(row)))
            elif not self._done(row):
                yield Job(row, self._names.of[row.number])
                continue
            one_more(row.number in self._faults)

    def _done(self, row: Row) -> bool:
        """Return whether a row needs no building: it is as before, or its files are not ours to overwrite."""
        name = self._names.of[row.number]
        try:
            answers = answers_of(
                self._base, row, self._columns, self._library.states, comma_decimals=self._setup.comma_decimals
            )
        except RowError:
            return False  # told, with everything else that is wrong, by the one that would build it
        self._keys[row.number] = answers_digest(answers.tree, name, self._made_with)
        try:
            entry = self._keeper.done(name, self._keys[row.number])
        except EditedError as error:
            self._note_faults(row.number, (_edited(row.number, error.file),), name)
            return True
        if entry is None:
            if self._keeper.built_otherwise(name, self._keys[row.number]):
                self._anew.add(row.number)
            return False
        self._writers.update(dict.fromkeys(map(str.casefold, entry.files), row.number))
        self._lines[row.number] = Line(row.number, name, "as before", entry.facts, tuple(entry.files))
        return True

    def _take(self, result: Result) -> None:
        """Keep one row's files and note what came of it."""
        if result.faults:
            self._note_faults(result.row, result.faults, result.name)
            return
        files = tuple(result.files)
        if not self._setup.dry:
            digests = {name: data_digest(data) for name, data in result.files.items()}
            taken = next(
                (name for name in files if self._writers.setdefault(name.casefold(), result.row) != result.row), ""
            )
            if taken:
                what = f"row {self._writers[taken.casefold()]} writes a file called {taken} too."
                fault = RowFault(result.row, "", "", taken, what, "Give one of the two another name.")
                self._note_faults(result.row, (fault,), result.name)
                return
            try:
                entry = Entry(result.name, self._keys[result.row], digests, result.facts)
                self._keeper.keep(entry, result.files)
            except EditedError as error:
                self._note_faults(result.row, (_edited(result.row, error.file),), result.name)
                return
            except PermissionError as error:
                self._note_faults(result.row, (_held(result.row, str(error.filename2 or error.filename)),), result.name)
                return
        self._lines[result.row] = Line(result.row, result.name, "built", result.facts, files)

    def _note_faults(self, row: int, faults: tuple[RowFault, ...], name: str = "") -> None:
        self._faults[row] = tuple(dict.fromkeys(faults))
        self._lines[row] = Line(row, name, "fault", faults=len(self._faults[row]))

    def _end(self) -> int:
        """Write the lists, say what came of it and return the exit code."""
        lines = [self._lines[row] for row in sorted(self._lines)]
        faults = [fault for row in sorted(self._faults) for fault in self._faults[row]]
        if self._setup.dry:
            saying.dry_summary(lines, faults)
        else:
            self._keeper.keep_list("index.csv", index_csv(lines))
            self._keeper.keep_list("errors.csv", errors_csv(faults) if faults else None)
            gone = self._keeper.others(self._names.of.values())
            self._keeper.finish(self._setup.as_of, whole=not faults)
            anew = sum(line.outcome == "built" and line.row in self._anew for line in lines)
            saying.summary(lines, faults, self._folder, final=self._setup.final, gone=gone, anew=anew)
        return 1 if faults else 0

    def _interrupted(self) -> int:
        done = sum(line.outcome != "fault" for line in self._lines.values())
        left = self._names.count - len(self._lines)
        kept = "Nothing was to be written." if self._setup.dry else f"Rows built and kept in {self._folder}: {done:,}."
        typer.echo(f"Interrupted. {kept} Left: {left:,}; run the same command again to go on.", err=True)
        return 130


def _edited(row: int, file: str) -> RowFault:
    what = f"{file} was changed since it was built, or was not built here; it is kept as it is."
    mend = "Move it away, or use --force to have it overwritten."
    return RowFault(row, "", "", file, what, mend)


def _held(row: int, file: str) -> RowFault:
    mend = "Close it in other programs and run the same command again."
    return RowFault(row, "", "", Path(file).name, f"{Path(file).name} cannot be written.", mend)


@contextmanager
def _stopped_cleanly() -> Iterator[None]:
    """Take a request to end, as a system sends when it shuts down, as Ctrl-C is taken."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
