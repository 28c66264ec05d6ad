"""Make the files of one row, or foresee them: the agreements its answers ask for, and what there is to tell of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mou_builder import __version__
from mou_builder.batch.faults import RowError, RowFault
from mou_builder.build import build
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import record_of, to_text
from mou_builder.report import Report, predicted
from mou_builder.selection import select
from mou_builder.sets import Instrument, below_the_floor, instruments
from mou_builder.wording import Wording

COUNTED = ("met", "altered", "missing", "verify")
"""The statuses that the list of agreements counts."""


@dataclass(frozen=True)
class How:
    """How every agreement of a batch is made."""

    template: bytes
    as_of: date
    final: bool = False
    separate: bool = False
    embed: bool = True


@dataclass(frozen=True)
class Facts:
    """What the list of agreements tells of one of them."""

    name: str
    """Name of its files."""
    title: str
    """The pair it is for, where a row makes several instruments."""
    state: str
    parties: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    """How many rows of each rubric have each status; the rubrics of the laws stand together as ``law``."""
    findings: int
    reasons: tuple[str, ...]
    """Why it is no final agreement yet."""
    left_out: tuple[str, ...] = ()
    """The base's answers that the row's own rule out, by their paths."""

    def to_json(self) -> dict[str, Any]:
        """Return the facts as they are kept between runs."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Facts:
        """Return the facts that were kept; raise KeyError, TypeError or ValueError if they are no such thing."""
        counts = {
            str(rubric): {str(one): int(many) for one, many in by.items()} for rubric, by in kept["counts"].items()
        }
        return cls(
            name=str(kept["name"]),
            title=str(kept["title"]),
            state=str(kept["state"]),
            parties=tuple(map(str, kept["parties"])),
            counts=counts,
            findings=int(kept["findings"]),
            reasons=tuple(map(str, kept["reasons"])),
            left_out=tuple(map(str, kept["left_out"])),
        )


@dataclass(frozen=True)
class Made:
    """One row's files by name, and what there is to tell of its agreements."""

    files: Mapping[str, bytes]
    facts: tuple[Facts, ...]


def make(agreement: Agreement, name: str, row: int, library: Library, how: How) -> Made:
    """Return the files that the answers of one row ask for, the same bytes as ``mou-builder build`` writes.

    Raises RowError where a final agreement is asked for and reasons stand against it, or any error of `build`.
    """
    if how.final:
        foresee(agreement, name, row, library, how)  # what is refused need not be built first
    built = [
        (
            one,
            build(
                one.agreement,
                library,
                how.template,
                as_of=how.as_of,
                name=_document(name, one),
                final=how.final,
                appendix="separate" if how.separate else "inside",
                embed=how.embed,
            ),
        )
        for one in instruments(agreement, library)
    ]
    facts = _facts([(one, each.report) for one, each in built], row, how)
    files: dict[str, bytes] = {}
    for _, each in built:
        stem = each.report.document.removesuffix(".docx")
        files[f"{stem}.docx"] = each.word
        files[f"{stem}.compliance.json"] = (
            json.dumps(each.report.to_json(), indent=2, ensure_ascii=False) + "\n"
        ).encode()
        files[f"{stem}.record.yaml"] = to_text(each.record).encode()
        if each.appendix is not None:
            files[f"{stem}.appendix.docx"] = each.appendix
    return Made(files, facts)


def foresee(agreement: Agreement, name: str, row: int, library: Library, how: How) -> Made:
    """Return what `make` would tell of one row, without making its files; raises as `make` does."""
    reports: list[tuple[Instrument, Report]] = []
    for one in instruments(agreement, library):
        selection = select(one.agreement, library, how.as_of)
        wording = Wording(one.agreement, library.states)
        record = record_of(one.agreement, selection, wording, tool=__version__, final=how.final)
        reports.append((one, predicted(_document(name, one), one.agreement, record, library)))
    return Made({}, _facts(reports, row, how))


def _document(name: str, one: Instrument) -> str:
    return f"{name}-{one.name}.docx" if one.name else f"{name}.docx"


def _facts(reports: Sequence[tuple[Instrument, Report]], row: int, how: How) -> tuple[Facts, ...]:
    below = below_the_floor({one.title: report for one, report in reports})
    facts = tuple(_told(one, report, below[one.title]) for one, report in reports)
    if how.final:
        faults = [(one.title, reason) for one in facts for reason in one.reasons]
        if faults:
            raise RowError(*(_against(row, title, reason) for title, reason in faults))
    return facts


def _against(row: int, title: str, reason: str) -> RowFault:
    which = f" {title}:" if title else ""
    mend = "Answer it in the roster or the base, or build without --final for a draft that shows it."
    return RowFault(row, "", "", "", f"no final agreement:{which} {reason}", mend)


def _told(one: Instrument, report: Report, below: list[str]) -> Facts:
    parties = one.agreement.parties
    counts: dict[str, Counter[str]] = {}
    for rubric in report.rubrics:
        counts.setdefault(_group(rubric.id, rubric.force), Counter())
    forces = {rubric.id: rubric.force for rubric in report.rubrics}
    for line in report.requirements:
        if line.status in COUNTED:
            counts[_group(line.rubric, forces[line.rubric])][line.status] += 1
    return Facts(
        name=report.document.removesuffix(".docx"),
        title=one.title,
        state=one.agreement.document.state,
        parties=tuple(party.short_name for party in (*parties.districts, *parties.agencies)),
        counts={rubric: {status: by[status] for status in COUNTED} for rubric, by in counts.items()},
        findings=len(report.findings),
        reasons=(*report.reasons_against_final(), *below),
    )


def _group(rubric: str, force: str) -> str:
    # Each state has a rubric of its own; side by side they would make two hundred columns, nearly all empty.
    return "law" if force == "law" else rubric
