"""Renew as a person on a terminal does, without one: each reply comes from a function, and everything said is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from interview.screens import Answering, Asked, Reply, ScriptedScreen
from review.generations import RENEWED_ON, ROOT, first_built, shelf
from wordedit import control, edited, heading_before, replace_word

from mou_builder.cli.earlier import Earlier, take_up_earlier
from mou_builder.cli.interview.screen import Wish
from mou_builder.cli.interview.store import Store
from mou_builder.cli.review import sitting
from mou_builder.cli.review.questions import Questions
from mou_builder.cli.review.sitting import Settled, Task
from mou_builder.interview.tree import Tree
from mou_builder.library import Library
from mou_builder.marked import Marked
from mou_builder.marked import Path as Where
from mou_builder.model.answers import agreement_from
from mou_builder.review.renewal import Renewal, renewal_of

NOW = datetime(2028, 6, 1, 9, 30)
AGAIN = "mou-builder renew signed.docx --out next"
NEW: Tree = {
    "document": {
        "number": "SRO-2028-01",
        "effective_date": date(2028, 8, 1),
        "prior": {
            "signed_on": date(2026, 8, 1),
            "effect": "replaces",
            "findings": "Arrests fell from 12 to 5.",
            "data_year": "2027-2028",
        },
    },
    "term": {"ends": date(2030, 7, 31)},
}
"""What a renewal of the first example needs anew."""

DISCIPLINE = "Officers Have No Role in School Discipline"
SEARCHES = "Searches of Students"
MEETING = "Monthly Meeting"


def negotiated() -> bytes:
    """Return the first example as the parties signed it: two sections changed and one added."""

    def negotiate(body: Any) -> None:
        replace_word(control(body, "us/roles/discipline"), "shall do any", "may do any")
        replace_word(control(body, "us/rights/searches.separate"), "shall not search", "shall never search")
        heading_before(body, "us/roles/school-life", MEETING)

    return edited(first_built("first_mou").word, negotiate)


def moved_on(folder: Path) -> Path:
    """Return a copy of the library in which the text on discipline has a second version, and its change list says why."""
    copy = Path(shutil.copytree(ROOT / "clause_library", folder / "library"))
    file = copy / "us/roles/discipline.yaml"
    text = file.read_text(encoding="utf-8")
    past = copy / "us/roles/past/discipline.v1.yaml"
    past.parent.mkdir(exist_ok=True)
    past.write_text(text, encoding="utf-8")
    now = text.replace("version: 1\nchange: edition", "version: 2\nchange: update", 1)
    file.write_text(
        now.replace("whatever the conduct.", "whatever the conduct and wherever it is.", 1), encoding="utf-8"
    )
    told = copy / "CHANGELOG.md"
    row = (
        "| Places off campus are named. | `us/roles/discipline@2` | 2028-01-01 | districts with athletics off campus |"
    )
    whole = told.read_text(encoding="utf-8")
    head = "|---|---|---|---|\n"
    told.write_text(whole.replace(head, f"{head}{row}\n", 1), encoding="utf-8")
    return copy


def earlier_in(folder: Path, word: bytes | None = None, library: Library | None = None) -> Earlier:
    """Return the agreement that is renewed, signed in `folder` as signed.docx."""
    file = folder / "signed.docx"
    file.write_bytes(negotiated() if word is None else word)
    return take_up_earlier(file, library or shelf(), None)


def task_for(earlier: Earlier, out: Path, library: Library | None = None, **how: Any) -> Task:
    """Return what a sitting over a renewal begins with, as the command gives it."""
    library = library or shelf()

    def renewal(marked: Marked) -> Renewal:
        plain = {key: value for key, value in marked.value.items() if key != "negotiated"}
        agreement = agreement_from(replace(marked, value=plain), library.states)
        return renewal_of(earlier.record, earlier.examined, agreement, library, RENEWED_ON)

    return Task(earlier, library, renewal, out, "signed-2028", clock=lambda: NOW, **how)


def sit(task: Task, by: Reply | ScriptedScreen) -> tuple[Settled, ScriptedScreen]:
    """Hold a sitting until the files may be written; return what it ended with, and the screen."""
    screen = by if isinstance(by, ScriptedScreen) else ScriptedScreen(by)
    if isinstance(by, Superintendent):
        by.screen = screen

    class Watched(Questions):
        def __init__(self, *how: Any) -> None:
            super().__init__(*how)
            screen.talk = self

    with patch.object(sitting, "Questions", Watched):
        return sitting.settle(task, screen, AGAIN), screen


class Superintendent(Answering):
    """A person who gives the new answers, says that all people are still right, and decides on each section by its heading."""

    def __init__(
        self,
        target: Tree = NEW,
        uses: Mapping[str, Any] | None = None,
        *,
        why: str = "Agreed with the chief.",
        at_once: bool = True,
    ) -> None:
        super().__init__(target, at_once=at_once)
        self.uses, self.why = dict(uses or {}), why
        self.asked: list[Where] = []
        """The questions that were asked, by path; people by the question in whose place they are shown."""
        self.prompts = 0
        self.screen: ScriptedScreen | None = None

    def __call__(self, asked: Asked) -> Any:
        self.prompts += 1
        if asked.ask == "What now" and "write" in asked.values:
            return "write"
        if asked.ask == "What shall the new agreement say":
            return self.uses.get(self.section, "keep")
        if asked.ask == "Why do the parties keep it":
            return self.why
        if asked.now.current is not None:
            self.asked.append(asked.item.path)
        if asked.ask == "Still right?":
            return Wish.KEEP
        return super().__call__(asked)

    @property
    def section(self) -> str:
        """The heading of the section that is shown."""
        assert self.screen is not None
        place = max(n for n, line in enumerate(self.screen.said) if line.endswith("to decide on."))
        return self.screen.said[place + 1].rpartition(": ")[2]


class Stopping:
    """A person who answers some prompts as another would, and then presses Ctrl-C."""

    def __init__(self, person: Superintendent, prompts: int) -> None:
        self.person, self.left = person, prompts

    def __call__(self, asked: Asked) -> Any:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return self.person(asked)


def held(out: Path) -> tuple[Tree, str]:
    """Return what stands in the files of a renewal: its answers, and its decisions."""
    decisions = out / "signed-2028.decisions.yaml"
    return Store(out / "signed-2028.answers.yaml").tree, decisions.read_text("utf-8") if decisions.exists() else ""


def replying(**by: Callable[[Asked], Any]) -> Reply:
    """Return a person who replies to each prompt by its words, the rest as a superintendent would."""
    person = Superintendent()
    return lambda asked: by[asked.ask](asked) if asked.ask in by else person(asked)
