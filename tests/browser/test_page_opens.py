"""The page opens from disk, draws everything and asks the network for nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from situation.page import build_page
from tests.browser.addresses import open_tab, unfold
from tests.browser.conftest import Open
from tests.browser.sample import sample

pytestmark = pytest.mark.browser

# The library is by far the larger of the two packed texts; the record still has room.
NO_ROOM = """const Whole = window.Blob;
    window.Blob = function (parts, kind) {
      if (parts[0].length > 1000000) throw new Error('no room');
      return new Whole(parts, kind);
    };"""


def _lines(page: Page) -> str:
    return page.locator("#detail").inner_text()


def test_it_draws_every_panel(open_page: Open) -> None:
    page = open_page(fresh=True)
    assert page.evaluate("document.documentElement.dataset.charts") == "drawn"
    assert page.locator("svg.main .place").count() >= 10
    assert page.locator("#strips .row").count() >= 8
    for tab, chart in (("control", "events"), ("control", "strengths"), ("sources", "reports")):
        open_tab(page, tab)
        assert page.locator(f"#{chart} .main-svg").count() > 0
        assert page.locator(f"#{chart} .points path").count() > 0
    assert page.locator("#disputes li").count() == 4
    assert "Iraq takes al-Qaim" in _lines(page)
    expect(page.locator("#coverage")).to_contain_text("10 of 17 claims had been said by then")


def test_a_chart_is_drawn_when_its_tab_is_first_opened(open_page: Open) -> None:
    page = open_page(fresh=True)
    assert page.locator("#reports .main-svg").count() == page.locator("#disputes li").count() == 0
    open_tab(page, "sources")
    assert page.locator("#reports .main-svg").count() > 0
    assert page.locator("#disputes li").count() > 0


FORBIDDEN = {
    "script-src-elem": "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))",
    "script-src-attr": "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.ran = 1\" id=\"bad\">x</p>')",
    "script-src": "setTimeout('window.ran = 1')",
    "connect-src": "fetch('https://example.org').catch(() => 'refused')",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org' }))",
    "base-uri": "document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.org' }))",
    "form-action": "(() => { const form = Object.assign(document.createElement('form'), { action: 'https://example.org' });"
    " document.body.append(form); form.submit(); })()",
    "object-src": "document.body.append(Object.assign(document.createElement('object'), { data: 'https://example.org' }))",
    "worker-src": "try { new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); } catch { 'refused' }",
}


def test_what_the_policy_forbids_is_refused(open_page: Open) -> None:
    page = open_page(allowed="Content Security Policy", fresh=True)
    refused = {
        directive: page.evaluate(
            """() => new Promise((done) => {
        addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
        setTimeout(() => done('nothing refused'), 5000);
        ATTEMPT; })""".replace("ATTEMPT", attempt)
        )
        for directive, attempt in FORBIDDEN.items()
    }
    assert refused == {directive: directive for directive in FORBIDDEN}
    assert page.evaluate("window.ran === undefined")
    assert page.evaluate("fetch('https://example.org').then(() => 'went', () => 'held')") == "held"


@pytest.mark.long
def test_it_unpacks_the_charts_without_the_browsers_unpacker(open_page: Open) -> None:
    page = open_page(before="delete window.DecompressionStream")
    assert page.evaluate("document.documentElement.dataset.charts") == "drawn"


def test_maps_and_lists_stand_without_the_charts(open_page: Open) -> None:
    page = open_page(before=NO_ROOM)
    expect(page.locator("#events")).to_contain_text("could not be drawn here (no room)")
    assert page.locator("svg.main .place").count() >= 10


@pytest.mark.parametrize("fresh", [True, False], ids=["as opened", "resized"])
@pytest.mark.parametrize(
    ("width", "height", "theme"), [(1600, 1080, "light"), (1024, 800, "dark"), (390, 844, "light")]
)
def test_nothing_is_wider_than_the_window(open_page: Open, width: int, height: int, theme: str, fresh: bool) -> None:
    """Each theme at each width: one as the page opens, the other when a page that is open is given it."""
    if not fresh:
        theme = "dark" if theme == "light" else "light"
    page = open_page(viewport={"width": width, "height": height}, color_scheme=theme, fresh=fresh)
    for tab in ("control", "sources", "method"):
        open_tab(page, tab)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.dataset.theme") == theme


@pytest.mark.long
@pytest.mark.parametrize("places", [True, False], ids=["with places", "without places"])
def test_a_record_that_tells_nothing_is_drawn_as_well(open_page: Open, places: bool) -> None:
    payload = sample() | {"claims": [], "sources": [], "speakers": [], "origins": []}
    empty: dict[str, list[Any]] = {"entries": [], "history": [], "disputes": [], "mismatches": [], "untestable": []}
    payload["readings"] = [reading | empty for reading in payload["readings"]]
    if not places:
        payload |= {"places": [], "links": [], "regions": []}
    page = open_page(payload, address="#t=2017-10-15&reading=day&tab=sources")
    assert page.evaluate("document.documentElement.dataset.charts") == "drawn"
    expect(page.locator("#detail")).to_contain_text("Nothing was known yet on this date.")
    expect(page.locator("#coverage-words")).to_contain_text("No claim speaks of 128 of 128 days")
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#now")).to_contain_text("16 Oct 2017")


def test_names_on_the_map_do_not_cover_each_other(open_page: Open) -> None:
    page = open_page()
    covered = page.evaluate("""() => [...document.querySelectorAll('.sheet svg.main, .closeup svg')].flatMap((svg) => {
        const letters = (t) => { const b = t.getBBox(), height = 1.2 * parseFloat(getComputedStyle(t).fontSize);
            return { x: b.x, width: b.width, y: b.y + (b.height - height) / 2, height }; };  // whatever room the font takes
        const boxes = [...svg.querySelectorAll('.names text')].map((t) => [t.textContent, letters(t)]);
        return boxes.flatMap(([a, x], i) => boxes.slice(i + 1).filter(([, y]) =>
            Math.min(x.x + x.width, y.x + y.width) - Math.max(x.x, y.x) > 3
            && Math.min(x.y + x.height, y.y + y.height) - Math.max(x.y, y.y) > 5).map(([b]) => a + ' / ' + b)); })""")
    assert covered == []


@pytest.mark.parametrize(
    "address", ["", "#t=2017-11-05&place=al-qaim", "#t=2017-11-03T1900&reading=day&unchanged=shown"]
)
@pytest.mark.parametrize("width", [1600, 390])
def test_it_prints_on_one_sheet(open_page: Open, address: str, width: int) -> None:
    page = open_page(address=address, viewport={"width": width, "height": 900})
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_a_damaged_file_says_so_and_draws_nothing(browser: Browser, tmp_path: Path) -> None:
    whole = build_page(sample())
    payload = re.findall(r'id="payload">([^<]*)<', whole)[0]
    path = tmp_path / "damaged.html"
    path.write_text(whole.replace(payload, payload[:400] + payload[408:]), encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    with page.expect_event("pageerror"):
        page.goto(path.as_uri())
    expect(page.locator("#notice")).to_contain_text("This file is damaged")
    page.context.close()
