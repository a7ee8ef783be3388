"""That a place was taken, and that the attack on it was thrown back: two reports of one time of which one at most is right.

As events they could follow one another, and where the order is stated, or one voice tells both, or the place was taken back
in between, they do. Else nobody says so, and they are two accounts of one attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from situation.events import (
    ActorId,
    Besieged,
    Captured,
    GarrisonSurrendered,
    HandedOver,
    Repelled,
    Withdrew,
    leaves_taker_out,
    roots,
)
from situation.log.entry import Entry, Reported
from situation.log.fold import fold
from situation.log.state import State, relation
from situation.record.beliefs.belief import Evidence
from situation.record.order.chains import Chain, Chains, control_of
from situation.record.order.rival_dates import REACH
from situation.record.order.sequence import Before, follows
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["accounts_of_one_attack", "two_accounts", "untried_rivals", "with_later_accounts"]

_OF_HOLDERS = (Repelled, Besieged, HandedOver)
"""Events that take for granted that somebody holds a place, of whom it was not taken."""


def accounts_of_one_attack(
    orders: Iterable[Chain], before: Before, known: Evidence, claims: Mapping[str, Claim]
) -> frozenset[frozenset[str]]:
    """The pairs of entries, by id, of which one says that a place was taken and the other that the attack was thrown back.

    Args:
        orders: every order in which all of the entries can have come, or as many as fit together.
        before: the stated sequence.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
    """
    pairs: set[frozenset[str]] = set()
    sure: set[frozenset[str]] = set()
    for chain in orders:
        for one, other in combinations(chain.entries, 2):
            for repulse, fall in ((one, other), (other, one)):
                pair = frozenset((repulse.id, fall.id))
                if (
                    isinstance(repulse.event, Repelled)
                    and _within_reach(repulse, fall)
                    and not leaves_taker_out(fall.event)
                    and not follows(fall.id, repulse.id, before)
                    and not follows(repulse.id, fall.id, before)
                    and two_accounts(repulse, fall, known, claims)
                ):
                    taken_back = _taken_back(chain.entries, fall, repulse, known.ground)
                    (sure if taken_back else pairs).add(pair)
    return frozenset(pairs - sure)


def _taken_back(entries: Sequence[Entry], fall: Entry, repulse: Entry, ground: Ground) -> bool:
    """Whether those who have a place by a later account came to have it between its fall and that account, or may have.

    They may where the account or a taking in between does not name them, and where the taker left.
    """
    accounted = _attackers_and_holders(repulse, ground_when(repulse.event, repulse.span, ground))
    holders = accounted[1] if accounted is not None else set()
    fallen_to = (_taker_and_loser(fall, ground_when(fall.event, fall.span, ground)) or (set(), set()))[0]
    between = entries[entries.index(fall) + 1 : entries.index(repulse)]
    for entry in between if entries.index(fall) < entries.index(repulse) else ():
        event, then = entry.event, ground_when(entry.event, entry.span, ground)
        if event.place != fall.event.place:
            continue
        if isinstance(event, Withdrew) and fallen_to & {*roots(then.root, event.by)}:
            return True
        sides = _taker_and_loser(entry, then)
        takers = {then.root(event.to)} if isinstance(event, HandedOver) else sides and sides[0]
        if takers is not None and (not takers or not holders or takers & holders):
            return True
    return False


def two_accounts(repulse: Entry, fall: Entry, known: Evidence, claims: Mapping[str, Claim]) -> bool:
    """Whether a repulse and a fall of one place, whose times overlap, are told of one side's attack by other voices.

    Args:
        repulse: that an attack was thrown back.
        fall: what may be that the place was taken.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
    """
    meet = isinstance(repulse.event, Repelled) and repulse.span.meet(fall.span) is not None
    return meet and _of_one_attack(repulse, fall, known, claims)


def with_later_accounts(
    runs: Iterable[list[Entry]], start: State, before: Before, known: Evidence, claims: Mapping[str, Claim], most: int
) -> Iterator[list[Entry]]:
    """Events at one place in runs whose times overlap; those runs as one of which a later has the place held yet.

    Who says some days after a fall, as another voice, that others threw an attack back, are ringed there or give the place
    away, says that it did not fall to whom it is said: unless these had taken it since, are friends of the taker, or it is
    said that the one came after the other. Of more events than can be tried, the fall and what denies it are put together
    alone, and the others stay by their dates.

    Args:
        runs: the events by time.
        start: the state at the window's start: who is whose friend.
        before: the stated sequence.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
        most: so many events are put together at the most.
    """
    waiting: list[list[Entry]] = []
    for run in runs:
        reach = min(entry.span.earliest for entry in run) - REACH
        later = [entry for entry in run if isinstance(entry.event, _OF_HOLDERS)]
        every = _by_date(entry for other in (*waiting, run) for entry in other) if later else []
        apart = (
            number
            for number, other in enumerate(waiting)
            if any(_denies_fall(it, fall, every, start, before, known, claims) for it in later for fall in other)
        )
        together, first = [run], next(apart, None)
        if first is not None:
            together = [*waiting[first:], run]
            del waiting[first:]
            if sum(map(len, together)) <= most:
                together = [[entry for other in together for entry in other]]
            else:
                together = _rivals_alone(together, start, before, known, claims, most)
        while waiting and all(entry.span.earliest < reach for entry in waiting[0]):
            yield waiting.pop(0)
        waiting += together
    yield from waiting


def _by_date(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.span.earliest, entry.span.latest))


def _rivals_alone(
    runs: Sequence[list[Entry]], start: State, before: Before, known: Evidence, claims: Mapping[str, Claim], most: int
) -> list[list[Entry]]:
    """Events in runs anew: falls and the accounts that deny them as one, and then the others in the runs in which they were.

    With the falls go those who took the place between them, while these can be tried too: to whom they lead hangs on it.
    """
    every = _by_date(entry for run in runs for entry in run)
    rivals = _rivals_among(every, start, before, known, claims)
    falls = [entry for entry in every if _taker_and_loser(entry, known.ground) is not None]
    since = min(entry.span.earliest for entry in falls if entry.id in rivals)
    taken = {entry.id for entry in falls if entry.span.earliest >= since}
    alone = rivals | taken if len(rivals | taken) <= most else rivals
    others = ([entry for entry in run if entry.id not in alone] for run in runs)
    return [[entry for entry in every if entry.id in alone], *filter(None, others)]


def _rivals_among(
    every: Sequence[Entry], start: State, before: Before, known: Evidence, claims: Mapping[str, Claim]
) -> set[str]:
    """Falls that later accounts deny, and these accounts, by id; `every` by date."""
    return {
        name
        for later in every
        if isinstance(later.event, _OF_HOLDERS)
        for fall in every
        if _denies_fall(later, fall, every, start, before, known, claims)
        for name in (fall.id, later.id)
    }


def untried_rivals(
    chains: Chains, start: State, before: Before, known: Evidence, claims: Mapping[str, Claim]
) -> tuple[Chain, ...]:
    """Of falls and what denies them, more than can be tried, an order by date for each who has the place by them.

    Empty where there are others among the events.
    """
    every = _by_date(chains.entries)
    if _rivals_among(every, start, before, known, claims) < {entry.id for entry in every}:
        return ()
    groups: dict[tuple[bool, frozenset[ActorId]], list[Entry]] = {}
    for entry in every:
        ground = ground_when(entry.event, entry.span, known.ground)
        fall, account = _taker_and_loser(entry, ground), _attackers_and_holders(entry, ground)
        has = fall[0] if fall is not None else account[1] if account is not None else set()
        groups.setdefault((fall is not None, frozenset(has)), []).append(entry)
    orders = []
    for group in groups.values():
        after = [fold(group[:number], known.ground, start) for number in range(1, len(group) + 1)]
        orders.append(Chain(tuple(group), tuple(control_of(chains.places, state) for state in after)))
    return tuple(orders)


def _denies_fall(
    later: Entry,
    fall: Entry,
    entries: Sequence[Entry],
    start: State,
    before: Before,
    known: Evidence,
    claims: Mapping[str, Claim],
) -> bool:
    """Whether an event takes for granted that a place had not fallen some days before it."""
    if (
        not fall.span.latest < later.span.earliest
        or not _within_reach(later, fall)
        or follows(later.id, fall.id, before)
    ):
        return False
    apart = _of_one_attack(later, fall, known, claims, start)
    return apart and not _taken_back(entries, fall, later, known.ground)


def _of_one_attack(
    account: Entry, fall: Entry, known: Evidence, claims: Mapping[str, Claim], start: State | None = None
) -> bool:
    """Whether two voices tell of one place that it fell and did not.

    By an account of the time it was held by those who lost it. With `start`, the account is of a later day: who has the place
    then, by it, is whoever is no friend of the taker.
    """
    ground = ground_when(fall.event, fall.span, known.ground)
    sides, others = _taker_and_loser(fall, ground), _attackers_and_holders(account, ground)
    if sides is None or others is None or account.event.place != fall.event.place:
        return False
    if not (isinstance(account.cause, Reported) and isinstance(fall.cause, Reported)):
        return False
    (takers, losers), (attackers, holders) = sides, others
    fit = not takers or not attackers or bool(takers & attackers)
    if start is None:
        fit = fit and (not losers or not holders or bool(losers & holders))
    elif takers and holders:
        fit = not _friends(takers, holders, start, ground)
    tellers = (set(_voices_and_pieces(entry, known, claims)) for entry in (account, fall))
    return fit and bool(attackers or holders) and not takers & holders and set.isdisjoint(*tellers)


def _friends(some: set[ActorId], others: set[ActorId], state: State, ground: Ground) -> bool:
    """Whether some hold a place for others, or are friends of them."""
    return any(
        ground.root.keeper(one) == other or ground.root.keeper(other) == one or relation(state.cells, one, other)[1]
        for one in some
        for other in others
    )


def _attackers_and_holders(account: Entry, ground: Ground) -> tuple[set[ActorId], set[ActorId]] | None:
    """Who was at a place and who held it yet, by an event that takes for granted that it had not fallen; None: by no such."""
    event = account.event
    named = set() if getattr(event, "against", None) is None else {ground.root(event.against)}  # type: ignore[attr-defined]
    if isinstance(event, Repelled):
        return named, {*roots(ground.root, event.by)}
    if isinstance(event, Besieged):
        return {*roots(ground.root, event.by)}, named
    if isinstance(event, HandedOver):
        return set(), {*roots(ground.root, event.by)}
    return None


def _within_reach(one: Entry, other: Entry) -> bool:
    first, last = min(one.span.earliest, other.span.earliest), max(one.span.latest, other.span.latest)
    return last - first <= REACH


def _taker_and_loser(fall: Entry, ground: Ground) -> tuple[set[ActorId], set[ActorId]] | None:
    """By whom a place was taken and from whom, as far as that is said; None: it was not taken."""
    event = fall.event
    if isinstance(event, Captured):
        return {*roots(ground.root, event.by)}, set() if event.against is None else {ground.root(event.against)}
    if isinstance(event, GarrisonSurrendered):
        return set() if event.to is None else {ground.root(event.to)}, {*roots(ground.root, event.by)}
    return None


def _voices_and_pieces(entry: Entry, known: Evidence, claims: Mapping[str, Claim]) -> Iterator[str]:
    """The voices that tell of an entry, and the pieces in which they do."""
    for name in entry.cause.claims:
        yield from (f"voice {known.voice[name]}", f"piece {claims[name].source}")
