"""What a reader sees is in words: no key of the record, of a rule or of a number stands on any tab, nor in what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import drawn
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.browser.valley_page import comparison
from tests.raw_keys import keys_in, keys_of

pytestmark = pytest.mark.browser

SHOWN = """async (addresses) => {
    const seen = new Map();
    const take = (where) => {
        document.querySelectorAll('details').forEach((one) => { one.open = true; });
        for (const part of document.querySelectorAll('header, main, footer')) {
            const codes = [...part.querySelectorAll('dd code, summary code, footer code, #identity code, .by code')];
            for (const one of codes) one.hidden = true;
            for (const line of part.innerText.split('\\n')) if (!seen.has(line)) seen.set(line, where);
            for (const one of part.querySelectorAll('svg text')) if (!seen.has(one.textContent)) seen.set(one.textContent, where);
            for (const one of codes) one.hidden = false;
        } };
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const tab of document.querySelectorAll('#tabs [role=tab]'))
        if (tab.checkVisibility()) { tab.click(); await frame(); await frame(); take(tab.innerText); }
    for (const address of addresses) { location.hash = address; await frame(); await frame(); take(address); }
    return [...seen]; }"""
"""Every line in sight on each tab, and at each address, with where. Left out are ids that a detail gives for copying."""


def addresses(payload: Mapping[str, Any]) -> Iterator[str]:
    """Of each reading an event of each kind and rule; of the first some places, and each dispute and mismatch; some claims."""
    for number, reading in enumerate(payload["readings"]):
        begin, rows = f"#reading={reading['id']}", reading.get("entries", ())
        events = {(row["event"], row.get("rule", "")[:3]): row["id"] for row in rows if row["mark"] != "opening"}
        yield begin
        yield from (f"{begin}&event={name}" for name in list(events.values())[:: 1 if "story" in reading else 4])
        if number == 0:
            yield from (f"{begin}&place={place['id']}" for place in payload["places"][:4])
            for kind, many in (("dispute", "disputes"), ("mismatch", "mismatches")):
                yield from (f"{begin}&{kind}={row}" for row in range(len(reading.get(many, ()))))
    yield from (f"#claim={claim['id']}" for claim in payload["claims"][:6])


def raw_keys(page: Page, payload: Mapping[str, Any]) -> list[str]:
    drawn(page)
    shown = page.evaluate(SHOWN, list(addresses(payload)))
    assert len(shown) > 100
    keys = keys_of(payload)
    return [f"{key} at {where}: {line}" for line, where in shown for key in keys_in(line, keys)]


def test_no_key_stands_on_the_page_of_a_replay(open_page: Open) -> None:
    payload = sample()
    assert raw_keys(open_page(payload), payload) == []


@pytest.mark.long
def test_no_key_stands_on_the_page_of_a_comparison_with_its_stories(open_page: Open) -> None:
    payload = comparison()
    assert raw_keys(open_page(payload), payload) == []
