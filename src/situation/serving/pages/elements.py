"""HTML built from elements, so that a string can only ever become text: everything but an element is escaped."""

from __future__ import annotations

import html
import re

from situation.errors import harmless

__all__ = ["DOCTYPE", "Child", "Html", "display", "display_with_code", "element", "fragment"]

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
# Marks that turn the direction of text, and control characters: treated as on the page of a run.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"`([^`\n]+)`")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Html(str):
    """Text that is HTML already. Only the functions of this file make it."""

    __slots__ = ()


DOCTYPE = Html("<!doctype html>\n")
Child = str | None
"""What may stand in an element: text, an element, or nothing."""


def display(text: object, most: int = 600) -> str:
    """Text safe to show: marks that turn its direction become visible, and it is cut to `most` letters."""
    plain = _CONTROL.sub("", _TURNING.sub("\ufffd", str(text))).encode("utf-8", "replace").decode()
    return plain if len(plain) <= most else f"{plain[: most - 1]}\u2026"


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element.

    Args:
        tag: its name; must be written in the code.
        children: its content, in order; text is escaped.
        attributes: by name, a `_` for each `-`, and one at the end of a Python keyword; True: without a value; None and
            False: left out.
    """
    words = [tag]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        words.append(name if value is True else f'{name}="{html.escape(harmless(str(value)))}"')
    opened = f"<{' '.join(words)}>"
    return Html(opened) if tag in _VOID else Html(f"{opened}{fragment(*children)}</{tag}>")


def fragment(*children: Child) -> Html:
    """Several children without an element around them."""
    return Html(
        "".join(
            child if isinstance(child, Html) else html.escape(harmless(child))
            for child in children
            if child is not None
        )
    )


def display_with_code(text: object, most: int = 600) -> Html:
    """Text safe to show, with what stands between backticks as code."""
    parts = _CODE.split(display(text, most))
    return fragment(*(element("code", part) if place % 2 else part for place, part in enumerate(parts)))
