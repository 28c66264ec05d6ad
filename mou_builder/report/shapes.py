"""The Report: what a reader of the agreement may rely on, as plain values with one fixed JSON shape (docs/report.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

State = Literal["unaltered", "altered", "missing"]
FoundBy = Literal["bookmark", "control", "text", ""]
ChangeKind = Literal["modal verb", "number", "time limit", "negation", "exception", "party"]
Status = Literal["met", "altered", "missing", "waived", "attested", "not attested", "not applicable", "verify"]


@dataclass(frozen=True)
class ClauseRow:
    """What became of one clause."""

    id: str
    version: int
    slot: str
    section: str
    bookmark: str
    state: State
    why: tuple[str, ...]
    heading: str
    published: bool
    open: tuple[str, ...] = ()
    difference: str | None = None
    moved_from: str = ""
    """The section that it was built as, where people have moved it since; else empty."""
    found_by: FoundBy = ""
    """How the file's clause was found: by its bookmark, its content control, or by the likeness of its words."""
    confidence: float | None = None
    """For a clause found by its words: how much of them agree, from 0 to 1."""
    changed: tuple[ChangeKind, ...] = ()
    """What kinds of words an alteration touched."""
    local: str = ""
    """Why the parties keep wording of their own in place of the library's; empty where they do not."""


@dataclass(frozen=True)
class TaskRow:
    """Something to do outside the paper: file, post, report, train, hear the public."""

    what: str
    kind: str
    owner: str
    """The party or parties who do it, by their short names."""
    when: str


@dataclass(frozen=True)
class RequirementRow:
    """One requirement's status, and the clauses it rests on."""

    id: str
    rubric: str
    step: int
    asks: str
    kind: str
    force: str
    level: str
    evidence: str
    status: Status
    practice: Literal["attested", "not attested"] | None
    clauses: tuple[ClauseRow, ...]
    note: str
    cite: str = ""
    """Where a law says it; empty for guidance, which its rubric names."""
    seen: date | None = None
    """The day on which somebody last looked at its sources."""
    task: TaskRow | None = None
    """What is to do outside the paper."""

    @property
    def blocks_final(self) -> bool:
        """Whether a final agreement is refused for it: recommended rows and practices never block."""
        if self.level != "required":
            return False
        # Wording that the parties knowingly keep is counsel's to judge, with its reason; it is not left undecided.
        return self.status == "missing" or (
            self.status == "altered" and any(one.state == "altered" for one in self.clauses)
        )


@dataclass(frozen=True)
class RubricRow:
    """How many provisions of one rubric the text meets."""

    id: str
    force: str
    met: int
    of: int


@dataclass(frozen=True)
class LayerRow:
    """One value that a law, a grant or a policy sets for an answer."""

    requirement: str
    rubric: str
    force: str
    cite: str
    limit: str
    evidence: str
    verify: bool
    seen: date


@dataclass(frozen=True)
class LimitRow:
    """An answer for which law, grant or policy set a value: which of them governs, why, and what the agreement says."""

    answer: str
    title: str
    says: str
    governs: str
    """Requirement whose value governs; empty where none was read in its text."""
    why: str
    kept: str
    """``yes``, ``no``, ``open`` while the answer is undecided, ``verify`` while nobody has read the law's text."""
    layers: tuple[LayerRow, ...]


@dataclass(frozen=True)
class Finding:
    """Something to mend (error) or to look at (warning)."""

    code: str
    level: Literal["error", "warning"]
    message: str
    where: str


@dataclass(frozen=True)
class AddedText:
    """Words that the parties put between the agreement's own sections, and where."""

    text: str
    section: str
    """Its number as printed, or empty."""
    after: str
    """Heading of the section before it."""


@dataclass(frozen=True)
class Report:
    """Everything `check` knows of one agreement."""

    document: str
    as_of: date
    tool: str
    rubrics: tuple[RubricRow, ...]
    requirements: tuple[RequirementRow, ...]
    clauses: tuple[ClauseRow, ...]
    findings: tuple[Finding, ...]
    defaults_taken: tuple[dict[str, str], ...] = ()
    undecided: tuple[dict[str, str], ...] = ()
    confirm: tuple[dict[str, str], ...] = ()
    waivers: tuple[dict[str, str], ...] = ()
    attestations: tuple[dict[str, str], ...] = field(default=())
    notes: tuple[dict[str, str], ...] = ()
    """What no answer and no edit can mend, such as law that no rubric of the library holds; the appendix prints it."""
    added: tuple[AddedText, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    """The answers that law, grants or policies limit, where they have more than one source the strictest first."""
    kept: tuple[dict[str, str], ...] = ()
    """The sections that the parties changed, added or left out and keep so, each with its reason."""

    def to_json(self) -> dict[str, Any]:
        """Return the report in the shape that docs/report.md describes (version 1)."""
        return {
            "schema": 1,
            "document": self.document,
            "as_of": self.as_of.isoformat(),
            "tool": self.tool,
            "rubrics": [asdict(row) for row in self.rubrics],
            "requirements": [_requirement(row) for row in self.requirements],
            "clauses": [
                {
                    "id": row.id,
                    "version": row.version,
                    "section": row.section,
                    "state": row.state,
                    "why": list(row.why),
                    "bookmark": row.bookmark,
                    "published": row.published,
                    "difference": row.difference,
                    "moved": {"from": row.moved_from} if row.moved_from else None,
                    "found_by": row.found_by,
                    "confidence": row.confidence,
                    "changed": list(row.changed),
                    "local": row.local,
                }
                for row in self.clauses
            ],
            "findings": [asdict(finding) for finding in self.findings],
            "defaults_taken": list(self.defaults_taken),
            "undecided": list(self.undecided),
            "confirm": list(self.confirm),
            "waivers": list(self.waivers),
            "attestations": list(self.attestations),
            "notes": list(self.notes),
            "added": [asdict(one) for one in self.added],
            "kept": list(self.kept),
            "limits": [_limit(one) for one in self.limits],
        }

    def reasons_against_final(self) -> Iterator[str]:
        """Yield, in words, everything for which a final agreement is refused."""
        for item in self.undecided:
            yield f"undecided: {item['question']} ({item['answer']}): {item['why']}"
        for item in self.confirm:
            yield f"to be confirmed: {item['answer']}: {item['why']}"
        for finding in self.findings:
            if finding.level == "error":
                yield f"{finding.code}: {finding.message}"
        for row in self.requirements:
            if row.blocks_final:
                note = f" ({row.note})" if row.note else ""
                yield f"{row.id} is {row.status}: {row.asks}{note}"


def _requirement(row: RequirementRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "rubric": row.rubric,
        "step": row.step,
        "asks": row.asks,
        "kind": row.kind,
        "force": row.force,
        "level": row.level,
        "evidence": row.evidence,
        "status": row.status,
        "practice": row.practice,
        "clauses": [
            {"id": one.id, "version": one.version, "section": one.section, "bookmark": one.bookmark, "state": one.state}
            for one in row.clauses
        ],
        "note": row.note,
        "cite": row.cite,
        "seen": row.seen.isoformat() if row.seen else None,
        "task": asdict(row.task) if row.task else None,
    }


def _limit(row: LimitRow) -> dict[str, Any]:
    layers = [{**asdict(one), "seen": one.seen.isoformat()} for one in row.layers]
    return {**asdict(row), "layers": layers}
