"""Check a library with packs over it once, and remember that it was sound: the same files need no second look."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mou_builder import __version__
from mou_builder.cli.packs.store import packs_folder
from mou_builder.errors import Fault, LibraryError

if TYPE_CHECKING:
    from mou_builder.library import Library

_SOUND = ".sound.json"
_MOST = 40
"""Libraries with packs that are remembered; the latest come last."""


def refuse_unsound(library: Library, root: Path) -> None:
    """Raise LibraryError with what packs bring into a library that is wrong; what is wrong without them is none of theirs."""
    seen = _fingerprint(library, root)
    if seen in _known():
        return
    from mou_builder.library import load_library
    from mou_builder.library.checking import check_library

    found = check_library(library)
    without = check_library(load_library(root)) if found else []
    faults = [fault for fault in found if fault not in without]
    if faults:
        what = f"{', '.join(pack.cite for pack in library.packs)} and this clause library do not go together:"
        raise LibraryError(Fault("--pack", what, "Ask the publisher for a version that fits."), *faults)
    remember(library, root)


def remember(library: Library, root: Path) -> None:
    """Remember that the library in `root` is sound with the packs that lie over it."""
    new = _fingerprint(library, root)
    known = [one for one in _known() if one != new]
    file = packs_folder() / _SOUND
    try:
        aside = file.with_suffix(".part")
        aside.write_text(json.dumps([*known, new][-_MOST:]), encoding="utf-8")
        aside.replace(file)
    except OSError:
        return  # a shared folder that this person may only read: it is checked again the next time


def _known() -> list[str]:
    try:
        found = json.loads((packs_folder() / _SOUND).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _fingerprint(library: Library, root: Path) -> str:
    """Return one digest of the program's version, every file of the library, and the packs with the digests of theirs."""
    whole = hashlib.sha256(__version__.encode())
    for file in sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".yml", ".lock")):
        whole.update(file.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    for pack in sorted(library.packs, key=lambda one: one.id):
        whole.update(f"{pack.cite} {pack.digest}".encode())
    return whole.hexdigest()
