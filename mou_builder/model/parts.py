"""The building blocks of the questionnaire: what an answer may be, and how a question is declared.

The model is the questionnaire: a question's wording, help, reason and default stand on the field that holds its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from mou_builder.shape import ANSWER_TAG, UNDECIDED_TAG

T = TypeVar("T")


class Part(BaseModel):
    """A group of answers: frozen, no unknown key, no silent conversion of one type into another."""

    # Building each group's validator apart would double the time of every start; the Agreement builds them all at once.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    def in_text(self) -> str:
        """Return how the agreement names this entry in a list: by its short name or its name."""
        return str(getattr(self, "short_name", None) or getattr(self, "name", None) or self)


def exact(value: int | Decimal) -> str:
    """Return a number without trailing zeros: ``1.5``, ``50``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unprintable(text: str) -> str | None:
    """Return the first character of `text` that a Word file cannot hold, as ``U+0007``, or None."""
    for character in text:
        code = ord(character)
        low = code < 0x20 and character not in "\n\t"
        surrogate = 0xD800 <= code <= 0xDFFF
        # U+FDD0 to U+FDEF and U+xFFFE, U+xFFFF are no characters; XML readers may refuse or drop them.
        noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
        if low or 0x7F <= code <= 0x9F or surrogate or noncharacter:
            return f"U+{code:04X}"
    return None


# Letters by their class that print nothing.
_INVISIBLE = "\u115f\u1160\u3164\uffa0"
NO_ANSWERS = (
    "tbd",
    "t.b.d.",
    "to be decided",
    "to be determined",
    "undecided",
    "unknown",
    "n/a",
    "?",
    "??",
    "???",
    "xxx",
)
"""What people write in place of an answer; printed in an agreement, it would hide a blank."""


def _printable(text: str) -> str:
    bad = unprintable(text)
    if bad:
        raise _fault("character", f"the text holds the character {bad}, which a Word file cannot hold; delete it")
    if text.strip().casefold() in NO_ANSWERS:
        raise _fault("empty", f"{text.strip()!r} is no answer; write it")
    if not any(one.isalnum() and one not in _INVISIBLE for one in text):
        raise _fault("empty", "the text is empty; write it")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise _fault("line", "the text must stand on one line, without tabs")
    return text


Line = Annotated[str, Field(max_length=300), AfterValidator(_printable), AfterValidator(_one_line)]
"""Words on one line, kept byte for byte."""


def _without_article(text: str) -> str:
    first = text.split(" ", 1)[0].casefold()
    if first in ("the", "a", "an", "its", "our") and " " in text:
        raise _fault(
            "article", f"the agreement itself puts a word before it; write it without {text.split(' ', 1)[0]!r}"
        )
    return text


Office = Annotated[Line, AfterValidator(_without_article)]
"""An office, body or paper as it reads after "the": ``Director of Student Services``."""

Paragraph = Annotated[str, Field(max_length=4000), AfterValidator(_printable)]
"""Words that may run over several lines, kept byte for byte."""

Reason = Annotated[str, Field(max_length=500), AfterValidator(_printable)]
"""Why something is as it is, in a few sentences."""

ShortName = Annotated[str, Field(max_length=40), AfterValidator(_printable), AfterValidator(_one_line)]


@dataclass(frozen=True)
class Among:
    """Notes on a type that its answers are taken from a list, and which: other answers, or names in the library."""

    list: str


DistrictName = Annotated[ShortName, Among("districts")]
AgencyName = Annotated[ShortName, Among("agencies")]
PartyName = Annotated[ShortName, Among("parties")]
SchoolName = Annotated[Line, Among("schools")]


class Undecided(Part):
    """An answer that is not made yet, and why; printed as a visible blank, and a final agreement refuses it."""

    undecided: Reason = Field(title="Why it is open", description="Why the answer is not made yet.")


UNANSWERED = Undecided(undecided="not answered yet")


def _kind_of_answer(value: Any) -> str:
    open_answer = isinstance(value, Undecided) or (isinstance(value, Mapping) and "undecided" in value)
    return UNDECIDED_TAG if open_answer else ANSWER_TAG


Open = Annotated[
    Annotated[T, Tag(ANSWER_TAG)] | Annotated[Undecided, Tag(UNDECIDED_TAG)],
    Discriminator(_kind_of_answer),
]
"""An answer of type T, or ``{undecided: why}`` in its place."""

Several = Annotated[tuple[T, ...], Strict(False)]
"""A list; kept as a tuple so that nothing can change it."""


Some = Annotated[tuple[T, ...], Strict(False), Field(min_length=1)]
"""A list of at least one."""


def _fault(kind: str, what: str) -> PydanticCustomError:
    return PydanticCustomError("words", "{what}", {"what": what, "kind": kind})


def _exact(value: Any) -> Any:
    # The reader gives whole numbers as int; a float never comes from a file and would carry a binary fraction.
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Money = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, max_digits=12, decimal_places=2),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
"""US dollars and cents, exact."""

Percent = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0, le=100, decimal_places=4),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100}),
]
Share = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0, le=1, decimal_places=3),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1}),
]
"""A part of one officer's working time, 1 being all of it."""

Ratio = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=1, le=10, decimal_places=2),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 1, "maximum": 10}),
]
"""How many times larger one rate is than another."""

Hours = Annotated[int, Field(ge=1, le=2000)]
Minutes = Annotated[int, Field(ge=0, le=480)]
Days = Annotated[int, Field(ge=1, le=365)]
Months = Annotated[int, Field(ge=1, le=60)]
Years = Annotated[int, Field(ge=0, le=40)]
Age = Annotated[int, Field(ge=5, le=21)]


def _day_of_year(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        raise _fault("day", "write the day of the year as month-day, for example 08-01 for August 1")
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        raise _fault("day", f"{text} is not a day that every year has") from None
    return text


DayOfYear = Annotated[str, AfterValidator(_day_of_year), Field(json_schema_extra={"format": "month-day"})]
"""A day that comes every year, as ``08-01``."""


Month = Literal[
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip

NOTED = ("help", "why", "serves", "rationale", "when", "beside", "labels", "essential", "anew", "person", "by_tool")
"""What `ask` notes on a field beyond Pydantic's own title, description and examples."""


def ask(
    title: str,
    *,
    help: str = "",
    why: str = "",
    serves: tuple[str, ...] = (),
    example: Any = None,
    more: tuple[Any, ...] = (),
    default: Any = UNANSWERED,
    rationale: str = "",
    when: Mapping[str, Any] | None = None,
    beside: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None,
    min_length: int | None = None,
    essential: bool = False,
    anew: bool = False,
    person: bool = False,
    by_tool: bool = False,
) -> Any:
    """Declare a question.

    `more` examples are offered where many agreements give one of a few answers. `serves` names the requirements that
    hang on the answer. `default` with a `rationale` is used when nothing is
    answered, and the appendix lists it; without a rationale an absent answer is undecided (or, where `default` is
    None, simply not part of the agreement). A class as `default` is a group of questions, each with its own default.
    `when` says, by model path, in which agreements the question is asked; `beside` the same by the
    answers of its own group, such as another answer of the same entry of a list. `labels` gives the words printed for each
    choice. An `essential` question is on the interview's short path; one to be answered `anew` belongs to one signed
    agreement and is not carried into the next; one that names a `person`, or several, is carried but looked at again; one
    answered `by_tool` is asked of nobody.
    """
    extra: dict[str, Any] = {
        "help": help,
        "why": why,
        "serves": list(serves),
        "rationale": rationale,
        "when": dict(when or {}),
        "beside": dict(beside or {}),
        "labels": dict(labels or {}),
        "essential": essential,
        "anew": anew,
        "person": person,
        "by_tool": by_tool,
    }
    examples = None if example is None else [example, *more]
    noted = {key: value for key, value in extra.items() if value}
    if isinstance(default, type):
        return Field(
            default_factory=default,
            title=title,
            description=help or title,
            examples=examples,
            json_schema_extra=noted,
        )
    if min_length is not None:
        return Field(
            default,
            title=title,
            description=help or title,
            examples=examples,
            min_length=min_length,
            json_schema_extra=noted,
        )
    return Field(default, title=title, description=help or title, examples=examples, json_schema_extra=noted)
