"""A sitting: the interview as it stands, the file it is saved in, the screen, and the library once it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mou_builder.cli.interview.loading import Loading
from mou_builder.cli.interview.screen import Option, Screen, Wish
from mou_builder.cli.interview.store import Store
from mou_builder.errors import MouError
from mou_builder.interview import way, words
from mou_builder.interview.lists import lists_of
from mou_builder.interview.state import Interview

if TYPE_CHECKING:
    from mou_builder.library import Library


class Sitting:
    """What every part of the conversation works on."""

    def __init__(
        self, now: Interview, store: Store, screen: Screen, loading: Loading, clock: Callable[[], datetime]
    ) -> None:
        self.now = now
        self.store = store
        self.screen = screen
        self.clock = clock
        self.loading = loading
        self.leaving = False
        """Whether the person wants to stop."""

    @property
    def shelf(self) -> Library:
        """The clause library; waits until it is read."""
        return self.loading.get()

    def know_lists(self) -> None:
        """Let the machine know the library's lists of states and requirements."""
        if not self.now.lists.states:
            self.now = replace(self.now, lists=lists_of(self.shelf))

    def step(self, made: Interview) -> None:
        """Go on from a new state, saved."""
        notes = replace(made.notes, scope=made.scopes[0].kind, stopped=made.cursor or ())
        self.now = replace(made, notes=notes)
        try:
            self.store.save(self.now)
        except KeyboardInterrupt:
            # Ctrl-C while the file is written: what was answered is saved all the same, and then we stop.
            self.store.save(self.now)
            raise

    def choose_section(self) -> None:
        """Let the person choose where to go on."""
        options = []
        for section in words.sections(self.now):
            here = [item for item in self.now.items if item.question.section == section]
            waiting = sum(item.waits for item in here)
            state = f"{waiting} to look at" if waiting else "all looked at"
            options.append(Option(section, f"{words.section_title(section)} ({state})"))
        cursor = self.now.cursor or ("",)
        at = next((place for place, option in enumerate(options) if option.value == cursor[0]), 0)
        chosen = self.screen.choose("Which section", options, at=at)
        if not isinstance(chosen, Wish):
            self.step(way.jump(self.now, chosen))

    def build(self, folder: Path, *, final: bool) -> bool:
        """Build the agreement from the saved answers; return whether that was done."""
        import typer

        from mou_builder.cli.building import build

        try:
            build(self.store.path, folder, final=final, library=self.loading.folder, pack=self.loading.packs)
        except typer.Exit:
            return False
        except MouError as error:
            for fault in error.faults:
                self.screen.say(f"  ! {fault}", strong=True)
            return False
        return True
