"""Say a report in words on a terminal; in a pipe, the same words without color."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from mou_builder.model import Agreement
    from mou_builder.report import Report
    from mou_builder.report.shapes import ClauseRow
    from mou_builder.review.renewal import Renewal

_STYLE = {
    "met": "green",
    "attested": "green",
    "unaltered": "green",
    "altered": "yellow",
    "verify": "yellow",
    "missing": "red",
    "not attested": "",
    "waived": "yellow",
    "not applicable": "dim",
}


def console(*, err: bool = False) -> Console:
    """Return a console that writes plain words into a pipe and never breaks long ones there."""
    made = Console(stderr=err, highlight=False, emoji=False, markup=False)
    return made if made.is_terminal else Console(stderr=err, highlight=False, emoji=False, markup=False, width=10_000)


def summary(report: Report, *, final: bool, paths: Iterable[Path], reasons: list[str]) -> None:
    """Print what was built and what is still open."""
    out = console()
    kind = "Final agreement" if final else "Draft agreement"
    out.print(f"{kind} built: {report.document}, as of {report.as_of}")
    out.print()
    rubrics(report, out)
    practices = Counter(
        one for row in report.requirements for one in (row.practice, row.status) if one in ("attested", "not attested")
    )
    out.print(f"Practices: {practices['attested']} attested, {practices['not attested']} not attested.")
    _counted(out, report)
    if reasons and not final:
        out.print(f"Before it can be signed: {_things(len(reasons))} (listed on the last page and by --final).")
    out.print()
    _ending(out, paths, final=final)


def set_summary(
    reports: Mapping[str, Report], *, final: bool, paths: Iterable[Path], reasons: Mapping[str, list[str]]
) -> None:
    """Print what was built of a set of instruments: a line for each, and the files."""
    out = console()
    kind = "final" if final else "draft"
    out.print(f"Set of {len(reports)} parallel instruments built ({kind}), as of {next(iter(reports.values())).as_of}")
    out.print()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Instrument", "Provisions met", "Findings", "Open before signing"):
        table.add_column(name, justify="left", overflow="fold")
    for title, report in reports.items():
        met = "; ".join(f"{row.met} of {row.of}" for row in report.rubrics)
        table.add_row(title, met, str(len(report.findings)), str(len(reasons[title])))
    out.print(table)
    out.print()
    _ending(out, paths, final=final)


def renewal_summary(
    renewal: Renewal,
    agreement: Agreement,
    report: Report,
    note: str,
    paths: Iterable[Path],
    out: Console,
    *,
    final: bool,
) -> None:
    """Print what became of the sections of a renewed agreement, what is new, and the files."""
    from mou_builder.review.renewal_facts import not_carried_over

    kind = "Final agreement" if final else "Draft agreement"
    out.print(f"{kind} built: {report.document}, as of {report.as_of}")
    out.print()
    outcomes = Counter(section.outcome for section in renewal.sections)
    both = [one for one in agreement.negotiated if one.use == "both"]
    kept = len(agreement.negotiated) - len(both)
    out.print(
        f"Sections: {outcomes['same']} as before, {outcomes['library']} with new text or new answers, "
        f"{kept} in the parties\u2019 words, {len(both)} to decide."
    )
    for one in both:
        out.print(Text.assemble(("to decide: ", "yellow"), f"{one.heading or one.section} ({one.section})"))
    for news in renewal.requirements:
        out.print(f"{'new' if news.new else 'withdrawn'}: {news.id} {news.asks} ({news.because})")
    if renewal.signed is not None and any(one.code == "W-PENDING-CHANGES" for one in renewal.signed.findings):
        out.print("Tracked changes are pending in the signed file; they are taken as accepted. The memo lists them.")
    if any(not_carried_over(renewal)):
        out.print("Not carried over: what was changed outside the sections of the signed file. The memo lists it.")
    rubrics(report, out)
    _counted(out, report)
    out.print(note)
    out.print()
    _ending(out, paths, final=final)


def _ending(out: Console, paths: Iterable[Path], *, final: bool) -> None:
    for path in paths:
        out.print(f"  {path}", soft_wrap=True)
    what = "Have counsel review it before anyone signs." if final else "This is a draft for counsel."
    out.print(f"{what} Aligned with guidance does not mean legally sufficient.")


def _counted(out: Console, report: Report) -> None:
    one = "finding" if len(report.findings) == 1 else "findings"
    taken = "default taken" if len(report.defaults_taken) == 1 else "defaults taken"
    facts = {
        "undecided": len(report.undecided),
        "to be confirmed": len(report.confirm),
        "waived": len(report.waivers),
        taken: len(report.defaults_taken),
        one: len(report.findings),
    }
    out.print("Answers: " + ", ".join(f"{count} {what}" for what, count in facts.items()) + ".")


def _things(count: int) -> str:
    return "one thing is open" if count == 1 else f"{count} things are open"


def rubrics(report: Report, out: Console) -> None:
    """Print how many provisions of each rubric the text meets."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Rubric", "Force", "Provisions met"):
        table.add_column(name, justify="left", overflow="fold")
    for row in report.rubrics:
        table.add_row(row.id, row.force, f"{row.met} of {row.of}")
    out.print(table)
    out.print()


def findings(report: Report, out: Console) -> None:
    """Print every clause that changed, every requirement that is not met, and every finding."""
    for clause in report.clauses:
        _clause(clause, out)
    for one in report.kept:
        if one["kind"] == "left-out":
            out.print(f"left out by the parties: {one['instead_of'] or one['slot']}: {one['why']}")
    for added in report.added:
        where = f"after \u201c{added.after}\u201d" if added.after else "before the first section"
        text = added.text if len(added.text) <= 300 else f"{added.text[:300]} ..."
        out.print(Text.assemble(("added: ", "yellow"), f"{where}: {text.replace(chr(10), ' / ')}"))
    for row in report.requirements:
        if row.status in ("missing", "altered", "waived", "verify"):
            note = f" {row.note}" if row.note else ""
            out.print(Text.assemble((f"{row.id} {row.status}: ", _STYLE[row.status]), f"{row.asks}{note}"))
    for finding in report.findings:
        out.print(
            Text.assemble(
                (f"{finding.level} {finding.code}: ", "red" if finding.level == "error" else "yellow"), finding.message
            )
        )
    for item in report.undecided:
        out.print(f"undecided: {item['question']} ({item['answer']}): {item['why']}")
    for item in report.confirm:
        out.print(f"to be confirmed: {item['answer']}: {item['why']}")


def _clause(clause: ClauseRow, out: Console) -> None:
    """Print what became of one clause; of one that stands where and as it was built, nothing."""
    what: list[str] = [clause.state] if clause.state != "unaltered" else []
    if clause.moved_from:
        was = f"Section {clause.moved_from}" if clause.moved_from[:1].isdigit() else clause.moved_from
        what.append(f"moved from {was}")
    if clause.local:
        what.append("wording of the parties")
    if not what:
        return
    where = f"Section {clause.section}" if clause.section[:1].isdigit() else clause.section or "not in the file"
    likeness = f", found by its words, {clause.confidence:.0%} alike" if clause.confidence is not None else ""
    said = f"{clause.id}@{clause.version} ({where}{likeness}) {clause.heading}"
    out.print(Text.assemble((f"{', '.join(what)}: ", _STYLE[clause.state]), said))
    if clause.changed:
        out.print(f"    Changed: {', '.join(clause.changed)}.")
    if clause.difference:
        out.print(f"    {clause.difference}")
    if clause.local:
        out.print(f"    Kept in place of the library's text: {clause.local}")
