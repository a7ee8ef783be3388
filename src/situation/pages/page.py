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
from situation.pages.packing import packed, unpacked
from situation.pages.plotly_js import packed_plotly, plotly_hash

__all__ = ["SCRIPTS", "build_page", "payload_of"]

SCRIPTS = (
    "inflate.js",
    "text.js",
    "elements.js",
    "record.js",
    "direction.js",
    "meridian.js",
    "stories.js",
    "state.js",
    "colours.js",
    "tooltip.js",
    "projection.js",
    "labels.js",
    "symbols.js",
    "mapmarks.js",
    "sharemarks.js",
    "closeups.js",
    "mapmoves.js",
    "map.js",
    "legend.js",
    "strippieces.js",
    "strips.js",
    "stripshares.js",
    "charts.js",
    "events.js",
    "reports.js",
    "coverage.js",
    "strengths.js",
    "answers.js",
    "questions.js",
    "weights.js",
    "hangs.js",
    "fans.js",
    "clashes.js",
    "fates.js",
    "storyevents.js",
    "expected.js",
    "claims.js",
    "latest.js",
    "detail.js",
    "placedetail.js",
    "storydetail.js",
    "disputes.js",
    "slider.js",
    "keys.js",
    "search.js",
    "table.js",
    "footer.js",
    "hint.js",
    "print.js",
    "flow.js",
    "start.js",
)
"""The page's scripts in the order in which they are joined into one."""
STYLES = (
    "base.css",
    "head.css",
    "map.css",
    "strips.css",
    "panels.css",
    "foot.css",
    "small.css",
    "paper.css",
    "stories.css",
    "answers.css",
    "hangs.css",
    "storywidths.css",
    "storypaper.css",
)
"""Its style sheets in the order in which they are joined: later ones overrule earlier ones."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_PAYLOAD = re.compile(r'<script type="text/plain" id="payload">([^<]*)</script>')


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
        "style": "\n".join(_asset(name) for name in STYLES),
        "payload": packed(orjson.dumps(payload)),
        "plotly": packed_plotly(),
        "script": script,
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def payload_of(page: str) -> dict[str, Any]:
    """The payload that a page was made from.

    Raises:
        ValueError: the text is no page of this kind.
    """
    found = _PAYLOAD.search(page)
    if found is None:
        raise ValueError("the text holds no packed payload: it is no page that build_page has made.")
    told: dict[str, Any] = orjson.loads(unpacked(found[1]))
    return told


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
    return f'(async () => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def _asset(name: str) -> str:
    return files("situation.pages").joinpath("assets", name).read_text(encoding="utf-8")
