"""Struck and underlined words: what a report marks as changed is what a reader of a memo sees as changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_builder.document.memo import Words
from mou_builder.report.clauses import difference
from mou_builder.review.differences import compared, marked, sides

WORD = st.sampled_from(
    ["the", "Officer", "shall", "should", "not", "[draft]", "x-", "-y", "+", "{z}", "ten", "days.", "$5"]
)
TEXT = st.lists(WORD, min_size=1, max_size=30).map(" ".join)


def shown(said: Words) -> str:
    """Return words as a reader of black and white sees them: -struck- and +underlined+."""
    sign = {"plain": "", "removed": "-", "added": "+"}
    return "".join(f"{sign[one.kind]}{one.words}{sign[one.kind]}" for one in said)


@pytest.mark.parametrize(
    ("difference", "seen"),
    [
        ("No Officer [-shall-] {+should+} search", "No Officer -shall- +should+ search"),
        ("within [-two-] {+ten+} school [-days-] {+weeks+} of it", "within -two school days- +ten school weeks+ of it"),
        ("Searches of Students ... in a School [-only-] with cause ... of the day.", "\u2026 in a School -only- with cause \u2026"),
        ("{+All is new.+}", "+All is new.+"),
        ("[-[draft]-] {+[final]+} text", "-[draft]- +[final]+ text"),
        ("an open mark [- that nobody closed", "an open mark [- that nobody closed"),
        ("", ""),
    ],
)  # fmt: skip
def test_marked_words_are_struck_and_underlined(difference: str, seen: str) -> None:
    """The report's marks become looks; a phrase is shown whole, far context is left out, brackets of the text stay."""
    assert shown(marked(difference)) == seen


@given(TEXT, TEXT)
@settings(deadline=None, derandomize=True)
def test_no_changed_word_is_lost(before: str, after: str) -> None:
    """Read without the struck words the memo has the new text's changes, without the underlined ones the old text's."""
    said = marked(difference(before, after))
    _, struck, put_in = sides(difference(before, after))

    for kind, words in (("removed", struck), ("added", put_in)):
        look = " ".join(one.words for one in said if one.kind == kind).split()
        assert [word for word in words.split() if word not in look] == []


@given(TEXT, TEXT)
@settings(deadline=None, derandomize=True)
def test_a_compared_text_holds_both_versions(before: str, after: str) -> None:
    """Short texts compared directly give back the old text and the new one."""
    said = compared(before, after)
    old = "".join(one.words for one in said if one.kind != "added")
    new = "".join(one.words for one in said if one.kind != "removed")

    if "\u2026" not in old:
        assert (old.split(), new.split()) == (before.split(), after.split())
    else:
        assert len(before.split()) > 14


def test_hostile_texts_are_compared_all_the_same() -> None:
    """Two long texts that share nothing are shown whole, one struck and one new, without comparing each word with each."""
    said = compared("old " * 5000, "new " * 5000)

    assert [one.kind for one in said] == ["removed", "plain", "added"]
    assert said[0].words.count("old") == said[2].words.count("new") == 5000
