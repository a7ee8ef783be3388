"""What agreements do to the state: a new one stands unbroken; and whoever becomes an enemy again has ended it."""

from __future__ import annotations

from situation.events import AgreementEnded, CeasefireAgreed, PeaceSigned, StanceChanged
from situation.events.agreements import pairs_of
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(CeasefireAgreed)
def _ceased(event: CeasefireAgreed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Each pair of parties keeps clear of the other."""
    return dict(event.speaks(ground.root)) | _afresh(tuple(pairs_of(ground.root, event.parties)), state)


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
