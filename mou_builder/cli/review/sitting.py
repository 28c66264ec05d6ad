"""A sitting over a renewal: say what is new, ask what is new or expired, decide on the sections; all saved at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mou_builder.cli.files import UsageError, read_bytes, read_text
from mou_builder.cli.interview.loading import Loading
from mou_builder.cli.interview.reviewing import review
from mou_builder.cli.interview.screen import LEGEND, Option, Screen, Wish
from mou_builder.cli.interview.store import Store, locked, write_whole
from mou_builder.cli.review import showing
from mou_builder.cli.review.kept import DecisionsFile
from mou_builder.cli.review.questions import Questions
from mou_builder.cli.review.sections import Sections
from mou_builder.errors import AnswerError, Fault
from mou_builder.interview import steps
from mou_builder.interview.lists import lists_of
from mou_builder.interview.state import Interview, begin
from mou_builder.interview.tree import NOTHING, at
from mou_builder.marked import Marked, read_marked
from mou_builder.record import answers_of
from mou_builder.review import deciding
from mou_builder.review.decisions import Decisions
from mou_builder.review.next_answers import carried, with_new
from mou_builder.review.renewal import Renewal
from mou_builder.review.versions import places
from mou_builder.review.whats_new import whats_new

if TYPE_CHECKING:
    from mou_builder.cli.earlier import Earlier
    from mou_builder.library import Library

_HEADING = """\
# Answers of a renewal, carried over from the earlier agreement. To go on, run the same 'mou-builder renew' again.
# What the parties keep in their own words stands under negotiated.
"""


@dataclass(frozen=True)
class Task:
    """What is renewed, with what, and where its answers and decisions are kept."""

    earlier: Earlier
    library: Library
    renewal_of: Callable[[Marked], Renewal]
    """What becomes of the sections with these answers; raises AnswerError where they make no agreement."""
    out: Path
    name: str
    answers: Path | None = None
    """Answers to begin with, in place of those of the earlier agreement."""
    clock: Callable[[], datetime] = datetime.now

    @property
    def answers_file(self) -> Path:
        """Where the answers are kept."""
        return self.out / f"{self.name}.answers.yaml"

    @property
    def decisions_file(self) -> Path:
        """Where the decisions are kept."""
        return self.out / f"{self.name}.decisions.yaml"


@dataclass(frozen=True)
class Settled:
    """What a sitting ended with: the answers are in the file, the decisions here."""

    decisions: Decisions
    saved: dict[str, bytes]
    """What stands in the files that the sitting itself wrote, by name."""


def name_under_way(out: Path, name: str, earlier: str) -> str:
    """Return the name under which the renewal was begun in `out`, perhaps in another year; else `name`.

    `earlier` is the name of the agreement that is renewed, whose own files may lie there too.
    """
    base = re.sub(r"-(?:20\d\d|renewed)\Z", "", name)
    begun = sorted(path.name.removesuffix(".answers.yaml") for path in out.glob("*.answers.yaml"))
    ours = [one for one in begun if re.fullmatch(rf"{re.escape(base)}-20\d\d", one) and one != earlier]
    return ours[0] if name not in ours and len(ours) == 1 else name


@contextmanager
def telling_how_to_go_on(answers: Path, screen: Screen, again: str) -> Iterator[None]:
    """Answer Ctrl-C with one line on how to go on, and exit code 130; `again` is the command to run."""
    try:
        yield
    except KeyboardInterrupt:
        screen.say()
        screen.say(farewell(answers, again))
        raise typer.Exit(130) from None


def farewell(answers: Path, again: str) -> str:
    """Return what to say to whoever stops before the files are written."""
    if not answers.exists():
        return "Nothing was answered, so nothing was saved."
    return f"Every answer and decision is saved in {answers.parent}. Go on with: {again}"


def settle(task: Task, screen: Screen, again: str) -> Settled:
    """Ask what a renewal needs, and return what was decided. `again` is the command that goes on with it.

    Raises typer.Exit where the person stops, and AnswerError or UsageError where the files cannot be taken up.
    """
    _make(task.out)
    with locked(task.answers_file):
        begun = _taken_up(task)
        _greet(task, screen, begun)
        return _Sitting(task, screen, again, begun).settled()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "a file of this name is in the way"
        raise UsageError(Fault(str(folder), f"the folder cannot be made ({why}).", "Give another --out.")) from None


@dataclass(frozen=True)
class _Begun:
    """A renewal at the start of a sitting: where it was left, or with the earlier agreement's answers."""

    now: Interview
    store: Store
    decisions: DecisionsFile
    renewal: Renewal
    going_on: bool
    """Whether it was begun in another sitting."""


def _taken_up(task: Task) -> _Begun:
    """Return the renewal as it was left, or begun from the earlier agreement's answers; saved either way."""
    decisions = DecisionsFile(task.decisions_file)
    going_on = task.answers_file.exists()
    if task.answers is not None and not going_on:
        read_text(task.answers)
        write_whole(task.answers_file, read_bytes(task.answers))
    store = Store(task.answers_file, _HEADING)
    begun = carried(task.earlier.agreement, task.library, task.clock())
    now = begin(store.tree, store.notes, lists_of(task.library)) if store.found else begun
    if store.found and not store.beside.exists():
        # Whoever begins from a file has looked at what differs in it, and at nothing else.
        same = {
            path: note
            for path, note in begun.notes.of.items()
            if at(begun.tree, path) is not NOTHING and at(begun.tree, path) == at(now.tree, path)
        }
        now = replace(now, notes=replace(now.notes, of=same))
    store.save(now)
    if decisions.read.answers:
        store.save(now.with_answers(with_new(now.tree, decisions.read.answers), now.notes))
        store = Store(task.answers_file)  # notes on answers that were replaced go
        now = begin(store.tree, store.notes, now.lists)
    try:
        renewal = task.renewal_of(Marked(store.name, dict(now.tree)))
    except AnswerError:  # said when it comes to the sections; until then what the earlier answers make will do
        renewal = task.renewal_of(Marked(store.name, dict(begun.tree)))
    if decisions.read.answers:  # they stand in the answers file from now on
        state = deciding.begin(renewal, decisions.read.sections)
        decisions.save(renewal, state, places(task.earlier.record, task.library))
    now = replace(now, earlier=answers_of(task.earlier.agreement))
    return _Begun(now, store, decisions, renewal, going_on)


def _greet(task: Task, screen: Screen, begun: _Begun) -> None:
    store, decisions, renewal = begun.store, begun.decisions, begun.renewal
    for line, strong in whats_new(renewal, task.earlier.agreement, task.earlier.name):
        screen.say(line, strong=strong)
    if task.earlier.examined is None:
        screen.say(
            "Only its record was given: what the parties changed in the Word file cannot be seen from it.", strong=True
        )
    screen.say()
    if begun.going_on:
        screen.say(f"Going on with the answers in {store.name}.", strong=True)
        if task.answers is not None and task.answers.resolve() != store.path:
            screen.say(f"{task.answers} is not read any more: this renewal has answers of its own.")
    else:
        screen.say(
            f"Its answers are carried over into {store.name}, where every new one is saved at once.", strong=True
        )
    if decisions.found:
        screen.say(f"Decisions made before are in {decisions.name}.")
    known = {one.slot for one in renewal.open_to_decision}
    for slot in decisions.read.sections:
        if slot not in known:
            screen.say(f"  There is nothing to decide about {slot} any more; the decision on it is left out.")
    if not begun.going_on:
        screen.say(
            "Asked now: what has no answer, what belonged to that agreement alone, such as its dates, and whether its people are "
            "still right. Any other answer can be changed in the review (:review)."
        )
        screen.say()
        for line in (screen.legend, *LEGEND):
            screen.say(line)


class _Sitting:
    """The questions, the sections, and the way from one to the other and back."""

    def __init__(self, task: Task, screen: Screen, again: str, begun: _Begun) -> None:
        self._task, self._screen, self._again = task, screen, again
        self._store, self._decisions = begun.store, begun.decisions
        self._talk = Questions(begun.now, begun.store, screen, Loading(lambda: task.library), task.clock)
        self._state: deciding.Deciding | None = None
        self._numbers = places(task.earlier.record, task.library)

    def settled(self) -> Settled:
        """Go through the questions and the sections until the files may be written."""
        while True:
            self._talk.ask_all()
            if self._talk.leaving:
                self._stop()
            renewal = self._renewal()
            if renewal is None:
                continue
            first = self._state is None
            self._state = (
                self._state.over(renewal) if self._state else deciding.begin(renewal, self._decisions.read.sections)
            )
            sections = Sections(
                self._state,
                self._screen,
                lambda state, renewal=renewal: self._decisions.save(renewal, state, self._numbers),  # type: ignore[misc]
                self._task.library,
                self._numbers,
            )
            if first and self._state.current is not None:
                self._screen.say()
                self._screen.say(f"Now the sections that the parties changed. {showing.LEGEND}", strong=True)
            wanted = sections.go_through()
            self._state = sections.state
            if wanted == "write":
                return self._ended(renewal)
            if wanted == "stop":
                self._stop()
            if wanted == "review":
                review(self._talk)
            else:
                self._back_to_the_answers()

    def _renewal(self) -> Renewal | None:
        """Return what the answers make of the sections; None after the person was shown what does not fit."""
        text = self._store.path.read_text(encoding="utf-8-sig")
        try:
            return self._task.renewal_of(read_marked(text, self._store.name, AnswerError))
        except AnswerError as error:
            self._screen.say()
            self._screen.say("The answers do not make an agreement yet:", strong=True)
            for fault in error.faults:
                self._screen.say(f"  ! {fault}")
        options = [
            Option("review", "review the answers, and change any"),
            Option("stop", "stop here; everything is saved"),
        ]
        chosen = self._screen.choose("What now", options)
        if chosen in ("stop", Wish.QUIT):
            self._stop()
        if chosen is Wish.BACK:
            self._back_to_the_answers()
        else:
            review(self._talk)
        return None

    def _back_to_the_answers(self) -> None:
        try:
            self._talk.step(steps.back(self._talk.now))
        except AnswerError:
            review(self._talk)  # nothing was asked in this sitting

    def _ended(self, renewal: Renewal) -> Settled:
        assert self._state is not None  # noqa: S101 - the sections have been gone through
        self._decisions.save(renewal, self._state, self._numbers)
        saved = {self._store.path.name: self._store.saved, self._decisions.path.name: self._decisions.saved}
        made = Decisions({}, self._state.decisions)
        return Settled(made, {name: data for name, data in saved.items() if data is not None})

    def _stop(self) -> None:
        self._screen.say(farewell(self._task.answers_file, self._again))
        raise typer.Exit
