"""Contact between forces that are not enemies, rule R8: incidents, the ladder to a confrontation, and its end."""

from __future__ import annotations

from situation.dates import DAY
from situation.events import (
    CeasefireAgreed,
    ClashStepped,
    Conceded,
    FireExchanged,
    Loss,
    OperationPaused,
    PlaceId,
    StanceChanged,
)
from situation.log.entry import Entry, Ruled
from situation.rules import Rung, chance_over, clash_intensity, concedes, fire_losses, ladder_step
from tests.oracles.fold.battle.casualties import plan_return, share_losses
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["contacts", "fronts"]

_LINES = ("deconflicted", "tolerated")
"""Stances under which a line between the two holds, agreed or in practice."""
_REMEMBERED = 60
"""Days after which an incident is forgotten."""


def fronts(world: World) -> tuple[tuple[str, str, int, PlaceId], ...]:
    """Pairs of armed actors that are neither friends nor enemies and hold neighbouring places.

    Returns: each pair by rank, the number of links along which they touch, and of the places of its host the first by rank.
    """
    ranks = world.ranks
    touching = [front for front in world.stage.contacts(world.holders()) if not world.friends(front[0], front[1])]
    touching.sort(key=lambda front: sorted(map(ranks.of, front[:2])))
    return tuple(
        (one, other, len(links), min((ends[_host(world, one, other) == other] for ends in links), key=ranks.of))
        for one, other, links in touching
    )


def _host(world: World, one: str, other: str) -> str:
    """On whose side of a front it is counted where it lies: the first of the two by rank."""
    return min(one, other, key=world.ranks.of)


def contacts(world: World) -> Outcomes:
    """A day on every front: an incident, a step on the ladder, a confrontation, or its end."""
    for one, other, links, place in fronts(world):
        if world.hostile(one, other):
            yield from _war(world, one, other, place)
            continue
        pair = f"{one}:{other}"
        rung = int(world.get(f"{pair}.rung") or 0)
        if rung == Rung.CONFRONTATION:
            kept = tuple(day for day in world.get(f"{pair}.incidents") or () if world.day - day <= _REMEMBERED)
            cause = world.by("R8 ladder_step", None, None, world.last(f"{pair}.stance"))
            yield Outcome(_step(one, other, place, int(Rung.CALM), kept), cause)
            continue
        draw = world.draw("contact", (one, other))
        days = tuple(day for day in world.get(f"{pair}.incidents") or () if world.day - day <= _REMEMBERED)
        if rung == Rung.CALM:
            rate = clash_intensity(
                min(1.0, links / world.number("contact.full")),
                [float(world.day - day) for day in days],
                line_in_force=world.stance(one, other) in _LINES,
                rate=world.between("clash_rate", one, other),
                lapsed=world.between("clash_lapsed", one, other),
                echo=world.between("clash_echo", one, other),
                fade=world.between("clash_fade", one, other),
            )
            odds = chance_over(rate)
            if draw.value < odds:
                cause = world.by("R8 clash_intensity", odds, draw, world.last(f"{one}:{other}.stance"))
                yield Outcome(_step(one, other, place, 1, (*days, world.day)), cause)
            continue
        if rung in (Rung.REPRISAL, Rung.EXCHANGE):
            yield from _fire(world, one, other, place, rung)
        up, down = world.between("ladder_up", one, other), world.between("ladder_down", one, other)
        after = ladder_step(draw.value, rung, up=up, down=down)
        if after == rung:
            continue
        cause = world.by("R8 ladder_step", up if after > rung else down, draw, world.last(f"{pair}.rung"))
        yield Outcome(_step(one, other, place, int(after), days), cause)
        if after == Rung.EXCHANGE and after > rung:
            yield from _conceded(world, one, other, place, days)
        if after == Rung.CONFRONTATION:
            yield from _confronted(world, one, other)


def _fire(world: World, one: str, other: str, place: PlaceId, rung: int) -> Outcomes:
    """What a day's fire costs each side of those in contact: at the front's place, and next to it on the other side."""
    if world.fight(place) is not None:
        return
    beside = dict.fromkeys(end for _, end in world.stage.ways.get(place, ()) if world.fight(end) is None)
    host = _host(world, one, other)
    guest = other if host == one else one
    sides = {
        host: world.side(place, host.__eq__),
        guest: tuple(force for end in beside for force in world.side(end, guest.__eq__)),
    }
    losses: list[Loss] = []
    draws = {actor: world.draw("contact.fire", (one, other, actor)) for actor in sides}
    for actor, forces in sides.items():
        men = sum(map(world.men, forces))
        most = {"reprisals": world.number("fire.reprisals"), "exchange": world.number("fire.exchange")}
        hit = fire_losses(draws[actor].value, rung, men, **most)
        losses += share_losses(world, forces, hit, "fire.killed", place, actor)
    if losses:
        wounded = any(loss.wounded for loss in losses)
        _, _, due = plan_return(world, (place, one, other), "fire.wounded", wounded)
        cause = world.by("R8 fire_losses", float(rung), draws[one], world.last(f"{one}:{other}.rung"))
        fired = FireExchanged(place, (one, other), tuple(losses), due)  # type: ignore[arg-type]
        yield Outcome(fired, cause)


def _step(one: str, other: str, place: PlaceId, rung: int, days: tuple[int, ...]) -> ClashStepped:
    return ClashStepped(one, other, place, rung, days)  # type: ignore[arg-type]


def _strength(world: World, actor: str) -> int:
    return sum(world.men(force) for force in world.get("story.forces") or () if world.root(force) == actor)


def _conceded(world: World, one: str, other: str, place: PlaceId, days: tuple[int, ...]) -> Outcomes:
    """At sustained fire the weaker side may give way, and the clash is over."""
    draw = world.draw("contact.concedes", (one, other))
    odds = world.between("concession", one, other)
    if concedes(draw.value, int(Rung.EXCHANGE), chance=odds):
        weaker, stronger = sorted((one, other), key=lambda actor: (_strength(world, actor), world.ranks.of(actor)))
        cause = world.by("R8 concedes", odds, draw, world.last(f"{one}:{other}.rung"))
        yield Outcome(Conceded(weaker, stronger), cause)  # type: ignore[arg-type]
        yield Outcome(_step(one, other, place, 0, days), cause)


def _confronted(world: World, one: str, other: str) -> Outcomes:
    """The two are enemies now, and their plans wait while they turn to each other."""
    climbed = world.last(f"{one}:{other}.rung")
    cause = world.by("R8 ladder_step", None, None, climbed)
    yield Outcome(StanceChanged(one, other, "hostile"), cause)  # type: ignore[arg-type]
    until = world.now + round(world.between("confrontation_days", one, other) * DAY)
    for name, plan in world.ranks.plans:
        paused = world.get(f"{name}.paused_until")
        if world.stage.ground.root(plan.actor) in (one, other) and (paused is None or int(paused) < until):
            yield Outcome(OperationPaused(name, until, "diverted"), world.by("R8 ladder_step", None, None, climbed))


def _enemies_since(world: World, one: str, other: str) -> Entry | None:
    """The entry of the story that made enemies of two; None where they were so before it."""
    cells = [f"{one}:{other}.stance", f"{other}:{one}.stance"]
    because = [world.state.because[cell] for cell in cells if world.get(cell) == "hostile"]
    return because[0] if all(isinstance(entry.cause, Ruled) for entry in because) else None


def _war(world: World, one: str, other: str, place: PlaceId) -> Outcomes:
    """Enemies in contact. Who became so in this story is in a confrontation, and the fire across its front costs lives.

    One that climbed the ladder may end by a ceasefire. Wars that the record or the scenario begins go on.
    """
    since = _enemies_since(world, one, other)
    if since is None:
        return
    if int(world.get(f"{one}:{other}.rung") or 0) != Rung.CONFRONTATION:
        days = tuple(day for day in world.get(f"{one}:{other}.incidents") or () if world.day - day <= _REMEMBERED)
        yield Outcome(
            _step(one, other, place, int(Rung.CONFRONTATION), days), world.by("face to face", None, None, since.id)
        )
        return
    yield from _fire(world, one, other, place, int(Rung.CONFRONTATION))
    if not isinstance(since.cause, Ruled) or since.cause.rule != "R8 ladder_step":
        return
    odds = chance_over(world.between("ceasefire_rate", one, other))
    draw = world.draw("contact.ceasefire", (one, other))
    if draw.value < odds:
        cause = world.by("ceasefire", odds, draw, world.last(f"{one}:{other}.stance"))
        yield Outcome(CeasefireAgreed(one, other), cause)  # type: ignore[arg-type]
