"""Putting the page together: template, style, scripts, payload and the charting library become one HTML text."""

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from situation.pages.contract import missing_fields
from situation.pages.plotly_js import packed_plotly, plotly_hash

__all__ = ["SCRIPTS", "build_page", "embedded_json"]

SCRIPTS = (
    "text.js",
    "elements.js",
    "record.js",
    "stories.js",
    "state.js",
    "colours.js",
    "tooltip.js",
    "projection.js",
    "labels.js",
    "mapmarks.js",
    "sharemarks.js",
    "map.js",
    "legend.js",
    "strips.js",
    "stripshares.js",
    "inflate.js",
    "charts.js",
    "events.js",
    "reports.js",
    "strengths.js",
    "questions.js",
    "hangs.js",
    "fans.js",
    "expected.js",
    "claims.js",
    "detail.js",
    "placedetail.js",
    "storydetail.js",
    "disputes.js",
    "slider.js",
    "keys.js",
    "search.js",
    "table.js",
    "footer.js",
    "start.js",
)
"""The page's scripts in the order in which they are joined into one."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def build_page(payload: Mapping[str, Any]) -> str:
    """Write the page for one payload.

    Args:
        payload: what ``contract.Payload`` describes.

    Returns:
        The whole HTML document. It asks the network for nothing.

    Raises:
        ValueError: a required field of the payload is absent.
    """
    absent = missing_fields(payload)
    if absent:
        raise ValueError(f"the page's payload lacks {', '.join(absent)}. See situation.pages.contract.Payload.")
    script = _script()
    slots = {
        "title": html.escape(str(payload["title"])),
        "policy": _policy(script),
        "style": _asset("page.css") + _asset("stories.css"),
        "payload": embedded_json(payload),
        "plotly": packed_plotly(),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def embedded_json(value: object) -> str:
    """Write a value as JSON that cannot end or open an element of the HTML around it."""
    return _UNSAFE.sub(lambda char: _ESCAPES[char[0]], orjson.dumps(value).decode("utf-8"))


def _policy(script: str) -> str:
    """Allow the two scripts of the page by their hashes, inline style, pictures made in the page; nothing else."""
    own = "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src '{own}' '{plotly_hash()}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _script() -> str:
    parts = "\n".join(_asset(f"{name}") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def _asset(name: str) -> str:
    return files("situation.pages").joinpath("assets", name).read_text(encoding="utf-8")
