"""How a battle ends: the place falls and is garrisoned (R12, R10), the attack is thrown back, or it is called off."""

from __future__ import annotations

from situation.chance.quantiles import binomial_quantile
from situation.dates import DAY
from situation.events import (
    ActorId,
    BattleEnded,
    Captured,
    Fight,
    GarrisonPosted,
    HandedOver,
    KilledOff,
    Loss,
    Melted,
    OperationPaused,
    PlaceId,
    Repelled,
    SiegeBroken,
    Surrendered,
)
from situation.log.cells import battle_id
from situation.log.entry import Ruled
from situation.log.state import holders_in
from situation.rules import garrison, tempo
from tests.oracles.fold.battle.casualties import plan_return
from tests.oracles.fold.battle.retreat import column_leaves
from tests.oracles.fold.battle.search import men_bound, search_begins
from tests.oracles.fold.holding import holding_of
from tests.oracles.fold.march.axes import forces_of
from tests.oracles.fold.march.way_back import falls_back, safe_place
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["attack_fails", "called_off", "place_falls", "share_alive"]


def _over(world: World, place: PlaceId, outcome: str, forces: tuple[str, ...]) -> Outcome:
    """The battle's end, with the wounded of each force listed, to come back one day."""
    wounded = tuple(
        Loss(force, 0, int(world.get(f"{force}.wounded"))) for force in forces if world.get(f"{force}.wounded")
    )
    draw, days, due = plan_return(world, place, "battle.wounded", bool(wounded))
    cause = world.by("R2 wounded_return", days if wounded else None, draw, world.last(f"{battle_id(place)}.fight"))
    return Outcome(BattleEnded(place, outcome, wounded, due), cause)  # type: ignore[arg-type]


def called_off(world: World, place: PlaceId, fight: Fight) -> Outcomes:
    """Nobody attacks any more, or the two are no longer enemies."""
    holder = world.holder(place, fight.defender)
    if holder is not None and world.get(f"{place}.status") in ("contested", "besieged"):
        yield from _held(
            world, place, fight, world.by("battle called off", None, None, world.last(f"{battle_id(place)}.fight"))
        )
    yield _over(world, place, "called off", tuple(world.get(f"{place}.bodies") or ()))


def _held(world: World, place: PlaceId, fight: Fight, cause: Ruled) -> Outcomes:
    """The attack is thrown back, and with it a siege, if there was one."""
    holder = world.holder(place, fight.defender) or fight.defender
    if fight.attacker in holders_in(world.get(f"{place}.besieger")):
        yield Outcome(SiegeBroken(place, (holder,), fight.attacker), cause)
    yield Outcome(Repelled(place, (holder,), fight.attacker), cause)


def attack_fails(world: World, place: PlaceId, fight: Fight, ours: tuple[str, ...], broke: Ruled) -> Outcomes:
    """The attacker has broken, or breaks off: it goes back and pauses (R3). The defender has held.

    Men whom garrisons near by had sent go back to them; raiders who had come out of hiding hide again. Soldiers who do not hide
    and have nowhere to go give themselves up.
    """
    everyone = tuple(world.get(f"{place}.bodies") or ())
    parent = world.last(f"{battle_id(place)}.fight")
    if fight.attacker != fight.defender:
        yield from _held(world, place, fight, broke)
    yield _over(world, place, "thrown back", everyone)
    for force in ours:
        men, actor = world.men(force), world.root(force)
        if world.get(f"{force}.kind") == "raid":
            home = safe_place(world, force, place) if world.get(f"{force}.from") is not None else place
            if men and home != place and world.stage.link(place, home) is not None:
                yield from column_leaves(world, place, force, home, men, parent)
            elif men and world.stage.conduct(actor).melt == "melt.none":
                yield Outcome(Surrendered(force, actor, place, men, fight.defender), broke)
            elif men:
                yield Outcome(Melted(force, actor, place, men), broke)
            continue
        draw = world.draw("attack.pause", (force, place))
        rest = world.vary("attacker_pause", draw)
        cause = world.by("attacker's pause", rest, draw, parent)
        yield from falls_back(world, force, place, safe_place(world, force, place), rest, cause)


def place_falls(world: World, place: PlaceId, fight: Fight, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Outcomes:
    """The place is taken: who still stands is overrun; the largest of the takers holds it, and searches it from now on."""
    everyone = tuple(force for force in world.get(f"{place}.bodies") or () if force not in theirs)
    parent = world.last(f"{battle_id(place)}.fight")
    for force in (force for force in theirs if world.get(f"{force}.place") == place):
        if world.men(force):
            yield from _overrun(world, place, force, fight.attacker, parent)
        wounded = int(world.get(f"{force}.wounded") or 0)
        if wounded:
            cause = world.by("fall of the place", None, None, parent)
            yield Outcome(Surrendered(force, world.root(force), place, wounded, fight.attacker, True), cause)
    order = sorted((force for force in ours if world.men(force)), key=lambda force: -world.men(force))
    units = tuple(dict.fromkeys(world.get(f"{force}.actor") for force in order))
    by = (*units[:1], *sorted(units[1:]))
    against = None if fight.attacker == fight.defender else fight.defender
    through = world.stage.area(place)[0]
    cause = world.by("R4 passage_time", through, None, parent)
    yield Outcome(Captured(place, by, against), cause)
    yield _over(world, place, "taken", everyone)
    captured = world.last(f"{place}.holder")
    yield from _garrisoned(world, place, order[0], captured)
    yield from _regrouped(world, place, order, captured)
    yield from _handed_over(world, place, order[0], against, captured)


def _overrun(world: World, place: PlaceId, force: str, captor: ActorId, parent: str) -> Outcomes:
    """Of those who still stand where a place falls some are taken alive (R5), and the others die there."""
    odds, draw = share_alive(world, captor), world.draw("taken.alive", (force, place))
    alive = binomial_quantile(draw.value, world.men(force), odds)
    dead, cause = world.men(force) - alive, world.by("fall of the place", odds, draw, parent)
    if dead:
        yield Outcome(KilledOff(force, world.root(force), place, dead), cause)
    if alive:
        yield Outcome(Surrendered(force, world.root(force), place, alive, captor), cause)


def share_alive(world: World, captor: ActorId) -> float:
    """R5: the share of men overrun or found who are taken alive."""
    feared = world.stage.conduct(captor).surrender_to == "surrender.feared"
    return world.number("taken_alive.feared" if feared else "taken_alive")


def _garrisoned(world: World, place: PlaceId, force: str, parent: str) -> Outcomes:
    """R12: part of the largest force stays, and more until the place is searched; raiders all stay."""
    men, actor = world.men(force), world.root(force)
    holding, searching = holding_of(world, actor, place), 0
    if world.get(f"{force}.kind") == "raid":
        stays = men
    else:
        most = world.number("holding_most")
        _, holds = garrison(men, holding=holding, most=most)
        _, stays = garrison(men, holding=holding + men_bound(world, place), most=most)
        searching = stays - holds
    if stays:
        due = search_begins(world, place)
        posted = GarrisonPosted(force, actor, place, stays, searching, due)
        yield Outcome(posted, world.by("R12 garrison", None, None, parent))


def _handed_over(world: World, place: PlaceId, force: str, against: ActorId | None, parent: str) -> Outcomes:
    """An objective that the largest force took for a friend is the friend's, though its own men stay to hold it."""
    actor = world.root(force)
    for name, plan in world.ranks.plans:
        host = plan.holds_for if force in forces_of(world, name) and place in plan.goals else None
        if host is not None and host != actor and world.friends(actor, host):
            cause = world.by("holds for a friend", None, None, parent, world.last(f"{actor}:{host}.stance"))
            yield Outcome(HandedOver(place, (world.get(f"{force}.actor"),), host, against), cause)
            return


def _regrouped(world: World, place: PlaceId, forces: list[str], parent: str) -> Outcomes:
    """R10: every plan that had this town among its objectives regroups before the next; a hill or a crossing stops nobody."""
    if not world.stage.ground.is_town(place):
        return
    for name, plan in world.ranks.plans:
        if place in plan.goals and any(force in forces_of(world, name) for force in forces):
            prior = world.stage.numbers[plan.regroup]
            draw = world.draw("plan.regroups", (name, place))
            days = tempo(draw.value, low=prior.low, middle=prior.best, high=prior.high)
            until = max(int(world.get(f"{name}.paused_until") or 0), world.now + max(DAY // 24, round(days * DAY)))
            cause = world.by("R10 tempo", days, draw, parent)
            yield Outcome(OperationPaused(name, until, "regroup", forces_of(world, name), place), cause)
