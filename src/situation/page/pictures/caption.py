"""The line under a picture, by which it can be traced to its page when it stands alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from situation.dates import Interval
from situation.log.value_words import count_in_words
from situation.page.pictures.panels import Panel
from situation.testimony.dating.clock import Clock

__all__ = ["caption"]

_PART_LETTERS = 160
_CREDIT_LETTERS = 600
"""Letters of a credit, which must not be cut short."""
_ADDRESS = re.compile(r" https?://[^\s,]+,")
_LICENCE = re.compile(r"Creative Commons [^(]*\((CC [^)]*)\)")


def caption(payload: Mapping[str, Any], minute: int, reading: str, panel: Panel, run: str) -> str:
    """What a picture shows, of which run, and from whom: enough to find the page again.

    Args:
        payload: the page's payload.
        minute: the date of the slider.
        reading: the id of the page's reading.
        panel: what the picture is of.
        run: the kind of run, and its digest.
    """
    clock = Clock(payload["utc_offset_min"])
    labels = {row["id"]: row["label"] for row in payload["readings"]}
    parts = [
        payload["title"],
        f"{clock.spoken(Interval(minute, minute))} ({_zone(payload['utc_offset_min'])})",
        f"reading: {labels[reading]}",
        *(_stories(name, ensemble) for name, ensemble in payload.get("ensembles", {}).items()),
        run,
        *([mark] if (mark := payload.get("handling", {}).get("mark")) else []),
        payload["identity"]["made_by"],
    ]
    if panel.name == "map" and payload["geo"].get("attribution"):
        parts.append(payload["geo"]["attribution"])
    texts = [_plain(part) for part in parts]
    if panel.name == "map":
        texts += [_plain(credit, _CREDIT_LETTERS) for credit in _credits(payload["identity"]["licences"])]
    return " · ".join(texts)


def _credits(licences: Sequence[str]) -> list[str]:
    """Where the places' coordinates come from: the paragraphs about places, without addresses, with short licence names."""
    credits = (text for text in licences if text.startswith("Places"))
    return [_LICENCE.sub(r"\1", _ADDRESS.sub("", text)) for text in credits]


def _stories(name: str, ensemble: Mapping[str, Any]) -> str:
    return f"{name} {ensemble['id']}: {count_in_words(ensemble['runs'], 'story')}, seed {ensemble['seed']}"


def _zone(offset: int) -> str:
    hours = abs(offset) / 60
    return f"UTC{'−' if offset < 0 else '+'}{hours:g}"


def _plain(text: str, most: int = _PART_LETTERS) -> str:
    """A text without marks that turn or break a line, cut to `most` letters."""
    printable = "".join(mark if mark.isprintable() else "�" for mark in str(text))
    return printable if len(printable) <= most else f"{printable[: most - 1]}…"
