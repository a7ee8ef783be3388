"""What the tests of the pages of stories read off them: figures as the page writes them, and a question's row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.addresses import drawn

__all__ = ["amount", "fine_percent", "opened_question", "percent", "percents", "signed", "stamp", "tenths", "text"]


def percent(share: float) -> str:
    """A share as the page writes it: never 0 or 100 for what some stories do or do not."""
    hundred = 100 * share
    if 0 < hundred < 1:
        return "under 1 %"
    return "over 99 %" if 99 < hundred < 100 else f"{int(hundred + 0.5)} %"


def tenths(share: float) -> int:
    """A share in tenths of a per cent, as it is printed beside a difference."""
    return int(share * 1000 + 0.5)


def fine_percent(share: float) -> str:
    """A share beside a difference."""
    parts = tenths(share)
    if share not in (0, 1) and parts in (0, 1000):
        return "over 99.9 %" if parts else "under 0.1 %"
    return f"{parts / 10:g} %"


def percents(shares: Collection[float]) -> list[str]:
    """The shares of one whole as the page writes them, the largest first: rounded together, to come to a hundred."""
    ordered = sorted(shares, reverse=True)
    parts = [int(100 * share + 1e-9) for share in ordered]
    rests = sorted(range(len(parts)), key=lambda i: parts[i] - 100 * ordered[i])
    for i in rests[: round(100 * sum(ordered)) - sum(parts)]:
        parts[i] += 1
    return [
        f"{part} %" if 0.01 <= share <= 0.99 else percent(share) for part, share in zip(parts, ordered, strict=True)
    ]


def amount(value: float | None) -> str:
    if value is None:
        return "never"
    return f"{int(value + 0.5):,}" if abs(value) >= 10 else f"{int(value * 10 + 0.5) / 10:g}"


def text(page: Page, selector: str) -> str:
    """The words of an element, once what the last change asks for is on the screen; white space is one space."""
    drawn(page)
    return " ".join(page.locator(selector).first.inner_text().split())


def stamp(minute: int, payload: dict[str, Any]) -> str:
    return datetime.fromtimestamp((minute + payload["utc_offset_min"]) * 60, UTC).strftime("%Y-%m-%dT%H%M")


def signed(value: float, digits: int = 1) -> str:
    """A difference as the page writes it, with a true minus."""
    text = f"{abs(value):,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if value == 0 else f"{'+' if value > 0 else chr(0x2212)}{f'{abs(value):.1g}' if text == '0' else text}"


def opened_question(page: Page, name: str) -> str:
    """Choose a question, where it is folded away from there, and all that its row then says."""
    page.evaluate("document.querySelectorAll('#questions details').forEach((one) => { one.open = true; })")
    row = page.locator(f'.question[data-question="{name}"]')
    if row.get_attribute("aria-expanded") != "true":
        row.click()
    expect(row).to_have_attribute("aria-expanded", "true")
    return text(page, ".question-list > li.chosen")
