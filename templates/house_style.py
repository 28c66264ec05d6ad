"""The house style: Word's styles, the numbered lists linked to them, and the theme."""

from __future__ import annotations

NAVY, GREY, RULE, PALE = "1F2A44", "595959", "9AA3B5", "EEF0F4"
FONT = "Times New Roman"
SIGNS = "MS Gothic"
"""A font that has the ballot box; Word takes it for its own check boxes."""

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


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
        style("paragraph", "MOUCoverRecording", "MOU Cover Recording", based="Normal", ppr=spacing(0, 40)),
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
        style("paragraph", "MOUSubheadingPage", "MOU Subheading on New Page", based="MOUSubheading", next="MOUPlain",
              ppr="<w:pageBreakBefore/>"),
        style("paragraph", "MOUAfterTable", "MOU After Table", based="Normal", ppr=spacing(140, 120)),
        style("paragraph", "MOUScheduleItem", "MOU Schedule Item", based="Normal",
              ppr=numbered(5, 0) + spacing(0, 40) + indent(480, 360)),
        style("paragraph", "MOUScheduleSubitem", "MOU Schedule Subitem", based="Normal",
              ppr=numbered(5, 1) + spacing(0, 40) + indent(960, 360)),
        style("paragraph", "MOUPlain", "MOU Plain", based="Normal"),
        style("paragraph", "MOULead", "MOU Lead", based="Normal", ppr="<w:keepNext/>"),
        style("paragraph", "MOUBody", "MOU Body", based="Normal", ppr=indent(720)),
        style("paragraph", "MOUBodyLead", "MOU Body Lead", based="MOUBody", ppr="<w:keepNext/>"),
        style("paragraph", "MOURecitalLead", "MOU Recital Lead", based="MOURecital", ppr="<w:keepNext/>"),
        style("paragraph", "MOUItem", "MOU Item", based="Normal", ppr=numbered(1, 2) + spacing(0, 60) + indent(1200, 480)),
        style("paragraph", "MOUSubitem", "MOU Subitem", based="Normal", ppr=numbered(1, 3) + spacing(0, 60) + indent(1680, 480)),
        style("paragraph", "MOURecital", "MOU Recital", based="Normal", ppr=numbered(2, 0) + indent(720, 720)),
        style("paragraph", "MOURecitalItem", "MOU Recital Item", based="Normal", ppr=numbered(2, 1) + spacing(0, 60) + indent(1200, 480)),
        style("paragraph", "MOUParty", "MOU Party", based="Normal", ppr=numbered(4, 0) + indent(720, 720)),
        style("paragraph", "MOUSignParty", "MOU Signature Party", based="Normal", next="MOUSignLine",
              ppr=keep + spacing(320, 60), rpr=f"<w:b/><w:bCs/>{navy}"),
        style("paragraph", "MOUSignLine", "MOU Signature Line", based="Normal",
              ppr=keep + '<w:tabs><w:tab w:val="left" w:pos="1080"/><w:tab w:val="right" w:leader="underscore" w:pos="4400"/></w:tabs>'
              + spacing(140, 0, 240)),
        style("paragraph", "MOUSignFirst", "MOU Signature First Line", based="MOUSignLine", next="MOUSignLine", ppr=spacing(320, 0, 240)),
        style("paragraph", "MOUTableText", "MOU Table Text", based="Normal", ppr=spacing(30, 30, 240),
              rpr='<w:sz w:val="19"/><w:szCs w:val="19"/>'),
        style("paragraph", "MOUTableSmall", "MOU Table Small", based="MOUTableText", ppr=spacing(0, 20, 240),
              rpr=f'<w:color w:val="{GREY}"/><w:sz w:val="16"/><w:szCs w:val="16"/>'),
        style("paragraph", "MOUTableHead", "MOU Table Head", based="MOUTableText", ppr="<w:keepNext/>",
              rpr='<w:b/><w:bCs/><w:color w:val="FFFFFF"/>'),
        style("paragraph", "MOUTableKept", "MOU Table Text Kept", based="MOUTableText", ppr="<w:keepNext/>"),
        style("paragraph", "MOUTableBand", "MOU Table Band", based="MOUTableText", ppr="<w:keepNext/>", rpr=f"<w:b/><w:bCs/>{navy}"),
        style("paragraph", "MOUTableBox", "MOU Table Box", based="MOUTableText", ppr='<w:keepNext/><w:jc w:val="center"/>'),
        style("paragraph", "MOUFormLabel", "MOU Form Label", based="Normal", ppr="<w:keepNext/>" + spacing(40, 20, 240),
              rpr='<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        style("paragraph", "MOUFormEnd", "MOU Form End", based="MOUFormLabel", ppr='<w:keepNext w:val="0"/>'),
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
        style("character", "MOUWidths", "MOU Widths", based="DefaultParagraphFont", quick=False, rpr="<w:vanish/>"),
        style("character", "MOUBox", "MOU Box", based="DefaultParagraphFont",
              rpr=f'<w:rFonts w:ascii="{SIGNS}" w:hAnsi="{SIGNS}" w:eastAsia="{SIGNS}" w:cs="{SIGNS}"/>'),
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
        '<w:style w:type="table" w:customStyle="1" w:styleId="MOUForm"><w:name w:val="MOU Form"/><w:basedOn w:val="TableNormal"/>'
        '<w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        '<w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
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
        5: ("multilevel", [level(0, "bullet", "\u2022", linked="MOUScheduleItem", left=480, hanging=360),
                           level(1, "bullet", "\u2013", linked="MOUScheduleSubitem", left=960, hanging=360)]),
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{"".join(levels)}</w:abstractNum>'
        for number, (kind, levels) in lists.items())
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in lists)
    return HEAD + f"<w:numbering {NAMESPACES}>{abstract}{used}</w:numbering>"


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
