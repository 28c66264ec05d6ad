"""The memo's printing room: what is put in stands in the Word file, as it is, in native Word."""

from __future__ import annotations

import importlib.util
import io
from datetime import date
from pathlib import Path

import pytest
from docx2python import docx2python
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from wordedit import body_of, paragraphs, parts_of, text_of, w

from mou_builder.document.memo import Memo, Paragraph, Row, Section, Table, Text, print_memo, words

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = (ROOT / "templates" / "memo.docx").read_bytes()
NASTY = (
    "O'Neill & Doña Ana, R&D <East>",
    "{{ x }} {% if y %} {%p for z %} {# none #}",
    "{_{ x }_} {_% y %_} &amp; &lt;w:p/&gt;",
    "]]> <w:p/> \\ %s {0}",
    "two  spaces, a\ttab and\na line end",
    "a long paragraph " * 600,
)


def memo(*parts: Paragraph | Table, title: str = "A Memo", inner: tuple[Section, ...] = ()) -> Memo:
    return Memo(
        title=title,
        as_of=date(2026, 7, 1),
        block=(("Re", words("A test")), ("To", words("The board"))),
        opening=(Paragraph(words("It begins.")),),
        sections=(Section("A section", parts, inner),) if parts or inner else (),
        closing=words("It ends."),
    )


def printed(one: Memo) -> bytes:
    return print_memo(one, TEMPLATE)


def runs_of(word: bytes) -> list[tuple[str, str]]:
    """Return the words of each run of the body with its character style."""
    found = []
    for run in body_of(word).iter(w("r")):
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        found.append((style.get(w("val")) if style is not None else "", text_of_run(run)))
    return found


def text_of_run(run) -> str:  # type: ignore[no-untyped-def]
    return "".join(one.text or "" for one in run.iter(w("t")))


def style_of(paragraph) -> str:  # type: ignore[no-untyped-def]
    return str(paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")))


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_words_are_printed_as_they_are(text: str) -> None:
    """Whatever somebody wrote into an agreement stands in the memo letter for letter, and nothing of it is rendered."""
    word = printed(
        memo(
            Paragraph(words(text, Text(text, "removed"))),
            Table(
                (text, "b"), (1, 2), (Row((words(text),), band=True), Row((words(text), words(Text(text, "strong")))))
            ),
            title="A Memo",
            inner=(Section(text, (Paragraph(words(text), "item"),)),),
        )
    )

    assert text_of(body_of(word)).count(text) == 8


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=40))
@settings(deadline=None, derandomize=True, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_memo_that_can_be_opened(texts: list[str]) -> None:
    """No letter that a person or a damaged file can hold breaks the file; one that Word cannot hold leaves a visible sign."""
    body = body_of(printed(memo(*(Paragraph(words("before ", text, " after")) for text in texts), title=texts[0])))
    shown = [text_of(one)[7:-6] for one in paragraphs(body) if style_of(one) == "MOUPlain"][1:]

    assert len(shown) == len(texts)
    for text, line in zip(texts, shown, strict=True):
        assert all(one == made or made == "\ufffd" for one, made in zip(text, line, strict=True))


def test_the_title_stands_in_the_header_and_the_properties_as_it_is() -> None:
    """The head of each page and what Word shows as the title are the memo's title, not a template."""
    word = printed(memo(title="{_{ What }_} & {{ more }}"))
    parts = docx2python(io.BytesIO(word))

    assert "{_{ What }_} & {{ more }}" in str(parts.header_runs)
    assert "{_{ What }_} &amp; {{ more }}" in parts_of(word)["docProps/core.xml"].decode()
    parts.close()


def test_each_kind_of_words_has_its_look_in_black_and_white() -> None:
    """Old words are struck and new ones underlined, not only colored."""
    word = printed(
        memo(Paragraph((Text("old", "removed"), Text("new", "added"), Text("open", "blank"), Text("Yes", "strong"))))
    )
    styles = parts_of(word)["word/styles.xml"].decode()

    assert {("MemoRemoved", "old"), ("MemoAdded", "new"), ("MOUBlank", "open"), ("MOUStrong", "Yes")} <= {
        *runs_of(word)
    }
    assert '<w:strike/><w:color w:val="9C1C1C"/>' in styles
    assert '<w:color w:val="1F3F8F"/><w:u w:val="single"/>' in styles


def test_a_table_keeps_its_rows_whole_and_repeats_its_head() -> None:
    """Five hundred rows: none is split over two pages, the head stands on each page, the columns have the widths asked for."""
    rows = tuple(Row((words(str(number)), words("asked"), words("met"))) for number in range(500))
    table = body_of(printed(memo(Table(("No.", "What", "How"), (1, 6, 3), rows)))).find(w("tbl"))
    lines = table.findall(w("tr"))

    assert len(lines) == 501
    assert all(line.find(f"{w('trPr')}/{w('cantSplit')}") is not None for line in lines)
    assert [line.find(f"{w('trPr')}/{w('tblHeader')}") is not None for line in lines] == [True] + [False] * 500
    assert [one.get(w("w")) for one in table.find(w("tblGrid"))] == ["964", "5784", "2892"]
    assert [text_of(one) for one in lines[1:]] == [f"{number}askedmet" for number in range(500)]


def test_headings_are_headings_and_nothing_is_spaced_by_empty_paragraphs() -> None:
    """A screen reader finds each heading at its level; no empty paragraph stands anywhere, even where words are missing."""
    word = printed(
        memo(
            Paragraph(words("")),
            Paragraph(()),
            Paragraph(words("Something.")),
            inner=(Section("Inner", (Paragraph(words("More.")),)),),
        )
    )
    lines = [(style_of(one), text_of(one)) for one in paragraphs(body_of(word))]
    styles = parts_of(word)["word/styles.xml"].decode()

    assert [words_ for style, words_ in lines if style == "MemoHeading"] == ["A section"]
    assert [words_ for style, words_ in lines if style == "MemoSubheading"] == ["Inner"]
    assert 'w:styleId="MemoHeading"><w:name w:val="Memo Heading"/><w:basedOn w:val="Heading1"/>' in styles
    assert 'w:styleId="MemoSubheading"><w:name w:val="Memo Subheading"/><w:basedOn w:val="Heading2"/>' in styles
    assert [style for style, words_ in lines if not words_.strip()] == []
    assert lines[-1] == ("MemoNote", "It ends.")


def test_a_list_ends_a_little_apart_from_what_follows() -> None:
    """Words below a list or a table do not stick to it."""
    table = Table(("A",), (1,), (Row((words("cell"),)),))
    parts = (
        Paragraph(words("1"), "item"),
        Paragraph(words("2"), "item"),
        Paragraph(words("3")),
        table,
        Paragraph(words("4")),
    )
    styles = {text_of(one): style_of(one) for one in paragraphs(body_of(printed(memo(*parts))))}

    assert [styles[one] for one in "1234"] == ["MOUScheduleItem", "MemoLastItem", "MOUPlain", "MOUAfterTable"]


def test_the_pages_are_counted_and_the_file_is_in_english() -> None:
    """Each page says which of how many it is and as of when; Word and screen readers know the language."""
    parts = parts_of(printed(memo()))
    foot = parts["word/footer1.xml"].decode()

    assert "As of July 1, 2026" in foot and " PAGE " in foot and " NUMPAGES " in foot
    assert foot == parts["word/footer2.xml"].decode()
    assert 'w:lang w:val="en-US"' in parts["word/styles.xml"].decode()
    assert "<dc:language>en-US</dc:language>" in parts["docProps/core.xml"].decode()


def test_a_memo_is_a_valid_word_file_and_the_same_each_time(tmp_path: Path) -> None:
    """It opens in Word as it is, and the same memo gives the same bytes."""
    table = Table(("A", "B"), (1, 1), (Row((words("band"),), band=True), Row((words("one"), ()))))
    kinds = ("plain", "lead", "item", "quote", "note")
    parts = (*(Paragraph(words("Words."), kind) for kind in kinds), table)  # type: ignore[arg-type]
    one = memo(*parts, inner=(Section("Inner", (table,)),))
    file = tmp_path / "memo.docx"
    file.write_bytes(printed(one))

    assert [str(fault) for fault in OpenXmlValidator().validate(str(file)).errors] == []
    assert printed(one) == file.read_bytes()


def test_a_table_that_cannot_be_printed_is_refused() -> None:
    """A row too short, a table without rows and two tables that Word would join are told to the one who writes the memo."""
    row = Row((words("a"), words("b")))
    fine = Table(("A", "B"), (1, 1), (row,))

    with pytest.raises(ValueError, match="a cell for each column"):
        Table(("A", "B"), (1, 1), (Row((words("a"),)),))
    with pytest.raises(ValueError, match="a band has one"):
        Table(("A", "B"), (1, 1), (Row((words("a"), words("b")), band=True),))
    with pytest.raises(ValueError, match="a table has rows"):
        Table(("A", "B"), (1, 1), ())
    with pytest.raises(ValueError, match="put words between them"):
        printed(memo(fine, Paragraph(words("")), fine))


def test_memo_template_is_what_its_script_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed Word template and the script that draws it never part."""
    script = ROOT / "templates" / "memo.py"
    monkeypatch.syspath_prepend(str(script.parent))
    described = importlib.util.spec_from_file_location("drawn_memo", script)
    assert described is not None and described.loader is not None
    drawn = importlib.util.module_from_spec(described)
    described.loader.exec_module(drawn)

    assert drawn.draw() == TEMPLATE
