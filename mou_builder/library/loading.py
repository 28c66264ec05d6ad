"""The one door through which clauses, rubrics, outline, jurisdictions and lock are read from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from mou_builder.errors import Fault, LibraryError
from mou_builder.library.changelog import Change, changes_in
from mou_builder.library.jurisdictions import Jurisdiction
from mou_builder.library.markup import MarkupError, parse
from mou_builder.library.outline import Outline, States
from mou_builder.library.overlays import Overlay, clashes_of_names
from mou_builder.library.rubrics import Rubric
from mou_builder.library.schedules import ScheduleText, schedule_in
from mou_builder.library.shapes import LOCK, Clause, ClauseFile, Library
from mou_builder.library.survey import SURVEY, Survey
from mou_builder.marked import Marked, Place, read_marked
from mou_builder.shape import shaped

Shape = TypeVar("Shape", bound=BaseModel)


def load_library(root: Path, *overlays: Overlay) -> Library:
    """Return the library in the folder `root`, with the packs `overlays` laid over it.

    Raises LibraryError with every fault of form (file, line, column, mend). Faults of sense, such as a requirement that
    no rubric has, are found by `library.checking`.
    """
    if not (root / "outline.yaml").is_file():
        raise LibraryError(
            Fault(
                str(root),
                "this folder holds no clause library (no outline.yaml).",
                "Give the folder that holds outline.yaml and us/.",
            )
        )
    faults: list[Fault] = list(_stray_files(root))
    marks: dict[str, Marked] = {}

    def take(file: Path, shape: type[Shape], base: Path = root) -> Shape | None:
        """Read one file into its shape; a fault is noted, so that all of them are reported at once."""
        try:
            marked, part = _part_in(_text(file, base), _name(file, base), shape)
            marks[marked.name] = marked
            return cast(Shape, part)
        except LibraryError as error:
            faults.extend(error.faults)
            return None

    jurisdictions: dict[str, Jurisdiction] = {}
    shelf: dict[str, Clause] = {}
    past: dict[str, Clause] = {}
    schedules: dict[str, ScheduleText] = {}
    bases = (root, *(one.folder for one in overlays))
    faults += clashes_of_names(bases, overlays)
    for base, folder in ((one, folder) for one in bases for folder in sorted(one.glob("us*")) if folder.is_dir()):
        about = folder / "jurisdiction.yaml"
        if about.is_file():
            one = take(about, Jurisdiction, base)
            jurisdictions |= {one.id: one} if one else {}
        else:
            what = "the folder has no jurisdiction.yaml."
            faults.append(Fault(_name(folder, base), what, "Add one with id and name."))
        for file in sorted(folder.rglob("*.yaml")):
            if file != about:
                try:
                    if file.parent == folder / "schedules":
                        schedule = load_schedule(file, base)
                        schedules[schedule.id] = schedule
                    else:
                        _place_clause(load_clause(file, base), shelf, past)
                except LibraryError as error:
                    faults.extend(error.faults)
    outline = take(root / "outline.yaml", Outline)
    rubrics = [take(file, Rubric, base) for base in bases for file in sorted((base / "rubrics").glob("*.yaml"))]
    states = take(root / "states.yaml", States)
    survey = take(root / SURVEY, Survey) if (root / SURVEY).is_file() else None
    if faults or outline is None or states is None:
        raise LibraryError(*faults)
    # The rubric that started the project comes first in every report; the rest follow by name.
    read = [rubric for rubric in rubrics if rubric is not None]
    ordered = tuple(sorted(read, key=lambda rubric: (not rubric.id.startswith("secure"), rubric.id)))
    lock, places = read_lock(root)
    packs = tuple(one.used for one in overlays)
    texts = (*shelf.values(), *past.values())
    # A pack that was built never changes again, so its texts are published.
    built = {id for pack in packs if pack.digest for id in pack.jurisdictions}
    lock |= {text.cite: text.digest for text in texts if text.jurisdiction in built}
    if overlays:
        names = (*outline.names, *(name for one in overlays for name in one.names))
        outline = outline.model_copy(update={"names": names})
    return Library(
        shelf,
        past,
        outline,
        ordered,
        jurisdictions,
        states.states,
        lock,
        places,
        marks,
        schedules,
        tuple(change for base in (*bases[1:], root) for change in _changes(base)),
        packs,
        survey.states if survey else {},
    )


def _changes(base: Path) -> tuple[Change, ...]:
    """Return what the change list of the library, or of a pack, tells."""
    told = base / "CHANGELOG.md"
    return changes_in(told.read_text(encoding="utf-8", errors="replace")) if told.is_file() else ()


def _stray_files(root: Path) -> Iterator[Fault]:
    """Yield what lies in the library but would be read by nobody: silence would hide a lost clause."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name != "rubrics" and not re.fullmatch(r"us(-[a-z0-9]+)*|[._].*", path.name):
            yield Fault(
                _name(path, root), "a folder of this name is no jurisdiction.", "Name it us, or us-wa for a state."
            )
    for path in sorted(root.rglob("*.yml")):
        yield Fault(_name(path, root), "a file that ends in .yml is not read.", "Rename it to end in .yaml.")


@lru_cache(maxsize=256)
def _part_in(text: str, name: str, shape: type[Shape]) -> tuple[Marked, Shape]:
    """Return a file that is no clause as it was read and in its shape; read anew only where its text has changed."""
    marked = read_marked(text, name, LibraryError)
    return marked, shaped(marked, shape, LibraryError)


def load_clause(file: Path, root: Path) -> Clause:
    """Return the clause in `file`; raise LibraryError if its form or its markup is wrong."""
    return _clause_in(_text(file, root), _name(file, root))


@lru_cache(maxsize=1024)
def _clause_in(text: str, name: str) -> Clause:
    """Return the clause in `text`; a library that is loaded again, changed in one file, parses only that one anew."""
    marked = read_marked(text, name, LibraryError)
    written = shaped(marked, ClauseFile, LibraryError)
    indent = _indent(marked, text)
    try:
        blocks = parse(written.text)
    except MarkupError as fault:
        where = str(_in_text(marked, fault, indent))
        raise LibraryError(Fault(where, fault.what, fault.mend)) from None
    expected = name.removesuffix(".yaml")
    past = expected.split("/")[-2:-1] == ["past"]
    if past:
        expected = expected.replace("/past/", "/")
    actual = f"{written.id}.v{written.version}" if past else written.id
    if expected != actual:
        raise LibraryError(
            Fault(
                str(marked.place(("id",))),
                f"the id {actual!r} is not the file's path {expected!r}.",
                "Rename the file or correct the id: the path is the citation.",
            )
        )
    return Clause(written, blocks, marked, past, indent)


def load_schedule(file: Path, root: Path) -> ScheduleText:
    """Return the schedule in `file`; raise LibraryError if its form or its markup is wrong."""
    schedule = schedule_in(_read(file, root))
    expected = _name(file, root).removesuffix(".yaml")
    if schedule.id != expected:
        what = f"the id {schedule.id!r} is not the file's path {expected!r}."
        mend = "Rename the file or correct the id: the path is the citation."
        raise LibraryError(Fault(schedule.at("id"), what, mend))
    return schedule


def _place_clause(clause: Clause, shelf: dict[str, Clause], past: dict[str, Clause]) -> None:
    if clause.past:
        past[clause.cite] = clause
    else:
        shelf[clause.id] = clause


def _indent(marked: Marked, text: str) -> int:
    first = marked.literal_lines.get(("text",))
    if first is None:
        return 0
    written = text.split("\n")[first - 1]
    return len(written) - len(written.lstrip(" "))


def _in_text(marked: Marked, fault: MarkupError, indent: int) -> Place:
    """Return where in the file a slip in the clause's text stands."""
    first = marked.literal_lines.get(("text",))
    if first is None:
        return marked.place(("text",))
    return Place(marked.name, first + fault.line - 1, indent + fault.column)


def _read(file: Path, root: Path) -> Marked:
    return read_marked(_text(file, root), _name(file, root), LibraryError)


def _text(file: Path, root: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LibraryError(Fault(_name(file, root), "the file is missing from the library.", "Restore it.")) from None
    except UnicodeDecodeError:
        raise LibraryError(Fault(_name(file, root), "the file is not UTF-8 text.", "Save it as UTF-8.")) from None


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def read_lock(root: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Return the digest and the lock line of each published text; raise LibraryError at a line of another form."""
    lock: dict[str, str] = {}
    places: dict[str, int] = {}
    file = root / LOCK
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2 or "@" not in words[0] or len(words[1]) != 64:
            raise LibraryError(
                Fault(f"{LOCK}:{number}:1", "this is not a lock line.", "A line reads 'id@version sha256'.")
            )
        if words[0] in lock:
            raise LibraryError(
                Fault(f"{LOCK}:{number}:1", f"{words[0]} is locked twice.", "Lines are only ever added.")
            )
        lock[words[0]] = words[1]
        places[words[0]] = number
    return lock, places
