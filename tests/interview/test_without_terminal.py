"""Where nobody can be asked, the interview says so in one line, and makes no file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections as Unix has them")

REDIRECTED = {
    "a pipe": "printf 'first\\nWA\\n' | {run} | cat",
    "no input": "{run} < /dev/null",
    "closed input": "{run} <&-",
    "closed input and output": "{run} <&- >&-",
    "output into a file": "{run} > said.txt",
}


@pytest.mark.parametrize("how", REDIRECTED)
def test_without_a_terminal_one_line_says_what_to_do_instead(tmp_path: Path, how: str) -> None:
    """In a pipe, in a nightly job, without a console: exit 2, one line that names `build` and `schema`, and no file."""
    done = subprocess.run(
        [
            "bash",
            "-o",
            "pipefail",
            "-c",
            REDIRECTED[how].format(run=f"{sys.executable} -m mou_builder interview ours.yaml"),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "no terminal" in line and "mou-builder build" in line and "mou-builder schema" in line
    assert done.stdout == "" and {one.name for one in tmp_path.iterdir()} <= {"said.txt"}


def test_a_program_without_any_streams_does_not_break(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Windows program without a console has no streams at all."""
    import typer

    from mou_builder.cli.files import UsageError
    from mou_builder.cli.interview.command import interview

    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(UsageError) as refused:
        interview(tmp_path / "ours.yaml")
    assert "no terminal" in str(refused.value) and not isinstance(refused.value, typer.Exit)
