"""One engagement, fought by the rules: without chance, or many times with it.

How it ends, under every law: a side breaks when its losses reach its break point (losses / starting strength >= F; F
= 1 is to the last). The attacker has won when the defender has broken and the attacker has not; where both break at
the same moment, or neither ever does, the attacker has not won.
"""

from __future__ import annotations

from collections.abc import Callable

from situation.chance.luck import Luck
from situation.rules.bounds import RuleError
from situation.rules.engagement.closed_forms import settle
from situation.rules.engagement.days import fight_by_days
from situation.rules.engagement.laws import Law
from situation.rules.engagement.terms import Ending, Engagement

__all__ = ["MOST_LOSSES", "Ending", "Engagement", "fight", "fight_without_chance"]

MOST_LOSSES = 1_000_000
"""The most single losses that one run of the Markov chain may take; larger forces need a larger unit."""


def fight_without_chance(engagement: Engagement) -> Ending:
    """The engagement with every number at its median or mean: the closed form of its law, or `general` day by day.

    Returns: strengths need not be whole; days are infinite where the law only approaches its end.
    """
    if engagement.law is Law.GENERAL:
        return Ending.of(fight_by_days(engagement, None))
    a, b = engagement.rates
    attacker_breaks, defender_breaks = engagement.break_points
    settled = settle(
        engagement.law,
        engagement.attackers,
        engagement.defenders,
        a,
        b,
        attacker_breaks=attacker_breaks,
        defender_breaks=defender_breaks,
    )
    return Ending.of(settled)


def fight(
    engagement: Engagement,
    seed: int,
    runs: int,
    *,
    first: int = 0,
    finished: Callable[[int], None] | None = None,
) -> list[Ending]:
    """The engagement fought in runs first, first + 1, ...: each a function of (seed, run) alone, however they are
    grouped.

    Args:
        engagement: who fights whom.
        seed: 0 to 2**64 - 1.
        runs: how many, 1 or more.
        first: number of the first run, 0 or more.
        finished: called with the number of runs just ended, now and then.
    Raises: RuleError where the chain would take more than `MOST_LOSSES` single losses a run.
    """
    if isinstance(runs, bool) or runs < 1:
        raise RuleError("runs", f"{runs!r} is not a number of runs. Give 1 or more.")
    if engagement.law is Law.GENERAL:
        endings = []
        for run in range(first, first + runs):
            endings.append(Ending.of(fight_by_days(engagement, Luck(seed, run))))
            if finished is not None:
                finished(1)
        return endings
    most = (engagement.attackers + engagement.defenders) // engagement.unit
    if most > MOST_LOSSES:
        least = most * engagement.unit // MOST_LOSSES + 1
        raise RuleError("unit", f"{engagement.unit!r} makes up to {most:,} losses a run. Give {least} or more.")
    from situation.rules.engagement.losses import fight_by_losses

    return fight_by_losses(engagement, seed, runs, first=first, finished=finished)
