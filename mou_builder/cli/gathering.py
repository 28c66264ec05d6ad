"""Find the Word agreements in a folder and read each of them, several at once, so that no bad file stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mou_builder.errors import Fault
    from mou_builder.library import Library, Rubric
    from mou_builder.record import Record
    from mou_builder.rollup import AgreementRow, Problem

COMPANIONS = (".appendix.docx", ".summary.docx", ".memo.docx", ".redline.docx")
"""Ends of the names under which `build` and `renew` write what goes with an agreement."""
_LARGEST = 100_000_000
"""No agreement is so large; the file is not even read."""
_FEW = 12
"""With fewer files than these a second process costs more time than it saves."""


def agreements_in(folder: Path) -> tuple[list[Path], int, list[Problem]]:
    """Return the Word files of a folder and of those in it, how many companions were passed over, and what cannot be read.

    Raises UsageError if there is no such folder.
    """
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    if not folder.is_dir():
        what = "this is a file." if folder.exists() else "there is no such folder."
        raise UsageError(Fault(str(folder), what, "Give the folder in which the agreements lie."))
    shut: list[Problem] = []

    def closed(error: OSError) -> None:
        where = Path(error.filename or folder)
        shut.append(_problem(where, folder, f"the folder cannot be read ({error.strerror}).", "Check its permissions."))

    found: list[Path] = []
    companions = 0
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        beside = {name.casefold() for name in names}
        for name in names:
            # Word keeps a file of this name beside one that is open.
            if not name.casefold().endswith((".docx", ".docm", ".doc")) or name.startswith((".", "~$")):
                continue
            if _goes_with(name, beside):
                companions += 1
            else:
                found.append(Path(place, name))
    return sorted(found, key=lambda one: _told(one, folder)), companions, shut


def _goes_with(name: str, beside: set[str]) -> bool:
    """Return whether a file is the appendix, summary, memo or redline of an agreement that lies beside it."""
    small = name.casefold()
    return any(small.endswith(end) and f"{small.removesuffix(end)}.docx" in beside for end in COMPANIONS)


def _told(file: Path, folder: Path) -> str:
    """Return how a file is called in the results: its path inside the folder, with ``/``, whatever bytes its name has."""
    inside = file.relative_to(folder) if file.is_relative_to(folder) else file
    return inside.as_posix().encode(errors="surrogateescape").decode(errors="replace")


def _problem(file: Path, folder: Path, what: str, mend: str) -> Problem:
    from mou_builder.rollup import Problem

    return Problem(_told(file, folder), what, mend)


class Shelves:
    """The library that --library names or the shipped one, and it with the packs that agreements were made with."""

    def __init__(self, folder: Path | None, packs: Sequence[str]) -> None:
        """Read the library with the packs that --pack names; raise LibraryError or PackError if that cannot be used."""
        from mou_builder.cli.files import library_at

        self.folder, self.packs = folder, tuple(packs)
        self.plain = library_at(folder, self.packs)
        self._read: dict[tuple[object, ...], Library] = {(): self.plain}

    def holding(self, record: Record, source: Path) -> Library:
        """Return the library with the packs that a record, read from the file `source`, names; each is read once.

        Raises PackError if one is not installed.
        """
        from mou_builder.cli.files import library_at

        if record.packs not in self._read:
            self._read[record.packs] = library_at(self.folder, self.packs, made_with=source)
        return self._read[record.packs]

    def rubrics(self, rows: Sequence[AgreementRow]) -> tuple[Rubric, ...]:
        """Return the rubrics that `rows` were judged by; of a pack's several versions the latest comes first."""
        from mou_builder.cli.files import library_at
        from mou_builder.packs.pack import order

        named = {one.partition("@")[0] for one in self.packs}
        used = {tuple(one for one in row.packs if one.id not in named) for row in rows} - {()}
        latest = sorted(used, key=lambda packs: [(one.id, order(one.version)) for one in packs], reverse=True)
        with_packs = [
            library_at(self.folder, [*self.packs, *(f"{one.id}@{one.version}" for one in packs)]) for packs in latest
        ]
        return tuple(rubric for library in (self.plain, *with_packs) for rubric in library.rubrics)


def read_one(file: Path, folder: Path, shelves: Shelves) -> AgreementRow | Problem:
    """Return the row of one agreement, or why it cannot be read; a fault of one file never stops the others."""
    from mou_builder.errors import MouError

    try:
        return _row(file, folder, shelves)
    except MouError as error:
        first, *more = error.faults
        mend = f"{first.mend} {_more(file, more)}".strip() if more else first.mend
        return _problem(file, folder, first.what, mend)
    except Exception as error:  # a fault of this tool's own must not cost a state the other thousand agreements
        what = f"it could not be read, by a fault of this tool ({type(error).__name__}: {error})."
        return _problem(file, folder, what, "Report this as a bug, and look at the file by hand.")


def _more(file: Path, more: Sequence[Fault]) -> str:
    rest = "One more thing is" if len(more) == 1 else f"{len(more)} more things are"
    return f"{rest} wrong; 'mou-builder check {file.name}' tells them all."


def _row(file: Path, folder: Path, shelves: Shelves) -> AgreementRow:
    import hashlib

    from mou_builder.cli.files import UsageError, read_bytes
    from mou_builder.errors import Fault
    from mou_builder.report import examine
    from mou_builder.rollup import row_of

    told = _told(file, folder)
    if not file.is_file():
        raise UsageError(Fault(told, "it is no file, or it leads nowhere.", "Put the agreement itself here."))
    if file.stat().st_size > _LARGEST:
        raise UsageError(Fault(told, "the file is larger than any agreement.", "It was not opened."))
    data = read_bytes(file)
    record, source = _record_for(data, file, told)
    read = examine(data, told, shelves.holding(record, source), record)
    return row_of(read, told, hashlib.sha256(data).hexdigest())


def _record_for(data: bytes, file: Path, told: str) -> tuple[Record, Path]:
    """Return the record of a Word file and where it was: inside or, if lost or damaged there, in the .record.yaml beside."""
    from mou_builder.cli.files import UsageError, read_text
    from mou_builder.errors import Fault, RecordError
    from mou_builder.record import read_record
    from mou_builder.report import record_in
    from mou_builder.report.controls import is_model

    beside = file.with_name(f"{file.stem}.record.yaml")
    try:
        return record_in(data, told), file
    except RecordError:
        if beside.is_file():
            return read_record(read_text(beside), beside.name), beside
        if is_model(data, told):
            what = "it is a model to fill in, and no agreement yet."
            mend = f"Build the agreement of it: mou-builder build {file.name} --out FOLDER; put that here instead."
            raise UsageError(Fault(told, what, mend)) from None
        what = "it was not built here, or its record of answers was lost or damaged."
        mend = f"If it was built here, put its record beside it as {beside.name}; else see 'mou-builder check'."
        raise UsageError(Fault(told, what, mend)) from None


def _processes(asked: int, files: int) -> int:
    """Return how many processes read: as many as a person asked for, else as many as the machine has, up to eight."""
    if asked:
        return min(asked, max(1, files))
    return 1 if files < _FEW else min(os.cpu_count() or 1, 8)


def read_all(found: Sequence[Path], folder: Path, shelves: Shelves, workers: int) -> Iterator[AgreementRow | Problem]:
    """Yield what each file gives, in the order of the files, whatever the number of processes; 0 `workers` chooses it.

    Each further process loads the libraries anew.
    """
    workers = _processes(workers, len(found))
    with _progress(len(found)) as step:
        if workers == 1:
            for file in found:
                yield read_one(file, folder, shelves)
                step()
            return
        with _crew(workers, shelves) as crew:
            for result in crew.map(_at_work, found, [folder] * len(found), chunksize=2):
                yield result
                step()


@contextmanager
def _crew(workers: int, shelves: Shelves) -> Iterator[Executor]:
    """Give processes that each load the library once; on an interruption they finish what they hold and no more."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    crew = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (shelves.folder, shelves.packs))
    try:
        yield crew
    finally:
        crew.shutdown(wait=True, cancel_futures=True)


_SHELVES: list[Shelves] = []
"""The libraries of a process that reads for another."""


def _begin(library: Path | None, packs: Sequence[str]) -> None:
    # Handing the library over would block for good where a process dies before it has read all of it.
    _SHELVES.append(Shelves(library, packs))


def _at_work(file: Path, folder: Path) -> AgreementRow | Problem:
    return read_one(file, folder, _SHELVES[0])


@contextmanager
def _progress(files: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many files were read and how long the rest will take; give what tells of one more."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from mou_builder.cli.words import console

    shown = console(err=True)
    with Progress(
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("time left"),
        TimeRemainingColumn(),
        console=shown,
        transient=True,
        disable=not shown.is_terminal or files < _FEW,
    ) as bar:
        task = bar.add_task("", total=files)
        yield lambda: bar.advance(task)
