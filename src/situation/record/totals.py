"""Sums over what is held to have happened: the dead, wounded and taken prisoner by whose they are, where, and in which month.

| key | what it adds up |
|---|---|
| `low` | the lower bounds; events that are possibly one are counted as one, with the lowest of their bounds |
| `best` | the best estimates; where an event gives bounds alone, its lower one |
| `high` | the upper bounds, where an event gives one, else its best or lower one; each event by itself |

An event that gives no number is counted, and adds nothing: it is not an event of none. What is known of an event without its
side is nobody's: its actor is null. An event over several days is spread over them evenly, in whole persons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, Literal

from attrs import frozen

from situation.dates import DAY
from situation.errors import Fault, near_miss
from situation.events import CIVILIANS, UNKNOWN, Event, Quantity
from situation.log.entry import Entry, Reported
from situation.record.tolls import COUNTED_WHERE_GIVEN, FIGURES, EventFigures, Measure, sufferers
from situation.testimony.ground import Ground

__all__ = ["GROUPINGS", "Toll", "totals"]

Grouping = Literal["actor", "place", "month"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("actor", "place", "month")


@frozen
class Toll:
    """One sum.

    Args:
        of: what is counted.
        actor: whose; an actor, `civilians`, or None where no source says whose, and where sums are not by actor.
        place: where, a place or an area; None where no source says where, and where sums are not by place.
        month: when, such as `2017-11`; None where sums are not by month.
        low, best, high: in persons.
        undirected: of `best`, what fell where no source says who attacked whom.
        civilian: of `best`, civilians, where a source says so.
        events: how many there were.
        unnumbered: how many of them gave no number.
        open: how many gave no upper bound, so that `high` is at least so much.
        split: how many were spread over several days.
        claims: the claims that they rest on, by id.
    """

    of: Measure
    actor: str | None
    place: str | None
    month: str | None
    low: int
    best: int
    high: int
    undirected: int
    civilian: int
    events: int
    unnumbered: int
    open: int
    split: int
    claims: tuple[str, ...]


@frozen
class _Share:
    """One event's part in a sum."""

    entry: Entry
    low: int
    best: int
    high: int
    civilian: int
    numbered: bool
    open: bool


def totals(
    entries: Iterable[Entry],
    ground: Ground,
    of: str = "killed",
    by: Collection[str] = (),
    possibly_one: Iterable[tuple[Collection[str], Collection[str]]] = (),
) -> tuple[Toll, ...]:
    """Sums over the entries of a log.

    Args:
        entries: of the log.
        ground: the map.
        of: `killed`, `wounded` or `prisoners`.
        by: of `actor`, `place` and `month`, in any order; without any there is one sum.
        possibly_one: pairs of events that may be one, each by its claims.

    Raises:
        Fault: there is nothing of that name to count or to sum by.
    """
    measure = _known(of, FIGURES, "of")
    groups = [_known(name, GROUPINGS, "by") for name in by]
    sums: dict[tuple[str | None, str | None, str | None], list[_Share]] = {}
    if not groups:
        sums[None, None, None] = []
    for entry in entries:
        read = FIGURES[measure].get(type(entry.event))  # type: ignore[index]
        if read is None or not isinstance(entry.cause, Reported):
            continue
        then = ground.at(entry.time)
        figures = read(entry.event, then)
        if isinstance(entry.event, COUNTED_WHERE_GIVEN) and _whole(figures) is None:
            continue
        months = _months(entry, ground) if "month" in groups else {None: (0, 1, 1)}
        place = entry.event.place if "place" in groups else None
        for actor, number in _by_actor(entry.event, figures, then, "actor" in groups):
            civilian = figures.of.get(CIVILIANS) if actor == CIVILIANS or "actor" not in groups else None
            for month, part in months.items():
                share = _share(entry, number, civilian, part)
                sums.setdefault((actor, place, month), []).append(share)
    pairs = _pairs(possibly_one)
    keys = sorted(sums, key=lambda key: tuple((part is None, part or "") for part in key))
    return tuple(_total(measure, key, sums[key], pairs) for key in keys)  # type: ignore[arg-type]


def _known(name: str, names: Iterable[str], argument: str) -> str:
    listed = list(names)
    if name not in listed:
        hint = near_miss(name, listed) or f"Use one of: {', '.join(listed)}."
        raise Fault(f"There is nothing to sum called '{name}'.", hint, argument=argument)
    return name


def _by_actor(
    event: Event, figures: EventFigures, ground: Ground, apart: bool
) -> list[tuple[str | None, Quantity | None]]:
    """An event's figures by whose they are; that of all together where not `apart`.

    What the sides' figures leave of that for all is nobody's. A side of an event without any figure has no number.
    """
    if not apart:
        return [(None, _whole(figures))]
    sides: dict[str | None, Quantity | None] = {side: it for side, it in figures.of.items() if side != UNKNOWN}
    nobody = [number for number in (figures.of.get(UNKNOWN), _rest(figures)) if number is not None]
    if nobody:
        sides[None] = nobody[0] if len(nobody) == 1 else nobody[0].plus(nobody[1])
    if not sides:
        named = sufferers(event, ground)
        return [(side, None) for side in sorted(named)] or [(None, None)]
    return list(sides.items())


def _whole(figures: EventFigures) -> Quantity | None:
    """The number for all together: the one that is given, else the sum of the sides'."""
    if figures.all is not None:
        return figures.all
    whole: Quantity | None = None
    for number in figures.of.values():
        whole = number if whole is None else whole.plus(number)
    return whole


def _rest(figures: EventFigures) -> Quantity | None:
    """What the sides' figures leave of the number for all; None where that is nothing, or no number for all is given."""
    if figures.all is None:
        return None
    low, best, high = _bounds(figures.all)
    sides = [_bounds(number) for number in figures.of.values()]
    low, best, high = (
        max(0, whole - sum(part)) for whole, part in zip((low, best, high), _columns(sides), strict=True)
    )
    if figures.of and not (low or best or high):
        return None
    return Quantity(figures.all.unit, low, max(low, best), max(low, best, high))


def _columns(rows: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def _bounds(number: Quantity) -> tuple[int, int, int]:
    """Low, best and high of an amount, each from the nearest that is given where it is not."""
    low = next(it for it in (number.low, number.best, 0.0 if number.high is not None else None) if it is not None)
    best = next(it for it in (number.best, number.low, 0.0) if it is not None)
    high = next(it for it in (number.high, number.best, number.low) if it is not None)
    return int(low), int(best), int(high)


def _months(entry: Entry, ground: Ground) -> dict[str | None, tuple[int, int, int]]:
    """The months that an event lies in: from which of its days to before which, of how many."""
    span = entry.span.clipped_to(ground.window)
    minutes = (*range(span.earliest, span.latest, DAY), span.latest)
    days = list(dict.fromkeys(ground.clock.day(minute) for minute in minutes))
    months: dict[str | None, tuple[int, int, int]] = {}
    for number, day in enumerate(days):
        first = months.get(day[:7], (number, number, 0))[0]
        months[day[:7]] = (first, number + 1, len(days))
    return months


def _share(entry: Entry, number: Quantity | None, civilian: Quantity | None, part: tuple[int, int, int]) -> _Share:
    if number is None:
        return _Share(entry, 0, 0, 0, 0, False, False)
    low, best, high = (_spread(whole, part) for whole in _bounds(number))
    civilians = _spread(_bounds(civilian)[1], part) if civilian is not None else 0
    return _Share(entry, low, best, high, civilians, True, number.high is None and number.best is None)


def _spread(whole: int, part: tuple[int, int, int]) -> int:
    """The part of a whole number that falls on some of so many days: the parts of all days add up to it."""
    first, after, days = part
    return whole * after // days - whole * first // days


def _pairs(possibly_one: Iterable[tuple[Collection[str], Collection[str]]]) -> frozenset[tuple[str, str]]:
    """Pairs of claims of two events that may be one, each way."""
    pairs: set[tuple[str, str]] = set()
    for one, other in possibly_one:
        pairs |= {(a, b) for a in one for b in other} | {(b, a) for a in one for b in other}
    return frozenset(pairs)


def _total(
    of: Measure,
    key: tuple[str | None, str | None, str | None],
    shares: list[_Share],
    pairs: frozenset[tuple[str, str]],
) -> Toll:
    undirected = [share for share in shares if getattr(share.entry.event, "between", ())]
    return Toll(
        of,
        *key,
        low=sum(min(share.low for share in group) for group in _joined(shares, pairs)),
        best=sum(share.best for share in shares),
        high=sum(share.high for share in shares),
        undirected=sum(share.best for share in undirected),
        civilian=sum(share.civilian for share in shares),
        events=len({share.entry.id for share in shares}),
        unnumbered=len({share.entry.id for share in shares if not share.numbered}),
        open=len({share.entry.id for share in shares if share.open}),
        split=len({share.entry.id for share in shares if share.entry.span.latest - share.entry.span.earliest >= DAY}),
        claims=tuple(sorted({claim for share in shares for claim in share.entry.cause.claims})),
    )


def _joined(shares: list[_Share], pairs: frozenset[tuple[str, str]]) -> list[list[_Share]]:
    """Shares with a number, those of events that are possibly one together: every two in a group may be one."""
    alone: list[list[_Share]] = []
    groups: list[list[_Share]] = []
    named = {name for pair in pairs for name in pair}
    for share in sorted(shares, key=lambda share: (share.entry.time, share.entry.id)):
        if not share.numbered:
            continue
        if named.isdisjoint(share.entry.cause.claims):
            alone.append([share])
            continue
        group = next((it for it in groups if _may_all_be_one(share, it, pairs)), None)
        if group is None:
            groups.append([share])
        else:
            group.append(share)
    return [*alone, *groups]


def _may_all_be_one(share: _Share, group: list[_Share], pairs: frozenset[tuple[str, str]]) -> bool:
    return all(
        any((one, other) in pairs for one in share.entry.cause.claims for other in member.entry.cause.claims)
        for member in group
    )
