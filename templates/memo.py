"""Draw templates/memo.docx: a memo of headings, paragraphs and tables, for what is told beside an agreement.

Run ``python templates/memo.py`` after a change here; a test holds the committed file equal to what this draws.
"""

from __future__ import annotations

import sys
from pathlib import Path

from draw import field, packed, parts
from house_style import GREY, HEAD, NAMESPACES, NAVY, PALE, RULE, bottom_rule, indent, spacing, style
from tags import cell, each, par, row_tag, rtag, run, tab, table_start, tag, when

WHOLE = 9640
UNNUMBERED = '<w:numPr><w:numId w:val="0"/></w:numPr>'
"""Takes a heading out of the list that numbers the articles of an agreement."""

PARAGRAPHS = {"plain": "MOUPlain", "lead": "MOULead", "after": "MOUAfterTable", "item": "MOUScheduleItem",
              "last": "MemoLastItem", "quote": "MemoQuote", "note": "MemoNote"}
RUNS = {"strong": "MOUStrong", "removed": "MemoRemoved", "added": "MemoAdded", "blank": "MOUBlank", "quiet": "MemoQuiet"}


def styles_added() -> str:
    block = indent(1500, 1500)
    left_rule = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{RULE}"/></w:pBdr>'
    return "".join([
        style("paragraph", "MemoTitle", "Memo Title", based="Title", next="MemoBlock", ppr=spacing(0, 200, 240) + '<w:jc w:val="left"/>',
              rpr='<w:caps w:val="0"/><w:spacing w:val="0"/><w:sz w:val="36"/><w:szCs w:val="36"/>'),
        # Word draws one rule below a run of paragraphs with the same rule.
        style("paragraph", "MemoBlock", "Memo Block", based="Normal",
              ppr="<w:keepNext/>" + bottom_rule(NAVY, 8, 8) + '<w:tabs><w:tab w:val="left" w:pos="1500"/></w:tabs>' + spacing(0, 50, 250) + block),
        style("paragraph", "MemoBlockEnd", "Memo Block End", based="MemoBlock", next="MOUPlain", ppr=spacing(0, 260, 250)),
        style("paragraph", "MemoHeading", "Memo Heading", based="Heading1", next="MOUPlain",
              ppr=UNNUMBERED + spacing(340, 120, 252) + '<w:ind w:left="0" w:firstLine="0"/>'),
        style("paragraph", "MemoHeadingPage", "Memo Heading on New Page", based="MemoHeading", next="MOUPlain",
              ppr="<w:pageBreakBefore/>" + spacing(0, 120, 252)),
        style("paragraph", "MemoSubheading", "Memo Subheading", based="Heading2", next="MOUPlain",
              ppr=UNNUMBERED + spacing(260, 80) + '<w:ind w:left="0" w:firstLine="0"/>'),
        style("paragraph", "MemoLastItem", "Memo Last Item", based="MOUScheduleItem", next="MOUPlain", ppr=spacing(0, 140)),
        style("paragraph", "MemoQuote", "Memo Quotation", based="Normal", ppr=left_rule + spacing(60, 140, 264) + '<w:ind w:left="400"/>'),
        style("paragraph", "MemoNote", "Memo Note", based="Normal", ppr=spacing(60, 120, 250),
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="19"/><w:szCs w:val="19"/>'),
        style("character", "MemoRemoved", "Memo Removed", based="DefaultParagraphFont", rpr='<w:strike/><w:color w:val="9C1C1C"/>'),
        style("character", "MemoAdded", "Memo Added", based="DefaultParagraphFont", rpr='<w:color w:val="1F3F8F"/><w:u w:val="single"/>'),
        style("character", "MemoQuiet", "Memo Quiet", based="DefaultParagraphFont", rpr=f'<w:color w:val="{GREY}"/>'),
    ])


def said(name: str) -> str:
    """Return the loop that prints the words of a paragraph or cell, each run in the style of its kind."""
    branches = "".join(rtag(f"{'elif' if number else 'if'} run.kind == '{kind}'") + run("{{ run.text }}", char)
                       for number, (kind, char) in enumerate(RUNS.items()))
    return rtag(f"for run in {name}") + branches + rtag("else") + run("{{ run.text }}") + rtag("endif") + rtag("endfor")


def sheet() -> str:
    """Return a table with as many columns as its heads; the mark in its first cell names their widths."""
    half = WHOLE // 2

    def cell_mark(code: str) -> str:
        return cell(half, par("MOUTableText", run("{%tc " + code + " %}")))

    def row(cells: str, more: str = "") -> str:
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"

    head = cell(half, par("MOUTableHead", rtag("if loop.first"), run("{{ part.widths }}", "MOUWidths"), rtag("endif"), said("head")), NAVY)
    heads = row(cell_mark("for head in part.heads") + head + cell_mark("endfor"), "<w:tblHeader/>")
    band = row(cell(WHOLE, par("MOUTableBand", said("row.cells[0]")), PALE))
    cells = row(cell_mark("for one in row.cells") + cell(half, par("MOUTableText", said("one"))) + cell_mark("endfor"))
    mark = [row_tag([WHOLE], code) for code in ("for row in part.rows", "if row.band", "else", "endif", "endfor")]
    return table_start([half, half]) + heads + mark[0] + mark[1] + band + mark[2] + cells + mark[3] + mark[4] + "</w:tbl>"


def pieces(name: str) -> str:
    """Return the loop over paragraphs and tables."""
    body = tag("if part.kind == 'table'") + sheet()
    for kind, paragraph in PARAGRAPHS.items():
        body += tag(f"elif part.kind == '{kind}'") + par(paragraph, said("part.runs"))
    return each(f"part in {name}", body + tag("endif"))


def line(paragraph: str) -> str:
    return par(paragraph, run("{{ line.label }}", "MOUStrong"), tab(), said("line.runs"))


def document() -> str:
    body = (par("MemoTitle", run("{{ title }}"))
            + each("line in block", when("not loop.last", line("MemoBlock"), line("MemoBlockEnd")))
            + pieces("opening")
            + each("section in sections",
                   tag("if section.new_page") + par("MemoHeadingPage", run("{{ section.heading }}"))
                   + tag("elif section.level == 1") + par("MemoHeading", run("{{ section.heading }}"))
                   + tag("else") + par("MemoSubheading", run("{{ section.heading }}")) + tag("endif")
                   + pieces("section.parts"))
            # Word wants a paragraph behind a table that ends a file.
            + par("MemoNote", said("closing")))
    ends = ('<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId12"/>'
            '<w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="first" r:id="rId13"/>')
    last = (f'<w:sectPr>{ends}<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1300" w:right="1300" w:bottom="1200" w:left="1300" '
            'w:header="620" w:footer="560" w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>')
    return HEAD + f"<w:document {NAMESPACES}><w:body>{body}{last}</w:body></w:document>"


def header(words: str) -> str:
    return HEAD + f"<w:hdr {NAMESPACES}>" + par("Header", run(words)) + "</w:hdr>"


def footer() -> str:
    return HEAD + f"<w:ftr {NAMESPACES}>" + par(
        "Footer", run("As of {{ as_of }}  |  Page "), field("PAGE"), run(" of "), field("NUMPAGES")) + "</w:ftr>"


def draw() -> bytes:
    """Return the template of a memo, the same bytes each time."""
    drawn = parts()
    drawn["word/document.xml"] = document()
    drawn["word/header1.xml"], drawn["word/header2.xml"] = header("{{ title }}"), header("MEMORANDUM")
    drawn["word/footer1.xml"] = drawn["word/footer2.xml"] = footer()
    drawn["word/styles.xml"] = drawn["word/styles.xml"].replace("</w:styles>", styles_added() + "</w:styles>")
    return packed(drawn)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("memo.docx")
    target.write_bytes(draw())
    print(f"drew {target}")
