"""Numbers that a scenario gives or names: each whole, known, of use, within its domain, and holding as long as it must."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs

from situation.errors import Fault, near_miss
from situation.rules import Family, Posture, Prior
from situation.scenario.checks.domains import MEN, USES, domain_of, misplaced, together
from situation.scenario.faults import Faults, Path
from situation.scenario.numbers import NUMBERS, PAIRED, VARYING, paired, shared_by_all
from situation.scenario.parts import Conduct, Given, Number, Plan
from situation.testimony.ground import Ground

__all__ = ["actor_named", "last_stand_named", "number_named", "priors_given", "root_named"]

Numbers = Mapping[str, Prior]
ONCE = ("chance", "first_leg", "quality", "last_stand", "stock", "supply_floor", "surrender_to", "melt", "holding")
"""Keys whose number is drawn once a story."""


def priors_given(
    told: Faults, tables: Mapping[str, Mapping[str, Any]], written: Collection[str], ground: Ground
) -> dict[str, Prior]:
    """Every number of a scenario's stories by name: the rules' own, and over them those that its file gives.

    Args:
        tables: what the file says, table by table.
        written: the parameters of the file itself: those of the one that it extends may have lost their use in it.
    """
    numbers = dict(NUMBERS)
    used = {*_uses(tables), *told.mentioned}
    meant = {near_miss(name, tables["parameters"]) for name in used if name not in {*NUMBERS, *tables["parameters"]}}
    for name, number in told.beside("parameters", tables["parameters"]).items():
        path = ("parameters", name)
        known = NUMBERS.get(shared_by_all(name)[0])
        prior = _prior(told, path, name, number, _family(known))
        _known(told, path, name, ground)
        if known is not None and number.unit != known.unit:
            fact = f"The unit of '{name}' is '{known.unit}', not '{number.unit}'."
            told((*path, "unit"), fact, "Give the number in that unit.")
        idle = known is None and name not in used and ":" not in name and f"Did you mean '{name}'?" not in meant
        if idle and name in written:
            hint = near_miss(name, NUMBERS, 0.75) or "Name it in a plan, an actor or something given."
            told(path, f"Nothing asks for the number '{name}'.", hint)
        if prior is None:
            told.lose("parameters", name)
            continue
        if name in tables["parameters"]:
            numbers[name] = prior
        for key, fact, advice in misplaced(prior, domain_of(name)) if known is not None else ():
            told((*path, key) if key else path, fact, advice)
    for names, fact, advice in together(numbers):
        given = [name for name in names if name in tables["parameters"]]
        told(("parameters", given[0]), fact, advice)
    for table in ("forces", "totals"):
        for name, number in told.beside(table, tables[table]).items():
            prior = _prior(told, (table, name), name, number, None)
            if prior is None:
                continue
            if prior.family is Family.BETA:
                told((table, name), f"'{name}' counts men, and a beta is for shares.", "Leave 'family' out.")
            for key, fact, advice in misplaced(prior, MEN):
                told((table, name, key) if key else (table, name), fact, advice)
    return numbers


NAMING = ("given", "actors", "doctrines")
"""Tables whose entries name numbers."""


def _uses(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The numbers that plans, actors and given events name."""
    parts: tuple[Plan | Conduct | Given, ...] = tuple(part for table in NAMING for part in tables[table].values())
    for part in parts:
        for key in USES:
            named = getattr(part, key, None)
            if isinstance(named, dict):
                yield from (str(name) for name in named.values())
            elif named is not None:
                yield str(named)


def _family(known: Prior | None) -> Family | None:
    """How a number scatters that is given a range, where the file does not say: as the rules' own; a share as a beta."""
    if known is not None and known.family is Family.FIXED and known.unit.startswith("share"):
        return Family.BETA
    return known.family if known is not None else None


def _prior(told: Faults, path: Path, name: str, number: Number, family: Family | None) -> Prior | None:
    """A number as a prior; with a unit, source or reason that it lacks supposed, for what else may be wrong."""
    if told.missed(path, "value", "low", "best", "high", "family"):
        return None
    lacking: dict[str, Any] = {key: "unsaid" for key in ("unit", "source", "reason") if getattr(number, key) is None}
    number = attrs.evolve(number, **lacking)
    found = []
    for tried in (number, attrs.evolve(number, unit=number.unit or "unsaid", source="unsaid")):
        try:
            prior = tried.prior(name, family)
        except Fault as fault:
            found.append(fault)
            continue
        if not found:
            return prior
    for fact, advice in dict.fromkeys((fault.fact, fault.advice) for fault in found):
        told(path, fact, advice)
    return None


def _known(told: Faults, path: Path, name: str, ground: Ground) -> None:
    """A pair's own number is one that pairs may have, of two holders in alphabetical order, as it is looked up."""
    stem, pair = shared_by_all(name)
    if not pair:
        if ":" in name:
            lone = name.partition(".")[0]
            hint = "" if lone in NUMBERS else near_miss(lone, PAIRED)
            told(
                path, f"No two actors have a '{lone}' of their own.", hint or f"It may be one of: {', '.join(PAIRED)}."
            )
        return
    for actor in pair:
        actor_named(told, path, actor, ground)
    if pair[0] == pair[1]:
        told(path, f"'{name}' names one actor twice.", "A pair is two actors.")
    elif paired(stem, *pair) != name:
        told(path, f"'{name}' does not name two actors in order.", f"Write '{paired(stem, *pair)}', of two.")


def actor_named(told: Faults, path: Path, actor: str, ground: Ground) -> None:
    """An actor of the map, at the top of its hierarchy."""
    if actor not in ground.actors:
        told(path, f"There is no actor '{actor}'.", near_miss(actor, ground.actors) or "Use an id of map.yaml.")
    root_named(told, path, actor, ground)


def root_named(told: Faults, path: Path, actor: str | None, ground: Ground) -> None:
    """An actor at the top of its hierarchy: a unit is none."""
    if actor is not None and actor in ground.actors and ground.root(actor) != actor:  # type: ignore[arg-type]
        told(path, f"'{actor}' is a unit.", f"Name '{ground.root(actor)}', which it stands under.")  # type: ignore[arg-type]


def number_named(told: Faults, path: Path, key: str, name: str | None, numbers: Numbers) -> None:
    """The number that a key names: there is one, as the key asks for it, and it holds as long as it must.

    Args:
        path: the way to the name.
        key: what it is named for, such as `start`.
    """
    if name is None or name in told.lost("parameters"):
        return
    if key in ONCE and name in VARYING:
        told(path, f"'{name}' differs from case to case.", "Name a number that holds for the whole story.")
        return
    if name not in numbers:
        hint = near_miss(name, numbers) or "Define it under 'parameters', with unit and source."
        told(path, f"There is no number '{name}'.", hint)
        return
    use, unit = USES[key], NUMBERS.get(name, numbers[name]).unit
    if use.unit is not None and unit != use.unit:
        told(path, f"'{key}' is in {use.unit}, and '{name}' in {unit}.", f"Name a number of {use.unit}.")
    elif name not in NUMBERS or domain_of(name) != use.domain:
        for _, fact, advice in misplaced(numbers[name], use.domain):
            word = "chance" if key == "chance" else "number"
            told(path, f"The {word} {fact}", advice)


def last_stand_named(told: Faults, path: Path, named: Any, numbers: Numbers) -> None:
    """One number for every posture, or one for each of them."""
    if isinstance(named, str):
        number_named(told, path, "last_stand", named, numbers)
    elif not isinstance(named, dict) or sorted(named) != sorted(Posture):
        told(
            path,
            "This names no number, nor one for each posture.",
            "Write a name, or {hold: .., delay: .., insurgency: ..}.",
        )
    else:
        for posture, name in named.items():
            number_named(told, (*path, posture), "last_stand", str(name), numbers)
