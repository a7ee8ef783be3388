"""Changes of posture, rule R9, and supply cut or restored, rule R7, as a day finds them."""

from __future__ import annotations

from situation.events import PostureChanged, SupplyCut, SupplyRestored
from situation.outcomes.stage import counted
from situation.outcomes.world import Happening, Happenings, World
from situation.rules import posture_policy

__all__ = ["postures", "supplies"]


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


def supplies(world: World) -> Happenings:
    """For men in battle: whether an open way still leads to a place that supplies them. Asked where a battle is on."""
    for place in world.battles():
        for actor in sorted({world.root(force) for force in world.bodies(place)}):
            sources = world.stage.conduct(actor).supply_from
            if not sources:
                continue
            closed = world.barred(actor, enemies=True)
            reached = any(source == place or world.stage.path(place, source, closed)[1] for source in sources)
            cut = world.get(f"{actor}@{place}.cut_since") is not None
            cause = world.by("R7 supply_effect", None, None, world.last(f"battle:{place}.fight"))
            if not reached and not cut:
                yield Happening(SupplyCut(actor, place, world.day), cause)
            elif reached and cut:
                yield Happening(SupplyRestored(actor, place), cause)
