"""What a clause and the whole library are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from mou_builder.library.changelog import Change
from mou_builder.library.jurisdictions import Jurisdiction
from mou_builder.library.markup import Block, Piece, Reference, Term, Value, parse
from mou_builder.library.outline import LibraryPart, Outline, Texts
from mou_builder.library.overlays import PackUsed, chain_of, serves
from mou_builder.library.rubrics import Requirement, Rubric
from mou_builder.library.schedules import ScheduleText
from mou_builder.library.sources import Source
from mou_builder.library.survey import Surveyed
from mou_builder.marked import Marked

LOCK = "published.lock"
"""The file that locks published words."""

SlotName = Annotated[str, Field(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*$", max_length=60, examples=["roles.discipline"])]


class ClauseFile(LibraryPart):
    """A clause as its file holds it."""

    id: Annotated[
        str,
        Field(
            pattern=r"^(us|local)(-[a-z0-9]+)*/[a-z-]+/[a-z-]+(\.[a-z-]+)?$",
            max_length=90,
            examples=["us/roles/discipline"],
        ),
    ]
    slot: SlotName
    version: Annotated[int, Field(ge=1)]
    change: Literal["edition", "update", "correction"]
    effective: date
    reviewed: date
    satisfies: Texts = ()
    when: dict[str, Any] = Field(default_factory=dict)
    requires: Texts = ()
    conflicts: Texts = ()
    heading: Annotated[str, Field(min_length=3, max_length=90)]
    text: Annotated[str, Field(min_length=1, max_length=20000)]
    plain: Annotated[str, Field(max_length=700)] = ""
    """The clause in the words of the plain-language summary, for Students and families; it binds nobody."""
    notes: Annotated[str, Field(min_length=1, max_length=8000)]
    sources: Annotated[tuple[Source, ...], Strict(False)] = ()


@dataclass(frozen=True)
class Clause:
    """A clause, its text taken apart, and the file it stands in."""

    written: ClauseFile
    blocks: tuple[Block, ...]
    marked: Marked = field(repr=False)
    past: bool = False
    text_indent: int = 2
    """Spaces before the text's lines in the file."""

    @property
    def file(self) -> str:
        """Path of the file within the library."""
        return self.marked.name

    def at(self, *path: str | int) -> str:
        """Return ``file:line:column`` of one of its fields."""
        return str(self.marked.place(path))

    def found(self, needle: str) -> str:
        """Return where in the file its text holds `needle` as a whole."""
        first = self.marked.literal_lines.get(("text",))
        pattern = re.compile(rf"(?<![\w.]){re.escape(needle)}(?![\w.]*\w)")
        for number, line in enumerate(self.written.text.split("\n")):
            found = pattern.search(line)
            if found and first is not None:
                return f"{self.file}:{first + number}:{found.start() + self.text_indent + 1}"
        return self.at("text")

    @property
    def id(self) -> str:
        """The clause's id, which is also its path."""
        return self.written.id

    @property
    def version(self) -> int:
        """Version of the text, counted from 1."""
        return self.written.version

    @property
    def cite(self) -> str:
        """The one way a text is cited: ``us/roles/discipline@3``."""
        return f"{self.written.id}@{self.written.version}"

    @property
    def slot(self) -> str:
        """The place in the outline it may fill: ``roles.discipline``."""
        return self.written.slot

    @property
    def jurisdiction(self) -> str:
        """First step of the id: ``us`` or ``us-wa``."""
        return self.written.id.partition("/")[0]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the parsed words: heading, text, condition and what it satisfies; layout and notes do not count."""
        words = {
            "heading": self.written.heading,
            "text": [[block.kind, *(_written(piece) for piece in block.pieces)] for block in self.blocks],
            "when": self.written.when,
            "satisfies": sorted(self.written.satisfies),
        }
        return hashlib.sha256(json.dumps(words, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def values(self) -> list[Value]:
        """Every value in the text, in order."""
        return [piece for block in self.blocks for piece in block.pieces if isinstance(piece, Value)]

    @cached_property
    def plain(self) -> tuple[Piece, ...]:
        """The clause in plain words, taken apart; raises MarkupError at a slip in it."""
        return parse(self.written.plain)[0].pieces if self.written.plain.strip() else ()

    @property
    def references(self) -> list[str]:
        """Every slot or schedule the text refers to, in order."""
        return [piece.slot for block in self.blocks for piece in block.pieces if isinstance(piece, Reference)]

    @property
    def terms(self) -> list[str]:
        """Every term the text defines, in order."""
        return [piece.text for block in self.blocks for piece in block.pieces if isinstance(piece, Term)]


def _written(piece: Piece) -> list[str]:
    """Return a piece in a form that no change of this program's classes changes: locks rest on it."""
    if isinstance(piece, Value):
        return ["value", piece.path, piece.filter, piece.argument]
    if isinstance(piece, Reference):
        return ["reference", piece.slot]
    return ["term" if isinstance(piece, Term) else "words", piece.text]


@dataclass(frozen=True, repr=False)
class Library:
    """Everything the assembler chooses from, loaded once and never changed."""

    shelf: Mapping[str, Clause]
    """Newest text of each clause by id."""
    past: Mapping[str, Clause]
    """Outgoing texts by ``id@version``."""
    outline: Outline
    rubrics: tuple[Rubric, ...]
    jurisdictions: Mapping[str, Jurisdiction]
    states: Mapping[str, str]
    lock: Mapping[str, str]
    """Digest of each published text by ``id@version``, in the order of the lock's lines."""
    lock_lines: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[str, Marked] = field(default_factory=dict)
    """The files beside the clauses as they were read, by name, for the places of their faults."""
    schedules: Mapping[str, ScheduleText] = field(default_factory=dict)
    """The words of each schedule by id."""
    changes: tuple[Change, ...] = ()
    """What the library's change list tells, newest first."""
    packs: tuple[PackUsed, ...] = ()
    """The packs that lie over it, each by a person's choice or by an agreement's record."""
    survey: Mapping[str, Surveyed] = field(default_factory=dict)
    """What was found for each state by its postal code, also where nothing was found."""

    def __repr__(self) -> str:
        return f"<Library of {len(self.shelf)} clauses>"

    def at(self, file: str, *path: str | int) -> str:
        """Return ``file:line:column`` of a field in the outline, a rubric or a jurisdiction."""
        return str(self.marks[file].place(path)) if file in self.marks else file

    def in_force(self, id: str, on: date) -> Clause | None:
        """Return the newest text of a clause that is in effect on a day, from the shelf or the past."""
        versions = range(self.shelf[id].version, 0, -1)
        texts = [text for text in (self.clause(id, version) for version in versions) if text is not None]
        return next((text for text in texts if text.written.effective <= on), None)

    def clause(self, id: str, version: int) -> Clause | None:
        """Return the text of this id and version from the shelf or the past, or None."""
        clause = self.shelf.get(id)
        return clause if clause and clause.version == version else self.past.get(f"{id}@{version}")

    def schedule(self, id: str, state: str) -> ScheduleText | None:
        """Return the words of a schedule of the outline that serve `state`, the nearest first; None if there are none."""
        near = (self.schedules.get(f"{one}/schedules/{id}") for one in self.chain(state))
        return next((text for text in near if text is not None), None)

    def chain(self, state: str) -> tuple[str, ...]:
        """Return the jurisdictions whose clauses serve `state`, nearest first."""
        return chain_of(self.jurisdictions, self.packs, state)

    def own(self, state: str) -> tuple[str, ...]:
        """Return the folders, a pack's included, that serve this state and no other; empty where there are none."""
        return tuple(id for id in self.chain(state) if serves(id, self.jurisdictions) == state)

    def requirements(self) -> dict[str, tuple[Rubric, Requirement]]:
        """Every requirement by id, with its rubric, in the rubrics' order."""
        return {row.id: (rubric, row) for rubric in self.rubrics for row in rubric.requirements}

    def when_of(self, clause: Clause) -> dict[str, Any]:
        """Return the whole condition under which a clause stands: its slot's and its own."""
        slot = self.outline.slots().get(clause.slot)
        return {**(slot.when if slot else {}), **clause.written.when}

    def published(self, clause: Clause) -> bool:
        """Return whether the text has a lock line, so that its words never change again."""
        return clause.cite in self.lock
