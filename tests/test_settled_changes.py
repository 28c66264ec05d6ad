"""Every tracked change of a text accepted, or rejected, at once: what is left is what Word leaves."""

from __future__ import annotations

import pytest
from lxml import etree
from smallword import SPACES, change, field, p, r, small, table, text_box, texts
from wordedit import tracked_replace, w

from mou_builder.report.parts import open_parts
from mou_builder.report.resolved import resolved, tracked_changes
from mou_builder.report.whole import Line, broken_fields, whole_text

pytestmark = pytest.mark.wide

INS, DEL = change("ins"), change("del")
FROM, TO = change("moveFrom"), change("moveTo")
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{}</w:numPr>'
CASES = {
    "a word put in": (
        f"<w:p>{r('shall ')}{change('ins', r('not '))}{r('act')}</w:p>",
        ["shall not act"],
        ["shall act"],
    ),
    "a word taken out": (
        f"<w:p>{r('shall ')}{change('del', r('not ', kind='delText'))}{r('act')}</w:p>",
        ["shall act"],
        ["shall not act"],
    ),
    "put in by one, taken out by the other": (
        f"<w:p>{r('a')}{change('ins', change('del', r('b', kind='delText')))}</w:p>",
        ["a"],
        ["a"],
    ),
    "a paragraph put in": (
        p("one") + f"<w:p><w:pPr><w:rPr>{INS}</w:rPr></w:pPr>{change('ins', r('new'))}</w:p>" + p("two"),
        ["one", "new", "two"],
        ["one", "two"],
    ),
    "a paragraph taken out": (
        p("one")
        + f"<w:p><w:pPr><w:rPr>{DEL}</w:rPr></w:pPr>{change('del', r('gone', kind='delText'))}</w:p>"
        + p("two"),
        ["one", "two"],
        ["one", "gone", "two"],
    ),
    "a paragraph split": (p("one ", mark=INS) + p("two"), ["one ", "two"], ["one two"]),
    "two paragraphs joined": (p("one ", mark=DEL) + p("two"), ["one two"], ["one ", "two"]),
    "three joined": (p("a", mark=DEL) + p("b", mark=DEL) + p("c"), ["abc"], ["a", "b", "c"]),
    "a paragraph moved": (
        f"<w:p><w:pPr><w:rPr>{FROM}</w:rPr></w:pPr>{change('moveFrom', r('x'))}</w:p>"
        + p("y")
        + f"<w:p><w:pPr><w:rPr>{TO}</w:rPr></w:pPr>{change('moveTo', r('x'))}</w:p>"
        + p("z"),
        ["y", "x", "z"],
        ["x", "y", "z"],
    ),
    "a row put in": (table(("a",), ("b",), marks={1: INS}), ["a", "b"], ["a"]),
    "a row taken out": (table(("a",), ("b",), marks={0: DEL}), ["b"], ["a", "b"]),
    "a whole table taken out": (p("x") + table(("a",), marks={0: DEL}) + p("y"), ["x", "y"], ["x", "a", "y"]),
    "the only paragraph of a cell taken out": (
        f"<w:tbl><w:tr><w:tc><w:p><w:pPr><w:rPr>{DEL}</w:rPr></w:pPr>{change('del', r('a', kind='delText'))}</w:p></w:tc>"
        f"<w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
        ["", "b"],
        ["a", "b"],
    ),
    "a cell put in": (
        f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc><w:tcPr>{change('cellIns')}</w:tcPr>{p('b')}</w:tc></w:tr></w:tbl>",
        ["a", "b"],
        ["a"],
    ),
    "a paragraph joined to one in a control": (
        p("one ", mark=DEL) + f"<w:sdt><w:sdtPr/><w:sdtContent>{p('two')}</w:sdtContent></w:sdt>",
        ["one two"],
        ["one ", "two"],
    ),
    "the last paragraph taken out": (
        p("one") + f"<w:p><w:pPr><w:rPr>{DEL}</w:rPr></w:pPr>{change('del', r('gone', kind='delText'))}</w:p>",
        ["one"],
        ["one", "gone"],
    ),
    "words before a table whose paragraph's end was taken out": (
        p("stays", mark=DEL) + table(("a",)),
        ["stays", "a"],
        ["stays", "a"],
    ),
    "a number in a field": (
        f"<w:p>{r('Section ')}{change('del', field('REF a', '4.2').replace('w:t ', 'w:delText ').replace('/w:t>', '/w:delText>'))}"
        f"{change('ins', field('REF b', '5.1'))}</w:p>",
        ["Section 5.1"],
        ["Section 4.2"],
    ),
}


def body(inside: str) -> etree._Element:
    return etree.fromstring(f"<w:body {SPACES}>{inside}<w:sectPr/></w:body>")


@pytest.mark.parametrize("case", CASES)
def test_accepting_and_rejecting_leave_what_word_leaves(case: str) -> None:
    """Words, paragraph marks, moves, rows, cells and fields: each view has its paragraphs, and no change is left."""
    inside, accepted, rejected = CASES[case]
    made = body(inside)

    assert list(texts(resolved(made, "accepted"))) == accepted
    assert list(texts(resolved(made, "rejected"))) == rejected
    assert tracked_changes(resolved(made, "accepted")) == tracked_changes(resolved(made, "rejected")) == 0
    assert tracked_changes(made) > 0


def test_former_looks_come_back_when_changes_are_rejected() -> None:
    """Hidden words, list and style of before the change are there again; with all accepted, those of now."""
    looks = f"<w:vanish/>{change('rPrChange', '<w:rPr><w:b/></w:rPr>')}"
    style = f'<w:pStyle w:val="Heading1"/>{change("pPrChange", "<w:pPr>" + NUMBERED.format("") + "</w:pPr>")}'
    made = body(f"<w:p><w:pPr>{style}</w:pPr>{r('secret', looks)}</w:p>")

    now, before = resolved(made, "accepted"), resolved(made, "rejected")

    assert [one.find(f".//{w('vanish')}") is not None for one in (now, before)] == [True, False]
    assert [one.find(f".//{w('b')}") is not None for one in (now, before)] == [False, True]
    assert [one.find(f".//{w('pStyle')}") is not None for one in (now, before)] == [True, False]
    assert [one.find(f".//{w('numPr')}") is not None for one in (now, before)] == [False, True]


def test_a_paragraph_put_into_a_list_leaves_it_when_rejected() -> None:
    """The list membership itself is a change."""
    made = body(f"<w:p><w:pPr>{NUMBERED.format(INS)}</w:pPr>{r('item')}</w:p>")

    assert resolved(made, "accepted").find(f".//{w('numId')}") is not None
    assert resolved(made, "rejected").find(f".//{w('numPr')}") is None


def read(data: bytes, view: str = "accepted") -> list[Line]:
    return whole_text(open_parts(data, "small.docx"), view)  # type: ignore[arg-type]


def shown(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.where, line.text) for line in lines if "all its words" not in line.where]


def test_the_whole_file_is_read_in_order_with_places() -> None:
    """Body, cells, text boxes, and each note after the paragraph that refers to it; headers by section and pages."""
    note = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    data = small(
        f"<w:p>{r('See')}{note}</w:p>" + table(("a", "b"), ("c", "d")) + text_box("boxed"),
        footnotes=f'<w:footnote w:id="4">{p("the note")}</w:footnote><w:footnote w:id="5">{p("unused")}</w:footnote>',
        footer1=p("Page ") + p("two"),
    )

    assert shown(read(data)) == [
        ("body", "See[footnoteReference]"),
        ("footnote", "the note"),
        ("body, table 1, row 1, cell 1", "a"),
        ("body, table 1, row 1, cell 2", "b"),
        ("body, table 1, row 2, cell 1", "c"),
        ("body, table 1, row 2, cell 2", "d"),
        ("body", "[AlternateContent: boxed]"),
        ("body, text box", "boxed"),
        ("header of section 1", "Agreement"),
        ("footer of section 1", "Page"),
        ("footer of section 1", "two"),
    ]


def test_headers_are_named_by_section_and_pages_not_by_part() -> None:
    """A later section has the header of the one before; a first page's own counts as shown only where it is asked for."""
    first = '<w:headerReference w:type="first" r:id="rIdheader2"/>'
    usual = '<w:headerReference w:type="default" r:id="rIdheader1"/>'
    ends = f"<w:p><w:pPr><w:sectPr>{usual}{first}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    data = small(ends + p("x"), section="<w:sectPr/>", header2=p("Cover"))

    headers = [line for line in shown(read(data)) if line[0].startswith("header")]

    assert headers == [
        ("header of section 1", "Agreement"),
        ("header of section 1, first page", "Cover"),
        ("header of section 2", "Agreement"),
        ("header of section 2, first page (not shown)", "Cover"),
    ]


def test_hidden_words_count_among_all_words() -> None:
    """Nobody sees them, but a file that lacks them is not the same file."""
    with_secret, without = small(p("a") + f"<w:p>{r('s', '<w:vanish/>')}</w:p>"), small(p("a") + p())

    assert shown(read(with_secret)) == shown(read(without))
    assert read(with_secret) != read(without)


def test_page_numbers_read_the_same_whatever_is_stored() -> None:
    """Every program counts pages anew; the number of a section in a field is another matter."""
    pages = [small(p("x"), footer1=f"<w:p>{field('PAGE', number)}</w:p>") for number in ("4", "17")]
    sections = [small(f"<w:p>{field('REF a', number)}</w:p>") for number in ("4.2", "4.3")]

    assert read(pages[0]) == read(pages[1])
    assert read(sections[0]) != read(sections[1])


def test_what_lies_behind_the_words_is_read() -> None:
    """Field codes, links and signs; one link that changes cut into pieces is one."""
    link = '<w:hyperlink w:anchor="{}">{}</w:hyperlink>'
    data = small(
        f"<w:p>{link.format('a', r('x'))}{link.format('a', r('y'))}{link.format('b', r('z'))}"
        f'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{field("REF  c", "1")}</w:p>'
    )

    assert read(data)[0].behind == ("link to #a", "link to #b", "sign F0FE of Wingdings", "field REF c")


def test_a_field_across_changes_is_broken() -> None:
    """Its beginning is deleted and its end is not: with the change accepted it would never begin."""
    begin, _, rest = field("REF a", "4.2").partition("</w:r>")
    whole, torn = (
        small(f"<w:p>{field('REF a', '4.2')}</w:p>"),
        small(f"<w:p>{change('del', begin + '</w:r>')}{rest}</w:p>"),
    )

    assert broken_fields(open_parts(whole, "whole")) == []
    assert len(broken_fields(open_parts(torn, "torn"))) > 0


def test_both_readers_agree_on_an_edited_agreement(built) -> None:  # type: ignore[no-untyped-def]
    """The reader of clauses and the reader of the whole file give the same paragraphs of the same file."""
    from wordedit import edited

    from mou_builder.report.paragraphs import read_paragraphs
    from mou_builder.report.wordfile import open_word

    data = edited(built.word, lambda body: tracked_replace(body, "shall", "may"))
    for view in ("accepted", "rejected"):
        clauses = [(f"{one.number} {one.text()}").strip() for one in read_paragraphs(open_word(data, "x"), view)]  # type: ignore[arg-type]
        whole = [line.text for line in read(data, view)]
        assert len(clauses) > 500
        assert whole[: len(clauses)] == clauses
