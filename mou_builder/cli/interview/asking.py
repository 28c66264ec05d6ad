"""Ask one question on the screen and return what the person answers, as a file would hold it."""

from __future__ import annotations

from datetime import date
from typing import Any

from mou_builder.cli.interview.screen import Option, Screen, Wish
from mou_builder.errors import AnswerError
from mou_builder.interview.agenda import Item
from mou_builder.interview.hints import likely
from mou_builder.interview.questions import Form
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, is_list
from mou_builder.interview.typed import editable, in_choice, shown, taken_from

_FEW = 12
_ANOTHER = object()


def ask(screen: Screen, now: Interview, item: Item, today: date, before: str = "") -> Any:
    """Return the answer to the question at hand, or a Wish; `before` is what was typed last and refused.

    What is no answer of the kind asked for is refused here, in words; whether it is allowed the machine says.
    """
    form = item.form
    if form.kind in ("choice", "yes-no", "group"):
        return _one_of(screen, item)
    if form.kind == "choices":
        return _some_of(screen, item)
    candidates = now.lists.candidates(form.among, now.draft.agreement) if form.among else {}
    if candidates:
        return _named(screen, item, candidates)
    if form.kind == "paragraph":
        return _lines(screen, item)
    return _typed(screen, now, item, today, before)


def _one_of(screen: Screen, item: Item) -> Any:
    form = item.form
    keys: list[Any] = list(form.choices) if form.kind == "choice" else [True, False]
    ready = item.value if item.value is not NOTHING else form.default
    if form.kind == "group":
        ready = isinstance(item.value, dict)
    options = []
    for key in keys:
        default = form.kind != "group" and form.may_be_left and form.default is not None and key == form.default
        title = in_choice(form, key) if form.kind == "choice" else "yes" if key else "no"
        options.append(
            Option(Wish.TAKE if default and item.value is NOTHING else key, f"{title}{' (default)' * default}")
        )
    options += _instead(item)
    if item.value is NOTHING and form.may_be_open and not form.may_be_left:
        # Where nobody but counsel can choose, Enter alone must not choose for them: the pointer stands on the open answer.
        options = [*options[-1:], *options[:-1]]
        return screen.choose("Your choice", options)
    at = keys.index(ready) if ready in keys else _without_choosing(options)
    return screen.choose("Your choice", options, at=at)


def _without_choosing(options: list[Option]) -> int:
    """Return the place of the option that chooses for nobody, for the pointer to stand on; else the first."""
    safe = (Wish.KEEP, Wish.TAKE, Wish.UNDECIDED, _ANOTHER)
    return next((place for one in safe for place, option in enumerate(options) if option.value is one), 0)


def _instead(item: Item) -> list[Option]:
    """Return what may be chosen instead of an answer."""
    form = item.form
    options = []
    if form.kind != "group" and form.optional:
        options.append(Option(Wish.TAKE, "leave it out"))
    if form.may_be_open:
        options.append(Option(Wish.UNDECIDED, "not decided yet"))
    if item.state == "wrong" and item.value is not NOTHING:
        options.append(Option(Wish.SECTIONS, "mend another answer first"))
    return options


def _some_of(screen: Screen, item: Item) -> Any:
    form = item.form
    options = [Option(key, in_choice(form, key)) for key in form.choices]
    ready = item.value if is_list(item.value) else form.default or ()
    found = screen.tick("All that apply", options, list(ready))
    if isinstance(found, list) and item.value is NOTHING and form.may_be_left and found == list(form.default or ()):
        return Wish.TAKE
    return found


def _named(screen: Screen, item: Item, candidates: Any) -> Any:
    """Ask for a name of a list, or for several, one after the other."""
    if item.form.kind != "lines":
        return _name(screen, item, candidates, _instead(item), item.value)
    given = is_list(item.value) and bool(item.value) and not item.waits
    chosen: list[Any] = []
    while len(chosen) < len(candidates):
        rest = {name: more for name, more in candidates.items() if name not in chosen}
        end = [Option(_ANOTHER, "no more")] if chosen else _instead(item)
        if not chosen and item.form.may_be_left and not item.form.optional:
            end = [Option(Wish.TAKE, "the default"), *end]
        if not chosen and given:
            end = [Option(Wish.KEEP, "leave them as they are; else choose them anew, in order"), *end]
        found = _name(screen, item, rest, end, NOTHING)
        if isinstance(found, Wish):
            return found
        if found is _ANOTHER:
            break
        chosen.append(found)
    return chosen


def _name(screen: Screen, item: Item, candidates: Any, end: list[Option], ready: Any) -> Any:
    titles = {name: f"{name}: {more}" if more else name for name, more in candidates.items()}
    if len(candidates) <= _FEW:
        options = [*(Option(name, title) for name, title in titles.items()), *end]
        known = isinstance(ready, str) and ready in candidates
        at = list(candidates).index(ready) if known else _without_choosing(options)
        return screen.choose("Your choice", options, at=at)
    if item.form.among == "states":
        screen.say("  The postal code, or the beginning of the name.")
    typed = screen.text("Your answer", prefilled=ready if isinstance(ready, str) else "", offered=list(titles.values()))
    if isinstance(typed, Wish):
        return typed
    if typed == "":
        return _nothing(item)
    folded = typed.casefold()
    exact = [
        name for name in candidates if folded in (name.casefold(), titles[name].casefold(), candidates[name].casefold())
    ]
    begun = [name for name, title in titles.items() if folded in title.casefold()]
    return (exact or (begun if len(begun) == 1 else [typed.split(":")[0].strip()]))[0]


def _lines(screen: Screen, item: Item) -> Any:
    """Ask for words that may run over several lines, a line at a time."""
    before = item.value.split("\n") if isinstance(item.value, str) else []
    lines: list[str] = []
    while True:
        ready = before[len(lines)] if len(lines) < len(before) else ""
        ask = "Your answer" if not lines else "Next line (Enter ends)"
        typed = screen.text(ask, prefilled=ready)
        if isinstance(typed, Wish):
            # The lines typed so far are an answer: whoever turns elsewhere in the middle finds them saved.
            return typed if lines == before[: len(lines)] else "\n".join([*lines, *before[len(lines) :]])
        if typed == "" and not (ready == "" and len(lines) < len(before)):  # an empty line in the midst stays
            return "\n".join(lines) if lines else _nothing(item)
        lines.append(typed)


def _typed(screen: Screen, now: Interview, item: Item, today: date, before: str) -> Any:
    form = item.form
    guesses = likely(now, item, today)
    several = len(guesses) > 1 and item.path[-1] != "short_name"
    if (form.kind == "date" or several) and guesses and item.value is NOTHING and not before:
        options = [Option(one, shown(form, one)) for one in guesses]
        other = Option(_ANOTHER, "another day" if form.kind == "date" else "in other words")
        chosen = screen.choose("Your choice", [*options, other, *_instead(item)])
        if chosen is not _ANOTHER:
            return chosen
        guesses = ()
    ready = before or _ready(form, item, guesses)
    ask = "Your answer"
    if form.kind in ("lines", "days"):
        ask += ", with ; between entries" if form.at_least or form.may_be_left else ", with ; between entries, or: none"
    while True:
        typed = screen.text(ask, prefilled=ready)
        if isinstance(typed, Wish):
            return typed
        if typed == "":
            return _nothing(item)
        try:
            return taken_from(form, typed)
        except AnswerError as error:
            screen.say(f"  ! {error}", strong=True)
            ready = typed  # what was typed is mended, not typed again


def _ready(form: Form, item: Item, guesses: tuple[Any, ...]) -> str:
    """Return what stands in the prompt to be edited: the answer so far, or a likely one."""
    if isinstance(item.value, dict) or (item.value is NOTHING and not guesses):
        return ""
    return editable(form, item.value if item.value is not NOTHING else guesses[0])


def _nothing(item: Item) -> Wish:
    """Return what Enter alone means: nothing is ever erased by it."""
    if item.value is not NOTHING and not item.waits:
        return Wish.KEEP
    return Wish.TAKE if item.form.may_be_left and item.value is NOTHING else Wish.EMPTY
