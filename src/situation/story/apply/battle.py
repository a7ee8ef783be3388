"""What a story's fighting does to the counts of men and to the battles under way, in tables."""

from __future__ import annotations

from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.story.apply.bodies import (
    add_hidden,
    add_killed,
    add_left,
    add_number,
    add_surrendered,
    add_wounded,
    known,
    muster,
    part,
    root_of,
)
from situation.story.apply.writer import Stop, put, stop
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "battle_began",
    "battle_ended",
    "battle_joined",
    "column_fled",
    "day_fought",
    "day_searched",
    "defender_broke",
    "emerged",
    "killed_off",
    "left_theatre",
    "melted",
    "raided",
    "surrendered",
    "wounded_returned",
]


@world_kernel
def _falls_due(record: Any, row: Any, at: int) -> None:
    """What falls due next for a battle, a search, a body or a batch; nothing, where the row says so."""
    put(record, "due", row.due, at)
    record.due_rank = row.due_rank


@world_kernel
def battle_began(w: Any, row: Any, at: int) -> None:
    """The battle stands at its place, and its first day falls due."""
    fight = w.battles[row.place]
    fight.fight_by = at
    fight.attacker, fight.defender, fight.began = row.actor, row.toward, row.index
    fight.attackers_start, fight.defenders_start = row.number, row.more
    fight.fortune, fight.area = row.real, row.real_b
    fight.attacker_rate, fight.defender_rate = row.real_c, row.real_d
    fight.scattered, fight.attacker_residual, fight.defender_residual = False, 0.0, 0.0
    fight.cleared, fight.broken = 0.0, row.flag
    _falls_due(fight, row, at)


@world_kernel
def battle_joined(w: Any, row: Any, at: int) -> None:
    """Those who came are counted in. Relief for a defender that has broken takes the fight up again."""
    fight = w.battles[row.place]
    if fight.broken and row.more != 0:
        fight.broken, fight.defenders_start = False, 0
    fight.attackers_start = fight.attackers_start + row.number
    fight.defenders_start = fight.defenders_start + row.more
    fight.fight_by = at
    if row.due != 0:
        _falls_due(fight, row, at)


@world_kernel
def _lose(w: Any, row: Any, at: int, when: int) -> None:
    """The dead and wounded leave the ranks: each force's stand in the row's parts."""
    for index in range(row.first, row.last):
        loss = w.parts[index]
        add_number(w, loss.force, -(loss.one + loss.two), at)
        add_wounded(w, loss.force, loss.two, at)
        add_killed(w, root_of(w, loss.force), loss.one, at)
        put(w.forces[loss.force], "lost", loss.real, at)
        put(w.forces[loss.force], "fought", when, at)


@world_kernel
def day_fought(w: Any, row: Any, at: int) -> None:
    """The dead and wounded leave the ranks, and the next day falls due."""
    _lose(w, row, at, row.minute)
    fight = w.battles[row.place]
    fight.fight_by = at
    fight.cleared = row.real
    if row.flag:
        fight.scattered, fight.attacker_residual, fight.defender_residual = True, row.real_b, row.real_c
    _falls_due(fight, row, at)


@world_kernel
def _wait(w: Any, row: Any, at: int) -> None:
    """The wounded of a row wait for the day of their return."""
    if row.due == 0:
        return
    story, batch = w.story[0], w.batches[row.index]
    if not has_room(w.wounds, story.wound_count + row.last - row.first - 1):
        stop(w, Stop.WOUNDS_FULL)
        return
    batch.batch_first, batch.batch_count, batch.batch_by = story.wound_count, row.last - row.first, at
    for index in range(row.first, row.last):
        wound, loss = w.wounds[story.wound_count], w.parts[index]
        wound.force, wound.killed, wound.wounded, wound.counted = loss.force, loss.one, loss.two, loss.real
        story.wound_count = story.wound_count + 1
    _falls_due(batch, row, at)


@world_kernel
def battle_ended(w: Any, row: Any, at: int) -> None:
    """The battle is over; its wounded wait for the day of their return."""
    fight = w.battles[row.place]
    fight.attacker, fight.defender, fight.broken, fight.fight_by = 0, 0, False, at
    put(fight, "due", 0, at)
    _wait(w, row, at)


@world_kernel
def wounded_returned(w: Any, row: Any, at: int) -> None:
    """Of the wounded of one battle some are back in the ranks and the others have left."""
    for index in range(row.first, row.last):
        share = w.parts[index]
        add_wounded(w, share.force, -(share.one + share.two), at)
        add_number(w, share.force, share.one, at)
        add_left(w, root_of(w, share.force), share.two, at)
    batch = w.batches[row.index]
    batch.batch_count, batch.batch_by = 0, at
    put(batch, "due", 0, at)


@world_kernel
def defender_broke(w: Any, row: Any, at: int) -> None:
    """The attacker goes through the place; the wounded share the fate of the others. What they do next, they do for this."""
    fight = w.battles[row.place]
    if fight.attacker != 0:
        fight.broken, fight.fight_by = True, at
        if row.due != 0:
            _falls_due(fight, row, at)
    there = w.places[row.place]
    for index in range(there.bodies_count):
        force = there.bodies[index]
        if root_of(w, force) == row.actor:
            body = w.forces[force]
            wounded = body.wounded
            add_wounded(w, force, -wounded, at)
            put(body, "number", body.number + wounded, at)


@world_kernel
def column_fled(w: Any, row: Any, at: int) -> None:
    """The men are a column on its way, without those who do not get through."""
    part(w, row.force, row.number, at)
    known(w, row.other, row.actor, 0, Word.COLUMN, at)
    add_number(w, row.other, row.number - row.more, at)
    add_killed(w, w.actors[row.actor].root, row.more, at)
    column = w.forces[row.other]
    put(column, "origin", row.place, at)
    put(column, "to", row.to, at)
    _falls_due(column, row, at)


@world_kernel
def melted(w: Any, row: Any, at: int) -> None:
    """From the ranks into hiding, at the same place."""
    known(w, row.other, w.actors[row.actor].root, row.place, Word.GARRISON, at)
    part(w, row.force, row.number, at)
    add_hidden(w, row.other, row.number, at)


@world_kernel
def emerged(w: Any, row: Any, at: int) -> None:
    """From hiding at the place, or (`flag`) from the ranks of a garrison near it, into a force of their own."""
    known(w, row.force, row.actor, row.place, Word.RAID, at)
    if row.flag:
        raid = w.forces[row.force]
        if raid.origin == 0:
            put(raid, "origin", w.forces[row.other].place, at)
        part(w, row.other, row.number, at)
    else:
        add_hidden(w, row.other, -row.number, at)
    muster(w, row.force, row.number, at)


@world_kernel
def day_searched(w: Any, row: Any, at: int) -> None:
    """So much of it is searched; at the end those who were bound by it are back with their force."""
    put(w.places[row.place], "searched", row.real, at)
    _falls_due(w.searches[row.place], row, at)
    if row.number != 0:
        part(w, row.other, row.number, at)
        muster(w, row.force, row.number, at)


@world_kernel
def raided(w: Any, row: Any, at: int) -> None:
    """The dead and wounded leave the ranks; the wounded wait for the day of their return.

    A day of raids, or of fire across a line, is a day of rest as well: it counts as if fought the day before.
    """
    _lose(w, row, at, row.minute - DAY)
    _wait(w, row, at)


@world_kernel
def surrendered(w: Any, row: Any, at: int) -> None:
    """From the ranks, or (`flag`) from the wounded, or (`more`) from hiding, into captivity."""
    if row.flag:
        add_wounded(w, row.force, -row.number, at)
    elif row.more != 0:
        add_hidden(w, row.force, -row.number, at)
    else:
        add_number(w, row.force, -row.number, at)
    add_surrendered(w, root_of(w, row.force), row.number, at)


@world_kernel
def killed_off(w: Any, row: Any, at: int) -> None:
    """From the ranks, or (`flag`) from hiding, to the dead."""
    if row.flag:
        add_hidden(w, row.force, -row.number, at)
    else:
        add_number(w, row.force, -row.number, at)
    add_killed(w, root_of(w, row.force), row.number, at)


@world_kernel
def left_theatre(w: Any, row: Any, at: int) -> None:
    """From the ranks out of the war."""
    add_number(w, row.force, -row.number, at)
    add_left(w, root_of(w, row.force), row.number, at)
