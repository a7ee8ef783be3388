"""The looks of the server's pages: the colours and letters of the page of a run, taken from its own style sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["script", "stylesheet"]

LIGHT = re.compile(r"^:root \{(.*?)^\}", re.DOTALL | re.MULTILINE)
DARK = re.compile(r"^:root\[data-theme=\"dark\"\] \{(.*?)^\}", re.DOTALL | re.MULTILINE)
LETTERS = re.compile(r"^body \{[^}]*?font:\s+([^;]+);", re.MULTILINE)


@cache
def stylesheet() -> str:
    """The style sheet. The page of a run switches its theme by a script; here the system's setting does."""
    page = files("situation.pages").joinpath("assets", "base.css").read_text("utf-8")
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
