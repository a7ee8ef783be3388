"""Who speaks to which cell, and of which place: the claims of a reading looked up by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field, frozen

from situation.events import Withdrew
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.state import HOLDING, holders_in, split_cell
from situation.record.evidence.bearing import places_spoken_of
from situation.record.joining.topic import span_of, speaks
from situation.record.order.chains import places_changed
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Speakers", "claims_named"]

_HELD = ("holder", "status")
"""The cells of a place that an event can change without giving an answer on them."""


@frozen
class _OnCell:
    """Of one cell the claims that speak to it or stand behind its values, and by claim the values that rest on it.

    `unheeded`: those among them of which it would be the effect, had it been so, and which stand behind none of its values.
    """

    events: Mapping[str, Claim]
    unheeded: frozenset[str]
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
    _changing: dict[str, dict[str, Claim]] = field(factory=dict, init=False)
    """By place the claims of events that change who holds it without saying so: a withdrawal, the fall of all around it."""
    _corrections: dict[str, dict[str, Claim]] = field(factory=dict, init=False)
    _on_cell: dict[str, _OnCell] = field(factory=dict, init=False)

    def come(self, claims: Iterable[Claim]) -> None:
        """Take in claims that have come to count."""
        for claim in claims:
            for cell in self._cells(claim):
                self._speaking.setdefault(cell, {})[claim.id] = claim
                self._on_cell.pop(cell, None)
            for place in self._places_changed(claim):
                self._changing.setdefault(place, {})[claim.id] = claim
                self.renew(f"{place}.{name}" for name in _HELD)
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
            for place in self._places_changed(claim):
                del self._changing[place][claim.id]
                self.renew(f"{place}.{name}" for name in _HELD)
            for place in self.places(claim):
                del self._statements[place][claim.id]
            if claim.corrects:
                del self._corrections[claim.corrects][claim.id]
                self.renew(self._cells_corrected(claim))

    def renew(self, cells: Iterable[str]) -> None:
        """Look up anew what has another course."""
        for cell in cells:
            self._on_cell.pop(cell, None)
            if cell.endswith(".holder"):
                self._on_cell.pop(f"{split_cell(cell)[0]}.status", None)

    def events(self, cell: str) -> Mapping[str, Claim]:
        """The claims of events that speak to a cell, and those behind the entries that set it."""
        return self._look(cell).events

    def unheeded(self, cell: str) -> frozenset[str]:
        """Those of them, by id, whose event would have changed the cell, and is not behind any of its values."""
        return self._look(cell).unheeded

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
        about = subject in self.places(claim) and attribute in HOLDING
        return claim.predicate is not None and (about or cell in speaks(claim, self.ground))

    def _cells_corrected(self, claim: Claim) -> Iterable[str]:
        target = self.claims.get(claim.corrects)
        return () if target is None else self._cells(target)

    def _cells(self, claim: Claim) -> Iterable[str]:
        return speaks(claim, self.ground) if claim.event is not None else ()

    def _places_changed(self, claim: Claim) -> tuple[str, ...]:
        """The places of which a claim's event changes who holds them without giving that as its answer."""
        event = claim.event
        if isinstance(event, Withdrew):
            return (event.place,)
        return places_changed(event, self.ground)[1:] if event is not None and claim.kind == "event" else ()

    def _would_change(self, claim: Claim, place: str) -> bool:
        """Whether a claim's event, had it been so, had changed who holds a place, as it was held then."""
        event, span = claim.event, span_of(claim, self.ground)
        if event is None or claim.kind == "forecast":
            return False
        root = self.ground.at(span.latest).root
        courses = self.changes.get(f"{place}.holder", ())
        values = [it.value for it in courses if it.since <= span.latest and (it.until or it.since) >= span.earliest]
        values = values or [it.value for it in courses if it.since <= span.latest][-1:]
        if isinstance(event, Withdrew):
            leavers = {root.keeper(actor) for actor in event.by}
            return any(leavers & {*holders_in(value)} for value in values)
        taker = event.speaks(root).get(f"{event.place}.holder")
        return any(value != taker for value in values)

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
            unheeded: set[str] = set()
            place, attribute = split_cell(cell)
            for name, claim in self._changing.get(place, {}).items() if attribute in _HELD else ():
                if name not in events and name not in corrections and self._would_change(claim, place):
                    events[name] = claim
                    unheeded.add(name)
            self._on_cell[cell] = _OnCell(events, frozenset(unheeded), tuple(corrections.values()), backed)
        return self._on_cell[cell]

    def _bears(self, name: str, entry: Entry, cell: str) -> bool:
        """Whether a claim that an entry names bears on a cell: it backs the entry or denies it, or tells of who has a place."""
        claim, attribute = self.claims[name], split_cell(cell)[1]
        beside = name in entry.cause.claims or claim.mode == "denies" or attribute in HOLDING
        return claim.event is not None and (beside or cell in speaks(claim, self.ground))


def claims_named(entry: Entry) -> frozenset[str]:
    """The claims that an entry names, those taken up and those passed over."""
    return frozenset((*entry.cause.claims, *entry.cause.against))
