"""Claims that stand beside another without a word on how the two go together: each with what to write."""

from __future__ import annotations

from collections.abc import Iterator

from situation.errors import Problem
from situation.log.entry import Entry
from situation.log.record_words import sentence
from situation.record.order.sequence import follows, stated_sequence
from situation.record.order.thrown_back import two_accounts
from situation.record.record import Record

__all__ = ["ways_to_say"]


def ways_to_say(record: Record) -> Iterator[Problem]:
    """Every claim of which it is not said how it goes together with another."""
    yield from _taken_or_thrown_back(record)


def _taken_or_thrown_back(record: Record) -> Iterator[Problem]:
    """Attacks thrown back at some time within which others have the place taken, where both are held to have been."""
    ground, claims, reading = record.ground, record.testimony.claims, record.reading()
    entries = [entry for entry in record.log() if entry.event.reported and entry.event.place is not None]
    at_place: dict[str, list[Entry]] = {}
    for entry in entries:
        at_place.setdefault(str(entry.event.place), []).append(entry)
    pairs = [
        (repulse, fall)
        for group in at_place.values()
        for repulse in group
        for fall in group
        if repulse is not fall and two_accounts(repulse, fall, reading.evidence, claims)
    ]
    before = stated_sequence([entry for pair in pairs for entry in pair], claims, ground)
    for repulse, fall in pairs:
        if follows(fall.id, repulse.id, before) or follows(repulse.id, fall.id, before):
            continue
        said = sentence(fall.event, ground.at(fall.time))
        for name in repulse.cause.claims:
            fact = f"Another report of that time has it that {said}; both are read as so, one after the other."
            other = claims[fall.cause.claims[0]]
            advice = (
                f"If they tell of one attack, give both one 'episode', and they are a dispute; else say in '{other.id}' "
                "what it came after, under 'follows', or give a nearer time."
            )
            yield Problem(claims[name].at, fact, advice)
