"""Word's content controls for the facts of a model: one for each place where a fact stands, all tied to one value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

from mou_builder.document.anchors import SPACE, make, runs_in, text_in, w
from mou_builder.report.controls import MODEL_NAMESPACE
from mou_builder.wording import blank

MODEL_ITEM = "{2C8E41F7-A35D-4E57-8B6A-7D5E6F0B3C1A}"
"""A fixed GUID of our own, by which a control finds its value."""
_MARK = re.compile("\ue000(\\d+)\ue001")
_LONGEST = 64
"""Letters that Word allows for the name and the tag of a control."""


@dataclass(frozen=True)
class Fact:
    """One thing that a person fills in."""

    tag: str
    """Its name on the control; at most 64 letters."""
    title: str
    """What is asked."""
    kind: Literal["line", "lines", "date", "choice"]
    ask: str
    """What stands in the agreement until it is filled in."""
    hint: str
    """The same in the form in front: an example, or how to answer."""
    choices: tuple[tuple[str, str], ...] = ()
    """For a choice: what is stored, and what is shown."""


def mark(number: int) -> str:
    """Return what stands in the words of a model where fact `number` goes; no answer that a person types holds its signs."""
    return f"\ue000{number}\ue001"


def put_controls(body: Any, facts: Sequence[Fact]) -> None:
    """Put a control in place of each mark, and of each blank whose question only one fact answers; in place."""
    asked = Counter(fact.title for fact in facts)
    blanks = {blank(fact.title): number for number, fact in enumerate(facts) if asked[fact.title] == 1}
    for run, _ in runs_in(body, "MOUBlank"):
        number = blanks.get(text_in(run))
        if number is not None:
            run.getparent().replace(run, control(facts, number))
    for words in [one for one in body.iter(w("t")) if one.text and _MARK.search(one.text)]:
        _split(words, facts)


def number_controls(body: Any) -> None:
    """Give each control an id of its own, in the order of the document; Word repairs a file in which two have the same."""
    for place, one in enumerate(body.iter(w("sdt"))):
        one.find(f"{w('sdtPr')}/{w('id')}").set(w("val"), str(100_001 + place))


def _split(words: Any, facts: Sequence[Fact]) -> None:
    """Put the run around `words` in pieces: words, control, words."""
    run = words.getparent()
    parent, place = run.getparent(), run.getparent().index(run)
    properties = run.find(w("rPr"))
    pieces: list[Any] = []
    held = [child for child in run if child is not properties]
    for child in held:
        if child.tag != w("t"):
            pieces.append(_run(properties, deepcopy(child)))
            continue
        for number, stretch in enumerate(_MARK.split(child.text or "")):
            if number % 2 and int(stretch) < len(facts):
                pieces.append(control(facts, int(stretch), properties=properties))
            elif stretch and not number % 2:
                pieces.append(_run(properties, _text(stretch)))
    parent.remove(run)
    for offset, piece in enumerate(pieces):
        parent.insert(place + offset, piece)


def _run(properties: Any, *children: Any) -> Any:
    run = make("r")
    if properties is not None:
        run.append(deepcopy(properties))
    for child in children:
        run.append(child)
    return run


def _text(words: str) -> Any:
    text = make("t")
    text.text = words
    text.set(SPACE, "preserve")
    return text


def control(facts: Sequence[Fact], number: int, *, form: bool = False, properties: Any = None) -> Any:
    """Return the control of fact `number`: empty, and showing what to fill in; with `form`, as it stands in front."""
    fact = facts[number]
    shown = fact.hint if form else fact.ask
    element = make("sdt")
    about = etree.SubElement(element, w("sdtPr"))
    if properties is not None:
        about.append(deepcopy(properties))
    about.append(make("alias", val=shortened(fact.title)))
    about.append(make("tag", val=fact.tag))
    about.append(make("id", val="1"))
    if form:
        # In the form a control stays; in the agreement it must go with the alternative that somebody deletes.
        about.append(make("lock", val="sdtLocked"))
    etree.SubElement(about, w("placeholder")).append(make("docPart", val=placeholder_name(fact, form=form)))
    about.append(make("showingPlcHdr"))
    about.append(
        make(
            "dataBinding",
            prefixMappings=f"xmlns:m='{MODEL_NAMESPACE}'",
            xpath=f"/m:model[1]/m:facts[1]/m:fact[{number + 1}]",
            storeItemID=MODEL_ITEM,
        )
    )
    about.append(_kind(fact))
    content = etree.SubElement(element, w("sdtContent"))
    content.append(placeholder(shown))
    return element


def placeholder(shown: str) -> Any:
    """Return what an empty control shows."""
    style = make("rPr")
    style.append(make("rStyle", val="PlaceholderText"))
    return _run(style, _text(shown))


def _kind(fact: Fact) -> Any:
    if fact.kind == "choice":
        listed = make("dropDownList")
        for value, shown in fact.choices:
            listed.append(make("listItem", displayText=shown, value=value))
        return listed
    if fact.kind == "date":
        day = make("date")
        day.append(make("dateFormat", val="MMMM d, yyyy"))
        day.append(make("lid", val="en-US"))
        day.append(make("storeMappedDataAs", val="date"))
        day.append(make("calendar", val="gregorian"))
        return day
    return make("text", multiLine="1") if fact.kind == "lines" else make("text")


def shortened(text: str) -> str:
    """Return a name that Word allows for a control."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}\u2026"


def placeholder_name(fact: Fact, *, form: bool) -> str:
    """Return under which name the file keeps what the empty control shows."""
    return f"{'form' if form else 'fact'}.{fact.tag}"
