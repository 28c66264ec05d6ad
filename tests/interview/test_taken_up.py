"""A file written by hand is taken up, whatever state it is in; a part alone can be asked; an earlier agreement helps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from interview.driving import example, leaves
from interview.screens import NOW, Answering, Asked, converse

from mou_builder.build import Built
from mou_builder.cli.files import UsageError
from mou_builder.cli.interview.screen import Wish
from mou_builder.cli.interview.store import Store
from mou_builder.errors import AnswerError, MouError
from mou_builder.library import Library
from mou_builder.record import to_text

BY_HAND = """\
# Ours. Ask Dana about the dates!
schema: 1
document:
  purpose: first        # the first one ever
  state: WA
  effective_date: soon
mascot: an owl          # nobody asks this yet
parties:
  districts:
    - legal_name: Larkmoor Unified School District
      kind: castle      # ?
  agencies: []
cost: {model: percentage, shares: [{party: Larkmoor Schools, percent: 150}]}
term:
    ends: 2028-07-31
"""


def test_a_half_complete_and_partly_wrong_file_is_taken_up(tmp_path: Path, library: Library) -> None:
    """It says how much is there and what does not fit, asks that again, and leaves comments and unknown names alone."""
    file = tmp_path / "ours.yaml"
    file.write_text(BY_HAND, encoding="utf-8")
    asked: list[tuple[Any, ...]] = []

    class Mending(Answering):
        def __call__(self, prompt: Asked) -> Any:
            if prompt.now.current is not None:
                asked.append(prompt.item.path)
            return super().__call__(prompt)

    screen = converse(file, Mending(example("first_mou"), ["stop"]), library)
    assert "Going on with" in screen.said[0] and ": 9 answers, 0 of them undecided." in screen.said[0]
    assert any("of the answers do not fit and will be asked again." in line for line in screen.said)
    assert "mascot: no question has this name. It stays in the file, but a build refuses it." in screen.text_said
    wrong = {("document", "effective_date"), ("parties", "districts", 0, "kind")}
    assert wrong <= set(asked)
    assert not {("document", "purpose"), ("document", "state"), ("term", "ends")} & set(asked)
    text = file.read_text(encoding="utf-8")
    for kept in (
        "# Ours. Ask Dana about the dates!",
        "# the first one ever",
        "mascot: an owl          # nobody asks this yet",
    ):
        assert kept in text
    tree = Store(file).tree
    assert tree["document"]["effective_date"] == date(2026, 8, 1)
    assert tree["parties"]["districts"][0]["kind"] == "district"
    assert text.index("document:") < text.index("mascot:") < text.index("parties:") < text.index("term:")


REFUSED = {
    "no list of names": ("- one\n- two\n", "not a list of 'name: value' lines"),
    "not YAML": ("document: {purpose: first\n", "ours.yaml:"),
    "a tab": ("document:\n\tpurpose: first\n", "ours.yaml:2"),
    "a later version's": ("schema: 7\n", "schema: 7"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_answers_file_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    """What cannot be taken up is refused in words, before anything is asked or written."""
    text, told = REFUSED[kind]
    file = tmp_path / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MouError) as refused:
        Store(file)
    assert told in str(refused.value)
    assert file.read_text(encoding="utf-8") == text and len(list(tmp_path.iterdir())) == 1


def enter(asked: Asked) -> Any:
    """A person who only presses Enter."""
    if isinstance(asked.ready, int):
        return asked.values[asked.ready]
    return asked.ready


@pytest.mark.wide
def test_a_blank_line_never_erases_an_answer(tmp_path: Path, library: Library) -> None:
    """Enter alone, at every question of a section that is answered, leaves the section as it is."""
    file = tmp_path / "ours.yaml"
    file.write_bytes((ROOT / "examples" / "first_mou.yaml").read_bytes())
    before = example("first_mou")

    for section in ("governance", "program", "cost", "interviews", "complaints", "risk", "training"):
        converse(file, enter, library, section=section)
    given = dict(leaves(Store(file).tree))
    assert {path: given.get(path) for path, _ in leaves(before)} == dict(leaves(before))
    # What stands ready in a prompt, such as the part of an officer's time that is left, is a suggestion that Enter takes.
    assert {path[-1] for path in given.keys() - dict(leaves(before)).keys()} <= {"share"}


@pytest.mark.wide
def test_a_blank_line_never_decides_what_was_left_open(tmp_path: Path, library: Library) -> None:
    """Enter alone at what is undecided leaves it undecided, and for the same reason."""
    file = tmp_path / "ours.yaml"
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    for given in (
        "meetings: quarterly",
        "monitor: Director of Student Services",
        "summer: police",
        "final_say: agency",
    ):
        assert text.count(given) == 1
        text = text.replace(given, f"{given.partition(':')[0]}: {{undecided: The board meets in June.}}")
    file.write_text(text, encoding="utf-8")

    before = dict(leaves(Store(file).tree))
    for section in ("governance", "program", "selection"):
        converse(file, enter, library, section=section)
    given = dict(leaves(Store(file).tree))
    assert {path: given.get(path) for path in before} == before


ADDRESS = "100 Schoolhouse Road\n\nLarkmoor"


@pytest.mark.parametrize(
    ("replies", "kept"),
    [
        (["100 Schoolhouse Road", "", "Larkmoor", ""], ADDRESS),
        (["100 Schoolhouse Road", Wish.BACK], ADDRESS),
        ([Wish.KEEP], ADDRESS),
        (["5 New Street", Wish.BACK], "5 New Street\n\nLarkmoor"),
        (["5 New Street", "", ""], "5 New Street\n"),
    ],
)
def test_an_answer_of_several_lines_loses_none(tmp_path: Path, library: Library, replies: list[Any], kept: str) -> None:
    """Line by line, an empty one in the midst too; and whoever turns elsewhere in the middle loses no line."""
    file = tmp_path / "ours.yaml"
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    old = "address: |-\n          100 Schoolhouse Road\n          Larkmoor"
    assert old in text
    file.write_text(text.replace(old, 'address: "100 Schoolhouse Road\\n\\nLarkmoor"'), encoding="utf-8")
    waiting = list(replies)

    def reply(asked: Asked) -> Any:
        if asked.item.path == ("parties", "districts", 0, "notice", "address") and waiting:
            return waiting.pop(0)
        return Wish.QUIT if len(waiting) < len(replies) else enter(asked)

    converse(file, reply, library, section="parties")
    assert not waiting and Store(file).tree["parties"]["districts"][0]["notice"]["address"].rstrip() == kept.rstrip()


def test_one_section_alone_is_asked_answered_questions_too(tmp_path: Path, library: Library) -> None:
    """`--section cost` asks each question of the costs, says what the answer is so far, and nothing else."""
    file = tmp_path / "ours.yaml"
    file.write_bytes((ROOT / "examples" / "first_mou.yaml").read_bytes())
    seen: set[Any] = set()

    def reply(asked: Asked) -> Any:
        seen.add(asked.item.path)
        if asked.item.path == ("cost", "pay_days"):
            return "60"
        return asked.values[asked.ready] if isinstance(asked.ready, int) else ""

    screen = converse(file, reply, library, section="cost")
    assert {path[0] for path in seen} == {"cost"}
    assert {("cost", "model"), ("cost", "pay_days"), ("cost", "shares", 1, "percent"), ("cost", "cap")} <= seen
    assert "Answer so far (from the file): 50 percent" in screen.text_said
    assert Store(file).tree == {**example("first_mou"), "cost": {**example("first_mou")["cost"], "pay_days": 60}}


@pytest.mark.parametrize(("section", "near"), [("costs", "cost"), ("training hours", "training")])
def test_an_unknown_section_is_refused_with_the_likely_one(
    tmp_path: Path, library: Library, section: str, near: str
) -> None:
    """What is asked is listed, and the nearest name is offered."""
    with pytest.raises(UsageError) as refused:
        converse(tmp_path / "ours.yaml", lambda asked: Wish.QUIT, library, section=section)
    assert f"nothing is asked under {section!r}" in str(refused.value) and f"'{near}'" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module", params=["yaml", "record.yaml", "docx"])
def earlier(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Built]
) -> Path:
    """The first example, as each kind of file that carries its answers."""
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    text += "waivers:\n  - {requirement: S5.13, by: Board, why: None is planned., on: 2026-06-15}\n"
    file = tmp_path_factory.mktemp("earlier") / f"old.{request.param}"
    if request.param == "yaml":
        file.write_text(text, encoding="utf-8")
    else:
        built = make(text)
        file.write_bytes(built.word if request.param == "docx" else to_text(built.record).encode())
    return file


def test_an_earlier_agreement_helps_with_the_next(tmp_path: Path, library: Library, earlier: Path) -> None:
    """Its answers are taken over and say so; dates, approvals and waivers belong to that one and are asked anew."""
    file = tmp_path / "ours.yaml"
    screen = converse(file, lambda asked: Wish.QUIT, library, prior=earlier)
    store, old = Store(file), example("first_mou")
    assert store.tree["document"]["purpose"] == "renewal"
    assert store.tree["document"]["prior"]["title"] == "Memorandum of Understanding"
    assert "effective_date" not in store.tree["document"] and "number" not in store.tree["document"]
    assert "approved_on" not in store.tree["parties"]["districts"][0] and "ends" not in store.tree["term"]
    assert not {"waivers", "attestations"} & store.tree.keys()
    for section in ("governance", "program", "cost", "complaints"):
        assert store.tree[section] == old[section]
    assert store.notes.of["cost", "pay_days"].origin == "prior" and store.notes.of["cost", "pay_days"].when == NOW
    assert "document.effective_date" not in screen.text_said


def test_a_word_file_without_its_answers_is_refused(
    tmp_path: Path, library: Library, make: Callable[..., Built]
) -> None:
    """An agreement that somebody wrote in Word, or whose record was left out, carries no answers to take over."""
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    old = tmp_path / "old.docx"
    old.write_bytes(make(text, embed=False).word)
    with pytest.raises(MouError) as refused:
        converse(tmp_path / "ours.yaml", lambda asked: Wish.QUIT, library, prior=old)
    assert "old.docx" in str(refused.value) and "record" in str(refused.value)
    assert not (tmp_path / "ours.yaml").exists()


def test_a_record_is_not_edited_in_place(tmp_path: Path, built: Built) -> None:
    """The record of a built agreement stays what was built; a new file may begin from it."""
    file = tmp_path / "old.record.yaml"
    file.write_text(to_text(built.record), encoding="utf-8")
    with pytest.raises(AnswerError, match="--answers-from"):
        Store(file)


def test_a_word_file_is_no_file_to_go_on_with(tmp_path: Path) -> None:
    """Whoever gives the agreement itself is told how to begin from it."""
    file = tmp_path / "signed.docx"
    file.write_bytes(b"PK\x03\x04 and more")

    with pytest.raises(AnswerError, match=r"this is a Word file.*mou-builder interview NEW\.yaml --answers-from"):
        Store(file)
