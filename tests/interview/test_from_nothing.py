"""From nothing to a built agreement: the essentials, a draft, the rest, and the copy to sign."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from interview.driving import agreement_of, example, leaves
from interview.screens import Answering, Asked, Talk, converse
from interview.terminal import MirroringScreen, Terminal, with_terminal

from mou_builder.cli.interview.screen import Wish
from mou_builder.errors import AnswerError
from mou_builder.interview.draft import order
from mou_builder.interview.tree import put
from mou_builder.library import Library
from mou_builder.marked import read_marked
from mou_builder.model import Agreement, read_answers


def agreement_in(file: Path, library: Library) -> Agreement:
    return read_answers(file.read_text(encoding="utf-8"), file.name, library.states)


def agreement_typed(person: Answering) -> Agreement:
    """The agreement that the answers make which the person typed; all else is left to the defaults."""
    tree: Any = {"schema": 1}
    for path, value in person.typed.items():
        tree = put(tree, path, value, order)
    return agreement_of(tree)


@pytest.mark.wide
def test_a_person_comes_from_nothing_to_the_copy_to_sign(whole: Talk, library: Library) -> None:
    """The essentials give a draft, the rest a final agreement; the file says what was typed and nothing else."""
    assert {one.name for one in whole.out.glob("ours.*")} == {"ours.docx", "ours.compliance.json", "ours.record.yaml"}
    assert whole.screen.text_said.count("Built. You can go on, or stop.") == 2
    assert agreement_in(whole.file, library) == agreement_typed(whole.person)
    assert "cost.annual_estimate" in "".join(".".join(map(str, one)) for one in whole.person.typed)


@pytest.mark.wide
def test_what_the_example_says_and_nobody_asked_stands_by_default(whole: Talk) -> None:
    """Whoever takes a section's defaults at once is still asked all that has none."""
    tree = read_marked(whole.file.read_text(encoding="utf-8"), "ours.yaml", AnswerError).value
    given = dict(leaves(tree))
    assert given == {path: value for path, value in whole.person.typed.items() if path in given} and len(given) > 180


class Mistaken(Answering):
    """The same person, who makes mistakes on the way, turns back over three sections, and changes her mind."""

    def __init__(self, *known: Any, **more: Any) -> None:
        super().__init__(*known, **more)
        self.slips: dict[str, list[Any]] = {
            "document.effective_date": ["the first of August", "2026-13-01", ":nonsense"],
            "document.state": ["Atlantis", ""],
            "parties.districts.0.legal_name": ["", ":why"],
            "term.ends": ["2028-02-30"],
        }
        self.turned: list[str] = []
        """The sections in which she turned back."""
        self.at_districts: list[Any] = []
        """What she does at the list of districts once she has gone back to it from the review."""

    def __call__(self, asked: Asked) -> Any:
        chosen = {"Which one": 1, "Review which section": "parties", "Change which answer": ("parties", "districts")}
        if asked.ask in chosen:
            return chosen[asked.ask]
        if asked.now.current is None or asked.ask.startswith("Remove "):
            return True if asked.ask.startswith("Remove ") else super().__call__(asked)
        item = asked.item
        if self.slips.get(".".join(map(str, item.path))) and item.state in ("missing", "offered"):
            return self._slip(asked)
        if item.path[:3] == ("parties", "districts", 1):
            last = str(item.path[-1])
            given = {"legal_name": "Tidewater School District", "short_name": "Tidewater Schools", "kind": "district"}
            return given.get(last, Wish.BACK)
        if item.path == ("parties", "districts") and self.at_districts:
            return self.at_districts.pop(0)
        section = item.question.section
        if "complaints" not in self.turned and (self.turned or item.path == ("term", "renewal")):
            self.turned.append(section)
            return Wish.BACK
        if section == "risk" and "parties" not in self.turned:
            self.turned.append("parties")
            self.at_districts = ["add", "remove"]
            return Wish.REVIEW
        return super().__call__(asked)

    def _slip(self, asked: Asked) -> Any:
        if "another day" in asked.titles:
            return asked.called("another day")
        return self.slips[".".join(map(str, asked.item.path))].pop(0)


@pytest.mark.wide
def test_mistakes_and_a_changed_mind_leave_no_trace(tmp_path: Path, library: Library) -> None:
    """A bad date, a state that does not exist, nothing typed, a second district that goes again: the answers come out the same."""
    person = Mistaken(example("first_mou"), ["stop"])
    screen = converse(tmp_path / "ours.yaml", person, library)
    straight = Answering(example("first_mou"), ["stop"])
    converse(tmp_path / "straight.yaml", straight, library)
    told = screen.text_said
    assert not any(person.slips.values()) and set(person.turned) == {"term", "cost", "removal", "complaints", "parties"}
    assert "this must be a date, such as 2026-08-01 or August 1, 2026; found 'the first of August'" in told
    assert (
        "Atlantis" in told
        and "This needs an answer." in told
        and "Remove 'Tidewater Schools' with all its answers" in told
    )
    assert dict(leaves(tree_in(tmp_path / "ours.yaml"))) == dict(leaves(tree_in(tmp_path / "straight.yaml")))


def tree_in(file: Path) -> Any:
    return read_marked(file.read_text(encoding="utf-8"), file.name, AnswerError).value


@pytest.mark.wide
@with_terminal()
def test_the_same_in_a_real_terminal(tmp_path: Path, library: Library) -> None:
    """In a terminal of 80 columns, by keys alone, with mistakes and turns on the way, a person comes to the copy to sign."""
    (tmp_path / "beside").mkdir()
    terminal = Terminal(tmp_path, "ours.yaml")
    person = Mistaken(example("first_mou"), ["draft", "rest", "final"], at_once=True)
    screen = MirroringScreen(person, terminal)
    converse(tmp_path / "beside" / "ours.yaml", screen, library, clock=datetime.now)
    assert terminal.end() == 0
    assert (tmp_path / "out" / "ours.docx").exists()
    assert agreement_in(tmp_path / "ours.yaml", library) == agreement_typed(person)
    assert tree_in(tmp_path / "ours.yaml") == tree_in(tmp_path / "beside" / "ours.yaml")
    assert date(2026, 8, 1) == tree_in(tmp_path / "ours.yaml")["document"]["effective_date"]
