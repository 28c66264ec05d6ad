"""Changed minds: what still fits is kept, what no longer fits is asked again with the reason, what may come back is not lost."""

from __future__ import annotations

from interview.driving import NOW, start, three_districts

from mou_builder.interview import entries, steps, way
from mou_builder.interview.draft import order
from mou_builder.interview.lists import Lists
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, at, put
from mou_builder.marked import Path


def of_three() -> Interview:
    """Return an interview over an agreement of three districts and one agency, each district with a school."""
    return start(three_districts(), lists=Lists())


def without_the_second(now: Interview) -> Interview:
    """Return the interview after the second of the districts was removed and the list was said to be complete."""
    removed = entries.remove(way.go(now, ("parties", "districts")), 1, NOW)
    return entries.done(removed, NOW, insist=True)


def wrong(now: Interview) -> dict[Path, str]:
    """Return what is wrong, by question."""
    return {item.path: str(item.fault) for item in now.items if item.state == "wrong"}


def test_removing_a_district_keeps_what_still_fits() -> None:
    """The other districts keep every answer, and an answer to confirm follows the district that it is about."""
    before, after = of_three(), without_the_second(of_three())

    assert at(after.tree, ("parties", "districts", 1)) == at(before.tree, ("parties", "districts", 2))
    assert at(after.tree, ("program",)) == at(before.tree, ("program",))
    assert at(after.tree, ("contacts",)) == at(before.tree, ("contacts",))
    named = [one["answer"] for one in at(after.tree, ("confirm",))]
    assert named == ["parties.districts[1].legal_name", "term.ends"]


def test_what_named_the_removed_district_is_asked_again_with_the_reason() -> None:
    """A school, a contact and a share of the removed district are wrong now; each is asked again, even if it was asked before."""
    asked_before = way.scoped(of_three(), of_three().scope)
    asked_before = steps.keep(way.go(asked_before, ("program", "sites", 1, "district")))
    after = without_the_second(asked_before)

    found = wrong(after)
    assert set(found) == {("program", "sites", 1, "district"), ("contacts", 0, "party"), ("cost", "shares", 1, "party")}
    assert all("'Vale Schools'" in fault for fault in found.values())
    asked = set()
    while after.current is not None and len(asked) < 3:
        if after.current.state == "wrong":
            asked.add(after.current.path)
            after = steps.answer(after, "Pike Schools", NOW, insist=True)
        else:
            after = steps.take(after, NOW) if after.current.form.may_be_left else steps.skip(after, "Not known.", NOW)
    assert asked == set(found)


def test_a_question_about_several_parties_waits_while_there_are_but_two() -> None:
    """How the parties are bound together is set aside with one district and one agency left, and back with one more."""
    now = of_three()
    for _ in range(2):
        now = entries.remove(way.go(now, ("parties", "districts")), 1, NOW)
    assert at(now.tree, ("set",)) is NOTHING
    assert now.notes.aside["set", "structure"] == "single"

    now = entries.add(way.go(now, ("parties", "districts")), NOW)
    assert at(now.tree, ("set", "structure")) == "single"
    assert not now.notes.aside


def test_a_new_name_is_followed_by_every_answer_that_names_the_party() -> None:
    """Whoever renames a district or a school finds the new name in every list that named it, set aside or not."""
    now = steps.answer(way.go(of_three(), ("program", "mode")), "responding", NOW, insist=True)
    assert ("cost",) in now.notes.aside
    now = steps.answer(way.go(now, ("parties", "districts", 1, "short_name")), "Dale Schools", NOW, insist=True)
    now = steps.answer(way.go(now, ("program", "mode")), "assigned", NOW, insist=True)
    now = steps.answer(way.go(now, ("program", "sites", 1, "name")), "Dale School", NOW, insist=True)

    assert "Vale" not in str(at(now.tree, ("program",)))
    assert at(now.tree, ("cost", "shares", 1, "party")) == "Dale Schools"
    assert at(now.tree, ("contacts", 0, "party")) == "Dale Schools"
    assert at(now.tree, ("program", "officers", 0, "assignments", 0, "site")) == "Dale School"
    assert not wrong(now)


def test_a_program_that_only_responds_and_then_does_not_loses_nothing() -> None:
    """Schools, officers, cost and all else that assigned officers bring in come back to the last answer."""
    before = of_three()
    turned = steps.answer(way.go(before, ("program", "mode")), "responding", NOW, insist=True)
    assert at(turned.tree, ("program", "sites")) is NOTHING
    back = steps.answer(way.go(turned, ("program", "mode")), "assigned", NOW, insist=True)

    assert {**back.tree["program"], "mode": ""} == {**before.tree["program"], "mode": ""}
    assert {**back.tree, "program": ""} == {**before.tree, "program": ""}
    assert not back.notes.aside


def test_a_part_of_an_answer_set_aside_comes_back_after_the_whole() -> None:
    """Shares that another way of paying ruled out are there again, though the whole of the cost was set aside in between."""
    now = of_three()
    for path, value in (
        (("cost", "model"), "none"),
        (("program", "mode"), "responding"),
        (("program", "mode"), "assigned"),
        (("cost", "model"), "percentage"),
    ):
        now = steps.answer(way.go(now, path), value, NOW, insist=True)

    assert at(now.tree, ("cost",)) == at(of_three().tree, ("cost",))


def test_a_group_that_is_not_wanted_keeps_its_answers() -> None:
    """Yes, no and yes again to recording: what was said of it is there again, with where it came from."""
    recording: Path = ("document", "recording")
    now = steps.answer(way.go(of_three(), recording), True, NOW)
    now = steps.answer(way.go(now, (*recording, "office")), "Marsh County Clerk", NOW)
    no = steps.answer(way.go(now, recording), False, NOW)
    assert at(no.tree, recording) is NOTHING
    assert (*recording, "office") not in no.places

    yes = steps.answer(way.go(no, recording), True, NOW)
    assert at(yes.tree, recording) == {"office": "Marsh County Clerk"}
    assert yes.notes.of[*recording, "office"].origin == "typed"


def test_a_group_stays_wanted_when_its_last_answer_is_taken_out() -> None:
    """A representative is still named when the only thing said of the person is left to its default."""
    bodies: Path = ("stakeholders", "civil_rights")
    body = {"name": "Marsh League", "part": "sign"}
    now = start(put(of_three().tree, bodies, [body], order), lists=Lists())
    person = (*bodies, 0, "representative")
    now = steps.answer(way.go(now, person), True, NOW, insist=True)
    given = steps.answer(way.go(now, (*person, "capacity")), "consent", NOW, insist=True)
    taken = steps.take(way.go(given, (*person, "capacity")), NOW)

    assert at(taken.tree, person) == {}
    assert taken.item(person).state == "given"
