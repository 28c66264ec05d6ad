"""Wrong input is told in one message (where, what was found, what is allowed, the mend), and nothing is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Told = Callable[..., tuple[int, str]]
Contents = Mapping[str, bytes | dict[str, str] | None]
"""Files by name: bytes, the parts of a zip, or None for a folder."""

BUILD = ("build", "a.yaml", "--as-of", "2026-07-01", "--out", "out")
CHECK = ("check", "a.docx")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "word/document.xml"

# fmt: off
# Each slip: what it is, the words of the first example that it changes, what stands there instead, the whole message.
SLIPS: list[tuple[str, str, str, str]] = [
    ("unknown key", "  number: SRO", "  nmuber: SRO",
     "a.yaml:9:3: nothing here is called 'document.nmuber'. Did you mean 'number'?"),
    ("unknown key like no other", "  number: SRO", "  zebra: SRO",
     "a.yaml:9:3: nothing here is called 'document.zebra'. "
     "Allowed: instrument, title, number, purpose, state, effective_date, prior, replaced, enabling_laws, drivers, "
     "recording, exhibits, joinder."),
    ("words for a number", "minimum_years: 3", "minimum_years: three",
     "a.yaml:89:18: selection.minimum_years must be a whole number; found the words 'three'. "
     "Write it in digits, without quotes, currency signs, commas or leading zeros."),
    ("fraction for a whole number", "minimum_years: 3", "minimum_years: 2.5",
     "a.yaml:89:18: selection.minimum_years must be a whole number; found 2.5. Write it without a fraction."),
    ("currency sign", "258627.89", "$258,627.89",
     "a.yaml:228:20: cost.annual_estimate must be an amount such as 62500.00; found the words '$258,627.89'. "
     "Write it in digits, without quotes, currency signs, commas or leading zeros."),
    ("part of a cent", "258627.89", "258627.895",
     "a.yaml:228:20: cost.annual_estimate is 258627.895: it must have no more than 2 decimal places."),
    ("number for words", "number: SRO-2026-01", "number: 2026",
     "a.yaml:9:11: document.number must be words; found 2026. Put it in quotes if it is meant as words."),
    ("list for words", "approver: shift lieutenant", "approver: [shift lieutenant, captain]",
     "a.yaml:133:13: arrests.approver must be words; found a list of 2. Give one text."),
    ("text for a list", "languages: [English, Spanish]", "languages: English",
     "a.yaml:195:14: reporting.languages must be a list; found the words 'English'. "
     "Start each entry on its own line with '- '."),
    ("text for a group", "  officer_part: none\n  parent_notice_hours: 24\n\narrests", "  none\n\narrests",
     "a.yaml:129:3: searches must be a group of 'name: value' lines; found the words 'none'. "
     "Write {name: value}, or the lines indented below it."),
    ("entry without names", "- {name: Larkmoor County Juvenile Court}", "- Larkmoor County Juvenile Court",
     "a.yaml:52:7: stakeholders.juvenile_justice[0] must be a group of 'name: value' lines; found the words "
     "'Larkmoor County Juvenile Court'. Write {name: value}, or the lines indented below it."),
    ("unknown choice", "absence_cover: best-efforts", "absence_cover: best-effort",
     "a.yaml:79:18: program.absence_cover is 'best-effort'. Did you mean 'best-efforts'? "
     "Allowed: notify, best-efforts, guaranteed, deduct."),
    ("yes for true", "mediation: true", "mediation: yes",
     "a.yaml:252:14: general.mediation must be true or false; found the words 'yes'. "
     "Write true or false, without quotes."),
    ("duplicate key", "minimum_years: 3\n", "minimum_years: 3\n  minimum_years: 4\n",
     "a.yaml:90:3: 'minimum_years' is given twice (first in line 89). Keep one of the two."),
    ("tab indentation", "  minimum_years: 3", "\tminimum_years: 3",
     "a.yaml:89:1: a tab is used to indent. Use two spaces for each level instead."),
    ("indented too far", "  lookback_years: 5", "   lookback_years: 5",
     "a.yaml:90:4: this line is not indented like the others of its group. Indent the lines of one group alike."),
    ("indented too little", "  minimum_years: 3", " minimum_years: 3",
     "a.yaml:89:2: this line is not indented like the others of its group. Indent the lines of one group alike."),
    ("no colon", "  lookback_years: 5", "  lookback_years 5",
     "a.yaml:90:3: this line has no ': ' between a name and its value. Write 'name: value'."),
    ("a sign that YAML keeps for itself", "number: SRO-2026-01", "number: @SRO",
     "a.yaml:9:11: a text cannot begin with '@' here. Put quotes around it."),
    ("list not closed", "languages: [English, Spanish]", "languages: [English, Spanish",
     "a.yaml:195:14: the list that opens here with '[' does not end as it should. "
     "Put a comma between entries and ']' at the end."),
    ("quote not closed", 'with the Patrol Captain."}', "with the Patrol Captain.}",
     "a.yaml:260:89: the quotation mark that opens here is never closed. Close it."),
    ("impossible date", "ends: 2028-07-31", "ends: 2028-02-30",
     "a.yaml:238:9: 2028-02-30 is not a day of the calendar. Write year-month-day, for example 2026-08-01."),
    ("date in words", "ends: 2028-07-31", "ends: July 31, 2028",
     "a.yaml:238:9: term.ends must be a date such as 2026-08-01; found the words 'July 31, 2028'. "
     "Write it as year-month-day, without quotes."),
    ("date with its year for a yearly day", "due: 07-31", "due: 2027-07-31",
     "a.yaml:192:8: reporting.due must be a day of every year such as 08-01; found the date 2027-07-31. "
     "Leave out the year."),
    ("unknown state", "state: WA", "state: WQ",
     "a.yaml:8:10: no state or territory has the code 'WQ'. "
     "Use the two-letter postal code, for example WA for Washington."),
    ("lower-case state", "state: WA", "state: wa", "a.yaml:8:10: document.state is 'wa'. It must look like 'WA'."),
    ("alias", "number: SRO-2026-01", "number: *n",
     "a.yaml:9:11: anchors (&) and aliases (*) are not used here. Write the value out, or quote it."),
    ("YAML tag", "number: SRO-2026-01", "number: !!python/object/apply:os.system ls",
     "a.yaml:9:11: the YAML tag '!!python/object/apply:os.system' is not used here. "
     "Remove it; if '!' is meant, quote the text."),
    ("second document", "\nstakeholders:", "\n---\nstakeholders:",
     "a.yaml:50:1: a second document starts here. Keep one document in a file: remove the '---'."),
    ("control character", "{name: Larkmoor High", "{name: \x07Larkmoor High",
     "a.yaml:67:14: character U+0007 cannot stand in a text file of answers. "
     "Delete it; it is usually left behind by copying from another program."),
    ("control character after accents", "Unified School District", "Unificado de Do\u00f1a Ana, Espa\u00f1ol\x07",
     "a.yaml:14:58: character U+0007 cannot stand in a text file of answers. "
     "Delete it; it is usually left behind by copying from another program."),
    ("line separator", "name: Larkmoor Unified", "name: Larkmoor\u2028Unified",
     "a.yaml:14:27: character U+2028 cannot stand in a text file of answers. "
     "Delete it; it is usually left behind by copying from another program."),
    ("next-line character in quotes", "name: Larkmoor Unified School District", 'name: "Larkmoor\u0085Schools"',
     "a.yaml:14:28: character U+0085 cannot stand in a text file of answers. "
     "Delete it; it is usually left behind by copying from another program."),
    ("newline in a name", "name: Larkmoor Unified School District", r'name: "Larkmoor\nSchools"',
     "a.yaml:14:19: parties.districts[0].legal_name: the text must stand on one line, without tabs."),
    ("name over 300 characters", "name: Larkmoor Unified School District", f"name: {'x' * 301}",
     f"a.yaml:14:19: parties.districts[0].legal_name is {'x' * 57}...: it must have at most 300 characters."),
    ("empty name", "name: Larkmoor Unified School District", 'name: ""',
     "a.yaml:14:19: parties.districts[0].legal_name: the text is empty; write it."),
    ("no value", "name: Larkmoor Unified School District", "name:",
     "a.yaml:14:18: parties.districts[0].legal_name has no value. Write one."),
    ("name left undecided", "name: Larkmoor Unified School District", "name: {undecided: the board chooses}",
     "a.yaml:14:19: parties.districts[0].legal_name cannot be undecided. Write it."),
    ("missing required key", "    - legal_name: Larkmoor Unified School District\n      short", "    - short",
     "a.yaml:14:7: parties.districts[0].legal_name is missing. Add it."),
    ("undecided beside an answer", "approver: shift lieutenant", "approver: {undecided: chief, value: captain}",
     "a.yaml:133:32: arrests.approver.value is not possible here. "
     "An open answer is written {undecided: why} and nothing beside it."),
]

# Word files made to harm are in edited/test_hostile.py.
# Each file that cannot be used: what it is, the files beside a right a.yaml, the command, the whole message.
FILES: list[tuple[str, Contents, tuple[str, ...], str]] = [
    ("empty file", {"a.yaml": b""}, BUILD,
     "a.yaml:1:1: the file is empty. It should start with 'schema: ...'."),
    ("list instead of groups", {"a.yaml": b"- schema: 1\n"}, BUILD,
     "a.yaml:1:1: the file is not a list of 'name: value' lines. It should start with 'schema: ...'."),
    ("not YAML", {"a.yaml": b"Dear counsel,\nplease find the facts: all of them: here.\n"}, BUILD,
     "a.yaml:2:22: a second ': ' stands in one line. Put quotes around a text that contains ': '."),
    ("not UTF-8", {"a.yaml": "schema: 1\ndocument:\n  title: Do\u00f1a\n".encode("latin-1")}, BUILD,
     "a.yaml:3:12: this character is not UTF-8 text. Save the file as UTF-8 (in Notepad: Save as, Encoding UTF-8)."),
    ("missing file", {}, ("build", "aa.yaml", "--out", "out"),
     "aa.yaml: there is no such file. Did you mean 'a.yaml'?"),
    ("folder instead of file", {"a": None}, ("build", "a", "--out", "out"), "a: this is a folder. Give a file."),
    ("Word file for answers", {"a.docx": {DOCUMENT: "<a/>"}}, ("build", "a.docx", "--out", "out"),
     "a.docx: this is a Word file. Give an answers file, or the .record.yaml of an earlier build."),
    ("OpenDocument file", {"a.odt": {"content.xml": "<a/>"}}, ("check", "a.odt"),
     "a.odt: this is an OpenDocument file. Save it as .docx in your word processor."),
    ("old .doc file", {"a.doc": bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 400}, ("check", "a.doc"),
     "a.doc: this is an old .doc file, or a Word file locked with a password. "
     "Open it in Word and save it as .docx without a password."),
    ("Word file from elsewhere", {"a.docx": {DOCUMENT: f"<w:document {WORD}><w:body/></w:document>"}},
     ("explain", "a.docx", "S1.6"),
     "a.docx: the file carries no record of its answers. "
     "It was not built by this tool, or with --no-record; give its .record.yaml with --record."),
    ("Word file without words", {"a.docx": {DOCUMENT: f"<w:document {WORD}><w:body/></w:document>"}}, CHECK,
     "a.docx: it holds no text that can be read; its pages may be pictures of a scan. "
     "Get a copy in which words can be searched and copied."),
    ("record that is none", {"a.docx": {DOCUMENT: f"<w:document {WORD}><w:body/></w:document>"}},
     (*CHECK, "--record", "a.yaml"),
     "a.yaml:3:1: this is not the record of an agreement. Give the .record.yaml that 'mou-builder build' wrote."),
    ("date in words", {}, (*BUILD, "--as-of", "July 1"),
     "--as-of: 'July 1' is not a date. Write it as 2026-08-01."),
    ("folder without a library", {"empty": None}, (*BUILD, "--library", "empty"),
     "empty: this folder holds no clause library (no outline.yaml). Give the folder that holds outline.yaml and us/."),
    ("template that is no Word file", {"b.docx": b"Just words"}, (*BUILD, "--template", "b.docx"),
     "b.docx: it is no Word template. Give a .docx file."),
    ("template that is a zip bomb", {"b.docx": {DOCUMENT: " " * 9_000_000}}, (*BUILD, "--template", "b.docx"),
     "b.docx: it unpacks to far more than its size (a so-called zip bomb). It was not opened."),
    ("file for the results' folder", {"out": b"Just words"}, BUILD,
     "out: a file of this name is in the way. Give another --out folder."),
    ("folder in a result's place", {"out/a.docx": None}, BUILD,
     "out/a.docx: a folder of this name is in the way. Move it away, or give another --out."),
    ("result of another's making", {"out/a.docx": b"Just words"}, BUILD,
     "out/a.docx: the file was changed since it was built, or was not built here. "
     "Nothing was written. Move it away, give another --out, or use --force."),
]

PROBE = "us/general/severability"
CLAUSE = """id: us/general/severability
slot: general.severability
version: 1
change: edition
effective: 2026-07-01
reviewed: 2026-07-01
when: {}
heading: Severability and No Waiver
text: |
  If a court holds a part of this Agreement invalid, the rest stays in force.
notes: A note.
"""
NARROWER = "Give one of them a narrower `when`."
NAMELESS = "names 'governance.moniter', which no answer is called. Did you mean 'governance.monitor'?"

# Each fault of a library: what it is, the files that bring it in, the check's whole message, the build's if it differs.
LIBRARIES: list[tuple[str, dict[str, str], str, str | None]] = [
    ("text that names no answer", {f"{PROBE}.yaml": CLAUSE.replace("a court", "the {{ governance.moniter }}")},
     f"{PROBE}.yaml:10:13: the text {NAMELESS}", None),
    ("condition on no answer", {f"{PROBE}.yaml": CLAUSE.replace("when: {}", "when: {governance.moniter: true}")},
     f"{PROBE}.yaml:7:28: when {NAMELESS}", None),
    ("two clauses for one slot", {f"{PROBE}.again.yaml": CLAUSE.replace("severability\n", "severability.again\n", 1)},
     f"{PROBE}.yaml:8:7: {PROBE}.again.yaml and {PROBE}.yaml both fit (every answer). {NARROWER}",
     None),
    ("edited published text", {f"{PROBE}.yaml": CLAUSE, "published.lock": f"{PROBE}@1 {'0' * 64}\n"},
     f"{PROBE}.yaml:9:7: {PROBE}@1 was published and its words have been changed since. "
     f"Restore them; to change them, run: mou-builder library revise {PROBE}", None),
]
# fmt: on


@pytest.fixture
def first_text() -> str:
    """Answers that stay as they are while the examples grow, so that the lines in the messages hold."""
    return (Path(__file__).parent / "data" / "answers.yaml").read_text(encoding="utf-8")


@pytest.fixture
def told(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """Run a command in an empty folder; return its exit code and its messages."""
    monkeypatch.chdir(tmp_path)

    def telling(*words: str) -> tuple[int, str]:
        code, _, messages = run(*words)
        return code, messages

    return telling


def put(folder: Path, contents: Contents) -> dict[str, bytes]:
    """Write files into the folder and return all that it then holds."""
    for name, content in contents.items():
        path = folder / name
        (path if content is None else path.parent).mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content is not None:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for part, text in content.items():
                    archive.writestr(part, text)
    return held(folder)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): b"" if path.is_dir() else path.read_bytes() for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize(("old", "new", "message"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS])
def test_a_slip_in_the_answers_is_told_once(
    old: str, new: str, message: str, told: Told, first_text: str, tmp_path: Path
) -> None:
    """One slip gives one message with file, line and column; the build stops with exit 2 and writes nothing."""
    assert first_text.count(old) == 1
    before = put(tmp_path, {"a.yaml": first_text.replace(old, new).encode()})

    assert told(*BUILD) == (2, f"{message}\n")
    assert held(tmp_path) == before


@pytest.mark.parametrize(("contents", "command", "message"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_that_cannot_be_used_is_told_once(
    contents: Contents, command: tuple[str, ...], message: str, told: Told, first_text: str, tmp_path: Path
) -> None:
    """A file or option of the wrong kind is named with the reason and the mend; exit 2, nothing written or lost."""
    before = put(tmp_path, {"a.yaml": first_text.encode(), **contents})

    assert told(*command) == (2, f"{message}\n")
    assert held(tmp_path) == before


def test_force_gives_up_what_was_changed_in_a_result(told: Told, first_text: str, tmp_path: Path) -> None:
    """Counsel's edits in a built file survive the next build; only --force overwrites them."""
    put(tmp_path, {"a.yaml": first_text.encode(), "out/a.docx": b"edited by counsel"})

    assert told(*BUILD, "--force") == (0, "")
    assert (tmp_path / "out" / "a.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("edits", "checked", "refused"),
    [pytest.param(*row[1:], id=row[0], marks=pytest.mark.wide if place else []) for place, row in enumerate(LIBRARIES)],
)
def test_a_fault_of_the_library_is_told_by_the_check_and_stops_the_build(
    edits: dict[str, str],
    checked: str,
    refused: str | None,
    told: Told,
    first_text: str,
    library_copy: Path,
    tmp_path: Path,
) -> None:
    """An attorney's slip in a clause is found by the check (exit 1) and never ends up in an agreement (exit 2)."""
    put(library_copy, {name: text.encode() for name, text in edits.items()})
    put(tmp_path, {"a.yaml": first_text.encode()})

    assert told("library", "check", "--library", str(library_copy)) == (1, f"{checked}\n1 to mend.\n")
    assert told(*BUILD, "--library", str(library_copy)) == (2, f"{refused or checked}\n")
    assert not (tmp_path / "out").exists()
