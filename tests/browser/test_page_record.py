"""The record's own readings: what the day could know and no more, and the record beside the stories that leave it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from situation.events import ActorId, Captured, PlaceId
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.runs.identity import replay_identity
from tests.browser.addresses import drawn, follow, open_tab
from tests.browser.conftest import Open
from tests.browser.sample import at, sample
from tests.browser.stories_words import stamp, text
from tests.browser.valley_page import comparison, ensemble, side
from tests.unit.spoken import claim, day, record

pytestmark = pytest.mark.browser

NORTH, REBELS = ActorId("north"), ActorId("rebels")

KNOWN = ["best", "day", "two-origins", "first-report"]


def _table(page: Page) -> list[list[str]]:
    """The table of the selected date, up to what a line rests on."""
    page.evaluate("document.getElementById('table-box').open = true")
    drawn(page)
    rows: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map((row) => [...row.children].map((cell) =>"
        " (cell.querySelector(':scope > bdi:first-child') ?? cell).innerText))"
    )
    return rows


def _told_late() -> dict[str, Any]:
    """The sample, in which Deir ez-Zor's fall, between 29 October and 3 November, is told on the evening of the 3rd."""
    return sample()


def test_the_reading_of_the_day_says_nothing_of_a_change_before_it_is_told(open_page: Open) -> None:
    page = open_page(_told_late(), address="#t=2017-11-03T1000&reading=day&place=deir-ez-zor&span=all")
    unsure = {row[0]: row[4] for row in _table(page)}
    assert unsure["Deir ez-Zor"] == unsure["al-Hawiqa"] == ""
    assert "not known exactly" not in text(page, "#detail")
    assert page.locator("#strips .row[data-place=dez-hawiqa] .unsure").count() <= 1
    open_tab(page, "method")
    with page.expect_download() as taken:
        page.locator(".files button", has_text="selected-date.csv").click()
    line = next(row for row in taken.value.path().read_text("utf-8").splitlines() if row.startswith('"dez-hawiqa"'))
    assert line.split(",")[6] == '""'
    follow(page, "#t=2017-11-03T1000&reading=best&place=deir-ez-zor&span=all")
    unsure = {row[0]: row[4] for row in _table(page)}
    assert "3 Nov" in unsure["Deir ez-Zor"]
    assert "not known exactly" in text(page, "#detail")


def test_judgement_and_panel_count_alike_what_was_not_known_yet(open_page: Open) -> None:
    """Two falls that nobody had told of in time; a second report of one that was; who takes again what is his own; and one
    that was claimed in time, denied, and borne out later."""
    fell = [Captured(PlaceId(place), (NORTH,), REBELS) for place in ("arlen", "dell", "corve-mill", "corve-dock")]
    whole = record(
        claim("b", fell[0], day(5), source="gazette", episode=""),
        claim("a", fell[0], day(5), source="herald", episode=""),
        claim("c", fell[1], day(10), source="herald", episode=""),
        claim("d", Captured(PlaceId("arlen"), (NORTH,), None), day(11), source="herald", episode=""),
        claim("e", fell[2], day(11), source="courier", episode=""),
        claim("f", fell[3], day(10), source="herald", episode="", said=day(11)),
        claim("g", fell[3], day(10), source="courier", episode="", denied=True, said=day(11)),
        claim("h", fell[3], day(10), source="gazette", episode="", said=day(20)),
    )
    end = whole.minute(None)
    payload = replay_payload(whole, end, Lens(), replay_identity(whole, end, Lens()))
    (told,) = [it for it in payload["judgements"] if "no source of this record had yet reported" in it["text"]]
    assert "2 changes of control had happened" in told["text"]
    page = open_page(payload, address=f"#{told['shows']}")
    expect(page.locator("#detail .unknown")).to_contain_text("Not known yet at this minute: 2 changes of control")


def test_an_opening_stands_as_what_was_so_when_the_record_begins(open_page: Open) -> None:
    page = open_page(address="#t=2017-10-01&reading=best&place=rawa")
    expect(page.locator("#detail")).to_contain_text("So it was when the record begins, on 1 July 2017")


def test_a_statement_against_says_what_it_is_read_as(open_page: Open) -> None:
    payload = copy.deepcopy(sample())
    against = next(one for one in payload["claims"] if one["id"] == "C-14")
    against["means"] = "SDF did not take the al-Omar oil field"
    page = open_page(payload, address="#t=2017-11-04&event=e-omar")
    expect(page.locator("#detail .claim.against")).to_contain_text(f"Read as: {against['means']}")
    expect(page.locator("#detail .claim.for")).not_to_contain_text("Read as:")


def test_only_a_dispute_on_who_holds_a_place_stands_above_its_evidence(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-05&reading=best&place=deir-ez-zor")
    heads = page.locator("#detail h4")
    assert heads.first.inner_text() == "Sources disagree on who holds it (1)"
    follow(page, "#t=2017-11-05&reading=best&place=al-qaim")
    assert heads.first.inner_text() == "Because"
    assert "Sources disagree, though not on who holds it on this day (1)" in heads.all_inner_texts()
    marked = {row[0] for row in _table(page) if row[5] == "yes"}
    assert marked == {"Deir ez-Zor"}


def test_a_dispute_is_not_marked_before_it_came_up(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03T2359&reading=day")
    assert {row[5] for row in _table(page)} == {""}
    assert page.locator("svg.main .sign", has_text="\u2260").count() == 0
    follow(page, "#t=2017-11-05&reading=day")
    assert "yes" in {row[5] for row in _table(page)}


@pytest.mark.long
@pytest.mark.parametrize("build", [ensemble, comparison])
def test_pages_of_stories_have_the_readings_of_the_record(open_page: Open, build: Any) -> None:
    payload = build()
    page = open_page(payload)
    options = page.locator("#of-record option")
    assert [one.get_attribute("value") for one in options.all()] == ["", *KNOWN]
    for name in KNOWN:
        page.locator("#of-record").select_option(name)
        expect(page.locator("html")).to_have_attribute("data-shows", "record")
        assert page.locator(".card.stories:visible").count() == 0
        expect(page.locator("#coverage")).to_contain_text("had been said by then")
        assert page.locator("#strips .share-strip, #strips .branch-label").count() == 0
    page.locator("#readings button").first.click()
    expect(page.locator("html")).to_have_attribute("data-shows", "stories")
    open_tab(page, "forecast")
    assert page.locator(".card.stories:visible").count() == page.locator(".card.stories").count()


@pytest.mark.long
def test_the_record_beside_the_stories_goes_on_as_in_its_replay(open_page: Open) -> None:
    record = side()[1]
    end = record.minute(None)
    identity = {"digest": "0", "versions": {"situation": "0"}}
    replay, stories = replay_payload(record, end, Lens(), identity), ensemble()
    for reading in ("best", "day"):
        wanted = f"#t={stamp(end, replay)}&reading={reading}"
        alone, beside = open_page(replay, address=wanted), open_page(stories, address=wanted)
        assert _table(beside) == _table(alone)
        assert text(beside, "#detail") == text(alone, "#detail")
        assert beside.locator("#time").get_attribute("max") == alone.locator("#time").get_attribute("max")


@pytest.mark.long
def test_a_date_after_the_record_is_kept_for_who_comes_back_to_the_stories(open_page: Open) -> None:
    payload = ensemble()
    page = open_page(payload)
    page.keyboard.press("End")
    last = text(page, "#now")
    page.locator("#of-record").select_option("day")
    drawn(page)
    assert text(page, "#now") != last
    assert int(page.locator("#time").input_value()) == payload["recorded_to"]
    expect(page.locator("#subtitle")).to_contain_text("The record ends here.")
    page.keyboard.press("End")
    page.locator("#readings button").first.click()
    drawn(page)
    assert text(page, "#now") == last


def test_stories_take_no_note_of_what_was_said_after_they_leave_the_record(open_page: Open) -> None:
    payload = ensemble()
    known = side()[0][0].about.known_at
    later = [claim["id"] for claim in payload["claims"] if claim.get("later")]
    assert all(claim["known"] > known for claim in payload["claims"] if claim["id"] in later)
    page = open_page(payload, address=f"#t={stamp(payload['window'][0], payload)}")
    expect(page.locator("#coverage")).to_contain_text(f"of {len(payload['claims']) - len(later)} claim")


def test_an_address_without_a_reading_means_the_first(open_page: Open) -> None:
    page = open_page(address="#t=2017-10-20&reading=day")
    follow(page, "#t=2017-10-21")
    expect(page.locator("#readings [aria-pressed=true]")).to_have_text("Best knowledge")
    follow(page, "#reading=day")
    follow(page, "#")
    expect(page.locator("#readings [aria-pressed=true]")).to_have_text("Best knowledge")
    expect(page.locator("#now")).to_contain_text("3 Nov 2017")


def test_the_file_of_events_writes_times_in_full(open_page: Open) -> None:
    page = open_page(address="#tab=method")
    with page.expect_download() as taken:
        page.locator(".files button", has_text="events.json").click()
    told = taken.value.path().read_text("utf-8")
    assert '"time": "2017-10-16T12:00+03:00"' in told
    assert str(at("2017-10-16", "12:00")) not in told


def test_the_tab_method_tells_how_the_program_was_checked_and_nothing_where_nothing_is_told(open_page: Open) -> None:
    payload = ensemble()
    page = open_page(payload, address="#tab=method")
    checks = sum(many for _, many, _ in payload["method"]["checks"])
    failed = sum(some for _, _, some in payload["method"]["checks"])
    expect(page.locator("#method > details > summary")).to_have_text(
        [
            f"Checked against what is known exactly: {checks} checks, {f'{failed} fail' if failed else 'none fails'}",
            "What it cannot tell, and where it failed",
            "How it scored against what came about",
        ]
    )
    page = open_page(address="#tab=method")
    assert page.locator("#method > *").count() == 0
