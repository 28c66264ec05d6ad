"""Answers about officers' posts that make no sense together, each with a mend."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.model.consistency import Contradiction
from mou_builder.model.program import Program
from mou_builder.model.staffing import Selection


def in_posts(program: Program, selection: Selection) -> Iterator[Contradiction]:
    """Yield schools that come twice in the order for a shortage, and a rotation before the minimum time is over."""
    for number, name in enumerate(program.priority):
        if program.priority.index(name) != number:
            what = f"the school {name!r} has two places in the order."
            yield Contradiction(("program", "priority", number), what, "Delete one.")
    shortest, longest = selection.minimum_assignment, selection.rotation
    if isinstance(shortest, int) and isinstance(longest, int) and longest < shortest:
        yield Contradiction(
            ("selection", "rotation"),
            f"an officer moves on after {longest} years but stays for at least {shortest}.",
            "Raise rotation, or lower minimum_assignment.",
        )
