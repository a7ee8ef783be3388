"""The steps of a story, each as a whole, and the story as their sequence: what falls due is taken until the last minute."""

from __future__ import annotations

from typing import Any

from situation.kernel import entry_kernel, world_kernel
from situation.story.apply.writer import Stop, stop
from situation.story.decide.agenda import NextStep, Phase, is_same, next_step
from situation.story.decide.arrival import arrival_due
from situation.story.decide.battle_day import fight_day
from situation.story.decide.closed_links import lapsed_closures
from situation.story.decide.columns import columns_now
from situation.story.decide.contact import contacts_today
from situation.story.decide.council import councils_held
from situation.story.decide.counterattack import places_retaken
from situation.story.decide.face_to_face import faced_enemies
from situation.story.decide.given import given_events
from situation.story.decide.ground import order_ground
from situation.story.decide.insurgency import weeks_in_hiding
from situation.story.decide.kept import keep_before, keep_row
from situation.story.decide.march import freed_marches
from situation.story.decide.morning import (
    begin_day,
    ceasefires_due,
    lapsed_agreements,
    postures_now,
    wounded_return_now,
)
from situation.story.decide.opening import open_story
from situation.story.decide.orders import order_due
from situation.story.decide.search import search_on
from situation.story.decide.side_by_side import shared_places
from situation.story.decide.sighting import columns_sighted
from situation.story.decide.supply import supplies_today

__all__ = ["simulate_story", "take_step"]


@entry_kernel
def simulate_story(w: Any, g: Any, branch: int, last: int) -> None:
    """A story from its branch to the end of its last minute, or until the world stops: every step that falls due is taken."""
    order_ground(g, w)
    open_story(w, g, branch)
    step = next_step(w)
    while step.minute <= last and w.story[0].fault == Stop.NOTHING:
        take_step(w, g, step)
        before, step = step, next_step(w)
        if is_same(before, step) and w.story[0].fault == Stop.NOTHING:
            stop(w, Stop.LEFT_DUE)
    keep_before(w, last + 1)


@world_kernel
def take_step(w: Any, g: Any, step: NextStep) -> None:
    """Take the step that falls due."""
    keep_before(w, step.minute)
    w.story[0].now = step.minute
    if step.phase == Phase.DAY:
        _morning(w, g)
    elif step.phase == Phase.RETURN:
        wounded_return_now(w, step.about)
    elif step.phase == Phase.COUNCIL:
        councils_held(w, g)
    elif step.phase == Phase.ORDER:
        order_due(w, g, step.about, w.orders[step.about].force)
    elif step.phase == Phase.ARRIVAL:
        arrival_due(w, g, step.about)
    elif step.phase == Phase.BATTLE:
        fight_day(w, g, step.about)
    else:
        search_on(w, g, step.about)
    keep_row(w, w.story[0].row_count)


@world_kernel
def _morning(w: Any, g: Any) -> None:
    """A new day: what is given, contacts, changes of posture, new battles, supply, counter-attacks, and what hiding brings."""
    begin_day(w)
    lapsed_agreements(w, g)
    ceasefires_due(w, g)
    given_events(w, g)
    contacts_today(w, g)
    postures_now(w, g)
    freed_marches(w, g)
    shared_places(w, g)
    faced_enemies(w, g)
    columns_sighted(w, g)
    lapsed_closures(w, g)
    supplies_today(w, g)
    places_retaken(w, g)
    weeks_in_hiding(w, g)
    columns_now(w, g)
