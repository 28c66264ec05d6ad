"""Every example is an agreement somebody could sign, or says at its head that it is still a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY

pytestmark = pytest.mark.wide
FILES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.yaml"))
DRAFTS = {"multi_party"}
"""Examples that stay drafts on purpose."""

STRUCTURES = {
    "one district and one city police department": {"first_mou"},
    "a renewal": {"renewal"},
    "several districts and a sheriff": {"multi_party"},
    "a district with its own police, beside a city and a sheriff": {"district_police"},
    "a charter network and a city": {"charter_city"},
    "a regional district over two towns": {"regional_district"},
    "no assigned officers": {"no_officer"},
    "a sheriff and three districts, each with its own instrument": {"sheriff_three_districts"},
    "a tribal nation": {"tribal_nation"},
    "a district and eleven agencies that join a master agreement": {"eleven_agencies"},
    "a federal hiring grant with a deadline": {"federal_grant"},
}
"""What the examples show at least; others may be there as well."""

WARNINGS = {
    # The canyon school has a deputy for two days a week, and the rest of the deputy's time is patrol.
    "sheriff_three_districts": {"W-PART-TIME"},
}
"""Warnings that an example keeps, each with its reason."""


def head_of(file: Path) -> str:
    """Return the comment with which an example opens."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return "\n".join(lines[: next(place for place, line in enumerate(lines) if not line.startswith("#"))])


def test_each_structure_has_an_example() -> None:
    """Nobody takes an example away without noticing what is no longer shown."""
    names = {file.stem for file in FILES}

    assert [what for what, wanted in STRUCTURES.items() if not wanted <= names] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_says_what_it_is(file: Path) -> None:
    """The comment at its head names the command that builds it, and says so if the example is a draft."""
    head = head_of(file)

    assert f"mou-builder build examples/{file.name} " in head
    assert "made up" in head
    assert ("draft" in head) is (file.stem in DRAFTS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_invents_its_addresses(file: Path) -> None:
    """No web address, mailbox or telephone number in an example can be anybody's."""
    text = file.read_text(encoding="utf-8")
    hosts = re.findall(r"(?:@|www\.)([\w.-]+\.[a-z]{2,})", text)

    assert [host for host in hosts if not host.endswith(".example")] == []
    assert [number for number in re.findall(r"phone: ([\d-]+)", text) if not re.fullmatch(r"555-01\d\d", number)] == []


@pytest.mark.parametrize("file", [file for file in FILES if file.stem not in DRAFTS], ids=lambda file: file.stem)
def test_an_example_builds_to_a_final_agreement(
    file: Path, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    """The command that its head names succeeds, and no warning is left that has no reason."""
    code, _, said = run("build", str(file), "--out", str(tmp_path), "--final", "--as-of", TODAY.isoformat())
    reports = [json.loads(one.read_text(encoding="utf-8")) for one in sorted(tmp_path.rglob("*.compliance.json"))]
    found = {finding["code"] for report in reports for finding in report["findings"]}

    assert (code, said) == (0, "")
    assert reports
    assert found == WARNINGS.get(file.stem, set())


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_a_draft_says_why_it_is_one(name: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    """A final agreement of a draft is refused, and what is still open is said."""
    file = next(file for file in FILES if file.stem == name)
    code, _, said = run("build", str(file), "--out", str(tmp_path), "--final", "--as-of", TODAY.isoformat())

    assert code == 1
    assert "Still open" in said
    assert not list(tmp_path.iterdir())
