"""The page on paper, and what it says in words: of a day not over, of a place looked for, in the table to take along."""

from __future__ import annotations

import csv
from copy import deepcopy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from situation import load
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.runs.identity import replay_identity
from tests.browser.addresses import drawn, follow, open_tab
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.browser.valley_page import ensemble

pytestmark = pytest.mark.browser

SPOKEN = "document.getElementById('spoken').textContent"


def _on_paper(page: Page) -> None:
    """Lay the page out as its sheet of A4 has it."""
    page.set_viewport_size({"width": 725, "height": 1054})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_the_claims_of_the_chosen_place_are_printed(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-05&place=al-qaim", fresh=True)
    on_screen = page.locator("#detail .claim").count()
    assert on_screen > 0
    _on_paper(page)
    assert page.locator(".paper-detail .claim:visible").count() == on_screen
    expect(page.locator("#identity p").last).to_contain_text(str(sample()["geo"]["attribution"])[:40])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".paper-detail, .paper-strips").count() == 0
    expect(page.locator("#detail .claim").first).to_be_visible()


@pytest.mark.long
def test_what_has_no_room_on_paper_is_counted_and_no_line_is_cut(open_page: Open) -> None:
    payload = sample()
    best = payload["readings"][0]
    entry = next(entry for entry in best["entries"] if entry["id"] == "e-qaim")
    more = [{**payload["claims"][0], "id": f"X-{n}", "says": f"Report {n} of it. " * 6} for n in range(60)]
    payload["claims"] = [*payload["claims"], *more]
    entry["claims"] = [*entry["claims"], *(claim["id"] for claim in more)]
    page = open_page(payload, address="#t=2017-11-05&reading=best&event=e-qaim", fresh=True)
    total = page.locator("#detail .claim").count()
    _on_paper(page)
    shown = page.locator(".paper-detail .claim").count()
    assert 0 < shown < total
    expect(page.locator(".paper-detail .more")).to_contain_text("more in the file")
    assert page.evaluate("""() => { const end = document.querySelector('.paper-detail').getBoundingClientRect().bottom;
        const lines = [...document.querySelectorAll('.paper-detail li')];
        return lines.every((li) => li.getBoundingClientRect().bottom <= end + 1); }""")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["#t=2017-11-03", "#t=2017-11-03&place=al-qaim"])
def test_the_first_situation_is_printed_on_one_sheet_whatever_window_shows_it(
    open_page: Open, address: str, width: int
) -> None:
    """Its notice on the ground is long, and has to stand on the sheet too."""
    record, lens = load("scenarios/al-qaim-2017"), Lens()
    end = record.minute(None)
    payload = replay_payload(record, end, lens, replay_identity(record, end, lens))
    page = open_page(payload, address=address, viewport={"width": width, "height": 900}, fresh=True)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1


def test_names_of_the_strips_can_be_read_on_paper(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03", fresh=True)
    rows = page.locator("#strip-list .row").count()
    _on_paper(page)
    assert page.locator(".paper-half .row").count() == rows
    points = page.locator(".paper-half").first.evaluate(
        "(svg) => parseFloat(getComputedStyle(svg.querySelector('.label')).fontSize) * svg.getScreenCTM().a * 0.75"
    )
    assert points >= 6.5
    expect(page.locator("#strips .key")).to_be_visible()


def test_a_day_that_is_not_over_has_no_change_so_far(open_page: Open) -> None:
    page = open_page(address="#t=2017-11-03T0011")
    expect(page.locator("#subtitle")).to_contain_text("No recorded change of control so far on this day")
    page.wait_for_function(f"() => {SPOKEN}.endsWith('No change of control so far on this day.')")
    follow(page, "#t=2017-11-01T2359")
    expect(page.locator("#subtitle")).to_contain_text("No recorded change of control on this day")


@pytest.mark.parametrize("width", [1600, 390])
def test_a_place_that_was_looked_for_is_said_with_its_holder_and_is_in_sight(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    page.locator("#search").fill("al qaim")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {SPOKEN}.startsWith('al-Qaim: Iraq')")
    heading = page.locator("#detail h3")
    expect(heading).to_be_in_viewport(ratio=1)
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] >= 0


def test_a_link_to_a_time_outside_the_window_says_so(open_page: Open) -> None:
    page = open_page(address="#t=2031-01-01")
    expect(page.locator("#notice")).to_contain_text("1 Jan 2031, which lies outside the window of this file.")
    assert page.locator("#notice").get_attribute("role") == "status"


def test_the_table_to_take_along_has_what_the_page_shows(open_page: Open, tmp_path: Path) -> None:
    page = open_page(address="#t=2017-11-03T1000")
    page.evaluate("document.getElementById('table-box').open = true")
    drawn(page)
    rows_shown = [
        (line.locator("th > bdi").inner_text(), line.locator("td").all_inner_texts())
        for line in page.locator("#table tbody tr").all()
    ]
    open_tab(page, "method")
    with page.expect_download() as taken:
        page.locator(".files button", has_text="selected-date.csv").click()
    path = tmp_path / "selected.csv"
    taken.value.save_as(path)
    rows = {row["name"]: row for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    assert rows_shown
    for name, cells in rows_shown:
        row = rows[name]
        assert [row["since"], row["day_not_known_exactly"], row["disputed"]] == cells[2:5]
        assert bool(row["declared_by"]) >= ("declared by" in cells[1])
    assert any(row["disputed"] for row in rows.values())
    assert any(row["day_not_known_exactly"] for row in rows.values())


@pytest.mark.parametrize("width", [390, 1024])
def test_no_name_of_a_month_runs_past_the_end_of_the_bar(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    assert page.locator("#ticks text").last.text_content() == "Nov"
    assert page.evaluate("""() => { const end = document.querySelector('#ticks svg').getBoundingClientRect().right;
        return [...document.querySelectorAll('#ticks text')].every((t) => t.getBoundingClientRect().right <= end); }""")


@pytest.mark.long
def test_shares_that_counting_cannot_tell_apart_may_be_luck(open_page: Open) -> None:
    payload = deepcopy(ensemble())
    stories = payload["ensembles"]["scenario"]
    answer = next(one for one in stories["questions"] if one.get("share") is not None)
    few = round(0.5 * answer["runs"])
    apart = {"given": "plan/apart", "runs": few, "answer": 1.0, "others": 0.0}
    alike = {"given": "plan/alike", "runs": few, "answer": 0.5, "others": 0.5}
    answer["share"] = 0.5
    answer["where_triggered"] = [apart, alike]
    page = open_page(payload, address=f"#question={answer['id']}")
    lines = page.locator(".answer-box li")
    expect(lines.filter(has_text="alike")).to_contain_text("in the others (may be luck).")
    expect(lines.filter(has_text="apart")).not_to_contain_text("may be luck")
