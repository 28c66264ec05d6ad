"""Whatever a person may type into an answer stands in the Word file as it was typed, or is refused with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from mou_builder.build import Built
from mou_builder.errors import AnswerError
from mou_builder.model import read_answers
from mou_builder.record import read_record
from mou_builder.report import Report
from mou_builder.report.wordfile import open_word
from mou_builder.written import quoted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

PLACES = {
    "legal name": "Larkmoor Unified School District",
    "school": "Larkmoor High School",
    "liaison": "Assistant Superintendent for Student Services",
}
"""Where each answer goes, by the words that stand there in the first example (the same words wherever they recur)."""

ADDRESS = "|-\n          100 Schoolhouse Road\n          Larkmoor\n"
LIAISON = "  district_liaison: Assistant Superintendent for Student Services\n"

NASTY = {
    "ampersand and angle brackets": "R&D <East>",
    "a template value": "{{ 7*7 }}",
    "a template statement": "{% raw %}",
    "a template end": "{% endraw %} %} }} #}",
    "a docxtpl brace": "{_{ x }_}",
    "a docxtpl tag": "{_% for x in y %_} {{_ {_{_{ _} }_%",
    "a docxtpl paragraph tag": "{%p if x %} {{r y }} {%- z -%}",
    "a template comment": "{#c#}",
    "a straight apostrophe": "O'Neill's",
    "straight quotes": 'New "East" School',
    "curly quotes": "New \u201cEast\u201d \u2018School\u2019",
    "Hebrew": "\u05d1\u05d9\u05ea \u05e1\u05e4\u05e8 (12)",
    "Arabic": "\u0645\u062f\u0631\u0633\u0629 12",
    "a right-to-left mark": "North \u202eEast\u202c \u200fWest",
    "emoji": "School \U0001f3eb\U0001f469\u200d\U0001f3eb",
    "letters beyond the first plane": "\U0001d50f\U00020000",
    "300 characters": "Larkmoor " * 33 + "end",
    "an accented letter": "Do\u00f1a Ana",
    "combining accents": "Don\u0303a Ana e\u0301\u0328",
    "an okina": "Hawai\u02bbi",
    "a line separator": "North\u2028East",
    "a paragraph separator": "North\u2029East",
    "a no-break space": "North\u00a0East",
    "a soft hyphen and zero-width space": "North\u00ad\u200bEast",
    "a byte-order mark inside": "North\ufeffEast",
    "a space at each end": " Larkmoor ",
    "many spaces": "North   East",
    "a cross-reference": "[[roles.discipline]]",
    "a defined term": "**x**",
    "a backslash and n": "North\\nEast",
    "a backslash at the end": "North\\",
    "a citation": "us/roles/discipline@1",
    "a mark's words": "start roles.discipline us/roles/discipline@1",
    "the end of CDATA": "End ]]> of it",
    "CDATA": "<![CDATA[x]]>",
    "an XML comment": "<!--x-->",
    "an XML entity": "&amp;",
    "a numbered XML entity": "&#65;&lt;",
    "WordprocessingML": "</w:t></w:r></w:p><w:p/>",
    "YAML": "{undecided: why} # - &a *a !x | > % @ `",
    "the word for nothing": "null",
    "a number's digits": "010",
    "a section number": "Section 4.1",
    "a blank's words": "to be decided: [it]",
    "a percent sign": "50% of %s %(x)s {0}",
}

MANY_LINES = {
    "two lines": "1 Main Street\nLarkmoor",
    "an empty line": "1 Main Street\n\nLarkmoor",
    "a tab": "1 Main Street\tLarkmoor",
    "line ends at both ends": "\n1 Main Street\n",
    "spaces around line ends": "1 Main Street \n  Larkmoor",
    "markup on each line": "{{ a }}\n<b>\n{_{ c }_}\n**d**",
}


@pytest.fixture(scope="module")
def first_text() -> str:
    """Answers that stay as they are while the examples grow, so that the lines in the messages hold."""
    return (Path(__file__).parent / "data" / "answers.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def filled(first_text: str, make: Callable[..., Built]) -> Callable[[dict[str, str]], Built]:
    """Build the first example with other words in the places named."""

    def built(words: dict[str, str]) -> Built:
        text = first_text
        for place, new in words.items():
            if place == "address":
                assert text.count(ADDRESS) == 1
                text = text.replace(ADDRESS, f"{quoted(new)}\n")
            elif place == "liaison":
                assert text.count(LIAISON) == 1
                text = text.replace(LIAISON, f"  district_liaison: {quoted(new)}\n")
            else:
                assert PLACES[place] in text
                text = text.replace(PLACES[place], quoted(new))
        return make(text)

    return built


@pytest.fixture(scope="module")
def plain(filled: Callable[[dict[str, str]], Built]) -> list[str]:
    """The paragraphs of an agreement with a word of its own in each place."""
    words = paragraphs(filled({place: stand_in(place) for place in [*PLACES, "address"]}).word)
    assert all(sum(stand_in(place) in line for line in words) for place in [*PLACES, "address"])
    return words


def stand_in(place: str) -> str:
    return f"Zq{place.replace(' ', '')}qZ"


def paragraphs(word: bytes) -> list[str]:
    """Return each paragraph's words as Word shows them: it drops a run's outer spaces unless told to preserve them."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [
        "".join(shown(one) for one in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab") if one.getparent().tag == f"{W}r")
        for paragraph in root.iter(f"{W}p")
    ]


def shown(element: etree._Element) -> str:
    if element.tag == f"{W}br":
        return "\n"
    if element.tag == f"{W}tab":
        return "\t"
    text = element.text or ""
    return text if element.get(SPACE) == "preserve" else text.strip(" \t\n")


def assert_whole(built: Built, words: dict[str, str], plain: list[str], read: Callable[..., Report]) -> None:
    """Assert that only the answers differ from the plain agreement, and that report and record hold them unchanged."""
    expected = plain
    for place, new in words.items():
        expected = [line.replace(stand_in(place), new) for line in expected]
    assert paragraphs(built.word) == expected
    assert {row.state for row in read(built.word).clauses} == {"unaltered"}
    record = read_record(open_word(built.word, "answers.docx").record or "", "the record")
    agreement = record.agreement()
    found = {
        "legal name": agreement.parties.districts[0].legal_name,
        "school": agreement.program.sites[0].name,
        "liaison": agreement.governance.district_liaison,
        "address": agreement.parties.districts[0].notice.address,
    }
    assert found == words


EVERYWHERE = [*PLACES, "address"]
KINDS = list(NASTY)
GROUPS = [
    {place: KINDS[(start + number + turn) % len(KINDS)] for number, place in enumerate(EVERYWHERE)}
    for turn in (0, 2)
    for start in range(0, len(KINDS), len(EVERYWHERE))
]
"""Four kinds of nasty answers to an agreement, so that each kind stands in two of the four places."""


@pytest.mark.parametrize(
    "group",
    [*GROUPS[:1], *(pytest.param(group, marks=pytest.mark.wide) for group in GROUPS[1:])],
    ids=lambda group: "; ".join(group.values()),
)
def test_an_answer_on_one_line_comes_back_from_the_word_file_exactly(
    group: dict[str, str],
    filled: Callable[[dict[str, str]], Built],
    plain: list[str],
    read: Callable[..., Report],
) -> None:
    """A legal name, a school, an office and an address are printed and recorded byte for byte, and break nothing else."""
    words = {place: NASTY[kind] for place, kind in group.items()}
    assert_whole(filled(words), words, plain, read)


def test_every_nasty_answer_is_tried_in_two_places() -> None:
    """The groups above leave none out."""
    tried = [kind for group in GROUPS for kind in group.values()]

    assert all(tried.count(kind) >= 2 for kind in NASTY)


@pytest.mark.wide
@pytest.mark.parametrize("address", MANY_LINES.values(), ids=MANY_LINES)
def test_an_answer_of_several_lines_keeps_its_lines_and_tabs(
    address: str, filled: Callable[[dict[str, str]], Built], plain: list[str], read: Callable[..., Report]
) -> None:
    """The line ends and tabs of an address stand in the Word file as line breaks and tabs."""
    words = {place: stand_in(place) for place in PLACES} | {"address": address}
    assert_whole(filled(words), words, plain, read)


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\x9f", "\ufdd0", "\ufffe", "\uffff", "\U0001ffff"],
    ids=ascii,
)
def test_a_character_that_a_word_file_cannot_hold_is_refused(character: str, first_text: str) -> None:
    """A control character or noncharacter is refused by name and place, in a line and in a longer text alike."""
    text = first_text.replace("Larkmoor High School", quoted(f"North{character}East")).replace(
        ADDRESS, f"{quoted(f'1 Main{character}Street')}\n"
    )

    with pytest.raises(AnswerError) as refused:
        read_answers(text, "answers.yaml")

    name = f"U+{ord(character):04X}"
    reason = f"the text holds the character {name}, which a Word file cannot hold; delete it."
    assert [str(fault) for fault in refused.value.faults] == [
        f"answers.yaml:22:18: parties.districts[0].notice.address: {reason}",
        f"answers.yaml:65:14: program.sites[0].name: {reason}",
        f"answers.yaml:70:18: program.officers[0].assignments[0].site: {reason}",
    ]


@pytest.mark.parametrize("character", ["\n", "\t"], ids=ascii)
def test_a_line_end_or_tab_in_an_answer_of_one_line_is_refused(character: str, first_text: str) -> None:
    """A name is one line: a line end or a tab in it is refused where it stands."""
    text = first_text.replace(PLACES["legal name"], quoted(f"Larkmoor{character}Schools"))

    with pytest.raises(AnswerError) as refused:
        read_answers(text, "answers.yaml")

    assert str(refused.value) == (
        "answers.yaml:14:19: parties.districts[0].legal_name: the text must stand on one line, without tabs."
    )


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0c", "\x1b", "\ufdd0"], ids=ascii)
def test_the_reason_of_an_undecided_answer_is_held_to_the_same_rule(character: str, first_text: str) -> None:
    """The pre-signature page prints the reason, so a character that would vanish or break the page is refused there too."""
    why = quoted(f"the chief{character}decides")
    text = first_text.replace("approver: shift lieutenant", f"approver: {{undecided: {why}}}")

    with pytest.raises(AnswerError) as refused:
        read_answers(text, "answers.yaml")

    assert str(refused.value) == (
        f"answers.yaml:133:25: arrests.approver.undecided: the text holds the character U+{ord(character):04X}, "
        "which a Word file cannot hold; delete it."
    )


def test_a_nasty_answer_inside_a_list_is_printed_as_it_was_given(
    first_text: str, make: Callable[..., Built], read: Callable[..., Report]
) -> None:
    """An answer that a clause repeats as a list item is never taken for markup or for a template's code."""
    channel = "a form [[roles.calling]] {{ 7*7 }} **x** <b> & {_{ y }_}"
    built = make(first_text.replace("a paper form at any school office", quoted(channel)))

    assert any(channel in line for line in paragraphs(built.word))
    assert {row.state for row in read(built.word).clauses} == {"unaltered"}
