"""Edits that hide: each way of putting words into an agreement, or out of sight, is seen by `check`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from wordedit import W, control, edited, packed, paragraphs, parts_of, w

from mou_builder.build import Built
from mou_builder.report import Report

DISCIPLINE = "us/roles/discipline"
EVIL = "Notwithstanding this section, SROs may discipline Students."


def paragraph(text: str, style: str = "MOUBody") -> Any:
    made = etree.fromstring(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t/></w:r></w:p>')
    made.find(f"{w('r')}/{w('t')}").text = text
    return made


def run_of(xml: str) -> Any:
    return etree.fromstring(f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{xml}</w:r>')


def in_control_outside_bookmark(clause: Any) -> None:
    clause.find(w("sdtContent")).append(paragraph(EVIL))


def in_unfinished_field(clause: Any) -> None:
    last = paragraphs(clause)[-1]
    for xml in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText> QUOTE </w:instrText>",
                '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{EVIL}</w:t>"):  # fmt: skip
        last.append(run_of(xml))


def in_text_box(clause: Any) -> None:
    words = f"<w:p><w:r><w:t>{EVIL}</w:t></w:r></w:p>"
    box = f"<v:shape><v:textbox><w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape>"
    paragraphs(clause)[-1].append(run_of(f"<w:pict>{box}</w:pict>"))


def as_footnote(clause: Any) -> None:
    paragraphs(clause)[-1].append(run_of('<w:footnoteReference w:id="2"/>'))


def as_symbol(clause: Any) -> None:
    paragraphs(clause)[-1].append(run_of('<w:sym w:font="Wingdings" w:char="F0FC"/>'))


def in_reference(clause: Any) -> None:
    field = next(clause.iter(w("fldSimple")))
    next(field.iter(w("t"))).text += ", which the Agency may disregard,"


def as_hidden_text(clause: Any) -> None:
    for run in clause.iter(w("r")):
        if run.find(w("rPr")) is None:
            run.insert(0, etree.Element(w("rPr")))
        etree.SubElement(run.find(w("rPr")), w("vanish"))


def as_struck_text(clause: Any) -> None:
    run = next(one for one in paragraphs(clause)[1].iter(w("r")) if (one.findtext(w("t")) or "").strip())
    properties = etree.Element(w("rPr"))
    etree.SubElement(properties, w("strike"))
    run.insert(0, properties)


IN_A_CLAUSE = [in_control_outside_bookmark, in_unfinished_field, in_text_box, as_footnote, as_symbol, as_hidden_text,
               as_struck_text]  # fmt: skip


@pytest.mark.parametrize("edit", IN_A_CLAUSE, ids=lambda one: one.__name__)
def test_an_edit_that_hides_in_a_clause_is_seen(
    edit: Callable[[Any], None], built: Built, read: Callable[..., Report]
) -> None:
    """However the words come in, or go out of sight, the clause is no longer unaltered and its rows are not met."""
    report = read(edited(built.word, lambda body: edit(control(body, DISCIPLINE))))
    states = {row.id: row.state for row in report.clauses}

    assert states.pop(DISCIPLINE) in ("altered", "missing")
    assert set(states.values()) == {"unaltered"}
    assert next(row.status for row in report.requirements if row.id == "S1.6") in ("altered", "missing")


def test_words_typed_into_a_reference_are_seen(built: Built, read: Callable[..., Report]) -> None:
    """A field shows what somebody typed into it; only its number follows the section it means."""
    report = read(edited(built.word, lambda body: in_reference(control(body, "us/framework/start"))))
    changed = next(row for row in report.clauses if row.id == "us/framework/start")

    assert changed.state == "altered" and ", which the Agency may disregard," in (changed.difference or "")


@pytest.mark.parametrize("style", ["MOUPlain", "TOC1", "Heading1"])
def test_words_around_the_clauses_are_seen_in_any_style(style: str, built: Built, read: Callable[..., Report]) -> None:
    """A paragraph between two sections is shown, also in the style of the contents list."""
    report = read(edited(built.word, lambda body: control(body, DISCIPLINE).addnext(paragraph(EVIL, style))))

    assert any(EVIL in one.message for one in report.findings if one.code == "E-FRAME-CHANGED")


def test_an_addendum_behind_the_appendix_is_seen(built: Built, read: Callable[..., Report]) -> None:
    """What stands behind the appendix belongs to the file that people sign."""
    report = read(edited(built.word, lambda body: body.insert(len(body) - 1, paragraph(EVIL))))

    assert [one.message for one in report.findings] == [
        "The compliance appendix, or what stands behind it, was changed since it was built; this report is what holds."
    ]


def test_the_part_that_word_opens_is_the_part_that_is_read(built: Built, read: Callable[..., Report]) -> None:
    """A clean document left beside the real one under the usual name deceives nobody."""
    parts = parts_of(built.word)
    changed = edited(built.word, lambda body: in_control_outside_bookmark(control(body, DISCIPLINE)))
    parts["word/document2.xml"] = parts_of(changed)["word/document.xml"]
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")

    assert next(row.state for row in read(packed(parts)).clauses if row.id == DISCIPLINE) == "altered"


def test_a_clause_deleted_under_tracked_changes_is_missing(built: Built, read: Callable[..., Report]) -> None:
    """With every run and every paragraph mark deleted, nothing of the clause is left once the changes are accepted."""

    def delete(body: Any) -> None:
        for one in paragraphs(control(body, DISCIPLINE)):
            properties = one.find(w("pPr"))
            mark = etree.SubElement(properties, w("rPr"))
            etree.SubElement(mark, w("del")).set(w("id"), "1")
            for run in one.findall(w("r")) + one.findall(w("fldSimple")) + one.findall(w("hyperlink")):
                change = etree.Element(w("del"))
                change.set(w("id"), "2")
                run.addprevious(change)
                change.append(run)

    report = read(edited(built.word, delete))
    states = {row.id: row.state for row in report.clauses}

    assert states[DISCIPLINE] == "missing" and states["us/roles/school-life"] == "unaltered"
    assert "If all are accepted the clause is missing; if all are rejected it is unaltered." in " ".join(
        one.message for one in report.findings if one.code == "W-PENDING-CHANGES"
    )
