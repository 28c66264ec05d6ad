"""The page as a person uses it: in a browser, by mouse and by keyboard alone, without a network."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from rollup.madeup import NASTY, crowd, matrix, row

from mou_builder.library import Library
from mou_builder.rollup.page import to_page

pytestmark = pytest.mark.browser

PROGRAMS = {"chromium": shutil.which("chromium"), "chromedriver": shutil.which("chromedriver")}
MISSING = [name for name, found in PROGRAMS.items() if not found]
if MISSING and not os.environ.get("CI"):
    pytest.skip(f"{' and '.join(MISSING)} not installed", allow_module_level=True)

from selenium import webdriver  # noqa: E402 - no package of an ordinary installation
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.common.print_page_options import PrintOptions  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402

TEMPLATE = (ROOT / "templates" / "rollup.html").read_text(encoding="utf-8")
AGREEMENTS, REQUIREMENTS = 1_000, 120


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser with a profile of its own, which writes down every request it makes."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(PROGRAMS["chromium"])
    profile = tmp_path_factory.mktemp("profile")
    quiet = ("--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update")
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        *quiet,
        "--disable-sync",
        "--window-size=1440,1000",
    ):
        options.add_argument(switch)
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(PROGRAMS["chromedriver"])))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(library: Library, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of a thousand agreements by 120 requirements."""
    file = tmp_path_factory.mktemp("page") / "rollup.html"
    file.write_bytes(to_page(crowd(library, AGREEMENTS, REQUIREMENTS), TEMPLATE))
    return file.as_uri()


@pytest.fixture
def opened(browser: Any, page: str) -> Any:
    """The page, opened anew."""
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get(page)
    return browser


def requests_of(browser: Any) -> list[str]:
    events = [json.loads(one["message"])["message"] for one in browser.get_log("performance")]
    return [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]


def shown(browser: Any) -> str:
    return str(browser.find_element(By.ID, "shown").text)


def choose(browser: Any, filter: str, value: str) -> None:
    Select(browser.find_element(By.ID, filter)).select_by_value(value)


def active(browser: Any) -> tuple[str, str]:
    """Return row and column of the cell that has the focus."""
    cell = browser.switch_to.active_element
    line = cell.find_element(By.XPATH, "..")
    return line.get_attribute("data-r"), cell.get_attribute("data-c")


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def test_page_asks_no_other_machine_for_anything(opened: Any, page: str) -> None:
    """Opened, filtered and scrolled, the page loads itself and nothing else, and its script runs without an error."""
    choose(opened, "state", "VT")
    opened.execute_script("document.getElementById('scroller').scrollTop = 4000")

    assert requests_of(opened) == [page]
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert opened.get_log("browser") == []


def test_page_holds_few_cells_of_a_thousand_agreements(opened: Any) -> None:
    """Only the rows near the window are in the page, so it does not freeze; each row can still be reached."""
    rows = opened.find_elements(By.CSS_SELECTOR, "#rows tr[data-r]")

    assert shown(opened) == "Showing 1,000 of 1,000 agreements and 120 of 120 requirements."
    assert 10 < len(rows) < 80
    assert opened.find_element(By.ID, "grid").get_attribute("aria-rowcount") == "1003"
    opened.execute_script("const s = document.getElementById('scroller'); s.scrollTop = s.scrollHeight")
    last = "return !!document.querySelector('#rows tr[data-r=\"999\"]')"
    assert opened.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))"
    )
    assert opened.execute_script(last)


@pytest.mark.parametrize(("filter", "value"), [("state", "VT"), ("kind", "sheriff")])
def test_agreements_are_filtered_by_their_facts(opened: Any, filter: str, value: str) -> None:
    """What is left is what the data hold, in the heat map, the totals and the list below."""
    field = {"state": "row.state === value", "kind": "row.kinds.includes(value)"}[filter]
    left = opened.execute_script(f"const value = arguments[0]; return ROWS.filter(row => {field}).length", value)
    choose(opened, filter, value)

    assert 0 < left < AGREEMENTS
    assert shown(opened) == f"Showing {left} of 1,000 agreements and 120 of 120 requirements."
    assert opened.find_element(By.CSS_SELECTOR, "#tiles b").text == str(left)
    opened.execute_script("lists()")
    assert len(opened.find_elements(By.CSS_SELECTOR, "#by-agreement tbody tr")) == left
    opened.find_element(By.ID, "reset").click()
    assert opened.execute_async_script("setTimeout(() => arguments[0](view.rows.length), 50)") == AGREEMENTS


@pytest.mark.parametrize(("filter", "field"), [("rubric", "rubric"), ("force", "force")])
def test_requirements_are_filtered_by_rubric_and_force(opened: Any, filter: str, field: str) -> None:
    """Columns of other rubrics go; the counts of provisions follow."""
    value = Select(opened.find_element(By.ID, filter)).options[-1].get_attribute("value")
    left = opened.execute_script(f"return COLUMNS.filter(one => one.{field} === arguments[0]).length", value)
    choose(opened, filter, value)

    assert 0 < left <= REQUIREMENTS
    assert len(opened.find_elements(By.CSS_SELECTOR, "#grid th.id")) == left
    opened.execute_script("lists()")
    assert len(opened.find_elements(By.CSS_SELECTOR, "#by-requirement tbody tr")) == left


def test_text_finds_agreements_and_requirements(opened: Any) -> None:
    """All words that are typed must be there, in the names or the file; upper and lower case are the same."""
    opened.find_element(By.ID, "find").send_keys("DISTRICT police 77 0177")
    assert shown(opened).startswith("Showing 1 of 1,000 agreements")
    opened.find_element(By.ID, "ask").send_keys("s1.6")
    assert opened.find_element(By.CSS_SELECTOR, "#grid th.id").text == "S1.6"
    opened.find_element(By.ID, "find").send_keys(" nothing like it")
    assert "Nothing fits these filters." in opened.find_element(By.ID, "grid").text


def test_a_status_leaves_only_where_it_stands(opened: Any) -> None:
    """The legend is a filter: what has no such cell goes, other cells are dimmed, and a second click brings all back."""
    opened.find_element(By.ID, "find").send_keys("police 12")
    button = 'button[data-code="x"]'
    opened.find_element(By.CSS_SELECTOR, button).click()

    assert opened.find_element(By.CSS_SELECTOR, button).get_attribute("aria-pressed") == "true"
    assert opened.switch_to.active_element.get_attribute("data-code") == "x"
    assert opened.execute_script(
        "return view.rows.every(row => view.columns.some(c => row.cells[c] === 'x'))"
        " && view.columns.every(c => view.rows.some(row => row.cells[c] === 'x'))"
    )
    assert opened.find_elements(By.CSS_SELECTOR, "#rows td.m.dim")
    opened.find_element(By.CSS_SELECTOR, button).click()
    assert opened.find_elements(By.CSS_SELECTOR, "#rows td.dim") == []


def test_keyboard_alone_reaches_every_cell(opened: Any) -> None:
    """The skip link leads into the heat map; arrows, Home, End and Page keys move there; Tab leaves it."""
    press(opened, Keys.TAB)
    assert opened.switch_to.active_element.text == "Skip to the heat map"
    press(opened, Keys.ENTER)
    assert active(opened) == ("0", "0")
    press(opened, Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert active(opened) == ("1", "2")
    assert opened.find_element(By.ID, "detail").text.startswith(("✓", "S1.1"))
    press(opened, Keys.END)
    assert active(opened) == ("1", "121")
    ActionChains(opened).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).perform()
    assert active(opened) == ("999", "121")
    press(opened, Keys.PAGE_UP, Keys.HOME)
    line, column = active(opened)
    assert int(line) < 999 and column == "0"
    assert opened.execute_script("return document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1
    press(opened, Keys.TAB)
    assert opened.execute_script("return !document.getElementById('grid').contains(document.activeElement)")


def test_focus_is_seen_and_never_hidden_behind_the_headings(opened: Any) -> None:
    """The cell in focus has an outline and stands right of and below what is fixed."""
    opened.execute_script("go(600, 90)")
    press(opened, Keys.ARROW_UP, Keys.ARROW_LEFT)
    box = opened.execute_script(
        "const c = document.activeElement.getBoundingClientRect(), s = scroller.getBoundingClientRect(),"
        "h = grid.tHead.getBoundingClientRect(), w = cellAt(view.active.row, 1).getBoundingClientRect();"
        "return [c.top >= h.bottom - 1, c.left >= w.right - 1, c.bottom <= s.bottom + 1, c.right <= s.right + 1,"
        "getComputedStyle(document.activeElement).outlineStyle]"
    )

    assert box == [True, True, True, True, "solid"]


def test_scrolling_away_does_not_lose_the_place(opened: Any) -> None:
    """The wheel may take the cell in focus out of sight; the next arrow key finds it again."""
    opened.execute_script("go(5, 5)")
    opened.execute_script("scroller.scrollTop = 20000")
    opened.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert opened.execute_script("return document.activeElement === scroller")
    press(opened, Keys.ARROW_RIGHT)

    assert active(opened) == ("5", "6")


def test_every_cell_says_its_status_without_color(opened: Any) -> None:
    """Each cell has a sign and a spoken label, and every control of the filters has a name."""
    bare = opened.execute_script(
        "return [...document.querySelectorAll('#rows td.s')]"
        ".filter(c => !c.ariaLabel || (!c.textContent && !c.classList.contains('e'))).length"
    )
    unnamed = opened.execute_script(
        "return [...document.querySelectorAll('input, select')].filter(one => !one.labels.length).length"
    )

    assert (bare, unnamed) == (0, 0)
    assert opened.find_element(By.CSS_SELECTOR, "#rows td.s").get_attribute("aria-label").startswith("S1.1 ")


def test_names_from_agreements_stay_words(browser: Any, library: Library, tmp_path: Path) -> None:
    """A party that is called like a piece of a page is shown as it is called, everywhere, and runs nothing."""
    named = row(1, parties=NASTY, title=NASTY, file=f"{NASTY}.docx", districts=(NASTY,))
    file = tmp_path / "rollup.html"
    file.write_bytes(to_page(matrix(library, [named]), TEMPLATE))
    browser.get_log("browser")
    browser.get(file.as_uri())

    assert browser.title == "Rollup of 1 agreement"
    assert browser.find_element(By.CSS_SELECTOR, "#rows .who b").get_attribute("textContent") == NASTY
    assert browser.find_elements(By.CSS_SELECTOR, "#grid b b, #detail b, #by-agreement b") == []
    assert browser.get_log("browser") == []


def test_page_prints_the_whole_heat_map(browser: Any, library: Library, tmp_path: Path) -> None:
    """On paper the heat map is cut into tables that fit a sheet, each with the names of the agreements."""
    file = tmp_path / "rollup.html"
    file.write_bytes(to_page(crowd(library, 20, 80), TEMPLATE))
    browser.get(file.as_uri())
    options = PrintOptions()
    options.orientation = "landscape"
    printed = base64.b64decode(browser.print_page(options))
    browser.execute_script("drawPrint()")

    assert printed[:5] == b"%PDF-"
    tables = browser.find_elements(By.CSS_SELECTOR, "#print table")
    assert [len(one.find_elements(By.CSS_SELECTOR, "tbody tr")) for one in tables] == [20, 20, 20]
    assert len(browser.find_elements(By.CSS_SELECTOR, "#print tbody tr:first-child td")) == 80
