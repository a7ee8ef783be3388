"""Counter-attacks on captured places, rule R6: men in hiding come out, and garrisons near by send a part of theirs."""

from __future__ import annotations

from collections.abc import Mapping

from situation.chance.portable import exp
from situation.dates import DAY
from situation.events import TOGETHER, ActorId, Attacked, Captured, Emerged, Entered, HandedOver, PlaceId
from situation.log.entry import Ruled
from situation.rules import counterattack_chance, share_sent
from tests.oracles.fold.battle.day import battle_begins
from tests.oracles.fold.battle.odds import strength
from tests.oracles.fold.estimate import believed, retaking_has_hope
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["counterattacks"]

_FORGOTTEN = 5.0
"""After this many times the decay of R6 a capture draws no counter-attack any more: under 1 % of the hazard is left."""


def counterattacks(world: World) -> Outcomes:
    """Each captured place may be attacked again today by those who lost it."""
    rate, decay = world.number("recapture_rate"), world.number("recapture_decay")
    least, near = world.number("recapture_least"), world.number("recapture_near")
    armed, cells, because = world.ranks.armed, world.cells, world.state.because
    foes = {holder: [actor for actor in armed if world.hostile(actor, holder)] for holder in armed}
    words = dict(zip(world.stage.places, world.holders(), strict=True))
    earliest = world.now - round(_FORGOTTEN * decay * DAY)
    for place in world.ranks.places:
        word = words[place]
        if word is None:
            continue
        entry = because[f"{place}.holder"]
        if entry.time < earliest or not isinstance(entry.event, Captured | HandedOver):
            continue
        days, loser = (world.now - entry.time) / DAY, entry.event.against
        for actor in world.ranks.ordered(_foes(word, foes)):
            holder = world.holder(place, actor)
            if holder is None or (loser is not None and world.stage.ground.root(loser) != actor):
                continue
            hiding, beside = world.stage.beside(actor, place, near)
            hidden = int(cells.get(hiding) or 0)
            close = [force for force, count, shut in beside if cells.get(count) and not cells.get(shut)]
            if (hidden < least and not close) or world.fight(place) is not None:
                continue
            free = tuple(force for force in close if world.fight(cells[f"{force}.place"]) is None)
            nearby = strength(world, free)
            if hidden < least and nearby < least:
                continue
            most = rate * exp(-max(0.0, days - 1.0) / decay)  # with no garrison at all
            draw = world.draw("counterattack", (actor, place))
            if draw.value >= most:
                continue
            friendly = tuple(force for force in world.bodies(place) if world.friends(world.root(force), holder))
            garrison = strength(world, friendly)
            odds = counterattack_chance(
                max(0.0, days - 1.0), days, hidden, garrison, nearby=nearby, rate=rate, decay=decay, least=least
            )
            comes = hidden if hidden >= least else 0
            share = share_sent(
                nearby,
                believed(world, place, actor, garrison),
                float(comes),
                share_at_most=world.number("raid_share"),
                most=world.number("recapture_most"),
                least=least,
            )
            sent = sum(round(world.men(force) * share) for force in free)
            if draw.value < odds and retaking_has_hope(world, place, actor, holder, float(comes + sent)):
                cause = world.by("R6 counterattack_chance", odds, draw, entry.id)
                yield from _struck(world, place, actor, holder, comes, free, share, cause)
                break


def _foes(word: str, foes: Mapping[ActorId, list[ActorId]]) -> tuple[ActorId, ...]:
    """The enemies of those who hold a place, each once."""
    holders = [ActorId(one) for one in word.split(TOGETHER)]
    return tuple(dict.fromkeys(foe for holder in holders for foe in foes.get(holder, ()) if foe not in holders))


def _struck(
    world: World,
    place: PlaceId,
    actor: ActorId,
    holder: ActorId,
    hidden: int,
    close: tuple[str, ...],
    share: float,
    cause: Ruled,
) -> Outcomes:
    """The attackers gather in a force of their own, and the battle for the place begins with the roles turned."""
    raid = f"raid/{actor}/{place}/{world.day}"
    yield Outcome(Attacked(place, (actor,), holder, "counter-attack"), cause)
    struck = world.last(f"{place}.attacked_by")
    joins = world.by("share sent to a raid", share, None, struck)
    if hidden:
        yield Outcome(Emerged(raid, actor, place, hidden), joins)
    for force in close:
        sent = round(world.men(force) * share)
        if sent:
            yield Outcome(Emerged(raid, actor, place, sent, force), joins)
    if world.men(raid):
        yield Outcome(Entered(place, (actor,), holder), joins)
        yield from battle_begins(world, place, actor, holder)
