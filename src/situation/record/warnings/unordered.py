"""Beginnings and ends on whose order with others it hangs what held, and which no claim puts in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from situation.errors import Problem
from situation.events import (
    ActorsMerged,
    ActorSplit,
    ClashStepped,
    OperationLaunched,
    OperationReported,
    PostureChanged,
    RelationReported,
    StanceChanged,
)
from situation.log.agreement_state import agreement_state
from situation.log.effects import changes
from situation.log.entry import Entry, Reported
from situation.log.fold import Folding
from situation.log.state import StateView, split_cell
from situation.log.story_words import entry_in_words
from situation.record.order.objections import objection
from situation.record.order.sequence import follows, stated_sequence
from situation.record.order.switches import BEGINNINGS, ENDS, ends_nothing
from situation.record.record import Record
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["unordered"]

_TURNS: Final = (
    *(StanceChanged, RelationReported, OperationLaunched, OperationReported),
    *(PostureChanged, ClashStepped, ActorsMerged, ActorSplit),
)
_SWITCHES: Final = BEGINNINGS | ENDS.keys() | frozenset(_TURNS)
"""What begins, ends or turns something that lasts, so that it matters what came last."""
_UNDER_WAY: Final = frozenset({"running", "first stage", "last stage"})
"""What is said of an operation that is under way: `running` goes with each."""
_OF_AN_ORDER = (
    ".agreement",
    ".agreements_beside",
    ".stance",
    ".ended",
    ".violated",
    ".violated_by",
    ".sealed",
    ".blockaded",
    ".air",
    ".rung",
    ".posture",
    ".successors",
    ".phase",
)
"""What is said of these cells hangs on the order."""
_AGREEMENTS: Final = ("agreement", "agreements_beside", "violated", "violated_by")
"""What is said of the agreements of a pair."""


def unordered(record: Record) -> Iterator[Problem]:
    """Beginnings and ends that may have come before another event or after it, to another end: each at its claims."""
    ground, claims = record.ground, record.testimony.claims
    log = list(record.log())
    reported = [entry for entry in log if isinstance(entry.cause, Reported) and entry.event.reported]
    switches = [entry for entry in reported if type(entry.event) in _SWITCHES]
    if not switches:
        return
    before = stated_sequence(reported, claims, ground)
    folding = Folding(ground)
    warned: set[str] = set()
    done: set[str] = set()
    turns = {entry.id for entry in switches}
    for entry in log:
        done.add(entry.id)
        others = (reported if entry.id in turns else switches) if entry.event.reported else []
        for other in others:
            meets = _of_one_time(entry, other)
            if other.id in done or not meets or follows(other.id, entry.id, before):
                continue
            pairs = ((one, rival) for one, rival in ((entry, other), (other, entry)) if one.id in turns - warned)
            for one, rival in pairs if _hangs(entry, other, folding.live, ground) else ():
                warned.add(one.id)
                said = entry_in_words(rival, ground)
                for name in one.cause.claims:
                    fact = f"It is not said whether this came before or after another event of its time: {said}."
                    advice = "Say what came after what, under 'follows', or give a nearer time."
                    yield Problem(claims[name].at, fact, advice)
        folding.apply(entry)


def _of_one_time(one: Entry, other: Entry) -> bool:
    """Whether either of two may have come first; what was so throughout a time was so before what came about in it."""
    if isinstance(one.event, OperationReported) and isinstance(other.event, OperationReported):
        phases = {one.event.phase, other.event.phase}
        if "running" in phases and phases <= _UNDER_WAY:
            return False
    if one.event.lasting or other.event.lasting:
        return one.event.lasting == other.event.lasting and one.span == other.span
    return one.span.earliest < other.span.latest and other.span.earliest < one.span.latest


def _hangs(one: Entry, other: Entry, state: StateView, ground: Ground) -> bool:
    """Whether both orders of two entries can be, and lead to different ends."""
    cells = [set(entry.event.speaks(ground_when(entry.event, entry.span, ground).root)) for entry in (one, other)]
    agree = any(cell.endswith((".agreement", ".ended")) for cell in cells[0] | cells[1])
    if not cells[0] & cells[1] and not (agree and (one.event.strikes or other.event.strikes)):
        return False
    ends = [_end(pair, state, ground) for pair in ((one, other), (other, one))]
    return None not in ends and ends[0] != ends[1]


def _end(pair: tuple[Entry, Entry], state: StateView, ground: Ground) -> dict[str, Any] | None:
    """What two entries come to in their order; None where it cannot have been so."""
    written: set[str] = set()
    view = StateView({**state.cells}, state.because)
    for entry in pair:
        then = ground_when(entry.event, entry.span, ground)
        if objection(entry.event, view, then) or ends_nothing(entry.event, view, then):
            return None
        made = changes(entry, view, ground)
        because = {cell: by for cell, by in view.because.items() if cell not in made}
        view = StateView({**view.cells, **made}, because)
        written |= {cell for cell in made if cell.endswith(_OF_AN_ORDER)}
    return {name: value for cell in sorted(written) for name, value in _stands(cell, view)}


def _stands(cell: str, view: StateView) -> Iterator[tuple[str, Any]]:
    """What stands in a cell once both have come; of agreements all that stand for their pair, whichever came last."""
    subject, attribute = split_cell(cell)
    if attribute in _AGREEMENTS:
        names = (*_AGREEMENTS, "ended")
        known = agreement_state(("", ""), {name: view.cells.get(f"{subject}.{name}") for name in names})
        if known is not None:
            last = (known.agreed, known.violated, known.violated_by)
            yield f"{subject}.agreements", {*((it.agreed, it.violated, it.violated_by) for it in known.beside), last}
    elif view.cells.get(cell):
        yield cell, view.cells[cell]
