"""The law `general`, day by day: rules R1 to R3 with the luck of the battle and of each day.

Each day the ratio is taken from the numbers of the morning, both sides lose at once, and at nightfall each is held
against its break point at the odds of the day. Where both reach theirs on one day, the day's losses are taken to fall
evenly over it, and the side that came to its break point first has broken. Draws: fortune and the rates of loss once a
battle; a side's will, from which its break point follows, once a side and battle; the scatter of the day, which carries
over, and the rounding to whole units, each a side and day.
"""

from __future__ import annotations

import math
from array import array
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from situation.chance.luck import Luck, Stream, question_word, subject_word
from situation.chance.philox import as_word, uniform_at, uniforms_at
from situation.chance.portable import normal_quantile
from situation.kernel import kernel
from situation.rules.attrition import attrition, battle_rate, day_residual, day_scatter, whole_loss
from situation.rules.breaking import break_point, has_broken, median_at_odds, other_sides_odds
from situation.rules.defaults import best
from situation.rules.engagement.closed_forms import Broke, Settled
from situation.rules.engagement.terms import SUBJECT, Endings, Engagement
from situation.rules.ratio import effective_ratio

__all__ = ["FIGHT_KERNEL", "MOST_DAYS", "fight_by_days", "fight_compiled"]

if TYPE_CHECKING:
    from situation.chance.vectors import Floats, Ints, Words

MOST_DAYS: Final = 100_000
"""Days after which an engagement that nobody has lost is given up as one that never ends."""
FIGHT_KERNEL: Final = "_fight_each"
"""The kernel in which many battles are fought."""
_BREAK_POINT: Final = question_word(Stream.CHANCE, "battle.break-point")
_FORTUNE: Final = question_word(Stream.CHANCE, "battle.fortune")
_RATES: Final = question_word(Stream.CHANCE, "battle.rates")
_DAY: Final = question_word(Stream.CHANCE, "battle.day")
_ALL: Final = subject_word(SUBJECT)
_ATTACKER: Final = subject_word((SUBJECT, "attacker"))
_DEFENDER: Final = subject_word((SUBJECT, "defender"))
_MEDIAN_RATE: Final = best("attrition_rate")
_FORTUNE_SIGMA: Final = best("fortune_sigma")
_STRUCK: Final = best("struck")
"""Of a side many times as strong no more are hit than so many for each of its enemies."""


class _Broke(IntEnum):
    """Who broke first, as a kernel says it."""

    NEITHER = 0
    ATTACKER = 1
    DEFENDER = 2
    BOTH = 3


class _Terms(NamedTuple):
    """An engagement as a kernel takes it: persons, break points (0: drawn, or the median without chance), multipliers."""

    attackers: float
    defenders: float
    attacker_breaks: float
    defender_breaks: float
    unit: int
    air: float
    position: float
    terrain: float


class _Fought(NamedTuple):
    """How it ended: persons left, days (0 where nobody has lost), and who broke."""

    attackers: float
    defenders: float
    days: int
    broke: int


class _Fierceness(NamedTuple):
    """What is drawn once for a battle: the logarithm of fortune, and for each side its rate of loss a day and the uniform of its
    break point."""

    fortune: float
    attacker_rate: float
    defender_rate: float
    attacker_will: float
    defender_will: float


@kernel
def _fierceness(key: tuple[int, int]) -> _Fierceness:
    shared, own_a, own_d, _ = uniforms_at(key, _RATES, _ALL, 0)
    return _Fierceness(
        _FORTUNE_SIGMA * normal_quantile(uniform_at(key, _FORTUNE, _ALL, 0)),
        battle_rate(shared, own_a),
        battle_rate(shared, own_d),
        uniform_at(key, _BREAK_POINT, _ATTACKER, 0),
        uniform_at(key, _BREAK_POINT, _DEFENDER, 0),
    )


@kernel
def _breaks_at(given: float, chance: bool, u: float, odds: float) -> float:
    """The share of losses at which a side breaks on a day of some odds in its favour: as given, else by R3."""
    if given > 0.0:
        return given
    median = median_at_odds(odds)
    return break_point(u, median=median) if chance else median


@kernel
def _part_of_day(start: float, before: float, loss: float, point: float) -> float:
    """When in the day, from 0 to 1, a side that breaks reached its break point."""
    return max(0.0, point * start - (start - before)) / loss if loss > 0.0 else 1.0


@kernel
def _fought(terms: _Terms, chance: bool, key: tuple[int, int]) -> _Fought:
    """One battle, day by day."""
    start_a, start_d = terms.attackers, terms.defenders
    battle = _Fierceness(0.0, _MEDIAN_RATE, _MEDIAN_RATE, 0.5, 0.5)
    if chance:
        battle = _fierceness(key)
    attackers, defenders = start_a, start_d
    last_a, last_d = 0.0, 0.0
    for day in range(1, MOST_DAYS + 1):
        rho = effective_ratio(
            attackers,
            defenders,
            air=terms.air,
            position=terms.position,
            terrain=terms.terrain,
            fortune=battle.fortune,
        )
        struck = min(defenders, _STRUCK * attackers)
        losses = attrition(
            min(attackers, _STRUCK * defenders),
            struck,
            rho,
            defenders_at_start=start_d * (struck / defenders),
            rate=battle.attacker_rate,
            defender_rate=battle.defender_rate,
        )
        loss_a, loss_d = losses.attacker, losses.defender
        if chance:
            scatter_a, scatter_d, round_a, round_d = uniforms_at(key, _DAY, _ALL, day)
            last_a = day_residual(scatter_a, None if day == 1 else last_a)
            last_d = day_residual(scatter_d, None if day == 1 else last_d)
            loss_a = whole_loss(round_a, loss_a * day_scatter(last_a), terms.unit, attackers)
            loss_d = whole_loss(round_d, loss_d * day_scatter(last_d), terms.unit, defenders)
        point_a = _breaks_at(terms.attacker_breaks, chance, battle.attacker_will, rho)
        point_d = _breaks_at(terms.defender_breaks, chance, battle.defender_will, other_sides_odds(rho))
        before_a, before_d = attackers, defenders
        attackers, defenders = attackers - loss_a, defenders - loss_d
        broke_a = has_broken(start_a - attackers, start_a, point_a) or attackers < 1.0
        broke_d = has_broken(start_d - defenders, start_d, point_d) or defenders < 1.0
        if broke_a and broke_d:
            when_a = _part_of_day(start_a, before_a, loss_a, point_a)
            when_d = _part_of_day(start_d, before_d, loss_d, point_d)
            if when_a == when_d:
                return _Fought(attackers, defenders, day, _Broke.BOTH)
            return _Fought(attackers, defenders, day, _Broke.DEFENDER if when_d < when_a else _Broke.ATTACKER)
        if broke_a or broke_d:
            return _Fought(attackers, defenders, day, _Broke.ATTACKER if broke_a else _Broke.DEFENDER)
    return _Fought(attackers, defenders, 0, _Broke.NEITHER)


@kernel
def _fight_each(terms: _Terms, seed: int, runs: Words, left: Floats, days: Ints, broke: Ints) -> None:
    """Many battles: fills who is left of both sides, shape (2, runs), and days and who broke, (runs,)."""
    for place in range(len(runs)):
        ended = _fought(terms, True, (seed, runs[place]))
        left[0, place], left[1, place] = ended.attackers, ended.defenders
        days[place], broke[place] = ended.days, ended.broke


def fight_by_days(engagement: Engagement, luck: Luck | None) -> Settled:
    """One battle under `general`; without luck, every number is at its median or mean and strengths need not be whole.

    Without luck a side of less than one person is gone: its daily losses shrink with it and would never end it.
    """
    fought = _fought(_terms(engagement), luck is not None, Luck(0, 0).key if luck is None else luck.key)
    days = float(fought.days) if fought.broke else math.inf
    return Settled(fought.attackers, fought.defenders, days, Broke(_Broke(fought.broke).name.lower()))


def fight_compiled(engagement: Engagement, seed: int, first: int, count: int) -> Endings:
    """The battles of runs first, first + 1, ... under `general`, in a process whose kernels are compiled.

    Raises:
        RuleError: a number is out of range, without its name; `fight_by_days` says which.
    """
    import numpy as np

    runs = np.arange(first, first + count, dtype=np.uint64)
    left, days, broke = np.empty((2, count)), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    _fight_each(_terms(engagement), as_word(seed), runs, left, days, broke)
    lasted = np.where(broke == _Broke.NEITHER, math.inf, days)
    attackers, defenders, lasting = (array("d", column.tobytes()) for column in (*left, lasted))
    return Endings(attackers, defenders, lasting, array("b", (broke == _Broke.DEFENDER).tobytes()))


def _terms(engagement: Engagement) -> _Terms:
    return _Terms(
        float(engagement.attackers),
        float(engagement.defenders),
        engagement.attacker_breaks or 0.0,
        engagement.defender_breaks or 0.0,
        engagement.unit,
        float(engagement.air),
        float(engagement.position),
        float(engagement.terrain),
    )
