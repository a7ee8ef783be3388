"""R8: incidents between forces that are not enemies, and the ladder from an incident to a confrontation."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from situation.chance.portable import exp
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, share, whole
from situation.rules.defaults import best

__all__ = ["Rung", "clash_intensity", "concedes", "fire_losses", "ladder_step"]


class Rung(IntEnum):
    """How far a clash has gone; calm ends it."""

    CALM = 0
    INCIDENT = 1
    REPRISAL = 2
    EXCHANGE = 3
    CONFRONTATION = 4


def clash_intensity(
    exposure: float,
    days_since_incidents: Iterable[float] = (),
    *,
    line_in_force: bool = True,
    rate: float = best("clash_rate"),
    lapsed: float = best("clash_lapsed"),
    echo: float = best("clash_echo"),
    fade: float = best("clash_fade"),
) -> float:
    """Hazard, per day, of an incident: rate x exposure x (1, or `lapsed` without a line) + sum of echo x fade x
    exp(-fade x t).

    Each past incident brings `echo` further ones in the long run, spread over about 1 / fade days.

    Args:
        exposure: this contact front's share of the theatre's contact, 0 to 1.
        days_since_incidents: t in days, each 0 or more, one for every earlier incident on this front.
        line_in_force: whether an agreed line holds between the two.
        rate: incidents per day over the whole theatre with the line in force, 0 or more (usual range 0.005 to 0.06).
        lapsed: ratio, 1 or more.
        echo: incidents per incident, 0 or more and below 1.
        fade: per day, above 0.
    Returns: incidents per day, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: the form is a self-exciting point process; every number is ASSUMED.
    Leaves out: what the incident was about, and orders from above.
    """
    if not share("echo", echo) < 1.0:
        raise RuleError("echo", f"{echo!r}: incidents would multiply without end. Give less than 1.")
    if at_least_zero("lapsed", lapsed) < 1.0:
        raise RuleError("lapsed", f"{lapsed!r} is below 1: a lapsed line would calm the front. Give 1 or more.")
    steady = at_least_zero("rate", rate) * share("exposure", exposure)
    total = steady if line_in_force else steady * lapsed
    positive("fade", fade)
    for days in days_since_incidents:
        total = total + echo * fade * exp(-fade * at_least_zero("days_since_incidents", days))
    return total


def _known(rung: int) -> int:
    """The rung, where it is one; else `RuleError`."""
    if isinstance(rung, bool) or rung not in tuple(Rung):
        raise RuleError("rung", f"{rung!r} is not a rung. Give 0 (calm) to 4 (confrontation).")
    return rung


def ladder_step(u: float, rung: int, *, up: float = best("ladder_up"), down: float = best("ladder_down")) -> Rung:
    """The rung after a day: up with chance `up` (the lower end of u), down with chance `down` (the upper end), else
    the same.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        rung: 0 (calm) to 4 (confrontation); both ends are final.
        up, down: chances per day, 0 to 1, together at most 1.
    Returns: the rung of the next day.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: mediation, and different tempers on the two sides.
    """
    probability("u", u)
    _known(rung)
    if share("up", up) + share("down", down) > 1.0:
        raise RuleError("up", f"{up!r} with down {down!r} exceeds 1. Lower one of them.")
    if rung in (Rung.CALM, Rung.CONFRONTATION):
        return Rung(rung)
    if u < up:
        return Rung(rung + 1)
    return Rung(rung - 1) if u >= 1.0 - down else Rung(rung)


def concedes(u: float, rung: int, *, chance: float = best("concession")) -> bool:
    """Whether the weaker side gives way, asked once when a clash reaches the third rung or above.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        rung: 0 to 4.
        chance: 0 to 1 (usual range 0.2 to 0.9).
    Returns: True where it does.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: patrons, who may forbid it.
    """
    return probability("u", u) < share("chance", chance) and _known(rung) >= Rung.EXCHANGE


def fire_losses(
    u: float,
    rung: int,
    men: int,
    *,
    reprisals: float = best("fire.reprisals"),
    exchange: float = best("fire.exchange"),
) -> int:
    """Casualties of a day's fire below an open confrontation, of those in contact: u x the most that the rung costs.

    Incidents cost nobody; reprisals up to `reprisals`, a sustained exchange up to `exchange`, whole persons by rounding.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        rung: 0 to 4, whole.
        men: persons of one side in contact, a whole number of 0 or more.
        reprisals, exchange: largest shares hit in a day, 0 to 1.
    Returns: persons.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: who fires first, and civilians.
    """
    most = {int(Rung.REPRISAL): share("reprisals", reprisals), int(Rung.EXCHANGE): share("exchange", exchange)}
    return round(probability("u", u) * most.get(int(_known(rung)), 0.0) * whole("men", men))
