"""Where installed packs lie, one folder for each version, and which publisher's key was met first."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from mou_builder import __version__
from mou_builder.errors import Fault
from mou_builder.library.overlays import Overlay
from mou_builder.packs.layout import (
    MOST_BYTES,
    MOST_FILES,
    MOST_IN_ALL,
    Contents,
    PackError,
    name_faults,
    shown,
    size_faults,
)
from mou_builder.packs.manifest import Opened, whole
from mou_builder.packs.pack import Pack, order

_PUBLISHER = "publisher.json"
_LEFT_BY_OTHERS = ("Thumbs.db", "desktop.ini")
FOLDER_VARIABLE = "MOU_BUILDER_PACKS"
"""Names another folder for the packs: for an office that shares one."""


def packs_folder() -> Path:
    """Return the folder of the installed packs; it need not exist."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("mou-builder", appauthor=False) / "packs"


@dataclass(frozen=True)
class Publisher:
    """Who publishes a pack, as this computer has come to know it."""

    name: str
    key: str = ""
    """The public key, in hexadecimal, that signed what was installed first; empty for none."""
    vouched: bool = False
    """Whether a person gave that key with --trust."""


def installed() -> dict[str, list[str]]:
    """Return the installed packs by id, the versions of each with the newest first."""
    root = packs_folder()
    found: dict[str, list[str]] = {}
    for manifest in sorted(root.glob("*/*/manifest.json")):
        id, version = manifest.parent.parent.name, manifest.parent.name
        if not id.startswith("."):
            found.setdefault(id, []).append(version)
    return {id: sorted(versions, key=order, reverse=True) for id, versions in found.items()}


def opened(id: str, version: str) -> Opened:
    """Return an installed pack; raise PackError if somebody changed it since it was installed."""
    folder = packs_folder() / id / version
    try:
        return whole(contents_of(folder), f"{id}@{version}", __version__)
    except OSError as error:
        what = f"the installed copy cannot be read ({error.strerror})."
        raise PackError(Fault(str(folder), what, "Check its permissions.")) from None
    except PackError as error:
        first = error.faults[0]
        mend = f"The installed copy in {folder} is not as it was. Remove it (pack remove {id}@{version}) and install it again."
        raise PackError(Fault(first.where, first.what, mend)) from None


def overlay(id: str, version: str) -> Overlay:
    """Return an installed pack, found whole, ready to be laid over a library."""
    return laid_out(opened(id, version).pack, packs_folder() / id / version)


def laid_out(pack: Pack, folder: Path) -> Overlay:
    """Return a pack whose files lie in `folder` as it is laid over a library."""
    return Overlay(folder, pack.used, pack.written.names)


def contents_of(folder: Path) -> Contents:
    """Return the files in a pack's folder; raise PackError at a link, or at more than a pack holds. Hidden files are left out."""
    contents: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(step.startswith((".", "~$")) for step in name.split("/")) or path.name in _LEFT_BY_OTHERS:
            continue
        if path.is_symlink():
            raise PackError(Fault(shown(name), "it is a link, no file.", "Put the file itself in its place."))
        if path.is_file():
            size += path.stat().st_size
            if len(contents) >= MOST_FILES or size > MOST_IN_ALL or path.stat().st_size > MOST_BYTES:
                what = "it holds more than a pack can."
                raise PackError(
                    Fault(str(folder), what, f"At most {MOST_FILES:,} files of {MOST_IN_ALL:,} bytes in all.")
                )
            contents[name] = path.read_bytes()
    return contents


@contextmanager
def unpacked(contents: Contents, inside: Path | None = None) -> Iterator[Path]:
    """Lay the files of a pack out in a folder that is gone afterwards, unless it was renamed; `inside` says beside what."""
    faults = [*name_faults(contents), *size_faults({name: len(data) for name, data in contents.items()})]
    if faults:
        raise PackError(*faults)
    folder = Path(tempfile.mkdtemp(prefix=".incoming-", dir=inside))
    try:
        for name, data in contents.items():
            path = folder / "pack" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield folder / "pack"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in(folder: Path, id: str, version: str, publisher: Publisher) -> None:
    """Take up an unpacked pack as installed, whole or not at all, and remember its publisher."""
    home = packs_folder() / id
    home.mkdir(parents=True, exist_ok=True)
    # The publisher first: a key that is remembered without a pack does no harm, the other way round it would.
    aside = folder.parent / _PUBLISHER
    aside.write_text(json.dumps(asdict(publisher), indent=1) + "\n", encoding="utf-8")
    aside.replace(home / _PUBLISHER)
    folder.rename(home / version)


def publisher_of(id: str) -> Publisher | None:
    """Return what is remembered of the publisher of a pack; None if none of this id was ever installed."""
    file = packs_folder() / id / _PUBLISHER
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Publisher(str(found["name"]), str(found["key"]), found["vouched"] is True)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        what = "what is remembered of the publisher is damaged, so its key cannot be compared."
        raise PackError(Fault(str(file), what, f"Remove the pack (pack remove {id}) and install it again.")) from None


def remove(id: str, version: str | None) -> list[str]:
    """Remove one version of a pack, or all of them and what is remembered of its publisher; return what was removed."""
    home = packs_folder() / id
    versions = installed().get(id, [])
    gone = versions if version is None else [version]
    try:
        for one in gone:
            # Renamed first, so that an interruption leaves no half of a pack behind.
            aside = Path(tempfile.mkdtemp(prefix=".removed-", dir=packs_folder()))
            (home / one).rename(aside / one)
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        what = f"it cannot be removed ({error.strerror})."
        raise PackError(Fault(str(home), what, "Close it in other programs; check its permissions.")) from None
    if version is None:
        shutil.rmtree(home, ignore_errors=True)
    return [f"{id}@{one}" for one in gone]
