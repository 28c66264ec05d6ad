"""A real terminal for a test: the command runs in it, keys are sent, and the screen is read as a person sees it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path as File
from typing import Any

import pytest
from conftest import ROOT
from interview.screens import Asked, Reply, ScriptedScreen

from mou_builder.cli.interview.screen import KEYS, Option, Wish

WAIT = 20
"""Seconds after which a terminal that says nothing more is held to be stuck."""

UP, DOWN, ENTER, CTRL_C = "\x1b[A", "\x1b[B", "\r", "\x03"
_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])")

_TAKES_KEYS = "\x1b[?2004h"
"""What a prompt sends first: that pasted text should be marked as such."""


def with_terminal() -> pytest.MarkDecorator:
    """Return the mark of a test that needs a real terminal."""
    return pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a terminal as Unix has it")


class Terminal:
    """The interview, or another command, running in a terminal of 80 columns and 40 lines."""

    command = "interview"

    def __init__(self, folder: File, *words: str, **environment: str) -> None:
        import os

        import pexpect
        import pyte

        known = {
            name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "COLUMNS", "LINES")
        }
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "mou_builder", self.command, *words],
            cwd=str(folder),
            env={**known, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **environment},
            dimensions=(40, 80),
            encoding="utf-8",
            timeout=WAIT,
        )
        self.child.delaybeforesend = None
        self.screen = pyte.Screen(80, 40)
        # The terminal answers where the cursor stands, as a real one does.
        self.screen.write_process_input = self.child.send
        self._stream = pyte.Stream(self.screen)
        self.raw = ""
        self._mark = 0

    @property
    def shown(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    @property
    def new(self) -> str:
        """What was printed since the keys sent last, its spaces and line ends as single spaces."""
        return _plain(self.raw[self._mark :])

    def see(self, text: str) -> None:
        """Wait until a text is printed after the keys sent last."""
        self.until(lambda: text in self.new, text)

    def prompted(self, ask: str) -> None:
        """Wait until a new prompt takes keys; a prompt that has been answered is drawn once more, and is not meant."""

        def stands() -> bool:
            _, begun, drawn = self.raw[self._mark :].rpartition(_TAKES_KEYS)
            return bool(begun) and f"? {ask}" in _plain(drawn)

        self.until(stands, ask)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds; fail, showing the screen, if the program ends or says nothing more."""
        import pexpect

        while not holds():
            try:
                read = self.child.read_nonblocking(4096, WAIT)
            except (pexpect.EOF, pexpect.TIMEOUT) as end:
                raise AssertionError(f"{type(end).__name__} before {what!r}. The screen:\n{self.shown}") from None
            self._take(read)

    def _take(self, read: str) -> None:
        self.raw += read
        self._stream.feed(read)

    def send(self, keys: str) -> None:
        """Press keys."""
        self._mark = len(self.raw)
        self.child.send(keys)

    def end(self) -> int:
        """Wait until the program has ended; return its exit code, or the number of the signal, negative."""
        import pexpect

        while True:
            try:
                self._take(self.child.read_nonblocking(4096, WAIT))
            except pexpect.EOF:
                break
            except pexpect.TIMEOUT:
                raise AssertionError(f"the program does not end. The screen:\n{self.shown}") from None
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus


def _plain(text: str) -> str:
    """Return a text without what moves the cursor, in single spaces; a line that the terminal broke is whole again."""
    return " ".join(_ESCAPES.sub("", text).split())


class MirroringScreen(ScriptedScreen):
    """The same conversation beside the one in a terminal: each reply is given to both."""

    def __init__(self, reply: Reply, terminal: Terminal) -> None:
        super().__init__(reply)
        self.terminal = terminal

    def _replied(self, ask: str, options: Sequence[Option], ready: Any) -> Any:
        self.terminal.prompted(ask)
        try:
            reply = super()._replied(ask, options, ready)
        except KeyboardInterrupt:
            self.terminal.send(CTRL_C)
            raise
        self.terminal.send(_keys(Asked(ask, self.talk.now, options, ready), reply))
        return reply


def _keys(asked: Asked, reply: Any) -> str:
    """Return the keys that give a reply to a prompt."""
    if isinstance(asked.ready, list) and isinstance(reply, list):
        moves = [" " if (value in asked.ready) != (value in reply) else "" for value in asked.values]
        return DOWN.join(moves) + ENTER
    if isinstance(asked.ready, int):
        if reply in asked.values:
            steps = asked.values.index(reply) - asked.ready
            return (DOWN * steps if steps > 0 else UP * -steps) + ENTER
        return _key(reply)
    if isinstance(reply, Wish):
        return f"\x15:{reply.value}{ENTER}"
    return f"\x15{reply}{ENTER}"


def _key(wish: Wish) -> str:
    (name, *_) = [key for key, one in KEYS.items() if one is wish]
    return chr(ord(name.removeprefix("c-")) - ord("a") + 1)
