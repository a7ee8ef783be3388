"""Men in hiding on ground that an enemy holds: once a week their raids are counted, and those of them who were found."""

from __future__ import annotations

from typing import Any, Final

from situation.chance.quantiles import binomial_quantile
from situation.kernel import world_kernel
from situation.rules import chance_over, raid_losses, wounded_return
from situation.story.apply.battle import raided
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import bit
from situation.story.decide.bodies import OURS, list_enemies, men_of_side
from situation.story.decide.calendar import after, day_of, today
from situation.story.decide.cost import lay_losses
from situation.story.decide.draws import NextDue, draw, uniform
from situation.story.decide.happenings import HIDDEN, dies, gives_up, new_batch
from situation.story.decide.names import add_digits, begin_name, passing_name
from situation.story.decide.rows import RowCause, by, due_in, next_row
from situation.story.decide.sides import enemy_holds, holder
from situation.story.rows.kinds import RowKind
from situation.story.world.reasons import Purpose, Rule, Term

__all__ = ["weeks_in_hiding"]

_WEEK: Final = 7
"""Days over which raids and searches are counted."""


@world_kernel
def weeks_in_hiding(w: Any, g: Any) -> None:
    """Once a week, where an enemy holds ground over men in hiding: the losses by raids, and by searches."""
    days = today(w) - day_of(w, w.story[0].branch)
    if days == 0 or days % _WEEK != 0:
        return
    for nth in range(1, w.story[0].bodies + 1):
        force, over = w.forces[nth].came, w.sides[OURS]
        body, actor = w.forces[force], root_of(w, force)
        if body.hidden != 0 and enemy_holds(w, body.place, actor):
            list_enemies(w, body.place, over, actor)
            if over.bodies_count != 0:
                hidden = body.hidden
                _raids(w, body.place, actor, force, hidden, over)
                _is_searched_for(w, force, hidden, holder(w, body.place, actor))


@world_kernel
def _raids(w: Any, place: int, actor: int, force: int, hidden: int, over: Any) -> None:
    """R6: bombs and ambushes, by the number of those who hide."""
    where, who, rate = w.places[place].name, w.actors[actor].name, w.n.raid_rate
    chance = draw(w, Purpose.RAIDS, today(w), who, where)
    lost = min(raid_losses(chance.value, hidden, float(_WEEK), rate=rate), men_of_side(w, over))
    if lost == 0:
        return
    lay_losses(w, over, lost, Purpose.RAIDS_KILLED, place, who)
    cause = by(w, Rule.RAID_LOSSES, chance_over(rate, float(_WEEK)), chance, w.forces[force].hidden_by)
    _raid_costs(w, place, actor, _return_of_wounded(w, place, actor), cause)


@world_kernel
def _return_of_wounded(w: Any, place: int, actor: int) -> NextDue:
    """When the wounded of a raid come back, where any were laid out; never else."""
    wounded, story = 0, w.story[0]
    for part in range(story.parts_taken, story.part_count):
        wounded += w.parts[part].two
    if wounded == 0:
        return NextDue(0, 0.0)
    where, who = w.places[place].name, w.actors[actor].name
    u = uniform(w, Purpose.RAIDS_WOUNDED, today(w), where, who)
    minute = after(w, wounded_return(u, median=w.n.wounded_return, sigma=w.n.wounded_return_sigma))
    begin_name(w)
    add_digits(w, story.now + w.stage[0].origin)
    rank = uniform(w, Purpose.RANK_RETURN, day_of(w, minute), Term.RAIDS_WOUNDED.value, where, who, passing_name(w))
    return NextDue(minute, rank)


@world_kernel
def _raid_costs(w: Any, place: int, actor: int, due: NextDue, cause: RowCause) -> int:
    """Raids have cost the men laid out before; the wounded wait in the next batch."""
    at = next_row(w, RowKind.RAIDED, cause)
    row = w.rows[at]
    row.place, row.units = place, bit(actor)
    if due.minute != 0:
        row.index = new_batch(w, place, actor)
    due_in(row, due)
    raided(w, row, at)
    return at


@world_kernel
def _is_searched_for(w: Any, force: int, hidden: int, captor: int) -> None:
    """Searches: a few of those who hide are found; some of these give themselves up (R5), and the others are killed."""
    odds, name = chance_over(w.n.hunted, float(_WEEK)), w.forces[force].name
    chance = draw(w, Purpose.HUNTED, today(w), name)
    seen = binomial_quantile(chance.value, hidden, odds)
    if seen == 0:
        return
    lives = w.n.taken_alive_feared if w.actors[captor].feared else w.n.taken_alive
    u = uniform(w, Purpose.TAKEN_ALIVE, today(w), name, w.places[w.forces[force].place].name)
    alive = binomial_quantile(u, seen, lives)
    begun = w.forces[force].hidden_by
    if seen != alive:
        dies(w, force, seen - alive, True, by(w, Rule.HUNTED, odds, chance, begun))
    if alive != 0:
        gives_up(w, force, alive, captor, HIDDEN, by(w, Rule.HUNTED, odds, chance, begun))
