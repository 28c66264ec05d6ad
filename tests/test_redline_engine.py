"""Redlines by the comparison program of the extra `redline`: proved, readable, and still our own agreement."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from smallword import change, field, p, r, small, table, text_box
from wordedit import body_of, control, edited, replace_word, tracked_replace, w

from mou_builder.build import Built
from mou_builder.cli.pdf import office
from mou_builder.redline import RedlineError, draw, redline
from mou_builder.redline.anchoring import bookmarks
from mou_builder.report import Report
from mou_builder.report.parts import open_parts
from mou_builder.report.resolved import resolved

pytestmark = pytest.mark.redline

if importlib.util.find_spec("python_redlines_docxodus") is None and not os.environ.get("CI"):
    pytest.skip("the extra redline is not installed: pip install 'mou-builder[redline]'", allow_module_level=True)

DAY = date(2028, 7, 1)
SCHOOL = "    - {name: Eastgate High School, level: high school, address: 9 East Road}"
CHANGED = {
    "meetings: quarterly": "meetings: monthly",
    "lookback_years: 5": "lookback_years: 7",
    "absence_cover: best-efforts": "absence_cover: deduct",
    "effective_date: 2026-08-01": "effective_date: 2027-08-01",
    "legal_name: City of Larkmoor": "legal_name: City of New Larkmoor",
    "    - {name: Quarry Hill": f"{SCHOOL}\n    - {{name: Quarry Hill",
}  # fmt: skip


@pytest.fixture(scope="module")
def revised(make: Callable[..., Built], first_text: str) -> Built:
    """The first example two years on: other numbers, another party's name, a school more, a clause exchanged for another."""
    for old, new in CHANGED.items():
        assert old in first_text
        first_text = first_text.replace(old, new, 1)
    return make(first_text, as_of=DAY)


@pytest.fixture(scope="module")
def made(built: Built, revised: Built) -> bytes:
    return redline(built.word, revised.word, author="Priya Ramanathan", on=DAY)


def test_a_few_answers_make_a_few_changes(made: bytes) -> None:
    """Nine paragraphs in ten stand as they were: the redline shows what changed, not that the file was built anew."""
    told = list(body_of(made).iter(w("p")))
    changed = [one for one in told if next(one.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")), None) is not None]

    assert len(told) > 2000
    assert 10 < len(changed) < len(told) / 10


def test_a_redline_of_our_own_agreements_is_a_valid_word_file(made: bytes, tmp_path: Path) -> None:
    """The Open XML validator finds nothing to say about any part."""
    file = tmp_path / "redline.docx"
    file.write_bytes(made)

    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []


def test_check_reads_the_redline_as_the_new_agreement(made: bytes, revised: Built, read: Callable[..., Report]) -> None:
    """With its record and its bookmarks the redline is judged as the new agreement, its changes being pending."""
    report = read(made)

    assert report.requirements == revised.report.requirements
    assert report.clauses == revised.report.clauses
    more = Counter(one.code for one in report.findings) - Counter(one.code for one in revised.report.findings)
    assert set(more) == {"W-PENDING-CHANGES"}


def test_every_bookmark_of_the_new_agreement_is_where_it_was(made: bytes, revised: Built) -> None:
    """Cross-references lead where they led, and each clause is found by its own bookmark."""
    after = set(bookmarks(resolved(body_of(made), "accepted")))
    new = set(bookmarks(body_of(revised.word)))

    assert len(new) > 200
    assert new <= after


def test_the_same_agreements_give_the_same_bytes(made: bytes, built: Built, revised: Built) -> None:
    """Author, day and both files decide every byte."""
    assert redline(built.word, revised.word, author="Priya Ramanathan", on=DAY) == made


def test_two_different_agreements_are_proved(examples: dict[str, Built]) -> None:
    """Another state, other parties, other articles and tables: hardly a paragraph stays, and the redline still holds."""
    made = draw(examples["first_mou"].word, examples["renewal"].word, author="A", on=DAY)

    assert made.insertions > 500
    assert made.deletions > 500


@pytest.mark.parametrize("first", ["inside", "separate"])
def test_an_appendix_that_moves_out_or_in_is_proved(first: str, make: Callable[..., Built], first_text: str) -> None:
    """Hundreds of rows and the last line of the contents list come or go."""
    one, other = (make(first_text, appendix=where).word for where in ("inside", "separate"))
    made = draw(*((one, other) if first == "inside" else (other, one)), author="A", on=DAY)

    assert (made.deletions if first == "inside" else made.insertions) > 500


def test_a_negotiated_agreement_is_proved(built: Built, revised: Built) -> None:
    """Words changed by hand, a clause deleted, a change still pending: the old text is what the parties left."""

    def negotiate(body: object) -> None:
        replace_word(control(body, "us/roles/discipline"), "shall", "may")
        tracked_replace(control(body, "us/data/public-report.yearly"), "report", "summary")
        gone = control(body, "us/general/severability")
        gone.getparent().remove(gone)

    made = draw(edited(built.word, negotiate), revised.word, author="A", on=DAY, names=("signed.docx", "new.docx"))

    assert made.notes[0].startswith("signed.docx: 2 tracked changes were pending.")


def test_an_agreement_saved_by_libreoffice_shows_no_changes_of_its_own(
    built: Built, revised: Built, made: bytes
) -> None:
    """Another program wrote every style, list, field and run its own way; the redline shows the same few changes."""
    program = office()
    if program is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "signed.docx"
        file.write_bytes(built.word)
        how = [str(program), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run(
            [*how, "docx:MS Word 2007 XML", "--outdir", f"{folder}/saved", str(file)], check=True, capture_output=True
        )
        saved = (Path(folder) / "saved" / "signed.docx").read_bytes()

    ours = draw(built.word, revised.word, author="A", on=DAY)
    theirs = draw(saved, revised.word, author="A", on=DAY)

    assert theirs.insertions + theirs.deletions < 1.3 * (ours.insertions + ours.deletions)


NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
LINK = '<w:p><w:hyperlink w:anchor="{}">{}</w:hyperlink></w:p>'
LISTED = '<w:pStyle w:val="{}"/>'
EDITS = {
    "a word": (p("The fee is $100 a day."), p("The fee is $250 a day.")),
    "letters in capitals": (p("the district shall"), p("the District shall")),
    "a space that holds": (p("Section 4 applies"), p("Section\u00a04 applies")),
    "two spaces": (p("the  district shall"), p("the district shall ")),
    "a tab for a break": (f"<w:p>{r('a')}<w:r><w:tab/></w:r>{r('b')}</w:p>", f"<w:p>{r('a')}<w:r><w:br/></w:r>{r('b')}</w:p>"),
    "a paragraph split": (p("One stays here. Two stays too."), p("One stays here.") + p("Two stays too.")),
    "a paragraph moved": (
        p("Alpha about officers in schools and uniforms.") + p("Beta about money.") + p("Gamma about reports."),
        p("Beta about money.") + p("Gamma about reports.") + p("Alpha about officers in schools and uniforms."),
    ),
    "empty paragraphs": (p() + p() + p("x"), p("x") + p()),
    "a field's number": (f"<w:p>{r('See ')}{field('REF x', '4.2')}</w:p>", f"<w:p>{r('See ')}{field('REF x', '5.7')}</w:p>"),
    "a field's target": (f"<w:p>{r('See ')}{field('REF x', '4.2')}</w:p>", f"<w:p>{r('See ')}{field('REF y', '4.2')}</w:p>"),
    "a field turned to words": (f"<w:p>{r('See ')}{field('REF x', '4.2')}</w:p>", p("See 4.2")),
    "a cell": (table(("a", "b"), ("c", "d")), table(("a", "b"), ("c", "z"))),
    "a row": (table(("a", "b"), ("c", "d")), table(("a", "b"), ("new", "row"), ("c", "d"))),
    "rows that look the same": (table(("a",), ("a",), ("a",)), table(("a",), ("a",))),
    "a column": (table(("a", "b"), ("c", "d")), table(("a", "x", "b"), ("c", "y", "d"))),
    "a table": (p("before") + table(("a", "b")) + p("after"), p("before") + p("after")),
    "a table turned to words": (table(("a", "b")), p("a") + p("b")),
    "a text box": (text_box("Boxed words here"), text_box("Boxed text here")),
    "a new text box": (p("x"), p("x") + text_box("Boxed words here")),
    "words hidden": (p("see secret here"), f"<w:p>{r('see ')}{r('secret', '<w:vanish/>')}{r(' here')}</w:p>"),
    "words struck": (p("shall not arrest"), f"<w:p>{r('shall ')}{r('not', '<w:strike/>')}{r(' arrest')}</w:p>"),
    "a style": (p("Heading", properties=LISTED.format("Heading1")), p("Heading", properties=LISTED.format("Body"))),
    "a link": (LINK.format("a", r("x")), LINK.format("b", r("x"))),
    "other letters": (p("O’Neill &amp; Doña Ana 学校 🙂"), p("O’Neil &amp; Doña Ana 学区 🙃")),
    "everything": (p("old one") + p("old two") + p("old three"), p("wholly different")),
    "a pending change": (p("x") + f"<w:p>{change('ins', r('put in'))}</w:p>", p("x") + p("put in later")),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_proved_both_ways(what: str) -> None:
    """From the old text to the new and back again: `draw` gives nothing out that it did not prove."""
    old, new = (small(p("Before it") + inside + p("After it")) for inside in EDITS[what])

    for one, other in ((old, new), (new, old)):
        made = draw(one, other, author="A", on=DAY)
        assert made.insertions + made.deletions + made.moves + made.others > 0


PARTS = {
    "a header": ({"header1": p("Draft")}, {"header1": p("Final")}),
    "a footer emptied": ({"footer1": p("Page")}, {"footer1": p()}),
    "a note": (
        {"footnotes": f'<w:footnote w:id="2">{p("Each year.")}</w:footnote>'},
        {"footnotes": f'<w:footnote w:id="2">{p("Each month.")}</w:footnote>'},
    ),
}


@pytest.mark.parametrize("what", PARTS)
def test_a_change_outside_the_body_is_proved_both_ways(what: str) -> None:
    """Headers, footers and notes are compared like the text."""
    body = f"<w:p>{r('See')}{NOTE.format(2) if what == 'a note' else ''}</w:p>"
    old, new = (small(body, **parts) for parts in PARTS[what])

    for one, other in ((old, new), (new, old)):
        made = draw(one, other, author="A", on=DAY)
        assert made.insertions + made.deletions > 0


SAID = ("the", "officer", "shall", "not", "act", "at", "school", "4.2", "$100", "(a),", "unless")
WORDS = st.lists(st.sampled_from(SAID), max_size=8)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=6)


@settings(deadline=None, derandomize=True, max_examples=12)
@given(TEXTS, TEXTS)
def test_any_two_texts_are_proved(old: list[str], new: list[str]) -> None:
    """Paragraphs of a few words, often repeated, so that much looks alike and little is in its old place."""
    one, other = (small(p("Title") + "".join(map(p, texts))) for texts in (old, new))

    assert open_parts(redline(one, other, author="A", on=DAY), "redline").body is not None


def test_what_the_program_cannot_read_is_told() -> None:
    """Its own words, and what to do."""
    from mou_builder.redline.engine import compare

    with pytest.raises(RedlineError, match="the comparison program failed"):
        compare(b"nothing", b"nothing")
