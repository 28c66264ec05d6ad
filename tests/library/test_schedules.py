"""A schedule's file is read with its place: a slip gives one clear message, and a sound one is sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mou_builder.errors import LibraryError
from mou_builder.library import Library, load_library
from mou_builder.library.checking import check_library
from mou_builder.library.drafting import term_faults
from mou_builder.library.questions import questions
from mou_builder.library.schedule_checking import schedule_faults
from mou_builder.library.schedules import COMPUTED_TABLES, schedule_in
from mou_builder.marked import read_marked

pytestmark = pytest.mark.wide
NAME = "us/schedules/joinder"
HEAD = f"""\
id: {NAME}
version: 1
change: edition
effective: 2026-07-01
reviewed: 2026-11-21
notes: A note.
"""
TABLE = "  - table:\n      columns: [Item, Amount]\n      widths: [2, 1]\n"
FILE = f"{NAME}.yaml"


def said(parts: str) -> list[str]:
    """Return what is wrong with the form of a schedule that has these parts, by its own account."""
    with pytest.raises(LibraryError) as refused:
        schedule_in(read_marked(f"{HEAD}parts:\n{parts}", FILE, LibraryError))
    return [str(fault) for fault in refused.value.faults]


# fmt: off
FORM = {
    "two kinds in one part": ("  - heading: A\n    text: B.\n", f"{FILE}:8:5: this part is both heading and text."),
    "an empty part": ("  - when: {cost.model: none}\n", f"{FILE}:8:5: this part holds nothing."),
    "an unknown kind": ("  - headline: A\n", f"{FILE}:8:5: nothing here is called 'parts[0].headline'. Did you mean 'heading'?"),
    "widths that do not fit": (TABLE.replace("[2, 1]", "[2, 1, 1]") + "      rows: [[A, B]]\n",
                               f"{FILE}:10:15: the table has 2 columns but 3 widths."),
    "a row too short": (TABLE.replace("Amount]", "Amount, Day]").replace("[2, 1]", "[2, 1, 1]") + "      rows: [[A, B]]\n",
                        f"{FILE}:11:14: the row has 2 cells, but the table has 3 columns."),
    "a table without rows": (TABLE, f"{FILE}:9:7: the table has no rows."),
    "one column": ("  - table:\n      columns: [Item]\n      widths: [1]\n      rows: [[A]]\n", f"{FILE}:9:16: "),
    "stray markup in a cell": (TABLE + "      rows: [[\"{{ kind\", B]]\n", f"{FILE}:11:15: a stray '{{{{' stands here."),
    "stray markup in a text": ("  - text: |\n      One line.\n      Two [[lines.\n", f"{FILE}:10:11: a stray '[[' stands here."),
    "a list in a heading": ("  - heading: \"- A\"\n", f"{FILE}:8:14: only a text may have several paragraphs or a list."),
    "a term defined": ("  - text: |\n      A **Gadget** is kind.\n", f"{FILE}:9:7: a schedule defines no term."),
    "a new page for a text": ("  - text: A.\n    new_page: true\n", f"{FILE}:9:15: only a heading starts a new page."),
}
SENSE = {
    "rows that nobody computes": (TABLE + "      computed: cost-line\n",
                                  ":11:17: no rows called 'cost-line' are computed. Did you mean 'cost-lines'?"),
    "computed rows of another width": (TABLE + "      computed: schools\n", ":11:17: the rows called 'schools' have 4 cells."),
    "each of no list": (TABLE + "      each: term.ends\n      rows: [[A, B]]\n", ":11:13: 'term.ends' is no list of answers."),
    "an unknown answer": ("  - text: |\n      It ends on {{ term.endz | date }}.\n", ":9:21: the text names 'term.endz'"),
    "an answer that may be absent": ("  - heading: \"{{ crisis.co_responder }}\"\n", ":8:14: crisis.co_responder may be absent."),
    "a list without a filter": ("  - heading: \"{{ reporting.languages }}\"\n", ":8:14: reporting.languages cannot be printed"),
    "an unknown slot": ("  - text: |\n      See [[general.notice]].\n", ":9:11: [[general.notice]] is no slot of the outline."),
    "a word that nothing defines": ("  - text: |\n      The Gizmo stands.\n", ":9:7: 'Gizmo' is capitalized"),
    "a word that no text uses": ("  - text: |\n      A Party must go.\n", ":9:7: the text uses 'must'."),
    "a text that does not end": ("  - text: |\n      A Party goes\n", ":9:7: a paragraph does not end with a period"),
    "a condition on no answer": ("  - heading: A\n    when: {cost.modle: none}\n", ":9:24: when names 'cost.modle'"),
    "an unknown value of a party": ("  - heading: \"{{ party.name }}\"\n", ":8:14: no value is called 'party.name'."),
    "two tables that touch": (TABLE + "      rows: [[A, B]]\n" + TABLE + "      rows: [[C, D]]\n",
                              ":12:5: a table or form follows another"),
}
# fmt: on


@pytest.mark.parametrize("name", FORM)
def test_a_fault_of_form_is_one_message_at_its_place(name: str) -> None:
    """File, line, column, what was found: nothing else is said of a file with one slip."""
    parts, expected = FORM[name]
    found = said(parts)

    assert len(found) == 1 and found[0].startswith(expected), found


@pytest.mark.parametrize("name", SENSE)
def test_a_fault_of_sense_is_one_finding_at_its_place(name: str, library: Library) -> None:
    """A schedule that reads well but says something impossible is found by the library's check."""
    parts, expected = SENSE[name]
    broken = schedule_in(read_marked(f"{HEAD}parts:\n{parts}", FILE, LibraryError))
    damaged = replace(library, schedules={**library.schedules, NAME: broken})
    faults = [str(fault) for fault in (*schedule_faults(damaged, questions()), *term_faults(damaged))]
    found = [fault for fault in faults if fault.startswith(FILE)]

    assert len(found) == 1 and found[0].startswith(FILE + expected), found


def test_a_schedule_that_the_outline_lacks_or_nobody_wrote_is_found(library_copy: Path) -> None:
    """Every schedule of the outline has a file, and no file lies there unread."""
    (library_copy / "us/schedules/sites.yaml").rename(library_copy / "us/schedules/site.yaml")
    text = (library_copy / "us/schedules/site.yaml").read_text(encoding="utf-8")
    (library_copy / "us/schedules/site.yaml").write_text(text.replace("schedules/sites", "schedules/site"))
    found = [str(fault) for fault in check_library(load_library(library_copy))]

    assert any("no file holds the schedule sites." in one for one in found)
    assert any("the outline has no schedule 'site'. Did you mean 'sites'?" in one for one in found)


def test_a_schedule_under_another_name_is_refused(library_copy: Path) -> None:
    """The path is the citation."""
    (library_copy / "us/schedules/sites.yaml").rename(library_copy / "us/schedules/places.yaml")

    with pytest.raises(LibraryError, match=r"us/schedules/places.yaml:1:5: the id 'us/schedules/sites' is not"):
        load_library(library_copy)


def test_a_state_may_have_a_schedule_of_its_own(library_copy: Path) -> None:
    """The nearer jurisdiction's schedule takes the place of the general one."""
    (library_copy / "us-wa/schedules").mkdir(parents=True)
    (library_copy / "us-wa/jurisdiction.yaml").write_text("id: us-wa\nname: Washington\nparent: us\nstate: WA\n")
    text = (library_copy / "us/schedules/sites.yaml").read_text(encoding="utf-8")
    (library_copy / "us-wa/schedules/sites.yaml").write_text(text.replace("id: us/", "id: us-wa/"), encoding="utf-8")
    shelf = load_library(library_copy)
    found = {state: shelf.schedule("sites", state) for state in ("WA", "OH")}

    assert {state: text.cite for state, text in found.items() if text} == {
        "WA": "us-wa/schedules/sites@1",
        "OH": "us/schedules/sites@1",
    }


def test_every_table_that_the_program_computes_is_used(library: Library) -> None:
    """No computed table is left over, and each schedule has drafting notes of at least two sentences."""
    tables = [part.table for text in library.schedules.values() for part in text.written.parts if part.table]

    assert {table.computed for table in tables if table.computed} == set(COMPUTED_TABLES)
    assert [text.cite for text in library.schedules.values() if text.written.notes.count(".") < 2] == []
