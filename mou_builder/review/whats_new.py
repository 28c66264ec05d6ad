"""Say on one screen what is renewed, and what is new in the library, the rubrics and the law since it was built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from mou_builder.model import Agreement
from mou_builder.review.board_findings import outside
from mou_builder.review.differences import sides
from mou_builder.review.news import IN_WORDS, Kind, RequirementNews, reason_of
from mou_builder.review.renewal import Renewal, Section
from mou_builder.review.versions import left_open
from mou_builder.wording import counted, in_date, joined

_FROM_THE_LIBRARY: tuple[Kind, ...] = ("edition", "update", "correction", "draft", "alternate", "new", "gone")
"""Texts that are the same but for the answers are no news of the library's."""
_MOST = 6
"""More lines of one kind would push the first question off the screen."""
_FORCE = {"law": "required by law", "guidance": "guidance", "grant": "a grant\u2019s term", "local": "local policy"}


def whats_new(renewal: Renewal, earlier: Agreement, name: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of the first screen of a renewal, each with whether it stands out; `name` is the file that is renewed."""
    since = in_date(renewal.record.as_of)
    parties = joined([party.legal_name for party in earlier.parties.all])
    yield f"Renewing {name}: {earlier.document.name} of {parties}, built for {since}.", True
    yield from _texts(renewal, since)
    yield from _requirements(renewal, since)
    yield from _parties(renewal)
    yield from _around(renewal)


def _texts(renewal: Renewal, since: str) -> Iterator[tuple[str, bool]]:
    news = [one for one in renewal.sections if one.news.kind in _FROM_THE_LIBRARY]
    if not news:
        yield f"The library\u2019s texts are as they were on {since}.", False
    else:
        yield f"The library\u2019s texts differ from those of {since} in {counted(len(news), 'section')}:", True
    for kind in _FROM_THE_LIBRARY:
        some = [one for one in news if one.news.kind == kind]
        for reason in dict.fromkeys(reason_of(one.news) for one in some):
            alike = [one for one in some if reason_of(one.news) == reason]
            yield f"  - {IN_WORDS[kind]}: {_named(alike)}.{reason}", False


def _named(sections: Sequence[Section]) -> str:
    shown = [one.heading for one in sections[:_MOST]]
    more = len(sections) - len(shown)
    return "; ".join(shown) + (f"; and {more} more, which the change memo lists" if more else "")


def _requirements(renewal: Renewal, since: str) -> Iterator[tuple[str, bool]]:
    if not renewal.requirements:
        yield f"What law and guidance in the library ask is as it was on {since}.", False
    for new, title in ((True, "Newly asked"), (False, "No longer asked")):
        rows = [one for one in renewal.requirements if one.new == new]
        if rows:
            yield f"{title}: {counted(len(rows), 'requirement')}:", True
        for row in rows[:_MOST]:
            yield f"  - {_requirement(row)}", False
        if len(rows) > _MOST:
            yield f"  - and {len(rows) - _MOST} more, which the change memo lists", False


def _requirement(row: RequirementNews) -> str:
    force = f" ({_FORCE.get(row.force, row.force)})" if row.force else ""
    return f"{row.id}{force}: {row.asks} {row.because}.".replace(":  ", ": ")


def _parties(renewal: Renewal) -> Iterator[tuple[str, bool]]:
    theirs = [one for one in renewal.open_to_decision if one.outcome != "same"]
    if theirs:
        many = counted(len(theirs), "section")
        yield f"The parties\u2019 own wording, to be decided on after the questions: {many}.", True
    else:
        yield "The parties changed no section of the signed agreement.", False
    both = [one for one in theirs if one.outcome == "conflict"]
    for what, some in (
        ("changed", [one for one in theirs if not one.added and one.theirs is not None]),
        ("added", [one for one in theirs if one.added]),
        ("left out", [one for one in theirs if not one.added and one.theirs is None]),
        ("the library changed as well", [one for one in both if not left_open(one)]),
        ("left open in the earlier agreement", [one for one in both if left_open(one)]),
    ):
        if some:
            yield f"  - {what}: {_named(some)}", False
    if renewal.loose:
        many = counted(len(renewal.loose), "passage")
        yield f"  - not carried over: {many} outside every section; the change memo shows them", False


def _around(renewal: Renewal) -> Iterator[tuple[str, bool]]:
    """Yield what was changed in the signed file outside the sections: it is not carried over, so a person answers it anew."""
    if renewal.signed is None:
        return
    found = outside(renewal.signed)
    if found:
        yield (
            "Changed in the signed file outside the sections, and not carried over; answer so where it still holds:",
            True,
        )
    for one in found[:_MOST]:
        _, before, after = sides(one.message)
        yield f"  - {_became(before, after) or one.message.partition(';')[0]}", False
    if len(found) > _MOST:
        yield f"  - and {len(found) - _MOST} more, which the change memo shows", False
    if any(one.code == "W-PENDING-CHANGES" for one in renewal.signed.findings):
        yield "The signed file holds tracked changes that nobody has settled; they are taken as accepted.", True


def _became(before: str, after: str) -> str:
    shown = [shorten(one, 60, placeholder=" \u2026") for one in (before, after)]
    old, new = (f"\u201c{one}\u201d" for one in shown)
    if before and after:
        return f"{old} became {new}"
    return f"{old} was taken out" if before else f"{new} was put in" if after else ""
