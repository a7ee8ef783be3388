"""The rules R1 to R13: pure functions of scalars, without clock, state or chance of their own.

Each docstring gives units and ranges, what it raises, its source, and what it leaves out. Every number a rule uses
by default stands in `DEFAULTS`, with its unit, range and source or the word ASSUMED. A wrong number raises
`RuleError`, which names the parameter.

    >>> rho = effective_ratio(3000, 1000, air=1.5, position=1.5, terrain=1.4)
    >>> round(rho, 3)
    2.143
    >>> losses = attrition(3000, 1000, rho)
    >>> round(losses.attacker, 1), round(losses.defender, 1)
    (57.4, 32.6)
"""

from __future__ import annotations

from situation.rules.attrition import (
    DayLosses,
    attrition,
    battle_rate,
    day_residual,
    day_scatter,
    fought_over,
    killed_and_wounded,
    wounded_return,
)
from situation.rules.bounds import RuleError
from situation.rules.breaking import (
    attack_has_hope,
    break_point,
    goes_over_to_defence,
    has_broken,
    last_stand_share,
    leaves_before_contact,
    leaving_rate,
    loss_after_rest,
    median_at_odds,
    other_sides_odds,
    shared_break_point,
)
from situation.rules.clash import Rung, clash_intensity, concedes, fire_losses, ladder_step
from situation.rules.conduct import (
    Posture,
    evacuation_deal,
    ferry_time,
    garrison,
    men_to_hold,
    posture_policy,
    river_passage,
    second_column,
    tempo,
)
from situation.rules.defaults import DEFAULTS, best
from situation.rules.engagement.closed_forms import Broke, Settled, settle
from situation.rules.engagement.laws import Law, conserved, loss_rates
from situation.rules.hazards import chance_over, happens
from situation.rules.movement import advance_time, cleared, must_pause, opposed_time, passage_time
from situation.rules.priors import ASSUMED, Family, Prior, spread
from situation.rules.ratio import effective_ratio, engaged
from situation.rules.recapture import counterattack_chance, raid_losses, share_sent
from situation.rules.retreat import (
    Survivors,
    lost_on_the_way,
    retreat_split,
    route_safety,
    whole_parts,
    yields_as_a_whole,
)
from situation.rules.supply import supply_effect

__all__ = [
    "ASSUMED",
    "DEFAULTS",
    "Broke",
    "DayLosses",
    "Family",
    "Law",
    "Posture",
    "Prior",
    "RuleError",
    "Rung",
    "Settled",
    "Survivors",
    "advance_time",
    "attack_has_hope",
    "attrition",
    "battle_rate",
    "best",
    "break_point",
    "chance_over",
    "clash_intensity",
    "cleared",
    "concedes",
    "conserved",
    "counterattack_chance",
    "day_residual",
    "day_scatter",
    "effective_ratio",
    "engaged",
    "evacuation_deal",
    "ferry_time",
    "fire_losses",
    "fought_over",
    "garrison",
    "goes_over_to_defence",
    "happens",
    "has_broken",
    "killed_and_wounded",
    "ladder_step",
    "last_stand_share",
    "leaves_before_contact",
    "leaving_rate",
    "loss_after_rest",
    "loss_rates",
    "lost_on_the_way",
    "median_at_odds",
    "men_to_hold",
    "must_pause",
    "opposed_time",
    "other_sides_odds",
    "passage_time",
    "posture_policy",
    "raid_losses",
    "retreat_split",
    "river_passage",
    "route_safety",
    "second_column",
    "settle",
    "share_sent",
    "shared_break_point",
    "spread",
    "supply_effect",
    "tempo",
    "whole_parts",
    "wounded_return",
    "yields_as_a_whole",
]
