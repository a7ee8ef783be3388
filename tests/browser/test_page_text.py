"""Text of the record stays text, whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.addresses import follow
from tests.browser.conftest import Open
from tests.browser.sample import sample

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=window.ran=1>",
    "</script><script>window.ran=1</script>",
    "\u202egnitirw",
    "<b>bold</b>&amp;&#60;i&#62;",
    "{{script}}",
    "n" * 10_000,
)


CHOSEN = (
    *(
        "place=al-qaim",
        "place=rawa",
        "dispute=0",
        "mismatch=0",
        "claim=C-01",
        "source=wire",
        "rows=origin&event=e-fled",
    ),
    *("strength=islamic-state%40al-qaim.strength", "coverage=wire/2017-11-03/1", "event=opening-rawa"),
    "unchanged=shown&claim=C-15",
)
MADE = "main img, main b, main i, footer img, footer b, footer i, header img, header b, .figure b, dialog b, iframe"
"""Elements that the page itself never makes: each would come from the text of a record."""


def poisoned(text: str, value: Any, key: str = "", also: frozenset[str] | set[str] = frozenset()) -> Any:
    """Put the text behind every free string of the payload, leaving what the page reads as codes."""
    codes = {
        "id", "root", "parent", "light", "dark", "line", "shape", "within", "source", "said_by", "origin", "stance",
        "cell", "lane", "place", "mark", "holder", "relation", "claim", "because", "claims", "against", "actors",
        "ends", "places", "untestable", "reliability", "country", "size", "bank", "history", "actor", "for", "kind",
    }  # fmt: skip
    if key in codes or key in also:
        return value
    if isinstance(value, str):
        return f"{value} {text}"
    if isinstance(value, list):
        return [poisoned(text, one, key, also) for one in value]
    if isinstance(value, dict):
        return {name: poisoned(text, one, name, also) for name, one in value.items()}
    return value


@pytest.mark.parametrize("text", HOSTILE, ids=["tag", "script end", "turned", "entities", "slot", "long"])
def test_hostile_strings_stay_text(open_page: Open, text: str) -> None:
    page = open_page(poisoned(text, sample()), address="#t=2017-11-05&event=e-omar")
    for place in CHOSEN:
        follow(page, f"#t=2017-11-05&{place}")
        page.evaluate("document.querySelectorAll('#detail details').forEach((one) => { one.open = true; })")
        assert page.locator("#detail h3").inner_text() != ""
        assert page.locator(MADE).count() == 0, place
    follow(page, "#t=2017-10-23&reading=day")
    page.locator("#search").fill("a")
    assert page.locator("#found li").count() > 1
    page.keyboard.press("Escape")
    page.locator("#report-rows button").last.click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("svg.main .place").first.hover(force=True)
    assert page.evaluate("window.ran === undefined")
    assert page.locator(MADE).count() == 0
    for mark in page.locator(".cover, #strips .row").all()[:6]:
        mark.dispatch_event("pointermove", {"clientX": 300, "clientY": 300})
        assert page.locator("#tip b, #tip img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1600
    assert "\u202e" not in page.evaluate("document.body.innerText")
    assert page.evaluate("Math.max(...[...document.querySelectorAll('bdi')].map((b) => b.textContent.length))") <= 600
    if text.startswith("<img"):
        assert "<img" in page.locator("#identity").inner_text()
