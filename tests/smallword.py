"""Small Word files written by hand, and a comparison that knows only whole paragraphs and rows, for tests."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from wordedit import packed, parts_of, w

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/>'
    '<w:footerReference w:type="default" r:id="rIdfooter1"/></w:sectPr>'
)
KINDS = {
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footnotes": "footnotes",
    "comments": "comments",
}
ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "comments": "comments"}


def p(text: str = "", mark: str = "", properties: str = "") -> str:
    """Return a paragraph of one run; `mark` is a change of its mark."""
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{mark}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, looks: str = "", kind: str = "t") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def change(kind: str, inside: str = "") -> str:
    """Return a tracked change around `inside`, or without it the mark of one."""
    return f'<w:{kind} w:id="9" w:author="Opposing Counsel" w:date="2026-07-02T09:00:00Z">{inside}</w:{kind}>'


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: tuple[str, ...], marks: dict[int, str] | None = None) -> str:
    """Return a table; `marks` gives the change of a row by its place."""
    told = ""
    for number, cells in enumerate(rows):
        mark = f"<w:trPr>{(marks or {}).get(number, '')}</w:trPr>"
        told += f"<w:tr>{mark}{''.join(f'<w:tc><w:tcPr/>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{told}</w:tbl>"


def text_box(text: str) -> str:
    inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def small(body: str, section: str = SECTION, **parts: str) -> bytes:
    """Return a Word file of this body; `parts` gives what stands in further parts, headers and footers as a rule."""
    parts = {"header1": p("Agreement"), "footer1": p("Page")} | parts
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{KINDS[name]}+xml"/>' for name in parts)
    ties = "".join(
        f'<Relationship Id="rId{name}" Type="{OFFICE}/{KINDS[name]}" Target="{name}.xml"/>' for name in parts
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>'
        ),
        "_rels/.rels": (
            f'{HEAD}{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": f"{HEAD}<w:document {SPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{HEAD}{relations}{ties}</Relationships>",
    }
    for name, inside in parts.items():
        root = ROOTS[KINDS[name]]
        files[f"word/{name}.xml"] = f"{HEAD}<w:{root} {SPACES}>{inside}</w:{root}>"
    return packed({name: text.encode() for name, text in files.items()})


def crude(old: bytes, new: bytes) -> bytes:
    """Return `old` with tracked changes to `new`, whole paragraphs, rows and headers at a time."""
    made, other = parts_of(old), parts_of(new)
    for name in made:
        if name == "word/document.xml" or name.startswith(("word/header", "word/footer")):
            mine, yours = etree.fromstring(made[name]), etree.fromstring(other[name])
            _compare(_holder(mine), _holder(yours))
            made[name] = etree.tostring(mine)
    return packed(made)


def _holder(root: Any) -> Any:
    body = root.find(w("body"))
    return root if body is None else body


def _compare(mine: Any, yours: Any) -> None:
    blocks, others = ([one for one in holder if one.tag != w("sectPr")] for holder in (mine, yours))
    texts = [[etree.tostring(one, method="c14n") for one in side] for side in (blocks, others)]
    for kind, i, j, k, m in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for one in others[k:m]:
            added = deepcopy(one)
            _mark(added, "ins")
            if blocks[i:]:
                blocks[i].addprevious(added)
            else:
                blocks[-1].addnext(added)
                blocks.append(added)
        for one in blocks[i:j]:
            _mark(one, "del")


def _mark(block: Any, kind: str) -> None:
    def made() -> Any:
        return etree.Element(w(kind), {w("id"): "1", w("author"): "program", w("date"): "2000-01-01T00:00:00Z"})

    for row in block.iter(w("tr")):
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(0, properties)
        properties.append(made())
    for paragraph in block.iter(w("p")):
        for run in list(paragraph.iter(w("r"))):
            around = made()
            run.addprevious(around)
            around.append(run)
            for text in run.iter(w("t"), w("instrText")):
                if kind == "del":
                    text.tag = w("delText" if text.tag == w("t") else "delInstrText")
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        looks = properties.find(w("rPr"))
        if looks is None:
            looks = etree.SubElement(properties, w("rPr"))
        looks.insert(0, made())


def texts(body: Any) -> Iterator[str]:
    """Yield the words of each paragraph."""
    for paragraph in body.iter(w("p")):
        yield "".join(one.text or "" for one in paragraph.iter(w("t")))
