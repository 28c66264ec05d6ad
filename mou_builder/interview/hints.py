"""Help with an answer from the answers already there: likely names and dates, what is still left of a whole, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mou_builder.interview.agenda import Item
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, at, is_list, names_of
from mou_builder.marked import Path
from mou_builder.model.parts import exact
from mou_builder.shape import dotted

_OFFICIAL = re.compile(
    r"\b(unified|public|independent|consolidated|community|regional|school|schools|district|city|county|town|village|township|"
    r"board|department|police|office|sheriff|sheriff[’']s|of|the|education|and|no\.?|number|\d+)\b",
    re.IGNORECASE,
)
_WHOLES = {
    "cost.shares.percent": Decimal(100),
    "cost.months.months": Decimal(12),
    "program.officers.assignments.share": Decimal(1),
}


def likely(now: Interview, item: Item, today: date) -> tuple[Any, ...]:
    """Return answers that a person may well want to give to a question, the likeliest first; as a file would hold them."""
    where = dotted(names_of(item.path))
    if where == "document.effective_date":
        return tuple(dict.fromkeys([*_follows(now), *_starts(today)]))
    if where == "document.prior.signed_on":
        began = at(now.earlier, ("document", "effective_date"))
        return (began,) if isinstance(began, date) else ()
    if where == "term.ends":
        return tuple(_ends(at(now.tree, ("document", "effective_date"))))
    if item.path[-1] == "short_name" and item.path[0] == "parties":
        return tuple(_short_names(now, item.path))
    if where in _WHOLES:
        left = _WHOLES[where] - _sum(now, item.path)
        return (_whole(left),) if left > 0 else ()
    if item.path[-1] == "year" and item.path[0] == "cost":
        return (int(item.path[-2]) + 1,) if isinstance(item.path[-2], int) else ()
    examples = item.form.field.examples or ()
    return tuple(examples) if len(examples) > 1 else ()


def _follows(now: Interview) -> Iterator[date]:
    """Yield the day after the last one of the agreement that this one follows."""
    ended = at(now.earlier, ("term", "ends"))
    if isinstance(ended, date) and ended < date.max:
        yield ended + timedelta(days=1)


def _starts(today: date) -> Iterator[date]:
    """Yield the next days on which school years, and budgets, begin."""
    days = [date(year, month, 1) for year in (today.year, today.year + 1) for month in (7, 8)]
    yield from [day for day in days if day > today][:3]


def _ends(start: Any) -> Iterator[date]:
    """Yield the last days of terms of one, two and three years."""
    if isinstance(start, date):
        for years in (1, 2, 3):
            after = start.replace(year=start.year + years, day=min(start.day, 28) if start.month == 2 else start.day)
            yield after - timedelta(days=1)


def _short_names(now: Interview, path: Path) -> Iterator[str]:
    legal = at(now.tree, (*path[:-1], "legal_name"))
    if not isinstance(legal, str):
        return
    taken = {at(now.tree, one.path) for one in now.items if one.path[-1] == "short_name" and one.path != path}
    core = " ".join(re.sub(r"\s+", " ", _OFFICIAL.sub(" ", legal)).replace(" ,", ",").strip(" ,").split())
    kind = {"districts": " Schools", "agencies": " Police"}.get(str(path[1]), "")
    for name in (f"{core}{kind}" if core else "", core, legal):
        if name and len(name) <= 40 and name not in taken:
            yield name


def _sum(now: Interview, path: Path) -> Decimal:
    """Return what the other entries of a list come to."""
    entries = at(now.tree, path[:-2])
    values = [
        entry.get(path[-1], 0)
        for number, entry in enumerate(entries if is_list(entries) else ())
        if isinstance(entry, dict) and number != path[-2]
    ]
    return sum((Decimal(one) for one in values if isinstance(one, (int, Decimal))), Decimal(0))


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def total(now: Interview, item: Item) -> str:
    """Return what a list comes to so far, in words; empty where nothing adds up."""
    where = dotted(names_of(item.path))
    entries = [one for one in item.value if isinstance(one, dict)] if is_list(item.value) else []
    if where == "program.officers" and entries:
        return _officers(entries)
    sums = {
        "cost.shares": ("percent", " of 100 percent"),
        "cost.months": ("months", " of 12 months"),
        "cost.enrollment": ("students", " students in all"),
        "cost.year_amounts": ("amount", " dollars in all"),
        "program.officers.assignments": ("share", " of one full-time officer"),
    }
    if where in sums and entries:
        name, words = sums[where]
        return f"So far: {_added(entries, name)}{words}."
    if where == "cost.instalment_days":
        return _instalments(now)
    return ""


def _added(entries: Sequence[dict[str, Any]], name: str) -> str:
    # A share of working time that nobody has given counts as the default, the whole.
    values = [entry.get(name, 1 if name == "share" else 0) for entry in entries]
    whole = sum((Decimal(one) for one in values if isinstance(one, (int, Decimal))), Decimal(0))
    return f"{whole:,.2f}" if name == "amount" else exact(whole) if whole < 1000 else f"{whole:,}"


def _officers(entries: Sequence[dict[str, Any]]) -> str:
    shares = [
        one.get("share", 1)
        for entry in entries
        for one in (entry.get("assignments") if is_list(entry.get("assignments")) else ()) or ()
        if isinstance(one, dict)
    ]
    whole = sum((Decimal(one) for one in shares if isinstance(one, (int, Decimal))), Decimal(0))
    positions = "1 position" if len(entries) == 1 else f"{len(entries)} positions"
    return f"So far: {positions}, {exact(whole)} full-time equivalent{'' if whole == 1 else 's'}."


def _instalments(now: Interview) -> str:
    """Return what each instalment of the yearly amount comes to, where both are known."""
    from mou_builder.model.money import divided

    days, amount = at(now.tree, ("cost", "instalment_days")), at(now.tree, ("cost", "amount"))
    if days is NOTHING or not is_list(days) or not days or not isinstance(amount, (int, Decimal)):
        return ""
    parts = divided(Decimal(amount), [1] * len(days))
    odd = f", the odd cents to one of them ({parts[0]:,})" if parts[0] != parts[-1] else ""
    return f"So far: {len(days)} instalments of ${parts[-1]:,.2f} come to ${Decimal(amount):,.2f}{odd}."
