"""Where a beaten defender goes, rule R5: over open ways, into hiding, into captivity; who stands, stands to the end."""

from __future__ import annotations

from collections.abc import Mapping

from situation.events import ActorId, ColumnFled, FellBack, Melted, PlaceId, Surrendered
from situation.outcomes.joining import joins_battle
from situation.outcomes.world import Draw, Happening, Happenings, World
from situation.rules import Survivors, advance_time, lost_on_the_way, retreat_split

__all__ = ["column_leaves", "defenders_go"]


def defenders_go(
    world: World,
    place: PlaceId,
    actor: ActorId,
    captor: ActorId,
    forces: tuple[str, ...],
    *,
    stand: bool,
    agreed: bool = False,
) -> Happenings:
    """The survivors of a defender that has broken or leaves.

    Args:
        stand: whether those who take no way out stand to the last; else they hide, or go with the others.
        agreed: whether they leave by agreement: all of them, to the nearest ground of their own that a path leads to.
    """
    broke = world.last(f"battle:{place}.fight")
    for force in forces:
        men = world.men(force)
        if not men:
            continue
        owner = world.root(force)
        ways = sorted(world.ways_out(place, owner), key=lambda way: (way[0].km, way[1]))
        if world.get(f"{force}.kind") == "field" and ways:
            until = world.after(world.vary("attacker_pause", world.draw("retreat.pause", (force, place))))
            cause = world.by("R5 retreat_split", None, None, broke)
            yield Happening(FellBack(force, owner, place, ways[0][1], until), cause)
            yield from joins_battle(world, force, ways[0][1])
            continue
        if agreed:
            yield from _by_agreement(world, place, force, owner, men, broke)
            continue
        yield from _split(world, place, force, owner, captor, men, stand, broke)


def _split(
    world: World, place: PlaceId, force: str, actor: ActorId, captor: ActorId, men: int, stand: bool, broke: str
) -> Happenings:
    """By open ways as far as these carry; of the rest, by the shares of those who have none (golden bridges and rings)."""
    weights = {str(end): world.capacity(link) for link, end in world.ways_out(place, actor)}
    conduct = world.stage.conduct(actor)
    melts = conduct.melt
    if melts != "melt.none" and world.get(f"{actor}.conduct") == "insurgency":
        melts = "melt.insurgency"
    melt = world.number(melts)
    surrender = min(1.0 - melt, world.number(world.stage.conduct(captor).surrender_to))
    flee = min(world.number("flee"), 1.0 - melt - surrender)
    if not stand:
        flee = 1.0 - melt - surrender
    shares = {
        "flee": flee,
        "melt": melt,
        "surrender": surrender,
        "closed_surrender": world.number("closed.surrender"),
        "closed_stand": world.number("closed.stand"),
        "closed_melt": world.number("closed.melt") if melts != "melt.none" else 0.0,
        "closed_evacuate": 0.0,
    }
    through = round(men * world.openness(place, actor))
    free, draw = _drawn_split(world, place, force, through, weights, shares)
    shut, other = _drawn_split(world, place, force, men - through, {}, shares)
    parent = draw if through else other
    for end in sorted(weights):
        if free.routes.get(end):
            yield from column_leaves(world, place, force, PlaceId(end), free.routes[end], broke)
    cause = world.by("R5 retreat_split", flee, parent, broke)
    if free.melted + shut.melted:
        yield Happening(Melted(force, actor, place, free.melted + shut.melted), cause)
    gave_up = free.surrendered + shut.surrendered
    if gave_up:
        yield Happening(Surrendered(force, actor, place, gave_up, captor), cause)


def _drawn_split(
    world: World, place: PlaceId, force: str, men: int, ways: Mapping[str, float], shares: Mapping[str, float]
) -> tuple[Survivors, Draw]:
    """One split of some men, each part drawn at an address of its own."""
    which = "open" if ways else "closed"
    draws = [
        world.draw("retreat.split", (force, place, which, str(number)))
        for number in range(len(ways) + 2 if ways else 3)
    ]
    return retreat_split(men, ways, uniforms=[draw.value for draw in draws], **shares), draws[0]


def column_leaves(world: World, place: PlaceId, force: str, to: PlaceId, men: int, parent: str) -> Happenings:
    """Men leave for a neighbouring place; some are lost on the way, and boats carry only so many a day."""
    link = world.stage.link(place, to)
    assert link is not None, f"{place} and {to} are no neighbours"
    actor = world.root(force)
    speed = world.draw("flight.speed", (force, place, to))
    days = advance_time(link.km, world.vary("speed.unopposed", speed))
    if link.kind in ("ferry", "ford"):
        days += men / world.number("boats")
    lost_draw = world.draw("flight.lost", (force, place, to))
    lost = lost_on_the_way(lost_draw.value, men, chance=world.number("lost_on_the_way"))
    column = f"column/{actor}/{place}/{to}/{world.day}/{force}"
    due = world.due("arrival", world.after(days), column)
    cause = world.by("R5 lost_on_the_way", world.number("lost_on_the_way"), lost_draw, parent)
    yield Happening(ColumnFled(force, actor, place, to, men, column, due, lost), cause)


def _by_agreement(world: World, place: PlaceId, force: str, actor: ActorId, men: int, parent: str) -> Happenings:
    """All leave under the deal, for the nearest place that their own side holds; with none left, they surrender."""
    own = [end for end in world.stage.places if world.holder(end) == actor and end != place]
    ways = sorted((world.stage.path(place, end, frozenset()), end) for end in own)
    ways = [(path, end) for path, end in ways if path[1]]
    if not ways:
        cause = world.by("R13 evacuation_deal", None, None, parent)
        yield Happening(Surrendered(force, actor, place, men, world.holder(place) or actor), cause)
        return
    (km, _), end = ways[0]
    draw = world.draw("flight.speed", (force, place, end))
    days = advance_time(km, world.vary("speed.unopposed", draw))
    column = f"column/{actor}/{place}/{end}/{world.day}/{force}"
    due = world.due("arrival", world.after(days), column)
    cause = world.by("R13 evacuation_deal", None, draw, parent)
    yield Happening(ColumnFled(force, actor, place, end, men, column, due, 0), cause)
