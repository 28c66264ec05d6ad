"""The decisions file of a renewal: what to do with each section that the parties changed, and the new answers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.marked import Marked, read_marked
from mou_builder.review.renewal import Decision, Renewal, Section, Use
from mou_builder.review.section_text import SectionText
from mou_builder.shape import shaped
from mou_builder.written import block

_HEADING = """\
# Decisions for a renewal. For each section write
#   use: keep      the wording of the signed agreement stays, as a local variation with its reason
#   use: library   the library's text takes its place
#   use: both      the draft shows both, for counsel to choose; a final agreement is refused until then
# and why, in a sentence that may stand in the appendix. Under answers, new answers may be given as in an answers file.
"""


class _DecisionPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class DecisionText(_DecisionPart):
    """A decision as the file holds it."""

    use: Literal["keep", "library", "both"]
    why: Annotated[str, Field(max_length=500)] = ""


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
    return Decisions(read.answers, {slot: Decision(one.use, one.why) for slot, one in read.sections.items()}, marked)


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


def to_text(renewal: Renewal, decisions: Mapping[str, Decision], numbers: Mapping[str, str]) -> str:
    """Return a decisions file with every section that is open to decision, its texts above it as comments.

    `numbers` gives the section numbers of the renewed agreement, for the references in the texts.
    """
    lines = [_HEADING, "schema: 1", "answers: {}"]
    sections = renewal.open_to_decision
    lines.append("sections:" if sections else "sections: {}")
    for section in sections:
        made = decisions.get(section.slot) or Decision(_standing(section), section.before.why if section.before else "")
        lines += ["", *_comments(section, numbers)]
        lines += block({section.slot: {"use": made.use, "why": made.why}}, 2)
    return "\n".join(lines) + "\n"


def _standing(section: Section) -> Use:
    return "both" if section.outcome == "conflict" else "keep"


def _comments(section: Section, numbers: Mapping[str, str]) -> Iterator[str]:
    what = {
        "conflict": "The parties changed it, and so did the library. Decide.",
        "kept": "The parties put it in."
        if section.added
        else "Only the parties changed it. Kept, unless you decide otherwise.",
    }.get(section.outcome, "The parties and the library made the same change.")
    yield f"  # {section.heading}: {what}"
    texts: tuple[tuple[str, SectionText | None], ...] = (
        ("Library, then", section.base),
        ("Signed", section.theirs),
        ("Library, now", section.ours if section.outcome == "conflict" else None),
    )
    for whose, text in texts:
        if text is not None:
            yield f"  # {whose}: {text.heading}"
            for line in text.shown(numbers):
                yield from textwrap.wrap(line, 112, initial_indent="  #   ", subsequent_indent="  #   ")
        elif whose == "Signed":
            yield "  # Signed: left out"
