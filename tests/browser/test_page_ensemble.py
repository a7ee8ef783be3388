"""The page of an ensemble shows what the runs came to, as uncertain as it is."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from math import ceil

import pytest
from playwright.sync_api import expect

from situation.dates import DAY
from situation.page.build import build_page
from situation.page.contract import missing_fields
from tests.browser.addresses import address, drawn, open_tab
from tests.browser.conftest import Open
from tests.browser.stories_words import amount, opened_question, percent, percents, stamp, text
from tests.browser.valley_page import comparison, ensemble, side

pytestmark = pytest.mark.browser


def _ends(low: float | None, high: float | None) -> str:
    """A span in words; one figure where its ends are the same."""
    return amount(low) if amount(low) == amount(high) else f"{amount(low)} to {amount(high)}"


def _shares(low: float, high: float) -> str:
    """Two ends of a share, as `1 to 14 %`, as the page writes them."""
    return percent(high) if percent(low) == percent(high) else f"{percent(low).removesuffix(' %')} to {percent(high)}"


def test_the_questions_show_the_results(open_page: Open) -> None:
    page = open_page(ensemble())
    answers = side()[0][1]["questions"]
    assert page.locator(".question").count() == len(answers)
    for answer in answers:
        row = opened_question(page, answer["question"])
        if "share" in answer:
            assert f"{answer['words'].capitalize()}." in row
            assert f"{percent(answer['share'])} of {len(side()[0][0].ok)} stories" in row
            assert f"{_shares(*answer['interval'])} (95 %)" in row
            assert f"{_shares(*answer['outer'])}: where the share lies" in row
            assert f"Confidence {answer['confidence'].capitalize()}: {answer['confidence_because']}." in row
        else:
            assert f"Median {amount(answer['p50'])}" in row
            assert f"Half of the stories {_ends(answer['p25'], answer['p75'])}" in row
            assert f"Nine in ten {_ends(answer['p05'], answer['p95'])}" in row
            if "comes" in answer:
                assert f"Comes about in {percent(answer['comes'])} of stories" in row


@pytest.mark.long
def test_questions_are_chosen_by_place_and_put_in_order(open_page: Open) -> None:
    page = open_page(ensemble())
    names = [str(row["question"]) for row in side()[0][1]["questions"]]
    shown = page.locator(".question")
    assert [one.get_attribute("data-question") for one in shown.all()] == names
    page.locator("#about").select_option("corve-mill")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-question", "mill")
    expect(shown).to_have_attribute("aria-expanded", "true")
    page.locator("#about").select_option("")
    page.locator("#order").select_option("most")
    expect(shown).to_have_count(len(names))
    order = [one.get_attribute("data-question") for one in shown.all()]
    assert order == sorted(names, key=_openness, reverse=True) != names
    again = open_page(ensemble(), address=address(page), fresh=True)
    assert [one.get_attribute("data-question") for one in again.locator(".question").all()] == order


def _openness(question: str) -> float:
    """How open a question is: how near its share is to a half, or how much of its scale half of the stories take up."""
    answer = next(row for row in side()[0][1]["questions"] if row["question"] == question)
    if "share" in answer:
        return float(0.5 - abs(answer["share"] - 0.5))
    days = (side()[0][0].about.end - side()[0][0].about.at) / DAY
    scale = days if answer["ask"] == "days until" else 2 * ceil(max(1.0, answer["p95"], answer["mean"]) * 1.05 / 2)
    return float(min(0.5, ((scale if answer["p75"] is None else answer["p75"]) - answer["p25"]) / scale))


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
    for share in percents(shares.values()):
        assert any(f" {share}" in f" {row}" for row in rows), (share, rows)
    told = payload["ensembles"]["scenario"]["shares"]["dell"]
    number = next(i for i, row in reversed(list(enumerate(told["rows"]))) if row[0] <= after)
    for n, holder in enumerate(told["holders"]):
        low, high = told["errors"][number][2 * n : 2 * n + 2]
        if shares.get(holder) and low != high:
            assert any(f"{percent(low).removesuffix(' %')} to {percent(high)}" in row for row in rows)
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


@pytest.mark.long
def test_a_question_leads_to_what_it_hangs_on_by_keyboard(open_page: Open) -> None:
    page = open_page(ensemble())
    page.locator('.question[data-question="camp"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('.question[data-question="camp"]')).to_be_focused()
    expect(page.locator("#hangs-question")).to_have_value("camp")
    camp = next(row for row in side()[0][1]["questions"] if row["question"] == "camp")
    moving = [weight for weight in camp["weights"] if weight["low"] != weight["high"]]
    page.evaluate("document.querySelectorAll('#hangs details').forEach((one) => { one.open = true; })")
    assert page.locator("#hangs .weights li").count() == min(10, len(moving)) > 0
    assert f"chance {percent(camp['spread']['chance'])}" in text(page, "#hangs")
    first = moving[0]
    words = ensemble()["ensembles"]["scenario"]["numbers"][first["number"]]["words"]
    row = text(page, "#hangs .weights li")
    assert words in row
    assert f"{amount(first['low'])} \u2192 {amount(first['high'])}" in row
    assert "question=camp" in address(page)
    again = open_page(ensemble(), address=address(page), fresh=True)
    expect(again.locator("#hangs-question")).to_have_value("camp")
    again.locator("#hangs-question").select_option("mill")
    expect(again.locator('.question[data-question="mill"]')).to_have_attribute("aria-expanded", "true")


def test_it_is_said_in_words_what_an_answer_hangs_on_most(open_page: Open) -> None:
    """The widest swing that is no luck, though one that may be luck be wider; else that none stands out; or nothing."""
    payload = deepcopy(ensemble())
    stories = payload["ensembles"]["scenario"]
    answers = {answer["id"]: answer for answer in stories["questions"]}
    luck = {"number": "rest", "low": 0.25, "high": 0.75, "error": 0.5 / 3.59, "explains": 0.1}
    sure = {"number": "luck", "low": 0.4, "high": 0.6, "error": 0.2 / 3.61, "explains": 0.1}
    still = {"number": "boats", "low": 0.5, "high": 0.5, "error": 0.0, "explains": 0.0}
    answers["dell"]["weights"], answers["dell-kept"]["weights"] = [luck, sure, still], [luck, still]
    answers["mill"]["weights"] = [still]
    page = open_page(payload)
    rest, chance = (f"\u201c{stories['numbers'][name]['words']}\u201d" for name in ("rest", "luck"))
    row = opened_question(page, "dell")
    assert f"Most of all on {chance}, which is assumed: 40 % where it is low, 60 % where it is high." in row
    row = opened_question(page, "dell-kept")
    assert f"No single number stands out from luck in {len(side()[0][0].ok)} stories." in row
    assert f"The widest swing, which may be luck, goes with {rest}: 25 % where it is low, 75 % where it is high." in row
    row = opened_question(page, "mill")
    assert "Most of all on" not in row
    assert "stands out from luck" not in row


def test_a_band_is_joined_to_what_was_taken_at_the_branch(open_page: Open) -> None:
    payload = ensemble()
    page = open_page(payload)
    taken = payload["ensembles"]["scenario"]["forces"]
    assert set(taken) == set(payload["ensembles"]["scenario"]["bands"])
    assert taken["rebels"] == {"low": 900.0, "best": 1000.0, "high": 1200.0}
    assert page.locator("#fans .errorbars path").count() >= len(taken)
    labels = page.locator("#fans .annotation-text").all_text_contents()
    assert {"50 %", "90 %", "median"} <= set(labels)


def test_places_taken_and_what_is_given_stand_among_the_events(open_page: Open) -> None:
    page = open_page(ensemble(), address="#tab=control")
    expect(page.locator("#stories-hint")).to_contain_text("places taken by day")
    assert page.locator("#events .bars .point").count() > 5
    page.evaluate(
        """() => document.querySelector('#events .figure').emit('plotly_hover', {
            points: [{ customdata: 'given|guns' }], event: new PointerEvent('pointermove', { clientX: 300, clientY: 300 }),
        })"""
    )
    expect(page.locator("#tip")).to_contain_text("flies for")
    page.keyboard.press("Home")
    expect(page.locator("#coverage")).to_contain_text("had been said by then")


def test_the_axis_runs_on_past_the_branch(open_page: Open) -> None:
    page = open_page(ensemble())
    assert page.locator("#fans .main-svg").count() > 0
    page.keyboard.press("End")
    expect(page.locator("#coverage")).to_contain_text("day 60 of 60")
    page.keyboard.press("Home")
    expect(page.locator("#coverage")).to_contain_text("had been said by then")
    assert page.locator("svg.main .place.shares").count() == 0
    open_tab(page, "control")
    assert "branch: stories from here" in text(page, "#strips")
    assert page.locator("#strips .share-strip rect").count() > 4


def test_the_payload_is_whole_and_does_not_grow_with_the_runs() -> None:
    for payload in (ensemble(), comparison()):
        assert missing_fields(payload) == []
        assert len(build_page(payload).encode()) < 6_000_000
    days = len(side()[0][0].about.days)
    assert all(len(told["rows"]) <= days for told in ensemble()["ensembles"]["scenario"]["shares"].values())


def test_a_tip_tells_the_counting_error(open_page: Open) -> None:
    page = open_page(ensemble(), address="#t=2020-04-20&tab=control")
    page.locator("#strips .row[data-place=dell]").hover(position={"x": 500, "y": 6})
    expect(page.locator("#tip")).to_contain_text("counting error (95 %)")


def test_a_step_draws_only_roads_whose_holders_have_changed(open_page: Open) -> None:
    payload = ensemble()
    page = open_page(payload, address=f"#t={stamp(payload['window'][1], payload)}", fresh=True)
    marked = (
        """() => { for (const line of document.querySelectorAll('svg.main .corridors line')) line.before_ = true; }"""
    )
    lines = """() => [...document.querySelectorAll('svg.main .corridors g')].map((half) => ({
        look: [...half.children].map((one) => one.outerHTML).join(''), kept: [...half.children].every((one) => one.before_) }))"""
    page.evaluate(marked)
    before = page.evaluate(lines)
    assert any(half["look"] for half in before)
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
        drawn(page)
    after = page.evaluate(lines)
    assert [half["kept"] for half in after] == [
        one["look"] == other["look"] or not other["look"] for one, other in zip(before, after, strict=True)
    ]
    assert any(one["look"] != other["look"] for one, other in zip(before, after, strict=True))
