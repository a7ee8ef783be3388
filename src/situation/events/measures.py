"""Units in which amounts are given, by what they measure: people, lengths, shares, things."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

__all__ = [
    "APART",
    "MEASURES",
    "Dimension",
    "common_unit",
    "comparable",
    "counts_people",
    "in_measure",
    "measure_of",
]

Dimension = Literal["people", "length", "share", "things"]

_PEOPLE = (
    "persons, person, people, men, man, women, woman, children, child, civilians, residents, inhabitants, workers, families, "
    "refugees, fighters, troops, soldiers, combatants, militants, insurgents, rebels, guerrillas, militia, militiamen, "
    "recruits, conscripts, volunteers, reservists, regulars, irregulars, mercenaries, members, officers, officers and men, "
    "sailors, marines, airmen, paratroopers, pilots, crew, police, guards, cavalry, infantry, horsemen, riders, archers, "
    "hussars, dragoons, gunners, prisoners, captives, hostages, casualties, dead, killed, deaths, losses, wounded, injured, "
    "missing, knights, squires, serjeants, sergeants, men-at-arms, retainers, vassals, levies, footmen, spearmen, pikemen, "
    "bowmen, crossbowmen, slingers, musketeers, lancers, cuirassiers, grenadiers, fusiliers, riflemen, hoplites, legionaries, "
    "janissaries, mamluks, samurai, sepoys, warriors, partisans, gunmen, commandos, policemen, gendarmes, privateers, "
    "pirates, bandits, deserters, survivors, monks, nuns, priests, villagers, peasants, townspeople, citizens, students, "
    "protesters, demonstrators, journalists, doctors, nurses, teachers, engineers, technicians, miners, diplomats, missionaries, "
    "tourists, foreigners, relatives, passengers, patients, pupils, aid workers, officials, farmers, fishermen, traders, "
    "migrants, slaves, boys, girls, infants, servicemen, servicewomen, "
    "personnel, peacekeepers, observers, guardsmen, legionnaires, cadets, draftees, victims, fatalities, martyrs"
)
_LENGTHS = "km, kilometres, kilometers, m, metres, meters, miles, nautical miles, leagues, feet, yards"
_SHARES = "percent, per cent, %"
_THINGS = (
    "tanks, vehicles, cars, trucks, lorries, motorcycles, guns, cannon, mortars, howitzers, missiles, rockets, shells, "
    "rifles, aircraft, planes, jets, helicopters, drones, bombs, mines, ships, boats, vessels, galleys, submarines, horses, "
    "camels, mules, elephants, wagons, tons, tonnes, barrels, houses, battalions, brigades, divisions, regiments, companies, "
    "platoons, squadrons, batteries, legions, units, posts, positions, cannons, catapults, trebuchets, engines, towers, "
    "triremes, galleons, frigates, sloops, brigs, corvettes, destroyers, cruisers, junks, carts, oxen, cattle, sheep, "
    "villages"
)
MEASURES: Final[Mapping[str, Dimension]] = MappingProxyType(
    {
        **dict.fromkeys(_PEOPLE.split(", "), "people"),
        **dict.fromkeys(_LENGTHS.split(", "), "length"),
        **dict.fromkeys(_SHARES.split(", "), "share"),
        **dict.fromkeys(_THINGS.split(", "), "things"),
    }
)
"""From a unit to what it measures. Another unit may be written, and is counted with nothing but itself."""


def measure_of(unit: str) -> Dimension | None:
    """What a unit measures; None where it is not known. Of several words the last decides: `enemy fighters` are people."""
    return MEASURES.get(_known(unit))


@lru_cache(maxsize=4096)
def _known(unit: str) -> str:
    """A unit as it is listed, or its last word."""
    words = " ".join(unit.casefold().split())
    return words if words in MEASURES else words.rpartition(" ")[2]


@lru_cache(maxsize=4096)
def counts_people(unit: str) -> bool:
    """Whether a unit counts single people, as men, fighters and persons do; families are no such count."""
    return measure_of(unit) == "people" and unit.rsplit(maxsplit=1)[-1].casefold() != "families"


def common_unit(one: str, other: str) -> str | None:
    """The unit in which two amounts can be added and compared: men and fighters are persons; None: there is none."""
    if one == other:
        return one
    return "persons" if counts_people(one) and counts_people(other) else None


APART: Final[tuple[str, ...]] = tuple(unit.replace(" ", "-") for unit in MEASURES if not counts_people(unit))
"""The measures that have cells of their own, as the last part of their names: `south@ford.strength.tanks`."""


def in_measure(cell: str, unit: str) -> str:
    """The cell for an amount in a unit, beside that which counts people: tanks are no rivals of men, nor horses of the dead.

    A unit that is not known may count people under a name of theirs, and stands with them.
    """
    return cell + _ending(unit)


@lru_cache(maxsize=4096)
def _ending(unit: str) -> str:
    """What stands behind the name of a cell for amounts in a unit."""
    measure = _known(unit).replace(" ", "-")
    return f".{measure}" if measure in APART else ""


_OF_THE_DEAD: Final = (
    "killed",
    "wounded",
    "killed_of",
    "wounded_of",
    "civilians_killed",
    "crew_killed",
    "crew_taken",
    "prisoners",
)


def comparable(of: str, one: str, other: str) -> bool:
    """Whether two amounts can be held against each other: in one unit; dead, wounded and prisoners also as men and persons.

    Args:
        of: what is counted, as the attribute of a cell: 100 fighters at a place and 5,000 people there are no rivals.
        one, other: the units.
    """
    unit = common_unit(one, other) if of.partition(".")[0] in _OF_THE_DEAD else None
    return one == other or unit is not None
