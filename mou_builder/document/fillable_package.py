"""The parts of a model's Word file beside its text: the facts, what the file says of itself, styles and placeholders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from mou_builder.document.anchors import W, make, w
from mou_builder.document.fillable_controls import MODEL_ITEM, Fact, placeholder, placeholder_name
from mou_builder.document.package import packed, unpacked
from mou_builder.report.controls import MODEL_NAMESPACE

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHADE, _GREY, _BORDER, _NAVY = "E8EEF7", "5F5F5F", "8FA3C4", "1F2A44"


def add_styles(styles: Any) -> None:
    """Add the styles of notes, form and placeholders to a template's styles, unless it has its own."""
    known = {one.get(w("styleId")) for one in styles.iter(w("style"))}
    for one in etree.fromstring(f'<w:styles xmlns:w="{W}">{"".join(_styles())}</w:styles>'):
        if one.get(w("styleId")) not in known:
            styles.append(one)


def _styles() -> list[str]:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{_BORDER}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>'
    box = f"<w:pBdr>{sides}</w:pBdr>{shade}"
    size = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
    font = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    small = f"{font}{size}"
    bold = f'{font}<w:b/><w:bCs/><w:color w:val="{_NAVY}"/>{size}'
    spaced = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="120" w:right="120"/>'
    lead = spaced.replace('w:before="0"', 'w:before="160"')
    title = f'<w:b/><w:bCs/><w:color w:val="{_NAVY}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    near = '<w:spacing w:before="{}" w:after="{}" w:line="240" w:lineRule="auto"/>'
    return [
        _style("paragraph", "MOUGuide", "MOU Guide", box + spaced, small),
        _style("paragraph", "MOUGuideLead", "MOU Guide Lead", "<w:keepNext/>" + box + lead, bold),
        _style("paragraph", "MOUGuideTitle", "MOU Guide Title", "<w:keepNext/>" + near.format(0, 160), title),
        _style("paragraph", "MOUGuideGrid", "MOU Guide Grid", "<w:keepNext/>" + near.format(160, 40), "<w:b/><w:bCs/>"),
        _style(
            "paragraph",
            "MOUGuideHelp",
            "MOU Guide Help",
            "<w:keepNext/>" + near.format(0, 40),
            f'<w:color w:val="{_GREY}"/>{size}',
        ),
        _style(
            "character",
            "PlaceholderText",
            "Placeholder Text",
            "",
            '<w:color w:val="4A5568"/><w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/>',
        ),
    ]


def _style(kind: str, id: str, name: str, paragraph: str, run: str) -> str:
    based = "Normal" if kind == "paragraph" else "DefaultParagraphFont"
    custom = "" if name == "Placeholder Text" else ' w:customStyle="1"'
    of_paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        f'<w:uiPriority w:val="99"/>{of_paragraph}<w:rPr>{run}</w:rPr></w:style>'
    )


def with_model(data: bytes, facts: Sequence[Fact], about: str) -> bytes:
    """Return the Word file in `data` with the values of its facts, all empty, and with `about`, in a part of their own."""
    parts = unpacked(data)
    parts["customXml/item1.xml"] = _values(facts, about)
    parts["customXml/itemProps1.xml"] = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{MODEL_ITEM}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{MODEL_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    parts["customXml/_rels/item1.xml.rels"] = _relations(("rId1", "customXmlProps", "itemProps1.xml"))
    parts["word/glossary/document.xml"] = _glossary(facts)
    parts["word/glossary/styles.xml"] = parts["word/styles.xml"]
    parts["word/glossary/_rels/document.xml.rels"] = _relations(("rId1", "styles", "styles.xml"))
    _tie(parts)
    return packed(parts)


def _tie(parts: dict[str, bytes]) -> None:
    """Announce the parts, and tie them to the document; in place."""
    types = parts["[Content_Types].xml"].decode()
    added = [
        ("customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
        ("word/glossary/document.xml", f"{_WORD}.document.glossary+xml"),
        ("word/glossary/styles.xml", f"{_WORD}.styles+xml"),
    ]
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in added)
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{overrides}</Types>").encode()
    name = "word/_rels/document.xml.rels"
    relations = (
        f'<Relationship Id="rIdModel" Type="{_OFFICE}/relationships/customXml" Target="../customXml/item1.xml"/>'
        f'<Relationship Id="rIdGlossary" Type="{_OFFICE}/relationships/glossaryDocument" Target="glossary/document.xml"/>'
    )
    parts[name] = parts[name].decode().replace("</Relationships>", f"{relations}</Relationships>").encode()


def _relations(*ties: tuple[str, str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for id, kind, target in ties
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()


def _values(facts: Sequence[Fact], about: str) -> bytes:
    root = etree.Element(f"{{{MODEL_NAMESPACE}}}model", nsmap={None: MODEL_NAMESPACE})
    held = etree.SubElement(root, f"{{{MODEL_NAMESPACE}}}facts")
    for fact in facts:
        etree.SubElement(held, f"{{{MODEL_NAMESPACE}}}fact", name=fact.tag)
    etree.SubElement(root, f"{{{MODEL_NAMESPACE}}}about").text = about
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _glossary(facts: Sequence[Fact]) -> bytes:
    """Return the part from which Word takes what an emptied control shows."""
    root = etree.Element(w("glossaryDocument"), nsmap={"w": W})
    parts = etree.SubElement(root, w("docParts"))
    for fact in facts:
        for form in (True, False):
            parts.append(_part(fact, form=form))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _part(fact: Fact, *, form: bool) -> Any:
    part = make("docPart")
    about = etree.SubElement(part, w("docPartPr"))
    about.append(make("name", val=placeholder_name(fact, form=form)))
    category = etree.SubElement(about, w("category"))
    category.append(make("name", val="General"))
    category.append(make("gallery", val="placeholder"))
    etree.SubElement(about, w("behaviors")).append(make("behavior", val="content"))
    paragraph = etree.SubElement(etree.SubElement(part, w("docPartBody")), w("p"))
    paragraph.append(placeholder(fact.hint if form else fact.ask))
    return part
