"""Three generations: what was negotiated in 2024 still stands, and is still seen to be the parties' own, in 2028."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from docx2python import docx2python
from review.generations import AGAIN, AGAIN_ON, first_built, renewed, revised, shelf
from review.story import FIVE_DAYS, ROOT, SUPERINTENDENTS, Story, Told, told
from wordedit import control, edited, replace_word

from mou_builder.cli import main
from mou_builder.errors import AnswerError
from mou_builder.marked import read_marked
from mou_builder.report.paragraphs import View, read_paragraphs
from mou_builder.report.wordfile import WordFile, open_word
from mou_builder.review.renewal import Decision


def test_the_story_in_short() -> None:
    """Kept in the second agreement, open in the third because the library moved, and kept again once somebody decides."""

    def negotiate(body: Any) -> None:
        replace_word(control(body, "us/roles/discipline"), "within two School Days", FIVE_DAYS)

    second = renewed(edited(first_built("first_mou").word, negotiate))
    moved = revised(shelf(), "us/roles/discipline", "within two School Days", "within one School Day")
    third = renewed(second.built.word, AGAIN, library=moved, on=AGAIN_ON)
    decided = {"roles.discipline": Decision("keep", "The chief insists.")}
    settled = renewed(second.built.word, AGAIN, library=moved, on=AGAIN_ON, decisions=decided)

    assert second.kept("roles.discipline") == [("changed", "kept")]
    assert third.kept("roles.discipline") == [("changed", "both")]
    assert any("E-WORDING-OPEN" in one for one in third.report.reasons_against_final())
    assert settled.kept("roles.discipline") == [("changed", "kept")]
    assert not any("E-WORDING-OPEN" in one for one in settled.report.reasons_against_final())
    (entry,) = settled.agreement.negotiated
    assert FIVE_DAYS in (entry.text or "") and entry.why == "The chief insists."


# The whole story, typed


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with pytest.MonkeyPatch.context() as patch:
        yield told(Story(tmp_path_factory.mktemp("story"), lambda *words: typed(patch, *words)))


def typed(patch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    """Type a command; return its exit code, what it printed, and its messages."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    patch.setattr(sys, "argv", ["mou-builder", *words])
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return code, out.getvalue(), err.getvalue()


def memo(story: Told, name: str) -> str:
    """Return what a reader finds in a memo, in one line."""
    return " ".join(docx2python(story.story.folder / name).text.split())


def report(story: Told, name: str) -> dict[str, Any]:
    return json.loads((story.story.folder / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def answers(story: Told, name: str) -> list[dict[str, Any]]:
    """Return the wording that an answers file keeps."""
    text = (story.story.folder / name).read_text(encoding="utf-8")
    return read_marked(text, name, AnswerError).value["negotiated"]  # type: ignore[no-any-return]


@pytest.mark.wide
def test_2024_the_signed_file_shows_what_was_negotiated(story: Told) -> None:
    """A final is made; after signing, exactly the two negotiated clauses differ, each with what kind of words changed."""
    assert story.first.code == 0 and "secure-local-2016    guidance  53 of 53" in story.first.out
    assert story.checked.code == 1
    altered = [line for line in story.checked.out.splitlines() if line.startswith("altered:")]
    assert [line.split()[1] for line in altered] == ["us/roles/discipline@1", "us/evaluation/removal.ladder@1"]
    assert story.checked.out.count("Changed: time limit.") == 2
    assert "within [-two-] {+five+} School Days." in story.checked.out
    board = memo(story, "board.docx")
    assert "Two clauses need a decision." in board and "School Days. Within ten" in board


@pytest.mark.wide
def test_2026_what_was_negotiated_is_kept_and_what_is_new_is_told(story: Told) -> None:
    """Nobody needs to decide anything: the two clauses are kept, three texts and a law are new, and a final can be made."""
    assert (story.proposed.code, story.second.code) == (0, 0)
    assert "8 with new text or new answers, 2 in the parties\u2019 words, 0 to decide." in story.proposed.out
    assert "new: EX.1 The agreement says that a copy goes to the state register" in story.proposed.out
    assert "example-state        law       1 of 1" in story.second.out
    assert [(one["section"], one["use"], one["agreed_on"].year) for one in answers(story, KEPT_2026)] == [
        ("roles.discipline", "kept", 2024),
        ("evaluation.removal", "kept", 2024),
    ]


@pytest.mark.wide
def test_2026_the_memo_gives_each_change_its_kind_and_its_reason(story: Told) -> None:
    """Update, new edition and correction of the library, the new section, the new law, and why the parties keep their words."""
    said = memo(story, "2026/signed-2026.memo.docx")

    assert "Nothing is left to decide. Of 109 sections, 99 stay as they were" in said
    assert "Two requirements were added since." in said
    for kind, reason in (
        ("Updated text (us/training/continuing@1 to us/training/continuing@2)", "after three incidents elsewhere"),
        ("New edition of the text (us/safety/media.joint@1", "a wholly new text, in which the District speaks first."),
        ("Corrected text (us/general/severability@1", "A slip in the sentence on waiver was corrected."),
        ("A new section (us/general/state-register@1)", "The Example State asks for an entry in its register."),
    ):
        assert kind in said and reason in said.partition(kind)[2][:300]
    assert "EX.1 The agreement says that a copy goes to the state register within 30 days. required by law" in said
    assert "met: Section 16.9" in said
    assert "Who should sign again: every district of the Example State." in said
    assert (
        "Why: The mediation of May 2024 settled on five School Days. First agreed in the agreement of August 1, 2024"
        in said
    )
    assert "legally sufficient" in said


@pytest.mark.wide
def test_2026_the_kept_words_are_marked_wherever_the_agreement_is_read(story: Told) -> None:
    """Appendix, report, record and answers name them; a requirement that rests on them reads altered, and blocks nothing."""
    found = report(story, "2026/signed-2026.compliance.json")
    rows = {one["id"]: one for one in found["clauses"]}
    asked = {one["id"]: one["status"] for one in found["requirements"]}
    record = (story.story.folder / "2026/signed-2026.record.yaml").read_text(encoding="utf-8")
    agreement = memo(story, "2026/signed-2026.docx")

    assert rows["us/roles/discipline"]["local"] == "The mediation of May 2024 settled on five School Days."
    assert [one["slot"] for one in found["kept"]] == ["roles.discipline", "evaluation.removal"]
    assert (asked["S1.6"], asked["EX.1"], asked["EX.2"]) == ("altered", "met", "not attested")
    assert "The mediation of May 2024 settled on five School Days." in record
    assert agreement.count("The mediation of May 2024 settled on five School Days.") >= 1  # the appendix
    assert FIVE_DAYS in agreement and SUPERINTENDENTS in agreement
    assert story.checked_again.code == 0
    assert story.checked_again.out.count("\nwording of the parties: ") == 2
    assert "\naltered: " not in story.checked_again.out


@pytest.mark.wide
def test_2028_one_conflict_stands_open_until_somebody_decides(story: Told) -> None:
    """The library changed a clause that the parties had kept: exit 1, both texts in the draft, and no final."""
    assert story.undecided.code == 1
    assert "1 in the parties\u2019 words, 1 to decide." in story.undecided.out
    assert "to decide: Officers Have No Role in School Discipline (roles.discipline)" in story.undecided.out
    said = memo(story, "2028-open/agreement-2028.memo.docx")
    assert said.count("One section must be decided before this agreement can be signed") == 1
    assert "A breach of the rule on discipline is reported on the next School Day." in said
    draft = memo(story, "2028-open/agreement-2028.docx")
    assert "[Alternative 1, as the parties agreed it]" in draft and "[Alternative 2, the library\u2019s text]" in draft
    decisions = (story.story.folder / "2028-open/agreement-2028.decisions.yaml").read_text(encoding="utf-8")
    assert "roles.discipline:\n    use: both" in decisions and "evaluation.removal:\n    use: keep" in decisions
    assert "[-within two School Days.-] {+on the next School Day.+}" in " ".join(decisions.replace("#", "").split())

    assert (story.refused.code, story.refused.out.strip()) == (1, "")
    assert "E-WORDING-OPEN: Officers Have No Role in School Discipline" in story.refused.err


@pytest.mark.wide
def test_2028_the_words_of_2024_still_stand_and_are_still_seen(story: Told) -> None:
    """Decided, the final is made; both clauses read as in 2024, keep that date, and the new reason stands beside the old one."""
    assert story.third.code == 0
    assert [(one["section"], one["use"], one["agreed_on"].year, one["why"]) for one in answers(story, KEPT_2028)] == [
        ("roles.discipline", "kept", 2024, "Five School Days have worked; both chiefs asked for them again."),
        ("evaluation.removal", "kept", 2024, "The Superintendent asked for more time to answer families."),
    ]
    agreement = memo(story, "2028/agreement-2028.docx")
    assert FIVE_DAYS in agreement and SUPERINTENDENTS in agreement
    assert "on the next School Day" not in agreement
    assert "us/roles/discipline@2" in agreement  # the appendix names the text in whose place they stand
    assert story.checked_last.code == 0 and story.checked_last.out.count("wording of the parties: ") == 2


@pytest.mark.wide
@pytest.mark.parametrize(
    ("old", "folder", "name"),
    [("signed-2024", "2026", "signed-2026"), ("agreement-2026", "2028", "agreement-2028")],
)
def test_every_redline_is_proved(story: Told, old: str, folder: str, name: str) -> None:
    """Rejecting all changes gives the signed text, accepting all the new one; without the engine the summary says what to do."""
    step = story.second if folder == "2026" else story.third
    file = story.story.folder / folder / f"{name}.redline.docx"
    if importlib.util.find_spec("python_redlines") is None:
        assert not file.exists() and "pip install" in step.out
        return
    redline, before, after = (
        open_word(path.read_bytes(), path.name)
        for path in (file, story.story.folder / f"{old}.docx", story.story.folder / folder / f"{name}.docx")
    )

    assert said_in(redline, "rejected") == said_in(before, "accepted")
    assert said_in(redline, "accepted") == said_in(after, "accepted")
    assert said_in(redline, "rejected") != said_in(redline, "accepted")
    assert "rejecting them all gives the signed text, accepting them all gives the new one." in step.out


def said_in(file: WordFile, view: View) -> list[str]:
    """Return the paragraphs of a file up to its appendix, its contents list left out, under one view of its changes."""
    reads = [read for read in read_paragraphs(file, view) if not read.in_contents]
    return [line for read in reads if (line := " ".join(read.text().split()))]


@pytest.mark.wide
def test_the_page_on_review_shows_what_the_commands_print(story: Told) -> None:
    """Each line that docs/review.md shows of this story was really printed, or stands in the file that it shows."""
    page = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    printed = "\n".join(step.out + step.err for step in story.story.steps)
    printed += (story.story.folder / "2028-open/agreement-2028.decisions.yaml").read_text(encoding="utf-8")
    shown = [line.strip() for block in page.split("```")[1::2] for line in block.splitlines()]
    lines = [line for line in shown if line.startswith(TOLD) and not line.endswith(" ...")]
    known = " ".join(printed.split())

    assert len(lines) > 15
    assert [line for line in lines if " ".join(line.split()) not in known] == []


TOLD = (
    "Sections:",
    "new:",
    "to decide:",
    "altered:",
    "wording of",
    "Kept in place",
    "Officers Have",
    "Removal of",
    "#   ",
)
"""How the lines begin that the page shows as they are."""
KEPT_2026, KEPT_2028 = "2026/signed-2026.answers.yaml", "2028/agreement-2028.answers.yaml"
