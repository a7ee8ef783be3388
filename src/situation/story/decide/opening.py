"""How a story opens: the record ends, numbers and forces are drawn, and the rest is as the scenario says."""

from __future__ import annotations

from typing import Any, Final

from situation.chance.luck import Stream, mixed_pair, question_word
from situation.chance.philox import uniform_at
from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules.retreat import largest_remainders
from situation.story.apply.conduct import air_support
from situation.story.apply.march import force_raised, numbers_drawn, story_began
from situation.story.decide.calendar import MORNING, at_hour, today
from situation.story.decide.council_happenings import plan_rests
from situation.story.decide.draws import NextDue, RowDraw, draw, value_at
from situation.story.decide.given import raised_body, sets_off
from situation.story.decide.morning_happenings import goes_over_to
from situation.story.decide.rows import RowCause, by, by_rule, due_in, lay_part, next_row
from situation.story.decide.sides import enemy_holds
from situation.story.rows.kinds import RowKind
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.words import Word

__all__ = ["begin_plan", "draw_numbers", "flies_for", "flies_no_more", "number_drawn", "open_story"]

_PARAMETER: Final = question_word(Stream.PARAMETERS.value, "parameter")
_FORCE: Final = question_word(Stream.RECORD.value, "force")
_RANK: Final = question_word(Stream.CHANCE.value, "rank")


@world_kernel
def open_story(w: Any, g: Any, minute: int) -> None:
    """The first step of a story, at the minute of the branch."""
    w.story[0].now = minute
    _begin(w)
    draw_numbers(w)
    _draw_forces(w, g)
    _rank_forces(w, g)
    for nth in range(1, len(g.opening)):
        _raise_force(w, g, g.opening[nth].ranked)
    for nth in range(1, len(g.actors)):
        actor = g.actors[nth].ranked
        if g.actors[actor].armed:
            _take_manner(w, g.manner[actor], actor)
    for nth in range(1, len(g.plans)):
        begin_plan(w, g.plans[g.plans[nth].ranked], g.plans[nth].ranked)


@world_kernel
def _begin(w: Any) -> None:
    """The record ends here, and the first morning falls due."""
    morning = at_hour(w, today(w), MORNING)
    at = next_row(w, RowKind.STORY_BEGAN, by_rule(w, Rule.BRANCH, 0))
    due_in(w.rows[at], NextDue(morning if morning > w.story[0].now else morning + DAY, 0.0))
    story_began(w, w.rows[at], at)


@world_kernel
def draw_numbers(w: Any) -> None:
    """Every number that holds for a whole story."""
    for nth in range(1, len(w.numbers)):
        number = w.numbers[nth].listed
        if number != 0:
            lay_part(w, 0, number, 0, number_drawn(w, number))
    at = next_row(w, RowKind.NUMBERS_DRAWN, by_rule(w, Rule.PRIORS, 0))
    numbers_drawn(w, w.rows[at], at)


@world_kernel
def number_drawn(w: Any, number: int) -> float:
    """A number that holds for a whole story, as it is drawn."""
    luck, prior = w.stage[0], w.numbers[number]
    u = uniform_at((luck.parameters_seed, luck.parameters_index), _PARAMETER, prior.word, 0)
    return value_at(prior, u)


@world_kernel
def _of_record(w: Any, subject: Any) -> float:
    """The number that decides how many men there are of what the record leaves open."""
    luck = w.stage[0]
    return uniform_at((luck.record_seed, luck.record_index), _FORCE, subject, 0)


@world_kernel
def _draw_of_force(w: Any, about: Any) -> RowDraw:
    """The draw of a force at a place, or of one that several places share."""
    name, place = about.name, w.places[about.place].name
    if about.shares:
        return RowDraw(_of_record(w, w.names[name].word), about.question, 0, (name, 0, 0, 0, 0))
    subject = mixed_pair(w.names[name].word, w.names[place].word)
    return RowDraw(_of_record(w, subject), about.question, 0, (name, place, 0, 0, 0))


@world_kernel
def _draw_forces(w: Any, g: Any) -> None:
    """How many men each force has at each place; scaled to their total, where an actor has one."""
    for at in range(1, len(g.opening)):
        about = g.opening[at]
        about.men = value_at(about, _draw_of_force(w, about).value) * about.share
        about.number = round(about.men)
    for at in range(1, len(g.totals)):
        total, places, weight = g.totals[at], 0, 0.0
        men = round(value_at(total, _of_record(w, total.word)))
        for row in range(1, len(g.opening)):
            if g.opening[row].root == total.actor:
                g.shares[places] = g.opening[row].men
                places, weight = places + 1, weight + g.opening[row].men
        if weight > 0.0:
            largest_remainders(men, g.shares, weight, g.counts, places)
            _take_counts(g, total.actor)


@world_kernel
def _take_counts(g: Any, actor: int) -> None:
    """Note what has been shared out among the forces of an actor."""
    place = 0
    for row in range(1, len(g.opening)):
        if g.opening[row].root == actor:
            g.opening[row].number = g.counts[place]
            place += 1


@world_kernel
def _rank_forces(w: Any, g: Any) -> None:
    """Note in which order the forces come, by ranks that are drawn."""
    luck = w.stage[0]
    for row in range(1, len(g.opening)):
        rank = uniform_at((luck.seed, luck.index), _RANK, g.opening[row].word, 0)
        g.opening[row].rank = rank
        at = row
        while at > 1 and g.opening[g.opening[at - 1].ranked].rank > rank:
            g.opening[at].ranked = g.opening[at - 1].ranked
            at -= 1
        g.opening[at].ranked = row


@world_kernel
def _raise_force(w: Any, g: Any, row: int) -> None:
    """A force is there. A garrison whose place is in an enemy's hands, by this draw of the record, is in hiding."""
    about, first = g.opening[row], w.story[0].parent_count
    cause, field = RowCause(about.rule, about.best, _draw_of_force(w, about), first, first), about.kind == Word.FIELD
    hides = about.hides or enemy_holds(w, about.place, about.root)
    force = raised_body(w, about.name if field else 0, about.place, about.root)
    at = next_row(w, RowKind.FORCE_RAISED, cause)
    raised = w.rows[at]
    raised.force, raised.actor, raised.place, raised.word = force, about.actor, about.place, about.kind
    if hides and not field:
        raised.more = about.number
    else:
        raised.number = about.number
    force_raised(w, raised, at)


@world_kernel
def _take_manner(w: Any, said: Any, actor: int) -> None:
    """An actor's posture, and who flies for it."""
    goes_over_to(w, actor, said.posture, by_rule(w, Rule.POSTURE_AS_SAID, 0))
    if said.flyer != 0:
        flies_for(w, said.flyer, actor, said.air)


@world_kernel
def flies_for(w: Any, flyer: int, actor: int, air: int) -> None:
    """Somebody supports an actor from the air, as the scenario says."""
    at = next_row(w, RowKind.AIR_SUPPORT_GIVEN, by_rule(w, Rule.AIR_AS_SAID, 0))
    row = w.rows[at]
    row.actor, row.toward, row.word = flyer, actor, air
    air_support(w, row, at)


@world_kernel
def flies_no_more(w: Any, actor: int) -> None:
    """Nobody supports an actor from the air any more."""
    at = next_row(w, RowKind.AIR_SUPPORT_WITHDRAWN, by_rule(w, Rule.AIR_AS_SAID, 0))
    w.rows[at].toward, w.rows[at].word = actor, Word.NONE.value
    air_support(w, w.rows[at], at)


@world_kernel
def begin_plan(w: Any, terms: Any, plan: int) -> None:
    """Whether a plan with a chance happens, and until when one with a later start waits."""
    name = w.plans[plan].name
    if terms.given != 0:
        chance, odds = draw(w, Purpose.PLAN_HAPPENS, today(w), name), w.numbers[terms.chance].value
        sets_off(w, terms.given, chance.value < odds, by(w, Rule.CHANCE, odds, chance))
    if terms.start != 0:
        chance = draw(w, Purpose.PLAN_STARTS, today(w), name)
        days = value_at(w.numbers[terms.start], chance.value)
        until = w.story[0].now + round(days * DAY)
        plan_rests(w, plan, until, Word.START, 0, by(w, Rule.PLANS_START, days, chance))
