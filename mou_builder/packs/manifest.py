"""A pack's manifest of digests and its signature: whether it is whole, and whose key vouches for it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from pydantic import Field

from mou_builder.errors import Fault
from mou_builder.library.outline import LibraryPart
from mou_builder.marked import read_marked
from mou_builder.packs.archive import unzipped
from mou_builder.packs.layout import ABOUT, MANIFEST, SIGNATURE, Contents, PackError, shown
from mou_builder.packs.pack import Pack, PackId, PackVersion, pack_in
from mou_builder.shape import shaped

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(LibraryPart):
    """manifest.json."""

    format: Literal[1] = Field(alias="schema")
    id: PackId
    version: PackVersion
    files: dict[str, Digest]


class Signature(LibraryPart):
    """signature.json."""

    format: Literal[1] = Field(alias="schema")
    algorithm: Literal["ed25519"]
    public_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


def with_manifest(pack: Pack, private: Ed25519PrivateKey | None = None) -> Contents:
    """Return the files of a pack with their manifest, signed where a key is given."""
    files = {name: digest_of(data) for name, data in pack.contents.items()}
    manifest = _json({"schema": 1, "id": pack.written.id, "version": pack.written.version, "files": files})
    made = {**pack.contents, MANIFEST: manifest}
    if private is not None:
        signed = {"public_key": raw(private.public_key()), "signature": private.sign(manifest).hex()}
        made[SIGNATURE] = _json({"schema": 1, "algorithm": "ed25519", **signed})
    return made


@dataclass(frozen=True)
class Opened:
    """A built pack, found whole."""

    pack: Pack
    signer: str
    """The public key, in hexadecimal, whose signature it carries; empty for none."""


def opened(data: bytes, name: str, tool: str) -> Opened:
    """Return the pack in the zip file `data`; raise PackError unless it is safe to open, whole, and as its signature says."""
    return whole(unzipped(data, name), name, tool)


def whole(contents: Contents, name: str, tool: str) -> Opened:
    """Return the pack that consists of `contents`, its manifest included; raise PackError unless it is whole."""
    if MANIFEST not in contents:
        what = "it has no manifest.json, so nobody can tell whether it is whole."
        if ABOUT not in contents:
            what = "this is no pack: it has neither pack.yaml nor manifest.json."
        raise PackError(Fault(name, what, "Get the file that 'mou-builder pack build' makes."))
    manifest = _manifest(contents, name)
    files = {one: data for one, data in contents.items() if one not in (MANIFEST, SIGNATURE)}
    for one in sorted(files.keys() | manifest.files.keys()):
        if one not in manifest.files:
            what = f"{shown(one)} is in it, but not in its manifest: somebody put it in."
        elif one not in files:
            what = f"{shown(one)} is in its manifest, but not in it: somebody took it out."
        elif digest_of(files[one]) != manifest.files[one]:
            what = f"{shown(one)} is not as its manifest says: it was damaged or changed."
        else:
            continue
        raise PackError(Fault(name, what, "Do not use it. Get a whole copy from its publisher."))
    signer = _signer(contents, name)
    pack = pack_in(files, name, digest=digest_of(contents[MANIFEST]), tool=tool)
    if (manifest.id, manifest.version) != (pack.written.id, pack.written.version):
        what = f"its manifest is for {manifest.id}@{manifest.version}, its pack.yaml for {pack.cite}."
        raise PackError(Fault(name, what, "Do not use it. Get a whole copy from its publisher."))
    return Opened(pack, signer)


def _manifest(contents: Contents, name: str) -> Manifest:
    try:
        text = contents[MANIFEST].decode("utf-8", errors="replace")
        return shaped(read_marked(text, MANIFEST, PackError), Manifest, PackError)
    except PackError:
        what = "its manifest.json is damaged."
        raise PackError(Fault(name, what, "Do not use it. Get a whole copy from its publisher.")) from None


def _signer(contents: Contents, name: str) -> str:
    if SIGNATURE not in contents:
        return ""
    try:
        text = contents[SIGNATURE].decode("utf-8", errors="replace")
        one = shaped(read_marked(text, SIGNATURE, PackError), Signature, PackError)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.public_key))
        key.verify(bytes.fromhex(one.signature), contents[MANIFEST])
    except (PackError, InvalidSignature, ValueError):
        what = "its signature does not fit its manifest: somebody changed the pack."
        raise PackError(Fault(name, what, "Do not use it; tell its publisher.")) from None
    return one.public_key


def new_key() -> tuple[bytes, bytes]:
    """Return a new private key and its public key, as PEM."""
    private = Ed25519PrivateKey.generate()
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def private_key(pem: bytes, name: str) -> Ed25519PrivateKey:
    """Return the private key in `pem`; raise PackError if it is none of the right kind."""
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise PackError(
            Fault(name, "this key is locked with a password.", "Give an unlocked one (pack key).")
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        what = "this is a public key." if b"PUBLIC KEY" in pem else "this is no private key (PEM)."
        raise PackError(Fault(name, what, "Make a pair of keys with: mou-builder pack key --out NAME")) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise PackError(
            Fault(name, "this key is not an Ed25519 key.", "Make one with: mou-builder pack key --out NAME")
        )
    return key


def public_key(pem: bytes, name: str) -> str:
    """Return the public key in `pem` in hexadecimal; raise PackError if it is none of the right kind."""
    if b"PRIVATE KEY" in pem:
        what = "this is a private key, which its owner shows to nobody."
        raise PackError(Fault(name, what, "Give the publisher\u2019s public key (NAME.public.pem)."))
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        what = "this is no public key (PEM)."
        raise PackError(Fault(name, what, "Give the publisher\u2019s public key (NAME.public.pem).")) from None
    if not isinstance(key, Ed25519PublicKey):
        raise PackError(Fault(name, "this key is not an Ed25519 key.", "Ask the publisher for the key of this pack."))
    return raw(key)


def raw(key: Ed25519PublicKey) -> str:
    """Return a public key in hexadecimal."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(key: str) -> str:
    """Return a public key short enough to be read out on the telephone: ``3f2a 91c0 ... 5b14``."""
    whole = hashlib.sha256(bytes.fromhex(key)).hexdigest()
    return " ".join(whole[place : place + 4] for place in range(0, 32, 4))


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()
