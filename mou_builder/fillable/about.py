"""What a model's Word file says of itself: for whom it was made, what is fixed, where each fact belongs, what was to choose."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from mou_builder.errors import Fault, WordFileError
from mou_builder.interview.draft import read_draft
from mou_builder.marked import read_marked
from mou_builder.shape import shaped
from mou_builder.written import block

Texts = Annotated[tuple[str, ...], Strict(False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Place(_Part):
    """Where the answer of a control belongs."""

    tag: str
    answer: Annotated[str, Field(max_length=300)]
    """Its model path."""
    shows: Texts
    """What the control shows while it is empty."""


class Text(_Part):
    """A text of the model, and a digest of its words with a sign for each fact."""

    cite: str
    bookmark: str
    title: str
    words: str


class Section(_Part):
    """A section with texts to choose from, or one to keep or delete."""

    slot: str
    title: str
    texts: Texts


class About(_Part):
    """What a model says of itself."""

    schema_: Literal[1] = Field(alias="schema")
    tool: str
    state: str
    as_of: date
    base: dict[str, Any]
    """The answers that are fixed."""
    facts: Annotated[tuple[Place, ...], Strict(False)]
    rows: dict[str, Annotated[tuple[dict[str, str], ...], Strict(False)]] = {}
    """What stands already in each entry of a list, by the list's path."""
    sections: Annotated[tuple[Section, ...], Strict(False)] = ()
    texts: Annotated[tuple[Text, ...], Strict(False)] = ()
    packs: Texts = ()
    """The packs with which it was made, each as ``id@version``."""
    locked: Texts = ()
    """Ids of the clauses whose words nobody may change."""


def to_text(about: About) -> str:
    """Return it as YAML, the same for the same model."""
    return "\n".join(block(about.model_dump(mode="python", by_alias=True), 0, plain=False)) + "\n"


def read_about(text: str, name: str) -> About:
    """Return what the model `name` says of itself; raise WordFileError if that is damaged."""
    try:
        about = shaped(read_marked(text, name, WordFileError), About, WordFileError)
        draft = read_draft(about.base)
        if not draft.faults and not draft.unknown:
            return about
    except WordFileError:
        pass  # told below, without the words of a part that no person has written
    what = "what this model says of itself is damaged."
    raise WordFileError(Fault(name, what, "Fill in a fresh copy of the model."))


def digest_of(lines: Sequence[str]) -> str:
    """Return the SHA-256 of a clause's words; how they are broken into paragraphs does not count."""
    return hashlib.sha256(" ".join(" ".join(lines).split()).encode()).hexdigest()
