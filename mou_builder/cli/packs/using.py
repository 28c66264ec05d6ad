"""Which installed packs a command uses: those that --pack names, and those that an agreement's own record names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mou_builder.errors import Fault
    from mou_builder.library import Library
    from mou_builder.library.overlays import Overlay

Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", metavar="ID[@VERSION]", help="Use an installed pack; the newest version if none is named."),
]
"""The option of every command that can use packs; it may be given several times."""


@dataclass(frozen=True)
class Recorded:
    """A pack as the record of an agreement names it."""

    id: str
    version: str
    sha256: str
    publisher: str

    @property
    def cite(self) -> str:
        """``esd-model@1.2.0``."""
        return f"{self.id}@{self.version}"


def overlays(named: Sequence[str], made_with: Path | None = None) -> tuple[Overlay, ...]:
    """Return the packs that a person named, and those that the agreement or record in the file `made_with` was made with.

    A pack that is named takes the place of another version in the record. Raises PackError if one is not installed, or is
    not the one that the record means.
    """
    from mou_builder.cli.packs.store import overlay
    from mou_builder.packs.layout import PackError

    chosen = dict(_named(one) for one in named)
    if len(chosen) < len(named):
        raise PackError(_fault("a pack is named twice.", "Name each once."))
    recorded = [one for one in recorded_in(made_with) if one.id not in chosen] if made_with else []
    found = [overlay(id, version) for id, version in chosen.items()]
    return (*found, *(_as_recorded(one, made_with) for one in recorded))


def _named(text: str) -> tuple[str, str]:
    """Return id and version of an installed pack, of which `text` may name the id alone."""
    from mou_builder.cli.packs.store import installed
    from mou_builder.errors import did_you_mean
    from mou_builder.packs.layout import PackError

    id, _, version = text.partition("@")
    there = installed()
    if id not in there:
        near = did_you_mean(id, there) or (
            "Installed: " + ", ".join(there) + "." if there else "None is installed yet."
        )
        raise PackError(
            _fault(f"no pack {id!r} is installed.", f"{near} To install one: mou-builder pack install FILE.zip")
        )
    if version and version not in there[id]:
        what = f"version {version!r} of {id} is not installed."
        raise PackError(_fault(what, f"Installed: {', '.join(there[id])}."))
    return id, version or there[id][0]


def _as_recorded(one: Recorded, file: Path | None) -> Overlay:
    from mou_builder.cli.packs.store import installed, overlay
    from mou_builder.errors import Fault
    from mou_builder.packs.layout import PackError

    versions = installed().get(one.id, [])
    by = f" of {one.publisher}" if one.publisher else ""
    if one.version not in versions:
        what = f"it was made with the pack {one.cite}{by}, which is not installed here."
        other = f", or say --pack {one.id}@{versions[0]} to use the version that is" if versions else ""
        mend = f"Get it from its publisher and install it (mou-builder pack install FILE.zip){other}."
        raise PackError(Fault(str(file), what, mend))
    found = overlay(one.id, one.version)
    if found.used.digest != one.sha256:
        what = f"it was made with the pack {one.cite}{by}, but the pack of that name installed here is another one."
        mend = f"Ask the publisher which is right; or say --pack {one.cite} to use the one installed here."
        raise PackError(Fault(str(file), what, mend))
    return found


def recorded_in(file: Path) -> tuple[Recorded, ...]:
    """Return the packs that the record in a Word file, or a .record.yaml, names; none for any other file."""
    import zlib
    from zipfile import BadZipFile

    from mou_builder.errors import MouError

    try:
        data = file.read_bytes()
        if data[:2] != b"PK":
            return _packs_in(data.decode("utf-8-sig"), str(file))
        return _packs_in(_record_text(data, file.name), file.name)
    except (OSError, ValueError, EOFError, RuntimeError, BadZipFile, zlib.error, MouError):
        return ()  # whoever takes the file up says what is wrong with it


def _record_text(data: bytes, name: str) -> str:
    from mou_builder.report.wordfile import open_archive, open_word

    archive = open_archive(data, name)
    parts = [one for one in archive.namelist() if one.startswith("customXml/item") and "Props" not in one]
    # Taking the record out costs a tenth of a second; most agreements were made with no pack.
    if not any(b"\npacks:" in archive.read(one) for one in parts):
        return ""
    return open_word(data, name).record or ""


def _packs_in(text: str, name: str) -> tuple[Recorded, ...]:
    if "\npacks:" not in text:
        return ()
    from mou_builder.errors import RecordError
    from mou_builder.marked import read_marked

    tree = read_marked(text, name, RecordError).value
    found = tree.get("packs") if isinstance(tree, dict) and "clauses" in tree else None
    rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple(Recorded(*(str(one.get(key, "")) for key in ("id", "version", "sha256", "publisher"))) for one in rows)


def template_of(library: Library) -> bytes | None:
    """Return the Word template that a pack over the library brings; raise PackError if two bring one."""
    from mou_builder.cli.packs.store import opened
    from mou_builder.packs.layout import PackError

    found = {pack.cite: opened(pack.id, pack.version).pack.template for pack in library.packs if pack.digest}
    bringing = {cite: data for cite, data in found.items() if data is not None}
    if len(bringing) > 1:
        what = f"{' and '.join(bringing)} both bring a Word template."
        raise PackError(_fault(what, "Say which one is meant with --template."))
    return next(iter(bringing.values()), None)


def _fault(what: str, mend: str) -> Fault:
    from mou_builder.errors import Fault

    return Fault("--pack", what, mend)
