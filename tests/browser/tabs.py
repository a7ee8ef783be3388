"""Tabs of one browser, used from test to test: a page is loaded once for each payload, then led back by its address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from situation.page import build_page
from tests.browser.addresses import FRAMES, all_drawn
from tests.shared import written_once

__all__ = ["CALM", "WIDE", "Tab", "Tabs", "led_back", "page_file", "shown_under"]

WIDE: ViewportSize = {"width": 1600, "height": 1080}
CALM = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none", "media": "null"}
"""What a page is shown under, unless a test asks otherwise."""
MOST = 4
"""Tabs that stay open at once: each holds a page of some 100 MB."""

LEAD_BACK = """async (wanted) => {
    const by = (id) => document.getElementById(id), away = (node) => node.scrollTo({ top: 0, left: 0, behavior: 'instant' });
    document.querySelector('#play[aria-label=Pause]')?.click();
    if (by('help-box').open) by('help-box').close();
    by('help-box').replaceChildren();
    for (const one of document.querySelectorAll('details'))
        one.open = one.matches(`#disputes > :not(:last-child)${innerWidth < 768 ? '' : ', #assumptions-box, #sources-box'}`);
    document.querySelector('.more[aria-expanded=true]')?.click();
    by('take-box').replaceChildren();
    for (const one of document.querySelectorAll('.head > .unfold'))
        if ((one.ariaExpanded === 'true') !== one.closest('.card').matches('.strips, .questions')) one.click();
    by('search').value = '';
    by('search').dispatchEvent(new Event('input'));
    by('speed').value = '3';
    by('tip').hidden = true;
    by('tip').replaceChildren();
    by('tip').removeAttribute('style');
    by('spoken').textContent = '';
    const first = document.createElement('i');  // Tab begins again at the top
    first.tabIndex = -1;
    document.body.prepend(first);
    first.focus();
    first.remove();
    const follow = (address) => location.hash === address || new Promise((done) => {
        addEventListener('hashchange', done, { once: true });
        location.hash = address; });
    const elsewhere = wanted.includes('span=days') ? 'fortnight' : 'days';
    await follow(`#t=${by('goto').min}&span=${elsewhere}`);  // so that nothing of the last state is kept for its sake
    await follow(wanted);
    await (FRAMES)();
    for (const one of document.querySelectorAll('main *')) if (one.scrollTop || one.scrollLeft) away(one);
    away(document.scrollingElement); }""".replace("FRAMES", FRAMES)


def shown_under(page: Page, viewport: ViewportSize = WIDE, **media: str) -> None:
    """Show a page in a window of this size and under these media, and otherwise as most tests have it."""
    if page.viewport_size != viewport:
        page.set_viewport_size(viewport)
    page.emulate_media(**{**CALM, **media})  # type: ignore[arg-type]


def led_back(page: Page, address: str) -> None:
    """Show an address (from its `#` on, or "") in an open page as if it had been opened with it.

    The address carries the whole state but for what is put back here: play, folds, the search, boxes over the page,
    focus, scroll and pointer. What a reader may have the browser remember (the theme, say) it cannot undo.
    """
    page.mouse.move(0, 0)
    page.evaluate(LEAD_BACK, address)


def page_file(payload: Mapping[str, Any]) -> Path:
    """The built page of a payload, at the same address in all processes of a run."""
    content = build_page(payload).encode()
    return written_once(f"pages/{hashlib.sha256(content).hexdigest()[:16]}.html", lambda: content)


@define
class Tab:
    """A tab, the file whose page it shows, if that can be shown again, and what it has complained of since it was lent."""

    page: Page
    file: Path | None = None
    lent: bool = False
    allowed: str = ""
    complaints: list[str] = field(factory=list)
    shown: Path | None = None

    def __attrs_post_init__(self) -> None:
        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not (self.allowed and self.allowed in message.text):
                self.complaints.append(message.text)

        def request(asked: Request) -> None:
            if self.shown is None or not asked.url.startswith((self.shown.as_uri(), "about:blank")):
                self.complaints.append(f"asked for {asked.url}")

        self.page.on("console", console)
        self.page.on("request", request)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def load(self, file: Path, address: str) -> None:
        """Open the file anew, even where the tab shows it already."""
        self.shown, self.file = file, None
        self.page.goto("about:blank")
        self.page.goto(file.as_uri() + address)
        all_drawn(self.page)


@define
class Tabs:
    """A few tabs of one window, offline, the last used at the end of the list."""

    browser: Browser
    window: BrowserContext | None = None
    tabs: list[Tab] = field(factory=list)

    @contextmanager
    def lend(
        self, file: Path, address: str, fresh: bool, before: str, allowed: str, options: dict[str, Any]
    ) -> Iterator[Tab]:
        """Lend a tab that shows a page.

        Args:
            file: the page.
            address: from its `?` or `#` on.
            fresh: whether the page must be opened for this test alone. One that is not comes with no hint for first visits.
            before: a script that runs ahead of the page's own.
            allowed: a console error that holds this is meant.
            options: what the page is shown under: `viewport`, those of CALM, or others, which need a window of their own.
        """
        shown = {name: options.pop(name) for name in CALM if name in options}
        viewport = options.pop("viewport", WIDE)
        if before or options:
            with self.browser.new_context(offline=True, viewport=viewport, **options) as window:
                tab = Tab(window.new_page(), allowed=allowed)
                if before:
                    tab.page.add_init_script(before)
                shown_under(tab.page, viewport, **shown)
                tab.load(file, address)
                yield tab
            return
        tab = self._idle(None if fresh else file)
        tab.lent, tab.allowed = True, allowed
        tab.complaints.clear()
        tab.page.bring_to_front()
        shown_under(tab.page, viewport, **shown)
        if fresh:
            tab.load(file, address)
        elif tab.file == file:
            led_back(tab.page, address)
        else:
            tab.load(file, f"?hint=off{address}")
            tab.file = file
        yield tab
        tab.lent = False
        # What was remembered stays in the page's memory, too: such a page is not shown again.
        if tab.page.evaluate("() => { const kept = localStorage.length; localStorage.clear(); return kept; }"):
            tab.file = None

    def _idle(self, file: Path | None) -> Tab:
        """An idle tab, one that shows the file if there is any, else the one that was used longest ago."""
        if self.window is None:
            self.window = self.browser.new_context(offline=True, viewport=WIDE)
        idle = [tab for tab in self.tabs if not tab.lent]
        match = next((tab for tab in idle if file is not None and tab.file == file), None)
        if match is None and len(self.tabs) < MOST:
            match = Tab(self.window.new_page())
        if match is None:
            match = next((tab for tab in idle if tab.file is None), idle[0])
        self.tabs = [*(tab for tab in self.tabs if tab is not match), match]
        return match
