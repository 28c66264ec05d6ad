"""Say where a passage reads differently from what a requirement asks: no "not", "may" for "shall", a word that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mou_builder.foreign.passages import Passage
from mou_builder.foreign.subjects import Subject, share
from mou_builder.foreign.terms import terms
from mou_builder.report.discipline import discipline_tasks
from mou_builder.report.language import NEGATION
from mou_builder.report.plainly import normalized
from mou_builder.report.sentences import sentences

_MOST = 280
"""Characters of an excerpt."""
_NEGATIVE_ASK = re.compile(r"\b(?:prohibits?|out of|guards? against)\b", re.IGNORECASE)
_NEGATES = re.compile(
    r"\b(?:prohibit\w*|forbid\w*|forbidden|barred|refrain\w*|exclu\w+|rather than|instead of|out of|away from|outside"
    r"|declin\w+|misuse|limit(?:s|ed)?|leaves?|steps? back|last resort)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:shall|will|may|must) not\b|\bcannot\b|\bnever\b"
    r"|\b(?:no|neither) (?:school )?(?:SROs?|officers?|deputy|deputies|party|parties|person)\b",
    re.IGNORECASE,
)
_BINDS = re.compile(r"\b(?:shall|must|will|agrees? to|(?:is|are) required to)\b", re.IGNORECASE)
_SOFT = re.compile(
    # "May" with a capital is a month.
    r"\bshould\b|(?-i:\bmay\b)(?! not\b)|\bmight\b|\bought to\b"
    r"|\b(?:is|are) (?:encouraged|expected|asked|requested|advised|urged) to\b"
    r"|\b(?:endeavou?rs?|strives?|try|tries|seeks?|aims?|intends?|hopes?) to\b"
    r"|\b(?:best|good[- ]faith|reasonable) efforts?\b",
    re.IGNORECASE,
)


def excerpt(passage: Passage, subject: Subject) -> str:
    """Return the sentences of a passage that say most on a requirement, with dots where others are left out."""
    whole = sentences([passage.text])
    if len(normalized(passage.text)) <= _MOST or not whole:
        return _cut(normalized(passage.text))
    best = max(range(len(whole)), key=lambda place: (_share(whole[place], subject), -place))
    first = last = best
    while last + 1 < len(whole) and len(" ".join(whole[first : last + 2])) <= _MOST:
        last += 1
    while first and len(" ".join(whole[first - 1 : last + 1])) <= _MOST:
        first -= 1
    shown = _cut(" ".join(whole[first : last + 1]))
    return f"{'... ' if first else ''}{shown}{' ...' if last + 1 < len(whole) and not shown.endswith('...') else ''}"


def differences(passage: Passage, subject: Subject, library_words: str) -> Iterator[str]:
    """Yield in plain words how a passage reads differently from what is asked.

    `library_words` is the paragraph of the library on this requirement that the passage is most like. Nothing yielded
    does not mean that the passage says what is asked: only some ways to differ show in single words.
    """
    said = _on_the_matter(passage, subject)
    asks = subject.requirement.asks
    negative = bool(NEGATION.search(asks) or _NEGATIVE_ASK.search(asks))
    if negative and "=discipline" in subject.asked and discipline_tasks([said]):
        yield "it gives an officer a task of school discipline"
    elif negative and not NEGATION.search(said) and not _NEGATES.search(said):
        yield "it has no word such as \u201cno\u201d, \u201cnot\u201d or \u201conly\u201d, on which this requirement turns"
    denial = _DENIES.search(said)
    if denial and not negative and library_words and not NEGATION.search(library_words):
        yield f"it says \u201c{denial.group()}\u201d, and the requirement has no such word"
    soft = _SOFT.search(said)
    # "May ... only" and "may ... nobody" forbid.
    binds = _BINDS.search(library_words) and not _SOFT.search(library_words)
    if soft and binds and not _BINDS.search(said) and not NEGATION.search(said):
        yield f"it says \u201c{soft.group()}\u201d where the library\u2019s text binds"
    if not says_what_tells(passage, subject):
        yield f"it does not say {_listed(list(subject.telling.values()))}"


def says_what_tells(passage: Passage, subject: Subject) -> bool:
    """Return whether a passage has any of the terms that set this requirement apart from its kin."""
    there = {*terms(passage.text), *terms(passage.lead), *terms(passage.heading)}
    return not subject.telling or any(term in there for term in subject.telling)


def _on_the_matter(passage: Passage, subject: Subject) -> str:
    """Return the sentences that speak to the requirement, the words that lead into them first."""
    whole = sentences([passage.text])
    shares = [_share(one, subject) for one in whole]
    most = max(shares, default=0.0)
    told = [one for one, part in zip(whole, shares, strict=True) if part >= most / 2]
    return " ".join(part for part in (normalized(passage.lead), *told) if part)


def _share(sentence: str, subject: Subject) -> float:
    return share(subject.asked, dict.fromkeys(terms(sentence), 1.0))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST].rsplit(' ', 1)[0]} ..."


def _listed(words: list[str]) -> str:
    quoted = [f"\u201c{one}\u201d" for one in words[:3]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
