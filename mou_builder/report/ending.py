"""Find where the agreement ends and its compliance appendix begins."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mou_builder.record import heading_bookmark
from mou_builder.report.wordfile import W, WordFile, w

APPENDIX = heading_bookmark("appendix")
APPENDIX_TITLE = "Compliance Appendix"
# Made here, for python-docx's own elements know only its own way of asking.
_BEHIND = etree.XPath(".//w:t | following::w:t", namespaces={"w": W})


def words_behind(file: WordFile, headings: frozenset[str] = frozenset()) -> str:
    """Return the words from the appendix's heading to the end of the file, without asking how they are set."""
    heading = appendix_heading(file.body, headings)
    return "" if heading is None else "".join(one.text or "" for one in _BEHIND(heading))


def appendix_heading(body: Any, headings: frozenset[str]) -> Any:
    """Return the paragraph that heads the appendix: by its bookmark or, where an editor took that out, by its words.

    `headings` holds the sections' headings: the contents list names the appendix too, but sections follow it there.
    """
    for mark in body.iter(w("bookmarkStart")):
        if mark.get(w("name")) == APPENDIX:
            return mark.getparent()
    following = 0
    for one in reversed(list(body.iter(w("p")))):
        if one.getparent().tag == w("tc"):
            continue  # the appendix lists every section in a table of its own
        text = "".join(text.text or "" for text in one.iter(w("t"))).strip()
        if text == APPENDIX_TITLE and one.getparent() is body:
            return one
        following += any(text.endswith(heading) for heading in headings)
        if following >= _FEW:
            return None
    return None


_FEW = 3
"""So many headings of sections behind it, and it is a line of the contents list."""
