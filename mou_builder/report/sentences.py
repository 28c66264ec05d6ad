"""Split the words of a clause into sentences and list items, and pair those of two versions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mou_builder.report.plainly import normalized

_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*|\$|%")
_END = re.compile(r"[.!?]['\")\]]*\s+(?=[\"'(\[]?[A-Z\[])")
# A point after these ends no sentence.
_SHORT = re.compile(r"(?:\b(?:v|vs|No|Nos|Sec|Art|Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|cf|e\.g|i\.e|a\.m|p\.m)|\b[A-Z])\.$")
_LONGEST_SHORT = 20
_LIKE = 0.5
"""Sentences that share half of their words are two versions of one sentence."""


@dataclass(frozen=True)
class Pair:
    """One sentence in two versions."""

    before: str
    after: str


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [one.casefold() for one in _WORD.findall(text)]


def sentences(lines: Sequence[str]) -> list[str]:
    """Return the sentences and list items of some paragraphs, normalized."""
    return [sentence for line in lines for sentence in _in_line(normalized(line))]


def _in_line(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if _SHORT.search(line[max(0, end.start() - _LONGEST_SHORT) : end.start() + 1]):
            continue
        yield line[start : end.end()].strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def statements(lines: Sequence[str]) -> list[str]:
    """Return the sentences; each item of a list stands behind the words that lead into it."""
    said: list[str] = []
    lead = ""
    for line in lines:
        found = list(_in_line(normalized(line)))
        if not found:
            continue
        if lead:
            said += [f"{lead} {found[0]}", *found[1:]]
            # The last item of a list ends with a point, the others with a semicolon.
            lead = "" if found[-1].endswith(".") else lead
        else:
            said += found
        if found[-1].endswith(":"):
            lead = said.pop()
    return [*said, lead] if lead else said


def changed_pairs(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return the sentences that stand in both versions, but in other words."""
    old, new = sentences(before), sentences(after)
    pairs: list[Pair] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace":
            pairs += _likest(old[a:b], new[c:d])
    return pairs


def new_sentences(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the sentences of the later version that the earlier one does not have."""
    known = set(sentences(before))
    return [one for one in sentences(after) if one not in known]


def _likest(old: list[str], new: list[str]) -> Iterator[Pair]:
    """Yield each old sentence with the new one most like it; a new one serves once."""
    left = [(one, words(one)) for one in new]
    for sentence in old:
        mine = words(sentence)
        scored = [
            (difflib.SequenceMatcher(None, mine, theirs, autojunk=False).ratio(), n)
            for n, (_, theirs) in enumerate(left)
        ]
        best, place = max(scored, key=lambda one: (one[0], -one[1]), default=(0.0, -1))
        if best >= _LIKE:
            yield Pair(sentence, left.pop(place)[0])


def swapped(pair: Pair) -> tuple[str, str]:
    """Return the words that one version alone has and those that the other alone has."""
    old, new = pair.before.split(), pair.after.split()
    gone: list[str] = []
    come: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return " ".join(gone), " ".join(come)
