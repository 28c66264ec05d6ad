"""What a person believes to have answered, kept as a plain list beside the interview, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mou_builder.interview.agenda import Item
from mou_builder.interview.questions import form_of, is_group
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, at
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.shape import dotted

PARTIES = ("districts", "agencies", "municipalities")


def _names_in(kind: type[Part], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Return, for each question whose answer is a name, the list that the name is from."""
    found: dict[tuple[str, ...], str] = {}
    for name, field in kind.model_fields.items():
        here = (*path, name)
        if is_group(field):
            found |= _names_in(field.annotation, here)  # type: ignore[arg-type]
            continue
        form = form_of(field)
        if form.among:
            found[here] = form.among
        if form.part:
            found |= _names_in(form.part, here)
    return found


NAMES = _names_in(Agreement)


class Believed:
    """Every answer by its path, as the person gave it."""

    def __init__(self, answers: dict[Path, Any]) -> None:
        """Begin with the answers of a file."""
        self.answers = answers
        self.behind: dict[Path, Any] = {}
        """What was said of a list before its first entry was added."""

    def is_behind(self, path: Path) -> bool:
        """Return whether an answer waits behind a list that was begun after it."""
        return path in self.behind

    def answered(self, path: Path, value: Any) -> None:
        """Note an answer; where it is a name, whatever used the old name uses the new one."""
        old = self.answers.get(path)
        self.answers[path] = value
        if isinstance(old, str) and isinstance(value, str) and old != value:
            self._renamed(path, old, value)

    def _renamed(self, path: Path, old: str, value: str) -> None:
        if path[:2] == ("program", "sites") and path[-1] == "name":
            lists, same = ("schools",), [one for one in self.answers if one[:2] == path[:2] and one[-1] == "name"]
        elif path[0] == "parties" and path[-1] == "short_name":
            lists = ("parties", "districts", "agencies")
            same = [one for one in self.answers if one[0] == "parties" and one[-1] == "short_name"]
        else:
            return
        if any(self.answers[one] == old for one in same if one != path):
            return  # Two have this name: nobody can say which of them is meant.
        for one, known in self.answers.items():
            if NAMES.get(tuple(step for step in one if isinstance(step, str))) in lists:
                if isinstance(known, list):
                    self.answers[one] = [value if each == old else each for each in known]
                elif known == old:
                    self.answers[one] = value

    def taken_out(self, path: Path) -> None:
        """Note that the person took the default, or left the question out."""
        self.answers.pop(path, None)

    def added(self, path: Path) -> None:
        """Note one more entry; what was said of the list before waits behind it."""
        if path in self.answers:
            self.behind[path] = self.answers.pop(path)

    def done(self, item: Item) -> None:
        """Note that a list is complete; an empty one says that there is none."""
        self.behind.pop(item.path, None)
        if item.value is NOTHING or not item.value or item.path in self.answers:
            self.answers.pop(item.path, None)
            if not item.form.may_be_left:
                self.answers[item.path] = []

    def backed_out(self, before: Interview, after: Interview) -> None:
        """Note that an entry which was added and is still empty has gone."""
        cursor = before.cursor or ()
        for length in reversed(range(1, len(cursor))):
            path, number = cursor[:length], cursor[length]
            listed = at(before.tree, path)
            if isinstance(number, int) and listed[number] == {} and after.cursor == path:
                behind = self.behind.get(path)
                self.rearranged(path, [place for place in range(len(listed)) if place != number])
                if behind is not None and len(listed) == 1:
                    self.answers[path] = behind
                elif behind is not None:
                    self.behind[path] = behind
                return

    def rearranged(self, path: Path, kept: Sequence[int]) -> None:
        """Note that a list has only the entries `kept` now, in that order, and that answers to confirm follow them."""
        self.behind.pop(path, None)
        self._move(path, kept)
        if path == ("confirm",):
            return
        start, stay = f"{dotted(path)}[", []
        numbers = sorted({one[1] for one in self.answers if one[0] == "confirm" and len(one) > 1})
        for number in numbers:
            named = self.answers.get(("confirm", number, "answer"))
            if isinstance(named, str) and named.startswith(start):
                place, _, rest = named.removeprefix(start).partition("]")
                if int(place) not in kept:
                    continue
                self.answers["confirm", number, "answer"] = f"{start}{list(kept).index(int(place))}]{rest}"
            stay.append(number)
        if stay != numbers:
            self._move(("confirm",), stay)

    def _move(self, path: Path, kept: Sequence[int]) -> None:
        def moved(one: Path) -> Path | None:
            if one[: len(path)] != path or len(one) == len(path) or not isinstance(one[len(path)], int):
                return one
            place = one[len(path)]
            return (*path, list(kept).index(place), *one[len(path) + 1 :]) if place in kept else None

        self.answers, self.behind = _by(moved, self.answers), _by(moved, self.behind)


def _by(moved: Callable[[Path], Path | None], values: dict[Path, Any]) -> dict[Path, Any]:
    return {now: value for path, value in values.items() if (now := moved(path)) is not None}
