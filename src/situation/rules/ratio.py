"""R1: the effective ratio of attacker to defender, with quality, air, position, ground, supply and fortune."""

from __future__ import annotations

from situation.chance.portable import exp
from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, positive, within
from situation.rules.defaults import best

__all__ = ["effective_ratio", "engaged"]


@kernel
def engaged(attackers: float, frontage_km: float | None = None, *, per_km: float = best("engaged_per_km")) -> float:
    """How many attackers can fight at once: min(attackers, per_km x frontage_km).

    Args:
        attackers: persons, 0 or more.
        frontage_km: width of the front in km, 0 or more; None where the front does not limit.
        per_km: persons that a km of front has room for, above 0.
    Returns: persons engaged.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; a front's room bounds how many fight at once.
    Leaves out: depth, reliefs, and the defender's frontage.
    """
    at_least_zero("attackers", attackers)
    positive("per_km", per_km)
    if frontage_km is None:
        return attackers
    return min(attackers, per_km * at_least_zero("frontage_km", frontage_km))


@kernel
def effective_ratio(
    attackers: float,
    defenders: float,
    *,
    attacker_quality: float = best("quality"),
    defender_quality: float = best("quality"),
    air: float = best("air.none"),
    position: float = best("position.none"),
    terrain: float = best("terrain.open"),
    attacker_supply: float = 1.0,
    defender_supply: float = 1.0,
    frontage_km: float | None = None,
    per_km: float = best("engaged_per_km"),
    fortune: float = 0.0,
) -> float:
    """rho = engaged x q_A x air x supply_A / (defenders x q_D x position x terrain x supply_D) x exp(fortune).

    Args:
        attackers: persons, 0 or more.
        defenders: persons, above 0.
        attacker_quality, defender_quality: ratio to an ordinary force, above 0 (usual range 0.5 to 2).
        air: multiplier of the attacker's air support, above 0 (none 1, some 1.5, dedicated 1.5 to 4).
        position, terrain: multipliers of the defender's position and ground, above 0.
        attacker_supply, defender_supply: effect of supply (rule R7), above 0.
        frontage_km: width of the front in km; None where it does not limit.
        per_km: persons that a km of front has room for.
        fortune: what chance adds to the logarithm of the ratio, -50 to 50, drawn once a battle.
    Returns: the ratio, without unit; 0 where nobody attacks.
    Raises: RuleError naming the parameter out of range.
    Source: form and multipliers of position ("posture") and terrain after Dupuy 1985, whose tables are a construct and no
        measurement. Helmbold 1961, who held Lanchester's equations against historical battles, finds that numbers say
        little about who wins; hence `fortune`, whose spread is ASSUMED.
    Leaves out: mixes of weapons, command, weather, night, and any change of quality during a battle.
    """
    positive("defenders", defenders)
    positive("attacker_quality", attacker_quality)
    positive("defender_quality", defender_quality)
    positive("air", air)
    positive("position", position)
    positive("terrain", terrain)
    positive("attacker_supply", attacker_supply)
    positive("defender_supply", defender_supply)
    within("fortune", fortune, -50.0, 50.0)
    attack = engaged(attackers, frontage_km, per_km=per_km) * attacker_quality * air * attacker_supply
    defence = defenders * defender_quality * position * terrain * defender_supply
    return attack / defence * exp(fortune)
