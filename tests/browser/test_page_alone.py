"""The places of which one voice alone says who holds them, in the panel."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.record_page import record_payload


def test_the_places_held_on_one_voice_are_listed_each_with_its_voice(open_page: Open) -> None:
    payload = record_payload()
    (told,) = [it for it in payload["judgements"] if "alone" in it]
    page = open_page(payload, address=f"#{told['shows']}")
    rows = page.locator("#detail .alone > li")
    expect(rows).to_have_count(len(told["alone"]))
    outlets = {it["id"]: it["outlet"] for it in payload["sources"]}
    source = {it["id"]: it["source"] for it in payload["claims"]}
    for row, one in zip(rows.all_inner_texts(), told["alone"].values(), strict=True):
        assert all(outlets[source[claim]] in row for claim in one["claims"]), (row, one)
    page.locator('#readings [data-value="best"]').click()
    expect(page.locator("#detail .alone")).to_have_count(0)
