"""A store of packs for tests, a pair of keys, and the outsider's two versions built and signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from packs.outsider import write_pack

from mou_builder import __version__
from mou_builder.cli.packs.store import FOLDER_VARIABLE, contents_of
from mou_builder.packs.archive import zipped
from mou_builder.packs.manifest import new_key, private_key, with_manifest
from mou_builder.packs.pack import Pack, pack_in


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh folder in which the packs of this module are installed."""
    folder = tmp_path_factory.mktemp("home") / "packs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the outsider's two versions, `one` and `two`."""
    folder = tmp_path_factory.mktemp("outsider")
    write_pack(folder / "one")
    write_pack(folder / "two", second=True)
    return folder


@pytest.fixture(scope="session")
def first_pack(written: Path) -> Pack:
    return pack_in(contents_of(written / "one"), "one", tool=__version__)


@pytest.fixture(scope="session")
def given_out(written: Path, first_pack: Pack) -> Path:
    """The folder with what the outsider gives out: one.zip and two.zip, signed, and the public key; the private one too."""
    private, public = new_key()
    (written / "lane.pem").write_bytes(private)
    (written / "lane.public.pem").write_bytes(public)
    key = private_key(private, "lane.pem")
    second = pack_in(contents_of(written / "two"), "two", tool=__version__)
    for name, pack in (("one", first_pack), ("two", second)):
        (written / f"{name}.zip").write_bytes(zipped(with_manifest(pack, key)))
    return written


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory, first_text: str) -> Path:
    """The first example, for a district in the state that the pack serves."""
    file = tmp_path_factory.mktemp("answers") / "ours.yaml"
    file.write_text(first_text.replace("\n  state: WA\n", "\n  state: OR\n"), encoding="utf-8")
    return file
