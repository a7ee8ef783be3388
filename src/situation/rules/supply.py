"""R7: what a force is worth when its supply runs out."""

from __future__ import annotations

from situation.chance.portable import exp
from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, positive, share
from situation.rules.defaults import best

__all__ = ["supply_effect"]


@kernel
def supply_effect(
    days_without: float,
    *,
    floor: float = best("supply_floor"),
    decay: float = best("supply_decay"),
) -> float:
    """Multiplier of a force's weight: 1 while the stock lasts, then floor + (1 - floor) x exp(-t / decay).

    Args:
        days_without: t, days since the stock ran out, 0 or more; 0 while it lasts.
        floor: what is left in the end, 0 to 1 (m0; 0.35, a light force 0.7).
        decay: days, above 0 (usual range 10 to 40).
    Returns: a ratio from `floor` to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: kinds of supply, and hunger.
    """
    gone = 1.0 - share("floor", floor)
    return floor + gone * exp(-at_least_zero("days_without", days_without) / positive("decay", decay))
