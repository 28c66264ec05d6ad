"""What a model calls its questions, so that a person who sees one alone knows whose answer is meant."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.interview.questions import group_of, place_of
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part

_PARTIES = {"districts": "District", "agencies": "Agency", "municipalities": "Municipality"}


def full_question(path: Path, title: str) -> str:
    """Return a question's title behind the party and the entry that it is about: ``District: Kind of legal entity``."""
    return ": ".join([*_around(path), title])


def _around(path: Path) -> Iterator[str]:
    """Yield which entry of which list each number on the way to a question means; a party is called by what it is."""
    part: type[Part] | None = Agreement
    listed = ""
    for step in path:
        if isinstance(step, int):
            party = _PARTIES.get(listed)
            if party:
                yield f"{party} {step + 1}" if step else party
            else:
                yield f"{listed} no. {step + 1}"
            continue
        place = place_of(part, step) if part else None
        if place is None:
            return
        part = place.form.part if place.form else group_of(place.field)
        listed = step if step in _PARTIES else place.field.title or step


def party_words(path: str) -> str:
    """Return how a model names a party that has no name yet: ``the District`` for ``parties.districts[0]``."""
    group, _, number = path.rstrip("]").rpartition("[")
    place = f" {int(number) + 1}" if number not in ("", "0") else ""
    return f"the {_PARTIES[group.rpartition('.')[2]]}{place}"
