"""What was answered and exactly which text was used: enough to rebuild the agreement and to see what became of it.

The record travels inside the Word file, so it holds nothing that the agreement or its appendix does not show.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from mou_builder.errors import AnswerError, Fault, RecordError, did_you_mean
from mou_builder.library import Clause, Library
from mou_builder.library.outline import letter
from mou_builder.marked import Marked, Path, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.selection import Choice, Selection
from mou_builder.shape import shaped
from mou_builder.wording import Wording
from mou_builder.written import block

RECORD_NAMESPACE = "https://mou-builder.org/record/1"
"""Name of the custom XML part that carries the record in a Word file."""


class _RecordPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Link(_RecordPart):
    """A cross-reference, by the slot it leads to."""

    to: str


Segment = str | Link
"""Words, or a cross-reference."""


class UsedText(_RecordPart):
    """One clause as it was put into the agreement."""

    id: str
    version: int
    slot: str
    sha256: str
    bookmark: str
    satisfies: Annotated[tuple[str, ...], Strict(False)]
    heading: str
    words: Annotated[tuple[Annotated[tuple[Segment, ...], Strict(False)], ...], Strict(False)]
    terms: Annotated[tuple[str, ...], Strict(False)] = ()
    open: Annotated[tuple[str, ...], Strict(False)] = ()
    """Undecided answers that the text shows as blanks."""
    section: str = ""
    """Its number as built: ``4.1``, or ``Recital A``."""
    kept: str = ""
    """Why the parties keep these words in place of the library's; empty where they are the library's."""
    instead: Annotated[tuple[Annotated[tuple[Segment, ...], Strict(False)], ...], Strict(False)] = ()
    """The library's words, its heading first, in whose place these stand."""

    @property
    def cite(self) -> str:
        """``us/roles/discipline@3``."""
        return f"{self.id}@{self.version}"


class Gap(_RecordPart):
    """A slot that no text fills, and the undecided answers on which it hangs (none: the library has no text)."""

    slot: str
    title: str
    why: str = ""
    open: Annotated[tuple[str, ...], Strict(False)] = ()
    section: str = ""


class MadeWith(_RecordPart):
    """A pack that lay over the library when the agreement was built."""

    id: str
    version: str
    publisher: str
    sha256: str
    """Of its manifest: exactly which pack of this name and version it was."""


class Record(_RecordPart):
    """Everything needed to rebuild one agreement."""

    format: Literal[1] = Field(alias="schema")
    tool: str
    as_of: date
    final: bool
    answers: dict[str, Any]
    clauses: Annotated[tuple[UsedText, ...], Strict(False)]
    gaps: Annotated[tuple[Gap, ...], Strict(False)] = ()
    schedules: Annotated[tuple[str, ...], Strict(False)] = ()
    frame: Annotated[tuple[str, ...], Strict(False)] = ()
    """The words of each paragraph outside the clauses, up to the appendix."""
    appendix: str = ""
    """SHA-256 of the words of the appendix and of what stands behind it."""

    left_out: Annotated[tuple[UsedText, ...], Strict(False)] = ()
    """The library's texts that the parties left out, and why."""
    asked: dict[str, Annotated[tuple[str, ...], Strict(False)]] = {}
    """The requirements in force when it was built, by rubric."""
    packs: Annotated[tuple[MadeWith, ...], Strict(False)] = ()
    margins: Annotated[tuple[str, ...], Strict(False)] = ()
    """The words of the headers, footers and notes, each once; fields such as the page number left out."""

    @property
    def numbers(self) -> dict[str, str]:
        """Section number of each clause and gap, and letter of each schedule, as they were built."""
        numbers = {one.slot: one.section for one in self.clauses} | {one.slot: one.section for one in self.gaps}
        lettered = {f"schedules.{id}": f"Schedule {letter(place)}" for place, id in enumerate(self.schedules, start=1)}
        return {slot: number for slot, number in numbers.items() if number} | lettered

    def agreement(self, states: Mapping[str, str] | None = None, name: str = "the record") -> Agreement:
        """Return the answers as an Agreement; raise AnswerError, in which they are called `name`, if they cannot be taken up."""
        return agreement_from(Marked(name, self.answers), states)


def made_with(library: Library) -> tuple[MadeWith, ...]:
    """Return the packs over a library as a record names them."""
    return tuple(
        MadeWith(id=one.id, version=one.version, publisher=one.publisher, sha256=one.digest) for one in library.packs
    )


def record_of(agreement: Agreement, selection: Selection, wording: Wording, *, tool: str, final: bool) -> Record:
    """Return the record of an agreement that is built from `selection`."""
    return Record(
        schema=1,
        tool=tool,
        as_of=selection.as_of,
        final=final,
        answers=answers_of(agreement),
        clauses=tuple(_used(choice, wording, selection) for choice in selection.choices if choice.clause),
        left_out=tuple(
            used_text(choice.instead_of, wording, "").model_copy(update={"kept": choice.kept.why})
            for choice in selection.choices
            if choice.kept and choice.instead_of and not choice.clause
        ),
        gaps=tuple(
            Gap(
                slot=choice.slot,
                title=choice.title,
                why=_why(choice),
                open=choice.open_paths,
                section=selection.numbers[choice.slot],
            )
            for choice in selection.choices
            if choice.clause is None and choice.printed
        ),
        schedules=tuple(schedule.id for schedule in selection.schedules),
    )


def _used(choice: Choice, wording: Wording, selection: Selection) -> UsedText:
    used = used_text(choice.clause, wording, selection.numbers[choice.slot])  # type: ignore[arg-type]
    if choice.kept is None:
        return used
    library_text = used_text(choice.instead_of, wording, "") if choice.instead_of else None
    instead = ((library_text.heading,), *library_text.words) if library_text else ()
    return used.model_copy(update={"kept": choice.kept.why, "instead": instead})


def _why(choice: Choice) -> str:
    """Return why none of a slot's texts was chosen, the first few of them."""
    return "; ".join(f"{one.clause.cite}: {one.because}" for one in choice.passed[:3])


def used_text(clause: Clause, wording: Wording, section: str) -> UsedText:
    """Return how `clause` stands, as `section`, in the agreement that `wording` serves."""
    paragraphs = wording.of(clause)
    return UsedText(
        id=clause.id,
        version=clause.version,
        slot=clause.slot,
        sha256=clause.digest,
        bookmark=clause_bookmark(clause.id),
        satisfies=clause.written.satisfies,
        heading=clause.written.heading,
        words=tuple(_segments(paragraph.runs) for paragraph in paragraphs),
        terms=tuple(clause.terms),
        open=wording.open_paths(clause),
        section=section,
    )


def _segments(runs: Any) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for run in runs:
        if run.kind == "reference":
            segments.append(Link(to=run.slot))
        else:
            text = f"\u201c{run.text}\u201d" if run.kind == "term" else run.text
            if segments and isinstance(segments[-1], str):
                segments[-1] += text
            else:
                segments.append(text)
    return tuple(segments)


def answers_of(agreement: Agreement) -> dict[str, Any]:
    """Return the answers as they were given: what was left to a default stays out."""
    return agreement.model_dump(mode="python", by_alias=True, exclude_unset=True)


def clause_bookmark(id: str) -> str:
    """Return the bookmark that spans a clause: at most 40 letters, digits and ``_``, the same for every version."""
    return _bookmark("mou_", id)


def heading_bookmark(slot: str) -> str:
    """Return the bookmark on the heading of a slot or schedule, the target of cross-references."""
    return _bookmark("mouref_", slot)


def _bookmark(prefix: str, name: str) -> str:
    plain = re.sub(r"[^a-z0-9]", "_", name)
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{prefix}{plain[-(33 - len(prefix)) :].strip('_')}_{digest}"


def read_record(text: str, name: str) -> Record:
    """Return the record in `text`; raise RecordError if it is none or damaged."""
    marked = read_marked(text, name, RecordError)
    if not is_record(marked):
        raise RecordError(
            Fault(
                str(marked.place(())),
                "this is not the record of an agreement.",
                "Give the .record.yaml that 'mou-builder build' wrote.",
            )
        )
    return shaped(marked, Record, RecordError)


def is_record(marked: Marked) -> bool:
    """Return whether a file has the groups that only a record has."""
    return isinstance(marked.value, dict) and {"answers", "clauses", "tool"} <= marked.value.keys()


def to_text(record: Record) -> str:
    """Return the record as YAML, the same bytes for the same record everywhere."""
    whole = record.model_dump(mode="python", by_alias=True)
    if not record.packs:
        del whole["packs"]
    for group in ("clauses", "left_out"):
        whole[group] = [
            {key: value for key, value in one.items() if value or key not in _OFTEN_EMPTY} for one in whole[group]
        ]
    return "\n".join(block(whole, 0, plain=False)) + "\n"


_OFTEN_EMPTY = ("terms", "open", "kept", "instead")
"""Left out of a clause where they are empty: a record is read more often than written."""


def refuse_unknown(agreement: Agreement, library: Library, marked: Marked, under: Path = ()) -> None:
    """Raise AnswerError for waivers and attestations of requirements, and kept sections, that the library does not have."""
    known = library.requirements()
    faults: list[Fault] = []
    slots = library.outline.slots()
    for number, kept in enumerate(agreement.negotiated):
        if kept.section not in slots:
            where = str(marked.place((*under, "negotiated", number, "section")))
            what = f"the library\u2019s outline has no section {kept.section!r}."
            faults.append(Fault(where, what, did_you_mean(kept.section, slots) or "See 'mou-builder library list'."))
    waived = [one.requirement for one in agreement.waivers]
    for number, id in enumerate(waived):
        if waived.index(id) != number:
            where = str(marked.place((*under, "waivers", number, "requirement")))
            faults.append(Fault(where, f"{id} is waived twice.", "Keep one of the two."))
    for group in ("waivers", "attestations"):
        for number, one in enumerate(getattr(agreement, group)):
            where = str(marked.place((*under, group, number, "requirement")))
            if one.requirement not in known:
                what = f"no rubric has a requirement {one.requirement!r}."
                mend = did_you_mean(one.requirement, known) or "The compliance appendix lists them all."
                faults.append(Fault(where, what, mend))
            elif group == "attestations" and known[one.requirement][1].kind == "provision":
                what = f"{one.requirement} asks for words in the agreement, which nobody can attest."
                faults.append(Fault(where, what, "Delete the attestation; the text itself must meet it."))
    if faults:
        raise AnswerError(*faults)
