"""A roster becomes agreements, row by row; what is done stays done, and what a person changed is never overwritten."""

from __future__ import annotations

import csv
import gc
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from mou_builder.batch.making import Facts, Made, make
from mou_builder.build import Built
from mou_builder.cli.batch.keeping import Keeper
from mou_builder.cli.batch.work import Bench
from mou_builder.model import Agreement

Run = Callable[..., tuple[int, str, str]]
BASE = str(ROOT / "examples" / "first_mou.yaml")
DAY = ("--as-of", "2026-07-01", "--workers", "1")
ROSTER = """document.state,parties.districts[0].short_name,term.ends,file
OH,Marsh Schools,7/31/2028,marsh-schools
WA,Larkmoor Schools,,answers
ZZ,Vale Schools,2019-07-31,vale-schools
"""
FIRST, SECOND = (f"{name}{{}}" for name in ("marsh-schools", "answers"))
LISTS = {"index.csv", "errors.csv"}
ENDINGS = (".docx", ".compliance.json", ".record.yaml")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return []


def hollow(agreement: Agreement, name: str, *how: object) -> Made:
    """Return files that say nothing, where a test is about what becomes of files."""
    facts = Facts(name, "", agreement.document.state, ("Marsh Schools",), {}, 0, ())
    return Made({f"{name}{ending}": b"made" for ending in ENDINGS}, (facts,))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build hollow files only."""
    monkeypatch.setattr("mou_builder.cli.batch.work.make", hollow)


@pytest.fixture
def done(once: list[Path], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, run: Run, roster: Path) -> Path:
    """The folder of a batch whose second row is built in earnest; built once for all tests and copied for each."""
    if not once:
        folder = tmp_path_factory.mktemp("done") / "out"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "mou_builder.cli.batch.work.make",
                lambda agreement, name, *how: (make if name == "answers" else hollow)(agreement, name, *how),
            )
            assert run("batch", str(roster), "--base", BASE, "--out", str(folder), *DAY)[0] == 1
        once.append(folder)
    return Path(shutil.copytree(once[0], tmp_path / "out"))


def again(run: Run, roster: Path, folder: Path, *more: str) -> tuple[int, str, str]:
    return run("batch", str(roster), "--base", BASE, "--out", str(folder), *DAY, *more)


def listed(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def seen(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_each_row_becomes_what_build_makes_of_the_same_answers(done: Path, built: Built) -> None:
    """The second row changes nothing in the base, so its agreement is the base's own, byte for byte."""
    assert (done / "answers.docx").read_bytes() == built.word
    names = {one.format(ending) for one in (FIRST, SECOND) for ending in ENDINGS}
    assert seen(done) == names | LISTS


def test_the_lists_tell_a_clerk_what_stands_where_and_what_to_mend(done: Path) -> None:
    """The index counts what is met and what is open; the errors give row, column, value and mend as the spreadsheet shows them."""
    index = listed(done / "index.csv")

    assert [(one["row"], one["name"], one["outcome"], one["state"]) for one in index] == [
        ("2", "marsh-schools", "built", "OH"),
        ("3", "answers", "built", "WA"),
        ("4", "vale-schools", "fault", ""),
    ]
    assert index[1]["files"].split("; ") == [SECOND.format(ending) for ending in ENDINGS]
    assert int(index[1]["secure-local-2016 met"]) > 40 and index[1]["secure-local-2016 missing"] == "0"
    assert int(index[1]["met"]) == sum(
        int(index[1][name]) for name in index[1] if name.endswith(" met") and index[1][name]
    )
    assert listed(done / "errors.csv") == [
        {
            "row": "4",
            "column": "A",
            "heading": "document.state",
            "value": "ZZ",
            "what is wrong": "no state or territory is called 'ZZ'.",
            "mend": "Write its name or two-letter code.",
        }
    ]


def test_rows_that_are_done_are_left_alone_and_a_mended_row_is_built(
    run: Run, done: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command again builds nothing; after the roster is mended, only that row."""
    worked: list[str] = []
    do = Bench.do
    monkeypatch.setattr(Bench, "do", lambda self, jobs: worked.extend(job.name for job in jobs) or do(self, jobs))
    before = {name: (done / name).read_bytes() for name in seen(done)}
    code, out, err = again(run, roster, done)
    assert (code, worked) == (1, ["vale-schools"])
    assert "0 rows built, 2 as before" in out and "row 4, column A (document.state)" in err
    assert {name: (done / name).read_bytes() for name in seen(done)} == before

    worked.clear()
    roster.write_text(ROSTER.replace("ZZ,Vale Schools,2019-07-31,vale-schools", "").rstrip() + "\n", encoding="utf-8")
    assert again(run, roster, done)[0] == 0
    assert worked == [] and "errors.csv" not in seen(done)


def test_an_edited_agreement_is_never_overwritten_unless_asked(run: Run, done: Path, roster: Path, quick: None) -> None:
    """Somebody negotiated in the folder itself: the row is reported, the others go on, and --force builds it anew."""
    file = done / "marsh-schools.docx"
    whole = file.read_bytes()
    file.write_bytes(whole + b"edited")
    code, _, err = again(run, roster, done)
    assert code == 1 and file.read_bytes() == whole + b"edited"
    assert "row 2: marsh-schools.docx was changed since it was built" in err

    roster.write_text("\n".join(ROSTER.splitlines()[:2]), encoding="utf-8")
    code, _, err = again(run, roster, done, "--force")
    assert (code, file.read_bytes()) == (0, b"made")
    assert "No longer in the roster" in err and "answers" in err


def test_ctrl_c_between_two_files_loses_nothing(
    run: Run, tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    """Stopped after the first of a row's three files: exit 130 says how to go on, and the row is built whole then."""
    rename = Path.replace
    count = 0

    def stop(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return rename(self, target)

    folder = tmp_path / "stopped"
    monkeypatch.setattr(Path, "replace", stop)
    code, _, err = again(run, roster, folder)
    assert code == 130 and "run the same command again to go on" in err
    assert seen(folder) == {"marsh-schools.docx"}
    assert not [path.name for path in folder.iterdir() if path.name.endswith((".part", ".lock"))]

    monkeypatch.setattr(Path, "replace", rename)
    (folder / ".mou-batch-x.part").write_bytes(b"what a killed run left behind")
    assert again(run, roster, folder)[0] == 1
    assert seen(folder) == {one.format(ending) for one in (FIRST, SECOND) for ending in ENDINGS} | LISTS
    assert not (folder / ".mou-batch-x.part").exists()


def test_a_dry_run_checks_every_row_and_writes_nothing(run: Run, tmp_path: Path, roster: Path) -> None:
    """The table names each fault; what could be built is counted, and the folder is not even made."""
    code, out, _ = again(run, roster, tmp_path / "none", "--dry-run")

    assert code == 1 and not (tmp_path / "none").exists()
    assert "4    A       document.state  ZZ" in out
    assert "Nothing was written. 2 rows would be built, 0 are as before, 1 have faults." in out


def test_a_final_row_with_anything_open_is_a_fault_that_lists_it(run: Run, tmp_path: Path, roster: Path) -> None:
    """Nothing is written for the row, and each reason is a line to mend."""
    heads = "document.state,parties.districts[0].short_name,term.ends,general.mediation"
    roster.write_text(f"{heads}\nOR,Marsh Schools,undecided: the board votes in May,\n", encoding="utf-8")
    code, _, _ = again(run, roster, tmp_path / "final", "--final")

    assert code == 1 and seen(tmp_path / "final") == LISTS
    reasons = [one["what is wrong"] for one in listed(tmp_path / "final" / "errors.csv")]
    assert any(one.startswith("no final agreement: undecided: ") and "the board votes in May" in one for one in reasons)


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("documnt.state\nOH\n", (), "no question is called 'documnt'. Did you mean 'document.state'?"),
        ("document.state\n", (), "no row stands under the headings."),
        ("document.state\nOH\n", ("--name-from", "NCES"), "the roster has no column headed 'NCES'."),
        ("document.state\nOH\n", ("--sheet", "x"), "a CSV file has no sheets."),
        ("PK\x03\x04", (), "this workbook is damaged or incomplete."),
        ("document.state\nOH\n", ("--columns", BASE), "nothing here is called 'document'."),
    ],
)
def test_a_roster_that_cannot_be_used_is_refused_whole(
    run: Run, tmp_path: Path, roster: Path, text: str, more: tuple[str, ...], said: str
) -> None:
    """One message, exit 2, nothing written."""
    roster.write_text(text, encoding="utf-8")
    code, out, err = again(run, roster, tmp_path / "none", *more)

    assert (code, out) == (2, "") and said in err
    assert not (tmp_path / "none").exists()


def test_a_list_that_a_clerk_wrote_notes_into_is_kept(run: Run, done: Path, roster: Path) -> None:
    """The index was edited: before any work is done, the run says so and stops."""
    (done / "index.csv").write_text("my notes", encoding="utf-8")
    code, _, err = again(run, roster, done)

    assert code == 2 and "index.csv: the list was changed since it was written" in err
    assert (done / "index.csv").read_text(encoding="utf-8") == "my notes"


def test_a_run_broken_off_goes_on_with_its_own_day(
    run: Run, done: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next morning the law of the day before still holds for the rest, so that one roster is not built under two."""
    monkeypatch.setattr("mou_builder.cli.files.day", lambda text, option="": __import__("datetime").date(2026, 7, 2))
    code, out, err = run("batch", str(roster), "--base", BASE, "--out", str(done), "--workers", "1")

    assert code == 1 and "Going on as of 2026-07-01" in err and "--as-of 2026-07-02 builds every row anew" in err
    assert "0 rows built, 2 as before" in out


def test_a_damaged_journal_is_as_if_its_lines_were_not_there(done: Path, tmp_path: Path) -> None:
    """Lines cut off, of another kind, or naming files elsewhere are passed over; nothing outside is ever touched."""
    journal = done / ".batch.jsonl"
    whole = journal.read_text(encoding="utf-8")
    outside = '{"name": "x", "key": "k", "files": {"../x.docx": "d"}, "facts": []}\n'
    journal.write_text(f'{whole}{outside}[1]\n{{"name": 3}}\n{whole[:300]}', encoding="utf-8")

    assert Keeper(done, force=False).others([]) == ["answers", "marsh-schools"]


@pytest.mark.wide
def test_the_example_roster_can_be_built_whole(run: Run, tmp_path: Path) -> None:
    """The roster, base and mapping that the guide begins with have no fault in any of the twelve rows."""
    folder = ROOT / "examples" / "roster"
    words = (str(folder / "roster.csv"), "--base", str(folder / "base.yaml"), "--columns", str(folder / "columns.yaml"))
    code, out, _ = run("batch", *words, "--out", str(tmp_path / "none"), *DAY, "--dry-run")

    assert code == 0 and "12 rows would be built, 0 are as before, 0 have faults." in out


def test_a_long_run_looks_for_garbage_as_often_as_python_does(run: Run) -> None:
    """Short commands put it off; a batch of thousands that did so would fill the memory."""
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        run("batch", "--help")
        kept = gc.get_threshold()
        run("schema")
        put_off = gc.get_threshold()
    finally:
        gc.set_threshold(*before)

    assert kept == (700, 10, 10)
    assert put_off > kept
