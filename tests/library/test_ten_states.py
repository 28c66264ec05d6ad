"""An agreement of each state whose law the library holds: its appendix lists every row of that law, as it stands."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from mou_builder.library import Library

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ROSTER = list(csv.DictReader((EXAMPLES / "ten_states.csv").read_text(encoding="utf-8").splitlines()))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten agreements, as copies to sign."""
    from typer.testing import CliRunner

    from mou_builder.cli.app import app

    out = tmp_path_factory.mktemp("ten")
    words = ["batch", str(EXAMPLES / "ten_states.csv"), "--base", str(EXAMPLES / "first_mou.yaml"), "--out", str(out)]
    done = CliRunner().invoke(app, [*words, "--as-of", "2026-08-01", "--final", "--workers", "1"])
    assert done.exit_code == 0, done.output
    return out


def rows_of(word: bytes) -> dict[str, list[str]]:
    """Return the cells of the appendix's rows by the requirement that begins them; the first table that has it counts."""
    found: dict[str, list[str]] = {}
    for table in docx.Document(io.BytesIO(word)).tables:
        if [cell.text for cell in table.rows[0].cells][:3] == ["No.", "What is asked", "Status"]:
            for row in table.rows[1:]:
                cells = [cell.text for cell in row.cells]
                found.setdefault(cells[0], cells)
    return found


def test_the_roster_holds_the_ten_states() -> None:
    """One agreement for each state whose law changes texts."""
    assert sorted(row["document.state"] for row in ROSTER) == [
        "AR",
        "DC",
        "IL",
        "KY",
        "MN",
        "NE",
        "OH",
        "UT",
        "VA",
        "WA",
    ]


@pytest.mark.wide
@pytest.mark.parametrize("row", ROSTER, ids=[row["document.state"] for row in ROSTER])
def test_the_appendix_lists_each_row_of_law_with_citation_status_and_day(
    row: dict[str, str], built: Path, library: Library
) -> None:
    """Each row that is in force stands there: what is read is met or a practice, what is unread is to verify."""
    word = (built / f"{row['file']}.docx").read_bytes()
    report = json.loads((built / f"{row['file']}.compliance.json").read_text(encoding="utf-8"))
    status = {one["id"]: one for one in report["requirements"]}
    shown = rows_of(word)
    rubric = next(one for one in library.rubrics if one.id == f"us-{row['document.state'].lower()}-law")
    asked = [one for one in rubric.requirements if one.id in status]

    assert len(asked) >= 8
    for one in asked:
        cells = shown[one.id]
        assert cells[1] == one.asks
        assert cells[2].startswith(status[one.id]["status"])
        assert (
            f"{'to be verified:' if one.unread and status[one.id]['status'] == 'verify' else 'required by'} {one.cite}"
            in cells[4]
        )
        assert "seen November 21, 2026" in cells[4]
        assert status[one.id]["status"] in ("met", "verify", "attested", "not attested", "not applicable"), one.id
        assert (status[one.id]["status"] == "verify") is (one.unread and status[one.id]["status"] != "not applicable")


@pytest.mark.wide
def test_what_is_to_do_outside_the_paper_stands_in_the_appendix(built: Path) -> None:
    """Each task has its row with owner and time."""
    report = json.loads((built / "virginia.compliance.json").read_text(encoding="utf-8"))
    tasks = {one["id"]: one["task"] for one in report["requirements"] if one["task"]}
    words = "\n".join(
        "\t".join(cell.text for cell in line.cells)
        for table in docx.Document(str(built / "virginia.docx")).tables
        for line in table.rows
    )

    assert tasks
    for task in tasks.values():
        assert task["what"] in words and task["when"] in words and task["owner"] in words
