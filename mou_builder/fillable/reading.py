"""Take up a model that a person filled in: the answers, and what is wrong, empty or at odds in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mou_builder.errors import AnswerError, Fault, WordFileError
from mou_builder.fillable.about import About, digest_of, read_about
from mou_builder.fillable.facts import COUNTED, NONE, PARTY_LISTS, Question, form_at, question_called
from mou_builder.fillable.naming import full_question, party_words
from mou_builder.fillable.rows import as_tree, held_of
from mou_builder.interview.agenda import Item, agenda
from mou_builder.interview.draft import Draft, order, read_draft
from mou_builder.interview.lists import lists_of
from mou_builder.interview.notes import Notes
from mou_builder.interview.tree import NOTHING, Tree, at, put
from mou_builder.interview.typed import taken_from
from mou_builder.library import Library
from mou_builder.marked import Path
from mou_builder.report.controls import Controls, read_controls
from mou_builder.shape import dotted, steps_of

_EMPTY_BUT_ASKED = ("program.sites", "program.officers")


@dataclass(frozen=True)
class Said:
    """What one control of a fact says."""

    question: Question
    text: str
    """As it was filled in."""
    value: Any
    """As an answers file holds it."""


@dataclass(frozen=True)
class Filled:
    """A model as it came back."""

    name: str
    about: About
    said: tuple[Said, ...]
    tree: Tree
    """The answers: what the agency fixed, and what was filled in and fits."""
    draft: Draft
    empty: tuple[Item, ...]
    """What must be answered and is not."""
    faults: tuple[Fault, ...]
    """Values that cannot be taken up."""
    differing: tuple[Fault, ...]
    """Facts that say one thing here and another there."""
    words: Mapping[str, str | None] = field(default_factory=dict)
    """The digest of each text that still stands, by citation."""


def take_up_model(data: bytes, name: str, library: Library) -> Filled:
    """Return what a person filled in; raise WordFileError where the file is no model or cannot be read."""
    controls = read_controls(data, name)
    if controls is None:
        raise WordFileError(Fault(name, "this is no model made by this tool.", "Give the model that was filled in."))
    about = read_about(controls.about, name)
    _refuse_without_packs(about, name, library)
    if len(controls.values) != len(about.facts):
        what = f"this model should hold {len(about.facts)} facts; it holds {len(controls.values)}."
        raise WordFileError(Fault(name, what, "Fill in a fresh copy of the model."))
    reading = _Reading(name, about, controls)
    said = tuple(reading.said())
    held = held_of(about.base)
    for one in said:
        if not one.question.counted and not one.question.any:
            held.put(one.question.path, one.value)
    for path in reading.none_listed:
        held.put(path, [])
    tree = _with_party_names(as_tree(held, about.rows), said)
    words = _standing(about, controls)
    tree = _inferred(tree, about, words, library)
    draft = read_draft(tree, lists_of(library).faults)
    faults = [*reading.faults, *(_named(path, one) for path, one in draft.faults.items())]
    differing = [*reading.differing, *_miscounted(said, draft)]
    return Filled(
        name, about, said, tree, draft, tuple(_empty(tree, draft, library)), tuple(faults), tuple(differing), words
    )


def _refuse_without_packs(about: About, name: str, library: Library) -> None:
    used = {pack.cite for pack in library.packs}
    missing = [one for one in about.packs if one not in used]
    if missing:
        said = " ".join(f"--pack {one}" for one in about.packs)
        mend = f"Say {said}; where it is not installed: mou-builder pack install FILE.zip"
        raise WordFileError(Fault(name, f"this model was made with the pack {missing[0]}.", mend))


class _Reading:
    """Reads the facts one after the other, and notes what does not fit."""

    def __init__(self, name: str, about: About, controls: Controls) -> None:
        self.name, self.about, self.controls = name, about, controls
        self.faults: list[Fault] = []
        self.differing: list[Fault] = []
        self.none_listed: list[Path] = []

    def said(self) -> Iterator[Said]:
        """Yield each fact that is filled in."""
        for number, place in enumerate(self.about.facts):
            question = self._question(place.answer, place.tag)
            texts = self._texts(number, place.shows, question)
            if len(texts) > 1:
                shown = " and ".join(f"\u201c{one}\u201d" for one in texts)
                mend = "Type it again in the form in front; it is left empty until then."
                self.differing.append(Fault(question.title, f"the file says {shown} at different places.", mend))
            elif texts:
                try:
                    value = self._value(question, texts[0])
                except AnswerError as error:
                    self.faults += [Fault(question.title, one.what, one.mend) for one in error.faults]
                    continue
                if question.any:
                    self.none_listed += [question.path] if value == NONE else []
                yield Said(question, texts[0], value)

    def _question(self, answer: str, tag: str) -> Question:
        """Return the question of a fact; raise WordFileError for a place that no model asks for."""
        question = question_called(answer)
        if question is None or not tag:
            what = f"this model holds a field for {answer[:60]!r}, which no question has."
            raise WordFileError(Fault(self.name, what, "Fill in a fresh copy of the model."))
        return question

    def _texts(self, number: int, empty: tuple[str, ...], question: Question) -> list[str]:
        """Return the different values that the file gives a fact; one where all agree, none where it is empty."""
        found = [self.controls.values[number], *self.controls.shown.get(number, ())]
        blanks = {" ".join(one.split()) for one in empty}
        given = [one for one in dict.fromkeys(found) if one and " ".join(one.split()) not in blanks]
        different: dict[str, str] = {}
        for one in given:
            different.setdefault(self._same(question, one), one)
        return list(different.values())

    def _same(self, question: Question, text: str) -> str:
        """Return what two ways of writing one value have in common; how words are broken into lines does not count."""
        if question.kind in ("line", "lines") and question.form.kind in ("line", "paragraph", "lines"):
            return "".join(text.split())
        try:
            return repr(self._value(question, text))
        except AnswerError:
            return " ".join(text.split())

    def _value(self, question: Question, text: str) -> Any:
        if question.any:
            return NONE if text.casefold() in (NONE, "no, there are none") else "listed"
        if question.form.among in PARTY_LISTS and question.kind == "choice":
            return self._party(question, text)
        # The list shows some labels without the comma that they end with in a sentence.
        shown = {label.rstrip(",").casefold(): key for key, label in question.form.choices.items()}
        return taken_from(question.form, shown.get(text.casefold(), text) if question.kind == "choice" else text)

    def _party(self, question: Question, text: str) -> str:
        """Return the path of the party that is chosen from the list, or the name that was typed."""
        for group in ("districts", "agencies", "municipalities"):
            for number in range(len(self.about.base.get("parties", {}).get(group, ()))):
                path = f"parties.{group}[{number}]"
                if text in (path, party_words(path)):
                    return path
        return text


def _with_party_names(tree: Tree, said: tuple[Said, ...]) -> Tree:
    """Return the answers with the short name of each party where the list names it by its place."""
    for one in said:
        is_party = one.question.form.among in PARTY_LISTS and isinstance(one.value, str)
        if is_party and one.value.startswith("parties."):
            name = at(tree, (*steps_of(tuple(one.value.split("."))), "short_name"))
            tree = _renamed(tree, one.value, name if isinstance(name, str) else "")
    return tree


def _renamed(tree: Any, old: str, new: str) -> Any:
    if isinstance(tree, Mapping):
        return {key: _renamed(value, old, new) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_renamed(value, old, new) for value in tree]
    return new if tree == old else tree


def _standing(about: About, controls: Controls) -> dict[str, str | None]:
    """Return the digest of the words of each text that still stands."""
    found: dict[str, str | None] = {}
    for text in about.texts:
        lines = controls.words.get(text.bookmark)
        if lines:
            found[text.cite] = digest_of(lines)
        elif controls.words.get(text.cite):
            found[text.cite] = None
    return found


def _inferred(tree: Tree, about: About, words: Mapping[str, Any], library: Library) -> Tree:
    """Return the answers with those choices that only the alternative left standing gives."""
    for section in about.sections:
        standing = [cite for cite in section.texts if cite in words]
        if len(section.texts) < 2 or len(standing) != 1:
            continue
        clause = next((one for one in library.shelf.values() if one.cite == standing[0]), None)
        for path, wanted in clause.written.when.items() if clause else ():
            steps: Path = tuple(path.split("."))
            form = form_at(steps)
            if form is None or at(tree, steps) is not NOTHING:
                continue
            if isinstance(wanted, (str, bool, int)) and form.kind in ("choice", "yes-no"):
                tree = put(tree, steps, wanted, order)
            elif wanted == {"present": False} and form.may_be_open:
                tree = put(tree, steps, [], order)
    return tree


def _named(path: Path, fault: Fault) -> Fault:
    form = form_at(path)
    return Fault(full_question(path, form.title) if form else dotted(path), fault.what, fault.mend)


def _miscounted(said: tuple[Said, ...], draft: Draft) -> Iterator[Fault]:
    """Yield counts that were typed and do not agree with the list they count."""
    program = draft.agreement.program
    for one in said:
        if one.question.counted and draft.complete:
            real = getattr(program, str(one.question.path[-1]))
            if real != one.value:
                mend = "Correct the number or the list; a built agreement counts the list."
                yield Fault(COUNTED[one.question.name], f"the file says {one.text}; the list comes to {real}.", mend)


def _empty(tree: Tree, draft: Draft, library: Library) -> Iterator[Item]:
    """Yield every question that is asked with these answers, must be answered and is not."""
    for item in agenda(tree, draft, Notes(), lists_of(library)):
        listed = dotted(item.path) in _EMPTY_BUT_ASKED or item.path[-1] == "signatories"
        if item.state == "missing" or (item.state == "offered" and listed):
            yield item
