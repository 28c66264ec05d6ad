"""`mou-builder explain`: why a clause or a requirement is as it is, for an answers file and for a Word agreement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mou_builder.build import Built
from mou_builder.library import Library

Run = Callable[..., tuple[int, str, str]]
Explain = Callable[[str], tuple[int, str, str]]
ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "first_mou.yaml"
DAY = ("--as-of", "2026-07-01")


@pytest.fixture
def word(built: Built, tmp_path: Path) -> Path:
    """The first example as a Word file on disk."""
    file = tmp_path / "first_mou.docx"
    file.write_bytes(built.word)
    return file


@pytest.fixture(params=("answers", pytest.param("word", marks=pytest.mark.wide)))
def explain(request: pytest.FixtureRequest, run: Run, word: Path) -> Explain:
    """Explain an id, once for the answers file and once for the Word file built from it."""
    if request.param == "word":
        return lambda id: run("explain", str(word), id)
    return lambda id: run("explain", str(EXAMPLE), id, *DAY)


@pytest.mark.parametrize(
    "id", ("us/roles/discipline", "us/roles/discipline@1", "roles.discipline", "4.2", "Section 4.2")
)
def test_clause_is_explained_by_any_of_its_names(explain: Explain, built: Built, library: Library, id: str) -> None:
    """A clause may be named by its id, its slot or its section: place, reason, requirements, notes and sources come."""
    code, out, err = explain(id)
    clause = library.shelf["us/roles/discipline"]
    lines = out.splitlines()

    assert built.selection.numbers["roles.discipline"] == "4.2"
    assert (code, err) == (0, "")
    assert lines[0] == f"Section 4.2: {library.outline.slots()['roles.discipline'].title} (roles.discipline)"
    assert f"  Chosen: us/roles/discipline@1 (draft text), {clause.written.heading}" in lines
    assert "  Because: every agreement has this section, and this is its only text" in lines
    assert "  State: unaltered" in lines
    asked = {row.id for row in built.report.requirements}
    assert [line.split()[1].rstrip(":") for line in lines if line.startswith("  Meets ")] == [
        met for met in clause.written.satisfies if met in asked
    ]
    for met in asked & set(clause.written.satisfies):
        assert f"  Meets {met}: {library.requirements()[met][1].asks}" in lines
    assert all(f"    {line}" in lines for line in clause.written.notes.strip().splitlines())
    assert all(
        f"    - {source.cite} ({source.evidence}, seen {source.seen})" in out for source in clause.written.sources
    )


def test_alternates_that_were_passed_over_are_listed_with_the_answer(explain: Explain) -> None:
    """What else was possible, and which answer ruled it out."""
    lines = explain("cost.share")[1].splitlines()

    assert any(line.startswith("  Because: ") and "cost.model is percentage" in line for line in lines)
    assert "  Passed over: us/cost/share.none@1: cost.model is percentage, not none" in lines
    assert "  Passed over: us/cost/share.actual-cost@1: cost.model is percentage, not actual-cost" in lines


def test_text_that_was_not_chosen_is_explained_by_what_stands_in_its_place(explain: Explain) -> None:
    """Asked about a text that is not in the agreement, the answer says which is, and why this one is not."""
    code, out, _ = explain("us/cost/share.none")

    assert code == 0 and "Chosen: us/cost/share.percentage@1" in out
    assert "Passed over: us/cost/share.none@1: cost.model is percentage, not none" in out


def test_optional_section_that_is_absent_is_explained(explain: Explain) -> None:
    """A section that is not in the agreement is said not to be, with the answer that keeps it out."""
    code, out, _ = explain("cost.grant")

    assert code == 0 and out.startswith("Not in the agreement: ") and "(cost.grant)\n" in out
    assert "No text: none fits these answers." in out
    assert "Passed over: us/cost/grant@1: cost.federal_grant is false, not true" in out


def test_recital_is_explained_by_its_letter(explain: Explain) -> None:
    """Recitals are lettered, and their letters are names too."""
    code, out, _ = explain("Recital A")

    assert code == 0 and out.startswith("Recital A: ") and "us/recitals/purpose.assigned@1" in out


def test_requirement_is_explained_down_to_its_sources(explain: Explain, library: Library) -> None:
    """Requirement, status, section and clause, then how the requirement is known: the whole chain."""
    code, out, err = explain("S1.6")
    rubric, row = library.requirements()["S1.6"]
    lines = out.splitlines()

    assert (code, err) == (0, "")
    assert lines[0] == f"S1.6: {row.asks}"
    assert f"  Rubric: {rubric.title} (guidance, required; provision)" in lines
    assert "  Status: met" in lines
    assert "  Said in Section 4.2: us/roles/discipline@1 (unaltered)" in lines
    assert f"  Known from (evidence: seed, seen {row.seen}):" in lines
    assert all(f"    - {rubric.sources[key].cite}: " in out for key in row.sources)


def test_requirement_of_words_and_practice_shows_both(explain: Explain) -> None:
    """What the text says and what people attest are two facts."""
    assert "  Status: met; practice attested" in explain("S4.3")[1].splitlines()
    assert "  Status: met; practice not attested" in explain("S1.2")[1].splitlines()


def test_other_texts_that_meet_a_requirement_are_named(explain: Explain) -> None:
    """An attorney who wants another wording finds the alternates that meet the same requirement."""
    others = "us/training/initial.within-days@1, us/training/responding@1"
    assert f"  Other texts that say it: {others}" in explain("S1.5")[1].splitlines()


@pytest.mark.parametrize(
    ("id", "near"),
    (
        ("us/roles/disciplin", "us/roles/discipline"),
        ("roles.disciplines", "roles.discipline"),
        ("S1.66", "S1.6"),
        ("us/cost/share.percent", "us/cost/share.percentage"),
    ),
)
def test_unknown_id_is_answered_with_the_nearest(explain: Explain, id: str, near: str) -> None:
    """A slip is a usage error, exit 2, with the nearest name and nothing on the results."""
    code, out, err = explain(id)

    assert (code, out) == (2, "")
    assert err == f"{id}: this is no clause, slot, section or requirement. Did you mean '{near}'?\n"


def test_id_like_no_other_is_answered_with_where_to_look(explain: Explain) -> None:
    """Where nothing is near, the list is pointed at."""
    code, _, err = explain("99.99")

    assert code == 2 and "See 'mou-builder library list'." in err


def test_open_answer_is_explained(run: Run, first_text: str, tmp_path: Path) -> None:
    """A section that waits for an answer says for which, and what could come."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(first_text.replace("final_say: agency", "final_say: {undecided: ask}"), encoding="utf-8")
    code, out, _ = run("explain", str(answers), "staffing.appointment", *DAY)

    assert code == 0 and "No text: selection.final_say is undecided." in out
    assert "Passed over: us/staffing/appointment.joint@1: selection.final_say is undecided" in out


def test_altered_clause_is_explained_with_what_changed(
    run: Run, built: Built, library: Library, tmp_path: Path
) -> None:
    """For a negotiated Word file, the explanation shows the words that differ."""
    from wordedit import packed, parts_of

    parts = parts_of(built.word)
    body = parts["word/document.xml"].decode("utf-8")
    start = library.shelf["us/roles/discipline"].written.text[:20]
    assert body.count(start) == 1
    parts["word/document.xml"] = body.replace(start, "On Fridays only").encode("utf-8")
    file = tmp_path / "negotiated.docx"
    file.write_bytes(packed(parts))
    clause = run("explain", str(file), "roles.discipline")[1]
    requirement = run("explain", str(file), "S1.6")[1]

    assert "  State: altered. " in clause and "{+On Fridays only" in clause
    assert "  Status: altered" in requirement and "us/roles/discipline@1 (altered)" in requirement


@pytest.mark.wide
def test_word_file_is_explained_by_the_text_it_was_built_with(run: Run, library_copy: Path, tmp_path: Path) -> None:
    """A library that has moved on does not change what stands in an agreement."""
    with_copy = ("--library", str(library_copy))
    run("library", "publish", "us/roles/discipline", *with_copy)
    assert run("build", str(EXAMPLE), "--out", str(tmp_path / "out"), *DAY, *with_copy)[0] == 0
    run("library", "revise", "us/roles/discipline", "--as-of", "2026-09-01", *with_copy)
    code, out, _ = run("explain", str(tmp_path / "out" / "first_mou.docx"), "roles.discipline", *with_copy)

    assert code == 0
    assert out.startswith("Section 4.2: ")
    assert "Chosen: us/roles/discipline@1 (published)" in out


def test_file_that_is_not_there_is_said_to_be_missing(run: Run) -> None:
    """A wrong path is a usage error, not a question about the id."""
    code, _, err = run("explain", str(EXAMPLE.with_name("first_mou.yml")), "S1.6")

    assert code == 2 and "there is no such file. Did you mean 'first_mou.yaml'?" in err


def test_wording_that_the_parties_keep_is_explained(
    tmp_path: Path, first_text: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    """Whoever asks for a section in the parties' own words learns that, why, and what the library has there."""
    kept = (
        "negotiated:\n  - section: roles.discipline\n    kind: changed\n    heading: Officers and Discipline\n"
        "    text: No Officer disciplines a Student.\n    instead_of: us/roles/discipline@1\n"
        "    why: Agreed in the mediation of May 2024.\n    agreed_on: 2024-05-20\n"
        "  - section: risk.insurance\n    kind: left-out\n    why: Both are in one pool.\n"
    )
    file = tmp_path / "ours.yaml"
    file.write_text(first_text + kept, encoding="utf-8")

    _, said, _ = run("explain", str(file), "roles.discipline", "--as-of", "2026-07-01")
    _, left_out, _ = run("explain", str(file), "risk.insurance", "--as-of", "2026-07-01")

    assert "Words of the parties." in said
    assert "the parties keep it: Agreed in the mediation of May 2024." in said
    assert "In place of us/roles/discipline@1" in said
    assert "Left out by the parties." in left_out
    assert "Both are in one pool." in left_out
