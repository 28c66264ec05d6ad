"""Many agreements side by side: what the matrix holds, and the files that it is written to."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from rollup.madeup import NASTY, matrix, row
from wordedit import control, edited, packed, parts_of, replace_word

from mou_builder.build import Built
from mou_builder.cli import files
from mou_builder.errors import TemplateError
from mou_builder.library import Library
from mou_builder.record import to_text
from mou_builder.rollup import Cell, Problem
from mou_builder.rollup.matrix import STATUSES
from mou_builder.rollup.oscal import NAMESPACE, to_oscal
from mou_builder.rollup.page import CODES, to_page
from mou_builder.rollup.table import FACTS, problems_to_csv, to_csv
from mou_builder.rollup.workbook import to_workbook

Run = Callable[..., tuple[int, str, str]]
TEMPLATE = (ROOT / "templates" / "rollup.html").read_text(encoding="utf-8")
RESULTS = {"rollup.csv", "rollup.xlsx", "rollup.html", "rollup.oscal.json", "problems.csv"}


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def data_of(page: bytes) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.S)
    assert found
    return json.loads(found[1])


@pytest.fixture(autouse=True)
def loaded_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command here take the library that is loaded already; nothing in these tests changes it."""
    monkeypatch.setattr(files, "library_at", lambda *_: library)


@pytest.fixture
def folder(tmp_path: Path, built: Built) -> Path:
    """A folder as a state agency has it: built, returned with changes, without its record, damaged, and not ours."""
    made = tmp_path / "signed"
    (made / "returned").mkdir(parents=True)
    (made / "first_mou.docx").write_bytes(built.word)
    changed = edited(built.word, lambda body: replace_word(control(body, "us/roles/discipline"), "no", "some"))
    (made / "returned" / "first_mou.docx").write_bytes(changed)
    (made / "returned" / "scan.docx").write_bytes(b"%PDF-1.7 a scan")
    (made / "returned" / "cut.docx").write_bytes(built.word[:4000])
    (made / "~$first_mou.docx").write_bytes(b"a lock of Word")
    (made / "first_mou.summary.docx").write_bytes(b"whatever goes with the agreement")
    return made


def test_folder_becomes_a_matrix(folder: Path, tmp_path: Path, built: Built, run: Run) -> None:
    """Each agreement is a row, at any depth; a file that cannot be read is named with its mend and stops no other."""
    code, said, told = run("rollup", str(folder), "--out", str(tmp_path / "out"), "--workers", "1")

    assert code == 1
    assert {one.name for one in (tmp_path / "out").iterdir()} - {".mou-builder.json"} == RESULTS
    first, second = table((tmp_path / "out" / "rollup.csv").read_bytes())
    assert (first["File"], first["Version"]) == ("first_mou.docx", "1 of 2")
    assert (second["File"], second["Version"]) == ("returned/first_mou.docx", "2 of 2")
    assert (first["S1.6"], second["S1.6"]) == ("met", "altered")
    assert (first["Altered clauses"], second["Altered clauses"]) == ("0", "1")
    assert first["Parties"] == "Larkmoor Schools and Larkmoor Police" and first["Term ends"] == "2028-07-31"
    assert first["Next review by"] == "2027-02-28"
    assert {one.id: one.status for one in built.report.requirements}.items() <= first.items()
    problems = table((tmp_path / "out" / "problems.csv").read_bytes())
    assert [one["File"] for one in problems] == ["returned/cut.docx", "returned/scan.docx"]
    assert "returned/scan.docx: this is not a Word file (.docx)." in told and "Passed over: 1 file" in told
    assert "2 agreements by" in said and "legally sufficient" in said


def test_record_beside_a_file_is_used(tmp_path: Path, built: Built, run: Run) -> None:
    """An agreement that carries no record is read by the .record.yaml of its name; without it, it is a problem."""
    bare = {name: part for name, part in parts_of(built.word).items() if not name.startswith("customXml/item1")}
    (tmp_path / "a.docx").write_bytes(packed(bare))
    (tmp_path / "a.record.yaml").write_text(to_text(built.record), encoding="utf-8")
    assert run("rollup", str(tmp_path))[0] == 0
    assert table((tmp_path / "rollup.csv").read_bytes())[0]["S1.6"] == "met"
    assert table((tmp_path / "problems.csv").read_bytes()) == []

    (tmp_path / "a.record.yaml").rename(tmp_path / "b.record.yaml")
    (tmp_path / "c.docx").write_bytes(built.word)
    code, _, told = run("rollup", str(tmp_path))
    assert code == 1
    assert "a.docx: it was not built here, or its record of answers was lost or damaged." in told
    assert "put its record beside it as a.record.yaml" in told


def test_unusable_folders_are_refused(tmp_path: Path, run: Run) -> None:
    """No folder, a file, or a folder without agreements: one message, exit code 2, nothing written."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.docx").write_bytes(b"PK nothing")

    assert "there is no such folder" in run("rollup", str(tmp_path / "none"))[2]
    assert run("rollup", str(tmp_path / "empty"))[0] == 2
    code, _, told = run("rollup", str(tmp_path / "bad"))
    assert code == 2
    assert "none of its Word files could be read" in told and "x.docx" in told
    assert [one.name for one in (tmp_path / "bad").iterdir()] == ["x.docx"]


def test_results_of_others_are_not_overwritten(tmp_path: Path, built: Built, run: Run) -> None:
    """A rollup.csv that somebody has worked in stays as it is, unless --force is given."""
    (tmp_path / "a.docx").write_bytes(built.word)
    (tmp_path / "rollup.csv").write_text("my notes")
    code, _, told = run("rollup", str(tmp_path))

    assert code == 2 and "--force" in told
    assert (tmp_path / "rollup.csv").read_text() == "my notes"


def test_workbook_is_left_out_without_its_extra(
    tmp_path: Path, built: Built, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where openpyxl is not installed the other results are written, and a note names the command that installs it."""
    (tmp_path / "a.docx").write_bytes(built.word)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _, told = run("rollup", str(tmp_path), "--out", str(tmp_path / "out"))

    assert code == 0
    assert "pip install 'mou-builder[xlsx]'" in told
    assert {one.name for one in (tmp_path / "out").iterdir()} - {".mou-builder.json"} == RESULTS - {"rollup.xlsx"}


@pytest.mark.wide
def test_processes_change_nothing(folder: Path, tmp_path: Path, run: Run) -> None:
    """One process or two give the same bytes, in every file."""
    for workers in ("1", "2"):
        assert run("rollup", str(folder), "--out", str(tmp_path / workers), "--workers", workers)[0] == 1
    results = [{name: (tmp_path / workers / name).read_bytes() for name in RESULTS} for workers in ("1", "2")]

    assert results[0] == results[1]


def test_columns_are_what_at_least_one_agreement_was_asked(library: Library) -> None:
    """A cell of a rubric that was not asked is empty, which is not the same as "not applicable"."""
    ids = [one.id for rubric in library.rubrics for one in rubric.requirements]
    made = matrix(
        library, [row(1, {ids[0]: Cell("not applicable")}), row(2, {ids[2]: Cell("missing"), ids[0]: Cell("met")})]
    )
    first, second = table(to_csv(made))

    assert [one.id for one in made.columns] == [ids[0], ids[2]]
    assert (first[ids[0]], first[ids[2]]) == ("not applicable", "")
    assert (second[ids[0]], second[ids[2]]) == ("met", "missing")
    assert [one["cells"] for one in data_of(to_page(made, TEMPLATE))["rows"]] == ["z.", "mx"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "\r"])
def test_no_cell_is_taken_for_a_formula(start: str, library: Library) -> None:
    """A party called like a formula is shown, not run: with an apostrophe before it in CSV, as text in Excel."""
    name = f'{start}HYPERLINK("http://example.invalid")'
    made = matrix(library, [row(1, parties=name)], [Problem(name, name, name)])
    sheet = openpyxl.load_workbook(io.BytesIO(to_workbook(made)))["Agreements"]

    assert table(to_csv(made))[0]["Parties"] == f"'{name}"
    assert table(problems_to_csv(made))[0]["File"] == f"'{name}"
    assert sheet.cell(2, 4).data_type == "s"


def test_workbook_shows_what_people_expect(library: Library) -> None:
    """Real dates and numbers, filters, headings that stay, a sheet on each requirement, and one on how to read it."""
    made = matrix(library, [row(1), row(2, {"S1.2": Cell("missing")}, ends="undecided")])
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(made)))
    sheet = book["Agreements"]
    headings = [cell.value for cell in sheet[1]]

    assert book.sheetnames == ["Agreements", "Requirements", "Not read", "How to read this"]
    assert headings == [*FACTS, "S1.1", "S1.2"]
    ends = sheet.cell(2, headings.index("Term ends") + 1)
    assert ends.value == datetime(2028, 7, 31) and ends.number_format == "mmm d, yyyy"
    assert sheet.cell(3, headings.index("Term ends") + 1).value == "undecided"
    assert sheet.cell(2, headings.index("Provisions met") + 1).value == 1
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:W3")
    assert [cell.value for cell in book["Requirements"]["A"]] == ["Id", "S1.1", "S1.2"]


def test_same_matrix_gives_the_same_bytes(library: Library) -> None:
    """No file holds the moment at which it was written, the workbook included."""
    made = matrix(library, [row(1), row(2)], [Problem("a.docx", "damaged.")])

    for write in (to_csv, to_workbook, to_oscal, lambda one: to_page(one, TEMPLATE)):
        assert write(made) == write(made)
    assert b"2026-07-01T00:00:00Z" in re.sub(rb"\s", b"", _core(to_workbook(made)))


def _core(workbook: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return archive.read("docProps/core.xml")


def test_oscal_holds_a_result_for_each_agreement(library: Library) -> None:
    """Metadata, results, observations, findings with targets: each uuid once, and every reference leads somewhere."""
    cells = {
        "S1.1": Cell("met", "not attested", "1.1"),
        "S1.2": Cell("altered", note="Judge."),
        "S1.3": Cell("not applicable"),
    }
    told = json.loads(to_oscal(matrix(library, [row(1, cells, file="a b:é.docx"), row(2)])))["assessment-results"]
    result = told["results"][0]
    states = {one["target"]["target-id"]: one["target"]["status"]["state"] for one in result["findings"]}
    uuids = re.findall(r'"uuid": "([^"]+)"', json.dumps(told))

    assert told["metadata"]["last-modified"] == "2026-07-01T00:00:00Z"
    assert states == {"S1.1": "satisfied", "S1.2": "not-satisfied"}
    assert result["reviewed-controls"]["control-selections"][0]["exclude-controls"] == [{"control-id": "S1.3"}]
    assert result["findings"][0]["related-observations"] == [{"observation-uuid": result["observations"][0]["uuid"]}]
    assert len(set(uuids)) == len(uuids) and all(uuid.UUID(one).version == 5 for one in uuids)
    resources = {one["uuid"]: one for one in told["back-matter"]["resources"]}
    assert told["import-ap"]["href"].removeprefix("#") in resources
    file = resources[result["observations"][0]["subjects"][0]["subject-uuid"]]
    assert file["rlinks"][0]["href"] == "./a%20b%3A%C3%A9.docx"
    assert {one["ns"] for one in result["props"]} == {NAMESPACE}


def test_page_stands_alone(library: Library) -> None:
    """One file: no address of another machine, no script but its own, and names of parties stay words."""
    page = to_page(matrix(library, [row(1, parties=NASTY, file=f"{NASTY}.docx")]), TEMPLATE)
    text = page.decode()

    assert not re.search(r"(?:src|href|url|@import)\s*[=(]?\s*[\"']?\s*(?:https?:)?//", text)
    assert "default-src 'none'; script-src 'sha256-" in text
    assert text.count("</script>") == 2 and "taken" in text and "<b>" not in re.sub(r"<script>.*", "", text, flags=re.S)
    assert data_of(page)["rows"][0]["parties"] == NASTY


def test_a_file_that_is_not_the_page_is_refused(library: Library) -> None:
    """A template without a place for the data would give a page that shows nothing."""
    with pytest.raises(TemplateError, match=r"rollup\.html: it is not the page"):
        to_page(matrix(library, [row(1)]), "<html></html>")


def _colors() -> list[dict[str, str]]:
    """Return the colors of the page, for light and for dark screens."""
    return [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))
        for part in re.findall(r":root \{(.*?)\}", TEMPLATE, re.S)[:2]
    ]


def _light(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_sign_can_be_read_on_its_color(scheme: int) -> None:
    """Letters stand out from what they stand on as accessibility asks (4.5 to 1), on light and on dark screens."""
    colors = _colors()[scheme]
    pairs = [(code, f"{code}-ink") for code in CODES.values()]
    pairs += [(back, front) for back in ("bg", "panel") for front in ("ink", "muted", "focus")]

    assert {
        pair: _contrast(colors[pair[0]], colors[pair[1]])
        for pair in pairs
        if _contrast(colors[pair[0]], colors[pair[1]]) < 4.5
    } == {}


@pytest.mark.parametrize("scheme", [0, 1])
def test_statuses_stay_apart_without_red_and_green(scheme: int) -> None:
    """As people with deuteranopia see them, what is missing, altered and met differ much; each has its own sign too."""
    colors = _colors()[scheme]
    seen = {code: _as_deuteranope(colors[code]) for code in ("x", "a", "m")}

    for one, other in (("x", "a"), ("x", "m"), ("a", "m")):
        assert sum((p - q) ** 2 for p, q in zip(seen[one], seen[other], strict=True)) ** 0.5 > 60, (one, other)
    assert len({sign for sign, _ in STATUSES.values()}) == len(STATUSES) == len(set(CODES.values()))


def _as_deuteranope(color: str) -> tuple[float, ...]:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return (
        0.367 * red + 0.861 * green - 0.228 * blue,
        0.280 * red + 0.673 * green + 0.047 * blue,
        -0.012 * red + 0.043 * green + 0.969 * blue,
    )


def test_a_fault_of_this_tool_costs_one_file_only(
    tmp_path: Path, built: Built, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a bug stops no other file: the agreement is named, with what a person can do."""
    from mou_builder.cli import gathering

    real = gathering._row
    (tmp_path / "a.docx").write_bytes(built.word)
    shutil.copy(tmp_path / "a.docx", tmp_path / "b.docx")

    def faulty(file: Path, *rest: Any) -> Any:
        if file.name == "a.docx":
            raise RuntimeError("a bug")
        return real(file, *rest)

    monkeypatch.setattr(gathering, "_row", faulty)
    code, _, told = run("rollup", str(tmp_path))

    assert code == 1
    assert "a.docx: it could not be read, by a fault of this tool (RuntimeError: a bug). Report this as a bug" in told
