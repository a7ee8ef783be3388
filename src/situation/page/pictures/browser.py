"""The browser that takes pictures: an installed Chromium, driven by Playwright, without window and network.

This module is the only home of Playwright. Importing it does not import Playwright.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from situation.errors import Fault, SituationError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["NAMED_BY", "find_browser", "open_page", "start_browser"]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NAMED_BY = "SITUATION_BROWSER"
"""The environment variable that names the browser."""
_DRAWING_MILLISECONDS = 120_000
"""Milliseconds that a page may take to draw itself."""
_SWITCHES = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-lcd-text",  # grey edges of letters, whatever the screen
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


def find_browser(named: str | Path | None) -> Path:
    """The program of an installed Chromium: the one that is named, or one on the path.

    Args:
        named: its program; None: the one that the environment names, or else the first found.

    Raises:
        Fault: what is named is no program.
        SituationError: there is none.
    """
    name = str(named or os.environ.get(NAMED_BY, ""))
    if name:
        program = shutil.which(name)
        if program is None:
            origin = "" if named else f"{NAMED_BY}: "
            argument = "browser" if named else ""
            raise Fault(f"{origin}{name} is no program.", "Name an installed Chromium or Chrome.", argument=argument)
        return Path(program)
    for name in _PROGRAMS:
        if program := shutil.which(name):
            return Path(program)
    raise SituationError(
        "There is no Chromium here to take pictures with. "
        f"Install chromium or google-chrome, or name another, which {NAMED_BY} may do.",
        argument="browser",
    )


@contextmanager
def start_browser(program: Path) -> Iterator[Browser]:
    """A browser, closed at the end.

    Raises:
        SituationError: the extra is not installed, or the browser does not start.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise SituationError(
            "Pictures need Playwright, which is not installed. Install it: pip install 'situation[pictures]'."
        ) from None
    with sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path=program, args=list(_SWITCHES))
        except Error as error:
            words = f"{program}: This did not start as a browser. Name an installed Chromium or Chrome."
            raise SituationError(words, argument="browser") from error
        try:
            yield browser
        except Error as error:
            raise SituationError(f"{program}: The browser failed: {_first(error)} Try again.") from None
        finally:
            browser.close()


@contextmanager
def open_page(browser: Browser, file: Path, address: str, look: dict[str, Any]) -> Iterator[Page]:
    """The page of a file in a window of its own, fully drawn, with the network off.

    Args:
        browser: the browser.
        file: the page.
        address: what follows the file's address: `#t=...`.
        look: the options of the window, as Playwright takes them.

    Raises:
        SituationError: the page failed while it drew itself.
    """
    window = browser.new_context(offline=True, reduced_motion="reduce", locale="en-GB", timezone_id="UTC", **look)
    try:
        page = window.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        # The page turns itself light for paper; a picture keeps the theme that was asked for.
        page.add_init_script("addEventListener('beforeprint', (event) => event.stopImmediatePropagation(), true)")
        page.goto(file.as_uri() + address)
        page.wait_for_selector("html[data-charts]", timeout=_DRAWING_MILLISECONDS)
        if not failures and page.evaluate("document.documentElement.dataset.charts") != "drawn":
            failures.append("its charts could not be drawn.")
        if failures:
            raise SituationError(f"The page failed in the browser: {failures[0].splitlines()[0]} Try a newer browser.")
        yield page
    finally:
        window.close()


def _first(error: Exception) -> str:
    """The first line of what the driver says, as a sentence."""
    lines = str(error).strip().splitlines()
    return f"{(lines[0] if lines else type(error).__name__).rstrip('.')}."
