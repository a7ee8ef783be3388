"""What agreements do to the state: a new one stands unbroken; and whoever becomes an enemy again has ended it."""

from __future__ import annotations

from situation.events import AgreementEnded, CeasefireAgreed, CeasefireBegan, PeaceSigned, StanceChanged
from situation.events.agreements import pairs_of
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.log.terms import begins_later
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(CeasefireAgreed)
def _ceased(event: CeasefireAgreed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, from the first day on; until then only the agreement stands."""
    made = dict(event.speaks(ground.root))
    if begins_later(event.since, entry.time, ground):
        made = {cell: value for cell, value in made.items() if cell.endswith(".agreement")}
    return made | _afresh(tuple(pairs_of(ground.root, event.parties)), state)


@effect(CeasefireBegan)
def _begun(event: CeasefireBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other, unless the agreement has ended, or another has taken its place."""
    made: Changes = {}
    for one, other in pairs_of(ground.root, event.actors):
        pair = f"{one}:{other}"
        if state.get(pair, "agreement") == event.agreed and not state.get(pair, "ended"):
            cells = event.speaks(ground.root)
            made |= {cell: cells[cell] for cell in (f"{pair}.stance", f"{other}:{one}.stance", f"{pair}.rung")}
    return made


@effect(PeaceSigned)
def _signed(event: PeaceSigned, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties is at peace."""
    return dict(event.speaks(ground.root)) | _afresh(tuple(pairs_of(ground.root, event.by)), state)


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
    """Enemies have no agreement any more."""
    made: Changes = dict(event.speaks(ground.root))
    pair = ":".join(sorted((ground.root(event.actor), ground.root(event.toward))))
    if event.stance == "hostile" and state.get(pair, "agreement") is not None:
        made[f"{pair}.ended"] = True
    return made
