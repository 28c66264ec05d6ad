"""A foreign file is parted as its makers set it: typed numbers, run-in headings, lists, tables, columns, tracked changes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from edited.programs import saved
from foreign.typed import ALL, typed, word
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree
from wordedit import body_of, edited, tracked_replace, w

from mou_builder.build import Built
from mou_builder.cli.pdf import office
from mou_builder.foreign.numbers import labelled
from mou_builder.foreign.passages import Passage, passages
from mou_builder.report.looks import looks
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.wordfile import WordFile, open_word

pytestmark = pytest.mark.wide


def parted(data: bytes) -> list[Passage]:
    file = open_word(data, "theirs.docx")
    return passages(file, read_paragraphs(file))


def one_of(data: bytes, words: str) -> Passage:
    """Return the one passage that holds these words."""
    (found,) = [passage for passage in parted(data) if words in passage.text]
    return found


@pytest.mark.parametrize(
    ("line", "number", "heading", "words"),
    [
        ("Section 5.02. Minor Offenses. The Parties agree.", "Section 5.02", "Minor Offenses", "The Parties agree."),
        ("1.1 Number of deputies. The Sheriff shall pay.", "1.1", "Number of deputies", "The Sheriff shall pay."),
        ("OP-1.2 The SRD shall not:", "OP-1.2", "", "The SRD shall not:"),
        ("ARTICLE II. TERM", "ARTICLE II", "", "TERM"),
        ("(a) to protect", "(a)", "", "to protect"),
        ("§ 4.2 Training", "§ 4.2", "", "Training"),
        ("Part A. How this came about", "Part A", "", "How this came about"),
        ("A student may sit down.", "", "", "A student may sit down."),
        ("K-12 schools are meant.", "", "", "K-12 schools are meant."),
        ("Section 5 of the Act applies.", "", "", "Section 5 of the Act applies."),
        ("10 days after notice", "", "", "10 days after notice"),
        (
            "2.1 SRDs search on probable cause. Pat-downs differ.",
            "2.1",
            "",
            "SRDs search on probable cause. Pat-downs differ.",
        ),
    ],
)
def test_typed_numbers_and_run_in_headings_are_told_from_the_words(
    line: str, number: str, heading: str, words: str
) -> None:
    """A number is what stands before the words as a number; a sentence that begins with one keeps it."""
    found = labelled(line)

    assert (found.number, found.heading, found.words) == (number, heading, words)


def test_a_section_is_cited_as_the_file_prints_it() -> None:
    """Number and heading are the file's own, and so are the headings above."""
    found = one_of(word("calloway"), "disorderly conduct, disturbance of school")

    assert found.section == "Section 5.02 Minor Offenses"
    assert found.under == ("ARTICLE V. DISCIPLINE AND LAW ENFORCEMENT",)


def test_letters_that_count_anew_in_each_section_are_cited_with_it() -> None:
    """An outline of I, A, 1 gives IV.A.1, as a lawyer would cite it."""
    assert one_of(word("ridgeway"), "guard against crime").section == "IV.A.1 DUTIES OF SROs"


def test_a_bold_line_and_a_line_in_capitals_head_what_follows() -> None:
    """Many type their headings instead of using Word's."""
    data = typed(
        ["! AGREEMENT", "It is made today.", "** Records", "SROs see no files.", "2. TRAINING", "SROs are trained."]
    )

    assert one_of(data, "no files").heading == "Records"
    assert one_of(data, "trained").section == "2 TRAINING"


def test_list_items_carry_the_words_that_lead_into_them() -> None:
    """An item that says "punish" alone would mean the opposite of "shall not ... punish"."""
    found = one_of(word("mesa_valley"), "investigate or punish")

    assert (found.kind, found.number, found.lead) == ("item", "OP-1.2", "The SRD shall not:")


def test_the_next_numbered_paragraph_is_no_item_of_the_one_that_ended_with_a_colon() -> None:
    """1.2 stands beside 1.1, not in its list."""
    data = typed(["** Roles", "1.1 Officers shall:", "(a) teach;", "(b) protect.", "1.2 Principals shall discipline."])

    assert one_of(data, "protect").lead == "Officers shall:"
    assert one_of(data, "Principals").lead == ""


def test_table_rows_carry_their_columns_and_the_sentence_before() -> None:
    """A row of a training table says who is trained only with the words around it."""
    found = one_of(word("mesa_valley"), "Trauma and adolescent")

    assert found.kind == "row"
    assert found.text == "Trauma and adolescent brain development (4 hrs) | Yearly | District"
    assert found.lead == "Required training for SRDs is as follows. [Course | When | Provider]"


def test_text_set_in_columns_is_read_as_text() -> None:
    """Where one column holds headings and the other whole provisions, the table is none."""
    long = " ".join(["SROs do not search students without probable cause."] * 9)
    found = one_of(typed(["! AGREEMENT", "| Searches | " + long + " |", "| Term | One year. |"]), "probable cause")

    assert (found.kind, found.heading) == ("paragraph", "Searches")


def test_a_contents_list_somebody_typed_holds_no_passages() -> None:
    """A line of dots and a page number points to a section and is none."""
    data = typed(["Agreement of the parties.", "Training ........ 4", "SROs are trained."])

    assert [one.text for one in parted(data)] == ["Agreement of the parties.", "SROs are trained."]


def test_signs_that_command_a_terminal_or_turn_the_text_are_left_out() -> None:
    """What a received file holds is printed, so it must not move the cursor or read backwards."""
    (found,) = parted(typed(["Officers \u009b31m may \u202esearch bags."]))

    assert found.text == "Officers 31m may search bags."


def test_a_paragraph_of_many_pages_is_taken_apart() -> None:
    """Nobody can look up a passage that runs over many pages."""
    found = parted(typed(["Officers help students. " * 900]))

    assert len(found) > 5
    assert max(len(one.text) for one in found) <= 3_000
    assert all(one.text.endswith("students.") for one in found)


def test_lines_broken_by_hand_are_joined_where_the_sentence_runs_on() -> None:
    """A line break within a sentence is layout; one before a capital begins a line of its own."""

    def broken(body: object) -> None:
        run = body.find(f".//{w('r')}")  # type: ignore[attr-defined]
        for place, words in enumerate(["may not discipline.", "They may teach."]):
            run.insert(2 * place + 1, etree.Element(w("br")))
            text = etree.SubElement(run, w("t"))
            text.text = words
            run.insert(2 * place + 2, text)

    assert [one.text for one in parted(edited(typed(["Officers"]), broken))] == [
        "Officers may not discipline.",
        "They may teach.",
    ]


def test_a_paragraph_set_as_a_heading_for_its_number_is_text() -> None:
    """Word's numbering makes many set whole provisions as headings."""
    long = "The officer shall not take part in the discipline of students in any way whatever it may be."
    found = one_of(typed(["# ROLES", f"## {long}"]), "take part")

    assert (found.heading, found.text) == ("ROLES", long)


def test_pending_changes_are_read_as_accepted() -> None:
    """What is struck is not there; what is put in is."""
    data = edited(typed(["Officers shall discipline students."]), lambda body: tracked_replace(body, "shall", "may"))

    assert [one.text for one in parted(data)] == ["Officers may discipline students."]


def _without_marks(body: object) -> None:
    """Track the deletion of every third paragraph mark, so that paragraphs run together; none does into a table."""
    for paragraph in list(body.iter(w("p")))[::3]:  # type: ignore[attr-defined]
        following = paragraph.getnext()
        if following is None or following.tag != w("p"):
            continue
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        mark = etree.SubElement(etree.SubElement(properties, w("rPr")), w("del"))
        mark.set(w("id"), "1")


@pytest.mark.parametrize("view", ["accepted", "rejected"])
@pytest.mark.parametrize("change", [lambda body: None, _without_marks], ids=["as made", "paragraphs joined"])
def test_the_looks_belong_to_the_paragraphs_that_are_read(change: Callable[[object], None], view: object) -> None:
    """Words and looks are read by two walks through the same body; they must meet the same paragraphs."""
    for name in ALL:
        file = open_word(edited(word(name), change), name)
        reads, found = read_paragraphs(file, view), looks(file, view)  # type: ignore[arg-type]

        assert len(reads) == len(found)
        assert [read.in_table for read in reads] == [look.table > 0 for look in found]


def test_the_looks_meet_the_paragraphs_of_an_agreement_of_ours(built: Built) -> None:
    """Our own files have all that a body can hold: controls, tables, fields, a contents list."""
    file = open_word(built.word, "ours.docx")
    reads = read_paragraphs(file)

    assert len(reads) <= len(looks(file)) <= len(list(body_of(built.word).iter(w("p"))))
    assert [read.in_table for read in reads] == [look.table > 0 for look in looks(file)][: len(reads)]


WORDS = some.lists(some.sampled_from(["Officers", "shall", "not", "search", "A.", "the", "IV", "mail:", "1", "e.g."]))
MARKS = some.sampled_from(["", "- ", "(a) ", "1.2 ", "I. ", "Section 3. ", "3.1 Searches. ", "A. "])
LINES = some.lists(some.tuples(MARKS, WORDS).map(lambda pair: f"{pair[0]}{' '.join(pair[1])} and act"), min_size=1)


@settings(deadline=None, derandomize=True)
@given(lines=LINES)
def test_no_words_are_lost_whatever_stands_where(lines: list[str]) -> None:
    """Each word of a paragraph is in a passage, in its lead, or in its section's number and heading."""
    body = etree.Element(w("body"))
    for line in lines:
        etree.SubElement(etree.SubElement(etree.SubElement(body, w("p")), w("r")), w("t")).text = line
    file = WordFile("theirs.docx", body, None, None, None)
    found = passages(file, read_paragraphs(file))
    said = {bit for one in found for part in (one.section, one.lead, one.text) for bit in re.findall(r"\w+", part)}

    assert len(found) == len(lines)
    assert {bit for line in lines for bit in re.findall(r"\w+", line)} <= said


@pytest.mark.office
@pytest.mark.parametrize("formats", [("docx",), ("odt", "docx")])
def test_a_file_saved_by_libreoffice_is_parted_the_same(formats: tuple[str, ...]) -> None:
    """Another program writes other styles and numbers; sections, lists and tables stay what they are."""
    if not office() and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")
    for name in ("calloway", "mesa_valley"):
        before, after = parted(word(name)), parted(saved(word(name), *formats))

        assert [(one.kind, one.section, one.lead, one.text) for one in after] == [
            (one.kind, one.section, one.lead, one.text) for one in before
        ]
