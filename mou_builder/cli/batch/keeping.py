"""Keep a batch's results: each row's files whole or not at all, and a journal by which a later run knows what is done.

The journal is written before the files: whenever the process dies, every file that it left behind is known as its own.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mou_builder.batch.digests import data_digest
from mou_builder.batch.making import Facts
from mou_builder.cli.files import UsageError
from mou_builder.errors import Fault

JOURNAL = ".batch.jsonl"
_PREFIX = ".mou-batch-"


@dataclass(frozen=True)
class Entry:
    """One row as it was last built: by what it is known, its files with their digests, and what there is to tell."""

    name: str
    key: str
    files: Mapping[str, str]
    facts: tuple[Facts, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the entry as a line of the journal."""
        return {
            "name": self.name,
            "key": self.key,
            "files": dict(self.files),
            "facts": [one.to_json() for one in self.facts],
        }


class EditedError(Exception):
    """A file in the way was changed since it was built, or was not built here."""

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(file)


class Keeper:
    """The folder of a batch."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self.folder = folder
        self._force = force
        self._entries: dict[str, Entry] = {}
        self._known: dict[str, set[str]] = {}
        self.unfinished: date | None = None
        """The day of the law of a run that was interrupted, or that left rows with faults; None if there is none."""
        self._journal: int | None = None
        for line in self._lines():
            self._take(line)

    def _lines(self) -> Iterator[str]:
        try:
            yield from (self.folder / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return

    def _take(self, line: str) -> None:
        """Take up one line of the journal; one that was cut off, or that somebody damaged, is as if it were not there."""
        try:
            kept = json.loads(line)
            if "run" in kept:
                self.unfinished = date.fromisoformat(kept["run"]["as_of"]) if kept["run"]["open"] else None
                return
            files = {str(name): str(digest) for name, digest in kept["files"].items()}
            facts = tuple(Facts.from_json(one) for one in kept["facts"])
            entry = Entry(str(kept["name"]), str(kept["key"]), files, facts)
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        if all(name == Path(name).name and "\\" not in name for name in entry.files):
            self._entries[entry.name.casefold()] = entry
            for name, digest in entry.files.items():
                self._known.setdefault(name, set()).add(digest)

    def done(self, name: str, key: str) -> Entry | None:
        """Return the row's entry if it was built from the very same and all its files are there, unchanged.

        Raises EditedError for a file of the row that somebody changed, unless it may be overwritten.
        """
        entry = self._entries.get(name.casefold())
        expected = dict.fromkeys((f"{name}.docx", f"{name}.compliance.json", f"{name}.record.yaml"), "")
        whole = entry is not None and entry.key == key
        for file in (entry.files if entry else {}) or expected:
            digest = self._on_disk(file)
            self._refuse_edited(file, digest)
            whole = whole and entry is not None and digest == entry.files[file]
        return entry if whole else None

    def built_otherwise(self, name: str, key: str) -> bool:
        """Return whether a row was built before, from something else."""
        entry = self._entries.get(name.casefold())
        return entry is not None and entry.key != key

    def _on_disk(self, file: str) -> str | None:
        try:
            return data_digest((self.folder / file).read_bytes())
        except FileNotFoundError:
            return None
        except OSError:
            return ""

    def _refuse_edited(self, file: str, digest: str | None) -> None:
        if digest is not None and digest not in self._known.get(file, ()) and not self._force:
            raise EditedError(file)

    def open(self, as_of: date) -> None:
        """Begin to write: make the folder, clear away what a killed run left half written, and note the run."""
        for path in self.folder.glob(f"{_PREFIX}*.part"):
            path.unlink(missing_ok=True)
        self._append({"run": {"as_of": as_of.isoformat(), "open": True}})

    def keep(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Write a row's files, all or none; raise EditedError if one of them is not ours to overwrite."""
        for name in files:
            self._refuse_edited(name, self._on_disk(name))
        before = self._entries.get(entry.name.casefold())
        waiting: list[tuple[Path, str]] = []
        try:
            for name, data in files.items():
                waiting.append((self._aside(data), name))
            self._append(entry.to_json())
            while waiting:
                waiting[0][0].replace(self.folder / waiting[0][1])
                waiting.pop(0)
            self._remove_outdated(before, entry)
        except PermissionError:
            raise  # one file that another program holds, such as Word, is that row's own fault
        except OSError as error:
            raise UsageError(
                Fault(
                    str(self.folder / (waiting[0][1] if waiting else "")),
                    f"the files cannot be written ({error.strerror}).",
                    "Close them in other programs and check the free space; then run the same command again.",
                )
            ) from None
        finally:
            for path, _ in waiting:
                path.unlink(missing_ok=True)
        self._entries[entry.name.casefold()] = entry
        for name, digest in entry.files.items():
            self._known.setdefault(name, set()).add(digest)

    def _remove_outdated(self, before: Entry | None, entry: Entry) -> None:
        """Take away files of the row's last build that it has no longer, such as a PDF of other words."""
        for name in (before.files if before else {}).keys() - entry.files.keys():
            if self._on_disk(name) in self._known[name]:
                (self.folder / name).unlink(missing_ok=True)

    def keep_list(self, name: str, data: bytes | None) -> None:
        """Write one of the lists, or take it away if there is nothing to list; raise UsageError if it is not ours."""
        entry = Entry(f"<{name}>", "", {name: data_digest(data)} if data is not None else {})
        try:
            if data is not None:
                self.keep(entry, {name: data})
            elif self._on_disk(name) in self._known.get(name, ()):
                (self.folder / name).unlink(missing_ok=True)
        except EditedError:
            raise self._changed(name) from None
        except PermissionError:
            what = "another program holds this list; the agreements are all kept."
            mend = "Close it, for example in Excel, and run the same command again."
            raise UsageError(Fault(str(self.folder / name), what, mend)) from None

    def refuse_changed_lists(self, names: Iterable[str]) -> None:
        """Raise UsageError if a list was changed by somebody, before an hour's work is done."""
        for name in names:
            try:
                self._refuse_edited(name, self._on_disk(name))
            except EditedError:
                raise self._changed(name) from None

    def _changed(self, name: str) -> UsageError:
        what = "the list was changed since it was written, or was not written here."
        return UsageError(Fault(str(self.folder / name), what, "Move it away, give another --out, or use --force."))

    def others(self, names: Iterable[str]) -> list[str]:
        """Return the rows built earlier that are not among `names`."""
        current = {name.casefold() for name in names}
        return sorted(one.name for key, one in self._entries.items() if key not in current and not key.startswith("<"))

    def finish(self, as_of: date, *, whole: bool) -> None:
        """Write the journal anew, without what was overtaken; `whole` says that no row is left to build."""
        lines = [{"run": {"as_of": as_of.isoformat(), "open": not whole}}]
        lines += [self._entries[key].to_json() for key in sorted(self._entries)]
        self.close()
        text = "".join(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n" for line in lines)
        self._aside(text.encode()).replace(self.folder / JOURNAL)

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None

    def _append(self, line: Mapping[str, Any]) -> None:
        if self._journal is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._journal = os.open(self.folder / JOURNAL, flags, 0o666)
        # A line that was cut off by a kill ends here, so that it does not spoil this one.
        os.write(self._journal, f"\n{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n".encode())

    def _aside(self, data: bytes) -> Path:
        """Write a new file beside the results under a name that nobody can have prepared; return its path."""
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".part", dir=self.folder)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            path.chmod(0o666 & ~_UMASK)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path


def _umask() -> int:
    """Return the permissions that new files of this person leave out; it can be read only by setting it."""
    now = os.umask(0)
    os.umask(now)
    return now


_UMASK = _umask()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder and hold it for one batch; raise UsageError if that is not possible, or another batch has it."""
    from mou_builder.cli.interview.store import locked

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        what = "a file of this name is in the way."
        raise UsageError(Fault(str(folder), what, "Give another --out folder.")) from None
    except OSError as error:
        what = f"the folder cannot be made ({error.strerror})."
        raise UsageError(Fault(str(folder), what, "Give another --out folder.")) from None
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / JOURNAL))
        except UsageError as error:
            if "interview" not in error.faults[0].what:
                raise
            what = "another batch is writing into this folder."
            raise UsageError(Fault(str(folder), what, "Wait for it, or give another --out folder.")) from None
        yield
