"""Print what review time costs: `check` beside plain python-docx, and `renew` beside `build`.

Run ``python benchmarks/review.py``, or give an answers file. Nothing here is a test: pairs are taken in turn, and the ratio of
their medians is printed beside the most it should be. The signed file is the built one, edited in three sections.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "tests")]

from ratios import ANSWERS, DAY, ROOT, TEMPLATE, in_turn, show  # noqa: E402


def signed_file(data: bytes) -> bytes:
    """Return the agreement as somebody negotiated it: a word changed in every fortieth clause, and one clause taken out."""
    from wordedit import edited, w

    def negotiate(body: object) -> None:
        controls = list(body.iter(w("sdt")))  # type: ignore[attr-defined]
        for control in controls[::40]:
            words = max(control.iter(w("t")), key=lambda one: len(one.text or ""))
            words.text = f"{words.text} The parties review this each year."
        controls[7].getparent().remove(controls[7])

    return edited(data, negotiate)


def main() -> None:
    """Measure and print."""
    import docx

    from mou_builder.build import build
    from mou_builder.library import load_library
    from mou_builder.model import read_answers
    from mou_builder.report import read_report

    library = load_library(ROOT / "clause_library")
    agreement = read_answers(ANSWERS.read_text(encoding="utf-8"), ANSWERS.name, library.states)
    signed = signed_file(build(agreement, library, TEMPLATE.read_bytes(), as_of=DAY, name="signed.docx").word)

    def paragraphs() -> int:
        return sum(len(one.text) for one in docx.Document(io.BytesIO(signed)).paragraphs)

    def everything() -> int:
        document = docx.Document(io.BytesIO(signed))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        return sum(len(one.text) for one in document.paragraphs) + sum(len(cell.text) for cell in cells)

    def ours() -> object:
        return read_report(signed, "signed.docx", library)

    print(f"{'':58} {'ours':>11} {'bare':>11}")
    show("check / python-docx reading every paragraph", *in_turn(ours, paragraphs, 9), 5.0)
    show("check / python-docx reading paragraphs and tables", *in_turn(ours, everything, 9), 5.0)
    with tempfile.TemporaryDirectory() as folder:
        file, decisions = Path(folder) / "signed.docx", Path(folder) / "decisions.yaml"
        file.write_bytes(signed)
        decisions.write_text("schema: 1\n", encoding="utf-8")
        run = [sys.executable, "-m", "mou_builder"]
        day = ["--as-of", DAY.replace(year=DAY.year + 2).isoformat()]

        def process(*command: str) -> Callable[[], object]:
            # A renewal with something left to decide ends with 1.
            return lambda: subprocess.run(command, check=False, capture_output=True, cwd=ROOT)

        show(
            "mou-builder renew without redline / mou-builder build",
            *in_turn(
                process(
                    *run,
                    "renew",
                    str(file),
                    "--out",
                    f"{folder}/next",
                    "--decisions",
                    str(decisions),
                    "--no-redline",
                    *day,
                ),
                process(*run, "build", str(ANSWERS), "--out", f"{folder}/built", *day),
                5,
            ),
            3.0,
        )


if __name__ == "__main__":
    main()
