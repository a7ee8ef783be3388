"""The page's address, which carries its state: read when the page has written it, and followed until all is drawn."""

from __future__ import annotations

from playwright.sync_api import Page

__all__ = ["FRAMES", "address", "all_drawn", "drawn", "follow", "open_tab", "unfold"]

FRAMES = """async () => {
    do await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    while (document.documentElement.dataset.drawn !== 'all'); }"""


def drawn(page: Page) -> None:
    """Wait until what the last change asks for is on the page, out of sight as well."""
    page.evaluate(FRAMES)


def all_drawn(page: Page) -> None:
    """Wait until a page that was just opened is drawn, and have its charts drawn too, though none is in sight yet."""
    ready = "html[data-charts][data-drawn=all]"
    page.wait_for_selector(ready, timeout=60_000)
    if page.evaluate("""() => {
        const chart = [...document.querySelectorAll('.chart')].find((one) => one.checkVisibility());
        if (!chart || chart.childElementCount) return false;
        chart.scrollIntoView({ behavior: 'instant' });
        return true; }"""):
        page.wait_for_selector(":is(.chart > .figure, html[data-charts=failed])", state="attached", timeout=60_000)
        page.wait_for_selector(ready, timeout=60_000)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        drawn(page)


def address(page: Page) -> str:
    """The address from its `#` on, once the page has brought it up to its last change."""
    page.wait_for_selector("html[data-address=current]", state="attached")
    return str(page.evaluate("location.hash"))


def follow(page: Page, wanted: str) -> None:
    """Go to an address (from its `#` on) in the open page, as a link would, and wait until it is drawn."""
    page.evaluate(
        """(wanted) => location.hash === wanted || new Promise((done) => {
            addEventListener('hashchange', done, { once: true });
            location.hash = wanted; })""",
        wanted,
    )
    drawn(page)


def open_tab(page: Page, name: str) -> None:
    """Open a tab under the map: control, forecast, sources or method."""
    page.locator(f"#tab-{name}").click()
    drawn(page)


def unfold(page: Page) -> None:
    """On a phone, open every card of the open tab that stands folded, one by one."""
    while (button := page.locator(".tab.open .unfold[aria-expanded=false]:visible")).count():
        button.first.click()
        drawn(page)
