"""Make up a roster of school districts, some rows of it broken on purpose: the same roster for the same seed.

All names are invented. Run as a program to look at one: ``python tests/batch/districts.py 1000 > roster.csv``.
"""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_FIRST = (
    "Alder", "Amber", "Ash", "Birch", "Bramble", "Cedar", "Clover", "Copper", "Cotton", "Elder", "Ember", "Fern", "Flint",
    "Fox", "Gar", "Hazel", "Heron", "Juniper", "Kestrel", "Lark", "Linden", "Marsh", "Mill", "Moss", "Otter", "Pine",
    "Quarry", "Raven", "Reed", "Sage", "Sparrow", "Stone", "Thistle", "Tidewater", "Willow", "Wren",
)  # fmt: skip
_SECOND = ("bridge", "brook", "bury", "dale", "field", "ford", "gate", "haven", "hollow", "hurst", "mere", "moor", "ton",
           "vale", "view", "well", "wick", "wood")  # fmt: skip
_ODD = ("Doña Avelina", "Saint-Élise", "O’Hanrahan’s Ferry", "Marsh & Vale", "Hālau Point", 'Ernest "Ernie" Valdoro')
_KINDS = (("Unified School District", "Schools"), ("County School District", "County Schools"), ("Public Schools", "Schools"),
          ("Independent School District", "ISD"), ("Regional School District", "Regional"))  # fmt: skip
_PEOPLE = ("Noemí Whitehorse", "Dana Whitcomb", "Priya Ramanathan", "Owen Castellane", "Ruth Abernathy", "Elias Thorne")
HEADINGS = (
    "file",
    "document.state",
    "document.effective_date",
    "term.ends",
    "parties.districts[0].legal_name",
    "parties.districts[0].short_name",
    "parties.districts[0].kind",
    "parties.districts[0].governing_body",
    "parties.districts[0].notice.address",
    "parties.districts[0].signatories[0].name",
    "parties.agencies[0].legal_name",
    "parties.agencies[0].short_name",
    "parties.agencies[0].kind",
    "program.sites[0].name",
    "program.sites[1].name",
    "program.sites[2].name",
    "cost.annual_estimate",
    "rights.added_classes",
    "# remarks",
)
_BROKEN = {
    "document.state": ("XQ", "Washingtonia"),
    "term.ends": ("2019-07-31", "31 June", "#REF!"),
    "parties.districts[0].kind": ("distrikt", "7"),
    "parties.districts[0].legal_name": ("TBD",),
    "parties.districts[0].short_name": ("The Schools of a District with Much Too Long a Name",),
    "cost.annual_estimate": ("sixty thousand", "62.500,00"),
    "file": ("../../outside", "CON", "a:b"),
    "program.sites[1].name": ("High\nSchool",),
}
"""What is put into a cell to break its row, by heading."""


@dataclass(frozen=True)
class Districts:
    """A roster, and what is wrong in it: the value of each broken cell by row and heading."""

    csv: bytes
    broken: dict[tuple[int, str], str]

    @property
    def broken_rows(self) -> set[int]:
        """The numbers of the rows that cannot be built."""
        return {row for row, _ in self.broken}


def districts(count: int, seed: int = 2026, every: int = 33) -> Districts:
    """Return a roster of `count` districts in all states and the District of Columbia; one row in `every` is broken."""
    chance = Random(seed)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    wrong: dict[tuple[int, str], str] = {}
    kinds = [(heading, value) for heading, values in _BROKEN.items() for value in values]
    last: dict[str, str] = {}
    for number in range(count):
        row = number + 2  # the first row holds the headings
        cells = _district(number, chance)
        if number % every == every // 2:
            which = (number // every) % (len(kinds) + 2)
            if which < len(kinds):
                heading, value = kinds[which]
                cells[heading] = value
                wrong[row, heading] = value
            elif which == len(kinds):
                cells["file"] = last["file"]
                wrong[row - 1, "file"] = wrong[row, "file"] = last["file"]
            else:
                # An address whose comma stands outside quotation marks moves the cells behind the last heading.
                wrong[row, ""] = "moved"
                cells["beyond"] = "moved"
        writer.writerow(cells.values())
        last = cells
    return Districts(text.getvalue().encode(), wrong)


def _district(number: int, chance: Random) -> dict[str, str]:
    """Return one row, by heading."""
    place = chance.choice(_ODD) if number % 17 == 3 else f"{chance.choice(_FIRST)}{chance.choice(_SECOND)}"
    code = list(STATES)[number % len(STATES)]
    kind, short = chance.choice(_KINDS)
    start = date(2026, 7, 1) + timedelta(days=chance.randint(0, 60))
    end = date(start.year + chance.randint(1, 4), 7, 31)
    return dict(
        zip(
            HEADINGS,
            (
                f"{code.lower()}-{number:05}",
                chance.choice((code, STATES[code])),
                start.isoformat(),
                chance.choice(
                    (end.isoformat(), f"{end.month}/{end.day}/{end.year}", f"{end:%B} {end.day}, {end.year}")
                ),
                f"{place} {kind}",
                f"{place} {short}",
                "regional" if short == "Regional" else "district",
                chance.choice(("Board of Education", "School Board", "")),
                f"{chance.randint(1, 999)} Schoolhouse Road\r\n{place}",
                chance.choice(_PEOPLE),
                f"City of {place}",
                f"{place} Police",
                chance.choice(("police", "sheriff", "")),
                f"{place} High School",
                f"{place} Middle School",
                f"{place} Elementary School",
                chance.choice((f"${chance.randint(60, 900)},000.00", str(chance.randint(60_000, 900_000)), "")),
                chance.choice(("sexual orientation; gender identity", "none", "-", "")),
                chance.choice(("", "asked for a call", "renewed early")),
            ),
            strict=True,
        )
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(districts(int(sys.argv[1]) if len(sys.argv) > 1 else 1000).csv)
