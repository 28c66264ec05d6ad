"""docs/clauses.md: the whole library on one page, always the one that ships."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from mou_builder.library import Library

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]


def test_the_catalogue_is_fresh(run: Run) -> None:
    """docs/clauses.md is what the command writes; after a change in the library, write it again:
    mou-builder library list --markdown > docs/clauses.md"""
    code, said, _ = run("library", "list", "--markdown")

    assert code == 0
    assert (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8") == said


def test_the_catalogue_names_every_clause_once_with_its_alternates_and_sources(library: Library, run: Run) -> None:
    """Each text stands under its place with the answers that choose it, what it satisfies and what it rests on."""
    _, said, _ = run("library", "list", "--markdown")
    places = {found[1]: found[0] for found in re.findall(r"(?ms)^### (([a-z-]+\.[a-z-]+): .*?)(?=^##|\Z)", said)}

    assert places.keys() == library.outline.slots().keys()
    for clause in library.shelf.values():
        assert said.count(f"**`{clause.cite}`**") == 1
        assert f"**`{clause.cite}`** {clause.written.heading}" in places[clause.slot]
        for id in clause.written.satisfies:
            assert id in places[clause.slot]
        for source in clause.written.sources:
            assert source.cite in places[clause.slot], clause.cite


def test_the_catalogue_and_a_requirement_do_not_go_together(run: Run) -> None:
    """The catalogue holds every clause; a filter beside it would be silently ignored."""
    code, _, messages = run("library", "list", "--markdown", "--meets", "S1.6")

    assert code == 2 and "--meets: the catalogue holds every clause" in messages
