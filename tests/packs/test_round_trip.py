"""What a publisher writes is what a district gets: through the zip file, the installation and the loading, word for word."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_builder import __version__
from mou_builder.cli.packs.store import Publisher, contents_of, laid_out, overlay, put_in, unpacked
from mou_builder.library import Library, load_library
from mou_builder.packs.archive import unzipped, zipped
from mou_builder.packs.manifest import opened, with_manifest
from mou_builder.packs.pack import Pack, pack_in

ROOT = Path(__file__).resolve().parents[2]
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz \u2019\u201c\u00e9", min_size=1, max_size=40).map(
    lambda text: f"Words{text}."
)
_COUNT = itertools.count(1)

ABOUT = """\
schema: 1
id: made-up
version: 1.0.{count}
title: T
publisher: P
contact: C
licence: L
conformance: {{{rules}}}
"""
CLAUSE = """\
id: us-or-x/{name}
slot: {slot}
version: 1
change: edition
effective: 2026-07-01
reviewed: 2026-07-01
heading: A heading
text: |
  {text}
notes: |
  {text}
"""


def facts(library: Library) -> object:
    """Return everything in a library that an agreement could show; of published texts, that they are."""
    return (
        {id: (one.written, one.digest) for id, one in library.shelf.items()},
        library.rubrics,
        library.jurisdictions,
        {id: one.written for id, one in library.schedules.items()},
        library.outline,
        [(pack.cite, pack.rules, pack.jurisdictions) for pack in library.packs],
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that is small enough to be read a hundred times."""
    import shutil

    root = tmp_path_factory.mktemp("small")
    for name in ("outline.yaml", "states.yaml", "us/jurisdiction.yaml", "us/roles/discipline.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "clause_library" / name, root / name)
    return root


@given(
    texts=st.dictionaries(
        st.sampled_from(["roles/discipline", "roles/calling", "general/severability", "term/renewal.long"]), LETTERS
    ),
    rule=st.sampled_from(["locked", "add-only", "adaptable"]),
    names=st.lists(st.sampled_from(["Lane", "Coast"]), unique=True),
)
@settings(deadline=None, derandomize=True, max_examples=10)
def test_build_install_and_load_give_the_library_of_the_folder(
    store: Path, base: Path, texts: dict[str, str], rule: str, names: list[str]
) -> None:
    """Whatever a pack holds, nothing is lost or changed on the way, and the same folder gives the same bytes."""
    rules = ", ".join(f"us-or-x/{name}: {rule}" for name in texts)
    about = ABOUT.format(count=next(_COUNT), rules=rules) + f"names: [{', '.join(names)}]\n"
    files = {"pack.yaml": about.encode(), "us-or-x/jurisdiction.yaml": b"id: us-or-x\nname: X\nparent: us\nstate: OR\n"}
    for name, text in texts.items():
        slot = name.partition(".")[0].replace("/", ".")
        files[f"us-or-x/{name}.yaml"] = CLAUSE.format(name=name, slot=slot, text=text).encode()
    pack = pack_in(files, "folder", tool=__version__)
    data = zipped(with_manifest(pack))
    with unpacked(files) as folder:
        written = load_library(base, laid_out(pack, folder))
    _install(data, store)
    installed = load_library(base, overlay("made-up", pack.written.version))

    assert zipped(with_manifest(pack_in(dict(reversed(files.items())), "folder", tool=__version__))) == data
    assert facts(installed) == facts(written)
    assert all(installed.published(one) for one in installed.shelf.values() if one.jurisdiction == "us-or-x")


def _install(data: bytes, store: Path) -> Pack:
    pack = opened(data, "a.zip", __version__).pack
    store.mkdir(parents=True, exist_ok=True)
    with unpacked(unzipped(data, "a.zip"), store) as folder:
        put_in(folder, pack.written.id, pack.written.version, Publisher("P"))
    return pack


@given(data=st.binary(max_size=400), place=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(deadline=None, derandomize=True, max_examples=80)
def test_no_byte_of_a_pack_can_be_changed_unseen(first_pack: Pack, data: bytes, place: int, byte: int) -> None:
    """A damaged file is either refused in plain words or holds exactly what it held."""
    from mou_builder.errors import MouError

    small = {name: text for name, text in first_pack.contents.items() if name != "templates/mou.docx"}
    whole = zipped(with_manifest(pack_in(small, "one", tool=__version__)))
    at = place % len(whole)
    changed = whole[:at] + bytes([byte]) + data[:1] + whole[at + 1 + len(data[:1]) :]
    try:
        read = opened(changed, "a.zip", __version__).pack
    except MouError as error:
        assert len(error.faults) == 1
    else:
        assert dict(read.contents) == small


def test_folder_that_is_installed_reads_back_whole(store: Path, written: Path) -> None:
    """Reading a folder leaves out nothing that was written."""
    names = {path.relative_to(written / "two").as_posix() for path in (written / "two").rglob("*") if path.is_file()}

    assert set(contents_of(written / "two")) == names
