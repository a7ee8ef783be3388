"""Numbers that their own voice has replaced: a toll that rises, a figure corrected; relays of the old one fall with it.

Whoever came to the old figure on their own still stands by it.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from situation.dates import Minute
from situation.events import Quantity, StrengthAssessed
from situation.record.joining.joins import Joins
from situation.record.joining.topic import span_of, speaks
from situation.testimony.authority import body_of, own_body
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Revised", "revisions"]

Revised = Mapping[tuple[str, str], str]
"""From a claim's id and a cell to the id of the claim that gives the figure now in force of the same voice."""


@frozen
class _Figure:
    claim: Claim
    value: Quantity
    at: Minute


def revisions(joins: Joins, ground: Ground, testimony: Testimony, known: Mapping[str, Minute]) -> Revised:
    """Every figure that its own voice has replaced by a later one about the same.

    Args:
        joins: the claims, and the episode of each.
        ground: the map.
        testimony: who speaks for whom.
        known: from which minute each claim is known, by id.
    """
    figures: dict[tuple[str, str, str], list[_Figure]] = {}
    for claim in joins.ordered:
        if claim.mode != "asserts" or claim.kind != "event":
            continue
        for cell, value in speaks(claim, ground).items():
            if isinstance(value, Quantity):
                voice = own_body(claim, testimony)
                key = (cell, joins.episode[claim.id], voice)
                figures.setdefault(key, []).append(_Figure(claim, value, known[claim.id]))
    replaced: dict[tuple[str, str], str] = {}
    for (cell, _, voice), given in figures.items():
        timed = [(figure, _since(figure, given, voice, testimony)) for figure in given]
        latest = max(at for _, at in timed)
        current = [figure for figure, at in timed if at == latest]
        for figure, at in timed:
            newer = next((it for it in current if _same_time(it.claim, figure.claim, ground)), None)
            if at < latest and newer is not None and all(figure.value != it.value for it in current):
                replaced[figure.claim.id, cell] = newer.claim.id
    return replaced


def _since(figure: _Figure, given: list[_Figure], voice: str, testimony: Testimony) -> Minute:
    """From when a voice has given a figure: of a relay that another printed late, when the voice first gave it.

    Who relays a piece has nothing newer than that piece, whatever figure is made of it.
    """
    claim = figure.claim
    if claim.said is not None or body_of(claim.source, testimony) == voice:
        return figure.at
    piece = testimony.sources.get(claim.origin)
    out = figure.at if piece is None else piece.published.span.latest
    return min(figure.at, out, *(it.at for it in given if it.value == figure.value))


def _same_time(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether two figures are of one time; estimates of strength of two times are two estimates."""
    if not isinstance(one.content, StrengthAssessed):
        return True
    return span_of(one, ground).meet(span_of(other, ground)) is not None
