"""Print an agreement and its compliance appendix as a Word file. The only room that knows docxtpl."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from mou_builder.document.anchors import anchor
from mou_builder.document.appendix import appendix_of
from mou_builder.document.context import context_of, subject_of
from mou_builder.document.filling import filled, guarded, unguard
from mou_builder.document.package import finished
from mou_builder.document.schedules import schedules_of
from mou_builder.document.tables import set_widths
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import Record, to_text
from mou_builder.report.ending import APPENDIX_TITLE
from mou_builder.report.frame import appendix_digest, frame_of, outside_clauses
from mou_builder.report.margins import margins_of
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.shapes import Report
from mou_builder.report.wordfile import WordFile, margins_in
from mou_builder.selection import Selection
from mou_builder.wording import Wording

__all__ = ["Rendered", "render"]


@dataclass(frozen=True)
class Rendered:
    """A Word file, and the record completed with the words that stand in it outside the clauses."""

    word: bytes
    record: Record


Part = Literal["both", "agreement", "appendix"]


def render(
    agreement: Agreement,
    selection: Selection,
    report: Report,
    library: Library,
    template: bytes,
    *,
    record: Record,
    embed: bool = True,
    part: Part = "both",
) -> Rendered:
    """Return the agreement, its compliance appendix, or both, as a Word file, with the record of what it holds.

    `report` is what the appendix prints. With `embed`, the record travels inside the file. Raises TemplateError if the
    template names something that does not exist, or is no Word file.
    """
    wording = Wording(agreement, library.states)
    agreed = context_of(agreement, selection, wording, report, library, final=record.final)
    context = {
        **agreed,
        **appendix_of(report, library),
        "schedules": schedules_of(agreement, selection, wording, library, agreed["parties"]),
        "show_agreement": part != "appendix",
        "show_appendix": part != "agreement",
    }
    if part == "both":
        context["contents"].append({"level": 1, "slot": "appendix", "number": "", "title": APPENDIX_TITLE})
    safe = guarded(context)
    document = filled(template, safe)
    anchor(document.element.body, selection.numbers)
    set_widths(document.element.body)
    if safe != context:
        unguard(document.element.body)
    file = WordFile("", document.element.body, numbering=None, styles=document.styles.element, record=None)
    paragraphs = read_paragraphs(file)
    stream = io.BytesIO()
    document.save(stream)
    around = {
        "frame": frame_of(outside_clauses(paragraphs, record.clauses)),
        "appendix": appendix_digest(file, record),
        "margins": margins_of(margins_in(stream.getvalue())),
    }
    record = record.model_copy(update=around)
    word = finished(
        stream.getvalue(),
        title=f"{agreement.document.name}: {subject_of(agreement)}",
        as_of=selection.as_of,
        record=to_text(record) if embed and part != "appendix" else None,
    )
    return Rendered(word, record)
