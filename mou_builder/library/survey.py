"""What a survey of the states' laws found for each state, rubric or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.outline import LibraryPart, Texts
from mou_builder.library.sources import Evidence

if TYPE_CHECKING:
    from mou_builder.library.shapes import Library

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


def survey_faults(library: Library) -> Iterator[Fault]:
    """Yield what is wrong with the survey: a code that is no state's, a state that is missing, a finding without a cite."""
    if not library.survey:
        return
    ruled = {one.state for id, one in library.jurisdictions.items() if _has_law(id, library)}
    for code, one in library.survey.items():
        where = library.at(SURVEY, "states", code)
        if code not in library.states:
            what = f"no state or territory has the code {code!r}."
            yield Fault(where, what, did_you_mean(code, library.states) or "Correct the postal code.")
        if one.found in ("none", "not-surveyed"):
            if code in ruled:
                what = f"the survey found no rule for {code}, but a rubric holds its law."
                yield Fault(library.at(SURVEY, "states", code, "found"), what, "Say what was found.")
        elif not one.cites or one.evidence is None:
            what = f"{code}: a rule was found, but its citation or how far it was read is missing."
            yield Fault(where, what, "Add cites and evidence.")
    for code in library.states:
        if code not in library.survey:
            what = f"the survey leaves out {code}."
            yield Fault(library.at(SURVEY, "states"), what, "Add it: found: not-surveyed, if nobody looked.")


def _has_law(jurisdiction: str, library: Library) -> bool:
    return any(rubric.force == "law" and rubric.jurisdiction == jurisdiction for rubric in library.rubrics)
