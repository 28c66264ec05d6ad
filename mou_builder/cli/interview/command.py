"""``mou-builder interview``: collect the answers in a guided conversation that saves after each of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.cli.interview.loading import Loading
    from mou_builder.cli.interview.screen import Screen
    from mou_builder.cli.interview.store import Store
    from mou_builder.interview.state import Interview


def interview(
    answers: Annotated[Path, typer.Argument(help="Answers file (YAML) to begin or to go on with.")] = Path(
        "answers.yaml"
    ),
    section: Annotated[
        str | None, typer.Option("--section", help="Ask one section only, answered questions too; for example cost.")
    ] = None,
    answers_from: Annotated[
        Path | None,
        typer.Option(
            "--answers-from", help="Take answers over from an earlier agreement, or a model that was filled in."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder that is offered for the built agreement.")] = Path(
        "out"
    ),
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without drawing on the screen: for screen readers.")
    ] = False,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
) -> None:
    """Ask for the answers to an agreement, and save them after each one.

    The essentials come first: they give a complete draft. The rest follows section by section, with its defaults. Stop
    whenever you like (Ctrl-Q, Ctrl-C, or close the window); the same command goes on where you stopped.

    Example: mou-builder interview ours.yaml
    """
    _refuse_without_terminal()
    from mou_builder.cli.interview.loading import begin_loading
    from mou_builder.cli.interview.store import Store, locked

    with locked(answers):
        store = Store(answers)
        loading = begin_loading(library, pack, answers_from)
        talk(store, screen_for(plain=plain), loading, section=section, prior=answers_from, out=out)


def _refuse_without_terminal() -> None:
    """Raise UsageError, in one line, where there is nobody to ask."""
    if has_terminal():
        return
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    mend = "Write an answers file ('mou-builder schema' gives its shape) and run 'mou-builder build ANSWERS --out DIR'."
    raise UsageError(Fault("interview", "there is no terminal to ask questions in.", mend))


def has_terminal() -> bool:
    """Return whether there is a terminal, and so perhaps a person, to ask questions in."""
    return sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty()


def screen_for(*, plain: bool) -> Screen:
    """Return the screen that suits the terminal; with `plain`, the one that draws nothing."""
    from mou_builder.cli.interview.plain import PlainScreen

    if plain or os.environ.get("TERM") in ("dumb", "unknown"):
        return PlainScreen()
    from mou_builder.cli.interview.prompts import PromptScreen

    return PromptScreen()


def talk(
    store: Store,
    screen: Screen,
    loading: Loading,
    *,
    section: str | None = None,
    prior: Path | None = None,
    out: Path = Path("out"),
    clock: Callable[[], datetime] = datetime.now,
) -> None:
    """Hold the conversation over one answers file until the person stops; `clock` tells the time of each answer.

    Raises AnswerError or UsageError where the file, the section or the earlier agreement cannot be used, and
    KeyboardInterrupt at Ctrl-C, after a word on how to go on.
    """
    from mou_builder.cli.interview.conversation import Conversation
    from mou_builder.cli.interview.reviewing import what_next

    now = _begun(store, loading, prior, clock)
    conversation = Conversation(now, store, screen, loading, clock)
    try:
        _greet(screen, store, now, prior)
        conversation.now = _at_start(now, store, section)
        while not conversation.leaving:
            conversation.ask_all()
            if not conversation.leaving and (section or not what_next(conversation, out)):
                break
    except KeyboardInterrupt:
        screen.say()
        screen.say(_farewell(store, conversation.now))
        raise typer.Exit(130) from None
    screen.say(_farewell(store, conversation.now))


def _begun(store: Store, loading: Loading, prior: Path | None, clock: Callable[[], datetime]) -> Interview:
    from mou_builder.interview.lists import Lists, lists_of
    from mou_builder.interview.state import begin

    # Only waivers and attestations need the library before anything is asked: do they name requirements that exist?
    named = prior is not None or any(store.tree.get(group) for group in ("waivers", "attestations"))
    now = begin(store.tree, store.notes, lists_of(loading.get()) if named else Lists())
    if prior is not None:
        from mou_builder.cli.interview.earlier import with_earlier

        now = with_earlier(now, prior, loading.get(), clock())
        store.save(now)
    return now


def _at_start(now: Interview, store: Store, section: str | None) -> Interview:
    """Return the interview where it begins: in the section asked for, where it was left, or at the essentials."""
    from mou_builder.interview import way
    from mou_builder.interview.scope import ESSENTIALS, EVERYTHING, Scope

    if section is not None:
        from mou_builder.cli.files import UsageError
        from mou_builder.errors import Fault, did_you_mean
        from mou_builder.interview.words import sections

        known = sections(now)
        if section not in known:
            mend = f"{did_you_mean(section, known)} Asked here: {', '.join(known)}.".strip()
            raise UsageError(Fault("--section", f"nothing is asked under {section!r}.", mend))
        return way.scoped(now, Scope("pass", (section,)))
    first = way.scoped(now, ESSENTIALS)
    if store.found and (store.notes.scope not in ("", "essentials") or first.current is None):
        first = way.scoped(now, EVERYTHING)
    stopped = store.notes.stopped
    if stopped in first.places and first.scope.wants(first.item(stopped)):
        first = way.go(first, stopped)
    return first


def _greet(screen: Screen, store: Store, now: Interview, prior: Path | None) -> None:
    from mou_builder.cli.interview.screen import LEGEND
    from mou_builder.interview.tree import NOTHING
    from mou_builder.interview.words import section_title, title_at
    from mou_builder.shape import dotted

    given = sum(item.value is not NOTHING and item.form.kind not in ("entries", "group") for item in now.items)
    taken = sum(note.origin == "prior" for note in now.notes.of.values())
    filled_in = sum(note.origin == "file" for note in now.notes.of.values())
    if prior is not None and filled_in and not taken:
        screen.say(f"{filled_in} answers are taken up from {prior}, the model that was filled in.", strong=True)
        screen.say("What was left empty in it, or could not be read, is asked. The review (:review) shows all answers.")
        screen.say()
    elif prior is not None:
        screen.say(f"{taken} answers are taken over from {prior}.", strong=True)
        screen.say(
            "What belongs to that agreement alone, such as its dates, approvals, numbers and waivers, is asked anew. The review "
            "(:review) shows all answers; any of them may be changed."
        )
        screen.say()
    if not store.found:
        new = "" if prior is not None else "A new agreement. "
        screen.say(f"{new}Every answer is saved at once in {store.name}.", strong=True)
        screen.say(
            "The essentials come first: about 25 questions make a complete draft, in which what is still open shows as a "
            "highlighted blank. The rest follows section by section, with its defaults. Nobody needs to know everything "
            "today: leave a question open, stop, and come back."
        )
        screen.say()
        for line in (screen.legend, *LEGEND):
            screen.say(line)
        return
    undecided = sum(item.state == "undecided" for item in now.items)
    screen.say(f"Going on with {store.name}: {given} answers, {undecided} of them undecided.", strong=True)
    if store.notes.stopped in now.places:
        item = now.item(store.notes.stopped)
        screen.say(f"You stopped at: {section_title(item.question.section)}, {item.form.title}.")
    wrong = [item for item in now.items if item.state == "wrong"]
    if wrong:
        screen.say(f"{len(wrong)} of the answers do not fit and will be asked again.", strong=True)
    for path in now.draft.unknown:
        screen.say(f"  {dotted(path)}: no question has this name. It stays in the file, but a build refuses it.")
    aside = [path for path in now.notes.aside if path not in store.notes.aside]
    for path in aside:
        screen.say(
            f"  {title_at(path)}: it has no effect beside the other answers; it is set aside and comes back if it applies."
        )


def _farewell(store: Store, now: Interview) -> str:
    if not store.path.exists():
        return "Nothing was answered, so nothing was saved."
    left = sum(item.waits for item in now.items)
    more = f" {left} questions are left." if left > 1 else ""
    return f"Saved in {store.name}.{more} Go on with: mou-builder interview {store.name}"
