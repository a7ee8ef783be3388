"""R8: incidents between forces that are not enemies, and the ladder from an incident to a confrontation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any, Final

from situation.chance.portable import exp
from situation.kernel import kernel, stand_in
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, refuse, share, whole
from situation.rules.defaults import best

__all__ = [
    "Rung",
    "clash_intensity",
    "concedes",
    "echo_now",
    "fire_losses",
    "ladder_step",
    "next_rung",
    "steady_intensity",
]


class Rung(IntEnum):
    """How far a clash has gone; calm ends it."""

    CALM = 0
    INCIDENT = 1
    REPRISAL = 2
    EXCHANGE = 3
    CONFRONTATION = 4


_CALM: Final = Rung.CALM.value
_REPRISAL: Final = Rung.REPRISAL.value
_EXCHANGE: Final = Rung.EXCHANGE.value
_CONFRONTATION: Final = Rung.CONFRONTATION.value


@kernel
def steady_intensity(exposure: float, line_in_force: bool, rate: float, lapsed: float) -> float:
    """The part of `clash_intensity` that no earlier incident brings about: rate x exposure x (1, or `lapsed` without a line)."""
    if at_least_zero("lapsed", lapsed) < 1.0:
        refuse("lapsed", lapsed, "is below 1: a lapsed line would calm the front. Give 1 or more.")
    steady = at_least_zero("rate", rate) * share("exposure", exposure)
    return steady if line_in_force else steady * lapsed


@kernel
def echo_now(days: float, echo: float, fade: float) -> float:
    """What an incident some days ago adds to `clash_intensity`: echo x fade x exp(-fade x days)."""
    return echo * fade * exp(-fade * at_least_zero("days_since_incidents", days))


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
    total = steady_intensity(exposure, line_in_force, rate, lapsed)
    positive("fade", fade)
    for days in days_since_incidents:
        total = total + echo_now(days, echo, fade)
    return total


def _known_rung() -> Callable[..., Any]:
    def known_rung(rung: int) -> int:
        if not _CALM <= rung <= _CONFRONTATION:
            refuse("rung", rung, "")
        return rung

    return known_rung


@stand_in(_known_rung)
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
    if share("up", up) + share("down", down) > 1.0:
        raise RuleError("up", f"{up!r} with down {down!r} exceeds 1. Lower one of them.")
    return Rung(next_rung(u, rung, up, down))


@kernel
def next_rung(u: float, rung: int, up: float, down: float) -> int:
    """`ladder_step` as a number, of chances that are together at most 1."""
    probability("u", u)
    _known(rung)
    if rung in (_CALM, _CONFRONTATION):
        return rung
    if u < up:
        return rung + 1
    return rung - 1 if u >= 1.0 - down else rung


@kernel
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
    return probability("u", u) < share("chance", chance) and _known(rung) >= _EXCHANGE


@kernel
def fire_losses(
    u: float,
    rung: int,
    men: int,
    *,
    reprisals: float = best("fire.reprisals"),
    exchange: float = best("fire.exchange"),
) -> int:
    """Casualties of a day's fire outside battles, of those in contact: u x the most that the rung costs.

    Incidents cost nobody; reprisals up to `reprisals`, a sustained exchange up to `exchange`. A confrontation costs as much as
    reprisals where nobody attacks: what decides it are battles. Whole persons by rounding.

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
    share("reprisals", reprisals)
    share("exchange", exchange)
    most = reprisals if _known(rung) in (_REPRISAL, _CONFRONTATION) else exchange if rung == _EXCHANGE else 0.0
    return round(probability("u", u) * most * whole("men", men))
