"""Who speaks to a cell, and of which minutes: the evidence for a value at a minute, apart from what speaks of others.

- `for`: says so of that minute: what happened by then and still stands, or a statement whose time covers it and that holds;
- `other_times`: speaks of another: what came later, what had been overtaken, a statement that held at another moment of its time;
- `against`: says otherwise of that minute: a rival by then, a denial, "not yet", a statement that holds at no moment of its time.

Nobody can bear witness to what came after they spoke: a claim's time ends, at the latest, when it became known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from attrs import define

from situation.dates import Interval, Minute
from situation.events import Event
from situation.log.fold import Change, courses_by_cell, in_force
from situation.log.state import HOLDING, PlaceState, holders_in, split_cell
from situation.log.terms import first_day
from situation.record.evidence.bearing import bears_on, time_of
from situation.record.evidence.sides import (
    Group,
    Heard,
    Spell,
    Stands,
    Witness,
    adds_to,
    denials_placed,
    denied_of_all,
    goes_on,
    stands_beside,
    witnesses_that_answer,
)
from situation.record.evidence.speakers import Speakers, claims_named
from situation.record.joining.comparisons import relate
from situation.record.joining.over_weeks import outlasts
from situation.record.joining.topic import ground_then, span_of, speaks
from situation.record.readings.growing import GrowingReading, Growth
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Witnesses"]

_Reading_co = TypeVar("_Reading_co", bound=Heard, covariant=True)


@define(frozen=True, slots=False)
class Witnesses(Generic[_Reading_co]):
    """All who speak to the cells of a reading.

    Args:
        reading: the reading.
        testimony, ground: who speaks, and the map.
        changes: from a cell to every value that it had, in order of time.
        speakers: the claims by cell and place.
    """

    reading: _Reading_co
    testimony: Testimony
    ground: Ground
    changes: Mapping[str, Sequence[Change]]
    speakers: Speakers

    @classmethod
    def of_reading(cls, reading: Reading, testimony: Testimony, ground: Ground) -> Witnesses[Reading]:
        """The witnesses of a whole reading."""
        changes = courses_by_cell(reading.history)
        speakers = Speakers(ground, reading.claims, changes)
        speakers.come(reading.claims.values())
        return Witnesses(reading, testimony, ground, changes, speakers)

    @classmethod
    def growing(cls, reading: GrowingReading, testimony: Testimony) -> Witnesses[GrowingReading]:
        """The witnesses of a reading that grows."""
        speakers = Speakers(reading.ground, reading.claims, reading.changes)
        return Witnesses(reading, testimony, reading.ground, reading.changes, speakers)

    def follow(self, growth: Growth) -> None:
        """Take in how the reading grew."""
        self.speakers.go(growth.went)
        self.speakers.come(growth.came)
        self.speakers.renew(growth.cells)
        for claim in growth.went:
            self._spans.pop(claim.id, None)

    @cached_property
    def _spans(self) -> dict[str, Interval]:
        """What `span` has found."""
        return {}

    def span(self, claim: Claim) -> Interval:
        """The time that a claim speaks of: of a forecast, when it was made; else its own, up to when it became known."""
        if claim.id not in self._spans:
            self._spans[claim.id] = self._span(claim)
        return self._spans[claim.id]

    def _span(self, claim: Claim) -> Interval:
        known = self.reading.evidence.known[claim.id]
        if claim.kind == "forecast":
            made = claim.said or self.testimony.sources[claim.source].published
            return Interval(min(made.span.earliest, known), known)
        span = span_of(claim, self.ground)
        return Interval(span.earliest, max(span.earliest, min(span.latest, known)))

    def _span_on(self, claim: Claim, cell: str) -> Interval:
        """The time of which a claim speaks on a cell: of how two stand to each other, from the first day of their truce on."""
        span = self.span(claim)
        if not cell.endswith((".stance", ".rung")) or claim.kind != "event" or claim.event is None:
            return span
        return first_day(claim.event, span.latest, self.ground) or span

    def change(self, cell: str, at: Minute) -> Change | None:
        """The value in force at a minute, with its entry; None: nothing has set the cell by then."""
        return in_force(self.changes.get(cell, ()), at)

    def place(self, place: str, at: Minute) -> PlaceState:
        """A place as it stood at a minute."""
        changes = {attribute: self.change(f"{place}.{attribute}", at) for attribute in HOLDING}
        values = {attribute: change.value if change else None for attribute, change in changes.items()}
        return PlaceState(
            place,
            holders_in(values["holder"]),
            values["status"] or "unknown",
            tuple(values["parts"] or ()),
            holders_in(values["besieger"]),
        )

    def of(self, cell: str, at: Minute, apart: Collection[str] = ()) -> tuple[Witness, ...]:
        """Everybody who speaks to a cell, with the side on which each stands at a minute; in no particular order.

        Args:
            apart: claims that spoke of another time until then. Those of them that cannot have come to speak of this one
                are left out: of a cell with a long history, nearly all.
        """
        spell = self._spell(cell, at)
        apart = apart if spell.changes else ()
        witnesses = [
            self._of_event(claim, cell, at, spell)
            for name, claim in self.speakers.events(cell).items()
            if name not in apart or self._may_speak_of(claim, cell, at, spell)
        ]
        corrections = {claim.id: claim for claim in self.speakers.corrections(cell)}
        witnesses += [self._of_correction(claim, cell, at, spell) for claim in corrections.values()]
        subject, attribute = split_cell(cell)
        if attribute in HOLDING and self.ground.is_place(subject):
            for claim in self.speakers.statements(subject):
                stated = self._of_statement(claim, subject, attribute, at)
                if stated is not None and claim.id not in corrections:
                    witnesses.append(stated)
        return denials_placed(witnesses_that_answer(witnesses, spell), spell.begun)

    def turns(self, cell: str, after: Minute | None = None) -> tuple[Minute, ...]:
        """Every minute at which the side of some witness of a cell may change, in order; with `after`, those after it."""
        subject = split_cell(cell)[0]
        claims = [*self.speakers.events(cell).values(), *self.speakers.statements(subject)]
        cells = [f"{subject}.{attribute}" for attribute in HOLDING] if self.ground.is_place(subject) else []
        turns = {change.since for name in dict.fromkeys((cell, *cells)) for change in self.changes.get(name, ())}
        for span in (self._span_on(claim, cell) for claim in claims):
            turns |= {span.earliest, span.latest + 1}
        return tuple(sorted(turn for turn in turns if after is None or turn > after))

    def _spell(self, cell: str, at: Minute) -> Spell:
        """The changes that gave the value in force at a minute, back to where it did not go on; the last first."""
        changes = self.changes.get(cell, ())
        number = bisect_right(changes, at, key=lambda change: change.since)
        spell: list[Change] = []
        while number and (not spell or goes_on(cell, changes[number - 1].value, spell[0].value)):
            spell.append(changes[number - 1])
            number -= 1
        begun = min((change.entry.span.earliest for change in spell), default=at)
        named = frozenset(name for change in spell for name in claims_named(change.entry))
        backing = frozenset(name for change in spell for name in change.entry.cause.claims)
        return Spell(tuple(spell), begun, named, backing)

    def _may_speak_of(self, claim: Claim, cell: str, at: Minute, spell: Spell) -> bool:
        """Whether a claim that spoke of another time until a minute may speak of that minute."""
        if claim.id in spell.named or claim.kind == "forecast" or claim.mode == "denies" or claim.corrects:
            return True
        span = self._span_on(claim, cell)
        return span.earliest <= at and span.latest >= spell.begun

    def _of_event(self, claim: Claim, cell: str, at: Minute, spell: Spell) -> Witness:
        event = claim.event
        assert event is not None
        span = self._span_on(claim, cell)
        answer = speaks(claim, self.ground).get(cell)
        unheeded = claim.id in self.speakers.unheeded(cell)
        stands = "otherwise" if unheeded else self._stands(claim, cell, answer, spell)
        if stands == "effect":
            stands, answer = "so", None
        ours = not spell.changes or claim.id in spell.named or span.latest >= spell.begun
        group: Group = "other_times"
        if claim.kind == "forecast":
            group = self._of_forecast(event, cell, stands == "so", span, at)
        elif span.earliest > at:
            group = "other_times"
        elif claim.mode == "denies":
            if stands == "so":
                group = "against" if ours and not self._of_its_days_alone(claim, span, at, spell) else "other_times"
            elif at <= span.latest:
                group = "for"
        elif stands == "so":
            group = "for" if ours else "other_times"
        elif (claim.id, cell) in self.reading.revised:
            group = "other_times"  # its own voice has replaced the figure
        elif stands == "otherwise" and ours and not self._was_so(claim, cell, span, at, spell):
            group = "against"
        return Witness(claim, None if claim.mode == "denies" else answer, group, span)

    def _of_its_days_alone(self, denial: Claim, span: Interval, at: Minute, spell: Spell) -> bool:
        """Whether a denial is of some days that are past, and what it denies is told of whole weeks about them."""
        backing = [self.reading.claims[name] for name in spell.backing if denial.id not in spell.named]
        return at > span.latest and bool(backing) and all(outlasts(it, denial, self.ground) for it in backing)

    def _of_correction(self, claim: Claim, cell: str, at: Minute, spell: Spell) -> Witness:
        """Who corrects a claim by telling of something else denies it: of the time of which that claim speaks."""
        span = self._span_on(self.reading.claims[claim.corrects], cell)
        denies = span.earliest <= at and claim.corrects in spell.backing
        return Witness(claim, None, "against" if denies else "other_times", span)

    def _stands(self, claim: Claim, cell: str, answer: Any, spell: Spell) -> Stands:
        """How what a claim tells, or denies, stands to the value: the same or a part of it, another stage, or a rival."""
        if not spell.changes:
            return "otherwise"
        value, entry = spell.changes[0].value, spell.changes[0].entry
        backed = claim.id in spell.backing
        if answer is None:
            return "so" if backed or claim.mode == "denies" else "otherwise"
        part = isinstance(answer, frozenset) and isinstance(value, frozenset) and answer <= value
        if answer == value or part or (claim.mode == "denies" and denied_of_all(answer, value, self.ground)):
            return "so"
        if not value and value in (None, frozenset()):  # not known, and this names somebody
            return "otherwise" if answer or not backed else "stage"
        if (of_several := stands_beside(cell, answer, value, backed)) is not None:
            return of_several
        if backed and entry.event.speaks(self.ground.at(entry.time).root).get(cell) == answer:
            return "effect"  # what came of the event that it tells of
        ground = ground_then((claim,), self.ground)
        relation = relate(cell, (value, entry.event), (answer, claim.event), ground)
        if relation in ("agrees", "refines") or adds_to(claim, cell, answer, value):
            return "so"
        later = not backed and self._span_on(claim, cell).earliest > entry.span.latest  # no stage to what was before it
        return "stage" if relation == "stage" and not later and claim.id not in entry.cause.against else "otherwise"

    def _of_forecast(self, event: Event, cell: str, so: bool, span: Interval, at: Minute) -> Group:
        """Who said that it would come said that it had not come yet; and that whom it was to befall still stood there."""
        present = self.change(cell, at)
        value = present.value if present else None
        if so:
            later = (change for change in self.changes.get(cell, ()) if at < change.since <= span.latest)
            lasts = at <= span.latest and all(change.value == value for change in later)
            return "against" if lasts else "other_times"
        befallen = {self.ground.at(at).root(actor) for actor in event.harms}
        return "for" if value in befallen and span.earliest <= at <= span.latest else "other_times"

    def _was_so(self, claim: Claim, cell: str, span: Interval, at: Minute, spell: Spell) -> bool:
        """Whether a claim is behind another value that the cell had before, or has later within the claim's own time."""
        present = {change.entry.id for change in spell.changes}
        others = (change for change in self.speakers.backed(cell, claim.id) if change.entry.id not in present)
        return any(change.since <= at or span.latest > at for change in others)

    def _of_statement(self, claim: Claim, place: str, attribute: str, at: Minute) -> Witness | None:
        predicate = claim.predicate
        assert predicate is not None
        span = self.span(claim)

        def so(minute: Minute) -> bool | None:
            stood = self.place(place, minute)
            holds = bears_on(predicate, stood, attribute, self.ground.at(minute))
            return holds if holds is None or claim.mode == "asserts" or stood.status == "unknown" else not holds

        now = so(at)
        if now is None:
            return None
        group: Group = "other_times"
        if claim.kind == "forecast":
            if getattr(predicate, "area", place) != place:
                return None
            group = "against" if now and at <= span.latest else "other_times"
        elif span.earliest <= at <= span.latest:
            if now:
                group = "for"
            elif not any(so(minute) for minute in self._moments(place, time_of(predicate, span, self.ground.window))):
                group = "against"
        return Witness(claim, type(predicate).__name__, group, span)

    def _moments(self, place: str, span: Interval) -> Iterable[Minute]:
        """The ends of a time, and each change of a place's control between them."""
        yield span.earliest
        for attribute in HOLDING:
            for change in self.changes.get(f"{place}.{attribute}", ()):
                if span.earliest < change.since <= span.latest:
                    yield change.since
        yield span.latest
