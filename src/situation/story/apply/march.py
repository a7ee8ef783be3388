"""What a story does to bodies on the march, their supply and their columns, to orders, plans and the days."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.bodies import (
    add_arrived,
    add_hidden,
    add_number,
    add_started,
    add_wounded,
    known,
    muster,
    part,
    stand,
)
from situation.story.apply.writer import Stop, put, stop
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "arrived",
    "attack_put_off",
    "column_detached",
    "column_rejoined",
    "column_sighted",
    "councils_over",
    "day_began",
    "fell_back",
    "force_raised",
    "garrison_posted",
    "march_began",
    "march_quickened",
    "numbers_drawn",
    "operation_paused",
    "order_given",
    "order_over",
    "story_began",
    "supply_cut",
    "supply_restored",
]


@world_kernel
def story_began(w: Any, row: Any, at: int) -> None:
    """The first day falls due; the minute of the branch is kept."""
    story = w.story[0]
    put(story, "branch", row.minute, at)
    put(story, "day_due", row.due, at)
    story.day_due_rank = row.due_rank


@world_kernel
def numbers_drawn(w: Any, row: Any, at: int) -> None:
    """The numbers stand in their table, for every rule to read; those that are not drawn are none of this story."""
    for index in range(1, len(w.numbers)):
        w.numbers[index].of_story = False
    for index in range(row.first, row.last):
        number = w.numbers[w.parts[index].one]
        number.value, number.of_story = w.parts[index].real, True
    w.story[0].numbers_by = at


@world_kernel
def day_began(w: Any, row: Any, at: int) -> None:
    """The next day and today's councils fall due."""
    story = w.story[0]
    put(story, "day", row.index, at)
    put(story, "day_due", row.due, at)
    story.day_due_rank = row.due_rank
    put(story, "council_due", row.number, at)
    story.council_due_rank = row.real


@world_kernel
def councils_over(w: Any, row: Any, at: int) -> None:
    """Today's councils have been held."""
    put(w.story[0], "council_due", 0, at)


@world_kernel
def force_raised(w: Any, row: Any, at: int) -> None:
    """Counted in, at its place; more men of a garrison that is known add to it."""
    known(w, row.force, row.actor, row.place, row.word, at)
    muster(w, row.force, row.number, at)
    add_hidden(w, row.force, row.more, at)
    if row.flag:
        add_arrived(w, w.actors[row.actor].root, row.number + row.more, at)
    else:
        add_started(w, w.actors[row.actor].root, row.number + row.more, at)


@world_kernel
def order_given(w: Any, row: Any, at: int) -> None:
    """The order stands until it is carried out or lapses. Those of a force have one number, from its first on."""
    order, story = w.orders[row.index], w.story[0]
    story.order_count = max(story.order_count, row.index)
    w.forces[row.force].order = row.index if row.force != 0 else 0
    order.force = row.force
    put(order, "due", row.due, at)
    order.due_rank = row.due_rank
    put(order, "verb", row.word, at)
    put(order, "object", row.number, at)
    put(order, "plan", row.plan, at)


@world_kernel
def order_over(w: Any, row: Any, at: int) -> None:
    """The order is no more."""
    put(w.orders[row.index], "due", 0, at)


@world_kernel
def march_began(w: Any, row: Any, at: int) -> None:
    """The force is on its way; its order is carried out."""
    stand(w, row.force, 0, at)
    body, order = w.forces[row.force], w.orders[row.index]
    put(body, "origin", row.place, at)
    put(body, "to", row.to, at)
    body.pace, body.leg, body.set_out = row.number, row.real, row.minute
    put(body, "due", row.due, at)
    body.due_rank = row.due_rank
    if body.put_off != 0:
        put(body, "put_off", 0, at)
    if row.flag and body.sighted_count != 0:
        body.sighted_count, body.sighted_by = 0, at
    if order.due != 0:
        put(order, "due", 0, at)


@world_kernel
def column_sighted(w: Any, row: Any, at: int) -> None:
    """Those who have seen the column need not be asked again while it comes on."""
    body = w.forces[row.force]
    if not has_room(body.sighted, body.sighted_count):
        stop(w, Stop.SIGHTED_FULL)
        return
    body.sighted[body.sighted_count] = (row.actor << 16) | row.place
    body.sighted_count, body.sighted_by = body.sighted_count + 1, at


@world_kernel
def march_quickened(w: Any, row: Any, at: int) -> None:
    """The force will be there when it falls due now."""
    put(w.forces[row.force], "due", row.due, at)
    w.forces[row.force].due_rank = row.due_rank


@world_kernel
def arrived(w: Any, row: Any, at: int) -> None:
    """The force stands where it was bound; or (`other`) its men join a garrison there, or (`flag`) those in hiding."""
    body = w.forces[row.force]
    put(body, "to", 0, at)
    put(body, "due", 0, at)
    if row.other == 0:
        stand(w, row.force, row.place, at)
        return
    number = body.number
    known(w, row.other, row.actor, row.place, Word.GARRISON, at)
    add_number(w, row.force, -number, at)
    if row.flag:
        add_hidden(w, row.other, number, at)
    else:
        muster(w, row.other, number, at)


@world_kernel
def fell_back(w: Any, row: Any, at: int) -> None:
    """The force is on its way back, and will rest; where it had nowhere to go it rests where it stands."""
    body = w.forces[row.force]
    stays = row.due == 0
    stand(w, row.force, row.to if stays else 0, at)
    put(body, "to", 0 if stays else row.to, at)
    body.pace = 0
    put(body, "due", row.due, at)
    body.due_rank = row.due_rank
    put(body, "resting", row.index, at)
    put(body, "operations", body.operations + 1, at)


@world_kernel
def garrison_posted(w: Any, row: Any, at: int) -> None:
    """Men go from the force to the garrison; those who stay do not count as lost to the force."""
    known(w, row.other, w.actors[row.actor].root, row.place, Word.GARRISON, at)
    part(w, row.force, row.number, at)
    muster(w, row.other, row.number, at)
    search = w.searches[row.place]
    put(search, "due", row.due, at)
    search.due_rank = row.due_rank
    put(search, "force", row.force, at)
    put(search, "bound", row.more, at)


@world_kernel
def operation_paused(w: Any, row: Any, at: int) -> None:
    """The plan rests. When they have rested because they were spent, its forces are spent again by what is left of them."""
    plan = w.plans[row.plan]
    put(plan, "paused_until", row.index, at)
    if row.to != 0:
        put(plan, "hub", row.to, at)
    if row.word != Word.REGROUP and row.word != Word.SPENT and row.word != Word.SUPPLY:
        return
    for index in range(row.first, row.last):
        body = w.forces[w.parts[index].force]
        put(body, "operations", body.operations + 1, at)
        if row.word == Word.SPENT:
            put(body, "at_rest", body.number, at)


@world_kernel
def supply_cut(w: Any, row: Any, at: int) -> None:
    """The force lives on its stock from that day on, wherever it goes."""
    put(w.forces[row.force], "cut_since", row.index, at)
    _cut_off(w, row.force, at)


@world_kernel
def _cut_off(w: Any, force: int, at: int) -> None:
    story = w.story[0]
    if not has_room(w.cut, story.cut_count):
        stop(w, Stop.CUT_FULL)
        return
    w.cut[story.cut_count].force = force
    story.cut_count, story.cut_by = story.cut_count + 1, at


@world_kernel
def _fed(w: Any, force: int, at: int) -> None:
    """A body is none of those that are cut off."""
    story, kept = w.story[0], 0
    for index in range(story.cut_count):
        if w.cut[index].force != force:
            w.cut[kept].force = w.cut[index].force
            kept += 1
    story.cut_count, story.cut_by = kept, at


@world_kernel
def supply_restored(w: Any, row: Any, at: int) -> None:
    """The force is supplied, and its stock is whole again."""
    put(w.forces[row.force], "cut_since", 0, at)
    _fed(w, row.force, at)


@world_kernel
def column_detached(w: Any, row: Any, at: int) -> None:
    """A field force of its own, with its share of what the whole has lost."""
    whole, column, plan = w.forces[row.force], w.forces[row.other], w.plans[row.plan]
    at_start, lost = whole.at_start, whole.lost
    part(w, row.force, row.number, at)
    known(w, row.other, row.actor, row.place, Word.FIELD, at)
    stand(w, row.other, row.place, at)
    muster(w, row.other, row.number, at)
    put(column, "at_start", max(row.number, at_start - whole.at_start), at)
    put(column, "lost", max(0.0, lost - whole.lost), at)
    put(column, "fought", whole.fought, at)
    put(column, "cut_since", whole.cut_since, at)
    for index in range(w.story[0].cut_count):
        if w.cut[index].force == row.force:
            _cut_off(w, row.other, at)
            break
    put(column, "parent", row.force, at)
    put(column, "goal", row.to, at)
    kept = 0
    for index in range(plan.columns_count):
        if plan.columns[index] != row.other:
            plan.columns[kept] = plan.columns[index]
            kept += 1
    if not has_room(plan.columns, kept):
        stop(w, Stop.COLUMNS_FULL)
        return
    plan.columns[kept] = row.other
    plan.columns_count, plan.columns_by = kept + 1, at


@world_kernel
def column_rejoined(w: Any, row: Any, at: int) -> None:
    """The men, those against whom losses count, and these losses, are the force's again."""
    whole, column = w.forces[row.force], w.forces[row.other]
    number, wounded = column.number, column.wounded
    add_number(w, row.other, -number, at)
    add_number(w, row.force, number, at)
    add_wounded(w, row.other, -wounded, at)
    add_wounded(w, row.force, wounded, at)
    if column.at_start != 0:
        put(whole, "at_start", whole.at_start + column.at_start, at)
    put(whole, "lost", whole.lost + column.lost, at)
    stand(w, row.other, 0, at)
    _fed(w, row.other, at)


@world_kernel
def attack_put_off(w: Any, row: Any, at: int) -> None:
    """Told once for a place, until the force marches; who waits before it for others attacks when they are there."""
    put(w.forces[row.force], "put_off", row.place, at)
    if row.due != 0:
        put(w.forces[row.force], "due", row.due, at)
        w.forces[row.force].due_rank = row.due_rank
