"""The schedules that people choose stand in the Word file as Word's own tables and forms, and edits in them are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from wordedit import body_of, edited, replace_word, text_of, w

from mou_builder.build import Built
from mou_builder.document.computed import COMPUTED
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.library.markup import Words
from mou_builder.library.schedules import COMPUTED_TABLES, Passage
from mou_builder.model.agreement import Agreement
from mou_builder.model.walk import labels, model_paths
from mou_builder.report import Report

pytestmark = pytest.mark.wide
EXHIBITS = tuple(labels(dict(model_paths(Agreement))["document.exhibits"]))
DATE = "  effective_date: 2026-08-01\n"


@pytest.fixture(scope="module")
def exhibited(make: Callable[..., Built], first_text: str) -> Built:
    """The first example with every exhibit."""
    return make(first_text.replace(DATE, f"{DATE}  exhibits: [{', '.join(EXHIBITS)}]\n"))


def words_of(passage: Passage) -> list[str]:
    """Return the stretches of a passage that no answer and no reference changes."""
    pieces = [piece for block in passage.blocks for piece in block.pieces]
    return [" ".join(piece.text.split()) for piece in pieces if isinstance(piece, Words)]


def test_every_exhibit_stands_with_its_headings_columns_and_labels(exhibited: Built, library: Library) -> None:
    """Each word of a chosen schedule's file is printed in the agreement, under the letter that its clause names."""
    printed = " ".join(" ".join(text_of(one).split()) for one in body_of(exhibited.word).iter(w("p")))

    for id in EXHIBITS:
        text = library.schedules[f"us/schedules/{id}"]
        assert exhibited.selection.numbers[f"schedules.{id}"].startswith("Schedule ")
        for number, part in enumerate(text.written.parts):
            passages = [one for path, one in text.passages.items() if path[1] == number]
            missing = [words for one in passages for words in words_of(one) if words not in printed]
            assert part.when or not missing, (id, missing)


def test_exhibits_make_a_valid_word_file(exhibited: Built, tmp_path: Path) -> None:
    """The Open XML validator finds nothing to say, and every table's rows fill its columns."""
    file = tmp_path / "exhibits.docx"
    file.write_bytes(exhibited.word)

    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []
    for table in body_of(exhibited.word).iter(w("tbl")):
        grid = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        for row in table.iterchildren(w("tr")):
            spans = [cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in row.findall(w("tc"))]
            assert sum(1 if span is None else int(span.get(w("val"))) for span in spans) == grid


def test_blanks_are_no_typed_underscores_and_rows_keep_together(exhibited: Built) -> None:
    """What is filled in by hand has a rule that Word draws; no row breaks, and heads repeat on the next page."""
    body = body_of(exhibited.word)
    tables = [table for table in body.iter(w("tbl")) if table.find(f"{w('tblPr')}/{w('tblStyle')}") is not None]

    assert not any("__" in (one.text or "") for one in body.iter(w("t")))
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for table in tables for row in table.iter(w("tr")))
    assert any(text_of(paragraph).count("\u2610") == 4 for paragraph in body.iter(w("p")))


def test_a_list_of_answers_makes_rows_and_groups(exhibited: Built) -> None:
    """Conduct, topics and groups come from the answers, one row or one group of rows for each entry."""
    rows = [[text_of(cell) for cell in row.findall(w("tc"))] for row in body_of(exhibited.word).iter(w("tr"))]

    assert ["profanity", "Handles it, with support for the Student", "None"] in rows
    assert ["mental-health crises and trauma", "", "", "", ""] in rows
    assert [row[0] for row in rows if len(row) == 1 and row[0].startswith("By ")][:2] == [
        "By race or ethnicity",
        "By sex",
    ]


def test_each_party_has_its_own_resolution_and_signature_page(exhibited: Built) -> None:
    """Both forms are repeated for each party with its name, governing body and the people who sign for it."""
    said = [text_of(one) for one in body_of(exhibited.word).iter(w("p"))]

    for name in ("Larkmoor Unified School District", "City of Larkmoor"):
        assert f"Resolution: {name}" in said and f"Signature page: {name}" in said
    assert "For City of Larkmoor, the City Council has received" in " ".join(said)
    assert said.count("Name:\tElias Thorne") == 2


def test_an_edit_in_a_form_is_found(exhibited: Built, read: Callable[..., Report]) -> None:
    """The words of a schedule are part of what was built: a changed label is a finding, old and new."""
    word = edited(exhibited.word, lambda body: replace_word(body, "please do not share them", "share them"))
    changed = read(word)

    assert [one.code for one in exhibited.report.findings if one.code == "E-FRAME-CHANGED"] == []
    assert any(one.code == "E-FRAME-CHANGED" and "please do not share them" in one.message for one in changed.findings)


def test_exhibits_about_assigned_officers_need_assigned_officers(first_text: str, make: Callable[..., Built]) -> None:
    """A protocol for officers who only respond has no position to describe."""
    text = first_text.replace(DATE, f"{DATE}  exhibits: [complaint-form, training-matrix]\n")

    with pytest.raises(AnswerError, match="training-matrix is about officers who are assigned to schools"):
        make(text.replace("program:\n", "program:\n  mode: responding\n", 1))


def test_without_exhibits_only_the_facts_are_attached(built: Built) -> None:
    """The default attaches nothing that nobody will use."""
    assert [one.id for one in built.selection.schedules] == ["sites", "contacts", "cost"]


def test_every_computed_table_has_its_code() -> None:
    """The names that the library may use are those that the program works out."""
    assert set(COMPUTED_TABLES) == {*COMPUTED, "joinder"}
