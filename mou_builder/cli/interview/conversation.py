"""The conversation: ask what the machine says, do what the person answers or wishes, and save after each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mou_builder.cli.interview import coverage
from mou_builder.cli.interview.asking import ask
from mou_builder.cli.interview.listing import Deed, ask_list, begins_by_itself, shown_default
from mou_builder.cli.interview.loading import Loading
from mou_builder.cli.interview.reviewing import review
from mou_builder.cli.interview.screen import LEGEND, Option, Screen, Wish
from mou_builder.cli.interview.sitting import Sitting
from mou_builder.cli.interview.store import Store
from mou_builder.errors import AnswerError
from mou_builder.interview import entries, steps, words
from mou_builder.interview.agenda import Item
from mou_builder.interview.state import ContradictionError, Interview
from mou_builder.interview.typed import editable, shown

_SHOWN_DEFAULTS = 12


class Conversation(Sitting):
    """One sitting over one answers file, question by question."""

    fewest_at_once = 2
    """From how many defaults on a section's are offered together."""

    def __init__(
        self, now: Interview, store: Store, screen: Screen, loading: Loading, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(now, store, screen, loading, clock)
        self._section = ""
        self._offered: set[str] = set()
        self._refused: tuple[Any, Any] = (None, None)
        self._typed = ""

    def ask_all(self) -> None:
        """Ask until nothing is left to ask in what is gone through now, or the person wants to stop."""
        while not self.leaving and (item := self.now.current) is not None:
            named = item.form.among in ("states", "requirements", "practices") or item.form.kind == "by-path"
            if named or self.loading.ready:
                self.know_lists()
                item = self.now.item(item.path)
            if self._arrived(item):
                self._once(item)
        if not self.leaving:
            self._leave_section()

    # One question

    def _once(self, item: Item) -> None:
        """Show one question and do what the person answers."""
        if begins_by_itself(item):
            self.step(entries.add(self.now, self.clock()))
            return
        self.screen.say()
        self.screen.say(words.progress(self.now, item))
        for line, strong in words.block(self.now, item):
            self.screen.say(line, strong=strong)
        self.screen.say(self.screen.ways)
        try:
            if item.form.kind == "entries":
                self._listed(ask_list(self.screen, self.now, item))
            elif item.form.kind == "by-path":
                from mou_builder.cli.interview.differing import ask_by_path

                self._replied(item, ask_by_path(self.screen, self.now, item, self.clock().date()))
            else:
                self._replied(item, ask(self.screen, self.now, item, self.clock().date(), self._typed))
        except AnswerError as error:
            self._complain(error)

    def _replied(self, item: Item, reply: Any) -> None:
        if isinstance(reply, Wish):
            self.wished(reply, item)
            return
        insist = self._refused == (item.path, repr(reply))
        self._refused = (item.path, repr(reply))
        self._typed = editable(item.form, reply) if item.form.kind not in ("choice", "choices", "by-path") else ""
        self.step(steps.answer(self.now, reply, self.clock(), insist=insist))
        self._refused, self._typed = (None, None), ""
        told = shown(item.form, reply)
        if item.form.kind in ("date", "day", "money", "share", "percent", "choices") and told != str(reply):
            self.screen.say(f"  = {told}")

    def _listed(self, deed: Deed | Wish | None) -> None:
        if isinstance(deed, Wish):
            self.wished(deed, self.now.at_hand())
        elif deed is not None:
            when, item = self.clock(), self.now.at_hand()
            insist = deed.kind == "done" and self._refused == (item.path, "done")
            self._refused = (item.path, deed.kind)
            made = {
                "add": lambda: entries.add(self.now, when),
                "edit": lambda: entries.edit(self.now, deed.number),
                "remove": lambda: entries.remove(self.now, deed.number, when),
                "move": lambda: entries.move(self.now, deed.number, deed.to, when),
                "done": lambda: entries.done(self.now, when, insist=insist),
            }[deed.kind]()
            self._refused = (None, None)
            self.step(made)

    def _complain(self, error: AnswerError) -> None:
        for fault in error.faults:
            self.screen.say(f"  ! {fault}", strong=True)
        if isinstance(error, ContradictionError):
            self.screen.say("  To keep it all the same and mend another answer later, give it once more.")

    # Wishes

    def wished(self, wish: Wish, item: Item) -> None:
        """Do what a person wishes instead of answering; raise AnswerError if it cannot be done here."""
        self._typed = ""
        when = self.clock()
        if wish is Wish.BACK:
            made = steps.back(self.now)
            while made.current is not None and begins_by_itself(made.current):
                made = steps.back(made)  # a list that must not be empty would only begin again
            self.step(made)
        elif wish is Wish.TAKE:
            self.step(steps.take(self.now, when))
        elif wish is Wish.KEEP:
            self.step(steps.keep(self.now))
        elif wish is Wish.UNDECIDED:
            self._undecided(item)
        elif wish is Wish.WHY:
            for line in words.why(item, self.shelf):
                self.screen.say(f"  {line}")
        elif wish is Wish.SECTIONS:
            self.choose_section()
        elif wish is Wish.REVIEW:
            review(self)
        elif wish is Wish.QUIT:
            self.leaving = True
        elif wish is Wish.EMPTY:
            open_too = " ^N (:undecided) leaves it open, with a reason." if item.form.may_be_open else ""
            self.screen.say(f"  This needs an answer.{open_too}", strong=True)
        else:
            for line in (self.screen.legend, *LEGEND):
                self.screen.say(line)

    def _undecided(self, item: Item) -> None:
        if not item.form.may_be_open:
            steps.skip(self.now, "not decided", self.clock())  # raises, in words
        before = item.value["undecided"] if item.state == "undecided" else "not decided yet"
        why = self.screen.text("Why is it open", prefilled=before)
        if isinstance(why, Wish):
            return
        self.step(steps.skip(self.now, why or before, self.clock()))

    def choose_section(self) -> None:
        """Let the person choose where to go on, and say how the requirements of the section left stand."""
        before = self.now
        super().choose_section()
        if self.now is not before:
            self._leave_section()

    # Sections

    def _arrived(self, item: Item) -> bool:
        """Say where the person is; in a new section offer to take its defaults. Return whether to ask the question now."""
        section = item.question.section
        if section == self._section:
            return True
        self._leave_section()
        self._section = section
        return section in self._offered or not self.offers_defaults() or self._offer_defaults(section)

    def offers_defaults(self) -> bool:
        """Return whether a section's defaults are offered together in what is gone through now."""
        return self.now.scope.kind in ("all", "part")

    def in_one_go(self, item: Item) -> bool:
        """Return whether a question's default may be taken together with others of its section."""
        return steps.in_one_go(item)

    def _offer_defaults(self, section: str) -> bool:
        """Offer to take all defaults of a section at once; return whether the question at hand is still to be asked."""
        self._offered.add(section)
        here = [item for item in self.now.items if item.question.section == section and self.in_one_go(item)]
        if len(here) < self.fewest_at_once:
            return True
        self.screen.say()
        self.screen.say(words.section_title(section), strong=True)
        self.screen.say(f"{len(here)} questions here have a default, or may be left out:")
        for item in here[:_SHOWN_DEFAULTS]:
            reason = f" {item.form.rationale}" if item.form.rationale else ""
            self.screen.say(f"  - {words.full_title(self.now, item)}: {shown_default(item)}.{reason}")
        if len(here) > _SHOWN_DEFAULTS:
            self.screen.say(f"  - and {len(here) - _SHOWN_DEFAULTS} more")
        options = [Option(True, "take them all, ask me only the rest"), Option(False, "ask me each one")]
        chosen = self.screen.choose("What now", options)
        if chosen is True:
            self.step(steps.take_all(self.now, section, self.clock(), self.in_one_go))
            return False
        if isinstance(chosen, Wish) and chosen is not Wish.HELP:
            self._offered.discard(section)
            self._section = "" if chosen is not Wish.QUIT else section
            item = self.now.at_hand()
            try:
                self.wished(chosen, item)
            except AnswerError as error:
                self._complain(error)
            return False
        return True

    def _leave_section(self) -> None:
        """Say how the requirements stand that rest on the section just left."""
        if not self._section:
            return
        section, self._section = self._section, ""
        report = coverage.report_on(self.now, self.shelf, self.clock().date())
        lines = list(coverage.of_section(self.now, section, report)) if report else []
        if lines:
            self.screen.say()
            # On the short path most requirements are open because nobody was asked yet: their count will do.
            for line in lines[:1] if self.now.scopes[0].kind == "essentials" else lines:
                self.screen.say(line)
