"""How a changed sentence is weighed, and which sentences give an officer a task of school discipline."""

from __future__ import annotations

import pytest

from mou_builder.build import Built
from mou_builder.report.clauses import Found
from mou_builder.report.discipline import discipline_tasks
from mou_builder.report.language import numbers_in, softened
from mou_builder.report.sentences import changed_pairs, sentences

DUTY = "An Officer shall tell a Parent within two hours after a search, in writing."
BAN = "No Officer shall search a Student without a warrant."
# fmt: off
SENTENCES: list[tuple[str, str, list[str]]] = [
    # a sentence as it was built, the same after an edit, and the codes that it brings up
    (DUTY, DUTY.replace("shall", "should"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "may"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "will"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall tell", "tells"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "is encouraged to"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "shall, where possible,"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "shall endeavor to"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall tell", "shall use reasonable efforts to tell"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "shall generally"), ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "must"), []),
    (DUTY, DUTY.replace("shall", "is required to"), []),
    (DUTY, DUTY.replace("tell", "inform"), []),
    (DUTY, DUTY.replace("shall", "shall, in the language of the family,"), []),
    (DUTY, DUTY.replace("shall", "shall not"), ["E-NEGATION-CHANGED"]),
    (BAN, BAN.replace("No Officer shall", "An Officer may"), ["E-MODAL-WEAKENED", "E-NEGATION-CHANGED"]),
    (BAN, BAN.replace("No Officer shall", "An Officer shall not"), []),
    (BAN, BAN.replace("shall", "may"), []),
    (BAN, BAN.replace("without", "with"), ["E-NEGATION-CHANGED"]),
    ("An Officer may search only with a warrant.", "An Officer may search with a warrant.", ["E-NEGATION-CHANGED"]),
    ("An Officer may not search.", "An Officer should not search.", ["E-MODAL-WEAKENED"]),
    (DUTY, DUTY.replace("shall", "shall, unless the principal objects,"), ["W-EXCEPTION-ADDED"]),
    (DUTY, DUTY.replace("two hours", "twenty hours"), ["W-NUMBER-CHANGED"]),
    (DUTY, DUTY.replace("two hours", "two days"), ["W-NUMBER-CHANGED"]),
    (DUTY, DUTY.replace("within two hours", "promptly"), ["W-NUMBER-CHANGED"]),
    (DUTY, DUTY.replace("within two hours", "inside the next two hours"), []),
    ("It follows Section 4.2 and costs $100.50.", "It follows Section 4.3 and costs $100.50.", []),
    ("It follows Section 4.2 and costs $100.50.", "It follows Section 4.2 and costs $900.50.", ["W-NUMBER-CHANGED"]),
]
# fmt: on


@pytest.mark.parametrize(("before", "after", "codes"), SENTENCES)
def test_a_changed_sentence_is_weighed(before: str, after: str, codes: list[str], built: Built) -> None:
    """A duty, a "not", an exception, a number: each is named where it changed, and only there."""
    used = built.record.clauses[0]
    altered = Found(used, "1.1", "altered", "", ("Heading", before), ("Heading", after))

    assert [one.code for one in softened([altered], {used.slot: ("S1.6",)})] == codes
    assert list(softened([altered], {used.slot: ()})) == []


@pytest.mark.parametrize(
    "said",
    [
        "The principal may ask an Officer to enforce the code of student conduct.",
        "The SRO, when asked by the principal, shall enforce attendance policies.",
        "At the principal\u2019s request, an Officer shall serve as a hall monitor.",
        "An SRO shall not be disarmed, but shall enforce the dress code.",
        "Deputies will support classroom management.",
        "School Discipline may be administered by the SRO.",
    ],
)
def test_a_task_of_discipline_is_known_in_many_words(said: str) -> None:
    """Whatever the verb, and whoever asks."""
    assert discipline_tasks([said]) == (said.replace("\u2019", "'"),)


@pytest.mark.parametrize(
    "said",
    [
        "No Officer shall enforce the dress code.",
        "Officers do not administer School Discipline.",
        "An SRO stays out of School Discipline.",
        "An Officer who learns of it tells the principal, and School Staff decide on discipline.",
        "The attendance officer enforces the attendance policy.",
        "The Agency may discipline an SRO.",
    ],
)
def test_a_sentence_that_forbids_a_task_is_none(said: str) -> None:
    """What keeps officers out of discipline, or leaves it to the school, is no task."""
    assert discipline_tasks([said]) == ()


def test_each_item_of_a_list_is_read_behind_what_leads_into_it() -> None:
    """A list of what an officer does, and one of what no officer does."""
    items = ["enforce the dress code;", "teach; and", "supervise lunch duty.", "Students shall serve detention."]

    assert len(discipline_tasks(["An Officer shall do the following:", *items])) == 2
    assert discipline_tasks(["No Officer shall do any of the following:", *items]) == ()


def test_sentences_end_where_a_reader_ends_them() -> None:
    """Abbreviations end no sentence; pairs are found by what is like."""
    assert sentences(["See New Jersey v. T.L.O. for it. Call by 6:30 a.m. Monday."]) == [
        "See New Jersey v. T.L.O. for it.", "Call by 6:30 a.m. Monday."]  # fmt: skip
    pairs = changed_pairs(["A dog shall bark. A cat shall sleep."], ["A cat should sleep. A bird flies."])
    assert [(one.before, one.after) for one in pairs] == [("A cat shall sleep.", "A cat should sleep.")]
    assert numbers_in("within two School Days under Section 4.2 and 34 CFR 99.8, or 30 days, or $1,250.50") == [
        "two school days", "30 days", "$1,250.50"]  # fmt: skip
