"""Record docs/interview.md and its picture from a real interview in a real terminal.

Run ``python docs/record_interview.py`` in an environment with the test extra, on Linux or macOS, after a change of what
the interview shows. The person who answers is the one of the tests, with the answers of examples/first_mou.yaml.
"""

from __future__ import annotations

import html
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from interview.driving import example  # noqa: E402
from interview.screens import Answering, Asked, converse  # noqa: E402
from interview.terminal import MirroringScreen, Terminal  # noqa: E402

from mou_builder.library import load_library  # noqa: E402

COLUMNS, LINES = 80, 30
PICTURED = ("force", "standard")
"""The question that the picture shows."""

FENCE = "```text\n"
"""Begins the transcript in the page; what stands above it is written by hand and stays."""


class Recorder(Answering):
    """Answers like the person of the tests, and remembers how much had been printed when the pictured question stood."""

    terminal: Terminal
    pictured = 0

    def __call__(self, asked: Asked) -> object:
        """Return the reply to a prompt."""
        if not self.pictured and asked.now.current is not None and asked.now.current.path == PICTURED:
            self.pictured = len(self.terminal.raw)
        return super().__call__(asked)


def main() -> None:
    """Hold the interview and write both files."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder), "ours.yaml")
        person = Recorder(example("first_mou"), ["draft", "rest", "final"], at_once=True)
        person.terminal = terminal
        (Path(folder) / "beside").mkdir()
        # The same conversation runs beside the one in the terminal, in a folder of its own.
        os.chdir(Path(folder) / "beside")
        converse(
            Path("ours.yaml"),
            MirroringScreen(person, terminal),
            load_library(ROOT / "clause_library"),
            clock=datetime.now,
        )
        terminal.end()
        os.chdir(ROOT)
    long = drawn(terminal.raw, 12_000)
    lines = [line.rstrip() for line in long.display]
    while not lines[-1]:
        lines.pop()
    page = ROOT / "docs" / "interview.md"
    by_hand, _, _ = page.read_text(encoding="utf-8").partition(FENCE)
    page.write_text(by_hand + FENCE + "\n".join(lines) + "\n```\n", encoding="utf-8")
    (ROOT / "docs" / "interview.svg").write_text(
        picture(drawn(terminal.raw[: person.pictured], LINES)), encoding="utf-8"
    )
    print(f"{len(lines)} lines")


def drawn(raw: str, height: int) -> pyte.Screen:
    """Return a screen of this height on which `raw` was printed."""
    screen = pyte.Screen(COLUMNS, height)
    pyte.Stream(screen).feed(raw)
    return screen


def picture(screen: pyte.Screen) -> str:
    """Return what stands on a screen as SVG, bold, reversed and underlined text as it is."""
    wide, high, margin = 8.4, 18, 14
    width, height = COLUMNS * wide + 2 * margin, LINES * high + 2 * margin
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-label="A terminal with one question of the interview">',
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="8" fill="#ffffff" stroke="#666666"/>',
        '<g font-family="Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" xml:space="preserve">',
    ]
    for row in range(LINES):
        cells = screen.buffer[row]
        column = 0
        while column < COLUMNS:
            first = cells[column]
            end = column
            while end < COLUMNS and (cells[end].bold, cells[end].reverse) == (first.bold, first.reverse):
                end += 1
            text = "".join(cells[place].data for place in range(column, end))
            x, y = margin + column * wide, margin + row * high + 13
            if first.reverse:
                parts.append(
                    f'<rect x="{x:.1f}" y="{y - 13}" width="{(end - column) * wide:.1f}" height="{high}" fill="#222222"/>'
                )
            if text.strip():
                look = ' font-weight="bold"' if first.bold else ""
                fill = "#ffffff" if first.reverse else "#111111"
                parts.append(
                    f'<text x="{x:.1f}" y="{y}" fill="{fill}"{look} textLength="{len(text) * wide:.1f}" '
                    f'lengthAdjust="spacingAndGlyphs">{html.escape(text)}</text>'
                )
            column = end
    return "\n".join([*parts, "</g>", "</svg>", ""])


if __name__ == "__main__":
    main()
