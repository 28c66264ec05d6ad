"""The review: every answer in a table, any of them to be changed; and what to do when nothing is left to ask."""

from __future__ import annotations

from pathlib import Path

from mou_builder.cli.interview import coverage
from mou_builder.cli.interview.screen import Option, Wish
from mou_builder.cli.interview.sitting import Sitting
from mou_builder.interview import way, words
from mou_builder.interview.agenda import Item
from mou_builder.interview.scope import EVERYTHING, UNDECIDED

_MARKS = {"wrong": "does not fit", "missing": "open", "growing": "open", "undecided": "undecided"}


def review(talk: Sitting) -> None:
    """Show the answers, section by section, and let the person choose one to change."""
    while True:
        options = [Option(section, _counted(talk, section)) for section in words.sections(talk.now)]
        chosen = talk.screen.choose("Review which section", [Option(None, "go on with the interview"), *options])
        if chosen is None or isinstance(chosen, Wish):
            return
        here = [item for item in talk.now.items if item.question.section == chosen]
        talk.screen.say()
        talk.screen.say(words.section_title(chosen), strong=True)
        for line in table(talk, here):
            talk.screen.say(line)
        changes = [Option(item.path, words.full_title(talk.now, item)) for item in here]
        path = talk.screen.choose("Change which answer", [Option(None, "none, back to the sections"), *changes])
        if isinstance(path, Wish):
            return
        if path is not None:
            talk.step(way.go(talk.now, path))
            return


def _counted(talk: Sitting, section: str) -> str:
    here = [item for item in talk.now.items if item.question.section == section]
    count = {mark: sum(_MARKS.get(item.state) == mark for item in here) for mark in dict.fromkeys(_MARKS.values())}
    found = ", ".join(f"{number} {mark}" for mark, number in count.items() if number)
    given = sum(item.state == "given" for item in here)
    return f"{words.section_title(section)}: {given} answered{f', {found}' if found else ''}"


def table(talk: Sitting, items: list[Item]) -> list[str]:
    """Return the answers as lines of two columns, the longer ones in full."""
    left = min(44, talk.screen.width // 2)
    lines: list[str] = []
    for item in items:
        title, answer = words.full_title(talk.now, item), words.answer_line(talk.now, item)
        if len(title) < left and left + 2 + len(answer) <= talk.screen.width:
            lines.append(f"  {title:<{left}}{answer}")
        else:
            lines += [f"  {title}", f"      {answer}"]
    return lines


def what_next(talk: Sitting, folder: Path) -> bool:
    """Ask what to do when nothing is left to ask; return whether the interview goes on."""
    now, shelf = talk.now, talk.shelf
    report = coverage.report_on(now, shelf, talk.clock().date())
    talk.screen.say()
    talk.screen.say("Nothing is left to ask here.", strong=True)
    for line in coverage.in_all(now, report) if report else ():
        talk.screen.say(f"  {line}")
    for fault_line in _unfit(talk):
        talk.screen.say(f"  {fault_line}")
    chosen = talk.screen.choose("What now", _options(talk, folder))
    if chosen in ("draft", "final"):
        asked = talk.screen.text("Folder for the files", prefilled=str(folder))
        if isinstance(asked, str) and talk.build(Path(asked or folder), final=chosen == "final"):
            talk.screen.say("Built. You can go on, or stop.", strong=True)
        return True
    if chosen == "rest":
        talk.step(way.scoped(now, EVERYTHING))
    elif chosen == "undecided":
        talk.step(way.scoped(now, UNDECIDED))
    elif chosen in ("review", Wish.REVIEW):
        review(talk)
    elif chosen in ("sections", Wish.SECTIONS):
        talk.choose_section()
    return chosen not in ("stop", Wish.QUIT)


def _unfit(talk: Sitting) -> list[str]:
    wrong = [item for item in talk.now.items if item.state == "wrong"]
    lines = [f"Does not fit: {item.form.title}: {item.fault.what if item.fault else ''}" for item in wrong]
    return [
        *lines,
        *(f"No question is called {'.'.join(map(str, path))}: a build refuses it." for path in talk.now.draft.unknown),
    ]


def _options(talk: Sitting, folder: Path) -> list[Option]:
    now = talk.now
    waiting = [item for item in now.items if item.waits]
    still_open = sum(item.state == "undecided" for item in now.items)
    options = []
    if waiting:
        many = f"{len(waiting)} question{'s' if len(waiting) > 1 else ''}"
        options.append(Option("rest", f"go on with the rest: {many}, about {words.minutes(waiting)}"))
    if still_open:
        options.append(Option("undecided", f"go through what is undecided: {still_open}"))
    buildable = now.draft.complete and not now.draft.unknown
    builds = [Option("draft", "build a draft: what is open shows as a highlighted blank"),
              Option("final", "build the final agreement: refused while anything is open")]  # fmt: skip
    first = builds[::-1] if buildable and not waiting and not still_open else builds
    options += first if buildable else []
    options += [Option("review", "review the answers, and change any"), Option("sections", "go to a section")]
    return [*options, Option("stop", "stop here; everything is saved")]
