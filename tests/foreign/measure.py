"""Print how well the passages are found that a reader named in the foreign agreements of this folder.

Run ``python tests/foreign/measure.py`` in an environment with the test extra. ``--fit`` prints the weights that
mou_builder/foreign/signals.py should hold; ``--each`` names every miss; ``--time`` says how long a long file takes.
"""

from __future__ import annotations

import io
import sys
import timeit
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import docx
from foreign.fitting import fitted, rows
from foreign.typed import ALL, HELD_OUT, TUNED, gold, word

from mou_builder.foreign import Candidate, ForeignReport, assess
from mou_builder.foreign.passages import Passage, passages
from mou_builder.library import Library, load_library
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.wordfile import open_word

ROOT = Path(__file__).resolve().parent.parent.parent
AS_OF = date(2026, 7, 1)
BANDS = ("strong", "fair", "weak")


@dataclass
class Measured:
    """What was found of what a reader named, over one or more agreements."""

    wanted: int = 0
    """Requirements for which the reader named a passage."""
    first: int = 0
    """Of these, those whose first candidate is one of the named."""
    among: int = 0
    """Of these, those that have one of the named among their candidates."""
    silent: int = 0
    """Requirements for which the reader found nothing."""
    false: Counter[str] = field(default_factory=Counter)
    """Of these, by the band of their best candidate; ``none`` where there is none, as it should be."""
    shown: Counter[str] = field(default_factory=Counter)
    """Candidates by band."""
    right: Counter[str] = field(default_factory=Counter)
    """Of these, those that the reader named."""
    noted: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """Candidates by what the reader said of them (``on it``, ``short of it``, ``not named``) and whether they carry a note."""
    missed: list[str] = field(default_factory=list)


def holds(candidate: Candidate, words: str) -> bool:
    """Return whether a candidate is the passage that a reader noted by some of its words."""
    return words.removeprefix("~ ") in f"{candidate.lead} {candidate.section} {candidate.text}"


def measured(names: Iterable[str], library: Library) -> Measured:
    """Return how the candidates of some agreements compare with what a reader named."""
    found = Measured()
    for name in names:
        _compare(assess(open_word(word(name), name), library, AS_OF, name), gold(name), found)
    return found


def _compare(report: ForeignReport, named: dict[str, list[str]], into: Measured) -> None:
    for row in report.judged:
        wanted = named[row.id]
        hits = [any(holds(one, words) for words in wanted) for one in row.candidates]
        if wanted:
            into.wanted += 1
            into.first += hits[:1] == [True]
            into.among += any(hits)
            if not any(hits):
                into.missed.append(f"{report.document} {row.id}: {row.asks}")
        else:
            into.silent += 1
            into.false[row.best] += 1
        for one, hit in zip(row.candidates, hits, strict=True):
            into.shown[one.band] += 1
            into.right[one.band] += hit
            short = hit and all(words.startswith("~ ") for words in wanted if holds(one, words))
            said = "short of it" if short else "on it" if hit else "not named"
            into.noted[said, bool(one.reads_differently)] += 1


def tables(library: Library) -> Iterator[str]:
    """Yield the lines of the tables in docs/foreign.md."""
    sets: list[tuple[str, Sequence[str]]] = [(name.replace("_", " "), (name,)) for name in ALL]
    sets += [("**set on these four**", TUNED), ("**held out**", HELD_OUT)]
    found = {title: measured(names, library) for title, names in sets}
    yield (
        "| Agreement | Requirements with a passage | It is the first | It is among those shown "
        "| Without a passage | Of these, best candidate strong / fair / weak / none |"
    )
    yield "|---|---|---|---|---|---|"
    for title, one in found.items():
        false = " / ".join(str(one.false[band]) for band in (*BANDS, "none"))
        parts = (_part(one.first, one.wanted), _part(one.among, one.wanted))
        yield f"| {title} | {one.wanted} | {' | '.join(parts)} | {one.silent} | {false} |"
    yield ""
    yield "| Band | Set on these: shown | named by the reader | Held out: shown | named by the reader |"
    yield "|---|---|---|---|---|"
    own, other = found["**set on these four**"], found["**held out**"]
    for band in BANDS:
        cells = [f"{one.shown[band]} | {_part(one.right[band], one.shown[band])}" for one in (own, other)]
        yield f"| {band} | {' | '.join(cells)} |"
    yield ""
    yield "| Candidates, all of them | with a note that they read differently |"
    yield "|---|---|"
    whole = measured(ALL, library)
    for said in ("on it", "short of it", "not named"):
        noted = whole.noted[said, True]
        yield f"| {said} | {_part(noted, noted + whole.noted[said, False])} |"


def _part(some: int, of: int) -> str:
    return f"{some} of {of} ({some / of:.0%})" if of else "0"


def timed(library: Library) -> Iterator[str]:
    """Yield how long a file of about thirty pages takes, against python-docx opening it and reading its text."""
    data = word("calloway", 6)
    texts = {
        "python-docx: open, read the text": lambda: "".join(
            one.text for one in docx.Document(io.BytesIO(data)).paragraphs
        ),
        "open, read, part into passages": lambda: _parted(data),
        "the whole look through the file": lambda: assess(open_word(data, "calloway"), library, AS_OF, "calloway"),
    }
    taken = {what: min(timeit.repeat(work, number=1, repeat=7)) for what, work in texts.items()}
    plain = next(iter(taken.values()))
    yield f"{len(data):,} bytes, {len(_parted(data))} passages"
    for what, seconds in taken.items():
        yield f"{what}: {seconds * 1000:.0f} ms ({seconds / plain:.1f}x)"


def _parted(data: bytes) -> list[Passage]:
    file = open_word(data, "calloway")
    return passages(file, read_paragraphs(file))


def main() -> None:
    """Print the tables; with ``--fit`` the weights, with ``--each`` every miss, with ``--time`` how long it takes."""
    library = load_library(ROOT / "clause_library")
    if "--fit" in sys.argv:
        weights, start = fitted([row for name in TUNED for row in rows(name, library, AS_OF)])
        lines = [f"weights {[round(one, 2) for one in weights]}, start {round(start, 2)}"]
    elif "--time" in sys.argv:
        lines = list(timed(library))
    else:
        lines = list(tables(library))
    if "--each" in sys.argv:
        lines += ["", "Missed:", *measured(ALL, library).missed]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
