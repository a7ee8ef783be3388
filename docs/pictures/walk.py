"""The walk of docs/page.md through the page, step by step as a person goes it, and what the page says at each stop.

`take.py` takes its pictures on the way; a test goes the same steps, so that the text cannot name what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["QUESTION", "REPLAY_STOPS", "STORY_STOPS", "Shoot", "Stop", "go", "kept_words", "with_words"]

Shoot = Callable[[str, str], None]
"""Takes a picture of a part of the page: its name, and the part in CSS (empty: all that the window shows)."""
Stop = Callable[["Page", Shoot], list[str]]
"""Goes on from wherever the page is; tells what it says, in lines of Markdown."""
KEPT = re.compile(r"(<!-- said: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
QUESTION = "Does Islamic State still hold Albu Kamal on 31 December?"
MOST = 4
"""How many rows of a list are told."""

_TEXT = """(node) => {
  const copy = node.cloneNode(true);
  copy.querySelectorAll(".chip").forEach((chip) => chip.prepend(", "));
  copy.querySelectorAll("div").forEach((line) => line.prepend(", "));
  return copy.textContent.replace(/\\s+/g, " ").replace(/\\s+,/g, ",").trim();
}"""
"""The words of a row on one line, its parts set off by commas."""


def _text(row: Locator) -> str:
    return str(row.evaluate(_TEXT)).removeprefix(", ").replace(", ,", ",")


def _claim(card: Locator) -> str:
    """A claim as one line: its words, who says so and when, its grade, its name in the record."""
    said, by, grade, name = (card.locator(part).first for part in (".said bdi", ".by", ".grade .chip", "code"))
    return f"{said.inner_text()} ({_text(by)}; graded {grade.inner_text()}) `{name.inner_text()}`"


def _look_up(page: Page, place: str) -> None:
    """Type a place into the search field, and choose it."""
    page.get_by_placeholder("Find a place").fill(place)
    page.keyboard.press("Enter")
    page.locator("#detail h3", has_text=place).wait_for()


def _listed(head: str, rows: list[str]) -> list[str]:
    return [f"{head}:", "", *(f"- {row}" for row in rows), ""]


def who_held_albu_kamal(page: Page, shoot: Shoot) -> list[str]:
    """Albu Kamal on 3 November, on which the page opens."""
    _look_up(page, "Albu Kamal")
    shoot("walk-albu-kamal.png", "")
    held = page.locator("#detail p.big").inner_text().strip()
    when = page.locator("#detail p.big + p.soft").inner_text()
    cards = [_claim(card) for card in page.locator("#detail .claims").first.locator(".claim").all()]
    return [f"**{held}.** {when}", "", *_listed(page.locator("#detail h4", has_text="Says so").inner_text(), cards)]


def what_was_known(page: Page, shoot: Shoot) -> list[str]:
    """The evening of 3 November, as somebody knew it who had read everything until then."""
    page.get_by_role("button", name="As known on the day").click()
    page.locator("#detail").get_by_role("button", name="Close").click()
    unknown = page.locator("#detail .note.unknown")
    unknown.wait_for()
    shoot("walk-that-evening.png", ".card.detail")
    lead = page.locator("#coverage").inner_text()
    known = [_text(row) for row in page.locator("#detail .latest-list").first.locator("li > div").all()]
    return [
        f"{lead}.",
        "",
        *_listed("Control", known[:MOST]),
        *_listed(
            unknown.locator("p").first.inner_text().rstrip("."),
            [_text(row) for row in unknown.locator("li").all()][:MOST],
        ),
    ]


def who_disagrees(page: Page, shoot: Shoot) -> list[str]:
    """What the sources say of al-Qaim that does not fit together."""
    page.get_by_role("button", name="Best current knowledge").click()
    _look_up(page, "al-Qaim")
    page.locator("#detail h4", has_text="Sources disagree").first.evaluate(
        "(head) => head.scrollIntoView({ block: 'start' })"
    )
    shoot("walk-al-qaim.png", ".card.detail")
    told = []
    for title in ("Sources disagree", "Statements the state contradicts"):
        head = page.locator("#detail h4", has_text=title).first
        rows = head.locator("xpath=following-sibling::ul[1]/li")
        told += _listed(head.inner_text(), [_row(row.inner_text()) for row in rows.all()])
    return told


def _row(text: str) -> str:
    """A row of two lines as one: what is asked, and the answers to it."""
    return ": ".join(line.strip() for line in text.splitlines() if line.strip())


def still_held_at_the_years_end(page: Page, shoot: Shoot) -> list[str]:
    """How likely the clash makes it that Islamic State still holds Albu Kamal, in the scenario against its baseline."""
    page.get_by_role("button", name=QUESTION).click()
    page.locator("button.question[aria-expanded=true]", has_text=QUESTION).wait_for()
    shoot("walk-year-end.png", ".card.questions")
    rows = page.locator("#questions .answer-box dl.facts")
    facts = dict(zip(rows.locator("dt").all_inner_texts(), rows.locator("dd").all_inner_texts(), strict=True))
    wanted = ("Share", "In this model", "Outer band", "Against the baseline", "Story by story", "Hangs on")
    return [f"- {name}: {facts[name]}" for name in wanted if name in facts]


def what_the_difference_hangs_on(page: Page, shoot: Shoot) -> list[str]:
    """What moves the difference between scenario and baseline."""
    page.get_by_role("button", name="Difference", exact=True).click()
    page.get_by_role("heading", name="What the difference hangs on").wait_for()
    shoot("walk-hangs-on.png", ".card.hangs")
    return [f"- {line}" for line in page.locator("#hangs > p").all_inner_texts() if line.strip()][:2]


REPLAY_STOPS: dict[str, Stop] = {
    "albu-kamal": who_held_albu_kamal,
    "that-evening": what_was_known,
    "al-qaim": who_disagrees,
}
STORY_STOPS: dict[str, Stop] = {"year-end": still_held_at_the_years_end, "hangs-on": what_the_difference_hangs_on}
"""By the name of the place in docs/page.md that keeps what the page said there."""


def go(page: Page, stops: Mapping[str, Stop], shoot: Shoot = lambda name, part: None) -> dict[str, str]:
    """Walk through a page: by stop, what it says there, as a quotation in Markdown."""
    return {
        name: "".join(f"> {line}".rstrip() + "\n" for line in _trimmed(stop(page, shoot)))
        for name, stop in stops.items()
    }


def _trimmed(lines: list[str]) -> list[str]:
    return lines[: max((i for i, line in enumerate(lines, start=1) if line), default=0)]


def kept_words(text: str) -> dict[str, str]:
    """What docs/page.md keeps of what the page said, by the name of the stop."""
    return {found[2]: found[3] for found in KEPT.finditer(text)}


def with_words(text: str, said: Mapping[str, str]) -> str:
    """The text with what the page said put in its places."""
    return KEPT.sub(lambda found: f"{found[1]}{said.get(found[2], found[3])}{found[4]}", text)
