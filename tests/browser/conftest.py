"""One browser for all tests of a process; its tabs are lent to them, offline, and every complaint of a page fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.sample import sample
from tests.browser.tabs import Tab, Tabs, page_file

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The installed Chromium, without a window and without a sandbox (which containers lack)."""
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def open_page(tabs: Tabs) -> Iterator[Open]:
    """Show the page of a payload from disk with the network off; fail on any request, console error or exception.

    The page is one that earlier tests have used and that is led back to the address, or `fresh`: opened for this test.
    A test that writes to the page's document or to its globals asks for a fresh one. `before` runs ahead of the
    page's own script; a console error that holds `allowed` is meant.
    """
    used: list[Tab] = []
    with ExitStack() as lent:

        def open_one(
            payload: Mapping[str, Any] | None = None,
            address: str = "",
            *,
            fresh: bool = False,
            before: str = "",
            allowed: str = "",
            **options: Any,
        ) -> Page:
            file = page_file(sample() if payload is None else payload)
            used.append(lent.enter_context(tabs.lend(file, address, fresh, before, allowed, options)))
            return used[-1].page

        yield open_one
    complaints = [text for tab in used for text in tab.complaints]
    assert not complaints, complaints
