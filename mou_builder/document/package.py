"""Put a Word file together so that the same content always gives the same bytes, and embed the record."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from mou_builder.record import RECORD_NAMESPACE

_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# A fixed GUID of our own; Word asks for one on each custom XML part.
_ITEM = "{6F0B7D5E-3C1A-4E57-9A6B-5D2C8E41F7A3}"


def finished(data: bytes, *, title: str, as_of: date, record: str | None) -> bytes:
    """Return the Word file in `data` with fixed dates and order, core properties from `as_of`, and the record inside."""
    parts = unpacked(data)
    parts["docProps/core.xml"] = _core(title, as_of).encode()
    if record is not None:
        parts["customXml/item1.xml"] = (f'{_HEAD}<record xmlns="{RECORD_NAMESPACE}">{escape(record)}</record>').encode()
        parts["customXml/itemProps1.xml"] = (
            f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{RECORD_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode()
        parts["customXml/_rels/item1.xml.rels"] = (
            f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
            "</Relationships>"
        ).encode()
        parts[_TYPES] = _added(
            parts[_TYPES],
            "</Types>",
            '<Override PartName="/customXml/itemProps1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>',
        )
        parts[_RELATIONS] = _added(
            parts[_RELATIONS],
            "</Relationships>",
            f'<Relationship Id="rIdRecord" Type="{_OFFICE}/relationships/customXml" Target="../customXml/item1.xml"/>',
        )
    return packed(parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file that was just made here, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip of `parts` with fixed dates and order; the content types come first, as Word writes them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda one: (one != _TYPES, one)):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, parts[name])
    return stream.getvalue()


def _added(xml: bytes, before: str, element: str) -> bytes:
    text = xml.decode()
    place = text.rindex(before)
    return (text[:place] + element + text[place:]).encode()


def _core(title: str, as_of: date) -> str:
    moment = f"{as_of.isoformat()}T00:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>mou-builder</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified><dc:language>en-US</dc:language>'
        "</cp:coreProperties>"
    )
