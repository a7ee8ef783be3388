"""From when until when it is disputed who holds a place: the marks of the page, the state and the list of disputes agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field

from situation.dates import Minute
from situation.log.fold import Change
from situation.log.state import split_cell
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.disputes import Dispute, dispute_over
from situation.record.joining.topic import facts_of, span_of
from situation.record.order.chains import can_change_control
from situation.testimony.ground import Ground

__all__ = ["DisputedControl", "disputes_over_control"]

_ATTRIBUTES: Final = ("holder", "status", "parts")
"""The cells of a place that say who holds it; which of the holder's units took it is none of them."""


def disputes_over_control(decided: Iterable[WeighedQuestion], ground: Ground) -> Iterator[Dispute]:
    """The disputes over who holds a place, or whether something happened, and over when.

    Args:
        decided: the questions of a reading.
        ground: the map.
    """
    for weighed in decided:
        attribute = split_cell(weighed.question.cell.removesuffix(".when"))[1]
        if attribute in (*_ATTRIBUTES, "occurred") and (dispute := dispute_over(weighed, ground)) is not None:
            yield dispute


@define
class DisputedControl:
    """When each dispute over who holds a place stands, in one reading of the record.

    A dispute begins with the time of which its claims speak, and ends where a later entry that rests on none of its claims
    says who holds the place, or gives the very cell that is disputed. A later one that does rest on them opens it again. A
    dispute over a date ends with the last day that an answer names. Whether a place was taken, ringed, entered or left
    is over who holds it, too.

    Args:
        ground: for the times of claims, and the window.
        rows: the history of the reading; of other cells nothing is taken.
    """

    ground: Ground
    rows: Iterable[Change]
    _of_place: Mapping[str, Sequence[Change]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        by_place: dict[str, list[Change]] = {}
        for change in self.rows:
            place, attribute = split_cell(change.cell)
            if attribute in _ATTRIBUTES:
                by_place.setdefault(place, []).append(change)
        self._of_place = {place: sorted(rows, key=lambda row: row.since) for place, rows in by_place.items()}

    def spans(self, dispute: Dispute, since: Minute | None = None) -> list[tuple[Minute, Minute | None]]:
        """From which minute up to, without, which a dispute stands; None: to the end. Empty: it is not over control.

        Args:
            dispute: of the same reading.
            since: when it came up, where the reading moves with the day.
        """
        cell, place = dispute.cell.removesuffix(".when"), dispute.place
        of_control = split_cell(cell)[1] in _ATTRIBUTES
        if dispute.event is not None:
            of_control = self.ground.is_place(place) and can_change_control(
                dispute.event, facts_of(dispute.event, self.ground.root).cells
            )
        if not of_control:
            return []
        claims = [claim for answer in dispute.weighed.question.answers for claim in answer.claims]
        times = [span_of(claim, self.ground) for claim in claims]
        first = max(
            min(time.earliest for time in times), self.ground.window.earliest, *(() if since is None else (since,))
        )
        if cell != dispute.cell:
            until = max(time.latest for time in times) + 1
            return [(first, until)] if first < until else []
        begun = max(time.earliest for time in times)
        turns = self._turns(cell, self._of_place.get(place, ()), {claim.id for claim in claims}, begun)
        return list(_clipped(turns, first))

    def _turns(
        self, cell: str, rows: Iterable[Change], claims: set[str], begun: Minute
    ) -> Iterator[tuple[Minute, bool]]:
        """The minutes from which the dispute stands, or does not."""
        yield self.ground.window.earliest, True
        for row in rows:
            if not claims.isdisjoint((*row.entry.cause.claims, *row.entry.cause.against)):
                yield row.since, True
            elif row.entry.time > begun and (row.cell == cell or row.cell.endswith(".holder")):
                yield row.since, False

    def at(self, disputes: Iterable[Dispute], minute: Minute) -> dict[str, list[Dispute]]:
        """By place, the disputes over who holds it that stand at a minute."""
        standing: dict[str, list[Dispute]] = {}
        for dispute in disputes:
            if any(since <= minute and (until is None or minute < until) for since, until in self.spans(dispute)):
                standing.setdefault(dispute.place, []).append(dispute)
        return standing


def _clipped(turns: Iterable[tuple[Minute, bool]], first: Minute) -> Iterator[tuple[Minute, Minute | None]]:
    """The spans in which it stands, none before a minute."""
    since: Minute | None = None
    for minute, stands in turns:
        if stands and since is None:
            since = minute
        elif not stands and since is not None:
            if max(since, first) < minute:
                yield max(since, first), minute
            since = None
    if since is not None:
        yield max(since, first), None
