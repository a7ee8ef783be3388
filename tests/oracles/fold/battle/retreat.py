"""Where a beaten defender goes, rule R5: over open ways, into hiding, into captivity; who stands, stands to the end."""

from __future__ import annotations

from collections.abc import Mapping

from situation.events import ActorId, ColumnFled, Melted, PlaceId, Surrendered
from situation.log.cells import battle_id
from situation.log.entry import Ruled
from situation.rules import Survivors, advance_time, ferry_time, lost_on_the_way, retreat_split, route_safety
from tests.oracles.fold.march.way_back import falls_back, ringed
from tests.oracles.fold.world import Draw, Outcome, Outcomes, World

__all__ = ["column_leaves", "defenders_leave", "defenders_yield", "has_refuge", "refuges", "relief_near"]


def defenders_leave(
    world: World,
    place: PlaceId,
    captor: ActorId,
    forces: tuple[str, ...],
    *,
    stand: bool,
    agreed: bool = False,
    at_hand: bool = True,
    parent: str = "",
) -> Outcomes:
    """The survivors of a defender that has broken or leaves.

    Args:
        captor: who takes the place, and those who give up.
        forces: the defender's.
        stand: whether those who take no way out stand to the last; else they go with the others, hide or give up.
        agreed: whether they leave by agreement: all of them, to the nearest ground of their own that a path leads to.
        at_hand: whether the captor stands there, so that one can give oneself up to him.
        parent: why they leave; empty: the battle.
    """
    broke = parent or world.last(f"{battle_id(place)}.fight")
    for force in forces:
        men = world.men(force)
        if not men:
            continue
        owner = world.root(force)
        ways = [way for way in world.ways_out(place, owner) if not ringed(world, way[1], owner)]
        if world.get(f"{force}.kind") == "field" and ways:
            draw = world.draw("retreat.pause", (force, place))
            rest = world.vary("attacker_pause", draw)
            cause = world.by("retreat of a field force", rest, draw, broke)
            yield from falls_back(world, force, place, ways[0][1], rest, cause)
            continue
        if agreed:
            yield from _by_agreement(world, place, force, owner, captor, men, broke)
            continue
        yield from _split(world, place, force, owner, captor, men, stand, at_hand, broke)


def defenders_yield(world: World, place: PlaceId, captor: ActorId, forces: tuple[str, ...], cause: Ruled) -> Outcomes:
    """All of a garrison give themselves up."""
    for force in forces:
        if world.men(force):
            yield Outcome(Surrendered(force, world.root(force), place, world.men(force), captor), cause)


def relief_near(world: World, place: str, actor: ActorId) -> bool:
    """Whether a field force of the defender's side is on its way to the place, or stands next to it."""
    beside = {place, *(end for _, end in world.stage.ways.get(place, ()))}
    for force in world.get("story.fields") or ():
        where = world.get(f"{force}.to") or world.get(f"{force}.place")
        if where in beside and world.men(force) and world.friends(actor, world.root(force)):
            return True
    return False


def _split(
    world: World,
    place: PlaceId,
    force: str,
    actor: ActorId,
    captor: ActorId,
    men: int,
    stand: bool,
    at_hand: bool,
    broke: str,
) -> Outcomes:
    """As many as the open ways carry split as men with a way out; the rest, as men without (golden bridges and rings)."""
    raids = world.get(f"{actor}.posture") == "insurgency"
    orderly = not at_hand and not raids  # a garrison that leaves in time goes as a body, and nobody has to hide
    havens = refuges(world, place, actor)
    ways = [(link, end) for link, end in world.ways_out(place, actor) if not ringed(world, end, actor)]
    weights = {
        str(end): world.capacity(link) * _safety(world, str(end), actor, men)
        for link, end in ways
        if not orderly or end in havens
    }
    conduct = world.stage.conduct(actor)
    melts = conduct.melt
    if melts != "melt.none" and raids:
        melts = "melt.insurgency"
    through = men if orderly else round(men * world.openness(place, actor)) if weights else 0
    with_them = (
        world.number("melt") if melts == "melt.none" else 0.0
    )  # soldiers do not hide: they go with those who flee
    shares = {
        "flee": min(1.0, world.number("flee") + with_them) if stand else 1.0,
        "melt": 0.0 if orderly else world.number(melts),
        "surrender": world.number(world.stage.conduct(captor).surrender_to) if at_hand else 0.0,
    }
    refuge = _refuge(world, place, actor) if through < men else None
    closed = {
        "closed_surrender": world.number("closed.surrender"),
        "closed_stand": world.number("closed.stand") if stand else 0.0,
        "closed_melt": world.number("closed.melt") if melts != "melt.none" else 0.0,
        "closed_evacuate": world.number("closed.evacuate") if refuge else 0.0,
    }
    if not any(closed.values()):
        closed["closed_stand"] = 1.0
    shares |= closed
    free, open_draws = _drawn_split(world, place, force, through, weights, shares)
    shut, closed_draws = _drawn_split(world, place, force, men - through, {}, shares)

    def cause(part: str) -> Ruled:
        draws, name = (open_draws, part) if through else (closed_draws, f"closed_{part}")
        return world.by("R5 retreat_split", shares[name], draws[part], broke)

    for end in weights:
        if free.routes.get(end):
            yield from column_leaves(world, place, force, PlaceId(end), free.routes[end], broke)
    if shut.evacuated:
        share = world.by("R5 retreat_split", shares["closed_evacuate"], closed_draws["evacuate"], broke)
        yield from _by_agreement(world, place, force, actor, captor, shut.evacuated, broke, share)
    if free.melted + shut.melted:
        yield Outcome(Melted(force, actor, place, free.melted + shut.melted), cause("melt"))
    gave_up = free.surrendered + shut.surrendered
    if gave_up:
        yield Outcome(Surrendered(force, actor, place, gave_up, captor), cause("surrender"))


def _safety(world: World, end: str, actor: ActorId, men: int) -> float:
    """How safe a way out is, by the enemies seen within a day's march of its end, and the friends at it (R5)."""
    near = world.stage.around(end, world.number("day_march"))
    enemy = sum(world.men(force) for place in near for force in world.enemies(place, actor))
    for force in world.get("story.fields") or ():
        if world.get(f"{force}.to") in near and world.hostile(actor, world.root(force)):
            enemy += world.men(force)
    friends = sum(map(world.men, world.side(end, lambda other: world.friends(actor, other))))
    return route_safety(float(men + friends), float(enemy))


def _drawn_split(
    world: World, place: PlaceId, force: str, men: int, ways: Mapping[str, float], shares: Mapping[str, float]
) -> tuple[Survivors, Mapping[str, Draw]]:
    """One split of some men, with the draw of each part by its name."""
    which = "open" if ways else "closed"
    parts = ("melt", "surrender", "stand") if ways else ("surrender", "melt", "evacuate")
    draws = {part: world.draw("retreat.split", (force, place, which, part)) for part in parts}
    roads = [world.draw("retreat.split", (force, place, which, "flee", end)) for end in tuple(ways)[:-1]]
    uniforms = [draw.value for draw in (*draws.values(), *roads)]
    return retreat_split(men, ways, uniforms=uniforms, **shares), draws


def column_leaves(world: World, place: PlaceId, force: str, to: PlaceId, men: int, parent: str) -> Outcomes:
    """Men leave for a neighbouring place; some are lost on the way, and boats carry only so many a day."""
    link = world.stage.link(place, to)
    assert link is not None, f"{place} and {to} are no neighbours"
    actor = world.root(force)
    speed = world.draw("flight.speed", (force, place, to))
    days = advance_time(link.km, world.vary("speed.unopposed", speed))
    if world.stage.ground.link_kinds[link.kind].boats:
        days += ferry_time(men, boats=world.number("boats"))
    lost_draw = world.draw("flight.lost", (force, place, to))
    lost = lost_on_the_way(lost_draw.value, men, chance=world.number("lost_on_the_way"))
    column = f"column/{actor}/{place}/{to}/{world.day}/{force}"
    due = world.due("arrival", world.after(days), column)
    cause = world.by("R5 lost_on_the_way", world.number("lost_on_the_way"), lost_draw, parent)
    yield Outcome(ColumnFled(force, actor, place, to, men, column, due, lost), cause)


def _refuge(world: World, place: PlaceId, actor: ActorId) -> tuple[float, PlaceId] | None:
    """The nearest place that an actor holds and nobody rings, with the km of the path there, whoever holds what lies between."""
    own = [end for end in world.ranks.places if world.holder(end, actor) == actor and end != place]
    ways = ((*world.stage.path(place, end, frozenset()), end) for end in own if not ringed(world, end, actor))
    return min(((km, end) for km, path, end in ways if path), key=lambda way: way[0], default=None)


def refuges(world: World, place: PlaceId, actor: ActorId) -> tuple[PlaceId, ...]:
    """The places next to it, none ringed, that men can leave for over an open way: those of their own side; else open ground."""
    ends = tuple(end for _, end in world.ways_out(place, actor) if not ringed(world, end, actor))
    own = [end for end in ends if (there := world.holder(end, actor)) is not None and world.friends(actor, there)]
    return tuple(own or (end for end in ends if world.stage.is_open(end)))


def has_refuge(world: World, place: PlaceId, actor: ActorId) -> bool:
    """Whether an actor holds another place, not ringed, that a path leads to, whoever holds what lies between."""
    return _refuge(world, place, actor) is not None


def _by_agreement(
    world: World,
    place: PlaceId,
    force: str,
    actor: ActorId,
    captor: ActorId,
    men: int,
    parent: str,
    share: Ruled | None = None,
) -> Outcomes:
    """Men leave under a deal, unharmed, for the nearest place that their own side holds; with none left, they surrender.

    Args:
        share: why these men alone, where not all leave.
    """
    refuge = _refuge(world, place, actor)
    if refuge is None:
        cause = world.by("R13 evacuation_deal", None, None, parent)
        yield Outcome(Surrendered(force, actor, place, men, captor), cause)
        return
    km, end = refuge
    draw = world.draw("flight.speed", (force, place, end))
    days = advance_time(km, world.vary("speed.unopposed", draw))
    column = f"column/{actor}/{place}/{end}/{world.day}/{force}/agreed"
    due = world.due("arrival", world.after(days), column)
    cause = share or world.by("R13 evacuation_deal", None, draw, parent)
    yield Outcome(ColumnFled(force, actor, place, end, men, column, due, 0), cause)
