"""Read the clause library while the person reads the first question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_builder.library import Library

_HEAD_START = 0.3
"""Seconds that the first question has the machine to itself."""


class Loading:
    """The library, read in the background."""

    def __init__(self, load: Callable[[], Library], folder: Path | None = None) -> None:
        self._load = load
        self.folder = folder
        self._wanted = Event()
        self._read = Event()
        self._library: Library | None = None
        self._error: BaseException | None = None
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        self._wanted.wait(_HEAD_START)
        try:
            self._library = self._load()
        except BaseException as error:  # told to whoever asks for the library
            self._error = error
        self._read.set()
        _warm_up()

    @property
    def ready(self) -> bool:
        """Whether the library is there, so that nobody has to wait for it."""
        return self._library is not None

    @property
    def packs(self) -> list[str]:
        """The packs over the library, each with its version."""
        return [one.cite for one in self.get().packs]

    def get(self) -> Library:
        """Return the library, once it is read; raise what went wrong with it."""
        self._wanted.set()
        self._read.wait()
        if self._library is None:
            raise self._error or RuntimeError("the library was not read")
        return self._library


def _warm_up() -> None:
    """Bring in what the first look at the requirements needs, so that nobody waits for it at the end of a section."""
    from mou_builder import report, sets  # noqa: F401
    from mou_builder.model import Agreement

    Agreement.model_rebuild()


def begin_loading(folder: Path | None, packs: list[str] | None = None, made_with: Path | None = None) -> Loading:
    """Return the library at `folder`, or the shipped one, with `packs` over it, about to be read.

    The packs that the record of the earlier agreement in the file `made_with` names lie over it too.

    Raises LibraryError or UsageError if a given one is not right.
    """
    from mou_builder.cli.files import library_at

    loading = Loading(lambda: library_at(folder, packs, made_with), folder)
    if folder is not None or packs or made_with is not None:
        loading.get()
    return loading
