"""What a reader finds in a freshly built Word file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from docx2python import docx2python
from lxml import etree
from openxml_audit import OpenXmlValidator
from wordedit import (
    body_of,
    parts_of,
    text_of,
    w,
)

from mou_builder.build import Built


@pytest.mark.parametrize(
    "example", ["first_mou", *(pytest.param(one, marks=pytest.mark.wide) for one in ("renewal", "multi_party"))]
)
def test_every_example_is_a_valid_word_file(example: str, examples: dict[str, Built], tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The Open XML validator finds nothing to say about any part."""
    file = tmp_path / f"{example}.docx"
    file.write_bytes(examples[example].word)

    result = OpenXmlValidator().validate(str(file))

    assert [str(error) for error in result.errors] == []


@pytest.mark.wide
def test_the_file_lints_without_errors(built: Built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """docx-plus finds no defect of error level, and no heading level is skipped."""

    file = tmp_path / "first.docx"
    file.write_bytes(built.word)
    said = subprocess.run(
        [str(Path(sys.executable).with_name("docx-plus")), "lint", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    lines = (said.stdout or said.stderr).splitlines()
    assert "findings" in lines[-1]
    assert [line for line in lines if line.startswith(("E ", "W "))] == []


def test_every_provision_of_the_rubric_is_met(built: Built) -> None:
    """The first example meets every provision row, and no practice is called met."""
    rows = [row for row in built.report.requirements if row.rubric == "secure-local-2016"]

    assert len(rows) == 61
    assert [row.id for row in rows if row.kind != "practice" and row.status != "met"] == []
    assert {row.status for row in rows if row.kind == "practice"} <= {"attested", "not attested"}
    assert {row.practice for row in rows if row.kind == "both"} == {"attested", "not attested"}


def test_every_row_links_to_the_section_that_says_it(built: Built) -> None:
    """Each section number in the appendix is a link to the bookmark of a clause that satisfies the row."""
    body = body_of(built.word)
    headings = {
        mark.get(w("name")): text_of(mark.getparent())
        for mark in body.iter(w("bookmarkStart"))
        if mark.get(w("name")).startswith("mouref_")
    }
    for row in built.report.requirements:
        cells = _row(body, row.id)
        linked = [link.get(w("anchor")) for link in cells[3].iter(w("hyperlink"))]
        sections = {one.section: one.heading for one in row.clauses}
        assert len(linked) == len(row.clauses), row.id
        for link, anchor in zip(cells[3].iter(w("hyperlink")), linked, strict=True):
            shown = text_of(link)
            assert shown in sections, row.id
            assert anchor in headings or shown.startswith("Recital"), row.id
            assert shown.startswith("Recital") or headings[anchor] == sections[shown]


def _row(body, id: str):  # type: ignore[no-untyped-def]
    for line in body.iter(w("tr")):
        cells = line.findall(w("tc"))
        if len(cells) == 5 and text_of(cells[0]) == id:
            return cells
    raise LookupError(id)


def test_the_appendix_says_what_the_report_says(built: Built) -> None:
    """Every row of the printed appendix equals the report read back: status, practice, sections, clauses."""
    body = body_of(built.word)
    for row in built.report.requirements:
        cells = [text_of(cell) for cell in _row(body, row.id)]
        status = row.status if row.practice is None else f"{row.status}; practice {row.practice}"
        assert cells[1] == row.asks
        assert cells[2] == status
        assert cells[3] == (", ".join(one.section for one in row.clauses) or "none")
        assert all(f"{one.id}@{one.version}" in cells[4] for one in row.clauses)


def test_every_cross_reference_shows_the_number_of_its_section(built: Built) -> None:
    """The stored result of each REF field is the number that Word's own list gives the heading it points to."""
    numbers = _numbers_by_bookmark(built.word)
    fields = [field for field in body_of(built.word).iter(w("fldSimple")) if " REF " in field.get(w("instr"))]

    assert len(fields) > 150
    for field in fields:
        target = field.get(w("instr")).split()[1]
        assert text_of(field) == numbers[target]


def _numbers_by_bookmark(data: bytes) -> dict[str, str]:
    """Count articles, sections and schedules by their styles, apart from the tool's own reader."""
    numbers: dict[str, str] = {}
    article = section = schedule = 0
    for paragraph in body_of(data).iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        name = style.get(w("val")) if style is not None else ""
        number = ""
        if name == "Heading1":
            article, section = article + 1, 0
            number = f"Article {article}"
        elif name == "Heading2":
            section += 1
            number = f"{article}.{section}"
        elif name == "MOUSchedule":
            schedule += 1
            number = f"Schedule {'ABCDEFG'[schedule - 1]}"
        for mark in paragraph.iter(w("bookmarkStart")):
            if mark.get(w("name")).startswith("mouref_") and number:
                numbers[mark.get(w("name"))] = number
    return numbers


def test_the_contents_list_names_every_heading_in_order(built: Built) -> None:
    """Each entry is a link that shows the number and the words of the heading it leads to."""
    numbers = _numbers_by_bookmark(built.word)
    body = body_of(built.word)
    headings = {
        mark.get(w("name")): text_of(mark.getparent())
        for mark in body.iter(w("bookmarkStart"))
        if mark.get(w("name")).startswith("mouref_")
    }
    entries = []
    for paragraph in body.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) in ("TOC1", "TOC2"):
            link = paragraph.find(w("hyperlink"))
            entries.append(link.get(w("anchor")))
            number = numbers.get(link.get(w("anchor")), "")
            assert text_of(link) == (f"{number}\t" if number else "") + headings[link.get(w("anchor"))]
    assert entries == [name for name in headings if name in entries]
    assert set(numbers) <= set(entries)


def test_no_paragraph_is_empty_and_no_number_is_typed(built: Built) -> None:
    """Space comes from styles and numbers from lists; a lone section break is the only empty paragraph."""
    for paragraph in body_of(built.word).iter(w("p")):
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None or paragraph.getparent().tag == w("tc"):
            continue
        words = text_of(paragraph).strip()
        assert words
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))
        if style not in ("TOC1", "TOC2"):
            assert not re.match(r"(\d+\.\d|\([a-z]\)|Article \d)", words), words


def test_tables_repeat_their_header_rows(built: Built) -> None:
    """A table that runs over a page shows its header again, and no row breaks across pages."""
    tables = [
        table for table in body_of(built.word).iter(w("tbl")) if table.find(f"{w('tblPr')}/{w('tblStyle')}") is not None
    ]

    assert len(tables) > 8
    for table in tables:
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_the_record_holds_no_more_than_the_agreement_shows(built: Built) -> None:
    """The embedded record names no path, no user and no note: every answer in it can be read on a page."""
    parts = parts_of(built.word)
    record = etree.fromstring(parts["customXml/item1.xml"]).text
    assert record is not None
    assert "/home/" not in record and "\\Users\\" not in record and "provenance" not in record
    printed = " ".join(text_of(body_of(built.word)).split())
    for answer in (
        "Larkmoor Unified School District",
        "Patrol Captain",
        "a yearly commendation by the Board of Directors",
        "Listening sessions on March 3 and April 14, 2026",
    ):
        assert answer in printed and answer in record


def test_another_reader_sees_the_same_words(built: Built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """docx2python, which knows nothing of this tool, reads every clause heading and the parties."""
    file = tmp_path / "first.docx"
    file.write_bytes(built.word)
    with docx2python(file) as other:
        words = other.text
    for row in built.report.clauses:
        if not row.section.startswith("Recital"):
            assert row.heading in words
    assert "Larkmoor Unified School District" in words
