"""The pages of an ensemble and of a comparison show what the runs came to, as uncertain as it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from situation.clock import DAY
from situation.pages.contract import missing_fields
from situation.pages.page import build_page
from tests.browser.conftest import Open
from tests.browser.test_page_access import faults
from tests.browser.test_page_text import HOSTILE, poisoned
from tests.browser.valley_page import comparison, ensemble, side, with_story

pytestmark = pytest.mark.browser

CODES = {"holder", "holders", "stories", "ask", "event", "matters", "parents"}


def percent(share: float) -> str:
    """A share as the page writes it: never 0 or 100 for what some stories do or do not."""
    hundred = 100 * share
    if 0 < hundred < 1:
        return "under 1 %"
    return "over 99 %" if 99 < hundred < 100 else f"{int(hundred + 0.5)} %"


def amount(value: float | None) -> str:
    if value is None:
        return "never"
    return f"{int(value + 0.5):,}" if abs(value) >= 10 else f"{int(value * 10 + 0.5) / 10:g}"


def text(page: Page, selector: str) -> str:
    return " ".join(page.locator(selector).first.inner_text().split())


def stamp(minute: int, payload: dict[str, Any]) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp((minute + payload["utc_offset_min"]) * 60, UTC).strftime("%Y-%m-%dT%H%M")


def test_the_questions_show_the_results(open_page: Open) -> None:
    page = open_page(ensemble())
    for answer in side()[0][1]["questions"]:
        row = text(page, f'.question[data-question="{answer["question"]}"]')
        if "share" in answer:
            assert f"{percent(answer['share'])} of stories: {answer['words']}" in row
            assert f"counting error {percent(answer['interval'][0])} to {percent(answer['interval'][1])}" in row
            assert f"outer band {percent(answer['outer'][0])} to {percent(answer['outer'][1])}" in row
            assert f"confidence {answer['confidence']}" in row
        else:
            assert f"median {amount(answer['p50'])}" in row
            assert f"half of the stories {amount(answer['p25'])} to {amount(answer['p75'])}" in row
            assert f"nine in ten {amount(answer['p05'])} to {amount(answer['p95'])}" in row
    assert page.locator(".question").count() == len(side()[0][1]["questions"])


@pytest.mark.parametrize("after", [0, 20, 41, 60])
def test_a_place_shows_its_shares_on_any_day(open_page: Open, after: int) -> None:
    payload, found = ensemble(), side()[0][0]
    at = found.about.at + after * DAY
    page = open_page(payload, address=f"#t={stamp(at, payload)}&place=dell")
    holding = found.held("dell", at)
    shares = {holder: holding.count(holder) / len(holding) for holder in set(holding)}
    if after == 0:
        assert page.locator(".shares-table").count() == 0
        return
    rows = [" ".join(row.split()) for row in page.locator(".shares-table tbody tr").all_inner_texts()]
    assert len(rows) == len(shares)
    assert {row.rpartition(" ")[0].rpartition(" ")[2] + " %" for row in rows} >= {
        percent(share) for share in shares.values() if 0.01 <= share <= 0.99
    }
    mark = page.locator("svg.main .place.shares")
    assert (mark.count() > 0) == any(
        len(set(found.held(place, at))) > 1 for place in payload["ensembles"]["scenario"]["shares"]
    )


def test_shares_are_those_of_the_runs_on_every_day() -> None:
    found = side()[0][0]
    for place, told in ensemble()["ensembles"]["scenario"]["shares"].items():
        assert [row[0] for row in told["rows"]] == sorted({row[0] for row in told["rows"]})
        ends = [row[0] for row in told["rows"][1:]] + [len(found.about.days)]
        for (day, *shares), end in zip(told["rows"], ends, strict=True):
            assert sum(shares) == pytest.approx(1, abs=0.005)
            for moment in {day, end - 1}:
                holding = found.held(place, found.about.days[moment])
                assert shares == [round(holding.count(holder) / len(holding), 3) for holder in told["holders"]]


def test_bands_nest_and_takings_are_those_of_the_runs() -> None:
    told = ensemble()["ensembles"]["scenario"]
    for bands in told["bands"].values():
        levels = [bands[name] for name in ("p05", "p25", "p50", "p75", "p95")]
        assert all(low <= high for one, other in pairwise(levels) for low, high in zip(one, other, strict=True))
    dell = next(row for row in told["expected"] if (row["place"], row["holder"]) == ("dell", "north"))
    answers = {row["question"]: row for row in side()[0][1]["questions"]}
    assert dell["share"] == pytest.approx(answers["dell"]["share"], abs=0.0006)
    assert (dell["p50"] - side()[0][0].about.at) / DAY == pytest.approx(answers["dell-when"]["p50"], abs=1e-4)


def test_a_question_leads_to_what_it_hangs_on_by_keyboard(open_page: Open) -> None:
    page = open_page(ensemble())
    assert "yes or no" not in text(page, "#hangs")
    page.locator('.question[data-question="camp"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('.question[data-question="camp"]')).to_be_focused()
    expect(page.locator("#hangs .big")).to_have_text("camp")
    camp = next(row for row in side()[0][1]["questions"] if row["question"] == "camp")
    assert page.locator("#hangs .weights li").count() == min(10, len(camp["weights"])) > 0
    assert f"chance {percent(camp['spread']['chance'])}" in text(page, "#hangs")
    page.wait_for_timeout(300)
    assert "question=camp" in page.evaluate("location.hash")
    again = open_page(ensemble(), address=page.evaluate("location.hash"))
    expect(again.locator("#hangs .big")).to_have_text("camp")


def test_the_axis_runs_on_past_the_branch(open_page: Open) -> None:
    page = open_page(ensemble())
    assert "branch: stories from here" in text(page, "#strips")
    assert page.locator("#strips .share-strip rect").count() > 4
    assert page.locator("#fans .main-svg").count() > 0
    page.keyboard.press("End")
    expect(page.locator("#coverage")).to_contain_text("day 60 of 60")
    page.keyboard.press("Home")
    expect(page.locator("#coverage")).to_contain_text("claims known")
    assert page.locator("svg.main .place.shares").count() == 0
    assert page.locator("#readings").is_hidden()


def test_one_story_tells_rule_odds_draw_and_parents(open_page: Open) -> None:
    payload = with_story()
    story = next(reading for reading in payload["readings"] if reading["id"] == "story")
    entry = next(it for it in reversed(story["entries"]) if it.get("parents"))
    page = open_page(payload, address=f"#t={stamp(entry['time'], payload)}&reading=story&event={entry['id']}")
    expect(page.locator("#detail")).to_contain_text(entry["rule"])
    expect(page.locator("#detail")).to_contain_text(f"Follows from ({len(entry['parents'])})")
    assert page.locator("svg.main .place.shares").count() == 0
    page.locator("#detail .plainlist button").first.click()
    parent = next(it for it in story["entries"] if it["id"] == entry["parents"][0])
    expect(page.locator("#detail h3")).to_contain_text(parent["text"][:40])
    page.locator('#readings [data-value="scenario"]').click()
    page.keyboard.press("End")
    expect(page.locator("svg.main .place.shares")).not_to_have_count(0)


def test_scenario_baseline_and_difference_switch_the_whole_page(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload)
    expect(page.locator("#readings button")).to_have_text(["Scenario", "Baseline", "Difference"])
    dell = {key: told["questions"][0]["share"] for key, told in payload["ensembles"].items()}
    for reading in ("scenario", "baseline"):
        page.locator(f'#readings [data-value="{reading}"]').click()
        expect(page.locator('.question[data-question="dell"]')).to_contain_text(f"{percent(dell[reading])} of stories")
    page.locator('#readings [data-value="difference"]').click()
    row = payload["comparison"]["questions"]["dell"]
    sign = "\u2212" if row["difference"] < 0 else "+"
    expect(page.locator('.question[data-question="dell"]')).to_contain_text(
        f"{sign}{abs(round(row['difference'] * 100 + 1e-9, 1)):g} points"
    )
    expect(page.locator('.question[data-question="mill"]')).to_contain_text("no difference in any pair of stories")
    expect(page.locator(".parting")).to_contain_text("of stories part")


def test_an_inert_change_shows_no_difference_anywhere(open_page: Open) -> None:
    page = open_page(comparison(inert=True), address="#reading=difference")
    for row in page.locator(".question").all_inner_texts():
        assert "no difference in any pair of stories" in row
    assert page.locator("svg.main .moved").count() == 0
    expect(page.locator("#subtitle")).to_contain_text("differ in 0 places")
    expect(page.locator("#expected")).to_contain_text("No place changes hands more, less, sooner or later")
    expect(page.locator("#questions")).to_contain_text("No two stories on the same luck part")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1600, 1024, 390])
def test_axe_finds_nothing_and_nothing_is_too_wide(open_page: Open, theme: str, width: int) -> None:
    page = open_page(comparison(), color_scheme=theme, viewport={"width": width, "height": 1000})
    page.add_style_tag(content=".bar { position: static !important; }")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for reading in ("scenario", "difference"):
        page.evaluate(f"location.hash = '#t=2020-04-20&reading={reading}&place=dell'")
        page.wait_for_timeout(150)
        assert faults(page) == [], reading
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tag", "script end", "turned", "entities", "slot", "long"])
def test_hostile_strings_stay_text(open_page: Open, hostile: str) -> None:
    page = open_page(poisoned(hostile, comparison(), also=CODES))
    for state in ("reading=scenario&place=dell", "reading=difference", "reading=baseline&question=camp"):
        page.evaluate(f"location.hash = '#t=2020-04-20&{state}'")
        page.wait_for_timeout(80)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    one = open_page(poisoned(hostile, with_story(), also=CODES), address="#t=2020-04-20&reading=story")
    one.keyboard.press("p")
    one.wait_for_timeout(80)
    assert one.evaluate("window.ran === undefined")
    assert one.locator("main img, main b").count() == 0
    assert page.evaluate("window.ran === undefined")
    assert page.locator("main img, main b, footer img, footer b").count() == 0
    assert "\u202e" not in page.evaluate("document.body.innerText")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1600


def test_the_payload_is_whole_and_does_not_grow_with_the_runs() -> None:
    for payload in (ensemble(), comparison()):
        assert missing_fields(payload) == []
        assert len(build_page(payload).encode()) < 6_000_000
    days = len(side()[0][0].about.days)
    assert all(len(told["rows"]) <= days for told in ensemble()["ensembles"]["scenario"]["shares"].values())
