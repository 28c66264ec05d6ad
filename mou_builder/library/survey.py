"""What a survey of the states' laws found for each state, rubric or none."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mou_builder.library.outline import LibraryPart, Texts
from mou_builder.library.sources import Evidence


class Surveyed(LibraryPart):
    """What was found for one state on the day it was looked up."""

    found: Literal["required-with-officers", "required-of-all", "conditional", "none"]
    cites: Texts = ()
    says: str
    evidence: Evidence
    seen: date
