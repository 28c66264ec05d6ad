"""Where a text or a requirement comes from, and how far somebody read it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mou_builder.library.outline import LibraryPart

Evidence = Literal["seed", "text", "part", "summary", "title", "recollection"]


class Source(LibraryPart):
    """A pinpoint, what it is cited for, how far it was read, and the day someone opened it."""

    cite: str
    says: str
    seen: date
    evidence: Evidence
    url: str = ""
