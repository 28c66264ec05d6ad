"""What a text prints and refers to: each value and reference must be there in every agreement that has the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.markup import Value
from mou_builder.library.questions import COMPUTED, Fields, is_list, kinds, parents
from mou_builder.library.schedules import Passage
from mou_builder.library.shapes import Clause, Library
from mou_builder.model.walk import extra
from mou_builder.shape import in_words

_FITS: dict[str, tuple[Any, ...]] = {
    "date": (date, "month-day"),
    "money": (Decimal,),
    "words": (int, Decimal),
    "plural": (int, Decimal),
    "list": (tuple,),
}


def value_faults(text: Clause | Passage, fields: Fields, when: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield values in a text that do not exist, do not fit their filter, or may be absent; `when` is its whole condition."""
    for block in text.blocks:
        for piece in block.pieces:
            if isinstance(piece, Value):
                yield from value_fault(text.found(piece.path), piece, fields, when, repeats=piece == block.repeats)


def value_fault(
    where: str, value: Value, fields: Fields, when: Mapping[str, Any], *, repeats: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with one value at `where`; `repeats` says that a list there prints each of its entries."""
    if value.path not in fields and value.path not in COMPUTED:
        yield Fault(
            where,
            f"the text names {value.path!r}, which no answer is called.",
            did_you_mean(value.path, [*fields, *COMPUTED]),
        )
        return
    if any(is_list(fields[parent].annotation) for parent in parents(value.path) if parent in fields):
        yield Fault(
            where, f"{value.path} lies inside a list, so it has no single value.", "Print the list itself with | list."
        )
    found = kinds(value.path, fields)
    allowed = _FITS.get(value.filter)
    if allowed and not any(kind in found for kind in allowed):
        yield Fault(
            where,
            f"the filter {value.filter!r} does not fit {value.path}.",
            "Choose the filter for its kind of answer.",
        )
    if not value.filter and (
        (tuple in found and not repeats) or date in found or bool in found or "month-day" in found
    ):
        yield Fault(
            where,
            f"{value.path} cannot be printed without a filter.",
            "Use | list or | date, or a condition for true and false.",
        )
    yield from _guaranteed(when, value, fields, where)


def _guaranteed(when: Mapping[str, Any], value: Value, fields: Fields, where: str) -> Iterator[Fault]:
    """A value that some agreements lack may be printed only where the clause's condition says that it is there."""
    for path in [*parents(value.path), value.path]:
        field = fields.get(path)
        if field is None:
            continue
        if type(None) in get_args(field.annotation) and when.get(path) != {"present": True}:
            yield Fault(where, f"{path} may be absent.", f"Add to when: {path}: {{present: true}}")
        for asked, wanted in extra(field).get("when", {}).items():
            if not _implies(when.get(asked), wanted):
                yield Fault(
                    where,
                    f"{path} is asked only where {asked} is {_yaml(wanted)}.",
                    f"Add to when: {asked}: {_yaml(wanted)}",
                )


def _yaml(wanted: Any) -> str:
    return f"[{', '.join(map(in_words, wanted))}]" if isinstance(wanted, list) else in_words(wanted)


def _implies(given: Any, wanted: Any) -> bool:
    allowed = wanted if isinstance(wanted, list) else [wanted]
    return given is not None and all(one in allowed for one in (given if isinstance(given, list) else [given]))


def reference_faults(text: Clause | Passage, when: Mapping[str, Any], library: Library) -> Iterator[Fault]:
    """Yield cross-references that some agreements could not resolve; `when` is the text's whole condition."""
    slots = library.outline.slots()
    schedules = {f"schedules.{one.id}": one for one in library.outline.schedules}
    needed = text.written.requires if isinstance(text, Clause) else ()
    recitals = {article.id for article in library.outline.articles if article.style == "recital"}
    for slot in dict.fromkeys(text.references):
        where = text.found(f"[[{slot}]]")
        if slot in schedules:
            if not all(
                _implies(when.get(path), wanted) or when.get(path) == wanted
                for path, wanted in schedules[slot].when.items()
            ):
                yield Fault(
                    where,
                    f"[[{slot}]] is not attached to every agreement that has this clause.",
                    f"Add to when: {schedules[slot].when}",
                )
        elif slot not in slots:
            yield Fault(where, f"[[{slot}]] is no slot of the outline.", did_you_mean(slot, [*slots, *schedules]))
        elif slot.partition(".")[0] in recitals:
            yield Fault(where, f"[[{slot}]] is a recital, which has no section number.", "Refer to a section.")
        elif slot not in needed and not _always_with(when, slot, library):
            yield Fault(
                where,
                f"[[{slot}]] may be missing where this clause stands.",
                "Refer to a slot that is always filled, or give both the same `when`.",
            )


def _always_with(when: Mapping[str, Any], slot: str, library: Library) -> bool:
    """Return whether every agreement for which `when` holds fills `slot`."""
    place = library.outline.slots()[slot]

    def implied(asked: Mapping[str, Any]) -> bool:
        return all(_implies(when.get(path), wanted) or when.get(path) == wanted for path, wanted in asked.items())

    if not implied(place.when):
        return False
    return not place.optional or any(implied(one.written.when) for one in library.shelf.values() if one.slot == slot)
