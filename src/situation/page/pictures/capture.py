"""Taking pictures: the page is opened and everything hidden but one panel, with its caption under it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from attrs import field, frozen

from situation.errors import Fault, SituationError, near_miss
from situation.page.build import payload_of
from situation.page.contract import DIGEST_DIGITS
from situation.page.pictures.browser import find_browser, open_window, show_page, start_browser
from situation.page.pictures.caption import caption
from situation.page.pictures.panels import FORMATS, Panel, find_panel
from situation.page.pictures.paper import undated
from situation.page.scripts import join_scripts
from situation.testimony.dating.clock import Clock
from situation.testimony.disk.marks import marked_png
from situation.testimony.disk.scratch import laid_out

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["SVG_ENTRY", "Look", "Picture", "take_pictures"]

_NARROWEST_PIXELS, _WIDEST_PIXELS = 320, 4000
_LARGEST_SCALE = 4
_WINDOW_HEIGHT = 400
"""Height of the window in pixels while the page draws itself."""
SVG_ENTRY = "vector.js"
"""The script that draws a panel again as SVG, with all that it imports."""


def _between(least: int, most: int) -> Any:
    def check(_: object, attribute: Any, value: int | None) -> None:
        if value is not None and not least <= value <= most:
            raise Fault(f"{value} is out of range.", f"Give {least} to {most}.", argument=attribute.name)

    return check


@frozen
class Look:
    """How the page looks when its picture is taken.

    Args:
        at: the date of the slider; None: that of the link, or where the page begins.
        reading: the id of the reading; None: that of the link, or the first.
        link: a link of the page, or what follows `#` in it.
        theme: `light` or `dark`.
        width: CSS pixels, 320 to 4000; None: the panel's own width.
        scale: pixels of a PNG for each CSS pixel, 1 to 4.
    """

    at: str | None = None
    reading: str | None = None
    link: str = ""
    theme: str = "light"
    width: int | None = field(default=None, validator=_between(_NARROWEST_PIXELS, _WIDEST_PIXELS))
    scale: int = field(default=1, validator=_between(1, _LARGEST_SCALE))


@frozen
class Picture:
    """A picture: of which panel, in which format, its bytes, its size in pixels of CSS, and its caption."""

    panel: str
    format: str
    content: bytes
    width: int
    height: int
    caption: str


def take_pictures(
    page: str, requests: Sequence[tuple[str, str]], look: Look, browser: str | Path | None = None, run: str = ""
) -> list[Picture]:
    """Take pictures of a page.

    Args:
        page: the page, as `build_page` makes it.
        requests: for each picture its format and the name of its panel.
        look: how the page looks.
        browser: the program of a Chromium; None: an installed one.
        run: what the page is of, for the caption; empty: its kind and its digest.

    Raises:
        Fault: there is no such panel, date or reading, or a number is out of range.
        SituationError: no browser is here, or it failed.
    """
    payload = payload_of(page)
    run = run or f"{payload['kind']} {payload['identity']['digest'][:DIGEST_DIGITS]}"
    panels = {name: find_panel(name, form, payload["kind"]) for form, name in requests}
    address = _address(payload, look)
    program = find_browser(browser)

    def take() -> dict[tuple[str, str], Picture]:
        taken: dict[tuple[str, str], Picture] = {}
        window = {"color_scheme": look.theme, "device_scale_factor": look.scale}
        alone = {f"{name}.html": _alone(page, panel).encode() for name, panel in panels.items()}
        with laid_out(alone) as folder, start_browser(program) as driven, open_window(driven, window) as tab:
            for name, panel in panels.items():
                forms = sorted({form for form, of in requests if of == name}, key=FORMATS.index)
                for picture in _take(tab, folder / f"{name}.html", address, panel, forms, look, payload, run):
                    taken[picture.format, picture.panel] = picture
        return taken

    with ThreadPoolExecutor(1) as hand:  # the driver wants a thread to itself: whoever asks may be in a loop already
        taken = hand.submit(take).result()
    return [taken[request] for request in dict.fromkeys(requests)]


def _address(payload: Mapping[str, Any], look: Look) -> str:
    """The page's address for a look: that of the link, with the look's own date and reading.

    Raises:
        Fault: the page has no such date or reading.
    """
    parts = dict(parse_qsl(look.link.partition("#")[2] if "#" in look.link else look.link, keep_blank_values=True))
    if look.reading is not None:
        known = [reading["id"] for reading in payload["readings"]]
        if look.reading not in known:
            hint = near_miss(look.reading, known) or f"Name one of: {', '.join(known)}."
            raise Fault(f"The page has no reading '{look.reading}'.", hint, argument="reading")
        parts["reading"] = look.reading
    if look.at is not None:
        clock = Clock(payload["utc_offset_min"])
        minute = clock.moment(look.at)
        first, last = payload["window"]
        if not first <= minute <= last:
            advice = f"Give a date from {clock.day(first)} to {clock.day(last)}."
            raise Fault(f"{look.at} is not on the page.", advice, argument="at")
        parts["t"] = f"{clock.day(minute)}T{clock.hour(minute).replace(':', '')}"
    return f"#{urlencode({'hint': 'off', **parts})}"


def _alone(page: str, panel: Panel) -> str:
    """The page with a style that hides everything but one panel."""
    kind = "page" if panel.name == "page" else "panel"
    style = _asset("alone.css").replace("PANEL", panel.selector)
    marked = page.replace("<html ", f'<html data-picture="{kind}" ', 1)
    return marked.replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


def _take(
    tab: Page,
    file: Path,
    address: str,
    panel: Panel,
    forms: Sequence[str],
    look: Look,
    payload: Mapping[str, Any],
    run: str,
) -> list[Picture]:
    """All pictures of one panel."""
    width = look.width or panel.width
    tab.set_viewport_size({"width": width, "height": _WINDOW_HEIGHT})
    show_page(tab, file, address)
    page_state = tab.evaluate(_asset("alone.js"), panel.selector)
    if page_state["notice"]:
        raise Fault(page_state["notice"], "Copy a link from a page of this run.", argument="link")
    words = caption(payload, page_state["minute"], page_state["reading"], panel, run)
    height = math.ceil(tab.evaluate(_asset("caption.js"), words))
    tab.set_viewport_size({"width": width, "height": height})
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    tab.wait_for_selector("html[data-drawn=all]")
    shutters = {"png": _png, "svg": _svg, "pdf": _pdf}
    return [
        Picture(panel.name, form, shutters[form](tab, width, height, words), width, height, words) for form in forms
    ]


def _png(page: Page, width: int, height: int, words: str) -> bytes:
    clip: Any = {"x": 0, "y": 0, "width": width, "height": height}
    return marked_png(page.screenshot(clip=clip, animations="disabled", caret="hide", scale="device"))


def _svg(page: Page, width: int, height: int, words: str) -> bytes:
    arguments = {"width": width, "height": height, "words": words}
    svg = page.evaluate(
        f"(given) => {{\n{join_scripts(_asset, SVG_ENTRY)}\nreturn vectorPicture(given);\n}}", arguments
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'.encode()


def _pdf(page: Page, width: int, height: int, words: str) -> bytes:
    """A PDF of one page, without the time at which it was made.

    Raises:
        SituationError: the browser laid it on several pages.
    """
    page.emulate_media(media="screen")
    page.evaluate(_asset("hatching.js"))
    page.add_style_tag(content=f"@page {{ size: {width}px {height}px; margin: 0; }}")
    pdf = page.pdf(width=f"{width}px", height=f"{height}px", print_background=True, tagged=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    if pages != 1:
        raise SituationError(f"The browser laid the picture on {pages} pages. Give another width.", argument="width")
    return undated(pdf)


def _asset(name: str) -> str:
    return files("situation.page.pictures").joinpath("assets", name).read_text(encoding="utf-8")
