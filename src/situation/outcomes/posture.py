"""Changes of posture, rule R9, as a day finds them."""

from __future__ import annotations

from situation.events import PostureChanged
from situation.outcomes.stage import counted
from situation.outcomes.world import Happening, Happenings, World
from situation.rules import posture_policy

__all__ = ["postures"]


def postures(world: World) -> Happenings:
    """An actor that has lost most of what it held, or of its men, goes over to insurgency."""
    stage = world.stage
    now = counted(world.holders())
    before = stage.held
    threshold = world.number("insurgency_threshold")
    for actor in stage.armed:
        current = str(world.get(f"{actor}.conduct") or "hold")
        had = before.get(actor, 0)
        if current == "insurgency" or not had:
            continue
        men = int(world.get(f"{actor}.started") or 0) + int(world.get(f"{actor}.arrived") or 0)
        gone = sum(int(world.get(f"{actor}.{fate}") or 0) for fate in ("killed", "surrendered", "left"))
        if gone < threshold * men and had - now.get(actor, 0) < threshold * had:
            continue
        lost = max(max(0, had - now.get(actor, 0)) / had, gone / men if men else 0.0)
        after = posture_policy(current, lost, threshold=threshold)
        if after != current:
            cause = world.by("R9 posture_policy", lost, None, world.last(f"{actor}.conduct"))
            yield Happening(PostureChanged(actor, after.value), cause)
