"""Fill a clause's text with the answers: the words as they will stand, and which of them are still blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from mou_builder.library import Clause
from mou_builder.library.markup import Block, Label, Piece, Reference, Term, Value, Words
from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import lookup
from mou_builder.model.parts import Month, Part, exact
from mou_builder.model.walk import labels, model_paths

_MONTHS = get_args(Month)
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Run:
    """A stretch of words of one kind; a reference carries its slot and gets its number from the document."""

    kind: Literal["words", "term", "reference", "blank", "confirm"]
    text: str
    slot: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or list item with the answers filled in."""

    kind: Literal["paragraph", "item", "subitem"]
    runs: tuple[Run, ...]


Given = Mapping[str, Sequence[Run]]
"""Values by name, already printed."""
NOTHING_GIVEN: Given = {}


class Wording:
    """Prints answers for one agreement."""

    def __init__(self, agreement: Agreement, states: Mapping[str, str]) -> None:
        self._agreement = agreement
        self._state = states.get(agreement.document.state, agreement.document.state)
        self._confirm = {item.answer for item in agreement.confirm}

    def of(self, clause: Clause) -> tuple[Paragraph, ...]:
        """Return the clause's paragraphs with every value filled in or shown as a blank."""
        return self.filled(clause.blocks)

    def filled(self, blocks: Sequence[Block], given: Given = NOTHING_GIVEN) -> tuple[Paragraph, ...]:
        """Return a text's paragraphs with every value filled in; `given` holds values that no question of their own has."""
        made = [paragraph for number in range(len(blocks)) for paragraph in self._block(blocks, number, given)]
        return tuple(_with_and(_without_lone_items(made)))

    def entries(self, path: str) -> list[Run]:
        """Return each entry of a list answer as it is printed, or one blank for a list that is undecided."""
        value = self._value(path)
        if isinstance(value, Undecided):
            return [Run("blank", blank(_titles()[path]))]
        kind: Literal["confirm", "words"] = "confirm" if path in self._confirm else "words"
        return [Run(kind, in_list(one, _labels(path))) for one in value]

    def plain(self, clause: Clause) -> tuple[Run, ...]:
        """Return the clause's plain words for Students and families, with every value filled in or shown as a blank."""
        return tuple(self._run(piece) for piece in clause.plain)

    def open_paths(self, clause: Clause) -> tuple[str, ...]:
        """Return the undecided answers that the clause's text needs."""
        paths = dict.fromkeys(value.path for value in clause.values)
        return tuple(path for path in paths if isinstance(self._value(path), Undecided))

    def list_in(self, pieces: Sequence[Piece]) -> str:
        """Return the path of the list answer that alone makes up a passage, or an empty text."""
        only = pieces[0] if len(pieces) == 1 else None
        if not isinstance(only, Value) or only.filter or only.path.startswith("party."):
            return ""
        return only.path if isinstance(self._value(only.path), (tuple, Undecided)) else ""

    def _block(self, blocks: Sequence[Block], number: int, given: Given) -> Iterator[Paragraph]:
        block = blocks[number]
        repeated = block.repeats
        value: Any = self._value(repeated.path) if repeated else None
        if repeated is None or isinstance(value, Undecided):
            yield Paragraph(block.kind, tuple(run for piece in block.pieces for run in self._runs(piece, given)))
            return
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        ends = after is None or after.kind == "paragraph"
        entries = self.entries(repeated.path)
        for place, entry in enumerate(entries, start=1):
            mark = "." if ends and place == len(entries) else ";"
            yield Paragraph(block.kind, (entry, Run("words", mark)))

    def _runs(self, piece: Piece, given: Given) -> Sequence[Run]:
        return given[piece.path] if isinstance(piece, Value) and piece.path in given else [self._run(piece)]

    def _run(self, piece: Piece) -> Run:
        if isinstance(piece, Words):
            return Run("words", piece.text)
        if isinstance(piece, Term):
            return Run("term", piece.text)
        if isinstance(piece, Reference):
            return Run("reference", "", piece.slot)
        if isinstance(piece, Label):
            return Run("blank", piece.text)
        value = self._value(piece.path)
        if isinstance(value, Undecided):
            return Run("blank", blank(_titles()[piece.path]))
        return Run("confirm" if piece.path in self._confirm else "words", printed(value, piece, _labels(piece.path)))

    def _value(self, path: str) -> Any:
        if path == "jurisdiction.name":
            return self._state
        value = lookup(self._agreement, path)
        # The library's check keeps absent answers out of texts; a damaged record can still name a text without its answer.
        return Undecided(undecided="absent") if value is None else value


def _without_lone_items(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs; a list of one item, as an answer may bring, ends the sentence that leads into it."""
    made: list[Paragraph] = []
    for place, paragraph in enumerate(paragraphs):
        lead = made[-1] if made else None
        alone = place + 1 == len(paragraphs) or paragraphs[place + 1].kind == "paragraph"
        leads = lead is not None and lead.kind == "paragraph" and lead.runs[-1].kind == "words"
        if paragraph.kind == "item" and alone and lead and leads and lead.runs[-1].text.rstrip().endswith(":"):
            last = replace(lead.runs[-1], text=f"{lead.runs[-1].text.rstrip()} ")
            made[-1] = replace(lead, runs=(*lead.runs[:-1], last, *paragraph.runs))
        else:
            made.append(paragraph)
    return made


def _with_and(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs; the last item but one of a list ends with "; and", however many entries an answer brought."""
    for place, paragraph in enumerate(paragraphs):
        following = [one.kind for one in paragraphs[place + 1 : place + 3]]
        last_but_one = paragraph.kind != "paragraph" and following[:1] == [paragraph.kind]
        last_but_one = last_but_one and following[1:2] != [paragraph.kind] and following[1:2] != ["subitem"]
        ending = paragraph.runs[-1]
        if last_but_one and ending.kind == "words" and ending.text.endswith(";"):
            paragraph = replace(paragraph, runs=(*paragraph.runs[:-1], replace(ending, text=f"{ending.text} and")))
        yield paragraph


def blank(question: str) -> str:
    """Return what stands in the agreement where an answer is still open."""
    question = question.replace("'", "\u2019")
    return f"[to be decided: {question[:1].lower() if question[:2].istitle() else question[:1]}{question[1:]}]"


def printed(value: Any, how: Value, words: Mapping[str, str]) -> str:
    """Return an answer as the agreement prints it under a filter; `words` are the labels of its choices."""
    if how.filter == "date":
        return in_date(value)
    if how.filter == "money":
        return in_dollars(value)
    if how.filter == "words":
        return in_number(value)
    if how.filter == "plural":
        return counted(value, how.argument)
    if how.filter == "list":
        return joined([in_list(one, words) for one in value])
    if isinstance(value, Decimal):
        return exact(value)
    return words.get(str(value), str(value))


def in_date(value: date | str) -> str:
    """Return ``August 1, 2026`` for a date and ``August 1`` for a day of the year, in no locale but this."""
    if isinstance(value, str):
        return f"{_MONTHS[int(value[:2]) - 1]} {int(value[3:])}"
    return f"{_MONTHS[value.month - 1]} {value.day}, {value.year}"


def in_dollars(value: Decimal) -> str:
    """Return ``$62,500.00``."""
    return f"${value:,.2f}"


def in_number(value: int | Decimal) -> str:
    """Return one to ten in words and larger numbers in figures, ``1,480``, the house style."""
    whole = int(value)
    if whole == value:
        return _SMALL[whole] if 0 <= whole <= 10 else f"{whole:,}"
    return exact(value)


def counted(value: int | Decimal, noun: str) -> str:
    """Return ``one school day`` or ``15 school days``; an irregular noun is given as ``child/children``."""
    one, slash, many = noun.partition("/")
    return f"{in_number(value)} {one if value == 1 else many if slash else f'{one}s'}"


def joined(entries: list[str]) -> str:
    """Return ``a``, ``a and b``, or ``a, b, and c``."""
    if len(entries) < 3:
        return " and ".join(entries)
    return f"{', '.join(entries[:-1])}, and {entries[-1]}"


def in_list(entry: Any, words: Mapping[str, str]) -> str:
    """Return one entry of a list as the agreement prints it."""
    return entry.in_text() if isinstance(entry, Part) else words.get(str(entry), str(entry))


_TITLES: dict[str, str] = {}
_LABELS: dict[str, dict[str, str]] = {}


def _titles() -> dict[str, str]:
    if not _TITLES:
        for path, field in model_paths(Agreement):
            _TITLES[path] = field.title or path
            _LABELS[path] = labels(field)
    return _TITLES


def _labels(path: str) -> dict[str, str]:
    _titles()
    return _LABELS.get(path, {})
