"""Renewals on a terminal that several tests begin from, each held once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from review.sittings import Superintendent, earlier_in, sit, task_for

from mou_builder.cli.earlier import Earlier
from mou_builder.cli.interview.screen import Wish


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Earlier:
    """The first example with two sections changed and one added."""
    return earlier_in(tmp_path_factory.mktemp("signed"))


@pytest.fixture(scope="session")
def answered(signed: Earlier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its renewal, in which all questions are answered and no section is decided."""
    out, person = tmp_path_factory.mktemp("answered"), Superintendent()
    with pytest.raises(typer.Exit):
        sit(task_for(signed, out), lambda asked: Wish.QUIT if asked.ask.startswith("What shall") else person(asked))
    return out


@pytest.fixture
def ready(answered: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return Path(shutil.copytree(answered, tmp_path / "next"))
