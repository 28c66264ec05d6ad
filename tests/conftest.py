"""What tests stand on: the shipped library, the example answers, and one built agreement of each."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mou_builder.build import Built, build
from mou_builder.cli import main
from mou_builder.library import Library, load_library
from mou_builder.model import Agreement, read_answers
from mou_builder.report import Report, read_report

WIDE_SHARE = os.environ.get("MOU_SHARE", "1/1")
"""Which part of the wide set is tried, as ``2/3``; whole files go together, so that what they share is made once."""
ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 7, 1)
"""The date every test builds at; nothing in a test depends on the clock."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the wide tests of the other shares."""
    nth, of = (int(part) for part in WIDE_SHARE.split("/"))
    files = sorted({item.path for item in items if item.get_closest_marker("wide")}, key=_dealt)
    ours = set(files[nth - 1 :: of])
    left = [item for item in items if item.path in set(files) - ours and item.get_closest_marker("wide")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item.path in ours or not item.get_closest_marker("wide")]


def _dealt(file: Path) -> int:
    """Return an order in which every third file makes shares that take about the same time; the number was tried out."""
    return zlib.crc32(f"372{file.relative_to(ROOT / 'tests').as_posix()}".encode())


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(ROOT / "clause_library")


@pytest.fixture(scope="session")
def template() -> bytes:
    return (ROOT / "templates" / "mou.docx").read_bytes()


@pytest.fixture(scope="session")
def first_text() -> str:
    return (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def first(first_text: str, library: Library) -> Agreement:
    return read_answers(first_text, "first_mou.yaml", library.states)


@pytest.fixture(scope="session")
def make(library: Library, template: bytes) -> Callable[..., Built]:
    """Build an agreement from the text of an answers file."""

    def made(text: str, **how: object) -> Built:
        agreement = read_answers(text, "answers.yaml", library.states)
        options: dict[str, object] = {"as_of": TODAY, "name": "answers.docx"} | how
        return build(agreement, library, template, **options)  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="session")
def built(make: Callable[..., Built], first_text: str) -> Built:
    """The first example, built once."""
    return make(first_text)


@pytest.fixture
def library_copy(tmp_path: Path) -> Path:
    """A copy of the clause library that a test may damage."""
    return Path(shutil.copytree(ROOT / "clause_library", tmp_path / "clause_library"))


@pytest.fixture(scope="session")
def read(library: Library) -> Callable[..., Report]:
    """Read a Word file back into a report."""

    def reading(data: bytes, **how: object) -> Report:
        return read_report(data, "answers.docx", library, **how)  # type: ignore[arg-type]

    return reading


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command as a person would; return its exit code, what it printed, and its messages."""

    def running(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mou-builder", *words])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


THREE = ("first_mou", "multi_party", "renewal")


@pytest.fixture(scope="session")
def examples(make: Callable[..., Built]) -> dict[str, Built]:
    """Three examples that differ much, built once; test_examples.py builds all of them by the command."""
    folder = ROOT / "examples"
    return {name: make((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in THREE}
