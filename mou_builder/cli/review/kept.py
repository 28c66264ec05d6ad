"""Keep the decisions of a renewal: read the file, and write it whole after every decision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mou_builder.cli.files import UsageError, read_text
from mou_builder.cli.interview.store import write_whole
from mou_builder.errors import Fault
from mou_builder.review.deciding import Deciding
from mou_builder.review.decisions import Decisions, read_decisions, to_text
from mou_builder.review.renewal import Renewal


class DecisionsFile:
    """One decisions file, while a renewal has it."""

    def __init__(self, path: Path) -> None:
        """Read what is there; raise AnswerError, in words, if it is no decisions file."""
        self.path = path.resolve()
        self.name = str(path)
        self.found = self.path.exists()
        self.saved = self.path.read_bytes() if self.found else None
        """What stands in the file, as this sitting read or wrote it last; None where there is none yet."""
        self.read = read_decisions(read_text(self.path), self.name) if self.found else Decisions()

    def save(self, renewal: Renewal, state: Deciding, numbers: Mapping[str, str]) -> None:
        """Write what is decided so far; raise UsageError if another program has written the file meanwhile."""
        data = to_text(renewal, state.decisions, numbers, standing=False).encode()
        if data == self.saved:
            return
        if (self.path.read_bytes() if self.path.exists() else None) != self.saved:
            rescued = self.path.with_name(f"{self.path.stem}.rescued{self.path.suffix}")
            write_whole(rescued, data)
            what = "another program has changed the file since this renewal began; it was not overwritten."
            mend = f"Your decisions are in {rescued.name}. Merge the two, then run this again."
            raise UsageError(Fault(self.name, what, mend))
        try:
            write_whole(self.path, data)
        except KeyboardInterrupt:
            # Ctrl-C while the file is written: what was decided is saved all the same, and then we stop.
            write_whole(self.path, data)
            self.saved = data
            raise
        self.saved = data
