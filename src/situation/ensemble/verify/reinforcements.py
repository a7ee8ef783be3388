"""Scheduled reinforcements: Engel's Iwo Jima as a story of one place, against the square law with landings.

With the exponent of R2 at 1 and no chance, a day of a story's battle takes b D from the attacker and a A from the defender.
Source: Engel 1954: 54,000 land on the first day, 6,000 on the third, 13,000 on the sixth, against 21,500; the coefficients
are those that he fitted to the campaign. That they fit is his finding and no test of this program.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from situation.dates import DAY
from situation.ensemble.verify.check import Check, near
from situation.events import BattleDay, DefenderBroke
from situation.record.loading import load
from situation.scenario import load_scenario
from situation.story.stage import stage_of
from situation.story.story import tell

__all__ = ["reinforcements"]

_A, _B = 0.0106, 0.0544
"""Losses a day that one of the landing force, and one of the garrison, inflicts."""
_LANDINGS: Final = {0: 54_000.0, 2: 6_000.0, 5: 13_000.0}
"""Who is ashore from the morning of which day on."""
_GARRISON: Final = 21_500.0
_DAYS: Final = (1, 3, 6, 10, 15, 20, 25, 30)
_STANDS: Final = 0.95
"""The loss at which a force that stands to the last is spent (R3)."""

_Strengths = tuple[float, float]


def reinforcements(quick: bool) -> list[Check]:
    """Both sides on some days: by the recursion of a day's losses, and by the differential equations."""
    in_the_story, broke = _in_the_story()
    by_day = list(_day_by_day(max(_DAYS)))
    checks = []
    for day in _DAYS:
        for side, name in ((0, "landing force"), (1, "garrison")):
            what = f"{name} after day {day}"
            whole = 2.0 * math.sqrt(3.0 * day)
            because = "losses are whole men, rounded by a draw a force and day"
            checks.append(
                near(f"{what}, day by day", by_day[day - 1][side], in_the_story[day - 1][side], whole, because)
            )
            smooth = _equations(day)[side]
            step = 0.5 * _A * _B * day * (sum(_LANDINGS.values()), _GARRISON)[side]
            because = "a story loses once a day, the equations all the time"
            checks.append(near(f"{what}, by the equations", smooth, in_the_story[day - 1][side], step + whole, because))
    spent = next(day for day in range(1, 60) if _equations(day)[1] <= (1.0 - _STANDS) * _GARRISON)
    checks.append(
        near(
            "day on which the garrison is spent",
            spent,
            broke,
            1,
            "a story loses once a day, the equations all the time",
        )
    )
    return checks


def _in_the_story() -> tuple[list[_Strengths], int]:
    """Both sides at the end of each day of the story's battle, and the day on which the garrison broke."""
    folder = Path(__file__).parent / "iwo-jima"
    record = load(folder)
    scenario = load_scenario(folder / "engel.yaml", record)
    attackers, defenders = 0.0, _GARRISON
    days: list[_Strengths] = []
    for entry in tell(stage_of(scenario, record), seed=1).entries:
        event = entry.event
        if isinstance(event, DefenderBroke):
            return days, (entry.time - scenario.at) // DAY + 1
        if isinstance(event, BattleDay):
            attackers += _LANDINGS.get(len(days), 0.0)
            attackers -= sum(loss.killed + loss.wounded for loss in event.attackers)
            defenders -= sum(loss.killed + loss.wounded for loss in event.defenders)
            days.append((attackers, defenders))
    raise RuntimeError("The garrison of the island never breaks.")


def _day_by_day(days: int) -> Iterator[_Strengths]:
    attackers, defenders = 0.0, _GARRISON
    for day in range(days):
        attackers += _LANDINGS.get(day, 0.0)
        attackers, defenders = attackers - _B * defenders, defenders - _A * attackers
        yield attackers, defenders


def _equations(days: int) -> _Strengths:
    """The solution of dA = -b D, dD = -a A, carried from landing to landing."""
    pace, ratio = math.sqrt(_A * _B), math.sqrt(_B / _A)
    attackers, defenders = 0.0, _GARRISON
    ends = [*(day for day in _LANDINGS if 0 < day < days), days]
    since = 0
    for end in ends:
        attackers += _LANDINGS.get(since, 0.0)
        grown, bent = math.cosh(pace * (end - since)), math.sinh(pace * (end - since))
        attackers, defenders = (
            attackers * grown - ratio * defenders * bent,
            defenders * grown - attackers / ratio * bent,
        )
        since = end
    return attackers, defenders
