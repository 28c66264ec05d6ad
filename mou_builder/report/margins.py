"""The words in the margins of a Word file: its headers and footers, and its footnotes and endnotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from mou_builder.record import Record
from mou_builder.report.paragraphs import words_in_part
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import Finding
from mou_builder.report.wordfile import WordFile, w

_NAMES = {"hdr": "header", "ftr": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}


def margins_of(parts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words of each header, footer and note, each once and in order; what a field shows is left out.

    `parts` holds the root element of each such part by name.
    """
    return tuple(sorted({line for _, line in _lines(parts)}))


def margin_findings(record: Record, file: WordFile) -> Iterator[Finding]:
    """Yield what was changed in headers, footers and notes since the file was built."""
    if not record.margins:
        return  # the file was built by a version that did not keep these words
    now = {line: where for where, line in _lines(file.others)}
    for line in record.margins:
        if line not in now:
            what = f"Words in a header or footer were changed or taken out: [-{line}-]"
            yield Finding("E-FRAME-CHANGED", "error", what, "")
    for line, where in now.items():
        if line not in record.margins:
            yield Finding("E-FRAME-CHANGED", "error", f"Words were put into the {where}: {{+{line}+}}", where)


def _lines(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the words of each paragraph with the name of the part it stands in."""
    for _, root in sorted(parts.items()):
        where = _NAMES.get(root.tag.rpartition("}")[2], "margins")
        for words in words_in_part(_without_fields(root)):
            if normalized(words):
                yield where, normalized(words)


def _without_fields(root: Any) -> Any:
    """Return the part without its fields: a page number differs from page to page and from program to program."""
    bare = deepcopy(root)
    for paragraph in bare.iter(w("p")):
        depth = 0
        for run in list(paragraph.iter(w("r"), w("fldSimple"))):
            marks = [one.get(w("fldCharType")) for one in run.iter(w("fldChar"))]
            depth += marks.count("begin")
            if depth or run.tag == w("fldSimple"):
                run.getparent().remove(run)
            depth -= marks.count("end")
    return bare
