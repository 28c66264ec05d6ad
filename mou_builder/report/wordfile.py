"""Open a Word file that anybody may have made: within limits, without entities, without the network."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from mou_builder.errors import Fault, WordFileError
from mou_builder.record import RECORD_NAMESPACE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_MAX_MEMBERS = 2_000
_MAX_MEMBER = 60_000_000
_MAX_TOTAL = 150_000_000
_MAX_RATIO = 250
_MAX_FILE = 45_000_000


@cache
def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it; ``w("p/r")`` is a path of two."""
    if "/" in name:
        return "/".join(w(step) for step in name.split("/"))
    return f"{{{W}}}{name}"


@dataclass(frozen=True)
class WordFile:
    """The parts of a Word file that the report reads."""

    name: str
    body: Any
    numbering: Any
    styles: Any
    record: str | None
    others: dict[str, Any] = field(default_factory=dict)
    """Headers, footers and notes, by part name."""


def open_word(data: bytes, name: str) -> WordFile:
    """Return the parts of the Word file in `data`; raise WordFileError if it is none or not safe to open."""
    archive = open_archive(data, name)
    document = _document_part(archive, name)
    folder = document.rpartition("/")[0]
    return WordFile(
        name=name,
        body=_body(_xml(archive, document, name), name),
        numbering=_xml(archive, f"{folder}/numbering.xml", name, optional=True),
        styles=_xml(archive, f"{folder}/styles.xml", name, optional=True),
        record=_record(archive, name),
        others=_margins(archive, folder, name),
    )


def has_record(data: bytes, name: str) -> bool:
    """Return whether the Word file in `data` was built here and still says so; raise WordFileError as `open_word` does."""
    archive = open_archive(data, name)
    _document_part(archive, name)
    return _record(archive, name) is not None


def margins_in(data: bytes) -> dict[str, Any]:
    """Return the headers, footers and notes of a Word file that was just made here, by part name."""
    return _margins(zipfile.ZipFile(io.BytesIO(data)), "word", "the file")


def _margins(archive: zipfile.ZipFile, folder: str, name: str) -> dict[str, Any]:
    parts = tuple(f"{folder}/{part}" for part in ("header", "footer", "footnotes", "endnotes"))
    members = [one for one in sorted(archive.namelist()) if one.startswith(parts) and one.endswith(".xml")]
    return {member: _xml(archive, member, name) for member in members}


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the zip in `data`; raise WordFileError if it is none, or larger than any agreement could be."""
    if len(data) > _MAX_FILE:
        raise _refused(
            name, f"the file is {len(data) // 1_000_000} MB large.", f"At most {_MAX_FILE // 1_000_000} MB are read."
        )
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refused(
            name,
            "this is an old .doc file, or a Word file locked with a password.",
            "Open it in Word and save it as .docx without a password.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        if data[:2] == b"PK":
            raise _refused(name, "this Word file is damaged or incomplete.", "Get a whole copy of it.") from None
        raise _refused(
            name, "this is not a Word file (.docx).", "Give a .docx file, or an answers file in YAML."
        ) from None
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > _MAX_MEMBERS or total > _MAX_TOTAL or any(member.file_size > _MAX_MEMBER for member in members):
        raise _refused(
            name,
            f"it unpacks to {f'{len(members):,} parts' if len(members) > _MAX_MEMBERS else f'{total // 1_000_000} MB'}.",
            "No agreement is that large; it was not opened.",
        )
    if total > 5_000_000 and total / packed > _MAX_RATIO:
        raise _refused(name, "it unpacks to far more than its size (a so-called zip bomb).", "It was not opened.")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise _refused(
            name, f"its part {twice} stands in it twice.", "Nobody can tell which one counts. Get another copy."
        )
    outside = next((one for one in names if _leads_out(one)), None)
    if outside is not None:
        what = f"one of its parts is called {outside[:60]!r}, which leads out of the file."
        raise _refused(name, what, "No Word file has that; it was not opened.")
    if any(member.flag_bits & 0x1 for member in members):
        raise _refused(name, "its parts are encrypted.", "Remove the password and save it again.")
    return archive


def _leads_out(member: str) -> bool:
    steps = member.replace("\\", "/").split("/")
    return ".." in steps or steps[0] == "" or ":" in steps[0]


def _document_part(archive: zipfile.ZipFile, name: str) -> str:
    if "_rels/.rels" in archive.namelist():
        # The main part is the one that the package names; another may lie beside it under the usual name.
        for relation in _xml(archive, "_rels/.rels", name):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in archive.namelist():
                return str(target)
    elif "word/document.xml" in archive.namelist():
        return "word/document.xml"
    if "content.xml" in archive.namelist():
        raise _refused(name, "this is an OpenDocument file.", "Save it as .docx in your word processor.")
    raise _refused(name, "this zip file holds no Word document.", "Give a .docx file.")


def _xml(archive: zipfile.ZipFile, member: str, name: str, *, optional: bool = False) -> Any:
    if optional and member not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_bounded(archive, member), parser)
    except (
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        zlib.error,
    ):
        raise _refused(name, f"its part {member} is damaged.", "Open it in Word and save it again.") from None
    if root.getroottree().docinfo.doctype:
        raise _refused(
            name, f"its part {member} declares a document type, which no Word file does.", "It was not read."
        )
    return root


def _bounded(archive: zipfile.ZipFile, member: str) -> bytes:
    # The sizes in a zip's directory can lie, so no more than the limit is ever unpacked.
    with archive.open(member) as stream:
        data = stream.read(_MAX_MEMBER + 1)
    if len(data) > _MAX_MEMBER:
        raise ValueError("too large")
    return data


def _body(document: Any, name: str) -> Any:
    body = document.find(w("body"))
    if body is None:
        raise _refused(name, "its document has no body.", "Open it in Word and save it again.")
    return body


def _record(archive: zipfile.ZipFile, name: str) -> str | None:
    for member in sorted(archive.namelist()):
        if member.startswith("customXml/item") and member.endswith(".xml") and "Props" not in member:
            root = _xml(archive, member, name)
            if root.tag == f"{{{RECORD_NAMESPACE}}}record":
                return str(root.text or "")
    return None


def _refused(name: str, what: str, mend: str) -> WordFileError:
    return WordFileError(Fault(name, what, mend))
