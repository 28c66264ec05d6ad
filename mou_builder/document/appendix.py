"""Lay out the Report as the tables of the compliance appendix; it adds no fact of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mou_builder.library import Library, Rubric
from mou_builder.library.sources import Source
from mou_builder.report.shapes import LimitRow, Report, RequirementRow
from mou_builder.wording import in_date

_KIND = {"provision": "provision", "practice": "practice", "both": "provision and practice"}
_FORCE = {"guidance": "guidance", "law": "law", "grant": "grant term", "local": "local policy"}


def appendix_of(report: Report, library: Library) -> dict[str, Any]:
    """Return the values that the appendix of the template prints."""
    rows = {row.id: row for row in report.requirements}
    known = {rubric.id: rubric for rubric in library.rubrics}
    asked = [(known[count.id], count) for count in report.rubrics]
    return {
        "rubrics": [
            {
                "title": rubric.short_title,
                "force": _FORCE[rubric.force],
                "met": count.met,
                "of": count.of,
                "status": _one(rubric.status),
                "unverified": _one(rubric.unverified),
                "rows": [_row(rows[one.id]) for one in rubric.requirements if one.id in rows],
            }
            for rubric, count in asked
        ],
        "steps": [step for rubric, _ in asked for step in _steps(rubric, report)],
        "limits": [_limit(one) for one in report.limits],
        "tasks": [_task(one) for one in report.requirements if one.task],
        "kept": [_kept(one) for one in report.kept],
        "waivers": [{**one, "on": _day(one["on"])} for one in report.waivers],
        "attestations": [{**one, "on": _day(one["on"])} for one in report.attestations],
        # The same default taken at several places is one line.
        "defaults": list({(one["question"], one["value"]): one for one in report.defaults_taken}.values()),
        "used": [
            {
                "slot": row.slot,
                "heading": row.heading,
                "cite": f"{row.id}@{row.version}",
                "standing": "of the parties" if row.local else "published" if row.published else "draft text",
            }
            for row in report.clauses
        ],
        "sources": list(_sources(report, library, [rubric for rubric, _ in asked])),
        "notes": [{**one, "about": "Pack" if one["code"] == "W-PACK" else "State law"} for one in report.notes],
    }


_DONE = {"changed": "changed", "added": "added", "left-out": "left out"}


def _kept(one: Mapping[str, str]) -> Mapping[str, Any]:
    agreed = f"first agreed {_day(one['agreed_on'])}" if one["agreed_on"] else ""
    both = "both texts are shown; counsel must choose" if one["use"] == "both" else ""
    stands = f"in place of {one['instead_of']}" if one["instead_of"] and one["kind"] == "changed" else one["instead_of"]
    return {
        **one,
        "numbered": bool(one["section"]),
        "done": _DONE[one["kind"]],
        "basis": "; ".join(part for part in (stands, agreed, both) if part),
    }


def _row(row: RequirementRow) -> Mapping[str, Any]:
    status = row.status if row.practice is None else f"{row.status}; practice {row.practice}"
    return {
        "id": row.id,
        "asks": row.asks,
        "status": status,
        "note": row.note,
        "clauses": [{"slot": one.slot} for one in row.clauses],
        "cites": ", ".join(f"{one.id}@{one.version}" for one in row.clauses),
        "law": f"{'to be verified:' if row.status == 'verify' else _LAW[row.force]} {row.cite}" if row.cite else "",
        "basis": f"{_KIND[row.kind]}; {row.level}; evidence: {row.evidence}"
        + (f"; seen {in_date(row.seen)}" if row.force == "law" and row.seen else ""),
    }


_LAW = {"law": "required by", "grant": "term of", "local": "policy", "guidance": "aligned with"}


def _limit(row: LimitRow) -> Mapping[str, Any]:
    return {
        "title": row.title,
        "says": row.says,
        "kept": _KEPT[row.kept],
        "why": f"{row.governs}: {row.why}" if row.governs else row.why,
        "layers": [
            f"{one.requirement}, {_FORCE[one.force]} ({one.cite}): {one.limit}{'; verify' if one.verify else ''}; "
            f"seen {in_date(one.seen)}"
            for one in row.layers
        ],
    }


_KEPT = {"yes": "kept", "no": "not kept", "open": "open", "verify": "verify"}


def _task(row: RequirementRow) -> Mapping[str, Any]:
    task = row.task
    if task is None:
        raise ValueError(row.id)
    return {
        "id": row.id,
        "what": task.what,
        "owner": task.owner,
        "when": task.when,
        "basis": f"{_LAW[row.force]} {row.cite or row.rubric}"
        if row.status != "verify"
        else f"verify: {row.cite or row.rubric}",
        "status": row.practice or (row.status if row.kind == "practice" else ""),
    }


def _steps(rubric: Rubric, report: Report) -> Iterator[Mapping[str, Any]]:
    for step in rubric.steps:
        rows = [row for row in report.requirements if row.rubric == rubric.id and row.step == step.number]
        provisions = [row for row in rows if row.kind != "practice" and row.status not in ("verify", "not applicable")]
        practices = [row for row in rows if row.kind != "provision" and row.status not in ("verify", "not applicable")]
        if rows:
            name = f"Step {step.number}. {step.title}" if rubric.id.startswith("secure") and step.number else step.title
            yield {
                "title": name,
                "met": sum(row.status == "met" for row in provisions),
                "of": len(provisions),
                "attested": sum("attested" in (row.status, row.practice) for row in practices),
                "practices": len(practices),
            }


def _sources(report: Report, library: Library, asked: Sequence[Rubric]) -> Iterator[Mapping[str, str]]:
    """Every source once, with all that rests on it: the rubrics' first, then the clauses'."""
    cited: dict[tuple[str, str], list[tuple[Source, str]]] = {}
    for rubric in asked:
        for source in rubric.sources.values():
            cited.setdefault((source.cite, source.url), []).append((source, rubric.id))
    for row in report.clauses:
        clause = library.clause(row.id, row.version)
        for one in clause.written.sources if clause else ():
            cited.setdefault((one.cite, one.url), []).append((one, row.section))
    for (cite, url), uses in cited.items():
        yield {
            "cite": cite,
            "url": url,
            "evidence": ", ".join(dict.fromkeys(source.evidence for source, _ in uses)),
            "used_by": ", ".join(dict.fromkeys(place for _, place in uses)),
            "seen": in_date(max(source.seen for source, _ in uses)),
        }


def _day(iso: str) -> str:
    return in_date(date.fromisoformat(iso))


def _one(text: str) -> str:
    """Return a block of sentences as one paragraph."""
    return " ".join(text.split())
