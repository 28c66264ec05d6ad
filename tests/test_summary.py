"""The plain-language summary: what a student or a parent reads, true to the agreement, short, and easy enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyphen
import pytest
from openxml_audit import OpenXmlValidator
from wordedit import body_of, parts_of, text_of

from mou_builder.build import Built
from mou_builder.document.summary import summarize
from mou_builder.library import Library
from mou_builder.library.checking import check_library
from mou_builder.library.loading import load_library
from mou_builder.model import Agreement

ROOT = Path(__file__).resolve().parent.parent
MOST_WORDS = 1950
"""What two pages hold."""

SCHOOL_YEAR = 8.0
"""The school year of readers aged about 13."""

Summarize = Callable[[Built], bytes]


@pytest.fixture(scope="module")
def summarized(library: Library) -> Summarize:
    template = (ROOT / "templates" / "summary.docx").read_bytes()

    def making(built: Built) -> bytes:
        agreement: Agreement = built.record.agreement(library.states)
        return summarize(agreement, built.selection, library, template, final=False)

    return making


def words_of(word: bytes) -> str:
    return " ".join(text_of(body_of(word)).split())


def school_year(text: str) -> float:
    """Return the school year whose readers understand the text, by the formula of Flesch and Kincaid (1975)."""
    syllables = pyphen.Pyphen(lang="en_US")
    words = re.findall(r"[A-Za-z’'-]+", text)
    sentences = [one for one in re.split(r"[.!?:;]+(?:\s|$)", text) if one.strip()]
    count = sum(len(syllables.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59


def test_every_clause_on_rights_and_roles_is_said_in_plain_words(library: Library) -> None:
    """What an officer may do to a student, and what a student may ask for, no family has to find in legal words."""
    lacking = [
        clause.cite
        for clause in library.shelf.values()
        if clause.slot.partition(".")[0] in ("roles", "rights", "safety") and not clause.written.plain.strip()
    ]

    assert lacking == []


def test_the_summary_says_each_clause_with_its_answers_and_its_section(
    built: Built, summarized: Summarize, library: Library
) -> None:
    """The words are those of the chosen clauses, with this agreement's numbers, each with the section to look in."""
    words = words_of(summarized(built))
    chosen = [one for one in built.selection.clauses if one.plain]

    assert "An officer does not arrest you if you are younger than 12" in words
    assert "www.larkmoor-schools.example/sro" in words and "Compliance Officer" in words
    for clause in chosen:
        assert f"({built.selection.numbers[clause.slot]})" in words, clause.cite
    assert words.count(" (") >= len(chosen)
    assert "{{" not in words and "[to be decided" not in words


def test_the_summary_says_that_it_is_not_the_agreement(built: Built, summarized: Summarize) -> None:
    """Nobody can take a summary for a promise: the agreement counts, and a draft says that it is not signed."""
    word = summarized(built)

    assert "It is not part of the agreement: where the two differ, the agreement counts." in words_of(word)
    assert "the agreement is not signed yet" in re.sub(r"<[^>]+>", "", parts_of(word)["word/header1.xml"].decode())


def test_an_open_answer_is_a_visible_blank(make: Callable[..., Built], first_text: str, summarized: Summarize) -> None:
    """A family is never told a number that nobody has decided."""
    built = make(first_text.replace("  minimum_age: 12", "  minimum_age: {undecided: Counsel asks the prosecutor.}"))

    assert "younger than [to be decided: age below which" in words_of(summarized(built))


def test_the_summary_is_short_enough_and_easy_enough(examples: dict[str, Built], summarized: Summarize) -> None:
    """Two pages, and a thirteen-year-old can read them: for three examples; pages are counted in LibreOffice."""
    for name, built in examples.items():
        words = words_of(summarized(built))

        assert len(words.split()) <= MOST_WORDS, (name, len(words.split()))
        assert school_year(words) <= SCHOOL_YEAR, (name, school_year(words))


def test_the_summary_is_a_valid_word_file_and_the_same_each_time(
    built: Built, summarized: Summarize, tmp_path: Path
) -> None:
    """It opens in Word as it is, and the same agreement gives the same bytes."""
    file = tmp_path / "summary.docx"
    file.write_bytes(summarized(built))

    assert [str(one) for one in OpenXmlValidator().validate(str(file)).errors] == []
    assert summarized(built) == file.read_bytes()


def test_build_writes_the_summary_where_asked(
    run: Callable[..., tuple[int, str, str]], first_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--summary` puts it beside the agreement; without it nothing more is written."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(first_text, encoding="utf-8")
    run("build", "a.yaml", "--out", "with", "--as-of", "2026-07-01", "--summary")
    run("build", "a.yaml", "--out", "without", "--as-of", "2026-07-01")

    assert Path("with/a.summary.docx").exists()
    assert not Path("without/a.summary.docx").exists()


@pytest.mark.wide
@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ("An SRO tells you.", "plain uses 'SRO'. Say it as a student or a parent would."),
        ("See [[roles.discipline]].", "plain holds a defined term or a cross-reference. Use plain words and values only."),
        (f"You may ask.{' Ask again.' * 40}", "plain holds 83 words. Use 70 at most."),
        ("An officer of {{ governance.moniter }} tells you.",
         "the text names 'governance.moniter', which no answer is called. Did you mean 'governance.monitor'?"),
    ],
)  # fmt: skip
def test_plain_words_are_checked_like_the_clause_itself(plain: str, message: str, library_copy: Path) -> None:
    """A slip in the summary's words is told with its place, before any family reads it."""
    file = library_copy / "us" / "general" / "severability.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("\nnotes:", f'\nplain: "{plain}"\nnotes:', 1), encoding="utf-8"
    )
    faults = [str(fault) for fault in check_library(load_library(library_copy)) if "severability" in str(fault)]

    assert len(faults) == 1 and faults[0].startswith("us/general/severability.yaml:")
    assert faults[0].endswith(message)
