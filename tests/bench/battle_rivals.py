"""The reduced model on other engines: two sides fight day by day under the law `general` until one breaks.

Each rival has its best form: one process a battle on SimPy and salabim, one agent on Mesa, and random numbers of Python's
own generator. The rules are those of the package, as plain Python. No side writes entries.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Mapping
from typing import Any, Final

import simpy

from situation.rules.attrition import attrition, battle_rate, day_residual, day_scatter, whole_loss
from situation.rules.breaking import break_point, has_broken, median_at_odds, other_sides_odds
from situation.rules.defaults import best
from situation.rules.ratio import effective_ratio

__all__ = ["ATTACKERS", "DEFENDERS", "DRAWS_A_DAY", "DRAWS_BEFORE", "RIVALS", "Fight"]

ATTACKERS, DEFENDERS = 3000, 1000
DRAWS_BEFORE: Final = 6
"""Numbers drawn for a battle before its first day: fortune, three of the rates, and the will of each side."""
DRAWS_A_DAY: Final = 4
_LUCK: Final = random.Random(7)


class Fight:
    """One battle: what is left of both sides, and the days so far."""

    def __init__(self) -> None:
        drawn, shared = _LUCK.random, _LUCK.random()
        self.left_a, self.left_d = float(ATTACKERS), float(DEFENDERS)
        self.days, self.won = 0, False
        self._fortune = best("fortune_sigma") * _LUCK.gauss(0.0, 1.0)
        self._rate_a, self._rate_d = battle_rate(shared, drawn()), battle_rate(shared, drawn())
        self._will_a, self._will_d = drawn(), drawn()
        self._last_a: float | None = None
        self._last_d: float | None = None

    def is_over_after_a_day(self) -> bool:
        """Fight a day; whether a side has broken."""
        drawn, rho = (
            _LUCK.random,
            effective_ratio(self.left_a, self.left_d, air=1.0, position=1.0, terrain=1.0, fortune=self._fortune),
        )
        losses = attrition(
            self.left_a, self.left_d, rho, defenders_at_start=DEFENDERS, rate=self._rate_a, defender_rate=self._rate_d
        )
        self._last_a, self._last_d = day_residual(drawn(), self._last_a), day_residual(drawn(), self._last_d)
        loss_a = whole_loss(drawn(), losses.attacker * day_scatter(self._last_a), 1, self.left_a)
        loss_d = whole_loss(drawn(), losses.defender * day_scatter(self._last_d), 1, self.left_d)
        self.left_a, self.left_d, self.days = self.left_a - loss_a, self.left_d - loss_d, self.days + 1
        point_a = break_point(self._will_a, median=median_at_odds(rho))
        point_d = break_point(self._will_d, median=median_at_odds(other_sides_odds(rho)))
        broke_a = has_broken(ATTACKERS - self.left_a, ATTACKERS, point_a) or self.left_a < 1.0
        broke_d = has_broken(DEFENDERS - self.left_d, DEFENDERS, point_d) or self.left_d < 1.0
        self.won = broke_d and not broke_a
        return broke_a or broke_d


def _on_simpy(count: int) -> list[Fight]:
    clock = simpy.Environment()

    def course(fight: Fight) -> Generator[Any, Any, None]:
        while not fight.is_over_after_a_day():
            yield clock.timeout(1)

    fights = [Fight() for _ in range(count)]
    for fight in fights:
        clock.process(course(fight))
    clock.run()
    return fights


def _on_mesa(count: int) -> list[Fight]:
    import mesa

    class Battle(mesa.Agent):  # type: ignore[misc]  # mesa ships no types here
        """A battle as an agent."""

        def __init__(self, model: Any) -> None:
            super().__init__(model)
            self.fight = Fight()

        def step(self) -> None:
            """Fight a day."""
            if self.fight.is_over_after_a_day():
                self.remove()

    model = mesa.Model(seed=7)
    fights = [Battle(model).fight for _ in range(count)]
    while len(model.agents):
        model.agents.do("step")
    return fights


def _on_salabim(count: int) -> list[Fight]:
    import salabim

    salabim.yieldless(False)

    class Battle(salabim.Component):  # type: ignore[misc]  # salabim ships no types
        """A battle as a component."""

        def setup(self) -> None:
            """Begin."""
            self.fight = Fight()

        def process(self) -> Generator[Any, Any, None]:
            """Fight day by day."""
            while not self.fight.is_over_after_a_day():
                yield self.hold(1)

    clock = salabim.Environment(trace=False)
    battles = [Battle() for _ in range(count)]
    clock.run()
    return [battle.fight for battle in battles]


RIVALS: Final[Mapping[str, Callable[[int], list[Fight]]]] = {
    "SimPy": _on_simpy,
    "Mesa": _on_mesa,
    "salabim": _on_salabim,
}
"""Each rival: fights so many battles."""
