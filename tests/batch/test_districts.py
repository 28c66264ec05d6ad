"""Forty made-up districts, some broken on purpose: all others are built, the same with one process or two, killed or not."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from batch.districts import Districts, districts
from conftest import ROOT

ROWS = 40


def run(roster: Path, out: Path, workers: int, dies: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a batch in a process of its own, which may die at the renaming of a number."""
    words = ["batch", str(roster), "--base", str(ROOT / "examples" / "first_mou.yaml"), "--out", str(out)]
    way = ["-m", "batch.killed", str(dies), "before"] if dies else ["-m", "mou_builder"]
    return subprocess.run(
        [sys.executable, *way, *words, "--as-of", "2026-07-01", "--workers", str(workers)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def outputs(folder: Path) -> dict[str, bytes]:
    """Return every file that a person sees in the folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def listed(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def found(folder: Path) -> set[tuple[int, str]]:
    return {(int(one["row"]), one["heading"]) for one in listed((folder / "errors.csv").read_bytes())}


def small(seed: int) -> Districts:
    """Forty rows, of which more are broken than in a large roster."""
    return districts(ROWS, seed, every=5)


@pytest.mark.wide
def test_forty_districts_whatever_the_number_of_processes_and_however_often_killed(tmp_path: Path) -> None:
    """One process, two, and two that are killed half-way and asked again write the same bytes; the errors are those seeded."""
    made = small(2026)
    roster = tmp_path / "roster.csv"
    roster.write_bytes(made.csv)
    one = run(roster, tmp_path / "one", 1)
    two = run(roster, tmp_path / "two", 2)
    # The 20th renaming falls between two files of the seventh row.
    killed = run(roster, tmp_path / "killed", 2, dies=20)
    left = {path.name for path in (tmp_path / "killed").glob("*.docx")}
    resumed = run(roster, tmp_path / "killed", 2)

    assert one.returncode == two.returncode == resumed.returncode == 1, resumed.stderr
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")
    assert killed.returncode == -signal.SIGKILL and len(left) == 7
    assert f"{len(left) - 1} as before" in resumed.stdout
    assert outputs(tmp_path / "killed") == outputs(tmp_path / "one")
    assert found(tmp_path / "one") == set(made.broken)
    assert len(list((tmp_path / "one").glob("*.docx"))) == ROWS - len(made.broken_rows)
    assert not list((tmp_path / "killed").glob("*.part")) and not list((tmp_path / "killed").glob(".mou-*"))
