"""What the notes of a model tell: when a text is the one to keep, how to delete the others, and how to fill in the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mou_builder.document.fillable import Alternative
from mou_builder.fillable.facts import Questions, form_at
from mou_builder.interview.questions import Form
from mou_builder.interview.typed import shown
from mou_builder.library import Clause, Library
from mou_builder.model.conditions import when_in_words

_DELETE = (
    "To delete a text you do not keep: click in it, click the tab at the upper left of its frame, press Delete. "
    "The note goes with it."
)


def alternatives_of(texts: Sequence[Clause], library: Library, questions: Questions) -> tuple[Alternative, ...]:
    """Return the texts of one section with the notes over them; a single one is to be kept or deleted."""
    made = []
    for number, clause in enumerate(texts, start=1):
        heading = clause.written.heading
        because = "; ".join(_conditions(library.when_of(clause), questions))
        if len(texts) == 1:
            lead = f"Optional section: keep it only if {because}. Otherwise delete it."
            title = f"Optional: {heading}"
        else:
            lead = f"Alternative {number} of {len(texts)}, \u201c{heading}\u201d: choose this if {because}."
            title = f"Alternative {number} of {len(texts)}: {heading}"
        lines = [lead, *([_DELETE] if number == 1 else []), *_notes(clause)]
        made.append(Alternative(clause.cite, title, tuple(lines)))
    return tuple(made)


def _notes(clause: Clause) -> Iterator[str]:
    """Yield the drafting notes as one line of the note."""
    yield f"Drafting notes: {' '.join(clause.written.notes.split())}"


def _conditions(when: Mapping[str, Any], questions: Questions) -> Iterator[str]:
    for path, wanted in when.items():
        asked = questions.at(path) or questions.at(f"{path}?")
        form = form_at(tuple(path.split(".")))
        if form is None:
            continue
        if asked is not None or (isinstance(wanted, Mapping) and _is_listed(path, questions)):
            yield condition(form, wanted)


def _is_listed(path: str, questions: Questions) -> bool:
    return any(".".join(map(str, one.path)) == path for one in questions.asked)


def condition(form: Form, wanted: Any) -> str:
    """Return when an answer is the one that a text needs, in plain words."""
    question = f"\u201c{form.title}\u201d"
    if isinstance(wanted, Mapping):
        if "present" in wanted:
            return f"{question} is filled in" if wanted["present"] else f"there is nothing to fill in under {question}"
        return when_in_words({question: wanted})
    answers = list(wanted) if isinstance(wanted, (list, tuple)) else [wanted]
    others = [one for one in form.choices if one not in answers]
    if len(others) == 1 and len(answers) > 1:
        return f"the answer to {question} is anything but \u201c{_shown(form, others[0])}\u201d"
    said = " or ".join(f"\u201c{_shown(form, one)}\u201d" for one in answers)
    return f"the answer to {question} is {said}"


def _shown(form: Form, value: Any) -> str:
    return form.choices.get(value, str(value)).rstrip(",") if isinstance(value, str) else shown(form, value)


def how_to(state: str, as_of: str, notes: Sequence[str]) -> tuple[str, ...]:
    """Return how a person fills in the model, a paragraph each; `notes` tell of the state's own form and its law."""
    return (
        f"This is a model for {state}, made from the clause library as of {as_of}. It is a draft for counsel. It is aligned "
        "with guidance where it says so; that does not make it legally sufficient.",
        *notes,
        "1. Fill in the form on these pages. Click a shaded field and type, choose from the list, or pick a date. What you "
        "fill in here appears at every place in the agreement where it belongs. Leave open what is not decided.",
        "2. Go through the agreement. Where a section offers alternatives, keep one and delete the others. The answers in "
        "this form and the alternatives that you keep must agree. Whoever builds the agreement from this form (step 3) may "
        "leave all alternatives standing: the answers choose.",
        "3. Save the file as .docx and send it back, or check it yourself: mou-builder check FILE.docx. It says what is "
        "filled in, what is empty and what does not agree. mou-builder build FILE.docx --out FOLDER makes the agreement "
        "without this form and the notes.",
        "4. If you sign this very file instead: delete these pages, every shaded note, the alternatives and the empty lines "
        "you do not use; select all (Ctrl+A) and press F9, so that the numbers of sections are right.",
    )
