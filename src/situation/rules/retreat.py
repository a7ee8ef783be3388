"""R5: where a beaten defender's survivors go."""

from __future__ import annotations

from collections.abc import Mapping, MutableSequence, Sequence

from attrs import frozen

from situation.chance.quantiles import binomial_quantile
from situation.kernel import as_python, kernel
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, share, whole
from situation.rules.defaults import best

__all__ = [
    "Survivors",
    "broken_off",
    "largest_remainders",
    "lost_on_the_way",
    "open_shares",
    "retreat_split",
    "route_safety",
    "whole_parts",
    "yields_as_a_whole",
]


@frozen
class Survivors:
    """Whole numbers that sum exactly to the survivors: over each route, hidden, surrendered, standing, evacuated."""

    routes: Mapping[str, int]
    melted: int
    surrendered: int
    standing: int
    evacuated: int

    @property
    def fled(self) -> int:
        """All who took a route."""
        return sum(self.routes.values())

    @property
    def total(self) -> int:
        """All survivors."""
        return self.fled + self.melted + self.surrendered + self.standing + self.evacuated


def whole_parts(total: int, shares: Sequence[float], uniforms: Sequence[float] | None = None) -> tuple[int, ...]:
    """Splits a count by shares into whole numbers that sum to it exactly.

    Without draws, the largest remainders round up (earlier parts first among equals). With draws, each part in turn
    breaks a binomial share off the stick of those left.

    Args:
        total: persons, a whole number of 0 or more.
        shares: each 0 or more, not all 0; only their proportions count.
        uniforms: one fewer than the shares, each strictly between 0 and 1; or None.
    Returns: as many counts as shares.
    Raises: RuleError naming the parameter out of range.
    Source: arithmetic.
    Leaves out: groups that stay together.
    """
    whole("total", total)
    weight = 0.0
    for part in shares:
        weight = weight + at_least_zero("shares", part)
    if not weight > 0.0:
        raise RuleError("shares", "are all 0, so nobody can go anywhere. Give one above 0.")
    if uniforms is None:
        rounded = [0] * len(shares)
        as_python(largest_remainders)(total, shares, weight, rounded, len(shares))
        return tuple(rounded)
    if len(uniforms) != len(shares) - 1:
        raise RuleError("uniforms", f"{len(shares)} shares take {len(shares) - 1} draws, not {len(uniforms)}.")
    counts = [0] * len(shares)
    as_python(broken_off)(total, shares, weight, uniforms, counts, len(shares))
    return tuple(counts)


@kernel
def broken_off(
    total: int,
    shares: Sequence[float],
    weight: float,
    uniforms: Sequence[float],
    counts: MutableSequence[int],
    length: int,
) -> MutableSequence[int]:
    """Split a count by shares of a sum (`weight`) into `counts`: each in turn breaks a binomial part off those left."""
    left, rest, last = total, weight, length - 1
    for place in range(length - 1):
        chance = min(1.0, shares[place] / rest) if rest > 0.0 else 0.0
        counts[place] = binomial_quantile(probability("uniforms", uniforms[place]), left, chance)
        left -= counts[place]
        rest = max(0.0, rest - shares[place])
    counts[last] = 0
    while shares[last] == 0.0 and last > 0:
        last -= 1
    counts[last] += left
    return counts


@kernel
def open_shares(flee: float, melt: float, surrender: float) -> tuple[float, float, float, float]:
    """With an open route: the shares of those who hide, who give up, who stand, and who flee."""
    give_up = min(surrender, 1.0 - melt)
    away = min(flee, 1.0 - melt - give_up)
    return melt, give_up, 1.0 - melt - give_up - away, away


@kernel
def largest_remainders(
    total: int, shares: Sequence[float], weight: float, counts: MutableSequence[int], length: int
) -> MutableSequence[int]:
    """Split a count by shares of a sum (`weight`) into `counts`: the largest remainders round up, the first among equals."""
    left = total
    for place in range(length):
        counts[place] = int(total * shares[place] / weight)
        left -= counts[place]
    for _ in range(left):
        largest = 0
        for place in range(1, length):
            if counts[place] - total * shares[place] / weight < counts[largest] - total * shares[largest] / weight:
                largest = place
        counts[largest] += 1
    return counts


def retreat_split(
    survivors: int,
    routes: Mapping[str, float],
    *,
    flee: float = best("flee"),
    melt: float = best("melt"),
    surrender: float = best("surrender.feared"),
    closed_surrender: float = best("closed.surrender"),
    closed_stand: float = best("closed.stand"),
    closed_melt: float = best("closed.melt"),
    closed_evacuate: float = best("closed.evacuate"),
    uniforms: Sequence[float] | None = None,
) -> Survivors:
    """Where a beaten defender's survivors go; they are neither created nor lost.

    With an open route: `melt` of them into the population; `surrender`, or what that leaves, into captivity; `flee`, or
        what both leave, over the routes by weight; the rest stands. So shares that together exceed 1 cut flight short.
    Without: by the four closed shares, taken in proportion to their sum.

    Args:
        survivors: persons, a whole number of 0 or more.
        routes: open routes by name, each with its weight (capacity / distance x safety), above 0; empty where encircled;
            taken in their order.
        flee, melt, surrender: shares, 0 to 1.
        closed_surrender, closed_stand, closed_melt, closed_evacuate: shares, 0 to 1, not all 0.
        uniforms: draws, one fewer than there are ways to go: for those who melt, surrender and stand, and for each route
            but the last; where encircled, for those who surrender, melt and are evacuated. None splits without chance.
    Returns: whole numbers by way.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; that fighters who gave up ground returned to hiding and raiding, Hassan 2017.
    Leaves out: families, deserters who go home, and groups that stay together.
    """
    whole("survivors", survivors)
    names = list(routes)
    for name in names:
        if at_least_zero("routes", routes[name]) == 0.0:
            raise RuleError("routes", f"{name!r} has weight 0. Leave a closed route out.")
        positive("routes", routes[name])
    for parameter, value in (
        ("flee", flee),
        ("melt", melt),
        ("surrender", surrender),
        ("closed_surrender", closed_surrender),
        ("closed_stand", closed_stand),
        ("closed_melt", closed_melt),
        ("closed_evacuate", closed_evacuate),
    ):
        share(parameter, value)
    if not names:
        closed = (closed_surrender, closed_melt, closed_evacuate, closed_stand)
        surrendered, melted, evacuated, standing = whole_parts(survivors, closed, uniforms)
        return Survivors({}, melted, surrendered, standing, evacuated)
    hide, give_up, stand, away = open_shares(flee, melt, surrender)
    weight = 0.0
    for name in names:
        weight = weight + routes[name]
    shares = (hide, give_up, stand, *(away * routes[name] / weight for name in names))
    melted, surrendered, standing, *fled = whole_parts(survivors, shares, uniforms)
    return Survivors(dict(zip(names, fled, strict=True)), melted, surrendered, standing, 0)


@kernel
def route_safety(own: float, enemy: float) -> float:
    """What a way out is worth by who is seen at its end: own / (own + enemy); 1 where no enemy is seen.

    Args:
        own: persons of one's own side who flee there or stand there, 0 or more.
        enemy: persons of the enemy seen within a day's march of its end, 0 or more.
    Returns: a share from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; those who flee do not run toward the enemy where they see him.
    Leaves out: what they are told wrongly, and ground that is watched from the air.
    """
    at_least_zero("own", own)
    return own / (own + enemy) if at_least_zero("enemy", enemy) > 0.0 else 1.0


@kernel
def yields_as_a_whole(
    ratio: float,
    *,
    supplied: bool,
    relief: bool,
    least: float = best("yields_above"),
    chance: float = best("yields"),
) -> float:
    """Chance that an encircled garrison gives itself up as a whole: `chance` once its case is hopeless, else 0.

    It is, when its supply is out, or the odds are above `least` and nobody comes to relieve it.

    Args:
        ratio: effective ratio of the besieger to the garrison (rule R1), 0 or more.
        supplied: whether its stock still lasts.
        relief: whether friends are on their way to it.
        least: ratio above which it is hopeless without relief, 0 or more.
        chance: 0 to 1 (usual range 0.2 to 0.8; lower to a captor that is feared).
    Returns: a probability from 0 to 1; it is drawn against once for each garrison.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; in many wars garrisons that were shut in surrendered together, officers first.
    Leaves out: terms, and who offers them.
    """
    share("chance", chance)
    outmatched = at_least_zero("ratio", ratio) > at_least_zero("least", least) and not relief
    return chance if outmatched or not supplied else 0.0


@kernel
def lost_on_the_way(u: float, fled: int, *, chance: float = best("lost_on_the_way")) -> int:
    """How many of those who fled are killed on the way.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        fled: persons, a whole number of 0 or more.
        chance: 0 to 1 (usual range 0.02 to 0.2).
    Returns: persons, at most `fled`.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: whole columns found and destroyed: each person's luck is his own.
    """
    return binomial_quantile(probability("u", u), whole("fled", fled), share("chance", chance))
