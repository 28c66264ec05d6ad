"""Hold one conversation again and again, each time killed a little later, and write down what stands in the files then.

Run as a program: FOLDER STRIDE. Each conversation goes on in a process of its own, which kills itself before or after it
renames its n-th file.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interview.driving import EXAMPLES, leaves
from interview.screens import Asked, converse

from mou_builder.cli.interview.screen import Wish
from mou_builder.cli.interview.store import Store
from mou_builder.errors import MouError
from mou_builder.library import load_library

PLAN: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("document", "recording"), True),
    (("document", "recording", "office"), "County Clerk"),
    (("cost", "model"), "lump-sum"),
    (("program", "mode"), "responding"),
    (("document", "recording"), False),
    (("program", "mode"), "assigned"),
    (("cost", "model"), "percentage"),
    (("document", "recording"), True),
)
"""Answers on which it hangs what else applies, each to its question, one after the other."""


def following(plan: list[tuple[tuple[str, ...], Any]], done: Callable[[int], None]) -> Callable[[Asked], Any]:
    """Return a person who changes those answers by way of the review, and then stops; `done` hears how many were given."""
    total = len(plan)

    def reply(asked: Asked) -> Any:
        if asked.ask == "Next line (Enter ends)":
            return ""
        if asked.values == [True, False] and asked.ask == "What now":
            return False
        if not plan:
            return "stop" if asked.now.current is None else Wish.QUIT
        path, value = plan[0]
        if asked.ask in ("Review which section", "Change which answer"):
            return path[0] if asked.ask == "Review which section" else path
        if asked.now.current is None or asked.item.path != path:
            return "review" if asked.now.current is None else Wish.REVIEW
        plan.pop(0)
        done(total - len(plan))
        return value if value in asked.values or not asked.options else Wish.TAKE

    return reply


def killed(file: Path, number: int, *, after: bool, log: Path) -> None:
    """Talk, and die at the renaming of this number."""
    count = 0
    rename = Path.replace

    def deadly(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        made = rename(self, target)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    Path.replace = deadly  # type: ignore[method-assign]
    converse(file, following(list(PLAN), lambda many: log.write_text(str(many), encoding="utf-8") and None), LIBRARY)


def found(file: Path) -> dict[str, Any]:
    """Return what stands in the file and, set aside, in the notes; or that they cannot be read."""
    try:
        store = Store(file)
    except MouError as error:
        return {"unreadable": str(error)}
    held = dict(leaves(store.tree))
    for path, value in store.notes.aside.items():
        held = dict(leaves(value, path)) | held
    return {"held": [[list(path), repr(value)] for path, value in held.items()]}


def main(folder: Path, stride: int) -> None:
    """Print one line of JSON for each death."""
    number, alive = 1, False
    while not alive:
        for after in (False, True):
            file, log = folder / f"{number}-{after}.yaml", folder / "log"
            file.write_bytes((EXAMPLES / "first_mou.yaml").read_bytes())
            log.write_text("0", encoding="utf-8")
            child = os.fork()
            if child == 0:
                try:
                    killed(file, number, after=after, log=log)
                except BaseException:
                    traceback.print_exc()
                finally:
                    os._exit(0)
            _, status = os.waitpid(child, 0)
            alive = os.WIFEXITED(status)
            told = {"number": number, "after": after, "alive": alive, "given": int(log.read_text(encoding="utf-8"))}
            sys.stdout.write(json.dumps(told | found(file)) + "\n")
        number += stride


if __name__ == "__main__":
    from conftest import ROOT

    LIBRARY = load_library(ROOT / "clause_library")
    main(Path(sys.argv[1]), int(sys.argv[2]))
