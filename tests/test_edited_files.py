"""What `check` says of a Word file after people have edited it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from wordedit import (
    control,
    edited,
    heading_before,
    packed,
    paragraphs,
    parts_of,
    replace_word,
    tracked_replace,
    w,
)

from mou_builder.build import Built
from mou_builder.report import Report

DISCIPLINE = "us/roles/discipline"


def clause(report: Report, id: str):  # type: ignore[no-untyped-def]
    return next(row for row in report.clauses if row.id == id)


def requirement(report: Report, id: str):  # type: ignore[no-untyped-def]
    return next(row for row in report.requirements if row.id == id)


def test_an_untouched_file_is_unaltered(built: Built, read: Callable[..., Report]) -> None:
    """Reading the file as it was built finds every clause unaltered and nothing to mend."""
    report = read(built.word)

    assert {row.state for row in report.clauses} == {"unaltered"}
    assert list(report.reasons_against_final()) == []


def test_a_deleted_clause_is_missing(built: Built, read: Callable[..., Report]) -> None:
    """Without its clause a requirement is missing, and the sections after it move up."""

    def delete(body) -> None:  # type: ignore[no-untyped-def]
        one = control(body, DISCIPLINE)
        one.getparent().remove(one)

    report = read(edited(built.word, delete))

    assert clause(report, DISCIPLINE).state == "missing"
    assert requirement(report, "S1.6").status == "missing"
    assert clause(report, "us/roles/school-life").section == "4.2"
    assert clause(built.report, "us/roles/school-life").section == "4.3"
    assert [row.id for row in report.clauses if row.state == "altered"] == []
    dead = [finding for finding in report.findings if finding.code == "E-DEAD-REFERENCE"]
    assert (
        len(dead) == 1
        and "Officers Have No Role in School Discipline, which is no longer in the file" in dead[0].message
    )


def test_one_changed_word_is_seen(built: Built, read: Callable[..., Report]) -> None:
    """A softened verb makes the clause altered, and the difference shows the old and the new word."""
    report = read(edited(built.word, lambda body: replace_word(control(body, DISCIPLINE), "shall", "should")))

    changed = clause(report, DISCIPLINE)
    assert changed.state == "altered"
    assert "[-shall-] {+should+}" in changed.difference
    assert requirement(report, "S1.6").status == "altered"
    assert [row.id for row in report.clauses if row.state != "unaltered"] == [DISCIPLINE]


def test_an_added_sentence_is_seen(built: Built, read: Callable[..., Report]) -> None:
    """A sentence typed into a clause makes it altered."""

    def add(body) -> None:  # type: ignore[no-untyped-def]
        last = paragraphs(control(body, DISCIPLINE))[-1]
        run = etree.SubElement(last, w("r"))
        etree.SubElement(run, w("t")).text = " The principal may decide otherwise."

    changed = clause(read(edited(built.word, add)), DISCIPLINE)

    assert changed.state == "altered"
    assert "{+The principal may decide otherwise.+}" in changed.difference


def test_numbers_follow_an_inserted_section(built: Built, read: Callable[..., Report]) -> None:
    """A section put in front renumbers the rest; no clause is altered, and stale references are named."""
    report = read(edited(built.word, lambda body: heading_before(body, DISCIPLINE, "Added by the Parties")))

    assert clause(report, DISCIPLINE).section == "4.3"
    assert {row.state for row in report.clauses} == {"unaltered"}
    assert requirement(report, "S1.6").clauses[0].section == "4.3"
    added = [finding.message for finding in report.findings if finding.code == "E-ADDED-SECTION"]
    assert len(added) == 1 and added[0].startswith("Section 4.2, Added by the Parties, was added by the parties.")
    stale = [finding for finding in report.findings if finding.code == "W-STALE-REFERENCE"]
    assert any("4.2, but the section meant is now 4.3" in finding.message for finding in stale)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("$129,313.95", "$929,313.95"),
        ("Marisol Tennant", "Somebody Else"),
        ("1 Beacon Square", "2 Beacon Square"),
        ("a public school district and body corporate", "a private company"),
    ],
)
def test_a_change_outside_the_clauses_is_seen(old: str, new: str, built: Built, read: Callable[..., Report]) -> None:
    """An amount in a schedule, a signatory, an address or a party's description that was changed is shown, old and new."""
    report = read(edited(built.word, lambda body: replace_word(body, old, new)))
    found = [finding.message for finding in report.findings if finding.code == "E-FRAME-CHANGED"]

    assert len(found) == 1 and old in found[0] and new in found[0]
    assert {row.state for row in report.clauses} == {"unaltered"}


def test_words_put_between_sections_are_seen(built: Built, read: Callable[..., Report]) -> None:
    """A paragraph typed between two sections belongs to no clause; it is shown all the same."""

    def add(body) -> None:  # type: ignore[no-untyped-def]
        paragraph = etree.Element(w("p"))
        run = etree.SubElement(paragraph, w("r"))
        etree.SubElement(run, w("t")).text = "The Agency may charge for parking."
        control(body, DISCIPLINE).addnext(paragraph)

    found = [finding.message for finding in read(edited(built.word, add)).findings]

    assert found == ["Words outside the clauses were changed: {+The Agency may charge for parking.+}"]


def test_pending_changes_are_read_both_ways(built: Built, read: Callable[..., Report]) -> None:
    """A tracked change is reported as pending, with the state if accepted and the state if rejected."""
    report = read(edited(built.word, lambda body: tracked_replace(control(body, DISCIPLINE), "shall", "may")))

    assert clause(report, DISCIPLINE).state == "altered"
    pending = [finding.message for finding in report.findings if finding.code == "W-PENDING-CHANGES"]
    assert pending == [
        "Officers Have No Role in School Discipline: tracked changes are pending. If all are accepted the clause is altered; "
        "if all are rejected it is unaltered."
    ]


def test_a_clause_is_found_without_its_content_control(built: Built, read: Callable[..., Report]) -> None:
    """LibreOffice drops the control; the bookmark is enough."""

    def unwrap(body) -> None:  # type: ignore[no-untyped-def]
        for one in list(body.iter(w("sdt"))):
            for child in list(one.find(w("sdtContent"))):
                one.addprevious(child)
            one.getparent().remove(one)

    assert {row.state for row in read(edited(built.word, unwrap)).clauses} == {"unaltered"}


def test_a_clause_is_found_without_its_bookmark(built: Built, read: Callable[..., Report]) -> None:
    """Some programs drop bookmarks; the content control is enough."""

    def strip(body) -> None:  # type: ignore[no-untyped-def]
        for one in list(body.iter(w("bookmarkStart"))):
            if one.get(w("name")).startswith("mou_"):
                one.getparent().remove(one)

    assert {row.state for row in read(edited(built.word, strip)).clauses} == {"unaltered"}


def test_a_moved_clause_keeps_its_words_and_takes_its_new_number(built: Built, read: Callable[..., Report]) -> None:
    """A clause dragged elsewhere is unaltered and stands under its new section number."""

    def move(body) -> None:  # type: ignore[no-untyped-def]
        control(body, "us/roles/school-life").addnext(control(body, DISCIPLINE))

    report = read(edited(built.word, move))

    assert clause(report, DISCIPLINE).state == "unaltered"
    assert clause(report, DISCIPLINE).section == "4.3"


def test_typographic_spaces_and_quotes_are_no_change(built: Built, read: Callable[..., Report]) -> None:
    """Word swaps quotation marks and spaces as people type; that alters no words."""

    def retype(body) -> None:  # type: ignore[no-untyped-def]
        for one in body.iter(w("t")):
            one.text = (one.text or "").replace("\u2019", "'").replace("\u201c", '"')

    assert {row.state for row in read(edited(built.word, retype)).clauses} == {"unaltered"}


def test_a_file_without_record_asks_for_it(
    make: Callable[..., Built], first_text: str, read: Callable[..., Report]
) -> None:
    """--no-record leaves the answers out; bookmarks stay, and the record file makes the check possible."""
    from mou_builder.errors import RecordError

    built = make(first_text, embed=False)

    assert not any(name.startswith("customXml") for name in parts_of(built.word))
    with pytest.raises(RecordError, match="carries no record of its answers"):
        read(built.word)
    assert {row.state for row in read(built.word, record=built.record).clauses} == {"unaltered"}


def test_a_damaged_record_is_said_to_be_damaged(built: Built, read: Callable[..., Report]) -> None:
    """A record that was cut short gives one clear message, not a wrong report."""
    from mou_builder.errors import RecordError

    parts = parts_of(built.word)
    parts["customXml/item1.xml"] = parts["customXml/item1.xml"].replace(b"bookmark:", b"bookmrk:", 1)

    with pytest.raises(RecordError, match="nothing here is called 'clauses"):
        read(packed(parts))
