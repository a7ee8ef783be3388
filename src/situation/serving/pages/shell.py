"""What every page of the server has around it: head, name of the situation, ways to go, and the answer as HTML."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from starlette.responses import HTMLResponse

from situation.serving.pages.elements import DOCTYPE, Child, Html, element, joined, said

__all__ = ["note", "page", "refusal", "script", "stylesheet", "when_spoken"]

WAYS = (("/", "Runs"), ("/new", "Start a scenario"), ("/compare", "Compare two"))


def page(
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
        title: what it is.
        body: what stands under the title.
        here: which of the ways it is, as its address.
        name: the situation's.
        status: of the answer.
        script: whether it has the script.
        again: after how many seconds a browser without scripts asks for it again.
    """
    refresh = element("noscript", element("meta", http_equiv="refresh", content=again)) if again else None
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{said(title, 120)} \u00b7 situation"),
        element("link", rel="icon", href="/favicon.ico"),
        element("link", rel="stylesheet", href="/served.css"),
        element("script", src="/served.js", defer=True) if script else None,
        refresh,
    )
    ways = [
        element("li", element("a", words, href=address, aria_current="page" if address == here else None))
        for address, words in WAYS
    ]
    top = element(
        "header",
        element("a", "Skip to the content", class_="skip", href="#content"),
        element("p", element("a", said(name or "situation", 120), href="/"), class_="brand"),
        element("nav", element("ul", *ways), aria_label="Pages"),
        class_="masthead",
    )
    main = element("main", element("h1", element("bdi", said(title, 200))), *body, id="content", tabindex=-1)
    whole = element("html", head, element("body", top, main), lang="en")
    return HTMLResponse(joined(DOCTYPE, whole), status)


def refusal(status: int, title: str, words: str) -> HTMLResponse:
    """Why something was not done."""
    return page(
        title, note(words, "bad"), element("p", element("a", "To the runs", href="/")), status=status, script=False
    )


def note(words: Child, kind: str = "plain") -> Html:
    """A remark that stands out: `plain`, `good` or `bad`."""
    sign = {"good": "\u2713 ", "bad": "\u2717 "}.get(kind)
    return element("p", element("span", sign, aria_hidden="true") if sign else None, words, class_=f"note {kind}")


def when_spoken(seconds: float) -> str:
    """A length of time for a person: `8 s`, `4 min 10 s`, `1 h 5 min`."""
    whole = max(0, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


LIGHT = re.compile(r"^:root \{(.*?)^\}", re.DOTALL | re.MULTILINE)
DARK = re.compile(r"^:root\[data-theme=\"dark\"\] \{(.*?)^\}", re.DOTALL | re.MULTILINE)
LETTERS = re.compile(r"^body \{[^}]*?font:\s+([^;]+);", re.MULTILINE)


@cache
def stylesheet() -> str:
    """The style sheet. The page of a run switches its theme by a script; here the system's setting does."""
    page = files("situation.page").joinpath("assets", "styles", "base.css").read_text("utf-8")
    light, dark, letters = (_found(pattern, page) for pattern in (LIGHT, DARK, LETTERS))
    own = files("situation.serving").joinpath("assets", "served.css").read_text("utf-8")
    theme = (
        f":root {{{light}  --letters: {letters};\n}}\n@media (prefers-color-scheme: dark) {{\n:root {{{dark}}}\n}}\n"
    )
    return theme + own


@cache
def script() -> str:
    """The script."""
    return files("situation.serving").joinpath("assets", "served.js").read_text("utf-8")


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found is not None, f"The style sheet of the page has nothing like {pattern.pattern}."
    return found[1]
