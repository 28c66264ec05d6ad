"""Bring words to their stems, and the many names that agreements have for one thing to one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

_ALIKE = (
    ("officer", "sro", "sros", "srd", "deputy", "deputies", "constable", "school resource officer",
     "school resource officers", "school resource deputy", "school police officer", "peace officer", "police officer"),
    ("police", "sheriff", "law enforcement", "policing", "agency", "law enforcement agency"),
    ("student", "pupil", "learner"),
    ("youth", "young", "adolescent", "adolescence", "teen", "teenage", "teenager", "child", "children", "childhood", "juvenile"),
    ("parent", "guardian", "family", "families", "caregiver", "household"),
    ("principal", "administrator", "headmaster", "superintendent"),
    ("district", "school board", "board of education", "school system", "school committee", "school corporation"),
    ("staff", "personnel", "employee", "faculty", "teacher", "educator"),
    ("agreement", "mou", "memorandum", "contract", "memorandum of understanding", "compact"),
    ("discipline", "disciplinary", "disciplinarian", "punish", "punishment", "suspend", "suspension", "expel", "expulsion",
     "detention", "code of conduct", "student code", "school rules", "school rule", "rule violation", "rule violations"),
    ("formal", "made and entered", "entered into", "by and between", "agreement between", "made by", "made between"),
    ("complaint", "complain", "grievance", "complainant"),
    ("training", "course", "instruction", "workshop", "academy", "in-service", "professional development", "curriculum"),
    ("evaluation", "appraise", "appraisal", "performance review", "performance evaluation", "job review"),
    ("remove", "removal", "reassign", "reassignment", "replace", "replacement"),
    ("revise", "revision", "amend", "amendment", "modify", "modification", "change"),
    ("cite", "citation", "ticket", "summons"),
    ("restraint", "restrain", "handcuff", "cuff", "shackle", "physical force", "use of force"),
    ("de-escalate", "de-escalation", "deescalate", "deescalation", "calm", "defuse", "crisis intervention"),
    ("policy", "procedure", "directive", "general order", "general orders"),
    ("public", "publish", "publication", "website", "web", "publicly", "posted", "open session"),
    ("data", "statistics", "statistical", "tally", "log", "figures"),
    ("discriminate", "discrimination", "nondiscrimination", "bias", "disparity", "disparities", "disproportionate"),
    ("select", "selection", "hire", "hiring", "appoint", "appointment", "recruit", "recruitment", "choose"),
    ("guidelines", "qualification", "qualifications", "criteria", "criterion", "candidate", "applicant"),
    ("feedback", "survey", "input", "comments", "questionnaire"),
    ("community", "stakeholder", "resident", "neighborhood"),
    ("mentor", "role model", "counsel", "counselor"),
    ("ongoing", "continuing", "continual", "continuous", "continually", "refresher", "yearly", "annual", "annually", "recurring",
     "each year", "every year", "a year", "per year", "regular", "regularly", "periodic"),
    ("constitution", "constitutional", "miranda", "probable cause", "due process", "fourth amendment", "warrant"),
    ("diversion", "alternative", "alternatives", "divert", "restorative", "mediation"),
    ("role", "duty", "duties", "responsibility", "responsibilities", "function"),
    ("limit", "restrict", "restriction", "prohibit", "forbid", "bar"),
    ("safety", "safe", "secure", "security", "protect", "protection"),
    ("juvenile justice", "juvenile court", "probation", "prosecutor", "defender", "public defender", "juvenile authorities"),
    ("civil rights", "equal protection", "title vi", "title ix", "civil liberties"),
)  # fmt: skip
"""Each row holds names that agreements between schools and police use for one thing."""

_WORD = re.compile(r"[a-z]+")
_STEMMER = snowballstemmer.stemmer("english")


def _plain(text: str) -> str:
    return text.casefold().replace("\u2019", "'").replace("'s", "")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


_COMMON = frozenset(
    _stem(word)
    for word in re.findall(
        r"\w+",
        """
        a an and any are as at be been being but by can do does each either every for from had has have he her his if in
        into is it its may more most must no nor not of on one or other our out over own shall she should so some such
        than that the their them then there these they this those to under until up upon was we were what when where
        which while who whom whose will with within would you your also all only after before between both about against
        because during how another come day give keep look make non part people re set take unless way without
        """,
    )
)
"""Stems that any sentence may hold."""


def _stems_of(phrase: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(_plain(phrase)))


_PHRASES = {_stems_of(name): f"={row[0]}" for row in _ALIKE for name in row}
_LONGEST = max(map(len, _PHRASES))


@lru_cache(maxsize=4096)  # a passage is held against each requirement
def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a text in order: stems, with a common name where several words mean the same."""
    return tuple(term for term, _, _ in _terms(_stems_of(text)))


def as_spoken(text: str) -> dict[str, str]:
    """Return the terms of a text, each with the words that stand for it there first."""
    words = _WORD.findall(_plain(text))
    found: dict[str, str] = {}
    for term, start, end in _terms(tuple(map(_stem, words))):
        found.setdefault(term, " ".join(words[start:end]))
    return found


def _terms(stems: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Yield each term with the places of its first word and of the word behind it; the longest name wins."""
    place = 0
    while place < len(stems):
        for length in range(min(_LONGEST, len(stems) - place), 0, -1):
            name = _PHRASES.get(stems[place : place + length])
            if name:
                yield name, place, place + length
                place += length
                break
        else:
            if stems[place] not in _COMMON and len(stems[place]) > 1:
                yield stems[place], place, place + 1
            place += 1
