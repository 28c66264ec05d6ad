"""Draw templates/summary.docx: two pages in plain words for students and families, beside the agreement.

Run ``python templates/summary.py`` after a change here; a test holds the committed file equal to what this draws.
"""

from __future__ import annotations

import sys
from pathlib import Path

from draw import field, packed, parts
from house_style import GREY, HEAD, NAMESPACES, NAVY, bottom_rule, spacing, style
from tags import each, par, rtag, run, runs

MARGINS = ('<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="860" w:right="900" w:bottom="860" w:left="900" '
           'w:header="420" w:footer="420" w:gutter="0"/>')
ENDS = ('<w:headerReference w:type="default" r:id="rId10"/><w:footerReference w:type="default" r:id="rId11"/>')


def styles_added() -> str:
    navy = f'<w:color w:val="{NAVY}"/>'
    return "".join([
        style("paragraph", "SumTitle", "Summary Title", based="Normal", next="SumIntro", ppr="<w:keepNext/>" + spacing(0, 20, 240),
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="34"/><w:szCs w:val="34"/>'),
        style("paragraph", "SumSubtitle", "Summary Subtitle", based="Normal", next="SumIntro",
              ppr=bottom_rule(NAVY, 8, 4) + spacing(0, 100, 240), rpr=f'{navy}<w:sz w:val="22"/><w:szCs w:val="22"/>'),
        style("paragraph", "SumIntro", "Summary Introduction", based="Normal", ppr=spacing(0, 80, 245),
              rpr='<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("paragraph", "SumHeading", "Summary Heading", based="Normal", next="SumText",
              ppr="<w:keepNext/><w:keepLines/>" + spacing(110, 30, 240) + '<w:outlineLvl w:val="0"/>',
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="21"/><w:szCs w:val="21"/>'),
        style("paragraph", "SumText", "Summary Text", based="Normal",
              ppr="<w:keepLines/>" + spacing(0, 60, 240), rpr='<w:sz w:val="19"/><w:szCs w:val="19"/>'),
        style("paragraph", "SumEnd", "Summary Section End", based="Normal", quick=False, ppr=spacing(0, 0, 240),
              rpr='<w:sz w:val="2"/><w:szCs w:val="2"/>'),
        style("paragraph", "SumAsking", "Summary Questions", based="Normal",
              ppr="<w:keepLines/>" + spacing(0, 60, 245),
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("character", "SumWhere", "Summary Reference", based="DefaultParagraphFont",
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="15"/><w:szCs w:val="15"/>'),
    ])


def section_end() -> str:
    """Return the paragraph that ends the section of one column above the two columns of the page."""
    return (f'<w:p><w:pPr><w:pStyle w:val="SumEnd"/><w:sectPr>{ENDS}<w:type w:val="continuous"/>{MARGINS}'
            f'<w:cols w:space="400"/></w:sectPr></w:pPr></w:p>')


def document() -> str:
    top = (
        par("SumTitle", run("What the Agreement Means for You"))
        + par("SumSubtitle", run("Police officers in the schools of {{ schools }}: a summary for students and families"))
        + par("SumIntro", run("{{ parties }} have made an agreement about police officers in schools. It starts on "), runs("effective"),
              run(". This summary says in plain words what it means for you. It is not part of the agreement: where the two differ, "
                  "the agreement counts. The small numbers show where to look there. The full text is posted at "),
              runs("posted_at"), run("."))
    )
    one = section_end()
    body = each("group in groups",
                par("SumHeading", run("{{ group.title }}"))
                + each("entry in group.entries",
                       par("SumText", runs("entry.runs"), run(" ({{ entry.number }})", "SumWhere"))))
    asking = par("SumAsking", run("Questions or worries about an officer? Tell the "), runs("intake"), run(" of the school district, or the "),
                  runs("agency_intake"), run(" of the police agency. You need not give your name, and nobody may punish you for it."))
    last = f'<w:sectPr>{ENDS}<w:type w:val="continuous"/>{MARGINS}<w:cols w:num="2" w:space="400"/></w:sectPr>'
    return HEAD + f"<w:document {NAMESPACES}><w:body>{top}{asking}{one}{body}{last}</w:body></w:document>"


def header() -> str:
    return HEAD + f"<w:hdr {NAMESPACES}>" + par(
        "Header", rtag("if draft"), run("DRAFT", "MOUDraft"), run(" of {{ as_of }}: the agreement is not signed yet"), rtag("endif")) + "</w:hdr>"


def footer() -> str:
    return HEAD + f"<w:ftr {NAMESPACES}>" + par(
        "Footer", run("{{ title }}, in plain words  |  Page "), field("PAGE"), run(" of "), field("NUMPAGES")) + "</w:ftr>"


def draw() -> bytes:
    """Return the template of the summary, the same bytes each time."""
    drawn = parts()
    drawn["word/document.xml"] = document()
    drawn["word/header1.xml"], drawn["word/footer1.xml"] = header(), footer()
    drawn["word/styles.xml"] = drawn["word/styles.xml"].replace("</w:styles>", styles_added() + "</w:styles>")
    return packed(drawn)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("summary.docx")
    target.write_bytes(draw())
    print(f"drew {target}")
