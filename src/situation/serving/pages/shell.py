"""The frame of every page of the server: head, name of the situation, navigation."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from starlette.responses import HTMLResponse

from situation.serving.pages.elements import DOCTYPE, Child, Html, display, element, fragment

__all__ = ["duration_in_words", "html_page", "note", "refusal", "script", "stylesheet"]

_WAYS = (("/", "Runs"), ("/new", "Start a scenario"), ("/compare", "Compare two"))


def html_page(
    title: str,
    *body: Child,
    here: str = "",
    name: str = "",
    status: int = 200,
    script: bool = True,
    again: int | None = None,
) -> HTMLResponse:
    """A page.

    Args:
        title: its title.
        body: its content under the title.
        here: its address, where the navigation leads to it.
        name: the situation's.
        status: of the HTTP response.
        script: whether it loads the script.
        again: seconds after which a browser without scripts reloads it; None: never.
    """
    refresh = element("noscript", element("meta", http_equiv="refresh", content=again)) if again else None
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{display(title, 120)} \u00b7 situation"),
        element("link", rel="icon", href="/favicon.ico"),
        element("link", rel="stylesheet", href="/served.css"),
        element("script", src="/served.js", defer=True) if script else None,
        refresh,
    )
    ways = [
        element("li", element("a", words, href=server_address, aria_current="page" if server_address == here else None))
        for server_address, words in _WAYS
    ]
    top = element(
        "header",
        element("a", "Skip to the content", class_="skip", href="#content"),
        element("p", element("a", display(name or "situation", 120), href="/"), class_="brand"),
        element("nav", element("ul", *ways), aria_label="Pages"),
        class_="masthead",
    )
    main = element("main", element("h1", element("bdi", display(title, 200))), *body, id="content", tabindex=-1)
    whole = element("html", head, element("body", top, main), lang="en")
    return HTMLResponse(fragment(DOCTYPE, whole), status)


def refusal(status: int, title: str, words: str) -> HTMLResponse:
    """A page that says why something was not done."""
    return html_page(
        title, note(words, "bad"), element("p", element("a", "To the runs", href="/")), status=status, script=False
    )


def note(words: Child, kind: str = "plain") -> Html:
    """A remark that stands out: `plain`, `good` or `bad`."""
    sign = {"plain": None, "good": "\u2713 ", "bad": "\u2717 "}[kind]
    return element("p", element("span", sign, aria_hidden="true") if sign else None, words, class_=f"note {kind}")


def duration_in_words(seconds: float) -> str:
    """A length of time in words: `8 s`, `4 min 10 s`, `1 h 5 min`."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


_LIGHT = re.compile(r"^:root \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_DARK = re.compile(r"^:root\[data-theme=\"dark\"\] \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_FONT = re.compile(r"^body \{[^}]*?font:\s+([^;]+);", re.MULTILINE)


@cache
def stylesheet() -> str:
    """The style sheet: that of a run's page, with the theme by the system's setting in place of a script."""
    page_style = files("situation.page").joinpath("assets", "styles", "base.css").read_text("utf-8")
    light, dark, letters = (_only_match(pattern, page_style) for pattern in (_LIGHT, _DARK, _FONT))
    own_style = files("situation.serving").joinpath("assets", "served.css").read_text("utf-8")
    theme = (
        f":root {{{light}  --letters: {letters};\n}}\n@media (prefers-color-scheme: dark) {{\n:root {{{dark}}}\n}}\n"
    )
    return theme + own_style


@cache
def script() -> str:
    """The script."""
    return files("situation.serving").joinpath("assets", "served.js").read_text("utf-8")


def _only_match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None, f"The style sheet of the page has nothing like {pattern.pattern}."
    return match[1]
