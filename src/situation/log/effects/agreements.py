"""What agreements do to the state: a new one stands unbroken; and whoever becomes an enemy again has ended it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situation.dates import Minute
from situation.events import (
    ActorId,
    Agreement,
    AgreementEnded,
    AgreementLapsed,
    CeasefireAgreed,
    CeasefireBegan,
    OpeningAssumed,
    PeaceSigned,
    StanceChanged,
    StandingAgreement,
)
from situation.events.agreements import STANCE_UNDER, pairs_of
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry, Ruled
from situation.log.state import StateView
from situation.log.terms import agreement_key, begins_later, covers, is_in_force, is_over, replaces
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(OpeningAssumed)
def _opened(event: OpeningAssumed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """What held at the start; agreements of one pair for different places stand side by side, each by an entry of its own."""
    made: Changes = dict(event.values)
    for cell, beside in event.values.items():
        if cell.endswith(".agreements_beside"):
            made[cell] = beside | (state.cells.get(cell) or frozenset())
    return made


@effect(CeasefireAgreed)
def _ceased(event: CeasefireAgreed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, from the first to the last day; else only the agreement stands."""
    made = dict(event.speaks(ground.root))
    pairs, begins = tuple(pairs_of(ground.root, event.parties)), is_in_force(event.agreed, entry.time, ground)
    if not begins:
        made = {cell: value for cell, value in made.items() if cell.endswith(".agreement")}
    else:
        made |= _calmed(pairs, state)
        if event.until is not None:
            made |= _kept(pairs, state)
    made |= _beside(pairs, event.agreed, begins, entry.time, state, ground) | _afresh(pairs, state)
    for pair in map(":".join, pairs if not isinstance(entry.cause, Ruled) else ()):
        made |= _of_one_time(pair, event.agreed, entry.time, state, ground)
    return made


def _of_one_time(pair: str, agreed: Agreement, at: Minute, state: StateView, ground: Ground) -> Changes:
    """Two agreements that a record has of one minute, of other places each: both stand, whichever is read first."""
    last: Agreement | None = state.get(pair, "agreement")
    since = state.because.get(f"{pair}.agreement")  # none where two orders of one time are tried
    if last is None or state.get(pair, "ended") or (since is not None and since.time != at):
        return {}
    if "peace" in (last.kind, agreed.kind) or (covers(agreed, last, ground) and covers(last, agreed, ground)):
        return {}
    broken = bool(state.get(pair, "violated")), state.get(pair, "violated_by") or frozenset()
    other, of_both = sorted((last, agreed), key=agreement_key)
    stays = [it for it in _beside_last(pair, state) if it.agreed not in (last, agreed)]
    if of_both == last:
        of_last = {f"{pair}.violated": broken[0], f"{pair}.violated_by": broken[1]} if broken[0] else {}
        return {
            f"{pair}.agreement": last,
            **of_last,
            **_now_beside(pair, frozenset({*stays, StandingAgreement(other)}), state),
        }
    stays.append(StandingAgreement(other, *broken))
    return {f"{pair}.agreement": agreed, **_now_beside(pair, frozenset(stays), state)}


def _beside(
    pairs: Iterable[tuple[ActorId, ActorId]],
    made: Agreement,
    begins: bool,
    at: Minute,
    state: StateView,
    ground: Ground,
) -> Changes:
    """The agreements that stand beside a new one: those that hold elsewhere, too, and, until it begins, those in force."""
    changes: Changes = {}
    for pair in map(":".join, pairs):
        stay = (it for it in _standing(pair, state) if _stays(it.agreed, made, begins, at, ground))
        changes |= _now_beside(pair, frozenset(stay), state)
    return changes


def _stays(agreed: Agreement, made: Agreement, begins: bool, at: Minute, ground: Ground) -> bool:
    """Whether an agreement stands beside a new one."""
    if agreed == made or is_over(agreed.until, at, ground):
        return False
    if is_over(made.until, at, ground) or not replaces(made, agreed, ground):
        return True
    if begins or not begins_later(agreed.since, at, ground):
        return not begins
    clock = ground.clock
    assert made.since is not None  # what neither begins nor is over has a first day
    return agreed.until is not None and clock.moment(agreed.until) < clock.interval(made.since).earliest


def _standing(pair: str, state: StateView) -> Iterator[StandingAgreement]:
    """All that a pair has agreed on, and that has neither ended nor given way to another."""
    if not state.get(pair, "ended"):
        yield from _beside_last(pair, state)
        last: Agreement | None = state.get(pair, "agreement")
        if last is not None:
            by = state.get(pair, "violated_by") or frozenset()
            yield StandingAgreement(last, bool(state.get(pair, "violated")), by)


def _beside_last(pair: str, state: StateView) -> list[StandingAgreement]:
    """The agreements that stand beside the last one of a pair, in order."""
    return sorted(state.get(pair, "agreements_beside") or (), key=lambda it: agreement_key(it.agreed))


def _now_beside(pair: str, stay: frozenset[StandingAgreement], state: StateView) -> Changes:
    """The cell of the agreements that stand beside the last one, where it changes."""
    return {} if stay == (state.get(pair, "agreements_beside") or frozenset()) else {f"{pair}.agreements_beside": stay}


def _calmed(pairs: tuple[tuple[ActorId, ActorId], ...], state: StateView) -> Changes:
    """A clash of which either side is told first is over, too."""
    clashes = [f"{other}:{one}.rung" for one, other in pairs if state.get(f"{other}:{one}", "rung")]
    return dict.fromkeys(clashes, 0)


@effect(CeasefireBegan)
def _begun(event: CeasefireBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, unless the agreement has ended, or another has taken its place.

    It takes the place of those that hold nowhere else.
    """
    changes: Changes = {}
    for one, other in pairs_of(ground.root, event.actors):
        pair = f"{one}:{other}"
        if event.agreed not in [it.agreed for it in _standing(pair, state)]:
            continue
        cells = event.speaks(ground.root)
        changes |= {cell: cells[cell] for cell in (f"{pair}.stance", f"{other}:{one}.stance", f"{pair}.rung")}
        changes |= _calmed(((one, other),), state)
        stay = (
            it
            for it in _beside_last(pair, state)
            if it.agreed == event.agreed or not replaces(event.agreed, it.agreed, ground)
        )
        changes |= _now_beside(pair, frozenset(stay), state)
        if event.agreed.until is not None:
            changes |= _kept(((one, other),), state)
    return changes


@effect(AgreementLapsed)
def _lapsed(event: AgreementLapsed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each stood to the other as before, unless it was ended, others hold between them, or they stand otherwise by now."""
    changes: Changes = {}
    for one, other in pairs_of(ground.root, event.actors):
        pair = f"{one}:{other}"
        standing = [*_standing(pair, state)]
        others = [it for it in standing if it.agreed != event.agreed]
        if len(others) == len(standing):
            continue
        stay = (it for it in _beside_last(pair, state) if it.agreed != event.agreed)
        changes |= _now_beside(pair, frozenset(stay), state)
        if not any(is_in_force(it.agreed, entry.time, ground) for it in others):
            changes |= _as_before(one, other, event.agreed, state)
    return changes


def _as_before(one: str, other: str, agreed: Agreement, state: StateView) -> Changes:
    """How each stood to the other before an agreement that is over, where it still shows."""
    changes: Changes = {}
    for pair in (f"{one}:{other}", f"{other}:{one}"):
        before = state.get(pair, "stance_before")
        if before is not None:
            changes[f"{pair}.stance_before"] = None
            if state.get(pair, "stance") == STANCE_UNDER[agreed.kind]:
                changes[f"{pair}.stance"] = before
    return changes


@effect(PeaceSigned)
def _signed(event: PeaceSigned, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties is at peace, everywhere."""
    pairs = tuple(pairs_of(ground.root, event.by))
    calm = _calmed(pairs, state)
    for pair in map(":".join, pairs):
        calm |= _now_beside(pair, frozenset(), state)
    return dict(event.speaks(ground.root)) | calm | _afresh(pairs, state)


def _kept(pairs: tuple[tuple[ActorId, ActorId], ...], state: StateView) -> Changes:
    """How each stood to the other before a ceasefire with a term, for when it is over: enemies, where it is not known.

    Of a ceasefire that follows another it is what was before the first.
    """
    made: Changes = {}
    for pair in (f"{one}:{other}" for sides in pairs for one, other in (sides, sides[::-1])):
        stance = state.get(pair, "stance")
        if stance == STANCE_UNDER["ceasefire"]:
            kept = state.get(pair, "stance_before")
            stance = kept or ("hostile" if _by_agreement(state.because.get(f"{pair}.stance")) else stance)
        made[f"{pair}.stance_before"] = stance or "hostile"
    return made


def _by_agreement(entry: Entry | None) -> bool:
    """Whether an agreement brought about what an entry set; so it is where two orders of one time are tried."""
    if entry is None:
        return True
    event = entry.event
    opening = isinstance(event, OpeningAssumed) and event.agreed is not None
    return opening or isinstance(event, CeasefireAgreed | CeasefireBegan)


def _afresh(pairs: tuple[tuple[str, str], ...], state: StateView) -> Changes:
    """What was broken or ended before belongs to an earlier agreement."""
    made: Changes = {}
    for one, other in pairs:
        for attribute, fresh in (("violated", False), ("ended", False), ("violated_by", frozenset[str]())):
            if state.get(f"{one}:{other}", attribute):
                made[f"{one}:{other}.{attribute}"] = fresh
    return made


@effect(AgreementEnded)
def _ended(event: AgreementEnded, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """They are enemies again."""
    return dict(event.speaks(ground.root))


@effect(StanceChanged)
def _turned(event: StanceChanged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Enemies have no agreement any more; whether it has ended is not known where nothing decides whether they are enemies."""
    made: Changes = dict(event.speaks(ground.root))
    if isinstance(entry.cause, Ruled):  # a story that says again what is so changes nothing, nor since when
        made = {cell: stance for cell, stance in made.items() if state.cells.get(cell) != stance}
    pair = ":".join(sorted((ground.root(event.actor), ground.root(event.toward))))
    agreed = state.get(pair, "agreement") is not None and not state.get(pair, "ended")
    if agreed and not entry.unknown.isdisjoint(made):
        made[f"{pair}.ended"] = None
    elif agreed and event.stance == "hostile":
        made[f"{pair}.ended"] = True
    return made
