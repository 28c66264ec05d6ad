"""A pack from outside goes the whole way: built, signed, installed, used, renewed by a second version, removed."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from wordedit import control, edited, paragraphs, replace_word

from mou_builder.cli.packs.installing import install

Run = Callable[..., tuple[int, str, str]]
DISCIPLINE = "us-or-esd/roles/discipline"


@pytest.fixture(scope="module")
def first_installed(store: Path, given_out: Path) -> Path:
    install(given_out / "one.zip", given_out / "lane.public.pem")
    return store


@pytest.fixture(scope="module")
def built(first_installed: Path, answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Word file of an agreement that was built with the pack."""
    from mou_builder.cli.building import build

    folder = tmp_path_factory.mktemp("built")
    build(answers, folder, as_of="2026-07-01", pack=["lane-model"])
    return folder / "ours.docx"


@pytest.mark.wide
def test_building_a_pack_twice_gives_the_same_signed_file(
    run: Run, store: Path, given_out: Path, tmp_path: Path
) -> None:
    """The command makes the very bytes that its parts make, and says whose key signed them."""
    key = str(given_out / "lane.pem")
    code, out, err = run("pack", "build", str(given_out / "one"), "--out", str(tmp_path / "a.zip"), "--sign", key)

    assert (code, err) == (0, "")
    assert "lane-model@1.0.0 of Lane Service District: 2 clauses, 2 requirements in 1 rubric, a Word template" in out
    assert "1 locked, 1 add-only, 1 adaptable" in out and "Signed by the key" in out
    assert (tmp_path / "a.zip").read_bytes() == (given_out / "one.zip").read_bytes()


def test_pack_over_a_build_brings_its_texts_its_rubric_and_its_template(built: Path) -> None:
    """The agreement holds both clauses of the pack, answers its rubric, and wears its template."""
    report = json.loads((built.parent / "ours.compliance.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(built) as archive:
        words, styles = archive.read("word/document.xml"), archive.read("word/styles.xml")

    assert {DISCIPLINE, "us-or-esd/general/severability"} <= {row["id"] for row in report["clauses"]}
    assert all(row["published"] for row in report["clauses"] if row["id"].startswith("us-or-esd"))
    assert {row["status"] for row in report["requirements"] if row["rubric"] == "lane-policy"} == {"met"}
    assert b"The Lane Service District answers questions on these rules." in words
    assert b"0B5345" in styles and b"1F2A44" not in styles


def test_edit_of_a_locked_text_is_a_breach_that_names_whom_to_ask(run: Run, built: Path, tmp_path: Path) -> None:
    """One word in the locked section, and a word taken out of the add-only one, are told with publisher and contact."""

    def edit(body: object) -> None:
        replace_word(control(body, DISCIPLINE), "alone", "mostly")
        last = paragraphs(control(body, "us-or-esd/general/severability"))[-1]
        replace_word(last, "A Party waives", "The Party waives")

    changed = tmp_path / "changed.docx"
    changed.write_bytes(edited(built.read_bytes(), edit))
    code, out, _ = run("check", str(changed), "--pack", "lane-model")

    assert code == 1
    assert "error E-LOCKED: Officers Have No Role in School Discipline: Lane Service District (lane-model@1.0.0)" in out
    assert "[-alone,-] {+mostly,+}" in out and "ask Lane Service District: agreements@lane.example." in out
    assert "error E-ADD-ONLY: Severability and No Waiver" in out and "words were taken away or changed" in out


@pytest.mark.wide
def test_words_of_the_parties_on_a_locked_text_refuse_a_final(
    run: Run, first_installed: Path, answers: Path, tmp_path: Path
) -> None:
    """Negotiated wording in the answers is a breach too, and no final agreement is made with it."""
    file = tmp_path / "ours.yaml"
    kept = "negotiated:\n  - {section: roles.discipline, kind: changed, text: Officers may help., why: As agreed.}\n"
    file.write_text(answers.read_text(encoding="utf-8") + kept, encoding="utf-8")
    out_folder = tmp_path / "out"
    code, _, err = run("build", str(file), "--out", str(out_folder), "--pack", "lane-model", "--final")

    assert code == 1 and not out_folder.exists()
    assert "E-LOCKED: Officers Have No Role in School Discipline" in err


@pytest.mark.wide
def test_second_version_says_what_it_changes_before_it_does(
    run: Run, first_installed: Path, given_out: Path, built: Path
) -> None:
    """Installing tells what differs from the first; `pack diff` tells what that means for one agreement."""
    code, out, _ = run("pack", "install", str(given_out / "two.zip"))
    try:
        against = run("pack", "diff", "lane-model@1.1.0", "--against", str(built), "--as-of", "2026-08-01")
        listed = run("pack", "list")[1]
    finally:
        run("pack", "remove", "lane-model@1.1.0")

    assert code == 0 and "Against version 1.0.0, which stays installed:" in out
    for said in (
        "us-or-esd/general/severability@1 to us-or-esd/general/severability@2",
        "{+Agreement and told to the Program Monitor.+}",
        "us-or-esd/general/severability: add-only before, locked now",
        "LANE.3: newly asked: The parties send the agreement to the service district.",
        "Time between reviews: at most 12 months before, at most 6 months now (LANE.2)",
    ):
        assert said in out
    assert against[0] == 0 and "at most 6 months now (LANE.2); this agreement says 12" in against[1]
    assert "16.8 Severability and No Waiver" in against[1] and "locked now" in against[1]
    assert listed.index("lane-model@1.1.0") < listed.index("lane-model@1.0.0")


def test_pack_that_is_not_installed_is_named_with_the_way_to_get_it(run: Run, store: Path, answers: Path) -> None:
    """A mistyped or missing pack is one message; nothing is built without it."""
    code, _, err = run("explain", str(answers), "S1.6", "--pack", "lane-modell")

    assert code == 2
    assert "--pack: no pack 'lane-modell' is installed." in err and "mou-builder pack install FILE.zip" in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_private_key_is_nobody_elses_and_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    """A second pair of the same name is refused, and the first stays as it was."""
    assert run("pack", "key", "--out", str(tmp_path / "esd"))[0] == 0
    before = (tmp_path / "esd.pem").read_bytes()
    code, _, err = run("pack", "key", "--out", str(tmp_path / "esd"))

    assert (tmp_path / "esd.pem").stat().st_mode & 0o777 == 0o600
    assert code == 2 and "a key that is lost cannot be made again" in err
    assert (tmp_path / "esd.pem").read_bytes() == before and b"PRIVATE KEY" in before


@pytest.mark.wide
def test_without_the_option_a_pack_has_no_say(run: Run, first_installed: Path, answers: Path) -> None:
    """Installing changes nothing: only a command that names the pack uses it."""
    alone = run("explain", str(answers), "roles.discipline", "--as-of", "2026-07-01")[1]
    named = run("explain", str(answers), "roles.discipline", "--as-of", "2026-07-01", "--pack", "lane-model@1.0.0")[1]

    assert "Chosen: us/roles/discipline@" in alone
    assert f"Chosen: {DISCIPLINE}@1 (published)" in named
    assert "us-or-esd/roles/discipline@1 of us-or-esd is nearer" in named


@pytest.mark.wide
def test_removing_the_whole_pack_forgets_its_key(run: Run, store: Path, given_out: Path) -> None:
    """After that, the publisher may come with a new key."""
    install(given_out / "one.zip", None)
    try:
        code, out, _ = run("pack", "remove", "lane-model")
        gone = run("pack", "show", "lane-model")
        assert code == 0 and "The key of its publisher is forgotten." in out
        assert gone[0] == 2 and "no pack of this id is installed" in gone[2]
        assert [path for path in store.iterdir() if path.name[0] != "."] == []
    finally:
        install(given_out / "one.zip", given_out / "lane.public.pem")
