"""What the parties signed is kept letter by letter, whatever they wrote, and means in the next agreement what it meant in this."""

from __future__ import annotations

from typing import Any

import pytest
from edited.paper import paragraph, xml
from review.generations import AGAIN, AGAIN_ON, Renewed, first_built, found_in, renewed, shelf
from wordedit import control, edited, paragraphs, replace_word, text_of

from mou_builder.errors import AnswerError
from mou_builder.negotiated import blocks_of
from mou_builder.report.paragraphs import Link, Read
from mou_builder.report.plainly import normalized
from mou_builder.review.renewal import LONGEST, Decision
from mou_builder.review.signed_words import line_of

pytestmark = pytest.mark.wide

DISCIPLINE = "us/roles/discipline"
NASTY = (
    "{{ x }} and {{ parties.district.short_name }}",
    "{% if %} and {%p endfor %} and {# note #} and }}",
    "**bold** and __under__ and # heading and key: value",
    "[[roles.calling]] typed as words",
    "[[no.such-place]] and [[roles.x] and \\[[roles.calling]]",
    "- a hyphen at the beginning",
    "\\- a backslash and a hyphen at the beginning",
    "-",
    "a tab\there and a line\nbreak",
    "<b>x</b> & y &amp; z",
    "right-to-left \u202emarks\u202c and \u200fothers",
    "a note\u00b9 with signs * \u2020 \u2021",
    "Article 5 of the Constitution rules.",
    "10.5 hours a week are enough.",
    "A. Nother begins with a letter and a point.",
    "(b) begins as an item that somebody typed",
    "1. begins with a number that somebody typed",
    "Section 4.2 of the Education Code and Education Code Section 4.2 stay as they are.",
    "Sections 4.2 and 4.3 and Section 4.2.1 stay as they are.",
    "two  spaces, \u2018curly\u2019 and 'straight' quotes, a soft\u00adhyphen",
    "[to be decided: nothing] and [-struck-] {+new+}",
    "words " * 300,
)


def put_in(body: Any) -> None:
    last = paragraphs(control(body, DISCIPLINE))[-1]
    for text in reversed(NASTY):
        made = paragraph("")
        for place, line in enumerate(text.split("\n")):
            if place:
                made.append(xml("<w:r><w:br/></w:r>"))
            for number, piece in enumerate(line.split("\t")):
                if number:
                    made.append(xml("<w:r><w:tab/></w:r>"))
                made.extend(paragraph(piece).findall("{*}r"))
        last.addnext(made)


def lines(word: bytes) -> list[str]:
    return [line for read in found_in(word)["roles.discipline"].reads if (line := normalized(read.text()))]


def test_whatever_was_written_is_kept(signed: bytes) -> None:
    """Words that look like markup, code or a list stay words."""
    made = renewed(signed)

    assert len(lines(signed)) == 10 + len(NASTY)
    assert lines(made.built.word) == lines(signed)
    assert {row.state for row in made.built.report.clauses} == {"unaltered"}


@pytest.mark.wide
def test_whatever_was_written_is_kept_again(signed: bytes) -> None:
    """The renewal of the renewal changes none of it either."""
    made = renewed(signed)
    again = renewed(made.built.word, AGAIN, on=AGAIN_ON)

    assert again.agreement.negotiated == made.agreement.negotiated
    assert lines(again.built.word) == lines(signed)


@pytest.fixture(scope="module")
def signed() -> bytes:
    return edited(first_built("first_mou").word, put_in)


def test_words_too_long_to_be_kept_are_refused_with_the_way_out() -> None:
    """A section that swallowed half the agreement is told, and a decision for the library's text goes through."""

    def fill(body: Any) -> None:
        paragraphs(control(body, DISCIPLINE))[-1].addnext(paragraph("x" * LONGEST))

    signed = edited(first_built("first_mou").word, fill)

    with pytest.raises(AnswerError, match=r"roles\.discipline .* characters long; a section keeps 20,000 at most"):
        renewed(signed)
    assert renewed(signed, decisions={"roles.discipline": Decision("library")}).agreement.negotiated == ()


# Headings, and sections that were put in

LONG = "Officers Have No Part Whatever in School Discipline, Nor in Anything That Looks, Feels or Smells Like It"
RENAMED = {
    "us/roles/discipline": ("Officers Have No Role in School Discipline", "Discipline & <Officers>"),
    "us/rights/language": ("Access in the Family’s Language", "D"),
    "us/general/law.state": ("Governing Law", LONG),
    "us/general/public-access": ("Public Access to This Agreement", "TBD"),
}


def rearrange(body: Any) -> None:
    for id, (old, new) in RENAMED.items():
        replace_word(control(body, id), old, new)
    for one in paragraphs(control(body, "us/safety/reports"))[1:]:
        one.getparent().remove(one)
    here = control(body, "us/roles/school-life")
    for style, said in (
        *(("Heading2", "Parking"), ("MOUBody", "Officers may park:"), ("MOUItem", "anywhere.")) * 2,
        ("Heading2", "Officers may also walk to a School."),
    ):
        here.addprevious(paragraph(said, style))
    article = next(one for one in body if one.tag.endswith("}p") and text_of(one) == "Records and Privacy")
    for style, said in (("Heading1", "Bicycles"), ("Heading2", "Places"), ("MOUBody", "Officers may ride.")):
        article.addprevious(paragraph(said, style))


@pytest.fixture(scope="module")
def rearranged() -> Renewed:
    return renewed(edited(first_built("first_mou").word, rearrange))


def test_a_heading_of_the_parties_is_kept(rearranged: Renewed) -> None:
    """A short or a long heading stays; one that would hide a blank stands as words under the library's heading."""
    headings = {id: rearranged.selection[shelf().shelf[id].slot].written.heading for id in RENAMED}
    entry = next(one for one in rearranged.agreement.negotiated if one.section == "general.public-access")

    assert list(headings.values()) == ["Discipline & <Officers>", "D", LONG, "Public Access to This Agreement"]
    assert entry.text and entry.text.startswith("TBD\nThis Agreement is a public document.")


def test_a_section_of_which_only_the_heading_is_left_counts_as_left_out(rearranged: Renewed) -> None:
    """Nobody agreed to a heading without words, and the words must not come back by themselves."""
    assert rearranged.kept("safety.reports")[:1] == [("left-out", "kept")]


def test_a_section_that_was_added_is_kept_with_its_words(rearranged: Renewed) -> None:
    """Its heading, its paragraphs and its lists come back, also where two were added alike.

    A provision that stands alone is not taken for a heading.
    """
    own = [one for one in rearranged.agreement.negotiated if one.kind == "added" and one.section == "roles.discipline"]

    assert [(one.heading, one.text) for one in own] == [
        ("Parking", "Officers may park:\n- anywhere."),
        ("Parking", "Officers may park:\n- anywhere."),
        ("Section of the Parties", "Officers may also walk to a School."),
    ]
    numbers = [rearranged.selection.numbers[f"roles.added-{letter}"] for letter in "abc"]
    assert numbers == ["4.3", "4.4", "4.5"]


def test_an_article_that_was_added_is_told_and_its_sections_are_kept(rearranged: Renewed) -> None:
    """Articles are the library's; a heading of the parties' own is not carried over, but its sections are."""
    own = [one for one in rearranged.agreement.negotiated if one.kind == "added" and one.section != "roles.discipline"]

    assert rearranged.renewal.loose == ("Article 7 Bicycles",)
    assert [(one.section, one.heading, one.text) for one in own] == [("safety.reports", "Places", "Officers may ride.")]


# Words of one paragraph

NUMBERS = {"4.2": "roles.discipline", "Schedule A": "schedules.sites", "mouref_x": "roles.calling"}


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (["As Section\u00a04.2 and Schedule A say."], "As [[roles.discipline]] and [[schedules.sites]] say."),
        (["Section ", Link("mouref_x", "4.4"), "(b) holds."], "[[roles.calling]](b) holds."),
        (["Sections ", Link("mouref_x", "4.4"), " and 4.2 hold."], "Sections 4.4 and 4.2 hold."),
        (["See ", Link("mouref_x", "the rule on calls"), "."], "See the rule on calls."),
        (["Section 4.2 of this Agreement."], "[[roles.discipline]] of this Agreement."),
        (["Schedule A to the Lease, Section 4.25, Title 9, Section 4.2."],
         "Schedule A to the Lease, Section 4.25, Title 9, Section 4.2."),
        (["With a note.[footnoteReference]"], "With a note.[footnote in the signed file]"),
        (["No [struck: not] more."], "No [words struck out in the signed file: not] more."),
        (["x\u2028y\x85z"], "x y z"),
    ],
)  # fmt: skip
def test_references_follow_only_where_they_mean_this_agreement(pieces: list[str | Link], line: str) -> None:
    """A number of ours becomes a live reference; one of another paper, or one among several, stays as it was typed."""
    assert line_of(Read(pieces), NUMBERS) == line


def test_what_is_markup_in_kept_words_is_only_references_and_lists() -> None:
    """Everything else is printed as it stands, and a backslash makes words of the two."""
    blocks = blocks_of("- item with [[roles.calling]];\n  - below;\n\\- words\nand \\[[roles.calling]]")
    said = ["".join(getattr(piece, "text", "@") for piece in block.pieces) for block in blocks]

    assert [block.kind for block in blocks] == ["item", "subitem", "paragraph", "paragraph"]
    assert said == ["item with @;", "below;", "- words", "and [[roles.calling]]"]
