"""Every assumed number behind the readings of a record, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from situation.dates import DAY
from situation.events import Quantity
from situation.log.value_words import range_in_words
from situation.record.beliefs.weights import CREDIBILITY, DOUBT, LEAN, RELIABILITY, VICINITY
from situation.record.record import Record
from situation.testimony.claims import Claim
from situation.testimony.lexicon import ABOUT

__all__ = ["assumptions"]


def assumptions(record: Record) -> list[dict[str, str]]:
    """Every assumed number behind the readings, with its reason: the weights, and the words of time."""
    order = "The Admiralty code orders its letters and puts no numbers on them: equal steps are the plainest reading."
    rows = [
        {
            "what": "Weight of reliability, A to F",
            "value": ", ".join(f"{letter} {weight}" for letter, weight in RELIABILITY.items()),
            "reason": order,
        },
        {
            "what": "Weight of credibility, 1 to 6",
            "value": ", ".join(f"{number} {weight}" for number, weight in CREDIBILITY.items()),
            "reason": order,
        },
        {
            "what": "Taken off a claim that suits its voice",
            "value": f"up to {100.0 * LEAN:.0f} %",
            "reason": "What goes against its voice's interest counts fully; no source gives a number.",
        },
        {
            "what": "Weight of a number for the surroundings, as one for the place",
            "value": f"{100.0 * VICINITY:.0f} %",
            "reason": "It covers the place and more; no source says how much more.",
        },
    ]
    used = {claim.happened.words for claim in record.testimony.claims.values() if claim.happened is not None}
    if any(claim.happened is not None and claim.happened.doubtful for claim in record.testimony.claims.values()):
        row = {"what": "Taken off credibility where a date is in doubt", "value": str(DOUBT)}
        rows.append({**row, "reason": "One step of its table: no source says how much less sure it is."})
    for word in record.ground.lexicon.values():
        if word.words in ABOUT and word.words not in used:
            continue
        size, unit = (DAY, "days") if word.most > DAY else (DAY // 24, "hours")
        span = f"{range_in_words(f'{word.least / size:g}', f'{word.most / size:g}')} {unit}"
        rows.append({"what": f"'{word.words}' means", "value": span, "reason": word.assumed})
    counted = {it.words: it for claim in record.testimony.claims.values() for it in _amounts(claim) if it.words}
    for words, amount in sorted(counted.items()):
        span = range_in_words(f"{amount.low:,g}", f"{amount.high:,g}")
        rows.append({"what": f"'{words}' means", "value": span, "reason": amount.assumed or ""})
    return rows


def _amounts(claim: Claim) -> list[Quantity]:
    """The amounts of an event, also those by side."""
    kind: Any = type(claim.content)
    fields = attrs.fields(kind) if claim.content is not None else ()
    values = [getattr(claim.content, field.name) for field in fields]
    parts = [part for value in values for part in (value.values() if isinstance(value, Mapping) else [value])]
    return [part for part in parts if isinstance(part, Quantity)]
