"""What an ensemble keeps of a story while it is told: tallies at the end of each day, changes of hands, losses, and counts."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import Stop, has, stop
from situation.story.decide.sides import holders_of
from situation.story.rows.kinds import GROUP, RowKind
from situation.story.world.tables import has_room

__all__ = ["LossKind", "keep_before", "keep_row"]


class LossKind(IntEnum):
    """How men were lost."""

    KILLED = 1
    SURRENDERED = 2
    LEFT = 3
    WOUNDED = 4


@world_kernel
def keep_row(w: Any, at: int) -> None:
    """Keep what a row has changed, once it has been applied and before the next."""
    kept = w.kept[0]
    if not kept.is_kept or kept.looked_at == at:
        return
    kept.looked_at = at
    row = w.rows[at]
    if row.place != 0:
        _keep_holder(w, row.place, row.minute)
    if RowKind.BATTLE_BEGAN <= row.happening < RowKind.BATTLE_BEGAN + GROUP:
        lost_at = w.batches[row.index].place if row.happening == RowKind.WOUNDED_RETURNED else row.place
        _keep_tolls(w, lost_at, row.minute)


@world_kernel
def _keep_holder(w: Any, place: int, minute: int) -> None:
    kept, sides = w.kept[0], holders_of(w, place)
    if sides == w.places[place].noted:
        return
    if not has_room(w.holdings, kept.holding_count):
        stop(w, Stop.ROWS_FULL)
        return
    change = w.holdings[kept.holding_count]
    change.place, change.minute, change.holders = place, minute, sides
    w.places[place].noted = sides
    kept.holding_count = kept.holding_count + 1


@world_kernel
def _keep_tolls(w: Any, place: int, minute: int) -> None:
    """The men whom each actor has lost since this was kept last; wounded who are back are not counted again."""
    known, actors = len(w.days) * len(w.actors), len(w.actors)
    for actor in range(1, actors):
        w.tallies[known + actor].present = 0
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        if w.forces[force].wounded != 0:
            w.tallies[known + root_of(w, force)].present += w.forces[force].wounded
    for actor in range(1, actors):
        before, now = w.tallies[known + actor], w.actors[actor]
        wounded = max(0, before.present - before.wounded)
        if now.killed + now.surrendered + now.left + wounded != before.killed + before.surrendered + before.left:
            _keep_toll(w, actor, LossKind.KILLED, place, minute, now.killed - before.killed)
            _keep_toll(w, actor, LossKind.SURRENDERED, place, minute, now.surrendered - before.surrendered)
            _keep_toll(w, actor, LossKind.LEFT, place, minute, now.left - before.left)
            _keep_toll(w, actor, LossKind.WOUNDED, place, minute, wounded)
        before.killed, before.surrendered, before.left, before.wounded = (
            now.killed,
            now.surrendered,
            now.left,
            before.present,
        )


@world_kernel
def _keep_toll(w: Any, actor: int, fate: LossKind, place: int, minute: int, men: int) -> None:
    kept = w.kept[0]
    if men == 0:
        return
    if not has_room(w.tolls, kept.toll_count):
        stop(w, Stop.ROWS_FULL)
        return
    toll = w.tolls[kept.toll_count]
    toll.actor, toll.fate, toll.place, toll.minute, toll.men = actor, fate.value, place, minute, men
    kept.toll_count = kept.toll_count + 1


@world_kernel
def keep_before(w: Any, minute: int) -> None:
    """Tally the days that ended before a minute, and count what questions ask of minutes before it."""
    kept = w.kept[0]
    if not kept.is_kept:
        return
    while kept.days_closed < len(w.days) and minute > w.days[kept.days_closed].end:
        _tally(w, kept.days_closed * len(w.actors))
        kept.days_closed = kept.days_closed + 1
    for question in range(kept.count_count):
        counted = w.counts[question]
        if counted.due != 0 and counted.due < minute:
            counted.number = _places_counted(w, question) if counted.of_places else _men_counted(w, question)
            counted.due = 0


@world_kernel
def _tally(w: Any, first: int) -> None:
    """All men of each root actor. `first`: the row of the day."""
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body, tally = w.forces[force], w.tallies[first + root_of(w, force)]
        tally.there = True
        if body.place == 0:
            tally.in_transit = tally.in_transit + body.number
        else:
            tally.present = tally.present + body.number
        tally.wounded, tally.hidden = tally.wounded + body.wounded, tally.hidden + body.hidden
    for actor in range(1, len(w.actors)):
        tally, fates = w.tallies[first + actor], w.actors[actor]
        tally.killed, tally.surrendered, tally.left = fates.killed, fates.surrendered, fates.left


@world_kernel
def _men_counted(w: Any, question: int) -> int:
    """Men of an actor in some places, in the ranks and in hiding."""
    men, first = 0, question * len(w.places)
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if (
            root_of(w, force) == w.counts[question].actor
            and body.place != 0
            and w.counted_in[first + body.place].counts
        ):
            men += body.number + body.hidden
    return men


@world_kernel
def _places_counted(w: Any, question: int) -> int:
    """In how many of some places an actor stands as a holder."""
    places, first = 0, question * len(w.places)
    for place in range(1, len(w.places)):
        if w.counted_in[first + place].counts and has(holders_of(w, place), w.counts[question].actor):
            places += 1
    return places
