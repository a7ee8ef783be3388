"""Where a beaten defender goes, rule R5: over open ways, into hiding, into captivity; who stands, stands to the end.

A garrison that leaves before the enemy stands there goes in order, as a body.
"""

from __future__ import annotations

from typing import Any, Final

from situation.kernel import world_kernel
from situation.rules import advance_time, ferry_time, lost_on_the_way, route_safety
from situation.rules.retreat import broken_off, open_shares
from situation.story.apply.bodies import root_of
from situation.story.decide.bodies import THEIRS, reaches
from situation.story.decide.calendar import after, today
from situation.story.decide.draws import ATTACKER_PAUSE, SPEED_UNOPPOSED, NextDue, RowDraw, draw, falls_due, varied
from situation.story.decide.happenings import FIT, flees, gives_up, goes_into_hiding
from situation.story.decide.names import add_digits, add_letter, add_name, begin_name, body_written
from situation.story.decide.near import km_apart, leads_to_refuge, nearest_refuge, own_beside
from situation.story.decide.rows import NO_ODDS, RowCause, by, by_rule
from situation.story.decide.sides import friend_holds, friends, hostile
from situation.story.decide.way_back import begin_way_back
from situation.story.decide.ways import link_between, openness
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.words import Word

__all__ = ["beaten_leave", "beaten_yield", "leave_as_column", "leave_in_time"]

_OPEN: Final = 4
_SHUT: Final = 5
"""The lists (`w.sides`) of those with a way out, whose `bodies` are the places that they flee to, and of those without."""
_SLASH: Final = 47


@world_kernel
def beaten_yield(w: Any, place: int, cause: RowCause) -> None:
    """All of a garrison give themselves up."""
    theirs = w.sides[THEIRS]
    for index in range(theirs.bodies_count):
        force = theirs.bodies[index]
        if w.forces[force].number != 0:
            gives_up(w, force, w.forces[force].number, w.battles[place].attacker, FIT, cause)


@world_kernel
def beaten_leave(w: Any, g: Any, place: int, stand: bool, agreed: bool) -> None:
    """The survivors of a defender that has broken or leaves.

    Args:
        stand: whether those who take no way out stand to the last; else they go with the others, hide or give up.
        agreed: whether they leave by agreement: all of them, to the nearest ground of their own that a path leads to.
    """
    theirs, broke = w.sides[THEIRS], w.battles[place].fight_by
    for index in range(theirs.bodies_count):
        force = theirs.bodies[index]
        men, way = w.forces[force].number, _first_way(w, g, place, root_of(w, force))
        if men != 0 and w.forces[force].kind == Word.FIELD and way != 0:
            chance = draw(w, Purpose.RETREAT_PAUSE, today(w), w.forces[force].name, w.places[place].name)
            rest = varied(w, ATTACKER_PAUSE, chance.value)
            begin_way_back(w, g, force, place, way, rest, by(w, Rule.FIELD_FORCES_RETREAT, rest, chance, broke))
        elif men != 0 and agreed:
            _by_agreement(w, g, place, force, men, broke, by_rule(w, Rule.EVACUATION_DEAL, broke), True)
        elif men != 0:
            _split(w, g, place, force, men, w.battles[place].attacker, stand, True, broke)


@world_kernel
def leave_in_time(w: Any, g: Any, place: int, garrison: int, captor: int, broke: int) -> None:
    """A garrison leaves before the enemy stands there.

    Args:
        captor: that enemy.
        broke: the row by which it leaves.
    """
    _split(w, g, place, garrison, w.forces[garrison].number, captor, False, False, broke)


@world_kernel
def _first_way(w: Any, g: Any, place: int, actor: int) -> int:
    """Where the shortest way out leads that men can leave over; 0 where there is none."""
    for at in range(g.places[place].first, g.places[place].last):
        if leads_to_refuge(w, g, g.exits[at], actor):
            return int(g.exits[at].to)
    return 0


@world_kernel
def _split(
    w: Any, g: Any, place: int, force: int, men: int, captor: int, stand: bool, at_hand: bool, broke: int
) -> None:
    """As many as the open ways carry split as men with a way out; the rest, as men without (golden bridges and rings).

    Args:
        at_hand: whether the captor stands there, so that one can give oneself up to him.
    """
    n, actor, free, shut = w.n, w.actors[root_of(w, force)], w.sides[_OPEN], w.sides[_SHUT]
    raids = actor.posture == Word.INSURGENCY
    orderly = not at_hand and not raids  # a garrison that leaves in time goes as a body, and nobody has to hide
    melts = n.melt_insurgency if actor.hides and raids else 0.0 if orderly else w.numbers[actor.melts].value
    gives = w.numbers[w.actors[captor].surrender_to].value if at_hand else 0.0
    weight = _weigh_ways(w, g, place, root_of(w, force), men, orderly)
    leaves = free.bodies_count > 0
    through = men if orderly else round(men * openness(w, g, place, root_of(w, force))) if leaves else 0
    carried = through if leaves else 0
    with_them = 0.0 if actor.hides else n.melt  # soldiers do not hide: they go with those who flee
    flees_away = min(1.0, n.flee + with_them) if stand else 1.0
    _split_open(w, place, force, carried, weight, open_shares(flees_away, melts, gives))
    stays, hides = n.closed_stand if stand else 0.0, n.closed_melt if actor.hides else 0.0
    refuge = through < men and nearest_refuge(w, g, place, root_of(w, force)) != 0
    goes = n.closed_evacuate if refuge else 0.0
    if n.closed_surrender == 0.0 and hides == 0.0 and goes == 0.0 and stays == 0.0:
        stays = 1.0
    _split_shut(w, place, force, men - carried, (n.closed_surrender, hides, goes, stays))
    for index in range(free.bodies_count):
        if free.counts[3 + index] != 0:
            leave_as_column(w, g, place, force, free.bodies[index], free.counts[3 + index], broke)
    if shut.counts[2] != 0:
        by_deal = by(w, Rule.RETREAT_SPLIT, goes, _part_draw(w, place, force, Term.CLOSED, Term.EVACUATE), broke)
        _by_agreement(w, g, place, force, shut.counts[2], broke, by_deal, False)
    in_the_open = through > 0
    which = Term.OPEN if carried > 0 else Term.CLOSED
    melted, gave_up = free.counts[0] + shut.counts[1], free.counts[1] + shut.counts[0]
    if melted != 0:
        share = melts if in_the_open else hides
        cause = by(w, Rule.RETREAT_SPLIT, share, _part_draw(w, place, force, which, Term.MELT), broke)
        goes_into_hiding(w, force, place, melted, cause)
    if gave_up != 0:
        share = gives if in_the_open else n.closed_surrender
        cause = by(w, Rule.RETREAT_SPLIT, share, _part_draw(w, place, force, which, Term.SURRENDER), broke)
        gives_up(w, force, gave_up, captor, FIT, cause)


@world_kernel
def _part_draw(w: Any, place: int, force: int, which: Term, part: Term) -> RowDraw:
    """The draw that says how many of those with a way out, or without, go one way."""
    return draw(w, Purpose.RETREAT_SPLIT, today(w), w.forces[force].name, w.places[place].name, which.value, part.value)


@world_kernel
def _weigh_ways(w: Any, g: Any, place: int, actor: int, men: int, orderly: bool) -> float:
    """Note the places to flee to, and what the way to each is worth: what it carries, times its safety.

    Who leaves in order goes to a place of his own side, or with none beside him to open ground.

    Returns: the sum.
    """
    free, only_own = w.sides[_OPEN], own_beside(w, g, place, actor)
    free.bodies_count = 0
    for at in range(g.places[place].first, g.places[place].last):
        way = g.exits[at]
        haven = friend_holds(w, way.to, actor) if only_own else bool(g.places[way.to].open)
        if leads_to_refuge(w, g, way, actor) and (haven or not orderly):
            carries = w.numbers[g.links[way.link].capacity].value / way.km
            which = free.bodies_count
            for known in range(free.bodies_count):
                if free.bodies[known] == way.to:
                    which = known
            if not reaches(w, free, which):
                return 0.0
            free.bodies[which], free.bodies_count = way.to, max(free.bodies_count, which + 1)
            free.shares[3 + which] = carries * _safety(w, g, way.to, actor, men)
    weight = 0.0
    for which in range(free.bodies_count):
        weight = weight + free.shares[3 + which]
    return weight


@world_kernel
def _safety(w: Any, g: Any, end: int, actor: int, men: int) -> float:
    """How safe a way out is, by the enemies seen within a day's march of its end, and the friends at it (R5)."""
    enemy, ours = 0, men
    for force in range(1, w.story[0].bodies + 1):
        body, other = w.forces[force], root_of(w, force)
        if body.number > 0 and hostile(w, actor, other):
            if body.place != 0 and km_apart(g, end, body.place) <= w.n.day_march:
                enemy += body.number
            if body.kind == Word.FIELD and body.to != 0 and km_apart(g, end, body.to) <= w.n.day_march:
                enemy += body.number
        elif body.number > 0 and body.place == end and friends(w, actor, other):
            ours += body.number
    return route_safety(float(ours), float(enemy))


@world_kernel
def _split_open(
    w: Any, place: int, force: int, men: int, weight: float, shares: tuple[float, float, float, float]
) -> None:
    """R5: how many of those with a way out hide, give up and stand, and how many take each way."""
    free, name, where = w.sides[_OPEN], w.forces[force].name, w.places[place].name
    for part in range(3):
        free.shares[part], free.counts[part] = shares[part], 0
    if men == 0:
        for index in range(free.bodies_count):
            free.counts[3 + index] = 0
        return
    free.chances[0] = _part_draw(w, place, force, Term.OPEN, Term.MELT).value
    free.chances[1] = _part_draw(w, place, force, Term.OPEN, Term.SURRENDER).value
    free.chances[2] = _part_draw(w, place, force, Term.OPEN, Term.STAND).value
    total = shares[0] + shares[1] + shares[2]
    for index in range(free.bodies_count):
        free.shares[3 + index] = shares[3] * free.shares[3 + index] / weight
        total = total + free.shares[3 + index]
        end = w.places[free.bodies[index]].name
        road = draw(w, Purpose.RETREAT_SPLIT, today(w), name, where, Term.OPEN.value, Term.FLEE.value, end)
        free.chances[3 + index] = road.value
    broken_off(men, free.shares, total, free.chances, free.counts, 3 + free.bodies_count)


@world_kernel
def _split_shut(w: Any, place: int, force: int, men: int, shares: tuple[float, float, float, float]) -> None:
    """R5: how many of those without a way out give up, hide, are let go by a deal, and stand."""
    shut, total = w.sides[_SHUT], 0.0
    for part in range(4):
        shut.shares[part], total = shares[part], total + shares[part]
    shut.chances[0] = _part_draw(w, place, force, Term.CLOSED, Term.SURRENDER).value
    shut.chances[1] = _part_draw(w, place, force, Term.CLOSED, Term.MELT).value
    shut.chances[2] = _part_draw(w, place, force, Term.CLOSED, Term.EVACUATE).value
    broken_off(men, shut.shares, total, shut.chances, shut.counts, 4)


@world_kernel
def leave_as_column(w: Any, g: Any, place: int, force: int, to: int, men: int, why: int) -> None:
    """Men leave for a neighbouring place; some are lost on the way, and boats carry only so many a day.

    Args:
        why: the row by which they leave.
    """
    link, name, here, there = (
        g.links[link_between(g, place, to)],
        w.forces[force].name,
        w.places[place].name,
        w.places[to].name,
    )
    speed = draw(w, Purpose.FLIGHT_SPEED, today(w), name, here, there)
    days = advance_time(link.km, varied(w, SPEED_UNOPPOSED, speed.value))
    if link.boats:
        days += ferry_time(men, boats=w.n.boats)
    chance = draw(w, Purpose.FLIGHT_LOST, today(w), name, here, there)
    lost = lost_on_the_way(chance.value, men, chance=w.n.lost_on_the_way)
    cause = by(w, Rule.LOST_ON_THE_WAY, w.n.lost_on_the_way, chance, why)
    column = _column(w, place, force, to, False)
    flees(w, force, place, to, men, lost, column, _arrives(w, column, days), cause)


@world_kernel
def _by_agreement(w: Any, g: Any, place: int, force: int, men: int, broke: int, cause: RowCause, all_go: bool) -> None:
    """Men leave under a deal, unharmed, for the nearest place that their own side holds; with none left, they surrender.

    Args:
        cause: why these men alone, where not all leave (`all_go`).
    """
    end = nearest_refuge(w, g, place, root_of(w, force))
    if end == 0:
        gives_up(w, force, men, w.battles[place].attacker, FIT, by_rule(w, Rule.EVACUATION_DEAL, broke))
        return
    km = g.marks[end].km
    speed = draw(w, Purpose.FLIGHT_SPEED, today(w), w.forces[force].name, w.places[place].name, w.places[end].name)
    days = advance_time(km, varied(w, SPEED_UNOPPOSED, speed.value))
    column = _column(w, place, force, end, True)
    why = by(w, Rule.EVACUATION_DEAL, NO_ODDS, speed, broke) if all_go else cause
    flees(w, force, place, end, men, 0, column, _arrives(w, column, days), why)


@world_kernel
def _arrives(w: Any, column: int, days: float) -> NextDue:
    return falls_due(w, Purpose.RANK_ARRIVAL, after(w, days), w.forces[column].name)


@world_kernel
def _column(w: Any, place: int, force: int, to: int, agreed: bool) -> int:
    """A column of men who leave today: it is named after whose they are, from where, to where, the day and their force."""
    begin_name(w)
    add_name(w, Term.COLUMN.value)
    for name in (w.actors[root_of(w, force)].name, w.places[place].name, w.places[to].name):
        add_letter(w, _SLASH)
        add_name(w, name)
    add_letter(w, _SLASH)
    add_digits(w, today(w) + w.stage[0].first_day)
    add_letter(w, _SLASH)
    add_name(w, w.forces[force].name)
    if agreed:
        add_letter(w, _SLASH)
        add_name(w, Term.AGREED.value)
    return body_written(w)
