"""Tell a board which requirements still stand, which practices are attested, and what nobody has judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mou_builder.document.memo import Paragraph, Row, Section, Table, Text, words
from mou_builder.library import Library
from mou_builder.report.shapes import Report, RequirementRow
from mou_builder.wording import counted, in_date, in_number, joined

_LEVELS = ("required", "recommended")
_COUNTED = ("met", "altered", "missing", "waived")
_FORCE = {"guidance": "guidance", "law": "law", "grant": "grant terms", "local": "local policy"}
_REQUIRED = {
    "guidance": "Asked for by guidance",
    "law": "Required by law",
    "grant": "Required by the terms of a grant",
    "local": "Required by local policy",
}
_RECOMMENDED = {
    "guidance": "Recommended by guidance",
    "law": "Recommended by law",
    "grant": "Recommended by the terms of a grant",
    "local": "Recommended by local policy",
}
_MARKED = {
    "guidance": "guidance marks as required",
    "law": "law requires",
    "grant": "the terms of a grant require",
    "local": "local policy requires",
}


def asked(rows: Sequence[RequirementRow], library: Library, fates: Mapping[str, str]) -> Iterator[Paragraph]:
    """Yield what is asked as list items, each list below a line that says by whom; `fates` adds a sentence to a requirement."""
    titles = {one.id: one.short_title for one in library.rubrics}
    groups: dict[str, list[Paragraph]] = {}
    for row in rows:
        by = (_REQUIRED if row.level == "required" else _RECOMMENDED)[row.force]
        said = words(Text(f"{row.id}. ", "strong"), row.asks, f" {fates[row.id]}" if fates.get(row.id) else "")
        groups.setdefault(f"{by}, {titles.get(row.rubric, row.rubric)}:", []).append(Paragraph(said, "item"))
    for lead, items in groups.items():
        yield Paragraph(words(lead), "lead")
        yield from items


def place(section: str) -> str:
    """Return how a section is named in a sentence: ``Section 4.2``, but ``Recital A``."""
    return f"Section {section}" if section[:1].isdigit() else section


def provisions(report: Report, level: str, source: str) -> list[RequirementRow]:
    """Return what the text itself must say, required or recommended, by one rubric or under one force, such as ``law``."""
    return [
        row
        for row in report.requirements
        if row.level == level
        and row.kind != "practice"
        and row.status in _COUNTED
        and source in (row.rubric, row.force)
    ]


def standing(report: Report) -> Iterator[str]:
    """Yield for each force one sentence: how many of its required provisions the text still meets."""
    for force, marked in _MARKED.items():
        rows = provisions(report, "required", force)
        if not rows:
            continue
        met = sum(row.status == "met" for row in rows)
        aligned = "; with these the agreement is aligned" if force == "guidance" and met else ""
        if met == len(rows):
            yield f"Every provision that {marked} ({len(rows)}) stands{aligned.replace('these', 'them')}."
        else:
            stand = "stands" if met < 2 else "stand"
            yield f"Of the {counted(len(rows), 'provision')} that {marked}, {in_number(met) if met else 'none'} {stand}{aligned}."


def summary(report: Report, library: Library) -> Section:
    """Return the counts by rubric, and what is attested."""
    titles = {one.id: one.short_title for one in library.rubrics}
    rows = []
    for rubric in report.rubrics:
        own = _practices([row for row in report.requirements if row.rubric == rubric.id])
        counts = [
            *(_share([one.status == "met" for one in provisions(report, level, rubric.id)]) for level in _LEVELS),
            _share([_attested(row) for row in own]),
        ]
        rows.append(Row(tuple(words(one) for one in (titles.get(rubric.id, rubric.id), _FORCE[rubric.force], *counts))))
    heads = (
        "Source",
        "Kind",
        "Required provisions that stand",
        "Recommended provisions that stand",
        "Practices attested",
    )
    table = (Table(heads, (36, 13, 17, 19, 15), tuple(rows)),) if rows else ()
    return Section("Requirements and practices", (*table, Paragraph(words(_attestations(report)))))


def _attestations(report: Report) -> str:
    practices = _practices(report.requirements)
    attested = [row.id for row in practices if _attested(row)]
    known = [one for one in report.attestations if one["requirement"] in attested]
    people = list(dict.fromkeys(f"{one['by']} ({one['title']})" for one in known))
    by = f" {'It was' if len(attested) == 1 else 'They were'} attested by {joined(people)}." if people else ""
    return (
        "Words cannot show that a practice happens: a named person attests it, or it counts as not attested. "
        f"{_of(len(attested), len(practices))} attested.{by}"
    )


def _share(held: Sequence[bool]) -> str:
    return f"{sum(held)} of {len(held)}" if held else "none asked"


def _of(some: int, whole: int) -> str:
    if not whole:
        return "No practice is asked for, so none is"
    return f"Of the {counted(whole, 'practice')} asked for, {in_number(some) if some else 'none'} {'is' if some < 2 else 'are'}"


def _practices(rows: Sequence[RequirementRow]) -> list[RequirementRow]:
    return [row for row in rows if row.practice or row.status in ("attested", "not attested")]


def _attested(row: RequirementRow) -> bool:
    return "attested" in (row.practice, row.status)


def annex(report: Report, library: Library) -> Section:
    """Return every requirement with what became of it, under its rubric."""
    titles = {one.id: one.short_title for one in library.rubrics}
    rows: list[Row] = []
    for rubric in report.rubrics:
        own = [row for row in report.requirements if row.rubric == rubric.id and row.status != "not applicable"]
        if own:
            rows.append(Row((words(f"{titles.get(rubric.id, rubric.id)} ({_FORCE[rubric.force]})"),), band=True))
            rows += [_row(row, report) for row in own]
    idle = sum(row.status == "not applicable" for row in report.requirements)
    said = ["Where each requirement stands in the file. A requirement marked * is recommended only."]
    if idle:
        said.append(f"{counted(idle, 'requirement').capitalize()} that {'does' if idle == 1 else 'do'} not apply to this agreement "
                    f"{'is' if idle == 1 else 'are'} left out.")  # fmt: skip
    table = Table(("No.", "What is asked", "Section", "What became of it"), (10, 50, 12, 28), tuple(rows))
    return Section("Every requirement", (Paragraph(words(" ".join(said)), "lead"), table), new_page=True)


def _row(row: RequirementRow, report: Report) -> Row:
    sections = ", ".join(dict.fromkeys(one.section for one in row.clauses if one.section))
    star = "" if row.level == "required" else "*"
    return Row((words(f"{row.id}{star}"), words(row.asks), words(sections), tuple(_status(row, report))))


def _status(row: RequirementRow, report: Report) -> Iterator[Text]:
    """Yield what became of a requirement; what is not as it should be stands out."""
    if row.status in ("met", "attested", "not attested"):
        yield Text({"met": "Stands"}.get(row.status, f"Practice {row.status}"))
    elif row.status == "altered":
        changed = any(one.state == "altered" for one in row.clauses)
        yield Text("Altered" if changed else "In the parties\u2019 own words", "strong")
        yield Text(": counsel to judge")
    elif row.status == "missing":
        yield Text("Missing", "strong")
        yield Text(f": {why_missing(row, report)}")
    elif row.status == "waived":
        yield Text(row.note or "Waived")
    else:
        yield Text("To be verified against the source")
    if row.practice:
        yield Text(f"\nPractice {row.practice}", "quiet")


def why_missing(row: RequirementRow, report: Report) -> str:
    """Return in plain words why no section of the file says what a requirement asks."""
    questions = {one["answer"]: one["question"] for one in report.undecided}
    open_paths = dict.fromkeys(path for one in row.clauses if one.state == "unaltered" for path in one.open)
    if open_paths:
        listed = "; ".join(questions.get(path, path) for path in open_paths)
        return f"the section stands, but it has a blank ({listed})"
    if not row.clauses:
        return "no section said it when the agreement was built"
    gone = joined([f"\u201c{one.heading}\u201d" for one in row.clauses if one.state == "missing"])
    return f"{gone} said it and {'is' if len(row.clauses) == 1 else 'are'} gone"


def unmet(report: Report, library: Library) -> Iterator[Section]:
    """Yield the section on what the text does not say although nobody changed it: gaps, blanks, waivers."""
    changed = {id for one in report.clauses if one.state != "unaltered" for id in one.why}
    rows = [row for row in report.requirements if row.status in ("missing", "waived") and row.id not in changed]
    if rows:
        fates = {row.id: row.note if row.status == "waived" else _sentence(why_missing(row, report)) for row in rows}
        yield Section("Asked for and not met when it was built", tuple(asked(rows, library, fates)))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def limits(report: Report) -> Section:
    """Return what the memo leaves to others."""
    of_law = any(row.force == "law" for row in report.requirements)
    said = [
        "Whether changed words still do what a requirement asks, and whether the agreement is legally sufficient. "
        "Both are for counsel.",
        *(["What the passages that the parties added do to the clauses that stand."] if report.added else []),
        *(one["message"] for one in report.notes),
        *([] if of_law or report.notes else ["State and local law: no rubric of law was applied."]),
        f"Law, guidance and agreements later than {in_date(report.as_of)}.",
        "Whether the agreement was signed, and by whom.",
        "The compliance appendix inside the file. It shows what held when the agreement was built; its last pages tell what could "
        "not be verified in each source.",
    ]
    return Section("What this memo does not judge", tuple(Paragraph(words(one), "item") for one in said))
