"""Every slip that an attorney's edit could bring into the library is found, at its place, with its mend."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mou_builder.cli import main

PROBE = "us/general/severability.yaml"
"""The clause that most tests write anew: it meets no requirement, defines no term and is chosen in every agreement."""

RUBRIC = "rubrics/secure-local-2016.yaml"
Edit = tuple[str, str | None, str | None]
"""A file, the one place in it that is replaced (None: the whole file), and what takes its place (None: nothing is left)."""


def clause(text: str = "A Party is kind.", **fields: str) -> list[Edit]:
    """Write the probe clause with this text, and with these fields in the place of its own."""
    written = {
        "id": "us/general/severability", "slot": "general.severability", "version": "1", "change": "edition",
        "effective": "2026-07-01", "reviewed": "2026-07-01", "satisfies": "[]", "when": "{}", "requires": "[]",
        "conflicts": "[]", "heading": "Severability and No Waiver",
    } | fields
    body = text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
    lines = [f"{key}: {value}" for key, value in written.items()] + [f"text: |\n  {body}", "notes: |\n  A note.\n  Another."]
    return [(PROBE, None, "\n".join(lines) + "\n")]


@dataclass(frozen=True)
class Seeded:
    """One fault: how it comes in, where it is found (a file, and the words at the spot, ``^`` before it), what is said."""

    edits: list[Edit]
    place: tuple[str, str] | str
    says: tuple[str, ...]
    alone: bool = True
    """Whether nothing else may be reported: a slip should not be drowned by what follows from it."""


def damage(root: Path, edits: list[Edit]) -> None:
    for name, old, new in edits:
        file = root / name
        if new is None and old is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        if old is None:
            file.write_text(new or "", encoding="utf-8")
            continue
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new or ""), encoding="utf-8")


def expected_place(root: Path, place: tuple[str, str] | str) -> str:
    """Return ``file:line:column`` of the one spot in the damaged file that `place` shows."""
    if isinstance(place, str):
        return place
    name, shown = place
    before, mark, after = shown.partition("^")
    needle = before + after if mark else shown
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(needle) == 1, f"{name} holds {needle!r} {text.count(needle)} times"
    head = text[: text.index(needle) + (len(before) if mark else 0)]
    return f"{name}:{head.count(chr(10)) + 1}:{len(head) - head.rfind(chr(10))}"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process; return its exit code, results and messages."""

    def made(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mou-builder", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return made


def check_found(run: Callable[..., tuple[int, str, str]], root: Path, seeded: Seeded, code: int) -> None:
    """Check that `library check` ends with `code` and reports the seeded fault at its place, and alone if it should be."""
    place = expected_place(root, seeded.place)
    found, out, err = run("library", "check", "--library", root)
    said = [line for line in err.splitlines() if not line.endswith(" to mend.")]

    assert (found, out) == (code, ""), err
    hits = [line for line in said if all(word in line for word in seeded.says)]
    assert hits, f"nothing says {seeded.says}:\n{err}"
    assert [line for line in hits if line.startswith(f"{place}: ")], f"expected at {place}:\n{err}"
    if seeded.alone:
        assert len(said) == 1, err


def test_probe_clause_without_a_fault_is_sound(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """What the tests below find is the seeded fault, not the clause that carries it."""
    damage(library_copy, clause("**Gadget** means a thing under [[general.law]].\nA Gadget costs {{ cost.covers | list }}.",
                                when="{cost.model: [percentage, actual-cost-with-cap]}", requires="[cost.invoices]"))
    damage(library_copy, [("outline.yaml", "{id: severability, title: Severability and waiver}",
                           "{id: severability, title: Severability and waiver, optional: true}")])
    # Another clause refers to the probe's section, which is optional here.
    code, _, err = run("library", "check", "--library", library_copy)

    assert [line for line in err.splitlines() if line.startswith(PROBE)] == [] and code == 1
    damage(library_copy, clause())
    code, out, err = run("library", "check", "--library", library_copy)
    assert (code, err) == (0, "") or "is optional" in err
    assert "Sound: " in out or "is optional" in err


ROW = """  - id: {id}
    step: {step}
    asks: "Something more."
    kind: provision
    force: guidance
    level: required
    phase: start
    phase_basis: tool
    evidence: seed
    sources: [{source}]
    seen: 2026-11-21
"""


def row(id: str = "S1.1", *, step: int = 1, source: str = "barley", kind: str = "practice", more: str = "") -> list[Edit]:
    """Put one more requirement before the first."""
    text = ROW.format(id=id, step=step, source=source).replace("kind: provision", f"kind: {kind}") + more
    return [(RUBRIC, "requirements:\n  - id: S1.1\n", f"requirements:\n{text}  - id: S1.1\n")]


def washington(id: str = "us-wa", *, state: str = "WA", satisfies: str = "[S1.6, SX.4, ED.6, DJ.2]", parent: str = "us") -> list[Edit]:
    """Add a state's folder with a clause of its own."""
    about = f"id: {id}\nname: Washington\nparent: {parent}\nstate: {state}\n"
    written = clause("An officer has no role in School Discipline.", id=f"{id}/roles/discipline", slot="roles.discipline",
                     satisfies=satisfies)[0][2]
    return [(f"{id}/jurisdiction.yaml", None, about), (f"{id}/roles/discipline.yaml", None, written)]


TEXT = (PROBE, "text: ^|")

SENSE: dict[str, Seeded] = {
    # What a clause names.
    "requirement unknown": Seeded(clause(satisfies="[S1.66]"), (PROBE, "S1.66"), ("which no rubric has", "Did you mean 'S1.6'?")),
    "slot unknown": Seeded(clause(slot="general.severabilty"), (PROBE, "general.severabilty"),
                           ("the outline has no slot 'general.severabilty'", "'general.severability'"), alone=False),
    "slot of another file": Seeded(clause(slot="general.relationship"), (PROBE, "slot: ^general"),
                                   ("stands for another slot",), alone=False),
    "required slot without a clause": Seeded([("us/general/law.yaml", None, None)], ("outline.yaml", "^law, title:"),
                                             ("no clause fills the required slot general.law",), alone=False),
    "slot twice in the outline": Seeded([("outline.yaml", "- {id: law, title: Law and order of precedence}",
                                          "- {id: law, title: Law}\n      - {id: law, title: Law and order}")],
                                        ("outline.yaml", "{id: ^law, title: Law and"), ("general.law stands twice",)),
    "requires an unknown slot": Seeded(clause(requires="[cost.grants]"), (PROBE, "cost.grants"),
                                       ("requires names the slot 'cost.grants'", "Did you mean 'cost.grant'?")),
    "conflicts with an unknown slot": Seeded(clause(conflicts="[cost.grants]"), (PROBE, "cost.grants"),
                                             ("conflicts names the slot 'cost.grants'", "Did you mean 'cost.grant'?")),
    # Conditions.
    "condition on an unknown answer": Seeded(clause(when="{cost.modle: none}"), (PROBE, "cost.modle: ^none"),
                                             ("when names 'cost.modle'", "Did you mean 'cost.model'?")),
    "condition on an impossible answer": Seeded(
        [("us/cost/share.none.yaml", "when: {cost.model: none}", "when: {cost.model: non}")],
        ("us/cost/share.none.yaml", "cost.model: ^non"), ("cost.model is never 'non'", "'none'"), alone=False),
    "condition of an unknown kind": Seeded(clause(when="{training.refresher_months: {least: 2}}"),
                                           (PROBE, "refresher_months: ^{"), ("a condition cannot be",), alone=False),
    "condition that asks whether something is present with a word": Seeded(
        clause(when="{crisis.co_responder: {present: yes}}"), (PROBE, "co_responder: ^{"), ("yes",), alone=False),
    "condition with a limit that is no number": Seeded(
        clause(when="{training.refresher_months: {min: two}}"), (PROBE, "refresher_months: ^{"), ("two",), alone=False),
    "condition with a limit on an answer that has no amount": Seeded(
        [("us/cost/grant.yaml", "when: {cost.federal_grant: true}", "when: {cost.federal_grant: true, cost.model: {min: 1}}")],
        ("us/cost/grant.yaml", "cost.model: ^{"), ("cost.model",), alone=False),
    "condition on something inside a list": Seeded(clause(when="{parties.districts.short_name: Larkmoor}"),
                                                   (PROBE, "short_name: ^Larkmoor"), ("inside a list",), alone=False),
    "two clauses for the same answers": Seeded(
        [("us/general/signing.wet.yaml", None, "id: us/general/signing.wet\nslot: general.signing\nversion: 1\nchange: edition\n"
          "effective: 2026-07-01\nreviewed: 2026-07-01\nwhen: {general.electronic_signatures: false}\n"
          "heading: Signing\ntext: |\n  A Party signs.\nnotes: |\n  A note.\n")],
        ("us/general/signing.wet.yaml", "when: ^{"),
        ("us/general/signing.ink.yaml", "us/general/signing.wet.yaml", "both fit", "narrower `when`")),
    "alternate missing": Seeded([("us/general/signing.ink.yaml", None, None)], ("us/general/signing.electronic.yaml", "when: ^{"),
                                ("no clause fills general.signing for general.electronic_signatures: false",)),
    # Values.
    "value of an unknown answer": Seeded(clause("The term ends on {{ term.endz | date }}."), (PROBE, "term.endz"),
                                         ("the text names 'term.endz'", "Did you mean 'term.ends'?")),
    "value of an unknown answer whose name begins another's": Seeded(
        clause("A Party lists {{ discipline.programs | list }}.\nIt adds {{ discipline.program | list }}."),
        (PROBE, "discipline.program |"), ("the text names 'discipline.program'", "Did you mean 'discipline.programs'?")),
    "value of an unknown answer in a text indented by four": Seeded(
        [(PROBE, None, (clause("The term ends on {{ term.endz | date }}.")[0][2] or "").replace("  The term", "    The term"))],
        (PROBE, "term.endz"), ("the text names 'term.endz'",)),
    "filter for another kind of answer": Seeded(clause("The term ends on {{ term.ends | money }}."), (PROBE, "term.ends"),
                                                ("the filter 'money' does not fit term.ends",)),
    "date without a filter": Seeded(clause("The term ends on {{ term.ends }}."), (PROBE, "term.ends"),
                                    ("cannot be printed without a filter",)),
    "list without a filter in a sentence": Seeded(clause("The languages are {{ reporting.languages }}."),
                                                  (PROBE, "reporting.languages"), ("cannot be printed without a filter",)),
    "value that may be absent": Seeded(clause("A Party calls {{ crisis.co_responder }}."), (PROBE, "crisis.co_responder"),
                                       ("crisis.co_responder may be absent", "Add to when: crisis.co_responder: {present: true}")),
    "value inside a list": Seeded(clause("A Party is {{ parties.districts.short_name }}."), (PROBE, "parties.districts.short_name"),
                                  ("lies inside a list",)),
    "value that is asked only sometimes": Seeded(
        clause("A Party waits {{ interviews.wait_minutes | plural \"minute\" }}."), (PROBE, "interviews.wait_minutes"),
        ("is asked only where interviews.parent_rule is opportunity", "Add to when: interviews.parent_rule: opportunity")),
    "value that hangs on a yes or no": Seeded(
        clause("The grant is {{ cost.grant_name }}."), (PROBE, "cost.grant_name"), ("Add to when: cost.federal_grant: true",)),
    # References.
    "reference to an unknown slot": Seeded(clause("A Party obeys [[general.notice]]."), (PROBE, "[[general.notice]]"),
                                           ("[[general.notice]] is no slot", "Did you mean 'general.notices'?")),
    "reference to an optional slot": Seeded(clause("A Party obeys [[cost.grant]]."), (PROBE, "[[cost.grant]]"),
                                            ("[[cost.grant]] is optional and may be missing",)),
    "reference to a recital": Seeded(clause("A Party obeys [[recitals.voice]]."), (PROBE, "[[recitals.voice]]"),
                                     ("is a recital, which has no section number",)),
    "reference to a schedule that is not always there": Seeded(clause("A Party reads [[schedules.cost]]."),
                                                               (PROBE, "[[schedules.cost]]"), ("not attached to every agreement",)),
    # Versions.
    "past text without a newer one": Seeded(
        [("us/general/past/severability.v1.yaml", None, clause()[0][2])], ("us/general/past/severability.v1.yaml", "version: ^1"),
        ("us/general/severability@1 lies in past/, but no newer text",)),
    "second version without the first": Seeded(clause(version="2"), (PROBE, "version: ^2"),
                                               ("version 2 is on the shelf, but version 1 is not in past/",)),
    # Jurisdictions.
    "state's clause that meets less": Seeded(washington(satisfies="[S1.6, SX.4]"), ("us-wa/roles/discipline.yaml", "satisfies: ^["),
                                             ("replaces us/roles/discipline@1", "no longer satisfies DJ.2, ED.6")),
    "parent that is no folder": Seeded(washington(parent="usa"), ("us-wa/jurisdiction.yaml", "parent: ^usa"),
                                       ("its parent 'usa' is no folder",)),
    "state that does not exist": Seeded(washington(state="WX"), ("us-wa/jurisdiction.yaml", "state: ^WX"), ("'WX'",)),
    "two folders for one state": Seeded([*washington(), *washington("us-ww")], ("us-ww/jurisdiction.yaml", "state: ^WA"),
                                        ("us-wa", "WA")),
    # Defined terms and house style.
    "term defined twice": Seeded(clause("**Program** means a thing."), TEXT, ("'Program' is defined in us/framework/definitions.yaml too",)),
    "term defined and never used": Seeded(clause("**Gadget** means a thing."), TEXT, ("'Gadget' is defined but no clause uses it",)),
    "capitalized word that nothing defines": Seeded(clause("A Party keeps the Gizmo."), TEXT, ("'Gizmo' is capitalized",)),
    "the word must": Seeded(clause("A Party must answer."), TEXT, ("uses 'must'", "Use shall for a duty")),
    "the word should": Seeded(clause("A Party should answer."), TEXT, ("uses 'should'",)),
    "the word hereby": Seeded(clause("A Party hereby agrees."), TEXT, ("uses 'hereby'",)),
    "the word herein": Seeded(clause("A Party obeys the duties herein."), TEXT, ("uses 'herein'",)),
    "and/or": Seeded(clause("A Party writes and/or calls."), TEXT, ("uses 'and/or'",)),
    "doubled word": Seeded(clause("A Party answers the the call."), TEXT, ("a word is doubled: 'the the'",)),
    "doubled word at the start": Seeded(clause("The the call is answered."), TEXT, ("a word is doubled: 'The the'",)),
    "doubled word over two lines": Seeded(clause("A Party answers the\nthe call."), TEXT, ("a word is doubled: 'the the'",)),
    "straight apostrophe": Seeded(clause("A Party keeps a Student's file."), TEXT, ("straight quotation mark",)),
    "straight quotation marks": Seeded(clause("A Party says \"yes\" to it."), TEXT, ("straight quotation mark",)),
    "typed section number": Seeded(clause("A Party obeys Section 4.1 of this Agreement."), TEXT, ("a section number is typed",), alone=False),
    "typed article number": Seeded(clause("A Party obeys Article 4 of this Agreement."), TEXT, ("a section number is typed",), alone=False),
    "two lists": Seeded(clause("A Party does:\n- this; and\n- that.\n\nIt leaves:\n- one; and\n- two."), TEXT,
                        ("more than one list",)),
    "paragraph without a period": Seeded(clause("A Party is kind.\n\nIt answers"), TEXT, ("does not end with a period",)),
    "last item without a period": Seeded(clause("A Party does:\n- this; and\n- that"), TEXT, ("does not end with a period",)),
    # Rubrics and outline.
    "requirement listed twice": Seeded(row("S1.7"), (RUBRIC, "- id: ^S1.7\n    step: 1\n    asks: \"The"), ("the requirement S1.7",)),
    "requirement's source unknown": Seeded(row("S1.99", source="barly"), (RUBRIC, "[^barly]"),
                                           ("S1.99 names the source 'barly'", "Did you mean 'barley'?")),
    "requirement's step unknown": Seeded(row("S1.99", step=9), (RUBRIC, "step: ^9"), ("S1.99 stands in step 9",)),
    "requirement known by recollection only": Seeded(
        [(RUBRIC, "  - id: S1.1\n", ROW.format(id="U1.1", step=1, source="barley").replace("evidence: seed", "evidence: recollection")
          .replace("kind: provision", "kind: practice") + "  - id: S1.1\n")],
        (RUBRIC, "evidence: ^recollection"), ("U1.1 rests on recollection only",)),
    "provision that no clause meets": Seeded(row("S1.99", kind="provision"), (RUBRIC, "id: ^S1.99"),
                                             ("no clause satisfies the provision S1.99",)),
    "requirement for some without a reason for the others": Seeded(
        row("S1.99", more="    applies: {cost.federal_grant: true}\n"), (RUBRIC, "applies: ^{cost"),
        ("S1.99 applies only to some agreements",)),
    "requirement that applies by an unknown answer": Seeded(
        row("S1.99", more="    applies: {cost.federal_grnt: true}\n    not_applicable: No grant.\n"),
        (RUBRIC, "federal_grnt: ^true"), ("'cost.federal_grnt'", "Did you mean 'cost.federal_grant'?")),
    "schedule attached by an unknown answer": Seeded(
        [("outline.yaml", "when: {cost.model: [percentage,", "when: {cost.modle: [percentage,")],
        ("outline.yaml", "cost.modle: ^[percentage"), ("'cost.modle'", "Did you mean 'cost.model'?"), False),
}


@pytest.mark.parametrize("name", SENSE)
def test_fault_of_sense_is_found_at_its_place(run: Callable[..., tuple[int, str, str]], library_copy: Path, name: str) -> None:
    """A file that reads well but says something impossible is a finding: exit 1, file, line, column and mend."""
    damage(library_copy, SENSE[name].edits)

    check_found(run, library_copy, SENSE[name], 1)


FORM: dict[str, Seeded] = {
    # Markup: the column is that of the slip itself.
    "stray braces": Seeded(clause("A Party is {{ kind."), (PROBE, "{{ kind"), ("a stray '{{' stands here", "closed on its own line")),
    "stray closing braces": Seeded(clause("A Party is kind }}."), (PROBE, "}}."), ("a stray '}}' stands here",)),
    "stray brackets": Seeded(clause("A Party obeys [[general.law."), (PROBE, "[[general"), ("a stray '[[' stands here",)),
    "reference over two lines": Seeded(clause("A Party obeys [[general.\nlaw]]."), (PROBE, "[[general"), ("a stray '[['",)),
    "unclosed term": Seeded(clause("A **Gadget is a thing."), (PROBE, "**Gadget"), ("a stray '**' stands here",)),
    "second slip in a line after markup": Seeded(clause("A **Gadget** obeys [[general.law]] and {{ kind."), (PROBE, "{{ kind"),
                                                 ("a stray '{{'",)),
    "template statement": Seeded(clause("A Party is {% if kind %} kind."), (PROBE, "{% if"), ("a stray '{%' stands here",)),
    "expression in a value": Seeded(clause("The term ends on {{ term.ends + 1 }}."), (PROBE, "{{ term"), ("is no value",)),
    "reference that is no slot": Seeded(clause("A Party obeys [[Section 4]]."), (PROBE, "[[Section"), ("[[Section 4]] is no slot",)),
    "unknown filter": Seeded(clause("The term ends on {{ term.ends | dates }}."), (PROBE, "{{ term"),
                             ("there is no filter 'dates'", "Did you mean 'date'?")),
    "plural without a noun": Seeded(clause("A Party waits {{ term.exit_days | plural }}."), (PROBE, "{{ term"),
                                    ("Only plural takes a noun",)),
    "item indented by three": Seeded(clause("A Party does:\n- this; and\n   - that."), (PROBE, "^- that."),
                                     ("indented by 3 spaces",)),
    "item below no item": Seeded(clause("A Party does:\n  - that."), (PROBE, "^- that."), ("indented by 2 spaces",)),
    "paragraph close upon an item": Seeded(clause("A Party does:\n- that.\nIt rests."), (PROBE, "It rests"),
                                           ("neither starts nor continues", "Leave a blank line")),
    "slip in a text indented by four": Seeded(
        [(PROBE, None, (clause("A Party is {{ kind.")[0][2] or "").replace("  A Party", "    A Party"))], (PROBE, "{{ kind"), ("a stray '{{'",)),
    "slip after a blank line": Seeded(clause("A Party is kind.\n\nA Party is [[ bold."), (PROBE, "[[ bold"), ("a stray '[['",)),
    "text of spaces": Seeded([(PROBE, None, (clause()[0][2] or "").replace("|\n  A Party is kind.", "' '"))], (PROBE, "text: ^' '"),
                             ("the text is empty",)),
    # YAML.
    "key given twice": Seeded([(PROBE, None, (clause()[0][2] or "") + "heading: Again\n")], (PROBE, "heading: Again"),
                              ("'heading' is given twice (first in line 11)", "Keep one")),
    "unknown key": Seeded([(PROBE, None, (clause()[0][2] or "") + "headin: Again\n")], (PROBE, "headin: "),
                          ("nothing here is called 'headin'", "Did you mean 'heading'?")),
    "key missing": Seeded([(PROBE, None, (clause()[0][2] or "").replace("change: edition\n", ""))], (PROBE, "^id: us"),
                          ("change is missing",)),
    "tab for indentation": Seeded([(PROBE, None, (clause()[0][2] or "").replace("when: {}", "when:\n\tcost.model: none"))],
                                  f"{PROBE}:9:1", ("a tab is used to indent", "two spaces")),
    "unclosed bracket": Seeded(clause(satisfies="[S1.6"), f"{PROBE}:8:5", ("this is not YAML", "brackets")),
    "second colon in a line": Seeded(clause(heading="Severability: No Waiver"), (PROBE, "Severability^: No"),
                                     ("a second ': ' stands in one line", "Put quotes")),
    "anchor": Seeded(clause(heading="&one Severability"), (PROBE, "&one"), ("anchors (&) and aliases (*) are not used",)),
    "day that no calendar has": Seeded(clause(effective="2026-02-30"), (PROBE, "2026-02-30"), ("is not a day of the calendar",)),
    "date in another form": Seeded(clause(effective="07/01/2026"), (PROBE, "07/01/2026"), ("effective must be a date",)),
    "version that is no number": Seeded(clause(version="one"), (PROBE, "version: ^one"), ("version must be a whole number",)),
    "kind of change unknown": Seeded(clause(change="edit"), (PROBE, "change: ^edit"), ("change is 'edit'", "Did you mean 'edition'?")),
    "yes in place of true": Seeded([("outline.yaml", "{id: grant, title: Federal grant, optional: true}",
                                     "{id: grant, title: Federal grant, optional: yes}")], ("outline.yaml", "optional: ^yes"),
                                   ("must be true or false",)),
    # Paths and folders: the path is the citation.
    "id that is not the path": Seeded(clause(id="us/general/severabilty"), (PROBE, "us/general/severabilty"),
                                      ("the id 'us/general/severabilty' is not the file's path 'us/general/severability'",)),
    "past file named for another version": Seeded(
        [("us/general/past/severability.v2.yaml", None, clause()[0][2])], ("us/general/past/severability.v2.yaml", "id: ^us/general"),
        ("is not the file's path",)),
    "state's folder without jurisdiction.yaml": Seeded(washington()[1:], "us-wa", ("the folder has no jurisdiction.yaml",)),
    "file that ends in .yml": Seeded([("us/cost/grant.state.yml", None, clause()[0][2])], "us/cost/grant.state.yml", (".yaml",)),
    "folder that no jurisdiction can have": Seeded(washington("wa"), "wa", ("folder",)),
    # The lock.
    "lock line malformed": Seeded([("published.lock", None, "# comment\nus/roles/discipline@1 abc\n")], "published.lock:2:1",
                                  ("this is not a lock line", "id@version sha256")),
    "text locked twice": Seeded([("published.lock", None, f"us/roles/discipline@1 {'0' * 64}\n" * 2)], "published.lock:2:1",
                                ("us/roles/discipline@1 is locked twice",)),
    "outline missing an entry's title": Seeded([("outline.yaml", "{id: grant, title: Federal grant, optional: true}",
                                                 "{id: grant, optional: true}")], ("outline.yaml", "{id: grant, optional"),
                                               ("title is missing",)),
    "rubric's evidence of an unknown kind": Seeded(
        [(RUBRIC, "requirements:\n  - id: S1.1\n", "requirements:\n" + ROW.format(id="S1.99", step=1, source="barley")
          .replace("evidence: seed", "evidence: seeds") + "  - id: S1.1\n")], (RUBRIC, "evidence: ^seeds"), ("Did you mean 'seed'?",)),
}


@pytest.mark.parametrize("name", FORM)
def test_fault_of_form_is_refused_at_its_place(run: Callable[..., tuple[int, str, str]], library_copy: Path, name: str) -> None:
    """A file that cannot be read as a library file is refused: exit 2, file, line, column and mend."""
    damage(library_copy, FORM[name].edits)

    check_found(run, library_copy, FORM[name], 2)


def test_build_refuses_a_fault_of_form_too(run: Callable[..., tuple[int, str, str]], library_copy: Path, tmp_path: Path) -> None:
    """A library that cannot be read builds nothing: the same message, exit 2, and no file."""
    damage(library_copy, clause("A Party is {{ kind."))
    example = Path(__file__).resolve().parents[2] / "examples" / "first_mou.yaml"
    code, _, err = run("build", example, "--library", library_copy, "--out", tmp_path / "out", "--as-of", "2026-07-01")

    assert code == 2 and "a stray '{{' stands here" in err
    assert not (tmp_path / "out").exists()


PUBLISHED: dict[str, Seeded] = {
    "published words changed": Seeded([(PROBE, "A delay in using a right is not a waiver of it.", "A delay is a waiver.")], TEXT,
                                      ("us/general/severability@1 was published and its words have been changed", "library revise")),
    "published heading changed": Seeded([(PROBE, "heading: Severability and No Waiver", "heading: Severability")], TEXT,
                                        ("us/general/severability@1 was published",)),
    "published condition changed": Seeded([("us/evaluation/recognition.yaml", "when: {evaluation.recognition: {present: true}}",
                                            "when: {evaluation.recognition: {present: true}, document.purpose: first}")],
                                          ("us/evaluation/recognition.yaml", "text: ^|"), ("us/evaluation/recognition@1 was published",)),
    "published text gone": Seeded([("us/evaluation/recognition.yaml", None, None)], ("published.lock", "us/evaluation/recognition@1"),
                                  ("us/evaluation/recognition@1 was published, but its text is gone", "Restore")),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_change_of_published_text_is_found(run: Callable[..., tuple[int, str, str]], library_copy: Path, name: str) -> None:
    """Published words never change: agreements that were built with them must stay readable."""
    assert run("library", "publish", "--library", library_copy)[0] == 0
    damage(library_copy, PUBLISHED[name].edits)

    check_found(run, library_copy, PUBLISHED[name], 1)


def test_layout_and_notes_of_published_text_may_change(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """Only words are locked: a note may be added and a line broken elsewhere."""
    assert run("library", "publish", "--library", library_copy)[0] == 0
    damage(library_copy, [(PROBE, "  A delay in using a right is not a waiver of it.", "  A delay in using a right\n  is not a waiver of it."),
                          (PROBE, "notes: |\n", "notes: |\n  One more note.\n")])
    code, out, err = run("library", "check", "--library", library_copy)

    assert (code, err) == (0, "") and "0 texts are drafts" in out


def test_every_fault_of_form_is_reported_at_once(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """A slip in the outline does not hide one in a clause: nobody should mend a library one run at a time."""
    damage(library_copy, [*clause("A Party is {{ kind."), ("us/general/law.yaml", "heading: ", "headin: "),
                          ("outline.yaml", "{id: grant, title: Federal grant,", "{id: grant, titel: Federal grant,")])
    code, _, err = run("library", "check", "--library", library_copy)

    assert code == 2
    assert "a stray '{{' stands here" in err
    assert "nothing here is called 'headin'" in err
    assert "'titel'" in err


def test_faults_of_a_file_come_in_the_order_of_its_lines(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """Faults are listed as one reads the file, line 9 before line 12."""
    damage(library_copy, clause("A Party must answer.", requires="[cost.grants]"))
    _, _, err = run("library", "check", "--library", library_copy)

    assert [line.split(":")[1] for line in err.splitlines() if line.startswith(PROBE)] == ["9", "12"]


def test_number_of_faults_is_said_last(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """The last line says how many there are to mend."""
    damage(library_copy, clause("A Party must answer.", requires="[cost.grants]"))

    assert run("library", "check", "--library", library_copy)[2].splitlines()[-1] == "2 to mend."


def test_folder_that_is_no_library_is_refused(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """A wrong folder is said to be one; it is never an empty library."""
    code, _, err = run("library", "check", "--library", tmp_path)

    assert code == 2 and "holds no clause library (no outline.yaml)" in err


def test_file_that_is_not_utf8_is_refused(run: Callable[..., tuple[int, str, str]], library_copy: Path) -> None:
    """A file saved in an old encoding is named, and the mend with it."""
    (library_copy / PROBE).write_bytes((clause()[0][2] or "").replace("A note", "A caf\xe9").encode("latin-1"))
    code, _, err = run("library", "check", "--library", library_copy)

    assert code == 2 and f"{PROBE}: the file is not UTF-8 text. Save it as UTF-8." in err
