"""Who is whose enemy, and whom an actor finds in a place: kernels that read the tables of a world, and write nothing."""

from __future__ import annotations

from typing import Any, Final

from situation.kernel import world_kernel
from situation.rules.control import stood_in
from situation.story.apply.sides import first_of
from situation.story.apply.writer import has
from situation.story.decide.draws import ONCE, uniform
from situation.story.world.reasons import Purpose
from situation.story.world.words import Word

__all__ = [
    "enemy_holds",
    "friend_holds",
    "friends",
    "holder",
    "holders_of",
    "hostile",
    "rank_of_actor",
    "rank_of_place",
    "stands_open",
]

_HOSTILE: Final = Word.HOSTILE.value
_ALLIED: Final = Word.ALLIED.value
_COORDINATED: Final = Word.COORDINATED.value


@world_kernel
def hostile(w: Any, one: int, other: int) -> bool:
    """Whether either is the other's enemy."""
    if one == other:
        return False
    actors = len(w.actors)
    forth, back = w.relations[one * actors + other].stance, w.relations[other * actors + one].stance
    return bool(forth == _HOSTILE or back == _HOSTILE)


@world_kernel
def friends(w: Any, one: int, other: int) -> bool:
    """Whether both are one, or fight side by side."""
    if one == other:
        return True
    actors = len(w.actors)
    forth, back = w.relations[one * actors + other].stance, w.relations[other * actors + one].stance
    if forth == _HOSTILE or back == _HOSTILE:
        return False
    return bool(forth in (_ALLIED, _COORDINATED) or back in (_ALLIED, _COORDINATED))


@world_kernel
def rank_of_actor(w: Any, actor: int) -> float:
    """The rank of an actor, drawn once for a story: in which order it takes what could be taken in any."""
    rank: float = w.names[w.actors[actor].name].rank
    return rank


@world_kernel
def rank_of_place(w: Any, place: int) -> float:
    """The rank of a place."""
    rank: float = w.names[w.places[place].name].rank
    return rank


@world_kernel
def holders_of(w: Any, place: int) -> int:
    """Those who hold a place and stand there, as a set; nobody where no one does, or nothing is known."""
    there = w.places[place]
    return there.holder if stood_in(there.status) else 0


@world_kernel
def holder(w: Any, place: int, actor: int) -> int:
    """Whom an actor finds as the holder of a place; 0 where nobody stands in it.

    Of several who hold it together an actor finds itself, if it is one of them; else its enemy, else a stranger, else
    a friend. Which of several enemies, strangers or friends is drawn once for the story.
    """
    there = w.places[place]
    if there.alone_at != w.story[0].ground_changed + 1:
        _note_who_is_alone(w, place)
    if there.alone >= 0:
        return int(there.alone)
    sides = holders_of(w, place)
    met, nearest, least = 0, 4, 1.0
    for one in range(1, len(w.actors)):
        if has(sides, one):
            nearness = _nearness(w, actor, one)
            luck = uniform(w, Purpose.HOLDER_MET, ONCE, w.places[place].name, w.actors[actor].name, w.actors[one].name)
            if nearness < nearest or (nearness == nearest and luck < least):
                met, nearest, least = one, nearness, luck
    return met


@world_kernel
def _note_who_is_alone(w: Any, place: int) -> None:
    """Note who alone stands at a place, nobody being 0; several: below 0."""
    sides, there = holders_of(w, place), w.places[place]
    there.alone = first_of(sides) if sides & (sides - 1) == 0 else -1
    there.alone_at = w.story[0].ground_changed + 1


@world_kernel
def _nearness(w: Any, actor: int, one: int) -> int:
    if one == actor:
        return 0
    if hostile(w, actor, one):
        return 1
    return 3 if friends(w, actor, one) else 2


@world_kernel
def friend_holds(w: Any, place: int, actor: int) -> bool:
    """Whether an actor finds itself or a friend as the holder of a place."""
    there = holder(w, place, actor)
    return there != 0 and friends(w, actor, there)


@world_kernel
def enemy_holds(w: Any, place: int, actor: int) -> bool:
    """Whether an actor finds an enemy as the holder of a place."""
    there = holder(w, place, actor)
    return there != 0 and hostile(w, actor, there)


@world_kernel
def stands_open(w: Any, place: int, actor: int) -> bool:
    """Whether a place is nobody's by what an actor finds, or its own or a friend's."""
    there = holder(w, place, actor)
    return there == 0 or friends(w, actor, there)
