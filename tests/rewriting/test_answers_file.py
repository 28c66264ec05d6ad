"""A changed answer changes its own lines of the answers file, and nothing else that its owner wrote there."""

from __future__ import annotations

import difflib
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from handwriting import NASTY, Hand, edited, made_up
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_builder import marked
from mou_builder.errors import AnswerError
from mou_builder.marked import read_marked
from mou_builder.rewriting import answers_file, layout
from mou_builder.rewriting.answers_file import with_answers
from mou_builder.rewriting.matching import same

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
FIRM = settings(deadline=None, derandomize=True, max_examples=120)

NOTES = """\
# Agreed with the chief in May.
schema: 1   # do not touch

parties:
    # the two of us
    districts:
    - {name: "Larkmoor", kind: district}  # ours
    # theirs
    - name: 'Tidewater'
      kind: district
    agencies: [city, county]   # both
      # deep below

term:
  model: percentage  # see the board's minutes
  years: 3
  why: |
    One.
    Two.

last: ~
"""


def read(text: str) -> Any:
    return read_marked(text, "answers.yaml", AnswerError).value


def changed(text: str, change: Callable[[Any], object]) -> str:
    """Return the lines that a change of the answers takes away and puts in, as ``-old`` and ``+new``."""
    answers = read(text)
    change(answers)
    result = with_answers(text, "answers.yaml", answers)
    assert same(read(result), answers)
    lines = difflib.unified_diff(text.splitlines(keepends=True), result.splitlines(keepends=True), n=0)
    return "".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def written_by_hand(seed: int) -> tuple[str, list[str], random.Random]:
    """Return a made-up file, the comments in it, and the dice that wrote it."""
    dice = random.Random(seed)
    answers = made_up(dice)
    while not isinstance(answers, dict) or not answers:
        answers = made_up(dice)
    hand = Hand(dice)
    text = hand.file(answers)
    words = repr(read(text))  # behind a text in lines, a comment that stands deep is one of its lines
    return text, [one for one in hand.comments if one.split(".")[0] + "." not in words], dice


@FIRM
@given(st.integers(0, 10**9), st.integers(1, 4))
def test_any_change_is_read_back_and_loses_no_comment(seed: int, changes: int) -> None:
    """Whatever the file looks like and whatever changes, the file gives the new answers and holds every old comment."""
    text, comments, dice = written_by_hand(seed)
    answers = read(text)
    for _ in range(changes):
        answers = edited(answers, dice)

    result = with_answers(text, "answers.yaml", answers)

    assert same(read(result), answers)
    assert [one for one in comments if result.count(one.split(".")[0] + ".") != 1] == []


@settings(FIRM, max_examples=60)
@given(st.integers(0, 10**9))
def test_both_readers_of_yaml_lead_to_the_same_file(seed: int) -> None:
    """With and without libyaml the same change gives the same bytes."""
    text, _, dice = written_by_hand(seed)
    answers = edited(edited(read(text), dice), dice)
    fast = with_answers(text, "answers.yaml", answers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_LOADER", yaml.SafeLoader)
        patch.setattr(marked, "_LOADER", yaml.SafeLoader)
        answers_file._value.cache_clear()  # or the values that libyaml gave would be used again
        slow = with_answers(text, "answers.yaml", answers)

    assert slow == fast


@FIRM
@given(st.integers(0, 10**9))
def test_other_groups_stay_byte_for_byte(seed: int) -> None:
    """A change within one top-level group leaves every line before and behind that group as it was."""
    text, _, dice = written_by_hand(seed)
    text = text.removesuffix("\n").removesuffix("\r") + ("\r\n" if "\r\n" in text else "\n")
    marks = read_marked(text, "answers.yaml", AnswerError)
    names = list(marks.value)
    name = dice.choice(names)
    answers = {**marks.value, name: edited([marks.value[name]], dice, depth=1)}
    lines = text.splitlines(keepends=True)
    first = marks.place((name,), key=True).line - 1
    rest = [marks.place((one,), key=True).line - 1 for one in names[names.index(name) + 1 :]]

    result = with_answers(text, "answers.yaml", answers).splitlines(keepends=True)

    assert result[:first] == lines[:first]
    assert not rest or result[-(len(lines) - rest[0]) :] == lines[rest[0] :]


@FIRM
@given(st.integers(0, 10**9))
def test_the_same_answers_leave_the_file_alone(seed: int) -> None:
    """Saving without a change gives the very same text."""
    text, _, _ = written_by_hand(seed)

    assert with_answers(text, "answers.yaml", read(text)) == text


@settings(FIRM, max_examples=40)
@given(st.integers(0, 10**9))
def test_answer_after_answer_can_be_saved(seed: int) -> None:
    """A file that was changed many times, each time from what stood there, still holds every comment."""
    text, comments, dice = written_by_hand(seed)
    for _ in range(12):
        answers = edited(read(text), dice)
        text = with_answers(text, "answers.yaml", answers)
        assert same(read(text), answers)

    assert [one for one in comments if text.count(one.split(".")[0] + ".") != 1] == []


@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_are_kept(words: str) -> None:
    """Words that YAML would take for something else are read back as they were typed, wherever they stand."""

    def change(answers: Any) -> None:
        answers["term"]["model"] = words
        answers["parties"]["districts"][0]["name"] = words
        answers["parties"]["agencies"].append(words)
        answers["last"] = {words: [words, {words: words}]}

    assert "see the board's minutes" in changed(NOTES, change)


def test_a_changed_answer_keeps_the_comment_behind_it() -> None:
    """Only the words of the answer are replaced."""
    assert changed(NOTES, lambda a: a["term"].update(model="hourly", years=Decimal("2.5"))) == (
        "-  model: percentage  # see the board's minutes\n-  years: 3\n"
        "+  model: hourly  # see the board's minutes\n+  years: 2.5\n"
    )


def test_an_answer_left_open_stands_in_one_line() -> None:
    """An undecided answer takes the place of the answer."""
    assert changed(NOTES, lambda a: a["term"].update(model={"undecided": "The board: in May"})) == (
        "-  model: percentage  # see the board's minutes\n"
        '+  model: {undecided: "The board: in May"}  # see the board\'s minutes\n'
    )


def test_a_text_in_lines_becomes_one_line_and_back() -> None:
    """Several lines are written below the name, a single one behind it."""
    short = changed(NOTES, lambda a: a["term"].update(why="One."))
    long = changed(NOTES, lambda a: a["term"].update(model="One.\nTwo."))

    assert short == "-  why: |\n-    One.\n-    Two.\n+  why: One.\n"
    assert long.endswith("+  model: |-  # see the board's minutes\n+    One.\n+    Two.\n")


def test_a_new_answer_stands_behind_the_one_before_it() -> None:
    """A new name has its place in the order of the questions."""
    answers = read(NOTES)
    answers["term"] = {"model": "percentage", "starts": "in May", "years": 3, "why": "One.\nTwo.\n"}

    result = with_answers(NOTES, "answers.yaml", answers)

    assert "minutes\n  starts: in May\n  years: 3\n" in result
    assert len(result.splitlines()) == len(NOTES.splitlines()) + 1


def test_a_moved_entry_takes_its_comments_along() -> None:
    """Two districts change places; the comment above the second goes with it."""
    result = with_answers(NOTES, "answers.yaml", swapped := read(NOTES) | {"parties": reversed_districts(read(NOTES))})

    assert read(result) == swapped
    assert result.index("# theirs") < result.index("'Tidewater'") < result.index('"Larkmoor"') < result.index("# ours")


def reversed_districts(answers: Any) -> Any:
    return answers["parties"] | {"districts": answers["parties"]["districts"][::-1]}


def test_a_removed_answer_leaves_its_comments() -> None:
    """What somebody noted beside an answer outlives the answer."""
    assert changed(NOTES, lambda a: a["term"].pop("model")) == (
        "-  model: percentage  # see the board's minutes\n+  # see the board's minutes\n"
    )
    assert changed(NOTES, lambda a: a["parties"]["districts"].pop(0)) == (
        '-    - {name: "Larkmoor", kind: district}  # ours\n+    # ours\n'
    )


def test_an_emptied_group_is_written_as_empty() -> None:
    """A group whose last answer goes is still a group."""
    assert changed("a:\n  # why\n  b: 1  # one\nc: 2\n", lambda a: a["a"].clear()) == (
        "-a:\n-  # why\n-  b: 1  # one\n+# why\n+# one\n+a: {}\n"
    )


def test_new_entries_are_written_like_their_neighbours() -> None:
    """Where the others stand between braces, so does the new one, if it fits in a line."""
    text = "sites:\n- {name: A}\n- {name: B}\n"

    assert changed(text, lambda a: a["sites"].insert(1, {"name": "C, D"})) == '+- {name: "C, D"}\n'
    assert changed(text, lambda a: a["sites"].append({"name": {"first": 1, "then": 2}})) == (
        "+- name:\n+    first: 1\n+    then: 2\n"
    )


def test_quotes_between_braces_are_kept() -> None:
    """One changed word between braces leaves the quotes of the others."""
    assert changed("a: {b: \"x\", c: 'y', d: z}\n", lambda a: a["a"].update(d="w", e=1)) == (
        "-a: {b: \"x\", c: 'y', d: z}\n+a: {b: \"x\", c: 'y', d: w, e: 1}\n"
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends_and_the_byte_order_mark_are_kept(ends: str, mark: str, last: str) -> None:
    """A file from Windows stays one, and a missing last line end stays missing."""
    text = mark + "a: 1\nb: [2]\nc: 3".replace("\n", ends) + (ends if last else "")
    expected = mark + "a: 1\nb: [2, 4]\nb2: x\nc: 5".replace("\n", ends) + (ends if last else "")

    assert with_answers(text, "answers.yaml", {"a": 1, "b": (2, 4), "b2": "x", "c": 5}) == expected


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "# nothing yet", "---\n", "null\n", "[1, 2] # c\n", "{}\n", "words\n"]
)
def test_a_file_without_answers_is_filled(text: str) -> None:
    """Whatever stood there, the answers are written afresh below its comments."""
    answers = {"schema": 1, "parties": {"districts": [{"name": "Larkmoor"}]}}

    result = with_answers(text, "answers.yaml", answers)

    assert read(result) == answers
    assert result.endswith(
        "schema: 1\nparties:\n  districts:\n    - name: Larkmoor" + ("\n" if result[-1] == "\n" else "")
    )
    assert ("# nothing yet" in result) == ("# nothing yet" in text)


def test_all_answers_can_be_taken_back() -> None:
    """A file without any answer left is an empty group below its comments."""
    result = with_answers(NOTES, "answers.yaml", {})

    assert read(result) == {}
    assert all(note in result for note in ("# Agreed with", "# do not touch", "# theirs", "# deep below"))


def test_half_a_character_is_marked() -> None:
    """What no text file can hold is written as the sign for an unreadable character."""
    assert with_answers("a: 1\n", "answers.yaml", {"a": "x\ud800"}) == "a: x\ufffd\n"


def test_a_file_that_cannot_be_read_is_refused() -> None:
    """The fault is named with its line; nothing is written over it."""
    with pytest.raises(AnswerError, match=r"answers\.yaml:2"):
        with_answers("a: 1\na: 2\n", "answers.yaml", {"a": 3})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_in_an_example_only_the_lines_concerned_change(example: Path) -> None:
    """In every file we ship, an answer that is changed, added or removed shows as just that in a comparison."""
    text = example.read_text(encoding="utf-8")
    purpose = next(line for line in text.splitlines(keepends=True) if line.startswith("  purpose: "))

    assert changed(text, lambda a: a["document"].update(purpose="A: 1")) == f'-{purpose}+  purpose: "A: 1"\n'
    assert changed(text, lambda a: a["document"].pop("purpose")) == f"-{purpose}"
    assert changed(text, lambda a: a["document"].update(purpose={"undecided": "open"})) == (
        f'-{purpose}+  purpose: {{undecided: "open"}}\n'
    )
    assert changed(text, lambda a: a.update(zzz={"a": [1, "b"]})) == "+\n+zzz:\n+  a:\n+    - 1\n+    - b\n"
    added = changed(
        text, lambda a: a["parties"]["agencies"][0]["signatories"].append({"name": "Zoe", "title": "Clerk"})
    )
    assert added == "+        - {name: Zoe, title: Clerk}\n"
    moved = changed(text, lambda a: a["parties"]["agencies"].reverse())
    assert sorted(line[1:] for line in moved.splitlines() if line[0] == "-") == sorted(
        line[1:] for line in moved.splitlines() if line[0] == "+"
    )
