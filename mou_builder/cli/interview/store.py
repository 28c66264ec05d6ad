"""Keep the answers file: read it, lock it, and write it whole after every answer, so that nothing typed is ever lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from mou_builder.cli.files import UsageError, is_word, read_bytes, read_text
from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.notes import Notes, read_notes, to_json
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import Tree
from mou_builder.marked import read_marked
from mou_builder.rewriting import with_answers

_HEADING = """\
# Answers for mou-builder. Go on answering:  mou-builder interview {name}
# Build the agreement:  mou-builder build {name} --out out
"""


class Store:
    """One answers file and the notes beside it, while an interview has them."""

    def __init__(self, path: Path, heading: str = _HEADING) -> None:
        """Read what is there; raise AnswerError or UsageError, in words, if it cannot be taken up.

        `heading` begins a file that is not there yet.
        """
        self.path = path.resolve()
        self.name = str(path)
        self.beside = self.path.with_name(f"{self.path.stem}.interview.json")
        self.found = self.path.exists()
        if not self.found and not self.path.parent.is_dir():
            raise UsageError(Fault(str(path.parent), "there is no such folder.", "Make it, or give another file."))
        if self.found and is_word(read_bytes(self.path)):
            mend = f"Begin a new file from it: mou-builder interview NEW.yaml --answers-from {self.name}"
            raise AnswerError(Fault(self.name, "this is a Word file, which holds no answers to go on with.", mend))
        text = read_text(self.path) if self.found else heading.format(name=self.path.name)
        self.tree: Tree = _group(text, self.name)
        self._bytes = self.path.read_bytes() if self.found else None
        self._marked = self._bytes is not None and self._bytes.startswith(b"\xef\xbb\xbf")
        self._text = text
        self.notes = Notes()
        if self.found and self.beside.exists():
            self.notes = read_notes(
                self.beside.read_text(encoding="utf-8", errors="replace"), str(self.beside), self.tree
            )
        self._noted = self.notes
        for path in (self.path, self.beside):  # left behind by a process that was killed while it wrote
            _aside(path).unlink(missing_ok=True)

    @property
    def saved(self) -> bytes | None:
        """What stands in the answers file, as this interview read or wrote it last; None where there is none yet."""
        return self._bytes

    def save(self, now: Interview) -> None:
        """Write the answers and the notes, each under another name first and then renamed.

        An answer that is set aside stands in the notes before it leaves the answers, and leaves the notes only after it
        stands in the answers again; whenever the process dies, every answer is in one of the two.
        """
        text = with_answers(self._text, self.name, now.tree)
        if text != self._text or not self.path.exists():
            self._refuse_foreign_change(text)
            aside = {**self._noted.aside, **now.notes.aside}
            self._write_notes(Notes(now.notes.of, aside, now.notes.growing, now.notes.scope, now.notes.stopped))
            data = (b"\xef\xbb\xbf" if self._marked else b"") + text.encode()
            write_whole(self.path, data)
            self._text, self._bytes = text, data
        if now.notes != self._noted:
            self._write_notes(now.notes)

    def _write_notes(self, notes: Notes) -> None:
        write_whole(self.beside, to_json(notes).encode())
        self._noted = notes

    def _refuse_foreign_change(self, text: str) -> None:
        """Raise UsageError if another program has written the answers file; what was typed here is kept beside it."""
        there = self.path.read_bytes() if self.path.exists() else None
        if there == self._bytes:
            return
        rescued = self.path.with_name(f"{self.path.stem}.rescued{self.path.suffix}")
        write_whole(rescued, text.encode())
        what = "another program has changed the file since this interview began; it was not overwritten."
        raise UsageError(
            Fault(self.name, what, f"Your answers are in {rescued.name}. Merge the two, then run this again.")
        )


def _group(text: str, name: str) -> Tree:
    value = read_marked(text, name, AnswerError).value
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise AnswerError(Fault(name, "the file is not a list of 'name: value' lines.", "Give an answers file."))
    if {"answers", "clauses", "tool"} <= value.keys():
        what = "this is the record of a built agreement, which nobody should edit."
        raise AnswerError(
            Fault(name, what, f"Begin a new file from it: mou-builder interview NEW.yaml --answers-from {name}")
        )
    if value.get("schema", 1) != 1:
        what = f"the file says schema: {value['schema']}, which this version does not read."
        raise AnswerError(
            Fault(name, what, "Write schema: 1, or use the version of the tool that the file was written for.")
        )
    return value


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, also if the machine stops in between; its permissions stay as they were."""
    aside = _aside(path)
    try:
        with aside.open("wb") as stream:
            if path.exists():
                aside.chmod(path.stat().st_mode & 0o7777)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError as error:
        mend = "Check the free space and the permissions of the folder; everything answered before is saved."
        raise UsageError(Fault(str(path), f"the answer cannot be saved ({error.strerror}).", mend)) from None
    finally:
        aside.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an answers file for one interview; raise UsageError if another one has it. The lock ends with the process."""
    lock = path.resolve().with_name(f".{path.name}.lock")
    stream = _taken(lock, path)
    try:
        yield
    finally:
        # Unix: the name goes first, so that nobody locks a file that is about to go. Windows: an open file keeps its name.
        if os.name != "nt":
            lock.unlink(missing_ok=True)
        stream.close()
        if os.name == "nt":
            with suppress(OSError):
                lock.unlink()


def _taken(lock: Path, path: Path) -> IO[Any]:
    while True:
        try:
            stream = lock.open("a+b")
        except OSError as error:
            raise UsageError(
                Fault(str(path), f"nothing can be written there ({error.strerror}).", "Give a file in another folder.")
            ) from None
        if not _hold(stream):
            stream.close()
            what = "another interview has this file open."
            raise UsageError(Fault(str(path), what, "Finish that one first, or give another file."))
        # The one who had it may have removed the lock's file in the meantime; then a new one is needed.
        if lock.exists() and os.path.samestat(os.fstat(stream.fileno()), lock.stat()):
            return stream
        stream.close()


def _hold(stream: IO[Any]) -> bool:
    """Lock an open file if nobody else has; the system lets it go when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
