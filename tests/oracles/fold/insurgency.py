"""Men in hiding on ground that an enemy holds: once a week their raids are counted, and those of them who were found."""

from __future__ import annotations

from situation.chance.quantiles import binomial_quantile
from situation.events import ActorId, KilledOff, PlaceId, PostureChanged, Raided, Surrendered
from situation.log.cells import UNSET_WORDS
from situation.rules import chance_over, posture_policy, raid_losses
from situation.story.stage import places_held
from tests.oracles.fold.battle.casualties import plan_return, share_losses
from tests.oracles.fold.battle.ending import share_alive
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["postures", "week_in_hiding"]

_WEEK = 7
"""Days over which raids and searches are counted."""


def week_in_hiding(world: World) -> Outcomes:
    """Once a week, where an enemy holds ground over men in hiding: the losses by raids, and by searches."""
    days = world.day - world.stage.day_of(int(world.get("story.branch")))
    if not days or days % _WEEK:
        return
    for force in world.get("story.forces") or ():
        men = int(world.get(f"{force}.hidden") or 0)
        if not men:
            continue
        place, actor = PlaceId(world.get(f"{force}.place")), world.root(force)
        holder = world.holder(place, actor)
        over = world.enemies(place, actor)
        if holder is not None and world.hostile(actor, holder) and over:
            yield from _raided(world, place, actor, force, men, over)
            yield from _searched(world, place, actor, force, men, holder)


def _raided(world: World, place: PlaceId, actor: ActorId, force: str, hidden: int, over: tuple[str, ...]) -> Outcomes:
    """R6: bombs and ambushes, by the number of those who hide."""
    draw = world.draw("raids", (actor, place))
    rate = world.number("raid_rate")
    lost = min(raid_losses(draw.value, hidden, float(_WEEK), rate=rate), sum(map(world.men, over)))
    losses = share_losses(world, over, lost, "raids.killed", place, actor)
    if losses:
        _, _, due = plan_return(world, (place, actor), "raids.wounded", any(loss.wounded for loss in losses))
        cause = world.by("R6 raid_losses", chance_over(rate, float(_WEEK)), draw, world.last(f"{force}.hidden"))
        yield Outcome(Raided(place, (actor,), losses, due), cause)


def _searched(world: World, place: PlaceId, actor: ActorId, force: str, hidden: int, captor: ActorId) -> Outcomes:
    """Searches: a few of those who hide are found; some of these give themselves up (R5), and the others are killed."""
    chance = chance_over(world.number("hunted"), float(_WEEK))
    draw = world.draw("hunted", force)
    seen = binomial_quantile(draw.value, hidden, chance)
    alive = binomial_quantile(world.draw("taken.alive", (force, place)).value, seen, share_alive(world, captor))
    cause = world.by("hunted", chance, draw, world.last(f"{force}.hidden"))
    if seen - alive:
        yield Outcome(KilledOff(force, actor, place, seen - alive, hidden=True), cause)
    if alive:
        yield Outcome(Surrendered(force, actor, place, alive, captor, hidden=True), cause)


def postures(world: World) -> Outcomes:
    """An actor that has lost most of what it held, or of its men, goes over to insurgency."""
    stage = world.stage
    now = places_held(world.holders())
    before = stage.held
    threshold = world.number("insurgency_threshold")
    for actor in world.ranks.armed:
        current = str(world.get(f"{actor}.posture") or UNSET_WORDS["posture"])
        had = before.get(actor, 0)
        if current == "insurgency" or not had:
            continue
        men = int(world.get(f"{actor}.started") or 0) + int(world.get(f"{actor}.arrived") or 0)
        gone = sum(int(world.get(f"{actor}.{fate}") or 0) for fate in ("killed", "surrendered", "left"))
        lost = max((had - now.get(actor, 0)) / had, gone / men if men else 0.0)
        after = posture_policy(current, lost, threshold=threshold)
        if after != current:
            cause = world.by("R9 posture_policy", lost, None, world.last(f"{actor}.posture"))
            yield Outcome(PostureChanged(actor, after.value), cause)
