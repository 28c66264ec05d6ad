"""Change the parts of a Word file and write them back as one file, the same parts always as the same bytes."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from lxml import etree

from mou_builder.document.package import packed
from mou_builder.report.parts import Parts, relations_part

_TYPES = "[Content_Types].xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"
_CORE = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "docProps/core.xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
)


def repacked(parts: Parts) -> bytes:
    """Return the Word file that consists of `parts`."""
    xml = {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in parts.xml.items()
    }
    return packed(parts.other | xml)


def only(parts: Parts, without: AbstractSet[str] = frozenset(), *, core: bool = False) -> Parts:
    """Return the file with the parts that its text is tied to, except those of the kinds in `without`.

    What nothing is tied to goes too, and macros with the type that announces them. With `core` a place is left for the
    title and dates that `finished` puts in.
    """
    reached: set[str] = {_TYPES, "_rels/.rels", parts.main}
    waiting = [parts.main]
    xml = dict(parts.xml)
    while waiting:
        part = waiting.pop()
        for relation in parts.relations(part).values():
            known = relation.target in parts.xml or relation.target in parts.other
            if known and not relation.outside and relation.kind not in without and relation.target not in reached:
                reached.add(relation.target)
                waiting.append(relation.target)
        relations = relations_part(part)
        if relations in xml:
            reached.add(relations)
            xml[relations] = _relations_without(xml[relations], without)
    xml["_rels/.rels"] = _root(parts.main, core=core)
    xml[_TYPES] = _types_of(xml[_TYPES], reached, parts.main, core=core)
    return Parts(
        parts.name,
        parts.main,
        {name: root for name, root in xml.items() if name in reached},
        {name: data for name, data in parts.other.items() if name in reached},
    )


def attach(parts: Parts, kind: str, root: Any) -> None:
    """Put a part of this kind (``styles``, ``numbering``) in place of the one the document is tied to, or as its first."""
    for relation in parts.relations(parts.main).values():
        if relation.kind == kind and not relation.outside:
            parts.xml[relation.target] = root
            return
    name = f"{parts.main.rpartition('/')[0]}/{kind}.xml".lstrip("/")
    relations = relations_part(parts.main)
    if relations not in parts.xml:
        parts.xml[relations] = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    etree.SubElement(
        parts.xml[relations],
        f"{{{_RELATIONS}}}Relationship",
        Id=f"rIdOur{kind}",
        Type=f"{_OFFICE}/{kind}",
        Target=f"/{name}",
    )
    etree.SubElement(
        parts.xml[_TYPES], f"{{{_CONTENT_TYPES}}}Override", PartName=f"/{name}", ContentType=f"{_WORD}.{kind}+xml"
    )
    parts.xml[name] = root


def _relations_without(root: Any, kinds: AbstractSet[str]) -> Any:
    kept = etree.Element(root.tag, nsmap={None: _RELATIONS})
    for one in root:
        if isinstance(one.tag, str) and one.get("Type", "").rpartition("/")[2] not in kinds:
            etree.SubElement(kept, one.tag, dict(one.attrib))
    return kept


def _root(main: str, *, core: bool) -> Any:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    named = [("rId1", f"{_OFFICE}/officeDocument", main), *([("rId2", _CORE[0], _CORE[1])] if core else [])]
    for id, kind, target in named:
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=id, Type=kind, Target=target)
    return root


def _types_of(root: Any, reached: set[str], main: str, *, core: bool) -> Any:
    """Return the content types of the parts that remain; a document with macros becomes one without."""
    kept = etree.Element(root.tag, nsmap={None: _CONTENT_TYPES})
    for one in root:
        part = one.get("PartName", "").lstrip("/")
        if isinstance(one.tag, str) and part != main and (not part or part in reached):
            etree.SubElement(kept, one.tag, dict(one.attrib))
    for part, kind in [(main, _MAIN), *([(_CORE[1], _CORE[2])] if core else [])]:
        etree.SubElement(kept, f"{{{_CONTENT_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
    return kept
