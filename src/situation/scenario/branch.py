"""Where a story leaves the record: the log up to the branch, without the claims that the scenario leaves out."""

from __future__ import annotations

from attrs import evolve

from situation.log.entry import Log
from situation.log.state import State
from situation.record.record import Record
from situation.scenario.parts import Scenario

__all__ = ["branch_log", "branch_state", "under_belief", "without_claims"]


def under_belief(scenario: Scenario, belief: str) -> Scenario:
    """The scenario with all its stories on the one account of the record that a belief gives, in place of draws of it."""
    return evolve(scenario, branch=evolve(scenario.branch, account=belief))


def without_claims(record: Record, names: tuple[str, ...]) -> Record:
    """The record without some claims, each named by its id or by its episode."""
    if not names:
        return record
    claims = {
        name: claim
        for name, claim in record.testimony.claims.items()
        if name not in names and claim.episode not in names
    }
    return evolve(record, testimony=evolve(record.testimony, claims=claims))


def branch_log(scenario: Scenario, record: Record) -> Log:
    """What is held to have happened up to the branch."""
    left = without_claims(record, scenario.without)
    return left.log(scenario.known_at, scenario.branch.belief).until(scenario.at)


def branch_state(scenario: Scenario, record: Record) -> State:
    """The state at the branch."""
    left = without_claims(record, scenario.without)
    return left.reading(scenario.known_at, scenario.branch.belief).state_at(scenario.at)
