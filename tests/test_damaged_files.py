"""A Word file that is broken anywhere gives a report or a clear message, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from lxml import etree
from wordedit import packed, parts_of, w

from mou_builder.build import Built
from mou_builder.errors import MouError
from mou_builder.report import Report

pytestmark = pytest.mark.wide
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "customXml/item1.xml", "word/header1.xml",
         "word/footer1.xml", "_rels/.rels", "[Content_Types].xml")  # fmt: skip


@pytest.mark.parametrize("seed", range(24))
def test_a_file_broken_at_random_is_reported_or_refused(seed: int, built: Built, read: Callable[..., Report]) -> None:
    """Elements deleted, emptied or set to nonsense: the report names every clause, or the message says what is wrong."""
    chance = Random(seed)
    parts = parts_of(built.word)
    name = PARTS[seed % len(PARTS)]
    root = etree.fromstring(parts[name])
    if name.startswith("customXml"):
        root.text = broken_text(root.text or "", chance)
    else:
        break_elements(root, chance)
    parts[name] = etree.tostring(root)
    try:
        report = read(packed(parts))
    except MouError as refused:
        assert all(fault.where and fault.what for fault in refused.faults)
    else:
        assert {row.state for row in report.clauses} <= {"unaltered", "altered", "missing"}


def break_elements(root: etree._Element, chance: Random) -> None:
    elements = [one for one in root.iter() if one.getparent() is not None]
    for _ in range(chance.randint(1, 25)):
        one = chance.choice(elements)
        parent = one.getparent()
        if parent is None:
            continue
        if chance.random() < 0.5:
            parent.remove(one)
        elif one.attrib:
            one.set(chance.choice(sorted(map(str, one.attrib))), chance.choice(["", "x", "-1", "99999"]))
        else:
            one.append(
                etree.Element(w(chance.choice(["p", "r", "fldChar", "bookmarkEnd", "sdt", "del", "ins", "numPr"])))
            )


def broken_text(text: str, chance: Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(lines))
        if chance.random() < 0.5:
            del lines[place]
        else:
            lines[place] = lines[place].replace(chance.choice(': "-[0123'), "", 1)
    return "\n".join(lines)
