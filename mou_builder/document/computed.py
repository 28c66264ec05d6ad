"""The tables of the schedules that are worked out from the answers, each by the name that a schedule's file calls it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from mou_builder.document.amounts import cost_lines, instalments
from mou_builder.document.answers import Answers
from mou_builder.model import Agreement, Undecided
from mou_builder.model.parts import Part, exact
from mou_builder.model.walk import labels, model_paths
from mou_builder.wording import Run, blank, in_date, in_dollars

Context = dict[str, Any]
Runs = Sequence[Run]
Parties = Sequence[Context]
Rows = Iterator[list[Runs]]


def rows_called(name: str, agreement: Agreement, parties: Parties, party: Context) -> Rows:
    """Return the rows of one computed table; `party` is the one for which a repeated schedule stands."""
    if name == "joinder":
        return _joinder(agreement, parties, party)
    return COMPUTED[name](agreement, parties)


def joining(agreement: Agreement, parties: Parties) -> list[Context]:
    """Return the parties that join a master agreement by a sheet; all districts and agencies while that is open."""
    roles = {"districts": ["District"], "agencies": ["Agency"]}.get(str(agreement.set.joining), ["District", "Agency"])
    return [party for party in parties if party["role"] in roles]


def _words(text: str) -> Runs:
    return [Run("words", text)]


def _schools(agreement: Agreement, _: Parties) -> Rows:
    answers, alone = Answers(agreement), agreement.parties.districts[0].short_name
    for number, site in enumerate(agreement.program.sites):
        at = f"program.sites[{number}]"
        level, address = answers.of(site, "level", at), answers.of(site, "address", at)
        yield [_words(site.name), level, address, _words(site.district or alone)]


def _positions(agreement: Agreement, _: Parties) -> Rows:
    answers, alone = Answers(agreement), agreement.parties.agencies[0].short_name
    for number, officer in enumerate(agreement.program.officers):
        name = answers.of(officer, "name", f"program.officers[{number}]") or _words("to be named by notice")
        schools = "; ".join(f"{one.site} ({exact(one.share)})" for one in officer.assignments)
        yield [_words(str(number + 1)), name, _words(officer.agency or alone), _words(schools)]


def _notices(_: Agreement, parties: Parties) -> Rows:
    for one in parties:
        yield [_words(one["legal_name"]), one["notice_officer"], one["notice_address"], one["notice_email"]]


def _contacts(agreement: Agreement, _: Parties) -> Rows:
    answers = Answers(agreement)
    for number, contact in enumerate(agreement.contacts):
        at = f"contacts[{number}]"
        who = _lines(answers.runs(contact.office, f"{at}.office", "office"), answers.of(contact, "name", at))
        reach = _lines(answers.of(contact, "phone", at), answers.of(contact, "email", at))
        yield [_words(contact.purpose), _words(contact.party), who, reach]


def _lines(*entries: Runs) -> Runs:
    """Put answers on lines of their own within one table cell."""
    given = [entry for entry in entries if entry]
    return [run for place, entry in enumerate(given) for run in (*(_words("\n") if place else ()), *entry)]


def _cost_lines(agreement: Agreement, _: Parties) -> Rows:
    """Yield the lines of the cost schedule; amounts that hang on one answer are shown as that answer is."""
    answers = Answers(agreement)
    for line in cost_lines(agreement):
        shown = in_dollars(line.amount) if isinstance(line.amount, Decimal) else line.amount
        yield [_words(line.item), answers.runs(shown, line.path, line.item)]


def _instalments(agreement: Agreement, _: Parties) -> Rows:
    for one in instalments(agreement):
        yield [_words(str(one.year)), _words(in_date(one.due)), _words(one.payer), _words(in_dollars(one.amount))]


def _instruments(agreement: Agreement, _: Parties) -> Rows:
    for number, pair in enumerate(agreement.set.pairs, start=1):
        yield [_words(str(number)), _words(pair.district), _words(pair.agency)]


@cache
def _fields() -> dict[str, FieldInfo]:
    return dict(model_paths(Agreement))


def _variations(agreement: Agreement, _: Parties) -> Rows:
    fields = _fields()
    for path, said in agreement.set.varied():
        for pair, value in said:
            yield [_words(str(fields[path].title)), _words(pair), _said(value, fields[path])]


def _joinder(agreement: Agreement, parties: Parties, party: Context) -> Rows:
    """Yield what a joinder sheet states of one party, and each answer that differs for it."""
    name, fields = party["short_name"], _fields()
    yield [_words("Legal name"), _words(party["legal_name"])]
    yield [_words("Notices go to"), _lines(party["notice_officer"], party["notice_address"], party["notice_email"])]
    schools = [school for school, _, _, district in _schools(agreement, parties) if district[0].text == name]
    if schools:
        yield [_words("Schools"), _lines(*schools)]
    positions = [number for number, _, agency, _ in _positions(agreement, parties) if agency[0].text == name]
    if positions:
        yield [_words("SRO positions"), _words(", ".join(number[0].text for number in positions))]
    for item, amount in _cost_lines(agreement, parties):
        if item[0].text == f"Part of {name}" or item[0].text.startswith(f"{name}: "):
            yield [_words("Part of the cost"), amount]
    for variation in agreement.set.variations:
        if name in (variation.district, variation.agency):
            for path, value in variation.answers.items():
                yield [_words(str(fields[path].title)), _said(value, fields[path])]


def _said(value: Any, field: FieldInfo) -> Runs:
    """Return an answer as it stands in a variation, in the words of its question; not given, what then holds."""
    if value is None:
        standard = field.default
        value = "does not apply" if standard is None or isinstance(standard, (Undecided, Part)) else standard
    if isinstance(value, Undecided) or (isinstance(value, Mapping) and "undecided" in value):
        return [Run("blank", blank(str(field.title)))]
    return _words(_in_words(value, field))


def _in_words(value: Any, field: FieldInfo) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_in_words(one, field) for one in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(_in_words(one, field) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date) or (isinstance(value, str) and "month-day" in str(field.annotation)):
        return in_date(value)
    if isinstance(value, (int, Decimal)):
        return in_dollars(Decimal(value)) if "max_digits" in str(field.annotation) else exact(value)
    return labels(field).get(str(value), str(value))


COMPUTED: Mapping[str, Callable[[Agreement, Parties], Rows]] = {
    "schools": _schools,
    "positions": _positions,
    "notices": _notices,
    "contacts": _contacts,
    "cost-lines": _cost_lines,
    "instalments": _instalments,
    "instruments": _instruments,
    "variations": _variations,
}
