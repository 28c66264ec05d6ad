"""Read the content controls of a model that a person filled in: each fact's value, and the alternatives that still stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from mou_builder.report.paragraphs import Read, read_paragraphs
from mou_builder.report.wordfile import _document_part, _xml, open_archive, open_word, w

MODEL_NAMESPACE = "https://mou-builder.org/model/1"
"""Name of the custom XML part that holds a model's facts."""
FACT = "\ufffc"
"""Stands for a fact in the words of a clause, whatever it was filled in with."""
_TIE = re.compile(r"m:fact\[(\d{1,4})\]\Z")
_FILLED_IN = {w("text"), w("date"), w("dropDownList"), w("comboBox")}
_GONE = {w("del"), w("moveFrom")}


@dataclass(frozen=True)
class Controls:
    """What a Word file holds of the model from which it was filled in."""

    about: str
    """What the file says of itself."""
    values: tuple[str, ...]
    """What the part of the facts holds, in the order of the facts."""
    shown: Mapping[int, tuple[str, ...]]
    """What each fact's controls show, by its place in that order; an empty control shows nothing."""
    words: Mapping[str, tuple[str, ...]]
    """The paragraphs under each bookmark and each control around a clause, with `FACT` for each fact."""


def is_model(data: bytes, name: str) -> bool:
    """Return whether the Word file in `data` is a model, filled in or not; raise WordFileError if it cannot be read."""
    archive = open_archive(data, name)
    _document_part(archive, name)
    return _part(archive, name) is not None


def read_controls(data: bytes, name: str) -> Controls | None:
    """Return the controls of the model in `data`, or None if it is none; raise WordFileError if it cannot be read."""
    root = _part(open_archive(data, name), name)
    if root is None:
        return None
    facts = list(root.iter(f"{{{MODEL_NAMESPACE}}}fact"))
    # LibreOffice takes the names off the values, and the tags off the controls, so the order is what counts.
    places = {one.get("name", ""): place for place, one in enumerate(facts)}
    about = root.find(f"{{{MODEL_NAMESPACE}}}about")
    file = open_word(data, name)
    body = deepcopy(file.body)
    shown: dict[int, list[str]] = {}
    for place, element in _facts(body, places, len(facts)):
        text = _shown(element)
        if text is not None:
            shown.setdefault(place, []).append(text)
        _replace_by_sign(element)
    words = _words(read_paragraphs(replace(file, body=body)))
    told = "" if about is None else about.text or ""
    values = tuple(_lines(one.text or "") for one in facts)
    return Controls(told, values, {place: tuple(some) for place, some in shown.items()}, words)


def _part(archive: Any, name: str) -> Any:
    for member in sorted(archive.namelist()):
        if member.startswith("customXml/item") and member.endswith(".xml") and "Props" not in member:
            root = _xml(archive, member, name)
            if root.tag == f"{{{MODEL_NAMESPACE}}}model":
                return root
    return None


def _facts(body: Any, places: Mapping[str, int], count: int) -> Iterator[tuple[int, Any]]:
    """Yield each control of a fact with the fact's place: the one it is tied to, or else the one that its tag names."""
    for element in list(body.iter(w("sdt"))):
        properties = element.find(w("sdtPr"))
        # LibreOffice ties its frame around the contents list to a fact that has nothing to do with it.
        filled_in = properties is not None and any(one.tag in _FILLED_IN for one in properties)
        if not filled_in or any(one.tag in _GONE for one in element.iterancestors()):
            continue
        tied, tag = element.find(w("sdtPr/dataBinding")), element.find(w("sdtPr/tag"))
        found = _TIE.search(tied.get(w("xpath"), "")) if tied is not None else None
        place = int(found[1]) - 1 if found else places.get(tag.get(w("val"), "") if tag is not None else "", -1)
        if 0 <= place < count:
            yield place, element


def _shown(element: Any) -> str | None:
    """Return what a control shows, or None while it only shows what to fill in."""
    properties, content = element.find(w("sdtPr")), element.find(w("sdtContent"))
    if content is None or properties.find(w("showingPlcHdr")) is not None:
        return None
    day = properties.find(w("date"))
    chosen = day.get(w("fullDate"), "") if day is not None else ""
    if chosen:
        return str(chosen).partition("T")[0]
    paragraphs = list(content.iter(w("p"))) or [content]
    return _lines("\n".join(_text(one) for one in paragraphs))


def _text(element: Any) -> str:
    text = ""
    for one in element.iter(w("t"), w("br"), w("cr"), w("tab")):
        if not any(above.tag in _GONE for above in one.iterancestors()) and one.getparent().tag == w("r"):
            text += (one.text or "") if one.tag == w("t") else " " if one.tag == w("tab") else "\n"
    return text


def _lines(text: str) -> str:
    """Return a value with plain line ends, and without space around it."""
    lines = text.replace("_x000d_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _replace_by_sign(element: Any) -> None:
    """Put one sign in place of what a control holds."""
    content = element.find(w("sdtContent"))
    if content is None:
        return
    texts = list(content.iter(w("t")))
    for place, one in enumerate(texts):
        one.text = "" if place else FACT
    for one in list(content.iter(w("br"), w("cr"), w("tab"))):
        one.getparent().remove(one)


def _words(paragraphs: list[Read]) -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = {}
    for read in paragraphs:
        line = "".join(piece if isinstance(piece, str) else "\u00a7" for piece in read.pieces)
        line = " ".join(line.split())
        for name in read.bookmarks | read.controls:
            if line:
                held.setdefault(name, []).append(line)
    return {name: tuple(lines) for name, lines in held.items()}
