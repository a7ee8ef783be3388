"""Breaches of agreements: an act of war between two parties, where and while their agreement holds.

An attack by a third party, or by nobody known, breaks nothing; nor does one whose place is not known, where the agreement
holds in some places only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from situation.dates import Minute
from situation.events import ActorId, Agreement, Attacked, Event, OperationLaunched, StandingAgreement
from situation.log.state import StateView, holders_in
from situation.log.terms import agreement_key
from situation.testimony.ground import Ground

__all__ = ["agreements_broken", "violations"]


def violations(event: Event, at: Minute, state: StateView, ground: Ground) -> Mapping[str, Any]:
    """What an act of war changes of the agreements between those who do it and those whom it strikes."""
    made: dict[str, Any] = {}
    for doer, target in _acts(event, state, ground):
        pair = ":".join(sorted((ground.root(doer), ground.root(target))))
        if state.cells.get(f"{pair}.ended"):
            continue
        by = frozenset({doer} if event.actors else ())
        last: Agreement | None = state.cells.get(f"{pair}.agreement")
        breaks = last is not None and _binds(last, event, doer, target, at, ground)
        if breaks:
            before = made.get(f"{pair}.violated_by") or state.cells.get(f"{pair}.violated_by") or frozenset()
            made |= {f"{pair}.violated": True, f"{pair}.violated_by": before | by}
        cell = f"{pair}.agreements_beside"
        beside: frozenset[StandingAgreement] = made.get(cell) or state.cells.get(cell) or frozenset()
        broken = frozenset(it for it in beside if _binds(it.agreed, event, doer, target, at, ground))
        if broken:
            now = {evolve(it, violated=True, violated_by=it.violated_by | by) for it in broken}
            made[cell] = (beside - broken) | now
        if (breaks or broken) and isinstance(event, OperationLaunched):
            made[f"{pair}.ended"] = True
    return made


def agreements_broken(event: Event, at: Minute, pair: str, state: StateView, ground: Ground) -> list[Agreement]:
    """The agreements of a pair that an act of war breaks.

    Args:
        at: when it comes about.
        state: before it.
        ground: as the map is then.
    """
    last: Agreement | None = state.cells.get(f"{pair}.agreement")
    beside = sorted(state.cells.get(f"{pair}.agreements_beside") or (), key=lambda it: agreement_key(it.agreed))
    standing = [*(it.agreed for it in beside), *([] if last is None else [last])]
    if state.cells.get(f"{pair}.ended"):
        return []
    acts = [act for act in _acts(event, state, ground) if ":".join(sorted(map(ground.root, act))) == pair]
    return [it for it in standing if any(_binds(it, event, doer, target, at, ground) for doer, target in acts)]


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
