"""Where each answer came from and when: kept beside the answers file, never in the agreement."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.tree import NOTHING, Tree, at
from mou_builder.marked import Path
from mou_builder.shape import dotted

Origin = Literal["typed", "file", "default", "none", "prior", "kept", "law"]
"""``default``: the default was seen and taken. ``none``: left out on purpose. ``file``: found in the answers file. ``kept``:
from the earlier agreement, and somebody said since that it is still right."""

IN_WORDS: Mapping[Origin, str] = {
    "typed": "typed",
    "file": "from the file",
    "default": "default taken",
    "none": "left out",
    "prior": "from the earlier agreement",
    "kept": "from the earlier agreement, still right",
    "law": "from state law",
}


@dataclass(frozen=True)
class Note:
    """Where one answer came from, and when."""

    origin: Origin
    when: datetime | None = None
    digest: str = ""
    """Of the answer it speaks of: one that somebody has changed since is the file's again. Empty for a list or a group."""


@dataclass(frozen=True)
class Notes:
    """What an interview remembers beside the answers."""

    of: Mapping[Path, Note] = field(default_factory=dict)
    aside: Mapping[Path, Any] = field(default_factory=dict)
    """Answers to questions that do not apply any more; they come back if the questions do."""
    growing: frozenset[Path] = frozenset()
    """Lists to which an entry was added and nobody has said yet that they are complete."""
    scope: str = ""
    """What was gone through when the interview was left."""
    stopped: Path = ()
    """The question at which it was left."""


def all_but(values: Mapping[Path, Any], path: Path) -> dict[Path, Any]:
    """Return what is kept by path, without what is kept for `path`."""
    return {one: value for one, value in values.items() if one != path}


def digest(value: Any) -> str:
    """Return a short fingerprint of an answer."""
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def to_json(notes: Notes) -> str:
    """Return the notes as text, the same for the same notes."""
    from mou_builder.written import inline

    kept = {
        "schema": 1,
        "notes": [
            {
                "answer": list(path),
                "origin": note.origin,
                "when": note.when.isoformat(timespec="seconds") if note.when else None,
                "digest": note.digest,
            }
            for path, note in sorted(notes.of.items(), key=lambda pair: dotted(pair[0]))
        ],
        # An answer is written as YAML within: JSON would make a date a text and an exact amount a fraction.
        "aside": [
            {"answer": list(path), "value": inline(value)}
            for path, value in sorted(notes.aside.items(), key=lambda pair: dotted(pair[0]))
        ],
        "growing": sorted((list(path) for path in notes.growing), key=repr),
        "scope": notes.scope,
        "stopped": list(notes.stopped),
    }
    # One line for each note: json's own indenting is written in Python and takes ten times as long, at every answer.
    parts = [f"{json.dumps(name)}: {_one_by_line(value)}" for name, value in kept.items()]
    return "{" + ",\n".join(parts) + "}\n"


def _one_by_line(value: Any) -> str:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


def read_notes(text: str, name: str, tree: Tree) -> Notes:
    """Return the notes in `text` that still fit the answers in `tree`; raise AnswerError if they are damaged."""
    from mou_builder.marked import read_marked

    try:
        kept = json.loads(text)
        of = {_path(one["answer"]): _note(one) for one in kept["notes"]}
        aside = {
            _path(one["answer"]): read_marked(f"value: {one['value']}", name, AnswerError).value["value"]
            for one in kept["aside"]
        }
        growing = frozenset(_path(one) for one in kept["growing"])
        scope, stopped = str(kept["scope"]), _path(kept["stopped"]) if kept["stopped"] else ()
    except (ValueError, TypeError, KeyError, AnswerError):
        what = "these notes on where each answer came from cannot be read."
        raise AnswerError(
            Fault(name, what, "Move the file away to go on; every answer is in the answers file.")
        ) from None
    return Notes(
        {path: note for path, note in of.items() if _fits(note, path, tree, aside)},
        {path: value for path, value in aside.items() if path in growing or at(tree, path) is NOTHING},
        frozenset(path for path in growing if _held(path, tree, aside) is not NOTHING),
        scope,
        stopped,
    )


def _fits(note: Note, path: Path, tree: Tree, aside: Mapping[Path, Any]) -> bool:
    """Return whether a note speaks of the answer that stands at `path` now, or is set aside."""
    if note.origin in ("default", "none"):
        return at(tree, path) is NOTHING
    value = _held(path, tree, aside)
    return value is not NOTHING and note.digest in ("", digest(value))


def _held(path: Path, tree: Tree, aside: Mapping[Path, Any]) -> Any:
    """Return the answer at `path`, in the file or set aside, or NOTHING."""
    value = at(tree, path)
    for length in range(1, len(path) + 1):
        if value is NOTHING and path[:length] in aside:
            value = at(aside[path[:length]], path[length:])
    return value


def _path(steps: Any) -> Path:
    if not isinstance(steps, list) or not steps or not all(type(step) in (str, int) for step in steps):
        raise ValueError(steps)
    return tuple(steps)


def _note(one: Mapping[str, Any]) -> Note:
    if one["origin"] not in get_args(Origin):
        raise ValueError(one["origin"])
    when = datetime.fromisoformat(one["when"]) if one["when"] else None
    return Note(one["origin"], when, str(one["digest"]))
