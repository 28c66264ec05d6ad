"""The cover, the parties block and the signature pages: what the answers about form and parties put there."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from mou_builder.build import Built
from mou_builder.errors import AnswerError

FORM = "  instrument: mou\n"
AGENCY = "      entity_type: a municipal corporation\n"


def lines(built: Built) -> list[str]:
    """The words of each paragraph of the Word file."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(built.word)).paragraphs]


def test_title_is_the_name_of_the_form(make: Callable[..., Built], first_text: str) -> None:
    """Cover, opening words, header and file properties all name the form of the agreement."""
    built = make(first_text.replace(FORM, "  instrument: moa\n"))
    document = docx.Document(io.BytesIO(built.word))

    assert lines(built)[0] == "Memorandum of Agreement"
    assert any(line.startswith("This Memorandum of Agreement (this ") for line in lines(built))
    assert document.core_properties.title == "Memorandum of Agreement: School Resource Officer Program"


def test_a_title_that_is_given_goes_before_the_name_of_the_form(make: Callable[..., Built], first_text: str) -> None:
    """A state's own name for the paper is printed as it is given."""
    assert lines(make(first_text.replace(FORM, "  title: Joint Powers Agreement\n")))[0] == "Joint Powers Agreement"


def test_authority_and_recording_are_printed_and_a_missing_authority_is_a_blank(
    make: Callable[..., Built], first_text: str
) -> None:
    """Under a law on agreements between public bodies each party names its authority; the cover takes a recording legend."""
    form = "  instrument: interlocal\n  recording: {office: County Auditor, return_to: Clerk of the Board}\n"
    text = first_text.replace(FORM, form).replace(AGENCY, f"{AGENCY}      authority: chapter 7 of the Code\n")
    built = make(text)

    assert lines(built)[:2] == ["When recorded, return to:", "Clerk of the Board"]
    assert any("with authority under chapter 7 of the Code, for which the " in line for line in lines(built))
    assert any("authority under [to be decided: law under which this party makes" in line for line in lines(built))
    assert "parties.districts[0].authority" in [row["answer"] for row in built.report.undecided]


def test_authority_has_no_effect_in_other_forms(make: Callable[..., Built], first_text: str) -> None:
    """A memorandum prints no authority with its parties, so one that is given is refused where it stands."""
    with pytest.raises(AnswerError, match=r"parties.agencies\[0\].authority is given, but it has no effect"):
        make(first_text.replace(AGENCY, f"{AGENCY}      authority: chapter 7 of the Code\n"))


def test_resolutions_and_further_signers_are_printed(make: Callable[..., Built], first_text: str) -> None:
    """A vote by resolution stands with the party; who certifies funds has a line of its own on the signature page."""
    text = first_text.replace(
        "      approved_on: 2026-06-22\n", "      resolution: Resolution 7\n      approved_on: 2026-06-22\n"
    )
    text = text.replace("{name: Ruth Abernathy, title: City Clerk, capacity: attest}",
                        "{name: Ruth Abernathy, title: Treasurer, capacity: certify-funds}")  # fmt: skip
    built = make(text)
    cells = [
        cell.text for table in docx.Document(io.BytesIO(built.word)).tables for row in table.rows for cell in row.cells
    ]

    assert any("approved this Agreement by Resolution 7 on June 22, 2026" in line for line in lines(built))
    assert any("Funds:" in cell and "Ruth Abernathy" in cell for cell in cells)


def test_governing_law_must_be_chosen_where_a_tribal_nation_is_a_party(
    make: Callable[..., Built], first_text: str
) -> None:
    """State law is the usual answer, but nobody may take it for granted beside a tribal nation."""
    with pytest.raises(
        AnswerError, match="a tribal nation is a party, so the governing law cannot be taken for granted"
    ):
        make(first_text.replace("kind: police", "kind: tribal-police"))
