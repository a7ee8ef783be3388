"""Clusters of claims: claims of one may bear on one another; claims of two never do, whatever else is known.

So a cluster can be joined, weighed and composed by itself, and need not be read again while no claim of it becomes known.
"""

from __future__ import annotations

from collections.abc import Iterable

from situation.events import StrengthAssessed
from situation.record.joining.disjoint import DisjointSets, runs_in_time
from situation.record.joining.estimates import STALE
from situation.record.joining.joins import NEAR, joins_by_day
from situation.record.joining.likeness import JoinRule
from situation.record.joining.nearby import kind_and_place
from situation.record.joining.standing import relays_of
from situation.record.joining.topic import span_of, speaks
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Cluster", "clusters"]

Cluster = tuple[Claim, ...]


def clusters(testimony: Testimony, ground: Ground) -> tuple[Cluster, ...]:
    """All claims by cluster, in the order of the files. Together are, directly or over others between:

    - claims of one stated episode, of one set made by hand, and a claim with that which it takes back and the relays of it;
    - claims of one kind at one place or of one ship, no further apart than two may be that are joined (those that are only
      possibly one are found across clusters, by `across`); not rows of one table, unless one of them is taken back: what a
      stranger's retraction denies may be said of the others, too;
    - claims that answer one cell, no further apart than two may be of one question, where one of them is joined by cells;
    - estimates of one strength, while they may be rivals.
    """
    claims = testimony.claims
    sets: DisjointSets[str] = DisjointSets()
    for name in claims:
        sets.join((name,))
    by_episode: dict[str, list[Claim]] = {}
    for claim in claims.values():
        if claim.episode:
            by_episode.setdefault(claim.episode, []).append(claim)
    for group in by_episode.values():
        sets.join(claim.id for claim in group)
    for names in testimony.same_sets():
        sets.join(sorted(name for name in names if name in claims))
    for back, target, relays in relays_of(testimony):
        sets.join((target.id, back.id, *(claim.id for claim in relays)))
    for together in (*_of_one_kind(testimony, ground), *_on_one_cell(testimony, ground)):
        sets.join(claim.id for claim in together)
    return tuple(tuple(claims[name] for name in names) for names in sets.sets())


def _of_one_kind(testimony: Testimony, ground: Ground) -> Iterable[list[Claim]]:
    groups: dict[tuple[object, ...], list[Claim]] = {}
    taken_back = {claim.takes_back for claim in testimony.claims.values()}
    for claim in testimony.claims.values():
        if claim.event is not None:
            for key in kind_and_place(claim.event, ground):
                groups.setdefault(key, []).append(claim)
    for group in groups.values():
        for together in _joinable(group, JoinRule().within, ground):
            tables = {testimony.table_of(claim) for claim in together}
            rows = len(tables) == 1 and None not in tables
            if not rows or any(claim.id in taken_back for claim in together):
                yield together


def _joinable(group: Iterable[Claim], within: int, ground: Ground) -> Iterable[list[Claim]]:
    """The claims of a group in runs of which none can be joined to one of another: no times overlap, or begin almost at once."""
    together: list[Claim] = []
    begun = until = 0
    dated = ((span_of(claim, ground), claim) for claim in group)
    for span, claim in sorted(dated, key=lambda pair: (pair[0].earliest, pair[0].latest)):
        if together and span.earliest > until and span.earliest - begun >= within:
            yield together
            together = []
        begun, until = span.earliest, max(until, span.latest) if together else span.latest
        together.append(claim)
    if together:
        yield together


def _on_one_cell(testimony: Testimony, ground: Ground) -> Iterable[list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in testimony.claims.values():
        for cell in speaks(claim, ground):
            groups.setdefault(cell, []).append(claim)
    for group in groups.values():
        if not all(joins_by_day(claim) for claim in group):
            for together in _chained(group, NEAR, ground):
                if not all(joins_by_day(claim) for claim in together):
                    yield together
        yield from _chained([claim for claim in group if isinstance(claim.content, StrengthAssessed)], STALE, ground)


def _chained(group: Iterable[Claim], reach: int, ground: Ground) -> Iterable[list[Claim]]:
    """The claims of a group in runs between which more minutes lie than that."""
    return runs_in_time(group, lambda claim: span_of(claim, ground), reach)
