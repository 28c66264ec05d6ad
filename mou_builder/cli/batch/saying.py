"""Say how a batch goes: a bar on a terminal, and at the end what was built and what is to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.table import Table

from mou_builder.batch.faults import RowFault
from mou_builder.batch.listing import Line
from mou_builder.cli.words import console

_SHOWN = 10


@contextmanager
def progress(total: int, doing: str) -> Iterator[Callable[[bool], None]]:
    """Show how far the rows are, on a terminal only; the function given takes whether one more row had a fault."""
    err = console(err=True)
    if not err.is_terminal:
        yield lambda faulty: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} rows/s" if task.speed else "")

    faults = 0
    bar = Progress(
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TextColumn("{task.fields[faulty]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=err,
        # The rate of the last minutes: rows that are done already pass at once and would promise too much.
        speed_estimate_period=120,
    )
    with bar:
        task = bar.add_task("", total=total, faulty="")

        def one_more(faulty: bool) -> None:
            nonlocal faults
            faults += faulty
            bar.update(task, advance=1, faulty=f"{faults} with faults" if faults else "")

        yield one_more


def summary(
    lines: Sequence[Line], faults: Sequence[RowFault], folder: Path, *, final: bool, gone: Sequence[str], anew: int = 0
) -> None:
    """Print what was built, `anew` rows of it over earlier results, and on stderr what is to mend."""
    out, err = console(), console(err=True)
    built, kept, wrong = (sum(line.outcome == one for line in lines) for one in ("built", "as before", "fault"))
    agreements = sum(len(line.facts) for line in lines)
    kind = "final" if final else "draft"
    out.print(f"{_many(agreements, f'{kind} agreement')} in {folder}: {_many(built, 'row')} built, {kept} as before.")
    if anew:
        since = "the answers, the library, a pack, the template, the day or an option changed"
        out.print(
            f"{_many(anew, 'row')} of these had been built before and were built anew, because {since} since then."
        )
    open_ones = sum(bool(one.reasons) for line in lines for one in line.facts)
    if open_ones and not final:
        out.print(f"{open_ones} of them cannot be signed yet; the list says what is open.")
    if any(one.left_out for line in lines for one in line.facts):
        out.print(
            "Some of the base\u2019s answers have no effect in some rows and are left out there; the list names them."
        )
    out.print(f"  {folder / 'index.csv'}", soft_wrap=True)
    if faults:
        out.print(f"  {folder / 'errors.csv'}", soft_wrap=True)
    ending = "Have counsel review them before anyone signs." if final else "These are drafts for counsel."
    out.print(f"{ending} Aligned with guidance does not mean legally sufficient.")
    if wrong:
        err.print(f"{_many(wrong, 'row')} could not be built:")
        say_faults(faults)
        err.print("Mend them in the roster and run the same command again: only they are built then.")
    if gone:
        listed = ", ".join(gone[:5]) + (", ..." if len(gone) > 5 else "")
        err.print(f"No longer in the roster, but still in {folder}: {listed}.", soft_wrap=True)


def dry_summary(lines: Sequence[Line], faults: Sequence[RowFault]) -> None:
    """Print what a batch would do: a table of the faults, and the count of rows that can be built."""
    out = console()
    wrong = sum(line.outcome == "fault" for line in lines)
    if faults:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for name in ("Row", "Column", "Heading", "Value", "What is wrong, and the mend"):
            table.add_column(name, justify="left", overflow="fold")
        for one in faults:
            table.add_row(str(one.row), one.column, one.heading, _short(one.value), f"{one.what} {one.mend}".strip())
        out.print(table)
        out.print()
    new, before = (sum(line.outcome == one for line in lines) for one in ("built", "as before"))
    out.print(f"Nothing was written. {_many(new, 'row')} would be built, {before} are as before, {wrong} have faults.")
    reasons = sum(bool(one.reasons) for line in lines for one in line.facts)
    if reasons:
        out.print(f"{_many(reasons, 'agreement')} could not be signed yet: something in them is open.")


def say_faults(faults: Sequence[RowFault]) -> None:
    """Print the faults, those that many rows share once."""
    err = console(err=True)
    alike: dict[tuple[str, str, str], list[RowFault]] = {}
    for one in faults:
        alike.setdefault((one.heading, one.what, one.mend), []).append(one)
    groups = sorted(
        alike.values(), key=lambda group: (-len(group), group[0].row) if len(group) > 2 else (0, group[0].row)
    )
    for group in groups[:_SHOWN]:
        err.print(
            f"  {group[0]}" if len(group) < 3 else f"  {_rows(group)}: {group[0].what} {group[0].mend}", soft_wrap=True
        )
    if len(groups) > _SHOWN:
        err.print(f"  and {len(groups) - _SHOWN} more; errors.csv lists them all.")


def _rows(group: Iterable[RowFault]) -> str:
    numbers = list(dict.fromkeys(one.row for one in group))
    column = next((f", column {one.column} ({one.heading})" for one in group if one.column), "")
    return f"{len(numbers)} rows ({', '.join(map(str, numbers[:3]))}, ...){column}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _short(text: str) -> str:
    plain = " / ".join(text.splitlines())
    return plain if len(plain) <= 40 else f"{plain[:37]}..."
