"""What all stories of one scenario share: the branch, the ways between places, and what is known of each place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, fields

from situation.chance.luck import word_of
from situation.dates import DAY, Minute
from situation.events import TOGETHER, ActorId, PlaceId
from situation.log.entry import Log
from situation.log.fold import fold
from situation.log.state import State, occupant
from situation.record.record import Record
from situation.rules import Prior
from situation.scenario import Scenario
from situation.scenario.branch import branch_log
from situation.scenario.parts import Conduct
from situation.testimony.ground import Ground, Link

__all__ = ["Stage", "places_held", "stage_of"]

_UNSAID = Conduct()


@define
class _Kept:
    """What was worked out for a stage and holds on every other of the same scenario and ground, whatever its log."""

    cell_fields: dict[str, tuple[str, int, str]] = field(factory=dict)
    apart: list[Any] = field(factory=list)
    worlds: dict[Any, Any] = field(factory=dict)
    ground: list[Any] = field(factory=list)

    def __reduce__(self) -> tuple[type[_Kept], tuple[()]]:
        """Nothing of it goes to another process, which works it out anew."""
        return _Kept, ()


@define(frozen=True, slots=False)
class Stage:
    """A scenario set up on its ground. `ways`: from a place to each way out of it, with the place at its other end."""

    scenario: Scenario
    ground: Ground
    log: Log
    state: State
    ways: Mapping[str, tuple[tuple[Link, PlaceId], ...]]
    places: tuple[PlaceId, ...]
    _kept: _Kept = field(factory=_Kept, init=False, eq=False, repr=False)

    def on(self, log: Log, state: State) -> Stage:
        """The same scenario on another log up to the branch, and its state. What was found about the ground is shared."""
        other = evolve(self, log=log, state=state)
        object.__setattr__(other, "_kept", self._kept)
        return other

    def under(self, scenario: Scenario) -> Stage:
        """Another scenario that leaves the same log at the same minute."""
        other = evolve(self, scenario=scenario)
        other._kept.apart = self._kept.apart
        own = self.scenario
        if _differ_in_values(own, scenario):
            other._kept.worlds, other._kept.ground = self._kept.worlds, self._kept.ground
        if (own.doctrines, own.given, own.outside) == (scenario.doctrines, scenario.given, scenario.outside):
            other._kept.cell_fields = self._kept.cell_fields
        return other

    @property
    def cell_fields(self) -> dict[str, tuple[str, int, str]]:
        """Where in its worlds each cell stands that they have before a story begins, once the first has been made."""
        return self._kept.cell_fields

    @property
    def apart(self) -> list[Any]:
        """The table of how far places are apart, once the first world has been made."""
        return self._kept.apart

    @property
    def worlds(self) -> dict[Any, Any]:
        """What worlds of the scenario begin with, before the record is looked at, once the first has been made."""
        return self._kept.worlds

    @property
    def ground_tables(self) -> list[Any]:
        """The tables of the ground, once they have been made."""
        return self._kept.ground

    @property
    def numbers(self) -> Mapping[str, Prior]:
        """Every number's prior by name."""
        return self.scenario.numbers

    @cached_property
    def armed(self) -> frozenset[ActorId]:
        """The actors that fight: those with men now or later, and those that the scenario says how to fight."""
        return self.scenario.fighting(self.ground)

    @cached_property
    def garrisoned(self) -> frozenset[tuple[ActorId, PlaceId]]:
        """Who has men in the ranks where when a story begins, by the scenario's forces."""
        forces = self.scenario.forces.values()
        ranks = (force for force in forces if force.kind != "hidden")
        return frozenset((self.ground.root(force.actor), place) for force in ranks for place in force.places)

    @cached_property
    def held(self) -> Mapping[str, int]:
        """How many places each actor held at the branch."""
        return places_held(occupant(self.state.cells, place) for place in self.places)

    @cached_property
    def occupied(self) -> tuple[tuple[PlaceId, Minute, str | None], ...]:
        """Who holds each place at the branch, with its minute."""
        return tuple((place, self.scenario.at, occupant(self.state.cells, place)) for place in self.places)

    @cached_property
    def enemies(self) -> frozenset[str]:
        """The cells that say at the branch that two are enemies."""
        stances = (cell for cell, value in self.state.cells.items() if value == "hostile")
        return frozenset(cell for cell in stances if cell.endswith(".stance"))

    def conduct(self, actor: str) -> Conduct:
        """How an actor fights; as any other, where the scenario does not say."""
        return self.scenario.actors.get(ActorId(actor), _UNSAID)

    def day_of(self, minute: Minute) -> int:
        """The local calendar day of a minute, counted from 1970."""
        return self.ground.clock.local(minute) // DAY

    def area(self, place: str) -> tuple[float, bool]:
        """The area of a place that is to be cleared, in km2; and whether it is an open sector, to be swept."""
        ground = self.ground.places[PlaceId(place)].ground
        if ground is None:
            return 1.0, False
        if ground.built_up_km2 is not None:
            return float(ground.built_up_km2), False
        return (float(ground.sector_km2), True) if ground.sector_km2 is not None else (1.0, False)

    def is_open(self, place: str) -> bool:
        """Open ground: never sealed, never stood in."""
        return self.ground.kind_of(place).open


def _differ_in_values(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ at most in what numbers they give, and not in what they give numbers for."""
    values = ("numbers", "forces", "totals")
    alike = (getattr(one, it.name) is getattr(other, it.name) for it in fields(Scenario) if it.name not in values)
    named = (list(getattr(one, it)) == list(getattr(other, it)) for it in values)
    return (
        all(alike)
        and all(named)
        and all(
            (force.actor, force.at, force.kind) == (it.actor, it.at, it.kind)
            for force, it in zip(one.forces.values(), other.forces.values(), strict=True)
        )
    )


def places_held(holders: Iterable[str | None]) -> Mapping[str, int]:
    """How many places each actor holds, alone or with others; `holders` are words as `holder_word` makes them."""
    counts: dict[str, int] = {}
    for word in holders:
        for holder in word.split(TOGETHER) if word is not None else ():
            counts[holder] = counts.get(holder, 0) + 1
    return counts


def _nearest(way: tuple[Link, PlaceId]) -> tuple[float, int]:
    return way[0].km, word_of(way[0].id)


def stage_of(scenario: Scenario, record: Record, log: Log | None = None) -> Stage:
    """Set a scenario up on a record. Names and hierarchies stay as they are at the branch.

    Args:
        log: what has happened up to the branch; None: what the scenario's belief makes of the record.
    """
    ways: dict[str, list[tuple[Link, PlaceId]]] = {}
    for link in record.ground.links.values():
        for here, there in (link.ends, link.ends[::-1]):
            ways.setdefault(here, []).append((link, there))
    before = branch_log(scenario, record) if log is None else log
    return Stage(
        scenario=scenario,
        ground=record.ground.at(scenario.at),
        log=before,
        state=fold(before, record.ground),
        ways={place: tuple(sorted(out, key=_nearest)) for place, out in ways.items()},
        places=tuple(record.ground.places),
    )
