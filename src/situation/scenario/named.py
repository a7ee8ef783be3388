"""Numbers that a scenario gives or names: each whole, known, holding for the whole story, and a chance where one is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.errors import Fault, near_miss
from situation.ground import Ground
from situation.rules import Posture, Prior
from situation.scenario.forces import Tell
from situation.scenario.numbers import NUMBERS, PAIRED, VARYING, paired, shared_by_all

__all__ = ["chance_named", "last_stand_named", "number_named", "prior_given", "root_named"]

Path = tuple[str | int, ...]
Numbers = Mapping[str, Prior]


def prior_given(told: Tell, path: tuple[str, str], name: str, number: Any, ground: Ground) -> dict[str, Prior]:
    """A number of the file as a prior, by its name; nothing, and the problem told, where it is not whole."""
    stem, pair = shared_by_all(name)
    known = NUMBERS.get(stem)
    if pair:
        _pair(told, path, stem, pair, ground)
    elif path[0] == "parameters" and ":" in name:
        lone = name.partition(".")[0]
        hint = "" if lone in NUMBERS else near_miss(lone, PAIRED)
        hint = hint or f"It may be one of: {', '.join(PAIRED)}."
        told(path, f"No two actors have a '{lone}' of their own.", hint)
    try:
        return {name: number.prior(name, known.family if known else None)}
    except Fault as fault:
        told(path, fault.fact, fault.advice)
        return {}


def _pair(told: Tell, path: tuple[str, str], stem: str, pair: tuple[str, ...], ground: Ground) -> None:
    """A pair's own number names two holders in alphabetical order, as it is looked up."""
    for actor in pair:
        if actor not in ground.actors:
            told(path, f"There is no actor '{actor}'.", near_miss(actor, ground.actors) or "Use an id of map.yaml.")
        root_named(told, path, actor, ground)
    if pair[0] == pair[1]:
        told(path, f"'{path[1]}' names one actor twice.", "A pair is two actors.")
    elif paired(stem, *pair) != path[1]:
        told(path, f"'{path[1]}' does not name two actors in order.", f"Write '{paired(stem, *pair)}', of two.")


def root_named(told: Tell, path: Path, actor: str | None, ground: Ground) -> None:
    """An actor at the top of its hierarchy: a unit is none."""
    if actor is not None and actor in ground.actors and ground.root(actor) != actor:  # type: ignore[arg-type]
        told(path, f"'{actor}' is a unit.", f"Name '{ground.root(actor)}', which it stands under.")  # type: ignore[arg-type]


def number_named(told: Tell, path: Path, name: str | None, numbers: Numbers, once: bool = True) -> None:
    """The number that a key names: there is one, and where it holds for a story as a whole it does not vary in it."""
    if once and name in VARYING:
        told(path, f"'{name}' differs from case to case.", "Name a number that holds for the whole story.")
    if name is not None and name not in numbers:
        hint = near_miss(name, numbers) or "Define it under 'parameters', with unit and source."
        told(path, f"There is no number '{name}'.", hint)


def last_stand_named(told: Tell, path: Path, named: Any, numbers: Numbers) -> None:
    """One number for every posture, or one for each of them."""
    if isinstance(named, str):
        number_named(told, path, named, numbers)
    elif not isinstance(named, dict) or sorted(named) != sorted(Posture):
        told(
            path,
            "This names no number, nor one for each posture.",
            "Write a name, or {hold: .., delay: .., insurgency: ..}.",
        )
    else:
        for posture, name in named.items():
            number_named(told, (*path, posture), str(name), numbers)


def chance_named(told: Tell, path: Path, name: str | None, numbers: Numbers) -> None:
    """A number that is a chance: within 0 and 1 from end to end."""
    prior = numbers.get(name or "")
    if prior is not None and not 0.0 <= prior.low <= prior.high <= 1.0:
        told(path, f"The chance '{name}' reaches outside 0 to 1.", "A chance lies from 0 to 1.")
