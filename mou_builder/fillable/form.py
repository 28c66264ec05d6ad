"""The form in front of a model: every question of the interview that the model asks, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mou_builder.document.fillable import Fact, Form
from mou_builder.document.fillable_front import Asked, Grid, Part
from mou_builder.fillable.facts import NONE, PARTY_LISTS, ListAsked, Question, Questions, example_of, form_at
from mou_builder.fillable.guidance import condition
from mou_builder.fillable.naming import party_words
from mou_builder.interview.questions import Form as Answer
from mou_builder.interview.questions import form_of, places_in
from mou_builder.interview.words import section_title
from mou_builder.model import Agreement
from mou_builder.model.walk import extra

_LONGEST_HINT = 90
_OF_AGENCY = {
    "entity_type": "a municipal corporation",
    "governing_body": "City Council",
    "officer": "Chief of Police",
    "title": "Chief of Police",
    "address": "200 Main Street / Larkmoor, ZZ 00001",
}
"""Examples for an agency where the question's own example is a district's."""


def facts_of(questions: Questions) -> tuple[Fact, ...]:
    """Return each question as a fact of the Word file."""
    parties = _parties(questions)
    return tuple(
        Fact(one.tag, one.title, one.kind, f"[{_short(one)}]", f"[{_hint(one)}]", _choices(one, parties))
        for one in questions.single
    )


def _parties(questions: Questions) -> tuple[str, ...]:
    held = questions.base["parties"]
    return tuple(f"parties.{group}[{number}]" for group in held for number in range(len(held[group])))


def _short(one: Question) -> str:
    title = one.title
    return title[:1].lower() + title[1:] if title[:2].istitle() else title


def _hint(one: Question) -> str:
    if one.kind == "choice":
        return "choose one"
    if one.kind == "date":
        return "pick a date"
    if one.form.kind == "choices":
        return _cut("type one or more, with ; between them: " + "; ".join(_offered(one.form)))
    example = _example(one)
    said = f"for example: {example}" if example else "type here"
    if one.form.kind == "lines":
        said += " (one to a line)" if one.form.at_least else " (one to a line; type none if there are none)"
    return _cut(said)


def _example(one: Question) -> str:
    if one.path[:2] == ("parties", "agencies"):
        return _OF_AGENCY.get(str(one.path[-1])) or example_of(one.form)
    return example_of(one.form)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_HINT * 3 else f"{text[: _LONGEST_HINT * 3]}\u2026"


def _offered(form: Answer) -> list[str]:
    return [label.rstrip(",") for label in form.choices.values()]


def _choices(one: Question, parties: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if one.kind != "choice":
        return ()
    if one.any:
        return (("listed", "Yes, as listed"), (NONE, "No, there are none"))
    if one.form.kind == "yes-no":
        return (("yes", "yes"), ("no", "no"))
    if one.form.among in PARTY_LISTS:
        group = "" if one.form.among == "parties" else one.form.among
        return tuple((path, party_words(path)) for path in parties if group in path)
    return tuple((key, label.rstrip(",")) for key, label in one.form.choices.items())


def form_of_model(questions: Questions, facts: tuple[Fact, ...], how: tuple[str, ...]) -> Form:
    """Return the form: a part for each section of the interview."""
    numbers = {one.name: number for number, one in enumerate(questions.single)}
    parts: dict[str, list[Asked | Grid]] = {}
    for one in questions.asked:
        rows = parts.setdefault(section_title(str(one.path[0])), [])
        if isinstance(one, Question):
            if not one.counted:
                rows.append(_asked(one, numbers))
            continue
        if one.any:
            rows.append(_asked(one.any, numbers))
        rows.append(_grid(one, numbers))
    for counted in [one for one in questions.single if one.counted]:
        parts[section_title(str(counted.path[0]))].append(_asked(counted, numbers))
    made = tuple(Part(title, tuple(rows)) for title, rows in parts.items())
    return Form("Model Agreement: Facts and Choices", how, made, facts)


def _asked(one: Question, numbers: Mapping[str, int]) -> Asked:
    lines = [f"{line}" for line in _help(one)]
    return Asked(one.title, tuple(lines), numbers[one.name])


def _help(one: Question) -> Iterator[str]:
    help = one.form.help or ""
    if help and help != one.form.title:
        # A form has no empty list to leave; it has an answer for it.
        yield help.replace("An empty list says", "\u201cNo\u201d says" if one.any else "\u201cnone\u201d says")
    if one.optional and not help.startswith("Leave out"):
        yield "Leave empty if there is none."
    if one.counted:
        yield "Printed in the agreement; the built agreement counts it from the list."
    only = "; ".join(_only_if(one.path))
    if only:
        yield f"Only if {only}."


def _only_if(path: Any) -> Iterator[str]:
    """Yield under which answers a question is asked, where they are no more than one or two choices."""
    part: Any = Agreement
    for step in path:
        if isinstance(step, int):
            continue
        place = next((one for one in places_in(part) if one.key == step), None)
        if place is None:
            return
        for on, wanted in extra(place.field).get("when", {}).items():
            asked = form_at(tuple(on.split(".")))
            if asked is not None and not on.startswith(("program.", "parties.", "reporting.")):
                yield condition(asked, wanted)
        part = place.form.part if place.form else place.field.annotation


def _grid(one: ListAsked, numbers: Mapping[str, int]) -> Grid:
    heads = tuple(_head(cell) for cell in one.rows[0])
    # The question whether there is anything to list has the list's help already.
    help = [one.form.help] if one.form.help and not one.any else []
    if one.fixed:
        help = ["At least one person signs for the party."]
    help.append("Leave the rows you do not need empty." if len(one.rows) > 1 else "")
    names: tuple[str, ...] = ()
    if one.fixed:
        choices = form_of(one.form.part.model_fields["capacity"]).choices  # type: ignore[union-attr]
        names = tuple(choices[entry["capacity"]] for entry in one.fixed)
    elif str(one.path[-1]) == "officers":
        names = tuple(f"Position {number}" for number in range(1, len(one.rows) + 1))
    only = "; ".join(_only_if(one.path))
    if only:
        help.append(f"Only if {only}.")
    rows = tuple(tuple(numbers[cell.name] for cell in row) for row in one.rows)
    title = Question(one.path, one.form).title
    return Grid(title, tuple(line for line in help if line), heads, rows, names)


def _head(cell: Question) -> str:
    inner = [step for step in cell.path if isinstance(step, int)]
    number = f" {inner[-1] + 1}" if "assignments" in cell.path else ""
    return f"{cell.form.title}{number}"
