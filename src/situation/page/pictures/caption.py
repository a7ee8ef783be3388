"""The small line under a picture, by which one that is cut off from its page can still be traced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from situation.clock import Clock, Interval
from situation.log.record_words import count_in_words
from situation.page.pictures.panels import Panel

__all__ = ["DIGITS", "caption"]

LONGEST = 160
CREDIT = 600
"""Letters of a credit, which is not to be cut short."""
ADDRESS = re.compile(r" https?://[^\s,]+,")
LICENCE = re.compile(r"Creative Commons [^(]*\((CC [^)]*)\)")
DIGITS = 12
"""How many digits of the digest name a run, as in the names of run folders."""


def caption(payload: Mapping[str, Any], minute: int, reading: str, panel: Panel, run: str) -> str:
    """What a picture shows, of which run, and from whom: no more than one who holds it needs to find the page again.

    Args:
        payload: the page's payload.
        minute: the date of the slider.
        reading: the id of the page's reading.
        panel: what the picture is of.
        run: the kind of run, and its digest.
    """
    clock = Clock(payload["utc_offset_min"])
    labels = {one["id"]: one["label"] for one in payload["readings"]}
    parts = [
        payload["title"],
        f"{clock.spoken(Interval(minute, minute))} ({_zone(payload['utc_offset_min'])})",
        f"reading: {labels.get(reading, reading)}",
        *(_stories(name, told) for name, told in payload.get("ensembles", {}).items()),
        run,
        payload["identity"]["made_by"],
    ]
    if panel.name == "map" and payload["geo"].get("attribution"):
        parts.append(payload["geo"]["attribution"])
    told = [_plain(part) for part in parts]
    if panel.name == "map":
        told += [_plain(credit, CREDIT) for credit in _credits(payload["identity"]["licences"])]
    return " · ".join(told)


def _credits(licences: Sequence[str]) -> list[str]:
    """From whom the places' coordinates are: the paragraphs about places, without addresses, licences by their short names."""
    credits = (text for text in licences if text.startswith("Places"))
    return [LICENCE.sub(r"\1", ADDRESS.sub("", text)) for text in credits]


def _stories(name: str, told: Mapping[str, Any]) -> str:
    return f"{name} {told['id']}: {count_in_words(told['runs'], 'story')}, seed {told['seed']}"


def _zone(offset: int) -> str:
    hours = abs(offset) / 60
    return f"UTC{'−' if offset < 0 else '+'}{hours:g}"


def _plain(text: str, most: int = LONGEST) -> str:
    """A text without marks that turn or break a line, and no longer than a caption bears."""
    kept = "".join(mark if mark.isprintable() else "�" for mark in str(text))
    return kept if len(kept) <= most else f"{kept[: most - 1]}…"
