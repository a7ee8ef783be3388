"""What falls due next: the least of all that is due, by minute, by phase of that minute, and by the rank drawn for it."""

from __future__ import annotations

from enum import IntEnum
from math import inf
from typing import Any, Final, NamedTuple

from situation.events.story import DUE_KINDS
from situation.kernel import world_kernel

__all__ = ["NextStep", "Phase", "is_same", "next_step"]


class Phase(IntEnum):
    """What falls due, in the order in which it does at one minute."""

    DAY = 0
    RETURN = 1
    COUNCIL = 2
    ORDER = 3
    ARRIVAL = 4
    BATTLE = 5
    SEARCH = 6


if tuple(phase.name.lower() for phase in Phase) != DUE_KINDS:
    raise TypeError("The phases of a minute are not those of `events.story`.")


class NextStep(NamedTuple):
    """A step: when, of which phase, by which rank, and the number of the body, order, batch or place that it is about."""

    minute: int
    phase: int
    rank: float
    about: int


_NOTHING: Final = NextStep(1 << 60, 0, inf, 0)


@world_kernel
def next_step(w: Any) -> NextStep:
    """The next step that falls due; one that lies beyond all time where nothing does."""
    story = w.story[0]
    step = _sooner(_NOTHING, story.day_due, Phase.DAY.value, story.day_due_rank, 0)
    step = _sooner(step, story.council_due, Phase.COUNCIL.value, story.council_due_rank, 0)
    for batch in range(1, story.batch_count + 1):
        if w.batches[batch].due != 0:
            step = _sooner(step, w.batches[batch].due, Phase.RETURN.value, w.batches[batch].due_rank, batch)
    for order in range(1, story.order_count + 1):
        if w.orders[order].due != 0:
            step = _sooner(step, w.orders[order].due, Phase.ORDER.value, w.orders[order].due_rank, order)
    for nth in range(1, story.bodies + 1):
        force = w.forces[nth].came
        if w.forces[force].due != 0:
            step = _sooner(step, w.forces[force].due, Phase.ARRIVAL.value, w.forces[force].due_rank, force)
    for place in range(1, len(w.places)):
        if w.battles[place].due != 0:
            step = _sooner(step, w.battles[place].due, Phase.BATTLE.value, w.battles[place].due_rank, place)
        if w.searches[place].due != 0:
            step = _sooner(step, w.searches[place].due, Phase.SEARCH.value, w.searches[place].due_rank, place)
    return step


@world_kernel
def is_same(one: NextStep, other: NextStep) -> bool:
    """Whether two steps are one, which the first left due."""
    return (
        one.minute == other.minute and one.phase == other.phase and one.rank == other.rank and one.about == other.about
    )


@world_kernel
def _sooner(step: NextStep, minute: int, phase: int, rank: float, about: int) -> NextStep:
    """The sooner of two; at minute 0 nothing falls due."""
    if minute == 0 or minute > step.minute:
        return step
    if minute == step.minute and (phase > step.phase or (phase == step.phase and rank >= step.rank)):
        return step
    return NextStep(minute, phase, rank, about)
