"""Print the ratios that DESIGN asks for, each measured against its bare counterpart in the same run.

Run ``python benchmarks/ratios.py``, or give an answers file: ``python benchmarks/ratios.py examples/eleven_agencies.yaml``.
Nothing here is a test: a machine's load decides the figures, so pairs are taken in turn and the ratio of their medians is
printed beside the most it should be.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "examples" / "first_mou.yaml"
TEMPLATE = ROOT / "templates" / "mou.docx"
DAY = date(2026, 7, 1)

BARE_SCRIPT = """
import pickle, sys
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
with open(sys.argv[1], "rb") as stored:
    context = pickle.load(stored)
document = DocxTemplate(sys.argv[2])
document.render(context, jinja_env=SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
document.save(sys.argv[3])
"""


def in_turn(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median seconds of both, run alternately so that both see the same load."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for place, work in enumerate((ours, bare)):
            start = time.perf_counter()
            work()
            taken[place].append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


def show(what: str, ours: float, bare: float, most: float) -> None:
    """Print one pair in milliseconds, its ratio, and the most the ratio should be."""
    print(f"{what:58} {ours * 1000:8.0f} ms {bare * 1000:8.0f} ms   {ours / bare:5.2f}x   at most {most:.1f}x")


def plain_values(value: object) -> object:
    """Return a context of dicts, lists and texts only, so that a process without mou-builder can load it."""
    if isinstance(value, dict):
        return {key: plain_values(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(inner) for inner in value]
    return {"kind": value.kind, "text": value.text, "slot": value.slot} if hasattr(value, "slot") else value  # type: ignore[attr-defined]


def main() -> None:
    """Measure and print."""
    import pickle

    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    from mou_builder import document
    from mou_builder.build import build
    from mou_builder.library import load_library
    from mou_builder.model import read_answers

    library, template = load_library(ROOT / "clause_library"), TEMPLATE.read_bytes()
    agreement = read_answers(ANSWERS.read_text(encoding="utf-8"), ANSWERS.name, library.states)
    contexts: list[dict[str, object]] = []
    filled = document.filled
    document.filled = lambda data, context: contexts.append(context) or filled(data, context)  # type: ignore[func-returns-value]
    build(agreement, library, template, as_of=DAY, name="first_mou.docx")
    document.filled = filled
    context = contexts[0]

    def ours() -> None:
        build(agreement, library, template, as_of=DAY, name="first_mou.docx")

    def bare() -> None:
        made = DocxTemplate(io.BytesIO(template))
        made.render(
            context, jinja_env=SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True
        )
        made.save(io.BytesIO())

    print(f"{'':58} {'ours':>11} {'bare':>11}")
    show("One agreement: select, render, embed, check / docxtpl", *in_turn(ours, bare, 9), 2.0)
    with tempfile.TemporaryDirectory() as folder:
        stored, script = Path(folder) / "context.pickle", Path(folder) / "bare.py"
        stored.write_bytes(pickle.dumps(plain_values(context)))
        script.write_text(BARE_SCRIPT, encoding="utf-8")
        run = [sys.executable, "-m", "mou_builder"]

        def process(*command: str) -> Callable[[], object]:
            return lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

        show(
            "mou-builder build, whole process / docxtpl script",
            *in_turn(
                process(*run, "build", str(ANSWERS), "--out", folder, "--as-of", DAY.isoformat()),
                process(sys.executable, str(script), str(stored), str(TEMPLATE), str(Path(folder) / "bare.docx")),
                7,
            ),
            3.0,
        )
        show(
            "mou-builder --help / python -c 'import typer'",
            *in_turn(process(*run, "--help"), process(sys.executable, "-c", "import typer"), 9),
            2.5,
        )


if __name__ == "__main__":
    main()
