"""Find the library and the template, read what a person hands in, and write results whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mou_builder.errors import AnswerError, Fault, MouError

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.model import Agreement

_PACKAGE = Path(__file__).resolve().parent.parent
ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent
"""Where clause_library/ and templates/ lie: inside an installed wheel, or in the checkout."""

_LEDGER = ".mou-builder.json"


class UsageError(MouError):
    """A command was given something it cannot use."""


def library_at(folder: Path | None, packs: Sequence[str] | None = None, made_with: Path | None = None) -> Library:
    """Return the library in `folder`, or the shipped one, with the packs over it that --pack names.

    `made_with` is an agreement or a record: the packs that it names are used too. Another library, and any pack, is checked
    before anything is built from it: a slip in a clause never ends up in an agreement. Raises LibraryError with all that is
    wrong, PackError if a pack is not installed.
    """
    from mou_builder.errors import LibraryError

    library = unchecked_library_at(folder, packs, made_with)
    if folder is not None:
        from mou_builder.library.checking import check_library

        faults = check_library(library)
        if faults:
            raise LibraryError(*faults)
    elif library.packs:
        from mou_builder.cli.packs.soundness import refuse_unsound

        refuse_unsound(library, ROOT / "clause_library")
    return library


def unchecked_library_at(
    folder: Path | None, packs: Sequence[str] | None = None, made_with: Path | None = None
) -> Library:
    """Return the same library as it stands, for the commands that work on it."""
    from mou_builder.library import load_library

    if not packs and made_with is None:
        return load_library(folder or ROOT / "clause_library")
    from mou_builder.cli.packs.using import overlays

    return load_library(folder or ROOT / "clause_library", *overlays(packs or (), made_with))


def library_for_each(folder: Path | None, packs: Sequence[str] | None) -> Callable[[Path], Library]:
    """Return what gives, for each of many agreements, the library with the packs that it was made with; each is read once."""
    from mou_builder.cli.packs.using import recorded_in

    read: dict[object, Library] = {}

    def library_for(file: Path) -> Library:
        key = recorded_in(file)
        if key not in read:
            read[key] = library_at(folder, packs, made_with=file)
        return read[key]

    return library_for


def template_at(file: Path | None, shipped: str = "mou.docx", library: Library | None = None) -> bytes:
    """Return the Word template in `file`, else that of a pack over `library`, else the shipped one.

    Raises if it is no template or not safe to open.
    """
    from mou_builder.report.wordfile import open_archive

    if file is None and library is not None and library.packs:
        from mou_builder.cli.packs.using import template_of

        own = template_of(library)
        if own is not None:
            return own
    path = file or ROOT / "templates" / shipped
    data = read_bytes(path)
    if file is not None:
        if data[:2] != b"PK":
            raise UsageError(Fault(str(path), "it is no Word template.", "Give a .docx file."))
        open_archive(data, str(path))
    return data


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise UsageError in plain words if that cannot be done."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        near = _nearest(path)
        raise UsageError(Fault(str(path), "there is no such file.", near or "Check the name and the folder.")) from None
    except IsADirectoryError:
        raise UsageError(Fault(str(path), "this is a folder.", "Give a file.")) from None
    except OSError as error:
        raise UsageError(Fault(str(path), f"it cannot be read ({error.strerror}).", "Check its permissions.")) from None


def _nearest(path: Path) -> str:
    from mou_builder.errors import did_you_mean

    folder = path.parent
    return did_you_mean(path.name, [one.name for one in folder.iterdir()]) if folder.is_dir() else ""


def read_text(path: Path) -> str:
    """Return a file's text; raise AnswerError if it is a Word file or not UTF-8."""
    data = read_bytes(path)
    if is_word(data):
        raise AnswerError(
            Fault(str(path), "this is a Word file.", "Give an answers file, or the .record.yaml of an earlier build.")
        )
    if data[:5] == b"%PDF-":
        raise AnswerError(
            Fault(str(path), "this is a PDF.", "Give the Word file it was made from, or an answers file.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise AnswerError(
            Fault(
                f"{path}:{line}:{column}",
                "this character is not UTF-8 text.",
                "Save the file as UTF-8 (in Notepad: Save as, Encoding UTF-8).",
            )
        ) from None


def read_agreement(path: Path, library: Library) -> Agreement:
    """Return the agreement in an answers file, in a .record.yaml written by `build`, or in a model that was filled in."""
    from mou_builder.marked import read_marked
    from mou_builder.model.answers import agreement_from
    from mou_builder.record import is_record, refuse_unknown

    data = read_bytes(path)
    if is_word(data):
        from mou_builder.report.controls import is_model

        if is_model(data, str(path)):
            from mou_builder.fillable.answers import agreement_in_model
            from mou_builder.fillable.reading import take_up_model

            return agreement_in_model(take_up_model(data, str(path), library), library)
    marked = read_marked(read_text(path), str(path), AnswerError)
    under = ("answers",) if is_record(marked) else ()
    agreement = agreement_from(marked, library.states, under)
    refuse_unknown(agreement, library, marked, under)
    return agreement


def is_word(data: bytes) -> bool:
    """Return whether a file should be taken as a Word file: any zip, and the old binary format to refuse it clearly."""
    return data[:2] == b"PK" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def hands_in_word(file: Path, data: bytes) -> bool:
    """Return whether a person hands in a Word file, by what it holds or by its name."""
    return is_word(data) or file.suffix.lower() in (".docx", ".doc", ".odt")


def day(text: str | None, option: str = "--as-of") -> date:
    """Return the date that --as-of, or another option, names, or today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(Fault(option, f"{text!r} is not a date.", "Write it as 2026-08-01.")) from None


def write_files(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    force: bool,
    option: str = "--out",
    known: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Write `files` into `folder`, each under a temporary name and then renamed; return their paths.

    `option` is the one by which a person said where, for the messages.

    A file that this tool did not write, or that was changed since, is never overwritten without `force`: a ledger in
    the folder remembers what was written. `known` gives, by name, what this run has read or saved there itself.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(
            Fault(str(folder), "a file of this name is in the way.", f"Give another {option} folder.")
        ) from None
    except OSError as error:
        raise UsageError(
            Fault(str(folder), f"the folder cannot be made ({error.strerror}).", f"Give another {option}.")
        ) from None
    ledger = _ledger(folder)
    expected = ledger | {name: _digest(data) for name, data in (known or {}).items()}
    waiting: dict[str, Path] = {}
    try:
        _refuse_what_is_in_the_way(folder, files, expected, force=force, option=option)
        for name, data in files.items():
            waiting[name] = _written_aside(folder, data)
        for name, path in list(waiting.items()):
            path.replace(folder / name)
            del waiting[name]
        ledger |= {name: _digest(data) for name, data in files.items()}
        waiting[_LEDGER] = _written_aside(folder, (json.dumps(ledger, indent=1, sort_keys=True) + "\n").encode())
        waiting[_LEDGER].replace(folder / _LEDGER)
        del waiting[_LEDGER]
    except OSError as error:
        raise UsageError(
            Fault(
                str(folder),
                f"the files cannot be written ({error.strerror}).",
                "Close them in other programs, check the free space and the length of the name.",
            )
        ) from None
    finally:
        for path in waiting.values():
            path.unlink(missing_ok=True)
    return [folder / name for name in files]


def refuse_what_is_in_the_way(folder: Path, names: Iterable[str], *, force: bool) -> None:
    """Raise UsageError if `write_files` would refuse to write files of these names, before the work on them is done."""
    _refuse_what_is_in_the_way(folder, names, _ledger(folder), force=force, option="--out")


def _refuse_what_is_in_the_way(
    folder: Path, files: Iterable[str], ledger: dict[str, str], *, force: bool, option: str
) -> None:
    for name in files:
        path = folder / name
        if path.is_dir():
            what = "a folder of this name is in the way."
            raise UsageError(Fault(str(path), what, f"Move it away, or give another {option}."))
        if not force and path.exists() and ledger.get(name) != _digest(path.read_bytes()):
            what = "the file was changed since it was built, or was not built here."
            mend = f"Nothing was written. Move it away, give another {option}, or use --force."
            raise UsageError(Fault(str(path), what, mend))


def _written_aside(folder: Path, data: bytes) -> Path:
    """Write a new file beside the results, under a name that nobody can have prepared; return its path."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    os.close(handle)
    path = Path(name)
    try:
        path.chmod(0o666 & ~_umask())
        path.write_bytes(data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    """Return the permissions that new files of this person leave out; it can be read only by setting it."""
    now = os.umask(0)
    os.umask(now)
    return now


def _ledger(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
