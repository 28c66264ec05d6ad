"""`mou-builder build` as its users meet it: the files, the summary, the final copy, the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wordedit import body_of, packed, parts_of, text_of, w

from mou_builder.build import Built, NotProvedError, build
from mou_builder.errors import TemplateError
from mou_builder.library import Library
from mou_builder.model import Agreement

ROOT = Path(__file__).resolve().parent.parent
FIRST = str(ROOT / "examples" / "first_mou.yaml")
Run = Callable[..., tuple[int, str, str]]


def test_three_files_and_a_readable_summary(run: Run, tmp_path: Path) -> None:
    """A build writes the agreement, the report and the record, and says in words what it made."""
    code, said, _ = run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")

    assert code == 0
    assert sorted(one.name for one in tmp_path.iterdir() if not one.name.startswith(".")) == [
        "first_mou.compliance.json",
        "first_mou.docx",
        "first_mou.record.yaml",
    ]
    assert said.startswith("Draft agreement built: first_mou.docx, as of 2026-07-01\n")
    assert "secure-local-2016    guidance  53 of 53" in said
    assert "Practices: 5 attested" in said
    assert "Aligned with guidance does not mean legally sufficient." in said
    assert "\x1b[" not in said


def test_the_json_has_the_documented_shape(run: Run, tmp_path: Path) -> None:
    """The report's keys are the contract that other programs rely on."""
    run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")
    report = json.loads((tmp_path / "first_mou.compliance.json").read_text(encoding="utf-8"))

    assert report["schema"] == 1 and report["as_of"] == "2026-07-01" and report["document"] == "first_mou.docx"
    assert report["rubrics"][0] == {"id": "secure-local-2016", "force": "guidance", "met": 53, "of": 53}
    row = next(one for one in report["requirements"] if one["id"] == "S1.6")
    assert {key: row[key] for key in ("rubric", "step", "kind", "force", "level", "evidence", "status", "practice")} == {
        "rubric": "secure-local-2016", "step": 1, "kind": "provision", "force": "guidance", "level": "required",
        "evidence": "seed", "status": "met", "practice": None,
    }  # fmt: skip
    assert row["clauses"][0]["id"] == "us/roles/discipline" and row["clauses"][0]["section"] == "4.2"
    assert {"defaults_taken", "undecided", "waivers", "findings", "clauses"} <= report.keys()


def test_the_complete_example_passes_as_final(run: Run, tmp_path: Path) -> None:
    """With --final the first example is made, without the word DRAFT and without the page of open items."""
    code, said, _ = run("build", FIRST, "--out", str(tmp_path), "--final", "--as-of", "2026-07-01")

    assert code == 0 and said.startswith("Final agreement built")
    parts = parts_of((tmp_path / "first_mou.docx").read_bytes())
    assert b"DRAFT" not in parts["word/header1.xml"] + parts["word/header2.xml"]
    assert "Before Signature" not in text_of(body_of((tmp_path / "first_mou.docx").read_bytes()))


def test_an_incomplete_final_is_refused_with_reasons(run: Run, tmp_path: Path, first_text: str) -> None:
    """A final with an open answer is not made; every reason is listed; nothing is written."""
    answers = tmp_path / "open.yaml"
    answers.write_text(
        first_text.replace("ends: 2028-07-31", "ends: {undecided: The board votes on June 9}").replace(
            "  answer_days: 5\n", ""
        ),
        encoding="utf-8",
    )
    code, said, error = run("build", str(answers), "--out", str(tmp_path / "out"), "--final", "--as-of", "2026-07-01")

    assert code == 1 and said == ""
    assert "No final agreement was made; nothing was written. Still open:" in error
    assert "undecided: Last day of the term (term.ends): The board votes on June 9" in error
    assert "undecided: Business days within which the agency answers (removal.answer_days): not answered yet" in error
    assert "S1.8 is missing" in error
    assert not (tmp_path / "out").exists()


def test_a_draft_shows_its_blanks(make: Callable[..., Built], first_text: str) -> None:
    """An open answer prints as a highlighted blank in its sentence and on the page before signature."""
    built = make(first_text.replace("ends: 2028-07-31", "ends: {undecided: The board votes on June 9}"))
    body = body_of(built.word)
    blanks = [
        text_of(run)
        for run in body.iter(w("r"))
        if run.find(f"{w('rPr')}/{w('rStyle')}") is not None
        and run.find(f"{w('rPr')}/{w('rStyle')}").get(w("val")) == "MOUBlank"
    ]

    assert "[to be decided: last day of the term]" in blanks
    assert "The board votes on June 9" in text_of(body)
    assert b"DRAFT" in parts_of(built.word)["word/header1.xml"]


def test_an_answer_to_confirm_is_marked_and_blocks_the_final(make: Callable[..., Built], first_text: str) -> None:
    """A filled-in answer that somebody must still confirm is highlighted and listed."""
    built = make(first_text + "\nconfirm:\n  - {answer: term.ends, why: The board votes on June 9.}\n")
    marked = [
        text_of(run)
        for run in body_of(built.word).iter(w("r"))
        if run.find(f"{w('rPr')}/{w('rStyle')}") is not None
        and run.find(f"{w('rPr')}/{w('rStyle')}").get(w("val")) == "MOUConfirm"
    ]

    assert "July 31, 2028" in marked
    assert list(built.report.reasons_against_final()) == ["to be confirmed: term.ends: The board votes on June 9."]


@pytest.mark.wide
def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two processes with another hash seed, time zone and locale write the same three files."""
    digests = []
    for number, setting in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
        )
    ):
        out = tmp_path / str(number)
        subprocess.run(
            [sys.executable, "-m", "mou_builder", "build", FIRST, "--out", str(out), "--as-of", "2026-07-01"],
            check=True, capture_output=True, env={**os.environ, **setting}, cwd=ROOT,
        )  # fmt: skip
        digests.append([hashlib.sha256((out / f"first_mou.{end}").read_bytes()).hexdigest()
                        for end in ("docx", "compliance.json", "record.yaml")])  # fmt: skip
    assert digests[0] == digests[1]


def test_a_record_builds_the_same_agreement_again(run: Run, tmp_path: Path) -> None:
    """The record written beside the agreement is enough to build the very same file."""
    run("build", FIRST, "--out", str(tmp_path / "a"), "--as-of", "2026-07-01")
    code, _, _ = run(
        "build", str(tmp_path / "a" / "first_mou.record.yaml"), "--out", str(tmp_path / "b"), "--as-of", "2026-07-01"
    )

    assert code == 0
    assert (tmp_path / "a" / "first_mou.docx").read_bytes() == (tmp_path / "b" / "first_mou.docx").read_bytes()


def test_the_appendix_may_stand_beside_the_agreement(run: Run, tmp_path: Path) -> None:
    """--appendix separate writes two Word files: the agreement holds no appendix, the other nothing else."""
    code, said, _ = run("build", FIRST, "--out", str(tmp_path), "--appendix", "separate", "--as-of", "2026-07-01")
    agreement = text_of(body_of((tmp_path / "first_mou.docx").read_bytes()))
    appendix = text_of(body_of((tmp_path / "first_mou.appendix.docx").read_bytes()))

    assert code == 0 and "first_mou.appendix.docx" in said
    assert "Compliance Appendix" not in agreement and "Signatures" in agreement
    assert appendix.startswith("Compliance Appendix") and "S5.13" in appendix and "Signatures" not in appendix


@pytest.mark.wide
def test_an_edited_file_is_never_overwritten_without_force(run: Run, tmp_path: Path) -> None:
    """A Word file that people have edited since is left alone unless --force is given."""
    run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")
    assert run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-02")[0] == 0
    file = tmp_path / "first_mou.docx"
    file.write_bytes(file.read_bytes() + b" ")
    edited = file.read_bytes()

    code, _, error = run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")
    assert code == 2 and "was changed since it was built" in error
    assert file.read_bytes() == edited
    assert run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01", "--force")[0] == 0
    assert file.read_bytes() != edited


@pytest.mark.wide
def test_a_restyled_template_is_taken(
    make: Callable[..., Built], first_text: str, template: bytes, library: Library, first: Agreement
) -> None:
    """A template with another font builds, and the clauses are still found."""
    from conftest import TODAY

    parts = parts_of(template)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"Times New Roman", b"Georgia")
    built = build(first, library, packed(parts), as_of=TODAY, name="restyled.docx")

    assert {row.state for row in built.report.clauses} == {"unaltered"}
    assert b"Georgia" in parts_of(built.word)["word/styles.xml"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"{{ title }}", b"{{ titel }}", "'titel' is undefined"),
        (b"{%p for article in articles %}", b"{%p for article in articles", "cannot be filled"),
        (b"{{ title }}", b"{{ title.__class__.__mro__ }}", "unsafe"),
        (b"end {{ clause.mark }}", b"finish", "do not pair"),
    ],
)
def test_a_broken_template_is_refused(
    old: bytes, new: bytes, fault: str, template: bytes, library: Library, first: Agreement
) -> None:
    """A template that names nothing, breaks off, reaches for Python, or lost a mark gives one clear message."""
    from conftest import TODAY

    parts = parts_of(template)
    assert old in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new)

    with pytest.raises(TemplateError, match=fault):
        build(first, library, packed(parts), as_of=TODAY, name="broken.docx")


def test_a_template_that_drops_clauses_is_never_believed(template: bytes, library: Library, first: Agreement) -> None:
    """If the finished file does not hold what was selected, nothing is given out."""
    from conftest import TODAY

    parts = parts_of(template)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"{{ clause.heading }}", b"Heading")

    with pytest.raises(NotProvedError, match="differs from what was predicted"):
        build(first, library, packed(parts), as_of=TODAY, name="dropped.docx")


def test_help_shows_an_example_for_every_command(run: Run) -> None:
    """Every command explains itself and shows one line that works."""
    for command in (["build"], ["check"], ["explain"], ["schema"], *(["library", one] for one in
                    ("list", "show", "check", "diff", "revise", "publish"))):  # fmt: skip
        code, said, _ = run(*command, "--help")
        assert code == 0 and f"Example: mou-builder {' '.join(command)}" in " ".join(said.split())


def test_check_tells_an_answers_file_what_is_open(run: Run, tmp_path: Path, first_text: str) -> None:
    """`check` on answers lists what is open and exits 1; on complete answers it exits 0."""
    answers = tmp_path / "open.yaml"
    answers.write_text(first_text.replace("  sro_status: school-official\n  control_officer: Director of Student Services\n", ""),
                       encoding="utf-8")  # fmt: skip

    code, said, _ = run("check", str(answers), "--as-of", "2026-07-01")
    assert code == 1
    assert "E-SLOT-OPEN: Education records: no text can be chosen until records.sro_status is answered." in said
    assert run("check", FIRST, "--as-of", "2026-07-01")[0] == 0


def test_check_of_a_word_file_exits_by_what_it_found(run: Run, tmp_path: Path) -> None:
    """A file as built exits 0, also as JSON; a file with a clause deleted exits 1 and names it."""
    from wordedit import control, edited

    run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")
    file = tmp_path / "first_mou.docx"
    code, said, _ = run("check", str(file), "--json")
    assert code == 0
    assert json.loads(said) == json.loads((tmp_path / "first_mou.compliance.json").read_text(encoding="utf-8"))

    def delete(body) -> None:  # type: ignore[no-untyped-def]
        one = control(body, "us/roles/discipline")
        one.getparent().remove(one)

    file.write_bytes(edited(file.read_bytes(), delete))
    code, said, _ = run("check", str(file))
    assert code == 1
    assert "missing: us/roles/discipline@1 (not in the file)" in said
    assert "S1.6 missing: " in said


def test_an_interrupted_write_leaves_the_old_files_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk fails while files are written, what stood there before still stands, and no half file is left."""
    run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-07-01")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    real = Path.write_bytes

    def failing(self: Path, data: bytes) -> int:
        if data.startswith(b"schema: 1"):
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    code, _, error = run("build", FIRST, "--out", str(tmp_path), "--as-of", "2026-08-01")

    assert code == 2 and "No space left on device" in error
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
