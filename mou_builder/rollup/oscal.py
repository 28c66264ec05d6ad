"""Write the matrix in the shape of NIST's OSCAL assessment results, for programs that collect such files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from mou_builder.report.shapes import Status
from mou_builder.rollup.matrix import Column, Matrix
from mou_builder.rollup.row import AgreementRow, Cell

OSCAL = "1.1.3"
"""The version of OSCAL after whose shape the file is made."""

NAMESPACE = "https://mou-builder.org/oscal/1"
"""Marks the properties that are this tool's own words, such as its statuses."""

_SATISFIED: frozenset[Status] = frozenset({"met", "attested"})
_FAILED: frozenset[Status] = frozenset({"missing", "not attested"})


def to_oscal(matrix: Matrix) -> bytes:
    """Return the matrix as JSON of the shape of OSCAL assessment results; one result for each agreement, a line each."""
    plan = _uuid("plan")
    head = {
        "uuid": _uuid("rollup", *(f"{row.file} {row.digest}" for row in matrix.rows)),
        "metadata": {
            "title": "Agreements on police in schools: which requirements their text meets",
            "last-modified": _moment(matrix.days[1]),
            "version": matrix.tool,
            "oscal-version": OSCAL,
            "remarks": "Shaped like OSCAL assessment results; not validated against its schema. No status means that an "
            "agreement is legally sufficient. Each agreement is judged as of the day that it was built for.",
        },
        "import-ap": {"href": f"#{plan}"},
    }
    resources = [
        {
            "uuid": plan,
            "title": "No assessment plan",
            "description": "There is none: every requirement of every rubric that is for an agreement was looked at.",
        },
        *(_requirement(column) for column in matrix.columns),
        *(_resource(row) for row in matrix.rows),
    ]
    # One agreement at a time: a thousand of them have some hundred thousand findings.
    results = ",\n".join(_line(_result(row, matrix)) for row in matrix.rows)
    text = _line(head)[:-1] + f',\n"results": [\n{results}\n],\n"back-matter": {_line({"resources": resources})}}}'
    return f'{{"assessment-results": {text}}}\n'.encode()


def _result(row: AgreementRow, matrix: Matrix) -> dict[str, Any]:
    observation = _uuid("observation", row.file, row.digest)
    asked = [column for column in matrix.columns if column.id in row.cells]
    ruled_out = [one.id for one in asked if row.cells[one.id].status == "not applicable"]
    selection = {"include-controls": [{"control-id": one.id} for one in asked if one.id not in ruled_out]}
    if ruled_out:
        selection["exclude-controls"] = [{"control-id": id} for id in ruled_out]
    return {
        "uuid": _uuid("result", row.file, row.digest),
        "title": f"{row.title}: {row.parties}",
        "description": f"What the text of {row.file} says, as of {row.as_of.isoformat()}.",
        "start": _moment(row.as_of),
        "props": [_own(name, str(value)) for name, value in _facts(row) if value not in ("", None)],
        "reviewed-controls": {"control-selections": [selection]},
        "observations": [
            {
                "uuid": observation,
                "title": "The Word file was read",
                "description": f"{row.altered} of its clauses were altered, {row.missing} are missing, and the parties keep "
                f"wording of their own in {row.kept} sections; {row.errors} errors and {row.warnings} warnings.",
                "methods": ["EXAMINE"],
                "subjects": [{"subject-uuid": _uuid("file", row.file, row.digest), "type": "resource"}],
                "collected": _moment(row.as_of),
            }
        ],
        "findings": [*_findings(row, asked, observation)],
    }


def _facts(row: AgreementRow) -> Iterator[tuple[str, object]]:
    yield from (("state", row.state), ("effective", row.starts), ("term-ends", row.ends))
    yield from (("standing", "final" if row.final else "draft"), ("provisions-met", row.met), ("provisions", row.of))


def _findings(row: AgreementRow, asked: list[Column], observation: str) -> Iterator[dict[str, Any]]:
    for column in asked:
        cell = row.cells[column.id]
        if cell.status != "not applicable":
            yield {
                "uuid": _uuid("finding", row.file, row.digest, column.id),
                "title": column.id,
                "description": f"{column.id} is {cell.status}.",
                "target": _target(column, cell),
                "related-observations": [{"observation-uuid": observation}],
            }


def _target(column: Column, cell: Cell) -> dict[str, Any]:
    """Return the target of a finding: OSCAL knows two states; the tool's own status stands beside them as a property."""
    satisfied = cell.status in _SATISFIED
    reason = "pass" if satisfied else "fail" if cell.status in _FAILED else "other"
    status = {"state": "satisfied" if satisfied else "not-satisfied", "reason": reason}
    if cell.note:
        status["remarks"] = cell.note
    props = [_own("status", cell.status)]
    props += [_own("practice", cell.practice)] if cell.practice else []
    props += [_own("sections", cell.sections)] if cell.sections else []
    return {"type": "statement-id", "target-id": column.id, "props": props, "status": status}


def _requirement(column: Column) -> dict[str, Any]:
    """Return what is known of a requirement; the findings name it by its id alone, for there are very many of them."""
    one = column.requirement
    props = [_own("rubric", column.rubric.id), _own("force", one.force), _own("level", one.level)]
    props += [_own("evidence", one.evidence), _own("seen", one.seen.isoformat())]
    props += [_own("citation", one.cite)] if one.cite else []
    return {"uuid": _uuid("requirement", one.id), "title": one.id, "description": one.asks, "props": props}


def _resource(row: AgreementRow) -> dict[str, Any]:
    return {
        "uuid": _uuid("file", row.file, row.digest),
        "title": row.file,
        "rlinks": [{"href": _href(row.file), "hashes": [{"algorithm": "SHA-256", "value": row.digest}]}],
    }


def _href(file: str) -> str:
    """Return a relative path as a URI: what is neither letter nor digit of ASCII is written in percent signs."""
    plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
    # A first step with a colon would be taken for a scheme; it is among what is escaped.
    return "./" + "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in file.encode())


def _own(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _uuid(*names: str) -> str:
    """Return the version-5 UUID of these names in a space of this tool's own: the same names, the same UUID."""
    space = hashlib.sha1(NAMESPACE.encode(), usedforsecurity=False).digest()[:16]
    digest = bytearray(hashlib.sha1(space + "\n".join(names).encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
