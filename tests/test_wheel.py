"""What people install: the wheel holds the clauses, the template and the command, and builds an agreement by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel
ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, cwd: Path) -> str:
    said = subprocess.run([str(one) for one in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def test_sdist_wheel_and_fresh_environment(tmp_path: Path) -> None:
    """From source archive to wheel to a fresh environment, no clause is lost, and the wheel alone builds the example."""
    run(
        sys.executable, "-m", "build", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path
    )  # the wheel is built from the sdist
    wheel = next((tmp_path / "dist").glob("*.whl"))
    in_tree = {path.relative_to(ROOT).as_posix() for path in (ROOT / "clause_library").rglob("*.yaml")}
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.removeprefix("mou_builder/_data/") for name in names if name.endswith(".yaml")} == in_tree
    shipped = {f"mou_builder/_data/templates/{one}" for one in ("mou.docx", "summary.docx", "memo.docx", "rollup.html")}
    assert shipped <= {*names}

    home = tmp_path / "fresh"
    venv.create(home, with_pip=True)
    bin = home / ("Scripts" if os.name == "nt" else "bin")
    run(bin / "python", "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    counted = run(bin / "mou-builder", "library", "check", cwd=tmp_path)
    texts = [one for one in in_tree if re.search(r"/us(-[a-z]{2})?/[a-z-]+/", one)]
    schedules = [one for one in texts if "/schedules/" in one]
    assert f"Sound: {len(texts) - len(schedules)} clauses" in counted and f"{len(schedules)} schedules" in counted
    said = run(
        bin / "mou-builder", "build", ROOT / "examples" / "first_mou.yaml", "--out", tmp_path / "out", cwd=tmp_path
    )
    assert "53 of 53" in said and (tmp_path / "out" / "first_mou.docx").is_file()
