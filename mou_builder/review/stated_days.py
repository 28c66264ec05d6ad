"""Time limits that the agreement's own text counts from the day it begins or ends, read from the words that were used.

Most numbers of days stand in the clauses and not in the answers. They are read from the very text, so that a clause that says
another number, or a state's clause that sets a yearly day, is followed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, get_args

from mou_builder.model.parts import Month
from mou_builder.record import UsedText
from mou_builder.report.sentences import statements
from mou_builder.review.months import days_after, number_of, program_years, yearly
from mou_builder.review.paper import Due, Reading, StillOpen

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_COUNT = rf"(?P<count>\d{{1,5}}|{'|'.join(_NUMBERS)})"
_DAYS = rf"{_COUNT} days?"
_MONTH = f"(?P<month>{'|'.join(get_args(Month))})"
_WORKING = rf"{_COUNT} (?:Business|School) Days?"

Days = Callable[[Reading, re.Match[str]], Iterator[date]]


class _Rule(NamedTuple):
    """How one way of stating a time limit reads, and which days it comes to (None: no day can be told)."""

    kind: str
    says: re.Pattern[str]
    days: Days | None


def _count(found: re.Match[str]) -> int:
    count = found["count"].casefold()
    return _NUMBERS.get(count) or int(count)


def _after_start(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield days_after(reading.starts, _count(found))


def _after_starts(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield from (days_after(first, _count(found)) for first, _ in program_years(reading.starts, reading.ends))


def _after_end(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield days_after(reading.ends, _count(found))


def _at_end(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield reading.ends


def _after_years(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield from (days_after(last, _count(found)) for _, last in program_years(reading.starts, reading.ends))


def _before_years(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield from (days_after(first, -_count(found)) for first, _ in program_years(reading.starts, reading.ends)[1:])


def _in_years(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    yield from (last for _, last in program_years(reading.starts, reading.ends))


def _each_year(reading: Reading, found: re.Match[str]) -> Iterator[date]:
    try:
        day = date(2001, number_of(found["month"]), int(found["day"]))
    except ValueError:
        return  # words that name no day of the year
    yield from yearly(f"{day:%m-%d}", reading.starts, reading.ends)


def _rule(kind: str, says: str, days: Days | None) -> _Rule:
    return _Rule(kind, re.compile(says, re.IGNORECASE), days)


_IN_EACH_YEAR = r"(?:before the end of each|in each|(?:at least )?once (?:in )?each) Program Year\b(?! after),?"
_RULES = (
    _rule(
        "program-year",
        rf"within {_DAYS} after the effective date and after each later Program Year begins",
        _after_starts,
    ),
    _rule("start-up", rf"within {_DAYS} after the effective date,?", _after_start),
    _rule("start-up", rf"within {_WORKING} after (?:the effective date|it takes effect),?", None),
    _rule("after-end", rf"within {_DAYS} after (?:the end date|this Agreement ends),?", _after_end),
    _rule("after-end", r"by the end date,?", _at_end),
    _rule("program-year", rf"within {_DAYS} after (?:the end of )?each Program Year,?", _after_years),
    _rule("program-year", rf"at least {_DAYS} before each later Program Year,?", _before_years),
    _rule("program-year", _IN_EACH_YEAR, _in_years),
    _rule("yearly", rf"by {_MONTH} (?P<day>\d\d?) of each year,?", _each_year),
    _rule("undated", rf"within {_WORKING} after the start of each school year,?", None),
    _rule("undated", r"^(?:in )?each school year,", None),
    _rule("undated", r"(?:before|by) (?:the first School Day of )?each school year(?: begins)?,?", None),
    _rule("undated", rf"within {_COUNT} (?:Business )?days? after the end of each (?:month|calendar quarter),?", None),
)
_THAT_DATE = _rule("start-up", rf"within {_DAYS} after that date,?", _after_start)
_DUTY = re.compile(r"\bshall\b")
_ABOUT = re.compile(
    r"effective date|that date|takes effect|end date|agreement ends|program year|of each year|school year|end of each",
    re.IGNORECASE,
)
"""What every rule speaks of: most sentences speak of none of it, and need not be held against each rule."""
_SUBJECT = re.compile(r"(?:^|[,:] )((?:the|each|every|all|no) [^,:;]{1,60}?) shall\b", re.IGNORECASE)
_WHOLE = re.compile(r"(?!or |and )[^,;:]{1,80} shall\b", re.IGNORECASE)


def stated_days(reading: Reading) -> Iterator[Due | StillOpen]:
    """Yield every time limit that the text of the agreement states by itself; StillOpen for one that hangs on an open answer."""
    for used in reading.paper.record.clauses:
        before = ""
        for sentence in statements(_lines(used, reading)):
            rules = _RULES if "the effective date" not in before + sentence else (*_RULES, _THAT_DATE)
            if _ABOUT.search(sentence) and _DUTY.search(sentence):
                yield from _read(sentence, used, rules, reading)
            before = sentence


def _read(sentence: str, used: UsedText, rules: tuple[_Rule, ...], reading: Reading) -> Iterator[Due | StillOpen]:
    for rule in rules:
        found = rule.says.search(sentence)
        if found is None:
            continue
        who = _who(sentence, reading)
        what = _said(sentence, found, rule.days is not None)
        try:
            for day in rule.days(reading, found) if rule.days else (None,):
                yield Due(day, who, what, kind=rule.kind, slot=used.slot)
        except StillOpen as answer:
            answer.kind = rule.kind
            yield answer
        except OverflowError:
            pass  # past the end of the calendar
        return


def _lines(used: UsedText, reading: Reading) -> list[str]:
    """Return the clause's paragraphs with the sections that they refer to."""
    return [
        "".join(one if isinstance(one, str) else reading.paper.section(one.to) for one in line) for line in used.words
    ]


def _who(sentence: str, reading: Reading) -> str:
    """Return who owes it, as the sentence names them, or an empty text."""
    found = _SUBJECT.search(sentence)
    who = found[1] if found else ""
    known = {"the district": reading.district, "the agency": reading.agency}
    return known.get(who.casefold(), who[:1].lower() + who[1:])


def _said(sentence: str, found: re.Match[str], dated: bool) -> str:
    """Return the sentence; without the time limit in front where a date says that instead and a whole sentence is left."""
    rest = sentence[found.end() :].strip()
    said = rest if dated and found.start() == 0 and found[0].endswith(",") and _WHOLE.match(rest) else sentence
    said = said.rstrip(";").removesuffix("; and").removesuffix("; or").rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
