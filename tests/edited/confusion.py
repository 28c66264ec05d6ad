"""Print what `check` says of the corpus of edited agreements against what it should say.

    python tests/edited/confusion.py             every kind that needs no LibreOffice, about a minute
    python tests/edited/confusion.py --office    those that LibreOffice does as well
    python tests/edited/confusion.py --kind move --example first_mou

Exit 0: all as expected. Exit 1: the disagreements are listed below the table.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent.parent)]

from edited.corpus import EXAMPLES, KINDS, edited_file, judged  # noqa: E402
from edited.verdicts import VERDICTS, Disagreement, verdicts  # noqa: E402


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--office", action="store_true", help="with the kinds that LibreOffice does")
    asked.add_argument("--kind", default="", help="only kinds whose name holds these words")
    asked.add_argument("--example", choices=EXAMPLES, action="append", help="only this example")
    given = asked.parse_args()
    table: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[str, str, Disagreement]] = []
    tried = 0
    for kind in KINDS.values():
        if given.kind not in kind.name or (kind.office and not given.office):
            continue
        for example in given.example or EXAMPLES:
            edited = edited_file(kind, example)
            report, found = judged(edited, example)
            tried += 1
            table.update((wanted, got) for _, wanted, got in (verdicts(edited.expected, report) if report else ()))
            wrong += [(kind.name, example, one) for one in found]
    files = "1 edited file" if tried == 1 else f"{tried} edited files"
    sys.stdout.write(f"{files}. Rows: what should be said of a clause; columns: what was said.\n\n")
    sys.stdout.write(confusion(table))
    sys.stdout.write(f"\n{len(wrong) or 'No'} disagreement{'' if len(wrong) == 1 else 's'}.\n")
    for name, example, one in wrong:
        sys.stdout.write(f"{name} [{example}]: {one}\n")
    return 1 if wrong else 0


def confusion(table: Counter[tuple[str, str]]) -> str:
    """Return the counts as lines of text."""
    wide = max(map(len, VERDICTS))
    lines = [" " * wide + "".join(f"  {one:>{wide}}" for one in VERDICTS)]
    for wanted in VERDICTS:
        counts = "".join(f"  {table[wanted, got] or '.':>{wide}}" for got in VERDICTS)
        lines.append(f"{wanted:<{wide}}{counts}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
