"""Hold the jurisdictions, and the values that laws, grants and policies set, against the model and the rubrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.alternates import entry_faults
from mou_builder.library.jurisdictions import Limit
from mou_builder.library.questions import Fields
from mou_builder.library.shapes import Library


def jurisdiction_faults(library: Library, fields: Fields) -> Iterator[Fault]:
    """Yield what is wrong in the jurisdictions: whose state each serves, what it rests on, its values."""
    served: dict[str, str] = {}
    of_packs = {id for pack in library.packs for id in pack.jurisdictions}
    for id, one in sorted(library.jurisdictions.items()):
        file = f"{id}/jurisdiction.yaml"
        if one.parent and one.parent not in library.jurisdictions:
            what = f"its parent {one.parent!r} is no folder of the library."
            yield Fault(library.at(file, "parent"), what, "Name us.")
        if one.state and one.state not in library.states:
            what = f"no state or territory has the code {one.state!r}."
            yield Fault(library.at(file, "state"), what, "Correct the postal code.")
        if id in of_packs:
            pass  # a pack's folder stands before the library's own for its state
        elif one.state and one.state in served:
            what = f"the folder {served[one.state]} serves {one.state} already."
            yield Fault(library.at(file, "state"), what, "Keep one folder for a state.")
        elif one.state:
            served[one.state] = id
        for number, value in enumerate(one.values):
            yield from limit_faults(library, value, fields, partial(library.at, file, "values", number))
        named = [("form", one.form.sources if one.form else ()), *((term.term, term.sources) for term in one.terms)]
        for what_of, keys in named:
            for key in keys:
                if key not in one.sources:
                    what = f"{what_of} names the source {key!r}, which the jurisdiction does not list."
                    yield Fault(library.at(file, "sources"), what, did_you_mean(key, one.sources))


def limit_faults(library: Library, value: Limit, fields: Fields, at: Callable[..., str]) -> Iterator[Fault]:
    """Yield what is wrong with a value that a law, a grant or a policy sets."""
    if value.answer not in fields:
        yield Fault(at("answer"), f"the model has no answer {value.answer!r}.", did_you_mean(value.answer, fields))
    if value.requirement not in library.requirements():
        what = f"no rubric has the requirement {value.requirement!r}."
        yield Fault(at("requirement"), what, did_you_mean(value.requirement, library.requirements()))
    if isinstance(value.value, int) is (value.limit == "one-of"):
        what = f"{value.limit} does not go with the value {value.value!r}."
        yield Fault(at("value"), what, "Give a number with at-most and at-least, a list with one-of.")
    for path, wanted in value.when.items():
        yield from entry_faults(at("when", path), path, wanted, fields)
