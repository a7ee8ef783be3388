"""What a scenario gives, as kernels: rows of chance events, under chance conditions, are those of the fold."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from attrs import evolve

from situation.dates import DAY, Duration
from situation.errors import Fault
from situation.events import (
    ActorId,
    AirSupportGiven,
    AirSupportWithdrawn,
    CeasefireAgreed,
    Day,
    Event,
    ForceRaised,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    RouteOpened,
    RouteSealed,
    StanceChanged,
)
from situation.events.kinds import Stance
from situation.rules import ASSUMED, Family, Prior
from situation.scenario.checks.given import GIVABLE
from situation.scenario.parts import Condition, Given, Switch
from situation.story.stage import Stage
from situation.story.world.beginning import begin_world
from tests.oracles.fold.story import tell
from tests.oracles.mornings import Steps
from tests.property.test_world_cells import valley_story

DAYS = 20
STANCES: tuple[Stance, ...] = ("allied", "tolerated", "neutral", "hostile")


class ChanceGiven:
    """Chance events and conditions of the valley."""

    def __init__(self, seed: int) -> None:
        self.random, self.stage = random.Random(seed), valley_story().stage
        ground = self.stage.ground
        self.roots = sorted({ground.root(unit) for unit in ground.actors})
        self.armed, self.units = sorted(self.stage.armed), sorted(ground.actors)
        self.forces = [name for name, force in self.stage.scenario.forces.items() if force.kind == "field"]

    def scenario(self) -> Stage:
        """The valley with chance events, and plans that turn."""
        scenario, chance = self.stage.scenario, self.random
        half = Prior(
            name="half", family=Family.BETA, low=0.3, best=0.5, high=0.7, unit="share", source=ASSUMED, reason="a test"
        )
        day = self.stage.ground.clock.day(scenario.at + 3 * DAY)
        given = {
            f"{number}-given": Given(
                self.event(number),
                self.conditions(),
                at=chance.choice((None, None, str(day))),
                chance=chance.choice((None, "half")),
            )
            for number in range(12)
        }
        plans = {
            name: evolve(
                plan, switch=tuple(Switch(self.conditions(), chance.choice(("hold", "race"))) for _ in range(2))
            )
            for name, plan in scenario.doctrines.items()
        }
        other = evolve(scenario, given=given, doctrines=plans, numbers={**scenario.numbers, "half": half})
        return evolve(self.stage, scenario=other)

    def event(self, number: int) -> Event:
        """An event that may be given."""
        r, kind = self.random, GIVABLE[(number + self.random.randrange(3)) % len(GIVABLE)]
        one, other = map(ActorId, r.sample(self.roots, 2))
        link, place = r.choice([*self.stage.ground.links]), r.choice(self.stage.places)
        actor = ActorId(r.choice([it for it in self.units if self.stage.ground.root(it) in self.armed]))
        if kind is ForceRaised:
            name = r.choice((f"{self.stage.ground.root(actor)}@{place}", f"newcomers-{number}", f"newcomers-{number}"))
            body = "garrison" if "@" in name else r.choice(("field", "garrison"))
            return ForceRaised(name, actor, place, r.randrange(400), body, r.randrange(50), r.random() < 0.5)  # type: ignore[arg-type]
        made: dict[type[Event], Event] = {
            AirSupportGiven: AirSupportGiven(other, one, r.choice(("some", "dedicated"))),
            AirSupportWithdrawn: AirSupportWithdrawn(one),
            CeasefireAgreed: CeasefireAgreed(one, other, until=r.choice((None, Day("2099-01-01")))),
            PositionTaken: PositionTaken(one, "warns", "of war", r.choice((None, other))),
            PostureChanged: PostureChanged(one, r.choice(("hold", "delay", "insurgency"))),
            Proclaimed: Proclaimed(one, "a republic"),
            RouteOpened: RouteOpened(link, one),
            RouteSealed: RouteSealed(link, one, r.choice(((), (other,)))),
            StanceChanged: StanceChanged(one, other, r.choice(STANCES)),
        }
        return made[kind]

    def conditions(self) -> tuple[Condition, ...]:
        """One or two conditions."""
        return tuple(self.condition() for _ in range(self.random.choice((1, 1, 2))))

    def condition(self) -> Condition:
        """Something that may come about, or may have."""
        r = self.random
        if r.random() < 0.3:
            soon = self.stage.ground.clock.day(self.stage.scenario.at + r.randrange(1, 9) * DAY)
            return r.choice((Condition(after=Duration(r.randrange(9) * DAY)), Condition(at=str(soon))))
        place, one, other = r.choice(self.stage.places), *r.sample(self.armed, 2)
        words: dict[str, tuple[Any, ...]] = {
            f"{place}.holder": tuple(self.roots),
            f"{place}.besieger": tuple(self.roots),
            f"{place}.status": ("held", "contested", "unknown"),
            f"{one}.posture": ("hold", "delay", "insurgency"),
            f"{one}.air": ("none", "some"),
            f"{one}:{other}.stance": STANCES,
            f"given:{r.randrange(12)}-given.fired": (True, False),
        }
        counts = (
            *(f"{one}.{name}" for name in ("killed", "surrendered", "left")),
            *(f"{one}@{place}.{name}" for name in ("number", "wounded", "hidden")),
            *(f"{r.choice(self.forces)}.{name}" for name in ("number", "wounded", "resting")),
            f"{one}:{other}.rung",
            f"{r.choice([*self.stage.scenario.doctrines])}.paused_until",
        )
        cell = r.choice((*words, *counts))
        test = r.choice(("equals", "differs")) if cell in words else r.choice(("equals", "differs", "above", "below"))
        terms: dict[str, Any] = {test: r.choice(words[cell]) if cell in words else r.choice((0, 1, 300))}
        return Condition(cell, **terms)


def held(seed: int) -> Counter[str]:
    """How many rows of each event kernels wrote in a story of a chance scenario."""
    stage = ChanceGiven(seed).scenario()
    return Steps(stage, 3, 0).hold(tell(stage, 3, until=stage.scenario.at + DAYS * DAY))


def test_whatever_is_given_kernels_let_happen_as_the_fold_does() -> None:
    rows: Counter[str] = Counter()
    for seed in range(5):
        rows += held(seed)
    assert all(rows[event.__name__] for event in GIVABLE), rows
    assert rows["Triggered"] > 20
    assert rows["DoctrineSwitched"] > 2


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5, 30))
def test_whatever_is_given_in_many_scenarios_kernels_let_happen_as_the_fold_does(seed: int) -> None:
    assert held(seed)["DayBegan"] == DAYS


def test_a_condition_that_asks_for_a_cell_outside_the_tables_is_refused() -> None:
    stage = valley_story().stage
    given = {"never": Given(AirSupportWithdrawn(ActorId("north")), (Condition("dell.killed", above=1),))}
    with pytest.raises(Fault, match=r"^No table of a world has a field for 'dell\.killed'"):
        begin_world(evolve(stage, scenario=evolve(stage.scenario, given=given)))
