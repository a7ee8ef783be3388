"""HTML built from elements, so that a string can only ever become text: what is no element is escaped."""

from __future__ import annotations

import html
import re

__all__ = ["DOCTYPE", "Child", "Html", "coded", "element", "joined", "said"]

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
# Marks that turn the direction of text, and what no screen shows: as the page of a run treats them.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NAMED = re.compile(r"`([^`\n]+)`")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Html(str):
    """Text that is HTML already. Only the functions of this file make it."""

    __slots__ = ()


DOCTYPE = Html("<!doctype html>\n")
Child = str | None
"""What may stand in an element: text, an element, or nothing."""


def said(text: object, most: int = 600) -> str:
    """A string fit to show: marks that turn the direction of text become visible, over-long text is cut."""
    plain = CONTROL.sub("", TURNING.sub("\ufffd", str(text))).encode("utf-8", "replace").decode()
    return plain if len(plain) <= most else f"{plain[: most - 1]}\u2026"


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element.

    Args:
        tag: its name, written in the code.
        children: what stands in it, in order; text is escaped.
        attributes: by name, a `_` for each `-` and one at the end of a name that Python keeps; True: without a value;
            None and False: left out.
    """
    words = [tag]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        words.append(name if value is True else f'{name}="{html.escape(str(value))}"')
    opened = f"<{' '.join(words)}>"
    return Html(opened) if tag in VOID else Html(f"{opened}{joined(*children)}</{tag}>")


def joined(*children: Child) -> Html:
    """Several children as one."""
    return Html(
        "".join(child if isinstance(child, Html) else html.escape(child) for child in children if child is not None)
    )


def coded(text: object, most: int = 600) -> Html:
    """A string fit to show, in which what stands between backticks is a name of the files."""
    parts = NAMED.split(said(text, most))
    return joined(*(element("code", part) if place % 2 else part for place, part in enumerate(parts)))
