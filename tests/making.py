"""Make up agreements: every question of the model gets some answer of its kind, and the answers fit together.

The model is the questionnaire, so its JSON Schema is also the generator: a new question is tried without a line here. Only
answers that must agree with others (parties, schools, officers, shares of the cost) are put together by hand.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from pydantic import ValidationError

from mou_builder.model import Agreement

Answers = dict[str, Any]
Schema = dict[str, Any]

SCHEMA: Schema = Agreement.model_json_schema(by_alias=True, mode="validation")
NAMES = (
    "Noemí Whitehorse",
    "Ernest “Ernie” Valdoro",
    "Marsh & Sons",
    "R&D <East> Center",
    "Hālau ʻŌhiʻa",
    "O’Hanrahan Hall",
)
DISTRICTS = ("Marsh Schools", "Doña Avelina Schools", "Pike & Vale Schools")
AGENCIES = ("Marsh Police", "Avelina Sheriff", "Vale Marshal")
TOWN = "Town of Upper Vale"
START = date(2026, 8, 1)
BY_HAND = ("schema", "parties", "attestations", "waivers", "confirm", "negotiated", "contacts", "program.sites",
           "program.officers", "set.this", "set.pairs", "set.common", "set.variations", "document.state")  # fmt: skip
"""Answers that the walk over the questions leaves to `fitted`."""


def answers(seed: int) -> Answers:
    """Return the answers of one agreement, valid as a whole; some are left out or undecided. The same for the same seed."""
    chance = Random(seed)
    made = _group(SCHEMA, "", chance)
    made["schema"] = 1
    made["document"]["state"] = chance.choice(["WA", "NM", "OH", "VA"])
    made["parties"] = _parties(chance)
    _fit_program(made, chance)
    _fit_dates(made, chance)
    if made.get("set", {}).get("structure") == "parallel" and "cost" in made:
        # The parts of a sum that several pairs share would have to be answered for each of them.
        made["cost"]["model"] = chance.choice(["none", "flat-per-officer"])
    _fit_money(made, chance)
    _fit_students(made, chance)
    return _repaired(made, chance)


def _group(schema: Schema, path: str, chance: Random) -> Answers:
    """Return a group of answers; an optional one is given now and then, a needed one nearly always."""
    made: Answers = {}
    for name, field in schema.get("properties", {}).items():
        at = f"{path}.{name}" if path else name
        if at in BY_HAND:
            continue
        must = name in schema.get("required", ())
        optional = any(one.get("type") == "null" for one in field.get("anyOf", ()))
        has_default = "undecided" not in str(field.get("default", "undecided")) and not optional
        dice = chance.randrange(100)
        if not must and "$ref" not in field and dice >= (35 if optional else 55 if has_default else 98):
            continue
        if not must and dice == 0 and _may_be_open(field):
            made[name] = {"undecided": "The board meets in June."}
            continue
        made[name] = _value(field, at, chance)
    return made


def _may_be_open(field: Schema) -> bool:
    return "Undecided" in str(field.get("oneOf", field.get("anyOf", "")))


def _value(field: Schema, at: str, chance: Random) -> Any:
    """Return some answer to one question."""
    options = [
        one
        for one in field.get("oneOf") or field.get("anyOf") or [field]
        if one.get("type") != "null" and not one.get("$ref", "").endswith("/Undecided")
    ]
    if len(options) == 1 and options[0] is not field:
        return _value({**options[0], "examples": field.get("examples", options[0].get("examples"))}, at, chance)
    if "allOf" in field:
        return _value(field["allOf"][0], at, chance)
    if "$ref" in field:
        return _group(SCHEMA["$defs"][field["$ref"].rpartition("/")[2]], at, chance)
    if "enum" in field:
        return chance.choice(field["enum"])
    if "const" in field:
        return field["const"]
    return _KINDS[field.get("type", "string")](field, at, chance)


def _list(field: Schema, at: str, chance: Random) -> list[Any]:
    examples = (field.get("examples") or [None])[0]
    entries = field.get("items", {})
    if isinstance(examples, list) and examples and "enum" not in entries and chance.random() < 0.5:
        return copy.deepcopy(examples)
    low = field.get("minItems", 0)
    size = chance.randint(low, 3)
    found = [_value(entries, at, chance) for _ in range(size)]
    unique = [one for place, one in enumerate(found) if one not in found[:place]]
    return unique if len(unique) >= low else found[:low]


def _number(field: Schema, at: str, chance: Random) -> int:
    low, high = field.get("minimum", 0), field.get("maximum", 400)
    # One and two often: they show a wrong plural.
    fitting = [one for one in (1, 2, 3, 10, 12, 30, 60, 90) if low <= one <= high]
    return chance.choice(fitting) if fitting and chance.randint(0, 3) else chance.randint(low, high)


def _amount(field: Schema, at: str, chance: Random) -> Decimal:
    high = field.get("maximum")
    return Decimal(chance.randint(50, 100 if high == 1 else int(high or 900_000) * 100)) / 100


def _words(field: Schema, at: str, chance: Random) -> str:
    if field.get("format") == "date":
        return START - timedelta(days=chance.randint(1, 90))
    if field.get("format") == "month-day":
        return chance.choice(["08-01", "09-15", "07-31", "10-01"])
    example = (field.get("examples") or [None])[0]
    if isinstance(example, str):
        return example
    return f"{chance.choice(NAMES)} {at.rpartition('.')[2].replace('_', ' ')}"[: field.get("maxLength", 300)].strip()


_KINDS: dict[str, Callable[[Schema, str, Random], Any]] = {
    "array": _list,
    "integer": _number,
    "number": _amount,
    "boolean": lambda field, at, chance: chance.random() < 0.5,
    "string": _words,
    "object": lambda field, at, chance: _group(field, at, chance),
}


def _parties(chance: Random) -> Answers:
    """Return one to three districts, one or two agencies, now and then a municipality that pays."""
    districts, agencies = chance.choice([(1, 1), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2)])
    kinds = (
        SCHEMA["$defs"]["District"]["properties"]["kind"]["enum"],
        SCHEMA["$defs"]["Agency"]["properties"]["kind"]["enum"],
    )
    made = {
        "districts": [_party(name, chance.choice(kinds[0]), "District", chance) for name in DISTRICTS[:districts]],
        "agencies": [_party(name, chance.choice(kinds[1]), "Agency", chance) for name in AGENCIES[:agencies]],
    }
    if chance.randint(0, 4) == 0:
        made["municipalities"] = [_party(TOWN, None, "Party", chance)]
    return made


def _party(short: str, kind: str | None, shape: str, chance: Random) -> Answers:
    made = _group(SCHEMA["$defs"][shape], "parties.one", chance)
    made |= {"legal_name": f"{short} of Larkmoor", "short_name": short}
    if kind:
        made["kind"] = kind
    people = [{"name": f"{chance.choice(NAMES)} of {short}", "title": "Chief Officer"}]
    if chance.random() < 0.5:
        people.append({"name": f"Clerk of {short}", "title": "Clerk", "capacity": "attest"})
    made["signatories"] = people
    return made


def _fit_program(made: Answers, chance: Random) -> None:
    """Give the districts schools, and the schools officers of the agencies, so that every name is known."""
    program, parties = made.setdefault("program", {}), made["parties"]
    assigned = program.get("mode", "assigned") == "assigned"
    districts = [one["short_name"] for one in parties["districts"]]
    agencies = [one["short_name"] for one in parties["agencies"]]
    sites = []
    for number in range(chance.randint(len(districts), 4)):
        site = _group(SCHEMA["$defs"]["Site"], "program.site", chance)
        sites.append(
            site | {"name": f"School {number + 1} <{NAMES[number]}>", "district": districts[number % len(districts)]}
        )
    program["sites"] = sites
    program["officers"] = []
    for number in range(chance.randint(1, 4) if assigned else 0):
        school = sites[number % len(sites)]["name"]
        share = chance.choice([Decimal(1), Decimal("0.5")])
        program["officers"].append(
            {"agency": agencies[number % len(agencies)], "assignments": [{"site": school, "share": share}]}
        )
    if chance.random() < 0.5:
        made["contacts"] = [
            {"purpose": "Day-to-day coordination", "party": districts[0], "office": "Registrar", "phone": "555-0100"}
        ]


def _fit_money(made: Answers, chance: Random) -> None:
    """Let only parties pay, and let parts come to their whole."""
    names = [one["short_name"] for group in made["parties"].values() for one in group]
    cost, risk = made.setdefault("cost", {}), made.setdefault("risk", {})
    parallel = made.get("set", {}).get("structure") == "parallel"
    years = range(1, made["term"]["ends"].year - START.year + 1)
    first = Decimal(chance.randint(100, 100 * (99 - len(names)))) / 100
    parts = [first, *[Decimal(1)] * (len(names) - 2), 100 - first - (len(names) - 2)]
    months = [12 - len(names) + 1, *[1] * (len(names) - 1)]
    fitting: Answers = {
        "shares": [{"party": name, "percent": part} for name, part in zip(names, parts, strict=True)],
        "months": [{"party": name, "months": part} for name, part in zip(names, months, strict=True)],
        "enrollment": [{"party": name, "students": 100 * chance.randint(1, 90)} for name in names],
        # Of a set, each pair needs somebody who pays.
        "payers": names if parallel else chance.sample(names, chance.randint(1, len(names))),
        "year_amounts": [{"year": year, "amount": Decimal(chance.randint(1, 10**7)) / 100} for year in years],
        "year_percents": [{"year": year, "percent": Decimal(chance.randint(1, 99))} for year in years],
    }
    cost |= {name: value for name, value in fitting.items() if name in cost}
    if risk.get("insurance"):
        risk["insurance"] = [{"party": name, "coverage": "a municipal pool"} for name in names]
    if "additional_insured" in risk:
        risk["additional_insured"] = names[:1]


def _fit_dates(made: Answers, chance: Random) -> None:
    """Let the term begin in August and end at the end of a later July."""
    document, term = made["document"], made.setdefault("term", {})
    document["effective_date"] = START
    term["ends"] = date(START.year + chance.randint(1, 5), 7, 31)
    if isinstance(document.get("prior"), dict):
        document["prior"]["signed_on"] = date(2023, 8, 1)


def _fit_students(made: Answers, chance: Random) -> None:
    """Let the tiers of age follow one another."""
    interviews = made.get("interviews", {})
    if "tiers" in interviews:
        rules = SCHEMA["$defs"]["AgeTier"]["properties"]["rule"]["enum"]
        ages = [(None, 11), (12, 15), (16, None)] if chance.random() < 0.5 else [(None, 13), (14, None)]
        bounds = [{"from_age": low, "to_age": high} for low, high in ages]
        interviews["tiers"] = [
            {name: age for name, age in one.items() if age is not None} | {"rule": chance.choice(rules)}
            for one in bounds
        ]
    if isinstance(interviews.get("exceptions"), list) and "exigent" not in interviews["exceptions"]:
        interviews["exceptions"].append("exigent")


def _repaired(made: Answers, chance: Random) -> Answers:
    """Return the answers without those that others rule out, and with those that others call for."""
    for _ in range(25):
        try:
            Agreement.model_validate(copy.deepcopy(made))
        except ValidationError as error:
            paths = list(_ruled_out(error))
            if not paths:
                raise
            taken_out = [_taken_out(made, path) for path in paths]
            if not any(taken_out):
                for path in paths:
                    _given(made, path, chance)
        else:
            return made
    raise AssertionError("no agreement can be made of these answers")


def _ruled_out(error: ValidationError) -> Iterator[list[str | int]]:
    """Yield the path of each answer that a message is about, step by step."""
    for found in error.errors(include_url=False):
        steps = [one.path for one in found["ctx"]["found"]] if found["type"] == "contradictions" else [found["loc"]]
        for path in steps:
            dotted = ".".join(str(step) for step in path if not str(step).startswith("<"))
            yield [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", dotted)]


def _taken_out(made: Answers, path: list[str | int]) -> bool:
    """Take the answer at a path out, an entry of a list with its whole list; return whether there was one."""
    while isinstance(path[-1], int):
        path = path[:-1]
    group: Any = made
    for step in path[:-1]:
        inside = step in group if isinstance(group, dict) else isinstance(step, int) and step < len(group)
        if not inside:
            return False
        group = group[step]
    return isinstance(group, dict) and group.pop(path[-1], None) is not None


def _given(made: Answers, path: list[str | int], chance: Random) -> None:
    """Give an answer that others call for."""
    schema: Schema = SCHEMA
    group: Any = made
    for step in path[:-1]:
        if isinstance(step, str):
            schema = _below(schema, step)
        group = group[step] if isinstance(step, int) else group.setdefault(step, {})
    group[path[-1]] = _value(schema["properties"][path[-1]], ".".join(map(str, path)), chance)


def _below(schema: Schema, name: str) -> Schema:
    """Return the schema of the group, or of the list's entries, that an answer holds."""
    for shape in SCHEMA["$defs"]:
        if f"#/$defs/{shape}'" in str(schema["properties"][name]) and shape != "Undecided":
            return SCHEMA["$defs"][shape]
    return {"properties": {}}
