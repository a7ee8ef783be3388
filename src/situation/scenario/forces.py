"""What a scenario's forces must be: counted in men, under names of their own, at places that there are."""

from __future__ import annotations

from situation.errors import near_miss
from situation.ground import Ground
from situation.scenario.faults import Faults
from situation.scenario.parts import Force, Scenario

__all__ = ["forces_checked"]


def forces_checked(told: Faults, scenario: Scenario, ground: Ground) -> None:
    """Tell every fault of where forces are said to be."""
    force: Force
    for table, numbers in (("forces", scenario.forces), ("totals", scenario.totals)):
        for name, number in told.beside(table, numbers).items():
            if number.value is not None and number.value < 0:
                told((table, name, "value"), "A force has fewer than no men.", "Give a number of 0 or more.")
    for name, force in told.beside("forces", scenario.forces).items():
        path = ("forces", name, "at")
        if isinstance(force.at, str):
            places = [force.at]
        elif isinstance(force.at, list) and force.at and all(isinstance(place, str) for place in force.at):
            places = force.at
        elif isinstance(force.at, dict) and force.at:
            places = list(force.at)
            shares = list(force.at.values())
            if any(isinstance(share, bool) or not isinstance(share, int | float) for share in shares):
                told(path, "A share is no number.", "Write place: share.")
            elif min(shares) < 0 or max(shares) > 1 or abs(sum(shares) - 1) > 1e-9:
                told(path, f"The shares come to {sum(shares):g}.", "Shares lie from 0 to 1 and come to 1.")
        else:
            told(path, "This is no place.", "Name a place, a list of places, or shares by place.")
            continue
        for index, place in enumerate(places):
            if place in places[:index]:
                told((*path, index), f"'{place}' is named twice.", "Name each place once.")
            elif place not in ground.places:
                hint = near_miss(place, ground.places) or "Use an id of map.yaml."
                told(path, f"There is no place '{place}'.", hint)
        if force.kind == "field" and len(places) > 1:
            told(path, "A field force stands at one place.", "Split it, or make it a garrison.")
        if "@" in name or ":" in name or name in ground.places or name in ground.actors:
            told(("forces", name), f"'{name}' cannot be a force's name.", "Use one of its own, without '@' and ':'.")
