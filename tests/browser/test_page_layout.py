"""The page gives its answer first: few words and panels at once, one inspector always at hand, the slider wide, text legible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import address, drawn, open_tab
from tests.browser.conftest import Open
from tests.browser.record_page import record_payload
from tests.browser.valley_page import comparison

pytestmark = pytest.mark.browser

FIRST_VIEW = """() => { const bar = document.querySelector('.bar').getBoundingClientRect().top, words = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const node = text.parentElement, range = document.createRange();
        range.selectNodeContents(text);
        const { top, bottom, width } = range.getBoundingClientRect(), within = node.closest('.bar') ? innerHeight : bar;
        if (node.closest('script, noscript, .unseen, option, svg') || !node.checkVisibility() || !width) continue;
        const box = node.closest('#detail')?.getBoundingClientRect();
        const end = box ? Math.min(box.bottom, within) : within;
        if (top < end && bottom > 0) words.push(...text.data.split(/\\s+/).filter((one) => /[\\p{L}\\d]/u.test(one)));
    }
    const panels = [...document.querySelectorAll('section.card')].filter((one) => one.checkVisibility()
        && one.getBoundingClientRect().top < bar);
    return { words: words.length, panels: panels.length }; }"""
"""Words in sight as the page opens, but for the names that the map draws; and panels."""

SMALL = """() => [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility()
        && !node.closest('script, noscript, .unseen')
        && [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
    .map((node) => [parseFloat(getComputedStyle(node).fontSize) * (node.ownerSVGElement ? node.getScreenCTM().a : 1),
        node.outerHTML.slice(0, 90)])
    .filter(([size]) => size < 11.8)"""


@pytest.mark.parametrize("build", [record_payload, comparison])
def test_the_first_view_has_few_words_and_panels(open_page: Open, build: Callable[[], dict[str, Any]]) -> None:
    page = open_page(build(), viewport={"width": 1600, "height": 1000})
    seen = page.evaluate(FIRST_VIEW)
    assert 0 < seen["panels"] <= 6
    assert 0 < seen["words"] <= 250, seen


@pytest.mark.parametrize("build", [record_payload, comparison])
def test_a_phone_shows_five_screens_until_something_is_opened(
    open_page: Open, build: Callable[[], dict[str, Any]]
) -> None:
    page = open_page(build(), viewport={"width": 390, "height": 844})
    for tab in page.locator("#tabs [role=tab]:visible").all():
        tab.click()
        drawn(page)
        assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 5, tab.inner_text()


@pytest.mark.parametrize(("width", "height"), [(1600, 1000), (1280, 800), (1024, 768), (768, 1024), (390, 844)])
def test_what_is_chosen_is_in_sight_wherever_it_is_chosen(open_page: Open, width: int, height: int) -> None:
    page = open_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("#strips .row[data-place=al-qaim]").dispatch_event("click")
    heading = page.locator("#detail h3")
    expect(heading).to_have_text("al-Qaim")
    expect(heading).to_be_in_viewport(ratio=1)
    page.locator("#detail").get_by_role("button", name="Close").click()
    expect(page.locator("#detail h3", has_text="al-Qaim")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
@pytest.mark.parametrize("build", [record_payload, comparison])
def test_each_key_judgement_leads_to_what_it_speaks_of(
    open_page: Open, build: Callable[[], dict[str, Any]], width: int
) -> None:
    page = open_page(build(), viewport={"width": width, "height": 844}, fresh=True)
    ways = page.locator("#judgement-list button")
    assert ways.count() == len(build()["judgements"]) > 2
    for number, one in enumerate(build()["judgements"]):
        page.evaluate("() => { scrollTo(0, 0); location.hash = '#rule=points'; }")
        drawn(page)
        ways.nth(number).click()
        drawn(page)
        wanted = parse_qs(one["shows"])
        shown = parse_qs(address(page).lstrip("#"))
        for name in ("t", "reading", "place", "dispute"):
            assert shown.get(name) == wanted.get(name, shown.get(name)), one["text"]
        assert shown["rule"] == ["points"]
        expect(page.locator("#notice")).to_be_empty()
        for question in wanted.get("question", []):
            expect(page.locator(f'.chosen .question[data-question="{question}"]')).to_be_in_viewport()
        for panel in wanted.get("panel", []):
            expect(page.locator(f"main .card.{panel} h2, main .card.{panel} h3").first).to_be_in_viewport()


@pytest.mark.parametrize("width", [1600, 1280, 1024, 768, 390])
def test_the_slider_is_never_narrower_than_half_of_the_window(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    slider, play = page.locator("#time").bounding_box(), page.locator("#play").bounding_box()
    assert slider is not None
    assert play is not None
    assert slider["width"] >= width / 2
    assert (slider["y"] + slider["height"] <= play["y"]) == (width < 1024)


@pytest.mark.parametrize("width", [1600, pytest.param(390, marks=pytest.mark.long)])
@pytest.mark.parametrize("build", [pytest.param(record_payload, marks=pytest.mark.long), comparison])
def test_no_text_is_smaller_than_twelve_pixels(
    open_page: Open, build: Callable[[], dict[str, Any]], width: int
) -> None:
    page = open_page(build(), viewport={"width": width, "height": 1000})
    for tab in page.locator("#tabs [role=tab]:visible").all():
        tab.click()
        drawn(page)
        assert page.evaluate(SMALL) == []


def _panels(page: Page) -> list[str]:
    names = "all => all.map((one) => one.closest('.card').classList[1])"
    found: list[str] = page.locator(".takeaway:visible").evaluate_all(names)
    return found


@pytest.mark.parametrize("tab", ["forecast", pytest.param("control", marks=pytest.mark.long), "sources"])
def test_every_panel_can_be_taken_away(open_page: Open, tab: str) -> None:
    page = open_page(comparison(), address=f"#tab={tab}", fresh=True)
    assert len(_panels(page)) > 3
    for panel in _panels(page):
        page.locator(f".card.{panel} .takeaway").click()
        with page.expect_download() as picture:
            page.locator("#take-box").get_by_role("button", name="Picture").click()
        content = picture.value.path().read_bytes()
        box = page.locator(f".card.{panel}").bounding_box()
        assert box is not None
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(content[16:20]) == pytest.approx(2 * box["width"], abs=3)
        assert len(set(content)) > 200
        with page.expect_download() as table:
            page.locator("#take-box").get_by_role("button", name="Table").click()
        rows = table.value.path().read_text("utf-8").splitlines()
        assert len(rows) > 1, panel
        assert "\ufffd" not in "".join(rows)
        page.keyboard.press("Escape")


def test_a_link_of_a_panel_leads_to_it(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03T2359&reading=best&tab=sources&panel=coverage", fresh=True)
    expect(page.locator(".card.coverage")).to_be_in_viewport()
    expect(page.locator("#notice")).to_have_text("")
    assert address(page) == "#t=2017-11-03T2359&reading=best&tab=sources"
    open_tab(page, "control")
    assert address(page) == "#t=2017-11-03T2359&reading=best"
