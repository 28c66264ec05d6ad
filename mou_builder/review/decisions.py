"""The decisions file of a renewal: what to do with each section that the parties changed, and the new answers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from mou_builder.document.memo import Words
from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.marked import Marked, read_marked
from mou_builder.model.parts import Reason
from mou_builder.review.renewal import Decision, Outcome, Renewal, Section, Use
from mou_builder.review.versions import versions
from mou_builder.shape import shaped
from mou_builder.written import block

_HEADING = """\
# Decisions for a renewal. For each section write
#   use: keep      the wording of the signed agreement stays, as a local variation with its reason
#   use: library   the library's text takes its place
#   use: both      the draft shows both, for counsel to choose; a final agreement is refused until then
# and why, in a sentence that may stand in the appendix. Under answers, new answers may be given as in an answers file.
# In the texts, [-words-] were taken out and {+words+} put in; \u2026 stands for words left alone.
"""
_WHAT: dict[Outcome, str] = {
    "conflict": "The parties changed it, and so did the library or an answer that it prints. Decide.",
    "kept": "Only the parties changed it. Kept, unless you decide otherwise.",
    "same": "",
    "library": "",
}
_ADDED = "The parties put it in. Kept, unless you decide otherwise."
_UNDECIDED = "  # Nobody has decided yet; what is done until then:"


class _DecisionPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class DecisionText(_DecisionPart):
    """A decision as the file holds it."""

    use: Literal["keep", "library", "both"]
    why: Annotated[Reason | None, BeforeValidator(lambda given: None if given == "" else given)] = None


class DecisionsFile(_DecisionPart):
    """The whole file."""

    format: Literal[1] = Field(alias="schema")
    answers: dict[str, Any] = Field(default_factory=dict)
    sections: dict[str, DecisionText] = Field(default_factory=dict)


@dataclass(frozen=True)
class Decisions:
    """What a person decided, and the new answers, with the places where they stand in the file."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, Decision] = field(default_factory=dict)
    marked: Marked | None = None


def read_decisions(text: str, name: str) -> Decisions:
    """Return the decisions in `text`; raise AnswerError, with a place for each fault, if it is no decisions file."""
    marked = read_marked(text, name, AnswerError)
    read = shaped(marked, DecisionsFile, AnswerError)
    return Decisions(
        read.answers, {slot: Decision(one.use, one.why or "") for slot, one in read.sections.items()}, marked
    )


def refuse_unknown_sections(decisions: Decisions, renewal: Renewal) -> None:
    """Raise AnswerError for decisions on sections about which there is nothing to decide."""
    open_to = [one.slot for one in renewal.open_to_decision]
    faults: list[Fault] = []
    for slot in decisions.sections:
        if slot not in open_to:
            known = renewal.section(slot) is not None
            what = f"the parties changed nothing in {slot}." if known else f"the agreement has no section {slot!r}."
            where = str(decisions.marked.place(("sections", slot), key=True)) if decisions.marked else slot
            mend = did_you_mean(slot, open_to) or f"To decide on: {', '.join(open_to) or 'nothing'}."
            faults.append(Fault(where, what, mend))
    if faults:
        raise AnswerError(*faults)


def to_text(
    renewal: Renewal, decisions: Mapping[str, Decision], numbers: Mapping[str, str], *, standing: bool = True
) -> str:
    """Return a decisions file with every section that is open to decision, its texts above it as comments.

    `numbers` gives the section numbers of the agreement, for the references in the texts. A section on which nobody has
    decided stands with what is done then; without `standing` it stands as a comment, so that the file tells them apart.
    """
    lines = [_HEADING, "schema: 1", "answers: {}"]
    sections = [one for one in renewal.open_to_decision if one.outcome != "same"]
    written = [one.slot for one in sections if standing or one.slot in decisions]
    lines.append("sections:" if written else "sections: {}")
    for section in sections:
        made = decisions.get(section.slot) or Decision(_standing(section), section.before.why if section.before else "")
        lines += ["", *_comments(section, numbers)]
        entry = block({section.slot: {"use": made.use, "why": made.why}}, 2)
        lines += entry if section.slot in written else [_UNDECIDED, *(f"  # {line[2:]}" for line in entry)]
    return "\n".join(lines) + "\n"


def _standing(section: Section) -> Use:
    return "both" if section.outcome == "conflict" else "keep"


def _comments(section: Section, numbers: Mapping[str, str]) -> Iterator[str]:
    yield f"  # {' '.join(section.heading.split())}: {_WHAT[section.outcome] if not section.added else _ADDED}"
    for one in versions(section, numbers):
        yield f"  # {one.title}:"
        for line in _with_signs(one.words).splitlines():
            yield from textwrap.wrap(line, 112, initial_indent="  #   ", subsequent_indent="  #   ")


def _with_signs(said: Words) -> str:
    """Return what became of a text with signs around the words that were struck and put in."""
    signs = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
    parts = [(*signs.get(one.kind, ("", "")), one.words) for one in said]
    return "".join(f"{before}{words}{after}" for before, after, words in parts)
