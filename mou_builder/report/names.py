"""Names of the parties: told apart from each other and from defined terms, and the same letter for letter everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from mou_builder.model import Agreement
from mou_builder.model.parties import Party
from mou_builder.model.walk import texts
from mou_builder.record import Record
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import Finding

_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"',
                        "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-", "\u00a0": " ", "\u202f": " "})  # fmt: skip
_SHORTEST = 6
"""A name of fewer letters is not looked for in forms one letter off: too many words would be."""


def name_clashes(agreement: Agreement, record: Record, terms: Sequence[str]) -> Iterator[Finding]:
    """Yield short names that are a defined term or another party's name, and parties that are one legal person.

    `terms` are the words that the frame of every agreement defines, such as those for a party's role.
    """
    defined = {folded(term): term for term in (*terms, *(term for used in record.clauses for term in used.terms))}
    parties = _parties(agreement)
    for path, party in parties:
        term = defined.get(_bare(party.short_name))
        if term:
            what = f"The short name {party.short_name!r} is also a defined term, {term!r}; a reader could not tell which is meant."
            yield Finding("E-NAME-IS-TERM", "error", what, f"{path}.short_name")
        for other_path, other in parties:
            if other is party:
                continue
            if _bare(party.short_name) == _bare(other.legal_name):
                what = f"The short name {party.short_name!r} is the legal name of another party."
                yield Finding("E-NAME-SHARED", "error", what, f"{path}.short_name")
            if path < other_path and _bare(party.short_name) == _bare(other.short_name):
                what = f"The short names {party.short_name!r} and {other.short_name!r} differ in signs or accents only."
                yield Finding("E-NAME-SHARED", "error", what, f"{other_path}.short_name")
            # A district and its own police department are one legal person in two parts, and each part signs.
            own = "district-police" in (getattr(party, "kind", ""), getattr(other, "kind", ""))
            if path < other_path and _bare(party.legal_name) == _bare(other.legal_name) and not own:
                both = f"{party.short_name} and {other.short_name}"
                what = f"{party.legal_name} is listed as two parties, {both}; one legal person signs once."
                yield Finding("W-PARTY-TWICE", "warning", what, f"{other_path}.legal_name")


def _parties(agreement: Agreement) -> list[tuple[str, Party]]:
    parties = agreement.parties
    groups: Mapping[str, Sequence[Party]] = {
        "districts": parties.districts,
        "agencies": parties.agencies,
        "municipalities": parties.municipalities,
    }
    return [(f"parties.{name}[{n}]", party) for name, group in groups.items() for n, party in enumerate(group)]


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", folded(name))


def folded(text: str) -> str:
    """Return a text without what typing changes: accents, kinds of quotation marks, dashes, spaces and letters' size."""
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())


def misspelt_in_answers(agreement: Agreement) -> Iterator[Finding]:
    """Yield answers that write a party's name almost, but not quite, as it is given."""
    given = tuple(name for party in agreement.parties.all for name in (party.legal_name, party.short_name))
    for path, name, written in _in_answers(given, tuple(texts(agreement))):
        yield _differs(name, written, path)


@lru_cache(maxsize=8)
def _in_answers(given: Sequence[str], answers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Return path, name and written form of each slip; a build asks twice, for the report it predicts and the one it reads."""
    names = _Names(given)
    return tuple(
        (path, name, written)
        for path, text in answers
        if not re.match(r"parties\..*\.(?:legal_name|short_name)$", path)
        for name, written in names.misspelt(text)
    )


def misspelt(
    agreement: Agreement, record: Record, paragraphs: Sequence[Read], known: frozenset[str] | None
) -> Iterator[Finding]:
    """Yield names that the file writes differently; `known` are the lines that stand as they were built (None: all).

    A form that was in the words from the start is no slip of the edit; in the answers it is found where it stands.
    """
    given = [name for party in agreement.parties.all for name in (party.legal_name, party.short_name)]
    names = _Names(given, agreement, record)
    if known is None and not names.typed:
        return
    seen: set[tuple[str, str]] = set()
    for read in paragraphs:
        line = read.text()
        if read.in_contents or not line.strip():
            continue
        for name, written in names.retyped(line) if known is None or line in known else names.misspelt(line):
            if (name, written) not in seen:
                seen.add((name, written))
                yield _differs(name, written, read.number or " ".join(line.split()[:6]))


def _differs(name: str, written: str, where: str) -> Finding:
    what = f"A party is called \u201c{name}\u201d, but here it reads \u201c{written}\u201d."
    return Finding("W-NAME-DIFFERS", "warning", what, where)


_SIGNS = 8
"""How many letters longer a name may stand in a line, with the signs around it and a possessive."""


class _Names:
    """The parties' names, and the forms near to them that are not slips."""

    def __init__(self, given: Sequence[str], agreement: Agreement | None = None, record: Record | None = None) -> None:
        self._agreement, self._record = agreement, record
        self._names = {_trimmed(folded(name)): " ".join(name.split()) for name in given}
        # Only a name that holds such a sign can be retyped in another.
        self.typed = {
            plain: name for plain, name in self._names.items() if name.casefold() != plain or re.search(r"['\-]", name)
        }

    def retyped(self, line: str) -> Iterator[tuple[str, str]]:
        """Yield names whose apostrophes, accents or dashes are others in `line`, with how they are written."""
        if self.typed:
            plain = folded(line)
            shown = line.casefold()
            if any(plain.count(name) != shown.count(right.casefold()) for name, right in self.typed.items()):
                yield from (one for one in self.misspelt(line) if folded(one[0]) == folded(one[1]))

    def misspelt(self, line: str) -> Iterator[tuple[str, str]]:
        """Yield names that `line` writes with another sign, accent or letter, with how they are written."""
        tokens = line.split()
        shape = [folded(one) for one in tokens]
        ends = [0, *accumulate(len(one) + 1 for one in shape)]
        for plain, name in self._names.items():
            size = plain.count(" ") + 1
            for start in range(len(tokens) - size + 1):
                # Signs around a word and a possessive add a few letters, no more.
                if not -1 <= ends[start + size] - ends[start] - 1 - len(plain) <= _SIGNS:
                    continue
                mine = _trimmed(" ".join(shape[start : start + size]))
                if abs(len(mine) - len(plain)) > 1 or not _near(mine, plain):
                    continue
                written = _trimmed(" ".join(tokens[start : start + size]))
                if mine != plain and not written[:1].isupper():
                    continue  # a common word
                # Letters' size is a matter of style; a plural or another known name is no slip.
                right = written.casefold() == _trimmed(name).casefold() or mine in (
                    f"{plain}s",
                    plain.removesuffix("s"),
                )
                if not right and (mine == plain or mine not in self._names) and not self._built(written, name):
                    yield name, written

    def _built(self, written: str, name: str) -> bool:
        """Whether a form stood in the words as they were built."""
        if self._record is None or self._agreement is None:
            return False
        if any(written in text for _, text in texts(self._agreement)):
            return True
        lines = (
            "".join(one for one in line if isinstance(one, str)) for used in self._record.clauses for line in used.words
        )
        if any(written in " ".join(line.split()) for line in lines):
            return True
        # The frame is kept without the kind of its quotation marks, which is all that may differ here.
        plain = normalized(written)
        return plain != normalized(name) and any(plain in line for line in self._record.frame)


def _trimmed(words: str) -> str:
    """Return words without the signs around them and without the ending of a possessive."""
    trimmed = words.strip(" .,;:()[]\"\u201c\u201d\u2018\u2019'")
    return re.sub(r"['\u2019]s$", "", trimmed)


def _near(one: str, other: str) -> bool:
    """Whether two texts are the same but for one letter put in, left out, swapped or exchanged."""
    if one == other:
        return True
    if len(other) < _SHORTEST:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])
