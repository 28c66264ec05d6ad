"""The library as it ships: sound, complete against the rubric, sourced, and all draft."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mou_builder.library import Clause, Library, Rubric
from mou_builder.library.checking import check_library
from mou_builder.library.questions import COMPUTED
from mou_builder.model import Agreement
from mou_builder.model.walk import model_paths

ROOT = Path(__file__).resolve().parents[2]
ROWS = {**{f"S{step}": count for step, count in ((1, 16), (2, 10), (3, 8), (4, 10), (5, 13))}, "SX": 4}
SECURE = "secure-local-2016"


@pytest.fixture(scope="module")
def rubric(library: Library) -> Rubric:
    return next(one for one in library.rubrics if one.id == SECURE)


def failing(clauses: Library, wrong: Callable[[Clause], object]) -> list[str]:
    """Return the clauses of which `wrong` says so, for a message that names them."""
    return [clause.cite for clause in clauses.shelf.values() if wrong(clause)]


def test_shipped_library_is_sound(library: Library) -> None:
    """No check of the library finds anything in what ships."""
    assert [str(fault) for fault in check_library(library)] == []


def test_every_known_row_of_the_rubric_is_there_and_none_that_is_unknown(rubric: Rubric) -> None:
    """The rubric file holds every row that a source supports, in order, and no row that is only surmised (U rows)."""
    expected = [f"{step}.{number}" for step, count in ROWS.items() for number in range(1, count + 1)]

    assert [row.id for row in rubric.requirements] == expected


def test_rows_stand_in_the_step_of_their_id(rubric: Rubric) -> None:
    """S3.6 belongs to step 3; SX rows belong to all steps, which the file counts as 0."""
    assert [row.id for row in rubric.requirements if f"S{row.step or 'X'}" != row.id.partition(".")[0]] == []


def test_only_a_row_of_law_may_rest_on_recollection(library: Library) -> None:
    """Guidance that nobody could open stays out; law that somebody remembers is listed, to be verified and never met."""
    remembered = [row for _, row in library.requirements().values() if row.evidence == "recollection"]

    assert remembered
    assert {row.force for row in remembered} == {"law"}
    assert all(row.unread for row in remembered)


def test_phase_is_a_sources_word_for_three_rows_only(rubric: Rubric) -> None:
    """Sources tell the two checklists apart for three training rows; every other phase is our own sorting."""
    assert [row.id for row in rubric.requirements if row.phase_basis == "source"] == ["S3.6", "S3.7", "S3.8"]


def test_every_requirement_names_a_source_that_was_opened(library: Library) -> None:
    """Clause, requirement, source: the chain ends in something a person looked at, with the day."""
    for rubric, row in library.requirements().values():
        assert row.sources and set(row.sources) <= rubric.sources.keys(), row.id
        assert row.seen >= rubric.published, row.id


@pytest.mark.parametrize("place", ("rubrics", "clauses"))
def test_every_source_says_what_it_is_cited_for_and_when_it_was_seen(library: Library, place: str) -> None:
    """A source is a pinpoint, what it is cited for, how far it was read, and a day."""
    in_rubrics = [source for rubric in library.rubrics for source in rubric.sources.values()]
    in_clauses = [source for clause in library.shelf.values() for source in clause.written.sources]
    for source in in_rubrics if place == "rubrics" else in_clauses:
        assert source.seen.year >= 2025 and source.cite.strip() and source.says.strip().endswith("."), source.cite
        assert source.url.startswith(("https://", "http://")), source.cite
        assert source.evidence != "recollection", source.cite


def test_every_provision_of_the_rubric_is_said_by_a_clause(library: Library, rubric: Rubric) -> None:
    """A first agreement can be aligned with every provision that the rubric is known to ask for."""
    said = {id for clause in library.shelf.values() for id in clause.written.satisfies}

    assert [row.id for row in rubric.requirements if row.kind in ("provision", "both") and row.id not in said] == []


def test_rubrics_say_what_they_are_and_what_is_unverified(library: Library) -> None:
    """Guidance binds nobody but the taker of a grant, law binds; what could not be opened is said where the rubric is described."""
    for rubric in library.rubrics:
        forces = {row.force for row in rubric.requirements}
        if rubric.force == "guidance":
            assert forces <= {"guidance", "grant"} and "aligned with" in rubric.status, rubric.id
        else:
            assert forces <= {rubric.force, "guidance"}, rubric.id
        if rubric.force == "law":
            assert rubric.jurisdiction == rubric.id.removesuffix("-law") and "ounsel" in rubric.status, rubric.id
            assert all(row.cite for row in rubric.requirements), rubric.id
        assert len(rubric.unverified) > 200, rubric.id


def test_every_clause_has_drafting_notes(library: Library) -> None:
    """An attorney finds at least two sentences on why a text is as it is and when to change it."""
    assert failing(library, lambda one: len(re.findall(r"[.;:?!)](?:\s|$)", one.written.notes)) < 2) == []


def test_every_clause_has_a_source_or_says_that_it_is_a_drafting_choice(library: Library) -> None:
    """What an agreement says rests on something that can be looked up, or owns up to being a choice."""
    own = [
        clause.cite
        for clause in library.shelf.values()
        if not clause.written.sources and "drafting choice" not in clause.written.notes
    ]

    assert own == []


def test_every_clause_that_meets_a_requirement_has_a_source(library: Library) -> None:
    """A clause that claims to meet the rubric shows where the rubric is known from."""
    assert failing(library, lambda one: one.written.satisfies and not one.written.sources) == []


def test_duties_are_said_with_shall(library: Library) -> None:
    """No text says will or must; a duty is shall, a permission may."""
    assert failing(library, lambda one: re.search(r"(?i)\b(will|must)\b", one.written.text)) == []


def test_no_text_names_a_state_or_promises_that_the_law_is_met(library: Library) -> None:
    """General text serves every state, and no agreement calls itself compliant or legally sufficient."""
    states = re.compile(rf"\b(?:{'|'.join(map(re.escape, library.states.values()))})\b")
    cases = re.compile("|".join(re.escape(name) for name in library.outline.names if states.search(name)) or "$^")
    claims = r"complian(?:t|ce) with (?:the )?(?:rubric|SECURe|guidance)|legally sufficient"

    assert failing(library, lambda one: states.search(cases.sub("", one.written.text))) == []
    assert failing(library, lambda one: re.search(claims, one.written.text)) == []


def test_shipped_texts_are_all_drafts(library: Library) -> None:
    """Nothing is published until a first release is asked for: no lock line, no past text, version 1 throughout."""
    lock = ROOT / "clause_library" / "published.lock"
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else []

    assert [line for line in lines if line.strip() and not line.startswith("#")] == []
    assert failing(library, lambda one: library.published(one) or one.version != 1) == [] and not library.past


def test_every_value_in_a_text_is_an_answer(library: Library) -> None:
    """Each placeholder names a question of the model, or one of the three values that are worked out."""
    known = {path for path, _ in model_paths(Agreement)} | COMPUTED.keys()

    assert failing(library, lambda one: [value.path for value in one.values if value.path not in known]) == []


def test_every_condition_is_on_an_answer(library: Library) -> None:
    """Each condition names a question of the model."""
    known = {path for path, _ in model_paths(Agreement)} | COMPUTED.keys()

    assert failing(library, lambda one: one.written.when.keys() - known) == []


def test_every_slot_of_the_outline_is_filled_and_every_clause_has_a_slot(library: Library) -> None:
    """The outline and the shelf hold the same slots, optional ones included."""
    assert {clause.slot for clause in library.shelf.values()} == library.outline.slots().keys()


def test_every_schedule_that_a_text_refers_to_is_in_the_outline(library: Library) -> None:
    """No cross-reference leads nowhere."""
    there = library.outline.slots().keys() | {f"schedules.{one.id}" for one in library.outline.schedules}

    assert failing(library, lambda one: set(one.references) - there) == []


def test_every_clause_file_is_loaded(library: Library) -> None:
    """A file that nobody reads is a clause that nobody gets."""
    files = {
        file.relative_to(ROOT / "clause_library").with_suffix("").as_posix()
        for file in (ROOT / "clause_library").rglob("*")
        if file.is_file() and file.relative_to(ROOT / "clause_library").parts[0].startswith("us")
    }
    about = {f"{one}/jurisdiction" for one in library.jurisdictions}

    assert files - about == {*library.shelf, *library.schedules}


def test_template_is_what_its_script_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed Word template and the script that draws it never part."""
    script = ROOT / "templates" / "draw.py"
    monkeypatch.syspath_prepend(str(script.parent))
    described = importlib.util.spec_from_file_location("draw", script)
    assert described is not None and described.loader is not None
    draw = importlib.util.module_from_spec(described)
    described.loader.exec_module(draw)

    assert draw.draw() == (ROOT / "templates" / "mou.docx").read_bytes()
