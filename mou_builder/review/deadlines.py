"""List what the parties of one or many agreements have to do by when, and what of it is overdue on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from mou_builder.model import Agreement, Undecided
from mou_builder.model.walk import model_paths
from mou_builder.review.duty_days import DUTY_DAYS
from mou_builder.review.law_days import law_days
from mou_builder.review.months import days_after
from mou_builder.review.outlook import KINDS, STATED, TURNING_POINTS, Deadline, Listed, Outlook, Status
from mou_builder.review.paper import Due, Paper, Reading, StillOpen
from mou_builder.review.review_days import REVIEW_DAYS
from mou_builder.review.stated_days import stated_days
from mou_builder.review.term_days import TERM_DAYS

__all__ = ["Deadline", "Outlook", "Paper", "distinct", "outlook"]

SOURCES = (*TERM_DAYS, *REVIEW_DAYS, *DUTY_DAYS)
"""Where deadlines come from in the answers; what the text states, and what law has done outside the paper, come beside them."""

CHECK_DAYS = 90
"""A duty whose day has passed is shown for a quarter, so that nobody who looks each month or quarter misses it."""
YEARS_AHEAD = 10
"""What recurs is listed so many years ahead, for a term that is stated to run for centuries."""


def outlook(papers: Sequence[Paper], as_of: date) -> Outlook:
    """Return every deadline of the agreements, sorted by day and then by agreement; what has no day stands last.

    Of two agreements between the same parties the later one takes the place of the earlier on its effective date.
    """
    labels = Counter(paper.label for paper in papers)
    listed: list[Listed] = []
    found: list[Deadline] = []
    for paper in papers:
        reading = Reading(paper, as_of)
        label = paper.label if labels[paper.label] == 1 else f"{paper.label} ({paper.file})"
        after = _successor(paper, papers)
        listed.append(_listed(label, reading, after))
        found += _of(label, reading, _start_of(after) if after else None)
    order = list(KINDS)
    found.sort(key=lambda one: (one.day or date.max, one.day is None, one.agreement, one.file, order.index(one.kind)))
    return Outlook(as_of, tuple(listed), tuple(found))


def _listed(label: str, reading: Reading, after: Paper | None) -> Listed:
    agreement = reading.agreement
    try:
        ends: date | None = reading.ends
    except (StillOpen, OverflowError):
        ends = None if isinstance(agreement.term.ends, Undecided) else agreement.term.ends
    return Listed(
        label, reading.paper.file, agreement.document.name, _start_of(reading.paper), ends, after.file if after else ""
    )


def _start_of(paper: Paper) -> date | None:
    starts = paper.agreement.document.effective_date
    return None if isinstance(starts, Undecided) else starts


def _successor(paper: Paper, papers: Sequence[Paper]) -> Paper | None:
    """Return the next agreement between the same districts and agencies, if one was handed in."""
    starts = _start_of(paper)
    later = [
        (begins, other)
        for other in papers
        if (begins := _start_of(other)) and starts and begins > starts and _parties(other) == _parties(paper)
    ]
    return min(later, key=lambda one: one[0])[1] if later else None


def _parties(paper: Paper) -> frozenset[str]:
    parties = paper.agreement.parties
    return frozenset(one.legal_name.casefold() for one in (*parties.districts, *parties.agencies))


def _of(label: str, reading: Reading, replaced: date | None) -> Iterator[Deadline]:
    """Yield the deadlines of one agreement, which a later one replaces on the day `replaced`."""
    dues, open_answers = _dues(reading)
    for due in dues:
        status = _status(due, reading)
        if status and not _overtaken(due, reading, replaced):
            yield _deadline(label, reading.paper, due, status)
    if replaced is None or reading.as_of < replaced:
        for path, kinds in open_answers.items():
            names = ", ".join(KINDS[kind].lower() for kind in kinds)
            what = f"Cannot be told: {_question(path)} ({path}) is undecided. Waiting for it: {names}."
            yield Deadline(label, reading.paper.file, "undecided", None, "undecided", "", what, answer=path)


def _dues(reading: Reading) -> tuple[list[Due], dict[str, dict[str, None]]]:
    """Return what is due, and the undecided answers with the kinds of deadlines that wait for each."""
    dues: list[Due] = []
    waiting: dict[str, dict[str, None]] = {}
    for source in SOURCES:
        try:
            for due in source.of(reading):
                dues.append(due)
        except StillOpen as answer:
            waiting.setdefault(answer.path, {})[source.kind] = None
        except OverflowError:
            continue  # the next day would lie past the end of the calendar
    try:
        dues += law_days(reading)
    except StillOpen as answer:
        waiting.setdefault(answer.path, {})["task-filing"] = None
    except OverflowError:
        pass  # a day past the end of the calendar is nobody's deadline
    told = {(due.slot, due.day) for due in dues}
    for stated in stated_days(reading):
        if isinstance(stated, StillOpen):
            waiting.setdefault(stated.path, {})[stated.kind] = None
        elif (stated.kind, stated.slot) not in _ANSWERED or (stated.slot, stated.day) not in told:
            dues.append(stated)
    return dues, waiting


_ANSWERED = {
    ("yearly", "data.public-report"),
    ("yearly", "training.log"),
    ("yearly", "training.responding"),
    ("yearly", "training.substitutes"),
    ("yearly", "training.staff"),
    ("start-up", "training.serving"),
    ("start-up", "risk.insurance"),
    ("program-year", "risk.insurance"),
}
"""Time limits that the text states too, but whose days an answer gives: they are told from the answer, and only once."""


def _status(due: Due, reading: Reading) -> Status | None:
    """Return how a due stands on the day of reading; None for one that nobody needs to hear of any more."""
    as_of = reading.as_of
    if due.day is None:
        # What is to be done soon after the start is long past when a quarter has gone by; the rest comes every year.
        begins = _start_of(reading.paper)
        begun = due.kind == "start-up" and begins is not None and as_of > _later(begins, CHECK_DAYS)
        return None if begun or _last_day(reading) < as_of else "no date"
    if due.day >= as_of:
        far = due.day.year > as_of.year + YEARS_AHEAD and due.kind not in TURNING_POINTS
        return None if far else "to come"
    until = due.until or _later(due.day, CHECK_DAYS)
    return due.missed if due.firm and due.missed and as_of <= until else None


def _last_day(reading: Reading) -> date:
    """Return the last day on which the agreement can be in force as far as the answers say."""
    try:
        return reading.ends
    except (StillOpen, OverflowError):
        return date.max


def _later(day: date, days: int) -> date:
    return date.max if (date.max - day).days < days else days_after(day, days)


def _overtaken(due: Due, reading: Reading, replaced: date | None) -> bool:
    """Return whether a later agreement, in effect from the day `replaced`, takes the due away."""
    if replaced is None:
        return False
    last = _last_day(reading)
    gap = replaced > _later(last, 1)
    if due.kind in ("renewal-decision", "renewal-notice"):
        return True
    if due.kind in ("expiry", "hold-over-end"):
        # With a gap between the two, the parties are without an agreement until the later one begins.
        return not gap or reading.as_of >= replaced
    if due.kind == "after-end":
        return not gap
    return reading.as_of >= replaced if due.day is None else due.day >= replaced


def _deadline(label: str, paper: Paper, due: Due, status: Status) -> Deadline:
    used = next((one for one in paper.record.clauses if one.slot == due.slot), None)
    notes = [_CHANGED[paper.changed[due.slot]]] if due.slot in paper.changed else []
    if used and used.kept and due.kind not in STATED:
        notes.append("The parties\u2019 own words stand in this section: read them there.")
    if status == "overdue" and due.kind in ("expiry", "hold-over-end"):
        notes.append("No later agreement between these parties was handed in.")
    notes += [f"To be confirmed: {one.why}" for one in paper.agreement.confirm if one.answer == due.answer]
    return Deadline(
        agreement=label,
        file=paper.file,
        kind=due.kind,
        day=due.day,
        status=status,
        who=due.who,
        what=due.what,
        section=paper.section(due.slot),
        heading=used.heading if used else "",
        slot=due.slot,
        answer=due.answer,
        opens=due.opens,
        firm=due.firm,
        note=" ".join(notes),
    )


_CHANGED = {
    "altered": "The words of this section were changed in the file: read them there.",
    "missing": "This section is no longer in the file: ask counsel whether it still holds.",
}


def _question(path: str) -> str:
    """Return the question that the answer at `path` belongs to."""
    return next((field.title or path for known, field in model_paths(Agreement) if known == path), path)


def distinct(papers: Sequence[Paper]) -> tuple[list[Paper], list[tuple[Paper, Paper]]]:
    """Return each agreement once, and the papers that were left out, each with the one that is kept.

    Of a Word file and the record beside it, the Word file is kept, for it shows what the parties changed.
    """
    kept: list[Paper] = []
    doubled: list[tuple[Paper, Paper]] = []
    for paper in papers:
        place = next((n for n, one in enumerate(kept) if one.agreement == paper.agreement), None)
        if place is None:
            kept.append(paper)
        elif paper.word and not kept[place].word:
            doubled.append((kept[place], paper))
            kept[place] = paper
        else:
            doubled.append((paper, kept[place]))
    return kept, doubled
