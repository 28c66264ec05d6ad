"""Hold the survey of the states against the library's states and rubrics."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.shapes import Library
from mou_builder.library.survey import SURVEY


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
