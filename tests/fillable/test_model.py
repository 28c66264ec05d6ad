"""A model that is filled in through its controls gives every value back, and says what is empty, at odds or changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY
from fillable.filling import MODEL, controls_of, filled, show, without
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator
from wordedit import edited, packed, parts_of, replace_word, text_of, w

from mou_builder.errors import AnswerError, MouError
from mou_builder.fillable.answers import agreement_in_model, agreement_so_far, answers_in_model
from mou_builder.fillable.facts import Question, Questions, form_at
from mou_builder.fillable.making import Model, law_note, model_agreement
from mou_builder.fillable.reading import take_up_model
from mou_builder.fillable.standing import changed_in, standing_in
from mou_builder.interview.tree import NOTHING, Tree, at
from mou_builder.library import Library
from mou_builder.report.controls import read_controls

Run = Callable[..., tuple[int, str, str]]


def test_every_value_filled_in_arrives_in_the_answers(
    filled_in: bytes, texts: dict[str, str], questions: Questions, answers: Tree, library: Library
) -> None:
    """Each control of the first example's facts is filled in; read back, the answers hold each value, and they build."""
    taken = take_up_model(filled_in, "filled.docx", library)

    assert (taken.faults, taken.differing, taken.empty) == ((), (), ())
    assert {one.question.tag for one in taken.said} == set(texts)
    agreement = agreement_in_model(taken, library)
    assert agreement.parties.districts[0].legal_name == "Larkmoor Unified School District"
    read = answers_in_model(taken)
    for one in questions.single:
        value = at(answers, one.path)
        if value is not NOTHING and not one.counted:
            assert _plain(at(read, one.path)) == _plain(value), one.name


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def test_a_fact_stands_wherever_the_agreement_needs_it_and_all_are_tied_to_one_value(model: Model) -> None:
    """The district's name stands on the cover, among the parties, at the signatures and in the form, tied to one value."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    held = [one for tag, one in controls_of(document) if tag == "parties.districts[0].legal_name"]
    ties = {one.find(f"{w('sdtPr')}/{w('dataBinding')}").get(w("xpath")) for one in held}

    assert len(held) >= 4
    assert len(ties) == 1


def test_dates_are_picked_and_choices_are_listed_in_words(model: Model) -> None:
    """A date has a date picker, a choice a list with the model's labels, a name a plain text."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    kinds = {tag: one.find(w("sdtPr"))[-1] for tag, one in controls_of(document)}

    assert kinds["document.effective_date"].tag == w("date")
    assert [one.get(w("displayText")) for one in kinds["document.purpose"]] == ["first agreement", "renewal"]
    assert kinds["governance.monitor"].tag == w("text")


def test_a_locked_clause_is_locked_and_its_facts_are_not(model: Model) -> None:
    """A clause that the publisher locks can be neither changed nor deleted in Word; others can."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    locks = {tag: one.find(f"{w('sdtPr')}/{w('lock')}") for tag, one in controls_of(document) if "/" in tag}

    assert {tag: one.get(w("val")) for tag, one in locks.items() if one is not None} == {
        "us/roles/discipline@1": "sdtContentLocked"
    }


def test_alternatives_stand_in_order_each_under_its_note(model: Model) -> None:
    """The texts on appointment stand under one heading, each behind a shaded note that says when to choose it."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    held = [one for tag, one in controls_of(document) if tag.startswith("us/staffing/appointment.")]
    notes = [text_of(next(one.iter(w("p")))) for one in held]

    assert [note.partition(",")[0] for note in notes] == [f"Alternative {place} of 3" for place in (1, 2, 3)]
    assert "\u201cWho makes the appointment\u201d is \u201cboth parties together, after a joint panel\u201d" in notes[1]
    assert [one.find(f".//{w('pStyle')}").get(w("val")) for one in held] == ["MOUGuideLead"] * 3


def test_no_sign_of_a_fact_is_left_in_the_words(model: Model) -> None:
    """Each mark has become a control, and no reference leads to a section that the model does not hold."""
    words = parts_of(model.word)["word/document.xml"].decode()

    assert not [one for one in ("\ue000", "\ue001", "Section\u00a0?") if one in words]


def test_no_two_tables_touch(model: Model) -> None:
    """Word makes one table of two that touch, and a list of the form would swallow the questions behind it."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    tables = list(document.iter(w("tbl")))

    assert len(tables) > 30
    assert [one for one in tables if (one.getnext() is not None and one.getnext().tag == w("tbl"))] == []


def test_a_long_path_has_a_short_tag_of_its_own() -> None:
    """Word's tags hold 64 letters; a longer path is cut and told from others by a hash."""
    form = form_at(("document", "title"))
    assert form is not None
    long = [Question(("document", "x" * 70, name), form) for name in ("a", "b")]

    assert [len(one.tag) for one in long] == [64, 64]
    assert long[0].tag != long[1].tag


@pytest.mark.wide
def test_the_same_model_has_the_same_bytes_and_is_a_valid_word_file(
    model: Model, library: Library, template: bytes, tmp_path: Path
) -> None:
    """Made twice, the file is the same; the Open XML validator finds nothing in it."""
    again = model_agreement({}, "WA", library, template, as_of=TODAY, locked=frozenset({"us/roles/discipline"}))
    file = tmp_path / "model.docx"
    file.write_bytes(model.word)

    assert again.word == model.word
    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []


@pytest.mark.wide
def test_ids_and_bookmarks_are_each_there_once(model: Model) -> None:
    """No two controls have one id, and no two bookmarks one name: Word would repair such a file."""
    document = etree.fromstring(parts_of(model.word)["word/document.xml"])
    ids = [one.find(f"{w('sdtPr')}/{w('id')}").get(w("val")) for one in document.iter(w("sdt"))]
    names = [one.get(w("name")) for one in document.iter(w("bookmarkStart"))]

    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names))


@pytest.mark.wide
@pytest.mark.parametrize(("part", "controls"), [(True, False), (False, True)])
def test_either_the_value_or_the_controls_are_enough(
    part: bool, controls: bool, model: Model, texts: dict[str, str], library: Library
) -> None:
    """A program that writes only the controls, or only the value behind them, is read all the same."""
    taken = take_up_model(filled(model.word, texts, part=part, controls=controls), "filled.docx", library)

    assert (taken.faults, taken.differing, taken.empty) == ((), (), ())
    assert len(taken.said) == len(texts)


@pytest.mark.wide
def test_two_different_values_of_one_fact_are_told_and_neither_is_taken(filled_in: bytes, library: Library) -> None:
    """Where one place of the file says another name than the rest, the file is refused for building, with both names."""

    def change(body: Any) -> None:
        show(next(one for tag, one in controls_of(body) if tag == "governance.monitor"), "Director of Nothing")

    taken = take_up_model(edited(filled_in, change), "filled.docx", library)

    assert [one.where for one in taken.differing] == ["District office that monitors what officers do in schools"]
    assert "\u201cDirector of Nothing\u201d" in taken.differing[0].what
    with pytest.raises(AnswerError, match="Director of Student Services"):
        answers_in_model(taken)


@pytest.mark.wide
def test_an_alternative_left_standing_answers_its_question(
    model: Model, texts: dict[str, str], library: Library
) -> None:
    """Where the form leaves a choice open and one alternative is left, its choice is taken up."""
    others = {tag: text for tag, text in texts.items() if tag != "selection.final_say"}
    data = without(filled(model.word, others), "us/staffing/appointment.agency@1", "us/staffing/appointment.veto@1")

    assert at(take_up_model(data, "filled.docx", library).tree, ("selection", "final_say")) == "joint"


@pytest.mark.wide
def test_a_choice_and_an_alternative_that_disagree_are_told(filled_in: bytes, library: Library) -> None:
    """The form says the agency appoints; only the joint panel was left standing: both are named."""
    data = without(filled_in, "us/staffing/appointment.agency@1", "us/staffing/appointment.veto@1")
    taken = take_up_model(data, "filled.docx", library)

    told = [one for one in standing_in(taken, agreement_so_far(taken, library), library) if one.disagrees]
    assert [(one.slot, one.texts) for one in told] == [("staffing.appointment", ("us/staffing/appointment.joint@1",))]
    assert told[0].chosen == "us/staffing/appointment.agency@1"


@pytest.mark.wide
def test_changed_words_are_told_and_filled_in_facts_are_no_change(filled_in: bytes, library: Library) -> None:
    """A word changed in a locked clause is told as such; of the facts filled in everywhere, nothing is."""
    assert list(changed_in(take_up_model(filled_in, "filled.docx", library))) == []

    def change(body: Any) -> None:
        locked = next(one for tag, one in controls_of(body) if tag == "us/roles/discipline@1")
        replace_word(locked, "shall", "may")

    told = list(changed_in(take_up_model(edited(filled_in, change), "filled.docx", library)))
    assert [(one.cite, one.locked) for one in told] == [("us/roles/discipline@1", True)]
    assert told[0].what == "this locked clause has other words than the model."


@pytest.mark.wide
@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("ID", "No rule on such agreements was found for Idaho; there may be one all the same."),
        ("GU", "Nobody has looked for the law of Guam."),
        ("AZ", "This model does not go by the law of Arizona. A survey notes: "),
        ("OH", "the text of the law of Ohio was not read, or only in part."),
    ],
)
def test_the_model_says_what_of_the_law_nobody_has_read(state: str, said: str, library: Library) -> None:
    """A state without a rule, one that nobody looked at, one with a survey alone, one with rows to verify: each says so."""
    note = law_note(library, state)
    assert said in note
    assert note.endswith("Ask counsel before anyone signs.")


def test_what_the_agency_answers_itself_stands_in_every_model(library: Library, template: bytes) -> None:
    """With a base of its own the agency fixes the choice and the number: no field asks for them, and the text holds them."""
    base = {"selection": {"final_say": "joint"}, "force": {"report_hours": 12}}
    made = model_agreement(base, "WA", library, template, as_of=TODAY)
    document = etree.fromstring(parts_of(made.word)["word/document.xml"])
    tags = {tag for tag, _ in controls_of(document)}

    assert not {"selection.final_say", "force.report_hours"} & tags
    assert {tag for tag in tags if tag.startswith("us/staffing/appointment.")} == {"us/staffing/appointment.joint@1"}
    assert "Within 12 hours" in " ".join(text_of(document).split())


@pytest.mark.wide
@pytest.mark.parametrize("example", ["multi_party", "renewal"])
def test_a_base_that_answers_everything_leaves_a_model_with_little_to_fill_in(
    example: str, library: Library, template: bytes
) -> None:
    """Answers for other kinds of agreement serve as a base too, and come back as they were given."""
    from mou_builder.errors import AnswerError as Refused
    from mou_builder.marked import read_marked

    given = read_marked((ROOT / "examples" / f"{example}.yaml").read_text(encoding="utf-8"), example, Refused).value
    made = model_agreement(given, given["document"]["state"], library, template, as_of=TODAY)

    assert take_up_model(made.word, "model.docx", library).tree == given


def test_a_base_for_another_state_is_refused(library: Library, template: bytes) -> None:
    """A base that names its state makes no model for another one."""
    with pytest.raises(AnswerError, match="the answers are for OR, not for WA"):
        model_agreement({"document": {"state": "OR"}}, "WA", library, template, as_of=TODAY)


@pytest.mark.wide
def test_a_clerk_makes_a_model_checks_it_and_builds_from_it(filled_in: bytes, run: Run, tmp_path: Path) -> None:
    """By the commands: made, checked while empty, checked when filled in, its answers written, its agreement built."""
    out = tmp_path / "model.docx"
    code, said, _ = run("model", "--state", "WA", "--out", str(out), "--as-of", str(TODAY))
    assert (code, said.splitlines()[0]) == (0, f"Model made: {out}")
    code, said, _ = run("check", str(out))
    assert code == 1
    assert "Filled in: 0 fields." in said
    assert "  - District: Exact legal name (parties.districts[0].legal_name)" in said

    back = tmp_path / "back.docx"
    back.write_bytes(filled_in)
    code, said, _ = run("check", str(back), "--json")
    found = json.loads(said)
    assert code == 1
    assert (found["empty"], found["faults"], found["differing"], found["changed"]) == ([], [], [], [])
    assert {one["section"] for one in found["alternatives"]} >= {"staffing.appointment", "cost.share"}
    assert found["report"]["rubrics"][0]["met"] == found["report"]["rubrics"][0]["of"]

    code, said, _ = run("model", "--filled", str(back), "--out", str(tmp_path / "ours.yaml"))
    assert (code, said.splitlines()[-1]) == (
        0,
        f"{found_fields(found)} fields were filled in; 0 answers are still open.",
    )
    for source in ("back.docx", "ours.yaml"):
        code, said, _ = run("build", str(tmp_path / source), "--out", str(tmp_path / "out"), "--as-of", str(TODAY))
        assert code == 0
    words = (tmp_path / "out" / "back.record.yaml").read_text(encoding="utf-8")
    assert words == (tmp_path / "out" / "ours.record.yaml").read_text(encoding="utf-8")


def found_fields(found: dict[str, Any]) -> int:
    return len(found["filled"])


@pytest.mark.wide
def test_an_interview_takes_up_a_filled_in_model(filled_in: bytes, tmp_path: Path, library: Library) -> None:
    """interview --answers-from begins with what was filled in, and asks the rest."""
    from datetime import datetime

    from mou_builder.cli.interview.earlier import with_earlier
    from mou_builder.interview.lists import lists_of
    from mou_builder.interview.notes import Notes
    from mou_builder.interview.state import begin

    file = tmp_path / "filled.docx"
    file.write_bytes(filled_in)
    now = with_earlier(begin({}, Notes(), lists_of(library)), file, library, datetime(2026, 7, 1))

    assert at(now.tree, ("document", "effective_date")) == date(2026, 8, 1)
    assert at(now.tree, ("document", "purpose")) == "first"
    assert [item.path for item in now.items if item.state in ("missing", "wrong")] == []


def _damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    parts = parts_of(data)
    text = parts["customXml/item1.xml"].decode()

    def with_text(changed: str) -> bytes:
        return packed(parts | {"customXml/item1.xml": changed.encode()})

    yield "damaged", with_text(text.replace("schema: 1", "schema: 7", 1))
    yield "damaged", with_text(text.replace("<about>", "<about>]", 1))
    yield "damaged", with_text(text.replace("  parties:", "  parties: 3\n  party:", 1))
    yield "facts", with_text(text.replace('<fact name="document.number"/>', "", 1))
    for path in ("document.nothing", "parties[0].districts.kind", "program.sites[999].name", "a[b", "schema"):
        changed = text.replace('answer: "document.number"', f'answer: "{path}"', 1)
        yield "which no question has", with_text(changed)


@pytest.mark.wide
def test_a_damaged_model_is_refused_in_one_message(model: Model, library: Library) -> None:
    """Whatever was done to what the model says of itself: one message that says to take a fresh copy."""
    for words, data in _damaged(model.word):
        with pytest.raises(MouError) as refused:
            take_up_model(data, "filled.docx", library)
        assert len(refused.value.faults) == 1
        assert words in str(refused.value)


@pytest.mark.wide
@settings(deadline=None, derandomize=True, max_examples=12)
@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=30)),
        max_size=12,
    )
)
def test_nothing_that_is_typed_breaks_the_reading(model: Model, library: Library, typed: list[tuple[int, str]]) -> None:
    """Any words in any field are taken up, or told by the field's name; nothing is lost without a word."""
    parts = parts_of(model.word)
    root = etree.fromstring(parts["customXml/item1.xml"])
    facts = list(root.iter(f"{MODEL}fact"))
    for place, text in typed:
        facts[place % len(facts)].text = text
    meant = {fact.get("name") for fact in facts if (fact.text or "").strip()}
    data = packed(parts | {"customXml/item1.xml": etree.tostring(root)})

    taken = take_up_model(data, "filled.docx", library)

    answered = {one.question.tag for one in taken.said}
    assert answered <= meant
    assert len(meant - answered) <= len(taken.faults)


@pytest.mark.office
def test_a_model_that_libreoffice_has_saved_is_read(
    filled_in: bytes, texts: dict[str, str], library: Library, tmp_path: Path
) -> None:
    """LibreOffice takes tags and names off; the values arrive all the same, and no clause counts as changed."""
    import subprocess

    from mou_builder.cli.pdf import office

    (tmp_path / "filled.docx").write_bytes(filled_in)
    program = office()
    assert program is not None
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), str(tmp_path / "filled.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    taken = take_up_model((tmp_path / "saved" / "filled.docx").read_bytes(), "filled.docx", library)

    assert (taken.faults, taken.differing, taken.empty) == ((), (), ())
    assert len(taken.said) == len(texts)
    assert list(changed_in(taken)) == []


def test_a_file_without_a_model_is_none(built: Any, library: Library) -> None:
    """An agreement that was built has no controls of a model, and is not taken for one."""
    assert read_controls(built.word, "first.docx") is None
    with pytest.raises(MouError, match="this is no model made by this tool"):
        take_up_model(built.word, "first.docx", library)
