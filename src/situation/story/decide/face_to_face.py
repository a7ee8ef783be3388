"""Field forces that stand face to face with an enemy, and in no battle."""

from __future__ import annotations

from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.decide.battle_begins import before_the_enemy
from situation.story.decide.bodies import THEIRS, list_enemies
from situation.story.decide.estimate import attack_begun, gives_hope, judged_attack
from situation.story.decide.sides import holder, hostile
from situation.story.world.reasons import Rule
from situation.story.world.words import Word

__all__ = ["faced_enemies"]


@world_kernel
def faced_enemies(w: Any, g: Any) -> None:
    """Field forces that stand where an enemy does and in no battle begin one, once they are rested.

    So do those that begin a story there or are raised there, that were thrown back with nowhere to go, and those whose
    neighbour in a place becomes an enemy. Whoever holds the place, or a friend of his, waits to be attacked.
    """
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        ready = body.kind == Word.FIELD and body.number > 0 and body.resting <= w.story[0].now
        if ready and body.place != 0 and w.battles[body.place].attacker == 0:
            foe = _faced(w, body.place, root_of(w, force))
            if foe != 0:
                judged = judged_attack(w, force, body.place, float(w.story[0].now + DAY))
                if gives_hope(w, judged.ratio):
                    before_the_enemy(w, g, force, body.place, foe, attack_begun(w, force, judged, Rule.FACE_TO_FACE))


@world_kernel
def _faced(w: Any, place: int, actor: int) -> int:
    """The enemy before an actor's men at a place; 0: none.

    Where nobody holds it, or the actor shares it, that is whose men stand there first; else its holder.
    """
    there, among = holder(w, place, actor), w.sides[THEIRS]
    if there == 0 or (there == actor and w.places[place].status == Word.MIXED):
        list_enemies(w, place, among, actor)
        return root_of(w, among.bodies[0]) if among.bodies_count != 0 else 0
    return there if hostile(w, actor, there) else 0
