"""By what a row is known again: the digest of everything that its files are made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from mou_builder.library import Library
from mou_builder.written import block


def library_digest(library: Library) -> str:
    """Return one digest of everything in a library that can show in an agreement or its report."""
    whole = {
        "shelf": {clause.cite: clause.marked.value for clause in library.shelf.values()},
        "past": {cite: clause.marked.value for cite, clause in library.past.items()},
        "files": {name: marked.value for name, marked in library.marks.items()},
        "schedules": {id: schedule.marked.value for id, schedule in library.schedules.items()},
        "lock": dict(library.lock),
        "packs": [str(one) for one in library.packs],
    }
    return _digest(json.dumps(whole, sort_keys=True, default=str))


def answers_digest(tree: Mapping[str, Any], name: str, made_with: Mapping[str, Any]) -> str:
    """Return the digest of one row's answers, the name of its files and `made_with`: library, template, day, options."""
    text = "\n".join(block(tree, 0, plain=False))
    return _digest(json.dumps([name, text, dict(made_with)], sort_keys=True, default=str))


def data_digest(data: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(data).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
