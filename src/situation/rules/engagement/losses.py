"""The laws with rates as a Markov chain: one loss of a unit at a time, many runs side by side.

With both sides' losses per day r_A and r_D at the present strengths and U persons a unit, the next loss comes after
an exponential time at rate (r_A + r_D) / U and is the attacker's with chance r_A / (r_A + r_D). A loss takes U
persons, or all that are left. The draws of loss n of a run are words of the block at counter n // 2 under the key
(seed, run): the first two words for even n (which side, then how long), the last two for odd n. So no run knows of
the others, and grouping changes nothing.

Source: Brown 1963; Kress & Talmor 1999.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from situation.chance.luck import Luck
from situation.chance.vectors import Floats, Words, log_array, philox_arrays, unit_array
from situation.rules.engagement.laws import rates_at
from situation.rules.engagement.terms import SUBJECT, Ending, Engagement

__all__ = ["fight_by_losses"]

_QUESTION = "battle.loss"
_RUNS_AT_ONCE = 16_384
"""Runs computed together; it bounds memory and changes no result."""


def fight_by_losses(
    engagement: Engagement,
    seed: int,
    runs: int,
    *,
    first: int = 0,
    at_once: int = _RUNS_AT_ONCE,
    finished: Callable[[int], None] | None = None,
) -> list[Ending]:
    """The chain in runs first, first + 1, ..., in the order of runs."""
    endings: list[Ending] = []
    for start in range(first, first + runs, at_once):
        count = min(at_once, first + runs - start)
        endings.extend(_side_by_side(engagement, seed, start, count))
        if finished is not None:
            finished(count)
    return endings


def _side_by_side(engagement: Engagement, seed: int, first: int, count: int) -> list[Ending]:
    """One group of runs; arrays have shape (runs still fighting,), `alive` among them those not yet ended."""
    a, b = engagement.rates
    start_a, start_d = float(engagement.attackers), float(engagement.defenders)
    point_a, point_d = engagement.break_points
    unit = float(engagement.unit)
    law = engagement.law
    run: Words = np.arange(first, first + count, dtype=np.uint64)
    attackers: Floats = np.full(count, start_a)
    defenders: Floats = np.full(count, start_d)
    days: Floats = np.zeros(count)
    endings: dict[int, Ending] = {}
    zero, _, question, subject = Luck(seed, first).counter(_QUESTION, SUBJECT, 0)
    pair = zero
    while run.size:
        words = philox_arrays((pair, 0, question, subject), seed, run)
        alive = np.ones(run.size, dtype=np.bool_)
        broke_d = np.zeros(run.size, dtype=np.bool_)
        for which, how_long in ((words[0], words[1]), (words[2], words[3])):
            rate_a, rate_d = rates_at(law, attackers, defenders, a, b)
            total = np.where(alive, rate_a + rate_d, 1.0)
            wait = -log_array(unit_array(how_long)) * (unit / total)
            hit_a = unit_array(which) * total < rate_a
            attackers = np.where(alive & hit_a, np.maximum(attackers - unit, 0.0), attackers)
            defenders = np.where(alive & ~hit_a, np.maximum(defenders - unit, 0.0), defenders)
            days = np.where(alive, days + wait, days)
            broke_d = (start_d - defenders) / start_d >= point_d
            alive &= ~(((start_a - attackers) / start_a >= point_a) | broke_d)
        ended = np.flatnonzero(~alive)
        if ended.size:
            for place in ended.tolist():
                endings[int(run[place])] = Ending(
                    float(attackers[place]), float(defenders[place]), float(days[place]), bool(broke_d[place])
                )
            run, attackers, defenders, days = run[alive], attackers[alive], defenders[alive], days[alive]
        pair += 1
    return [endings[number] for number in range(first, first + count)]
