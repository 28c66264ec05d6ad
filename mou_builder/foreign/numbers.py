"""Tell the number that somebody typed before a paragraph from its words, and the heading that runs into its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:Article|Section|Sec\.?|Part|Chapter|Clause|Paragraph|Exhibit|Schedule|Attachment|Appendix|Annex|Item|§+)"
_SPELT = r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)"
_COUNT = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])"
_NUMBER = re.compile(
    # "Section 4.02.", "ARTICLE II -", "Part One": the word makes it a number, whatever follows.
    rf"(?P<named>{_WORD}\s*(?:{_COUNT}(?:[.-]{_COUNT})*|{_SPELT})(?:\s?\([a-z0-9]{{1,4}}\))*)(?:\s*[.:)]|\s+[-\u2013\u2014]|(?=\s))\s*"
    # "4.02", "OP-1.2", "B-1": a count of several parts.
    r"|(?P<parts>(?:[A-Z]{1,4}-)?\d{1,3}(?:[.-]\d{1,3})+|[A-Z]{1,4}-\d{1,3})(?:\s?\([a-z0-9]{1,4}\))*[.:)]?\s+(?=\S)"
    # "4.", "B)", "iv.": a lone letter or number counts only with its point or bracket, for "A student" begins a sentence.
    r"|(?P<lone>\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])[.)]\s+(?=\S)"
    r"|\((?P<bracket>[a-z]{1,3}|[A-Z]|\d{1,3})\)\s+(?=\S)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-\u2013\u2014*\u2022\u00b7\u25aa\u25cf\u25cb\u2023\uf0b7\uf0a7o]|\u27a2|\u2713)\s+(?=\S)")
_RUN_IN = re.compile(r"(?P<heading>[A-Z][^.:?!]{1,70}?)(?:\.|:|\s[-\u2013\u2014])\s+(?=[\"\u201c(]?[A-Z])")
_VERB = re.compile(
    r"\b(?:shall|will|must|may|can|cannot|is|are|was|were|has|have|does|do|should|agrees?|means?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Labelled:
    """A paragraph taken apart: the number before it, the heading that runs into it, and its words."""

    number: str
    heading: str
    words: str
    shape: str
    """What kind of number it is, so that ``(a)`` can be told from ``4.2``; empty for none."""

    @property
    def bulleted(self) -> bool:
        """Whether it is marked as one of a list: by a bullet, or by a lone letter or small count."""
        return self.shape in ("bullet", "bracket", "lone a", "lone i", "lone 1", "lone A")

    @property
    def depth(self) -> int:
        """How deep its number lies: 1 for ``Article II``, 2 for ``4`` or ``4.0`` or no number, 3 for ``4.2``."""
        if self.shape.startswith("named") and "." not in self.number:
            return 1
        inner = re.sub(r"\.0+$", "", self.number)
        return 2 + len(re.findall(r"(?<=\d)\.(?=\d)", inner))


def labelled(text: str) -> Labelled:
    """Return a paragraph's words with what was typed before them told apart."""
    bullet = _BULLET.match(text)
    if bullet:
        return Labelled("", "", text[bullet.end() :], "bullet")
    label = _NUMBER.match(text)
    number, words, shape = "", text, ""
    if label and not _begins_a_sentence(label, text):
        number, words = text[: label.end()].strip().rstrip(".:-\u2013\u2014) ").strip(), text[label.end() :]
        number = f"{number})" if "(" in number and not number.endswith(")") else number
        shape = _shape(label)
    running = _RUN_IN.match(words)
    if running and number and _heads(running["heading"]):
        return Labelled(number, running["heading"], words[running.end() :], shape)
    return Labelled(number, "", words, shape)


def _heads(words: str) -> bool:
    """Whether words before a point are a heading rather than a short sentence: few, or each with a capital."""
    long = [word for word in words.split() if len(word) > 3]
    return not _VERB.search(words) and (len(words.split()) <= 3 or all(word[0].isupper() for word in long))


def _begins_a_sentence(label: re.Match[str], text: str) -> bool:
    """Whether what looks like a number is the sentence's own: "Section 5 applies", "Part of this", "mix. "."""
    if label["named"]:
        named = label["named"].split()[0]
        follows = text[label.end() :]
        small = named[0] != "§" and not named[0].isupper()
        return small or (label.group().endswith(" ") and follows[:1].islower())
    return text.startswith("K-12 ")


def _shape(label: re.Match[str]) -> str:
    if label["named"]:
        return f"named {label['named'].split()[0].casefold()}"
    if label["parts"]:
        return f"parts {label['parts'].count('.') + label['parts'].count('-')}"
    if label["bracket"]:
        return "bracket"
    lone = label["lone"]
    return "lone 1" if lone.isdigit() else "lone A" if lone.isupper() else "lone a"
