"""Holds what kernels read of the ground and of control to the functions of the fold's world, over stories as they go on.

`python -m tests.oracles.ways DAYS EVERY STORY...` compares after every so many entries and prints how many answers there were. As
Python or compiled (`SITUATION_KERNELS=each`), it fails at the first that differs.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from situation.chance.luck import Luck, Stream
from situation.events import ActorId
from situation.log.fold import Folding
from situation.log.state import occupants as occupants_by_cells
from situation.story.decide import near, sides, supply, ways
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.ground_tables import GroundTables
from situation.story.rows.replay import Replay
from situation.story.stage import Stage
from situation.story.story import Story
from situation.story.world.numbering import Numbering
from situation.story.world.staging import set_draws, set_luck
from situation.story.world.tables import WorldTables
from tests.oracles.estimates import estimates
from tests.oracles.fold.battle.retreat import _refuge, refuges
from tests.oracles.fold.battle.retreat import relief_near as relief_by_cells
from tests.oracles.fold.ground import on_the_fold
from tests.oracles.fold.march.closures import impassable
from tests.oracles.fold.march.contact import fronts
from tests.oracles.fold.march.supply import _lost, _where
from tests.oracles.fold.march.way_back import ringed
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.oracles.world_cells import story_of

Answer = tuple[Any, Any, Any]
"""What is asked, what the fold's world says, and what the kernels say."""


class Ways:
    """The world of a story's entries, both ways."""

    def __init__(self, stage: Stage, seed: int, index: int) -> None:
        luck = Luck(seed, index, Stream.CHANCE)
        self.folding, self.replay = Folding(stage.ground, stage.state), Replay.of(stage)
        self.world = World(stage, self.folding.live, luck, stage.scenario.at)
        self.n: Numbering = self.replay.writer.numbering
        self.w: WorldTables = self.replay.writer.tables
        self.g: GroundTables = make_ground(stage, self.n)
        set_luck(self.w, self.n, luck)
        self.record_luck, self.parameters = Luck(seed, index, Stream.RECORD), Luck(seed, index, Stream.PARAMETERS)
        set_draws(self.w, self.n, self.record_luck, self.parameters)
        order_ground(self.g, self.w)
        self.stage = stage
        self.actors = sorted(stage.armed, key=self.world.ranks.of)
        self.now = 0

    def take(self, entry: Any) -> None:
        """One more entry."""
        self.world.forget(self.folding.apply(entry))
        self.replay.take(entry)
        self.world.now = entry.time

    def place(self, number: int) -> Any:
        return self.n.places.names[number]

    def pairs(self) -> Iterator[tuple[str, int, str, int]]:
        for actor in self.actors:
            for place in self.stage.places:
                yield actor, self.n.actors.of(actor), place, self.n.places.of(place)

    def answers(self) -> Iterator[Answer]:
        """Every answer about the world as it is."""
        yield from self._relations()
        yield from self._places()
        yield from self._links()
        yield from self._fronts()
        yield from self._supply()

    def _relations(self) -> Iterator[Answer]:
        world, w, of = self.world, self.w, self.n.actors.of
        for one in self.actors:
            for other in self.actors:
                yield ("hostile", one, other), world.hostile(one, other), sides.hostile(w, of(one), of(other))
                yield ("friends", one, other), world.friends(one, other), sides.friends(w, of(one), of(other))

    def _places(self) -> Iterator[Answer]:
        world, w, g = self.world, self.w, self.g
        for actor, a, place, p in self.pairs():
            asked, view = (actor, place), View(world, actor, "")  # type: ignore[arg-type]
            there = occupants_by_cells(world.cells, place)
            yield ("occupants", place), self.n.sides(there), sides.holders_of(w, p)
            yield ("holder", *asked), world.holder(place, actor), self.n.actors.names[sides.holder(w, p, a)]
            for enemies in (True, False):
                barred = place in world.barred(actor, enemies)
                yield ("barred", *asked, enemies), barred, ways.barred(w, p, a, enemies)
            open_ways = [(link.id, end) for link, end in world.ways_out(place, actor)]
            exits = [g.exits[at] for at in range(g.places[p].first, g.places[p].last)]
            named = [(self.n.links.names[it.link], self.place(it.to)) for it in exits if ways.is_open_to(w, g, it, a)]
            yield ("ways out", *asked), open_ways, named
            yield ("openness", *asked), world.openness(place, actor), ways.openness(w, g, p, a)
            yield ("encircled", *asked), world.encircled(place, actor), ways.encircled(w, g, p, a)
            yield ("ringed", *asked), ringed(world, place, ActorId(actor)), ways.is_ringed(w, g, p, a)
            yield ("strangers", *asked), view.strangers_beside(place), near.strangers_beside(w, g, p, a)
            yield ("relief", *asked), relief_by_cells(world, place, actor), near.relief_comes(w, g, p, a)  # type: ignore[arg-type]
            garrison = self.n.forces.known(f"{actor}@{place}")
            yield ("garrison", *asked), garrison, near.garrison_at(w, p, a)
            havens = [*refuges(world, place, actor)]  # type: ignore[arg-type]
            only_own = near.own_beside(w, g, p, a)
            mine = [
                self.place(it.to)
                for it in exits
                if near.leads_to_refuge(w, g, it, a)
                and (sides.friend_holds(w, it.to, a) if only_own else g.places[it.to].open)
            ]
            yield ("refuges", *asked), havens, mine
            yield ("has refuge", *asked), bool(havens), near.can_leave(w, g, p, a)
            refuge = _refuge(world, place, actor)  # type: ignore[arg-type]
            nearest = near.nearest_refuge(w, g, p, a)
            yield ("nearest", *asked), refuge, (g.marks[nearest].km, self.place(nearest)) if nearest else None

    def _links(self) -> Iterator[Answer]:
        world, w, g = self.world, self.w, self.g
        for actor in self.actors:
            a, shut = self.n.actors.of(actor), world.shut(actor)
            past = impassable(world, actor)
            for link, about in self.stage.ground.links.items():
                number = self.n.links.of(link)
                yield ("shut", actor, link), link in shut, ways.is_shut(w, number, a)
                yield ("impassable", actor, link), link in past, ways.is_impassable(w, g, number, a)
                one, other = map(self.n.places.of, about.ends)
                between, passable = (
                    on_the_fold(self.stage).link(about.ends[0], about.ends[1], it) for it in (frozenset[str](), past)
                )
                assert between is not None
                names = self.n.links.names
                yield ("link", link), between.id, names[ways.link_between(g, one, other)]
                yield (
                    ("marches on", actor, link),
                    passable.id if passable is not None else None,
                    names[ways.marches_on(w, g, one, other, a)],
                )

    def paths(self, step: int) -> Iterator[Answer]:
        """The shortest ways of each actor: every so many of all, others each time."""
        world, w, g, of = self.world, self.w, self.g, self.n.places.of
        wanted = [
            (actor, one, other) for actor in self.actors for one in self.stage.places for other in self.stage.places
        ]
        self.now += 1
        for actor, one, other in islice(wanted, self.now % step, None, step):
            view, a, start, goal = View(world, actor, ""), self.n.actors.of(actor), of(one), of(other)
            yield (
                ("next leg", actor, one, other),
                view.next_leg(one, other),
                self.place(ways.next_leg(w, g, start, goal, a)),
            )
            for enemies in (True, False):
                ways.close_places(w, g, a, enemies)
                ways.close_links(w, g, a)
                km, way = on_the_fold(self.stage).path(
                    one, other, world.barred(actor, enemies), impassable(world, actor)
                )
                yield ("path", actor, one, other), (km, way), (ways.shortest(g, start, goal), self._way(start, goal))
            km_or_none = ways.km_to(w, g, start, goal, a)
            yield ("km", actor, one, other), view.km(one, other), None if km_or_none == math.inf else km_or_none
            apart, way = on_the_fold(self.stage).path(one, other, frozenset())
            yield ("apart", one, other), apart, near.km_apart(g, start, goal)

    def _way(self, start: int, goal: int) -> tuple[Any, ...]:
        """The way that the last search found."""
        way: list[Any] = []
        while goal != start and ways.first_leg(self.g, start, goal):
            way.append(self.place(goal))
            goal = self.g.marks[goal].before
        return tuple(way[::-1])

    def _fronts(self) -> Iterator[Answer]:
        w, g, of = self.w, self.g, self.n.actors.of
        expected = [(*sorted((one, other)), links, place) for one, other, links, place in fronts(self.world)]
        made = []
        for number, one in enumerate(self.actors):
            for other in self.actors[number + 1 :]:
                links = near.touching(w, g, of(one), of(other))
                if links and not sides.friends(w, of(one), of(other)):
                    place = self.place(near.front_place(w, g, of(one), of(other)))
                    made.append((*sorted((one, other)), links, place))
        yield "fronts", expected, made

    def _supply(self) -> Iterator[Answer]:
        world, w, g = self.world, self.w, self.g
        for actor in self.actors:
            a = self.n.actors.of(actor)
            yield ("has supply", actor), bool(self.stage.conduct(actor).supply_from), supply.has_supply(g, a)
            if not supply.has_supply(g, a):
                continue
            lost = _lost(world, actor)
            sources = [self.place(g.sources[at].place) for at in range(len(g.sources))]
            mine = [it for it in sources if supply.is_lost(w, g, self.n.places.of(it), a)]
            own = {place for inflow in self.stage.conduct(actor).supply_from for place in inflow.places}
            yield ("lost", actor), lost, frozenset(it for it in mine if it in own)
            reached = on_the_fold(self.stage).reached(actor, world.barred(actor, True), world.shut(actor), lost)
            supply.reach_supplied(w, g, a)
            yield (
                ("reached", actor),
                reached,
                frozenset(it for it in self.stage.places if supply.is_supplied(g, self.n.places.of(it), a)),
            )
            for place in self.stage.places:
                if place in reached:
                    continue
                link, by, _ = _where(world, actor, place)
                at, end, holder = supply.supply_ends(w, g, a, self.n.places.of(place))
                if end or link is None or not world.shut(actor) & {link}:
                    yield ("ends", actor, place), (link, by), (self.n.links.names[at], self.n.actors.names[holder])
                else:
                    yield ("ends", actor, place), link, self.n.links.names[at]


def hold_ways(story: Story, seed: int, index: int, every: int, step: int) -> int:
    """Compare all answers about the world of a story after every so many entries, and at its end.

    Returns: how many answers there were.

    Raises:
        AssertionError: an answer differs.
    """
    both, count = Ways(story.stage, seed, index), 0
    for number, entry in enumerate(story.entries, 1):
        both.take(entry)
        if number > 2 and (number % every == 0 or number == len(story.entries)):
            judged = estimates(both.world, both.w, both.n, step, number)
            for asked, expected, made in (*both.answers(), *both.paths(step), *judged):
                assert expected == made, (number, asked, expected, made)
                count += 1
    return count


if __name__ == "__main__":
    days, apart = int(sys.argv[1]), int(sys.argv[2])
    for name in sys.argv[3:]:
        print(name, hold_ways(story_of(name, days or None), 3, 0, apart, 37))
