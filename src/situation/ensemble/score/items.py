"""What is scored: each observation of a later record, what a forecast says of it, and its scores."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np
from attrs import evolve, field, frozen

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.score.courses import Courses, ScoredTime, is_holder
from situation.ensemble.score.observed import Dead, Observed, Passage, Sighting
from situation.ensemble.score.proper import brier, brier_between, crps, ignorance, interval_score, log_score, part_below
from situation.testimony.ground import Ground

__all__ = ["KINDS", "Item", "Scores", "items_in_silence", "items_of", "of_amount", "of_outcome"]

Scores = Mapping[str, float]


class _Kind(NamedTuple):
    """A kind of observation.

    Args:
        score: by which forecasts are compared.
        unit: of that score; empty where it has none.
        rows: the key under which the observations are given one by one.
    """

    score: str
    unit: str
    rows: str


KINDS: Final[Mapping[str, _Kind]] = {
    "control": _Kind("brier", "", "control_by_sighting"),
    "captures": _Kind("crps", "days", "captures_by_place"),
    "changes_of_hands": _Kind("crps", "changes", "changes_of_hands_by_place"),
    "order": _Kind("brier", "", "order_by_pair"),
    "clashes": _Kind("crps", "days", "clashes_by_pair"),
    "killed": _Kind("crps", "men", "killed_by_side"),
    "strengths": _Kind("crps", "men", "strengths_by_report"),
    "questions": _Kind("brier", "", "questions_by_name"),
    "questions_of_time": _Kind("crps", "days", "questions_of_time_by_name"),
}
"""Every kind of observation."""


def _once(values: Callable[[Courses], Floats]) -> Callable[[Courses], Floats]:
    """The same function, which works each forecast out once: it is asked for every score and comparison."""
    return cache(values)


@frozen(eq=False)
class Item:
    """One observation.

    Args:
        kind: one of `KINDS`.
        unit: what is drawn anew in a bootstrap: the place, pair, side or question that it is of.
        row: what is told of it.
        values: what each member of a forecast says of it, shape (members,).
        score: the scores of such values, the one by which forecasts are compared first.
        ranks: where it ranks among such values, from and to, 0 to 1; None where it is no amount.
    """

    kind: str
    unit: str
    row: Mapping[str, Any]
    values: Callable[[Courses], Floats] = field(converter=_once)
    score: Callable[[Floats], Scores]
    ranks: Callable[[Floats], tuple[float, float]] | None = field(default=None)


def of_amount(
    kind: str,
    unit: str,
    row: Mapping[str, Any],
    values: Callable[[Courses], Floats],
    bounds: tuple[float, float],
    end: float,
) -> Item:
    """An observation of an amount or a time, between bounds; observed up to `end`."""

    def score(members: Floats) -> Scores:
        return {"crps": crps(members, *bounds, end)}

    return Item(kind, unit, row, values, score, lambda members: part_below(members, *bounds, end))


def of_outcome(
    kind: str, unit: str, row: Mapping[str, Any], values: Callable[[Courses], Floats], came: bool | None
) -> Item:
    """An observation of a yes or no; None: the record leaves it open, and the score lies between two."""

    def score(members: Floats) -> Scores:
        runs, share = len(members), float(members.mean())
        low, high = brier_between(share, came, runs)
        if came is None:
            return {"brier": (low + high) / 2.0, "low": low, "high": high}
        return {"brier": low, "log": log_score((share if came else 1.0 - share) * runs, runs)}

    return Item(kind, unit, row, values, score)


def items_of(
    observed: Observed, start: Mapping[str, str | None], places: frozenset[str], ground: Ground, time: ScoredTime
) -> list[Item]:
    """All observations but strengths and questions.

    Args:
        start: who held each place at the branch, as known then.
        places: those that are scored.
        time: that is scored.
    """
    at, since, end = time.branch, time.since, time.end
    sightings = [it for it in observed.sightings if it.place in places]
    passages = [it for it in observed.passages if it.place in places]
    late = [it for it in passages if it.earliest > since]
    items = [_control(sighting, ground) for sighting in sightings if sighting.earliest > since]
    items += _captures(sightings, passages, start, ground, time)
    items += _changes(late, time)
    items += _order([it for it in late if it.number == 1], at, end)
    horizon = (end - at) / DAY
    for clash in (it for it in observed.clashes if it.earliest > since):
        bounds = _days(clash.earliest, at), _days(clash.latest, at)
        row = {"between": clash.pair.split(":"), "earliest": round(bounds[0], 3), "latest": round(bounds[1], 3)}
        items.append(of_amount("clashes", clash.pair, row, lambda it, pair=clash.pair: it.clash(pair), bounds, horizon))  # type: ignore[misc]
    return items + [_killed(dead) for dead in observed.dead if not dead.says_nothing]


def items_in_silence(
    places: Iterable[str],
    pairs: Iterable[str],
    start: Mapping[str, str | None],
    ground: Ground,
    time: ScoredTime,
) -> list[Item]:
    """What would have been observed if silence were peace: nothing changes at these places, and these pairs do not clash."""
    items, at, end = [], time.branch, time.end
    horizon = _days(end, at)
    for place in places:
        if start[place] is not None:
            items.append(_control(Sighting(place, start[place], True, end, end, False), ground))

        def lost(courses: Courses, place: str = place) -> Floats:
            return courses.first(place, start[place], taken=False)

        def count(courses: Courses, place: str = place) -> Floats:
            return courses.changes_within(place, time)

        items.append(of_amount("captures", place, {}, lost, (horizon, math.inf), horizon))
        items.append(of_amount("changes_of_hands", place, {}, count, (0.0, 0.0), math.inf))
    for pair in pairs:
        items.append(of_amount("clashes", pair, {}, lambda it, pair=pair: it.clash(pair), (horizon, math.inf), horizon))  # type: ignore[misc]
    return items


def _days(minute: Minute, at: Minute) -> float:
    return (minute - at) / DAY


def _control(sighting: Sighting, ground: Ground) -> Item:
    """Who holds a place, where the record says so: at the end of a change's interval, or at some moment of a statement's."""
    row = {
        "place": sighting.place,
        "holder": sighting.holder,
        "holds": sighting.holds,
        "at": ground.clock.text(sighting.latest),
        "said": sighting.by_statement,
    }
    place, holder = sighting.place, sighting.holder
    if sighting.by_statement:

        def agrees(courses: Courses) -> Floats:
            if sighting.holds:
                return courses.ever_holds(place, sighting.earliest, sighting.latest, holder).astype(np.float64)
            moments = (courses.holders(place, minute) for minute in (sighting.earliest, sighting.latest))
            return np.array(
                [float(not all(is_holder(who, holder) for who in pair)) for pair in zip(*moments, strict=True)]
            )

        return of_outcome("control", place, row, agrees, True)
    words: dict[str | None, int] = {holder: 0}

    def codes(courses: Courses) -> Floats:
        held = courses.holders(place, sighting.latest)
        return np.array([words.setdefault(who, len(words)) for who in held], dtype=np.float64)

    return Item("control", place, row, codes, _of_words)


def _of_words(codes: Floats) -> Scores:
    """Brier and log score of words as numbers, of which 0 came about."""
    runs, counts = len(codes), np.bincount(codes.astype(np.int64))
    shares: dict[str | None, float] = {str(code): float(count) / runs for code, count in enumerate(counts) if count}
    return {"brier": brier(shares, "0", runs), "log": log_score(float(counts[0]), runs)}


def _captures(
    sightings: list[Sighting],
    passages: list[Passage],
    start: Mapping[str, str | None],
    ground: Ground,
    time: ScoredTime,
) -> list[Item]:
    """When each place is first lost by its holder: within an interval, or not before it is last said to hold it."""
    at = time.branch
    items, horizon = [], _days(time.end, at)
    first = {it.place: it for it in passages if it.number == 1}
    still: dict[str, Minute] = {}
    for sighting in sightings:
        if sighting.holds and sighting.place not in first and is_holder(start[sighting.place], sighting.holder):
            still[sighting.place] = max(still.get(sighting.place, at), sighting.earliest)
    for place in ground.places:
        if place in first:
            passage = first[place]
            bounds = _days(passage.earliest, at), _days(passage.latest, at)
            taker = passage.taker
        elif place in still:
            bounds, taker = (_days(still[place], at), math.inf), None
        else:
            continue
        if bounds[0] <= _days(time.since, at):
            continue
        row = {
            "place": place,
            "by": taker,
            "came": round(sum(bounds) / 2.0, 3) if math.isfinite(bounds[1]) else None,
            "earliest": round(bounds[0], 3),
            "latest": round(bounds[1], 3) if math.isfinite(bounds[1]) else None,
        }
        holder = start[place]

        def lost(courses: Courses, place: str = str(place), holder: str | None = holder) -> Floats:
            return courses.first(place, holder, taken=False)

        items.append(of_amount("captures", str(place), row, lost, bounds, horizon))
    return items


def _changes(passages: list[Passage], time: ScoredTime) -> list[Item]:
    """How often a place changes hands in the time scored: at least as often as the record tells."""
    items = []
    for place in sorted({it.place for it in passages}):
        times = sum(it.place == place and it.latest <= time.end for it in passages)

        def count(courses: Courses, place: str = place) -> Floats:
            return courses.changes_within(place, time)

        row = {"place": place, "at_least": times}
        if times:  # at least none is no observation
            item = of_amount("changes_of_hands", place, row, count, (float(times), math.inf), math.inf)
            items.append(evolve(item, ranks=None))  # at least so often is no rank
    return items


def _order(passages: list[Passage], at: Minute, end: Minute) -> list[Item]:
    """Which of two places falls first, where their intervals do not overlap."""
    items = []
    for one, other in combinations(sorted(passages, key=lambda it: (it.latest, it.place)), 2):
        if one.latest >= other.earliest or other.latest > end:
            continue

        def first(courses: Courses, one: Passage = one, other: Passage = other) -> Floats:
            times = [courses.first(it.place, it.loser, taken=False) for it in (one, other)]
            return np.where(times[0] < times[1], 0.0, np.where(times[1] < times[0], 1.0, 2.0))

        row = {"first": one.place, "then": other.place}
        items.append(Item("order", f"{one.place} before {other.place}", row, first, _of_words))
    return items


def _killed(dead: Dead) -> Item:
    """How many of a side are killed in a month."""
    open_end = math.isinf(dead.high)
    row = {"actor": dead.actor, "month": dead.month, "low": dead.low, "high": None if open_end else dead.high}

    def score(members: Floats) -> Scores:
        return {
            "crps": crps(members, dead.low, dead.high),
            "interval": interval_score(members, dead.low, dead.high),
            "ignorance": ignorance(members, dead.low, dead.high),
        }

    return Item(
        "killed",
        f"{dead.actor} {dead.month}",
        row,
        lambda courses: courses.killed(dead.actor, dead.since, dead.until),
        score,
        lambda members: part_below(members, dead.low, dead.high, math.inf),
    )
