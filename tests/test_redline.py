"""The redline is proved before it is written: whatever the comparison got wrong, nothing comes out.

The comparison here is a crude one of our own. That of the extra `redline` is tried in test_redline_engine.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from smallword import SPACES, change, crude, field, p, r, small, table, text_box
from wordedit import packed, parts_of, w

from mou_builder import redline as room
from mou_builder.record import RECORD_NAMESPACE
from mou_builder.redline import RedlineError, draw
from mou_builder.redline.anchoring import bookmarks
from mou_builder.redline.proof import prove
from mou_builder.report.parts import open_parts
from mou_builder.report.resolved import resolved
from mou_builder.report.wordfile import open_word

DAY = date(2028, 7, 1)
NOTE = '<w:r><w:footnoteReference w:id="4"/></w:r>'
LINK = '<w:hyperlink w:anchor="here">{}</w:hyperlink>'
BODY = (
    p("Agreement")
    + f"<w:p>{r('The fee is $100 a day under Section ')}{field('REF fee', '4.2')}{r('.')}{NOTE}</w:p>"
    + f"<w:p>{r('Name')}<w:r><w:tab/></w:r>{r('Line')}<w:r><w:br/></w:r>{r('End')}</w:p>"
    + f"<w:p>{LINK.format(r('See here'))}{r(' and no further')}</w:p>"
    + p("Officers shall not")
    + p("search a Student.")
    + table(("School", "Officer"), ("East High", "One"), ("West High", "Two"))
    + text_box("Boxed words")
    + f"<w:p>{r('shown ')}{r('hidden', '<w:vanish/>')}{r('struck', '<w:strike/>')}</w:p>"
    + p("The end")
)
NOTES = f'<w:footnote w:id="4">{p("Adjusted each year.")}</w:footnote>'
SIGNED = small(BODY, footnotes=NOTES, footer1=p("Draft of 2026"))


def with_body(*changes: tuple[str, str]) -> bytes:
    """Return the agreement with changes of its body, each of which must find its words."""
    parts = parts_of(SIGNED)
    body = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in body
        body = body.replace(old, new, 1)
    return packed(parts | {"word/document.xml": body.encode()})


def with_part(name: str, old: str, new: str) -> bytes:
    parts = parts_of(SIGNED)
    assert old in parts[name].decode()
    return packed(parts | {name: parts[name].decode().replace(old, new, 1).encode()})


def without_part(name: str) -> bytes:
    return packed({part: data for part, data in parts_of(SIGNED).items() if part != name})


JOINED = ("shall not</w:t></w:r></w:p><w:p><w:pPr></w:pPr>", "shall not</w:t></w:r>")
MOVED = ((p("Officers shall not"), ""), (p("The end"), p("The end") + p("Officers shall not")))
FIRST_PAGE = '<w:sectPr><w:headerReference w:type="first" r:id="rIdfooter1"/><w:titlePg/>'
ROW = table(("West High", "Two")).partition("<w:tblGrid/>")[2].removesuffix("</w:tbl>")
SILENT = {
    "a header": (with_part("word/header1.xml", "Agreement", "Final agreement"), "header of section 1", "Final"),
    "a footer": (with_part("word/footer1.xml", "2026", "2028"), "footer of section 1", "2028"),
    "a missing header": (without_part("word/header1.xml"), "header of section 1", "missing"),
    "a missing note": (without_part("word/footnotes.xml"), "footnote", "missing"),
    "a note": (with_part("word/footnotes.xml", "each year", "each month"), "footnote", "month"),
    "a word": (with_body(("$100", "$900")), "body", "$900"),
    "a number inside a field": (with_body((">4.2<", ">9.1<")), "body", "9.1"),
    "where a field points to": (with_body(("REF fee", "REF cap")), "body", "REF cap"),
    "where a link leads": (with_body(('w:anchor="here"', 'w:anchor="there"')), "body", "#there"),
    "a lost row": (with_body((ROW, "")), "table 1, row 3, cell 1", "West High"),
    "a cell": (with_body((">Two<", ">Ten<")), "row 3, cell 2", "Ten"),
    "two paragraphs in one": (with_body(JOINED), "body", "search"),
    "a lost tab": (with_body(("<w:r><w:tab/></w:r>", "")), "body", "NameLine"),
    "a lost line break": (with_body(("<w:r><w:br/></w:r>", "")), "body", "LineEnd"),
    "a text box": (with_body((">Boxed words<", ">Boxed lies<")), "body", "lies"),
    "hidden words": (with_body((">hidden<", ">gone<")), "all its words", "gone"),
    "words no longer hidden": (with_body(("<w:vanish/>", "")), "body", "hidden"),
    "words no longer struck": (with_body(("<w:strike/>", "")), "body", "struck"),
    "an empty paragraph more": (with_body((p("The end"), p() + p("The end"))), "body", "nothing"),
    "the end cut off": (with_body((p("The end"), "")), "body", "The end"),
    "another order": (with_body(*MOVED), "body", "search"),
    "a first page of its own": (with_body(("<w:sectPr>", FIRST_PAGE)), "first page", "header"),
}  # fmt: skip


@pytest.mark.parametrize("what", SILENT)
def test_a_silent_change_is_never_proved(what: str) -> None:
    """Text that changed without a tracked change, in either direction, is told with its place and its words."""
    changed, where, words = SILENT[what]
    signed, other = open_parts(SIGNED, "signed.docx"), open_parts(changed, "new.docx")

    prove(signed, signed, signed)
    for old, new, made in ((signed, signed, other), (other, signed, signed), (signed, other, signed)):
        with pytest.raises(RedlineError) as refused:
            prove(old, new, made)
        said = str(refused.value)
        assert where in said
        assert words in said
        assert "Nothing was written." in said


def test_a_file_without_a_word_proves_nothing() -> None:
    """Three empty files read the same, which says nothing about a redline."""
    empty = open_parts(small(p(), header1=p(), footer1=p()), "empty.docx")

    with pytest.raises(RedlineError, match="not a word"):
        prove(empty, empty, empty)


def test_a_contents_list_that_grows_over_the_text_is_refused() -> None:
    """Word writes a contents list anew; one that reached into the agreement would replace it."""
    begin, _, end = field("TOC", "Contents").rpartition("<w:r>")
    listed = small(f"<w:p>{begin}<w:r>{end}</w:p>{p('Agreement')}")
    reaching = small(f"<w:p>{begin}</w:p><w:p>{r('Agreement')}<w:r>{end}</w:p>")
    good, bad = open_parts(listed, "listed.docx"), open_parts(reaching, "reaching.docx")

    with pytest.raises(RedlineError, match="contents list"):
        prove(good, good, bad)


REVISED = with_body(
    ("$100", "$250"),
    (">4.2<", ">4.3<"),
    (ROW, ""),
    (p("The end"), p("A new paragraph.") + p("The end")),
    ("<w:strike/>", ""),
)


def test_a_redline_reads_both_ways() -> None:
    """Words, field results, rows, paragraphs and looks that matter are changed, by the author and on the day given."""
    made = draw(SIGNED, REVISED, author="Priya Ramanathan", on=DAY, engine=crude)

    prove(open_parts(SIGNED, "old"), open_parts(REVISED, "new"), open_parts(made.word, "redline"))
    changes = list(open_parts(made.word, "redline").body.iter(w("ins"), w("del")))
    assert {one.get(w("author")) for one in changes} == {"Priya Ramanathan"}
    assert {one.get(w("date"))[:10] for one in changes} == {"2028-07-01"}
    assert made.insertions > 0
    assert made.deletions > 0
    assert made.notes == ()


def test_headers_and_footers_are_compared() -> None:
    """A header that changed is in the redline in both versions."""
    new = with_part("word/header1.xml", "Agreement", "Agreement of 2028")
    made = draw(SIGNED, new, author="A", on=DAY, engine=crude)

    assert b"Agreement of 2028" in parts_of(made.word)["word/header1.xml"]
    assert b"delText" in parts_of(made.word)["word/header1.xml"]


def test_the_same_agreements_author_and_day_give_the_same_bytes() -> None:
    """Nothing in the file depends on the clock, the machine or the order of a set."""
    one, other = (draw(SIGNED, REVISED, author="A", on=DAY, engine=crude).word for _ in range(2))

    assert one == other
    assert one != draw(SIGNED, REVISED, author="A", on=date(2028, 7, 2), engine=crude).word


def test_two_equal_agreements_have_no_changes() -> None:
    """The redline of a file and itself says so."""
    made = draw(SIGNED, SIGNED, author="A", on=DAY, engine=crude)

    assert (made.insertions, made.deletions, made.moves) == (0, 0, 0)


def test_another_way_of_writing_the_same_is_no_change() -> None:
    """Cut runs, marks of spelling and saving, controls, bookmarks, a field in its long form: a reader sees no difference."""
    plain = small(
        p("The fee stands in Schedule C.")
        + f'<w:p><w:fldSimple w:instr=" REF fee \\r ">{r("4.2")}</w:fldSimple>{r(" and more")}</w:p>',
        footer1=f"<w:p>{field('PAGE', '1')}</w:p>",
    )
    begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    codes = "<w:r><w:instrText> REF </w:instrText></w:r><w:r><w:instrText>fee \\r </w:instrText></w:r>"
    rest = field("x", "4.2").partition("</w:instrText></w:r>")[2]
    control = '<w:sdt><w:sdtPr><w:tag w:val="q"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    written = small(
        '<w:p w:rsidR="00AA"><w:pPr></w:pPr><w:bookmarkStart w:id="1" w:name="x"/>'
        f'{r("The fee ", "<w:lang/>")}<w:proofErr w:type="spellStart"/><w:r w:rsidR="00BB"><w:rPr/><w:t>stands in</w:t>'
        f'<w:t> Schedule</w:t></w:r>{control.format(r(" C."))}<w:bookmarkEnd w:id="1"/></w:p>'
        f"<w:p>{begin}{codes}{rest}<w:smartTag>{r(' and')}</w:smartTag>{r(' more')}</w:p>",
        footer1=f"<w:p>{field('PAGE', '17')}</w:p>",
    )
    made = draw(plain, written, author="A", on=DAY, engine=crude)

    assert (made.insertions, made.deletions, made.moves, made.others) == (0, 0, 0, 0)


@pytest.mark.parametrize("lies", ["old", "new"])
def test_a_comparison_that_shows_nothing_is_refused(lies: str) -> None:
    """The program returns one of the two files as it is: the other does not come out of it."""

    def lying(old: bytes, new: bytes) -> bytes:
        return old if lies == "old" else new

    with pytest.raises(RedlineError, match="not proved"):
        draw(SIGNED, REVISED, author="A", on=DAY, engine=lying)


def test_pending_changes_count_as_accepted_and_are_told() -> None:
    """The old agreement still had tracked changes: the redline starts from them accepted, and says so."""
    words = "The fee is {} a day under Section "
    tracked = change("del", r("$90", kind="delText")) + change("ins", r("$100"))
    before, after = (r(half) for half in words.split("{}"))
    pending = with_body((r(words.format("$100")), before + tracked + after))
    made = draw(pending, REVISED, author="A", on=DAY, engine=crude, names=("signed.docx", "new.docx"))

    assert made.notes == (
        "signed.docx: 2 tracked changes were pending. The redline takes them as accepted and does not show them.",
    )
    assert "Opposing Counsel" not in parts_of(made.word)["word/document.xml"].decode()
    assert "$90" not in parts_of(made.word)["word/document.xml"].decode()


def test_comments_stay_behind_and_are_told() -> None:
    """What the parties wrote to each other does not travel in the redline."""
    anchor = '<w:r><w:commentReference w:id="1"/></w:r>'
    said = f'<w:comment w:id="1" w:author="X">{p("Can we drop this?")}</w:comment>'
    old = small(f"<w:p>{r('One')}{anchor}</w:p>", comments=said)
    made = draw(old, small(p("Two")), author="A", on=DAY, engine=crude, names=("signed.docx", "new.docx"))

    assert made.notes == ("signed.docx: 1 comment is not carried into the redline.",)
    assert not any(b"drop this" in data for data in parts_of(made.word).values())


def test_bookmarks_and_controls_of_the_new_agreement_are_kept() -> None:
    """`check` finds clauses by them. A control whose heading changed is left out, for LibreOffice hides changes there."""
    start, end = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>', '<w:bookmarkEnd w:id="{0}"/>'
    control = '<w:sdt><w:sdtPr><w:tag w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    old = small(
        f"<w:p>{start.format(1, 'gone')}{r('Old heading')}{end.format(1)}</w:p>{p('Body')}{p('Second')}{p('Words of old')}"
    )
    new = small(
        control.format(
            "a@1", f"<w:p>{start.format(1, 'one')}{r('New heading')}</w:p><w:p>{r('Body')}{end.format(1)}</w:p>"
        )
        + control.format(
            "b@2", f"<w:p><w:pPr/>{start.format(2, 'two')}{r('Sec')}{end.format(2)}{r('ond')}</w:p>{p('Words of new')}"
        )
    )
    redline = open_parts(draw(old, new, author="A", on=DAY, engine=crude).word, "redline")

    spans = bookmarks(resolved(redline.body, "accepted"))
    assert {one for one in spans if one.name != "gone"} == set(bookmarks(open_parts(new, "new").body))
    assert "gone" in {one.name for one in bookmarks(resolved(redline.body, "rejected"))}
    tags = [one.get(w("val")) for one in redline.body.iter(w("tag"))]
    assert tags == ["b@2"]


def test_the_record_of_the_new_agreement_travels() -> None:
    """The redline, once accepted, is the new agreement, with its record and its title, and nothing of whoever wrote the old."""

    def recorded(data: bytes, words: str) -> bytes:
        core = f'<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{words}</dc:title><dc:creator>Secret</dc:creator></x>'
        record = f'<record xmlns="{RECORD_NAMESPACE}">{words}</record>'
        return packed(parts_of(data) | {"docProps/core.xml": core.encode(), "customXml/item1.xml": record.encode()})

    made = draw(recorded(SIGNED, "of 2026"), recorded(REVISED, "of 2028"), author="A", on=DAY, engine=crude).word

    assert open_word(made, "redline").record == "of 2028"
    assert b"<dc:title>of 2028</dc:title>" in parts_of(made)["docProps/core.xml"]
    assert not any(b"Secret" in data for data in parts_of(made).values())


def test_old_styles_do_not_change_how_the_new_agreement_looks() -> None:
    """One file has one set of styles: the new agreement's, and those of the old one that only deleted text needs."""
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:rPr><w:sz w:val="{}"/></w:rPr></w:style>'

    def styled(data: bytes, *styles: str) -> bytes:
        parts = parts_of(data)
        kinds = (
            ("[Content_Types].xml", "</Types>", '<Override PartName="/word/styles.xml" ContentType="application/vnd.'
             'openxmlformats-officedocument.wordprocessingml.styles+xml"/>'),
            ("word/_rels/document.xml.rels", "</Relationships>", '<Relationship Id="rIdS" Type="http://schemas.openxml'
             'formats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'),
        )  # fmt: skip
        for name, before, added in kinds:
            parts[name] = parts[name].decode().replace(before, added + before).encode()
        return packed(parts | {"word/styles.xml": f"<w:styles {SPACES}>{''.join(styles)}</w:styles>".encode()})

    def of(id: str, text: str) -> str:
        return p(text, properties=f'<w:pStyle w:val="{id}"/>')

    old = styled(
        small(of("Rubrik", "Title") + of("Body", "One")),
        style.format("Rubrik", "heading 1", 99),
        style.format("Body", "Clause", 99),
    )
    new = styled(
        small(of("Heading1", "Title") + of("Body", "Two")),
        style.format("Heading1", "Heading 1", 30),
        style.format("Body", "Plain", 20),
    )
    redline = open_parts(draw(old, new, author="A", on=DAY, engine=crude).word, "redline")

    sizes = {
        one.get(w("styleId")): one.find(f".//{w('sz')}").get(w("val"))
        for one in redline.tied("styles").iter(w("style"))
    }
    assert sizes == {"Heading1": "30", "Body": "20", "OldBody": "99"}
    used = [one.get(w("val")) for one in redline.body.iter(w("pStyle"))]
    assert used == ["Heading1", "Body", "OldBody"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both agreements, and the crude comparison in the place of the extra's."""
    (tmp_path / "signed.docx").write_bytes(SIGNED)
    (tmp_path / "new.docx").write_bytes(REVISED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(room, "compare", crude)
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


def test_the_command_writes_and_says_what_it_proved(folder: Path, run: Run) -> None:
    """The file, how many changes by whom, and what rejecting and accepting give."""
    code, out, err = run(
        "redline", "signed.docx", "new.docx", "--out", "to/redline.docx", "--author", "Ann Lee", "--date", "2028-07-01"
    )

    assert (code, err) == (0, "")
    assert "Redline written: to/redline.docx" in out
    assert "by Ann Lee, dated 2028-07-01." in out
    assert "rejecting every change gives signed.docx, accepting every change gives new.docx." in out
    assert (folder / "to" / "redline.docx").read_bytes() == draw(
        SIGNED, REVISED, author="Ann Lee", on=DAY, engine=crude
    ).word


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["signed.docx", "gone.docx"], "there is no such file"),
        (["signed.docx", "notes.txt"], "this is not a Word file"),
        (["signed.docx", "new.docx", "--date", "July"], "--date: 'July' is not a date"),
        (["signed.docx", "new.docx", "--author", "A\nB"], "cannot stand as the author"),
        (["signed.docx", "new.docx", "--author", " "], "cannot stand as the author"),
        (["signed.docx", "new.docx", "--out", "redline.pdf"], "Give --out a name that ends in .docx."),
        (["signed.docx", "new.docx", "--out", "new.docx", "--force"], "this is one of the two agreements"),
        (["signed.docx", "new.docx", "--out", "theirs.docx"], "use --force"),
        (["signed.docx", "evil.docx"], "declares a document type"),
        (["signed.docx", "chunk.docx"], "another file is inserted in it whole"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_and_nothing_is_written(
    folder: Path, run: Run, words: list[str], told: str
) -> None:
    """One message with the mend, exit code 2, and every file as it was."""
    (folder / "notes.txt").write_text("notes", encoding="utf-8")
    (folder / "theirs.docx").write_bytes(SIGNED)
    evil = parts_of(SIGNED) | {"word/footer1.xml": b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'}
    (folder / "evil.docx").write_bytes(packed(evil))
    (folder / "chunk.docx").write_bytes(with_part("word/_rels/document.xml.rels", '/footnotes"', '/aFChunk"'))
    before = {path: path.read_bytes() for path in folder.iterdir()}

    code, out, err = run("redline", *words, *([] if "--out" in words else ["--out", "redline.docx"]))

    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_without_the_extra_one_message_names_the_command_that_installs_it(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison program is 45 MB large and comes only on request."""
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    monkeypatch.setitem(sys.modules, "python_redlines", None)

    code, out, err = run("redline", "signed.docx", "new.docx", "--out", "redline.docx")

    assert (code, out) == (2, "")
    assert err == "redline: the comparison program is not installed. Install it: pip install 'mou-builder[redline]'\n"
    assert not (folder / "redline.docx").exists()


def test_a_redline_that_is_not_proved_is_not_written(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header that the program changed silently: the message says where, and there is no file."""

    def forgetful(old: bytes, new: bytes) -> bytes:
        parts = parts_of(crude(old, new))
        return packed(parts | {"word/header1.xml": parts["word/header1.xml"].replace(b"Agreement", b"Deal")})

    monkeypatch.setattr(room, "compare", forgetful)
    code, out, err = run("redline", "signed.docx", "new.docx", "--out", "redline.docx")

    assert (code, out) == (2, "")
    assert (
        "signed.docx: the redline is not proved: with every change rejected it differs from this file at header of section 1."
        in err
    )
    assert "The file: “Agreement”. The redline: “Deal”." in err
    assert not (folder / "redline.docx").exists()


def test_notes_go_to_the_error_stream(folder: Path, run: Run) -> None:
    """What was taken as accepted is told beside the result, not in it."""
    (folder / "signed.docx").write_bytes(
        with_body((r("The fee is $100 a day under Section "), change("ins", r("The fee is $100 a day under Section "))))
    )

    code, _, err = run("redline", "signed.docx", "new.docx", "--out", "redline.docx")

    assert code == 0
    assert err == "signed.docx: 1 tracked change was pending. The redline takes it as accepted and does not show it.\n"


def test_the_engine_sees_nothing_but_the_text() -> None:
    """Custom parts, macros and whatever nothing is tied to are not handed to another program."""
    seen: list[bytes] = []

    def watching(old: bytes, new: bytes) -> bytes:
        seen.extend((old, new))
        return crude(old, new)

    stray = packed(parts_of(SIGNED) | {"word/vbaProject.bin": b"macro", "customXml/item1.xml": b"<secret/>"})
    draw(stray, REVISED, author="A", on=DAY, engine=watching)

    assert [sorted(parts_of(data)) for data in seen] == [sorted(parts_of(SIGNED))] * 2
    assert all(etree.fromstring(data) is not None for one in seen for data in parts_of(one).values())
