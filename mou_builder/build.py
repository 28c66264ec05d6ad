"""The whole story in one function: answers in, agreement, record and proved report out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mou_builder import __version__
from mou_builder.document import render
from mou_builder.errors import Fault, MouError
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import Record, made_with, record_of
from mou_builder.report import Report, predicted, read_report
from mou_builder.selection import Selection, select
from mou_builder.wording import Wording


class NotProvedError(MouError):
    """The finished file does not say what it was built to say: a fault of this tool or of the template."""


@dataclass(frozen=True)
class Built:
    """A built agreement: the Word file, the appendix beside it if asked for, the record and the report read back."""

    word: bytes
    appendix: bytes | None
    record: Record
    report: Report
    selection: Selection


def build(
    agreement: Agreement,
    library: Library,
    template: bytes,
    *,
    as_of: date,
    name: str,
    final: bool = False,
    appendix: Literal["inside", "separate"] = "inside",
    embed: bool = True,
) -> Built:
    """Return the agreement as a Word file whose appendix is proved against the file itself.

    A final with reasons against it is still built here; the caller refuses it (`Report.reasons_against_final`). Raises
    SelectionError, TemplateError, or NotProvedError if the file read back differs from what was predicted.
    """
    selection = select(agreement, library, as_of)
    record = record_of(agreement, selection, Wording(agreement, library.states), tool=__version__, final=final)
    report = predicted(name, agreement, record, library)
    record = record.model_copy(update={"asked": _asked(report), "packs": made_with(library)})
    inside = appendix == "inside"
    rendered = render(
        agreement,
        selection,
        report,
        library,
        template,
        record=record,
        embed=embed,
        part="both" if inside else "agreement",
    )
    word, record = rendered.word, rendered.record
    beside = None
    if not inside:
        beside = render(agreement, selection, report, library, template, record=record, part="appendix").word
    _prove(report, read_report(word, name, library, None if embed else record))
    return Built(word, beside, record, report, selection)


def _asked(report: Report) -> dict[str, tuple[str, ...]]:
    """Return the requirements that were in force, by rubric: a renewal asks which of them are new."""
    return {
        rubric.id: tuple(row.id for row in report.requirements if row.rubric == rubric.id) for rubric in report.rubrics
    }


def _prove(expected: Report, actual: Report) -> None:
    """Raise NotProvedError unless the file says exactly what was predicted: the assembler is never believed."""
    if actual == expected:
        return
    wrong = [row for row, wanted in zip(actual.clauses, expected.clauses, strict=False) if row != wanted]
    shown = "; ".join(f"{row.id} is {row.state} ({row.difference or row.section or 'not found'})" for row in wrong[:3])
    raise NotProvedError(
        Fault(
            expected.document,
            f"the finished file differs from what was predicted: {shown or 'its findings'}.",
            "Nothing was written. If you gave your own template, restore its MOU styles; else report this as a bug.",
        )
    )
