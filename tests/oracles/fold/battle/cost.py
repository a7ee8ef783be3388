"""What a battle costs a day, rule R2: rates drawn once a battle, days that go together, and who of the many is hit."""

from __future__ import annotations

from situation.events import Fight, PlaceId
from situation.rules import attrition, battle_rate, day_residual, day_scatter, engaged, fought_over
from situation.rules.attrition import whole_loss
from tests.oracles.fold.battle.odds import frontage
from tests.oracles.fold.world import World

__all__ = ["battle_rates", "cost_of_day", "residual"]


def residual(world: World, u: float, before: float | None) -> float:
    """The day's residual of one side, after that of the day before (None: the first day)."""
    return day_residual(u, before, carried=world.number("day_lag"))


def cost_of_day(
    world: World,
    place: PlaceId,
    fight: Fight,
    attackers: int,
    defenders: int,
    ratio: float,
    residuals: tuple[float, float],
    values: tuple[float, ...],
) -> tuple[int, int]:
    """R2: the day's casualties of attackers and defenders. Of the many only those are hit who stand where it falls."""
    many = world.number("struck")
    struck = min(float(defenders), many * attackers)
    area, sector = world.stage.area(place)
    if not sector:
        left = max(0.0, area - fight.cleared)
        struck = min(struck, defenders * fought_over(attackers, left, per_km2=world.number("assault_per_km2")))
    fights = engaged(attackers, frontage(world, place), per_km=world.number("engaged_per_km"))
    day = attrition(
        min(fights, many * defenders),
        struck,
        ratio,
        defenders_at_start=max(defenders, fight.defenders_start) * (struck / defenders),
        rate=fight.attacker_rate,
        defender_rate=fight.defender_rate,
        exponent=world.number("attrition_exponent"),
        overwhelming=world.number("overwhelming"),
        aimed=world.number("hidden_exposure") if world.get(f"{fight.defender}.posture") == "insurgency" else 1.0,
    )
    scatter = world.number("day_variation")
    lost_a = whole_loss(values[2], day.attacker * day_scatter(residuals[0], variation=scatter), 1, attackers)
    lost_d = whole_loss(values[3], day.defender * day_scatter(residuals[1], variation=scatter), 1, defenders)
    return int(lost_a), int(lost_d)


def battle_rates(world: World, values: tuple[float, ...]) -> tuple[float, float]:
    """R2: what the battle costs each side a day at even odds: drawn once for both, and once for each."""
    median, shared = world.number("attrition_rate"), world.number("attrition_shared_sigma")
    own = world.number("attrition_own_sigma")
    attacker = battle_rate(values[3], values[0], median=median, shared_sigma=shared, own_sigma=own)
    return attacker, battle_rate(values[3], values[1], median=median, shared_sigma=shared, own_sigma=own)
