"""What an answers file may say, what is taken where it says nothing, and what it may not say at once."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mou_builder.build import Built
from mou_builder.cli.files import read_agreement
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.library.markup import Value
from mou_builder.library.questions import COMPUTED
from mou_builder.marked import read_marked
from mou_builder.model import Agreement, Undecided, read_answers
from mou_builder.model.complaints import Complaints, in_complaints
from mou_builder.model.parts import Part
from mou_builder.model.walk import model_paths
from mou_builder.shape import shapes_in

ROOT = Path(__file__).resolve().parent.parent
MINIMAL = """schema: 1
document: {purpose: first, state: WA}
parties:
  districts: [{legal_name: Larkmoor Unified School District, short_name: Larkmoor Schools, kind: district}]
  agencies: [{legal_name: City of Larkmoor, short_name: Larkmoor Police, kind: police}]
"""
ATTEST = "attestations:\n"

# fmt: off
# Each contradiction: what it is, the words of the answers that it changes, what stands there, the whole message.
CONTRADICTIONS: list[tuple[str, str, str, str]] = [
    ("percentages not 100", "Larkmoor Police, percent: 50", "Larkmoor Police, percent: 40",
     "a.yaml:230:5: the percentages come to 90, not 100 (50 + 40). Change one of them."),
    ("unknown party in shares", "{party: Larkmoor Schools, percent", "{party: Larkmor Schools, percent",
     "a.yaml:230:15: no party is called 'Larkmor Schools'. Did you mean 'Larkmoor Schools'? "
     "Listed: Larkmoor Schools, Larkmoor Police."),
    ("one party's share twice", "{party: Larkmoor Police, percent", "{party: Larkmoor Schools, percent",
     "a.yaml:231:15: the party 'Larkmoor Schools' is listed twice. Give it one entry."),
    ("unknown school in an assignment", "{site: Larkmoor High School}", "{site: Larkmoor Hihg School}",
     "a.yaml:72:18: no school is called 'Larkmoor Hihg School'. Did you mean 'Larkmoor High School'? "
     "Listed: Larkmoor High School, Tidewater Middle School, Quarry Hill Middle School."),
    ("shares over one officer", "{site: Tidewater Middle School, share: 0.5}",
     "{site: Tidewater Middle School, share: 0.6}",
     "a.yaml:74:9: this officer's shares of working time come to 1.1, more than one full-time officer. "
     "Lower the shares so that they come to 1 or less."),
    ("duplicate short name", "\nstakeholders:", "  municipalities: [{legal_name: Lark County, short_name: larkmoor police}]"
     "\nstakeholders:",
     "a.yaml:49:58: the short name 'larkmoor police' is already used for City of Larkmoor. "
     "Give each party a short name of its own."),
    ("nobody signs", "{name: Dana Whitcomb, title: Superintendent of Schools}\n",
     "{name: Dana Whitcomb, title: Superintendent of Schools, capacity: attest}\n",
     "a.yaml:27:9: nobody signs for Larkmoor Unified School District: every person only attests or approves "
     "as to form. Add a person with capacity: sign."),
    ("term ends before it starts", "ends: 2028-07-31", "ends: 2026-07-31",
     "a.yaml:238:9: the term ends on 2026-07-31, not after the effective date 2026-08-01. "
     "Correct one of the two dates."),
    ("answer without effect", "  model: percentage\n", "  model: percentage\n  per_officer: 62500.00\n",
     "a.yaml:227:16: cost.per_officer is given, but it has no effect: cost.model is percentage, not "
     "flat-per-officer. Delete this line, or change the other answer."),
    ("unknown path to confirm", ATTEST, f"confirm:\n  - {{answer: term.end, why: The board votes.}}\n{ATTEST}",
     "a.yaml:256:14: no answer has the path 'term.end'. Did you mean 'term.ends'?"),
    ("path to confirm like no other", ATTEST, f"confirm:\n  - {{answer: zebra, why: The board votes.}}\n{ATTEST}",
     "a.yaml:256:14: no answer has the path 'zebra'. A path looks like term.ends."),
    ("waiver of an unknown requirement", ATTEST,
     f"waivers:\n  - {{requirement: S5.133, by: The Board, why: Too small, on: 2026-06-15}}\n{ATTEST}",
     "a.yaml:256:19: no rubric has a requirement 'S5.133'. Did you mean 'S5.13'?"),
    ("waiver like no requirement", ATTEST,
     f"waivers:\n  - {{requirement: XX.99, by: The Board, why: Too small, on: 2026-06-15}}\n{ATTEST}",
     "a.yaml:256:19: no rubric has a requirement 'XX.99'. The compliance appendix lists them all."),
    ("attestation of a provision", "{requirement: S1.15, by", "{requirement: S1.6, by",
     "a.yaml:256:19: S1.6 asks for words in the agreement, which nobody can attest. "
     "Delete the attestation; the text itself must meet it."),
]
# fmt: on

FromFile = Callable[[str], Agreement]


@pytest.fixture
def first_text() -> str:
    """Answers that stay as they are while the examples grow, so that the lines in the messages hold."""
    return (ROOT / "tests" / "data" / "answers.yaml").read_text(encoding="utf-8")


@pytest.fixture
def from_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library) -> FromFile:
    """Read answers from a file in the current folder, as every command does."""
    monkeypatch.chdir(tmp_path)

    def agreement(text: str) -> Agreement:
        Path("a.yaml").write_text(text, encoding="utf-8")
        return read_agreement(Path("a.yaml"), library)

    return agreement


@pytest.mark.parametrize(
    ("old", "new", "message"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
)
def test_answers_that_cannot_all_be_true_are_refused(
    old: str, new: str, message: str, from_file: FromFile, first_text: str
) -> None:
    """A contradiction between answers is told once, where it can be mended, with what is allowed."""
    assert first_text.count(old) == 1

    with pytest.raises(AnswerError) as refused:
        from_file(first_text.replace(old, new))

    assert str(refused.value) == message


def test_every_fault_is_told_at_once_from_the_top_of_the_file_down(from_file: FromFile, first_text: str) -> None:
    """Nobody mends a file one run at a time."""
    with pytest.raises(AnswerError) as refused:
        from_file(first_text.replace("mediation: true", "mediation: yes").replace("state: WA", "state: wa"))

    assert [fault.where for fault in refused.value.faults] == ["a.yaml:8:10", "a.yaml:252:14"]


def test_an_answer_that_is_left_out_is_undecided_and_never_guessed(from_file: FromFile) -> None:
    """With nothing answered but who and where, every question without a stated default stays open."""
    agreement = from_file(MINIMAL)

    assert agreement.governance.monitor == Undecided(undecided="not answered yet")
    assert agreement.cost.model == Undecided(undecided="not answered yet")
    assert agreement.document.number is None


def test_an_undecided_answer_is_listed_with_its_question_and_reason(
    make: Callable[..., Built], first_text: str
) -> None:
    """`{undecided: why}` stands in the report in the question's words with the reason given."""
    text = first_text.replace(
        "monitor: Director of Student Services", "monitor: {undecided: The board names it in May.}"
    )

    assert make(text).report.undecided == (
        {
            "answer": "governance.monitor",
            "question": "District office that monitors what officers do in schools",
            "why": "The board names it in May.",
        },
    )


def test_a_default_that_was_taken_is_listed_with_its_rationale(make: Callable[..., Built], first_text: str) -> None:
    """What nobody answered but the tool fills in is listed with the reason for it; an answer given is not."""
    given = first_text.replace("  survey_month: April", "  months: 12\n  survey_month: April")
    before, after = ({row["answer"]: row for row in make(text).report.defaults_taken} for text in (first_text, given))

    assert before["evaluation.months"] == {
        "answer": "evaluation.months",
        "question": "Months between evaluations",
        "value": "12",
        "rationale": "A yearly cycle fits the school year and the review of the agreement.",
    }
    assert after == {path: row for path, row in before.items() if path != "evaluation.months"}
    assert all(row["rationale"] and row["value"] for row in before.values())


def test_an_answer_to_confirm_is_used_and_listed(make: Callable[..., Built], first_text: str) -> None:
    """An item to confirm keeps its answer, is listed with what is awaited, and stands against a final."""
    text = first_text.replace(ATTEST, f"confirm:\n  - {{answer: term.ends, why: The board votes on June 9.}}\n{ATTEST}")

    report = make(text).report

    asked = {"answer": "term.ends", "question": "Last day of the term", "why": "The board votes on June 9."}
    assert report.confirm == (asked,)
    assert list(report.reasons_against_final()) == ["to be confirmed: term.ends: The board votes on June 9."]


@pytest.mark.parametrize("amount", ["0.10", "258627.89", "1.00", "9999999999.99", "100"])
def test_money_is_exact(amount: str, from_file: FromFile, first_text: str) -> None:
    """Dollars and cents are decimals, never binary fractions."""
    cost = from_file(first_text.replace("annual_estimate: 258627.89", f"annual_estimate: {amount}")).cost

    assert (type(cost.annual_estimate), cost.annual_estimate) == (Decimal, Decimal(amount))


@pytest.mark.parametrize(
    "name", ["O'Neill", "Doña Ana", "Don\u0303a Ana", "R&D <East>", "Hawai\u02bbi", "  two  spaces  "]
)
def test_a_name_is_kept_byte_for_byte(name: str, from_file: FromFile) -> None:
    """A legal name is what its charter says, accents and spaces included: nothing is normalized or trimmed."""
    text = MINIMAL.replace("Larkmoor Unified School District", f'"{name}"')

    assert from_file(text).parties.districts[0].legal_name == name


@pytest.mark.parametrize(
    "words", ["010", "yes", "no", "on", "off", "Yes", "True", "1_000", "0x1F", "12:30", "1e3", ".5"]
)
def test_what_yaml_would_turn_into_something_else_stays_text(words: str, from_file: FromFile) -> None:
    """A contract number 010 is not 8, and a town called No is not false."""
    text = MINIMAL.replace("purpose: first", f"purpose: first, number: {words}")

    assert from_file(text).document.number == words


def test_a_date_is_a_day_of_the_calendar(from_file: FromFile) -> None:
    """A date is written year-month-day and read as that day."""
    text = MINIMAL.replace("purpose: first", "purpose: first, effective_date: 2028-02-29")

    assert from_file(text).document.effective_date == date(2028, 2, 29)


def test_answers_never_change_after_they_were_read(from_file: FromFile) -> None:
    """An agreement is a fixed value: to change an answer, a new agreement is made and checked."""
    agreement = from_file(MINIMAL)

    with pytest.raises(ValueError, match="frozen"):
        agreement.document.title = "Another"


@pytest.fixture
def schema(run: Callable[..., tuple[int, str, str]]) -> dict[str, Any]:
    """What `mou-builder schema` prints."""
    code, printed, _ = run("schema")
    assert code == 0
    return dict(json.loads(printed))


def as_an_editor_reads(text: str) -> Any:
    """Return the file's plain value; editors read YAML 1.2, in which the key `on` is a word, as our own reader does."""
    value = read_marked(text, "a.yaml", AnswerError).value
    return json.loads(json.dumps(value, default=lambda one: float(one) if isinstance(one, Decimal) else str(one)))


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(file, id=file.stem, marks=[] if file.stem == "renewal" else pytest.mark.wide)
        for file in sorted((ROOT / "examples").glob("*.yaml"))
    ],
)
def test_the_schema_accepts_every_example(example: Path, schema: dict[str, Any]) -> None:
    """An editor that checks with the JSON Schema marks nothing in a good file."""
    jsonschema.Draft202012Validator.check_schema(schema)

    checker = jsonschema.Draft202012Validator(schema)
    assert [fault.message for fault in checker.iter_errors(as_an_editor_reads(example.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  number: SRO", "  nmuber: SRO"),
        ("\nsupervision:", "\nsupervison:"),
        ("state: WA", "state: WQ"),
        ("  purpose: first\n", ""),
        ("absence_cover: best-efforts", "absence_cover: sometimes"),
        ("minimum_years: 3", "minimum_years: three"),
        ("annual_estimate: 258627.89", 'annual_estimate: "258627.89"'),
        ("annual_estimate: 258627.89", "annual_estimate: -1"),
        ("approver: shift lieutenant", "approver: {undecided: chief, value: captain}"),
    ],
)
def test_the_schema_refuses_what_the_tool_refuses(old: str, new: str, schema: dict[str, Any], first_text: str) -> None:
    """An editor shows an unknown name, a missing one or a wrong kind of answer while one types."""
    assert first_text.count(old) == 1
    text = first_text.replace(old, new)

    with pytest.raises(AnswerError):
        read_answers(text, "a.yaml", {"WA": "Washington"})
    assert not jsonschema.Draft202012Validator(schema).is_valid(as_an_editor_reads(text))


def test_the_schema_offers_no_answer_that_nobody_gave(schema: dict[str, Any]) -> None:
    """An editor fills in a default it finds; `not answered yet` is none."""
    assert "not answered yet" not in json.dumps(schema)


def test_no_question_is_asked_in_vain(library: Library) -> None:
    """Every question's answer is printed by a clause or schedule, decides on one, or is held against the others."""
    unused = [path for path, field in model_paths(Agreement) if not inner(field.annotation) and not used(path, library)]

    assert unused == ["schema_version"], "these answers have no effect anywhere"


def inner(annotation: Any) -> list[type[Part]]:
    return [one for one in shapes_in(annotation) if issubclass(one, Part) and one is not Undecided]


def used(path: str, library: Library) -> bool:
    """Return whether a text, a condition, an entry's own printing or the code names the answer."""
    named: set[str] = set()
    for clause in library.shelf.values():
        named |= {value.path for value in clause.values} | set(clause.written.when)
    for schedule in library.outline.schedules:
        named |= set(schedule.when)
    for text in library.schedules.values():
        blocks = [block for passage in text.passages.values() for block in passage.blocks]
        named |= {piece.path for block in blocks for piece in block.pieces if isinstance(piece, Value)}
    for _, requirement in library.requirements().values():
        named |= set(requirement.applies)
    group, _, name = path.rpartition(".")
    printed = [inspect.getsource(one.in_text) for one in entries(group)] if group in named else []
    worked_out = [
        source_of(one) for one in COMPUTED if one in named and one.partition(".")[0] == path.partition(".")[0]
    ]
    return path in named or any(re.search(rf'(?:\.|"){name}\b', source) for source in (*printed, *worked_out, *CODE))


READERS = ("document/*.py", "report/*.py", "sets.py", "model/sets.py", "model/consistency.py", "model/balance.py")
"""Where code uses answers: what it prints beyond the clauses, and what it holds against each other."""
CODE = [file.read_text("utf-8") for one in READERS for file in sorted((ROOT / "mou_builder").glob(one))]


def source_of(computed: str) -> str:
    """Return how a value that follows from the answers is worked out."""
    group, _, name = computed.partition(".")
    shapes = inner(Agreement.model_fields[group].annotation) if group in Agreement.model_fields else []
    return "".join(inspect.getsource(getattr(shape, name).fget) for shape in shapes if hasattr(shape, name))


def entries(group: str) -> list[type[Part]]:
    """Return the shapes of the entries of the list at this path."""
    return [one for path, field in model_paths(Agreement) if path == group for one in inner(field.annotation)]


def test_an_appeal_does_not_go_back_to_whoever_investigated() -> None:
    """An outside body that investigated is refused as the one that decides an appeal."""
    asked = {"investigator": "outside", "investigator_body": "the Review Board", "appeal_to": "the Review Board"}

    found = [one.path for one in in_complaints(Complaints.model_validate(asked))]

    assert found == [("complaints", "appeal_to")]
