"""An event's toll by whose it is: each side's, and what is nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from situation.events import UNKNOWN, Event, Quantity
from situation.log.entry import Reported
from situation.record.tolls.event_figures import EventFigures, Measure, sufferers
from situation.testimony.ground import Ground

__all__ = [
    "amounts_by_actor",
    "ends_of",
    "least_of_one",
    "lows_of_sides",
    "of_one_source",
    "ranged_in_all",
    "sides_above_all",
    "sum_of_sides",
]


def amounts_by_actor(
    event: Event, figures: EventFigures, ground: Ground, by_side: bool, apart: bool
) -> list[tuple[str | None, Quantity | None]]:
    """An event's figures by whose they are; that of all together where not `by_side`.

    What the sides' figures leave of that for all is nobody's, unless these are of sources `apart`: then nobody has no number. A
    side whose own nobody counted has no number either, whatever is counted of others.
    """
    if not by_side:
        return [(None, sum_of_sides(figures))]
    sides: dict[str | None, Quantity | None] = {side: it for side, it in figures.of.items() if side != UNKNOWN}
    left = None if apart and figures.of else _rest(figures)
    nobody = [number for number in (figures.of.get(UNKNOWN), left) if number is not None]
    if apart and figures.of and figures.all is not None:
        sides.setdefault(None, None)
    if nobody:
        sides[None] = nobody[0] if len(nobody) == 1 else nobody[0].plus(nobody[1])
    for side in sorted(sufferers(event, ground) - {UNKNOWN}):
        sides.setdefault(side, None)
    return list(sides.items()) or [(None, None)]


def of_one_source(cause: Reported, measure: Measure) -> bool:
    """Whether some claim gives both the number for all and those of the sides; of one without credit all is by the same."""
    credit = cause.credit
    whole = set(credit.get(measure, cause.claims))
    sides = [set(claims) for key, claims in credit.items() if key.startswith(f"{measure}_of.")]
    return not sides or measure not in credit or bool(whole.intersection(*sides))


def sum_of_sides(figures: EventFigures) -> Quantity | None:
    """The number for all together: the one that is given, else the sum of the sides'."""
    if figures.all is not None:
        return figures.all
    whole: Quantity | None = None
    for number in figures.of.values():
        whole = number if whole is None else whole.plus(number)
    return whole


def lows_of_sides(figures: EventFigures) -> Mapping[str, int] | None:
    """The lower bound of each side's number; None where some number is of no one side."""
    if figures.all is not None or UNKNOWN in figures.of:
        return None
    return {side: ends_of(number)[0] for side, number in figures.of.items()}


def least_of_one(lows: Sequence[tuple[int, Mapping[str, int] | None]]) -> int:
    """The least that events which are possibly one amount to: of each side the lowest bound of those that count it.

    Who counts one side alone says nothing against another's number. Where one counts all together it is the lowest of all.

    Args:
        lows: of each event the lower bound in all, and of each side as far as every number is of a side.
    """
    by_side = [low_of for _, low_of in lows if low_of is not None]
    if len(lows) == 1 or len(by_side) < len(lows):
        return min(low for low, _ in lows)
    sides = sorted({side for low_of in by_side for side in low_of})
    return sum(min(low_of[side] for low_of in by_side if side in low_of) for side in sides)


def _rest(figures: EventFigures) -> Quantity | None:
    """What the sides' figures leave of the number for all; None where that is nothing, or no number for all is given."""
    if figures.all is None:
        return None
    low, best, high = ends_of(figures.all)
    sides = [ends_of(number) for number in figures.of.values()]
    low, best, high = (
        max(0, whole - sum(part)) for whole, part in zip((low, best, high), _columns(sides), strict=True)
    )
    if figures.of and not (low or best or high):
        return None
    numbers = (figures.all, *figures.of.values())
    bare = any(number.best is None and number.low != number.high for number in numbers)
    least, most = min(low, high), max(low, high)
    unbounded = figures.all.best is None and figures.all.high is None
    middle = None if bare else min(max(least, best), most)
    return Quantity(figures.all.unit, least, middle, None if unbounded else most)


def _columns(rows: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def ranged_in_all(figures: EventFigures, number: Quantity | None) -> bool:
    """Whether a side's number is one, and what is said of all together is a range."""
    return number is not None and figures.all is not None and _is_range(figures.all) and not _is_range(number)


def sides_above_all(cause: Reported, measure: Measure, figures: EventFigures) -> bool:
    """Whether what some count of the sides comes to more, by its least, than others count of all together at most."""
    whole = figures.all
    if whole is None or (whole.best is None and whole.high is None) or of_one_source(cause, measure):
        return False
    return sum(ends_of(number)[0] for number in figures.of.values()) > ends_of(whole)[2]


def _is_range(number: Quantity) -> bool:
    return any(end is not None and end != number.best for end in (number.low, number.high))


def ends_of(number: Quantity) -> tuple[int, int, int]:
    """Low, best and high of an amount, each from the nearest that is given where it is not."""
    low = next(it for it in (number.low, number.best, 0.0 if number.high is not None else None) if it is not None)
    best = next(it for it in (number.best, number.low, 0.0) if it is not None)
    high = next(it for it in (number.high, number.best, number.low) if it is not None)
    return int(low), int(best), int(high)
