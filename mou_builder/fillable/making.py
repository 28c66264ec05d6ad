"""Make a model: the agreement of one district and one agency, with controls for the facts and all alternatives in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mou_builder import __version__
from mou_builder.document.fillable import Alternative, Layout, finished_model, render_model
from mou_builder.fillable.about import About, Place, Section, Text, digest_of, to_text
from mou_builder.fillable.facts import ListAsked, Questions, base_of, questions_of
from mou_builder.fillable.form import facts_of, form_of_model
from mou_builder.fillable.guidance import alternatives_of, how_to
from mou_builder.fillable.wording import ModelWording, marks_of
from mou_builder.interview.draft import order, read_draft, undecided
from mou_builder.interview.tree import NOTHING, Tree, at, put
from mou_builder.library import Clause, Library
from mou_builder.library.state_sheets import state_sheet
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.conditions import check
from mou_builder.model.staffing import Assignment, Officer
from mou_builder.record import clause_bookmark
from mou_builder.report.controls import read_controls
from mou_builder.report.states import forms
from mou_builder.selection import Choice, Selection, numbers_of, select
from mou_builder.shape import dotted
from mou_builder.wording import in_date


@dataclass(frozen=True)
class Model:
    """A model agreement: the Word file, and how much of it is to be filled in."""

    word: bytes
    facts: int
    sections: int
    """How many sections offer texts to choose from."""
    notes: tuple[str, ...]
    """What to say of a form of the state's own, and of law that nobody has read; may be none."""


def model_agreement(
    given: Tree, state: str, library: Library, template: bytes, *, as_of: date, locked: frozenset[str] = frozenset()
) -> Model:
    """Return the model for a state, with what the agency has answered in `given` standing as it is.

    `locked` names the clauses whose words nobody may change. Raises AnswerError, SelectionError or TemplateError.
    """
    base = base_of(given, state)
    questions = questions_of(_with_needed(base, library, as_of))
    marked = _marked(questions)
    selection, alternatives = _with_alternatives(select(marked, library, as_of), marked, library, questions)
    facts = facts_of(questions)
    notes = tuple(one for one in (form_note(library, state), law_note(library, state)) if one)
    form = form_of_model(questions, facts, how_to(library.states[state], in_date(as_of), notes))
    layout = Layout(facts, form, alternatives, locked)
    wording = ModelWording(marked, library.states, questions)
    word = render_model(marked, selection, wording, library, template, layout)
    about = _about(base, questions, selection, alternatives, state, as_of, layout)
    texts = _digests(finished_model(word, layout, ""), selection)
    about = about.model_copy(update={"texts": texts, "packs": tuple(sorted(one.cite for one in library.packs))})
    choices = sum(len(texts) > 1 for texts in alternatives.values())
    return Model(finished_model(word, layout, to_text(about)), len(facts), choices, notes)


def _with_needed(base: Tree, library: Library, as_of: date) -> Tree:
    """Return the answers with those open without which an alternative would lead to a section that is not there."""
    agreement = read_draft(base).agreement
    selection = select(agreement, library, as_of)
    there = {choice.slot for choice in selection.choices if choice.printed}
    for choice in selection.choices:
        texts = _candidates(choice, agreement, library, as_of) if choice.printed and choice.clause is None else []
        for slot in {needed for clause in texts for needed in clause.written.requires} - there:
            for clause in library.shelf.values():
                for path, wanted in clause.written.when.items() if clause.slot == slot else ():
                    steps: Path = tuple(path.split("."))
                    if wanted == {"present": True} and at(base, steps) is NOTHING:
                        base = put(base, steps, undecided("to be listed in the model"), order)
    return base


def form_note(library: Library, state: str) -> str:
    """Return what to say of a form that the state itself has published; empty where the library knows none."""
    form = next(forms(state, library), None)
    if form is None:
        return ""
    said = f"The state has published a form of its own: {form.title}, {form.publisher} ({form.cite})."
    if form.compulsory:
        return f"{said} That form must be signed; this model does not take its place."
    return f"{said} Hold this model against it."


def law_note(library: Library, state: str) -> str:
    """Return what is not known of the state's law; empty where every row of it was read."""
    sheet = state_sheet(state, library)
    ask = "Ask counsel before anyone signs."
    if not sheet.rubrics:
        found = sheet.surveyed
        if found is None or found.found == "not-surveyed":
            return f"Nobody has looked for the law of {sheet.name}. {ask}"
        if found.found == "none":
            return f"No rule on such agreements was found for {sheet.name}; there may be one all the same. {ask}"
        return f"This model does not go by the law of {sheet.name}. A survey notes: {found.says} {ask}"
    if not sheet.to_verify:
        return ""
    count = len(sheet.to_verify)
    points = "1 point" if count == 1 else f"{count} points"
    return f"On {points}, the text of the law of {sheet.name} was not read, or only in part. {ask}"


def _marked(questions: Questions) -> Agreement:
    """Return the agreement with a mark in the place of every fact that its frame and tables print."""
    tree, marks = questions.base, marks_of(questions)
    for one in questions.single:
        if one.form.kind in ("line", "paragraph") and not one.optional and not one.counted and _is_single(one.path):
            tree = put(tree, one.path, str(marks[one.name]), order)
    for asked in questions.asked:
        if isinstance(asked, ListAsked) and (asked.fixed or dotted(asked.path) in ("program.sites", "contacts")):
            tree = put(tree, asked.path, _entries(asked, marks), order)
    agreement = read_draft(tree).agreement
    officers = next((one for one in questions.asked if dotted(one.path) == "program.officers"), None)
    if not isinstance(officers, ListAsked):
        return agreement
    # Shares of time are numbers, so that no check would let a mark pass.
    program = agreement.program.model_copy(update={"officers": tuple(_officers(officers, marks))})
    return agreement.model_copy(update={"program": program})


def _is_single(path: Path) -> bool:
    """Return whether a question stands in no list but that of the parties."""
    return not any(isinstance(step, int) for step in path[3 if path[0] == "parties" else 0 :])


def _entries(asked: ListAsked, marks: Mapping[str, str]) -> list[dict[str, Any]]:
    fixed = asked.fixed or ({},) * len(asked.rows)
    return [
        {**own, **{str(cell.path[-1]): str(marks[cell.name]) for cell in row}}
        for own, row in zip(fixed, asked.rows, strict=True)
    ]


def _officers(asked: ListAsked, marks: Mapping[str, Any]) -> list[Officer]:
    made = []
    for number in range(len(asked.rows)):
        at = f"program.officers[{number}].assignments"
        assignments = tuple(
            Assignment.model_construct(site=marks[f"{at}[{place}].site"], share=marks[f"{at}[{place}].share"])
            for place in range(2)
        )
        made.append(Officer.model_construct(name=None, agency=None, assignments=assignments))
    return made


def _with_alternatives(
    selection: Selection, agreement: Agreement, library: Library, questions: Questions
) -> tuple[Selection, dict[str, tuple[Alternative, ...]]]:
    """Return the selection with every text that may stand as a choice of its own, and those texts with their notes."""
    kept: list[tuple[Choice, ...]] = []
    alternatives: dict[str, tuple[Alternative, ...]] = {}
    for choice in selection.choices:
        if choice.clause is not None or not choice.printed:
            kept.append((choice,))
            continue
        texts = _candidates(choice, agreement, library, selection.as_of)
        if texts:
            alternatives[choice.slot] = alternatives_of(texts, library, questions)
            kept.append(tuple(replace(choice, clause=clause, open_paths=()) for clause in texts))
        elif not choice.optional:
            kept.append((choice,))
    one_each = tuple(some[0] for some in kept)
    numbers = numbers_of(library, one_each, selection.schedules)
    every = tuple(one for some in kept for one in some)
    return replace(selection, choices=every, numbers=numbers), alternatives


def _candidates(choice: Choice, agreement: Agreement, library: Library, as_of: date) -> list[Clause]:
    """Return the texts that may come to stand in a section, in the library's order; nearer ones take the place of others."""
    chain = library.chain(agreement.document.state)
    fitting: list[Clause] = []
    for id in sorted(id for id, one in library.shelf.items() if one.slot == choice.slot and one.jurisdiction in chain):
        clause = library.in_force(id, as_of)
        if clause is not None and check(agreement, clause.written.when).holds is not False:
            fitting.append(clause)
    return [
        one
        for one in fitting
        if not any(
            chain.index(other.jurisdiction) < chain.index(one.jurisdiction)
            and (other.written.when == one.written.when or check(agreement, other.written.when).holds)
            for other in fitting
        )
    ]


def _about(
    base: Tree,
    questions: Questions,
    selection: Selection,
    alternatives: Mapping[str, tuple[Alternative, ...]],
    state: str,
    as_of: date,
    layout: Layout,
) -> About:
    places = tuple(
        Place(tag=fact.tag, answer=one.name, shows=(fact.ask, fact.hint))
        for one, fact in zip(questions.single, layout.facts, strict=True)
    )
    titles = {one.slot: one.title for one in selection.choices}
    return About(
        schema=1,
        tool=__version__,
        state=state,
        as_of=as_of,
        base=dict(base),
        facts=places,
        rows={
            dotted(one.path): tuple(map(dict, one.fixed))
            for one in questions.asked
            if isinstance(one, ListAsked) and one.fixed
        },
        sections=tuple(
            Section(slot=slot, title=titles[slot], texts=tuple(one.cite for one in texts))
            for slot, texts in alternatives.items()
        ),
        locked=tuple(sorted(layout.locked)),
    )


def _digests(word: bytes, selection: Selection) -> tuple[Text, ...]:
    """Return each text of the finished file with a digest of its words, read as they will be read when it comes back."""
    controls = read_controls(word, "the model")
    assert controls is not None  # noqa: S101 - it was just made
    return tuple(
        Text(
            cite=one.cite,
            bookmark=clause_bookmark(one.id),
            title=one.written.heading,
            words=digest_of(controls.words.get(clause_bookmark(one.id), ())),
        )
        for one in selection.clauses
    )
