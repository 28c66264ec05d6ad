"""What `check` says of the words that people changed in a finished agreement, and what it leaves in peace."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from wordedit import body_of, control, edited, heading_before, paragraphs, replace_word, text_of, w

from mou_builder.build import Built
from mou_builder.library import Library
from mou_builder.record import UsedText
from mou_builder.report import Report
from mou_builder.report.clauses import Found
from mou_builder.report.discipline import discipline_tasks
from mou_builder.report.language import _only_source, disagreeing, numbers_in
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import Finding

DISCIPLINE = "us/roles/discipline"
DEFINITIONS = "us/framework/definitions"

Change = Callable[[Any], None]


def added(words: str, clause: str = DISCIPLINE) -> Change:
    """Type a sentence at the end of a clause."""

    def change(body: Any) -> None:
        last = paragraphs(control(body, clause))[-1]
        etree.SubElement(etree.SubElement(last, w("r")), w("t")).text = f" {words}"

    return change


def swapped(old: str, new: str, clause: str = DISCIPLINE) -> Change:
    """Change the first run of a clause that `old` (a pattern) fits."""

    def change(body: Any) -> None:
        for one in control(body, clause).iter(w("t")):
            if one.text and re.search(old, one.text):
                one.text = re.sub(old, new, one.text, count=1)
                return
        raise LookupError(old)

    return change


def beside(words: str) -> Change:
    """Put a paragraph behind a clause, where it belongs to none."""

    def change(body: Any) -> None:
        paragraph = etree.Element(w("p"))
        etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = words
        control(body, DISCIPLINE).addnext(paragraph)

    return change


def emptied(body: Any) -> None:
    """Delete the words of a heading, not the paragraph."""
    for one in paragraphs(control(body, DISCIPLINE))[0].iter(w("t")):
        one.text = ""


def only_heading(body: Any) -> None:
    """Delete everything in a section but its heading."""
    for paragraph in paragraphs(control(body, DISCIPLINE))[1:]:
        for one in paragraph.iter(w("t")):
            one.text = ""


def without_definition(body: Any) -> None:
    """Delete a definition that other sections rest on."""
    for paragraph in paragraphs(control(body, DEFINITIONS)):
        if re.match(r"\W*School Discipline\W* means", text_of(paragraph)):
            paragraph.getparent().remove(paragraph)
            return
    raise LookupError("School Discipline")


def found_in(report: Report, code: str) -> list[Finding]:
    return [one for one in report.findings if one.code == code]


# fmt: off
EDITS: dict[str, tuple[str, Change, Change]] = {
    # name: the code, an edit that brings it up, and one just outside that does not
    "modal": ("E-MODAL-WEAKENED", swapped(r"\bshall\b", "should"), swapped(r"\bshall\b", "must")),
    "task in a clause": ("E-DISCIPLINE-TASK", added("SROs may assist School Administrators with School Discipline."),
                         added("SROs shall not assist School Administrators with School Discipline.")),
    "task beside a clause": ("E-DISCIPLINE-TASK", beside("Officers shall enforce the dress code."),
                             beside("School Staff shall enforce the dress code without an Officer.")),
    "blank": ("E-BLANK-LEFT", beside("The fee is $____ a month."), beside("The fee is $50 a month.")),
    "bracket": ("E-BLANK-LEFT", added("Notice goes to [insert name]."), added("Notice goes to the sheriff [sic].")),
    "TBD": ("E-BLANK-LEFT", added("The date is TBD."), added("The date is May 1, 2027.")),
    "apostrophe or letter in a name": ("W-NAME-DIFFERS", beside("Larkmor Schools pays for parking."),
        beside("Larkmoor Schools\u2019 lots are free.")),
    "legal name": ("W-NAME-DIFFERS", beside("Larkmoor Unifed School District pays."),
        beside("LARKMOOR UNIFIED SCHOOL DISTRICT pays.")),
    "definition deleted": ("E-TERM-UNDEFINED", without_definition,
                           swapped(r"\bIt covers every\b", "It includes every", DEFINITIONS)),
    "definition twice": ("E-TERM-TWICE", beside("\u201cParent\u201d means a Student\u2019s mother."),
                         beside("\u201cGuardian\u201d means a Student\u2019s guardian.")),
    "doubled word": ("W-DOUBLED-WORD", added("The Agency shall shall keep a log."),
        added("They said that that log is kept in Walla Walla.")),
    "exhibit": ("E-NO-EXHIBIT", added("Fees stand in Exhibit Q."), added("Fees stand in Schedule A.")),
    "heading": ("E-SECTION-EMPTY", emptied, swapped("Have No Role", "Have No Part")),
    "section": ("E-SECTION-EMPTY", only_heading, added("That is all.")),
}
# fmt: on


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_matters_is_named_and_its_neighbor_is_not(
    name: str, built: Built, read: Callable[..., Report]
) -> None:
    """Each finding comes up for the edit it is meant for, and not for one that only looks like it."""
    code, inside, outside = EDITS[name]

    assert found_in(read(edited(built.word, inside)), code) != []
    assert found_in(read(edited(built.word, outside)), code) == []


def test_a_weakened_duty_is_shown_before_and_after(built: Built, read: Callable[..., Report]) -> None:
    """Counsel sees the section, the requirements, and the sentence as it was and as it is."""
    report = read(edited(built.word, swapped(r"\bshall report\b", "should report")))
    (one,) = found_in(report, "E-MODAL-WEAKENED")
    row = next(row for row in report.clauses if row.id == DISCIPLINE)

    assert one.level == "error" and one.where == row.section
    assert one.message.startswith(
        f"Section {row.section}, {row.heading}, which meets {', '.join(row.why)}: a duty was weakened"
    )
    assert "\u201cshall\u201d became \u201cshould\u201d" in one.message
    assert re.search(r"before: \u201c.*shall report.*\u201d; now: \u201c.*should report.*\u201d\.$", one.message)


def test_a_number_is_shown_before_and_after(built: Built, read: Callable[..., Report]) -> None:
    """Both time limits stand in the finding."""
    (one,) = found_in(read(edited(built.word, swapped("two School Days", "nine School Days"))), "W-NUMBER-CHANGED")

    assert "\u201ctwo school days\u201d became \u201cnine school days\u201d" in one.message


def test_a_task_in_an_added_section_is_found(built: Built, read: Callable[..., Report]) -> None:
    """A section of the parties' own is read like any other."""

    def change(body: Any) -> None:
        heading_before(body, DISCIPLINE, "Duties at Lunch")
        replace_word(body, "The parties added this section.", "SROs shall supervise lunch duty.")

    report = read(edited(built.word, change))

    assert len(found_in(report, "E-DISCIPLINE-TASK")) == 1 and found_in(report, "E-ADDED-SECTION")


def test_an_edit_that_says_the_same_brings_up_nothing_new(built: Built, read: Callable[..., Report]) -> None:
    """A clause whose words were smoothed is altered, and that is all."""
    report = read(edited(built.word, swapped(r"\breport it\b", "report that")))

    assert [row.id for row in report.clauses if row.state == "altered"] == [DISCIPLINE]
    assert report.findings == built.report.findings


def test_one_answer_in_two_sections_that_no_longer_agree(library: Library, built: Built) -> None:
    """A number that one answer put into two sections is changed in one of them only; a number of the text's own is not."""
    agreement = built.record.agreement(library.states)
    used, path, number = next(
        (one, path, number)
        for one in built.record.clauses
        for number in numbers_in(words_of(one))
        if (path := _only_source(library.shelf[one.id], number, agreement))
    )
    clause = words_of(used)
    other = used.model_copy(update={"slot": "other.place"})

    def after(old: str, new: str) -> list[Finding]:
        changed = Found(used, "1.1", "altered", "", (clause,), (re.sub(rf"(?i)\b{old}\b", new, clause, count=1),))
        return list(disagreeing([changed, Found(other, "2.2", "unaltered")], agreement, library))

    assert path in after(re.escape(re.split("[ %]", number)[0]), "77")[0].message
    assert after("shall", "should") == []


def words_of(used: UsedText) -> str:
    return normalized(
        " ".join("".join(one if isinstance(one, str) else "Section 1" for one in line) for line in used.words)
    )


def test_a_clause_that_meets_no_requirement_is_only_altered(built: Built, read: Callable[..., Report]) -> None:
    """Where no requirement hangs on a duty, its change is shown and not judged."""
    row = next(
        row for row in built.report.clauses if not row.why and "shall" in text_of(control(body_of(built.word), row.id))
    )
    report = read(edited(built.word, swapped(r"\bshall\b", "should", row.id)))

    assert [one.id for one in report.clauses if one.state == "altered"] == [row.id]
    assert found_in(report, "E-MODAL-WEAKENED") == []


@pytest.mark.parametrize(
    "name",
    [
        "L\u2019Anse  Creuse",
        *(
            pytest.param(one, marks=pytest.mark.wide)
            for one in ("Smith & Co.", "Caf\u00e9", "St. Mary's (North)", "\u00c0")
        ),
    ],
)
def test_a_name_of_any_shape_is_found_as_it_was_built(name: str, make: Callable[..., Built], first_text: str) -> None:
    """What is printed byte for byte brings up no finding, whatever signs the name holds: the build proves it."""
    own = make(first_text.replace("Larkmoor Schools", f'"{name}"'))

    assert found_in(own.report, "W-NAME-DIFFERS") == []


def test_a_name_with_a_sign_of_its_own_is_kept_to_the_letter(
    make: Callable[..., Built], first_text: str, read: Callable[..., Report]
) -> None:
    """An apostrophe or an accent that typing changed is seen, wherever it stands; as built, nothing is found."""
    own = make(first_text.replace("Larkmoor Schools", "O'Neill-Ca\u00f1on Schools"))
    curly = edited(own.word, lambda body: replace_word(body, "O'Neill", "O\u2019Neill"))
    plain = edited(own.word, lambda body: replace_word(body, "Ca\u00f1on", "Canon"))

    assert found_in(own.report, "W-NAME-DIFFERS") == []
    assert [one.message for one in found_in(read(curly), "W-NAME-DIFFERS")] == [
        "A party is called \u201cO'Neill-Ca\u00f1on Schools\u201d, but here it reads \u201cO\u2019Neill-Ca\u00f1on Schools\u201d."
    ]
    assert len(found_in(read(plain), "W-NAME-DIFFERS")) == 1


def test_no_text_of_the_library_gives_an_officer_a_task_of_discipline(library: Library) -> None:
    """No false alarm, over every alternate of every section."""
    for clause in library.shelf.values():
        lines = [
            "".join(getattr(piece, "text", "") or "Section 1" for piece in block.pieces) for block in clause.blocks
        ]
        assert (clause.id, discipline_tasks(lines)) == (clause.id, ())


@pytest.mark.wide
def test_no_example_has_a_finding_in_its_language(examples: dict[str, Built]) -> None:
    """The words as they are built bring up nothing: a build is proved against its own file."""
    from_words = {
        "E-DISCIPLINE-TASK",
        "E-BLANK-LEFT",
        "W-NAME-DIFFERS",
        "E-NO-EXHIBIT",
        "E-NAME-IS-TERM",
        "E-NAME-SHARED",
    }
    for name, one in examples.items():
        assert (name, [found for found in one.report.findings if found.code in from_words]) == (name, [])
