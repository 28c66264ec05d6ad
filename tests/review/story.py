"""Three generations of one agreement, told with the commands: signed in 2024, renewed in 2026 and again in 2028.

Every place, person and law in it is made up; the state of the rubric is no state.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wordedit import control, edited, replace_word

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data" / "story"
"""What the library of the story gets beyond the shipped one: a clause, a rubric, and its change lists."""
Run = Callable[..., tuple[int, str, str]]
PLACES = {
    "Larkmoor": "Alder Creek",
    "larkmoor": "alder-creek",
    "Tidewater": "Millpond",
    "Quarry Hill": "Stonebridge",
}

FIVE_DAYS, SUPERINTENDENTS = "within five School Days", "within 20 Business Days"
"""What the parties negotiated in 2024: a longer time to report a breach, and to answer a wish to remove an officer."""


@dataclass(frozen=True)
class Step:
    """One command of the story: what was typed, the exit code, and what was printed."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str


class Story:
    """The folder in which the story takes place, and the commands that are typed there."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self._run = folder, run
        self.library = folder / "library"
        self.steps: list[Step] = []

    def type(self, *words: str) -> Step:
        """Type a command; the library of the day goes with it."""
        step = Step(words, *self._run(*words, "--library", str(self.library)))
        self.steps.append(step)
        return step

    def file(self, name: str) -> str:
        return str(self.folder / name)

    # 2024

    def first_library(self) -> None:
        """Lay out the library of 2024: today's texts, published, in effect since January of that year."""
        shutil.copytree(ROOT / "clause_library", self.library)
        for file in (self.library / "us").rglob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"(?m)^effective: .*$", "effective: 2024-01-01", text), encoding="utf-8")
        self._tell("changes.md")
        self.type("library", "publish", "--all")

    def first_answers(self) -> None:
        """Write the answers of 2024: the first example, two years earlier and in another place."""
        text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
        text = re.sub(r"\b202[5-9]\b", lambda year: str(int(year.group()) - 2), text)
        # A state of which the library knows no law, so that the made-up rubric is all that a state asks here.
        for old, new in {"state: WA": "state: ID", **PLACES}.items():
            text = text.replace(old, new)
        (self.folder / "alder_creek.yaml").write_text(text, encoding="utf-8")

    def negotiate(self) -> None:
        """Change two clauses in Word, as counsel of the two parties did before they signed."""

        def change(body: Any) -> None:
            replace_word(control(body, "us/roles/discipline"), "within two School Days", FIVE_DAYS)
            replace_word(control(body, "us/evaluation/removal.ladder"), "within ten Business Days", SUPERINTENDENTS)

        word = (self.folder / "2024" / "alder_creek.docx").read_bytes()
        (self.folder / "signed-2024.docx").write_bytes(edited(word, change))

    # 2026

    def second_library(self) -> None:
        """Change the library: an update, a new edition, a correction, a new clause in a new place, and a state's rubric."""
        for id, old, new, kind in (
            ("us/training/continuing", "within 60 days", "within 30 days", "update"),
            ("us/safety/media.joint", "", "", "edition"),
            ("us/general/severability", "neither a delay nor a waiver", "no delay and no waiver", "correction"),
        ):
            self._revise(id, old, new, kind, "2026-02-01")
        outline = self.library / "outline.yaml"
        place = "      - {id: public-access,"
        added = "      - {id: state-register, title: Entry in the state register}\n"
        text = outline.read_text(encoding="utf-8")
        assert text.count(place) == 1
        outline.write_text(text.replace(place, added + place), encoding="utf-8")
        shutil.copy(DATA / "state-register.yaml", self.library / "us/general")
        shutil.copy(DATA / "example-state.yaml", self.library / "rubrics")
        self._tell("changes.md", "changes-2026.md")
        self.type("library", "publish", "--all")

    def _tell(self, *files: str) -> None:
        """Write the library's change list."""
        text = "\n".join((DATA / file).read_text(encoding="utf-8") for file in files)
        (self.library / "CHANGELOG.md").write_text(text, encoding="utf-8")

    def _revise(self, id: str, old: str, new: str, kind: str, day: str) -> None:
        assert self.type("library", "revise", id, "--as-of", day).code == 0
        file = self.library / f"{id}.yaml"
        text = file.read_text(encoding="utf-8").replace("\nchange: update\n", f"\nchange: {kind}\n")
        if kind == "edition":
            text = re.sub(r"(?s)(\ntext: \|\n).*?(\nplain|\nnotes)", rf"\1{STATEMENTS}\2", text)
        else:
            assert text.count(old) == 1, (id, old)
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    # 2028

    def third_library(self) -> None:
        """Change the one clause whose wording the parties had kept."""
        self._revise("us/roles/discipline", "within two School Days", "on the next School Day", "update", "2028-02-01")
        self._tell("changes.md", "changes-2028.md", "changes-2026.md")
        self.type("library", "publish", "--all")

    def decide(self, name: str, answers: str, sections: str) -> str:
        """Write a decisions file and return its path."""
        file = self.folder / name
        file.write_text(f"schema: 1\nanswers:\n{answers}sections:\n{sections}", encoding="utf-8")
        return str(file)

    def sign(self, built: str, name: str) -> None:
        """Sign an agreement as it was built."""
        shutil.copy(self.folder / built, self.folder / name)


STATEMENTS = """\
  The District speaks first to the public about an event at a School, and the Agency about a crime.
  Each of them shall tell the other before it speaks, unless a Serious and Imminent Threat leaves no time.

  No Party shall name or picture a Student without a Parent’s written consent."""


def anew(year: int) -> str:
    """Return the answers that a renewal in `year` needs anew, as lines of a decisions file."""
    return f"""\
  document:
    effective_date: {year}-08-01
    prior: {{title: Memorandum of Understanding, signed_on: {year - 2}-08-01, effect: replaces, data_year: {year - 2}-{year - 1},
            findings: Calls for an officer fell by a third.}}
  term: {{ends: {year + 2}-07-31}}
"""


@dataclass
class Told:
    """What happened in each generation."""

    story: Story
    first: Step
    checked: Step
    proposed: Step
    second: Step
    checked_again: Step
    undecided: Step
    refused: Step
    third: Step
    checked_last: Step


def told(story: Story) -> Told:
    """Tell the whole story."""
    story.first_library()
    story.first_answers()
    first = story.type(
        "build", story.file("alder_creek.yaml"), "--out", story.file("2024"), "--as-of", "2024-06-28", "--final"
    )
    story.negotiate()
    checked = story.type("check", story.file("signed-2024.docx"), "--memo", story.file("board.docx"))

    story.second_library()
    renew = ("renew", story.file("signed-2024.docx"), "--as-of", "2026-06-01", "--no-questions")
    proposed = story.type(*renew, "--out", story.file("2026-proposed"), "--no-redline")
    decisions = story.decide("decisions-2026.yaml", anew(2026), WHYS)
    second = story.type(*renew, "--out", story.file("2026"), "--decisions", decisions, "--final")
    story.sign("2026/signed-2026.docx", "agreement-2026.docx")
    checked_again = story.type("check", story.file("agreement-2026.docx"))

    story.third_library()
    renew = ("renew", story.file("agreement-2026.docx"), "--as-of", "2028-06-01", "--no-questions")
    undecided = story.type(*renew, "--out", story.file("2028-open"), "--no-redline")
    waiting = story.decide("waiting-2028.yaml", anew(2028), "  {}\n")
    refused = story.type(*renew, "--out", story.file("2028"), "--decisions", waiting, "--final")
    decisions = story.decide("decisions-2028.yaml", anew(2028), DECIDED)
    third = story.type(*renew, "--out", story.file("2028"), "--decisions", decisions, "--final")
    checked_last = story.type("check", story.file("2028/agreement-2028.docx"))
    return Told(story, first, checked, proposed, second, checked_again, undecided, refused, third, checked_last)


WHYS = """\
  roles.discipline: {use: keep, why: The mediation of May 2024 settled on five School Days.}
  evaluation.removal: {use: keep, why: The Superintendent asked for more time to answer families.}
"""
DECIDED = """\
  roles.discipline: {use: keep, why: Five School Days have worked; both chiefs asked for them again.}
"""
