"""Open every part of a Word file, and follow the relationships that tie its parts together."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from mou_builder.errors import Fault, WordFileError
from mou_builder.report.wordfile import _MAX_TOTAL, W, _bounded, _document_part, _xml, open_archive

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Relation:
    """What one part says of another: its kind (``header``, ``footnotes``, ``hyperlink``) and where it is."""

    kind: str
    target: str
    """The part's name; for what lies outside the file, its address."""
    outside: bool


@dataclass(frozen=True)
class Parts:
    """Every part of a Word file by its name: the XML ones parsed within the limits, the others as they are."""

    name: str
    main: str
    xml: dict[str, Any]
    other: dict[str, bytes]

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what `part` is tied to, by relationship id."""
        folder = part.rpartition("/")[0]
        root = self.xml.get(relations_part(part))
        found = {}
        for one in () if root is None else root.iter(f"{{{_RELATIONS}}}Relationship"):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            found[one.get("Id", "")] = Relation(
                one.get("Type", "").rpartition("/")[2], target if outside else _joined(folder, target), outside
            )
        return found

    def tied(self, kind: str) -> Any:
        """Return the root of the part of this kind that the document is tied to (``styles``, ``footnotes``), or None."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.outside:
                return self.xml.get(relation.target)
        return None

    @property
    def body(self) -> Any:
        """The body of the document."""
        return self.xml[self.main].find(f"{{{W}}}body")


def relations_part(part: str) -> str:
    """Return the name of the part that holds the relationships of `part`."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def open_parts(data: bytes, name: str) -> Parts:
    """Return every part of the Word file in `data`; raise WordFileError if it is none or not safe to open."""
    archive = open_archive(data, name)
    main = _document_part(archive, name)
    members = sorted({member for member in archive.namelist() if not member.endswith("/")})
    told = {member for member in members if member.endswith((".xml", ".rels"))} | {main}
    parts = Parts(
        name,
        main,
        {member: _xml(archive, member, name) for member in members if member in told},
        _others(archive, [member for member in members if member not in told], name),
    )
    if parts.body is None:
        raise WordFileError(Fault(name, "its document has no body.", "Open it in Word and save it again."))
    return parts


def _others(archive: zipfile.ZipFile, members: list[str], name: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = _MAX_TOTAL
    for member in members:
        try:
            found[member] = _bounded(archive, member)
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error):
            what = f"its part {member} is damaged."
            raise WordFileError(Fault(name, what, "Open it in Word and save it again.")) from None
        left -= len(found[member])
        if left < 0:
            raise WordFileError(Fault(name, "it unpacks to far more than it says.", "It was not opened."))
    return found


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
