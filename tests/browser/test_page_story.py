"""One story as a reading of the page: what happened in it, by which rule, at what odds and draw, and from what."""

from __future__ import annotations

import re
from math import log2

import pytest
from playwright.sync_api import expect

from situation.ensemble.rule_words import rule_in_words
from tests.browser.addresses import address
from tests.browser.conftest import Open
from tests.browser.stories_words import percent, stamp
from tests.browser.valley_page import side, with_story

pytestmark = pytest.mark.browser


def test_one_story_tells_rule_odds_draw_and_parents(open_page: Open) -> None:
    payload = with_story()
    story = next(reading for reading in payload["readings"] if reading["id"] == "story-3")
    entry = next(it for it in reversed(story["entries"]) if it.get("parents") and it["mark"] == "event")
    page = open_page(payload, address=f"#t={stamp(entry['time'], payload)}&reading=story-3&event={entry['id']}")
    expect(page.locator("#detail")).to_contain_text(rule_in_words(entry["rule"]))
    expect(page.locator("#detail")).to_contain_text(f"Follows from ({len(entry['parents'])})")
    assert page.locator("svg.main .place.shares").count() == 0
    page.locator("#detail .plainlist button").first.click()
    parent = next(it for it in story["entries"] if it["id"] == entry["parents"][0])
    expect(page.locator("#detail h3")).to_contain_text(parent["text"][:40])
    page.locator('#readings [data-value="scenario"]').click()
    page.keyboard.press("End")
    expect(page.locator("svg.main .place.shares")).not_to_have_count(0)


def test_what_a_rule_gave_has_its_unit(open_page: Open) -> None:
    payload = with_story()
    story = next(reading for reading in payload["readings"] if reading["id"] == "story-3")
    entry = next(it for it in story["entries"] if it.get("gave", "").endswith(" days") and it["mark"] == "event")
    page = open_page(payload, address=f"#t={stamp(entry['time'], payload)}&reading=story-3&event={entry['id']}")
    expect(page.locator("#detail")).to_contain_text(f"The rule gave{entry['gave']}")


def test_a_story_leads_down_to_claims(open_page: Open) -> None:
    payload = with_story(9)
    story = next(reading for reading in payload["readings"] if reading["id"] == "story-9")
    by_id = {entry["id"]: entry for entry in story["entries"]}

    def reach(name: str, seen: set[str]) -> bool:
        if name in seen or name not in by_id:
            return False
        entry = by_id[name]
        return bool(entry["claims"]) or any(reach(parent, {*seen, name}) for parent in entry.get("parents", []))

    ruled = [entry for entry in story["entries"] if "rule" in entry and entry["mark"] == "event"]
    assert any(reach(entry["id"], set()) for entry in ruled)
    documented = next(entry for entry in story["entries"] if entry["claims"])
    address = f"#reading=story-9&event={documented['id']}&t={stamp(documented['time'], payload)}"
    page = open_page(payload, address=address)
    expect(page.locator("#detail .claims").first).to_contain_text(documented["claims"][0])


def test_a_story_begins_with_its_turning_points(open_page: Open) -> None:
    payload = with_story(9)
    reading = next(reading for reading in payload["readings"] if reading["id"] == "story-86")
    by_id, rows = {entry["id"]: entry for entry in reading["entries"]}, reading["story"]["turning"]
    assert 0 < len(rows) <= 5
    assert [by_id[row["entry"]]["time"] for row in rows] == sorted(by_id[row["entry"]]["time"] for row in rows)
    choices = [row["choice"] for row in rows if row["choice"]]
    assert choices
    assert len({choice["entry"] for choice in choices}) == len(choices)
    for row in rows:
        if row["choice"]:
            decided = by_id[row["choice"]["entry"]]
            assert (decided["rule"], decided["odds"]) == (row["choice"]["rule"], row["choice"]["odds"])
            assert row["bits"] == pytest.approx(-log2(decided["odds"]), abs=0.01)
        else:
            assert row["bits"] == 0
    page = open_page(payload, address="#reading=story-86")
    shown = page.locator("#detail .turning > li")
    expect(shown).to_have_count(len(rows))
    expect(shown.first).to_contain_text(rows[0]["text"])
    settled = [question for row in rows for question in row["questions"]]
    assert settled and len(set(settled)) == len(settled)
    expect(shown.locator(".so")).to_have_count(len(settled))
    values, (first, *_) = reading["story"]["answers"], settled
    asked = next(it for it in payload["ensembles"]["scenario"]["questions"] if it["id"] == first)
    said = (
        ("Yes" if values[first] else "No") if "share" in asked else "Never" if values[first] is None else asked["unit"]
    )
    expect(shown.locator(".so").first).to_contain_text(re.compile(f"{re.escape(asked['text'])}.*{said}"))
    shown.first.get_by_role("button").first.click()
    expect(page.locator("#detail .chosen-head")).to_contain_text(rows[0]["text"])


def test_a_story_is_picked_from_the_list_and_answers_for_itself(open_page: Open) -> None:
    payload = with_story()
    page = open_page(payload)
    expect(page.locator("#readings")).to_contain_text("Stories")
    titles = page.locator("#one-story option").all_inner_texts()
    assert titles[1] == "Story 3: as requested"
    page.locator("#one-story").select_option("story-3")
    story = next(reading for reading in payload["readings"] if reading["id"] == "story-3")["story"]
    asked = next(row for row in side()[0][1]["questions"] if row["question"] == "dell")
    figure = page.locator('.question[data-question="dell"] .figure-now')
    expect(figure).to_have_text("yes" if story["answers"]["dell"] else "no")
    expect(page.locator('.question[data-question="dell"] .scale-line')).to_contain_text(percent(asked["share"]))
    expect(page.locator("#detail")).to_contain_text("Story 3 of 96")
    assert "reading=story-3" in address(page)
    page.locator("#one-story").select_option("")
    expect(figure).to_have_text(percent(asked["share"]))
