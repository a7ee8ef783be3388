"""Who comes to a place where a battle is on takes part in it: allies with the same enemy fight one battle."""

from __future__ import annotations

from situation.events import BattleJoined, PlaceId
from situation.outcomes.world import Happening, Happenings, World

__all__ = ["joins_battle"]


def joins_battle(world: World, force: str, place: PlaceId, number: int | None = None) -> Happenings:
    """A force that has come to a place fights beside the friends that it finds in battle there; else nothing happens.

    Args:
        number: how many of its men have come; None: all.
    """
    fight, actor = world.fight(place), world.root(force)
    men = world.men(force) if number is None else number
    if fight is None or not men:
        return
    came = world.last(f"{force}.place" if number is None else f"{force}.number")
    cause = world.by("one battle for allies", None, None, world.last(f"battle:{place}.fight"), came)
    if world.friends(actor, fight.attacker) and world.hostile(actor, fight.defender):
        yield Happening(BattleJoined(place, attackers=men), cause)
    elif world.friends(actor, fight.defender) and world.hostile(actor, fight.attacker):
        yield Happening(BattleJoined(place, defenders=men), cause)
