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
    "most_meant",
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
    "displaced, evacuees, returnees, homeless, detainees, migrants, slaves, boys, girls, infants, servicemen, servicewomen, "
    "personnel, peacekeepers, observers, guardsmen, legionnaires, cadets, draftees, victims, fatalities, martyrs"
)
_POPULATION = (
    "refugees, residents, inhabitants, families, households, civilians, people, persons, person, migrants, citizens, displaced, "
    "evacuees, returnees, homeless, workers, villagers, peasants, townspeople, farmers, children, women"
)
"""People that may be counted of a whole country."""
_LENGTHS = "km, kilometres, kilometers, m, metres, meters, miles, nautical miles, leagues, feet, yards"
_SHARES = "percent, per cent, %"
_THINGS = (
    "tanks, vehicles, cars, trucks, lorries, motorcycles, guns, cannon, mortars, howitzers, missiles, rockets, shells, "
    "rifles, aircraft, planes, jets, helicopters, drones, bombs, mines, ships, boats, vessels, galleys, submarines, horses, "
    "camels, mules, elephants, wagons, tons, tonnes, barrels, houses, battalions, brigades, divisions, regiments, companies, "
    "platoons, squadrons, batteries, legions, units, posts, positions, cannons, catapults, trebuchets, engines, towers, "
    "homes, buildings, apartments, schools, hospitals, tents, bridges, households, "
    "triremes, galleons, frigates, sloops, brigs, corvettes, destroyers, cruisers, junks, carts, oxen, cattle, sheep, "
    "villages"
)
_HERDS = (
    "vehicles, cars, trucks, lorries, motorcycles, rifles, mortars, missiles, rockets, drones, horses, camels, mules, wagons, "
    "carts, oxen, cattle, sheep, houses, homes, buildings, apartments, households, tents"
)
"""Things that are made or kept by the million."""
_STORES = (
    "shells, bombs, mines, rounds, cartridges, bullets, grenades, submunitions, tons, tonnes, barrels, kilograms, kg, litres, "
    "liters, gallons, sacks, rations"
)
"""What is used up, and counted over a whole war."""
_MONEY = (
    "euros, dollars, pounds, francs, marks, reichsmarks, rubles, roubles, hryvnias, lira, liras, dinars, dirhams, rials, riyals, "
    "yen, yuan, rupees, pesos, shekels, ducats, florins, talers, crowns, ducados, livres, USD, EUR, GBP"
)
MEASURES: Final[Mapping[str, Dimension]] = MappingProxyType(
    {
        **dict.fromkeys(_PEOPLE.split(", "), "people"),
        **dict.fromkeys(_LENGTHS.split(", "), "length"),
        **dict.fromkeys(_SHARES.split(", "), "share"),
        **dict.fromkeys((it.casefold() for it in f"{_THINGS}, {_STORES}, {_MONEY}".split(", ")), "things"),
    }
)
"""From a unit to what it measures. Another unit may be written, and is counted with nothing but itself."""


_ARMY, _COUNTRY = 20_000_000.0, 1_500_000_000.0
"""More than any army ever had, and than any one event has killed; and more than live in any country."""
_MOST: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(_POPULATION.split(", "), _COUNTRY),
        **dict.fromkeys(_HERDS.split(", "), 1e9),
        **dict.fromkeys(_STORES.split(", "), 1e11),
        **dict.fromkeys(_MONEY.casefold().split(", "), 1e17),
    }
)
"""The most of a unit that can be meant, where that is not what can be meant of its measure. ASSUMED: ten times what is known of
the largest wars, as of the 1.5 billion shells of the First World War; of money, in the currencies of which most go to a loaf."""


def most_meant(unit: str, everybody: bool = True) -> float:
    """The most of a unit that can be meant; what lies beyond is a slip of the hand. ASSUMED, and wide.

    Args:
        unit: the unit.
        everybody: whether people of a whole country may be counted, as those who fled may be, and the dead of an event may not.
    """
    known = _known(unit)
    if measure_of(unit) == "people":
        return _MOST.get(known, _ARMY) if everybody else _ARMY
    return _MOST.get(known, {"share": 100.0, "things": 1e6}.get(measure_of(unit) or "", 1e17))


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
