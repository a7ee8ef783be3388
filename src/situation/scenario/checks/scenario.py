"""The checks of a whole scenario: every name known, every number complete, every trigger able to fire.

All that could be read is checked. What could not be read has been problems, and stands here as what calls no other problem forth.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from situation.dates import DAY, Duration, Interval, Minute
from situation.errors import Fault, near_miss
from situation.record.beliefs.policies import BELIEFS
from situation.record.record import Record
from situation.scenario.checks.at_branch import check_against_branch
from situation.scenario.checks.domains import NUMBER_USES
from situation.scenario.checks.given import check_given
from situation.scenario.checks.numbers import check_last_stand, check_number, check_root, check_source, priors_of
from situation.scenario.checks.plans import check_forces, check_plans, check_questions
from situation.scenario.parts import Branch, Conduct, Inflow, Scenario
from situation.scenario.problems import Path, Problems, legible
from situation.testimony.ground import Ground
from situation.testimony.ids import check_folder_id, check_id
from situation.testimony.tour import claim_faults, time_faults

__all__ = ["OF_ANOTHER_SITUATION", "check_scenario"]

OF_ANOTHER_SITUATION = ("situation",)
"""The path of the fault where a scenario is of another situation than the one that it is checked against."""

_BEYOND = Duration(36500 * DAY)
"""So long that no time lies beyond it: with a wrong branch or horizon, no other time is reported as out of range."""


def check_scenario(
    problems: Problems,
    ground: Ground,
    record: Record | None,
    doctrines: Collection[str],
    values: Mapping[str, Any],
    tables: Mapping[str, Any],
    written: Any,
) -> Scenario:
    """Check all that could be read of a scenario.

    Args:
        record: what it branches from; None: the record is faulty, and nothing is checked against it.
        values, tables: the typed parts of the file; None where one is missing or could not be read.
        written: what the file itself has under 'parameters', without the one that it extends.

    Raises:
        Fault: it is a scenario of another situation, against whose names nothing can be checked here.
    """
    if values["scenario"] is not None:
        try:
            check_folder_id(values["scenario"])
        except Fault as fault:
            problems.add(("scenario",), fault.fact, fault.advice)
    if values["situation"] not in (None, ground.situation):
        fact, advice = f"The situation is '{values['situation']}'.", f"This folder holds '{ground.situation}'."
        raise Fault(fact, advice, under=OF_ANOTHER_SITUATION)
    for table in ("given", "forces", "doctrines", "questions"):
        for name in tables[table] or ():
            try:
                check_id(name)
            except Fault as fault:
                problems.add((table, name), fault.fact, fault.advice)
    before = problems.count
    at, known_at = _branch(problems, values["branch"], ground)
    right = at is not None and problems.count == before
    withheld = frozenset[str]() if record is None else record.withheld
    scenario = Scenario(
        id=values["scenario"] or "",
        title=values["title"] or "",
        about=values["about"] or "",
        situation=ground.situation,
        branch=values["branch"] or Branch(""),
        at=at if at is not None else ground.window.earliest - _BEYOND,
        known_at=known_at,
        horizon=_horizon(problems, values["horizon"], at),
        suggested_by=tuple(name for name in values["suggested_by"] or () if name not in withheld),
        assumes=values["assumes"] or "",
        without=tuple(name for name in values["without"] or () if name not in withheld),
        given=tables["given"],
        actors=tables["actors"],
        forces=tables["forces"],
        totals=tables["totals"],
        doctrines=tables["doctrines"],
        numbers=priors_of(problems, tables, written if isinstance(written, dict) else {}, ground),
        own_numbers=tuple(sorted(tables["parameters"])),
        questions=tables["questions"],
        extends=values["extends"],
        file="",
        tour=tuple(stop for stop in values["tour"] or () if withheld.isdisjoint(stop.claims)),
    )
    _actors(problems, scenario, ground)
    check_forces(problems, scenario, ground)
    check_plans(problems, scenario, ground, doctrines)
    check_given(problems, scenario, ground)
    check_questions(problems, scenario, ground)
    if right and scenario.tour:
        span = Interval(ground.window.earliest, max(scenario.end, ground.window.latest))
        time_faults(scenario.tour, ground.clock, span, problems.add)
    if record is not None:
        if not (record.withheld or record.left_out):
            claim_faults(scenario.tour, record.testimony.claims, problems.add)
        whole = _claims(problems, scenario, record)
        if right and whole:
            check_against_branch(problems, scenario, record)
    return scenario


def _horizon(problems: Problems, horizon: Duration | None, at: Minute | None) -> Duration:
    """How long stories go on; the longest time if that, or the branch, is wrong."""
    if horizon is not None and horizon <= 0:
        problems.add(("horizon",), "The horizon is nothing.", "Give a length above 0, such as '120 d'.")
    return horizon if horizon is not None and horizon > 0 and at is not None else Duration(3 * _BEYOND)


def _branch(problems: Problems, branch: Branch | None, ground: Ground) -> tuple[Minute | None, Minute]:
    """When a story leaves the record, None if that is wrong; and the knowledge time."""
    window, clock = ground.window, ground.clock
    if branch is None:
        return None, window.latest
    at, known_at = (_moment(problems, key, getattr(branch, key), ground) for key in ("at", "known_at"))
    if at is not None and not window.earliest <= at <= window.latest:
        first, last = clock.day(window.earliest), clock.day(window.latest)
        span = f"on {first} only" if first == last else f"{first} to {last}"
        problems.add(("branch", "at"), f"The branch lies outside the record, {span}.", "Branch within it.")
        at = None
    if known_at is not None and known_at < window.earliest:
        problems.add(
            ("branch", "known_at"), "Nothing is known so early.", "Give a time within the record, or after it."
        )
    elif known_at is not None and known_at > window.latest + _BEYOND:
        fact = f"{branch.known_at} lies more than a century after the record."
        problems.add(("branch", "known_at"), fact, "Check the year.")
    for key, belief in (("belief", branch.belief), ("account", branch.account)):
        if belief is not None and belief not in BELIEFS:
            hint = near_miss(belief, BELIEFS) or f"Use one of: {', '.join(BELIEFS)}."
            problems.add(("branch", key), f"There is no belief '{belief}'.", hint)
    return at, known_at if known_at is not None else at or window.latest


def _moment(problems: Problems, key: str, text: str | None, ground: Ground) -> Minute | None:
    try:
        return ground.clock.moment(text) if text is not None else None
    except Fault as fault:
        problems.add(("branch", key), fault.fact, fault.advice)
        return None


def _claims(problems: Problems, scenario: Scenario, record: Record) -> bool:
    """Whether every claim that is named is there."""
    claims, before = record.testimony.claims, problems.count
    episodes = {claim.episode for claim in claims.values() if claim.episode}
    for key, named, known in (
        ("suggested_by", scenario.suggested_by, set(claims)),
        ("without", scenario.without, {*claims, *episodes}),
    ):
        for place, name in enumerate(named):
            if name not in known and not (record.withheld or record.left_out):
                hint = near_miss(name, known, 0.85) or "Name claims of the record, by their ids."
                problems.add((key, place), f"There is no claim '{name}'.", hint)
    return problems.count == before


def _actors(problems: Problems, scenario: Scenario, ground: Ground) -> None:
    conduct: Conduct
    for actor, conduct in problems.entries("actors", scenario.actors).items():
        path = ("actors", actor)
        if actor not in ground.actors:
            hint = near_miss(actor, ground.actors) or "Use an id of map.yaml."
            problems.add(path, f"There is no actor '{actor}'.", hint)
            continue
        check_root(problems, path, actor, ground)
        for key in NUMBER_USES:
            if key == "last_stand":
                check_last_stand(problems, (*path, key), conduct.last_stand, scenario.numbers)
            elif hasattr(conduct, key):
                check_number(problems, (*path, key), key, getattr(conduct, key), scenario.numbers)
        if not problems.any_unread(path, "air", "air_by") and (conduct.air_by is None) != (conduct.air == "none"):
            problems.add((*path, "air"), "Air support is said by half.", "Give 'air' and 'air_by', or neither.")
        _supply(problems, (*path, "supply_from"), conduct, ground)
    for actor in problems.entries("totals", scenario.totals):
        if actor not in ground.actors or ground.root(actor) != actor:
            problems.add(
                ("totals", actor), f"There is no holder '{actor}'.", "Name the actor at the top of its hierarchy."
            )


def _supply(problems: Problems, path: Path, conduct: Conduct, ground: Ground) -> None:
    """What supply comes from: places and links that there are, and a source that says so."""
    inflow: Inflow
    for number, inflow in legible(conduct.supply_from):
        at = (*path, number)
        known = (("places", ground.places, "place"), ("over", ground.link_kinds, "kind of link"))
        for key, names, noun in known:
            for index, name in legible(getattr(inflow, key)):
                if name not in names:
                    hint = near_miss(name, names) or f"Use one of: {', '.join(names)}."
                    problems.add((*at, key, index), f"There is no {noun} '{name}'.", hint)
                elif name in getattr(inflow, key)[:index]:
                    problems.add((*at, key, index), f"'{name}' is named twice.", "Name each once.")
        if not problems.any_unread(at, "places") and len(inflow.places) < (2 if inflow.mutual else 1):
            fact = "One place has nobody to live on." if inflow.places else "Supply comes from no place."
            problems.add((*at, "places"), fact, "Name two places or more." if inflow.mutual else "Name one.")
        check_source(problems, at, inflow.source, inflow.reason, "supply")
