"""Who says what an entry says: the claims behind it, without those who name others as those who did it; and their voices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.log.entry import Entry, Reported
from situation.log.state import holders_in, split_cell
from situation.record.joining.comparisons import DISPUTES, NAMES_ACTORS, relate
from situation.record.joining.topic import speaks
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["claims_by_voice", "saying_so"]


def saying_so(entry: Entry, claims: Mapping[str, Claim], ground: Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The claims for an entry and those against it, by id.

    Who tells of the event and names another unit as the one that did it is against what the entry says; who names its side alone,
    or some of several, says less, and is for it; so is who names others beside them.

    Args:
        entry: what is held to have happened.
        claims: the claims of the record, by id.
        ground: the map.
    """
    cause = entry.cause
    if not isinstance(cause, Reported) or entry.either:
        return cause.claims, cause.against
    then = ground_when(entry.event, entry.span, ground)
    doers = {
        cell: value
        for cell, value in entry.event.speaks(then.root).items()
        if (name := split_cell(cell)[1]) in NAMES_ACTORS and name != "holder" and cell not in entry.silent
    }
    credited = {name for field, names in cause.credit.items() if field in ("by", "between") for name in names}

    def names_others(name: str) -> bool:
        claim = claims.get(name)
        if not doers or name in credited or claim is None or claim.event is None:
            return False
        answers = speaks(claim, then)
        return any(
            relate(cell, (value, entry.event), (answers[cell], claim.event), then) in DISPUTES
            for cell, value in doers.items()
            if cell in answers and not _says_part_or_more(answers[cell], value)
        )

    others = tuple(name for name in cause.claims if names_others(name))
    if len(others) == len(cause.claims):
        return cause.claims, cause.against
    said = tuple(name for name in cause.claims if name not in others)
    return said, tuple(sorted({*cause.against, *others}))


def _says_part_or_more(answer: Any, value: Any) -> bool:
    """Whether an answer names some of those who are named, or all of them and others."""
    named, there = set(holders_in(answer)), set(holders_in(value))
    return named <= there or there <= named


def claims_by_voice(claims: tuple[str, ...], voice: Mapping[str, str]) -> list[list[str]]:
    """Claims by independent voice, in the order in which they are given."""
    voices: dict[str, list[str]] = {}
    for name in claims:
        voices.setdefault(voice.get(name, name), []).append(name)
    return list(voices.values())
