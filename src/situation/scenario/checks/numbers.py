"""Checks of the numbers that a scenario gives or names: complete, known, used, within their domain, drawn when they must be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs

from situation.errors import Fault, near_miss
from situation.rules import ASSUMED, Family, Posture, Prior
from situation.scenario.checks.domains import MEN_DOMAIN, NUMBER_USES, domain_of, joint_faults, outside_domain
from situation.scenario.parts import Conduct, Given, Number, Plan
from situation.scenario.problems import Path, Problems
from situation.scenario.story_numbers import NUMBERS, PAIRED, VARYING, numbers_of, pair_number, shared_by_all
from situation.testimony.ground import Ground

__all__ = ["check_last_stand", "check_number", "check_root", "check_source", "priors_of"]

_Priors = Mapping[str, Prior]
_DRAWN_ONCE = (
    "chance",
    "first_leg",
    "quality",
    "last_stand",
    "stock",
    "supply_floor",
    "surrender_to",
    "melt",
    "holding",
)
"""Keys whose number is drawn once a story."""
_RENAMED = {f"posture.{position}": f"position.{position}" for position in ("none", "hasty", "prepared", "fortified")}
"""From what a number was called once to what it is called."""


def priors_of(
    problems: Problems, tables: Mapping[str, Mapping[str, Any]], written: Collection[str], ground: Ground
) -> dict[str, Prior]:
    """Every number of a scenario's stories by name: the rules' own, and over them those that its file gives.

    Args:
        tables: what the file says, table by table.
        written: the parameters of the file itself: those of the one that it extends may have lost their use in it.
    """
    general = numbers_of(ground)
    numbers = dict(general)
    used = {*_uses(tables), *problems.mentioned}
    meant = {near_miss(name, tables["parameters"]) for name in used if name not in {*general, *tables["parameters"]}}
    for name, number in problems.entries("parameters", tables["parameters"]).items():
        path = ("parameters", name)
        known = general.get(shared_by_all(name)[0])
        prior = _prior(problems, path, name, number, _family(known))
        _known(problems, path, name, ground)
        if known is not None and number.unit != known.unit:
            fact = f"The unit of '{name}' is '{known.unit}', not '{number.unit}'."
            problems.add((*path, "unit"), fact, "Give the number in that unit.")
        idle = known is None and name not in used and ":" not in name and f"Did you mean '{name}'?" not in meant
        if idle and name in written:
            hint = near_miss(name, general, 0.75) or "Name it in a plan, an actor or something given."
            hint = f"It is called '{_RENAMED[name]}' now." if name in _RENAMED else hint
            problems.add(path, f"Nothing asks for the number '{name}'.", hint)
        if prior is None:
            problems.mark_faulty("parameters", name)
            continue
        if name in tables["parameters"]:
            numbers[name] = prior
        for key, fact, advice in outside_domain(prior, domain_of(name)) if known is not None else ():
            problems.add((*path, key) if key else path, fact, advice)
    for names, fact, advice in joint_faults(numbers):
        given = [name for name in names if name in tables["parameters"]]
        problems.add(("parameters", given[0]), fact, advice)
    for table in ("forces", "totals"):
        for name, number in problems.entries(table, tables[table]).items():
            prior = _prior(problems, (table, name), name, number, None)
            if prior is None:
                continue
            if prior.family is Family.BETA:
                problems.add((table, name), f"'{name}' counts men, and a beta is for shares.", "Leave 'family' out.")
            for key, fact, advice in outside_domain(prior, MEN_DOMAIN):
                problems.add((table, name, key) if key else (table, name), fact, advice)
    return numbers


_NAMING_TABLES = ("given", "actors", "doctrines")
"""Tables whose entries name numbers."""


def _uses(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The numbers that plans, actors and given events name."""
    parts: tuple[Plan | Conduct | Given, ...] = tuple(
        part for table in _NAMING_TABLES for part in tables[table].values()
    )
    for part in parts:
        for key in NUMBER_USES:
            named = getattr(part, key, None)
            if isinstance(named, dict):
                yield from (str(name) for name in named.values())
            elif named is not None:
                yield str(named)


def _family(known: Prior | None) -> Family | None:
    """The family of a number whose file names none: that of the rules' own number; of a fixed share, a beta."""
    if known is not None and known.family is Family.FIXED and known.unit.startswith("share"):
        return Family.BETA
    return known.family if known is not None else None


def _prior(problems: Problems, path: Path, name: str, number: Number, family: Family | None) -> Prior | None:
    """A number as a prior; None if it is faulty. A missing unit, source or reason is reported beside other faults."""
    if problems.any_unread(path, "value", "low", "best", "high", "family"):
        return None
    lacking: dict[str, Any] = {key: "unsaid" for key in ("unit", "source", "reason") if getattr(number, key) is None}
    number = attrs.evolve(number, **lacking)
    faults = []
    for tried in (number, attrs.evolve(number, unit=number.unit or "unsaid", source="unsaid")):
        try:
            prior = tried.prior(name, family)
        except Fault as fault:
            faults.append(fault)
            continue
        if not faults:
            return prior
    for fact, advice in dict.fromkeys((fault.fact, fault.advice) for fault in faults):
        problems.add(path, fact, advice)
    return None


def _known(problems: Problems, path: Path, name: str, ground: Ground) -> None:
    """A number with a pair in its name is one that pairs may have, and names two actors in alphabetical order."""
    stem, pair = shared_by_all(name)
    if not pair:
        if ":" in name:
            lone = name.partition(".")[0]
            hint = "" if lone in NUMBERS else near_miss(lone, PAIRED)
            problems.add(
                path, f"No two actors have a '{lone}' of their own.", hint or f"It may be one of: {', '.join(PAIRED)}."
            )
        return
    for actor in pair:
        _check_actor(problems, path, actor, ground)
    if pair[0] == pair[1]:
        problems.add(path, f"'{name}' names one actor twice.", "A pair is two actors.")
    elif pair_number(stem, *pair) != name:
        problems.add(
            path, f"'{name}' does not name two actors in order.", f"Write '{pair_number(stem, *pair)}', of two."
        )


def _check_actor(problems: Problems, path: Path, actor: str, ground: Ground) -> None:
    """An actor is on the map, and at the top of its hierarchy."""
    if actor not in ground.actors:
        problems.add(path, f"There is no actor '{actor}'.", near_miss(actor, ground.actors) or "Use an id of map.yaml.")
    check_root(problems, path, actor, ground)


def check_root(problems: Problems, path: Path, actor: str | None, ground: Ground) -> None:
    """An actor is at the top of its hierarchy, and no unit."""
    if actor is not None and actor in ground.actors and ground.root(actor) != actor:  # type: ignore[arg-type]
        problems.add(path, f"'{actor}' is a unit.", f"Name '{ground.root(actor)}', which it stands under.")  # type: ignore[arg-type]


def check_number(problems: Problems, path: Path, key: str, name: str | None, numbers: _Priors) -> None:
    """The number that a key names exists, has the unit and domain of the key, and is drawn when the key needs it.

    Args:
        path: the way to the name.
        key: what it is named for, such as `start`.
    """
    if name is None or name in problems.faulty_in("parameters"):
        return
    if key in _DRAWN_ONCE and name in VARYING:
        problems.add(path, f"'{name}' differs from case to case.", "Name a number that holds for the whole story.")
        return
    if name not in numbers:
        hint = near_miss(name, numbers) or "Define it under 'parameters', with unit and source."
        problems.add(path, f"There is no number '{name}'.", hint)
        return
    use, unit = NUMBER_USES[key], NUMBERS.get(name, numbers[name]).unit
    if use.unit is not None and unit != use.unit:
        problems.add(path, f"'{key}' is in {use.unit}, and '{name}' in {unit}.", f"Name a number of {use.unit}.")
    elif name not in NUMBERS or domain_of(name) != use.domain:
        for _, fact, advice in outside_domain(numbers[name], use.domain):
            word = "chance" if key == "chance" else "number"
            problems.add(path, f"The {word} {fact}", advice)


def check_last_stand(problems: Problems, path: Path, named: Any, numbers: _Priors) -> None:
    """A last stand names one number for every posture, or one for each."""
    if isinstance(named, str):
        check_number(problems, path, "last_stand", named, numbers)
    elif not isinstance(named, dict) or sorted(named) != sorted(Posture):
        problems.add(
            path,
            "This names no number, nor one for each posture.",
            "Write a name, or {hold: .., delay: .., insurgency: ..}.",
        )
    else:
        for posture, name in named.items():
            check_number(problems, (*path, posture), "last_stand", str(name), numbers)


def check_source(problems: Problems, path: Path, source: str, reason: str, what: str) -> None:
    """What a scenario says of the war has a source, or is ASSUMED with a reason."""
    if problems.any_unread(path, "source", "reason"):
        return
    if not source.strip():
        problems.add((*path, "source"), f"The {what} has no source.", "Name claims, or write ASSUMED with a reason.")
    elif source.strip() == ASSUMED and not reason.strip():
        problems.add((*path, "source"), f"The {what} is ASSUMED without a reason.", "Say why under 'reason'.")
