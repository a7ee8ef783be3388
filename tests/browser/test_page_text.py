"""Text of the record stays text, whatever it holds."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.addresses import follow, open_tab
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.browser.valley_page import ensemble

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


HOSTILE_TEXTS = [
    pytest.param(" ".join(HOSTILE[:-1]), id="all but the long"),
    pytest.param(HOSTILE[-1], id="long", marks=pytest.mark.long),
    *(
        pytest.param(text, id=name, marks=pytest.mark.long)
        for name, text in zip(["tag", "script end", "turned", "entities", "slot"], HOSTILE, strict=False)
    ),
]
"""All marks in one text; and each alone in the long tests."""


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
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
    for tab in ("control", "method", "sources"):
        open_tab(page, tab)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1600
    page.locator("#report-rows button").last.click()
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


ARABIC = ("مملكة الجزر", "لواء 12", "جزر القمر", "الحرس", "جيش الشمال", "قوات السد", "حلف")
PIECES = r"""(node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), found = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode())
        for (const { 0: piece, index } of text.data.matchAll(/[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)*|[\w+%,.]+/g)) {
            const range = document.createRange();
            range.setStart(text, index); range.setEnd(text, index + piece.length);
            const [box] = range.getClientRects();
            found.push([Math.round(box.y + box.height / 2), box.x, piece]); }
    return found; }"""


def _laid(sentence: Locator) -> list[str]:
    """The names and words of a sentence as they lie before a reader, line by line, from the left."""
    lines: list[list[Any]] = []
    for middle, left, piece in sorted(sentence.evaluate(PIECES)):
        if not lines or middle - lines[-1][0] > 6:
            lines.append([middle, []])
        lines[-1][1].append((left, piece))
    return [piece for _, line in lines for _, piece in sorted(line)]


def _told(sentence: Locator) -> list[str]:
    return [piece for _, _, piece in sentence.evaluate(PIECES)]


def _renamed(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with Arabic names for all who act, in sentences that begin with them."""
    for actor, name in zip(payload["actors"], ARABIC, strict=False):
        for reading in payload["readings"]:
            for entry in reading["entries"]:
                if entry["actors"] == [actor["id"]]:
                    entry["text"] = f"{name} took 3 of 5 parts from {ARABIC[0]}, and 20 % of the rest"
        actor["name"] = name
    return payload


@pytest.mark.long
def test_a_sentence_that_begins_with_a_right_to_left_name_runs_from_left_to_right(open_page: Open) -> None:
    page = open_page(_renamed(copy.deepcopy(sample())), address="#t=2017-11-03&event=e-qaim")
    for sentence in (page.locator("#subtitle bdi").first, page.locator("#detail h3")):
        said = _told(sentence)
        assert said[-1].startswith("res") or said[-1] == "rest"
        assert _laid(sentence) == said
    name = page.locator("#legend bdi").first
    assert name.evaluate("(node) => getComputedStyle(node).direction") == "rtl"


@pytest.mark.long
def test_shares_beside_right_to_left_names_stay_with_them(open_page: Open) -> None:
    page = open_page(_renamed(copy.deepcopy(ensemble())), address="#t=2020-04-20")
    open_tab(page, "control")
    page.locator("#table-box summary").click()
    cells = page.locator("#table td", has_text="%")
    expect(cells.first).to_be_visible()
    for cell in cells.all():
        assert _laid(cell) == _told(cell)


def test_text_of_a_right_to_left_language_keeps_its_direction(open_page: Open) -> None:
    payload = copy.deepcopy(sample())
    payload["title"] = "حرب al-Qaim في الشرق"
    page = open_page(_renamed(payload))
    assert page.locator("#title bdi").evaluate("(node) => getComputedStyle(node).direction") == "rtl"
