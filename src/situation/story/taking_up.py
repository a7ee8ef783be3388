"""A story taken up at a minute under another scenario: what has happened stays, and what was ordered and drawn follows suit."""

from __future__ import annotations

from situation.dates import Minute
from situation.errors import Fault
from situation.events import NumbersDrawn
from situation.log.entry import Log
from situation.scenario import Scenario
from situation.scenario.parts import Conduct
from situation.story.decide.given import turns_to
from situation.story.decide.morning_happenings import goes_over_to
from situation.story.decide.opening import begin_plan, draw_numbers, flies_for, flies_no_more, number_drawn
from situation.story.decide.rows import by_rule
from situation.story.decide.view import doctrine_followed
from situation.story.drivers.clock import ClockedStory
from situation.story.story import Story, resume
from situation.story.world.reasons import Rule
from situation.testimony.dating.clock import Clock

__all__ = ["check_point", "take_up"]


def take_up(
    story: Story,
    at: Minute,
    scenario: Scenario,
    seed: int,
    record_index: int,
    parameter_index: int,
    chance_index: int,
) -> Story:
    """A story up to the end of a minute, and from there on under a scenario: the same events, forces and numbers until then.

    Under its own scenario, on its own luck, it is the same story. Under another its plans give the orders from the next
    council on, and one that is new or another begins as at a branch; marches and battles that are under way go on;
    postures and air support are what the scenario says; and a number is drawn at the address that it always has.

    Args:
        story: the story.
        at: the last minute that stays.
        scenario: how it goes on.
        seed, record_index, parameter_index: those of the story.
        chance_index: of the luck from then on.

    Raises:
        Fault: the minute lies outside the story, or the scenario leaves the record elsewhere, or has forces that are not there.
    """
    before = story.stage.scenario
    check_point(before, scenario, at, story.stage.ground.clock)
    stage = story.stage if scenario == before else story.stage.under(scenario)
    kept = sum(entry.time <= at for entry in story.entries)
    prefix = Log((*stage.log.entries, *story.entries[:kept]))

    def turn(going: ClockedStory) -> None:
        _turned(going, at, before)

    indices = (record_index, parameter_index, chance_index)
    return resume(prefix, stage, seed, *indices, first=None if scenario == before else turn)


def check_point(before: Scenario, scenario: Scenario, at: Minute, clock: Clock) -> None:
    """Refuse what cannot be taken up.

    Args:
        before: the scenario of the story.
        scenario: how it would go on.
        at: the last minute that would stay.
        clock: says the times between which it may lie.

    Raises:
        Fault: the minute lies outside the story, or the scenario leaves the record elsewhere, or has forces that are not there.
    """
    if any(getattr(before, name) != getattr(scenario, name) for name in ("situation", "at", "known_at", "without")):
        fact = f"{scenario.id} leaves the record at another time than {before.id}."
        raise Fault(fact, "Give its file the same branch.")
    if not before.at <= at < scenario.end:
        fact = f"{clock.text(at)} lies outside the story."
        raise Fault(
            fact, f"Name a time from {clock.text(before.at)} to before {clock.text(scenario.end)}.", argument="at"
        )
    if added := sorted({*scenario.forces} - {*before.forces}):
        fact = f"{scenario.id} has forces that are not in the story: {', '.join(added)}."
        raise Fault(fact, "Let them come by an entry of 'given'.")


def _turned(story: ClockedStory, at: Minute, before: Scenario) -> None:
    """What another scenario changes at once."""
    w, g, it, scenario = story.tables, story.ground, story.numbering, story.stage.scenario
    w.story[0].now = at - it.origin
    if _numbers_differ(story):
        draw_numbers(w)
    changed = {it.plans.of(name) for name, plan in scenario.doctrines.items() if before.doctrines.get(name) != plan}
    known = {it.plans.of(name) for name in scenario.doctrines if name in before.doctrines}
    plans = [g.plans[nth].ranked for nth in range(1, len(g.plans))]
    for plan in plans:
        if plan in changed & known and doctrine_followed(w, g, plan) != g.plans[plan].doctrine:
            turns_to(w, plan, g.plans[plan].doctrine, by_rule(w, Rule.TAKEN_UP, 0))
    for actor in (g.actors[nth].ranked for nth in range(1, len(g.actors))):
        if g.actors[actor].armed:
            _take_manner(story, actor, before.actors.get(it.actors.names[actor]))
    for plan in plans:
        if plan in changed:
            begin_plan(w, g.plans[plan], plan)


def _numbers_differ(story: ClockedStory) -> bool:
    """Whether the scenario has other numbers than those by which the story has gone on so far."""
    event = next(entry.event for entry in reversed(story.entries) if isinstance(entry.event, NumbersDrawn))
    names = [story.numbering.numbers.names[number.listed] for number in story.tables.numbers if number.listed]
    return dict(event.values) != {name: number_drawn(story.tables, story.numbering.numbers.of(name)) for name in names}


def _take_manner(story: ClockedStory, actor: int, was: Conduct | None) -> None:
    """An actor's posture and air support, where the scenario says something else of it than before."""
    w, said = story.tables, story.ground.manner[actor]
    conduct = story.stage.conduct(story.numbering.actors.names[actor])
    if was == conduct:
        return
    if was is None or was.posture != conduct.posture:
        goes_over_to(w, actor, said.posture, by_rule(w, Rule.POSTURE_AS_SAID, 0))
    if said.flyer:
        flies_for(w, said.flyer, actor, said.air)
    elif was is not None and was.air_by is not None and was.air != "none":
        flies_no_more(w, actor)
