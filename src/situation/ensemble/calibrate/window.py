"""The window of a calibration: from the branch up to a moment, and the record without what it says of later times."""

from __future__ import annotations

import attrs

from situation.dates import Duration, Minute
from situation.errors import Fault
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import without_claims

__all__ = ["record_up_to", "scenario_up_to", "window_end"]


def window_end(scenario: Scenario, record: Record, until: str) -> Minute:
    """The end of the window.

    Args:
        until: a date (its end, local time) or a minute.

    Raises:
        Fault: it is no date, or not after the branch, or after the end of the stories or of the record's window.
    """
    text, minute = record.ground.clock.text, record.minute(until)
    if minute <= scenario.at:
        fact = f"The window ends on {text(minute)}, and the stories begin only on {text(scenario.at)}."
        raise Fault(fact, "Name a later day, or a scenario that branches earlier.", argument="until")
    last = min(scenario.end, record.ground.window.latest)
    if minute > last:
        of_what = "the stories end" if last == scenario.end else "the record ends"
        fact = f"The window ends on {text(minute)}, and {of_what} on {text(last)}."
        raise Fault(fact, "Name an earlier day.", argument="until")
    return minute


def record_up_to(scenario: Scenario, record: Record, until: Minute) -> Record:
    """The record without what it says of a time that ends after a minute, whenever it was said.

    A claim that bears no time stays where it was known at the branch or by then: the stories go on from it, too.
    """
    testimony = record.testimony
    later = tuple(
        name
        for name, claim in testimony.claims.items()
        if (
            testimony.known_from(claim) > max(until, scenario.known_at)
            if claim.happened is None
            else claim.happened.span.latest > until
        )
    )
    return without_claims(record, later)


def scenario_up_to(scenario: Scenario, until: Minute) -> Scenario:
    """The scenario with stories that end at a minute, and no questions: nobody asks what comes after it."""
    return attrs.evolve(scenario, horizon=Duration(until - scenario.at), questions={})
