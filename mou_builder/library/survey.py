"""What a survey of the states' laws found for each state, rubric or none."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mou_builder.library.outline import LibraryPart, Texts
from mou_builder.library.sources import Evidence

SURVEY = "survey.yaml"
"""The file that holds the survey; a library may be without one."""

Found = Literal["required-with-officers", "required-of-all", "conditional", "none", "not-surveyed"]

_IN_WORDS: dict[Found, str] = {
    "required-with-officers": "an agreement is required where officers serve in schools",
    "required-of-all": "an agreement is required of every district, with or without officers",
    "conditional": "an agreement is required, encouraged or defined in some cases only",
    "none": "no rule found; ask counsel",
    "not-surveyed": "not looked at; ask counsel",
}


class Surveyed(LibraryPart):
    """What was found for one state on the day it was looked up."""

    found: Found
    """none: the search found nothing, which is no proof that there is no law."""
    cites: Texts = ()
    says: str
    evidence: Evidence | None = None
    """How far the law was read; left out where there was nothing to read."""
    seen: date
    review: str = ""
    """How often an agreement is reviewed, in words, where no value with a date says it."""
    form: str = ""
    """What a state or others have published, in words, where the jurisdiction names no form."""
    sources: Texts = ()
    """Addresses of the pages that were opened."""

    @property
    def in_words(self) -> str:
        """What was found, in half a sentence."""
        return _IN_WORDS[self.found]


class Survey(LibraryPart):
    """The survey as its file holds it, by postal code."""

    states: dict[str, Surveyed]
