"""Wording that the parties keep: it stands in the agreement as they wrote it, and everybody can see that it is theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mou_builder.build import Built
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.model import Agreement, read_answers
from mou_builder.report import Report
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.wordfile import open_word

KEPT = """
negotiated:
  - section: roles.discipline
    kind: changed
    heading: Officers & Discipline <here>
    text: |
      No Officer disciplines a Student {{ x }} {% if y %}. See [[roles.calling]].
      The Officer may:
      - talk with a Student; and
      - tell the Principal what **the Officer** saw.
    instead_of: us/roles/discipline@1
    why: Agreed in the mediation of May 2024.
    agreed_on: 2024-05-20
  - section: roles.calling
    kind: added
    heading: A Section of Our Own
    text: The parties meet on the first Monday of each month.
    why: Asked for by the chief.
  - section: general.precedence
    kind: left-out
    instead_of: us/general/precedence@1
    why: Both policies stand side by side.
"""


@pytest.fixture(scope="module")
def kept(make: Callable[..., Built], first_text: str) -> Built:
    return make(first_text + KEPT)


def lines_of(built: Built) -> list[tuple[str, str]]:
    return [(read.number, read.text()) for read in read_paragraphs(open_word(built.word, "kept.docx"))]


def test_kept_words_stand_as_they_were_written(kept: Built) -> None:
    """Words of the parties are printed letter by letter, lists as lists, and their references with today's numbers."""
    lines = lines_of(kept)
    start = lines.index(("4.2", "Officers & Discipline <here>"))

    assert [text for _, text in lines[start + 1 : start + 5]] == [
        "No Officer disciplines a Student {{ x }} {% if y %}. See Section\u00a04.4.",
        "The Officer may:",
        "talk with a Student; and",
        "tell the Principal what **the Officer** saw.",
    ]
    assert [number for number, _ in lines[start + 3 : start + 5]] == ["(a)", "(b)"]


def test_an_added_section_takes_its_number_and_a_left_out_one_its_place(kept: Built) -> None:
    """The added section is numbered behind the one it follows; the one left out is nowhere."""
    lines = lines_of(kept)

    assert ("4.5", "A Section of Our Own") in lines
    assert not any(text == "Order of Precedence" for number, text in lines if number)


def test_kept_words_are_marked_wherever_the_agreement_is_read(kept: Built, read: Callable[..., Report]) -> None:
    """The report says whose words they are and why; the requirements that rest on them read altered, not met."""
    report = read(kept.word)
    rows = {row.slot: row for row in report.clauses}
    asked = {row.id: row for row in report.requirements}

    assert {row.state for row in report.clauses} == {"unaltered"}
    assert rows["roles.discipline"].local == "Agreed in the mediation of May 2024."
    assert [one["kind"] for one in report.kept] == ["changed", "added", "left-out"]
    assert asked["S1.6"].status == "altered"
    assert "counsel must judge" in asked["S1.6"].note


def test_kept_words_do_not_keep_an_agreement_from_being_final(kept: Built) -> None:
    """Words kept knowingly, with a reason, are no open question: only what is undecided or missing refuses a final."""
    assert not kept.report.requirements[0].blocks_final
    assert not any("S1.6" in reason for reason in kept.report.reasons_against_final())


def test_both_texts_in_a_draft_refuse_a_final(make: Callable[..., Built], first_text: str) -> None:
    """Until counsel has chosen, the draft shows both texts under their labels and no final can be made."""
    both = make(first_text + KEPT.replace("    kind: changed\n", "    kind: changed\n    use: both\n"))
    texts = [text for _, text in lines_of(both)]

    assert "[Alternative 1, as the parties agreed it]" in texts
    assert "[Alternative 2, the library\u2019s text]" in texts
    assert any(reason.startswith("E-WORDING-OPEN") for reason in both.report.reasons_against_final())


def test_a_reference_to_a_section_left_out_is_told(make: Callable[..., Built], first_text: str) -> None:
    """Whoever leaves out a section that others rest on learns which ones, before anybody signs."""
    entry = "\nnegotiated:\n  - {section: roles.discipline, kind: left-out, why: Not wanted.}\n"
    built = make(first_text + entry)
    dead = [one for one in built.report.findings if one.code == "E-DEAD-REFERENCE"]

    assert any("When School Staff May Call an Officer" in one.message for one in dead)
    assert all("which the parties left out" in one.message for one in dead)
    assert any("Section\u00a0?" in text for _, text in lines_of(built))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{section: roles.disciplin, kind: left-out, why: No.}", "Did you mean 'roles.discipline'?"),
        ("{section: roles.discipline, kind: changed, why: No.}", "the words of the section are not given"),
        ("{section: roles.discipline, kind: left-out, text: Words., why: No.}", "a section left out has no words"),
        (
            "{section: roles.discipline, kind: added, text: Words., why: No.}",
            "a section that was added needs a heading",
        ),
    ],
)
def test_an_entry_that_cannot_stand_is_told(
    tmp_path: Path, first_text: str, run: Callable[..., tuple[int, str, str]], entry: str, told: str
) -> None:
    """A wrong entry gives one message with its place, and nothing is written."""
    file = tmp_path / "ours.yaml"
    file.write_text(f"{first_text}\nnegotiated:\n  - {entry}\n", encoding="utf-8")

    code, _, said = run("build", str(file), "--out", str(tmp_path / "out"))

    assert code == 2
    assert told in said
    assert f"{file}:" in said
    assert not (tmp_path / "out").exists()


def test_two_entries_for_one_section_are_refused(first_text: str, library: Library) -> None:
    """One section cannot be kept in two wordings."""
    twice = "\nnegotiated:\n" + "  - {section: roles.discipline, kind: left-out, why: No.}\n" * 2

    with pytest.raises(AnswerError, match=r"roles\.discipline is named twice"):
        read_answers(first_text + twice, "ours.yaml", library.states)


def test_an_agreement_without_kept_words_lists_none(first: Agreement, built: Built) -> None:
    """Nothing is said of wording of the parties where there is none."""
    texts = [one.text or "" for one in open_word(built.word, "first.docx").body.iter() if one.text]

    assert first.negotiated == ()
    assert "Wording kept by the parties" not in texts


def test_words_in_a_place_where_the_library_has_no_text_get_a_mark_of_their_own(
    make: Callable[..., Built], first_text: str
) -> None:
    """Whatever text they once stood in place of, they are not taken for that text's section."""
    entry = (
        "\nnegotiated:\n  - {section: structure.joining, kind: changed, heading: Joining Later, text: Nobody joins., "
        "instead_of: us/roles/discipline@1, why: Agreed in 2024.}\n"
    )
    rows = {row.slot: row for row in make(first_text + entry).report.clauses}

    assert rows["structure.joining"].id == "local/structure/joining"
    assert rows["roles.discipline"].id == "us/roles/discipline"
    assert not rows["roles.discipline"].local
