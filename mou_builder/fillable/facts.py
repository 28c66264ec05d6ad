"""Which facts a model asks for: what the interview must ask, for one district and one agency, as single facts and lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic.fields import FieldInfo

from mou_builder.errors import AnswerError, Fault
from mou_builder.fillable.naming import full_question
from mou_builder.interview.draft import order, read_draft
from mou_builder.interview.questions import Form, form_of, group_of, is_group, place_of, places_in
from mou_builder.interview.tree import NOTHING, Tree, at, put
from mou_builder.interview.typed import shown as shown_answer
from mou_builder.marked import Path
from mou_builder.model import Agreement, Undecided
from mou_builder.model.parts import Part
from mou_builder.model.walk import walk
from mou_builder.shape import dotted, steps_of

Kind = Literal["line", "lines", "date", "choice"]

NONE = "none"
"""The answer to whether there is anything to list."""
ANY = "?"
"""Ends the name of the question whether a list has any entries."""

_NAMES = ("legal_name", "short_name")
_ROWS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "program.sites": (6, ("name", "level", "address")),
    "program.officers": (4, ("assignments[0].site", "assignments[0].share", "assignments[1].site", "assignments[1].share")),
    "contacts": (4, ("purpose", "party", "office", "phone", "email")),
}  # fmt: skip
"""How many entries of a list a model has room for, and what it asks of each. Of other lists, what an entry must have."""
_ROOM = 4
_SIGNS: tuple[dict[str, str], ...] = (
    {"capacity": "sign"},
    {"capacity": "sign"},
    {"capacity": "attest"},
    {"capacity": "approve-as-to-form"},
)
_WISHED = ("number", "acting_by", "approved_on", "email")
"""May be left out of an agreement, but most have them."""
COUNTED = {
    "program.officer_count": "Number of officer positions, as listed",
    "program.full_time_equivalents": "Shares of working time, added up",
}
"""What a text prints and nobody answers: it follows from the list of officers."""
_LONGEST_TAG = 64
_MOST_ROWS = 100
_NAME = re.compile(r"[a-z_]+(\[\d{1,2}\])?(\.[a-z_]+(\[\d{1,2}\])?){0,8}\??")


@dataclass(frozen=True)
class Question:
    """One thing that a model asks."""

    path: Path
    form: Form
    optional: bool = False
    counted: bool = False
    """Whether it follows from other answers, so that it is only compared with them."""
    any: bool = False
    """Whether it asks if a list has any entries."""

    @property
    def name(self) -> str:
        """Its model path, as a person may see it."""
        return dotted(self.path) + (ANY if self.any else "")

    @property
    def tag(self) -> str:
        """Its name on Word's controls, which have at most 64 letters."""
        if len(self.name) <= _LONGEST_TAG:
            return self.name
        digest = hashlib.sha256(self.name.encode()).hexdigest()[:8]
        return f"{self.name[: _LONGEST_TAG - 9]}~{digest}"

    @property
    def kind(self) -> Kind:
        """What kind of control it takes."""
        kinds: Mapping[str, Kind] = {
            "date": "date", "paragraph": "lines", "lines": "lines", "choice": "choice", "yes-no": "choice"
        }  # fmt: skip
        kind = "choice" if self.any else kinds.get(self.form.kind, "line")
        return "choice" if kind == "line" and self.form.among in PARTY_LISTS else kind

    @property
    def title(self) -> str:
        """What is asked."""
        title = full_question(self.path, self.form.title)
        return f"{title}: are there any?" if self.any else title


PARTY_LISTS = ("parties", "districts", "agencies")


@dataclass(frozen=True)
class ListAsked:
    """A list with room for some entries."""

    path: Path
    form: Form
    rows: tuple[tuple[Question, ...], ...]
    fixed: tuple[Mapping[str, str], ...] = ()
    """What stands in each entry already."""
    any: Question | None = None
    """Whether there is anything to list, where there may be nothing."""


@dataclass(frozen=True)
class Questions:
    """Everything that a model asks, in the order of the interview."""

    base: Tree
    """The answers that the agency gives itself, and what every model fixes."""
    asked: tuple[Question | ListAsked, ...]
    _known: dict[str, Question] = field(default_factory=dict, compare=False, repr=False)

    @property
    def single(self) -> tuple[Question, ...]:
        """Every question, those of lists entry by entry."""
        return tuple(_single(self.asked))

    def at(self, path: str) -> Question | None:
        """Return the question whose answer stands at a model path."""
        if not self._known:
            self._known.update({one.name: one for one in self.single})
        return self._known.get(path)


def _single(asked: tuple[Question | ListAsked, ...]) -> Iterator[Question]:
    for one in asked:
        if isinstance(one, Question):
            yield one
            continue
        if one.any:
            yield one.any
        for row in one.rows:
            yield from row


def base_of(given: Tree, state: str) -> Tree:
    """Return the agency's answers with what a model needs beside them: the state, a district and an agency.

    Raises AnswerError where an answer does not fit, or names another state.
    """
    tree: Tree = given
    for path, value in _FRAME:
        if at(tree, path) is NOTHING:
            tree = put(tree, path, value, order)
    said = at(tree, ("document", "state"))
    if said is NOTHING:
        tree = put(tree, ("document", "state"), state, order)
    elif said != state:
        raise AnswerError(Fault("--state", f"the answers are for {said}, not for {state}.", "Give one state."))
    draft = read_draft(tree)
    named = [Fault(dotted(path), one.what, one.mend) for path, one in draft.faults.items()]
    named += [Fault(dotted(path), "nothing here has this name.", "Delete it.") for path in draft.unknown]
    if named:
        raise AnswerError(*named)
    return tree


_FRAME: tuple[tuple[Path, Any], ...] = (
    (("schema",), 1),
    (("parties", "districts"), [{"kind": "district"}]),
    (("parties", "agencies"), [{"kind": "police"}]),
)


def questions_of(base: Tree) -> Questions:
    """Return what a model with these answers asks."""
    agreement = read_draft(base).agreement
    asked: list[Question | ListAsked] = []
    listed: list[Path] = []
    for answer in walk(agreement):
        path = steps_of(tuple(answer.path.split(".")))
        place = _place(path)
        if place is None or is_group(place) or not answer.asked or any(path[: len(one)] == one for one in listed):
            continue
        form = form_of(place)
        if form.kind == "entries":
            one = _list(path, form, answer.value)
            if one is not None:
                asked.append(one)
                listed.append(path)
                if dotted(path) == "program.officers":
                    asked += [_counted(name, title) for name, title in COUNTED.items()]
        elif isinstance(answer.value, Undecided):
            asked.append(Question(path, form, optional=False))
        elif answer.value is None and path[-1] in _WISHED and form.kind in ("line", "date"):
            asked.append(Question(path, form, optional=True))
    return Questions(base, tuple(asked))


def _place(path: Path) -> FieldInfo | None:
    """Return the field at a path of the model; None for the tool's own, and where the path leads nowhere."""
    part: type[Part] | None = Agreement
    found: FieldInfo | None = None
    in_list = False
    for number, step in enumerate(path):
        if isinstance(step, int):
            if not in_list or not 0 <= step < _MOST_ROWS or number + 1 == len(path):
                return None
            in_list = False
            continue
        place = place_of(part, step) if part and not in_list else None
        if place is None or place.by_tool:
            return None
        found = place.field
        part = place.form.part if place.form else group_of(place.field)
        in_list = place.form is not None and place.form.kind == "entries"
    return found


def form_at(path: Path) -> Form | None:
    """Return what the question at a path asks; None where no question has this path."""
    field = _place(path)
    return None if field is None or is_group(field) else form_of(field)


def question_called(name: str) -> Question | None:
    """Return the question with this name, as a model's own file gives it; None if there is none."""
    if name in COUNTED:
        return _counted(name, COUNTED[name])
    if not _NAME.fullmatch(name):
        return None
    path = steps_of(tuple(name.removesuffix(ANY).split(".")))
    form = form_at(path)
    if form is None or (form.kind == "entries") != name.endswith(ANY) or form.kind in ("group", "by-path"):
        return None
    return Question(path, form, any=name.endswith(ANY))


def _list(path: Path, form: Form, value: Any) -> ListAsked | None:
    """Return the list as it is asked; None where it is given, or where an agreement is whole without it."""
    signs = path[-1] == "signatories"
    wanted = isinstance(value, Undecided) or (value == () and (signs or dotted(path) in _ROWS))
    if not wanted or form.part is None:
        return None
    count, columns = (len(_SIGNS), ("name", "title")) if signs else _ROWS.get(dotted(path), (_ROOM, _needed(form.part)))
    rows = tuple(
        tuple(question for column in columns if (question := _cell((*path, row), column))) for row in range(count)
    )
    none = Question(path, form, any=True) if form.may_be_open and not form.at_least else None
    return ListAsked(path, form, rows, _SIGNS if signs else (), none)


def _needed(part: type[Part]) -> tuple[str, ...]:
    """Return what an entry cannot do without, and the ages and numbers that tell one entry from another."""
    kinds = ("line", "paragraph", "choice", "number", "money", "percent", "share", "date", "day", "yes-no")
    return tuple(
        one.key
        for one in places_in(part)
        if one.form and one.form.kind in kinds and (not one.form.may_be_left or one.form.kind == "number")
    )


def _cell(row: Path, column: str) -> Question | None:
    path = (*row, *steps_of(tuple(column.split("."))))
    form = form_at(path)
    return None if form is None else Question(path, form, optional=form.may_be_left)


def _counted(name: str, title: str) -> Question:
    return Question(tuple(name.split(".")), Form("number", FieldInfo(title=title)), counted=True)


def example_of(form: Form) -> str:
    """Return an example of an answer in words; empty if its question has none."""
    if form.example is None or form.kind in ("entries", "group"):
        return ""
    return shown_answer(form, form.example)
