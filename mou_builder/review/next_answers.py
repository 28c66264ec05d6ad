"""Carry the answers of an agreement over into the next one, and put in what a person gives anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mou_builder.interview.lists import lists_of
from mou_builder.interview.notes import Notes
from mou_builder.interview.prior import with_prior
from mou_builder.interview.state import Interview, begin
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import answers_of


def carried(earlier: Agreement, library: Library, when: datetime) -> Interview:
    """Return the interview of a renewal of `earlier`: its answers but those that belong to one signed agreement."""
    return with_prior(begin({}, Notes(), lists_of(library)), answers_of(earlier), earlier.document.name, when)


def with_new(answers: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with `new` ones in their place: groups are merged, lists replaced, and null takes an answer out."""
    merged = dict(answers)
    for key, value in new.items():
        old = merged.get(key)
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(old, Mapping) and "undecided" not in {*value, *old}:
            merged[key] = with_new(old, value)
        else:
            merged[key] = value
    return merged
