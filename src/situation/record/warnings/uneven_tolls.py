"""Totals of dead and wounded that do not go with the numbers of the sides: of one claim, and of several on one event."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from situation.errors import Problem
from situation.events import CIVILIANS, Attacked, Captured, Quantity, counts_by_root, roots
from situation.log.value_words import amount
from situation.record.joining.topic import bounds
from situation.record.record import Record
from situation.record.tolls.sides_above import sides_above
from situation.testimony.apart import ground_when

__all__ = ["uneven_tolls"]


def uneven_tolls(record: Record) -> Iterator[Problem]:
    """Every total that does not go with what is counted of the sides."""
    yield from _within_one_claim(record)
    yield from _between_claims(record)


def _between_claims(record: Record) -> Iterator[Problem]:
    """Totals by one source that are below what others count of the sides of the same event."""
    for it in sides_above(record.reading(), record.ground):
        whole, added = it.weighed.question.answers
        for claim in whole.claims:
            fact = f"In all {amount(whole.value)}, and by side {amount(added.value)}: {it.note}."
            advice = (
                "Both stay, as a dispute. Where they tell of two events, write 'separate' with their ids at the end."
            )
            yield Problem(claim.at, fact, advice)


def _within_one_claim(record: Record) -> Iterator[Problem]:
    """Totals of an attack's dead or wounded that are not the sum of its sides': less than those of some, or more than all.

    Where no number is given for a side, or for civilians, the total may be the greater.
    """
    for claim in record.claims_in_force():
        event = claim.content
        if not isinstance(event, Attacked | Captured):
            continue
        span = claim.happened.span if claim.happened else record.ground.window
        root = ground_when(event, span, record.ground).root
        for what, total, counts in (
            ("killed", event.killed, counts_by_root({**event.killed_of}, root)),
            ("wounded", event.wounded, counts_by_root({**event.wounded_of}, root)),
        ):
            sides = set(roots(root, event.sides))
            if total is None or not counts:
                continue
            complete = len(sides) > 1 and sides <= set(counts)
            low, high = bounds(total)
            ends = [bounds(number) for number in counts.values()]
            least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
            if least > high or (complete and most < low and CIVILIANS in counts):
                added = amount(Quantity(total.unit, low=least, high=most if isfinite(most) else None))
                fact = f"In all {amount(total)} were {what}, and by side {added}."
                yield Problem(
                    claim.at, fact, "Compare both with the source; where it says so itself, leave it as it is."
                )
