"""Change the library the way law changes: the outgoing text is kept, and published text never changes again."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from mou_builder.errors import Fault, LibraryError, did_you_mean
from mou_builder.library.loading import load_library
from mou_builder.library.shapes import LOCK, Clause, Library


def revise(root: Path, id: str, *, on: date) -> tuple[Path, Path]:
    """Copy the shelf text of `id` to past/ and open its next version; return (shelf file, past file).

    A text that was never published is a draft and is edited in place, so revising it is refused with LibraryError.
    """
    library = load_library(root)
    clause = _on_shelf(library, id)
    if not library.published(clause):
        raise LibraryError(
            Fault(
                clause.file,
                f"{clause.cite} is a draft, which is edited in place.",
                "Edit the file; run 'mou-builder library publish' when it is final.",
            )
        )
    shelf = root / clause.file
    past = shelf.parent / "past" / f"{shelf.stem}.v{clause.version}.yaml"
    if past.exists():
        raise LibraryError(
            Fault(clause.file, f"{past.name} is already in past/.", "Finish or remove the open revision first.")
        )
    text = shelf.read_text(encoding="utf-8")
    opened = re.sub(r"(?m)^version: .*$", f"version: {clause.version + 1}", text, count=1)
    opened = re.sub(r"(?m)^change: .*$", "change: update", opened, count=1)
    opened = re.sub(r"(?m)^effective: .*$", f"effective: {on.isoformat()}", opened, count=1)
    past.parent.mkdir(exist_ok=True)
    write_whole(past, text)
    write_whole(shelf, opened)
    return shelf, past


def publish(root: Path, ids: Iterable[str] = ()) -> list[str]:
    """Add a lock line for each draft named (all, if none is named); return the texts published as ``id@version``."""
    library = load_library(root)
    chosen = [_on_shelf(library, id) for id in ids] or list(library.shelf.values())
    fresh = sorted((clause for clause in chosen if not library.published(clause)), key=lambda clause: clause.cite)
    lock = root / LOCK
    lines = (
        lock.read_text(encoding="utf-8")
        if lock.is_file()
        else "# id@version and SHA-256 of the words. Lines are only ever added.\n"
    )
    lines += "" if lines.endswith("\n") else "\n"
    write_whole(lock, lines + "".join(f"{clause.cite} {clause.digest}\n" for clause in fresh))
    return [clause.cite for clause in fresh]


def diff(library: Library, id: str, old: int | None = None, new: int | None = None) -> list[str]:
    """Return the sentence-by-sentence difference of two versions of a clause; by default the last two."""
    newest = _on_shelf(library, id)
    after = _version(library, id, new or newest.version)
    before = _version(library, id, old or max(1, after.version - 1))
    return list(difflib.unified_diff(_lines(before), _lines(after), before.cite, after.cite, lineterm="", n=2))


def _lines(clause: Clause) -> list[str]:
    return [
        f"heading: {clause.written.heading}",
        f"satisfies: {', '.join(clause.written.satisfies)}",
        f"when: {clause.written.when}",
        *clause.written.text.splitlines(),
    ]


def _on_shelf(library: Library, id: str) -> Clause:
    clause = library.shelf.get(id.partition("@")[0])
    if clause is None:
        raise LibraryError(Fault(id, "no clause of the library has this id.", did_you_mean(id, library.shelf)))
    return clause


def _version(library: Library, id: str, version: int) -> Clause:
    clause = library.clause(id, version)
    if clause is None:
        raise LibraryError(
            Fault(f"{id}@{version}", "the library holds no such version.", "See 'mou-builder library show'.")
        )
    return clause


def write_whole(path: Path, text: str) -> None:
    """Write a file so that an interruption leaves the old one whole."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)
