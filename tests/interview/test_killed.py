"""However the process dies, the file loads and holds every answer, or the notes beside it do; and one process at a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from interview.driving import example, leaves
from interview.killed import PLAN
from interview.screens import Answering, Asked, converse
from interview.terminal import Terminal, with_terminal

from mou_builder.cli.files import UsageError
from mou_builder.cli.interview.store import Store
from mou_builder.library import Library

TOUCHED = {path for path, _ in PLAN}


def deaths(folder: Path, stride: int) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "interview.killed", str(folder), str(stride)],
        cwd=ROOT / "tests",
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert not done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_nothing_is_lost(death: dict[str, Any]) -> None:
    """Every answer of before is there, and each one given since, but for the one that was being saved."""
    assert "unreadable" not in death, death
    held = {tuple(path): value for path, value in death["held"]}
    for path, value in leaves(example("first_mou")):
        if path not in TOUCHED:
            assert held.get(path) == repr(value), (death["number"], death["after"], path)
    before, given = PLAN[: death["given"] - 1], PLAN[: death["given"]]
    for path in TOUCHED - {("document", "recording")}:
        known = {repr(dict(example_and(part)).get(path)) for part in (before, given)}
        assert repr(None) in known or held.get(path) in known, (death["number"], death["after"], path, held.get(path))


def example_and(given: Any) -> dict[Any, Any]:
    return dict((*leaves(example("first_mou")), *given))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.wide
@pytest.mark.parametrize("stride", [36, 2])
def test_a_process_killed_between_any_two_writes_loses_nothing(tmp_path: Path, stride: int) -> None:
    """Groups are wanted and not wanted, officers go and come back; killed before or after any renaming, every answer is there."""
    told = deaths(tmp_path, stride)
    assert told[-1]["alive"] and not told[0]["alive"] and len(told) > 36 / stride
    for death in told:
        assert_nothing_is_lost(death)
    assert told[-1]["given"] == len(PLAN)


def test_a_change_by_another_program_is_never_overwritten(tmp_path: Path, library: Library) -> None:
    """Word, an editor or a colleague writes the file meanwhile: the interview stops, and what was typed lies beside it."""
    file = tmp_path / "ours.yaml"

    def reply(asked: Asked) -> Any:
        if asked.item.path == ("document", "effective_date"):
            file.write_text("schema: 1\ndocument: {purpose: renewal}  # by a colleague\n", encoding="utf-8")
            return asked.values[0]
        return Answering(example("first_mou"))(asked)

    with pytest.raises(UsageError) as refused:
        converse(file, reply, library)
    (fault,) = refused.value.faults
    assert "another program has changed the file" in fault.what and "ours.rescued.yaml" in fault.mend
    assert file.read_text(encoding="utf-8") == "schema: 1\ndocument: {purpose: renewal}  # by a colleague\n"
    rescued = Store(tmp_path / "ours.rescued.yaml").tree["document"]
    assert rescued == {"purpose": "first", "state": "WA", "effective_date": date(2026, 8, 1)}


def test_a_file_that_was_deleted_meanwhile_is_not_brought_back_unasked(tmp_path: Path, library: Library) -> None:
    """Nothing is written under a name that somebody has moved away; the answers lie beside it."""
    file = tmp_path / "ours.yaml"

    def reply(asked: Asked) -> Any:
        if asked.item.path == ("document", "effective_date"):
            file.unlink()
            return asked.values[0]
        return Answering(example("first_mou"))(asked)

    with pytest.raises(UsageError, match="another program has changed the file"):
        converse(file, reply, library)
    assert not file.exists() and (tmp_path / "ours.rescued.yaml").exists()


@pytest.mark.wide
@with_terminal()
def test_two_interviews_over_one_file_are_refused_until_the_first_ends(tmp_path: Path) -> None:
    """The second says so and ends with 2; the lock goes with the first one, however that one ends."""
    first = Terminal(tmp_path, "ours.yaml")
    first.prompted("Your choice")
    second = Terminal(tmp_path, "ours.yaml")
    assert second.end() == 2
    assert " ".join(second.shown.split()) == (
        "ours.yaml: another interview has this file open. Finish that one first, or give another file."
    )
    first.child.kill(signal.SIGKILL)
    assert first.end() == -signal.SIGKILL
    third = Terminal(tmp_path, "ours.yaml")
    third.prompted("Your choice")
    third.send("\x11")
    assert third.end() == 0
    assert list(tmp_path.iterdir()) == []
