"""An agreement remembers its packs: whoever takes it up again gets the very same, or is told what to install."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mou_builder.cli.building import build
from mou_builder.cli.packs.installing import install
from mou_builder.cli.packs.store import remove

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.wide


@pytest.fixture(scope="module")
def built(store: Path, given_out: Path, answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an agreement that was built with the first version, of which the store holds the second too."""
    install(given_out / "one.zip", given_out / "lane.public.pem")
    folder = tmp_path_factory.mktemp("built")
    build(answers, folder, as_of="2026-07-01", pack=["lane-model"])
    install(given_out / "two.zip", None)
    return folder


def test_agreement_is_checked_with_the_pack_that_its_record_names(run: Run, built: Path) -> None:
    """Nobody has to say --pack again, and a newer version does not slip in."""
    code, out, err = run("check", str(built / "ours.docx"))

    assert (code, err) == (0, "") and "lane-policy" in out
    assert 'version: "1.0.0"' in (built / "ours.record.yaml").read_text(encoding="utf-8")


def test_record_rebuilds_the_same_bytes_with_its_pack(run: Run, built: Path, tmp_path: Path) -> None:
    """The record alone is enough, template of the pack included."""
    run("build", str(built / "ours.record.yaml"), "--out", str(tmp_path), "--as-of", "2026-07-01")

    assert (tmp_path / "ours.docx").read_bytes() == (built / "ours.docx").read_bytes()


def test_diff_holds_the_agreement_against_the_version_it_was_made_with(run: Run, built: Path) -> None:
    """Only what the second version changes is told."""
    _, out, _ = run("pack", "diff", "lane-model", "--against", str(built / "ours.docx"), "--as-of", "2026-08-01")

    assert "Texts (1):" in out and "add-only before, locked now" in out
    assert "Time between reviews: at most 12 months before, at most 6 months now" in out and "Template" not in out


def test_renewal_takes_up_the_later_version_where_it_is_named(run: Run, built: Path, tmp_path: Path) -> None:
    """The renewed agreement's record names the pack that it was made with."""
    words = (
        "renew",
        str(built / "ours.docx"),
        "--out",
        str(tmp_path),
        "--no-questions",
        "--no-redline",
        "--as-of",
        "2026-08-01",
    )
    _, out, _ = run(*words, "--pack", "lane-model")

    assert "new: LANE.3" in out
    assert 'version: "1.1.0"' in (tmp_path / "ours-2026.record.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "deadlines", "explain"])
def test_pack_that_is_gone_is_named_with_its_publisher(run: Run, built: Path, given_out: Path, command: str) -> None:
    """The message says which pack, whose, and what to do."""
    remove("lane-model", "1.0.0")
    try:
        code, _, err = run(command, str(built / "ours.docx"), *(["S1.6"] if command == "explain" else []))
    finally:
        install(given_out / "one.zip", None)

    assert code == 2
    assert "it was made with the pack lane-model@1.0.0 of Lane Service District, which is not installed here" in err
    assert "or say --pack lane-model@1.1.0 to use the version that is" in err
