"""What a clerk's spreadsheet says is taken as meant, and what cannot be taken so is told by row and column."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from mou_builder.batch.answers import answers_of
from mou_builder.batch.base import Base, read_base
from mou_builder.batch.checked import agreement_of
from mou_builder.batch.columns import columns_of
from mou_builder.batch.csvfile import csv_roster
from mou_builder.batch.faults import RosterError, RowError
from mou_builder.batch.mapping import read_mapping
from mou_builder.batch.names import names_in
from mou_builder.batch.sheet import Roster, letter
from mou_builder.batch.workbook import workbook_roster
from mou_builder.interview.tree import at
from mou_builder.library import Library
from mou_builder.marked import Path


@pytest.fixture(scope="module")
def base(first_text: str) -> Base:
    return read_base(first_text, "base.yaml")


def texts(roster: Roster) -> list[tuple[int, list[str]]]:
    return [(row.number, [cell.text for cell in row.cells]) for row in roster.rows()]


def workbook(*rows: list[Any], change: Callable[[Any, Any], None] = lambda book, sheet: None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book, book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def refused(roster: Callable[..., Roster], *given: Any) -> str:
    with pytest.raises(RosterError) as error:
        texts(roster(*given))
    return str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b'\xef\xbb\xbfa,b\r\n"x, y","two\r\nlines"\r\n\r\n,end\r\n',
        b'a;b\n"x, y";"two\nlines"\n\n;end',
        b'sep=;\r\na;b\r\n"x, y";"two\r\nlines"\r\n\r\n;end\r\n',
        'a\tb\r\n"x, y"\t"two\r\nlines"\r\n\r\n\tend\r\n'.encode("utf-16"),
    ],
)
def test_every_way_of_saving_csv_is_read_alike(data: bytes) -> None:
    """With or without a mark in front, parted by commas, semicolons or tabs; rows are numbered as the spreadsheet shows them."""
    roster = csv_roster(data, "r.csv")
    first = 3 if data.startswith(b"sep") else 2

    assert roster.headings == ("a", "b")
    assert texts(roster) == [(first, ["x, y", "two\nlines"]), (first + 2, ["", "end"])]


def test_excels_plain_csv_is_recognised_and_not_guessed_at() -> None:
    """A name in another alphabet would be spoiled in a thousand agreements, so the file is refused, with the way to save it."""
    said = refused(csv_roster, "name\nPlain\nDo\u00f1a Ana,x\n".encode("cp1252"), "r.csv")

    assert said.startswith("r.csv:3:3: the file is not UTF-8 but looks like Windows-1252")
    assert "is this 'Do\u00f1a Ana'?" in said and "CSV UTF-8" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "r.csv: the file is empty. Write the columns' headings into the first row."),
        (b"a,b\n1,2\n\"x,3\n4,5\n", "r.csv:3: row 3 opens a quotation mark that is never closed."),
        (b'a,b\n"x"y,3\n', "r.csv:2: in row 2 a quotation mark stands inside a cell that is in quotation marks."),
        (b"\n\na,b\n", "r.csv: it has no headings. Write the columns' headings into the first row."),
    ],
)  # fmt: skip
def test_csv_that_would_be_misread_is_refused(data: bytes, said: str) -> None:
    """A quotation mark that is never closed would swallow the rows behind it."""
    assert refused(csv_roster, data, "r.csv").startswith(said)


def test_a_workbook_gives_what_the_person_sees() -> None:
    """Dates, times, percentages, leading zeros, stored results; noise behind fifteen digits and empty rows count for nothing."""

    def looks(book: Any, sheet: Any) -> None:
        sheet["D2"].number_format, sheet["E2"].number_format = "0.0%", "00000"
        sheet.row_dimensions[4].hidden = True

    data = workbook(
        list("abcdef"),
        [" x ", 1.1 * 3, date(2026, 8, 1), 0.125, 42, True],
        [],
        [time(15, 5), datetime(2026, 8, 1, 6, 30), "two\r\nlines", None, 1e15, None],
        change=looks,
    )
    roster = workbook_roster(data, "r.xlsx")

    assert texts(roster) == [
        (2, ["x", "3.3", "2026-08-01", "12.5%", "00042", "true"]),
        (4, ["3:05 p.m.", "2026-08-01 06:30", "two\nlines", "", "1000000000000000"]),
    ]
    assert roster.remarks == ("1 hidden row is built like the others",)


def test_a_workbook_that_cannot_be_taken_literally_is_refused() -> None:
    """Merged cells and formulas never calculated would fill rows with what nobody wrote; several sheets need a choice."""
    merged = workbook(["a"], ["x"], change=lambda book, sheet: sheet.merge_cells("A2:A4"))
    formula = workbook(["a"], ["=1+1"])
    sheets = workbook(["a"], ["x"], change=lambda book, sheet: book.create_sheet("Old"))

    assert refused(workbook_roster, merged, "r.xlsx").startswith("r.xlsx: the cells A2:A4 are merged")
    assert refused(workbook_roster, formula, "r.xlsx").startswith(
        "r.xlsx: the formula in cell A2 has no stored result."
    )
    assert "has 2 sheets: Sheet, Old. Say which one with --sheet" in refused(workbook_roster, sheets, "r.xlsx")
    assert "Did you mean 'Sheet'?" in refused(workbook_roster, sheets, "r.xlsx", "Shet")
    assert texts(workbook_roster(sheets, "r.xlsx", "Sheet")) == [(2, ["x"])]


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def test_a_hostile_workbook_is_not_opened() -> None:
    """Zip bombs, declared entities, old and locked files, and other zips each get a plain refusal."""
    plain = workbook(["a"], ["x"])

    assert "zip bomb" in refused(workbook_roster, _with_part(plain, "xl/media/x.bin", bytes(30_000_000)), "r.xlsx")
    entity = _with_part(plain, "xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "declares a document type" in refused(workbook_roster, entity, "r.xlsx")
    assert "old .xls file" in refused(workbook_roster, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "r.xls")
    assert "damaged" in refused(workbook_roster, plain[:200], "r.xlsx")
    word = _with_part(b"PK\x05\x06" + bytes(18), "word/document.xml", b"<a/>")
    assert "this is a Word file" in refused(workbook_roster, word, "r.xlsx")


def test_columns_that_lead_nowhere_are_told_at_once_with_the_nearest_question() -> None:
    """One message for the whole roster, not one for each row; a remark needs no question."""
    headings = (
        "documnt.state",
        "parties.districts.legal_name",
        "set.this",
        "term.ends[0]",
        "",
        "# remark",
        "term",
        "term.ends",
    )
    with pytest.raises(RosterError) as error:
        columns_of(headings, "r.csv")
    said = [str(fault) for fault in error.value.faults]

    assert said[0].startswith(
        "r.csv, column A (documnt.state): no question is called 'documnt'. Did you mean 'document.state'?"
    )
    assert (
        "parties.districts is a list; say which of its entries. For example parties.districts[0].legal_name." in said[1]
    )
    assert "set.this is written by the tool itself." in said[2]
    assert "term.ends is no list" in said[3]
    assert said[4].startswith("r.csv, column E: the column has no heading.")
    assert (
        said[5]
        == "r.csv, column H (term.ends): term.ends is answered twice: column G answers term. Keep one of the two."
    )
    assert len(said) == 6


def test_a_file_maps_headings_of_a_roster_made_for_other_purposes() -> None:
    """One column may answer several questions, words may stand for answers, every row may have constants, a column names files."""
    mapping, marked = read_mapping(
        'schema: 1\ncolumns:\n  State: document.state\n  Short:\n    - parties.districts[0].short_name\n    - contacts[0].party\n'
        '  Cameras: {to: video.body_cameras, values: {"Yes": used, "No": not-used}}\n'
        "always: {document.purpose: renewal}\nignore: [Notes]\nfile: NCES\n",
        "c.yaml",
    )  # fmt: skip
    columns = columns_of(("NCES", "State", "Short", "Cameras", "Notes"), "r.csv", mapping, marked)

    assert [(one.heading, len(one.targets)) for one in columns.answering] == [
        ("State", 1),
        ("Short", 2),
        ("Cameras", 1),
    ]
    assert (columns.naming, columns.always) == (0, ((("document", "purpose"), "renewal"),))
    with pytest.raises(RosterError) as error:
        columns_of(("NCES", "Stat", "Short", "Cameras"), "r.csv", mapping, marked)
    assert "c.yaml:3:3: r.csv has no column headed 'State'. Did you mean 'Stat'?" in str(error.value)
    assert "list it there under ignore" in str(error.value)


def answered(base: Base, library: Library, heading: str, cell: str, path: Path, semicolons: bool = False) -> Any:
    """Return what one cell answers at `path`, or what is wrong with it."""
    sign = ";" if semicolons else ","
    text = f'{heading}{sign}# x\n"{cell.replace(chr(34), chr(34) * 2)}"{sign}x\n'
    roster = csv_roster(text.encode(), "r.csv")
    (row,) = roster.rows()
    try:
        columns = columns_of(roster.headings, "r.csv")
        found = answers_of(base, row, columns, library.states, comma_decimals=roster.comma_decimals)
    except RowError as error:
        return str(error.rows[0])
    return at(found.tree, path)


@pytest.mark.parametrize(
    ("heading", "cell", "means"),
    [
        ("document.state", "Ohio", "OH"),
        ("document.state", "oh", "OH"),
        ("document.state", "District of Columbia", "DC"),
        ("term.ends", "7/31/2028", date(2028, 7, 31)),
        ("term.ends", "July 31, 2028", date(2028, 7, 31)),
        ("term.ends", "undecided: the board votes in May", {"undecided": "the board votes in May"}),
        ("reporting.due", "2026-07-31", "07-31"),
        ("cost.annual_estimate", "$62,500.00", Decimal("62500.00")),
        ("video.retention_days", "90", 90),
        ("general.mediation", "No", False),
        ("rights.added_classes", "gender identity; sexual orientation", ["gender identity", "sexual orientation"]),
        ("rights.added_classes", "none", []),
        ("rights.added_classes", '["one; with a sign", two]', ["one; with a sign", "two"]),
        ("stakeholders.community", "Parents; Students", [{"name": "Parents"}, {"name": "Students"}]),
        ("stakeholders.community", "[{name: Parents, seat: team}]", [{"name": "Parents", "seat": "team"}]),
        ("parties.districts[0].legal_name", "O'Neill & <Sons>", "O'Neill & <Sons>"),
        ("parties.districts[0].kind", "a charter school or charter network", "charter"),
    ],
)
def test_a_cell_means_what_a_person_at_a_spreadsheet_means(
    base: Base, library: Library, heading: str, cell: str, means: Any
) -> None:
    """Dates, amounts, names of states, lists parted by semicolons, and open answers are typed as anybody would."""
    path = tuple(
        int(step) if step.isdigit() else step for step in heading.replace("[", ".").replace("]", "").split(".")
    )

    assert answered(base, library, heading, cell, path) == means


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("parties.districts[0].kind", "2", "'2' is none of the choices. Choose one of: district"),
        ("term.ends", "undecided", "'undecided' alone does not say why. Write 'undecided: why'"),
        ("parties.districts[0].kind", "undecided: later", "this cannot be undecided."),
        ("term.ends", "#REF!", "the cell shows #REF!, an error of the spreadsheet."),
        (
            "document.state",
            "Washingtonia",
            "no state or territory is called 'Washingtonia'. Did you mean 'Washington'?",
        ),
        ("term", "soon", "a whole list or group is asked for here"),
        ("program.sites", "[{name: x", "the group that opens here with '{' does not end as it should."),
    ],
)
def test_a_cell_that_is_no_answer_is_told_by_row_and_column(
    base: Base, library: Library, heading: str, cell: str, said: str
) -> None:
    """The message names the row as the spreadsheet shows it, the column's letter and heading, and the mend."""
    found = answered(base, library, heading, cell, ())

    assert found.startswith(f"row 2, column A ({heading}): {said}")


def test_a_comma_in_a_number_is_refused_where_it_could_mean_two_things(base: Base, library: Library) -> None:
    """A spreadsheet that parts cells by semicolons writes 62,500 for sixty-two and a half."""
    found = answered(base, library, "cost.annual_estimate", "62,500", (), semicolons=True)

    assert "Write it without a comma: 62500 or 62.5." in found


def test_an_empty_cell_leaves_the_base_and_a_dash_takes_it_out(base: Base, library: Library) -> None:
    """Of a list's entries, empty ones close up, so a district with fewer schools just leaves cells empty."""
    heads = "document.number,document.title,program.sites[1],program.sites[3].name,program.sites[5].name,program.sites[5].level"
    roster = csv_roster(f"{heads}\n-,,-,,Fourth,a high school\n".encode(), "r.csv")
    (row,) = roster.rows()
    tree = answers_of(base, row, columns_of(roster.headings, "r.csv"), library.states).tree

    assert "number" not in tree["document"] and "title" not in tree["document"]
    assert [one["name"] for one in tree["program"]["sites"]] == [
        "Larkmoor High School",
        "Quarry Hill Middle School",
        "Fourth",
    ]
    assert base.tree["document"]["number"] == "SRO-2026-01"


def test_an_empty_name_never_takes_over_the_bases(base: Base, library: Library) -> None:
    """A school that a clerk has not filled in is not the school of the base; a dash says that there is none."""
    roster = csv_roster(b"document.state,program.sites[0].name,program.sites[1].name\nOH,,-\n", "r.csv")
    (row,) = roster.rows()
    with pytest.raises(RowError) as caught:
        answers_of(base, row, columns_of(roster.headings, "r.csv"), library.states)

    assert [str(one) for one in caught.value.rows] == [
        "row 2, column B (program.sites[0].name): the cell is empty, and the base\u2019s own 'Larkmoor High School' would stand in "
        "this agreement. Write the name; or - to leave it out; or take it out of the base."
    ]


def test_the_bases_references_follow_a_new_name(base: Base, library: Library) -> None:
    """A row that renames a district and a school says so once; contacts, shares and assignments take the new name up."""
    heads = "parties.districts[0].short_name,program.sites[0].name"
    roster = csv_roster(f"{heads}\nMarsh Schools,Marsh High\n".encode(), "r.csv")
    (row,) = roster.rows()
    columns = columns_of(roster.headings, "r.csv")
    answers = answers_of(base, row, columns, library.states)
    agreement, _ = agreement_of(answers, base, columns, library)

    assert agreement.contacts[0].party == "Marsh Schools"
    assert agreement.cost.shares[0].party == "Marsh Schools"
    assert agreement.program.officers[0].assignments[0].site == "Marsh High"


def test_what_a_rows_answers_rule_out_of_the_base_is_left_out_and_told(base: Base, library: Library) -> None:
    """A district without cameras needs no answers on cameras; what the row itself says never goes without a word."""
    for text, left_out in (
        ("video.body_cameras\nnot-used\n", "video.retention_days"),
        ("video.body_cameras,video.retention_days\nnot-used,30\n", ""),
    ):
        roster = csv_roster(text.encode(), "r.csv")
        (row,) = roster.rows()
        columns = columns_of(roster.headings, "r.csv")
        answers = answers_of(base, row, columns, library.states)
        if left_out:
            agreement, found = agreement_of(answers, base, columns, library)
            assert left_out in found and not agreement.video.model_fields_set & {"retention_days", "activation"}
            continue
        with pytest.raises(RowError) as error:
            agreement_of(answers, base, columns, library)
        assert [(one.column, one.what.split(" is ")[0]) for one in error.value.rows] == [("B", "video.retention_days")]


def test_what_the_questionnaire_refuses_is_told_by_the_cell_it_comes_from(
    base: Base, library: Library, first_text: str
) -> None:
    """A name too long is told once, not for every place that repeats it; what no cell gives is told by the base's line."""
    heads = "parties.districts[0].short_name,term.ends,document.title,cost.shares[1].percent"
    roster = csv_roster(f"{heads}\n{'Very Long ' * 5},2019-07-31,TBD,49\n".encode(), "r.csv")
    (row,) = roster.rows()
    columns = columns_of(roster.headings, "r.csv")
    with pytest.raises(RowError) as error:
        agreement_of(answers_of(base, row, columns, library.states), base, columns, library)
    assert [(one.row, one.column) for one in error.value.rows] == [(2, "A"), (2, "C")]

    roster = csv_roster(b"term.ends,cost.shares[1].percent\n2019-07-31,49\n", "r.csv")
    (row,) = roster.rows()
    columns = columns_of(roster.headings, "r.csv")
    with pytest.raises(RowError) as error:
        agreement_of(answers_of(base, row, columns, library.states), base, columns, library)
    assert [str(one).split(" (")[0] for one in error.value.rows] == ["row 2, column A", "row 2, column B"]
    assert "the percentages come to 99, not 100" in error.value.rows[1].what

    roster = csv_roster(b"term.ends\n2029-07-31\n", "r.csv")
    (row,) = roster.rows()
    columns = columns_of(roster.headings, "r.csv")
    wrong = read_base(first_text.replace("capacity: attest", "capacity: atest"), "base.yaml")
    with pytest.raises(RowError) as error:
        agreement_of(answers_of(wrong, row, columns, library.states), wrong, columns, library)
    assert error.value.rows[0].what.startswith(
        "base.yaml:28:77: parties.districts[0].signatories[1].capacity is 'atest'."
    )


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", "C:x", "con", "NUL.txt", ".hidden", "end.", "a.record", "x" * 90, "?"]
)
def test_a_name_that_some_computer_cannot_keep_is_refused(base: Base, library: Library, name: str) -> None:
    """Path tricks and names that Windows reserves never reach the disk."""
    roster = csv_roster(f"file,document.state\n{name},OH\nfine,OH\n".encode(), "r.csv")
    names = names_in(roster, base, columns_of(roster.headings, "r.csv"), library.states)

    assert names.of == {3: "fine"}
    assert "no file can be called" in names.faults[2][0].what


def test_rows_that_would_write_the_same_files_are_all_refused(base: Base, library: Library) -> None:
    """Nobody can tell which of them counts; small and capital letters are the same to many computers."""
    heads = "parties.districts[0].short_name"
    roster = csv_roster(f"{heads}\nO'Hara Schools\nDoña Ana Schools\nOHARA schools\n".encode(), "r.csv")
    names = names_in(roster, base, columns_of(roster.headings, "r.csv"), library.states)

    assert names.of == {3: "dona-ana-schools"}
    assert [str(names.faults[row][0]).split(":")[0] for row in (2, 4)] == ["row 2", "row 4"]
    assert "row 4 would write the same files, ohara-schools.docx" in names.faults[2][0].what


def test_columns_are_lettered_as_spreadsheets_letter_them() -> None:
    """Z is followed by AA."""
    assert [letter(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
