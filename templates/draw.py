"""Draw templates/mou.docx: the house style and the frame of the agreement, as a Word file with docxtpl tags.

Run ``python templates/draw.py`` after a change here; a test holds the committed file equal to what this draws. The file may
also be restyled in Word and handed over with ``mou-builder build --template``: keep the tags in double braces and
the paragraph and character styles whose names begin with MOU, by which the builder finds clauses and references.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from house_style import FONT, HEAD, NAMESPACES, numbering, styles, theme
from schedule_parts import schedule_parts
from tags import anchor, cell, each, number_of, par, rtag, run, runs, section, tab, table, tag, when


def cover() -> str:
    return (
        when("recording", par("MOUCoverRecording", run("When recorded, return to:")) + par("MOUCoverRecording", runs("recording")))
        + par("Title", run("{{ title }}"))
        + par("Subtitle", run("{{ subject }}"))
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
    role = "{% if party.only %}the{% elif party.role == 'Agency' %}an{% else %}a{% endif %} "
    return (
        par("MOUHeadingTop", anchor("'parties'"), run("Parties"))
        + par("MOUPlain", run("This {{ title }} (this \u201c"), run("Agreement", "MOUTerm"),
              run("\u201d) is made {% if parties|length == 2 %}between{% else %}among{% endif %} the following (each a \u201c"),
              run("Party", "MOUTerm"), run("\u201d and together the \u201c"), run("Parties", "MOUTerm"), run("\u201d):"))
        + each("party in parties",
               par("MOUParty", run("{{ party.legal_name }}", "MOUStrong"), run(", "), runs("party.entity_type"),
                   rtag("if party.organized_under"), run(" organized under "), runs("party.organized_under"), rtag("endif"),
                   rtag("if party.acting_by"), run(", acting by and through "), runs("party.acting_by"), rtag("endif"),
                   rtag("if party.authority"), run(", with authority under "), runs("party.authority"), rtag("endif"),
                   # A sheriff answers to no board, so the words fit an office as well as a body.
                   run(", for which the "), runs("party.governing_body"),
                   run("{% if party.resolution or party.approved_on %} approved{% else %} is to approve{% endif %} this Agreement"),
                   rtag("if party.resolution"), run(" by "), runs("party.resolution"), rtag("endif"),
                   rtag("if party.approved_on"), run(" on "), runs("party.approved_on"), rtag("endif"),
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
        + paragraphs({"paragraph": "MOURecital", "lead": "MOURecitalLead", "item": "MOURecitalItem", "subitem": "MOURecitalItem"}, "clause.paragraphs")
        + mark("end {{ clause.mark }}"))
        + par("MOUPlain", run("The Parties therefore agree:")))


def articles() -> str:
    return each("article in articles",
                par("Heading1", anchor("article.slot"), run("{{ article.title }}"))
                + each("clause in article.clauses",
                       mark("start {{ clause.mark }}")
                       + par("Heading2", anchor("clause.slot"), run("{{ clause.heading }}"))
                       + paragraphs({"paragraph": "MOUBody", "lead": "MOUBodyLead", "item": "MOUItem", "subitem": "MOUSubitem"}, "clause.paragraphs")
                       + mark("end {{ clause.mark }}")))


def signing_person() -> str:
    return (par("MOUSignFirst", run("{{ person.label }}"), tab(), tab())
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
        + par("MOUPlain", run("Each Party{{ ' listed here' if by_sheet else '' }} signs this Agreement through each person named below who signs for it. "
                              "Each person writes the date of signing.{{ ' Every other Party signs its joinder sheet.' if by_sheet else '' }}"))
        + each("party in signing",
               par("MOUSignParty", run("{{ party.legal_name }}"),
                   rtag("if party.acting_by"), run(", by and through "), runs("party.acting_by"), rtag("endif"))
               + signature_table("party.signers", "party.witnesses"))
        + when("stakeholders",
               par("MOUSubheading", run("Stakeholders"))
               + par("MOULead", run("A body below that signs takes up the seat this Agreement gives it. A body that acknowledges has received "
                                     "this Agreement. Neither becomes a Party or takes on a duty by signing."))
               + each("body in stakeholders",
                      par("MOUSignParty", run("{{ body.name }} "), run("({{ body.part }})"))
                      + signature_table("body.signers", "body.none")))
    )


def schedules() -> str:
    return each("schedule in schedules",
                par("MOUSchedule", anchor("schedule.slot"), run("{{ schedule.title }}"))
                + schedule_parts(signature_table))


def appendix() -> str:
    widths = [900, 3560, 1200, 1180, 2800]
    return (
        par("MOUHeadingPage", anchor("'appendix'"), run("Compliance Appendix"))
        + par("MOUNote", run("This appendix shows, for each requirement of the rubrics named below, whether the text of this Agreement meets it, "
                             "and in which section. It was read from the finished text as of {{ as_of }}. It describes the text; it is not "
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
                        when("row.cites", par("MOUTableText", run("{{ row.cites }}"))) + when("row.law", par("MOUTableSmall", run("{{ row.law }}")))
                        + par("MOUTableSmall", run("{{ row.basis }}"))
                        + when("row.note", par("MOUTableSmall", run("{{ row.note }}")))]))
        + when("limits", par("MOUSubheading", run("Values that law, grants and policy set"))
               + par("MOUNote", run("Where several sources set a value for the same answer, the strictest that was read in its text governs. "
                                    "A value to verify governs nothing until counsel has read it."))
               + table([2100, 1500, 1100, 4940], ["What", "This Agreement", "Kept", "Set by, the strictest first"], "one in limits",
                       [run("{{ one.title }}"), run("{{ one.says }}"), run("{{ one.kept }}"),
                        each("line in one.layers", par("MOUTableText", run("{{ line }}")))
                        + par("MOUTableSmall", run("Governs: {{ one.why }}"))]))
        + when("tasks", par("MOUSubheading", run("To do outside this paper"))
               + par("MOUNote", run("What these sources have somebody do beside signing. An attestation in the answers records that it was done; "
                                    "mou-builder deadlines counts the days."))
               + table([900, 4040, 2000, 2700], ["No.", "What", "Who", "When and on what basis"], "one in tasks",
                       [run("{{ one.id }}"), par("MOUTableText", run("{{ one.what }}")) + when("one.status", par("MOUTableSmall", run("{{ one.status }}"))),
                        run("{{ one.owner }}"),
                        par("MOUTableText", run("{{ one.when }}")) + par("MOUTableSmall", run("{{ one.basis }}"))]))
        + when("kept", par("MOUSubheading", run("Wording kept by the parties"))
               + par("MOUNote", run("Here the parties keep words of their own in place of the library\u2019s. Whether these say what a requirement asks is "
                                    "for counsel to judge; the requirement is shown as altered, or as missing."))
               + table([1000, 2900, 1100, 4640], ["Section", "Heading", "What", "Reason"], "one in kept",
                       [rtag("if one.numbered") + number_of("one.slot") + rtag("endif"), run("{{ one.heading }}"), run("{{ one.done }}"),
                        par("MOUTableText", run("{{ one.why }}")) + when("one.basis", par("MOUTableSmall", run("{{ one.basis }}")))]))
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
        + each("one in notes", par("MOUPlain", run("{{ one.about }}: ", "MOUStrong"), run("{{ one.message }}")))
    )


def before_signature() -> str:
    return when("draft",
                par("MOUHeadingPage", run("Before Signature"))
                + par("MOUNote", run("This page stands only in the draft. A final agreement is not made while anything but warnings is listed here."))
                + when("undecided", par("MOUSubheading", run("Undecided"))
                       + table([4200, 2640, 2800], ["Question", "Answer to give", "Why it is open"], "one in undecided",
                               [run("{{ one.question }}"), run("{{ one.answer }}"), run("{{ one.why }}")]))
                + when("confirm", par("MOUSubheading", run("To be confirmed"))
                       + table([4200, 2640, 2800], ["Question", "Answer to confirm", "What is awaited"], "one in confirm",
                               [run("{{ one.question }}"), run("{{ one.answer }}"), run("{{ one.why }}")]))
                + when("findings", par("MOUSubheading", run("Findings"))
                       + table([2300, 7340], ["Code", "What was found"], "one in findings",
                               [run("{{ one.code }}"), run("{{ one.message }}")]))
                + when("lacking", par("MOUSubheading", run("Requirements not met"))
                       + table([1100, 4840, 3700], ["No.", "What is asked", "Why it is not met"], "one in lacking",
                               [run("{{ one.id }}"), run("{{ one.asks }}"), run("{{ one.note }}")]))
                + when("warnings", par("MOUSubheading", run("Warnings"))
                       + table([2300, 7340], ["Code", "What to look at"], "one in warnings",
                               [run("{{ one.code }}"), run("{{ one.message }}")]))
                + when("not undecided and not confirm and not findings and not lacking",
                       par("MOUPlain", run("Nothing is open. Build again with --final for the copy to sign."))))


def document() -> str:
    agreement = cover() + contents() + parties() + recitals() + articles() + signatures() + schedules()
    body = (tag("if show_agreement") + agreement + tag("endif") + tag("if show_appendix") + appendix() + tag("endif")
            + tag("if show_agreement") + before_signature() + tag("endif") + section("nextPage"))
    return HEAD + f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def header() -> str:
    return HEAD + f"<w:hdr {NAMESPACES}>" + par(
        "Header", rtag("if draft"), run("DRAFT", "MOUDraft"), run(" of {{ as_of }}: not for signature"), rtag("else"),
        run("{{ title }}: {{ subject }}"), rtag("endif")) + "</w:hdr>"


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


def packed(drawn: Mapping[str, str]) -> bytes:
    """Return the parts of a Word file as one archive, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, xml in drawn.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, xml.encode())
    return stream.getvalue()


def draw() -> bytes:
    """Return the template."""
    return packed(parts())


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("mou.docx")
    target.write_bytes(draw())
    print(f"drew {target}")
