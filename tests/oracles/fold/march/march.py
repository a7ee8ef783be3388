"""Marches, arrivals and river crossings: rules R4 (advance) and R11."""

from __future__ import annotations

from collections.abc import Callable

from situation.dates import DAY
from situation.events import ActorId, Arrived, AttackPutOff, Entered, MarchBegan, MarchQuickened, PlaceId, Surrendered
from situation.log.cells import order_id
from situation.log.entry import Ruled
from situation.rules import advance_time, opposed_time, river_passage
from tests.oracles.fold.battle.day import battle_begins
from tests.oracles.fold.battle.odds import join_battle
from tests.oracles.fold.estimate import Estimate, has_hope, of_an_attack
from tests.oracles.fold.march.closures import impassable
from tests.oracles.fold.march.sighting import sighted, stood_long
from tests.oracles.fold.march.way_back import falls_back, ringed, safe_place
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["arrival", "face_to_face", "pace", "quickened", "set_out"]


def pace(world: World, actor: str, to: str, kind: str) -> str:
    """The number that a leg's speed is drawn from, by who holds its end and stands there, and by the ground.

    `speed.opposed` holds for the last km before men who defend a place; up to there, and toward a place that is the
    enemy's though none of his men stand in it, a column goes at `speed.light`.
    """
    there = world.holder(to, actor)
    if not world.enemies(to, actor):
        return "speed.light" if there is not None and world.hostile(actor, there) else "speed.unopposed"
    return "speed.light" if world.stage.ground.link_kinds[kind].light or world.stage.is_open(to) else "speed.opposed"


def set_out(world: World, force: str, to: PlaceId, km: float | None = None) -> Outcomes:
    """A force sets out for a neighbouring place: its leg's speed is drawn, and with it the time of arrival.

    Args:
        km: what is left of the leg, where part of it lies behind; None: all of it.
    """
    here = PlaceId(world.get(f"{force}.place"))
    actor = world.root(force)
    link = world.stage.link(here, to, impassable(world, actor)) or world.stage.link(here, to)
    assert link is not None, f"{here} and {to} are no neighbours"
    name = pace(world, actor, to, link.kind)
    draw = world.draw("march.speed", (force, here, to))
    left = link.km if km is None else min(km, link.km)
    if name == "speed.opposed":
        approach = world.vary("speed.light", world.draw("march.approach", (force, here, to)))
        contact = world.number("contact")
        days = opposed_time(left, contact=contact, approach_speed=approach, contact_speed=world.vary(name, draw))
    else:
        days = advance_time(left, world.vary(name, draw))
    if name != "speed.unopposed" and world.stage.ground.link_kinds[link.kind].water:
        head = world.draw("march.bridgehead", (force, here, to))
        days += river_passage(bridge=False, bridgehead=world.vary("bridgehead", head))
    due = world.due("arrival", world.after(days), force)
    rule = "R4 opposed_time" if name == "speed.opposed" else "R4 advance_time"
    cause = world.by(rule, days, draw, world.last(f"{order_id(force)}.due"), world.last(f"{force}.place"))
    who, men, afresh = world.get(f"{force}.actor"), world.men(force), stood_long(world, force)
    begun = MarchBegan(force, who, here, to, men, due, left, name, afresh)
    yield Outcome(begun, cause)
    yield from sighted(world, force, to, left)


def arrival(world: World, force: str) -> Outcomes:
    """A force, or a column in flight, reaches its goal: joins a battle, begins one, turns back, or stays."""
    to = PlaceId(world.get(f"{force}.to"))
    actor = world.root(force)
    cause = world.by("march's end", None, None, world.last(f"{force}.due"))
    if world.get(f"{force}.kind") == "column":
        yield from _column(world, force, actor, to)
        return
    there = world.holder(to, actor)
    fight = world.fight(to)
    if fight is not None:
        beside = world.friends(actor, fight.attacker) and world.hostile(actor, fight.defender)
        behind = world.friends(actor, fight.defender)
        if not beside and not behind:
            yield from _turned_back(world, force, to)
            return
        yield Outcome(Arrived(force, actor, to), cause)
        yield from join_battle(world, force, to)
        return
    enemies = world.enemies(to, actor)
    if enemies or (there is not None and world.hostile(actor, there)):
        judged = of_an_attack(world, force, to, world.now + DAY)
        if world.to_come(f"{force}.resting"):
            yield from _turned_back(world, force, to)
            return
        if not has_hope(world, judged):
            yield from _put_off(world, force, to, judged)
            return
        why = _begun(world, force, to, judged, "arrival before the enemy")
        yield Outcome(Arrived(force, actor, to), cause)
        defender = there if there is not None and world.hostile(actor, there) else world.root(enemies[0])
        yield from _before_the_enemy(world, force, actor, to, defender, why(world.last(f"{force}.place")))
        return
    if there is not None and not world.friends(actor, there):
        yield from _turned_back(world, force, to)
        return
    yield Outcome(Arrived(force, actor, to), cause)
    if there is None and not world.stage.is_open(to):
        yield from battle_begins(world, to, actor, None)


def _begun(world: World, force: str, place: PlaceId, judged: Estimate, rule: str) -> Callable[[str], Ruled]:
    """Why a force before an enemy attacks, with the row by which it came: by its estimate (R3), or by a rule."""
    if judged.ratio is None:
        return lambda came: world.by(rule, None, None, came)
    counted = (*judged.forces, *world.enemies(place, world.root(force)))
    numbers = [world.last(f"{body}.number") for body in counted]
    return lambda came: world.by("R3 attack_has_hope", judged.ratio, judged.draw, came, *numbers)


def _before_the_enemy(
    world: World, force: str, actor: ActorId, place: PlaceId, defender: ActorId, why: Ruled
) -> Outcomes:
    """A force that stands where an enemy does has entered the place, and the battle for it begins."""
    yield Outcome(Entered(place, (world.get(f"{force}.actor"),), defender), why)
    yield from battle_begins(world, place, actor, defender)


def face_to_face(world: World) -> Outcomes:
    """Field forces that stand where an enemy does and in no battle begin one, once they are rested.

    So do those that begin a story there or are raised there, that were thrown back with nowhere to go, and those whose
    neighbour in a place becomes an enemy. Whoever holds the place, or a friend of his, waits to be attacked.
    """
    for force in world.get("story.fields") or ():
        place, actor = world.get(f"{force}.place"), world.root(force)
        if place is None or world.to_come(f"{force}.resting") or not world.men(force) or world.fight(place) is not None:
            continue
        there = world.holder(place, actor)
        shares = there == actor and world.get(f"{place}.status") == "mixed"
        among = next(map(world.root, world.enemies(place, actor)), None)
        foe = among if there is None or shares else there
        if foe is None or not world.hostile(actor, foe):
            continue
        judged = of_an_attack(world, force, place, world.now + DAY)
        if has_hope(world, judged):
            why = _begun(world, force, place, judged, "face to face")(world.last(f"{force}.place"))
            yield from _before_the_enemy(world, force, actor, place, foe, why)


def _column(world: World, force: str, actor: ActorId, to: PlaceId) -> Outcomes:
    """A column joins its own garrison; on open ground, or where the enemy now stands, it goes into hiding.

    Soldiers who do not hide go on to the nearest place of their own side, where a way leads to one; else they give themselves
    up to an enemy who stands there.
    """
    cause = world.by("flight's end", None, None, world.last(f"{force}.due"))
    there = world.holder(to, actor)
    hides = world.stage.is_open(to) or there is None or not world.friends(actor, there)
    men = world.men(force)
    if hides and world.stage.conduct(actor).melt == "melt.none":
        closed = world.barred(actor, enemies=True)
        own = [
            end
            for end in world.ranks.places
            if end != to and (holder := world.holder(end, actor)) and world.friends(actor, holder)
        ]
        paths = (
            world.stage.path(to, end, closed, impassable(world, actor)) for end in own if not ringed(world, end, actor)
        )
        _, way = min(paths, key=lambda path: path[0], default=(0.0, ()))
        if way:
            yield Outcome(Arrived(force, actor, to), cause)
            yield from set_out(world, force, way[0])
            return
        if there is not None and world.hostile(actor, there) and men:
            yield Outcome(Arrived(force, actor, to), cause)
            last = world.by("flight's end", None, None, world.last(f"{force}.place"), world.last(f"{to}.holder"))
            yield Outcome(Surrendered(force, actor, to, men, there), last)
            return
    joins = None if hides else f"{actor}@{to}"
    yield Outcome(Arrived(force, actor, to, joins=joins, hides=hides), cause)
    fight = world.fight(to)
    if fight is not None and not hides and fight.defender == actor:
        yield from join_battle(world, f"{actor}@{to}", to, men)


def _turned_back(world: World, force: str, to: PlaceId) -> Outcomes:
    """A force whose goal is in hands that it may not fight goes back where it came from."""
    cause = world.by("goal in other hands", None, None, world.last(f"{force}.due"), world.last(f"{to}.holder"))
    yield from falls_back(world, force, to, _elsewhere(world, force, to), 1.0, cause)


def _put_off(world: World, force: str, to: PlaceId, judged: Estimate) -> Outcomes:
    """A force that finds its goal too strong waits for friends on the road, where they are enough (R3), or goes back."""
    cause, who = (
        world.by("R3 attack_has_hope", judged.ratio, judged.draw, world.last(f"{force}.due")),
        world.root(force),
    )
    late = [
        due.minute
        for other in world.get("story.fields") or ()
        if world.get(f"{other}.to") == to and world.men(other) and world.friends(who, world.root(other))
        if (due := world.get(f"{other}.due")).minute > world.now + DAY
    ]
    if late and has_hope(world, of_an_attack(world, force, to)):
        due = world.due("arrival", min(late), force)
        yield Outcome(AttackPutOff(force, world.get(f"{force}.actor"), to, judged.ratio or 0.0, due), cause)
        return
    yield Outcome(AttackPutOff(force, world.get(f"{force}.actor"), to, judged.ratio or 0.0), cause)
    yield from falls_back(world, force, to, _elsewhere(world, force, to), 1.0, cause)


def _elsewhere(world: World, force: str, to: PlaceId) -> PlaceId:
    """Where a force goes that cannot stay where it was bound for: where it came from, or where it is safe."""
    back = PlaceId(world.get(f"{force}.from"))
    return back if back != to else safe_place(world, force, to)


_UNOPPOSED = "speed.unopposed"


def quickened(world: World) -> Outcomes:
    """Forces whose enemy has left their goal go the rest of the leg at a freer pace; it is the share of the time left."""
    for force in world.get("story.fields") or ():
        to = world.get(f"{force}.to")
        begun = world.state.because.get(f"{force}.to")
        if to is None or begun is None or not isinstance(begun.event, MarchBegan) or begun.event.pace == _UNOPPOSED:
            continue
        here, actor = begun.event.place, world.root(force)
        link, due = world.stage.link(here, to), world.get(f"{force}.due")
        if link is None or world.enemies(to, actor):
            continue
        free = pace(world, actor, to, link.kind)
        if free == begun.event.pace:
            continue
        left = begun.event.km * (due.minute - world.now) / (due.minute - begun.time)
        draw = world.draw("march.free", (force, here, to), begun.time)
        days = advance_time(max(0.0, left), world.vary(free, draw))
        sooner = world.due("arrival", world.after(days), force)
        if sooner.minute < due.minute:
            cause = world.by("R4 advance_time", days, draw, begun.id, world.last(f"{to}.holder"))
            yield Outcome(MarchQuickened(force, world.get(f"{force}.actor"), here, to, sooner), cause)
