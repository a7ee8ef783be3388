"""The calibration targets: what published tables of battles show, and what the rules give for such battles.

The numbers of the rules were chosen with these targets in view, so meeting them proves nothing, and a miss is a fault.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from situation.chance.luck import Luck
from situation.chance.vectors import Floats, Ints
from situation.ensemble.verify.check import Check, between
from situation.rules import best, day_residual, day_scatter, lost_on_the_way, retreat_split
from situation.rules.engagement.fight import fight
from situation.rules.engagement.terms import Engagement

__all__ = ["targets"]

_SEED: Final = 41
_DEFENDERS: Final = 2_000
"""ASSUMED: a brigade; under `general` the size itself hardly matters."""
_FROM, _TO = math.log(1.0 / 3.0), math.log(7.0)
_BLOCKS: Final = 20
_DAYS: Final = 10
"""Days of battle over which the spread of a battle's days is taken."""


def targets(quick: bool) -> list[Check]:
    """Battles at force ratios spread evenly, on the log scale, from 1:3 to 7:1, with the default multipliers."""
    count = 1_000 if quick else 20_000
    battles = np.array([_battle(run) for run in range(count)])
    attackers, lost_a, lost_d, gone, days, won, variation = battles.T
    ratio = np.log(attackers / _DEFENDERS)
    part_a, part_d = (lost_a + 0.5) / (attackers + 1.0), (lost_d + 0.5) / (_DEFENDERS + 1.0)
    apart = np.log(part_a / part_d)
    wins = won > 0.0

    def check(what: str, low: float, high: float, figure: Callable[[Ints], float]) -> Check:
        everyone = np.arange(count)
        parts = [figure(everyone[block::_BLOCKS]) for block in range(_BLOCKS)]
        error = 2.0 * float(np.std(parts, ddof=1)) / math.sqrt(_BLOCKS)
        return between(what, low, high, figure(everyone), error, f"two standard errors of {count:,} battles")

    def residual(runs: Ints) -> Floats:
        slope, level = np.polyfit(ratio[runs], apart[runs], 1)
        rest: Floats = apart[runs] - level - slope * ratio[runs]
        return rest

    return [
        check("log loss ratio about log force ratio: residual sd", 1.0, 1.4, lambda it: float(residual(it).std())),
        check(
            "log loss ratio about log force ratio: R²",
            0.08,
            0.25,
            lambda it: float(1.0 - residual(it).var() / apart[it].var()),
        ),
        check(
            "a winning attacker's losses: median",
            0.02,
            0.06,
            lambda it: _quantile((lost_a / attackers)[it], wins[it], 0.5),
        ),
        check(
            "a losing defender's losses, with prisoners and missing: 90th percentile",
            0.5,
            1.0,
            lambda it: _quantile((gone / _DEFENDERS)[it], wins[it], 0.9),
        ),
        check("days of one battle: coefficient of variation", 0.25, 0.45, lambda it: float(variation[it].mean())),
        check(
            f"days of a battle against {_DEFENDERS:,}: median", 2.0, 4.0, lambda it: float(np.quantile(days[it], 0.5))
        ),
        check(
            f"days of a battle against {_DEFENDERS:,}: 90th percentile",
            8.0,
            16.0,
            lambda it: float(np.quantile(days[it], 0.9)),
        ),
    ]


def _quantile(values: Floats, among: Floats, at: float) -> float:
    return float(np.quantile(values[among], at))


def _battle(run: int) -> tuple[float, ...]:
    """Attackers; losses of both; the defender's with prisoners and those lost in flight; days; won; spread of the days."""
    luck = Luck(_SEED, run)
    place, fate, *_ = luck.uniforms("battle.drawn", "table", 0)
    attackers = round(_DEFENDERS * math.exp(_FROM + place * (_TO - _FROM)))
    end = fight(Engagement(attackers=attackers, defenders=_DEFENDERS), _SEED, 1, first=run)[0]
    survivors = round(end.defenders_left)
    after = retreat_split(
        survivors,
        {"the way out": 1.0},
        flee=min(1.0, best("flee") + best("melt")),
        melt=0.0,  # soldiers of a state do not hide: they go with those who flee
        surrender=best("surrender.trusted"),
    )
    gone = _DEFENDERS - survivors
    if end.attacker_won:
        gone += after.surrendered + lost_on_the_way(fate, after.fled, chance=best("lost_on_the_way"))
    return (
        float(attackers),
        attackers - end.attackers_left,
        _DEFENDERS - end.defenders_left,
        float(gone),
        end.days,
        float(end.attacker_won),
        _variation(luck),
    )


def _variation(luck: Luck) -> float:
    """How the losses of a battle's days scatter about their level."""
    last, factors = None, []
    for day in range(_DAYS):
        last = day_residual(luck.uniform("battle.scatter", "table", day), last)
        factors.append(day_scatter(last))
    return float(np.std(factors, ddof=1) / np.mean(factors))
