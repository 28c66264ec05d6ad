"""Fill in a model as a person in Word does, for tests: the controls, and the value that they are all tied to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree
from wordedit import packed, parts_of, w

from mou_builder.fillable.facts import Question, Questions
from mou_builder.interview.tree import NOTHING, Tree, at
from mou_builder.interview.typed import editable

MODEL = "{https://mou-builder.org/model/1}"


def texts_of(questions: Questions, answers: Tree) -> dict[str, str]:
    """Return what a person fills in, by tag, who wants these answers."""
    parties: dict[Any, str] = {
        party["short_name"]: f"parties.{group}[{number}]"
        for group in ("districts", "agencies")
        for number, party in enumerate(answers["parties"][group])
    }
    texts = {one.tag: _text(one, at(answers, one.path), parties) for one in questions.single if not one.counted}
    return {tag: text for tag, text in texts.items() if text}


def _text(one: Question, value: Any, parties: Mapping[Any, str]) -> str:
    if one.any:
        return "listed" if value else "none"
    if value is NOTHING:
        return ""
    if one.kind == "choice" and value in parties:
        return parties[value]
    if one.form.kind == "lines":
        return "\n".join(value) or "none"
    return editable(one.form, value)


def filled(data: bytes, texts: Mapping[str, str], *, part: bool = True, controls: bool = True) -> bytes:
    """Return the model filled in; `part` and `controls` say where, for Word writes both and other programs only one."""
    parts = parts_of(data)
    if part:
        root = etree.fromstring(parts["customXml/item1.xml"])
        for fact in root.iter(f"{MODEL}fact"):
            fact.text = texts.get(fact.get("name"), fact.text)
        parts["customXml/item1.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if controls:
        document = etree.fromstring(parts["word/document.xml"])
        for tag, control in controls_of(document):
            if tag in texts:
                show(control, texts[tag])
        parts["word/document.xml"] = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return packed(parts)


def controls_of(document: Any) -> list[tuple[str, Any]]:
    """Return every control of the document with its tag."""
    tags = [(one.find(f"{w('sdtPr')}/{w('tag')}"), one) for one in document.iter(w("sdt"))]
    return [(tag.get(w("val")), one) for tag, one in tags if tag is not None]


def show(control: Any, text: str) -> None:
    """Let one control show a value, as Word writes it."""
    about, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    for waiting in about.findall(w("showingPlcHdr")):
        about.remove(waiting)
    listed, day = about.find(w("dropDownList")), about.find(w("date"))
    if listed is not None:
        text = next(one.get(w("displayText")) for one in listed if one.get(w("value")) == text)
    if day is not None:
        day.set(w("fullDate"), f"{text}T00:00:00Z")
        chosen = date.fromisoformat(text)
        text = f"{chosen:%B} {chosen.day}, {chosen.year}"
    for old in list(content):
        content.remove(old)
    run = etree.SubElement(content, w("r"))
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, w("br"))
        etree.SubElement(run, w("t")).text = line


def without(data: bytes, *cites: str) -> bytes:
    """Return the model without these texts, each deleted with the frame around it."""
    parts = parts_of(data)
    document = etree.fromstring(parts["word/document.xml"])
    for tag, control in controls_of(document):
        if tag in cites:
            control.getparent().remove(control)
    parts["word/document.xml"] = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return packed(parts)
