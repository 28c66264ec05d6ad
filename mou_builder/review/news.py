"""Say what is new since an agreement was built: in the library's texts, in the rubrics, and in the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mou_builder.library import Library
from mou_builder.library.changelog import Change
from mou_builder.record import Record, UsedText
from mou_builder.report.layers import serving
from mou_builder.wording import in_date

Kind = Literal["edition", "update", "correction", "draft", "alternate", "answers", "changed", "new", "gone", "none"]
IN_WORDS: dict[Kind, str] = {
    "edition": "new edition of the text",
    "update": "updated text",
    "correction": "corrected text",
    "draft": "draft text that was edited",
    "alternate": "another text, chosen by other answers or by another rule",
    "answers": "the same text with other answers",
    "changed": "the text, or an answer in it, was changed",
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
    reason: str = ""
    """What the library's change list says of its rubric."""
    sign_again: str = ""


def text_news(then: UsedText | None, now: UsedText | None, library: Library) -> TextNews:
    """Return what happened to a section's text between two agreements."""
    kind = _kind(then, now, library)
    told = _told(then, now, library) if now and kind not in ("none", "answers", "changed") else ()
    return TextNews(
        kind,
        then.cite if then else "",
        now.cite if now else "",
        " ".join(change.what for change in told),
        " ".join(dict.fromkeys(_sentence(change.sign_again) for change in told if change.sign_again)),
    )


def _told(then: UsedText | None, now: UsedText, library: Library) -> tuple[Change, ...]:
    """Return what the change list says of the versions that came since, newest first; else of the text as a whole."""
    first = then.version if then and then.id == now.id else 0
    since = range(first + 1, now.version + 1)
    named = [one for one in library.changes if any(f"{now.id}@{version}" in one.clauses for version in since)]
    return tuple(named or [one for one in library.changes if one.tells_of(now.id, now.version)][:1])


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


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
        # Its digest is that of the parties' words; those of the library stand beside them.
        same = not then.instead or then.instead == ((now.heading,), *now.words)
        return "none" if same else "answers" if clause and library.published(clause) else "changed"
    if then.sha256 != now.sha256:
        return "draft"
    return "none" if (then.heading, then.words) == (now.heading, now.words) else "answers"


def in_words(news: TextNews) -> str:
    """Return what the library made of a section, in a sentence, with the reason that its change list gives."""
    if news.kind == "none":
        return ""
    several = news.then and news.now and news.then != news.now
    cites = f" ({news.then} to {news.now})" if several else f" ({news.now or news.then})"
    return f"{IN_WORDS[news.kind]}{cites}.{reason_of(news)}"


def reason_of(news: TextNews | RequirementNews) -> str:
    """Return what the change list says of a text or a rubric and who should sign again, each behind a space; else nothing."""
    reason = f" {news.reason}" if news.reason else ""
    return f"{reason} Who should sign again: {_sentence(news.sign_again)}" if news.sign_again else reason


def requirement_news(record: Record, library: Library, as_of: date) -> tuple[RequirementNews, ...]:
    """Return the requirements that came into force, or went out of it, since the agreement was built."""
    return tuple(_requirements(record, library, as_of))


def _requirements(record: Record, library: Library, as_of: date) -> Iterator[RequirementNews]:
    known: Mapping[str, tuple[str, ...]] = record.asked
    for rubric in serving(record.agreement(library.states), library):
        for row in rubric.requirements:
            then = row.id in known.get(rubric.id, ()) if known else row.in_force(record.as_of)
            now = row.in_force(as_of)
            if then == now:
                continue
            because = f"in force from {in_date(row.effective_from)}" if row.effective_from and now else ""
            because = because or (f"in force to {in_date(row.effective_to)}" if row.effective_to and not now else "")
            because = because or ("the rubric is new here" if rubric.id not in known else "the rubric was changed")
            told = next((one for one in library.changes if f"rubrics/{rubric.id}.yaml" in one.clauses), None)
            what, sign = (told.what, told.sign_again) if told and now else ("", "")
            yield RequirementNews(row.id, rubric.id, row.force, row.asks, now, because, what, sign)
    here = {row.id for rubric in library.rubrics for row in rubric.requirements}
    for rubric_id, ids in known.items():
        for id in ids:
            if id not in here:
                yield RequirementNews(id, rubric_id, "", "", False, "the library no longer has it")
