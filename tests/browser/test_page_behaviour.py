"""First visit, going to a day, links that carry everything, touch, calm, the reading of the day, and what silence is shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import address, follow
from tests.browser.conftest import Open
from tests.browser.sample import sample

pytestmark = pytest.mark.browser

NO_STORE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)


def test_a_first_visitor_is_told_how_to_begin_on_screen_and_only_once(open_page: Open) -> None:
    page = open_page(fresh=True)
    hint = page.locator("#hint")
    expect(hint).to_contain_text("Drag the slider")
    box, main = hint.bounding_box(), page.locator("main").bounding_box()
    assert box is not None
    assert main is not None
    assert box["y"] + box["height"] <= main["y"]
    page.emulate_media(media="print")
    expect(hint).to_be_hidden()
    page.emulate_media(media="screen")
    expect(hint).to_be_visible()
    hint.locator("button").click()
    expect(hint).to_be_hidden()
    page.goto(page.url.split("#")[0])
    page.wait_for_selector("html[data-charts]")
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("use", ["Escape", "ArrowLeft", "n", "click", "slider"])
def test_the_hint_goes_with_the_first_thing_that_is_done(open_page: Open, use: str) -> None:
    page = open_page(fresh=True)
    expect(page.locator("#hint")).to_be_visible()
    if use == "click":
        page.locator("svg.main .place").first.dispatch_event("click")
    elif use == "slider":
        page.locator("#time").fill(str(sample()["window"][0] + 5000))
    else:
        page.keyboard.press(use)
    expect(page.locator("#hint")).to_be_hidden()


@pytest.mark.parametrize("address", ["#t=2017-10-15", "#hint=off", "?hint=off"])
def test_the_hint_stays_away_from_links_and_pictures(open_page: Open, address: str) -> None:
    expect(open_page(address=address, fresh=True).locator("#hint")).to_be_hidden()


def test_the_hint_is_reached_by_keyboard_and_leaves_the_keyboard_on_the_slider(open_page: Open) -> None:
    page = open_page(fresh=True)
    button = page.locator("#hint button")
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("(node) => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#hint")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "time"


@pytest.mark.long
def test_a_browser_that_keeps_nothing_shows_the_hint_and_goes_on(open_page: Open) -> None:
    page = open_page(before=NO_STORE)
    page.locator("#hint button").click()
    expect(page.locator("#hint")).to_be_hidden()
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_day_can_be_gone_to_by_its_date(open_page: Open) -> None:
    page = open_page()
    page.locator("#goto").fill("2017-10-16")
    page.locator("#goto").press("Enter")
    expect(page.locator("#now")).to_contain_text("16 Oct 2017 23:59")
    page.keyboard.press("Escape")
    page.locator("#previous").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#goto")).to_have_value("17 Oct 2017")


STATES = (
    "t=2017-10-16T1200&reading=day&event=e-kirkuk&span=days&view=all&rule=points&rows=origin&unchanged=shown&tab=sources",
    "t=2017-07-01T0000&reading=best&place=rawa&map=41.900%2C34.500%2C900&unchanged=shown",
    "t=2017-11-03T2359&reading=best&dispute=1&rows=origin&tab=sources",
    "t=2017-11-05T2359&reading=day&coverage=weekly%2F2017-11-03%2F1&rule=points&tab=method",
    "t=2017-11-04T0001&reading=best&strength=islamic-state%40al-qaim.strength",
)
SHOWN = """() => ['#now', '#readings [aria-pressed=true]', '#rules [aria-pressed=true]', '#views [aria-pressed=true]',
    '#report-rows [aria-pressed=true]', '#unchanged', '#detail', '#disputes', '#coverage-words', '#tabs [aria-selected=true]']
    .map((one) => document.querySelector(`:is(${one}):not(.tab:not(.open) *)`)?.innerText ?? null)
    .concat(document.querySelector('#span').value, document.querySelector('svg.main .place').getAttribute('transform'))"""


@pytest.mark.parametrize("state", [*(pytest.param(state, marks=pytest.mark.long) for state in STATES[:-1]), STATES[-1]])
def test_a_link_carries_all_that_is_chosen(open_page: Open, state: str) -> None:
    page = open_page(address=f"#{state}", fresh=True)
    expect(page.locator("#notice")).to_have_text("")
    expect(page.locator("#detail h3")).to_be_visible()
    assert address(page) == f"#{state}"
    first = page.evaluate(SHOWN)
    elsewhere = open_page(address="#t=2017-09-01&reading=best")
    assert elsewhere.evaluate(SHOWN) != first
    follow(elsewhere, f"#{state}")
    assert elsewhere.evaluate(SHOWN) == first


def test_in_the_reading_of_the_day_an_event_is_told_once_as_it_was_known(open_page: Open) -> None:
    payload = sample()
    day = next(reading for reading in payload["readings"] if reading["id"] == "day")
    entry = next(entry for entry in day["entries"] if entry["id"] == "e-qaim")
    known = {claim["id"]: claim["known"] for claim in payload["claims"]}
    early, late = known["C-02"], known["C-03"]
    assert early < late
    end = payload["window"][1] + 1
    for one in day["entries"]:
        told = [known[claim] for claim in [*one["claims"], *one["against"]]]
        one["held"] = [[min(told, default=payload["window"][0]), end]]
    entry["claims"], entry["held"] = ["C-02"], [[early, late]]
    day["entries"].append({**entry, "claims": ["C-02", "C-03"], "held": [[late, end]]})
    page = open_page(payload, address="#t=2017-11-03T1900&reading=day")
    missing, row = (
        page.locator("#detail .unknown"),
        page.locator("#detail .latest-list li", has_text="Iraq takes al-Qaim"),
    )
    expect(missing).to_contain_text("Not known yet at this minute: 4 changes of control")
    expect(missing.locator("li", has_text="Iraq takes al-Qaim")).to_contain_text("first said 3 Nov 2017")
    expect(row).to_have_count(0)
    follow(page, "#t=2017-11-03T2330&reading=day")
    expect(row).to_contain_text("1 claim")
    expect(row).to_have_count(1)
    expect(missing).to_have_count(0)
    follow(page, "#t=2017-11-05&reading=day")
    expect(row).to_contain_text("2 claims")
    expect(row).to_have_count(1)


def test_days_that_nobody_speaks_of_are_counted_and_hatched(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-05&span=all&tab=sources")
    words = page.locator("#coverage-words").inner_text()
    found = re.search(r"No claim speaks of (\d+) of (\d+) days", words)
    assert found is not None
    assert int(found[2]) == 128
    near = [claim for claim in sample()["claims"] if claim["latest"] - claim["earliest"] <= 4 * 1440]
    spoken = {
        day for claim in near for day in range((claim["earliest"] + 180) // 1440, (claim["latest"] + 180) // 1440 + 1)
    }
    assert int(found[1]) == 128 - len(spoken)
    assert page.locator("#coverage-chart .silent").count() > 0
    assert "Silence is not peace" in words
    page.locator("#coverage-words summary").first.click()
    page.locator("#coverage-words th button").first.click()
    expect(page.locator("#detail h3")).to_contain_text("The Weekly")


def test_what_is_assumed_is_marked_wherever_it_stands(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03&place=rawa&span=all")
    expect(page.locator("#detail")).to_contain_text("ASSUMED")
    assert page.locator("#strips .row[data-place=al-qaim] .assumed").count() == 1
    assert page.locator("svg.main .hole").count() > 0
    page.evaluate("document.getElementById('table-box').open = true")
    expect(page.locator("#table tr", has_text="Rawa")).to_contain_text("ASSUMED")


@pytest.mark.long
def test_a_finger_chooses_a_place_and_leaves_no_box_behind(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(page.locator("#hint")).to_contain_text("tap anything")
    page.locator("svg.main .place .hit").last.tap(force=True)
    expect(page.locator("#detail h3")).to_be_visible()
    expect(page.locator("#tip")).to_be_hidden()
    box = page.locator("#time").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    expect(page.locator("#now")).to_contain_text("Aug 2017")
    page.locator("#play").tap()
    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
def test_who_asks_for_less_motion_gets_whole_days_and_no_gliding(open_page: Open) -> None:
    page = open_page(address="#t=2017-09-01", reduced_motion="reduce", fresh=True)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    seen = page.evaluate("""() => new Promise((done) => {
        const seen = new Set(), now = document.getElementById('now');
        const noted = () => { seen.add(now.innerText); if (seen.size > 2) done([...seen]); };
        new MutationObserver(noted).observe(now, { childList: true, subtree: true });
        document.getElementById('play').click(); })""")
    assert all(text.endswith("23:59") for text in seen), seen
    moving = open_page(address="#t=2017-09-01", reduced_motion="no-preference")
    assert moving.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
