"""The file opened and saved by LibreOffice, in its own format, in Word's, and in Word's old one."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from edited.dress import comments_on_clauses
from edited.kinds import kind
from edited.marks import no_marks_and_edits
from edited.paper import Paper, id_of
from edited.places import far_from, section_before
from edited.retyped import typed, with_headings
from edited.revisions import three_pending
from edited.verdicts import ALTERED, MISSING, MOVED, Expected
from edited.words import SHALL, change, deleted, holds

from mou_builder.cli.pdf import office

FILTERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "doc": "doc:MS Word 97", "rtf": "rtf"}


def saved(word: bytes, *formats: str) -> bytes:
    """Return a Word file after LibreOffice saved it in each format in turn; the last one is docx."""
    program = office()
    assert program is not None, "LibreOffice is not installed"
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "0" / "agreement.docx"
        source.parent.mkdir()
        source.write_bytes(word)
        profile = f"-env:UserInstallation={(Path(name) / 'profile').as_uri()}"
        for turn, format in enumerate(formats, start=1):
            folder = Path(name) / str(turn)
            command = [
                program,
                profile,
                "--headless",
                "--convert-to",
                FILTERS[format],
                "--outdir",
                str(folder),
                str(source),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            source = folder / f"agreement.{format}"
        return source.read_bytes()


def _saved(paper: Paper, *formats: str) -> None:
    paper.whole = saved(paper.word(), *formats)
    if formats != ("docx",):
        paper.beside = paper.built.record


@kind("saved by LibreOffice", office=True)
def as_docx(paper: Paper) -> Expected:
    _saved(paper, "docx")
    return Expected(found_by="bookmark")


@kind("converted to .odt and back", office=True)
def through_odt(paper: Paper) -> Expected:
    _saved(paper, "odt", "docx")
    return Expected()


@kind("converted to .doc and back", office=True)
def through_doc(paper: Paper) -> Expected:
    _saved(paper, "doc", "docx")
    return Expected()


@kind("converted to .rtf and back", office=True)
def through_rtf(paper: Paper) -> Expected:
    _saved(paper, "rtf", "docx")
    return Expected()


def _edited(paper: Paper) -> Expected:
    """Soften one clause, move one, delete one and put a section in."""
    first = paper.pick(holds(SHALL))
    second = paper.pick(but=[first])
    third = paper.pick(but=[first, second])
    change(first, SHALL, "may")
    said = Expected({id_of(first): ALTERED, id_of(second): MOVED, id_of(third): MISSING})
    far_from(paper, second).addnext(second)
    deleted(paper, third)
    return said + section_before(paper)


@kind("edited and saved by LibreOffice", office=True)
def edited_as_docx(paper: Paper) -> Expected:
    said = _edited(paper)
    _saved(paper, "docx")
    return said


@kind("edited and converted to .odt and back", office=True)
def edited_through_odt(paper: Paper) -> Expected:
    said = _edited(paper)
    _saved(paper, "odt", "docx")
    return said


@kind("pending changes saved by LibreOffice", office=True)
def pending_as_docx(paper: Paper) -> Expected:
    """Without a clause that is wholly struck: LibreOffice forgets that its heading was."""
    said = three_pending(paper)
    _saved(paper, "docx")
    return said


@kind("comments saved by LibreOffice", office=True)
def comments_as_docx(paper: Paper) -> Expected:
    """Without a comment over two clauses: LibreOffice loses the heading on which it ends."""
    said = comments_on_clauses(paper)
    _saved(paper, "docx")
    return said


@kind("marks stripped, edited and saved by LibreOffice", office=True)
def unmarked_as_docx(paper: Paper) -> Expected:
    said = no_marks_and_edits(paper)
    _saved(paper, "docx")
    return said


@kind("pasted into a new document and saved by LibreOffice", office=True)
def retyped_as_docx(paper: Paper) -> Expected:
    typed(paper, with_headings)
    _saved(paper, "odt", "docx")
    return Expected(found_by="text")
