"""What an actor sees when it decides: its own forces and the ground, but neither chance nor what others mean to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from situation.events import ActorId, PlaceId
from situation.log.cells import UNSET_WORDS, order_id
from situation.rules import goes_over_to_defence
from tests.oracles.fold.estimate import Estimate, has_hope, of_an_attack, of_an_attacker
from tests.oracles.fold.march.axes import forces_of, in_turn
from tests.oracles.fold.march.closures import impassable
from tests.oracles.fold.march.way_back import ringed
from tests.oracles.fold.world import World

__all__ = ["View"]


@frozen
class View:
    """The morning's picture for one plan of one actor. Of its enemies it knows what `estimate` says, which may err.

    Args:
        actor: the root actor that decides.
        plan: the plan's name.
    """

    world: World
    actor: ActorId
    plan: str
    without_hope: dict[str, tuple[PlaceId, Estimate]] = field(factory=dict, eq=False, repr=False)
    """What its forces found without hope this morning, the first for each."""

    @property
    def objectives(self) -> tuple[PlaceId, ...]:
        """The plan's objectives in their order, those of its main axis first."""
        return self.world.stage.scenario.doctrines[self.plan].goals

    def in_turn(self, force: str, goals: tuple[PlaceId, ...]) -> tuple[PlaceId, ...]:
        """Goals in the order in which a force takes them: its own column's, its axis's, the others', other columns'."""
        return in_turn(self.world, self.plan, force, goals)

    @property
    def links(self) -> tuple[str, ...]:
        """The links that the plan is about."""
        return self.world.stage.scenario.doctrines[self.plan].links

    def free_forces(self) -> Iterator[tuple[str, PlaceId]]:
        """The plan's field forces that can take an order, each with its place: not under way, resting or in battle.

        A force with too little left of what it began with attacks no more (R3): it stays where it stands.
        """
        world = self.world
        for force in forces_of(world, self.plan):
            place = world.get(f"{force}.place")
            if place is None or not world.men(force) or world.to_come(f"{force}.resting"):
                continue
            if world.fight(place) is not None or world.get(f"{order_id(force)}.due") is not None:
                continue
            begun, least = int(world.get(f"{force}.at_start") or 0), world.number("culminates_below")
            if not goes_over_to_defence(world.men(force), begun, below=least):
                yield force, place

    def garrisons(self) -> Iterator[tuple[str, PlaceId, int]]:
        """The actor's garrisons with men in the ranks, where no battle is on: each with its place and number."""
        for place in self.world.ranks.places:
            force = f"{self.actor}@{place}"
            men = self.world.men(force)
            if men and self.world.fight(place) is None:
                yield force, place, men

    def encircled(self, place: str) -> bool:
        """Whether no way out is open to the actor's men there that carries more than a trickle."""
        return self.world.encircled(place, self.actor)

    def holder(self, place: str) -> ActorId | None:
        """Whom the actor finds as the holder of a place."""
        return self.world.holder(place, self.actor)

    def ours(self, place: str) -> bool:
        """Whether the actor or a friend holds a place."""
        holder = self.world.holder(place, self.actor)
        return holder is not None and self.world.friends(self.actor, holder)

    def may_take(self, place: str) -> bool:
        """Whether a place is an enemy's, or nobody's."""
        holder = self.world.holder(place, self.actor)
        return holder is None or self.world.hostile(self.actor, holder)

    def next_leg(self, place: str, goal: str) -> PlaceId | None:
        """The neighbouring place on the shortest way to a goal, past ground that may not be entered and links that are closed."""
        closed = self.world.barred(self.actor, enemies=False)
        _, way = self.world.stage.path(place, goal, closed, impassable(self.world, self.actor))
        return way[0] if way else None

    def estimate(self, force: str, place: PlaceId) -> Estimate:
        """How one of the actor's forces judges an attack on a place, with the friends at its side."""
        return of_an_attack(self.world, force, place)

    def hopeless(self, force: str, place: PlaceId) -> bool:
        """Whether an enemy stands at a place whom a force has no hope to beat, by its own estimate; it is told once."""
        judged = self.estimate(force, place)
        hopeless = not has_hope(self.world, judged)
        if hopeless:
            self.without_hope.setdefault(force, (place, judged))
        return hopeless

    def km(self, place: str, goal: str) -> float | None:
        """The km by the shortest way; None where there is none."""
        km, way = self.world.stage.path(place, goal, frozenset(), impassable(self.world, self.actor))
        return km if way or place == goal else None

    @cached_property
    def approached(self) -> Mapping[PlaceId, tuple[str, ...]]:
        """The places that enemies' field forces are on their way to, or stand next to, with those forces."""
        near: dict[PlaceId, list[str]] = {}
        for force in self.world.get("story.fields") or ():
            if self.world.men(force) and self.world.hostile(self.actor, self.world.root(force)):
                bound, here = self.world.get(f"{force}.to"), self.world.get(f"{force}.place")
                places = dict.fromkeys([bound] if bound is not None else [])
                if here is not None:
                    places |= dict.fromkeys(end for _, end in self.world.stage.ways.get(here, ()))
                for place in places:
                    near.setdefault(place, []).append(force)
        return {place: tuple(forces) for place, forces in near.items()}

    def threatened(self, place: PlaceId) -> bool:
        """Whether an enemy's field force that approaches a place can take it, by the estimate of those who hold it.

        Who is no stronger than they are is no threat.
        """
        for force in self.approached.get(place, ()):
            ratio = of_an_attacker(self.world, place, self.actor, force).ratio
            if ratio is None or ratio > 1.0:
                return True
        return False

    def ways_out(self, place: str) -> tuple[tuple[float, PlaceId], ...]:
        """The open ways from a place, the shortest first: km and the place at the other end, which is not ringed."""
        ways = self.world.ways_out(place, self.actor)
        return tuple((link.km, end) for link, end in ways if not ringed(self.world, end, self.actor))

    def strangers_beside(self, place: str) -> bool:
        """Whether someone who is neither friend nor enemy holds ground next to a place."""
        beside = {self.world.holder(end, self.actor) for _, end in self.world.stage.ways.get(place, ())}
        armed = {holder for holder in beside if holder is not None and holder in self.world.stage.armed}
        return any(
            not self.world.friends(self.actor, holder) and not self.world.hostile(self.actor, holder)
            for holder in armed
        )

    def posture(self) -> str:
        """The actor's posture."""
        return str(self.world.get(f"{self.actor}.posture") or UNSET_WORDS["posture"])

    def sealed(self, link: str) -> bool:
        """Whether a link is sealed against any of the actor's enemies."""
        return any(
            bool(self.world.get(f"{other}|{link}.sealed"))
            for other in self.world.stage.armed
            if self.world.hostile(self.actor, other)
        )

    def small(self) -> float:
        """The size below which a garrison is too small to stand."""
        return self.world.number("garrison_small")
