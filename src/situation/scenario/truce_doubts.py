"""Warnings on ceasefires of some places: how two sides stand to each other has no place, so stories take one for all."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from situation.errors import Problem, Where
from situation.events import Agreement, CeasefireAgreed, StanceChanged
from situation.events.agreements import pairs_of
from situation.log.agreement_state import AgreementState
from situation.log.entry import Entry
from situation.log.state import State, occupants
from situation.log.terms import is_over
from situation.log.value_words import day_in_words, in_places, list_in_words
from situation.record.record import Record
from situation.scenario.branch import branch_log, branch_state
from situation.scenario.parts import Scenario
from situation.testimony.documents import Document
from situation.testimony.ground import Ground

__all__ = ["truce_doubts"]


@frozen
class _Truce:
    """A ceasefire of some places, for one pair of its sides, and where it is written."""

    at: Where
    between: tuple[str, str]
    agreed: Agreement


def truce_doubts(document: Document, scenario: Scenario, record: Record, *, all_of_it: bool = False) -> list[Problem]:
    """Every ceasefire of some places that a scenario's stories keep everywhere, at its line.

    Args:
        document: the scenario's file.
        scenario: what was read from it.
        record: what it branches from.
        all_of_it: also what a scenario has from the one that it extends, and that is told there.
    """
    ground, state = record.ground, branch_state(scenario, record)
    truces: list[_Truce] = []
    if all_of_it or "branch" in document.value:
        truces += _of_the_record(scenario, record, state)
    here = document.value.get("given") or {}
    for name, given in scenario.given.items():
        event = given.event
        if isinstance(event, CeasefireAgreed) and event.scope and (all_of_it or name in here):
            where = document.where(("given", name, "event") if name in here else ("extends",))
            truces += [_Truce(where, pair, event.agreed) for pair in pairs_of(ground.root, event.parties)]
    return sorted({_warning(it, scenario, ground) for it in truces if _matters(it, scenario, state, ground)})


def _of_the_record(scenario: Scenario, record: Record, state: State) -> Iterator[_Truce]:
    """Those of the record that have neither ended nor lapsed at the branch, where no other holds everywhere."""
    ground, entries = record.ground, list(branch_log(scenario, record))
    for it in state.agreements:
        standing = [agreed for agreed in _standing(it) if not is_over(agreed.until, scenario.at, ground)]
        if all(agreed.scope and agreed.kind == "ceasefire" for agreed in standing):
            for agreed in standing:
                yield _Truce(_line(agreed, entries, record), it.between, agreed)


def _standing(it: AgreementState) -> list[Agreement]:
    return [] if it.ended else [it.agreed, *(one.agreed for one in it.beside)]


def _line(agreed: Agreement, entries: list[Entry], record: Record) -> Where:
    """Where an agreement is written: at the first of its claims, or in the opening."""
    ground = record.ground
    for entry in reversed(entries):
        event = entry.event
        if isinstance(event, CeasefireAgreed) and event.agreed == agreed:
            return min(record.testimony.claims[name].at for name in entry.cause.claims)
    for it in ground.opening.agreements:
        if it.agreed == agreed:
            return ground.where[ground.opening.agreement_id(it)]
    raise AssertionError(f"no entry made {agreed}")


def _matters(it: _Truce, scenario: Scenario, state: State, ground: Ground) -> bool:
    """Whether the two could fight outside of it, and the scenario does not say that they are enemies all the same."""
    outside = {*ground.places}.difference(*(ground.members(area) for area in it.agreed.scope))
    if not any(one in it.between for place in outside for one in occupants(state.cells, place)):
        return False
    return not any(
        isinstance(given.event, StanceChanged)
        and given.event.stance == "hostile"
        and {ground.root(given.event.actor), ground.root(given.event.toward)} == {*it.between}
        for given in scenario.given.values()
    )


def _warning(it: _Truce, scenario: Scenario, ground: Ground) -> Problem:
    who = list_in_words(map(ground.name, it.between))
    last = f" until {day_in_words(it.agreed.until, ground)}" if it.agreed.until is not None else " until it ends"
    fact = (
        f"This ceasefire of {who} holds {in_places(it.agreed.scope, ground)} alone, and the stories of scenario "
        f"'{scenario.id}' keep it everywhere: the two do not fight at any other place either{last}."
    )
    one, other = it.between
    advice = (
        "Stories know how two sides stand to each other, not where. If the fighting elsewhere is to go on, write "
        f"'war: {{event: {{event: StanceChanged, actor: {one}, toward: {other}, stance: hostile}}, when: [{{after: 1 d}}]}}' "
        "under 'given': then they fight everywhere, there too."
    )
    return Problem(it.at, fact, advice)
