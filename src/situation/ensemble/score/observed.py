"""What a later record says of the time after a branch, and no more: silence is not an observation.

Each observation is an interval: a place was taken between two days, held at some moment of a statement's time, two
clashed between two days, between so many and so many were killed. What the record says of a time that begins before the
branch is left out: it may be of what was known then.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations

from attrs import evolve, frozen

from situation.dates import DAY, Interval, Minute
from situation.ensemble.score.courses import ScoredTime
from situation.events import AreaId, Event, roots
from situation.events.predicates import Holds, HoldsNothingIn
from situation.log.entry import Entry, Reported
from situation.log.state import State, holder_word, occupant, relation
from situation.record.joining.topic import span_of
from situation.record.record import Record
from situation.record.tolls.double_counts import possibly_one_of
from situation.record.tolls.months import month_at
from situation.record.tolls.totals import totals
from situation.record.tolls.within import tolls_within
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["Clash", "Dead", "Observed", "Passage", "Sighting", "clashes_in", "known_since", "observe"]


@frozen
class Sighting:
    """That an actor held a place at some moment of an interval (or, not `holds`, that it did not throughout).

    Args:
        by_statement: said outright, and not by a change of hands.
    """

    place: str
    holder: str | None
    holds: bool
    earliest: Minute
    latest: Minute
    by_statement: bool


@frozen
class Passage:
    """A place passed from one holder to another for the n-th time after the branch, within an interval."""

    place: str
    number: int
    loser: str | None
    taker: str | None
    earliest: Minute
    latest: Minute


@frozen
class Clash:
    """Two who were no enemies at the branch, `one:other`, first clashed within an interval."""

    pair: str
    earliest: Minute
    latest: Minute


@frozen
class Dead:
    """Men of a side killed in a month, or in what of it lies within the observation. `high` is infinite where it is open."""

    actor: str
    month: str
    since: Minute
    until: Minute
    low: float
    high: float

    @property
    def says_nothing(self) -> bool:
        """Whether they may be any number: no event gives one."""
        return not self.low and math.isinf(self.high)


@frozen
class Observed:
    """All that a later record says of the time after a branch.

    Args:
        dead: by side and month, those too of whom it gives no number.
        spoken: places of which it says anything at all.
        before: how many statements and changes begin before the branch, and are left out.
        contradicted: how many statements the record itself contradicts, and are left out.
    """

    sightings: tuple[Sighting, ...]
    passages: tuple[Passage, ...]
    clashes: tuple[Clash, ...]
    dead: tuple[Dead, ...]
    spoken: frozenset[str]
    before: int
    contradicted: int

    def up_to(self, minute: Minute) -> Observed:
        """What of it is of a time that begins by a minute."""
        return evolve(
            self,
            sightings=tuple(it for it in self.sightings if it.earliest <= minute),
            passages=tuple(it for it in self.passages if it.earliest <= minute),
            clashes=tuple(it for it in self.clashes if it.earliest <= minute),
        )


def observe(
    later: Record,
    start: Mapping[str, str | None],
    known: State,
    time: ScoredTime,
) -> Observed:
    """What a later record says of the time after a branch.

    Args:
        start: who held each place at the branch, as known then.
        known: the state at the branch, as known then.
        time: the time scored: the dead and the places spoken of are of it alone, all else is of the time from the branch.
    """
    at, since, end = time.branch, time.since, time.end
    entries = [entry for entry in later.log() if isinstance(entry.cause, Reported)]
    inside = [entry for entry in entries if at < entry.time <= end]
    late = [entry for entry in inside if entry.time > since and (since == at or entry.span.earliest > since)]
    sightings, passages, before = _changes(later, start, at, end)
    stated, early, contradicted = _statements(later, at, end)
    return Observed(
        tuple(
            sorted({*sightings, *stated}, key=lambda it: (it.latest, it.earliest, it.place, str(it.holder), it.holds))
        ),
        tuple(passages),
        _clashes(inside, known, later.ground, at),
        _dead(late, later, since, end),
        frozenset(str(entry.event.place) for entry in late if entry.event.place is not None)
        | {sighting.place for sighting in stated if sighting.earliest > since},
        before + early,
        contradicted,
    )


def known_since(later: Record, at: Minute) -> list[Minute]:
    """When each claim of a record became known that speaks of the time after a branch, in order."""
    testimony = later.testimony
    claims = (claim for claim in testimony.claims.values() if claim.kind in ("event", "statement") and claim.happened)
    return sorted(testimony.known_from(claim) for claim in claims if span_of(claim, later.ground).latest > at)


def _changes(
    later: Record, start: Mapping[str, str | None], at: Minute, end: Minute
) -> tuple[list[Sighting], list[Passage], int]:
    """What entries say of who holds a place: each is a sighting at the end of its interval; and the changes of hands."""
    sightings, passages, before = [], [], 0
    by_place: dict[str, list[tuple[Entry, str | None, Minute | None]]] = {}
    for change in later.history():
        place, _, attribute = change.cell.rpartition(".")
        if attribute == "holder" and isinstance(change.entry.cause, Reported) and place in start:
            by_place.setdefault(place, []).append((change.entry, holder_word(change.value), change.until))
    for place, rows in by_place.items():
        holder, number = start[place], 0
        for entry, who, until in rows:
            if entry.time > end or entry.span.latest <= at:
                continue
            if entry.span.earliest <= at:
                before += 1
                if who is not None:
                    holder = who
                continue
            if who is None:  # it is not known, or nobody's
                continue
            latest = max(entry.time, min(entry.span.latest, end if until is None else until - 1))
            if latest <= end:
                sightings.append(Sighting(place, who, True, latest, latest, False))
            if who != holder:
                number += 1
                passages.append(Passage(place, number, holder, who, entry.span.earliest, entry.span.latest))
            holder = who
    return sightings, passages, before


def _statements(later: Record, at: Minute, end: Minute) -> tuple[list[Sighting], int, int]:
    """What is said outright of who holds a place, or holds nothing there, where the record itself does not contradict it."""
    ground, sightings, before = later.ground, [], 0
    wrong = {mismatch.claim for mismatch in later.disputes().mismatches}
    contradicted = 0
    for claim in later.reading().claims.values():
        predicate = claim.predicate
        if claim.kind != "statement" or not isinstance(predicate, Holds | HoldsNothingIn):
            continue
        span = span_of(claim, ground)
        if span.latest <= at or span.earliest > end or claim.happened is None:
            continue
        if span.earliest <= at or span.latest > end:
            before += span.earliest <= at
            continue
        if claim.id in wrong:
            contradicted += 1
            continue
        holding = isinstance(predicate, Holds) == (claim.mode == "asserts")
        for place in _places(predicate.area, holding, later, span):
            actor = ground.root(predicate.actor)
            sightings.append(Sighting(place, actor, holding, span.earliest, span.latest, True))
    return sightings, before, contradicted


def _places(area: AreaId, holding: bool, later: Record, span: Interval) -> list[str]:
    """The places of which a statement speaks: the one that it names, or those of a region that anyone holds."""
    if later.ground.is_place(area):
        return [str(area)]
    cells = later.state(min(max(span.latest, later.ground.window.earliest), later.ground.window.latest)).cells
    members = [str(place) for place in later.ground.members(area)]
    return [place for place in members if not holding or occupant(cells, place) is not None]


def _sides_of_clash(event: Event, ground: Ground) -> tuple[str, ...]:
    """The pairs `one:other` of root actors that met in an event; none where it does not tell who met whom."""
    if not event.strikes:
        return ()
    by, against = getattr(event, "by", ()), getattr(event, "against", None)
    between = roots(ground.root, getattr(event, "between", ()))
    met = set(combinations(sorted(set(between)), 2))
    if against is not None:
        other = ground.root(against)
        met |= {tuple(sorted((one, other))) for one in roots(ground.root, by) if one != other}  # type: ignore[misc]
    return tuple(sorted(":".join(pair) for pair in met))


def clashes_in(entries: Iterable[Entry], ground: Ground, known: State) -> dict[str, list[Entry]]:
    """The entries in which two met who were no enemies, by pair."""
    by_pair: dict[str, list[Entry]] = {}
    for entry in entries:
        for pair in _sides_of_clash(entry.event, ground_when(entry.event, entry.span, ground)):
            if not relation(known.cells, *pair.split(":"))[0]:
                by_pair.setdefault(pair, []).append(entry)
    return by_pair


def _clashes(entries: Iterable[Entry], known: State, ground: Ground, at: Minute) -> tuple[Clash, ...]:
    clashes = []
    for pair, rows in sorted(clashes_in(entries, ground, known).items()):
        later = [row for row in rows if row.span.earliest > at]
        if later:
            first = min(later, key=lambda row: (row.span.latest, row.span.earliest))
            clashes.append(Clash(pair, min(row.span.earliest for row in later), first.span.latest))
    return tuple(clashes)


def _dead(entries: Iterable[Entry], later: Record, at: Minute, end: Minute) -> tuple[Dead, ...]:
    """The dead by side and month, of those whose side is told; those who may be told twice count once in the lower end.

    No number is not none: an event that gives none of a side's dead leaves that side's upper end open. Dead whose side is
    not stated may be of any: they add to the upper end of every side in their month, or leave it open.
    """
    rows, ground, reading = [], later.ground, later.reading()
    doubts = [doubt.claims for doubt in possibly_one_of(reading, ground)]
    within = tolls_within(reading, ground)
    tolls = totals(entries, ground, "killed", ("actor", "month"), doubts, within=within)
    without_side = {toll.month: toll for toll in tolls if toll.actor is None}
    days = (*range(at, end, DAY), end)
    for toll in tolls:
        of_month = [minute for minute in days if month_at(minute, ground) == toll.month]
        if toll.actor is None or toll.month is None or toll.actor not in ground.actors or not of_month:
            continue
        since, until = max(at, min(of_month) - DAY), max(of_month)
        beside = without_side.get(toll.month)
        both = [toll] if beside is None else [toll, beside]
        is_open = any(it.open or it.unnumbered for it in both)
        high = math.inf if is_open else float(sum(it.high for it in both))
        rows.append(Dead(toll.actor, toll.month, since, until, float(toll.low), high))
    return tuple(rows)
