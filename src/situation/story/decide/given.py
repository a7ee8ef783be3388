"""What a scenario lets happen on a morning: events whose conditions hold for the first time, and plans that switch doctrine."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.apply import apply_rows
from situation.story.apply.bodies import root_of
from situation.story.apply.conduct import doctrine_switched, triggered
from situation.story.decide.battle_begins import join_fight
from situation.story.decide.calendar import today
from situation.story.decide.conditions import also_cells, body_named, hold_all
from situation.story.decide.draws import draw, no_draw
from situation.story.decide.names import pool_at, staged_body
from situation.story.decide.rows import NO_ODDS, RowCause, by, by_rule, lay_part, next_row
from situation.story.decide.sides import enemy_holds, friends
from situation.story.rows.kinds import RowKind
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.words import Word

__all__ = ["given_events", "raised_body", "sets_off", "turns_to"]


@world_kernel
def given_events(w: Any, g: Any) -> None:
    """The given events whose conditions all hold for the first time, and the plans that switch doctrine."""
    for nth in range(1, len(w.givens)):
        given = w.givens[nth].ranked
        if given != 0 and w.givens[given].fired_by == 0 and w.story[0].now >= w.givens[given].minute:
            about = w.givens[given]
            if hold_all(w, about.first_condition, about.last_condition):
                _triggers(w, given)
    for nth in range(1, len(g.plans)):
        _may_switch(w, g, g.plans[nth].ranked)


@world_kernel
def _triggers(w: Any, given: int) -> None:
    """Whether what is given happens, where it has a chance; and that it does."""
    about, chance, odds = w.givens[given], no_draw(), NO_ODDS
    if about.chance != 0:
        chance, odds = draw(w, Purpose.GIVEN_HAPPENS, today(w), about.name), w.numbers[about.chance].value
    happens = about.chance == 0 or chance.value < odds
    cause = by(w, Rule.GIVEN, odds, chance)
    sets_off(w, given, happens, also_cells(w, cause, about.first_condition, about.last_condition))
    if happens:
        if about.happening == RowKind.FORCE_RAISED:
            _raises(w, given)
        else:
            _gives(w, given, by_rule(w, Rule.GIVEN, about.fired_by))


@world_kernel
def sets_off(w: Any, given: int, happens: bool, cause: RowCause) -> int:
    """What is given happens, or does not."""
    at = next_row(w, RowKind.TRIGGERED, cause)
    w.rows[at].index, w.rows[at].flag = given, happens
    triggered(w, w.rows[at], at)
    return at


@world_kernel
def _gives(w: Any, given: int, cause: RowCause) -> None:
    """A given event happens, as it stands in the table."""
    about = w.givens[given]
    for said in range(about.first_said, about.last_said):
        lay_part(w, 0, w.sayings[said].cell, w.sayings[said].value, 0.0)
    at = next_row(w, RowKind.NOTHING, cause)
    row = w.rows[at]
    row.happening = about.happening
    row.actor, row.toward, row.place, row.link = about.actor, about.toward, about.place, about.link
    row.index, row.word, row.units = about.index, about.word, about.units
    apply_rows(w, at, at + 1)


@world_kernel
def _raises(w: Any, given: int) -> None:
    """Men are raised: in hiding, where an enemy has their garrison's place. Where a battle is on they take part in it."""
    about = w.givens[given]
    actor, place, number, hidden = w.actors[about.actor].root, about.place, about.number, about.more
    field = about.word == Word.FIELD
    if not field and enemy_holds(w, place, actor):
        number, hidden = 0, number + hidden
    cause = by_rule(w, Rule.GIVEN, about.fired_by)
    force = raised_body(w, about.body, place, actor)
    at = next_row(w, RowKind.FORCE_RAISED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.word = force, about.actor, place, about.word
    row.number, row.more, row.flag = number, hidden, about.flag
    apply_rows(w, at, at + 1)
    fight = w.battles[place]
    if fight.attacker != 0 and (field or friends(w, root_of(w, force), fight.defender)):
        join_fight(w, force, place, number, w.forces[force].number_by)


@world_kernel
def raised_body(w: Any, name: int, place: int, actor: int) -> int:
    """The body that men are raised to: of a name of its own, which may be known; else the garrison's."""
    if name == 0:
        return pool_at(w, place, actor)
    known = body_named(w, name)
    return known if known != 0 else staged_body(w, name)


@world_kernel
def _may_switch(w: Any, g: Any, plan: int) -> None:
    """A plan turns to the first of its other doctrines for which all holds, to each once."""
    terms, doctrines = w.plans[plan], len(w.turns) // len(w.plans)
    now = terms.doctrine if terms.doctrine != 0 else g.plans[plan].doctrine
    for at in range(terms.first_switch, terms.last_switch):
        turn = w.switches[at]
        once = w.turns[plan * doctrines + turn.to].turned
        if now != turn.to and not once and hold_all(w, turn.first_condition, turn.last_condition):
            cause = also_cells(w, by(w, Rule.TRIGGER, NO_ODDS, no_draw()), turn.first_condition, turn.last_condition)
            turns_to(w, plan, turn.to, cause)
            return


@world_kernel
def turns_to(w: Any, plan: int, doctrine: int, cause: RowCause) -> int:
    """A plan turns to another doctrine."""
    at = next_row(w, RowKind.DOCTRINE_SWITCHED, cause)
    w.rows[at].plan, w.rows[at].index = plan, doctrine
    doctrine_switched(w, w.rows[at], at)
    return at
