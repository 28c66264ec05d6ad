"""Read a pack from its folder or its zip file, hold it against the library, and make the zip file that is given out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mou_builder import __version__
from mou_builder.cli.files import ROOT, UsageError, read_bytes
from mou_builder.cli.packs import store
from mou_builder.errors import Fault, LibraryError
from mou_builder.library import Library, load_library
from mou_builder.library.overlays import Overlay
from mou_builder.packs.layout import jurisdictions_in
from mou_builder.packs.linting import form_faults, pack_faults
from mou_builder.packs.manifest import Opened, new_key, opened
from mou_builder.packs.pack import Pack, pack_in


def taken_up(path: Path) -> Opened:
    """Return the pack in a folder or a zip file; raise PackError or UsageError if it is none or not safe to open."""
    if path.is_dir():
        return Opened(pack_in(store.contents_of(path), str(path), tool=__version__), "")
    return opened(read_bytes(path), path.name, __version__)


@dataclass(frozen=True)
class Held:
    """A pack held against the library: what is wrong with it, and where its files lie meanwhile."""

    faults: list[Fault]
    library: Library | None
    """The library with the pack over it; None where it could not be read."""
    folder: Path


@contextmanager
def held(pack: Pack, root: Path | None = None, inside: Path | None = None) -> Iterator[Held]:
    """Lay a pack over the library in `root`, or the shipped one, and tell what is wrong with it.

    Its files lie inside the folder `inside` meanwhile.
    """
    base = root or ROOT / "clause_library"
    faults = form_faults(pack)
    if faults:
        yield Held(faults, None, base)  # what nobody should read is not read to find more
        return
    with store.unpacked(pack.contents, inside) as folder:
        try:
            behind = _behind(pack, base)
            library = load_library(base, *behind, store.laid_out(pack, folder))
        except LibraryError as error:
            yield Held(list(error.faults), None, folder)
            return
        yield Held(pack_faults(pack, library, partial(load_library, base, *behind)), library, folder)


def _behind(pack: Pack, base: Path) -> list[Overlay]:
    """Return the installed packs on whose folders this one rests."""
    found: list[Overlay] = []
    wanted = pack.written.parent
    while not (base / wanted).is_dir() and len(found) < 10:
        resting = [
            (id, version)
            for id, versions in store.installed().items()
            for version in versions[:1]
            if wanted in jurisdictions_in(store.contents_of(store.packs_folder() / id / version))
        ]
        if not resting or resting[0][0] == pack.written.id:
            break
        one = store.opened(*resting[0]).pack
        found.append(store.overlay(*resting[0]))
        wanted = one.written.parent
    return found


def in_words(pack: Pack, library: Library) -> str:
    """Return what a pack holds, in a line."""
    laid = pack.used.jurisdictions
    clauses = sum(one.jurisdiction in laid for one in library.shelf.values())
    rubrics = [one for one in library.rubrics if f"rubrics/{one.id}.yaml" in pack.contents]
    rows = sum(len(one.requirements) for one in rubrics)
    rules = list(pack.written.conformance.values())
    facts = [
        _counted(clauses, "clause"),
        f"{_counted(rows, 'requirement')} in {_counted(len(rubrics), 'rubric')}",
        *(["a Word template"] if pack.template else []),
        *(f"{rules.count(rule)} {rule}" for rule in ("locked", "add-only", "adaptable") if rule in rules),
    ]
    return ", ".join(facts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def write_keys(name: Path) -> tuple[Path, Path]:
    """Write a new pair of keys, NAME.pem and NAME.public.pem, and return their paths; no file is ever overwritten."""
    base = name.name.removesuffix(".pem").removesuffix(".public")
    private, public = name.with_name(f"{base}.pem"), name.with_name(f"{base}.public.pem")
    for path in (private, public):
        if path.exists():
            what = "there is a key of this name already, and a key that is lost cannot be made again."
            raise UsageError(Fault(str(path), what, "Give another name. Nothing was written."))
    pems = new_key()
    try:
        name.parent.mkdir(parents=True, exist_ok=True)
        for path, pem, mode in ((private, pems[0], 0o600), (public, pems[1], 0o644)):
            # Made with its mode, so that nobody can read the private key even for a moment.
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
                stream.write(pem)
    except OSError as error:
        raise UsageError(
            Fault(str(name), f"the keys cannot be written ({error.strerror}).", "Give another name or folder.")
        ) from None
    return private, public
