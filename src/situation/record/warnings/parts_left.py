"""Quarters of a place that stay as they were while the place is taken, given up or ringed, and of which nobody says more.

And the other way round: a part of a place that stays with a side though all its quarters there have gone to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from attrs import define, field

from situation.errors import Problem
from situation.events import (
    AreaId,
    Besieged,
    Captured,
    Entered,
    Event,
    GarrisonSurrendered,
    HandedOver,
    HoldingStated,
    Withdrew,
)
from situation.events.predicates import DividedBetween, Holds, HoldsMostOf
from situation.log.entry import Entry, Reported
from situation.log.fold import Change, courses_by_cell
from situation.log.name_words import verb_of
from situation.log.state import holders_in, split_cell
from situation.log.value_words import list_in_words
from situation.record.joining.topic import facts_of, span_of
from situation.record.order.chains import can_change_control
from situation.record.parts_kept import PartKept, parts_kept
from situation.record.record import Record
from situation.testimony.claims import Claim

__all__ = ["parts_left"]

_FALLS: Final[Mapping[type[Event], str]] = {
    Captured: "Where it fell too, write 'wholly: true' beside 'place'; else say who holds it.",
    GarrisonSurrendered: "Where they gave it up too, write a claim of it; else say who holds it.",
    HandedOver: "Where it was handed over too, write a claim of it; else say who holds it.",
    Entered: "Where it was entered too, write a claim of it; else say who holds it.",
    Withdrew: "Where they left it too, write a claim of it; else say who holds it.",
    HoldingStated: "Where it is held by them too, write a claim of it; else say who holds it.",
}
"""How a place comes into other hands, or nobody's; and what to write of what lies within it."""


@define
class _Places:
    """What the record tells of each place: who held it, how, and by which claims."""

    record: Record
    changes: Mapping[str, list[Change]] = field(factory=dict, init=False)
    _courses: dict[str, dict[str, list[Change]]] = field(factory=dict, init=False)
    _claims: dict[str, list[Claim]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.changes = courses_by_cell(self.record.history())
        for cell, course in self.changes.items():
            place, attribute = split_cell(cell)
            if attribute in ("holder", "besieger", "parts"):
                self._courses.setdefault(attribute, {})[place] = course
        for claim in self.record.claims_in_force():
            area = (
                claim.content.area if isinstance(claim.content, Holds) else claim.event.place if claim.event else None
            )
            self._claims.setdefault(str(area), []).append(claim)

    def courses(self, attribute: str) -> Mapping[str, list[Change]]:
        """By place, every value that its holder or its besieger had."""
        return self._courses.get(attribute, {})

    def silent(self, place: str, entry: Entry) -> list[str]:
        """The towns and quarters within a place of which nobody tells who holds them, or how, from the time of an event on."""
        ground = self.record.ground
        inner = ground.inside(AreaId(place)) if ground.is_place(place) else ()
        parts = (part for part in inner if ground.is_town(part) and part in self.courses("holder"))
        return [part for part in parts if not any(self._tells(claim, entry) for claim in self._claims.get(part, ()))]

    def _tells(self, claim: Claim, entry: Entry) -> bool:
        if claim.mode != "asserts" or claim.happened is None:
            return False
        if span_of(claim, self.record.ground).latest < entry.span.earliest:
            return False
        return isinstance(claim.content, Holds) or (
            claim.event is not None
            and can_change_control(claim.event, facts_of(claim.event, self.record.ground.root).cells)
        )

    def stays(self, kept: PartKept) -> bool:
        """Whether somebody says of a side, of a time from a loss on, that it still holds the place, or a part of it."""
        for claim in self.record.claims_in_force():
            said = claim.content
            who = (
                {said.actor}
                if isinstance(said, Holds | HoldsMostOf) and said.area == kept.place
                else {*said.actors}
                if isinstance(said, DividedBetween) and said.place == kept.place
                else set()
            )
            sides = {self.record.ground.root(actor) for actor in who}
            stated = kept.actor in sides and claim.mode == "asserts" and claim.happened is not None
            if stated and span_of(claim, self.record.ground).latest >= kept.entry.span.earliest:
                return True
        return False

    def holder(self, place: str, entry: Entry) -> set[str]:
        """Who held a place when an event came; nobody where it changed hands later."""
        last = self.courses("holder")[place][-1]
        return {*holders_in(last.value)} if last.since <= entry.time else set()


def parts_left(record: Record) -> Iterator[Problem]:
    """Every fall, surrender, handover, entry, withdrawal or ring of a place that leaves quarters of it as they were."""
    places = _Places(record)
    yield from _after_falls(places)
    yield from _outside_rings(places)
    yield from _kept_parts(places)


def _after_falls(places: _Places) -> Iterator[Problem]:
    ground = places.record.ground
    for place, course in places.courses("holder").items():
        for before, change in pairwise(course):
            entry = change.entry
            advice = _FALLS.get(type(entry.event))
            if advice is None or str(entry.event.place) != place or not isinstance(entry.cause, Reported):
                continue
            if not change.value and not isinstance(entry.event, Withdrew):
                continue
            lost = {*holders_in(before.value)} - {*holders_in(change.value)}
            left = [part for part in places.silent(place, entry) if places.holder(part, entry) & lost]
            if left:
                then = ground.at(entry.time)
                parts, losers = (list_in_words(map(then.name, names)) for names in (left, sorted(lost)))
                fact = f"What lies within {then.name(place)} stays with {losers} after this, as nobody says who has it: {parts}."
                yield _problem(entry, fact, advice, places.record)


def _outside_rings(places: _Places) -> Iterator[Problem]:
    ground = places.record.ground
    for place, course in places.courses("besieger").items():
        for change in course:
            entry = change.entry
            ring_drawn = isinstance(entry.event, Besieged) and str(entry.event.place) == place and change.value
            if not ring_drawn or not isinstance(entry.cause, Reported):
                continue
            ringed = {*holders_in(_value_at(places.courses("holder").get(place, []), entry))}
            left = [part for part in places.silent(place, entry) if places.holder(part, entry) & ringed]
            if left:
                then = ground.at(entry.time)
                parts, holders = (list_in_words(map(then.name, names)) for names in (left, sorted(ringed)))
                fact = f"Quarters of {then.name(place)} held by {holders} stay outside this ring: {parts}."
                advice = "Where it lies within the ring, write a claim of it, 'event: Besieged'; else say who holds it."
                yield _problem(entry, fact, advice, places.record)


def _kept_parts(places: _Places) -> Iterator[Problem]:
    """Parts that a side keeps to the end with nothing left within, where nobody says that it does."""
    record = places.record
    for place in sorted(places.courses("parts")):
        for kept in parts_kept(AreaId(place), places.changes, record.ground):
            if kept.until is not None or places.stays(kept) or not isinstance(kept.entry.cause, Reported):
                continue
            then = record.ground.at(kept.since)
            who = then.name(kept.actor)
            has, keeps = verb_of(kept.actor, then, "have", "has"), verb_of(kept.actor, then, "keep their", "keeps its")
            fact = (
                f"{who[0].upper()}{who[1:]} {has} nothing more within {then.name(place)} after this, "
                f"and {keeps} part ({kept.part}), as nobody says who has it."
            )
            advice = (
                f"If that was all, write a claim of it, 'event: Captured' with 'place: {place}' and 'against: {kept.actor}'; "
                "if not, one that the place was split still, 'statement: DividedBetween'."
            )
            yield _problem(kept.entry, fact, advice, record)


def _value_at(course: list[Change], entry: Entry) -> Any:
    return next((it.value for it in reversed(course) if it.since <= entry.time), None)


def _problem(entry: Entry, fact: str, advice: str, record: Record) -> Problem:
    return Problem(record.testimony.claims[entry.cause.claims[0]].at, fact, advice)
