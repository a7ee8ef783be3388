"""The page opens from disk, draws everything and asks the network for nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def _lines(page: Page) -> str:
    return page.locator("#detail").inner_text()


def test_it_draws_every_panel(open_page: Open) -> None:
    page = open_page()
    assert page.evaluate("document.documentElement.dataset.charts") == "drawn"
    assert page.locator("svg.main .place").count() >= 10
    assert page.locator("#strips .row").count() >= 8
    for chart in ("events", "reports", "strengths"):
        assert page.locator(f"#{chart} .main-svg").count() > 0
        assert page.locator(f"#{chart} .points path").count() > 0
    assert page.locator("#disputes li").count() == 4
    assert "Iraq takes al-Qaim" in _lines(page)
    expect(page.locator("#coverage")).to_contain_text("10 of 17 claims known")


def test_its_policy_is_in_force(open_page: Open) -> None:
    page = open_page(allowed="Content Security Policy")
    violated = page.evaluate("""() => new Promise((done) => {
        addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
        const s = document.createElement('script');
        s.textContent = 'window.ran = 1';
        document.head.append(s); })""")
    assert violated == "script-src-elem"
    assert page.evaluate("window.ran === undefined")
    assert page.evaluate("fetch('https://example.org').then(() => 'went', () => 'held')") == "held"


def test_it_unpacks_the_charts_without_the_browsers_unpacker(open_page: Open) -> None:
    page = open_page(before="delete window.DecompressionStream")
    assert page.evaluate("document.documentElement.dataset.charts") == "drawn"


def test_maps_and_lists_stand_without_the_charts(open_page: Open) -> None:
    page = open_page(before="window.atob = () => { throw new Error('no room'); }")
    expect(page.locator("#events")).to_contain_text("could not be drawn here (no room)")
    assert page.locator("svg.main .place").count() >= 10


@pytest.mark.parametrize(("width", "height"), [(1600, 1080), (1024, 800), (390, 844)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, height: int, theme: str) -> None:
    page = open_page(viewport={"width": width, "height": height}, color_scheme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.dataset.theme") == theme


def test_names_on_the_map_do_not_cover_each_other(open_page: Open) -> None:
    page = open_page()
    covered = page.evaluate("""() => [...document.querySelectorAll('.sheet svg.main, .closeup svg')].flatMap((svg) => {
        const boxes = [...svg.querySelectorAll('.names text')].map((t) => [t.textContent, t.getBBox()]);
        return boxes.flatMap(([a, x], i) => boxes.slice(i + 1).filter(([, y]) =>
            Math.min(x.x + x.width, y.x + y.width) - Math.max(x.x, y.x) > 3
            && Math.min(x.y + x.height, y.y + y.height) - Math.max(x.y, y.y) > 5).map(([b]) => a + ' / ' + b)); })""")
    assert covered == []


def test_it_prints_on_one_sheet(open_page: Open) -> None:
    page = open_page()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
