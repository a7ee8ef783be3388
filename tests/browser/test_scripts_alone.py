"""Scripts of the page that do what the program does, each run by itself: spellings of names, and harmless text."""

from __future__ import annotations

import copy
import unicodedata
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from situation.errors import inert_cell
from situation.testimony.spelling import spelling_key
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.unit.test_harmless import FORMULAS, HARMLESS
from tests.unit.testimony.test_spelling import OTHERS, SAME


def answer(browser: Browser, script: str, expression: str, given: list[str]) -> Any:
    """What an expression over `given` comes to, in an empty tab that holds one script."""
    text = Path(f"src/situation/page/assets/{script}").read_text("utf-8").replace("export ", "")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("import "))
    tab = browser.new_page()
    try:
        return tab.evaluate(f"(given) => {{ {text}\nreturn {expression}; }}", given)
    finally:
        tab.close()


def test_the_page_gives_names_the_same_keys(browser: Browser) -> None:
    blocks = ((0x20, 0x250), (0x2B0, 0x530), (0x590, 0x700), (0x900, 0x980), (0x1E00, 0x2030), (0x3040, 0x3100))
    letters = [
        chr(code) for first, end in blocks for code in range(first, end) if unicodedata.category(chr(code)) != "Cn"
    ]
    names = [name for names in SAME for name in names] + [name for pair in OTHERS for name in pair] + letters
    theirs = dict(zip(names, answer(browser, "core/spelling.js", "given.map(spellingKey)", names), strict=True))
    assert {name: key for name, key in theirs.items() if key != spelling_key(name)} == {}


def test_the_downloads_of_the_page_are_as_inert_as_the_tables(browser: Browser) -> None:
    texts = [*FORMULAS, *HARMLESS, 'a "quoted" \u202e\x1b one']
    quoted = [str(inert_cell(text)).replace('"', '""') for text in texts]
    assert answer(browser, "core/harmless.js", "given.map(csvCell)", texts) == [f'"{text}"' for text in quoted]
    assert answer(browser, "core/harmless.js", "harmlessJson(given[0])", ["\u202e\x9b"]) == '"\\u202e\\u009b"'


def test_a_long_name_at_the_edge_of_a_narrow_map_moves_inward_over_its_marker(browser: Browser) -> None:
    sea = """{ id: "sea", text: "Sea east of the islands", x: 386, y: 160, r: 5, weight: 1, must: 0, bold: false, size: 12 }"""
    town = """{ x: 200, y: 150, w: 60, h: 40, of: "town" }"""
    width = "(text, size) => 0.55 * size * text.length"
    laid = answer(
        browser,
        "map/labels.js",
        f"(() => {{ globalThis.textWidth = {width}; return layLabels([{sea}], [{town}], {{ w: 422, h: 270 }}); }})()",
        [],
    )
    (spot,) = [one["spot"] for one in laid]
    assert 260 < spot["x"] < spot["x"] + spot["w"] <= 422


def test_events_that_are_gathered_say_what_their_sources_leave_open(browser: Browser) -> None:
    plain = """globalThis.number = String;
        globalThis.count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;"""
    took, again = """{ event: "Captured", disputed: true, killed: [1, 2, 3] }""", """{ event: "Captured" }"""
    unknown = """{ event: "OrderUnknown" }"""
    words = "[eventCount(some), openWords(some), killedWords(some)]"
    said = [
        answer(browser, "core/gather.js", f"(() => {{ {plain} const some = [{some}]; return {words}; }})()", [])
        for some in (again, f"{took},{again}", f"{took},{again},{unknown}")
    ]
    killed = "1 to 3, best 2 killed; 1 of the events gives no number"
    assert said == [
        ["1 event", "", ""],
        ["2 events", "sources disagree on 1 of them", killed],
        ["2 events", "the order of some is not known; sources disagree on 1 of them", killed],
    ]


def test_a_pile_of_events_of_one_day_is_shown_with_what_is_open(open_page: Open) -> None:
    payload = copy.deepcopy(sample())
    for reading in payload["readings"]:
        (first, *_) = [it for it in reading["entries"] if it["mark"] == "event"]
        same = {**first, "lane": "fighting", "disputed": False}
        more = [{**same, "id": f"{first['id']}/{number}"} for number in range(320)]
        more[0] |= {"event": "OrderUnknown", "text": "In what order this happened is not known"}
        reading["entries"] += more
    page = open_page(payload)
    page.locator("#detail summary", has_text="Fighting and movement").click()
    expect(page.locator("#detail")).to_contain_text("the order of some is not known")
