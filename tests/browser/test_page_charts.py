"""The charts of stories: nothing stands over the data, ranges are drawn as ranges, and scales say how far they go."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import address, drawn, follow, open_tab, unfold
from tests.browser.conftest import Open
from tests.browser.stories_words import percent, text
from tests.browser.valley_page import comparison, ensemble, side

pytestmark = pytest.mark.browser

Box = dict[str, float]
LINE = 5  # pixels from the middle of a line of small letters to its edge, whatever room the font takes
BOXES = """([selector, half]) => [...document.querySelectorAll(selector)].map((node) => {
    const { x, y, right, bottom } = node.getBoundingClientRect(); const middle = (y + bottom) / 2;
    return half ? { x, y: middle - half, right, bottom: middle + half } : { x, y, right, bottom }; })"""


def _boxes(page: Page, selector: str, half: int = 0) -> list[Box]:
    found: list[Box] = page.evaluate(BOXES, [selector, half])
    return found


def _meet(one: Box, other: Box) -> bool:
    return min(one["right"], other["right"]) - max(one["x"], other["x"]) > 1 and (
        min(one["bottom"], other["bottom"]) - max(one["y"], other["y"]) > 1
    )


@pytest.mark.long
@pytest.mark.parametrize("chart", ["fans", "clashes"])
@pytest.mark.parametrize("width", [1600, 1024, 390])
def test_titles_of_charts_lie_over_neither_data_nor_words(open_page: Open, chart: str, width: int) -> None:
    page = open_page(comparison(), viewport={"width": width, "height": 1000})
    unfold(page)
    grounds = _boxes(page, f"#{chart} .annotation:has(tspan) rect.bg")
    clear = page.locator(f"#{chart} .annotation:not(:has(tspan)) rect.bg")
    assert clear.evaluate_all("all => all.every((one) => one.style.fillOpacity === '0')")
    words = _boxes(page, f"#{chart} .annotation-text", LINE)
    assert len(words) > 2
    assert not any(_meet(one, other) for n, one in enumerate(words) for other in words[n + 1 :])
    titles = _boxes(page, f"#{chart} .annotation-text:has(tspan)", LINE)
    lines = _boxes(page, f"#{chart} .scatterlayer .js-line")
    assert len(titles) == len(grounds) > 1
    assert not any(_meet(one, line) for one in titles + grounds for line in lines if line["right"] - line["x"] > 1)


def test_the_unit_of_strengths_stands_clear_of_the_axis(open_page: Open) -> None:
    page = open_page()
    words = _boxes(page, "#strengths .annotation-text", LINE)
    ticks = _boxes(page, "#strengths .xtick text", LINE)
    assert ticks
    assert not any(_meet(word, tick) for word in words for tick in ticks)


@pytest.mark.long
def test_the_line_of_the_date_leaves_the_dates_above_the_strips_alone(open_page: Open) -> None:
    page = open_page(ensemble(), address="#tab=control")
    (cursor,), (label,) = _boxes(page, "#strip-list .cursor"), _boxes(page, "#strips .branch-label")
    assert cursor["y"] >= label["bottom"] - 1


def test_on_a_phone_a_long_name_of_a_strip_stands_whole_above_it(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, address="#tab=control")
    unfold(page)
    row = page.locator("#strips .row[data-place=husaybah-crossing]")
    expect(row.locator(".label")).to_have_text("Husaybah crossing")
    (name,) = _boxes(page, "#strips .row[data-place=husaybah-crossing] .label")
    pieces = _boxes(page, "#strips .row[data-place=husaybah-crossing] rect:not(.under)")
    assert pieces and not any(_meet(name, piece) for piece in pieces)


def test_clashes_are_drawn_with_their_counting_error(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload)
    expect(page.locator("#clashes-hint")).to_contain_text("band: counting error (95 %)")
    course = payload["ensembles"]["scenario"]["clashes"][0]
    lines = len(course["rungs"])
    assert page.locator("#clashes .fills path").count() >= lines
    page.locator('#readings [data-value="difference"]').click()
    expect(page.locator("#clashes-hint")).to_contain_text("95 % interval of the difference")


def test_clashes_rise_and_their_errors_hold_them() -> None:
    for course in ensemble()["ensembles"]["scenario"]["clashes"]:
        for rung, rows in course["rungs"].items():
            assert [share for _, share in rows] == sorted(share for _, share in rows)
            ends = course["errors"][rung]
            assert all(low <= share <= high for (_, share), (low, high) in zip(rows, ends, strict=True))


def test_differences_of_clashes_are_those_of_the_shares() -> None:
    told = comparison()
    both = [
        {":".join(one["between"]): one["rungs"] for one in told["ensembles"][name]["clashes"]}
        for name in ("scenario", "baseline")
    ]
    assert told["comparison"]["clashes"]
    for pair, rungs in told["comparison"]["clashes"].items():
        for rung, rows in rungs.items():
            last = [which.get(pair, {}).get(rung, [[0, 0.0]])[-1][1] for which in both]
            assert rows[-1][1] == pytest.approx(last[0] - last[1], abs=0.0003)
            assert all(low <= apart <= high for _, apart, low, high in rows)


def test_what_becomes_of_the_men_says_what_nine_in_ten_stories_hold(open_page: Open) -> None:
    payload = ensemble()
    page = open_page(payload)
    fates = payload["ensembles"]["scenario"]["fates"]
    assert fates["ranges"].keys() == fates["sides"].keys()
    page.locator("#fates-of").select_option("rebels")
    low, high = fates["ranges"]["rebels"]["killed"][-1]
    labels = " ".join(page.locator("#fates .annotation-text").all_text_contents())
    assert f"({low:,} to {high:,})" in labels
    expect(page.locator("#fates-hint")).to_contain_text("nine in ten of the stories (90 %)")


def test_ranges_of_fates_are_those_of_the_runs() -> None:
    found = side()[0][0]
    fates = ensemble()["ensembles"]["scenario"]["fates"]
    last = fates["days"][-1]
    killed = sorted(
        row[3 + ("present", "wounded", "hidden", "in_transit", "killed").index("killed")]
        for row in found.fates
        if row[1] == "rebels" and row[2] == last
    )
    low, high = fates["ranges"]["rebels"]["killed"][-1]
    assert killed[0] <= low <= killed[len(killed) // 10]
    assert killed[-1] >= high >= killed[-len(killed) // 10]


def test_lanes_without_a_count_say_so_after_the_branch(open_page: Open) -> None:
    page = open_page(ensemble(), address="#tab=control")
    assert page.locator("#events .annotation-text").all_text_contents() == ["not counted over the stories"] * 2
    expect(page.locator("#stories-hint")).to_contain_text("of fighting and movement no count is kept")


def test_strips_of_a_difference_are_scaled_to_the_largest_and_say_how(open_page: Open) -> None:
    page = open_page(comparison(), address="#reading=difference&tab=control")
    key = text(page, "#strips .key")
    found = re.search(r"half height is ([\d.]+) points?", key)
    assert found is not None
    told = comparison()["ensembles"]
    most = max(_gained(told, place) for place in told["scenario"]["shares"])
    assert most <= float(found[1]) / 100
    tallest = max(
        float(one.get_attribute("height") or 0)
        for one in page.locator("#strips .share-strip rect:not([fill^=var])").all()
    )
    assert tallest > 7 * 0.4
    follow(page, "#reading=scenario&tab=control")
    assert "in what share of the stories each side holds the place" in text(page, "#strips .key")


def _gained(told: dict[str, Any], place: str) -> float:
    """The most that holders of a place gain together against the baseline, on any day."""

    def on(name: str, day: int) -> dict[Any, float]:
        shares = told[name]["shares"][place]
        row = [one for one in shares["rows"] if one[0] <= day][-1]
        return dict(zip(shares["holders"], row[1:], strict=True))

    days = {row[0] for name in told for row in told[name]["shares"][place]["rows"]}
    found = 0.0
    for day in days:
        now, base = on("scenario", day), on("baseline", day)
        found = max(found, sum(max(0.0, now.get(one, 0) - base.get(one, 0)) for one in {*now, *base}))
    return found


def test_the_map_of_a_difference_gives_the_shares_of_one_side_in_points_and_per_cent(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload, address="#t=2020-05-20&reading=difference")
    told, names = payload["ensembles"], {place["id"]: place["name"] for place in payload["places"]}
    sides = page.locator("#whose option").evaluate_all("(all) => all.map((one) => one.value)")
    assert len(sides) > 1
    for shown in sides:
        page.locator("#whose").select_option(shown)
        drawn(page)
        day = int(page.locator("#coverage").inner_text().split()[1])
        wanted, lucky = {}, 0
        for place, called in names.items():
            rows = [row for row in payload["comparison"]["beyond"].get(place, []) if row[0] <= day]
            luck = not rows or shown not in rows[-1][1:]
            shares = [_share_of(told[name]["shares"].get(place), shown, day) for name in ("baseline", "scenario")]
            if abs(shares[1] - shares[0]) >= 0.005:
                words = f": {percent(shares[0]).removesuffix(' %')} \u2192 {percent(shares[1])}"
                wanted[called] = ", may be luck" if luck else words
                lucky += luck
        assert page.locator("svg.main .moved").count() == len(wanted)
        assert page.locator("svg.main .lucky").count() == lucky
        labels = page.locator("#map .names .under").all_text_contents()
        assert labels or not wanted
        assert all(any(label.endswith(words) for words in wanted.values()) for label in labels)
    expect(page.locator("#map-heading")).to_contain_text("scenario less baseline")
    assert f"whose={sides[-1]}" in address(page)


def _share_of(shares: dict[str, Any] | None, holder: str, day: int) -> float:
    rows = [] if shares is None else [row for row in shares["rows"] if row[0] <= day]
    if shares is None or not rows or holder not in shares["holders"]:
        return 0.0
    return float(rows[-1][1 + shares["holders"].index(holder)])


@pytest.mark.parametrize("after", [8, 16, 24, 40])
def test_shares_of_a_place_come_to_a_hundred(open_page: Open, after: int) -> None:
    page = open_page(ensemble(), address=f"#t=2020-04-{after:02}" if after < 30 else f"#t=2020-05-{after - 30:02}")
    for place in ensemble()["ensembles"]["scenario"]["shares"]:
        follow(page, f"{page.evaluate('location.hash').split('&')[0]}&place={place}")
        words = [row.split()[0] for row in page.locator(".shares-table .share-number").all_inner_texts()]
        if words and all(word.isdigit() for word in words):
            assert sum(int(word) for word in words) == 100, (place, words)


def test_every_scale_of_a_question_has_its_ends_and_unit(open_page: Open) -> None:
    page = open_page(ensemble())
    for row in page.locator(".question").all():
        figure = row.locator(".figure-now").inner_text()
        if "%" not in figure and figure != "none":
            assert row.locator(".ends span").count() == 3
    expect(page.locator("#questions-key")).to_contain_text("on a line from 0 to 100 %")


@pytest.mark.parametrize("tab", ["forecast", "control"])
@pytest.mark.parametrize("build", [pytest.param(ensemble, marks=pytest.mark.long), comparison])
def test_columns_end_near_each_other(open_page: Open, build: Any, tab: str) -> None:
    page = open_page(build(), address=f"#tab={tab}", viewport={"width": 1600, "height": 1000}, fresh=True)
    ends = [
        max(float(box["bottom"]) for box in boxes)
        for n in (1, 2)
        if (boxes := _boxes(page, f".tab.open .column:nth-child({n}) > .card:not([hidden])"))
    ]
    assert len(ends) == 2
    assert max(ends) - min(ends) < 0.2 * max(ends)


@pytest.mark.parametrize("width", [1024, 390])
def test_the_tools_of_a_comparison_fit(open_page: Open, width: int) -> None:
    page = open_page(comparison(), viewport={"width": width, "height": 900})
    for name in ("#of-record", "#one-story", "#search", "#copy-link", "#help"):
        box = page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
        assert box["width"] > (100 if name in ("#of-record", "#one-story", "#search") else 24)
    (copy_, *_), (help_, *_) = _boxes(page, "#copy-link"), _boxes(page, "#help")
    assert copy_["y"] == help_["y"]
    for name in ("#about", "#order"):
        assert page.locator(name).evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")


@pytest.mark.long
def test_the_list_of_what_the_charts_show_has_what_they_show_in_a_short_war(open_page: Open) -> None:
    payload = copy.deepcopy(ensemble())
    payload["window"][0] = payload["branch"] - 3 * 1440
    for chosen in ("", "#span=month&reading=best"):
        page = open_page(payload, address=chosen)
        expect(page.locator("#span option").first).to_have_text("whole window")
        assert page.locator("#span").evaluate("(list) => list.selectedOptions.length") == 1, chosen


def _few() -> dict[str, Any]:
    """Stories of one man a side, and of answers of one."""
    payload = copy.deepcopy(ensemble())
    stories = payload["ensembles"]["scenario"]
    for fates in stories["fates"]["sides"].values():
        for fate, values in fates.items():
            values[:] = [float(fate == "present") for _ in values]
    for bands in stories["bands"].values():
        for values in bands.values():
            values[:] = [1 for _ in values]
    for force in stories["forces"].values():
        force |= {"low": 1, "best": 1, "high": 1}
    for answer in stories["questions"]:
        if "p50" in answer and answer["unit"] == "men":
            answer.update(dict.fromkeys(("p05", "p25", "p50", "p75", "p95", "mean"), 1) | {"interval": [1, 1]})
    for reading in payload["readings"]:
        for row in reading["history"]:
            if row[0].endswith(".strength") and row[1]:
                row[1] |= {"low": 1, "best": 1, "high": 1, "beside": []}
    return payload


def test_scales_of_very_few_have_no_mark_twice_and_none_that_is_false(open_page: Open) -> None:
    page = open_page(_few())
    ticks = """([chart, axis]) => [...document.querySelectorAll(`#${chart} .${axis}tick text`)].map((one) => one.textContent)"""
    for tab, chart, axis in (("control", "strengths", "x"), ("forecast", "fates", "y"), ("forecast", "fans", "y")):
        open_tab(page, tab)
        assert page.evaluate(ticks, [chart, axis]) == ["0", "1"], chart
    rows = page.locator(".question", has=page.locator(".figure-now", has_text="1 man"))
    expect(rows.first).to_be_visible()
    assert rows.first.locator(".ends span").all_text_contents() == ["0", "1", "2 men"]
    rows.first.click()
    facts = page.locator(".question-list > li.chosen .facts")
    expect(facts).to_contain_text("1 man.")
    assert not re.search(r"\b1 (men|to 1)\b", facts.inner_text())


BEYOND = """() => [...document.querySelectorAll('.tab.open .js-plotly-plot')].flatMap((plot) => {
    const box = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('svg text')].filter((one) => one.checkVisibility() && one.textContent.trim())
        .filter((one) => { const words = one.getBoundingClientRect();
            return words.width && (words.left < box.left - 1 || words.right > box.right + 1); })
        .map((one) => `${plot.id}: ${one.textContent}`); })"""
"""Words of charts that stand beyond an edge of their chart."""


@pytest.mark.long
def test_no_words_of_a_chart_are_cut_at_its_edge(open_page: Open) -> None:
    payload = copy.deepcopy(comparison())
    for place in payload["places"]:
        place["name"] = f"The long western slopes of {place['name']}"
    for actor in payload["actors"]:
        actor["name"] = f"United Forces of {actor['name']}"
    page = open_page(payload, viewport={"width": 1280, "height": 900})
    for reading in ("scenario", "difference"):
        follow(page, f"#reading={reading}")
        for tab in ("control", "forecast", "sources"):
            open_tab(page, tab)
            assert page.evaluate(BEYOND) == [], (reading, tab)
