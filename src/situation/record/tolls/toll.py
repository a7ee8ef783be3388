"""One sum of the dead, the wounded or the prisoners, and what it rests on."""

from __future__ import annotations

from attrs import frozen

from situation.record.tolls.event_figures import Measure

__all__ = ["Opponents", "Toll"]

Opponents = tuple[str | None, ...]
"""Who stood against whom, in no order; None for a side that nobody names."""


@frozen
class Toll:
    """One sum.

    Args:
        of: what is counted.
        pair: who stood against whom, in no order: two sides, None for one that nobody names; None where sums are not by pair.
        actor: whose; an actor, `civilians`, or None where no source says whose, and where sums are not by actor.
        place: where, a place or an area; None where no source says where, and where sums are not by place.
        month: when, such as `2017-11`; None where sums are not by month.
        low, best, high: in persons; `best` is None where an event of the sum gives bounds alone.
        undirected: what fell where no source says who attacked whom: best estimates, or the least where there is none.
        civilian: civilians, where a source says so, likewise.
        events: how many there were.
        unnumbered: how many of them gave no number, of the actor where sums are by actor.
        others_alone: how many of these gave a number of others alone.
        disputed: how many gave a number on which sources disagree.
        all_ranged: how many gave one number of the actor, and a range for all together alone.
        open: how many gave no upper bound, so that `high` is at least so much.
        split: how many were spread over several days.
        bounds_only: how many gave bounds alone, and no best estimate.
        other_units: how many gave a number that counts no persons, and is not added.
        sources_apart: how many have a number for all by one source and those of sides by another: nobody counted what is left.
        possibly_one: how many pairs of events with a number may be one; `low` has the lower number of each.
        unnumbered_pairs: how many pairs may be one of which an event gives no number: each is counted under `events`.
        units: in which units the numbers stand.
        claims: the claims that they rest on, by id.
        within: how many events with a number lie within the place and time of another of the sum, and may be counted there.
        sides_above: how many of those disputed have sides that some count higher together than others count all.
    """

    of: Measure
    pair: Opponents | None
    actor: str | None
    place: str | None
    month: str | None
    low: int
    best: int | None
    high: int
    undirected: int
    civilian: int
    events: int
    unnumbered: int
    others_alone: int
    disputed: int
    all_ranged: int
    open: int
    split: int
    bounds_only: int
    other_units: int
    sources_apart: int
    possibly_one: int
    unnumbered_pairs: int
    units: tuple[str, ...]
    claims: tuple[str, ...]
    within: int = 0
    sides_above: int = 0
