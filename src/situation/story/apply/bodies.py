"""Bodies of men: the few moves of which every row that counts men is made. Whoever leaves one count enters another."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.writer import Stop, men, put, stop
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "add_arrived",
    "add_hidden",
    "add_killed",
    "add_left",
    "add_number",
    "add_started",
    "add_surrendered",
    "add_wounded",
    "known",
    "muster",
    "part",
    "root_of",
    "stand",
]


@world_kernel
def root_of(w: Any, force: int) -> int:
    """The root actor of a body."""
    root: int = w.actors[w.forces[force].actor].root
    return root


@world_kernel
def add_number(w: Any, force: int, number: int, at: int) -> None:
    """More men in the ranks, or fewer."""
    if number != 0:
        put(w.forces[force], "number", men(w, w.forces[force].number + number), at)


@world_kernel
def add_wounded(w: Any, force: int, number: int, at: int) -> None:
    """More wounded, or fewer."""
    if number != 0:
        put(w.forces[force], "wounded", men(w, w.forces[force].wounded + number), at)


@world_kernel
def add_hidden(w: Any, force: int, number: int, at: int) -> None:
    """More men in hiding, or fewer."""
    if number != 0:
        put(w.forces[force], "hidden", men(w, w.forces[force].hidden + number), at)


@world_kernel
def add_started(w: Any, actor: int, number: int, at: int) -> None:
    """More men of an actor who were there at the start."""
    if number != 0:
        put(w.actors[actor], "started", w.actors[actor].started + number, at)


@world_kernel
def add_arrived(w: Any, actor: int, number: int, at: int) -> None:
    """More men of an actor who came from outside."""
    if number != 0:
        put(w.actors[actor], "arrived", w.actors[actor].arrived + number, at)


@world_kernel
def add_killed(w: Any, actor: int, number: int, at: int) -> None:
    """More dead of an actor."""
    if number != 0:
        put(w.actors[actor], "killed", w.actors[actor].killed + number, at)


@world_kernel
def add_surrendered(w: Any, actor: int, number: int, at: int) -> None:
    """More men of an actor in captivity."""
    if number != 0:
        put(w.actors[actor], "surrendered", w.actors[actor].surrendered + number, at)


@world_kernel
def add_left(w: Any, actor: int, number: int, at: int) -> None:
    """More men of an actor who have left the war."""
    if number != 0:
        put(w.actors[actor], "left", w.actors[actor].left + number, at)


@world_kernel
def muster(w: Any, force: int, number: int, at: int) -> None:
    """More men in a body's ranks, against whom its losses count too; one that had none left begins anew."""
    if number <= 0:
        return
    body = w.forces[force]
    if body.number == 0:
        if body.musters > 0:
            put(body, "at_start", 0, at)
            put(body, "lost", 0.0, at)
            put(body, "at_rest", 0, at)
        put(body, "musters", body.musters + 1, at)
    put(body, "number", body.number + number, at)
    put(body, "at_start", body.at_start + number, at)


@world_kernel
def part(w: Any, force: int, number: int, at: int) -> None:
    """Men leave a body's ranks unhurt: what it lost, and against whom that counts, is shared by those who go and stay."""
    body = w.forces[force]
    before = body.number
    add_number(w, force, -number, at)
    if number != 0 and before != 0:
        stay = (before - number) / before
        if body.at_start != 0:
            put(body, "at_start", round(body.at_start * stay), at)
        if body.at_rest != 0:
            put(body, "at_rest", round(body.at_rest * stay), at)
        if body.lost != 0.0:
            put(body, "lost", body.lost * stay, at)


@world_kernel
def known(w: Any, force: int, actor: int, place: int, kind: int, at: int) -> None:
    """Make sure that a body is among all, and stands where it stands. For one without a number there was no room (`stop`)."""
    body = w.forces[force]
    if force == 0 or body.actor != 0:
        return
    put(body, "actor", actor, at)
    put(body, "kind", kind, at)
    story = w.story[0]
    story.bodies = story.bodies + 1
    body.serial, w.forces[story.bodies].came = story.bodies, force
    story.forces_by = at
    if kind == Word.FIELD:
        story.fields_by = at
    if kind == Word.GARRISON and not body.own_name:
        w.strengths[w.actors[actor].root * len(w.places) + place].pool = force
    stand(w, force, place, at)


@world_kernel
def stand(w: Any, force: int, place: int, at: int) -> None:
    """Put a body at a place, or on the way (0)."""
    body = w.forces[force]
    before = body.place
    if before != 0 and before != place:
        _leave(w, w.places[before], force, at)
    if place != 0:
        _come(w, w.places[place], force, at)
    put(body, "place", place, at)
    body.since = w.rows[at].minute


@world_kernel
def _leave(w: Any, there: Any, force: int, at: int) -> None:
    kept = 0
    for index in range(there.bodies_count):
        if there.bodies[index] != force:
            there.bodies[kept] = there.bodies[index]
            kept += 1
    there.bodies_count = kept
    there.bodies_by = at


@world_kernel
def _come(w: Any, there: Any, force: int, at: int) -> None:
    for index in range(there.bodies_count):
        if there.bodies[index] == force:
            return
    if not has_room(there.bodies, there.bodies_count):
        stop(w, Stop.BODIES_FULL)
        return
    there.bodies[there.bodies_count] = force
    there.bodies_count = there.bodies_count + 1
    there.bodies_by = at
