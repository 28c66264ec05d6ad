"""Every slip that an attorney's edit could bring into the library is found, at its place, with its mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Edit = tuple[str, str | None, str | None]
"""A file, the one place in it that is replaced (None: the whole file), and what takes its place (None: nothing)."""
Case = tuple[list[Edit], str, str, str]
"""How the fault comes in, its file, the words at its place (``^`` before the column), and what is said, parted by `` & ``."""

pytestmark = pytest.mark.wide
PROBE, TEXT = "us/general/severability.yaml", "text: ^|"
"""The clause that most tests write anew: it meets no requirement, defines no term and is chosen in every agreement."""
RUBRIC, OUTLINE, FIRST = "rubrics/secure-local-2016.yaml", "outline.yaml", "requirements:\n  - id: S1.1\n"
INK, WET, GRANT = "us/general/signing.ink.yaml", "us/general/signing.wet.yaml", "us/cost/grant.yaml"
HEAD = """\
id: us/general/severability
slot: general.severability
version: 1
change: edition
effective: 2026-07-01
reviewed: 2026-07-01
satisfies: []
when: {}
requires: []
conflicts: []
heading: Severability and No Waiver
"""
ROW = """\
  - id: {id}
    step: {step}
    asks: Something more.
    kind: {kind}
    force: guidance
    level: required
    phase: start
    phase_basis: tool
    evidence: {evidence}
    sources: [{source}]
    seen: 2026-11-21
"""


def clause(text: str = "A Party is kind.", **fields: str) -> list[Edit]:
    """Write the probe clause with this text, and with these fields in the place of its own."""
    own = dict(line.split(": ", 1) for line in HEAD.splitlines()) | fields
    head = "".join(f"{key}: {value}\n" for key, value in own.items())
    body = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    return [(PROBE, None, f"{head}text: |\n{body}notes: |\n  A note.\n  Another.\n")]


def probe(old: str, new: str) -> list[Edit]:
    """Write the probe clause with one place of the file changed."""
    return [*clause(), (PROBE, old, new)]


def row(more: str = "", **fields: object) -> list[Edit]:
    """Put one more requirement before the first."""
    text = ROW.format(
        **({"id": "S1.99", "step": 1, "kind": "practice", "evidence": "seed", "source": "barley"} | fields)
    )
    return [(RUBRIC, FIRST, FIRST.replace("  - id", f"{text}{more}  - id"))]


def state(id: str = "us-id", *, code: str = "ID", satisfies: str = "[]", parent: str = "us") -> list[Edit]:
    """Add a state's folder with a clause of its own."""
    return [
        (f"{id}/jurisdiction.yaml", None, f"id: {id}\nname: Idaho\nparent: {parent}\nstate: {code}\n"),
        (f"{id}/general/severability.yaml", None, clause(id=f"{id}/general/severability", satisfies=satisfies)[0][2]),
    ]


def damage(root: Path, edits: list[Edit]) -> None:
    for name, old, new in edits:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8") if old is not None else ""
        assert old is None or text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        # The one byte that is no UTF-8 is written as it stands.
        file.write_text(text.replace(old, new or "") if old else new or "", encoding="utf-8", errors="surrogateescape")
        if old is None and new is None:
            file.unlink()


def place_of(root: Path, name: str, shown: str) -> str:
    """Return ``file:line:column`` of the one spot in the damaged file that `shown` stands for; ``/``: the file itself."""
    if shown == "/":
        return name
    before, mark, after = shown.partition("^")
    before, needle = (before, before + after) if mark else ("", shown)
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(needle) == 1, f"{name} holds {needle!r} {text.count(needle)} times"
    head = text[: text.index(needle) + len(before)]
    return f"{name}:{head.count(chr(10)) + 1}:{len(head) - head.rfind(chr(10))}"


def check_found(run: Run, root: Path, case: Case, code: int) -> int:
    """Check that `library check` ends with `code` and reports the fault at its place; return how many faults it reports."""
    place, words = place_of(root, case[1], case[2]), case[3].split(" & ")
    found, out, err = run("library", "check", "--library", str(root))

    assert (found, out) == (code, ""), err
    assert [
        line for line in err.splitlines() if line.startswith(f"{place}: ") and all(word in line for word in words)
    ], f"expected at {place}, saying {words}:\n{err}"
    return len([line for line in err.splitlines() if not line.endswith(" to mend.")])


def test_probe_clause_without_a_fault_is_sound(run: Run, library_copy: Path) -> None:
    """What the tests below find is the seeded fault, not the clause, the requirement or the folder that carries it."""
    damage(library_copy, [*clause(), *state(), *row()])
    code, out, err = run("library", "check", "--library", str(library_copy))

    assert (code, err) == (0, "") and out.startswith("Sound: ")


# One fault a line.
# fmt: off
WORDS = {
    "must": ("A Party must answer.", TEXT, "uses 'must' & Use shall for a duty"),
    "hereby": ("A Party hereby agrees.", TEXT, "uses 'hereby'"),
    "and/or": ("A Party writes and/or calls.", TEXT, "uses 'and/or'"),
    "doubled word": ("A Party answers the the call.", TEXT, "a word is doubled: 'the the'"),
    "doubled word at the start": ("The the call is answered.", TEXT, "a word is doubled: 'The the'"),
    "straight quotation marks": ("A Party says \"yes\" to it.", TEXT, "straight quotation mark"),
    "typed section number": ("A Party obeys Section 4.1 of this Agreement.", TEXT, "a section number is typed"),
    "typed article number": ("A Party obeys Article 4 of this Agreement.", TEXT, "a section number is typed"),
    "two lists": ("A Party does:\n- this; and\n- that.\n\nIt leaves:\n- one; and\n- two.", TEXT, "more than one list"),
    "paragraph without a period": ("A Party is kind.\n\nIt answers", TEXT, "does not end with a period"),
    "last item without a period": ("A Party does:\n- this; and\n- that", TEXT, "does not end with a period"),
    "term defined twice": ("**Parent** means a thing.", TEXT, "'Parent' is defined in us/framework/definitions.yaml too"),
    "term defined, never used": ("**Gadget** means a thing.", TEXT, "'Gadget' is defined but no clause uses it"),
    "term used, never defined": ("A Party keeps the Gizmo.", TEXT, "'Gizmo' is capitalized & nothing defines it"),
    "unknown answer": ("It ends on {{ term.endz | date }}.", "term.endz", "names 'term.endz' & Did you mean 'term.ends'?"),
    "unknown answer whose name begins another's": (
        "A Party lists {{ discipline.programs | list }}.\nIt adds {{ discipline.program | list }}.", "discipline.program |",
        "the text names 'discipline.program', & Did you mean 'discipline.programs'?"),
    "filter for another kind": ("It ends on {{ term.ends | money }}.", "term.ends", "the filter 'money' does not fit term.ends"),
    "date without a filter": ("It ends on {{ term.ends }}.", "term.ends", "cannot be printed without a filter"),
    "list without a filter": ("In {{ reporting.languages }}.", "reporting.languages", "cannot be printed without"),
    "answer that may be absent": ("A Party calls {{ crisis.co_responder }}.", "crisis.co_responder",
                                  "may be absent & Add to when: crisis.co_responder: {present: true}"),
    "answer inside a list": ("It is {{ contacts.office }}.", "contacts.office", "lies inside a list"),
    "answer asked sometimes": ("A Party waits {{ interviews.wait_minutes | plural \"minute\" }}.", "interviews.wait_minutes",
                               "is asked only where & Add to when: interviews.parent_rule: [consent, "),
    "answer that hangs on a yes or no": ("A Party is {{ risk.tribal_immunity }}.", "risk.tribal_immunity",
                                         "Add to when: parties.has_tribe: true"),
    "unknown slot": ("A Party obeys [[general.notice]].", "[[general.notice]]", "is no slot & Did you mean 'general.notices'?"),
    "optional slot": ("A Party obeys [[cost.grant]].", "[[cost.grant]]", "may be missing where this clause stands"),
    "recital": ("A Party obeys [[recitals.voice]].", "[[recitals.voice]]", "is a recital, which has no section number"),
    "schedule not always there": ("A Party reads [[schedules.cost]].", "[[schedules.cost]]", "not attached to every agreement"),
}
"""Words in a clause: the text, the place, what is said."""
# fmt: on


@pytest.mark.parametrize("name", WORDS)
def test_fault_in_the_words_of_a_clause_is_found_alone(run: Run, library_copy: Path, name: str) -> None:
    """A slip in a clause's words is one finding with file, line and column, not drowned by what follows from it."""
    text, place, says = WORDS[name]
    damage(library_copy, clause(text))

    # A typed "Section 4.1" or "Article 4" is a capitalized word beside.
    assert check_found(run, library_copy, ([], PROBE, place, says), 1) == 1 + name.startswith("typed")


SIGNING = clause(id="us/general/signing.wet", slot="general.signing", when="{general.electronic_signatures: false}")[0][
    2
]


def grant(condition: str) -> list[Edit]:
    """Add a condition to the clause on federal grants, which stands in an optional slot."""
    return [(GRANT, "federal_grant: true}", f"federal_grant: true, {condition}}}")]


# fmt: off
SENSE: dict[str, Case] = {
    "requirement unknown": (clause(satisfies="[S1.66]"), PROBE, "S1.66", "which no rubric has & Did you mean 'S1.6'?"),
    "slot unknown": (clause(slot="general.laws"), PROBE, "general.laws", "the outline has no slot & 'general.law'"),
    "slot of another file": (clause(slot="general.law"), PROBE, "slot: ^general", "stands for another slot"),
    "requires an unknown slot": (clause(requires="[cost.grants]"), PROBE, "cost.grants", "requires names & 'cost.grant'?"),
    "conflicts with an unknown slot": (clause(conflicts="[cost.grants]"), PROBE, "cost.grants", "conflicts names"),
    "required slot without a clause": ([(PROBE, None, None)], OUTLINE, "{id: ^severability,", "no clause fills"),
    "slot twice": ([(OUTLINE, "{id: voice, title: Community voice}", "{id: revision, title: Community voice}")], OUTLINE,
                   "{id: ^revision, title: Revision}", "review.revision stands twice"),
    "condition on an unknown answer": (clause(when="{cost.modle: none}"), PROBE, "modle: ^none", "'cost.modle' & 'cost.model'?"),
    "condition on an impossible answer": ([("us/cost/share.none.yaml", "model: none}", "model: non}")], "us/cost/share.none.yaml",
                                          "model: ^non", "cost.model is never 'non' & 'none'"),
    "condition of an unknown kind": (grant("term.exit_days: {least: 2}"), GRANT, "days: ^{least", "a condition cannot be"),
    "condition with a word for true": (grant("document.number: {present: yes}"), GRANT, "^{present", "document.number & yes"),
    "limit that is no number": (grant("term.exit_days: {min: two}"), GRANT, "days: ^{min", "term.exit_days & two"),
    "limit on what has no amount": (grant("cost.model: {min: 1}"), GRANT, "model: ^{", "cost.model"),
    "condition inside a list": (grant("program.sites.name: X"), GRANT, "name: ^X", "program.sites.name"),
    "two clauses for the same answers": ([(WET, None, SIGNING)], WET, "when: ^{", f"{INK} & {WET} & both fit & narrower `when`"),
    "alternate missing": ([(INK, None, None)], "us/general/signing.electronic.yaml", "when: ^{",
                          "no clause fills general.signing for general.electronic_signatures: false"),
    "text indented by four": (probe("  A Party is kind", "    It is {{ term.endz }}"), PROBE, "term.endz", "names 'term.endz'"),
    "past text without a newer one": ([("us/general/past/severability.v1.yaml", None, clause()[0][2])],
                                      "us/general/past/severability.v1.yaml", "version: ^1", "lies in past/, but no newer text"),
    "second version without the first": (clause(version="2"), PROBE, "version: ^2", "version 1 is not in past/"),
    "state's clause that meets less": ([*clause(satisfies="[S1.1, S1.6]"), *state(satisfies="[S1.1]")],
                                       "us-id/general/severability.yaml", "satisfies: ^[",
                                       "replaces us/general/severability@1 & no longer satisfies S1.6"),
    "parent that is no folder": (state(parent="usa"), "us-id/jurisdiction.yaml", "^usa", "its parent 'usa' is no folder"),
    "state that does not exist": (state(code="WX"), "us-id/jurisdiction.yaml", "state: ^WX", "'WX'"),
    "two folders for one state": ([*state(), *state("us-ww")], "us-ww/jurisdiction.yaml", "state: ^ID", "us-id & ID"),
    "requirement listed twice": (row(id="S1.7"), RUBRIC, "- id: ^S1.7\n    step: 1\n    asks: \"", "the requirement S1.7"),
    "requirement's source unknown": (row(source="barly"), RUBRIC, "[^barly]", "S1.99 names the source 'barly' & 'barley'?"),
    "requirement's step unknown": (row(step=9), RUBRIC, "step: ^9", "S1.99 stands in step 9"),
    "requirement by recollection": (row(evidence="recollection"), RUBRIC, "evidence: ^recollection", "S1.99 rests on"),
    "provision that no clause meets": (row(kind="provision"), RUBRIC, "id: ^S1.99", "no clause satisfies the provision S1.99"),
    "requirement for some": (row(more="    applies: {cost.federal_grant: true}\n"), RUBRIC, "applies: ^{cost",
                             "S1.99 applies only"),
    "requirement by an unknown answer": (row(more="    applies: {cost.federal_grnt: true}\n    not_applicable: No.\n"), RUBRIC,
                                         "federal_grnt: ^true", "'cost.federal_grnt' & Did you mean 'cost.federal_grant'?"),
    "schedule by an unknown answer": ([(OUTLINE, "when: {cost.model: [", "when: {cost.modle: [")], OUTLINE, "cost.modle: ^[",
                                      "'cost.modle' & Did you mean 'cost.model'?"),
}
# fmt: on


@pytest.mark.parametrize("name", SENSE)
def test_fault_of_sense_is_found_at_its_place(run: Run, library_copy: Path, name: str) -> None:
    """A file that reads well but says something impossible is a finding: exit 1, file, line, column and mend."""
    damage(library_copy, SENSE[name][0])

    check_found(run, library_copy, SENSE[name], 1)


# fmt: off
MARKUP = {
    "stray braces": ("A Party is {{ kind.", "{{ kind", "a stray '{{' stands here & closed on its own line"),
    "stray brackets": ("A Party obeys [[general.law.", "[[general", "a stray '[[' stands here"),
    "unclosed term": ("A **Gadget is a thing.", "**Gadget", "a stray '**' stands here"),
    "slip after good markup": ("A **Gadget** obeys [[general.law]] and {{ kind.", "{{ kind", "a stray '{{'"),
    "template statement": ("A Party is {% if kind %} kind.", "{% if", "a stray '{%' stands here"),
    "expression in a value": ("The term ends on {{ term.ends + 1 }}.", "{{ term", "is no value"),
    "reference that is no slot": ("A Party obeys [[Section 4]].", "[[Section", "[[Section 4]] is no slot"),
    "unknown filter": ("It ends on {{ term.ends | dates }}.", "{{ term", "there is no filter 'dates' & Did you mean 'date'?"),
    "plural without a noun": ("A Party waits {{ term.exit_days | plural }}.", "{{ term", "Only plural takes a noun"),
    "item indented by three": ("A Party does:\n- this; and\n   - that.", "^- that.", "indented by 3 spaces"),
    "item below no item": ("A Party does:\n  - that.", "^- that.", "indented by 2 spaces"),
    "paragraph close upon an item": ("A Party does:\n- that.\nIt rests.", "It rests", "neither starts nor continues"),
}
FORM: dict[str, Case] = {name: (clause(text), PROBE, place, says) for name, (text, place, says) in MARKUP.items()} | {
    "slip in a text indented by four": (probe("  A Party is kind.", "    A Party is {{ kind."), PROBE, "{{ kind", "a stray '{{'"),
    "text of spaces": (probe("|\n  A Party is kind.", "' '"), PROBE, "text: ^' '", "the text is empty"),
    "key given twice": (probe("notes:", "heading: A\nnotes:"), PROBE, "heading: A", "is given twice (first in line 11)"),
    "unknown key": (probe("notes:", "headin: A\nnotes:"), PROBE, "headin: ", "called 'headin' & Did you mean 'heading'?"),
    "key missing": (probe("change: edition\n", ""), PROBE, "^id: us", "change is missing"),
    "tab for indentation": (probe("when: {}", "when:\n\tcost.model: none"), PROBE, "^\tcost", "a tab is used to indent"),
    "unclosed bracket": (clause(satisfies="[S1.6"), PROBE, "satisfies: ^[S1.6", "the list that opens here & ']' at the end"),
    "anchor": (clause(heading="&one Severability"), PROBE, "&one", "anchors (&) and aliases (*) are not used"),
    "day that no calendar has": (clause(effective="2026-02-30"), PROBE, "2026-02-30", "is not a day of the calendar"),
    "version that is no number": (clause(version="one"), PROBE, "^one", "version must be a whole number"),
    "yes for true": ([(OUTLINE, "grant, optional: true", "grant, optional: yes")], OUTLINE, "^yes", "must be true or false"),
    "title missing": ([(OUTLINE, "grant, title: Federal grant,", "grant,")], OUTLINE, "^{id: grant,", "title is missing"),
    "id that is not the path": (clause(id="us/general/severabilty"), PROBE, "us/general/severabilty",
                                "the id 'us/general/severabilty' is not the file's path 'us/general/severability'"),
    "past file of another version": ([("us/general/past/severability.v2.yaml", None, clause()[0][2])],
                                     "us/general/past/severability.v2.yaml", "id: ^us/general", "is not the file's path"),
    "folder without jurisdiction.yaml": (state()[1:], "us-id", "/", "the folder has no jurisdiction.yaml"),
    "folder that no jurisdiction can have": (state("wa"), "wa", "/", "folder"),
    "file that ends in .yml": ([("us/cost/grant.state.yml", None, clause()[0][2])], "us/cost/grant.state.yml", "/", ".yaml"),
    "file that is not UTF-8": (probe("A note", "A caf\udce9"), PROBE, "/", "Save it as UTF-8"),
    "lock line malformed": ([("published.lock", None, "# comment\nus/roles/discipline@1 abc\n")], "published.lock", "^us/roles",
                            "this is not a lock line & id@version sha256"),
    "text locked twice": ([("published.lock", None, f"us/roles/law@1 {'0' * 64}\nus/roles/law@1 {'1' * 64}\n")], "published.lock",
                          "^us/roles/law@1 1", "us/roles/law@1 is locked twice"),
}
# fmt: on


@pytest.mark.parametrize("name", FORM)
def test_fault_of_form_is_refused_at_its_place(run: Run, library_copy: Path, name: str) -> None:
    """A file that cannot be read as a library file is refused: exit 2, file, line, column and mend."""
    damage(library_copy, FORM[name][0])

    check_found(run, library_copy, FORM[name], 2)


def test_every_fault_of_form_is_reported_at_once(run: Run, library_copy: Path) -> None:
    """A slip in the outline does not hide one in a clause: nobody should mend a library one run at a time."""
    damage(library_copy, [*clause("A Party is {{ kind."), (OUTLINE, "grant, title: Federal", "grant, titel: Federal")])
    code, _, err = run("library", "check", "--library", str(library_copy))

    assert code == 2 and "titel" in err and "a stray '{{' stands here" in err


def test_faults_of_a_file_come_in_the_order_of_its_lines(run: Run, library_copy: Path) -> None:
    """Faults are listed as one reads the file, line 9 before line 12, and the last line counts them."""
    damage(library_copy, clause("A Party must answer.", requires="[cost.grants]"))
    lines = run("library", "check", "--library", str(library_copy))[2].splitlines()

    assert [line.split(":")[1] for line in lines[:-1]] == ["9", "12"] and lines[-1] == "2 to mend."
