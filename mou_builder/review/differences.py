"""Turn changed wording into words that were struck and words that were put in, as a memo prints them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Literal

from mou_builder.document.memo import Text, Words

_Change = Literal["plain", "removed", "added"]
_Stretch = tuple[_Change, list[str]]
_MARKS: dict[str, tuple[_Change, str]] = {"[-": ("removed", "-]"), "{+": ("added", "+}")}
_LONG, _ENDS = 14, 6
"""A longer stretch of unchanged words is shortened to its ends."""
_MOST = 4_000_000
"""Beyond this product of word counts, comparing word by word would take long and tell little."""


def marked(difference: str) -> Words:
    """Return the words of a report's difference, in which ``[-old-]`` stands for struck and ``{+new+}`` for new words."""
    stretches = [one for one in _read(difference) if one[1]]
    if stretches and stretches[0][0] == "plain":
        stretches[0] = ("plain", _end_of(stretches[0][1]))
    if len(stretches) > 1 and stretches[-1][0] == "plain":
        stretches[-1] = ("plain", _end_of(stretches[-1][1][::-1])[::-1])
    return _shown(stretches)


def _end_of(words: list[str]) -> list[str]:
    """Return what stands next to the change: the report keeps both ends of a long stretch, of which the far one tells little."""
    return ["...", *words[words.index("...") + 1 :]] if "..." in words else words


def sides(difference: str) -> tuple[str, str, str]:
    """Return the unmarked words of a report's difference, the struck ones and the new ones, each as one text."""
    said: dict[str, list[str]] = {"plain": [], "removed": [], "added": []}
    for kind, words in _read(difference):
        said[kind] += words
    return " ".join(said["plain"]), " ".join(said["removed"]), " ".join(said["added"])


def compared(before: str, after: str) -> Words:
    """Return what became of a text, word by word."""
    old, new = before.split(), after.split()
    if len(old) * len(new) > _MOST:
        return _shown([("removed", old), ("added", new)])
    stretches: list[_Stretch] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        stretches += [("plain", old[a:b])] if kind == "equal" else [("removed", old[a:b]), ("added", new[c:d])]
    return _shown(stretches)


def _read(difference: str) -> list[_Stretch]:
    """Return the stretches of a report's difference. A mark counts at the edge of a word, and only if it is closed."""
    tokens = difference.split()
    last = {
        end: max((n for n, one in enumerate(tokens) if one.endswith(end)), default=-1) for _, end in _MARKS.values()
    }
    stretches: list[_Stretch] = [("plain", [])]
    end = ""
    for place, token in enumerate(tokens):
        kind, closing = _MARKS.get(token[:2], ("plain", ""))
        if not end and closing and place <= last[closing]:
            end, token = closing, token[2:]
            stretches.append((kind, []))
        closed = bool(end) and token.endswith(end)
        stretches[-1][1].append(token[:-2] if closed else token)
        if closed:
            end = ""
            stretches.append(("plain", []))
    return stretches


def _shown(stretches: list[_Stretch]) -> Words:
    said: list[Text] = []
    for kind, words in _phrases([one for one in stretches if one[1]]):
        # The space between two runs belongs to neither change.
        gap = " " if said else ""
        if kind == "plain":
            said.append(Text(f"{gap}{' '.join(_shortened(words))}".replace("...", "\u2026")))
        else:
            said += [Text(gap), Text(" ".join(words), kind)] if gap else [Text(" ".join(words), kind)]
    return tuple(said)


def _phrases(stretches: list[_Stretch]) -> Iterator[_Stretch]:
    """Yield the stretches; two changes with one word between them become one: a reader follows phrases, not crumbs."""
    removed: list[str] = []
    added: list[str] = []
    for number, (kind, words) in enumerate(stretches):
        if kind == "removed":
            removed += words
        elif kind == "added":
            added += words
        elif removed and added and len(words) == 1 and words != ["..."] and number + 1 < len(stretches):
            removed += words
            added += words
        else:
            yield from _change(removed, added)
            removed, added = [], []
            yield kind, words
    yield from _change(removed, added)


def _change(removed: list[str], added: list[str]) -> Iterator[_Stretch]:
    if removed:
        yield "removed", removed
    if added:
        yield "added", added


def _shortened(words: list[str]) -> list[str]:
    return words if len(words) <= _LONG else [*words[:_ENDS], "\u2026", *words[-_ENDS:]]
