"""Install a pack: only if it is whole, sound, from the publisher whom this computer knows, and of a name that is free."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mou_builder import __version__
from mou_builder.cli.files import ROOT, UsageError, read_bytes
from mou_builder.cli.packs import store
from mou_builder.cli.packs.making import held
from mou_builder.cli.packs.soundness import remember
from mou_builder.cli.packs.store import Publisher
from mou_builder.errors import Fault
from mou_builder.library import Library, load_library
from mou_builder.packs.archive import unzipped
from mou_builder.packs.changes import Changed, between, reworded
from mou_builder.packs.layout import MANIFEST, SIGNATURE, Contents, PackError
from mou_builder.packs.manifest import Opened, fingerprint, opened, public_key
from mou_builder.packs.pack import Pack, order


@dataclass(frozen=True)
class Installed:
    """What was installed, and what it changes against the version before it."""

    pack: Pack
    publisher: Publisher
    before: str = ""
    """The version that it is compared with; empty for a first one."""
    changes: tuple[Changed, ...] = ()
    again: bool = False
    """Whether the very same pack was installed already."""


def install(file: Path, trust: Path | None) -> Installed:
    """Install the pack in a zip file; raise PackError or UsageError, with nothing installed, if anything speaks against it."""
    if file.is_dir():
        what = "this is a folder."
        raise UsageError(Fault(str(file), what, f"Build it first: mou-builder pack build {file} --out {file.name}.zip"))
    data = read_bytes(file)
    one = opened(data, file.name, __version__)
    pack = one.pack
    publisher = _trusted(one, file.name, trust)
    home = store.packs_folder()
    versions = store.installed().get(pack.written.id, [])
    if pack.written.version in versions:
        return _again(pack, publisher, file.name)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with held(pack, inside=home) as found:
            if found.faults or found.library is None:
                raise PackError(*found.faults)
            earlier = [version for version in versions if order(version) < order(pack.written.version)]
            before = next(iter(earlier or versions), "")
            changes = _changes(pack, before, found.library) if before else ()
            _with_manifest(found.folder, unzipped(data, file.name))
            store.put_in(found.folder, pack.written.id, pack.written.version, publisher)
            remember(found.library, ROOT / "clause_library")
    except OSError as error:
        what = f"the pack cannot be written there ({error.strerror})."
        mend = f"Check the folder\u2019s permissions, or name another in {store.FOLDER_VARIABLE}."
        raise UsageError(Fault(str(home), what, mend)) from None
    return Installed(pack, publisher, before, changes)


def _with_manifest(folder: Path, contents: Contents) -> None:
    for name in (MANIFEST, SIGNATURE):
        if name in contents:
            (folder / name).write_bytes(contents[name])


def _trusted(one: Opened, name: str, trust: Path | None) -> Publisher:
    """Return who publishes the pack; raise PackError if it is not who this computer, or --trust, says it must be."""
    pack = one.pack.written
    known = store.publisher_of(pack.id)
    remove = f"If the change is real, ask {pack.publisher} by telephone, then: mou-builder pack remove {pack.id}"
    if known is not None and known.name != pack.publisher:
        what = (
            f"a pack {pack.id} of another publisher, {known.name}, was installed here; this one is of {pack.publisher}."
        )
        raise PackError(
            Fault(name, what, f"Nothing was installed. To have this one instead: mou-builder pack remove {pack.id}")
        )
    wanted = public_key(read_bytes(trust), str(trust)) if trust is not None else ""
    if wanted and not one.signer:
        what = "it is not signed, so the key cannot vouch for it."
        raise PackError(Fault(name, what, "Nothing was installed. Get the signed file from the publisher."))
    if wanted and one.signer != wanted:
        what = f"it is signed by another key ({fingerprint(one.signer)}) than {trust} ({fingerprint(wanted)})."
        raise PackError(Fault(name, what, "Nothing was installed. Do not use this file; ask the publisher."))
    if known is not None and known.key and not one.signer:
        what = f"it is not signed, but what was installed of {pack.id} before was."
        raise PackError(Fault(name, what, f"Nothing was installed. {remove}"))
    if known is not None and known.key and one.signer != known.key:
        what = (
            f"it is signed by another key ({fingerprint(one.signer)}) than {pack.id} before ({fingerprint(known.key)})."
        )
        raise PackError(Fault(name, what, f"Nothing was installed. {remove}"))
    return Publisher(pack.publisher, one.signer, bool(wanted) or bool(known and known.key and known.vouched))


def _again(pack: Pack, publisher: Publisher, name: str) -> Installed:
    there = store.opened(pack.written.id, pack.written.version).pack
    if there.digest != pack.digest:
        what = f"{pack.cite} is installed already, with other content."
        mend = f"A version never changes: ask {pack.written.publisher} which is right, or: mou-builder pack remove {pack.cite}"
        raise PackError(Fault(name, what, f"Nothing was installed. {mend}"))
    return Installed(pack, publisher, again=True)


def _changes(pack: Pack, before: str, new: Library) -> tuple[Changed, ...]:
    """Return what the pack changes against an installed version; raise PackError at words changed under the same citation."""
    earlier = store.opened(pack.written.id, before).pack
    others = [store.overlay(*one.cite.split("@")) for one in new.packs if one.id != pack.written.id]
    old = load_library(ROOT / "clause_library", *others, store.overlay(pack.written.id, before))
    altered = reworded(old, new)
    if altered:
        what = f"{', '.join(altered)} has other words than in version {before} of this pack, under the same citation."
        mend = (
            "Nothing was installed. Agreements cite these words: the publisher must give the changed text its next version and "
            f"keep the earlier one in past/. To try it all the same, first: mou-builder pack remove {pack.written.id}@{before}"
        )
        raise PackError(Fault(pack.cite, what, mend))
    ids = frozenset((*earlier.used.jurisdictions, *pack.used.jurisdictions))
    found = list(between(old, new, ids))
    if earlier.template != pack.template:
        told = "the pack brings one now" if earlier.template is None else "the pack brings none any more"
        found.append(
            Changed("template", "Word template", told if None in (earlier.template, pack.template) else "restyled")
        )
    return tuple(found)
