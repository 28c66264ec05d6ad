"""Find sentences that give an officer a task of school discipline, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mou_builder.record import Record
from mou_builder.report.plainly import normalized
from mou_builder.report.sentences import statements
from mou_builder.report.shapes import Finding

# "Attendance officer" and the like are officers of the school.
_OFFICER = (
    r"(?<!attendance )(?<!hearing )(?<!compliance )(?<!truancy )(?<!discipline )(?<!governing )(?<!fiscal )"
    r"\b(?:SROs?|(?:school resource |responding |police |peace |law[- ]enforcement |sworn )?officers?"
    r"|deput(?:y|ies)(?! superintendents?| director| chief| city| county| clerk))\b"
)
_DISCIPLINE = (
    r"(?:\b(?:school |student |classroom |ordinary |routine |formal )?disciplin(?:e|ary)\b(?! records?| history)"
    r"|\bdetention (?:hall|room|duty|period|supervision)|\b(?:after-school |lunch |in-school |saturday )detentions?\b"
    r"|\b(?:suspensions?|expulsions?) of (?:a |any )?students?\b|\bin-school suspension\b"
    r"|\bdress[- ]?codes?\b|\brules? on dress\b|\btard(?:y|iness|ies)\b|\btruancy\b|\bstudent attendance\b"
    r"|\battendance (?:polic(?:y|ies)|rules?|checks?|laws?)\b|\bhall(?:way)?[- ](?:monitor\w*|pass(?:es)?|duty|sweeps?)\b"
    r"|\b(?:lunch(?:room)?|cafeteria|recess|bus) (?:duty|monitor\w*)\b"
    r"|\b(?:cell ?phone|phone|telephone) (?:polic(?:y|ies)|rules?|bans?)\b"
    r"|\b(?:code|codes|rules) of (?:student )?(?:conduct|behavior)\b|\b(?:school|classroom) (?:rules|behavior rules)\b"
    r"|\bclassroom (?:management|behavior|order)\b)"
)
_DOES = (
    r"\b(?:enforc|administer|impos|assign|issu|handl|investigat|supervis|monitor|overse|patrol|mete|decid|determin"
    r"|recommend|manag|maintain|apply)(?:e|es|ed|ing|s|ies|ying)?\b"
    r"|\bconduct(?:s|ing)? (?:an?|the|any) \b|\bcarr(?:y|ies|ying) out\b"
    r"|\bassist(?:s|ing)?\b|\bhelp(?:s|ing)?\b|\bsupport(?:s|ing)?\b|\baid(?:s|ing)?\b"
    r"|\bparticipat(?:e|es|ing) in\b|\btak(?:e|es|ing) part in\b|\b(?:serv|act)(?:e|es|s|ing)? as\b|\bwork(?:s|ing)? (?:on|in|as)\b"
    r"|\bperform(?:s|ing)?\b|\bprovid(?:e|es|ing)\b|\bresponsib(?:le|ility) for\b|\bin charge of\b|\bbe assigned to\b"
)
# Between an officer and what the officer does nobody else may take the stage.
_OTHERS = (
    r"(?:principals?|administrators?|staff|teachers?|superintendent|district|parents?|students?|schools?|personnel)"
    r"(?= (?:\w+ )?(?:shall|may|will|must|should|can|do|does|alone|decid\w+|impos\w+|administer\w*|enforc\w+|handl\w+))"
)
_ACTIVE = re.compile(
    rf"(?P<officer>{_OFFICER})(?:(?!\b{_OTHERS})[^.;])"
    + r"{0,90}?"
    + rf"(?P<does>{_DOES})[^.;]"
    + r"{0,60}?"
    + _DISCIPLINE,
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    _DISCIPLINE + r"[^.;]{0,60}?\b(?:be|is|are|being) (?:\w+ )?"
    r"(?:enforced|administered|imposed|handled|decided|supervised|monitored|carried out|conducted|assigned|issued)"
    rf" (?:by|to) (?:an? |the |any |each )?{_OFFICER}",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:no|not|never|nor|neither|nobody|none|cannot|without|nothing|prohibited|forbidden|barred|rather than|instead of"
    r"|refrain\w*|out of|outside|free of|apart from|whether|other than|breach|misuse)\b|n't\b",
    re.IGNORECASE,
)
# A new start: what was forbidden before it is no longer.
_TURN = re.compile(
    r";|,? but\b|,? however\b|,? except (?:that|when|where|as)\b|, and (?=(?:shall|may|will|the|an?|each)\b)|\. "
)
_ASIDE = re.compile(r",? (?:when|if|where|as|at|upon|on|after|with|under)\b[^,;:]*,")
# Asked first, for the patterns above take their time.
_MATTER = re.compile(_DISCIPLINE, re.IGNORECASE)
_SOMEBODY = re.compile(r"sro|officer|deput", re.IGNORECASE)
_STEMS = ("disciplin", "detention", "suspension", "expulsion", "dress", "tard", "truancy", "attendance", "hall", "lunch",
          "cafeteria", "recess", "bus ", "phone", "code", "rules", "classroom")  # fmt: skip


def discipline_tasks(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences that give an officer a task of school discipline, those that forbid it left aside."""
    return _tasks(tuple(lines))


@lru_cache(maxsize=1024)  # a build asks twice of the same words: what it predicts, and what it reads back
def _tasks(lines: tuple[str, ...]) -> tuple[str, ...]:
    if not any(_MATTER.search(line) for line in lines if _might_matter(line)):
        return ()
    return tuple(
        said for said in statements(lines) if _SOMEBODY.search(said) and _MATTER.search(said) and _gives_task(said)
    )


def _might_matter(line: str) -> bool:
    small = line.casefold().replace("shall", "")
    return any(stem in small for stem in _STEMS)


def _gives_task(said: str) -> bool:
    for text in (said, _ASIDE.sub("", said)):
        for pattern in (_ACTIVE, _PASSIVE):
            for match in pattern.finditer(text):
                # In the passive the deed comes first; else what stands between officer and deed can turn the sense.
                deed = match.start("does") if pattern is _ACTIVE else match.start()
                turns = [turn.end() for turn in _TURN.finditer(text, 0, deed)]
                if not _FORBIDS.search(text, turns[-1] if turns else 0, match.end()):
                    return True
    return False


def recorded_tasks(record: Record) -> Iterator[Finding]:
    """Yield the tasks of discipline in the clauses as they were built, answers filled in."""
    for used in record.clauses:
        lines = ["".join(part if isinstance(part, str) else "Section" for part in line) for line in used.words]
        for said in discipline_tasks(lines):
            yield _finding(said, used.slot)


def added_tasks(before: Sequence[str], after: Sequence[str], where: str) -> Iterator[Finding]:
    """Yield the tasks of discipline in words that were changed or put in."""
    known = set(discipline_tasks(before))
    for said in discipline_tasks(after):
        if said not in known:
            yield _finding(said, where)


def _finding(said: str, where: str) -> Finding:
    what = f"An officer is given a task of school discipline: \u201c{normalized(said)}\u201d"
    return Finding("E-DISCIPLINE-TASK", "error", what, where)
