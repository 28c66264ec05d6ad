"""Print what a thousand agreements cost: rows a second on one and on two processes beside plain docxtpl, memory, a kill.

Run ``python benchmarks/batch.py``, or with another number of districts: ``python benchmarks/batch.py 60``. Nothing here is a
test of speed: a machine's load decides the figures. What must hold is checked: the errors are exactly those seeded, and
the files are the same whatever the number of processes, and after a kill half-way.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

# In place of this folder, in which this file has the name of the tests' folder.
sys.path[0] = str(Path(__file__).resolve().parent.parent / "tests")

from batch.districts import districts  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "examples" / "first_mou.yaml"
DAY = "2026-07-01"
COUNTRY = 13_300
"""About how many school districts there are in the country."""
_BARE_ROUNDS = 15


def command(roster: Path, out: Path, workers: int) -> list[str]:
    """Return the command as a person gives it."""
    words = ["batch", str(roster), "--base", str(BASE), "--out", str(out), "--as-of", DAY, "--workers", str(workers)]
    return [sys.executable, "-m", "mou_builder", *words]


def processes(parent: int) -> list[int]:
    """Return a process and those that it started."""
    found = [parent]
    for task in Path("/proc").glob("[0-9]*"):
        try:
            started_by = int((task / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if started_by == parent:
            found.append(int(task.name))
    return found


def resident(process: int) -> float:
    """Return a process's memory in megabytes; 0 if it is gone or cannot be asked."""
    try:
        pages = int((Path("/proc") / str(process) / "statm").read_text().split()[1])
    except (OSError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def followed(words: list[str], out: Path, marks: tuple[int, ...], kill_at: int = 0) -> tuple[float, dict[int, float]]:
    """Run a batch; return its seconds, and the memory of its largest process when so many agreements were there."""
    started = time.perf_counter()
    running = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory: dict[int, float] = {}
    while running.poll() is None:
        there = sum(1 for name in (out.iterdir() if out.is_dir() else ()) if name.suffix == ".docx")
        for mark in marks:
            if there >= mark and mark not in memory:
                memory[mark] = max(map(resident, processes(running.pid)))
        if kill_at and there >= kill_at:
            running.send_signal(signal.SIGKILL)
            running.wait()
        time.sleep(0.2)
    return time.perf_counter() - started, memory


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file that a person sees."""
    files = (path for path in folder.iterdir() if not path.name.startswith("."))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def bare_seconds() -> float:
    """Return the seconds that plain docxtpl takes for the template and context of the first example."""
    from mou_builder import document
    from mou_builder.build import build
    from mou_builder.library import load_library
    from mou_builder.model import read_answers

    library, template = load_library(ROOT / "clause_library"), (ROOT / "templates" / "mou.docx").read_bytes()
    agreement = read_answers(BASE.read_text(encoding="utf-8"), BASE.name, library.states)
    contexts: list[dict[str, object]] = []
    filled = document.filled
    document.filled = lambda data, context: contexts.append(context) or filled(data, context)  # type: ignore[func-returns-value]
    build(agreement, library, template, as_of=date.fromisoformat(DAY), name="first_mou.docx")
    document.filled = filled
    taken = []
    for _ in range(_BARE_ROUNDS):
        start = time.perf_counter()
        _render(template, contexts[0])
        taken.append(time.perf_counter() - start)
    return sorted(taken)[_BARE_ROUNDS // 2]


def _render(template: bytes, context: dict[str, object]) -> None:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = DocxTemplate(io.BytesIO(template))
    made.render(context, jinja_env=SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
    made.save(io.BytesIO())


def main() -> None:
    """Measure, check and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    made = districts(count)
    good = count - len(made.broken_rows)
    early, late = max(1, min(100, good // 2)), good
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        roster = folder / "roster.csv"
        roster.write_bytes(made.csv)
        bare = bare_seconds()
        rates: dict[int, float] = {}
        print(f"{count:,} districts, {len(made.broken_rows)} of them broken on purpose")
        print(f"{'plain docxtpl, one process':44} {1 / bare:6.2f} agreements/s")
        for workers in (1, 2):
            out = folder / f"out{workers}"
            seconds, memory = followed(command(roster, out, workers), out, (early, late - 5))
            rates[workers] = good / seconds
            told = ", ".join(f"{there:,}: {size:.0f} MB" for there, size in memory.items())
            print(
                f"{f'batch --workers {workers}, whole process':44} {rates[workers]:6.2f} agreements/s   "
                f"{rates[workers] * bare:5.2f} of docxtpl's rate   memory of the largest process at row {told}"
            )
        print(f"{'two processes beside one':44} {rates[2] / rates[1]:6.2f}x   at least 1.7x")
        found = {
            (int(one["row"]), one["heading"])
            for one in csv.DictReader(io.StringIO((folder / "out1" / "errors.csv").read_text("utf-8-sig"), newline=""))
        }
        assert found == set(made.broken), f"errors differ from those seeded: {found ^ set(made.broken)}"
        print(f"errors: {len(found)} in {len(made.broken_rows)} rows, exactly those seeded")
        assert digests(folder / "out1") == digests(folder / "out2"), "one and two processes differ"
        killed = folder / "killed"
        before, _ = followed(command(roster, killed, 2), killed, (), kill_at=good // 2)
        kept = sum(1 for path in killed.glob("*.docx"))
        after, _ = followed(command(roster, killed, 2), killed, ())
        assert digests(killed) == digests(folder / "out1"), "what was resumed differs"
        print(
            f"killed after {kept:,} agreements ({before:.0f} s), resumed in {after:.0f} s: the same files as in one go"
        )
        again, _ = followed(command(roster, killed, 2), killed, ())
        print(f"run once more, all but the broken rows as before: {again:.1f} s")
        for workers, rate in rates.items():
            hours = COUNTRY / rate / 3600
            print(f"{COUNTRY:,} districts on this machine, --workers {workers}: about {hours:.1f} hours")


if __name__ == "__main__":
    main()
