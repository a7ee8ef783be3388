"""Closed links (R7): they open once who closed them holds no end of them any more, or is no enemy."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.writer import has
from situation.story.decide.draws import no_draw
from situation.story.decide.morning_happenings import link_opens
from situation.story.decide.rows import NO_ODDS, also, by
from situation.story.decide.sides import friend_holds, hostile
from situation.story.decide.ways import is_shut
from situation.story.world.reasons import Rule

__all__ = ["lapsed_closures"]


@world_kernel
def lapsed_closures(w: Any, g: Any) -> None:
    """A link is open again once nobody closes it; others stay as they are. Where the ground has not changed, so do all."""
    if g.noted[0].closures == w.story[0].ground_changed + 1:
        return
    g.noted[0].closures = w.story[0].ground_changed + 1
    for nth in range(1, len(g.actors)):
        actor = g.actors[nth].ranked
        if not g.actors[actor].armed:
            continue
        for which in range(1, len(g.links)):
            link = g.links[which].ranked
            if is_shut(w, link, actor) and not _is_kept_closed(w, g, link, actor):
                ends, closed = g.links[link], w.ways[actor * len(g.links) + link]
                cause = by(w, Rule.NOBODY_TO_CLOSE, NO_ODDS, no_draw(), closed.sealed_by, w.places[ends.one].holder_by)
                link_opens(w, link, actor, also(w, cause, w.places[ends.other].holder_by))


@world_kernel
def _is_kept_closed(w: Any, g: Any, link: int, actor: int) -> bool:
    """Whether one of those who closed a link to an actor is its enemy and holds an end, or a friend of his does."""
    ends, closed_by = g.links[link], w.ways[actor * len(g.links) + link].closed_by
    if closed_by == 0:
        return True
    kept = False
    for one in range(1, len(w.actors)):
        if has(closed_by, one) and hostile(w, one, actor):
            kept = kept or friend_holds(w, ends.one, one) or friend_holds(w, ends.other, one)
    return kept
