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

from situation.errors import harmless, harmless_json
from situation.page.contract import missing_fields
from situation.page.packing import packed, packed_plotly, plotly_hash, unpacked
from situation.page.scripts import join_scripts
from situation.page.sharing import own_entries, shared_entries

__all__ = ["PAGE_ENTRY", "build_page", "payload_of"]

PAGE_ENTRY = "start.js"
"""The script that begins the page, and imports all others."""
STYLES = (
    "styles/base.css",
    "styles/head.css",
    "styles/map.css",
    "styles/strips.css",
    "styles/panels.css",
    "styles/foot.css",
    "styles/layout.css",
    "styles/small.css",
    "styles/paper.css",
    "styles/layoutpaper.css",
    "styles/stories.css",
    "styles/answers.css",
    "styles/hangs.css",
    "styles/storywidths.css",
    "styles/storypaper.css",
)
"""Its style sheets in the order in which they are joined: later ones overrule earlier ones."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
"""A line or several that are comment alone: a sixth of the scripts, and read where they are written."""
_PAYLOAD = re.compile(r'<script type="text/plain" id="payload">([^<]*)</script>')


def build_page(payload: Mapping[str, Any]) -> str:
    """Write the page for one payload.

    Args:
        payload: what ``contract.PayloadShape`` describes.

    Returns:
        The whole HTML document. It asks the network for nothing.

    Raises:
        ValueError: a required field of the payload is absent.
    """
    absent = missing_fields(payload)
    if absent:
        raise ValueError(f"the page's payload lacks {', '.join(absent)}. See situation.page.contract.PayloadShape.")
    mark = payload.get("handling", {}).get("mark") or ""
    script = _script()
    slots = {
        "title": html.escape(harmless(f"{mark}: {payload['title']}" if mark else str(payload["title"]))),
        "handling": f'<p class="handling">{html.escape(mark)}</p>' if mark else "",
        "policy": _policy(script),
        "style": "\n".join(_asset(name) for name in STYLES),
        "payload": packed(harmless_json(orjson.dumps(shared_entries(payload)).decode()).encode()),
        "plotly": packed_plotly(),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def payload_of(page: str) -> dict[str, Any]:
    """The payload that a page was made from.

    Raises:
        ValueError: the text is no page of this kind.
    """
    match = _PAYLOAD.search(page)
    if match is None:
        raise ValueError("the text holds no packed payload: it is no page that build_page has made.")
    return own_entries(orjson.loads(unpacked(match[1])))


def _policy(script: str) -> str:
    """Allow the two scripts of the page by their hashes, inline style, pictures made in the page; nothing else."""
    own = "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src '{own}' '{plotly_hash()}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _script() -> str:
    joined = _COMMENT.sub("", join_scripts(_asset, PAGE_ENTRY))
    return f'(async () => {{\n"use strict";\n{joined}\n}})();\n'


@cache
def _asset(name: str) -> str:
    return files("situation.page").joinpath("assets", name).read_text(encoding="utf-8")
