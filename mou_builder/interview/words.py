"""What stands on the screen around a question: where one is, what is asked and why, how much is left."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mou_builder.interview.agenda import Item
from mou_builder.interview.notes import IN_WORDS
from mou_builder.interview.questions import group_of, minutes_for
from mou_builder.interview.questions import place_of as field_place
from mou_builder.interview.tree import NOTHING, at, entries_around, is_list, names_of
from mou_builder.interview.typed import shown
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.shape import dotted

if TYPE_CHECKING:
    from mou_builder.interview.state import Interview
    from mou_builder.library import Library


_SHOWN_USES = 6


def section_title(section: str) -> str:
    """Return a section's name as a person reads it."""
    return Agreement.model_fields[section].title or section


def title_at(path: Path) -> str:
    """Return the title of the question at `path`, whether it is asked now or not, behind its section's."""
    part: type[Part] | None = Agreement
    titles: list[str] = []
    for step in path:
        place = field_place(part, step) if part and isinstance(step, str) else None
        if place is not None:
            titles.append(place.field.title or str(step))
            part = place.form.part if place.form else group_of(place.field)
    return ", ".join(dict.fromkeys([titles[0], titles[-1]])) if titles else str(path[-1])


def sections(now: Interview) -> list[str]:
    """Return the sections in which this agreement asks anything, in order."""
    return list(dict.fromkeys(item.question.section for item in now.items))


def progress(now: Interview, item: Item) -> str:
    """Return where a person stands: ``Training, question 3 of 9. 41 questions left, about 12 minutes.``"""
    here = [one for one in now.items if one.question.section == item.question.section]
    counted = [one for one in here if _counts(now, one) or one.path == item.path]
    number = next(place for place, one in enumerate(counted, start=1) if one.path == item.path)
    left = [one for one in now.items if any(scope.wants(one) for scope in now.scopes)]
    many = "1 question left" if len(left) == 1 else f"{len(left)} questions left"
    return (
        f"{section_title(item.question.section)}, question {number} of {len(counted)}. {many}, about {minutes(left)}."
    )


def _counts(now: Interview, item: Item) -> bool:
    """Return whether a question is one of those gone through now; of chosen ones, those gone into on the way count too."""
    whole = now.scopes[0]
    if whole.kind != "chosen":
        return now.scope.counts(item)
    return whole.counts(item) or (now.scope is not whole and now.scope.covers(item.path))


def minutes(items: list[Item]) -> str:
    """Return about how long the questions take, in words."""
    count = max(1, math.ceil(sum(minutes_for(item.form.kind) for item in items)))
    return "1 minute" if count == 1 else f"{count} minutes"


def place_of(now: Interview, item: Item) -> str:
    """Return in which entry of which list a question stands: ``School districts, no. 2 (Larkmoor Schools)``; else empty."""
    parts: list[str] = []
    for length, step in enumerate(item.path):
        if isinstance(step, int):
            hub = now.places.get(item.path[:length])
            title = now.items[hub].form.title if hub is not None else str(item.path[length - 1])
            name = own_name(at(now.tree, item.path[: length + 1]))
            parts.append(f"{title}, no. {step + 1}{f' ({name})' if name else ''}")
    return "; ".join(parts)


def name_of(entry: Any) -> str:
    """Return how an entry of a list is told from the others: its name, or what it holds."""
    own = own_name(entry)
    if own or not isinstance(entry, Mapping):
        return own
    inner = next((value for value in entry.values() if is_list(value) and value), None)
    if inner is not None:
        return ", ".join(filter(None, map(name_of, inner)))
    return ", ".join(str(value) for value in list(entry.values())[:2] if not isinstance(value, (Mapping, list)))


def own_name(entry: Any) -> str:
    """Return the name that an entry of a list has itself, with its part of a whole; empty if it has none."""
    if not isinstance(entry, Mapping):
        return str(entry)
    for name in ("short_name", "name", "legal_name", "purpose", "party", "site", "requirement", "answer"):
        if isinstance(entry.get(name), str):
            more = next((str(entry[one]) for one in ("percent", "months", "share", "amount") if one in entry), "")
            return f"{entry[name]}{f': {more}' if more else ''}"
    return ""


def full_title(now: Interview, item: Item) -> str:
    """Return a question's title, with the entry of a list that it belongs to: ``Short name (Larkmoor Schools)``."""
    around = entries_around(item.path)
    name = next((name for one in around if (name := name_of(at(now.tree, one)))), "")
    number = ".".join(str(step + 1) for step in item.path if isinstance(step, int))
    return f"{item.form.title} ({name or f'no. {number}'})" if number else item.form.title


def block(now: Interview, item: Item) -> Iterator[tuple[str, bool]]:
    """Yield the lines above the prompt, each with whether it stands out: the question, help, why, example, default."""
    form = item.form
    where = place_of(now, item)
    if where:
        yield where, False
    yield form.title, True
    if form.help and form.help != form.title:
        yield f"  {form.help}", False
    if form.why:
        yield f"  Why: {form.why}", False
    if form.serves:
        yield f"  Requirements that hang on it: {', '.join(form.serves)}", False
    for said in now.lists.limits.get((str(at(now.tree, ("document", "state"))), dotted(names_of(item.path))), ()):
        yield f"  {said}", False
    before = earlier_answer(now, item) if item.value is NOTHING else ""
    if before:
        yield f"  In the earlier agreement: {before}", False
    elif (
        form.example is not None
        and item.value is NOTHING
        and not form.choices
        and form.kind not in ("entries", "group")
    ):
        yield f"  Example: {_example(item)}", False
    if item.state == "offered" and form.rationale:
        yield f"  If you only press Enter: {shown(form, form.default)}. {form.rationale}", False
    if item.fault is not None:
        yield f"  Does not fit: {item.fault.what} {item.fault.mend}".rstrip(), True
    if item.value is not NOTHING and form.kind not in ("entries", "group"):
        yield f"  Answer so far ({origin(now, item)}): {shown(form, item.value)}", False


def earlier_answer(now: Interview, item: Item) -> str:
    """Return what the agreement that this one follows answers to a question, in words; empty if that is not known."""
    there: Any = now.tree
    then: Any = now.earlier
    for step in item.path:
        if isinstance(step, int):
            # Entries of a list may have moved since: they are told by their names.
            name = own_name(at(there, (step,)))
            alike = [one for one in (then if is_list(then) else ()) if name and own_name(one) == name]
            there, then = at(there, (step,)), alike[0] if len(alike) == 1 else NOTHING
        else:
            there, then = at(there, (step,)), at(then, (step,))
    if is_list(then) and item.form.kind == "entries":
        return "; ".join(map(name_of, then))
    return "" if then is NOTHING or (isinstance(then, Mapping) and "undecided" in then) else shown(item.form, then)


def _example(item: Item) -> str:
    return shown(item.form, item.form.example)


def origin(now: Interview, item: Item) -> str:
    """Return where the answer to a question came from."""
    note = now.notes.of.get(item.path)
    return IN_WORDS[note.origin if note else "file"]


def why(item: Item, shelf: Library) -> Iterator[str]:
    """Yield why a question is asked: the declaration's words, and each requirement with what it asks and its source."""
    form = item.form
    yield form.help or form.title
    if form.why:
        yield f"Why: {form.why}"
    if form.rationale:
        yield f"Why the default: {form.rationale}"
    known = shelf.requirements()
    for id in form.serves:
        rubric, requirement = known[id]
        force = "required by law" if rubric.force == "law" else f"aligned with {rubric.force}"
        yield f"{id} ({force}; {rubric.title}): {requirement.asks}"
    yield from _uses(item, shelf)


def _uses(item: Item, shelf: Library) -> Iterator[str]:
    """Yield which sections print the answer, and whose text it decides."""
    steps = names_of(item.path)
    paths = {".".join(steps[:length]) for length in range(2, len(steps) + 1)}
    slots = shelf.outline.slots()
    used: dict[str, list[str]] = {"The answer is printed in": [], "It decides the text of": []}
    for clause in shelf.shelf.values():
        title = slots[clause.slot].title
        if any(value.path in paths for value in clause.values):
            used["The answer is printed in"].append(title)
        elif paths & shelf.when_of(clause).keys() - {"program.mode"}:
            used["It decides the text of"].append(title)
    for words, titles in used.items():
        shown = list(dict.fromkeys(titles))
        more = f" and {len(shown) - _SHOWN_USES} more" if len(shown) > _SHOWN_USES else ""
        if shown:
            yield f"{words}: {'; '.join(shown[:_SHOWN_USES])}{more}."


def answer_line(now: Interview, item: Item) -> str:
    """Return what stands for a question now, with a word on its state, for the review."""
    form = item.form
    if item.state == "wrong":
        return f"[does not fit] {'' if item.value is NOTHING else shown(form, item.value)}".rstrip()
    if item.state == "missing":
        return "[open]"
    if item.state == "undecided":
        return f"[undecided] {item.value['undecided']}"
    if item.state in ("taken", "offered"):
        seen = "" if item.state == "taken" else ", not looked at yet"
        if form.optional or form.default in (None, ()):
            return f"left out{seen}"
        return f"{shown(form, form.default)} (default{seen})"
    return shown(form, item.value)
