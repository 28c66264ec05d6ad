"""The library changes the way law changes: published words stay, the outgoing text is kept, old agreements stay readable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Checked = Callable[[Path], dict[str, Any]]
pytestmark = pytest.mark.wide
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "first_mou.yaml"
ID, FILE = "us/general/severability", "us/general/severability.yaml"
OLD, NEW = "  A delay is not a waiver of a right.\n", "  Delay waives nothing.\n"
CLAUSE = f"""\
id: {ID}
slot: general.severability
version: 1
change: edition
effective: 2026-07-01
reviewed: 2026-07-01
satisfies: []
when: {{}}
heading: Severability and No Waiver
text: |
  If a part of this Agreement is invalid, the rest stays in force.
{OLD}  A waiver on one occasion is not a waiver on another.
notes: |
  A note.
"""


@pytest.fixture
def library_copy(library_copy: Path) -> Path:
    """A copy of the library in which one clause has words of this test."""
    (library_copy / FILE).write_text(CLAUSE, encoding="utf-8")
    return library_copy


@pytest.fixture
def edit(run: Run, library_copy: Path) -> Run:
    """Run a `library` command on the copy."""
    return lambda *words: run("library", *words, "--library", str(library_copy))


@pytest.fixture
def build(run: Run, library_copy: Path, tmp_path: Path) -> Run:
    """Build the first example with the copy."""
    words = ("build", str(EXAMPLE), "--library", str(library_copy), "--out", str(tmp_path / "out"), "--as-of")
    return lambda day="2026-07-01": run(*words, day)


@pytest.fixture
def checked(run: Run, library_copy: Path) -> Checked:
    """Check a Word file against the copy; return the report."""
    return lambda file: json.loads(run("check", str(file), "--json", "--library", str(library_copy))[1])


def clause_in(report: dict[str, Any]) -> tuple[int, str, bool]:
    return next((one["version"], one["state"], one["published"]) for one in report["clauses"] if one["id"] == ID)


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def lock_of(root: Path) -> str:
    return (root / "published.lock").read_text(encoding="utf-8") if (root / "published.lock").exists() else ""


def standing(edit: Run, id: str) -> str:
    return edit("show", id)[1].splitlines()[1]


def test_publishing_turns_a_draft_into_a_locked_text(edit: Run, library_copy: Path) -> None:
    """A lock line with the digest of the words is what makes a text published."""
    assert "draft text" in standing(edit, ID)
    code, out, _ = edit("publish", ID)

    assert (code, out) == (0, f"published {ID}@1\n")
    assert re.search(rf"(?m)^{ID}@1 [0-9a-f]{{64}}$", lock_of(library_copy))
    assert "published" in standing(edit, ID) and "draft" not in standing(edit, ID)
    assert "draft text" in standing(edit, "us/general/law.state")


def test_lock_lines_are_added_and_never_changed(edit: Run, library_copy: Path) -> None:
    """Publishing the rest keeps every line that stands; publishing once more adds nothing."""
    edit("publish", ID)
    first = lock_of(library_copy)
    edit("publish", "--all")
    all_of_them = lock_of(library_copy)
    code, out, _ = edit("publish", "--all")
    clauses = [line for line in edit("list")[1].splitlines()[1:] if "  published" in line]

    assert all_of_them.startswith(first) and len(all_of_them.splitlines()) > len(first.splitlines())
    assert (code, out) == (0, "Nothing to publish: no draft is left.\n") and lock_of(library_copy) == all_of_them
    assert len([line for line in all_of_them.splitlines() if not line.startswith("#")]) == len(clauses)


def test_publishing_a_published_text_again_does_not_claim_that_no_draft_is_left(edit: Run) -> None:
    """What is said of the library is true of the library."""
    edit("publish", ID)

    assert "no draft is left" not in edit("publish", ID)[1]


def test_lock_whose_last_line_lost_its_end_still_gets_whole_lines(edit: Run, library_copy: Path) -> None:
    """Some editors drop the last line end; a lock line must not be glued to the one before."""
    edit("publish", ID)
    (library_copy / "published.lock").write_text(lock_of(library_copy).rstrip("\n"), encoding="utf-8")
    edit("publish", "us/general/law.state")

    assert edit("check")[0] == 0, lock_of(library_copy)
    assert "published" in standing(edit, ID) and "published" in standing(edit, "us/general/law.state")


def test_nothing_is_published_by_accident(edit: Run, library_copy: Path) -> None:
    """Published words never change again, so a bare command publishes nothing."""
    code, out, err = edit("publish")

    assert (code, out) == (2, "") and "say --all for every draft" in err and lock_of(library_copy) == ""


def test_faulty_library_or_unknown_clause_is_not_published(edit: Run, library_copy: Path) -> None:
    """Not one lock line is written while anything in the library, or among the ids, is wrong."""
    code, _, err = edit("publish", "us/general/law.state", "us/general/severabilty")
    assert code == 2 and f"Did you mean '{ID}'?" in err and lock_of(library_copy) == ""

    change(library_copy, FILE, "satisfies: []", "satisfies: [S1.66]")
    code, out, err = edit("publish", "us/general/law.state")
    assert (code, out) == (1, "") and "Nothing was published" in err and lock_of(library_copy) == ""


# fmt: off
PUBLISHED = {
    "words": (FILE, OLD, NEW, rf"{FILE}:10:7: {ID}@1 was published and its words have been changed .*library revise {ID}"),
    "heading": (FILE, "heading: Severability and", "heading: Severance and", rf"{FILE}:10:7: {ID}@1 was published"),
    "condition": ("us/cost/grant.yaml", "federal_grant: true}", "federal_grant: true, document.purpose: first}",
                  r"us/cost/grant\.yaml:\d+:7: us/cost/grant@1 was published"),
    "what it meets": (FILE, "satisfies: []", "satisfies: [S1.1]", rf"{FILE}:10:7: {ID}@1 was published"),
}
# fmt: on


@pytest.mark.parametrize("name", PUBLISHED)
def test_change_of_a_published_text_is_found(edit: Run, library_copy: Path, name: str) -> None:
    """Published words, their heading, condition and requirements never change."""
    edit("publish", "--all")
    file, old, new, says = PUBLISHED[name]
    change(library_copy, file, old, new)
    code, _, err = edit("check")

    assert code == 1 and re.search(f"(?m)^{says}", err), err
    assert edit("publish", "--all")[0] == 1


def test_published_text_that_is_gone_is_found(edit: Run, library_copy: Path) -> None:
    """A published text may not be deleted; the lock line that misses it is named."""
    edit("publish", "--all")
    (library_copy / "us/evaluation/recognition.yaml").unlink()
    line = lock_of(library_copy).partition("us/evaluation/recognition@1")[0].count("\n") + 1
    code, _, err = edit("check")

    assert code == 1
    assert err.startswith(
        f"published.lock:{line}:1: us/evaluation/recognition@1 was published, but its text is gone"
    ), err


def test_layout_and_notes_of_a_published_text_may_change(edit: Run, library_copy: Path) -> None:
    """Only words are locked: a note may be added and a line broken elsewhere."""
    edit("publish", "--all")
    change(library_copy, FILE, OLD, OLD.replace(" is not", "\n  is not"))
    change(library_copy, FILE, "notes: |\n", "notes: |\n  One more note.\n")
    assert edit("check")[0] == 0 and "0 texts are drafts" in edit("check")[1]


def test_build_refuses_an_edited_published_text(edit: Run, build: Run, library_copy: Path, tmp_path: Path) -> None:
    """An agreement never calls words published that were changed since: exit 2, the mend, and no file."""
    edit("publish", "--all")
    change(library_copy, FILE, OLD, NEW)
    code, _, err = build()

    assert code == 2 and f"{ID}@1 was published" in err
    assert not (tmp_path / "out").exists()


def test_revising_keeps_the_outgoing_text_and_opens_the_next_version(edit: Run, library_copy: Path) -> None:
    """The old file goes to past/ byte for byte; the shelf file is version 2 with its day of effect and the same words."""
    edit("publish", ID)
    before = (library_copy / FILE).read_bytes()
    code, out, _ = edit("revise", ID, "--as-of", "2027-01-15")
    shelf = (library_copy / FILE).read_text(encoding="utf-8")

    assert code == 0 and "severability.v1.yaml" in out
    assert (library_copy / "us/general/past/severability.v1.yaml").read_bytes() == before
    assert (
        "\nversion: 2\n" in shelf
        and "\nchange: update\n" in shelf
        and "\neffective: 2027-01-15\n" in shelf
        and OLD in shelf
    )
    assert edit("check")[0] == 0
    assert "draft text" in standing(edit, ID) and "versions 1, 2" in standing(edit, ID)


def test_draft_is_edited_in_place_and_not_revised(edit: Run, library_copy: Path) -> None:
    """There is nothing to keep of a text that nobody has published; the same holds for a revision still open."""
    code, _, err = edit("revise", ID)
    assert code == 2 and f"{FILE}: {ID}@1 is a draft, which is edited in place." in err
    assert "Did you mean" in edit("revise", "us/general/severabilty")[2]
    assert not (library_copy / "us/general/past").exists()

    edit("publish", ID)
    edit("revise", ID)
    code, _, err = edit("revise", ID)
    assert code == 2 and f"{ID}@2 is a draft" in err
    assert [file.name for file in (library_copy / "us/general/past").iterdir()] == ["severability.v1.yaml"]


@pytest.fixture
def revised(edit: Run, build: Run, library_copy: Path, tmp_path: Path) -> Path:
    """The Word file of an agreement built with version 1, of which one sentence was revised and published afterward."""
    edit("publish", "--all")
    assert build()[0] == 0
    edit("revise", ID, "--as-of", "2026-09-01")
    change(library_copy, FILE, OLD, NEW)
    assert edit("publish", ID)[1] == f"published {ID}@2\n"
    return tmp_path / "out" / "first_mou.docx"


def test_agreement_stays_unaltered_when_its_clause_is_revised(revised: Path, build: Run, checked: Checked) -> None:
    """An agreement is judged by the version it was built with, which the library still holds."""
    report = checked(revised)
    assert clause_in(report) == (1, "unaltered", True) and report["findings"] == []

    # From its day on, new agreements get the new text.
    assert build("2026-09-01")[0] == 0 and clause_in(checked(revised)) == (2, "unaltered", True)


def test_outgoing_text_is_used_until_the_new_one_takes_effect(revised: Path, build: Run, checked: Checked) -> None:
    """A revision with a day still to come leaves no hole in the agreements made until then."""
    assert build("2026-08-31")[0] == 0

    assert "E-SLOT-EMPTY" not in [one["code"] for one in checked(revised)["findings"]]
    assert clause_in(checked(revised)) == (1, "unaltered", True)


def test_draft_edited_after_the_build_is_judged_by_the_record(
    build: Run, checked: Checked, library_copy: Path, tmp_path: Path
) -> None:
    """A draft has no kept versions, so the file's record speaks for it, and the report says so."""
    assert build()[0] == 0
    change(library_copy, FILE, OLD, NEW)
    report = checked(tmp_path / "out" / "first_mou.docx")

    assert clause_in(report)[:2] == (1, "unaltered")
    assert [(one["code"], one["level"]) for one in report["findings"]] == [("W-OTHER-TEXT", "warning")]


def test_diff_shows_the_changed_sentence_only(revised: Path, edit: Run) -> None:
    """One sentence a line: a legal change reads sentence by sentence."""
    assert revised.exists()
    lines = edit("diff", ID)[1].splitlines()

    assert lines[:2] == [f"--- {ID}@1", f"+++ {ID}@2"]
    assert [line for line in lines[2:] if line[:1] in "+-"] == [f"-{OLD.strip()}", f"+{NEW.strip()}"]
    assert edit("diff", ID, "--from", "1", "--to", "2")[1].splitlines() == lines
    assert edit("show", f"{ID}@1")[1].startswith(f"{ID}@1  ") and OLD.strip() in edit("show", f"{ID}@1")[1]


def test_diff_of_a_single_version_and_of_an_unknown_one_is_answered(edit: Run) -> None:
    """Where there is nothing to compare, that is said."""
    assert edit("diff", ID)[:2] == (0, f"{ID}: no difference; there is one version only.\n")
    assert "the library holds no such version" in edit("diff", ID, "--to", "7")[2]


def test_list_names_every_clause_whole_and_in_the_agreements_order(edit: Run, library_copy: Path) -> None:
    """In a pipe no id is broken over two lines, so that it can be searched and copied."""
    lines = edit("list")[1].splitlines()
    ids = [line.split()[0] for line in lines[1:]]
    files = [file.relative_to(library_copy).with_suffix("").as_posix() for file in library_copy.glob("us*/**/*.yaml")]

    assert sorted(ids) == sorted(f"{id}@1" for id in files if id.count("/") > 1)
    clauses = [id for id in ids if not id.startswith("us/schedules/")]
    assert clauses[0].startswith("us/recitals/") and clauses[-1].startswith("us/general/signing")
    assert ids[: len(clauses)] == clauses


def test_show_gives_text_notes_sources_and_standing(edit: Run, library_copy: Path) -> None:
    """Everything an attorney asks of a clause stands in one place."""
    out = edit("show", "us/roles/discipline")[1]
    written = (library_copy / "us/roles/discipline.yaml").read_text(encoding="utf-8")

    assert "Slot roles.discipline; draft text; effective 2026-07-01; versions 1" in out
    assert "S1.6" in out and "Chosen when: always" in out and "Drafting notes:" in out and "seen 2026-" in out
    assert written.partition("text: |\n")[2].split("\n")[0].strip() in out
    assert "Did you mean 'us/roles/discipline'?" in edit("show", "us/roles/disciplin")[2]
    assert [line.split()[0] for line in edit("list", "--meets", "S1.6")[1].splitlines()[1:]] == [
        "us-mn/roles/discipline@1",
        "us/roles/discipline@1",
    ]
