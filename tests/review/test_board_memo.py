"""The memo for the board: the result first, then what needs a decision, in words that a superintendent reads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator
from wordedit import (
    body_of,
    control,
    edited,
    heading_before,
    paragraphs,
    parts_of,
    replace_word,
    text_of,
    tracked_replace,
    w,
)

from mou_builder.build import Built
from mou_builder.cli.files import UsageError
from mou_builder.cli.memo import write_memo
from mou_builder.cli.pdf import office, to_pdf
from mou_builder.document.memo import print_memo
from mou_builder.library import Library
from mou_builder.model import Agreement, read_answers
from mou_builder.report.shapes import AddedText, ClauseRow, Finding, Report
from mou_builder.review.board_memo import board_memo

pytestmark = pytest.mark.wide

TEMPLATE = (Path(__file__).resolve().parents[2] / "templates" / "memo.docx").read_bytes()
DISCIPLINE = "us/roles/discipline"
SEVERABILITY = "us/general/severability"
"""A clause on which no requirement rests."""

Lines = Callable[..., list[str]]


@pytest.fixture(scope="module")
def printed(library: Library, first: Agreement) -> Callable[..., bytes]:
    """Print the memo on a report."""

    def printing(report: Report, agreement: Agreement = first) -> bytes:
        return print_memo(board_memo(report, agreement, library), TEMPLATE)

    return printing


@pytest.fixture(scope="module")
def lines(printed: Callable[..., bytes]) -> Lines:
    """Return what a person reads in the memo on a report, line by line."""

    def reading(report: Report, agreement: Agreement | None = None) -> list[str]:
        word = printed(report, agreement) if agreement else printed(report)
        return [line.strip() for one in paragraphs(body_of(word)) for line in text_of(one).splitlines()]

    return reading


@pytest.fixture(scope="module")
def first(first_text: str, library: Library) -> Agreement:
    """The first example in a state of which the library holds no law, so that guidance alone is asked."""
    return read_answers(first_text.replace("state: WA", "state: ID"), "first_mou.yaml", library.states)


@pytest.fixture(scope="module")
def built(make: Callable[..., Built], first_text: str) -> Built:
    return make(first_text.replace("state: WA", "state: ID"))


@pytest.fixture(scope="module")
def whole(built: Built) -> Report:
    return built.report


def with_clause(report: Report, id: str, **how: Any) -> Report:
    """Return the report in which something became of one clause, and of the requirements that rest on it."""
    changed = {row.slot: replace(row, **how) for row in report.clauses if row.id == id}
    assert changed, id

    def new(rows: tuple[ClauseRow, ...]) -> tuple[ClauseRow, ...]:
        return tuple(changed.get(row.slot, row) for row in rows)

    state = how.get("state", "unaltered")
    requirements = [
        replace(
            row,
            clauses=new(row.clauses),
            status=state if state != "unaltered" and {one.slot for one in row.clauses} & {*changed} else row.status,
        )
        for row in report.requirements
    ]
    return replace(report, clauses=new(report.clauses), requirements=tuple(requirements))


def with_finding(report: Report, code: str, message: str, where: str = "") -> Report:
    level = "error" if code.startswith("E-") else "warning"
    return replace(report, findings=(*report.findings, Finding(code, level, message, where)))  # type: ignore[arg-type]


SOFTENED = {
    "state": "altered",
    "difference": "Officers Have No Role ... No Officer [-shall-] {+should+} do any of the ... within [-two-] {+ten+} days.",
    "changed": ("modal verb", "time limit"),
}


def after(lines: list[str], heading: str) -> list[str]:
    """Return the lines below a heading."""
    return lines[lines.index(heading) + 1 :]


def test_an_agreement_with_nothing_changed_gives_one_page_that_says_so(whole: Report, lines: Lines) -> None:
    """A board whose agreement stands reads one sentence, the counts, and what was not judged."""
    read = lines(whole)

    assert f"Nothing was changed. All {len(whole.clauses)} clauses stand word for word as they were built." in read
    assert "Every provision that guidance marks as required (49) stands; with them the agreement is aligned." in read
    assert "What needs a decision" not in read and "Every requirement" not in read and "Also found" not in read
    assert len(" ".join(read).split()) < 320


def test_the_memo_says_to_whom_it_goes_on_which_agreement_and_as_of_when(whole: Report, lines: Lines) -> None:
    """The block names the governing body, the parties, the file and the day, all from the answers."""
    read = "\n".join(lines(whole))

    assert "Larkmoor Unified School District (Board of Directors; Superintendent of Schools)" in read
    assert "Memorandum of Understanding No. SRO-2026-01" in read
    assert "between Larkmoor Unified School District and City of Larkmoor" in read
    assert "July 1, 2026, the day it was built for; the requirements of that day count" in read


def test_an_altered_clause_shows_old_and_new_words_its_requirements_and_who_looks(
    whole: Report, lines: Lines, printed: Callable[..., bytes]
) -> None:
    """What was struck, what was put in, what kind of words they are, what is asked, and whom the answers name."""
    report = with_finding(with_clause(whole, DISCIPLINE, **SOFTENED), "E-MODAL-WEAKENED", "...", "4.2")
    read = lines(report)
    entry = after(read, "Section 4.2, Officers Have No Role in School Discipline: altered")

    assert any(
        one.startswith("One clause needs a decision. Of 108 clauses, 107 stand word for word and one was altered.")
        for one in read
    )
    assert entry[0] == "What was changed (a duty that binds less than before and a time limit):"
    assert entry[1] == "\u2026 No Officer shall should do any of the \u2026 within two ten days."
    assert entry[2] == "Asked for by guidance, SECURe Local Implementation Rubric (2016):"
    assert "S1.6. The MOU says expressly that officers play no role in administering school discipline." in entry[3]
    assert "Who should look: counsel and those who run the program." in entry[:9]
    assert (
        "Counsel: Owen Castellane, General Counsel (Larkmoor Schools); Jonah Pell, City Attorney (Larkmoor Police)."
        in read
    )
    assert any("the Patrol Captain (the agency\u2019s liaison)" in one for one in read)
    assert marked_words(printed(report), "MemoRemoved") == ["Struck words", "shall", "two"]
    assert marked_words(printed(report), "MemoAdded") == ["underlined words", "should", "ten"]


def marked_words(word: bytes, style: str) -> list[str]:
    runs = [one.getparent().getparent() for one in body_of(word).iter(w("rStyle")) if one.get(w("val")) == style]
    return ["".join(one.text or "" for one in run.iter(w("t"))) for run in runs]


def test_a_missing_clause_says_what_nobody_says_any_more(whole: Report, lines: Lines) -> None:
    """For each requirement of a deleted clause the board reads whether another section still says it."""
    dead = "12 cross-references show 4.2, Officers Have No Role in School Discipline, which is no longer in the file."
    report = with_clause(whole, DISCIPLINE, state="missing", section="")
    report = with_finding(report, "E-DEAD-REFERENCE", dead, "Officers Have No Role in School Discipline")
    held = next(row for row in report.requirements if row.id == "SX.4")
    other = next(row for row in whole.clauses if row.id == "us/rights/constitution")
    still = replace(held, status="met", clauses=(*held.clauses, other))
    report = replace(report, requirements=tuple(still if row is held else row for row in report.requirements))
    entry = after(lines(report), "Officers Have No Role in School Discipline: missing")

    assert entry[:2] == ["None of its words are in the file any more.", dead]
    assert any("S1.6." in one and one.endswith("discipline. No other section says it.") for one in entry)
    assert any("SX.4." in one and one.endswith(f"Section {other.section} still says it.") for one in entry)
    assert lines(report).count(dead) == 1


def test_what_law_requires_comes_first(whole: Report, lines: Lines) -> None:
    """A clause that law requires stands before those that guidance asks for, and is said to be required by law."""
    last = next(row for row in reversed(whole.clauses) if row.why and row.id != DISCIPLINE)
    report = with_clause(with_clause(whole, DISCIPLINE, state="missing", section=""), last.id, **SOFTENED)
    rows = [replace(row, force="law") if row.id == last.why[0] else row for row in report.requirements]
    read = lines(replace(report, requirements=tuple(rows)))
    headings = [one for one in read if one.endswith((": altered", ": missing"))]

    assert headings[0].endswith(f"{last.heading}: altered") and len(headings) == 2
    assert after(read, headings[0])[2].startswith("Required by law, ")
    assert any("Of the one provision that law requires, none stands." in one for one in read)
    assert any(
        one.startswith("Each of these clauses carries something that law and guidance ask for, and") for one in read
    )


def test_where_the_answers_name_nobody_nobody_is_made_up(whole: Report, lines: Lines, first: Agreement) -> None:
    """Without an attorney among the signatories, the memo says that none is named and gives nobody the task."""
    data = first.model_dump(by_alias=True, exclude_unset=True)
    for group in ("districts", "agencies"):
        for party in data["parties"][group]:
            party["signatories"] = [one for one in party["signatories"] if one.get("capacity") != "approve-as-to-form"]
    report = with_clause(whole, DISCIPLINE, **{**SOFTENED, "changed": ("modal verb",)})
    read = lines(report, Agreement.model_validate(data))

    assert "Counsel: the agreement names nobody who approves it as to form." in read
    assert not any(one.startswith("Who should look") for one in read)


def test_added_words_are_printed_in_full_and_as_they_are(whole: Report, lines: Lines) -> None:
    """What the parties put in stands letter for letter with its place, once; template signs in it are only letters."""
    text = "4.5 O\u2019Neill, R&D <East>\n{{ answers }} {% if x %}\n" + "A long sentence of the other side. " * 300
    report = replace(
        whole, added=(AddedText(text, "4.5", "The Role of the Officers"), AddedText("Signed in haste.", "", ""))
    )
    report = with_finding(report, "E-ADDED-SECTION", "Section 4.5 was added by the parties.", "4.5")
    report = with_finding(report, "E-FRAME-CHANGED", "Words outside the clauses were changed: {+Signed in haste.+}")
    read = lines(report)

    below = after(read, "Section 4.5, after \u201cThe Role of the Officers\u201d:")
    assert below[:2] == ["4.5 O\u2019Neill, R&D <East>", "{{ answers }} {% if x %}"]
    assert below[2] == ("A long sentence of the other side. " * 300).strip()
    assert after(read, "Before the first section:")[0] == "Signed in haste."
    assert (
        read.count("Signed in haste.") == 1 and "Also found" not in read and "Changed outside the clauses" not in read
    )
    assert any("The parties added two passages of their own." in one for one in read)


def test_other_changes_follow_in_the_order_of_their_weight(whole: Report, lines: Lines) -> None:
    """Clauses without a requirement, the frame, moved clauses and pending changes each have their place, in plain words."""
    report = with_clause(
        whole, SEVERABILITY, state="altered", difference="a [-Party-] {+Contractor+} may", changed=("party",)
    )
    report = with_clause(report, "us/general/signing.electronic", state="missing", section="")
    report = with_clause(report, "us/cost/settlement", moved_from="14.2")
    report = with_finding(
        report, "E-FRAME-CHANGED", "Words outside the clauses were changed: [-Pay $10 now-] {+Pay $90 now+}"
    )
    report = with_finding(report, "W-PENDING-CHANGES", "Signing: tracked changes are pending.", "1.1")
    for number in range(30):
        report = with_finding(report, "W-STALE-REFERENCE", "one cross-reference shows 4.2, ...", f"Heading {number}")
    report = with_finding(
        report, "E-NUMBERS-DISAGREE", "Section 5.8 says 60, Section 9.1 30 (arrests.parent_notice_minutes).", "5.8"
    )
    read = lines(report)
    order = [read.index(one) for one in ("Other clauses altered or missing", "Changed outside the clauses", "Moved",
                                         "Tracked changes still pending", "Also found", "Every requirement")]  # fmt: skip

    assert order == sorted(order)
    assert "What was changed (who is named):" in read and "Pay $10 $90 now" in read
    assert any(
        one.endswith("Cross-references to 30 sections still show old numbers. In Word, select all and press F9.")
        for one in read
    )
    assert any(one.endswith("Section 5.8 says 60, Section 9.1 30.") for one in read)
    assert any(
        one.startswith("Something was changed, but every clause that carries a requirement stands.") for one in read
    )


def test_open_answers_waivers_and_gaps_are_told_in_words(
    make: Callable[..., Built], first_text: str, lines: Lines
) -> None:
    """What was open or waived from the start is not blamed on an edit, and no answer is called by its path."""
    text = first_text.replace(
        "  investigator: joint", "  investigator: {undecided: The two offices are still talking.}"
    )
    text += "waivers:\n  - {requirement: S5.13, by: School Board, why: The State does it., on: 2026-06-20}\n"
    report = make(text).report
    read = lines(report, None)

    assert any(one.startswith("Nothing was changed.") and one.endswith("Two answers are still open.") for one in read)
    assert any("Who investigates: The two offices are still talking." in one for one in after(read, "Left open"))
    assert any(
        "no text can be chosen until \u201cWho investigates\u201d is answered" in one
        for one in after(read, "Also found")
    )
    below = after(read, "Asked for and not met when it was built")
    assert any(
        "S5.13." in one and one.endswith("Waived by School Board on June 20, 2026: The State does it.") for one in below
    )


def test_clauses_found_by_their_words_are_told_with_the_doubt(whole: Report, lines: Lines) -> None:
    """Where the marks are gone, the board reads so, and sees the least certain pairs; certainty is never rounded up."""
    report = with_clause(whole, DISCIPLINE, found_by="text", confidence=0.999)
    report = with_clause(report, SEVERABILITY, found_by="text", confidence=0.619)
    read = lines(report)
    below = after(read, "Found by the likeness of their words")

    assert "two clauses have lost the hidden marks" in below[0] and "not certain" in below[0]
    assert "61 percent" in below and "99 percent" not in below and "100 percent" not in read


def test_wording_that_the_parties_keep_is_listed_with_its_reason(whole: Report, lines: Lines) -> None:
    """What was negotiated earlier is still known as such."""
    one = {"slot": "roles.discipline", "section": "4.2", "heading": "Officers Have No Role", "kind": "changed", "use": "kept",
           "instead_of": "us/roles/discipline@1", "why": "Agreed in mediation.", "agreed_on": "2024-05-03"}  # fmt: skip
    below = after(lines(replace(whole, kept=(one,))), "Wording of the parties\u2019 own")

    assert "The parties changed the library\u2019s words." in below
    assert "Agreed in mediation. (Agreed on May 3, 2024.)" in below


def test_every_requirement_has_a_row_with_its_fate_once_something_changed(whole: Report, lines: Lines) -> None:
    """Counsel sees all requirements in one table: what stands, what was altered, what is missing, which practice is attested."""
    report = with_clause(
        with_clause(whole, DISCIPLINE, **SOFTENED), "us/roles/school-life", state="missing", section=""
    )
    below = after(lines(report), "Every requirement")
    shown = [row.id for row in report.requirements if row.status != "not applicable"]

    assert [one.rstrip("*") for one in below if re.fullmatch(r"[A-Z]{1,2}X?\d?\.\d+\*?", one)] == shown
    assert "Altered: counsel to judge" in below
    assert "Missing: \u201cSROs in the Life of the School\u201d said it and is gone" in below
    assert "One requirement that does not apply to this agreement is left out." in below[0]


def six_edits(body: Any) -> None:
    """Edit as a negotiation does: soften, delete, move, add, track, and change an amount."""
    replace_word(control(body, DISCIPLINE), "shall", "should")
    gone = control(body, "us/roles/school-life")
    gone.getparent().remove(gone)
    control(body, "us/general/entire.first").addprevious(control(body, "us/training/serving"))
    heading_before(body, SEVERABILITY, "Cameras & <Live> Feeds {{ x }}")
    tracked_replace(control(body, SEVERABILITY), "Agreement", "Contract")
    replace_word(body, "$129,313.95", "$929,313.95")


def test_a_negotiated_file_gives_a_memo_without_jargon(
    built: Built, read: Callable[..., Report], lines: Lines, printed: Callable[..., bytes], tmp_path: Path
) -> None:
    """A real edited file: everything done to it is told, in words without codes, paths or clause ids; the file is valid."""
    report = read(edited(built.word, six_edits))
    told = "\n".join(lines(report))

    for words in (
        "Officers Have No Role in School Discipline: altered",
        "SROs in the Life of the School: missing",
        "Cameras & <Live> Feeds {{ x }}",
        "$129,313.95 $929,313.95",
        "Agreement Contract",
        "tracked changes are pending",
    ):
        assert words in told, words
    assert (
        re.findall(
            r"\b[EW]-[A-Z]{2,}|\b(?:us|us-\w\w)/|@\d|\[-|\{\+|\b[a-z_]+\.[a-z_]+\b(?!docx)",
            told.replace("answers.docx", ""),
        )
        == []
    )
    assert (
        re.findall(r"(?i)\bone (?:clauses|passages|provisions)\b|\b(?:1|0) clauses|legally sufficient(?!\. Both)", told)
        == []
    )
    file = tmp_path / "memo.docx"
    file.write_bytes(printed(report))
    assert [str(fault) for fault in OpenXmlValidator().validate(str(file)).errors] == []
    assert printed(report) == file.read_bytes()
    assert not any(
        text_of(one) == "" for one in paragraphs(body_of(file.read_bytes())) if one.getparent().tag == w("body")
    )


def test_the_memo_is_written_where_it_was_asked_for(
    whole: Report, first: Agreement, library: Library, tmp_path: Path
) -> None:
    """The Word file stands under the name given; a second run writes it again, but never over somebody's changes."""
    file = tmp_path / "board" / "memo.docx"

    assert write_memo(whole, first, library, file) == file and file.read_bytes()[:2] == b"PK"
    assert write_memo(whole, first, library, file) == file
    file.write_bytes(b"notes of a board member")
    with pytest.raises(UsageError, match="was changed since it was built, or was not built here") as told:
        write_memo(whole, first, library, file)
    assert "--out" not in str(told.value) and "give another --memo" in str(told.value)
    assert file.read_bytes() == b"notes of a board member"
    assert write_memo(whole, first, library, file, force=True) == file and file.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("memo.pdf", "is not the name of a Word file. Give a name that ends in .docx."),
        ("memo", "is not the name of a Word file. Write --memo memo.docx."),
        ("ANSWERS.docx", "the memo would take its place. Give another name, such as ANSWERS.memo.docx."),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_the_memos_is_refused(
    name: str, message: str, whole: Report, first: Agreement, library: Library, tmp_path: Path
) -> None:
    """The agreement is never overwritten by its memo, and a PDF is not promised."""
    with pytest.raises(UsageError) as told:
        write_memo(whole, first, library, tmp_path / name)

    assert str(told.value).endswith(message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.office
def test_the_pages_break_where_a_reader_expects(
    whole: Report,
    built: Built,
    read: Callable[..., Report],
    lines: Lines,
    printed: Callable[..., bytes],
    tmp_path: Path,
) -> None:
    """An unchanged agreement takes one page; no page of a longer memo ends with a heading or with words that lead on."""
    if not (office() and shutil.which("pdftotext")) and not os.environ.get("CI"):
        pytest.skip("LibreOffice or pdftotext not installed")
    edited_one = read(edited(built.word, six_edits))
    pages = {
        name: pages_of(printed(one), tmp_path / f"{name}.pdf")
        for name, one in (("whole", whole), ("edited", edited_one))
    }
    headings = {text_of(one) for one in paragraphs(body_of(printed(edited_one))) if "Heading" in style_of(one)}

    assert len(pages["whole"]) == 1 and 4 <= len(pages["edited"]) <= 9
    for page in pages["edited"]:
        last = [line.strip() for line in page.splitlines() if line.strip()][-2]
        assert last not in headings and not last.endswith(":"), last


def pages_of(word: bytes, file: Path) -> list[str]:
    file.write_bytes(to_pdf(word, f"{file.stem}.docx"))
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True)
    return said.stdout.decode().split("\f")[:-1]


def style_of(paragraph: Any) -> str:
    return str(paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")))


def test_the_day_is_the_reports_day(whole: Report, printed: Callable[..., bytes]) -> None:
    """No clock has a part in the memo: another day of judgment gives another file, the same day the same."""
    later = replace(whole, as_of=date(2027, 1, 4))

    assert printed(later) == printed(later) != printed(whole)
    assert "As of January 4, 2027" in parts_of(printed(later))["word/footer1.xml"].decode()
