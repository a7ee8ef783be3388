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

from situation.page.contract import missing_fields
from situation.page.packing import packed, packed_plotly, plotly_hash, unpacked

__all__ = ["SCRIPTS", "build_page", "payload_of"]

SCRIPTS = (
    "core/inflate.js",
    "core/text.js",
    "core/elements.js",
    "core/record.js",
    "core/direction.js",
    "map/meridian.js",
    "core/stories.js",
    "core/state.js",
    "core/colours.js",
    "core/tooltip.js",
    "map/projection.js",
    "map/labels.js",
    "map/symbols.js",
    "map/mapmarks.js",
    "map/sharemarks.js",
    "map/closeups.js",
    "map/mapmoves.js",
    "map/map.js",
    "map/legend.js",
    "time/strippieces.js",
    "time/strips.js",
    "time/stripshares.js",
    "charts/charts.js",
    "charts/events.js",
    "charts/reports.js",
    "charts/coverage.js",
    "charts/strengths.js",
    "stories/answers.js",
    "stories/questions.js",
    "stories/weights.js",
    "stories/hangs.js",
    "charts/fans.js",
    "charts/clashes.js",
    "charts/fates.js",
    "charts/storyevents.js",
    "stories/expected.js",
    "claims/claims.js",
    "stories/latest.js",
    "claims/detail.js",
    "claims/placedetail.js",
    "claims/storydetail.js",
    "claims/disputes.js",
    "time/slider.js",
    "core/keys.js",
    "core/search.js",
    "claims/table.js",
    "claims/footer.js",
    "core/hint.js",
    "core/print.js",
    "core/flow.js",
    "core/start.js",
)
"""The page's scripts in the order in which they are joined into one."""
STYLES = (
    "styles/base.css",
    "styles/head.css",
    "styles/map.css",
    "styles/strips.css",
    "styles/panels.css",
    "styles/foot.css",
    "styles/small.css",
    "styles/paper.css",
    "styles/stories.css",
    "styles/answers.css",
    "styles/hangs.css",
    "styles/storywidths.css",
    "styles/storypaper.css",
)
"""Its style sheets in the order in which they are joined: later ones overrule earlier ones."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")
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
    match = _PAYLOAD.search(page)
    if match is None:
        raise ValueError("the text holds no packed payload: it is no page that build_page has made.")
    payload: dict[str, Any] = orjson.loads(unpacked(match[1]))
    return payload


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
    return files("situation.page").joinpath("assets", name).read_text(encoding="utf-8")
