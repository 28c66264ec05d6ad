"""Take docs/agencies-rollup.png: the examples, some of them returned with changes, rolled up and opened in a browser.

Run ``python docs/picture_rollup.py`` in an environment with the test extra, on a machine with chromium and chromedriver, after a
change of what the page shows. The picture is made of real agreements: those of examples/, built here, and edited as parties do.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from selenium import webdriver

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from wordedit import control, edited, heading_before, replace_word  # noqa: E402

BUILT_ON = "2026-07-01"
PICTURE = ROOT / "docs" / "agencies-rollup.png"
WIDE, HIGH = 1400, 1500


def main() -> None:
    """Build, edit, roll up, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        signed = Path(folder) / "signed"
        for answers in sorted((ROOT / "examples").glob("*.yaml")):
            _run("build", str(answers), "--out", str(signed), "--as-of", BUILT_ON)
        (signed / "returned").mkdir()
        for name in ("first_mou", "federal_grant", "renewal"):
            word = edited((signed / f"{name}.docx").read_bytes(), _as_parties_do)
            (signed / "returned" / f"{name}.docx").write_bytes(word)
        (signed / "returned" / "scanned.docx").write_bytes(b"%PDF-1.7")
        _run("rollup", str(signed), "--out", folder)
        _take((Path(folder) / "rollup.html").as_uri())
    print(f"{PICTURE.name}: {PICTURE.stat().st_size:,} bytes")


def _run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "mou_builder", *words], check=False, cwd=ROOT, stdout=subprocess.DEVNULL)


def _as_parties_do(body: Any) -> None:
    """Weaken two clauses, take one out, and put a section in."""
    for clause, old, new in (("us/roles/discipline", " no ", " a limited "), ("us/data/use", " shall ", " may ")):
        with contextlib.suppress(LookupError):
            replace_word(control(body, clause), old, new)
    out = control(body, "us/complaints/outcome")
    out.getparent().remove(out)
    heading_before(body, "us/roles/discipline", "Parking at the School")


def _take(page: str) -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    quiet = ("--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update")
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", *quiet, "--disable-sync", "--hide-scrollbars"):
        options.add_argument(switch)
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(shutil.which("chromedriver"))))
    try:
        driver.set_window_size(WIDE, HIGH + 140)
        driver.get(page)
        driver.execute_script("at('order').value = 'gaps'; show(); go(0, 7)")
        driver.execute_script("scrollTo(0, 0)")
        driver.save_screenshot(str(PICTURE))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
