"""The agreements of a batch as PDFs, many by one start of LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from mou_builder.cli.pdf import to_pdfs

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.office
def test_every_row_gets_its_pdf(run: Run, tmp_path: Path) -> None:
    """Two rows, one call; the PDF stands beside its Word file and is left alone when nothing changed."""
    roster = tmp_path / "roster.csv"
    roster.write_text("document.state,file\nOH,one\nWA,two\n", encoding="utf-8")
    words = ("batch", str(roster), "--base", str(ROOT / "examples" / "first_mou.yaml"), "--out", str(tmp_path / "out"))
    assert run(*words, "--as-of", "2026-07-01", "--workers", "1", "--pdf")[0] == 0
    pdfs = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")}
    assert pdfs.keys() == {"one.pdf", "two.pdf"} and all(data.startswith(b"%PDF") for data in pdfs.values())

    code, out, _ = run(*words, "--as-of", "2026-07-01", "--workers", "1", "--pdf")
    assert code == 0 and "0 rows built, 2 as before" in out
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")} == pdfs


@pytest.mark.office
def test_a_file_that_cannot_be_converted_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    """What LibreOffice cannot open is left out, and its neighbours are converted."""
    whole = (ROOT / "templates" / "mou.docx").read_bytes()
    made = to_pdfs({"bad.docx": b"PK\x03\x04 no Word file", "good.docx": whole}, tmp_path / "profile")

    assert made["good.docx"].startswith(b"%PDF") and "bad.docx" not in made
