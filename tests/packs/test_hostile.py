"""Packs that mean harm, or are merely broken: one clear message each, exit 2, and nothing installed."""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mou_builder import __version__
from mou_builder.cli.packs.store import contents_of
from mou_builder.packs.archive import unzipped, zipped
from mou_builder.packs.manifest import digest_of, new_key, private_key, with_manifest
from mou_builder.packs.pack import pack_in

Run = Callable[..., tuple[int, str, str]]
ABOUT = b"""schema: 1
id: lane-model
version: 1.0.0
title: A model
publisher: Lane Service District
contact: agreements@lane.example
licence: CC-BY-4.0
"""


def whole(files: Mapping[str, bytes], id: str = "lane-model", version: str = "1.0.0") -> dict[str, bytes]:
    """Return files with a manifest that fits them, whatever they are."""
    digests = {name: digest_of(data) for name, data in files.items()}
    manifest = {"schema": 1, "id": id, "version": version, "files": digests}
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def as_zip(files: Mapping[str, bytes] | list[tuple[zipfile.ZipInfo | str, bytes]], packing: int = 0) -> bytes:
    """Return a zip as any program might write it, with names that ours never would."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", packing) as archive:
        warnings.simplefilter("ignore")
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    return stream.getvalue()


def link(name: str, to: str) -> tuple[zipfile.ZipInfo, bytes]:
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o120777 << 16
    return member, to.encode()


def shrunk_sizes(data: bytes) -> bytes:
    """Return a zip whose directory says that each file is ten bytes long."""
    changed = bytearray(data)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = struct.pack("<I", 10)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


SOUND = whole({"pack.yaml": ABOUT})
HOSTILE: dict[str, tuple[bytes, str]] = {
    "no zip": (b"hello", "this is no pack (a .zip file)"),
    "cut short": (as_zip(SOUND)[:-30], "this pack is damaged or incomplete"),
    "empty": (as_zip({}), "this is no pack: it has neither pack.yaml nor manifest.json"),
    "a Word file": (as_zip({"word/document.xml": b"<x/>"}), "this is no pack"),
    "no manifest": (as_zip({"pack.yaml": ABOUT}), "it has no manifest.json"),
    "no pack.yaml": (as_zip(whole({"README.md": b"hello"})), "it has no pack.yaml"),
    "manifest of another pack": (
        as_zip(whole({"pack.yaml": ABOUT}, version="2.0.0")),
        "its manifest is for lane-model@2.0.0",
    ),
    "damaged manifest": (as_zip({"pack.yaml": ABOUT, "manifest.json": b"[1"}), "its manifest.json is damaged"),
    "changed file": (as_zip({**SOUND, "pack.yaml": ABOUT + b"# more\n"}), "pack.yaml is not as its manifest says"),
    "added file": (as_zip({**SOUND, "README.md": b"x"}), "README.md is in it, but not in its manifest"),
    "file taken out": (
        as_zip({k: v for k, v in whole({"pack.yaml": ABOUT, "LICENSE": b"x"}).items() if k != "LICENSE"}),
        "LICENSE is in its manifest, but not in it",
    ),
    "way up": (
        as_zip(whole({"pack.yaml": ABOUT, "../evil.yaml": b"x"})),
        "called ../evil.yaml, which leads out of the pack",
    ),
    "way up inside": (as_zip(whole({"pack.yaml": ABOUT, "rubrics/../../e": b"x"})), "which leads out of the pack"),
    "absolute": (
        as_zip(whole({"pack.yaml": ABOUT, "/etc/passwd": b"x"})),
        "called /etc/passwd, which leads out of the pack",
    ),
    "drive": (
        as_zip(whole({"pack.yaml": ABOUT, "C:evil.yaml": b"x"})),
        "called C:evil.yaml, which leads out of the pack",
    ),
    "backslashes": (as_zip(whole({"pack.yaml": ABOUT, "a\\..\\e": b"x"})), "leads out of the pack"),
    "device": (as_zip(whole({"pack.yaml": ABOUT, "rubrics/con.yaml": b"x"})), "is no name for a file of a pack"),
    "hidden": (as_zip(whole({"pack.yaml": ABOUT, ".bashrc": b"x"})), "is no name for a file of a pack"),
    "control character": (as_zip(whole({"pack.yaml": ABOUT, "a\x1b[2Jb": b"x"})), "a?[2Jb is no name"),
    "link": (as_zip([*SOUND.items(), link("LICENSE", "/etc/passwd")]), "LICENSE is a link, no file"),
    "twice": (as_zip([*SOUND.items(), ("pack.yaml", ABOUT)]), "it stands in the pack twice"),
    "twice but for case": (as_zip(whole({"pack.yaml": ABOUT, "Pack.yaml": b"x"})), "which some computers take for it"),
    "many files": (as_zip({f"rubrics/a{n}.yaml": b"" for n in range(1001)}), "it holds 1,001 files"),
    "bomb": (as_zip({"README.md": bytes(6_000_000)}, zipfile.ZIP_DEFLATED), "it is 6,000,000 bytes long"),
    "many small bombs": (
        as_zip({f"rubrics/a{n}.yaml": bytes(4_000_000) for n in range(6)}, zipfile.ZIP_DEFLATED),
        "its files are 24,000,000 bytes long together",
    ),
    "bomb that lies": (
        shrunk_sizes(as_zip({"README.md": bytes(6_000_000)}, zipfile.ZIP_DEFLATED)),
        "README.md in it is damaged",
    ),
    "unknown file": (as_zip(whole({"pack.yaml": ABOUT, "evil.py": b"x"})), "nothing reads a file of this name"),
    "the library's own folder": (
        as_zip(whole({"pack.yaml": ABOUT, "us/roles/discipline.yaml": b"x"})),
        "A pack has a folder of its own",
    ),
    "unknown field": (
        as_zip(whole({"pack.yaml": ABOUT + b"postinstall: rm\n"})),
        "pack.yaml:8:1: nothing here is called",
    ),
    "id of a path": (
        as_zip(whole({"pack.yaml": ABOUT.replace(b"lane-model", b"../up")})),
        "pack.yaml:2:5: id is '../up'",
    ),
    "later program": (as_zip(whole({"pack.yaml": ABOUT + b"tool: 99.0.0\n"})), "made for mou-builder 99.0.0 or later"),
    "tag": (as_zip(whole({"pack.yaml": b"!!python/object/apply:os.system [ls]"})), "the YAML tag"),
    "template that is none": (
        as_zip(whole({"pack.yaml": ABOUT, "templates/mou.docx": b"PK"})),
        "templates/mou.docx: this Word file is damaged",
    ),
    "rule for nothing": (
        as_zip(whole({"pack.yaml": ABOUT + b"conformance: {us/roles/disciplin: locked}\n"})),
        "pack.yaml:8:15: conformance names 'us/roles/disciplin'",
    ),
}
SLOW = ("rule for nothing",)


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOU_BUILDER_PACKS", str(tmp_path / "packs"))
    return tmp_path / "packs"


@pytest.mark.parametrize("name", [pytest.param(one, marks=[pytest.mark.wide] * (one in SLOW)) for one in HOSTILE])
def test_hostile_pack_is_refused_in_plain_words(run: Run, tmp_path: Path, empty_store: Path, name: str) -> None:
    """Each is told apart from the others, and none leaves anything behind."""
    data, said = HOSTILE[name]
    file = tmp_path / "given.zip"
    file.write_bytes(data)
    code, out, err = run("pack", "install", str(file))

    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert [path.name for path in empty_store.rglob("*")] == []


def test_bad_signature_is_refused_even_where_nobody_asked_for_one(run: Run, tmp_path: Path, empty_store: Path) -> None:
    """A signature that does not fit is worse than none."""
    pack = pack_in({"pack.yaml": ABOUT}, "lane", tool=__version__)
    signed = dict(with_manifest(pack, private_key(new_key()[0], "key")))
    other = with_manifest(pack, private_key(new_key()[0], "key"))
    mixed = json.loads(signed["signature.json"]) | {"public_key": json.loads(other["signature.json"])["public_key"]}
    signed["signature.json"] = json.dumps(mixed).encode()
    (tmp_path / "bad.zip").write_bytes(zipped(signed))
    code, _, err = run("pack", "install", str(tmp_path / "bad.zip"))

    assert code == 2 and "its signature does not fit its manifest" in err
    assert list(empty_store.rglob("*")) == []


def test_key_that_is_asked_for_must_have_signed(run: Run, tmp_path: Path, empty_store: Path) -> None:
    """With --trust, no signature and another's signature are both refused; so is a private key given for a public one."""
    private, public = new_key()
    (tmp_path / "public.pem").write_bytes(public)
    (tmp_path / "private.pem").write_bytes(private)
    pack = pack_in({"pack.yaml": ABOUT}, "lane", tool=__version__)
    (tmp_path / "unsigned.zip").write_bytes(zipped(with_manifest(pack)))
    (tmp_path / "other.zip").write_bytes(zipped(with_manifest(pack, private_key(new_key()[0], "key"))))
    said = [
        run("pack", "install", str(tmp_path / file), "--trust", str(tmp_path / key))
        for file, key in (("unsigned.zip", "public.pem"), ("other.zip", "public.pem"), ("other.zip", "private.pem"))
    ]

    assert [code for code, _, _ in said] == [2, 2, 2]
    assert "it is not signed, so the key cannot vouch for it" in said[0][2]
    assert "it is signed by another key (" in said[1][2]
    assert "this is a private key, which its owner shows to nobody" in said[2][2]
    assert list(empty_store.rglob("*")) == []


def remembered(store: Path, name: str, key: str) -> None:
    (store / "lane-model").mkdir(parents=True)
    known = {"name": name, "key": key, "vouched": False}
    (store / "lane-model" / "publisher.json").write_text(json.dumps(known), encoding="utf-8")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (("Lane Service District", "ab" * 32), "it is signed by another key ("),
        (("Coast Service District", ""), "a pack lane-model of another publisher, Coast Service District"),
    ],
)
def test_later_version_must_come_from_whom_the_first_came(
    run: Run, tmp_path: Path, empty_store: Path, known: tuple[str, str], said: str
) -> None:
    """Another key or another publisher under the same id is refused, with the way to accept it knowingly."""
    remembered(empty_store, *known)
    pack = pack_in({"pack.yaml": ABOUT}, "lane", tool=__version__)
    (tmp_path / "later.zip").write_bytes(zipped(with_manifest(pack, private_key(new_key()[0], "key"))))
    code, _, err = run("pack", "install", str(tmp_path / "later.zip"))

    assert code == 2 and said in err and "mou-builder pack remove lane-model" in err
    assert [path.name for path in empty_store.rglob("*")] == ["lane-model", "publisher.json"]


def test_unsigned_version_after_a_signed_one_is_refused(run: Run, tmp_path: Path, empty_store: Path) -> None:
    """Leaving the signature out is no way around it."""
    remembered(empty_store, "Lane Service District", "ab" * 32)
    pack = pack_in({"pack.yaml": ABOUT}, "lane", tool=__version__)
    (tmp_path / "later.zip").write_bytes(zipped(with_manifest(pack)))

    assert (
        "it is not signed, but what was installed of lane-model before was"
        in run("pack", "install", str(tmp_path / "later.zip"))[2]
    )


@pytest.mark.wide
def test_same_version_with_other_content_is_refused(run: Run, tmp_path: Path, empty_store: Path) -> None:
    """A version never changes; the very same pack again does no harm."""
    for name, about in (("one", ABOUT), ("two", ABOUT.replace(b"A model", b"Another model"))):
        pack = pack_in({"pack.yaml": about}, name, tool=__version__)
        (tmp_path / f"{name}.zip").write_bytes(zipped(with_manifest(pack)))
    first, again, other = (run("pack", "install", str(tmp_path / f"{name}.zip")) for name in ("one", "one", "two"))

    assert (first[0], again[0], other[0]) == (0, 0, 2)
    assert "nobody can tell who made it" in first[1] and "the very same" in again[1]
    assert "lane-model@1.0.0 is installed already, with other content" in other[2]


@pytest.mark.wide
def test_installed_pack_that_somebody_changed_is_not_used(run: Run, tmp_path: Path, empty_store: Path) -> None:
    """The record would name a digest that is not that of the words; so it is refused, and can be removed."""
    pack = pack_in({"pack.yaml": ABOUT}, "lane", tool=__version__)
    (tmp_path / "one.zip").write_bytes(zipped(with_manifest(pack)))
    run("pack", "install", str(tmp_path / "one.zip"))
    (empty_store / "lane-model" / "1.0.0" / "pack.yaml").write_bytes(ABOUT + b"# changed\n")
    code, _, err = run("library", "check", "--pack", "lane-model")

    assert code == 2 and "pack.yaml is not as its manifest says" in err and "pack remove lane-model@1.0.0" in err
    assert "cannot be used" in run("pack", "list")[1]
    assert run("pack", "remove", "lane-model@1.0.0")[0] == 0


def test_link_in_a_folder_is_not_followed_into_a_pack(run: Run, tmp_path: Path) -> None:
    """What lies elsewhere on the publisher's computer is not packed by accident."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.yaml").write_bytes(ABOUT)
    (tmp_path / "mine" / "LICENSE").symlink_to("/etc/hostname")
    code, _, err = run("pack", "build", str(tmp_path / "mine"), "--out", str(tmp_path / "mine.zip"))

    assert code == 2 and "LICENSE: it is a link, no file." in err and not (tmp_path / "mine.zip").exists()


def test_zip_of_ours_reads_back_as_what_went_in(tmp_path: Path) -> None:
    """And hidden files of the publisher's computer stay out."""
    (tmp_path / "pack.yaml").write_bytes(ABOUT)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    contents = contents_of(tmp_path)

    assert unzipped(zipped(contents), "a.zip") == contents == {"pack.yaml": ABOUT}
