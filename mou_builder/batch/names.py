"""What each row's files are called: a name that every computer can keep, and that no other row has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from mou_builder.batch.answers import answers_of, fault_in
from mou_builder.batch.base import Base
from mou_builder.batch.columns import Column, Columns
from mou_builder.batch.faults import RowError, RowFault
from mou_builder.batch.sheet import Roster, Row
from mou_builder.interview.tree import at

_LONGEST = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# Windows keeps these for devices, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?\Z", re.IGNORECASE)
_OURS = re.compile(r"\.(compliance|record|appendix|summary)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The name of each row's files, and what is wrong with those that have none."""

    of: Mapping[int, str]
    """By the row's number."""
    faults: Mapping[int, tuple[RowFault, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.of) + len(self.faults)


def names_in(roster: Roster, base: Base, columns: Columns, states: Mapping[str, str]) -> Names:
    """Return what each row's files are called; rows that would write into the same files are faults, all of them."""
    found: dict[int, str] = {}
    faults: dict[int, tuple[RowFault, ...]] = {}
    rows_by_name: dict[str, list[int]] = {}
    naming = _naming_column(columns)
    for row in roster.rows():
        try:
            name = _as_given(row, naming, columns) if naming else _of_districts(row, base, columns, states)
        except RowError as error:
            faults[row.number] = error.rows
            continue
        found[row.number] = name
        rows_by_name.setdefault(name.casefold(), []).append(row.number)
    for numbers in rows_by_name.values():
        for number in numbers if len(numbers) > 1 else ():
            name = found.pop(number)
            faults[number] = (_same(number, name, [one for one in numbers if one != number], naming),)
    return Names(found, faults)


def _naming_column(columns: Columns) -> Column | None:
    if columns.naming is None:
        return None
    return Column(columns.naming, columns.headings[columns.naming], ())


def _as_given(row: Row, naming: Column, columns: Columns) -> str:
    """Return the name that a row gives in the column for it."""
    text = unicodedata.normalize("NFC", row.cell(naming.number).text)
    if not text:
        raise RowError(fault_in(row, naming, "the row's files have no name.", "Write one, such as larkmoor-schools."))
    if not columns.named_as_is:
        return _named_after(text, row, naming)
    name = re.sub(r"\.docx\Z", "", text, flags=re.IGNORECASE)
    what = _unfit(name)
    if what:
        mend = "Use letters, digits, blanks, dots and hyphens, such as larkmoor-schools."
        raise RowError(fault_in(row, naming, f"no file can be called {name[:60]!r}: {what}.", mend))
    return name


def _unfit(name: str) -> str:
    """Return why no computer, or not every one, can keep a file of this name; empty if each can."""
    if _FORBIDDEN.search(name):
        return f"it holds {_FORBIDDEN.search(name)[0]!r}"  # type: ignore[index]
    if not name or name.startswith(".") or name != name.strip(" ."):
        return "it begins or ends with a dot or a blank"
    if _DEVICES.match(name):
        return "Windows keeps this name for itself"
    if _OURS.search(name):
        return "it ends like a file that stands beside an agreement"
    if len(name) > _LONGEST or len(name.encode(errors="replace")) > 2 * _LONGEST:
        return f"it is longer than {_LONGEST} letters"
    return "" if any(one.isalnum() for one in name) and name.isprintable() else "it has no letter"


def _of_districts(row: Row, base: Base, columns: Columns, states: Mapping[str, str]) -> str:
    """Return a name made of the districts' short names."""
    own = [
        one for one in columns.answering if any(target.path[:2] == ("parties", "districts") for target in one.targets)
    ]
    own += [one for one in columns.answering if any(target.path == ("parties",) for target in one.targets)]
    always = tuple(one for one in columns.always if one[0][:1] == ("parties",))
    only = Columns(tuple(own), always, headings=columns.headings)
    districts = at(answers_of(base, row, only, states).tree, ("parties", "districts"))
    entries = districts if isinstance(districts, list) else []
    names = [str(one["short_name"]) for one in entries if isinstance(one, dict) and one.get("short_name")]
    column = next((one for one in own if one.targets[0].path[-1] == "short_name"), None)
    if not names:
        what = "parties.districts[0].short_name is missing, and the row's files are named after it."
        raise RowError(fault_in(row, column, what, "Write it, or add a column 'file' with a name for the files."))
    several = f"{names[0]} and {len(names) - 1} more" if len(names) > 3 else " ".join(names)
    return _named_after(several, row, column)


def _named_after(text: str, row: Row, column: Column | None) -> str:
    """Return words as the name of a file: ``larkmoor-schools``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"['`]", "", plain)
    name = "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))[:_LONGEST].strip("-")
    if not name or _unfit(name):
        what = f"no file can be named after {text[:60]!r}."
        raise RowError(fault_in(row, column, what, "Add a column 'file' with a name for each row's files."))
    return name


def _same(number: int, name: str, others: list[int], naming: Column | None) -> RowFault:
    listed = ", ".join(map(str, others[:5])) + (", ..." if len(others) > 5 else "")
    what = f"{'row' if len(others) == 1 else 'rows'} {listed} would write the same files, {name}.docx and its reports."
    if naming is not None:
        return RowFault(number, naming.letter, naming.heading, name, what, "Give each row a name of its own.")
    mend = "Add a column 'file' with a name for each row's files, or take the row out that stands there twice."
    return RowFault(number, "", "", name, what, mend)
