"""What is laid over the shipped library: a publisher's packs, and in which order their words serve a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from mou_builder.errors import Fault, LibraryError
from mou_builder.library.jurisdictions import Jurisdiction

Rule = Literal["locked", "add-only", "adaptable"]
"""What the parties may do with a text: nothing; add words, but take none away; or change it as they agree."""

_GROUND = "us"
"""The folder on which all others rest."""


@dataclass(frozen=True)
class PackUsed:
    """One pack that lies over a library; its version and digest say exactly which."""

    id: str
    version: str
    title: str
    publisher: str
    contact: str
    digest: str = ""
    """SHA-256 of its manifest; empty for a folder that is not built yet."""
    jurisdictions: tuple[str, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """By clause id (``us/roles/discipline``) or slot (``roles.discipline``)."""

    @property
    def cite(self) -> str:
        """``esd-model@1.2.0``."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Overlay:
    """A pack's folder, ready to be laid over a library."""

    folder: Path
    used: PackUsed
    names: tuple[str, ...] = ()
    """Capitalized names that its texts use and nothing defines."""


def chain_of(jurisdictions: Mapping[str, Jurisdiction], packs: Sequence[PackUsed], state: str) -> tuple[str, ...]:
    """Return the folders whose texts serve `state`, nearest first.

    A pack for the state comes before the library's own folder for it, and that before a pack for every state: law that the
    library knows is never passed over for a publisher's general model. Raises LibraryError where two packs serve the state
    and neither rests on the other.
    """
    owner = {id: pack for pack in packs for id in pack.jurisdictions if id in jurisdictions}
    own = [id for id in owner if serves(id, jurisdictions) == state]
    everywhere = [id for id in owner if serves(id, jurisdictions) is None]
    shipped = next(
        (one.id for _, one in sorted(jurisdictions.items()) if one.state == state and one.id not in owner), None
    )
    between = [id for id in _line(shipped or _GROUND, jurisdictions) if id != _GROUND and id not in owner]
    return (
        *_nearest_first(own, owner, jurisdictions),
        *between,
        *_nearest_first(everywhere, owner, jurisdictions),
        _GROUND,
    )


def _line(id: str | None, jurisdictions: Mapping[str, Jurisdiction]) -> Iterator[str]:
    """Yield a folder and those behind it."""
    seen: set[str] = set()
    while id is not None and id in jurisdictions and id not in seen:
        seen.add(id)
        yield id
        id = jurisdictions[id].parent


def serves(id: str, jurisdictions: Mapping[str, Jurisdiction]) -> str | None:
    """Return the state that a folder serves, by itself or by what stands behind it; None for every state."""
    return next((state for one in _line(id, jurisdictions) if (state := jurisdictions[one].state)), None)


def _nearest_first(
    ids: Sequence[str], owner: Mapping[str, PackUsed], jurisdictions: Mapping[str, Jurisdiction]
) -> list[str]:
    lines = {id: list(_line(id, jurisdictions)) for id in ids}
    ordered = sorted(ids, key=lambda id: (-len(lines[id]), id))
    for nearer, further in pairwise(ordered):
        if further not in lines[nearer]:
            what = (
                f"{owner[nearer].cite} ({nearer}) and {owner[further].cite} ({further}) serve the same agreements, and "
                "neither rests on the other, so nobody can tell whose words come first."
            )
            raise LibraryError(Fault("--pack", what, "Use one of the two; or ask a publisher to make one the parent."))
    return ordered


def clashes_of_names(bases: Sequence[Path], overlays: Sequence[Overlay]) -> Iterator[Fault]:
    """Yield the folders and rubrics that a pack names as the library, or another pack, has named its own."""
    taken: dict[str, str] = {}
    for base, whose in zip(bases, ("the library", *(one.used.cite for one in overlays)), strict=True):
        found = [*(path for path in base.glob("us*") if path.is_dir()), *(base / "rubrics").glob("*.yaml")]
        for name in sorted(path.relative_to(base).as_posix() for path in found):
            if name in taken:
                mend = "Name the pack\u2019s own after its publisher, as us-wa-esd or rubrics/esd-policy.yaml."
                yield Fault(name, f"{whose} has one of the name that {taken[name]} has.", mend)
            taken.setdefault(name, whose)
