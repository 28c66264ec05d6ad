"""One whole conversation, held once, for every test that looks at what it said and what it left."""

from __future__ import annotations

import pytest
from interview.driving import example
from interview.screens import Answering, Talk, converse

from mou_builder.library import Library


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Talk:
    """From nothing to the copy to sign, each section's defaults taken at once."""
    folder = tmp_path_factory.mktemp("whole")
    person = Answering(example("first_mou"), ["draft", "rest", "final"], at_once=True)
    screen = converse(folder / "ours.yaml", person, library, out=folder / "out")
    return Talk(screen, person, folder / "ours.yaml", folder / "out")
