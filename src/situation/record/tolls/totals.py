"""Sums over what is held to have happened: the dead, wounded and taken prisoner by whose they are, where, and in which month.

| key | what it adds up |
|---|---|
| `low` | the lower bounds; of events that are possibly one each side's number once, as low as it is counted |
| `best` | the best estimates; null where an event gives bounds alone, as "dozens" does |
| `high` | the upper bounds, where an event gives one, else its best or lower one; each event by itself |

An event that lies within the place and the time of another may be a part of it (`within`): low counts of its number what goes
beyond the other's, best too where both are of one episode, and high counts both.

An event that gives no number is counted, and adds nothing: it is not an event of none; by actor, neither is one that counts
others alone. What is known of an event without its side is nobody's: its actor is null; but what one source counts of a side is
never taken from what another counts in all. An event over several days is spread over them evenly, in whole persons. Men,
fighters and civilians are persons; a number of anything else is told, and not added.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from attrs import evolve

from situation.dates import DAY
from situation.errors import Fault, near_miss
from situation.events import CIVILIANS, counts_people
from situation.log.entry import Entry, Reported
from situation.record.tolls.disputed_numbers import DisputedNumbers
from situation.record.tolls.event_figures import (
    COUNTED_WHERE_GIVEN,
    TOLL_MEASURES,
    Measure,
    event_figures,
    fights,
    opponents,
)
from situation.record.tolls.months import UNSPREAD, Months, months_of
from situation.record.tolls.sides_of_toll import (
    amounts_by_actor,
    least_of_one,
    lows_of_sides,
    of_one_source,
    ranged_in_all,
    sides_above_all,
    sum_of_sides,
)
from situation.record.tolls.toll import Opponents, Toll
from situation.record.tolls.toll_share import TollShare, months_in_order, toll_share
from situation.record.tolls.within import Within, sum_beyond, wholes_of
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["GROUPINGS", "totals"]

Grouping = Literal["pair", "actor", "place", "month"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("pair", "actor", "place", "month")
_Key = tuple[Opponents | None, str | None, str | None]
"""Of a sum its pair, actor and place."""
_Sums = Mapping[str | None, int]
"""Sums by month."""


def totals(
    entries: Iterable[Entry],
    ground: Ground,
    of: str = "killed",
    by: Collection[str] = (),
    possibly_one: Iterable[tuple[Collection[str], Collection[str]]] = (),
    disputes: Iterable[tuple[str, Collection[str]]] = (),
    within: Iterable[Within] = (),
) -> tuple[Toll, ...]:
    """Sums over the entries of a log.

    Args:
        entries: of the log.
        ground: the map.
        of: `killed`, `wounded` or `prisoners`.
        by: of `pair`, `actor`, `place` and `month`, in any order; without any there is one sum.
        possibly_one: pairs of events that may be one, each by its claims.
        disputes: what sources disagree on, each by its cell and its claims.
        within: events that lie within the place and the time of others.

    Raises:
        Fault: there is nothing of that name to count or to sum by.
    """
    measure: Measure = _known(of, TOLL_MEASURES, "of")  # type: ignore[assignment]
    groups = [_known(name, GROUPINGS, "by") for name in by]
    sums: dict[_Key, list[TollShare]] = {}
    if not groups:
        sums[None, None, None] = []
    disputed, by_side = DisputedNumbers(disputes), "actor" in groups
    for entry in fights(entries):
        then = ground_when(entry.event, entry.span, ground)
        given = event_figures(measure, entry.event, then)
        if given is None:
            continue
        figures = given.of_people()
        if isinstance(entry.event, COUNTED_WHERE_GIVEN) and sum_of_sides(figures) is None:
            continue
        months = months_of(entry, ground) if "month" in groups else UNSPREAD
        place = entry.event.place if "place" in groups else None
        pair = opponents(entry.event, then) if "pair" in groups else None
        above = isinstance(entry.cause, Reported) and sides_above_all(entry.cause, measure, figures)
        apart = by_side and isinstance(entry.cause, Reported) and not of_one_source(entry.cause, measure)
        for actor, number in amounts_by_actor(entry.event, figures, then, by_side, apart):
            civilian = figures.of.get(CIVILIANS) if actor == CIVILIANS or not by_side else None
            share = evolve(
                toll_share(entry, number, civilian, months),
                units=given.units,
                low_of=None if by_side else lows_of_sides(figures),
                apart=apart and actor is None and bool(figures.of),
                others_alone=number is None and actor is not None and sum_of_sides(figures) is not None,
                disputed=above or disputed.concern(entry, measure, actor, by_side),
                sides_above=above,
                all_ranged=by_side and actor is not None and ranged_in_all(figures, number),
            )
            sums.setdefault((pair, actor, place), []).append(share)
    doubts, nested = _doubts(possibly_one), tuple(within)
    return tuple(toll for key in sorted(sums, key=_order) for toll in _totals(measure, key, sums[key], doubts, nested))


def _order(key: _Key) -> tuple[Any, ...]:
    """A key for sorting: by name, what has none last."""
    return tuple((part is None, str(part)) for part in key)


def _known(name: str, names: Iterable[str], argument: str) -> str:
    listed = list(names)
    if name not in listed:
        hint = near_miss(name, listed) or f"Use one of: {', '.join(listed)}."
        raise Fault(f"Nothing can be added up {'by' if argument == 'by' else 'of'} '{name}'.", hint, argument=argument)
    return name


_Doubts = Mapping[str, Mapping[str, None]]
"""From a claim to the claims of events that may be one with its own."""


def _doubts(possibly_one: Iterable[tuple[Collection[str], Collection[str]]]) -> _Doubts:
    """The pairs of events that may be one, by claim, each way."""
    doubts: dict[str, dict[str, None]] = {}
    for pair in possibly_one:
        for one, other in (pair, pair[::-1]):
            for claim in one:
                doubts.setdefault(claim, {}).update(dict.fromkeys(other))
    return doubts


def _totals(
    of: Measure, key: _Key, shares: list[TollShare], doubts: _Doubts, nested: tuple[Within, ...]
) -> Iterator[Toll]:
    """The sums of one pair, actor and place, for each month."""
    doubts = _without_sums(doubts, shares, nested)
    counted = [share for share in shares if share.numbered]
    around = wholes_of((share.entry.id for share in counted), nested)
    sure = wholes_of((share.entry.id for share in counted), (it for it in nested if it.is_part))
    pairs = _pairs_among(shares, doubts)

    def best(those: Iterable[TollShare], number: Callable[[TollShare], int]) -> _Sums:
        return sum_beyond([([it.entry.id], number(it), it.months) for it in those], sure)

    low = sum_beyond([_least(group) for group in _joined(shares, doubts)], around)
    middle, civilian = best(shares, lambda share: share.best), best(shares, lambda share: share.civilian)
    undirected = best([it for it in shares if getattr(it.entry.event, "between", ())], lambda share: share.best)
    for month in months_in_order(shares) or [None]:
        here = [share.within_month(month) for share in shares if month in share.months]
        bare = _events(share for share in here if share.bounds_only)
        of_month = [numbered for numbered, those in pairs if month in those]
        yield Toll(
            of,
            *key,
            month,
            low=low.get(month, 0),
            best=None if bare else middle.get(month, 0),
            high=sum(share.high for share in here),
            undirected=undirected.get(month, 0),
            civilian=civilian.get(month, 0),
            events=_events(here),
            unnumbered=_events(share for share in here if not share.numbered and not share.apart),
            others_alone=_events(share for share in here if share.others_alone),
            disputed=_events(share for share in here if share.disputed and share.numbered),
            all_ranged=_events(share for share in here if share.all_ranged),
            open=_events(share for share in here if share.open),
            split=_events(share for share in here if share.entry.span.latest - share.entry.span.earliest >= DAY),
            bounds_only=bare,
            other_units=_events(share for share in here if not all(counts_people(unit) for unit in share.units)),
            sources_apart=_events(share for share in here if share.apart),
            possibly_one=sum(of_month),
            unnumbered_pairs=len(of_month) - sum(of_month),
            units=tuple(sorted({unit for share in here for unit in share.units})),
            claims=tuple(sorted({claim for share in here for claim in share.entry.cause.claims})),
            within=len({share.entry.id for share in here} & around.keys()),
            sides_above=_events(share for share in here if share.sides_above and share.numbered),
        )


def _least(group: list[TollShare]) -> tuple[list[str], int, Months]:
    """What events that are possibly one amount to at the least, in the months of that which counts least."""
    least = min(group, key=lambda it: (it.low, it.entry.span.earliest, it.entry.span.latest))
    return [it.entry.id for it in group], least_of_one([(it.low, it.low_of) for it in group]), least.months


def _without_sums(doubts: _Doubts, shares: list[TollShare], nested: tuple[Within, ...]) -> _Doubts:
    """The pairs of events that may be one, but for a count of several days and those of its days that add up to it."""
    whole_of: dict[str, set[str]] = {}
    for it in nested:
        if it.adds_up:
            whole_of.setdefault(it.part, set()).add(it.whole)
            whole_of.setdefault(it.whole, set()).add(it.whole)
    if not whole_of:
        return doubts
    of_claim = {
        claim: whole_of[share.entry.id]
        for share in shares
        if share.entry.id in whole_of
        for claim in share.entry.cause.claims
    }
    none: set[str] = set()
    return {
        claim: {other: None for other in others if not of_claim.get(claim, none) & of_claim.get(other, none)}
        for claim, others in doubts.items()
    }


def _events(shares: Iterable[TollShare]) -> int:
    return len({share.entry.id for share in shares})


def _pairs_among(shares: list[TollShare], doubts: _Doubts) -> list[tuple[bool, set[str | None]]]:
    """The pairs of events that may be one: whether both give a number, and their months, of two that share none the later's."""
    by_claim = {claim: share for share in shares for claim in share.entry.cause.claims}
    pairs: dict[tuple[str, str], tuple[bool, set[str | None]]] = {}
    for claim, one in by_claim.items():
        for other in (by_claim[its] for its in doubts.get(claim, ()) if its in by_claim):
            if one.entry.id < other.entry.id:
                later = max((one, other), key=lambda share: share.entry.span.earliest)
                months = {*one.months} & {*other.months} or {*later.months}
                pairs[one.entry.id, other.entry.id] = one.numbered and other.numbered, months
    return list(pairs.values())


def _joined(shares: list[TollShare], doubts: _Doubts) -> list[list[TollShare]]:
    """Shares with a number, those of events that are possibly one together: every two in a group may be one."""
    alone: list[list[TollShare]] = []
    groups: list[list[TollShare]] = []
    for share in sorted(
        shares, key=lambda share: (share.low, _doubtful(share, doubts), share.entry.time, share.entry.id)
    ):
        if not share.numbered:
            continue
        if doubts.keys().isdisjoint(share.entry.cause.claims):
            alone.append([share])
            continue
        group = next((it for it in groups if _may_all_be_one(share, it, doubts)), None)
        if group is None:
            groups.append([share])
        else:
            group.append(share)
    return [*alone, *groups]


def _doubtful(share: TollShare, doubts: _Doubts) -> int:
    """With how many claims of others an event may be one: those with few are placed first, and the fewest are counted."""
    return len({other for claim in share.entry.cause.claims for other in doubts.get(claim, ())})


def _may_all_be_one(share: TollShare, group: list[TollShare], doubts: _Doubts) -> bool:
    return all(
        any(other in doubts.get(one, ()) for one in share.entry.cause.claims for other in member.entry.cause.claims)
        for member in group
    )
