"""The questions of a renewal: those that the earlier agreement does not answer, and whether its people are still right."""

from __future__ import annotations

from typing import Any

from mou_builder.cli.interview.conversation import Conversation
from mou_builder.cli.interview.listing import Deed, ask_list
from mou_builder.cli.interview.screen import Option, Wish
from mou_builder.errors import AnswerError
from mou_builder.interview import entries, way, words
from mou_builder.interview.agenda import Item
from mou_builder.interview.scope import Scope
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import is_list
from mou_builder.marked import Path
from mou_builder.review.expired import People, looked_at, people, still_right, through_all, to_ask


class Questions(Conversation):
    """The conversation of a renewal: it asks what `to_ask` says, and shows the people of a list before it asks about them."""

    fewest_at_once = 3

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self._changing: set[Path] = set()
        """The lists that a person wants to change."""
        self.now = self._begun(self.now)

    def _begun(self, now: Interview) -> Interview:
        """Return the interview at the first question of the renewal, or where it was left."""
        first = way.scoped(now, to_ask(now))
        stopped = now.notes.stopped
        here = stopped in first.places and first.scope.wants(first.item(stopped))
        return way.go(first, stopped) if here else first

    def offers_defaults(self) -> bool:
        """Return whether a section's defaults are offered together in what is gone through now."""
        return self.now.scope.kind in ("part", "chosen")

    def in_one_go(self, item: Item) -> bool:
        """Return whether a question's default may be taken together with others of its section."""
        return super().in_one_go(item) and (self.now.scope.kind != "chosen" or self.now.scope.wants(item))

    def step(self, made: Interview) -> None:
        """Go on from a new state, saved; what was looked at needs no other look in the next sitting."""
        super().step(looked_at(made))

    def _leave_section(self) -> None:
        # A renewal asks little of each section; how its requirements stand is said at the end.
        self._section = ""

    def _once(self, item: Item) -> None:
        """Show one question, or the people of a list, and do what the person answers."""
        which = self._people_at(item)
        if which is None:
            super()._once(item)
            return
        self.screen.say()
        self.screen.say(words.progress(self.now, item))
        where = words.place_of(self.now, item)
        if where:
            self.screen.say(where)
        self.screen.say(which.title, strong=True)
        for line in which.lines():
            self.screen.say(f"  {line}")
        self.screen.say(self.screen.ways)
        try:
            self._said_of(which, item)
        except AnswerError as error:
            self._complain(error)

    def _people_at(self, item: Item) -> People | None:
        """Return the people about whom to ask in place of a question; None where the question itself is asked."""
        if self.now.scope.kind != "chosen" or item.path in self._changing or item.state in ("wrong", "growing"):
            return None
        return next((one for one in people(self.now) if one.anchor == item.path), None)

    def _said_of(self, which: People, item: Item) -> None:
        options = [Option(Wish.KEEP, "yes, it stays so"), Option("change", "no, change it")]
        chosen = self.screen.choose("Still right?", options)
        if chosen is Wish.KEEP:
            self.step(still_right(self.now, which))
        elif isinstance(chosen, Wish):
            self.wished(chosen, item)
        elif which.is_list:
            self._changing.add(item.path)
            self._listed(ask_list(self.screen, self.now, item))
        else:
            self.step(through_all(self.now, which))

    def _listed(self, deed: Deed | Wish | None) -> None:
        if not isinstance(deed, Deed) or deed.kind != "add" or self.now.scope.kind != "chosen":
            super()._listed(deed)
            return
        item = self.now.at_hand()
        number = len(item.value) if is_list(item.value) else 0
        made = entries.add(self.now, self.clock())
        # A new entry is asked about in full, with what may be left out: nothing of it was ever looked at.
        within = Scope("part", (*item.path, number))
        self.step(made if made.scope == within else made.elsewhere(scopes=(*made.scopes, within)))
