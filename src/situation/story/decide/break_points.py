"""Where each side breaks, rule R3: by a point drawn once for each force, and by what it has lost since it set out."""

from __future__ import annotations

from typing import Any, NamedTuple

from situation.kernel import world_kernel
from situation.rules import break_point, has_broken, last_stand_share, median_at_odds
from situation.rules.breaking import weighted_break_point
from situation.story.apply.bodies import root_of
from situation.story.decide.bodies import largest_first, loss_counted
from situation.story.decide.draws import ONCE, RowDraw, draw, no_draw, number_part
from situation.story.decide.ways import encircled
from situation.story.world.reasons import Purpose
from situation.story.world.words import Word

__all__ = ["Bears", "bears"]


class Bears(NamedTuple):
    """Whether a side has broken, the share of its men at which it does, and the draw of its largest force.

    `anyone`: whether there is anybody; else it has not broken, and the rest says nothing.
    """

    anyone: bool
    broken: bool
    point: float
    draw: RowDraw


@world_kernel
def bears(w: Any, g: Any, place: int, side: Any, defends: bool, odds: float) -> Bears:
    """How far a side is from its break point, on a day of some odds in its favour.

    A defender's draw is made once for as long as it lasts, an attacker's once for each operation: when it has rested after it
    was thrown back, was spent or took a town it begins anew, though what it lost counts on.
    """
    weighted = total = lost = 0.0
    largest = no_draw()
    order = largest_first(w, side)
    for index in range(order.bodies_count):
        force = order.bodies[index]
        men = float(max(w.forces[force].at_start, w.forces[force].number))
        if men > 0.0:
            drawn_for = _break_draw(w, force, defends)
            weighted = weighted + _point(w, g, place, force, drawn_for.value, defends, odds) * men
            lost = lost + loss_counted(w, force)
            if total == 0.0:
                largest = drawn_for
            total = total + men
    if total == 0.0:
        return Bears(False, False, 0.0, largest)
    point = weighted_break_point(weighted, total)
    return Bears(True, has_broken(min(lost, total), total, point), point, largest)


@world_kernel
def _break_draw(w: Any, force: int, defends: bool) -> RowDraw:
    body = w.forces[force]
    begun = 0 if defends or body.operations == 0 else number_part(body.operations)
    return draw(w, Purpose.FORCE_BREAKS, ONCE, body.name, number_part(body.musters), begun)


@world_kernel
def _point(w: Any, g: Any, place: int, force: int, u: float, defends: bool, odds: float) -> float:
    """A force's own break point at the odds of the day.

    Its posture, and whether it has a way out, say how likely a defender's last stand is. Once its side has broken, those who
    are still there stand to the last.
    """
    if defends and w.battles[place].broken:
        return float(w.n.last_stand_at)
    stand = w.n.last_stand
    if defends:
        actor = root_of(w, force)
        stands = w.numbers[_stands(w.actors[actor])].value
        stand = last_stand_share(stands, encircled=encircled(w, g, place, actor), factor=w.n.encircled_factor)
    return break_point(
        u,
        last_stand=stand,
        median=median_at_odds(odds, median=w.n.break_median, per_odds=w.n.break_odds),
        sigma=w.n.break_sigma,
        cap=w.n.break_cap,
        last_stand_at=w.n.last_stand_at,
    )


@world_kernel
def _stands(actor: Any) -> int:
    """The number that says how often an actor stands to the last in its posture."""
    if actor.posture == Word.DELAY:
        return int(actor.stands_delay)
    return int(actor.stands_insurgency if actor.posture == Word.INSURGENCY else actor.stands_hold)
