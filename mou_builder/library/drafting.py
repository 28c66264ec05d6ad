"""The drafting rules that a machine can hold: modal verbs, defined terms, doubled words, one list to a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mou_builder.errors import Fault
from mou_builder.library.markup import Block, Reference, Term, Value, Words
from mou_builder.library.shapes import Clause, Library

_FORBIDDEN = {
    "must": "Use shall for a duty.",
    "should": "Use shall for a duty or may for permission.",
    "hereby": "Leave it out.",
    "herein": "Name the section.",
    "hereto": "Leave it out.",
    "hereof": "Name the section.",
    "thereof": "Name the thing.",
    "aforesaid": "Name the thing.",
    "whereas": "Write a sentence.",
    "witnesseth": "Leave it out.",
    "and/or": "Say which.",
    "aforementioned": "Name the thing.",
}
_DOUBLED = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)
_CAPITALIZED = re.compile(r"(?<![\w’'-])(?!I\b)[A-Z][A-Za-z]*(?:-[A-Za-z]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.:?!]\s+|;\s+|\u201c)$")


def drafting_faults(clause: Clause) -> Iterator[Fault]:
    """Yield the slips of drafting in one clause."""
    where = clause.at("text")
    yield from word_faults(clause.blocks, where)
    if "'" in clause.written.heading:
        yield Fault(clause.at("heading"), "the heading holds a straight apostrophe.", "Use the curly one: \u2019.")
    lists = sum(
        a.kind == "paragraph" and b.kind != "paragraph" for a, b in zip(clause.blocks, clause.blocks[1:], strict=False)
    )
    if lists > 1:
        yield Fault(where, "the text holds more than one list.", "Split the clause: one clause has one job.")
    yield from ending_faults(clause.blocks, where)


def word_faults(blocks: Sequence[Block], where: str) -> Iterator[Fault]:
    """Yield words that no text of the agreement uses, and typed signs that stand for others."""
    text = " ".join(_words(block) for block in blocks)
    for word, mend in _FORBIDDEN.items():
        if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE):
            yield Fault(where, f"the text uses {word!r}.", mend)
    doubled = _DOUBLED.search(text)
    if doubled and doubled.group() not in ("that that", "had had"):
        yield Fault(where, f"a word is doubled: {doubled.group()!r}.", "Delete one.")
    if "'" in text or '"' in text:
        yield Fault(
            where,
            "the text holds a straight quotation mark or apostrophe.",
            "Use the curly ones: \u2019 \u201c \u201d.",
        )
    if re.search(r"\bSections? \d+\.\d|\bArticle \d", text):
        yield Fault(
            where, "a section number is typed.", "Write [[article.slot]]; it prints the number the section has."
        )


def ending_faults(blocks: Sequence[Block], where: str) -> Iterator[Fault]:
    """Yield paragraphs that do not end as a sentence does."""
    for number, block in enumerate(blocks):
        last = number + 1 == len(blocks) or blocks[number + 1].kind == "paragraph"
        ending = _words(block).rstrip()[-1:]
        if last and not isinstance(block.pieces[-1], Value) and ending not in ".:":
            yield Fault(
                where, f"a paragraph does not end with a period: ...{_words(block)[-40:]!r}.", "End the sentence."
            )


def term_faults(library: Library) -> Iterator[Fault]:
    """Yield terms that are defined twice, defined and never used, or used and never defined."""
    defined: dict[str, Clause] = {}
    for clause in library.shelf.values():
        for term in clause.terms:
            other = defined.get(term)
            if other and other.slot != clause.slot:
                yield Fault(
                    clause.at("text"),
                    f"{term!r} is defined in {other.file} too.",
                    "Define a term once.",
                )
            defined[term] = clause
    frame = set(library.outline.frame_terms)
    known = _phrases({*defined, *frame, *library.outline.names})
    used = "\n".join(_words(block) for clause in library.shelf.values() for block in clause.blocks)
    for term, clause in defined.items():
        if not _phrases([term]).search(used):
            yield Fault(
                clause.at("text"),
                f"{term!r} is defined but no clause uses it.",
                "Use it or delete it.",
            )
    for clause in library.shelf.values():
        yield from _undefined(clause.blocks, clause.at("text"), known)
    for schedule in library.schedules.values():
        for passage in schedule.passages.values():
            yield from _undefined(passage.blocks, passage.found(""), known)


def _undefined(blocks: Sequence[Block], where: str, known: re.Pattern[str]) -> Iterator[Fault]:
    for unknown in sorted(set(_unknown_names(blocks, known))):
        what = f"{unknown!r} is capitalized like a defined term, but nothing defines it."
        mend = "Define it, write it small, or list the name of a law under names in outline.yaml."
        yield Fault(where, what, mend)


def _unknown_names(blocks: Sequence[Block], known: re.Pattern[str]) -> Iterator[str]:
    for block in blocks:
        text = _words(block)
        masked = known.sub(lambda found: "x" * len(found.group()), text)
        for word in _CAPITALIZED.finditer(masked):
            if not _SENTENCE_START.search(masked[: word.start()]):
                yield word.group()


def _phrases(terms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the terms, their plurals and their possessives, the longest first."""
    longest_first = sorted(terms, key=len, reverse=True)
    # Asking for a first letter first spares the engine a hundred tries at every small letter.
    letters = "".join(sorted({re.escape(term[0]) for term in longest_first}))
    forms = "|".join(f"{re.escape(term)}|{_plural(term)}" for term in longest_first)
    return re.compile(rf"(?<![\w-])(?=[{letters}])(?:{forms})(?:\u2019s?)?(?![\w-])")


def _plural(term: str) -> str:
    return f"{re.escape(term[:-1])}ies" if re.search("[^aeiou]y$", term) else f"{re.escape(term)}e?s"


def _words(block: Block) -> str:
    """Return a block's words, with something small in the place of each value, term and reference."""
    shown = {Value: "x", Term: "\u201cx\u201d", Reference: "section"}
    return "".join(piece.text if isinstance(piece, Words) else shown[type(piece)] for piece in block.pieces)
