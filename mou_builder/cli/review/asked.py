"""Renew on a terminal: take up the earlier agreement, ask, and have the files written; Ctrl-C loses nothing on the way."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from mou_builder.cli.earlier import Earlier
    from mou_builder.library import Library
    from mou_builder.marked import Marked
    from mou_builder.review.decisions import Decisions
    from mou_builder.review.renewal import Renewal

_PARTS = ("docx", "compliance.json", "record.yaml", "memo.docx", "redline.docx")
"""The files that nobody writes but `renew`; a person may have changed one of them since."""


@dataclass(frozen=True)
class Start:
    """What a person gave to begin with."""

    prior: Path
    record: Path | None
    answers: Path | None
    out: Path
    name: str
    plain: bool
    force: bool
    on: date | None
    """The day given in place of today."""


def ask_first(
    start: Start,
    shelf: Library,
    renewal_with: Callable[[Earlier, Marked], Renewal],
    finish: Callable[[Earlier, Decisions, Path, str, Mapping[str, bytes]], NoReturn],
) -> NoReturn:
    """Ask what is new or expired and what becomes of each section, and let `finish` write the files.

    `renewal_with` tells what becomes of the sections with some answers; `finish` gets what was decided, the file of the
    answers, the name of the renewal, and what the sitting has written. Raises typer.Exit where the person stops before that.
    """
    from mou_builder.cli.building import name_of
    from mou_builder.cli.earlier import take_up_earlier
    from mou_builder.cli.files import refuse_what_is_in_the_way
    from mou_builder.cli.interview.command import screen_for
    from mou_builder.cli.review.sitting import Task, name_under_way, settle, telling_how_to_go_on

    screen, again = screen_for(plain=start.plain), shlex.join(["mou-builder", *sys.argv[1:]])
    name = name_under_way(start.out, start.name, name_of(start.prior.with_suffix("")))
    with telling_how_to_go_on(start.out / f"{name}.answers.yaml", screen, again):
        earlier = take_up_earlier(start.prior, shelf, start.record)
        refuse_what_is_in_the_way(start.out, [f"{name}.{part}" for part in _PARTS], force=start.force)
        task = Task(
            earlier,
            shelf,
            lambda marked: renewal_with(earlier, marked),
            start.out,
            name,
            start.answers,
            _clock(start.on),
        )
        settled = settle(task, screen, again)
        screen.say("Writing the files.")
        finish(earlier, settled.decisions, task.answers_file, name, settled.saved)


def _clock(on: date | None) -> Callable[[], datetime]:
    return datetime.now if on is None else lambda: datetime.combine(on, datetime.now().time())
