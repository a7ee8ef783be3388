"""Every control does what it says, by pointer and by keyboard, and links carry the state."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import address, drawn, follow, open_tab
from tests.browser.conftest import Open
from tests.browser.sample import at, sample

pytestmark = pytest.mark.browser


def _date(page: Page) -> str:
    drawn(page)
    return page.locator("#now").inner_text()


def _row(page: Page, place: str) -> list[str]:
    page.evaluate("document.getElementById('table-box').open = true")
    drawn(page)
    return page.locator("#table tbody tr", has_text=place).first.locator("td").all_inner_texts()


def test_arrows_step_a_day_and_shift_a_week(open_page: Open) -> None:
    page = open_page()
    assert _date(page) == "3 Nov 2017 23:59"
    page.keyboard.press("ArrowLeft")
    assert _date(page) == "2 Nov 2017 23:59"
    page.keyboard.press("Shift+ArrowLeft")
    assert _date(page) == "26 Oct 2017 23:59"
    page.keyboard.press("ArrowRight")
    page.keyboard.press(",")
    assert _date(page) == "27 Oct 2017 22:59"
    page.keyboard.press("Home")
    assert _date(page) == "1 Jul 2017 00:00"
    page.keyboard.press("End")
    assert _date(page) == "5 Nov 2017 23:59"


def test_n_and_p_go_through_the_events(open_page: Open) -> None:
    page = open_page(address="#t=2017-10-15")
    page.keyboard.press("n")
    expect(page.locator("#detail h3")).to_have_text("Iraq takes Kirkuk")
    assert _date(page) == "16 Oct 2017 12:00"
    page.keyboard.press("p")
    expect(page.locator("#detail h3")).to_have_text("Syria takes Mayadin")
    page.keyboard.press("Escape")
    expect(page.locator("#detail h3")).to_have_count(0)


def test_space_plays_and_pauses(open_page: Open) -> None:
    page = open_page(address="#t=2017-09-01")
    begun = _date(page)
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator("#now")).not_to_have_text(begun)
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
    paused = _date(page)
    assert _date(page) == paused


def test_help_opens_and_single_keys_can_be_switched_off(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("?")
    expect(page.locator("#help-box")).to_be_visible()
    page.locator("#letters").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#detail h3")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    assert _date(page) == "2 Nov 2017 23:59"


def test_readings_switch_the_whole_page(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03T1700")
    assert _row(page, "al-Qaim")[:2] == ["Iraq", "held, victory declared by Iraq"]
    page.locator("#readings button", has_text="As known on the day").click()
    assert _row(page, "al-Qaim")[:2] == ["Islamic State", "held"]
    open_tab(page, "sources")
    expect(page.locator("#disputes")).to_contain_text("None at this date.")
    follow(page, "#t=2017-11-03&reading=day")
    expect(page.locator("#now")).to_contain_text("23:59")
    assert _row(page, "al-Qaim")[:2] == ["Iraq", "held, victory declared by Iraq"]
    open_tab(page, "sources")
    assert page.locator("#reports .points path[style*='0.22']").count() == 7


def test_a_link_restores_the_state(open_page: Open) -> None:
    page = open_page(
        address="#t=2017-11-03T1200&reading=day&place=albu-kamal&rule=points&view=all&span=days", fresh=True
    )
    assert _date(page) == "3 Nov 2017 12:00"
    expect(page.locator("#readings [aria-pressed=true]")).to_have_text("As known on the day")
    expect(page.locator("#detail h3")).to_have_text("Albu Kamal")
    expect(page.locator("#rules [aria-pressed=true]")).to_have_text("Points only")
    expect(page.locator("#views [aria-pressed=true]")).to_have_text("Whole map")
    again = open_page(address=address(page), fresh=True)
    assert address(again) == address(page)
    expect(again.locator("#detail h3")).to_have_text("Albu Kamal")


def test_a_link_to_what_is_not_there_says_so(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-31&reading=dawn&place=atlantis", fresh=True)
    notice = page.locator("#notice")
    expect(notice).to_contain_text("This link names “dawn”, “2017-11-31”, “atlantis”, which this file does not have.")
    page.keyboard.press("Tab")
    expect(notice).to_be_visible()
    notice.locator("button").click()
    expect(notice).to_have_text("")
    assert _date(page) == "3 Nov 2017 23:59"


@pytest.mark.parametrize("spelling", ["القائم", "al qaim", "QAIM", "Al Qa’im", "qaim"])
def test_a_place_is_found_by_any_spelling(open_page: Open, spelling: str) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type(spelling)
    page.keyboard.press("Enter")
    expect(page.locator("#detail h3")).to_have_text("al-Qaim")


def test_strips_are_walked_with_the_keys(open_page: Open) -> None:
    page = open_page()
    page.locator("#strip-list").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#detail h3")).to_have_text("al-Qaim")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#detail h3")).to_have_text("Husaybah crossing")


def test_the_detail_names_claims_grades_and_lines(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-04&event=e-omar")
    text = page.locator("#detail").inner_text()
    assert "SAYS SO (1)" in text.upper()
    assert "SAYS OTHERWISE (1)" in text.upper()
    assert "C2 voice fairly reliable, item probably true" in " ".join(text.split())
    page.locator("#detail summary").first.click()
    expect(page.locator("#detail details[open] dl")).to_contain_text("record.yaml:154")


def test_every_control_can_be_pressed(open_page: Open) -> None:
    page = open_page(fresh=True)
    for box in ("#readings", "#rules", "#views"):
        for button in page.locator(f"{box} button").all():
            button.click()
    for ident in ("zoom-in", "zoom-out", "unchanged", "theme", "previous", "next", "copy-link", "play", "play"):
        page.locator(f"#{ident}").click()
    for box in ("#speed", "#span"):
        for option in page.locator(f"{box} option").all():
            page.locator(box).select_option(option.get_attribute("value"))
    page.locator("#table-box > summary").click()
    open_tab(page, "sources")
    for button in page.locator("#report-rows button").all():
        button.click()
    for row in range(page.locator("#disputes .rowlike").count()):
        page.locator("#disputes .rowlike").nth(row).evaluate("(node) => node.click()")
        expect(page.locator("#detail h3")).to_be_visible()
    page.locator("#sources button.link").first.click()
    expect(page.locator("#detail h3")).to_contain_text("Newswire")
    page.locator("#sources-box > summary").click()
    open_tab(page, "method")
    page.locator("#assumptions-box > summary").click()
    page.locator("svg.main .place").first.dispatch_event("click")
    with page.expect_download() as taken:
        page.locator(".files button").first.click()
    assert taken.value.suggested_filename == "history.csv"
    assert taken.value.path().read_text(encoding="utf-8").startswith("cell,value")


POINTS = """(all) => { const at = (path) => { const box = path.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; };
    const first = at(all[0]), here = all.filter((path) => Math.hypot(at(path).x - first.x, at(path).y - first.y) < 1);
    return { ...first, ids: here.map((path) => path.closest('.trace').__data__[0].trace.customdata[path.__data__.i]) }; }"""
"""Where the first point of a chart is, and what stands there: an event, a claim, or the cell of a strength."""


@pytest.mark.parametrize(("chart", "kind"), [("events", "event"), ("reports", "claim"), ("strengths", "strength")])
def test_a_point_of_a_chart_leads_to_what_it_stands_for(open_page: Open, chart: str, kind: str) -> None:
    page = open_page(address="#tab=sources" if chart == "reports" else "")
    points = page.locator(f"#{chart} .points path")
    points.first.scroll_into_view_if_needed()
    drawn(page)
    there = points.evaluate_all(POINTS)
    page.mouse.move(there["x"], there["y"])
    expect(page.locator("#tip")).to_be_visible()
    page.mouse.click(there["x"], there["y"])
    chosen = [unquote(value) for key, _, value in _parts(page) if key == kind]
    assert len(chosen) == 1
    assert chosen[0] in there["ids"]
    payload = sample()
    told = {
        **{entry["id"]: entry["text"] for entry in payload["readings"][0]["entries"]},
        **{claim["id"]: claim["says"] for claim in payload["claims"]},
        "islamic-state@al-qaim.strength": "1,500 to 2,500 fighters",
    }
    expect(page.locator("#detail")).to_contain_text(told[chosen[0]])


def _parts(page: Page) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in address(page).removeprefix("#").split("&")]


def test_the_page_turns_dark_and_back(open_page: Open) -> None:
    page = open_page(fresh=True)
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    page.wait_for_selector("html[data-charts]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_tour_leads_from_stop_to_stop_by_pointer_key_and_link(open_page: Open) -> None:
    payload = sample()
    payload["tour"] = [
        {"at": at("2017-10-16"), "text": "Kirkuk changes hands.", "place": "kirkuk", "claims": []},
        {"at": at("2017-11-03"), "text": "So does al-Qaim.", "place": "al-qaim", "claims": ["C-02"]},
    ]
    page = open_page(payload, address="#t=2017-10-01T1200")
    box = page.locator("#tour-box")
    expect(box).to_be_hidden()
    page.locator("#tour").click()
    expect(box).to_contain_text("1 of 2 \u00b7 16 Oct 2017")
    expect(page.locator("#detail .chosen-head")).to_contain_text("Kirkuk")
    page.locator("#tour-on").click()
    expect(box).to_contain_text("2 of 2 \u00b7 3 Nov 2017 So does al-Qaim. C-02")
    assert "tour=2" in address(page)
    page.keyboard.press("Shift+T")
    expect(box).to_contain_text("1 of 2")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    follow(page, "#tour=2")
    expect(box).to_contain_text("2 of 2")
    expect(page.locator("#now")).to_contain_text("3 Nov 2017")
    expect(page.locator("#detail .chosen-head")).to_contain_text("al-Qaim")
    page = open_page()
    expect(page.locator("#tour")).to_be_hidden()


def test_a_day_is_typed_and_read_in_one_form_and_a_wrong_one_is_answered(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03T1200")
    field, advice = page.locator("#goto"), page.locator("#goto-advice")
    expect(field).to_have_value("3 Nov 2017")
    for typed, shown in (
        ("20 october 2017", "20 Oct 2017"),
        ("2017-10-21", "21 Oct 2017"),
        ("4 Sept", "4 Sep 2017"),
        ("21.10.2017", "21 Oct 2017"),
        ("Oct 22, 2017", "22 Oct 2017"),
        ("5 Nov", "5 Nov 2017"),
    ):
        field.fill(typed)
        field.press("Enter")
        expect(field).to_have_value(shown)
        expect(page.locator("#now")).to_contain_text(shown)
    for typed, words in (
        ("10/11/2017", "Type a day as 3 Nov 2017"),
        ("31 Feb 2017", "Type"),
        ("12.31.2017", "Type a day as"),
        ("5 Novgorod 2017", "3.11.2017 or 2017-11-03"),
        ("1 Nov 1917", "Type a day from"),
    ):
        field.fill(typed)
        field.press("Enter")
        expect(advice).to_contain_text(words)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#now")).to_contain_text("5 Nov 2017")
    field.press("Escape")
    expect(field).to_have_value("5 Nov 2017")
    expect(advice).to_be_empty()
    field.press("ArrowDown")
    expect(field).to_have_value("4 Nov 2017")
