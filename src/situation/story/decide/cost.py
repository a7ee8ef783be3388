"""What a battle costs a day, rule R2: days that go together, who of the many is hit, and whose the losses are."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.rules import attrition, day_residual, day_scatter, engaged, fought_over, killed_and_wounded
from situation.rules.attrition import whole_loss
from situation.rules.retreat import largest_remainders
from situation.story.decide.bodies import loss_counted, men_of_side
from situation.story.decide.calendar import today
from situation.story.decide.draws import uniform
from situation.story.decide.odds import front_km
from situation.story.decide.rows import lay_part
from situation.story.world.reasons import Purpose
from situation.story.world.words import Word

__all__ = ["lay_losses", "losses_of_day", "residual_today"]


@world_kernel
def residual_today(w: Any, u: float, scattered: bool, before: float) -> float:
    """The day's residual of one side, after that of the day before, where there was one."""
    return day_residual(u, before if scattered else None, carried=w.n.day_lag)


@world_kernel
def losses_of_day(
    w: Any, place: int, attackers: int, defenders: int, ratio: float, ours: float, theirs: float, u: tuple[float, float]
) -> tuple[int, int]:
    """R2: the day's casualties of attackers and defenders. Of the many only those are hit who stand where it falls."""
    fight, many = w.battles[place], w.n.struck
    struck = min(float(defenders), many * attackers)
    if not w.places[place].sector:
        left = max(0.0, w.places[place].area - fight.cleared)
        struck = min(struck, defenders * fought_over(attackers, left, per_km2=w.n.assault_per_km2))
    fights = engaged(attackers, front_km(w, place), per_km=w.n.engaged_per_km)
    day = attrition(
        min(fights, many * defenders),
        struck,
        ratio,
        defenders_at_start=max(defenders, fight.defenders_start) * (struck / defenders),
        rate=fight.attacker_rate,
        defender_rate=fight.defender_rate,
        exponent=w.n.attrition_exponent,
        overwhelming=w.n.overwhelming,
        aimed=w.n.hidden_exposure if w.actors[fight.defender].posture == Word.INSURGENCY else 1.0,
    )
    lost_a = whole_loss(u[0], day.attacker * day_scatter(ours, variation=w.n.day_variation), 1, attackers)
    lost_d = whole_loss(u[1], day.defender * day_scatter(theirs, variation=w.n.day_variation), 1, defenders)
    return int(lost_a), int(lost_d)


@world_kernel
def lay_losses(w: Any, side: Any, lost: int, purpose: Purpose, place: int, which: int) -> None:
    """Lay out casualties as parts: shared among some forces by their size, each force's split drawn at an address of its own.

    `which`: the name of the side in it.
    """
    if lost == 0:
        return
    for index in range(side.bodies_count):
        side.shares[index] = float(w.forces[side.bodies[index]].number)
    largest_remainders(lost, side.shares, float(men_of_side(w, side)), side.counts, side.bodies_count)
    for index in range(side.bodies_count):
        force = side.bodies[index]
        number = min(side.counts[index], w.forces[force].number)
        if number != 0:
            u = uniform(w, purpose, today(w), w.places[place].name, which, w.forces[force].name)
            killed, wounded = killed_and_wounded(u, number, killed=w.n.killed_share)
            lay_part(w, force, killed, wounded, loss_counted(w, force) + number)
