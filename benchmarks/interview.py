"""Print how long the interview keeps a person waiting: until its first question, and from each question to the next.

Run ``python benchmarks/interview.py`` in an environment with the test extra (the first question is awaited in a real
terminal, so not on Windows). Nothing here is a test: start and counterpart are taken in turn, so that both see the same load.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import pexpect

ROOT = Path(__file__).resolve().parent.parent
NOTICED = 0.1
"""Seconds from which a person notices a pause."""
# Installed packages come with their bytecode; a checkout must be allowed to keep its own, or every start compiles it anew.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def first_question() -> float:
    """Return the seconds from the command to its first question in a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        talk = pexpect.spawn(
            sys.executable,
            ["-m", "mou_builder", "interview", f"{folder}/ours.yaml"],
            dimensions=(40, 80),
            timeout=60,
            env=ENVIRONMENT,
        )
        talk.expect("first agreement")
        taken = time.perf_counter() - start
        talk.close(force=True)
    return taken


def bare_import() -> float:
    """Return the seconds of a process that only imports questionary."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import questionary"], check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def steps(name: str) -> list[float]:
    """Return the seconds from each answer to the next question, saving included, over a whole example."""
    from mou_builder.cli.interview.store import Store
    from mou_builder.errors import AnswerError
    from mou_builder.interview import entries, way
    from mou_builder.interview import steps as step
    from mou_builder.interview.lists import lists_of
    from mou_builder.interview.scope import EVERYTHING
    from mou_builder.interview.state import begin
    from mou_builder.interview.tree import NOTHING, at
    from mou_builder.library import load_library
    from mou_builder.marked import read_marked

    when = datetime(2026, 7, 1)
    target = read_marked((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), name, AnswerError).value
    lists = lists_of(load_library(ROOT / "clause_library"))
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "ours.yaml")
        now = way.scoped(begin({}, store.notes, lists), EVERYTHING)
        while (item := now.current) is not None:
            wanted = at(target, item.path)
            start = time.perf_counter()
            if item.form.kind == "entries":
                more = isinstance(wanted, list) and len(wanted) > (
                    len(item.value) if isinstance(item.value, list) else 0
                )
                now = entries.add(now, when) if more else entries.done(now, when, insist=True)
            elif item.form.kind == "group":
                now = step.answer(now, wanted is not NOTHING, when)
            elif wanted is NOTHING:
                now = step.take(now, when) if item.form.may_be_left else step.skip(now, "not known", when)
            else:
                now = step.answer(now, wanted, when, insist=True)
            store.save(now)
            assert now.current is None or now.items
            waits.append(time.perf_counter() - start)
    return waits


def main() -> None:
    """Measure and print."""
    first_question()
    pairs = [(first_question(), bare_import()) for _ in range(9)]
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"{'to the first question, against: import questionary':58} {ours * 1000:8.0f} ms {bare * 1000:8.0f} ms"
        f"   {ours / bare:5.2f}x   at most 3.0x"
    )
    for name in ("first_mou", "eleven_agencies"):
        waits = sorted(steps(name))
        median, slow = statistics.median(waits), waits[int(len(waits) * 0.99)]
        print(
            f"from an answer to the next question, {name:22} {median * 1000:8.0f} ms median, {slow * 1000:.0f} ms the slowest "
            f"hundredth of {len(waits)}; noticed from {NOTICED * 1000:.0f} ms"
        )


if __name__ == "__main__":
    main()
