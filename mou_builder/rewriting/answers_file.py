"""Put changed answers into the text of an answers file, and leave everything else in it as its owner wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from mou_builder import written
from mou_builder.errors import AnswerError
from mou_builder.marked import read_marked
from mou_builder.rewriting.layout import Layout
from mou_builder.rewriting.matching import same
from mou_builder.rewriting.splicing import Splicing

_BYTE_ORDER_MARK = "\ufeff"
_LINE_END = re.compile(r"\r\n|\n|\r")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def with_answers(text: str, name: str, answers: Mapping[str, Any]) -> str:
    """Return the text of the answers file `name` with `answers` in it, changed in as few places as possible.

    Read again, the text gives exactly `answers`; where no change in place does that, the group around the change is
    written afresh, at last the whole file, and its comments stand above. `text` may be empty. Raises AnswerError if
    `text` cannot be read.
    """
    new = _plain(answers)
    old = _value(text, name)
    if same(old, new):
        return text
    changed = text
    for changed in _attempts(text, name, old, new):
        if _reads_as(changed, name, new):
            break
    return changed


def _plain(value: Any) -> Any:
    """Return a value in the kinds that the reader gives; half a character, which no file can hold, becomes a mark."""
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return _HALF_CHARACTER.sub("\ufffd", str(value)) if isinstance(value, str) else value


@lru_cache(maxsize=2)
def _value(text: str, name: str) -> Any:
    # Kept, because the text that one answer leaves is the text that the next one changes. Nobody changes the value.
    return read_marked(text, name, AnswerError).value


def _reads_as(text: str, name: str, answers: Any) -> bool:
    try:
        return same(_value(text, name), answers)
    except AnswerError:
        return False


def _attempts(text: str, name: str, old: Any, new: dict[str, Any]) -> Iterator[str]:
    """Yield texts, from the one that changes least to the one that is written afresh."""
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    body = text.removeprefix(mark)
    found = _LINE_END.search(body)
    newline = found.group() if found else "\n"
    unended = bool(body) and not body.endswith(("\n", "\r"))
    whole = body + newline if unended else body
    layout = Layout(whole)
    for changed in _changed(layout, newline, name, old, new, unended):
        if unended and changed.endswith(newline):
            yield mark + changed.removesuffix(newline)
        yield mark + changed


def _changed(layout: Layout, newline: str, name: str, old: Any, new: dict[str, Any], unended: bool) -> Iterator[str]:
    if layout.root is None and new:
        yield layout.text + _fresh(new, newline)
    # A last line without an end may be read otherwise once it has one.
    olds = [old, _value(layout.text, name)] if unended else [old]
    for coarse in range(3):
        for was in olds:
            changed = Splicing(layout, newline, coarse).document(was, new) if isinstance(was, dict) and new else None
            if changed is not None:
                yield changed
    comments = "".join(layout.text[start:end] + newline for start, end in layout.comments(0, len(layout.text)))
    yield comments + _fresh(new, newline)


def _fresh(answers: dict[str, Any], newline: str) -> str:
    return "".join(line + newline for line in written.block(answers, 0))
