"""axe-core finds nothing at WCAG 2.2 A and AA, and the keyboard reaches every control."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import drawn, follow, open_tab, unfold
from tests.browser.conftest import Open
from tests.browser.tabbing import unreached_and_unmarked

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


RUN = """([within, values]) => axe.run(within ?? document,
    { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })"""
CHOSEN = (
    *("place=al-qaim", "coverage=wire/2017-11-03/1", "event=e-omar", "dispute=0", "mismatch=0", "source=wire"),
    "claim=C-14",
)


BAR = "(position) => { const bar = document.querySelector('.bar'); if (bar) bar.style.position = position; }"
"""Lets the bar of time stand in its place on the page, or at the foot of the window again."""


def faults(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds at WCAG 2.2 A and AA and among its best practices, on the page or within an element of it."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE)
    page.evaluate(BAR, "static")  # what scrolls under the bar can be scrolled out again
    result = page.evaluate(RUN, [within, TAGS])
    page.evaluate(BAR, "")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


def choose(page: Page, chosen: str) -> None:
    """Choose something, and open all that its detail folds."""
    follow(page, f"#t=2017-11-05&{chosen}")
    page.evaluate("document.querySelectorAll('#detail details').forEach((one) => { one.open = true; })")


LOOKS = [
    (1600, "dark"),
    *(pytest.param(*look, marks=pytest.mark.long) for look in ((1600, "light"), (390, "dark"), (390, "light"))),
]
"""One wide and dark here; each width and each theme in the long tests."""


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing(open_page: Open, width: int, theme: str) -> None:
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 900}, fresh=True)
    assert faults(page) == []
    for tab in ("sources", "method", "control"):
        open_tab(page, tab)
        unfold(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert faults(page, f"#panel-{tab}") == [], tab
    choose(page, CHOSEN[0])
    assert faults(page) == []
    for chosen in CHOSEN[1:]:
        choose(page, chosen)
        assert faults(page, "#detail-card") == [], chosen


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1600, 390])
def test_axe_finds_nothing_on_the_whole_page_whatever_is_chosen(open_page: Open, theme: str, width: int) -> None:
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for chosen in CHOSEN[1:]:
        choose(page, chosen)
        assert faults(page) == [], chosen


def test_axe_finds_nothing_in_the_help_and_the_search(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("?")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#search").fill("qa")
    assert faults(page) == []


@pytest.mark.parametrize("width", [1600, pytest.param(390, marks=pytest.mark.long)])
def test_tab_reaches_every_control_and_shows_where_it_is(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 1000}, fresh=True)
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


@pytest.mark.parametrize("tab", ["sources", pytest.param("method", marks=pytest.mark.long)])
def test_tab_reaches_every_control_of_a_tab(open_page: Open, tab: str) -> None:
    page = open_page(address=f"#tab={tab}", fresh=True)
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


def test_the_arrows_go_through_the_tabs(open_page: Open) -> None:
    page = open_page()
    date = page.locator("#now").inner_text()
    page.locator("#tab-control").focus()
    for key, tab in (("ArrowRight", "sources"), ("End", "method"), ("ArrowRight", "control"), ("ArrowLeft", "method")):
        page.keyboard.press(key)
        drawn(page)
        assert page.evaluate("document.activeElement.id") == f"tab-{tab}"
        open_ = page.locator("[role=tabpanel]:visible")
        assert open_.count() == 1
        assert open_.get_attribute("id") == f"panel-{tab}"
    assert page.locator("#now").inner_text() == date


def test_tab_reaches_what_the_folds_and_the_detail_hold(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-05&place=al-qaim", fresh=True)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.locator("#detail button").count() > 8
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


def test_a_control_that_tab_cannot_come_to_is_told(open_page: Open) -> None:
    page = open_page(fresh=True)
    page.evaluate("""() => { const style = document.createElement('style');
        style.textContent = '#print:focus-visible { outline: none }'; document.head.append(style);
        addEventListener('keydown', (event) => {
            if (event.key === 'Tab' && document.activeElement.id === 'zoom-out') event.preventDefault(); }); }""")
    missed, unmarked = unreached_and_unmarked(page)
    assert any("strip-list" in node for node in missed)
    assert any('id="print"' in node for node in unmarked)
