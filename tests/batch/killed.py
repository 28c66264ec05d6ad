"""Run a command and die at the n-th renaming of a file, before or after it, as if the power had gone.

Run as a program: NUMBER before|after|ctrl-c WORDS ... With ``ctrl-c``, a person stops the command there instead.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def deadly(number: int, when: str) -> None:
    """Let the renaming of this number be the last thing that this process does."""
    count = 0
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        made = rename(self, target)
        if count == number:
            os.kill(os.getpid(), signal.SIGINT if when == "ctrl-c" else signal.SIGKILL)
        return made

    Path.replace = replace  # type: ignore[method-assign]


if __name__ == "__main__":
    from mou_builder.cli import main

    deadly(int(sys.argv[1]), sys.argv[2])
    sys.argv[:] = ["mou-builder", *sys.argv[3:]]
    main()
