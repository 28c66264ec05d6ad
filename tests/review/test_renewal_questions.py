"""Renewing on a terminal: only what is new or expired is asked, in words that fit, and who has changed is put right."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from interview.driving import EXAMPLES
from interview.screens import Asked, ScriptedScreen
from review.generations import first_built, shelf
from review.sittings import NEW, NOW, Superintendent, earlier_in, held, sit, task_for
from wordedit import edited, replace_word

from mou_builder.cli.earlier import Earlier
from mou_builder.cli.interview.screen import Wish
from mou_builder.interview import steps, way
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, at, names_of
from mou_builder.interview.words import earlier_answer
from mou_builder.library import Library
from mou_builder.marked import Path as Where
from mou_builder.model import Agreement, read_answers
from mou_builder.model.walk import extra, model_paths
from mou_builder.record import answers_of
from mou_builder.report import examine
from mou_builder.review.expired import looked_at, people, still_right, through_all, to_ask
from mou_builder.review.next_answers import carried
from mou_builder.review.renewal import renewal_of
from mou_builder.review.whats_new import whats_new

FIELDS = dict(model_paths(Agreement))
OTHERS = [
    pytest.param(file.stem, marks=pytest.mark.wide)
    for file in sorted(EXAMPLES.glob("*.yaml"))
    if file.stem != "renewal"
]


@pytest.fixture(scope="module")
def unaltered(tmp_path_factory: pytest.TempPathFactory) -> Earlier:
    """The first example, signed as it was built."""
    return earlier_in(tmp_path_factory.mktemp("signed"), first_built("first_mou").word)


@dataclass(frozen=True)
class Sitting:
    """One whole sitting, looked at by several tests."""

    person: Superintendent
    screen: ScriptedScreen
    offered: dict[Where, list[Any]]
    """What could be chosen at each question."""
    out: Path


@pytest.fixture(scope="module")
def whole(unaltered: Earlier, tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """A renewal in which nothing changes but what belongs to one agreement."""
    person, offered = Superintendent(), {}
    out = tmp_path_factory.mktemp("whole")

    def reply(asked: Asked) -> Any:
        if asked.now.current is not None:
            offered.setdefault(asked.item.path, asked.values)
        return person(asked)

    _, screen = sit(task_for(unaltered, out), reply)
    return Sitting(person, screen, offered, out)


def renewed(name: str) -> Interview:
    """Return the interview of a renewal of an example, at its first question."""
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    earlier = read_answers(text, name, shelf().states)
    now = replace(carried(earlier, shelf(), NOW), earlier=answers_of(earlier))
    return way.scoped(now, to_ask(now))


def test_a_renewal_in_which_nothing_changes_takes_fewer_than_25_prompts(whole: Sitting) -> None:
    """The dates, the review's findings, what led to it, the people, what was attested: and that is all, in this order."""
    assert whole.person.prompts < 25
    assert list(dict.fromkeys(whole.person.asked)) == [
        ("document", "number"),
        ("document", "effective_date"),
        ("document", "prior", "signed_on"),
        ("document", "prior", "effect"),
        ("document", "prior", "findings"),
        ("document", "prior", "data_year"),
        ("document", "replaced"),
        ("document", "drivers"),
        ("parties", "districts", 0, "resolution"),  # with the other numbers and dates of approval, in one go
        ("parties", "districts", 0, "notice", "officer"),
        ("parties", "districts", 0, "signatories"),
        ("parties", "agencies", 0, "notice", "officer"),
        ("parties", "agencies", 0, "signatories"),
        ("program", "officers"),
        ("contacts",),
        ("term", "ends"),
        ("attestations",),
        ("waivers",),
        ("confirm",),
    ]


def test_what_was_answered_is_carried_and_what_was_asked_is_new(unaltered: Earlier, whole: Sitting) -> None:
    """The answers of the renewal are the earlier ones, with the new ones in place of what belonged to that agreement alone."""
    tree, _ = held(whole.out)
    assert tree["document"]["prior"] == {"title": "Memorandum of Understanding", **NEW["document"]["prior"]}
    assert (tree["document"]["effective_date"], tree["term"]["ends"]) == (
        NEW["document"]["effective_date"],
        NEW["term"]["ends"],
    )
    before = unaltered.record.answers
    for group in ("governance", "program", "contacts", "force", "cost", "risk"):
        assert tree[group] == before[group]
    assert "attestations" not in tree and "approved_on" not in tree["parties"]["districts"][0]


@pytest.mark.parametrize("name", ["renewal", *OTHERS])
def test_every_question_is_new_expired_or_about_people(name: str) -> None:
    """Of any example: what is asked has no answer, belongs to one signed agreement, or names people; nothing else is."""
    now = renewed(name)
    asked = [item for item in now.items if now.scope.wants(item)]
    assert asked
    for item in asked:
        steps_up = [".".join(names_of(item.path)[:length]) for length in range(1, len(names_of(item.path)) + 1)]
        noted = [extra(FIELDS[one]) for one in steps_up if one in FIELDS]
        people_too = any(one.get("person") for one in noted)
        assert item.state in ("missing", "undecided", "wrong") or people_too or any(one.get("anew") for one in noted)
    wanted = {item.path for item in asked}
    for item in now.items:
        if item.state == "missing":
            assert item.path in wanted
    assert {one.anchor for one in people(now)} <= wanted


def test_an_answer_that_was_left_open_is_asked_again() -> None:
    """Somebody signed a blank; the renewal asks about it, and only once."""
    now = renewed("first_mou")
    tree = {**now.tree, "general": {**now.tree["general"], "mediation": {"undecided": "Nobody knew."}}}
    notes = carried(read_answers(_yaml(tree), "open", shelf().states), shelf(), NOW).notes
    now = now.with_answers(tree, notes)
    asked = way.scoped(now, to_ask(now))
    assert ("general", "mediation") in asked.scope.chosen
    kept = looked_at(steps.keep(way.go(asked, ("general", "mediation"))))
    assert ("general", "mediation") not in to_ask(kept).chosen


def _yaml(tree: Any) -> str:
    from mou_builder.written import block

    return "\n".join(block(dict(tree), 0))


# People


def test_people_are_shown_with_all_that_is_known_of_them() -> None:
    """Names, offices, capacities, telephones and schools: whoever reads them can say whether they are still right."""
    shown = {one.path: [one.title, *one.lines()] for one in people(renewed("first_mou"))}
    assert shown[("parties", "districts", 0, "signatories")] == [
        "People who sign for this party",
        "1. Dana Whitcomb, Superintendent of Schools",
        "2. Priya Ramanathan, Secretary to the Board, attest",
        "3. Owen Castellane, General Counsel, approved as to form",
    ]
    assert shown[("parties", "agencies", 0, "notice")] == [
        "Formal notices",
        "Office that receives notices: Chief of Police",
        "Postal address: 1 Beacon Square / Larkmoor",
        "E-mail address for notices: chief@larkmoor-police.example",
    ]
    assert shown[("program", "officers")][1:] == [
        "1. Larkmoor High School",
        "2. Tidewater Middle School: 0.5; Quarry Hill Middle School: 0.5",
    ]
    assert "2. Supervision of officers, Larkmoor Police, School Services Sergeant, 555-0140" in shown[("contacts",)]


def test_people_who_are_still_right_are_not_asked_about_again() -> None:
    """Whoever says so once has said it for the next sitting too; the others are still asked about."""
    now = renewed("first_mou")
    first, *others = people(now)
    kept = still_right(way.go(now, first.anchor), first)
    assert first.anchor not in to_ask(kept).chosen
    assert {one.anchor for one in others} <= to_ask(kept).chosen
    assert kept.notes.of[first.anchor].origin == "kept" and kept.tree == now.tree


def test_a_group_that_changes_is_gone_through_whole() -> None:
    """Of the notices, office, address and e-mail are asked one after the other, and then what comes next."""
    now = renewed("first_mou")
    notice = next(one for one in people(now) if one.path == ("parties", "agencies", 0, "notice"))
    now = through_all(way.go(now, notice.anchor), notice)
    asked = []
    for answer in ("Sheriff", "2 Beacon Square\nLarkmoor", "sheriff@larkmoor.example"):
        asked.append(now.at_hand().path[-1])
        now = looked_at(steps.answer(now, answer, NOW))
    assert asked == ["officer", "address", "email"]
    assert now.at_hand().path == ("parties", "agencies", 0, "signatories")
    assert notice.anchor not in to_ask(now).chosen


class Changing(Superintendent):
    """A person who replaces the chief of police among those who sign, and adds one who witnesses."""

    def __call__(self, asked: Asked) -> Any:
        path = asked.item.path if asked.now.current else ()
        if path[:4] != ("parties", "agencies", 0, "signatories"):
            return super().__call__(asked)
        self.prompts += 1
        self.asked.append(path)
        if asked.ask == "Still right?":
            return "change"
        if asked.ask == "Which one":
            return 1
        if asked.ask == "What now":
            names = [one.get("name") for one in asked.item.value]
            return "edit" if "Elias Thorne" in names else "add" if "Ivo Marsh" not in names else "done"
        if path[-1] == "capacity":
            return Wish.TAKE if path[-2] == 1 else "attest"
        fifth = {"name": "Ivo Marsh", "title": "Deputy City Clerk"}
        second = {"name": "Noor Haddad", "title": "Chief of Police"}
        return (second if path[-2] == 1 else fifth)[str(path[-1])]


@pytest.mark.wide
def test_a_person_who_changed_is_changed_and_a_new_one_is_asked_about_in_full(
    unaltered: Earlier, tmp_path: Path
) -> None:
    """The new chief signs in the place of the old one; of the new witness the capacity is asked too, though it has a default."""
    person = Changing()
    sit(task_for(unaltered, tmp_path), person)
    tree, _ = held(tmp_path)
    signing = at(tree, ("parties", "agencies", 0, "signatories"))
    assert [one["name"] for one in signing] == [
        "Marisol Tennant",
        "Noor Haddad",
        "Ruth Abernathy",
        "Jonah Pell",
        "Ivo Marsh",
    ]
    assert signing[4] == {"name": "Ivo Marsh", "title": "Deputy City Clerk", "capacity": "attest"}
    assert ("contacts",) in person.asked


# What stands beside a question


def test_the_earlier_answer_stands_beside_the_question(whole: Sitting) -> None:
    """Whoever is asked for a date or a number sees what it was; a party that moved in its list keeps its own."""
    assert "  In the earlier agreement: SRO-2026-01" in whole.screen.said
    assert "  In the earlier agreement: July 31, 2028 (Monday)" in whole.screen.said
    now = renewed("multi_party")
    districts = now.tree["parties"]["districts"]
    turned = {**now.tree, "parties": {**now.tree["parties"], "districts": districts[::-1]}}
    turned_now = now.with_answers(turned, now.notes)
    answers = []
    for place in range(len(districts)):
        there = ("parties", "districts", place, "approved_on")
        here = ("parties", "districts", len(districts) - 1 - place, "approved_on")
        answers.append(earlier_answer(now, now.item(there)))
        assert answers[-1] == earlier_answer(turned_now, turned_now.item(here))
    assert len(set(answers)) > 1


def test_likely_dates_come_from_the_earlier_agreement(whole: Sitting) -> None:
    """The day after its last one is offered first, and the day on which it began as its date; nobody has to look them up."""
    assert whole.offered["document", "effective_date"][0] == NEW["document"]["effective_date"]
    assert whole.offered["document", "prior", "signed_on"][0] == NEW["document"]["prior"]["signed_on"]


def test_what_is_new_stands_on_the_first_screen(whole: Sitting) -> None:
    """What is renewed, that nobody changed a word, and where the answers are kept."""
    said = whole.screen.text_said
    assert said.startswith(
        "Renewing signed.docx: Memorandum of Understanding of Larkmoor Unified School District and City of Larkmoor, "
        "built for July 1, 2026."
    )
    assert "The parties changed no section of the signed agreement." in said
    assert "What law and guidance in the library ask is as it was on July 1, 2026." in said
    assert f"carried over into {whole.out / 'signed-2028.answers.yaml'}" in said


def test_a_name_that_was_changed_in_the_file_stands_on_the_first_screen(library: Library) -> None:
    """Somebody put the new chief under the signature line by hand: whoever is asked about the people has read it."""
    word = edited(first_built("first_mou").word, lambda body: replace_word(body, "Elias Thorne", "Noor Haddad"))
    found = examine(word, "signed.docx", library)
    renewal = renewal_of(found.record, found, found.agreement, library, NOW.date())
    said = [line for line, _ in whats_new(renewal, found.agreement, "signed.docx")]
    assert (
        "Changed in the signed file outside the sections, and not carried over; answer so where it still holds:" in said
    )
    assert any("Thorne" in line and "became" in line and "Haddad" in line for line in said)


@pytest.mark.wide
def test_any_other_answer_is_changed_in_the_review(unaltered: Earlier, tmp_path: Path) -> None:
    """`:review` at the first question leads to an answer that is not asked about, and back to where one was."""
    person, done = Superintendent(), []

    def reply(asked: Asked) -> Any:
        if not done and asked.ask == "Your answer" and asked.item.path == ("document", "number"):
            return Wish.REVIEW
        if asked.ask == "Review which section":
            return "force"
        if asked.ask == "Change which answer":
            return ("force", "report_hours")
        if asked.now.current is not None and asked.item.path == ("force", "report_hours"):
            done.append(asked.item.path)
            return "12"
        return person(asked)

    sit(task_for(unaltered, tmp_path), reply)
    tree, _ = held(tmp_path)
    assert tree["force"]["report_hours"] == 12 and tree["document"]["number"] == "SRO-2028-01"


def test_answers_that_do_not_fit_are_asked_about(unaltered: Earlier, tmp_path: Path) -> None:
    """A file that somebody edited to end before it begins: the question comes up with what is wrong, and is mended."""
    out = tmp_path / "next"
    out.mkdir()
    text = (EXAMPLES / "first_mou.yaml").read_text(encoding="utf-8")
    (out / "signed-2028.answers.yaml").write_text(text.replace("ends: 2028-07-31", "ends: 2025-07-31"), "utf-8")
    asked: list[str] = []
    person = Superintendent()

    def reply(one: Asked) -> Any:
        if one.now.current is not None and one.item.fault is not None:
            asked.append(one.item.fault.what)
        return person(one)

    sit(task_for(unaltered, out), reply)
    tree, _ = held(out)
    assert asked and "2025" in asked[0]
    assert tree["term"]["ends"] == NEW["term"]["ends"]


def test_notes_tell_the_next_sitting_what_was_looked_at(unaltered: Earlier, whole: Sitting, tmp_path: Path) -> None:
    """After a whole sitting another one asks nothing more, but whether to write the files."""
    out = Path(shutil.copytree(whole.out, tmp_path / "next"))
    again = Superintendent()
    _, screen = sit(task_for(unaltered, out), again)
    assert again.prompts == 1 and again.asked == []
    assert f"Going on with the answers in {out / 'signed-2028.answers.yaml'}." in screen.said


@pytest.mark.wide
def test_answers_from_a_script_are_taken_up_and_their_people_asked_about(unaltered: Earlier, tmp_path: Path) -> None:
    """Without notes, what is as in the earlier agreement counts as carried over; what differs, somebody has decided."""
    out = tmp_path / "next"
    out.mkdir()
    text = (EXAMPLES / "first_mou.yaml").read_text(encoding="utf-8")
    (out / "signed-2028.answers.yaml").write_text(text.replace("Dana Whitcomb", "Ada Byrne"), encoding="utf-8")
    person = Superintendent()
    sit(task_for(unaltered, out), person)
    assert ("contacts",) in person.asked and ("parties", "agencies", 0, "signatories") in person.asked


@pytest.mark.wide
def test_a_set_of_answers_given_beside_begins_the_renewal_once(unaltered: Earlier, tmp_path: Path) -> None:
    """`--answers` is copied into the renewal's own file; the next time that one is gone on with, and a line says so."""
    given = tmp_path / "ours.yaml"
    given.write_text((EXAMPLES / "first_mou.yaml").read_text("utf-8").replace("Patrol Captain", "Major"), "utf-8")
    out = tmp_path / "next"
    _, first = sit(task_for(unaltered, out, answers=given), Superintendent())
    assert held(out)[0]["governance"]["agency_liaison"] == "Major"
    assert "is not read any more" not in first.text_said
    given.write_text("schema: 1\n", encoding="utf-8")
    _, second = sit(task_for(unaltered, out, answers=given), Superintendent())
    assert f"{given} is not read any more: this renewal has answers of its own." in second.said
    assert held(out)[0]["governance"]["agency_liaison"] == "Major"


@pytest.mark.wide
def test_answers_in_the_decisions_file_move_into_the_answers(unaltered: Earlier, tmp_path: Path) -> None:
    """What a person wrote there by hand is taken up once, and cannot come back over what is answered later."""
    decisions = tmp_path / "signed-2028.decisions.yaml"
    decisions.write_text(
        "schema: 1\nanswers:\n  document: {number: A-1}\n  term: {ends: 2029-07-31}\n", encoding="utf-8"
    )
    person = Superintendent()
    sit(task_for(unaltered, tmp_path), person)
    tree, text = held(tmp_path)
    assert tree["document"]["number"] == "A-1" and ("document", "number") not in person.asked
    assert ("term", "ends") not in person.asked and "answers: {}" in text


@pytest.mark.wide
def test_the_way_back_leads_over_people_too(unaltered: Earlier, tmp_path: Path) -> None:
    """Back from the agency's notices: the district's people are shown once more, and can still be changed."""
    person, backed = Superintendent(), []

    def reply(asked: Asked) -> Any:
        if asked.ask == "Still right?" and asked.item.path[:2] == ("parties", "agencies") and not backed:
            backed.append(asked.item.path)
            return Wish.BACK
        return person(asked)

    sit(task_for(unaltered, tmp_path), reply)
    there = ("parties", "districts", 0, "signatories")
    assert person.asked.count(there) == 2 and at(held(tmp_path)[0], there) is not NOTHING


@pytest.mark.wide
def test_the_same_replies_leave_the_same_bytes(unaltered: Earlier, whole: Sitting, tmp_path: Path) -> None:
    """Answers, decisions and notes: nothing in them comes from elsewhere, but from the clock."""
    sit(task_for(unaltered, tmp_path), Superintendent())
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in (whole.out, tmp_path))
    assert first == second and len(first) == 3
