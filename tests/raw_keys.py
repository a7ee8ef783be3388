"""The keys that program and record use among themselves, of which none may stand before a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from situation import events as ev
from situation.events import predicates as pr
from situation.story.world.reasons import Rule

__all__ = ["keys_in", "keys_of"]

ALWAYS = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z-]+[:@][a-z][a-z-]+\b(?!//)")
"""Words with an underscore, and pairs of ids: `left_out`, `sdf:syria`."""
FILE = re.compile(r"\S+\.(?:csv|json|md|yaml)\b")
KINDS = frozenset(
    name for part in (ev, pr) for name in part.__all__ if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", name)
)  # ControlReported, HoldsNothingIn
RULES = frozenset(spelled for rule in Rule if "_" in rule.text for spelled in (rule.text, rule.text.replace("_", " ")))


def keys_in(text: str, keys: Iterable[str] = ()) -> list[str]:
    """The keys that stand in a text, each once.

    Args:
        keys: further ones, beside kinds, rules and what has the form of a key.
    """
    text = FILE.sub("", text)
    found = [match[0] for match in ALWAYS.finditer(text)]
    for key in (*KINDS, *RULES, *keys):
        if re.search(rf"(?<![\w.:/-]){re.escape(key)}(?![\w/-])", text):
            found.append(key)
    return sorted(set(found))


def keys_of(payload: Mapping[str, Any]) -> set[str]:
    """The cells and the numbers that a page's payload names; those of one word are words."""
    return {key for key in _named(payload) if re.search(r"[._:@]", key)}


def _named(payload: Mapping[str, Any]) -> Iterator[str]:
    yield from (claim["cell"] for claim in payload["claims"] if claim["cell"])
    for reading in payload["readings"]:
        yield from (row[0] for row in reading.get("history", ()))
        yield from (dispute["cell"] for dispute in reading.get("disputes", ()) if dispute["cell"])
    for stories in payload.get("ensembles", {}).values():
        yield from stories["numbers"]
