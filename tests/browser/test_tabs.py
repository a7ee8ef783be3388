"""A tab that is led back shows what a tab shows that was just opened: the same text, drawings, choices, folds and focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import address, drawn, open_tab, unfold
from tests.browser.conftest import Open
from tests.browser.record_page import record_payload
from tests.browser.sample import sample
from tests.browser.tabs import led_back, shown_under
from tests.browser.valley_page import comparison

pytestmark = pytest.mark.browser

STATE = r"""() => {
    const drawn = document.documentElement.cloneNode(true);
    for (const one of drawn.querySelectorAll('script, style, #spoken, .draglayer')) one.remove();
    for (const one of drawn.querySelectorAll('details:not([open]) > :not(summary), [hidden] > *')) one.remove();  // not drawn yet
    for (const one of drawn.querySelectorAll('.tab:not(.open)')) one.replaceChildren();  // nor this
    // the library numbers what it draws, and leaves marks where it drew before
    for (const one of [drawn, ...drawn.querySelectorAll('*')]) {
        for (const { name, value } of [...one.attributes])
            if (/^(id|class|clip-path|data-uid|fill|href)$/.test(name))
                if (name !== 'fill' || value.startsWith('url')) one.setAttribute(name, value.replace(/(trace)?[0-9a-f]{6}/g, ''));
        if (one.style.fill === 'none') one.style.fillOpacity = '';
        if (one.matches('path[d="M0,0"]')) one.removeAttribute('style');
        if (one.matches('.shape-group:empty')) one.remove();
        if (one.hasAttribute('style'))
            one.setAttribute('style', one.style.cssText.replace(/(trace)?[0-9a-f]{6}/g, '').split(/; ?/).sort().join(';'));
        for (const name of ['style', 'class']) if (one.getAttribute(name) === '') one.removeAttribute(name);
        const attributes = [...one.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
        for (const each of attributes) one.removeAttributeNode(each);  // their order shows nowhere
        for (const each of attributes) one.setAttributeNode(each);
    }
    for (const one of drawn.querySelectorAll('.clips')) one.append(...[...one.children].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const cards = [...drawn.querySelectorAll('.card:not([hidden])')];
    for (const one of drawn.querySelectorAll('.card')) one.remove();
    const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const scrolled = [...document.querySelectorAll('*')].filter((one) => one.scrollTop || one.scrollLeft);
    return {
        ...Object.fromEntries(cards.map((one) => [one.className, one.outerHTML])),
        rest: drawn.outerHTML,
        text: visible('.card, header, footer, .bar').map((one) => one.innerText).sort(),
        chosen: visible('input, select').map((one) => [one.id, one.value, one.checked]),
        open: visible('details').map((one) => one.open),
        focus: document.activeElement.outerHTML.slice(0, 80),
        scrolled: scrolled.map((one) => one.outerHTML.slice(0, 80)),
        kept: localStorage.length,
    }; }"""


def _used(page: Page) -> None:
    """Use everything that a reader can use and that the browser is not asked to remember."""
    page.emulate_media(color_scheme="dark")
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for name in ("forecast", "control", "sources", "method"):
        if not page.locator(f"#tab-{name}").is_visible():
            continue  # the record's own readings forecast nothing
        open_tab(page, name)
        for box in ("#readings", "#rules", "#views", "#report-rows"):
            drawn(page)  # a reading has rules and views of its own, which come and go a frame later
            for button in page.locator(f"{box} button:visible").all():
                button.click()
        for ident in ("speed", "span", "about", "order", "fates-of", "hangs-question", "of-record"):
            select = page.locator(f"#{ident}:visible")
            if select.count():
                select.select_option(index=select.locator("option").count() - 1)
    page.locator(".takeaway").first.click()
    page.keyboard.press("Escape")
    open_tab(page, "control")
    for ident in ("zoom-in", "unchanged", "previous", "play"):
        page.locator(f"#{ident}").click()
    page.locator("svg.main .place").first.dispatch_event("click")
    page.pdf(prefer_css_page_size=True)
    page.locator("#search").fill("a")
    page.evaluate("for (const one of document.querySelectorAll('main *, html')) one.scrollTop = one.scrollLeft = 40;")
    page.locator("svg.main .place").first.hover(force=True)
    page.keyboard.press("?")


def _state(page: Page) -> dict[str, Any]:
    """All that shows, in one column: which of several columns a card stands in hangs on what was shown when they were dealt."""
    shown_under(page, {"width": 700, "height": 1080})
    drawn(page)
    unfold(page)
    address(page)
    state: dict[str, Any] = {}
    for _ in range(20):  # until it has come to rest: a chart may be drawn a moment after its frame
        before, state = state, page.evaluate(STATE)
        if state == before:
            break
        page.wait_for_timeout(100)
    return state


def _under_every_tab(page: Page) -> dict[str, dict[str, Any]]:
    """The state with the tab open that the address names, and then with each of them."""
    states = {"": _state(page)}
    for tab in page.locator("#tabs [role=tab]:visible").all():
        name = str(tab.get_attribute("id")).removeprefix("tab-")
        open_tab(page, name)
        states[name] = _state(page)
    return states


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


@pytest.mark.parametrize(
    ("payload", "where"),
    [
        pytest.param(sample, "", marks=pytest.mark.long),
        pytest.param(
            sample, "#t=2017-08-05&reading=day&place=rawa&view=all&rule=points&span=days", marks=pytest.mark.long
        ),
        pytest.param(
            record_payload,
            "#t=2017-11-03T1200&span=fortnight&unchanged=shown&dispute=1&rows=origin",
            marks=pytest.mark.long,
        ),
        pytest.param(comparison, "", marks=pytest.mark.long),
        pytest.param(
            comparison,
            "#t=2020-04-20&reading=baseline&question=camp&order=most&side=rebels",
            marks=pytest.mark.long,
        ),
        pytest.param(comparison, "#t=2020-03-12&reading=day", marks=pytest.mark.long),
    ],
    ids=[
        "sample",
        "sample, a place",
        "record, a dispute",
        "comparison",
        "comparison, a question",
        "comparison, the day",
    ],
)
def test_a_tab_led_back_is_like_a_fresh_one(open_page: Open, payload: Callable[[], dict[str, Any]], where: str) -> None:
    fresh = open_page(payload(), f"?hint=off{where}", fresh=True)
    written, expected = address(fresh), _under_every_tab(fresh)
    with_use = open_page(payload())
    _used(with_use)
    assert len(_differing(with_use.evaluate(STATE), next(iter(expected.values())))) > 3
    shown_under(with_use)
    led_back(with_use, where)
    with_use.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = !one.open; })")
    led_back(with_use, where)
    assert address(with_use) == written
    found = _under_every_tab(with_use)
    assert found.keys() == expected.keys()
    assert {name: _differing(found[name], expected[name]) for name in found} == {name: [] for name in found}
