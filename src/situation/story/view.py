"""What an actor sees when it decides: its own forces and the ground, but neither chance nor what others mean to do.

This is for doctrines from outside; those of the project are kernels (`decide.doctrines`), and see the same (`decide.view`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from math import inf
from typing import Any

from attrs import define, frozen

from situation.events import ActorId, PlaceId
from situation.story.apply.bodies import root_of
from situation.story.decide import near, sides, ways
from situation.story.decide import view as seen
from situation.story.decide.estimate import judged_attack
from situation.story.decide.ground_tables import GroundTables
from situation.story.stage import Stage
from situation.story.world.numbering import Numbering
from situation.story.world.tables import WorldTables
from situation.story.world.words import TEXT_OF_WORD, Word

__all__ = ["Doctrine", "Estimate", "View"]


@frozen
class Estimate:
    """The effective ratio of attackers to defenders as one side sees it; None where nobody defends, 0 where nobody attacks."""

    ratio: float | None


@define(slots=False)
class View:
    """The morning's picture for one plan of one actor. Of its enemies it knows what `estimate` says, which may err.

    What is asked of a place, a link or a force that there is not is a LookupError.

    Args:
        stage, tables, numbering, ground: the world of the story.
        actor: the root actor that decides.
        plan: the plan's name.
    """

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    ground: GroundTables
    actor: ActorId
    plan: str

    @property
    def objectives(self) -> tuple[PlaceId, ...]:
        """The plan's objectives in their order, those of its main axis first."""
        return self.stage.scenario.doctrines[self.plan].goals

    def in_turn(self, force: str, goals: tuple[PlaceId, ...]) -> tuple[PlaceId, ...]:
        """Goals in the order in which a force takes them: its own column's, its axis's, the others', other columns'."""
        tables, places = self.tables, self.numbering.places.names
        number = self._force(force)
        body, plan = tables.forces[number], tables.plans[self.numbering.plans.known(self.plan)]
        whole = self.numbering.forces.names[body.parent] if body.parent else force
        axes = (axis for axis in self.stage.scenario.doctrines[self.plan].axes if whole in axis.forces)
        own = {goal for axis in axes for goal in axis.objectives}
        columns = [it for it in plan.columns[: plan.columns_count] if it != number and tables.forces[it].number]
        others, target = {places[tables.forces[it].goal] for it in columns}, places[body.goal]
        return tuple(sorted(goals, key=lambda goal: (goal != target, goal in others, goal not in own)))

    @property
    def links(self) -> tuple[str, ...]:
        """The links that the plan is about."""
        return self.stage.scenario.doctrines[self.plan].links

    def free_forces(self) -> Iterator[tuple[str, PlaceId]]:
        """The plan's field forces that can take an order, each with its place: not under way, resting or in battle.

        A force with too little left of what it began with attacks no more (R3): it stays where it stands.
        """
        plan = self.numbering.plans.known(self.plan)
        for nth in range(seen.forces_in_plan(self.tables, self.ground, plan)):
            force = seen.force_of_plan(self.tables, self.ground, plan, nth)
            if place := self.tables.forces[force].free:
                yield self.numbering.forces.names[force], self._named(place)

    def garrisons(self) -> Iterator[tuple[str, PlaceId, int]]:
        """The actor's garrisons with men in the ranks, where no battle is on: each with its place and number."""
        for nth in range(1, len(self.ground.places)):
            if force := seen.garrison_in_turn(self.tables, self.ground, nth, self._self):
                body = self.tables.forces[force]
                place = self._named(self.ground.places[nth].ranked)
                yield self.numbering.forces.names[force], place, body.number

    def encircled(self, place: str) -> bool:
        """Whether no way out is open to the actor's men there that carries more than a trickle."""
        return ways.encircled(self.tables, self.ground, self._place(place), self._self)

    def holder(self, place: str) -> ActorId | None:
        """Whom the actor finds as the holder of a place."""
        name: ActorId | None = self.numbering.actors.names[sides.holder(self.tables, self._place(place), self._self)]
        return name

    def ours(self, place: str) -> bool:
        """Whether the actor or a friend holds a place."""
        return sides.friend_holds(self.tables, self._place(place), self._self)

    def may_take(self, place: str) -> bool:
        """Whether a place is an enemy's, or nobody's."""
        return seen.may_take(self.tables, self._place(place), self._self)

    def next_leg(self, place: str, goal: str) -> PlaceId | None:
        """The neighbouring place on the shortest way to a goal, past ground that may not be entered and links that are closed."""
        leg = ways.next_leg(self.tables, self.ground, self._place(place), self._place(goal), self._self)
        return self._named(leg) if leg else None

    def estimate(self, force: str, place: PlaceId) -> Estimate:
        """How one of the actor's forces judges an attack on a place, with the friends at its side."""
        ratio = judged_attack(self.tables, self._force(force), self._place(place), inf).ratio
        return Estimate(None if ratio == inf else ratio)

    def hopeless(self, force: str, place: PlaceId) -> bool:
        """Whether an enemy stands at a place whom a force has no hope to beat, by its own estimate; it is told once."""
        return seen.is_hopeless(self.tables, self._force(force), self._place(place))

    def km(self, place: str, goal: str) -> float | None:
        """The km by the shortest way; None where there is none."""
        km = ways.km_to(self.tables, self.ground, self._place(place), self._place(goal), self._self)
        return None if km == inf else km

    @cached_property
    def approached(self) -> Mapping[PlaceId, tuple[str, ...]]:
        """The places that enemies' field forces are on their way to, or stand next to, with those forces."""
        approaching: dict[PlaceId, list[str]] = {}
        w, g, names = self.tables, self.ground, self.numbering.forces.names
        for nth in range(1, w.story[0].bodies + 1):
            force = w.forces[nth].came
            body = w.forces[force]
            if body.kind != Word.FIELD or not body.number or not sides.hostile(w, self._self, root_of(w, force)):
                continue
            exits = range(g.places[body.place].first, g.places[body.place].last) if body.place else ()
            for place in dict.fromkeys((*([body.to] if body.to else ()), *(g.exits[at].to for at in exits))):
                approaching.setdefault(self._named(place), []).append(names[force])
        return {place: tuple(forces) for place, forces in approaching.items()}

    def threatened(self, place: PlaceId) -> bool:
        """Whether an enemy's field force that approaches a place can take it, by the estimate of those who hold it.

        Who is no stronger than they are is no threat.
        """
        return seen.is_threatened(self.tables, self.ground, self._place(place), self._self)

    def ways_out(self, place: str) -> tuple[tuple[float, PlaceId], ...]:
        """The open ways from a place, the shortest first: km and the place at the other end, which is not ringed."""
        w, g, here = self.tables, self.ground, self._place(place)
        out = (g.exits[at] for at in range(g.places[here].first, g.places[here].last))
        return tuple((way.km, self._named(way.to)) for way in out if near.leads_to_refuge(w, g, way, self._self))

    def strangers_beside(self, place: str) -> bool:
        """Whether someone who is neither friend nor enemy holds ground next to a place."""
        return near.strangers_beside(self.tables, self.ground, self._place(place), self._self)

    def fought_for(self, place: str) -> bool:
        """Whether a battle is on at a place."""
        return bool(self.tables.battles[self._place(place)].attacker)

    def posture(self) -> str:
        """The actor's posture."""
        return str(TEXT_OF_WORD[seen.posture_of(self.tables, self._self)])

    def sealed(self, link: str) -> bool:
        """Whether a link is sealed against any of the actor's enemies."""
        number = self.numbering.links.known(link)
        if not number:
            raise LookupError(f"There is no link '{link}'.")
        return seen.is_sealed(self.tables, self.ground, number, self._self)

    def small(self) -> float:
        """The size below which a garrison is too small to stand."""
        return float(self.tables.n.garrison_small)

    @property
    def _self(self) -> int:
        return self.numbering.actors.known(self.actor)

    def _place(self, place: str) -> int:
        if number := self.numbering.places.known(place):
            return number
        raise LookupError(f"There is no place '{place}'.")

    def _force(self, force: str) -> int:
        number = self.numbering.forces.known(force)
        if 0 < number <= self.tables.story[0].bodies:
            return number
        raise LookupError(f"There is no force '{force}', or it has not come yet.")

    def _named(self, place: int) -> PlaceId:
        return PlaceId(self.numbering.places.names[place])


Doctrine = Callable[[Any], Any]
"""A doctrine from outside: from a view to orders. It has no chance, no memory and no clock of its own."""
