"""Who speaks to which cell, and of which place: the claims of a reading looked up by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field, frozen

from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.state import split_cell
from situation.record.evidence.bearing import CONTROL_ATTRIBUTES, places_spoken_of
from situation.record.joining.topic import speaks
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Speakers", "claims_named"]


@frozen
class _OnCell:
    """Of one cell the claims that speak to it or stand behind its values, and by claim the values that rest on it."""

    events: Mapping[str, Claim]
    corrections: tuple[Claim, ...]
    backed: Mapping[str, Sequence[Change]]


@define
class Speakers:
    """The claims of a reading by cell and place. They may come and go, and cells may get another course.

    Args:
        ground: the map.
        claims: the claims that count, by id: as the reading has them, also after it has grown.
        changes: by cell every value that it had, likewise.
    """

    ground: Ground
    claims: Mapping[str, Claim]
    changes: Mapping[str, Sequence[Change]]
    _speaking: dict[str, dict[str, Claim]] = field(factory=dict, init=False)
    _statements: dict[str, dict[str, Claim]] = field(factory=dict, init=False)
    _corrections: dict[str, dict[str, Claim]] = field(factory=dict, init=False)
    _on_cell: dict[str, _OnCell] = field(factory=dict, init=False)

    def come(self, claims: Iterable[Claim]) -> None:
        """Take in claims that have come to count."""
        for claim in claims:
            for cell in self._cells(claim):
                self._speaking.setdefault(cell, {})[claim.id] = claim
                self._on_cell.pop(cell, None)
            for place in self.places(claim):
                self._statements.setdefault(place, {})[claim.id] = claim
            if claim.corrects:
                self._corrections.setdefault(claim.corrects, {})[claim.id] = claim
                self.renew(self._cells_corrected(claim))

    def go(self, claims: Iterable[Claim]) -> None:
        """Leave out claims that count no more."""
        for claim in claims:
            for cell in self._cells(claim):
                del self._speaking[cell][claim.id]
                self._on_cell.pop(cell, None)
            for place in self.places(claim):
                del self._statements[place][claim.id]
            if claim.corrects:
                del self._corrections[claim.corrects][claim.id]
                self.renew(self._cells_corrected(claim))

    def renew(self, cells: Iterable[str]) -> None:
        """Look up anew what has another course."""
        for cell in cells:
            self._on_cell.pop(cell, None)

    def events(self, cell: str) -> Mapping[str, Claim]:
        """The claims of events that speak to a cell, and those behind the entries that set it."""
        return self._look(cell).events

    def corrections(self, cell: str) -> Iterable[Claim]:
        """The claims that correct one of these, which still counts, by telling of something else: so they deny it."""
        return self._look(cell).corrections

    def backed(self, cell: str, claim: str) -> Sequence[Change]:
        """The values of a cell that rest on a claim."""
        return self._look(cell).backed.get(claim, ())

    def statements(self, place: str) -> Iterable[Claim]:
        """The statements and forecasts that may bear on a place."""
        return self._statements.get(place, {}).values()

    def places(self, claim: Claim) -> Iterable[str]:
        """The places on which a statement or forecast may bear; none of another claim."""
        return places_spoken_of(claim.predicate, self.ground) if claim.predicate is not None else ()

    def speaks_to(self, claim: Claim, cell: str) -> bool:
        """Whether a claim, be it one that does not count any more, speaks to a cell or question."""
        subject, attribute = split_cell(cell)
        if claim.event is not None:
            happening = f"{type(claim.event).__name__.lower()}/{claim.event.subject}"
            about = attribute == "occurred" and f"{subject}/".startswith(f"{happening}/")
            return about or cell.removesuffix(".when") in speaks(claim, self.ground)
        about = subject in self.places(claim) and attribute in CONTROL_ATTRIBUTES
        return claim.predicate is not None and (about or cell in speaks(claim, self.ground))

    def _cells_corrected(self, claim: Claim) -> Iterable[str]:
        target = self.claims.get(claim.corrects)
        return () if target is None else self._cells(target)

    def _cells(self, claim: Claim) -> Iterable[str]:
        return speaks(claim, self.ground) if claim.event is not None else ()

    def _look(self, cell: str) -> _OnCell:
        if cell not in self._on_cell:
            events = dict(self._speaking.get(cell, {}))
            corrections = {
                name: claim
                for one in events
                for name, claim in self._corrections.get(one, {}).items()
                if name not in events and claim.mode == "asserts"
            }
            backed: dict[str, list[Change]] = {}
            for change in self.changes.get(cell, ()):
                for name in sorted(claims_named(change.entry) & self.claims.keys()):
                    if self._bears(name, change.entry, cell) and name not in corrections:
                        events[name] = self.claims[name]
                for name in change.entry.cause.claims:
                    backed.setdefault(name, []).append(change)
            self._on_cell[cell] = _OnCell(events, tuple(corrections.values()), backed)
        return self._on_cell[cell]

    def _bears(self, name: str, entry: Entry, cell: str) -> bool:
        """Whether a claim that an entry names bears on a cell: it backs the entry or denies it, or tells of who has a place."""
        claim, attribute = self.claims[name], split_cell(cell)[1]
        beside = name in entry.cause.claims or claim.mode == "denies" or attribute in CONTROL_ATTRIBUTES
        return claim.event is not None and (beside or cell in speaks(claim, self.ground))


def claims_named(entry: Entry) -> frozenset[str]:
    """The claims that an entry names, those taken up and those passed over."""
    return frozenset((*entry.cause.claims, *entry.cause.against))
