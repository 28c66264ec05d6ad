"""Say what is new since an agreement was built: in the library's texts, in the rubrics, and in the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mou_builder.library import Library
from mou_builder.record import Record, UsedText
from mou_builder.wording import in_date

Kind = Literal["edition", "update", "correction", "draft", "alternate", "answers", "new", "gone", "none"]
IN_WORDS: dict[Kind, str] = {
    "edition": "new edition of the text",
    "update": "updated text",
    "correction": "corrected text",
    "draft": "draft text that was edited",
    "alternate": "another text, because of other answers or of another rule for choosing it",
    "answers": "the same text with other answers",
    "new": "a new section",
    "gone": "no longer in the library for these answers",
    "none": "no change",
}


@dataclass(frozen=True)
class TextNews:
    """What the library made of one section since."""

    kind: Kind
    then: str
    """The text used then, as ``us/roles/discipline@1``; empty for a new section."""
    now: str
    reason: str
    """What the library's change list says of it."""
    sign_again: str
    """Who should sign again, as the change list says."""


@dataclass(frozen=True)
class RequirementNews:
    """A requirement that is asked now and was not then, or the other way round."""

    id: str
    rubric: str
    force: str
    asks: str
    new: bool
    because: str


def text_news(then: UsedText | None, now: UsedText | None, library: Library) -> TextNews:
    """Return what happened to a section's text between two agreements."""
    kind = _kind(then, now, library)
    told = [change for change in library.changes if now and kind != "none" and change.tells_of(now.id, now.version)]
    return TextNews(
        kind,
        then.cite if then else "",
        now.cite if now else "",
        told[0].what if told else "",
        told[0].sign_again if told else "",
    )


def _kind(then: UsedText | None, now: UsedText | None, library: Library) -> Kind:
    if then is None:
        return "none" if now is None else "new"
    if now is None:
        return "gone"
    if then.id != now.id:
        return "alternate"
    clause = library.clause(now.id, now.version)
    if then.version != now.version:
        return clause.written.change if clause else "update"
    if then.kept:
        return "none"  # its digest is that of the parties' words
    if then.sha256 != now.sha256:
        return "draft"
    return "none" if (then.heading, then.words) == (now.heading, now.words) else "answers"


def requirement_news(record: Record, library: Library, as_of: date) -> tuple[RequirementNews, ...]:
    """Return the requirements that came into force, or went out of it, since the agreement was built."""
    return tuple(_requirements(record, library, as_of))


def _requirements(record: Record, library: Library, as_of: date) -> Iterator[RequirementNews]:
    known: Mapping[str, tuple[str, ...]] = record.asked
    for rubric in library.rubrics:
        for row in rubric.requirements:
            then = row.id in known.get(rubric.id, ()) if known else row.in_force(record.as_of)
            now = row.in_force(as_of)
            if then == now:
                continue
            because = f"in force from {in_date(row.effective_from)}" if row.effective_from and now else ""
            because = because or (f"in force to {in_date(row.effective_to)}" if row.effective_to and not now else "")
            because = because or ("the rubric is new here" if rubric.id not in known else "the rubric was changed")
            yield RequirementNews(row.id, rubric.id, row.force, row.asks, now, because)
    here = {row.id for rubric in library.rubrics for row in rubric.requirements}
    for rubric_id, ids in known.items():
        for id in ids:
            if id not in here:
                yield RequirementNews(id, rubric_id, "", "", False, "the library no longer has it")
