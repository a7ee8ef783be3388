"""What a scenario must be, beyond its form: every name known, every number whole, every trigger able to fire.

All that could be read is checked. What could not be read has been told, and stands here as what calls no other problem forth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from situation.clock import DAY, Duration, Minute
from situation.errors import Fault, near_miss
from situation.record.belief import BELIEFS
from situation.record.record import Record
from situation.scenario.checks.domains import USES
from situation.scenario.checks.given import given_checked
from situation.scenario.checks.names import last_stand_named, number_named, priors_given, root_named
from situation.scenario.checks.plans import forces_checked, plans_checked, questions_checked
from situation.scenario.checks.standing import standing_checked
from situation.scenario.faults import Faults
from situation.scenario.parts import Branch, Conduct, Scenario
from situation.testimony.codec import check_id
from situation.testimony.ground import Ground

__all__ = ["checked"]

LONG = Duration(36500 * DAY)
"""So long that no time is beyond it: where the branch or the horizon is wrong, nothing else is told of it."""


def checked(
    told: Faults,
    ground: Ground,
    record: Record | None,
    doctrines: Collection[str],
    values: Mapping[str, Any],
    tables: Mapping[str, Any],
    written: Any,
) -> Scenario:
    """The scenario as far as it could be read, and every problem told.

    Args:
        record: what it branches from; None: it is faulty itself, and nothing is held against it.
        values, tables: the typed parts of the file; None where one is missing or could not be read.
        written: what the file itself says under 'parameters', without the one that it extends.
    """
    if values["scenario"] is not None:
        try:
            check_id(values["scenario"])
        except Fault as fault:
            told(("scenario",), fault.fact, fault.advice)
    if values["situation"] not in (None, ground.situation):
        told(("situation",), f"The situation is '{values['situation']}'.", f"This folder holds '{ground.situation}'.")
    before = told.count
    at, known_at = _branch(told, values["branch"], ground)
    right = at is not None and told.count == before
    scenario = Scenario(
        id=values["scenario"] or "",
        title=values["title"] or "",
        about=values["about"] or "",
        situation=ground.situation,
        branch=values["branch"] or Branch(""),
        at=at if at is not None else ground.window.earliest - LONG,
        known_at=known_at,
        horizon=_horizon(told, values["horizon"], at),
        suggested_by=values["suggested_by"] or (),
        assumes=values["assumes"] or "",
        without=values["without"] or (),
        given=tables["given"],
        actors=tables["actors"],
        forces=tables["forces"],
        totals=tables["totals"],
        doctrines=tables["doctrines"],
        numbers=priors_given(told, tables, written if isinstance(written, dict) else {}, ground),
        own_numbers=tuple(sorted(tables["parameters"])),
        questions=tables["questions"],
        extends=values["extends"],
        file="",
    )
    _actors(told, scenario, ground)
    forces_checked(told, scenario, ground)
    plans_checked(told, scenario, ground, doctrines)
    given_checked(told, scenario, ground)
    questions_checked(told, scenario, ground)
    if record is not None:
        whole = _claims(told, scenario, record)
        if right and whole:
            standing_checked(told, scenario, record)
    return scenario


def _horizon(told: Faults, horizon: Duration | None, at: Minute | None) -> Duration:
    """How long stories go on: as long as can be where that, or the branch, is wrong."""
    if horizon is not None and horizon <= 0:
        told(("horizon",), "The horizon is nothing.", "Give a length above 0, such as '120 d'.")
    return horizon if horizon is not None and horizon > 0 and at is not None else Duration(3 * LONG)


def _branch(told: Faults, branch: Branch | None, ground: Ground) -> tuple[Minute | None, Minute]:
    """When a story leaves the record, None where that is wrong; and by when it was known."""
    window, clock = ground.window, ground.clock
    if branch is None:
        return None, window.latest
    at, known_at = (_moment(told, key, getattr(branch, key), ground) for key in ("at", "known_at"))
    if at is not None and not window.earliest <= at <= window.latest:
        span = f"{clock.day(window.earliest)} to {clock.day(window.latest)}"
        told(("branch", "at"), f"The branch lies outside the record, {span}.", "Branch within it.")
        at = None
    if known_at is not None and known_at < window.earliest:
        told(("branch", "known_at"), "Nothing is known so early.", "Give a time within the record, or after it.")
    if branch.belief not in BELIEFS:
        hint = near_miss(branch.belief, BELIEFS) or f"Use one of: {', '.join(BELIEFS)}."
        told(("branch", "belief"), f"There is no belief '{branch.belief}'.", hint)
    return at, known_at if known_at is not None else at or window.latest


def _moment(told: Faults, key: str, text: str | None, ground: Ground) -> Minute | None:
    try:
        return ground.clock.moment(text) if text is not None else None
    except (Fault, ValueError) as error:
        told(("branch", key), str(error), "")
        return None


def _claims(told: Faults, scenario: Scenario, record: Record) -> bool:
    """Whether every claim that is named is there."""
    claims, before = record.testimony.claims, told.count
    episodes = {claim.episode for claim in claims.values() if claim.episode}
    for key, named, known in (
        ("suggested_by", scenario.suggested_by, set(claims)),
        ("without", scenario.without, {*claims, *episodes}),
    ):
        for place, name in enumerate(named):
            if name not in known:
                hint = near_miss(name, known, 0.85) or "Name claims of the record, by their ids."
                told((key, place), f"There is no claim '{name}'.", hint)
    return told.count == before


def _actors(told: Faults, scenario: Scenario, ground: Ground) -> None:
    conduct: Conduct
    for actor, conduct in told.beside("actors", scenario.actors).items():
        path = ("actors", actor)
        if actor not in ground.actors:
            hint = near_miss(actor, ground.actors) or "Use an id of map.yaml."
            told(path, f"There is no actor '{actor}'.", hint)
            continue
        root_named(told, path, actor, ground)
        for key in USES:
            if key == "last_stand":
                last_stand_named(told, (*path, key), conduct.last_stand, scenario.numbers)
            elif hasattr(conduct, key):
                number_named(told, (*path, key), key, getattr(conduct, key), scenario.numbers)
        if not told.missed(path, "air", "air_by") and (conduct.air_by is None) != (conduct.air == "none"):
            told((*path, "air"), "Air support is said by half.", "Give 'air' and 'air_by', or neither.")
    for actor in told.beside("totals", scenario.totals):
        if actor not in ground.actors or ground.root(actor) != actor:
            told(("totals", actor), f"There is no holder '{actor}'.", "Name the actor at the top of its hierarchy.")
