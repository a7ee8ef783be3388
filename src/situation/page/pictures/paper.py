"""An HTML document printed on A4 through the browser, as PDF."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from situation.page.pictures.browser import find_browser, open_window, start_browser
from situation.testimony.disk.marks import marked_pdf
from situation.testimony.disk.scratch import laid_out

__all__ = ["paper", "undated"]

_MADE = re.compile(rb"\(D:\d{14}(?:[+-]\d\d'\d\d')?\)")
_NEVER = b"(D:19700101000000+00'00')"


def undated(pdf: bytes) -> bytes:
    """A PDF without the time at which it was made, and with the mark of what made it."""
    return marked_pdf(_MADE.sub(lambda date: _NEVER[: len(date[0]) - 1] + b")", pdf))


def paper(document: str, browser: str | Path | None = None) -> bytes:
    """The document as PDF, on pages of A4.

    Args:
        document: the HTML; its style says what the margins are.
        browser: the program of a Chromium; None: an installed one.

    Raises:
        Fault: what is named is no program.
        SituationError: no browser is here, or it failed.
    """
    program = find_browser(browser)

    def take() -> bytes:
        with (
            laid_out({"brief.html": document.encode()}) as folder,
            start_browser(program) as driven,
            open_window(driven, {"color_scheme": "light"}) as tab,
        ):
            tab.goto((folder / "brief.html").as_uri())
            return undated(tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True))

    with ThreadPoolExecutor(1) as hand:  # the driver wants a thread to itself: whoever asks may be in a loop already
        return hand.submit(take).result()
