"""Put a pack into one zip file, always the same bytes, and open one that anybody may have made."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from mou_builder.errors import Fault
from mou_builder.packs.layout import MOST_BYTES, MOST_IN_ALL, Contents, PackError, name_faults, shown, size_faults


def zipped(contents: Contents) -> bytes:
    """Return the zip of `contents`: in the order of the names, with fixed dates, stored, so that no packing program shows."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 0
            archive.writestr(member, contents[name])
    return stream.getvalue()


def unzipped(data: bytes, name: str) -> Contents:
    """Return the files in the zip `data`, called `name`; raise PackError before anything is unpacked that should not be."""
    if len(data) > 2 * MOST_IN_ALL:
        raise _refused(name, f"the file is {len(data) // 1_000_000} MB large.", "No pack is that large.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError):
        what = "this pack is damaged or incomplete." if data[:2] == b"PK" else "this is no pack (a .zip file)."
        raise _refused(
            name, what, "Get a whole copy from its publisher, or build one: mou-builder pack build."
        ) from None
    faults = [
        *name_faults(member.filename for member in members),
        *size_faults({f"{place} {member.filename}": member.file_size for place, member in enumerate(members)}),
    ]
    if faults:
        raise _refused(name, faults[0].what, faults[0].mend)
    for member in members:
        if stat.S_ISLNK(member.external_attr >> 16) or (member.external_attr >> 16 and not _plain(member)):
            what = f"{shown(member.filename)} is a link, no file."
            raise _refused(name, what, "Nothing was unpacked. Do not use this file; tell its publisher.")
        if member.flag_bits & 0x1:
            raise _refused(name, f"{shown(member.filename)} is encrypted.", "Get a copy without a password.")
    contents: dict[str, bytes] = {}
    for member in members:
        contents[member.filename] = _bounded(archive, member, name)
        if sum(map(len, contents.values())) > MOST_IN_ALL:
            raise _refused(name, "it unpacks to far more than it says (a so-called zip bomb).", "It was not unpacked.")
    return contents


def _plain(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind in (0, stat.S_IFREG)


def _bounded(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        # The sizes in a zip's directory can lie, so no more than the limit is ever unpacked.
        with archive.open(member) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise _refused(
            name, f"{shown(member.filename)} in it is damaged.", "Get a whole copy from its publisher."
        ) from None
    if len(data) > MOST_BYTES:
        raise _refused(name, f"{shown(member.filename)} unpacks to more than it says.", "It was not unpacked.")
    return data


def _refused(name: str, what: str, mend: str) -> PackError:
    return PackError(Fault(name, what, mend))
