"""Strands: clusters whose events are put in order together. What is in one strand has no bearing on the order of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from situation.log.state import HOLDING, split_cell
from situation.record.joining.clusters import Cluster
from situation.record.joining.disjoint import DisjointSets
from situation.record.joining.nearby import happening_name
from situation.record.joining.topic import facts_of, span_of, speaks
from situation.record.order.chains import can_change_control, places_changed
from situation.record.order.rival_dates import DATED_ONCE
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["strands"]

_ONCE = {name for names in DATED_ONCE.values() for name in names} - {*HOLDING}


def strands(clusters: Sequence[Cluster], ground: Ground) -> tuple[tuple[int, ...], ...]:
    """The numbers of clusters by strand. Together are:

    - clusters with events that can change the control of one place, or that befell one ship;
    - clusters with events that begin or end one thing that happens once until it is undone (`rival_dates`);
    - a cluster with a claim that says what its event followed, and the clusters with claims of that.
    """
    sets: DisjointSets[int] = DisjointSets()
    sharing: dict[tuple[str, str], list[int]] = {}
    for number, cluster in enumerate(clusters):
        sets.join((number,))
        for claim in cluster:
            for key in (*_places(claim, ground), *_once(claim, ground), *_happenings(claim, ground)):
                sharing.setdefault(key, []).append(number)
    for (what, _), numbers in sharing.items():
        if what in ("place", "ship", "once"):
            sets.join(numbers)
    for number, cluster in enumerate(clusters):
        for claim in cluster:
            for step in claim.follows:
                sets.join((number, *sharing.get(("happening", step.happening), ())))
    return tuple(tuple(sorted(numbers)) for numbers in sets.sets())


def _places(claim: Claim, ground: Ground) -> Iterator[tuple[str, str]]:
    """The places of which a claim's event can change the control, and the ship that it befell."""
    event = claim.event
    ship = getattr(event, "ship", None)
    if ship is not None:
        yield "ship", ship
    if event is None or event.place is None:
        return
    root = ground.at(span_of(claim, ground).latest).root
    if can_change_control(event, facts_of(event, root).cells):
        yield from (("place", place) for place in places_changed(event, ground))


def _once(claim: Claim, ground: Ground) -> Iterator[tuple[str, str]]:
    """What a claim's event begins or ends, of that which happens once until it is undone: apart from places and ships."""
    if claim.event is None:
        return
    for cell in speaks(claim, ground):
        subject, attribute = split_cell(cell)
        if attribute in _ONCE:
            yield "once", ":".join(sorted(subject.split(":"))) if ":" in subject else cell


def _happenings(claim: Claim, ground: Ground) -> Iterator[tuple[str, str]]:
    """The names under which other claims can say that theirs followed it."""
    if claim.event is not None and claim.episode:
        name = happening_name(claim, claim.episode, ground)
        while name:
            yield "happening", name
            name = name.rpartition("/")[0]
