"""``mou-builder check`` on an agreement that we never made: what in it may bear on each requirement, for counsel to judge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from mou_builder.foreign import Candidate, ForeignReport, Offer, Sought
    from mou_builder.library import Library

_STYLE = {"strong": "bold", "fair": "", "weak": "dim"}
MEASURED = (
    "Where this was measured, on agreements it had not been set on, about 7 in 10 strong candidates were on the point, "
    "half of the fair ones and a third of the weak ones; and of 10 requirements that an agreement did deal with, "
    "4 got no candidate that was (docs/foreign.md)."
)
"""Held to by tests/foreign/test_measure.py."""


def report_foreign(data: bytes, file: str, shelf: Library, as_of: date, as_json: bool, *, state: str = "") -> int:
    """Print what in the Word file `data`, called `file`, may bear on each requirement; return the exit code.

    The code is 1: there is always something for counsel to judge, and nothing that this could find to be met. `state` is
    the postal code of the state whose clauses and requirements count too. Raises WordFileError if the file cannot be read
    or holds no text.
    """
    from mou_builder.cli.words import console
    from mou_builder.errors import Fault, WordFileError
    from mou_builder.foreign import assess
    from mou_builder.report.wordfile import open_word

    report = assess(open_word(data, file), shelf, as_of, file, state)
    if not report.passages:
        what = "it holds no text that can be read; its pages may be pictures of a scan."
        raise WordFileError(Fault(file, what, "Get a copy in which words can be searched and copied."))
    if as_json:
        typer.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _say(report, shelf, console())
    return 1


def _say(report: ForeignReport, shelf: Library, out: Console) -> None:
    _what_this_is(report, shelf, out)
    titles = {rubric.id: rubric.short_title for rubric in shelf.rubrics}
    forces = {rubric.id: rubric.force for rubric in shelf.rubrics}
    out.print("CANDIDATE EVIDENCE, COUNSEL TO JUDGE", style="bold")
    for rubric in dict.fromkeys(row.rubric for row in report.judged):
        out.print(f"\n{titles[rubric]} ({_bearing(forces[rubric])})", style="bold")
        for row in report.judged:
            if row.rubric == rubric and row.candidates:
                _candidates(row, out)
    _without(report, out)
    _offers(report, out)
    practices = [row.id for row in report.requirements if not row.judged_by_text]
    if practices:
        out.print("\nNOT JUDGED BY TEXT", style="bold")
        out.print(f"Practices; no wording shows that somebody does them: {', '.join(practices)}.")
    out.print("\nNothing above is a finding that a requirement is met. Counsel must read the agreement itself.")


def _bearing(force: str) -> str:
    return "guidance to be aligned with" if force == "guidance" else force


def _what_this_is(report: ForeignReport, shelf: Library, out: Console) -> None:
    out.print(f"{report.document}: an agreement without a record of mou-builder, as of {report.as_of}", style="bold")
    out.print()
    if report.ours:
        out.print(
            "It has marks of mou-builder: it looks like an agreement of ours whose record was taken out or left out. "
            "With its record the check is a full one: mou-builder check FILE --record NAME.record.yaml",
            style="yellow",
        )
        out.print()
    out.print(
        "This is no check of the agreement. It lists, for each requirement, the passages whose words are most like "
        "what is asked and like the library\u2019s own text on it. Each is candidate evidence, counsel to judge. "
        "Words are compared, not meaning: a passage that says the same in other words can be missed, and one that "
        f"says the opposite can be listed. {MEASURED}"
    )
    if report.tracked:
        changes = "one tracked change is" if report.tracked == 1 else f"{report.tracked} tracked changes are"
        out.print(f"In the file {changes} pending; it was read as if all were accepted.")
    out.print(_of_the_state(report.state, shelf))
    out.print()
    good = sum(row.best in ("strong", "fair") for row in report.judged)
    weak = sum(row.best == "weak" for row in report.judged)
    out.print(
        f"Of {len(report.judged)} requirements that a text can bear on, {good} have a strong or fair candidate, {weak} only "
        f"weak ones, and {len(report.judged) - good - weak} none."
    )
    if any(row.may_not_apply for row in report.judged):
        out.print(
            "\u2020 counts only for some agreements, most often those that assign officers to schools (--json says when not)."
        )
    out.print()


def _of_the_state(state: str, shelf: Library) -> str:
    name = shelf.states.get(state, state)
    if not state:
        return "No state was given (--state): what only one state asks, and its clauses, are left out."
    if not shelf.own(state):
        return f"This library holds nothing of its own for {name}; counsel must hold the agreement against that state\u2019s law."
    return f"What {name} asks, and its clauses, are included."


def _candidates(row: Sought, out: Console) -> None:
    from rich.text import Text

    out.print()
    _indented(out, Text.assemble((f"{_marked(row)}  ", "bold"), row.asks))
    for one in row.candidates:
        style = _STYLE[one.band]
        _indented(out, Text.assemble((f"{one.band} {one.confidence:.2f}  ", style), (_place(one), style)), 4)
        lead = f"{one.lead} \u2192 " if one.lead else ""
        _indented(out, f"\u201c{lead}{one.excerpt}\u201d", 6)
        for how in one.reads_differently:
            _indented(out, Text(f"reads differently: {how}", "yellow"), 6)


def _marked(row: Sought) -> str:
    return f"{row.id}\u2020" if row.may_not_apply else row.id


def _place(one: Candidate) -> str:
    where = one.section or "before the first section"
    return f"{where} (in {one.under[-1]})" if one.under else where


def _without(report: ForeignReport, out: Console) -> None:
    rows = [row for row in report.judged if not row.candidates]
    out.print("\nNO CANDIDATE FOUND", style="bold")
    if not rows:
        out.print("Every requirement has at least a weak candidate.")
        return
    out.print("This does not mean that the agreement is silent on them: look for other words.")
    for row in rows:
        _indented(out, f"{_marked(row)}  {row.asks}")


def _offers(report: ForeignReport, out: Console) -> None:
    thin = [row for row in report.judged if row.best in ("weak", "none")]
    offered = _by_clause(thin)
    if not offered:
        return
    out.print("\nLIBRARY TEXT THAT WOULD FILL THE GAPS", style="bold")
    out.print(
        "Clauses for the requirements that have no candidate or only weak ones (marked *). Of several for one "
        "requirement, \u201cchosen when\u201d tells which fits. To read one: mou-builder library show ID"
    )
    weak = {row.id for row in thin if row.candidates}
    for offer, ids in offered:
        marked = ", ".join(f"{id}*" if id in weak else id for id in ids)
        _indented(out, f"{offer.cite}  {offer.heading}")
        _indented(out, f"for {marked}; chosen when {offer.when}", 4)
    unmet = [row.id for row in thin if not row.offers]
    if unmet:
        out.print(f"The library has no text for {', '.join(unmet)}.")


def _by_clause(rows: Iterable[Sought]) -> Sequence[tuple[Offer, list[str]]]:
    """Return each clause once, with the requirements that it would fill, in the order in which they come."""
    found: dict[str, tuple[Offer, list[str]]] = {}
    for row in rows:
        for offer in row.offers:
            found.setdefault(offer.cite, (offer, []))[1].append(row.id)
    return list(found.values())


def _indented(out: Console, words: object, by: int = 2) -> None:
    from rich.padding import Padding

    out.print(Padding(words, (0, 0, 0, by), expand=False))  # type: ignore[arg-type]
