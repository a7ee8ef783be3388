"""Checks of a scenario against the state that it branches from: who holds what, and how actors stand to each other.

What can still change in a story, by given events or by incidents, is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from situation.events import CeasefireAgreed, ForceRaised, StanceChanged
from situation.log.state import State, occupants, relation
from situation.log.value_words import list_in_words
from situation.record.record import Record
from situation.scenario.branch import branch_state
from situation.scenario.checks.given import parties_of
from situation.scenario.orders import DOCTRINE_NEEDS
from situation.scenario.parts import Scenario
from situation.scenario.problems import Path, Problems
from situation.testimony.ground import Ground

__all__ = ["check_against_branch"]


def check_against_branch(problems: Problems, scenario: Scenario, record: Record) -> None:
    """Report what contradicts the state at the branch."""
    state, ground = branch_state(scenario, record), record.ground
    if not problems.faulty_in("forces"):
        _garrisons(problems, scenario, state, ground)
    _strangers(problems, scenario, state, ground)
    if not problems.faulty_in("given"):
        _clashes(problems, scenario, state, ground)
        _enemies(problems, scenario, state, record)
        _hosts(problems, scenario, state, ground)


def _garrisons(problems: Problems, scenario: Scenario, state: State, ground: Ground) -> None:
    """Every place that somebody holds needs a prior for its garrison, or a field force there."""
    priors: set[tuple[str, str]] = set()
    for force in scenario.forces.values():
        priors |= {(ground.root(force.actor), place) for place in force.places}
    for place in ground.places:
        for holder in occupants(state.cells, place):
            if (holder, place) not in priors:
                known = f"by what was known on {ground.clock.day(scenario.known_at)}"
                fact = f"{holder} holds {place} at the branch, {known}, and no force of its is there."
                problems.add(("forces",), fact, "Give a prior for it under 'forces'.")


def _strangers(problems: Problems, scenario: Scenario, state: State, ground: Ground) -> None:
    """A field force stands on ground of its own, of a friend, of an enemy, or of nobody: else it can do nothing there."""
    for name, force in scenario.forces.items():
        for place in dict.fromkeys(force.places) if force.kind == "field" else ():
            _stranger(problems, ("forces", name, "at"), f"'{name}'", (ground.root(force.actor), place), state)
    for name, given in scenario.given.items():
        event = given.event
        if not isinstance(event, ForceRaised) or event.kind != "field":
            continue
        waits = any(condition.cell == f"{event.place}.holder" for condition in given.when)
        actor = ground.root(event.actor)
        if not waits and not any(_given(scenario, ground, actor, it) for it in occupants(state.cells, event.place)):
            _stranger(problems, ("given", name, "event", "place"), f"'{event.force}'", (actor, event.place), state)


def _stranger(problems: Problems, path: Path, name: str, stands: tuple[str, str], state: State) -> None:
    actor, place = stands
    holders = occupants(state.cells, place)
    if holders and not any(any(relation(state.cells, actor, holder)) for holder in holders):
        verb = "holds" if len(holders) == 1 else "hold"
        fact = f"{name} stands in {place}, which {' and '.join(holders)} {verb}, and {actor} may not fight for it."
        problems.add(path, fact, "Place it elsewhere, or say under 'relations' of map.yaml how the two stand.")


def _given(scenario: Scenario, ground: Ground, one: str, other: str) -> tuple[str, ...]:
    """The stances between two that are given; a ceasefire gives one of its own."""
    events = [given.event for given in scenario.given.values()]
    return tuple(
        event.stance if isinstance(event, StanceChanged) else "deconflicted"
        for event in events
        if isinstance(event, StanceChanged | CeasefireAgreed)
        and {one, other} <= {ground.root(actor) for actor in parties_of(event)}
    )


def _clashes(problems: Problems, scenario: Scenario, state: State, ground: Ground) -> None:
    """A question about a clash is about two who are not enemies from the branch on."""
    for name, question in scenario.questions.items():
        if not set(question.between) <= set(ground.actors) or not question.between:
            continue
        one, other = (ground.root(actor) for actor in question.between)
        if relation(state.cells, one, other)[0] and not _given(scenario, ground, one, other):
            fact = f"{one} and {other} are enemies at the branch: no incident can make them so."
            problems.add(
                ("questions", name, "between"), fact, "Ask what they take or lose, or give a 'CeasefireAgreed' first."
            )


def _hosts(problems: Problems, scenario: Scenario, state: State, ground: Ground) -> None:
    """A plan hands nothing over to an enemy."""
    for name, plan in scenario.doctrines.items():
        actor, host = ground.root(plan.actor), plan.holds_for
        if host is None or not relation(state.cells, actor, host)[0] or _given(scenario, ground, actor, host):
            continue
        fact = f"{actor} and {host} are enemies at the branch: the one takes no place for the other."
        problems.add(("doctrines", name, "holds_for"), fact, "Name a friend, or leave it out.")


def _enemies(problems: Problems, scenario: Scenario, state: State, record: Record) -> None:
    """A plan that goes for objectives needs one that it may fight for, now or later."""
    ground = record.ground
    for name, plan in scenario.doctrines.items():
        if "objectives" not in DOCTRINE_NEEDS.get(plan.doctrine, ()) or not plan.goals:
            continue
        actor = ground.root(plan.actor)
        holders = {holder: place for place in plan.goals for holder in occupants(state.cells, place)}
        closed = all(occupants(state.cells, place) for place in plan.goals)
        if closed and not any(_may_fight(scenario, state, ground, actor, holder) for holder in sorted(holders)):
            named = ", ".join(f"{holder} (in {place})" for holder, place in sorted(holders.items()))
            fact = f"{actor} is not at war with {named}, so that this plan never moves."
            problems.add(
                ("doctrines", name, "objectives"), fact, _how_to_be_enemies(scenario, record, actor, set(holders))
            )


def _how_to_be_enemies(scenario: Scenario, record: Record, actor: str, holders: set[str]) -> str:
    """What to do where a plan has no enemy: by a claim that comes to be known later, or by saying so."""
    ground = record.ground
    later = record.state(scenario.at, None, scenario.branch.belief)
    for holder in sorted(holders):
        if not relation(later.cells, actor, holder)[0]:
            continue
        cells = (f"{actor}:{holder}.stance", f"{holder}:{actor}.stance")
        claims = {claim for cell in cells if cell in later.because for claim in later.because[cell].cause.claims}
        known = max(
            (record.testimony.known_from(record.testimony.claims[claim]) for claim in sorted(claims)), default=None
        )
        if known is not None and known > scenario.known_at:
            names, at = list_in_words(sorted(claims)), ground.clock.text(known)
            return f"That they are enemies is known only from {at} ({names}): set 'known_at' under 'branch' to then or later."
    return "Say under 'relations' of map.yaml who is hostile to whom, or give a 'StanceChanged'."


def _may_fight(scenario: Scenario, state: State, ground: Ground, actor: str, holder: str) -> bool:
    """Whether an actor may come to fight for what another holds, or for it once a third has taken it.

    Two whom the record or something given says to be neither friends nor enemies may come to blows if both are armed.
    """
    if actor == holder or any(relation(state.cells, actor, holder)):
        return True
    stances = _given(scenario, ground, actor, holder)
    said = any(f"{one}:{two}.stance" in state.cells for one, two in ((actor, holder), (holder, actor)))
    if "hostile" in stances or ((said or stances) and {actor, holder} <= scenario.fighting(ground)):
        return True
    return any(
        relation(state.cells, actor, third)[0] and relation(state.cells, holder, third)[0] for third in _roots(ground)
    )


def _roots(ground: Ground) -> Iterator[str]:
    return (str(actor) for actor in ground.actors if ground.root(actor) == actor)
