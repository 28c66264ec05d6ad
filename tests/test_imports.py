"""The house stands: each room imports only from its own floor and those below, and the core opens no file."""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mou_builder.library import Library

PACKAGE = Path(__file__).resolve().parent.parent / "mou_builder"
FLOORS = (
    "errors",
    "marked",
    "written",
    "rewriting",
    "shape",
    "model",
    "library",
    "negotiated",
    "selection",
    "wording",
    "interview",
    "record",
    "report",
    "document",
    "build",
    "fillable",
    "sets",
    "foreign",
    "redline",
    "review",
    "packs",
    "batch",
    "rollup",
    "cli",
)
"""The rooms from the ground up."""

PURE = tuple(room for room in FLOORS if room not in ("library", "cli"))
"""Rooms that take values and return values: no path, no clock, no network comes in below the door."""

EXAMPLES = {("model/answers.py", "Washington")}
"""Strings that name a state as an example of how to write an answer."""


def name_of(file: Path) -> str:
    steps = ["mou_builder", *file.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(steps[:-1] if steps[-1] == "__init__" else steps)


TREES = {name_of(file): ast.parse(file.read_text(encoding="utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}
FILES = {name_of(file): file.relative_to(PACKAGE).as_posix() for file in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module: str) -> Iterator[str]:
    """Yield every module that `module` imports, wherever in it the import stands; of a package's names, the submodules."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by relative path"
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                yield inner if inner in TREES else str(node.module)


def own_imports_of(module: str) -> set[str]:
    return {one for one in imports_of(module) if one.split(".")[0] == "mou_builder"}


def packages_of(module: str) -> set[str]:
    steps = module.split(".")
    return {".".join(steps[:length]) for length in range(1, len(steps) + 1)}


def floor_of(module: str) -> int:
    """Return the floor of a module; the package itself (its version) is the ground, the way in is the roof."""
    room = module.partition(".")[2].partition(".")[0]
    return -1 if not room else len(FLOORS) if room == "__main__" else FLOORS.index(room)


def modules_in(*rooms: str) -> list[str]:
    return [module for module in TREES if module.split(".")[1:2] and module.split(".")[1] in rooms]


def test_every_room_has_its_floor() -> None:
    """A new room is put on a floor before anything imports it."""
    rooms = {module.split(".")[1] for module in TREES if "." in module} - {"__main__"}

    assert rooms == set(FLOORS)


@pytest.mark.parametrize("module", TREES)
def test_module_imports_only_from_its_own_floor_and_below(module: str) -> None:
    """Imports go downward only, those inside functions and for types included."""
    assert [one for one in own_imports_of(module) if floor_of(one) > floor_of(module)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each module can be understood after those it imports."""
    # Importing a module also runs the packages it lies in.
    graph = {
        module: {package for one in own_imports_of(module) for package in packages_of(one) - packages_of(module)}
        | own_imports_of(module)
        for module in TREES
    }

    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(TREES)


def users_of(*names: str) -> set[str]:
    return {FILES[module] for module in TREES for one in imports_of(module) if one.split(".")[0] in names}


def test_only_the_document_room_knows_the_template_engine() -> None:
    """docxtpl, and jinja2 behind it, are known in one place, whose settings are safe."""
    assert users_of("docxtpl", "jinja2", "docx") == {"document/filling.py"}


def test_only_three_modules_unpack_and_pack_zip_files() -> None:
    """Files from others are opened where limits are kept, and our own are packed where their bytes are fixed."""
    opening = {FILES[module] for module in TREES for call in calls_in(module) if call.rpartition(".")[2] == "ZipFile"}

    assert opening == {"report/wordfile.py", "document/package.py", "packs/archive.py", "batch/workbook.py"}


def test_xml_is_parsed_only_where_word_is_read_or_written() -> None:
    """lxml is at home in the report and in the document; XML of others is parsed in one module only."""
    assert {file.split("/")[0] for file in users_of("lxml")} <= {"report", "document"}
    assert users_of("xml") <= {"document/package.py"}
    parsing = [
        FILES[module] for module in modules_in("report") for call in calls_in(module) if call == "etree.fromstring"
    ]
    assert set(parsing) == {"report/wordfile.py"}


def calls_in(module: str) -> Iterator[str]:
    """Yield what a module calls, as written: ``open``, ``date.today``, ``path.read_text``."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("module", modules_in(*PURE))
def test_core_opens_no_file_and_knows_no_clock(module: str) -> None:
    """Bytes, paths and the date come in as arguments, so the same input always gives the same bytes."""
    doors = {"os", "pathlib", "shutil", "tempfile", "subprocess", "time", "random", "secrets", "uuid", "locale", "glob"}
    network = {"socket", "urllib", "http", "ssl", "requests", "ftplib", "smtplib"}
    banned = re.compile(
        r"open|print|input|eval|exec|(.+\.)?(read_text|read_bytes|write_text|write_bytes|unlink|mkdir|iterdir|glob|rglob)"
        r"|(.+\.)?(today|now|utcnow|fromtimestamp|time_ns|monotonic)"
    )

    assert {one.split(".")[0] for one in imports_of(module)} & (doors | network) == set()
    assert [call for call in calls_in(module) if banned.fullmatch(call)] == []


def test_no_module_reaches_the_network() -> None:
    """Nothing in the package, the command line included, talks to another machine."""
    assert users_of("socket", "urllib", "http", "ssl", "requests", "httpx", "ftplib", "smtplib") == set()


def test_no_module_runs_code_from_data() -> None:
    """Conditions, markup and records are data: nothing is evaluated, unpickled or loaded by an unsafe loader."""
    calls = {(FILES[module], call) for module in TREES for call in calls_in(module)}
    banned = re.compile(
        r"eval|exec|compile|__import__|pickle\..*|marshal\..*|yaml\.(load|unsafe_load|full_load|load_all)"
    )

    assert {one for one in calls if banned.fullmatch(one[1])} == set()
    assert users_of("pickle", "marshal", "shelve", "ctypes") == set()


def strings_in(module: str) -> Iterator[str]:
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_state_is_named_in_code(library: Library) -> None:
    """Law and jurisdictions are data; code may name a state only as an example of how to write one."""
    states = re.compile("|".join(rf"\b{re.escape(name.removeprefix('the '))}\b" for name in library.states.values()))
    found = {(FILES[module], name) for module in TREES for text in strings_in(module) for name in states.findall(text)}

    assert found - EXAMPLES == set()


def test_no_module_is_a_drawer() -> None:
    """Rooms are named for what they are about, and open with a sentence that says it."""
    drawers = re.compile(r"utils?|helpers?|misc|common|manager|tools?|stuff")

    assert [module for module in TREES if any(drawers.fullmatch(step) for step in module.split("."))] == []
    assert [module for module, tree in TREES.items() if not (ast.get_docstring(tree) or "").strip()] == []


def test_rooms_stay_small_enough_to_read_standing() -> None:
    """A module keeps under 300 lines."""
    lengths = {file: len((PACKAGE / file).read_text(encoding="utf-8").splitlines()) for file in FILES.values()}

    assert {file: length for file, length in lengths.items() if length >= 300} == {}
