"""What agreements do to the state: a new one stands unbroken; and whoever becomes an enemy again has ended it."""

from __future__ import annotations

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
)
from situation.events.agreements import STANCE_UNDER, pairs_of
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry, Ruled
from situation.log.state import StateView
from situation.log.terms import begins_later, is_over
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(CeasefireAgreed)
def _ceased(event: CeasefireAgreed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, from the first to the last day; else only the agreement stands."""
    made = dict(event.speaks(ground.root))
    pairs = tuple(pairs_of(ground.root, event.parties))
    if begins_later(event.since, entry.time, ground) or is_over(event.until, entry.time, ground):
        made = {cell: value for cell, value in made.items() if cell.endswith(".agreement")}
        made |= _still_held(pairs, entry.time, state, ground)
    else:
        made |= _followed(pairs, state) | _calmed(pairs, state)
        if event.until is not None:
            made |= _kept(pairs, state)
    return made | _afresh(pairs, state)


def _still_held(pairs: tuple[tuple[ActorId, ActorId], ...], at: Minute, state: StateView, ground: Ground) -> Changes:
    """The agreements in force when a later one is made, which hold until it begins, or their own term is over."""
    made: Changes = {}
    for pair in map(":".join, pairs):
        now: Agreement | None = state.get(pair, "agreement")
        if now is None or state.get(pair, "ended") or is_over(now.until, at, ground):
            continue
        if not begins_later(now.since, at, ground):
            made[f"{pair}.agreement_before"] = now
    return made


def _followed(pairs: tuple[tuple[ActorId, ActorId], ...], state: StateView) -> Changes:
    """The earlier agreements of some pairs hold no more, now that another does."""
    return {f"{it}.agreement_before": None for it in map(":".join, pairs) if state.get(it, "agreement_before")}


def _calmed(pairs: tuple[tuple[ActorId, ActorId], ...], state: StateView) -> Changes:
    """A clash of which either side is told first is over, too."""
    clashes = [f"{other}:{one}.rung" for one, other in pairs if state.get(f"{other}:{one}", "rung")]
    return dict.fromkeys(clashes, 0)


@effect(CeasefireBegan)
def _begun(event: CeasefireBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, unless the agreement has ended, or another has taken its place.

    What was broken until then was the earlier one.
    """
    made: Changes = {}
    for one, other in pairs_of(ground.root, event.actors):
        pair = f"{one}:{other}"
        if state.get(pair, "agreement") == event.agreed and not state.get(pair, "ended"):
            cells = event.speaks(ground.root)
            made |= {cell: cells[cell] for cell in (f"{pair}.stance", f"{other}:{one}.stance", f"{pair}.rung")}
            made |= _followed(((one, other),), state) | _calmed(((one, other),), state)
            made |= _afresh(((one, other),), state)
            if event.agreed.until is not None:
                made |= _kept(((one, other),), state)
    return made


@effect(AgreementLapsed)
def _lapsed(event: AgreementLapsed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each stood to the other as before, unless it was ended, another took its place, or they stand otherwise by now."""
    made: Changes = {}
    for one, other in pairs_of(ground.root, event.actors):
        now: Agreement | None = state.get(f"{one}:{other}", "agreement")
        if now is None or state.get(f"{one}:{other}", "ended"):
            continue
        if now != event.agreed and not begins_later(now.since, entry.time, ground):
            continue
        if state.get(f"{one}:{other}", "agreement_before") == event.agreed:
            made[f"{one}:{other}.agreement_before"] = None
        for pair in (f"{one}:{other}", f"{other}:{one}"):
            before = state.get(pair, "stance_before")
            if before is not None:
                made[f"{pair}.stance_before"] = None
                if state.get(pair, "stance") == STANCE_UNDER[event.agreed.kind]:
                    made[f"{pair}.stance"] = before
    return made


@effect(PeaceSigned)
def _signed(event: PeaceSigned, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties is at peace."""
    pairs = tuple(pairs_of(ground.root, event.by))
    calm = _followed(pairs, state) | _calmed(pairs, state)
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
            stance = kept or ("hostile" if _by_agreement(state.because[f"{pair}.stance"]) else stance)
        made[f"{pair}.stance_before"] = stance or "hostile"
    return made


def _by_agreement(entry: Entry) -> bool:
    """Whether an agreement brought about what an entry set."""
    event = entry.event
    opening = isinstance(event, OpeningAssumed) and any(isinstance(value, Agreement) for value in event.values.values())
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
