"""The law `general`, day by day: rules R1 to R3 with the luck of the battle and of each day.

Each day the ratio is taken from the numbers of the morning, both sides lose at once, and at nightfall each is held
against its break point. Where both reach theirs on one day, the day's losses are taken to fall evenly over it, and
the side that came to its break point first has broken. Draws: fortune and the rates of loss once a battle; a break
point once a side and battle; the scatter of the day, which carries over, and the rounding to whole units, each a side and day.
"""

from __future__ import annotations

import math

from situation.chance.luck import Luck
from situation.chance.portable import normal_quantile
from situation.rules.attrition import attrition, battle_rate, day_residual, day_scatter, whole_loss
from situation.rules.breaking import break_point, has_broken
from situation.rules.defaults import best
from situation.rules.engagement.closed_forms import Broke, Settled
from situation.rules.engagement.terms import SUBJECT, Engagement
from situation.rules.ratio import effective_ratio

__all__ = ["MOST_DAYS", "fight_by_days"]

MOST_DAYS = 100_000
"""Days after which an engagement that nobody has lost is given up as one that never ends."""


def _part_of_day(start: float, before: float, loss: float, point: float) -> float:
    """When in the day, from 0 to 1, a side that breaks reached its break point."""
    return max(0.0, point * start - (start - before)) / loss if loss > 0.0 else 1.0


def fight_by_days(engagement: Engagement, luck: Luck | None) -> Settled:
    """One battle under `general`; without luck, every number is at its median or mean and strengths need not be whole.

    Without luck a side of less than one person is gone: its daily losses shrink with it and would never end it.
    """
    start_a, start_d = float(engagement.attackers), float(engagement.defenders)
    point_a, point_d, fortune = best("break_median"), best("break_median"), 0.0
    rate_a = rate_d = best("attrition_rate")
    if luck is not None:
        point_a = break_point(luck.uniform("battle.break-point", (SUBJECT, "attacker"), 0))
        point_d = break_point(luck.uniform("battle.break-point", (SUBJECT, "defender"), 0))
        fortune = best("fortune_sigma") * normal_quantile(luck.uniform("battle.fortune", SUBJECT, 0))
        shared, own_a, own_d, _ = luck.uniforms("battle.rates", SUBJECT, 0)
        rate_a, rate_d = battle_rate(shared, own_a), battle_rate(shared, own_d)
    point_a = point_a if engagement.attacker_breaks is None else engagement.attacker_breaks
    point_d = point_d if engagement.defender_breaks is None else engagement.defender_breaks
    attackers, defenders = start_a, start_d
    last_a: float | None = None
    last_d: float | None = None
    for day in range(1, MOST_DAYS + 1):
        rho = effective_ratio(
            attackers,
            defenders,
            air=engagement.air,
            position=engagement.position,
            terrain=engagement.terrain,
            fortune=fortune,
        )
        losses = attrition(attackers, defenders, rho, defenders_at_start=start_d, rate=rate_a, defender_rate=rate_d)
        loss_a, loss_d = losses.attacker, losses.defender
        if luck is not None:
            scatter_a, scatter_d, round_a, round_d = luck.uniforms("battle.day", SUBJECT, day)
            last_a, last_d = day_residual(scatter_a, last_a), day_residual(scatter_d, last_d)
            loss_a = whole_loss(round_a, loss_a * day_scatter(last_a), engagement.unit, attackers)
            loss_d = whole_loss(round_d, loss_d * day_scatter(last_d), engagement.unit, defenders)
        before_a, before_d = attackers, defenders
        attackers, defenders = attackers - loss_a, defenders - loss_d
        broke_a = has_broken(start_a - attackers, start_a, point_a) or attackers < 1.0
        broke_d = has_broken(start_d - defenders, start_d, point_d) or defenders < 1.0
        if broke_a or broke_d:
            broke = Broke.ATTACKER if broke_a else Broke.DEFENDER
            if broke_a and broke_d:
                when_a = _part_of_day(start_a, before_a, loss_a, point_a)
                when_d = _part_of_day(start_d, before_d, loss_d, point_d)
                broke = Broke.BOTH if when_a == when_d else broke
                broke = Broke.DEFENDER if when_d < when_a else broke
            return Settled(attackers, defenders, float(day), broke)
    return Settled(attackers, defenders, math.inf, Broke.NEITHER)
