"""The sections that the parties changed, one after the other: what happened to each, and what the new agreement shall say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from mou_builder.cli.interview.screen import LEGEND, Option, Screen, Wish
from mou_builder.cli.review import showing
from mou_builder.errors import AnswerError
from mou_builder.review.deciding import Deciding
from mou_builder.review.news import in_words
from mou_builder.review.versions import in_full, versions, what_happened

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.review.renewal import Decision, Section

Leave = Literal["write", "answers", "review", "stop"]
"""What a person wants next: the files, the question before, the review of the answers, or nothing more today."""
_ASKED = 2
"""Of how many requirements what they ask stands beside a section; the texts need the screen."""


class Sections:
    """One sitting over the sections; `save` keeps the decisions after each of them."""

    def __init__(
        self,
        state: Deciding,
        screen: Screen,
        save: Callable[[Deciding], None],
        library: Library,
        numbers: Mapping[str, str],
    ) -> None:
        self.state = state
        self._screen = screen
        self._save = save
        self._library = library
        self._numbers = numbers
        self._shown: int | None = None
        """The place of the section whose texts stand on the screen."""

    def go_through(self) -> Leave:
        """Ask about each section, and at the end what to do next; return what the person wants."""
        while True:
            section = self.state.current
            try:
                wanted = self._at_the_end() if section is None else self._once(section)
            except AnswerError as error:
                for fault in error.faults:
                    self._screen.say(f"  ! {fault.what} {fault.mend}".rstrip(), strong=True)
                continue
            if wanted is not None:
                return wanted

    # One section

    def _once(self, section: Section) -> Leave | None:
        if self._shown != self.state.place:
            self._show(section)
            self._shown = self.state.place
        self._screen.say(self._screen.ways)
        options = list(_choices(section))
        made = self.state.decided
        # Where both sides changed a text, Enter alone must not choose between them.
        ready = made.use if made else "later" if section.outcome == "conflict" else "keep"
        at = next(place for place, option in enumerate(options) if option.value == ready)
        return self._replied(section, self._screen.choose("What shall the new agreement say", options, at=at))

    def _replied(self, section: Section, reply: Any) -> Leave | None:
        if reply in ("keep", Wish.KEEP):
            return self._keep(section)
        if reply in ("library", "both"):
            self._step(self.state.decide(reply))
        elif reply in ("later", Wish.UNDECIDED):
            self._step(self.state.later())
        elif reply == "full":
            for title, lines in in_full(section, self._numbers):
                self._screen.say()
                self._screen.say(title, strong=True)
                for line in lines:
                    self._screen.say(f"    {line}")
        else:
            return self._wished(section, reply)
        return None

    def _wished(self, section: Section, wish: Wish) -> Leave | None:
        if wish is Wish.BACK:
            if not self.state.trail:
                return "answers"
            self.state = self.state.back()
        elif wish is Wish.WHY:
            for line in self._why(section):
                self._screen.say(f"  {line}")
        elif wish is Wish.SECTIONS:
            self._choose_section()
        elif wish is Wish.REVIEW:
            return "review"
        elif wish is Wish.QUIT:
            return "stop"
        else:
            for line in (self._screen.legend, *LEGEND):
                self._screen.say(line)
        return None

    def _keep(self, section: Section) -> Leave | None:
        """Ask why the parties keep their words, and decide so."""
        reason = self.state.reason()
        self._screen.say("  The reason stands in the appendix, and comes back at the next renewal.")
        while True:
            typed = self._screen.text("Why do the parties keep it", prefilled=reason)
            if isinstance(typed, Wish):
                return None if typed is Wish.BACK else self._wished(section, typed)
            try:
                self._step(self.state.decide("keep", typed))
            except AnswerError as error:
                for fault in error.faults:
                    self._screen.say(f"  ! {fault.what} {fault.mend}".rstrip(), strong=True)
                reason = typed
                continue
            if not typed:
                self._screen.say("  Kept; the appendix will say that no reason is recorded.")
            return None

    def _step(self, made: Deciding) -> None:
        self.state = made
        self._save(made)

    # What stands on the screen

    def _show(self, section: Section) -> None:
        say = self._screen.say
        say()
        say(f"Section {self.state.place + 1} of {len(self.state.sections)} to decide on.")
        say(f"{self._where(section)}{section.heading}", strong=True)
        say(f"  {what_happened(section)}")
        told = in_words(section.news) if section.outcome == "conflict" else ""
        if told:
            say(f"  The library: {told}")
        rows = list(self._requirements(section))
        if rows:
            asked = "; ".join(f"{id} ({asks.rstrip('.')})" for id, asks, _ in rows[:_ASKED])
            more = f"; and {', '.join(id for id, _, _ in rows[_ASKED:])} (:why tells all)" if rows[_ASKED:] else ""
            say(f"  Requirements that rest on it: {asked}{more}.")
        if section.before:
            say(f"  Kept in an earlier agreement, because: {section.before.why}")
        if self.state.decided:
            say(f"  Decided so far: {_said(section, self.state.decided)}.")
        for version in versions(section, self._numbers):
            say(f"  {version.title}:", strong=True)
            showing.show_words(self._screen, version.words)

    def _where(self, section: Section) -> str:
        number = self._numbers.get(section.slot, "")
        return f"Section {number}: " if number[:1].isdigit() else f"{number}: " if number[:1].isalpha() else ""

    def _requirements(self, section: Section) -> Iterator[tuple[str, str, str]]:
        """Yield id, what is asked, and with what force, of each requirement that rests on a section."""
        known = self._library.requirements()
        for id in section.satisfies:
            if id in known:
                rubric, row = known[id]
                force = "required by law" if rubric.force == "law" else f"aligned with {rubric.force}"
                yield id, row.asks, f"{force}; {rubric.title}"

    def _why(self, section: Section) -> Iterator[str]:
        rows = list(self._requirements(section))
        if not rows:
            yield "No requirement rests on this section."
        for id, asks, force in rows:
            yield f"{id} ({force}): {asks}"
        if rows and section.theirs is not None:
            yield "Where the parties\u2019 words stay, these are shown as altered, for counsel to judge."

    # The end

    def _at_the_end(self) -> Leave | None:
        self._shown = None
        say, sections = self._screen.say, self.state.sections
        say()
        waiting = len(self.state.undecided)
        if not sections:
            say("Nothing is left to ask.", strong=True)
        else:
            still = f"{waiting} of them not decided" if waiting else "all of them decided"
            say(f"Nothing is left to ask. {len(sections)} section{'s' * (len(sections) > 1)}, {still}:", strong=True)
        for section in sections:
            say(
                f"  - {self._where(section)}{section.heading}: {_said(section, self.state.decisions.get(section.slot))}"
            )
        options = [Option("write", "write the new agreement and the memo on its changes")]
        options += [Option("sections", "go to a section, and decide anew")] if sections else []
        options += [
            Option("review", "review the answers, and change any"),
            Option("stop", "stop here; everything is saved"),
        ]
        chosen = self._screen.choose("What now", options)
        if chosen in ("write", "review", "stop"):
            wanted: Leave = chosen
            return wanted
        if chosen == "sections" or (chosen is Wish.SECTIONS and sections):
            self._choose_section()
        elif chosen is Wish.BACK:
            if not self.state.trail:
                return "answers"
            self.state = self.state.back()
        elif chosen in (Wish.REVIEW, Wish.QUIT):
            return "review" if chosen is Wish.REVIEW else "stop"
        return None

    def _choose_section(self) -> None:
        options = [
            Option(one.slot, f"{self._where(one)}{one.heading}: {_said(one, self.state.decisions.get(one.slot))}")
            for one in self.state.sections
        ]
        chosen = self._screen.choose("Which section", options, at=min(self.state.place, len(options) - 1))
        if not isinstance(chosen, Wish):
            self.state, self._shown = self.state.go(chosen), None


def _choices(section: Section) -> Iterator[Option]:
    """Yield what may be done with a section, in words that fit what happened to it."""
    nothing_now = "take the section out; the library has none in its place now"
    if section.added:
        keep, library, both = "keep the section", "take the section out", "keep it marked, for counsel to choose"
        until = "until then it stays"
    elif section.theirs is None:
        keep, library = "leave the section out again", "put the library\u2019s text in"
        both = "put the library\u2019s text in marked, for counsel to choose"
        until = "until then it is left out"
    else:
        keep = "keep the parties\u2019 wording"
        library = "take the library\u2019s text of today" if section.ours else nothing_now
        both = (
            "show both side by side, for counsel to choose" if section.ours else "keep it marked, for counsel to choose"
        )
        until = "until then the parties\u2019 wording stays"
    if section.outcome == "conflict":
        until = (
            "until then the draft shows both" if section.theirs and section.ours else "until then the draft marks it"
        )
    yield Option("keep", keep)
    yield Option("library", library)
    yield Option("both", both)
    yield Option("later", f"decide later; {until}")
    yield Option("full", "read the texts in full")


def _said(section: Section, decision: Decision | None) -> str:
    """Return what is decided about a section, in a few words."""
    if decision is None:
        return f"not decided; {'marked in the draft' if section.outcome == 'conflict' else 'stays as signed'}"
    if decision.use == "keep":
        said = "as signed" if section.theirs else "left out"
        return f"{said} ({decision.why})" if decision.why else said
    if decision.use == "library":
        return "the library\u2019s text" if section.ours else "taken out"
    return "both, for counsel to choose" if section.theirs and section.ours else "marked, for counsel to choose"
