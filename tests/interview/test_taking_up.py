"""Taking up what is there: a file written by hand, half done and partly wrong, and the notes of an earlier sitting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview.driving import LISTS, NOW, drive, example, finish, leaves, start

from mou_builder.errors import AnswerError
from mou_builder.interview import entries, steps, way
from mou_builder.interview.draft import order
from mou_builder.interview.notes import Notes, read_notes, to_json
from mou_builder.interview.scope import ESSENTIALS, EVERYTHING
from mou_builder.interview.state import begin
from mou_builder.interview.tree import at, put, without
from mou_builder.library import Library
from mou_builder.marked import Marked, Path, read_marked
from mou_builder.model.answers import agreement_from
from mou_builder.record import record_of
from mou_builder.report import predicted
from mou_builder.rewriting import with_answers
from mou_builder.selection import select
from mou_builder.wording import Wording

BY_HAND = """\
# Written on the train.
document:
  purpose: renewall          # a slip
  state: XX
  effective_date: 2026-08-01
  colour: blue
parties:
  districts:
    - legal_name: Marsh School Corporation
      short_name: Marsh Schools
      kind: district
    - Vale Schools
  agencies: Marsh Police
program:
  absence_notice_by: 7
  arrive_before_minutes: 20
cost:
risk: none
x_ours: {our own: number}
"""


def test_a_file_by_hand_keeps_what_is_valid_and_asks_again_what_is_not() -> None:
    """Each wrong answer is asked again with what was found and what is allowed; nothing else in the file is touched."""
    tree = read_marked(BY_HAND, "hand.yaml", AnswerError).value
    now = start(tree)
    faults = {item.path: item.fault for item in now.items if item.fault}

    assert {
        path: at(now.tree, path) for path in (("document", "effective_date"), ("program", "arrive_before_minutes"))
    } == {path: at(tree, path) for path in (("document", "effective_date"), ("program", "arrive_before_minutes"))}
    assert "renewall" in faults["document", "purpose"].what and "renewal" in faults["document", "purpose"].mend
    assert "'XX'" in faults["document", "state"].what
    assert "list" in faults["parties", "agencies"].what
    assert "words" in faults["program", "absence_notice_by"].what
    assert ("parties", "districts") in faults
    assert any(path[0] == "risk" for path in faults)
    assert set(now.draft.unknown) == {("document", "colour"), ("x_ours",)}
    assert with_answers(BY_HAND, "hand.yaml", now.tree).splitlines()[0] == "# Written on the train."
    assert dict(leaves({name: value for name, value in now.tree.items() if name != "schema"})) == dict(leaves(tree))


def test_a_file_by_hand_can_be_gone_through_to_its_end() -> None:
    """Whatever was wrong in it, an agreement can be built in the end, once the names that nobody knows are gone."""
    tree = read_marked(BY_HAND, "hand.yaml", AnswerError).value
    end, _ = finish(start(tree))

    assert not end.draft.faults
    assert end.draft.complete
    cleared = end.tree
    for path in end.draft.unknown:
        cleared = without(cleared, path)
    agreement = agreement_from(Marked("hand.yaml", dict(cleared)))
    assert agreement.parties.districts[0].short_name == "Marsh Schools"
    assert agreement.program.arrive_before_minutes == 20


def test_notes_come_back_as_they_were() -> None:
    """Where each answer came from, what is set aside and which lists are still growing: all is there after a night."""
    now = start(example("first_mou"))
    now = steps.answer(way.go(now, ("program", "mode")), "responding", NOW, insist=True)
    now = entries.add(way.go(now, ("contacts",)), NOW)
    now = steps.answer(now, "Money", NOW)
    now = steps.take(way.go(now, ("document", "instrument")), NOW)

    assert now.notes.aside and now.notes.growing and now.notes.of
    assert read_notes(to_json(now.notes), "notes", now.tree) == now.notes


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"notes": 3}', '{"notes": [], "aside": [{"answer": []}]}'])
def test_damaged_notes_are_refused_in_one_message(damage: str) -> None:
    """Notes that cannot be read stop the interview with one line that says what to do."""
    with pytest.raises(AnswerError) as caught:
        read_notes(damage, "answers.interview.json", {})
    assert len(caught.value.faults) == 1
    assert "answers.interview.json" in str(caught.value) and "Move the file away" in str(caught.value)


def test_notes_cut_off_anywhere_are_refused_and_not_misread() -> None:
    """A file of notes that breaks off is refused wherever it breaks off."""
    now = steps.answer(way.go(start(example("first_mou")), ("program", "mode")), "responding", NOW, insist=True)
    text = to_json(now.notes).rstrip()
    for length in range(0, len(text), 97):
        with pytest.raises(AnswerError):
            read_notes(text[:length], "notes", now.tree)


def test_a_note_on_an_answer_that_was_changed_by_hand_is_dropped() -> None:
    """Nobody is told that an answer was typed here when somebody has written another into the file."""
    path: Path = ("governance", "agency_liaison")
    now = steps.answer(way.go(start(example("first_mou")), path), "Patrol Sergeant", NOW)
    assert read_notes(to_json(now.notes), "notes", now.tree).of[path].origin == "typed"

    by_hand = put(now.tree, path, "Patrol Major", order)
    assert path not in read_notes(to_json(now.notes), "notes", by_hand).of


def test_a_note_follows_an_answer_that_took_a_new_name() -> None:
    """An answer that was typed counts as typed when the party that it names is renamed."""
    path: Path = ("contacts", 0, "party")
    now = entries.add(way.go(start(without(example("first_mou"), ("contacts",))), ("contacts",)), NOW)
    now = steps.answer(way.go(now, path), at(now.tree, ("parties", "districts", 0, "short_name")), NOW)
    now = steps.answer(way.go(now, ("parties", "districts", 0, "short_name")), "Dale Schools", NOW)

    assert at(now.tree, path) == "Dale Schools"
    assert read_notes(to_json(now.notes), "notes", now.tree).of[path].origin == "typed"


def test_the_short_path_hides_no_default(library: Library) -> None:
    """Every default that stands in the draft and that nobody has looked at is listed by the report."""
    end = drive(example("first_mou"), start({}, ESSENTIALS, replace(LISTS, states=library.states)))
    agreement = agreement_from(Marked("a.yaml", dict(end.tree)), library.states)
    selection = select(agreement, library, as_of=NOW.date())
    record = record_of(agreement, selection, Wording(agreement, library.states), tool="test", final=False)
    report = predicted("a.docx", agreement, record, library)
    listed = {one["answer"] for one in report.defaults_taken}
    unseen = {
        item.path
        for item in end.items
        if item.state == "offered" and item.form.rationale and item.form.default not in (None, ())
    }

    assert unseen
    assert not {".".join(map(str, path)) for path in unseen if not any(isinstance(step, int) for step in path)} - listed


def test_an_interview_taken_up_again_goes_on_where_questions_wait() -> None:
    """With the answers and the notes of an earlier sitting nothing is asked twice."""
    now = drive(example("first_mou"), start({}, ESSENTIALS, replace(LISTS, states={})))
    again = way.scoped(begin(now.tree, read_notes(to_json(now.notes), "notes", now.tree), now.lists), ESSENTIALS)
    assert again.current is None
    assert way.scoped(again, EVERYTHING).current is not None
    assert begin(now.tree, Notes(), now.lists).tree == now.tree
