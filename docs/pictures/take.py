"""Takes the pictures of the documentation, and writes into docs/page.md what the page says on the walk.

    python docs/pictures/take.py REPLAY [COMPARISON]

REPLAY and COMPARISON are run folders, of `situation replay` and of
`situation compare baseline sdf-government-confrontation`, or what the latter prints with `--json`, in a file. `make
pictures` makes both and calls this.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from walk import REPLAY_STOPS, STORY_STOPS, Stop, go, with_words

from situation.page.pictures.browser import find_browser, open_window, show_page, start_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
TEXT = HERE.parent / "page.md"
WINDOW = {"width": 1440, "height": 900}
WHOLE = {"page.png": "light", "page-dark.png": "dark"}


def screenshot(page: Page, name: str, part: str = "") -> None:
    """Take a picture of a part of a page, or of all that its window shows."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    tall = page.locator(part).evaluate("(node) => Math.ceil(node.getBoundingClientRect().height)") if part else 0
    if tall > WINDOW["height"]:  # a card is not whole in a window that is lower than it
        page.set_viewport_size({**WINDOW, "height": tall + 200})
    seen, style = (page.locator(part), ".bar { visibility: hidden }") if part else (page, "")
    seen.screenshot(path=HERE / name, animations="disabled", caret="hide", style=style)


def walk(browser: Browser, run: Path, stops: Mapping[str, Stop]) -> dict[str, str]:
    """Walk through the page of a run, with its pictures."""
    with open_window(browser, {"viewport": WINDOW}) as page:
        show_page(page, (run / "index.html").resolve(), "#hint=off")
        return go(page, stops, lambda name, part: screenshot(page, name, part))


def take(replay: Path, comparison: Path | None = None) -> None:
    """Write every picture beside this file, and what the page said into docs/page.md."""
    if comparison is not None and comparison.suffix == ".json":
        comparison = Path(json.loads(comparison.read_text("utf-8"))["comparison"])
    with start_browser(find_browser(None)) as browser:
        for name, theme in WHOLE.items():
            look = {"viewport": {"width": 1440, "height": 960}, "color_scheme": theme}
            with open_window(browser, look) as page:
                show_page(page, (replay / "index.html").resolve(), "#hint=off")
                screenshot(page, name)
        said = walk(browser, replay, REPLAY_STOPS)
        if comparison is not None:
            said |= walk(browser, comparison, STORY_STOPS)
    TEXT.write_text(with_words(TEXT.read_text("utf-8"), said), "utf-8")
    pictures = sorted(HERE.glob("*.png"))
    size = sum(picture.stat().st_size for picture in pictures)
    print(f"{len(pictures)} pictures, {size / 1e6:.2f} MB. docs/page.md keeps what the page said at {len(said)} stops.")


if __name__ == "__main__":
    take(*map(Path, sys.argv[1:3]))
