"""R6: how often a captured place is attacked again, and what raids out of hiding cost those who hold it."""

from __future__ import annotations

from situation.chance.portable import exp, expm1
from situation.chance.quantiles import binomial_quantile
from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, positive, probability, refuse, share, whole
from situation.rules.defaults import best
from situation.rules.hazards import chance_over

__all__ = ["counterattack_chance", "raid_losses", "share_sent"]


@kernel
def _pressure(hidden: float, nearby: float, garrison: float, least: float) -> float:
    """H / (H + G): the enemy's share of all who could fight for the place; 0 where too few hide and nobody is near."""
    at_least_zero("hidden", hidden)
    at_least_zero("nearby", nearby)
    at_least_zero("garrison", garrison)
    enemy = (hidden if hidden >= at_least_zero("least", least) else 0.0) + nearby
    return enemy / (enemy + garrison) if enemy > 0.0 else 0.0


@kernel
def counterattack_chance(
    from_day: float,
    to_day: float,
    hidden: float,
    garrison: float,
    *,
    nearby: float = 0.0,
    rate: float = best("recapture_rate"),
    decay: float = best("recapture_decay"),
    least: float = best("recapture_least"),
) -> float:
    """Chance of at least one counter-attack between two days after a capture, strengths unchanged.

    The hazard, rate x exp(-t / decay) x H / (H + G) a day, integrated:
    1 - exp(-rate x decay x (exp(-from / decay) - exp(-to / decay)) x H / (H + G)).

    Args:
        from_day, to_day: days since the capture, 0 or more, not falling.
        hidden: enemy fighters hidden in the place, 0 or more; fewer than `least` do not count.
        garrison: G, persons that hold the place, 0 or more.
        nearby: enemy fighters within 25 km, 0 or more; with the hidden ones they make H.
        rate: per day, 0 or more (nu0; usual range 0.02 to 0.3).
        decay: days, above 0 (tau; usual range 5 to 30).
        least: persons, 0 or more.
    Returns: a probability from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED, from a handful of incidents; that a beaten force turned to attacks behind the line, Hassan 2017.
    Leaves out: intent, season, what the garrison is made of, and what changes between the two days. Success is a battle of
        R1 to R3 with the roles turned.
    """
    positive("decay", decay)
    if at_least_zero("to_day", to_day) < at_least_zero("from_day", from_day):
        refuse("to_day", to_day, "lies before the day from which it is counted. Give a later day.")
    faded = exp(-from_day / decay) * -expm1(-(to_day - from_day) / decay)
    return -expm1(-at_least_zero("rate", rate) * decay * faded * _pressure(hidden, nearby, garrison, least))


@kernel
def raid_losses(u: float, hidden: int, days: float, *, rate: float) -> int:
    """Casualties that bombs and ambushes cost a garrison in some days: each who hides costs it a man at a steady rate.

    Binomial(hidden, 1 - exp(-rate x days)).

    Args:
        u: a uniform draw, strictly between 0 and 1.
        hidden: enemy fighters hidden at the place, a whole number of 0 or more.
        days: 0 or more, so few that nobody in hiding strikes twice.
        rate: casualties per hidden fighter and day, 0 or more (usual range 0.0001 to 0.0015).
    Returns: persons.
    Raises: RuleError naming the parameter out of range.
    Source: Deitchman 1962: those who ambush fire aimed at men in the open, so that losses follow the number of the hidden
        alone. The rate is ASSUMED.
    Leaves out: civilians hit, the raiders' own losses (searches find these), and raids on roads between places.
    """
    return binomial_quantile(probability("u", u), whole("hidden", hidden), chance_over(rate, days))


@kernel
def share_sent(
    nearby: float,
    garrison: float,
    hidden: float,
    *,
    share_at_most: float,
    most: float = best("recapture_most"),
    least: float = best("recapture_least"),
) -> float:
    """The share of their men that the garrisons near by send to retake a place: no more than they can spare, nor than it takes.

    What it takes is `most` times the number of the defenders, less those who come out of hiding, and not less than `least`.

    Args:
        nearby: men of the garrisons near by, 0 or more.
        garrison: men who defend the place, 0 or more.
        hidden: men who come out of hiding there, 0 or more.
        share_at_most: the share that a garrison can spare, 0 to 1.
        most: attackers for each defender, above 0 (usual range 2 to 5).
        least: persons, 0 or more.
    Returns: a share from 0 to `share_at_most`.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; three to one is the rule of staffs for an attack, and who holds a town does not leave it bare.
    Leaves out: what else threatens the garrisons that send.
    """
    share("share_at_most", share_at_most)
    needed = max(at_least_zero("least", least), positive("most", most) * at_least_zero("garrison", garrison))
    needed = max(0.0, needed - at_least_zero("hidden", hidden))
    return min(share_at_most, needed / nearby) if at_least_zero("nearby", nearby) > 0.0 else 0.0
