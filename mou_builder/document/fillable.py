"""Print a model agreement as a Word file that a person fills in: controls for the facts, alternatives, a form in front."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from mou_builder.document.anchors import anchor
from mou_builder.document.context import Context, context_of, subject_of
from mou_builder.document.fillable_alternates import Alternative, arrange
from mou_builder.document.fillable_controls import Fact, number_controls, put_controls
from mou_builder.document.fillable_front import Form, put_form
from mou_builder.document.fillable_lists import restart_lists
from mou_builder.document.fillable_package import add_styles, with_model
from mou_builder.document.filling import filled, guarded, unguard
from mou_builder.document.package import finished
from mou_builder.document.schedules import schedules_of
from mou_builder.document.tables import set_widths
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.report.shapes import Report
from mou_builder.selection import Selection
from mou_builder.wording import Wording

__all__ = ["Alternative", "Fact", "Form", "Layout", "render_model"]


@dataclass(frozen=True)
class Layout:
    """What a model holds beside the words of the agreement."""

    facts: tuple[Fact, ...]
    form: Form
    alternatives: Mapping[str, tuple[Alternative, ...]]
    """By slot: the texts between which a person chooses, or the one that a person keeps or deletes."""
    locked: frozenset[str] = frozenset()
    """Ids of the clauses whose words nobody may change in Word."""


def render_model(
    agreement: Agreement, selection: Selection, wording: Wording, library: Library, template: bytes, layout: Layout
) -> bytes:
    """Return the model as a Word file, without what it says of itself; `with_model` adds that.

    `agreement`, `selection` and `wording` show each fact as its mark (`fillable_controls.mark`), and each alternative as a
    choice of its own. Raises TemplateError if the template cannot be filled.
    """
    context = _context(agreement, selection, wording, library, layout)
    safe = guarded(context)
    document = filled(template, safe)
    body = document.element.body
    anchor(body, selection.numbers)
    set_widths(body)
    if safe != context:
        unguard(body)
    further = arrange(body, layout.alternatives, layout.locked)
    restart_lists(further, document.styles.element, document.part.numbering_part.element)
    put_controls(body, layout.facts)
    put_form(body, layout.form)
    number_controls(body)
    add_styles(document.styles.element)
    stream = io.BytesIO()
    document.save(stream)
    title = f"Model {agreement.document.name}: {subject_of(agreement)}"
    return finished(stream.getvalue(), title=title, as_of=selection.as_of, record=None)


@dataclass(frozen=True)
class _Unjudged:
    """Stands where an agreement has its report: a model is judged when it is filled in."""

    as_of: date
    undecided: tuple[()] = ()
    confirm: tuple[()] = ()
    findings: tuple[()] = ()
    requirements: tuple[()] = ()


def _context(agreement: Agreement, selection: Selection, wording: Wording, library: Library, layout: Layout) -> Context:
    report = cast(Report, _Unjudged(selection.as_of))
    agreed = context_of(agreement, selection, wording, report, library, final=True)
    titles = {one.slot: one.title for one in selection.choices if len(layout.alternatives.get(one.slot, ())) > 1}
    for article in agreed["articles"]:
        for clause in article["clauses"]:
            clause["heading"] = titles.get(clause["slot"], clause["heading"])
    contents: dict[str, Context] = {}
    for entry in agreed["contents"]:
        contents.setdefault(entry["slot"], {**entry, "title": titles.get(entry["slot"], entry["title"])})
    shown: Literal[True] = True
    return {
        **agreed,
        "contents": list(contents.values()),
        "footer": "Model agreement",
        "schedules": schedules_of(agreement, selection, wording, library, agreed["parties"]),
        "show_agreement": shown,
        "show_appendix": False,
    }


def finished_model(word: bytes, layout: Layout, about: str) -> bytes:
    """Return the model with the part that holds its facts, and `about`, what the file says of itself."""
    return with_model(word, layout.facts, about)
