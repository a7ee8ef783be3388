"""Who was renamed is called on the page by the name of the minute shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.runs.identity import replay_identity
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.unit.small import Small

pytestmark = pytest.mark.browser


def test_names_on_the_map_in_the_legend_and_the_details_are_those_of_the_minute(
    open_page: Open, tmp_path: Path
) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", "aliases: [Northerners]", "names: [{name: the Great North, from: 2020-03-10}]")
    small.plant("map.yaml", "name: Corve, kind:", "name: Corve, names: [{name: Northtown, from: 2020-03-12}], kind:")
    record, lens = small.load(), Lens()
    end = record.minute(None)
    page = open_page(replay_payload(record, end, lens, replay_identity(record, end, lens)), "#t=2020-03-11&place=corve")
    for address, side, place, other in (
        ("#t=2020-03-05&place=corve", "the North", "Corve", "Northtown"),
        ("#t=2020-03-11&place=corve", "the Great North", "Corve", "Northtown"),
        ("#t=2020-03-13&place=corve", "the Great North", "Northtown", "Corve"),
    ):
        page.evaluate("to => { location.hash = to; }", address)
        expect(page.locator("#detail h3").first).to_contain_text(place)
        expect(page.locator("#detail")).to_contain_text(f"also {other}")
        expect(page.locator("#legend")).to_contain_text(side)
        expect(page.locator("#map svg").first).to_contain_text(place)
        expect(page.locator("#map svg").first).not_to_contain_text(other)


def test_other_names_stand_beside_places_and_sides_as_far_as_they_are_short(open_page: Open) -> None:
    payload = sample()
    payload["actors"][0]["aliases"] = ["IRAQ", "IQ", "the government of Iraq in Baghdad"]
    page = open_page(payload)
    expect(page.locator("#legend li", has_text="Iraq").first).to_contain_text("Iraq (IQ)")
    page.evaluate("document.getElementById('table-box').open = true")
    qaim = page.locator("#table tbody th", has_text="al-Qaim").first
    expect(qaim).to_have_text(re.compile(r"^al-Qaim \(Qaim, .\u0627\u0644\u0642\u0627\u0626\u0645.\)$"))
