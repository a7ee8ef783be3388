"""Symbols after APP-6 for the map: one frame and one icon for every side, drawn while the page is made.

The frame is the one for "unknown", whoever holds the place: the record calls nobody friend or foe. The icon is that of
infantry on land, since the sources number fighters and tell no arm. The side's own shape and colour stay beside it.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree

from situation.errors import Fault, how_to_install
from situation.page.build import build_page, payload_of

__all__ = ["app6_symbols", "with_symbols"]

_UNKNOWN_LAND_INFANTRY = "10011000001211000000"
"""The code of the symbol: present in reality, identity unknown (digit 4), land unit (5 and 6), infantry (11 to 16)."""

_STROKES = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 ,.\-]+")


def with_symbols(page: str) -> str:
    """The same page with a switch on its map between its own shapes and APP-6.

    Raises:
        Fault: the package that draws the symbols is not installed.
        ValueError: the text is no page.
    """
    return build_page({**payload_of(page), "symbols": app6_symbols()})


def app6_symbols() -> dict[str, Any]:
    """The outline of the frame and the strokes of the icon, in a square of `size` units around `middle`.

    Raises:
        Fault: the package that draws the symbols is not installed, or draws something else than outlines.
    """
    if find_spec("milsymbol") is None:
        raise Fault("APP-6 symbols need the package 'milsymbol'.", how_to_install("symbols"))
    from milsymbol import Symbol

    svg = ElementTree.fromstring(Symbol(_UNKNOWN_LAND_INFANTRY).as_svg())
    left, top, width, height = (float(part) for part in svg.attrib["viewBox"].split())
    strokes = [node.attrib["d"] for node in svg.iter() if "d" in node.attrib]
    if len(strokes) < 2 or not all(_STROKES.fullmatch(stroke) for stroke in strokes):
        raise Fault("This version of 'milsymbol' draws the symbol in another way.", "Install version 0.2.0.")
    return {
        "frame": strokes[0],
        "icon": strokes[1:],
        "middle": [left + width / 2, top + height / 2],
        "size": max(width, height),
        "made_by": f"milsymbol {version('milsymbol')}, after milsymbol.js (MIT)",
    }
