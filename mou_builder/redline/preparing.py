"""Make an agreement comparable: only what a reader sees stays, and the same words are always written the same way.

Word, LibreOffice and this tool cut one sentence into different runs and put controls, spelling marks and traces of the
editing around it. A comparison would report all of that as changes of the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mou_builder.document.repacking import only
from mou_builder.report.parts import Parts
from mou_builder.report.resolved import resolved, tracked_changes
from mou_builder.report.whole import count_pages_anew
from mou_builder.report.wordfile import W, w

LEFT_OUT = {
    "customXml", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "glossaryDocument",
    "vbaProject", "wordVbaData", "attachedTemplate", "printerSettings", "webSettings", "keyMapCustomizations",
    "stylesWithEffects",
}  # fmt: skip
"""Kinds of parts that hold no words of the agreement."""

_STORIES = {"header", "footer", "footnotes", "endnotes"}
_NOISE = [
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "printerSettings",
        "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    )
]  # fmt: skip
_LOOKS_OF_NOTHING = [w("lang"), w("noProof"), w("kern"), w("webHidden")]
_WRAPPERS = [w("sdt"), w("customXml"), w("smartTag")]
_ABOUT = {w("sdtPr"), w("sdtEndPr"), w("customXmlPr"), w("smartTagPr")}
_WORDS = {w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen"), w("softHyphen"), w("sym")}
# Letters for private use; where a file uses these itself, the proof fails rather than that a word changes.
_DISGUISES = ((("vanish",), 0xE800), (("strike", "dstrike"), 0xE000))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Settled:
    """A Word file whose pending changes are accepted, and what had to be set aside for a comparison."""

    parts: Parts
    pending: int
    comments: int


def stories(parts: Parts) -> list[str]:
    """Return the names of the parts that hold words: the document, its headers, footers and notes."""
    tied = {one.target for one in parts.relations(parts.main).values() if one.kind in _STORIES and not one.outside}
    return [parts.main, *sorted(tied & parts.xml.keys())]


def settled(parts: Parts) -> Settled:
    """Return the file with its pending tracked changes accepted, with their number and that of the comments."""
    told = stories(parts)
    made = parts.xml | {name: resolved(parts.xml[name], "accepted") for name in told}
    comments = parts.tied("comments")
    return Settled(
        Parts(parts.name, parts.main, made, parts.other),
        sum(tracked_changes(parts.xml[name]) for name in told),
        0 if comments is None else len(comments),
    )


def comparable(parts: Parts) -> Parts:
    """Return a settled file as it is handed to the comparison: what stands around the words is gone."""
    told = stories(parts)
    made = dict(parts.xml)
    for name in told:
        made[name] = deepcopy(made[name])
        count_pages_anew(made[name])
        _make_plain(made[name])
    return only(Parts(parts.name, parts.main, made, parts.other), LEFT_OUT)


def _make_plain(root: Any) -> None:
    notes = [one for one in root.iter() if not isinstance(one.tag, str)]  # of whoever wrote the XML
    for one in [*notes, *root.iter(*_NOISE, *_LOOKS_OF_NOTHING)]:
        one.getparent().remove(one)
    for one in list(root.iter(*_WRAPPERS)):
        content = one.find(w("sdtContent")) if one.tag == w("sdt") else one
        _replace(one, [inner for inner in ([] if content is None else list(content)) if inner.tag not in _ABOUT])
    for one in list(root.iter(w("fldSimple"))):
        _replace(one, list(_spelled_out(one)))
    for one in root.iter():
        for name in [name for name in one.attrib if name.startswith(f"{{{W}}}rsid")]:
            del one.attrib[name]
    for looks in root.iter(w("rPr")):
        for one in [one for number, one in enumerate(looks) if one.tag in [other.tag for other in looks[:number]]]:
            looks.remove(one)  # LibreOffice writes some twice
    for run in list(root.iter(w("r"))):
        _disguise(run)
        _replace(run, list(_pieces(run)))
    for run in list(root.iter(w("r"))):
        _join(run)
    for one in root.iter(w("fldChar")):
        one.attrib.pop(w("dirty"), None)
    for one in root.iter(w("instrText")):
        one.text = f" {(one.text or '').strip()} "
        one.set(_SPACE, "preserve")


def _disguise(run: Any) -> None:
    """Write words that are struck out by hand, or hidden, in other letters: they are not the words that stand there.

    The comparison looks at letters only and would let "shall [struck: not]" pass for "shall not".
    """
    properties = run.find(w("rPr"))
    for names, shift in _DISGUISES:
        if properties is not None and any(_is_on(properties.find(w(name))) for name in names):
            for one in run.findall(w("t")):
                one.text = "".join(
                    chr(ord(letter) + shift) if ord(letter) < 0x800 else letter for letter in one.text or ""
                )
            return


def unmask(root: Any) -> None:
    """Give words that were put into other letters for the comparison their own again."""
    for one in root.iter(w("t"), w("delText")):
        if one.text and any("\ue000" <= letter <= "\uefff" for letter in one.text):
            one.text = "".join(
                chr((ord(letter) - 0xE000) % 0x800) if "\ue000" <= letter <= "\uefff" else letter for letter in one.text
            )


def _is_on(found: Any) -> bool:
    return found is not None and found.get(w("val"), "true") not in ("0", "false", "off", "none")


def _spelled_out(field: Any) -> Iterator[Any]:
    """Yield a short field in its long form, which every program writes once it has touched the field."""
    looks = field.find(f"{w('r')}/{w('rPr')}")

    def run(tag: str, **attributes: str) -> Any:
        made = field.makeelement(w("r"))
        if looks is not None:
            made.append(deepcopy(looks))
        made.append(made.makeelement(w(tag), {w(name): value for name, value in attributes.items()}))
        return made

    yield run("fldChar", fldCharType="begin")
    code = run("instrText")
    code[-1].text = field.get(w("instr"), "")
    code[-1].set(_SPACE, "preserve")
    yield code
    yield run("fldChar", fldCharType="separate")
    yield from [one for one in field if one.tag != w("fldData")]
    yield run("fldChar", fldCharType="end")


def _pieces(run: Any) -> Iterator[Any]:
    """Yield a run as runs of one thing each; one that holds nothing is left out."""
    looks = run.find(w("rPr"))
    if looks is not None and not len(looks):
        looks = None
    for one in list(run):
        if one.tag == w("rPr") or (one.tag == w("t") and not one.text):
            continue
        piece = run.makeelement(run.tag)
        if looks is not None:
            piece.append(deepcopy(looks))
        piece.append(one)
        yield piece


def _join(run: Any) -> None:
    """Put the words of the run before, if it looks the same, and those of this one together; and so the code of a field."""
    before = run.getprevious()
    if before is None or before.tag != w("r") or not _belong_together(before, run):
        return
    content = [one for one in run if one.tag != w("rPr")]
    joined = [one for one in before if one.tag != w("rPr")]
    if not content or not joined:
        return
    if joined[-1].tag == content[0].tag and content[0].tag in (w("t"), w("instrText")):
        content[0].text = (joined[-1].text or "") + (content[0].text or "")
        content[0].set(_SPACE, "preserve")
        joined.pop()
    place = 1 if run.find(w("rPr")) is not None else 0
    for offset, one in enumerate(joined):
        run.insert(place + offset, one)
    before.getparent().remove(before)


def _belong_together(one: Any, other: Any) -> bool:
    if all(run.find(w("instrText")) is not None for run in (one, other)):
        return True
    return _is_words(one) and _is_words(other) and bool(_looks(one) == _looks(other))


def _is_words(run: Any) -> bool:
    return all(one.tag in _WORDS or one.tag == w("rPr") for one in run)


def _looks(run: Any) -> Any:
    properties = run.find(w("rPr"))
    return () if properties is None else sorted(key(one) for one in properties)


def key(element: Any) -> tuple[Any, ...]:
    """Return what two elements have in common that say the same; the words in them do not count."""
    return (str(element.tag), tuple(sorted(element.attrib.items())), tuple(key(one) for one in element))


def _replace(element: Any, others: list[Any]) -> None:
    parent = element.getparent()
    place = parent.index(element)
    parent.remove(element)
    for offset, one in enumerate(others):
        parent.insert(place + offset, one)
