"""Breaches of agreements: an act of war between two parties, where and while their agreement holds.

An attack by a third party, or by nobody known, breaks nothing; nor does one whose place is not known, where the agreement
holds in some places only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from situation.dates import Minute
from situation.events import ActorId, Agreement, Attacked, Event, OperationLaunched
from situation.log.state import StateView, holders_in
from situation.testimony.ground import Ground

__all__ = ["violations"]


def violations(event: Event, at: Minute, state: StateView, ground: Ground) -> Mapping[str, Any]:
    """What an act of war changes of the agreements between those who do it and those whom it strikes."""
    made: dict[str, Any] = {}
    for doer, target in _acts(event, state, ground):
        pair = ":".join(sorted((ground.root(doer), ground.root(target))))
        agreements: list[Agreement] = [
            agreed for name in ("agreement", "agreement_before") if (agreed := state.cells.get(f"{pair}.{name}"))
        ]
        binding = any(_binds(agreed, event, doer, target, at, ground) for agreed in agreements)
        if state.cells.get(f"{pair}.ended") or not binding:
            continue
        known = {doer} if event.actors else set()
        made[f"{pair}.violated"] = True
        before = made.get(f"{pair}.violated_by") or state.cells.get(f"{pair}.violated_by") or ()
        made[f"{pair}.violated_by"] = frozenset({*before, *known})
        if isinstance(event, OperationLaunched):
            made[f"{pair}.ended"] = True
    return made


def _acts(event: Event, state: StateView, ground: Ground) -> Iterator[tuple[ActorId, ActorId]]:
    """Who struck whom: each unit that did it, and each that it was done to; both ways where no direction is stated."""
    between = event.between if isinstance(event, Attacked) else ()
    doers = between or event.actors
    struck: Iterable[ActorId] = between or event.harms
    if not struck and event.place is not None:
        struck = holders_in(state.get(event.place, "holder"))
    for doer in doers:
        for target in struck:
            if ground.root(doer) != ground.root(target):
                yield doer, target


def _binds(agreed: Agreement, event: Event, doer: ActorId, target: ActorId, at: Minute, ground: Ground) -> bool:
    """Whether an agreement forbids an act: between parties or their units, inside scope and term."""
    parties = [[it for it in agreed.parties if ground.under(one, it)] for one in (doer, target)]
    if not all(parties):
        return False
    clock = ground.clock
    if agreed.until is not None and at > clock.moment(agreed.until):
        return False
    if agreed.since is not None and at < clock.interval(agreed.since).earliest:
        return False
    if not agreed.scope:
        return True
    covered = {place for area in agreed.scope for place in ground.members(area)}
    return event.place is not None and {*ground.members(event.place)} <= covered
