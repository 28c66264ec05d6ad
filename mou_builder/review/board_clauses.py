"""Tell a board what became of the clauses: what needs a decision first, then the rest in the order of its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from mou_builder.document.memo import Paragraph, Row, Section, Table, Text, words
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.model.negotiated import Negotiated
from mou_builder.model.walk import labels
from mou_builder.report.shapes import AddedText, ChangeKind, ClauseRow, Finding, Report, RequirementRow
from mou_builder.review.board_requirements import asked, place
from mou_builder.review.differences import marked
from mou_builder.review.offices import counsel, liaisons
from mou_builder.wording import counted, in_date, joined

_WEIGHT = {"law": 0, "grant": 1, "local": 2, "guidance": 3}
_KINDS: dict[ChangeKind, str] = {
    "modal verb": "a word of duty such as \u201cshall\u201d or \u201cmay\u201d",
    "negation": "a word such as \u201cnot\u201d or \u201conly\u201d",
    "exception": "an exception such as \u201cunless\u201d",
    "number": "a number",
    "time limit": "a time limit",
    "party": "who is named",
}
_SHOWN = {"E-MODAL-WEAKENED", "E-NEGATION-CHANGED", "W-EXCEPTION-ADDED", "W-NUMBER-CHANGED"}
"""Findings whose sentences, before and now, the difference shows already."""
_OF_PRACTICE: set[ChangeKind] = {"number", "time limit"}
"""Changes that those who run the program can judge as well as counsel."""
_PATH = re.compile(r" \((?:[a-z_]+\.)+[a-z_]+\)")
_SURE = 0.9
"""From here on, words are so much alike that their place needs no line of its own."""
LEGEND = Paragraph(words(
    Text("Struck words", "removed"), " stood in the agreement as it was built; ",
    Text("underlined words", "added"), " stand in the file now.",
))  # fmt: skip


def carried(clause: ClauseRow, report: Report) -> list[RequirementRow]:
    """Return the requirements that a clause carries and that apply to the agreement, the weightiest first."""
    rows = [row for row in report.requirements if row.id in clause.why and row.status != "not applicable"]
    return sorted(rows, key=_weight)


def _weight(row: RequirementRow) -> tuple[int, bool]:
    return _WEIGHT[row.force], row.level != "required"


def to_decide(report: Report) -> list[ClauseRow]:
    """Return the clauses that were altered or are missing and carry a requirement, the weightiest first."""
    changed = [(one, carried(one, report)) for one in report.clauses if one.state != "unaltered"]
    weighed = [(_weight(rows[0]), one) for one, rows in changed if rows]
    return [one for _, one in sorted(weighed, key=lambda pair: (*pair[0], pair[1].state != "missing"))]


def beside(clause: ClauseRow, report: Report) -> list[Finding]:
    """Return the findings that belong to one changed clause, but for pending changes."""
    where = clause.heading if clause.state == "missing" else clause.section
    return [one for one in report.findings if where and one.where == where and one.code != "W-PENDING-CHANGES"]


def decisions(report: Report, agreement: Agreement, library: Library) -> Iterator[Section]:
    """Yield the section on the clauses that carry a requirement and do not stand any more."""
    clauses = to_decide(report)
    if not clauses:
        return
    forces = {row.force for clause in clauses for row in carried(clause, report)}
    asking = f"{joined([name for force, name in _ASKING.items() if force in forces])} {'asks' if len(forces) == 1 else 'ask'} for"
    what = (
        f"{'This clause carries' if len(clauses) == 1 else 'Each of these clauses carries'} something that {asking}, and "
        "does not stand as it was built. The parties can keep it as it is now, once counsel has said whether it still does what "
        "is asked; put the earlier words back; or leave the requirement out knowingly, with a name and a reason."
    )
    parts = [Paragraph(words(what)), *_who(clauses, agreement)]
    if any(one.difference for one in clauses):
        parts.append(LEGEND)
    inner = tuple(_decision(row, report, agreement, library) for row in clauses)
    yield Section("What needs a decision", tuple(parts), inner)


_ASKING = {"law": "law", "grant": "a grant", "local": "local policy", "guidance": "guidance"}


def _who(clauses: Sequence[ClauseRow], agreement: Agreement) -> Iterator[Paragraph]:
    named = "; ".join(counsel(agreement)) or "the agreement names nobody who approves it as to form"
    yield Paragraph(words(Text("Counsel: ", "strong"), f"{named}."))
    if liaisons(agreement) and any(_OF_PRACTICE & set(row.changed) for row in clauses):
        yield Paragraph(words(Text("Those who run the program: ", "strong"), f"{joined(list(liaisons(agreement)))}."))


def _decision(clause: ClauseRow, report: Report, agreement: Agreement, library: Library) -> Section:
    rows = carried(clause, report)
    fates = {row.id: _fate(row) for row in rows} if clause.state == "missing" else {}
    who = ["counsel"] if counsel(agreement) else []
    if liaisons(agreement) and _OF_PRACTICE & set(clause.changed):
        who.append("those who run the program")
    looks = [Paragraph(words(Text("Who should look: ", "strong"), f"{joined(who)}."))] if who else []
    return Section(_titled(clause), (*_changed(clause, report), *asked(rows, library, fates), *looks))


def _fate(row: RequirementRow) -> str:
    """Return what a missing clause means for a requirement that it carried."""
    still = [place(one.section) for one in row.clauses if one.state == "unaltered" and one.section]
    if row.status == "met" and still:
        return f"{joined(still)} still {'says' if len(still) == 1 else 'say'} it."
    if row.status == "missing":
        return f"{joined(still)}, which stands, has a blank." if still else "No other section says it."
    return row.note if row.status == "waived" else ""


def _titled(clause: ClauseRow) -> str:
    return f"{', '.join(one for one in (place(clause.section), clause.heading) if one)}: {clause.state}"


def _changed(clause: ClauseRow, report: Report) -> Iterator[Paragraph]:
    """Yield what became of the words of a clause, and what was found in them."""
    if clause.state == "missing":
        yield Paragraph(words("None of its words are in the file any more."))
    if clause.difference:
        kinds = dict(_KINDS)
        if any(one.code == "E-MODAL-WEAKENED" for one in beside(clause, report)):
            kinds["modal verb"] = "a duty that binds less than before"
        said = [kinds[one] for one in kinds if one in clause.changed]
        yield Paragraph(words(f"What was changed{f' ({joined(said)})' if said else ''}:"), "lead")
        yield Paragraph(marked(clause.difference), "quote")
    if clause.moved_from:
        yield Paragraph(words(f"It was moved here from {place(clause.moved_from)}."))
    if clause.local:
        yield Paragraph(words(f"The parties had agreed earlier on wording of their own here: {clause.local}"))
    for one in beside(clause, report):
        if one.code not in _SHOWN:
            yield Paragraph(words(told(one, report)))


def told(finding: Finding, report: Report) -> str:
    """Return a finding as a sentence for a board, which knows questions, not their paths in the answers file."""
    message = _PATH.sub("", finding.message)
    for item in report.undecided:
        message = message.replace(item["answer"], f"\u201c{item['question']}\u201d")
    return f"{message[:1].upper()}{message[1:]}"


def added(report: Report, agreement: Agreement) -> Iterator[Section]:
    """Yield the section on the words that the parties put in of their own."""
    if not report.added:
        return
    what = (
        f"The parties put in {counted(len(report.added), 'passage')} of their own. New words can undo a clause that stands; what "
        "they do shows only together with the clauses around them."
    )
    named = "counsel" if to_decide(report) else "; ".join(counsel(agreement))
    looks = [Paragraph(words(Text("Who should look: ", "strong"), f"{named}."))] if counsel(agreement) else []
    parts = [Paragraph(words(what)), *looks]
    for passage in report.added:
        parts += [
            Paragraph(words(Text(f"{_where(passage)}:", "strong")), "lead"),
            Paragraph(words(passage.text), "quote"),
        ]
    yield Section("Added by the parties", tuple(parts))


def _where(passage: AddedText) -> str:
    after = f"after \u201c{passage.after}\u201d" if passage.after else "before the first section"
    return f"{place(passage.section)}, {after}" if passage.section else f"{after[:1].upper()}{after[1:]}"


def others(report: Report) -> Iterator[Section]:
    """Yield the section on altered and missing clauses that carry no requirement."""
    decided = {one.slot for one in to_decide(report)}
    rows = [one for one in report.clauses if one.state != "unaltered" and one.slot not in decided]
    if not rows:
        return
    what = (
        f"No requirement rests on {'this clause' if len(rows) == 1 else 'these clauses'}. "
        f"{'It' if len(rows) == 1 else 'They'} can matter all the same, for money, term or liability."
    )
    parts = [Paragraph(words(what))]
    if not any(one.difference for one in to_decide(report)) and any(one.difference for one in rows):
        parts.append(LEGEND)
    gone = [one for one in rows if one.state == "missing"]
    if gone:
        parts.append(Paragraph(words("No longer in the file:"), "lead"))
        parts += [Paragraph(words(_gone(one, report)), "item") for one in gone]
    inner = tuple(Section(_titled(one), tuple(_changed(one, report))) for one in rows if one not in gone)
    yield Section("Other clauses altered or missing", tuple(parts), inner)


def _gone(clause: ClauseRow, report: Report) -> str:
    return " ".join([f"{clause.heading}.", *(told(one, report) for one in beside(clause, report))])


def moved(report: Report) -> Iterator[Section]:
    """Yield the section on clauses that stand elsewhere now."""
    cells = [(one.heading, place(one.moved_from), place(one.section)) for one in report.clauses if one.moved_from]
    what = "A clause can mean something else in a new place, beside other clauses. Words that were changed too are shown above."
    yield from _listed("Moved", what, ("Clause", "Was", "Is now"), (60, 20, 20), cells)


def kept(report: Report) -> Iterator[Section]:
    """Yield the section on wording of the parties' own that they agreed on earlier."""
    did = labels(Negotiated.model_fields["kind"])
    what = "When the agreement was made, the parties kept words of their own here. Whether they do what is asked is for counsel."
    cells = [
        (one["section"], one["heading"], f"The parties {did[one['kind']]}.", f"{one['why']}{_since(one['agreed_on'])}")
        for one in report.kept
    ]
    heads = ("Section", "Clause", "What they did", "Why")
    yield from _listed("Wording of the parties\u2019 own", what, heads, (11, 29, 25, 35), cells)


def _since(agreed_on: str) -> str:
    return f" (Agreed on {in_date(date.fromisoformat(agreed_on))}.)" if agreed_on else ""


def likened(report: Report) -> Iterator[Section]:
    """Yield the section on clauses that were found only by the likeness of their words."""
    rows = [one for one in report.clauses if one.found_by == "text" and one.state != "missing"]
    if not rows:
        return
    one = len(rows) == 1
    what = (
        f"In the file {counted(len(rows), 'clause')} {'has' if one else 'have'} lost the hidden marks by which this tool finds a "
        f"clause again, as after pasting into a new file. {'It was' if one else 'They were'} found by the likeness of the words, "
        "which is likely to be right, not certain."
    )
    doubtful = [one for one in rows if (one.confidence or 0) < _SURE]
    cells = [(place(one.section), one.heading, _percent(one.confidence)) for one in doubtful]
    if doubtful:
        what += " Least certain:"
    heading = "Found by the likeness of their words"
    table = _listed(heading, what, ("Section", "Taken for", "Words that agree"), (18, 60, 22), cells)
    yield next(table, Section(heading, (Paragraph(words(what)),)))


def _percent(confidence: float | None) -> str:
    # Never rounded up to a certainty that is not there.
    return "" if confidence is None else f"{int(confidence * 100)} percent"


def _listed(
    heading: str, what: str, heads: tuple[str, ...], widths: tuple[int, ...], cells: Sequence[tuple[str, ...]]
) -> Iterator[Section]:
    if cells:
        rows = tuple(Row(tuple(words(one) for one in row)) for row in cells)
        yield Section(heading, (Paragraph(words(what), "lead"), Table(heads, widths, rows)))
