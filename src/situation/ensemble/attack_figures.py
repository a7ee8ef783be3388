"""The figures by which a force began an attack: its own men, its friends', the enemy as it takes him, and the least odds."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from situation.chance.portable import exp, normal_quantile
from situation.events import Entered
from situation.log.entry import Entry, Ruled
from situation.log.state import relation
from situation.story.story import Story
from situation.story.world.reasons import Rule

__all__ = ["AttackFigures", "attack_figures"]


@frozen
class AttackFigures:
    """Persons of the force, of the friends it counted, and of the enemy as it takes him; and the least odds it attacks at."""

    own: int
    friends: int
    enemy: int
    least: float


def attack_figures(story: Story, entry: Entry, by_id: Mapping[str, Entry]) -> AttackFigures | None:
    """The figures of an attack that was begun by the force's own estimate (R3); None of any other entry."""
    cause = entry.cause
    if not isinstance(cause, Ruled) or cause.rule != Rule.ATTACK_HAS_HOPE.text or not isinstance(entry.event, Entered):
        return None
    state, ground = story.state(entry.time), story.stage.ground
    own = str(getattr(by_id[cause.parents[0]].event, "force", ""))
    numbers, attacker = state.cells["numbers.drawn"], ground.root(entry.event.by[0])
    friends = enemies = 0
    for force in state.cells["story.forces"]:
        counted = state.because.get(f"{force}.number")
        if counted is None or counted.id not in cause.parents or force == own:
            continue
        hostile, friendly = relation(state.cells, attacker, ground.root(state.cells[f"{force}.actor"]))
        if friendly and state.cells[f"{force}.kind"] == "field":
            friends += int(state.cells[f"{force}.number"])
        elif hostile and state.cells.get(f"{force}.place") == entry.event.place:
            enemies += int(state.cells[f"{force}.number"])
    error = float(numbers["estimate_sigma"]) * normal_quantile(cause.draw) if cause.draw is not None else 0.0
    return AttackFigures(
        int(state.cells.get(f"{own}.number") or 0),
        friends,
        round(enemies * exp(-error)),
        float(numbers["hopeless_below"]),
    )
