"""axe-core finds nothing at WCAG 2.2 A and AA, and the keyboard reaches every control."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import follow
from tests.browser.conftest import Open
from tests.browser.tabbing import unreached_and_unmarked

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[str]:
    """What axe-core finds on the page at WCAG 2.2 A and AA."""
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", TAGS)
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1600, 390])
def test_axe_finds_nothing(open_page: Open, theme: str, width: int) -> None:
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 900})
    assert faults(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for chosen in (
        "place=al-qaim",
        "coverage=wire/2017-11-03/1",
        "event=e-omar",
        "dispute=0",
        "mismatch=0",
        "source=wire",
        "claim=C-14",
    ):
        follow(page, f"#t=2017-11-05&{chosen}")
        page.evaluate("document.querySelectorAll('#detail details').forEach((one) => { one.open = true; })")
        assert faults(page) == [], chosen


def test_axe_finds_nothing_in_the_help_and_the_search(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("?")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#search").fill("qa")
    assert faults(page) == []


@pytest.mark.parametrize("width", [1600, 390])
def test_tab_reaches_every_control_and_shows_where_it_is(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 1000})
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


def test_tab_reaches_what_the_folds_and_the_detail_hold(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-05&place=al-qaim")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.locator("#detail button").count() > 8
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


def test_a_control_that_tab_cannot_come_to_is_told(open_page: Open) -> None:
    page = open_page()
    page.evaluate("""() => { const style = document.createElement('style');
        style.textContent = '#print:focus-visible { outline: none }'; document.head.append(style);
        addEventListener('keydown', (event) => {
            if (event.key === 'Tab' && document.activeElement.id === 'zoom-out') event.preventDefault(); }); }""")
    missed, unmarked = unreached_and_unmarked(page)
    assert any("strip-list" in node for node in missed)
    assert any('id="print"' in node for node in unmarked)
