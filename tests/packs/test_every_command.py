"""An outsider's pack through every command: build, batch, model, check, rollup, interview; then its second version."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from fillable.filling import filled, texts_of
from packs.outsider import ADDED, DISCIPLINE, SEVERABILITY, write_pack
from wordedit import body_of, control, edited, paragraphs, parts_of, replace_word, text_of, w

from mou_builder.fillable.facts import base_of, questions_of
from mou_builder.interview.tree import at
from mou_builder.model import Agreement
from mou_builder.record import answers_of

pytestmark = pytest.mark.wide

Tool = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]
DAY, LATER = ("--as-of", "2026-07-01"), ("--as-of", "2026-08-01")
NAMES = ("dale-schools", "hill-schools", "marsh-schools", "vale-schools")
ROSTER = "parties.districts[0].short_name,term.ends,file\n" + "".join(
    f"{name.replace('-', ' ').title()},7/31/2028,{name}\n" for name in NAMES
)
LOCKED = "error E-LOCKED: Officers Have No Role in School Discipline: Lane Service District (lane-model@1.0.0)"


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    """Run the program as a person does, where no pack was ever installed."""
    folder = tmp_path_factory.mktemp("fresh") / "packs"
    at_home = {**os.environ, "MOU_BUILDER_PACKS": str(folder), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}

    def running(*words: object) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "mou_builder", *map(str, words)]
        done = subprocess.run(command, env=at_home, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout, done.stderr

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOU_BUILDER_PACKS", str(folder))
        assert running("pack", "list")[1].startswith("No pack is installed.")
        yield running


@pytest.fixture(scope="module")
def desk(tool: Tool, tmp_path_factory: pytest.TempPathFactory, answers: Path) -> Path:
    """A clerk's folder: the first version installed, the roster, and the agreements that `batch` made of it with the pack."""
    desk = tmp_path_factory.mktemp("desk")
    write_pack(desk / "one")
    write_pack(desk / "two", second=True)
    assert tool("pack", "key", "--out", desk / "lane")[0] == 0
    for name in ("one", "two"):
        signed = ("pack", "build", desk / name, "--out", desk / f"{name}.zip", "--sign", desk / "lane.pem")
        assert tool(*signed)[0] == 0
    code, out, err = tool("pack", "install", desk / "one.zip", "--trust", desk / "lane.public.pem")
    assert (code, err) == (0, "") and "Installed: lane-model@1.0.0" in out
    (desk / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (desk / "base.yaml").write_bytes(answers.read_bytes())
    code, out, err = tool(*_batch(desk, "signed"), *DAY, "--pack", "lane-model", "--workers", "1")
    assert code == 0 and "4 draft agreements" in out, err
    return desk


def _batch(desk: Path, out: str) -> tuple[object, ...]:
    return ("batch", desk / "roster.csv", "--base", desk / "base.yaml", "--out", desk / out)


@pytest.fixture(scope="module")
def returned(desk: Path) -> Path:
    """One of the agreements as it came back: a word of the locked section was changed in Word."""
    built = (desk / "signed" / "marsh-schools.docx").read_bytes()
    file = desk / "returned" / "marsh-schools.docx"
    file.parent.mkdir()
    file.write_bytes(edited(built, lambda body: replace_word(control(body, DISCIPLINE), "alone", "mostly")))
    return file


def whole(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def rows_in(file: Path) -> dict[str, dict[str, str]]:
    text = io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")
    return {row["File"]: row for row in csv.DictReader(text)}


def test_batch_builds_every_row_with_the_pack(tool: Tool, desk: Path) -> None:
    """Each row's agreement has the pack's words and template, its record names the pack, and two processes make the same bytes."""
    code, _, err = tool(*_batch(desk, "by_two"), *DAY, "--pack", "lane-model@1.0.0", "--workers", "2")
    made = whole(desk / "signed")

    assert code == 0, err
    assert whole(desk / "by_two") == made
    for name in NAMES:
        parts = parts_of(made[f"{name}.docx"])
        assert ADDED in text_of(control(body_of(made[f"{name}.docx"]), DISCIPLINE))
        assert b"0B5345" in parts["word/styles.xml"]
        record = made[f"{name}.record.yaml"].decode()
        assert 'id: "lane-model"' in record and 'version: "1.0.0"' in record
    assert "lane-policy met" in made["index.csv"].decode("utf-8-sig").partition("\n")[0]


def test_batch_makes_what_build_makes(tool: Tool, desk: Path, tmp_path: Path) -> None:
    """A row's record, built alone and without naming the pack, gives the row's Word file again."""
    code, _, err = tool("build", desk / "signed" / "hill-schools.record.yaml", "--out", tmp_path, *DAY)

    assert code == 0, err
    assert (tmp_path / "hill-schools.docx").read_bytes() == (desk / "signed" / "hill-schools.docx").read_bytes()


def test_check_finds_the_breach_by_the_pack_that_the_record_names(tool: Tool, desk: Path, returned: Path) -> None:
    """Nobody has to name the pack: an edited locked section is told with publisher and contact; the untouched file passes."""
    code, out, _ = tool("check", returned)
    same, told, _ = tool("check", desk / "signed" / "marsh-schools.docx")

    assert code == 1 and LOCKED in out
    assert "[-alone,-] {+mostly,+}" in out and "ask Lane Service District: agreements@lane.example." in out
    assert "E-LOCKED" not in told and same == 0


def test_rollup_counts_the_breach_and_heads_columns_with_the_packs_rubric(
    tool: Tool, desk: Path, returned: Path, answers: Path
) -> None:
    """The page of many agreements knows the packs that each was made with; one made without is not asked the pack's rubric."""
    folder = desk / "many"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes((desk / "signed" / f"{name}.docx").read_bytes())
    (folder / "returned.docx").write_bytes(returned.read_bytes())
    assert tool("build", answers, "--out", desk / "plain", *DAY)[0] == 0
    (folder / "without.docx").write_bytes((desk / "plain" / "ours.docx").read_bytes())
    results = {}
    for workers in ("1", "2"):
        code, _, err = tool("rollup", folder, "--out", desk / f"report{workers}", "--workers", workers)
        assert code == 0, err
        results[workers] = whole(desk / f"report{workers}")
    rows = rows_in(desk / "report1" / "rollup.csv")

    assert results["1"] == results["2"]
    assert {file: row["Pack rules broken"] for file, row in rows.items()} == {
        **{f"{name}.docx": "0" for name in NAMES},
        "returned.docx": "1",
        "without.docx": "0",
    }
    assert {row["LANE.1"] for file, row in rows.items() if file[:-5] in NAMES} == {"met"}
    assert rows["returned.docx"]["LANE.1"] == "altered" and rows["without.docx"]["LANE.1"] == ""
    assert "Lane policy" in results["1"]["rollup.html"].decode()


def test_words_of_the_parties_on_a_locked_text_stand_before_the_signatures(
    tool: Tool, desk: Path, tmp_path: Path
) -> None:
    """A draft's page Before Signature, its report, and the list of a batch name the breach; neither command makes a final."""
    kept = "negotiated:\n  - {section: roles.discipline, kind: changed, text: Officers may help., why: As agreed.}\n"
    file = tmp_path / "base.yaml"
    file.write_text((desk / "base.yaml").read_text(encoding="utf-8") + kept, encoding="utf-8")
    code, out, err = tool("build", file, "--out", tmp_path / "draft", *DAY, "--pack", "lane-model")
    assert code == 0, err
    words = text_of(body_of((tmp_path / "draft" / "base.docx").read_bytes()))
    page = words[words.rindex("Before Signature") :]
    roster = ("batch", desk / "roster.csv", "--base", file, "--pack", "lane-model", *DAY, "--workers", "1")
    assert tool(*roster, "--out", tmp_path / "drafts")[0] == 0
    refused = tool(*roster, "--out", tmp_path / "finals", "--final")

    assert "Lane Service District (lane-model@1.0.0) says that this text may not be changed" in page
    assert "Before it can be signed: one thing is open" in out
    assert "E-LOCKED" in (tmp_path / "draft" / "base.compliance.json").read_text(encoding="utf-8")
    assert (tmp_path / "drafts" / "index.csv").read_text(encoding="utf-8-sig").count("E-LOCKED") == 4
    assert refused[0] == 1 and "no final agreement: E-LOCKED" in refused[2]
    assert tool("check", tmp_path / "draft" / "base.docx")[1].count("error E-LOCKED") == 1


@pytest.fixture(scope="module")
def model(tool: Tool, desk: Path) -> Path:
    code, _, err = tool("model", "--state", "OR", "--out", desk / "model.docx", *DAY, "--pack", "lane-model")
    assert code == 0, err
    return desk / "model.docx"


@pytest.fixture(scope="module")
def filled_in(model: Path, first: Agreement) -> bytes:
    texts = texts_of(questions_of(base_of({}, "OR")), answers_of(first))
    return filled(model.read_bytes(), texts)


def test_locked_clause_is_locked_in_the_model(model: Path) -> None:
    """Word lets nobody change or delete the section that the publisher locked; the add-only one stays open."""
    body = body_of(model.read_bytes())
    locks = {
        clause: [one.get(w("val")) for one in control(body, clause).find(w("sdtPr")).findall(w("lock"))]
        for clause in (DISCIPLINE, SEVERABILITY)
    }

    assert locks == {DISCIPLINE: ["sdtContentLocked"], SEVERABILITY: []}
    assert ADDED in text_of(control(body, DISCIPLINE))
    assert b"0B5345" in parts_of(model.read_bytes())["word/styles.xml"]


def test_filled_model_comes_back_with_the_pack(tool: Tool, desk: Path, filled_in: bytes, tmp_path: Path) -> None:
    """Its answers are read, the agreement built from it has the pack's words, and a changed locked clause is told as such."""
    good, bad = tmp_path / "filled.docx", tmp_path / "changed.docx"
    good.write_bytes(filled_in)
    bad.write_bytes(edited(filled_in, lambda body: replace_word(control(body, DISCIPLINE), "alone", "mostly")))
    _, out, err = tool("check", good, "--pack", "lane-model")
    code, told, _ = tool("check", bad, "--pack", "lane-model")
    unnamed = tool("check", good)
    made = tool("build", good, "--out", tmp_path / "out", *DAY, "--pack", "lane-model")

    assert "Filled in: " in out and "locked clause" not in out and "lane-policy" in out, err
    assert code == 1
    assert f"Officers Have No Role in School Discipline ({DISCIPLINE}@1): this locked clause has other words" in told
    assert (
        unnamed[0] == 2
        and "this model was made with the pack lane-model@1.0.0. Say --pack lane-model@1.0.0" in unnamed[2]
    )
    assert made[0] == 0, made[2]
    assert ADDED in text_of(control(body_of((tmp_path / "out" / "filled.docx").read_bytes()), DISCIPLINE))


def test_interview_takes_up_answers_with_the_pack(desk: Path, tool: Tool, filled_in: bytes, tmp_path: Path) -> None:
    """From a filled-in model, or from an agreement whose record names the pack, the interview begins with all answers and it."""
    from mou_builder.cli.interview.earlier import with_earlier
    from mou_builder.cli.interview.loading import begin_loading
    from mou_builder.interview.lists import lists_of
    from mou_builder.interview.notes import Notes
    from mou_builder.interview.state import begin

    model = tmp_path / "filled.docx"
    model.write_bytes(filled_in)
    for file, named in ((model, ["lane-model"]), (desk / "signed" / "vale-schools.docx", None)):
        loading = begin_loading(None, named, file)
        library = loading.get()
        now = with_earlier(begin({}, Notes(), lists_of(library)), file, library, datetime(2026, 7, 1))

        assert loading.packs == ["lane-model@1.0.0"]
        assert at(now.tree, ("document", "state")) == "OR"
        assert [item.path for item in now.items if item.state == "wrong"] == []


@pytest.fixture(scope="module")
def second(tool: Tool, desk: Path, returned: Path) -> str:
    """What installing the second version says; the first stays installed beside it."""
    code, out, err = tool("pack", "install", desk / "two.zip")
    assert (code, err) == (0, "")
    return out


def test_second_version_is_told_before_it_changes_anything(tool: Tool, desk: Path, second: str) -> None:
    """`pack diff` names the section newly locked, the changed words, the requirement added and the value, for one agreement."""
    agreement = desk / "signed" / "vale-schools.docx"
    before = whole(desk / "signed")
    code, out, _ = tool("pack", "diff", "lane-model@1.1.0", "--against", agreement, *LATER)
    listed = tool("pack", "list")[1]

    assert "Against version 1.0.0, which stays installed:" in second
    assert code == 0 and "lane-model@1.1.0 would change in vale-schools.docx:" in out
    assert f"{SEVERABILITY}@1 to {SEVERABILITY}@2" in out and "{+Agreement and told to the Program Monitor.+}" in out
    assert "Severability and No Waiver: add-only before, locked now." in out
    assert "LANE.3: newly asked (local): The parties send the agreement to the service district." in out
    assert "at most 12 months before, at most 6 months now (LANE.2); this agreement says 12" in out
    assert "lane-model@1.1.0" in listed and "lane-model@1.0.0" in listed
    assert whole(desk / "signed") == before
    assert tool("check", agreement)[0] == 0


def test_renewal_takes_up_the_second_version(tool: Tool, desk: Path, second: str, tmp_path: Path) -> None:
    """The renewed agreement has the later words, locked now, and its record names the version."""
    words = ("renew", desk / "signed" / "vale-schools.docx", "--out", tmp_path, "--no-questions", "--no-redline")
    _, out, err = tool(*words, *LATER, "--pack", "lane-model@1.1.0")
    renewed = tmp_path / "vale-schools-2026.docx"

    assert "new: LANE.3" in out, err
    assert 'version: "1.1.0"' in (tmp_path / "vale-schools-2026.record.yaml").read_text(encoding="utf-8")

    def edit(body: object) -> None:
        replace_word(paragraphs(control(body, SEVERABILITY))[-1], "A Party waives", "The Party waives")

    renewed.write_bytes(edited(renewed.read_bytes(), edit))
    code, told, _ = tool("check", renewed)
    assert code == 1
    assert "error E-LOCKED: Severability and No Waiver: Lane Service District (lane-model@1.1.0)" in told


def test_batch_with_the_second_version_builds_every_row_anew_and_says_so(
    tool: Tool, desk: Path, second: str, returned: Path
) -> None:
    """The rows of the first version are out of date under the second; run again, they are as before."""
    code, out, err = tool(*_batch(desk, "by_two"), *DAY, "--pack", "lane-model@1.1.0", "--workers", "2")
    again = tool(*_batch(desk, "by_two"), *DAY, "--pack", "lane-model@1.1.0", "--workers", "1")
    record = (desk / "by_two" / "dale-schools.record.yaml").read_text(encoding="utf-8")

    assert code == 0 and "4 rows built, 0 as before." in out, err
    assert "4 rows of these had been built before and were built anew, because" in out and "a pack," in out
    assert "0 rows built, 4 as before." in again[1] and "anew" not in again[1]
    assert 'version: "1.1.0"' in record and "told to the Program Monitor" in record


def test_rollup_lays_agreements_of_both_versions_side_by_side(
    tool: Tool, desk: Path, second: str, returned: Path, tmp_path: Path
) -> None:
    """Each is judged by the version it was made with; what only the second asks stays empty for the first, each id once."""
    words = ("renew", desk / "signed" / "hill-schools.docx", "--out", desk / "next", "--no-questions", "--no-redline")
    tool(*words, *LATER, "--pack", "lane-model@1.1.0")
    (tmp_path / "old.docx").write_bytes(returned.read_bytes())
    (tmp_path / "new.docx").write_bytes((desk / "next" / "hill-schools-2026.docx").read_bytes())
    code, _, err = tool("rollup", tmp_path, "--out", tmp_path / "report")
    file = tmp_path / "report" / "rollup.csv"
    heads = next(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    rows = rows_in(file)

    assert code == 0, err
    assert [one for one in heads if one.startswith("LANE.")] == ["LANE.1", "LANE.2", "LANE.3"]
    assert rows["old.docx"]["LANE.3"] == "" and rows["new.docx"]["LANE.3"] == "not attested"
    assert rows["old.docx"]["Pack rules broken"] == "1" and rows["new.docx"]["Pack rules broken"] == "0"


def test_rollup_names_an_agreement_whose_pack_is_not_installed(
    tool: Tool, desk: Path, returned: Path, tmp_path: Path, answers: Path
) -> None:
    """It is a line among the problems, with the pack to get, and stops no other."""
    (tmp_path / "a.docx").write_bytes(returned.read_bytes())
    assert tool("build", answers, "--out", tmp_path / "b", *DAY)[0] == 0
    try:
        assert tool("pack", "remove", "lane-model@1.0.0")[0] == 0
        code, out, err = tool("rollup", tmp_path, "--out", tmp_path / "report")
    finally:
        assert tool("pack", "install", desk / "one.zip")[0] == 0

    assert code == 1 and out.startswith("1 agreement by ")
    assert (
        "a.docx: it was made with the pack lane-model@1.0.0 of Lane Service District, which is not installed here"
        in err
    )
