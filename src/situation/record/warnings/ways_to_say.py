"""Claims that stand beside another without a word on how the two go together: each with what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from situation.dates import Interval
from situation.errors import Problem
from situation.events import AreaId, Captured
from situation.events.predicates import Holds
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.name_words import at_place
from situation.log.record_words import sentence
from situation.log.state import holders_in, split_cell
from situation.log.value_words import list_in_words
from situation.record.joining.topic import span_of
from situation.record.order.chains import can_change_control
from situation.record.order.sequence import follows, stated_sequence
from situation.record.order.thrown_back import two_accounts
from situation.record.record import Record
from situation.record.tolls.event_figures import TOLL_MEASURES, Measure, event_figures
from situation.record.tolls.within import tolls_within
from situation.testimony.claims import Claim

__all__ = ["ways_to_say"]

_COUNTED: Final[Mapping[Measure, str]] = {
    "killed": "killed",
    "wounded": "wounded",
    "prisoners": "taken prisoner",
}


def ways_to_say(record: Record) -> Iterator[Problem]:
    """Every claim of which it is not said how it goes together with another."""
    yield from _taken_or_thrown_back(record)
    yield from _denials_of_one_of_several(record)
    yield from _parts_not_taken(record)
    yield from _may_count_the_same(record)


def _taken_or_thrown_back(record: Record) -> Iterator[Problem]:
    """Attacks thrown back at some time within which others have the place taken, where both are held to have been."""
    ground, claims, reading = record.ground, record.testimony.claims, record.reading()
    entries = [entry for entry in record.log() if entry.event.reported and entry.event.place is not None]
    at_place: dict[str, list[Entry]] = {}
    for entry in entries:
        at_place.setdefault(str(entry.event.place), []).append(entry)
    pairs = [
        (repulse, fall)
        for group in at_place.values()
        for repulse in group
        for fall in group
        if repulse is not fall and two_accounts(repulse, fall, reading.evidence, claims)
    ]
    before = stated_sequence([entry for pair in pairs for entry in pair], claims, ground)
    for repulse, fall in pairs:
        if follows(fall.id, repulse.id, before) or follows(repulse.id, fall.id, before):
            continue
        said = sentence(fall.event, ground.at(fall.time))
        for name in repulse.cause.claims:
            fact = f"Another report of that time has it that {said}; both are read as so, one after the other."
            other = claims[fall.cause.claims[0]]
            advice = (
                f"If they tell of one attack, give both one 'episode', and they are a dispute; else say in '{other.id}' "
                "what it came after, under 'follows', or give a nearer time."
            )
            yield Problem(claims[name].at, fact, advice)


def _may_count_the_same(record: Record) -> Iterator[Problem]:
    """Numbers of an event within the time of another of its place, told as another kind: the dead of a day, and of a battle."""
    ground, claims = record.ground, record.testimony.claims
    entries = {entry.id: entry for entry in record.log()}
    for pair in tolls_within(record.reading(), ground):
        part, whole = entries[pair.part], entries[pair.whole]
        here = part.event.place is not None and part.event.place == whole.event.place
        if not here or pair.is_part or type(part.event) is type(whole.event):
            continue
        counted = [
            _COUNTED[measure]
            for measure in TOLL_MEASURES
            if all(
                (it := event_figures(measure, entry.event, ground)) and it.of_people().units for entry in (part, whole)
            )
        ]
        for name in part.cause.claims if counted else ():
            other = whole.cause.claims[0]
            fact = (
                f"'{other}' gives those {counted[0]} {at_place(str(part.event.place), ground.at(part.time))} over "
                f"{ground.clock.spoken(whole.span)}, within which this lies: both may count the same people."
            )
            advice = (
                "Where it does, give both one 'episode', and totals counts them once; where not, write "
                f"'separate: [[{other}, {name}]]' at the end. Until then low counts them once, high twice."
            )
            yield Problem(claims[name].at, fact, advice)


def _denials_of_one_of_several(record: Record) -> Iterator[Problem]:
    """Denials that may be of any of several reports, and so are held against none of them."""
    claims = record.testimony.claims
    denied: dict[str, set[str]] = {}
    for pair in record.reading().joins.possibly_one:
        for names, others in (pair.claims, pair.claims[::-1]):
            if all(claims[name].mode == "denies" for name in names):
                for name in names:
                    denied.setdefault(name, set()).update(it for it in others if claims[it].mode == "asserts")
    for name, reports in denied.items():
        if not reports:
            continue
        together = ", ".join([*sorted(reports), name])
        fact = f"It may deny any of {len(reports)} reports, and is held against none." if len(reports) > 1 else ""
        fact = fact or f"It may deny '{min(reports)}', and is not held against it."
        advice = f"If all are of one event, write 'same: [[{together}]]' at the end; else give it that 'episode' which it denies."
        yield Problem(claims[name].at, fact, advice)


def _parts_not_taken(record: Record) -> Iterator[Problem]:
    """Falls of a place after which quarters of it stay with those who lost it, to the end of all that is told of them."""
    ground, claims, history = record.ground, record.testimony.claims, record.history()
    holders: dict[str, list[Change]] = {}
    for change in history:
        place, attribute = split_cell(change.cell)
        if attribute == "holder":
            holders.setdefault(place, []).append(change)
    of_place: dict[str, list[Claim]] = {}
    for claim in record.claims_in_force():
        area = claim.content.area if isinstance(claim.content, Holds) else claim.event.place if claim.event else None
        of_place.setdefault(str(area), []).append(claim)
    for place, course in holders.items():
        for before, change in pairwise(course):
            entry = change.entry
            inner = ground.inside(AreaId(place)) if ground.is_place(place) else ()
            if not isinstance(entry.event, Captured) or str(entry.event.place) != place or not change.value:
                continue
            lost = {*holders_in(before.value)} - {*holders_in(change.value)}
            left = [
                part
                for part in inner
                if part in holders
                and ground.is_town(part)
                and holders[part][-1].since <= change.since
                and {*holders_in(holders[part][-1].value)} & lost
                and not any(_tells_who_holds(claim, entry.span, record) for claim in of_place.get(part, ()))
            ]
            if left:
                then = ground.at(entry.time)
                parts, losers = (list_in_words(map(then.name, names)) for names in (left, sorted(lost)))
                fact = f"What lies within {then.name(place)} stays with {losers} after this, as nobody says who has it: {parts}."
                advice = "Where it fell too, write 'wholly: true' beside 'place'; else say who holds it."
                yield Problem(claims[entry.cause.claims[0]].at, fact, advice)


def _tells_who_holds(claim: Claim, span: Interval, record: Record) -> bool:
    """Whether a claim tells who holds its place at some time from that of a fall on."""
    if span_of(claim, record.ground).latest < span.earliest or claim.happened is None:
        return False
    return isinstance(claim.content, Holds) or (
        claim.event is not None and can_change_control(claim.event, record.ground)
    )
