"""The browser that takes pictures: an installed Chromium, driven by Playwright, without window and network.

This module is the only home of Playwright. Importing it does not import Playwright.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from situation.errors import Fault, SituationError, how_to_install
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.scratch import why_no_room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Error, Page

__all__ = ["find_browser", "open_window", "show_page", "start_browser"]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NAMED_BY = "SITUATION_BROWSER"
"""The environment variable that names the browser."""
_DRAWING_MILLISECONDS = 120_000
"""Milliseconds that a page may take to draw itself."""
_FILES = 256
"""Open files without which a browser that failed may have failed for them. ASSUMED: it opens a hundred or so."""
_MEMORY = 1 << 30
"""Bytes within which the driver does not start, and prints words of its own. ASSUMED: 700 MB are too little, 2 GB enough."""
_ROOM = 16 << 20
"""Bytes of temporary files without which a browser that failed may have failed for them. ASSUMED: a profile takes a few MB."""
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
    name = str(named or os.environ.get(_NAMED_BY, ""))
    if name:
        program = shutil.which(name)
        if program is None:
            origin = "" if named else f"{_NAMED_BY}: "
            argument = "browser" if named else ""
            raise Fault(f"{origin}{name} is no program.", "Name an installed Chromium or Chrome.", argument=argument)
        return Path(program)
    for name in _PROGRAMS:
        if program := shutil.which(name):
            return Path(program)
    raise SituationError(
        "There is no Chromium here to take pictures with. "
        f"Install chromium or google-chrome, or name another, which {_NAMED_BY} may do.",
        argument="browser",
    )


@contextmanager
def start_browser(program: Path) -> Iterator[Browser]:
    """A browser, closed at the end.

    Raises:
        SituationError: the extra is not installed, the browser does not start, or it fails; where its profile has no
            room, that is what is told.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise SituationError(
            f"Pictures need Playwright, which is not installed. {how_to_install('pictures')}"
        ) from None
    if words := _why_bounded(program, (0, _MEMORY)):
        raise SituationError(words)
    with ExitStack() as until:
        try:
            play = until.enter_context(sync_playwright())
        except Exception as error:  # noqa: BLE001  # a driver that ends at once is none of its own kind
            logging.getLogger("asyncio").addFilter(_is_news)
            why = error.__context__
            fact = why.strerror if isinstance(why, OSError) else _first(error).rstrip(".")
            advice = advice_for(why) if isinstance(why, OSError) else "Try again."
            raise SituationError(f"The browser's driver does not start: {fact}. {advice}") from None
        try:
            browser = play.chromium.launch(executable_path=program, args=list(_SWITCHES))
        except Error as error:
            if words := why_no_room(_ROOM) or _why_bounded(program):
                raise SituationError(words) from error
            words = f"{program}: This did not start as a browser. Name an installed Chromium or Chrome."
            raise SituationError(words, argument="browser") from error
        try:
            yield browser
        except Error as error:
            words = why_no_room(_ROOM) or f"{program}: The browser failed: {_first(error)} Try again."
            raise SituationError(words) from None
        finally:
            browser.close()


@contextmanager
def open_window(browser: Browser, look: dict[str, Any]) -> Iterator[Page]:
    """A window with one empty tab, with the network off; `look`: its options, as Playwright takes them."""
    window = browser.new_context(offline=True, reduced_motion="reduce", locale="en-GB", timezone_id="UTC", **look)
    try:
        tab = window.new_page()
        # The page turns itself light for paper; a picture keeps the theme that was asked for.
        tab.add_init_script("addEventListener('beforeprint', (event) => event.stopImmediatePropagation(), true)")
        yield tab
    finally:
        window.close()


def show_page(tab: Page, file: Path, address: str) -> None:
    """Open the page of a file in a tab, and wait until it is fully drawn.

    Args:
        tab: the tab. The first page in it takes three times as long as a further one.
        file: the page.
        address: what follows the file's address: `#t=...`.

    Raises:
        SituationError: the page failed while it drew itself.
    """
    failures: list[str] = []

    def failed(error: Error) -> None:
        failures.append(str(error))

    tab.on("pageerror", failed)
    tab.goto(file.as_uri() + address)
    tab.wait_for_selector("html[data-charts][data-drawn=all]", timeout=_DRAWING_MILLISECONDS)
    if not failures and tab.evaluate("document.documentElement.dataset.charts") != "drawn":
        failures.append("its charts could not be drawn.")
    tab.remove_listener("pageerror", failed)
    if failures:
        raise SituationError(f"The page failed in the browser: {failures[0].splitlines()[0]} Try a newer browser.")


def _is_news(row: logging.LogRecord) -> bool:
    """Whether what the event loop logs is not told already: it repeats, with a traceback, why the driver did not start."""
    error = row.exc_info[1] if row.exc_info else None
    return not type(error).__module__.startswith("playwright.")


def _why_bounded(program: Path, least: tuple[int, int] = (_FILES, sys.maxsize)) -> str:
    """Why a browser may not have started where files or memory are bounded, and what to do; empty where there is enough.

    Args:
        program: the browser.
        least: open files, and bytes of memory, that are enough.
    """
    if sys.platform == "win32":
        return ""
    import resource

    files, memory = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS))
    started = f"{program}: This did not start as a browser, and"
    if files != resource.RLIM_INFINITY and files < least[0]:
        return f"{started} no more than {files} files may be open. {advice_for(OSError(errno.EMFILE, ''))}"
    if memory != resource.RLIM_INFINITY and memory < least[1]:
        much = "of which it sets aside far more than it uses"
        advice = "Raise the limit of memory (ulimit -v), and give the same command again."
        return f"{started} no more than {memory >> 20} MB of memory may be taken, {much}. {advice}"
    return ""


def _first(error: Exception) -> str:
    """The first line of what the driver says, as a sentence."""
    lines = str(error).strip().splitlines()
    return f"{(lines[0] if lines else type(error).__name__).rstrip('.')}."
