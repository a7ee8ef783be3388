"""One browser for all tests of the page; each test gets a page of its own, offline, that notes every complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from situation.page import build_page
from tests.browser.sample import sample

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


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a payload from disk with the network off; fail on any request, console error or exception.

    `before` runs ahead of the page's own script; a console error that holds `allowed` is meant.
    """
    complaints: list[str] = []
    with ExitStack() as opened:

        def open_one(
            payload: Mapping[str, Any] | None = None,
            address: str = "",
            before: str = "",
            allowed: str = "",
            **options: Any,
        ) -> Page:
            path = tmp_path / f"page{len(list(tmp_path.iterdir()))}.html"
            path.write_text(build_page(sample() if payload is None else payload), encoding="utf-8")
            context = browser.new_context(offline=True, **{"viewport": {"width": 1600, "height": 1080}, **options})
            opened.callback(context.close)
            page = context.new_page()
            if before:
                page.add_init_script(before)

            def heard(told: ConsoleMessage) -> None:
                if told.type in ("error", "warning") and not (allowed and allowed in told.text):
                    complaints.append(told.text)

            def asked(request: Request) -> None:
                if not request.url.startswith(path.as_uri()):
                    complaints.append(f"asked for {request.url}")

            def failed(error: Error) -> None:
                complaints.append(str(error))

            page.on("console", heard)
            page.on("request", asked)
            page.on("pageerror", failed)
            page.goto(path.as_uri() + address)
            page.wait_for_selector("html[data-charts]", timeout=60_000)
            return page

        yield open_one
    assert not complaints, complaints
