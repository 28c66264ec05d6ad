"""The pages themselves: the file opens in LibreOffice, and the PDF shows what the Word file means."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from wordedit import body_of, text_of, w

from mou_builder.build import Built
from mou_builder.cli.pdf import office, to_pdf
from mou_builder.document.summary import summarize
from mou_builder.library import Library
from mou_builder.report import Report

pytestmark = pytest.mark.office

MISSING = [what for what, found in (("LibreOffice", office()), ("pdftotext", shutil.which("pdftotext"))) if not found]
if MISSING and not os.environ.get("CI"):
    pytest.skip(f"{' and '.join(MISSING)} not installed", allow_module_level=True)


@pytest.fixture(scope="module", params=["first_mou", "renewal", "multi_party"])
def pages(
    request: pytest.FixtureRequest, examples: dict[str, Built], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, str]:
    """An example and the text of its PDF, in reading order."""
    built = examples[request.param]
    file = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    file.write_bytes(to_pdf(built.word, f"{request.param}.docx"))
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True)
    return built, said.stdout.decode()


def _headings(text: str) -> dict[str, str]:
    """Return the words of each section heading of the PDF by its printed number; the last one, after the contents list."""
    return {found[1]: found[2].strip() for found in re.finditer(r"(?m)^\s{0,6}(\d+\.\d+)\s{2,}(\S.*)$", text)}


def test_every_section_number_in_the_pdf_is_its_headings_number(pages: tuple[Built, str]) -> None:
    """The number Word's list prints before each heading is the number the report and every reference give."""
    built, text = pages
    printed = _headings(text)

    for row in built.report.clauses:
        if not row.section.startswith("Recital"):
            assert printed[row.section].startswith(row.heading[:30]), row.section


def test_every_reference_in_the_pdf_means_an_existing_heading(pages: tuple[Built, str]) -> None:
    """Each "Section x.y" printed in the text is the number of the heading that its field points to."""
    built, text = pages
    body = body_of(built.word)
    by_bookmark = {
        mark.get(w("name")): text_of(mark.getparent())
        for mark in body.iter(w("bookmarkStart"))
        if mark.get(w("name")).startswith("mouref_")
    }
    printed = _headings(text)
    meant = {}
    for field in body.iter(w("fldSimple")):
        if " REF " in field.get(w("instr")):
            meant.setdefault(text_of(field), by_bookmark[field.get(w("instr")).split()[1]])
    shown = set(re.findall(r"Section\s+(\d+\.\d+)", text))

    assert shown and shown <= meant.keys()
    for number in shown:
        assert printed[number].startswith(meant[number][:30])


def test_the_contents_list_in_the_pdf_agrees_with_the_headings(pages: tuple[Built, str]) -> None:
    """Every entry of the contents list stands again as a heading, in the same words and with the same number."""
    _, text = pages
    contents = text[text.index("Contents") : text.index("\f", text.index("Compliance Appendix"))]
    entries = re.findall(r"(?m)^\s*(\d+\.\d+)\s{2,}(\S.*)$", contents)
    printed = _headings(text)

    assert len(entries) > 60
    for number, words in entries:
        assert printed[number].startswith(words.strip()[:30])


def test_the_pdf_shows_no_field_errors_and_no_marks(pages: tuple[Built, str]) -> None:
    """Nothing of the template or of Word's machinery reaches the page, and no word is doubled."""
    _, text = pages

    for slip in (
        "Error!",
        "Reference source",
        "{{",
        "{%",
        "[[",
        "start us/",
        " of 0",
        "the the ",
        " a a ",
        "  .",
        " ;",
    ):
        assert slip not in text
    assert re.search(r"Page 1?\d of \d+", text)
    assert not re.search(r"\bone (?:days|officers|positions|hours|months|years|schools)\b", text)


def test_check_after_a_libreoffice_round_trip_finds_every_clause(
    built: Built, read: Callable[..., Report], tmp_path: Path
) -> None:
    """Opened and saved by LibreOffice, every clause is still there, unaltered, under its number."""
    source = tmp_path / "in" / "first.docx"
    source.parent.mkdir()
    source.write_bytes(built.word)
    program = office()
    assert program is not None
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    report = read((tmp_path / "out" / "first.docx").read_bytes())

    assert [(row.id, row.state, row.difference) for row in report.clauses if row.state != "unaltered"] == []
    assert [row.section for row in report.clauses] == [row.section for row in built.report.clauses]
    assert report.findings == ()


def test_build_can_write_the_pdf(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """--pdf puts a tagged PDF beside the Word file."""
    root = Path(__file__).resolve().parent.parent
    code, said, _ = run("build", str(root / "examples" / "first_mou.yaml"), "--out", str(tmp_path), "--pdf")

    assert code == 0 and "first_mou.pdf" in said
    info = subprocess.run(
        ["pdfinfo", str(tmp_path / "first_mou.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert re.search(r"Tagged:\s+yes", info)


def test_the_plain_language_summary_has_two_pages_at_most(
    make: Callable[..., Built], library: Library, tmp_path: Path
) -> None:
    """A family reads two pages; longer, and nobody does: for the longest examples."""
    root = Path(__file__).resolve().parent.parent
    template = (root / "templates" / "summary.docx").read_bytes()
    for example in (
        root / "examples" / f"{name}.yaml" for name in ("eleven_agencies", "charter_city", "no_officer", "renewal")
    ):
        built = make(example.read_text(encoding="utf-8"))
        word = summarize(built.record.agreement(library.states), built.selection, library, template, final=False)
        file = tmp_path / f"{example.stem}.pdf"
        file.write_bytes(to_pdf(word, f"{example.stem}.summary.docx"))
        said = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True).stdout.decode()

        assert int(re.search(r"Pages:\s+(\d+)", said)[1]) <= 2, example.stem  # type: ignore[index]
