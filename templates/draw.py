"""Draw templates/mou.docx: the house style and the frame of the agreement, as a Word file with docxtpl tags.

Run ``python templates/draw.py`` after a change here; a test holds the committed file equal to what this draws. The file may
also be restyled in Word and handed over with ``mou-builder build --template``: keep the tags in double braces and
the paragraph and character styles whose names begin with MOU, by which the builder finds clauses and references.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

NAVY, GREY, RULE = "1F2A44", "595959", "9AA3B5"
FONT = "Times New Roman"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# ---------------------------------------------------------------------------------------------- styles


def style(kind: str, id: str, name: str, *, based: str = "", next: str = "", ppr: str = "", rpr: str = "",
          default: bool = False, quick: bool = True, priority: int = 1) -> str:
    """Return one style; children stand in the order that the schema asks for."""
    custom = "" if default or name in BUILT_IN else ' w:customStyle="1"'
    standard = ' w:default="1"' if default else ""
    parts = [f'<w:style w:type="{kind}"{standard}{custom} w:styleId="{id}">', f'<w:name w:val="{name}"/>']
    parts += [f'<w:basedOn w:val="{based}"/>'] if based else []
    parts += [f'<w:next w:val="{next}"/>'] if next else []
    parts += [f'<w:uiPriority w:val="{priority}"/>']
    parts += ["<w:qFormat/>"] if quick else []
    parts += [f"<w:pPr>{ppr}</w:pPr>"] if ppr else []
    parts += [f"<w:rPr>{rpr}</w:rPr>"] if rpr else []
    return "".join(parts) + "</w:style>"


BUILT_IN = {"Normal", "heading 1", "heading 2", "heading 3", "Title", "Subtitle", "header", "footer", "toc 1", "toc 2",
            "TOC Heading", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}


def spacing(before: int = 0, after: int = 0, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def indent(left: int, hanging: int = 0) -> str:
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{left}"{hang}/>'


def numbered(list: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>'


def bottom_rule(color: str = RULE, size: int = 6, space: int = 4) -> str:
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/></w:pBdr>'


def styles() -> str:
    keep = "<w:keepNext/><w:keepLines/>"
    navy = f'<w:color w:val="{NAVY}"/>'
    return HEAD + f"<w:styles {NAMESPACES}>" + (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>" + spacing(after=120) + "</w:pPr></w:pPrDefault></w:docDefaults>"
    ) + "".join([
        style("paragraph", "Normal", "Normal", default=True, priority=0),
        style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True, quick=False, priority=1),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>",
        style("paragraph", "Heading1", "heading 1", based="Normal", next="Heading2", priority=9,
              ppr=keep + numbered(1, 0) + bottom_rule() + spacing(360, 140, 252) + indent(1260, 1260) + '<w:outlineLvl w:val="0"/>',
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="25"/><w:szCs w:val="25"/>'),
        style("paragraph", "Heading2", "heading 2", based="Normal", next="MOUBody", priority=9,
              ppr=keep + numbered(1, 1) + spacing(200, 60) + indent(720, 720) + '<w:outlineLvl w:val="1"/>',
              rpr=f"<w:b/><w:bCs/>{navy}"),
        style("paragraph", "Title", "Title", based="Normal", next="Subtitle", priority=10,
              ppr="<w:keepNext/>" + spacing(2600, 160, 240) + '<w:jc w:val="center"/>',
              rpr=f'<w:b/><w:bCs/><w:caps/>{navy}<w:spacing w:val="30"/><w:sz w:val="44"/><w:szCs w:val="44"/>'),
        style("paragraph", "Subtitle", "Subtitle", based="Normal", next="Normal", priority=11,
              ppr=bottom_rule(NAVY, 12, 14) + spacing(0, 480) + '<w:jc w:val="center"/>',
              rpr=f'{navy}<w:sz w:val="28"/><w:szCs w:val="28"/>'),
        style("paragraph", "MOUCover", "MOU Cover", based="Normal", ppr=spacing(60, 60) + '<w:jc w:val="center"/>',
              rpr='<w:sz w:val="24"/><w:szCs w:val="24"/>'),
        style("paragraph", "MOUCoverDate", "MOU Cover Date", based="MOUCover", ppr=spacing(480, 60)),
        style("paragraph", "MOUCoverParty", "MOU Cover Party", based="MOUCover", ppr=spacing(60, 60),
              rpr='<w:b/><w:bCs/><w:sz w:val="27"/><w:szCs w:val="27"/>'),
        style("paragraph", "MOUHeading", "MOU Heading", based="Normal", next="MOUPlain",
              ppr=keep + bottom_rule() + spacing(360, 140, 252) + '<w:outlineLvl w:val="0"/>',
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="25"/><w:szCs w:val="25"/>'),
        style("paragraph", "MOUHeadingPage", "MOU Heading on New Page", based="MOUHeading", next="MOUPlain", ppr="<w:pageBreakBefore/>"),
        style("paragraph", "MOUHeadingTop", "MOU Heading at Top", based="MOUHeading", next="MOUPlain", ppr=spacing(0, 140, 252)),
        style("paragraph", "MOUSubheading", "MOU Subheading", based="Normal", next="MOUPlain",
              ppr=keep + spacing(240, 80) + '<w:outlineLvl w:val="1"/>', rpr=f"<w:b/><w:bCs/>{navy}"),
        style("paragraph", "MOUSchedule", "MOU Schedule", based="MOUHeading", next="MOUPlain",
              ppr="<w:pageBreakBefore/>" + numbered(3, 0) + indent(1500, 1500)),
        style("paragraph", "MOUPlain", "MOU Plain", based="Normal"),
        style("paragraph", "MOUBody", "MOU Body", based="Normal", ppr=indent(720)),
        style("paragraph", "MOUItem", "MOU Item", based="Normal", ppr=numbered(1, 2) + spacing(0, 60) + indent(1200, 480)),
        style("paragraph", "MOUSubitem", "MOU Subitem", based="Normal", ppr=numbered(1, 3) + spacing(0, 60) + indent(1680, 480)),
        style("paragraph", "MOURecital", "MOU Recital", based="Normal", ppr=numbered(2, 0) + indent(720, 720)),
        style("paragraph", "MOURecitalItem", "MOU Recital Item", based="Normal", ppr=numbered(2, 1) + spacing(0, 60) + indent(1200, 480)),
        style("paragraph", "MOUParty", "MOU Party", based="Normal", ppr=numbered(4, 0) + indent(720, 720)),
        style("paragraph", "MOUSignParty", "MOU Signature Party", based="Normal", next="MOUSignLine",
              ppr=keep + spacing(320, 60), rpr=f"<w:b/><w:bCs/>{navy}"),
        style("paragraph", "MOUSignLine", "MOU Signature Line", based="Normal",
              ppr=keep + '<w:tabs><w:tab w:val="left" w:pos="820"/><w:tab w:val="right" w:leader="underscore" w:pos="4400"/></w:tabs>'
              + spacing(140, 0, 240)),
        style("paragraph", "MOUTableText", "MOU Table Text", based="Normal", ppr=spacing(30, 30, 240),
              rpr='<w:sz w:val="19"/><w:szCs w:val="19"/>'),
        style("paragraph", "MOUTableSmall", "MOU Table Small", based="MOUTableText", ppr=spacing(0, 20, 240),
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="16"/><w:szCs w:val="16"/>'),
        style("paragraph", "MOUTableHead", "MOU Table Head", based="MOUTableText", ppr="<w:keepNext/>",
              rpr='<w:b/><w:bCs/><w:color w:val="FFFFFF"/>'),
        style("paragraph", "MOUNote", "MOU Note", based="Normal", ppr="<w:keepNext/>" + spacing(0, 100, 250),
              rpr='<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("paragraph", "MOUMark", "MOU Mark", based="Normal", quick=False, ppr="<w:keepNext/>",
              rpr="<w:vanish/>"),
        style("paragraph", "Header", "header", based="Normal", quick=False, priority=99,
              ppr=spacing(0, 0, 240) + '<w:jc w:val="center"/>',
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
        style("paragraph", "Footer", "footer", based="Normal", quick=False, priority=99,
              ppr=spacing(0, 0, 240) + '<w:jc w:val="center"/>',
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
        style("paragraph", "TOCHeading", "TOC Heading", based="Normal", next="Normal", quick=False, priority=39,
              ppr=keep + spacing(0, 120), rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="25"/><w:szCs w:val="25"/>'),
        style("paragraph", "TOC1", "toc 1", based="Normal", next="Normal", quick=False, priority=39,
              ppr="<w:keepNext/>" + '<w:tabs><w:tab w:val="left" w:pos="1200"/><w:tab w:val="right" w:leader="dot" w:pos="9640"/></w:tabs>' + spacing(110, 20, 240) + indent(1200, 1200),
              rpr=f'<w:b/><w:bCs/>{navy}<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("paragraph", "TOC2", "toc 2", based="Normal", next="Normal", quick=False, priority=39,
              ppr='<w:tabs><w:tab w:val="left" w:pos="1200"/><w:tab w:val="right" w:leader="dot" w:pos="9640"/></w:tabs>' + spacing(0, 10, 240) + indent(1200, 600),
              rpr='<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("character", "MOUTerm", "MOU Term", based="DefaultParagraphFont", rpr="<w:b/><w:bCs/>"),
        style("character", "MOUStrong", "MOU Strong", based="DefaultParagraphFont", rpr="<w:b/><w:bCs/>"),
        style("character", "MOUReference", "MOU Reference", based="DefaultParagraphFont"),
        style("character", "MOUNumber", "MOU Number", based="DefaultParagraphFont"),
        style("character", "MOUAnchor", "MOU Anchor", based="DefaultParagraphFont", quick=False, rpr="<w:vanish/>"),
        style("character", "MOUBlank", "MOU Blank", based="DefaultParagraphFont",
              rpr='<w:b/><w:bCs/><w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/>'),
        style("character", "MOUConfirm", "MOU Confirm", based="DefaultParagraphFont",
              rpr='<w:shd w:val="clear" w:color="auto" w:fill="CFE8FF"/>'),
        style("character", "MOUDraft", "MOU Draft", based="DefaultParagraphFont",
              rpr='<w:b/><w:bCs/><w:color w:val="9C1C1C"/><w:spacing w:val="20"/>'),
        '<w:style w:type="table" w:customStyle="1" w:styleId="MOUTable"><w:name w:val="MOU Table"/><w:basedOn w:val="TableNormal"/>'
        '<w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
        + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
                  for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + '</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
          '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]) + "</w:styles>"


def level(place: int, format: str, text: str, *, linked: str = "", left: int = 0, hanging: int = 0, plain: bool = False) -> str:
    return (f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
            + (f'<w:pStyle w:val="{linked}"/>' if linked else "")
            + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{indent(left, hanging)}</w:pPr>'
            + ("<w:rPr><w:b w:val=\"0\"/><w:i w:val=\"0\"/></w:rPr>" if plain else "") + "</w:lvl>")


def numbering() -> str:
    lists = {
        1: ("multilevel", [level(0, "decimal", "Article %1", linked="Heading1", left=1260, hanging=1260),
                           level(1, "decimal", "%1.%2", linked="Heading2", left=720, hanging=720),
                           level(2, "lowerLetter", "(%3)", linked="MOUItem", left=1200, hanging=480, plain=True),
                           level(3, "lowerRoman", "(%4)", linked="MOUSubitem", left=1680, hanging=480, plain=True)]),
        2: ("multilevel", [level(0, "upperLetter", "%1.", linked="MOURecital", left=720, hanging=720),
                           level(1, "decimal", "(%2)", linked="MOURecitalItem", left=1200, hanging=480)]),
        3: ("singleLevel", [level(0, "upperLetter", "Schedule %1", linked="MOUSchedule", left=1500, hanging=1500)]),
        4: ("singleLevel", [level(0, "decimal", "(%1)", linked="MOUParty", left=720, hanging=720)]),
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{"".join(levels)}</w:abstractNum>'
        for number, (kind, levels) in lists.items())
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in lists)
    return HEAD + f"<w:numbering {NAMESPACES}>{abstract}{used}</w:numbering>"


# ---------------------------------------------------------------------------------------------- body


def text(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def run(words: str, char: str = "") -> str:
    """Return a run; `words` may hold docxtpl tags and XML entities."""
    properties = f'<w:rPr><w:rStyle w:val="{char}"/></w:rPr>' if char else ""
    return f"<w:r>{properties}{text(words)}</w:r>"


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def par(style: str, *runs: str, extra: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def tag(code: str) -> str:
    """Return a paragraph that holds only a block tag; docxtpl takes the whole paragraph away."""
    return par("MOUPlain", run("{%p " + code + " %}"))


def each(names: str, body: str) -> str:
    return tag(f"for {names}") + body + tag("endfor")


def when(condition: str, body: str, otherwise: str = "") -> str:
    return tag(f"if {condition}") + body + (tag("else") + otherwise if otherwise else "") + tag("endif")


def rtag(code: str) -> str:
    return run("{%r " + code + " %}")


def runs(name: str) -> str:
    """Return the loop that prints a list of runs: words, defined terms, references, blanks, items to confirm."""
    return (rtag(f"for run in {name}")
            + rtag("if run.kind == 'term'") + run("\u201c") + run("{{ run.text }}", "MOUTerm") + run("\u201d")
            + rtag("elif run.kind == 'reference'") + run("{{ run.slot }}", "MOUReference")
            + rtag("elif run.kind == 'blank'") + run("{{ run.text }}", "MOUBlank")
            + rtag("elif run.kind == 'confirm'") + run("{{ run.text }}", "MOUConfirm")
            + rtag("else") + run("{{ run.text }}") + rtag("endif") + rtag("endfor"))


def number_of(name: str) -> str:
    """Return a link that shows only the number of a slot's section, for tables."""
    return run("{{ " + name + " }}", "MOUNumber")


def anchor(name: str) -> str:
    """Return the mark that makes its paragraph the target of links to a slot."""
    return run("{{ " + name + " }}", "MOUAnchor")


def table(widths: list[int], head: list[str], loop: str, cells: list[str], *, after: str = "") -> str:
    """Return a table with a repeating header row and one row for each entry of `loop`."""
    return (table_start(widths) + header_row(widths, head)
            + row_tag(widths, f"for {loop}") + row(widths, cells) + row_tag(widths, "endfor") + after + "</w:tbl>")


def table_start(widths: list[int], style: str = "MOUTable") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>')


def cell(width: int, body: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{body}</w:tc>'


def header_row(widths: list[int], head: list[str]) -> str:
    cells = "".join(cell(width, par("MOUTableHead", run(words)), NAVY) for width, words in zip(widths, head, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def row(widths: list[int], bodies: list[str]) -> str:
    cells = "".join(cell(width, body if body.startswith("<w:p>") else par("MOUTableText", body))
                    for width, body in zip(widths, bodies, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def row_tag(widths: list[int], code: str) -> str:
    cells = cell(widths[0], par("MOUTableText", run("{%tr " + code + " %}")))
    cells += "".join(cell(width, par("MOUTableText")) for width in widths[1:])
    return f"<w:tr>{cells}</w:tr>"


def section(kind: str, *, first: bool = False) -> str:
    headers = ('<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId12"/>'
               '<w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="first" r:id="rId13"/>')
    return (f'<w:sectPr>{headers}<w:type w:val="{kind}"/><w:pgSz w:w="12240" w:h="15840"/>'
            '<w:pgMar w:top="1300" w:right="1300" w:bottom="1200" w:left="1300" w:header="620" w:footer="560" w:gutter="0"/>'
            f'<w:cols w:space="720"/>{"<w:titlePg/>" if first else ""}</w:sectPr>')


def cover() -> str:
    return (
        par("Title", run("{{ title }}"))
        + par("Subtitle", run("School Resource Officer Program"))
        + par("MOUCover", run("{% if parties|length == 2 %}between{% else %}among{% endif %}"))
        + each("party in parties",
               par("MOUCoverParty", run("{{ party.legal_name }}"))
               + when("not loop.last", par("MOUCover", run("and"))))
        + par("MOUCoverDate", run("Effective "), runs("effective"))
        + when("number", par("MOUCover", run("No. "), runs("number")))
        + par("MOUCover", run("State: {{ state }}"), extra=section("nextPage", first=True))
    )


def contents() -> str:
    return (
        par("TOCHeading", run("Contents"))
        + each("entry in contents",
               tag("if entry.level == 2")
               + par("TOC2", anchor("entry.slot"), run("{{ entry.number }}"), tab(), run("{{ entry.title }}"))
               + tag("elif entry.number")
               + par("TOC1", anchor("entry.slot"), run("{{ entry.number }}"), tab(), run("{{ entry.title }}"))
               + tag("else") + par("TOC1", anchor("entry.slot"), run("{{ entry.title }}")) + tag("endif"))
        + f'<w:p><w:pPr><w:pStyle w:val="MOUPlain"/>{section("nextPage")}</w:pPr></w:p>'
    )


def parties() -> str:
    role = ('{% if party.only %}the {% else %}a {% endif %}')
    return (
        par("MOUHeadingTop", anchor("'parties'"), run("Parties"))
        + par("MOUPlain", run("This {{ title }} (this \u201c"), run("Agreement", "MOUTerm"),
              run("\u201d) is made {% if parties|length == 2 %}between{% else %}among{% endif %} the following (each a \u201c"),
              run("Party", "MOUTerm"), run("\u201d and together the \u201c"), run("Parties", "MOUTerm"), run("\u201d):"))
        + each("party in parties",
               par("MOUParty", run("{{ party.legal_name }}", "MOUStrong"), run(", "), runs("party.entity_type"),
                   rtag("if party.organized_under"), run(" organized under "), runs("party.organized_under"), rtag("endif"),
                   rtag("if party.acting_by"), run(", acting by and through "), runs("party.acting_by"), rtag("endif"),
                   run(", whose governing body is the "), runs("party.governing_body"),
                   rtag("if party.approved_on"), run(", which approved this Agreement on "), runs("party.approved_on"), rtag("endif"),
                   run(" (\u201c"), run("{{ party.short_name }}", "MOUTerm"), run("\u201d" + "{% if party.only %} or {% else %}, {% endif %}" + role + "\u201c"),
                   run("{{ party.role }}", "MOUTerm"), run("\u201d)"),
                   run("{% if loop.last %}.{% elif loop.revindex == 2 %}; and{% else %};{% endif %}")))
    )


def paragraphs(kinds: dict[str, str], loop: str) -> str:
    """Return the loop over a clause's paragraphs, one branch for each paragraph style."""
    names = list(kinds)
    body = tag(f"if p.kind == '{names[0]}'") + par(kinds[names[0]], runs("p.runs"))
    for name in names[1:]:
        body += tag(f"elif p.kind == '{name}'") + par(kinds[name], runs("p.runs"))
    return each(f"p in {loop}", body + tag("endif"))


def mark(code: str) -> str:
    return par("MOUMark", run(code))


def recitals() -> str:
    return when("recitals", par("MOUHeading", anchor("'recitals'"), run("{{ recitals_title }}")) + each(
        "clause in recitals",
        mark("start {{ clause.mark }}")
        + paragraphs({"paragraph": "MOURecital", "item": "MOURecitalItem", "subitem": "MOURecitalItem"}, "clause.paragraphs")
        + mark("end {{ clause.mark }}"))
        + par("MOUPlain", run("The Parties therefore agree:")))


def articles() -> str:
    return each("article in articles",
                par("Heading1", anchor("article.slot"), run("{{ article.title }}"))
                + each("clause in article.clauses",
                       mark("start {{ clause.mark }}")
                       + par("Heading2", anchor("clause.slot"), run("{{ clause.heading }}"))
                       + paragraphs({"paragraph": "MOUBody", "item": "MOUItem", "subitem": "MOUSubitem"}, "clause.paragraphs")
                       + mark("end {{ clause.mark }}")))


def signing_person() -> str:
    return (par("MOUSignLine", run("{{ person.label }}"), tab(), tab())
            + par("MOUSignLine", run("Name:"), tab(), runs("person.name"))
            + par("MOUSignLine", run("Title:"), tab(), runs("person.title"))
            + par("MOUSignLine", run("Date:"), tab(), tab()))


def signature_table(left: str, right: str) -> str:
    widths = [4820, 4820]
    blank = par("MOUSignLine")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return ('<w:tbl><w:tblPr><w:tblW w:w="9640" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + cell(4820, each(f"person in {left}", signing_person()) + when(f"not {left}", blank))
            + cell(4820, each(f"person in {right}", signing_person()) + when(f"not {right}", blank)) + "</w:tr></w:tbl>")


def signatures() -> str:
    return (
        par("MOUHeadingPage", anchor("'signatures'"), run("Signatures"))
        + par("MOUPlain", run("Each Party signs this Agreement through the person named below, on the date beside that person\u2019s signature."))
        + each("party in parties",
               par("MOUSignParty", run("{{ party.legal_name }}"),
                   rtag("if party.acting_by"), run(", by and through "), runs("party.acting_by"), rtag("endif"))
               + signature_table("party.signers", "party.witnesses"))
        + when("stakeholders",
               par("MOUSubheading", run("Stakeholders"))
               + par("MOUPlain", run("A body below that signs takes up the seat this Agreement gives it. A body that acknowledges has received "
                                     "this Agreement. Neither becomes a Party or takes on a duty by signing."))
               + each("body in stakeholders",
                      par("MOUSignParty", run("{{ body.name }} "), run("({{ body.part }})"))
                      + signature_table("body.signers", "body.none")))
    )


def schedules() -> str:
    return each("schedule in schedules",
                par("MOUSchedule", anchor("schedule.slot"), run("{{ schedule.title }}"))
                + when("schedule.id == 'sites'", _sites())
                + when("schedule.id == 'contacts'", _contacts())
                + when("schedule.id == 'cost'", _cost()))


def _sites() -> str:
    return (par("MOUSubheading", run("Schools"))
            + table([3200, 2700, 2500, 1240], ["School", "Level", "Address", "District"], "site in sites",
                    [run("{{ site.name }}"), runs("site.level"), runs("site.address"), run("{{ site.district }}")])
            + par("MOUSubheading", run("Positions"))
            + par("MOUPlain", run("A share of 1 is all of an officer\u2019s working time. The positions come to {{ full_time }} full-time equivalent{{ '' if full_time == '1' else 's' }}."))
            + table([1100, 2900, 2000, 3640], ["Position", "Officer", "Agency", "Schools and share of time"], "officer in officers",
                    [run("{{ loop.index }}"), runs("officer.name"), run("{{ officer.agency }}"), run("{{ officer.schools }}")]))


def _contacts() -> str:
    return (par("MOUSubheading", run("Formal notices"))
            + table([2900, 2300, 2640, 1800], ["Party", "Attention", "Address", "E-mail"], "party in parties",
                    [run("{{ party.legal_name }}"), runs("party.notice_officer"), runs("party.notice_address"), runs("party.notice_email")])
            + when("contacts",
                   par("MOUSubheading", run("Contacts"))
                   + table([2300, 1700, 2940, 2700], ["For", "Party", "Office and name", "Telephone and e-mail"], "contact in contacts",
                           [run("{{ contact.purpose }}"), run("{{ contact.party }}"), runs("contact.who"), runs("contact.reach")])))


def _cost() -> str:
    return (par("MOUPlain", run("Amounts are in United States dollars. A fraction of a cent is rounded to the nearest cent, half a cent "
                                "upward; a cent left over falls on the first party listed."))
            + table([6000, 3640], ["Item", "Amount"], "line in cost_lines", [run("{{ line.item }}"), run("{{ line.amount }}")]))


def appendix() -> str:
    widths = [720, 3700, 1200, 1220, 2800]
    return (
        par("MOUHeadingPage", anchor("'appendix'"), run("Compliance Appendix"))
        + par("MOUNote", run("This appendix shows, for each requirement of the rubrics named below, whether the text of this Agreement meets it, "
                             "and in which section. It was read from the finished text as of {{ as_of }}. It describes the draft; it is not "
                             "legal advice and does not say that the Agreement is legally sufficient. \u201cMet\u201d means that a clause says what "
                             "the requirement asks. Text can never show a practice: a practice is attested by a named person, or it is shown as not attested."))
        + par("MOUSubheading", run("Summary by rubric"))
        + table([4640, 1600, 1700, 1700], ["Rubric", "Kind", "Provisions met", "Provisions asked"], "rubric in rubrics",
                [run("{{ rubric.title }}"), run("{{ rubric.force }}"), run("{{ rubric.met }}"), run("{{ rubric.of }}")])
        + par("MOUSubheading", run("Summary by step"))
        + table([5240, 1100, 1100, 1100, 1100], ["Step", "Met", "Of", "Attested", "Of"], "step in steps",
                [run("{{ step.title }}"), run("{{ step.met }}"), run("{{ step.of }}"), run("{{ step.attested }}"), run("{{ step.practices }}")])
        + each("rubric in rubrics",
               par("MOUSubheading", run("{{ rubric.title }}"))
               + par("MOUNote", run("{{ rubric.status }}"))
               + table(widths, ["No.", "What is asked", "Status", "Section", "Clause and evidence"], "row in rubric.rows",
                       [run("{{ row.id }}"), run("{{ row.asks }}"), run("{{ row.status }}"),
                        rtag("for one in row.clauses") + number_of("one.slot")
                        + rtag("if not loop.last") + run(", ") + rtag("endif") + rtag("endfor") + rtag("if not row.clauses") + run("none") + rtag("endif"),
                        when("row.cites", par("MOUTableText", run("{{ row.cites }}"))) + par("MOUTableSmall", run("{{ row.basis }}"))
                        + when("row.note", par("MOUTableSmall", run("{{ row.note }}")))]))
        + when("waivers", par("MOUSubheading", run("Waivers"))
               + table([1100, 2600, 4440, 1500], ["No.", "Waived by", "Reason", "Date"], "one in waivers",
                       [run("{{ one.requirement }}"), run("{{ one.by }}"), run("{{ one.why }}"), run("{{ one.on }}")]))
        + when("attestations", par("MOUSubheading", run("Attestations of practice"))
               + table([1100, 3100, 3940, 1500], ["No.", "Attested by", "What and where", "Date"], "one in attestations",
                       [run("{{ one.requirement }}"), run("{{ one.by }}, {{ one.title }}"), run("{{ one.note }}"), run("{{ one.on }}")]))
        + when("defaults", par("MOUSubheading", run("Defaults taken"))
               + par("MOUNote", run("These answers were not given; the value shown was used. Change any of them in the answers file."))
               + table([3000, 3140, 3500], ["Question", "Value used", "Why"], "one in defaults",
                       [run("{{ one.question }}"), run("{{ one.value }}"), run("{{ one.rationale }}")]))
        + par("MOUSubheading", run("Clauses used"))
        + table([1300, 3900, 3140, 1300], ["Section", "Heading", "Text", "Standing"], "one in used",
                [number_of("one.slot"), run("{{ one.heading }}"), run("{{ one.cite }}"), run("{{ one.standing }}")])
        + par("MOUSubheading", run("Sources"))
        + par("MOUNote", run("Grades of evidence: seed, the two law-firm articles this project started from; text, the source itself was read on the point; "
                             "part, it was read in part; summary, another\u2019s summary was read; title, only a heading is known."))
        + table([5640, 1200, 1600, 1200], ["Source", "Evidence", "Cited for", "Seen"], "one in sources",
                [par("MOUTableText", run("{{ one.cite }}")) + when("one.url", par("MOUTableSmall", run("{{ one.url }}"))),
                 run("{{ one.evidence }}"), run("{{ one.used_by }}"), run("{{ one.seen }}")])
        + par("MOUSubheading", run("What could not be verified"))
        + each("rubric in rubrics", par("MOUPlain", run("{{ rubric.title }}: ", "MOUStrong"), run("{{ rubric.unverified }}")))
    )


def before_signature() -> str:
    return when("draft",
                par("MOUHeadingPage", run("Before Signature"))
                + par("MOUNote", run("This page stands only in the draft. A final agreement is not made while anything is listed here."))
                + when("undecided", par("MOUSubheading", run("Undecided"))
                       + table([4200, 2640, 2800], ["Question", "Answer to give", "Why it is open"], "one in undecided",
                               [run("{{ one.question }}"), run("{{ one.answer }}"), run("{{ one.why }}")]))
                + when("confirm", par("MOUSubheading", run("To be confirmed"))
                       + table([4200, 5440], ["Answer", "What is to be confirmed"], "one in confirm",
                               [run("{{ one.answer }}"), run("{{ one.why }}")]))
                + when("findings", par("MOUSubheading", run("Findings"))
                       + table([2300, 7340], ["Code", "What was found"], "one in findings",
                               [run("{{ one.code }}"), run("{{ one.message }}")]))
                + when("not undecided and not confirm and not findings",
                       par("MOUPlain", run("Nothing is open. Build again with --final for the copy to sign."))))


def document() -> str:
    agreement = cover() + contents() + parties() + recitals() + articles() + signatures() + schedules()
    body = (tag("if show_agreement") + agreement + tag("endif") + tag("if show_appendix") + appendix() + tag("endif")
            + tag("if show_agreement") + before_signature() + tag("endif") + section("nextPage"))
    return HEAD + f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def theme() -> str:
    """Return the smallest theme Word accepts, in the house colors and font; Word wants one in every file."""
    colors = {"dk1": "000000", "lt1": "FFFFFF", "dk2": NAVY, "lt2": "EEF0F4", "accent1": NAVY, "accent2": "7A869C", "accent3": "9C1C1C",
              "accent4": "8A6D1D", "accent5": "2F6F57", "accent6": "5B4A7A", "hlink": "1F3F8F", "folHlink": "5B4A7A"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colors.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    return (HEAD + '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="MOU"><a:themeElements>'
            f'<a:clrScheme name="MOU">{scheme}</a:clrScheme><a:fontScheme name="MOU"><a:majorFont>{font}</a:majorFont>'
            f'<a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="MOU"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
            f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
            f'<a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>'
            f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>")


def field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def header() -> str:
    return HEAD + f"<w:hdr {NAMESPACES}>" + par(
        "Header", rtag("if draft"), run("DRAFT", "MOUDraft"), run(" of {{ as_of }}: not for signature"), rtag("else"),
        run("{{ title }}: School Resource Officer Program"), rtag("endif")) + "</w:hdr>"


def first_header() -> str:
    return HEAD + f"<w:hdr {NAMESPACES}>" + par(
        "Header", rtag("if draft"), run("DRAFT", "MOUDraft"), run(" of {{ as_of }}: not for signature"), rtag("endif")) + "</w:hdr>"


def footer() -> str:
    return HEAD + f"<w:ftr {NAMESPACES}>" + par(
        "Footer", run("{{ footer }}  |  Page "), field("PAGE"), run(" of "), field("NUMPAGES")) + "</w:ftr>"


def parts() -> dict[str, str]:
    """Return every part of the template by name."""
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings",
             "fontTable": "fontTable", "header1": "header", "header2": "header", "footer1": "footer", "footer2": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{office}.{kind}+xml"/>' for part, kind in kinds.items())
    overrides += ('<Override PartName="/word/theme/theme1.xml" '
                  'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>')
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ids = {"styles": "rId1", "numbering": "rId2", "settings": "rId3", "fontTable": "rId4", "header1": "rId10", "footer1": "rId11",
           "header2": "rId12", "footer2": "rId13"}
    linked = "".join(
        f'<Relationship Id="{id}" Type="{relations}/{part.rstrip("12")}" Target="{part}.xml"/>' for part, id in ids.items())
    linked += f'<Relationship Id="rId5" Type="{relations}/theme" Target="theme/theme1.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>' + overrides
        + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        + '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>',
        "_rels/.rels": HEAD + f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{relations}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "docProps/core.xml": HEAD + f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>Memorandum of Understanding</dc:title><dc:creator>mou-builder</dc:creator><dc:language>en-US</dc:language></cp:coreProperties>",
        "docProps/app.xml": HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>mou-builder</Application></Properties>",
        "word/_rels/document.xml.rels": HEAD + f'<Relationships xmlns="{package}/relationships">{linked}</Relationships>',
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": HEAD + f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>',
        "word/fontTable.xml": HEAD + f'<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>',
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": header(),
        "word/header2.xml": first_header(),
        "word/footer1.xml": footer(),
        "word/footer2.xml": HEAD + f"<w:ftr {NAMESPACES}>" + par("Footer") + "</w:ftr>",
    }


def draw() -> bytes:
    """Return the template, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, xml in parts().items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, xml.encode())
    return stream.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("mou.docx")
    target.write_bytes(draw())
    print(f"drew {target}")
