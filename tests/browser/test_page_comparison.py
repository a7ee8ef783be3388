"""The page of a comparison: scenario, baseline and difference; and all that holds for every page of stories."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import address, drawn, follow, open_tab, unfold
from tests.browser.conftest import Open
from tests.browser.stories_words import fine_percent, opened_question, percent, signed, tenths, text
from tests.browser.tabbing import unreached_and_unmarked
from tests.browser.test_page_access import faults
from tests.browser.test_page_text import HOSTILE_TEXTS, poisoned
from tests.browser.valley_page import comparison, ensemble, with_story

pytestmark = pytest.mark.browser

CODES = {
    "clear",
    "luck",
    "holder",
    "holders",
    "stories",
    "ask",
    "event",
    "matters",
    "parents",
    "same",
    "side",
    "entry",
    "between",
}


def test_scenario_baseline_and_difference_switch_the_whole_page(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload, address="#question=dell")
    expect(page.locator("#readings button")).to_have_text(["Scenario", "Baseline", "Difference"])
    dell = {key: told["questions"][0]["share"] for key, told in payload["ensembles"].items()}
    for reading in ("scenario", "baseline"):
        page.locator(f'#readings [data-value="{reading}"]').click()
        expect(page.locator('.question[data-question="dell"] .figure-now')).to_have_text(percent(dell[reading]))
        expect(page.locator("#hangs .big")).to_contain_text(f"{percent(dell[reading])} of stories")
        whose = (
            f"^On \\d+ [A-Z][a-z]+ the {reading}\u2019s stories (disagree among themselves at \\d+ of|agree on every)"
        )
        expect(page.locator("#subtitle")).to_have_text(re.compile(whose))
    page.locator('#readings [data-value="difference"]').click()
    expect(page.locator("#hangs-heading")).to_have_text("What the difference hangs on")
    compared = payload["comparison"]
    expect(page.locator("#questions > .luckless > summary")).to_have_text(compared["unchanged"])
    assert compared["unchanged"] in [one["text"] for one in payload["judgements"]]
    assert page.locator("#questions > .luckless .question").count() == len(compared["luck"]) > 0
    for name, row in payload["comparison"]["questions"].items():
        chosen, figure = opened_question(page, name), text(page, f'.question[data-question="{name}"] .figure-now')
        if row["equal"] == 1:
            assert figure == "no difference"
            assert "no pair of stories differs" in chosen
            continue
        pairs = payload["comparison"]["pairs"]
        assert f"Of {pairs} pairs of stories on the same luck, {round(row['more'] * pairs)} have it" in chosen
        assert f"and {round(row['equal'] * pairs)} agree" in chosen
        if row["ask"] in ("captured", "held on"):
            assert figure == f"{signed((tenths(row['second']) - tenths(row['first'])) / 10)} points"
            way = "more" if row["difference"] > 0 else "less"
            assert (
                f"points {way} likely than in the baseline: {fine_percent(row['second'])} against {fine_percent(row['first'])}"
                in chosen
            )
            low, high = (signed(end * 100) for end in row["interval"])
            assert f"{low} to {high} point{'' if high in ('+1', '−1') else 's'}" in chosen
            sure = row["interval"][0] > 0 or row["interval"][1] < 0
            assert ("does not include zero" if sure else "That may be luck") in chosen


def test_a_difference_says_how_sure_the_share_of_the_scenario_is(open_page: Open) -> None:
    payload = comparison()
    lead = next(one for one in payload["judgements"] if one["kind"] == "confidence")
    page = open_page(payload, address=f"#{lead['shows']}")
    name = re.search(r"question=([^&]+)", lead["shows"])
    assert name is not None
    told = next(it for it in payload["ensembles"]["scenario"]["questions"] if it["id"] == name[1])
    chosen = page.locator(".answer-box .facts")
    expect(chosen.locator("dt", has_text="Confidence")).to_have_count(1)
    sure = f"{told['confidence'].capitalize()} in the scenario's {percent(told['share'])} (outer band "
    expect(chosen).to_contain_text(sure)
    expect(chosen).to_contain_text(told["confidence_because"])


def test_a_time_that_never_comes_differs_by_so_much_at_least(open_page: Open) -> None:
    payload = comparison()
    name, row = next((name, row) for name, row in payload["comparison"]["questions"].items() if row["unit"] == "days")
    row |= {"first": None, "second": 53.3, "difference": -66.7, "interval": [-87.7, -45.7], "equal": 0.1}
    page = open_page(payload, address=f"#reading=difference&tab=forecast&question={name}")
    chosen = opened_question(page, name)
    assert "at least 66.7 days sooner" in text(page, f'.question[data-question="{name}"] .figure-now')
    assert "At least 66.7 days sooner than in the baseline: median 53.3 days against never." in chosen


def test_what_moves_the_difference_is_told_by_number(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload, address="#reading=difference&question=camp")
    row = payload["comparison"]["questions"]["camp"]
    page.evaluate("document.querySelectorAll('#hangs details').forEach((one) => { one.open = true; })")
    moving = [weight for weight in row["weights"] if weight["low"] != weight["high"]]
    assert page.locator("#hangs .weights li").count() == min(10, len(moving)) > 0
    assert f"chance {percent(row['spread']['chance'])}" in text(page, "#hangs")


def test_where_twins_part_is_named_and_leads_from_one_to_the_other(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload)
    parted = payload["comparison"]["parted"]
    expect(page.locator(".parting")).to_contain_text(f"first on day {parted['first_day']}")
    for event in parted["events"]:
        expect(page.locator(".parting")).to_contain_text(event["event"])
    one = next(reading for reading in payload["readings"] if "story" in reading)
    page.locator("#one-story").select_option(one["id"])
    note = page.locator("#detail .story-note")
    expect(note).to_contain_text("It parts from its twin in the baseline")
    if one["story"]["parts"]["text"]:
        expect(note).to_contain_text(one["story"]["parts"]["text"])
    note.get_by_role("button", name="Show the twin").click()
    expect(page.locator("#one-story")).to_have_value(f"twin-{one['story']['run']}")
    expect(note).to_contain_text("It parts from its twin in the scenario")


def test_where_too_few_stories_tell_what_moves_an_answer_no_share_of_chance_is_shown(open_page: Open) -> None:
    payload = comparison()
    for told in (*payload["ensembles"].values(), payload["comparison"]):
        rows = told["questions"]
        for row in rows.values() if isinstance(rows, dict) else rows:
            row["weights"] = []
    page = open_page(payload, address="#tab=forecast")
    for reading in ("scenario", "difference"):
        page.locator(f'#readings [data-value="{reading}"]').click()
        expect(page.locator("#hangs")).to_contain_text("There are too few stories to tell the record")
        assert page.locator("#hangs .spread").count() == 0


def test_an_inert_change_shows_no_difference_anywhere(open_page: Open) -> None:
    page = open_page(comparison(inert=True), address="#reading=difference")
    assert page.locator(".figure-now").all_inner_texts() == ["no difference"] * page.locator(".question").count()
    expect(page.locator("#hangs")).to_contain_text("nothing to explain")
    expect(page.locator("#fans")).to_contain_text("No side has more or fewer men")
    assert page.locator("#one-story").is_hidden()
    assert page.locator("svg.main .moved, svg.main .ring-ground").count() == 0
    assert page.locator("svg.main .alike").count() == page.locator("svg.main .place").count() > 0
    expect(page.locator("#legend")).to_contain_text(
        "Nowhere does any side\u2019s share of the stories differ by half a point."
    )
    expect(page.locator("#map-heading")).to_have_text("Who holds what: scenario less baseline")
    expect(page.locator("#subtitle")).to_contain_text("Scenario and baseline differ in no place")
    expect(page.locator("#expected")).to_contain_text("No place changes hands more, less, sooner or later")
    expect(page.locator("#questions")).to_contain_text("No two stories on the same luck part")


def test_what_becomes_of_the_men_is_told_by_side(open_page: Open) -> None:
    payload = comparison()
    page = open_page(payload)
    page.locator("#fates-of").select_option("rebels")
    killed = payload["ensembles"]["scenario"]["fates"]["sides"]["rebels"]["killed"][-1]
    expect(page.locator("#fates")).to_have_attribute("aria-label", re.compile(rf"killed {killed + 1e-9:,.0f}\b"))
    page.locator('#readings [data-value="difference"]').click()
    base = payload["ensembles"]["baseline"]["fates"]["sides"]["rebels"]["killed"][-1]
    row = page.locator("#fates tbody tr", has_text="Killed")
    both = [
        f"{mean + 1e-9:,.0f} ({low:,} to {high:,})"
        for name, mean in (("scenario", killed), ("baseline", base))
        for low, high in [payload["ensembles"][name]["fates"]["ranges"]["rebels"]["killed"][-1]]
    ]
    expect(row.locator("td")).to_have_text([*both, signed(killed - base, 0)])
    assert "side=rebels" in address(page)


def test_the_footer_names_both_runs(open_page: Open) -> None:
    page = open_page(comparison())
    for told in comparison()["ensembles"].values():
        expect(page.locator("#identity")).to_contain_text(told["digest"])
        expect(page.locator("#identity")).to_contain_text(f"{told['runs']} stories, seed {told['seed']}")


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1600, 1024, 390])
def test_axe_finds_nothing_and_nothing_is_too_wide(open_page: Open, width: int, theme: str) -> None:
    page = open_page(comparison(), color_scheme=theme, viewport={"width": width, "height": 1000}, fresh=True)
    page.add_style_tag(content=".bar { position: static !important; }")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for reading in ("scenario", "difference"):
        follow(page, f"#t=2020-04-20&reading={reading}&place=dell")
        assert faults(page) == [], reading
        for tab in ("control", "sources", "method", "forecast"):
            open_tab(page, tab)
            unfold(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert tab == "forecast" or faults(page, f"#panel-{tab}") == [], (reading, tab)


@pytest.mark.long
@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_strings_stay_text(open_page: Open, hostile: str) -> None:
    page = open_page(poisoned(hostile, comparison(), also=CODES))
    for state in ("reading=scenario&place=dell", "reading=difference", "reading=baseline&question=camp"):
        follow(page, f"#t=2020-04-20&{state}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    one = open_page(poisoned(hostile, with_story(), also=CODES), address="#t=2020-04-20&reading=story-3")
    one.keyboard.press("p")
    drawn(one)
    assert one.evaluate("window.ran === undefined")
    assert one.locator("main img, main b").count() == 0
    assert page.evaluate("window.ran === undefined")
    assert page.locator("main img, main b, footer img, footer b").count() == 0
    assert "\u202e" not in page.evaluate("document.body.innerText")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1600


@pytest.mark.long
def test_every_control_can_be_pressed_in_every_reading(open_page: Open) -> None:
    page = open_page(comparison(), fresh=True)
    page.evaluate("window.print = () => {}")
    for reading in ("scenario", "baseline", "difference"):
        page.locator(f'#readings [data-value="{reading}"]').click()
        for select in page.locator("select:visible").all():
            for value in select.locator("option").evaluate_all("all => all.map((one) => one.value)"):
                select.select_option(value)
            if select.get_attribute("id") == "one-story":
                page.locator(f'#readings [data-value="{reading}"]').click()
        page.locator("#about").select_option("")
        for tab in ("control", "sources", "method", "forecast"):
            open_tab(page, tab)
            for select in page.locator(".tab.open select:visible").all():
                for value in select.locator("option").evaluate_all("all => all.map((one) => one.value)"):
                    select.select_option(value)
            for summary in page.locator("main summary:visible").all():
                if summary.is_visible():
                    summary.click()
        page.locator("#about").select_option("")
        page.evaluate("document.querySelectorAll('#questions details').forEach((one) => { one.open = true; })")
        for question in page.locator(".question").all():
            question.click()
        for key in ("Home", "ArrowRight", "Shift+ArrowRight", "End", "ArrowLeft", "n", "p", "Escape"):
            page.keyboard.press(key)
    open_tab(page, "method")
    with page.expect_download() as download:
        page.locator(".files button").last.click()
    assert Path(download.value.path()).stat().st_size > 20
    assert page.locator(".files button").count() >= len(comparison()["downloads"])


@pytest.mark.long
@pytest.mark.parametrize("reading", ["scenario", "difference"])
def test_tab_reaches_every_control(open_page: Open, reading: str) -> None:
    page = open_page(comparison(), address=f"#t=2020-04-20&reading={reading}&place=dell", fresh=True)
    missed, unmarked = unreached_and_unmarked(page)
    assert missed == []
    assert unmarked == []


@pytest.mark.long
def test_a_link_restores_the_whole_state(open_page: Open) -> None:
    page = open_page(comparison())
    page.locator('#readings [data-value="difference"]').click()
    page.locator("#about").select_option("dell")
    page.locator("#order").select_option("most")
    opened_question(page, "dell")
    page.locator("svg.main .place").first.click(force=True)
    page.keyboard.press("ArrowLeft")
    written = address(page)
    page.evaluate("document.querySelectorAll('#questions details').forEach((one) => { one.open = false; })")
    again = open_page(comparison(), address=written, fresh=True)
    for selector in ("#questions", "#hangs", "#detail", "#subtitle"):
        assert text(again, selector) == text(page, selector)
    assert address(again) == written


@pytest.mark.long
@pytest.mark.parametrize("build", [ensemble, comparison])
def test_it_prints_on_paper_without_its_controls(open_page: Open, build: Callable[[], dict[str, Any]]) -> None:
    page = open_page(build(), address="#t=2020-04-20", fresh=True)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".bar", "#one-story", "#about", "#order", ".files"):
        assert page.locator(hidden).first.is_hidden(), hidden
    for shown in ("#map", "#strips", "#questions", "#identity"):
        assert page.locator(shown).is_visible(), shown
    assert page.locator("#questions").evaluate("node => getComputedStyle(node).overflowY") != "auto"
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type/Page/") == 1
