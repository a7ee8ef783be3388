"""Claims that stand beside another without a word on how the two go together: each with what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from situation.errors import Problem
from situation.events import Repelled
from situation.log.entry import Entry
from situation.log.name_words import at_place
from situation.log.record_words import sentence
from situation.log.value_words import list_in_words
from situation.record.joining.over_weeks import is_count_over_weeks
from situation.record.joining.topic import time_spoken_of
from situation.record.order.sequence import follows, stated_sequence
from situation.record.order.thrown_back import two_accounts
from situation.record.record import Record
from situation.record.tolls.event_figures import TOLL_MEASURES, Measure, event_figures
from situation.record.tolls.within import tolls_within
from situation.record.warnings.denied_nothing import denied_nothing
from situation.record.warnings.parts_left import parts_left
from situation.testimony.apart import ground_when

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
    yield from parts_left(record)
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
        if isinstance(repulse.event, Repelled)
        for fall in group
        if repulse is not fall and two_accounts(repulse, fall, reading.evidence, claims)
    ]
    before = stated_sequence([entry for pair in pairs for entry in pair], claims, ground)
    for repulse, fall in pairs:
        if follows(fall.id, repulse.id, before) or follows(repulse.id, fall.id, before):
            continue
        said = sentence(fall.event, ground.at(fall.time))
        for name in repulse.cause.claims:
            when = ground.clock.spoken(fall.span)
            fact = f"Another report, of {when}, has it that {said}; both are read as so, one after the other."
            other = claims[fall.cause.claims[0]]
            advice = (
                f"If they tell of one attack, give both one 'episode', and they are a dispute; else say in '{other.id}' "
                "what it came after, under 'follows', or give a nearer time."
            )
            yield Problem(claims[name].at, fact, advice)


def _may_count_the_same(record: Record) -> Iterator[Problem]:
    """Numbers of an event within the time of another of its place, told as another kind or counted over weeks."""
    ground, claims = record.ground, record.testimony.claims
    entries = {entry.id: entry for entry in record.log()}
    for pair in tolls_within(record.reading(), ground):
        part, whole = entries[pair.part], entries[pair.whole]
        here = part.event.place is not None and part.event.place == whole.event.place
        alike = type(part.event) is type(whole.event)
        if not here or pair.is_part or (alike and not _counted_over_weeks(part, whole, record)):
            continue
        counted = [
            _COUNTED[measure]
            for measure in TOLL_MEASURES
            if all(
                (it := event_figures(measure, entry.event, ground_when(entry.event, entry.span, ground)))
                and it.of_people().units
                for entry in (part, whole)
            )
        ]
        for name in part.cause.claims if counted else ():
            other = whole.cause.claims[0]
            fact = (
                f"'{other}' gives those {list_in_words(counted)} {at_place(str(part.event.place), ground.at(part.time))} over "
                f"{ground.clock.spoken(whole.span)}, within which this lies: both may count the same people."
            )
            parting = (
                f"'separate: [[{other}, {name}]]' at the end. Until then low counts them once, best and high twice."
            )
            joining = "Where it does, give both one 'episode', and totals counts them once; where not, write "
            advice = ("Where they do not, write " if alike else joining) + parting
            yield Problem(claims[name].at, fact, advice)


def _counted_over_weeks(part: Entry, whole: Entry, record: Record) -> bool:
    """Whether two events of one kind are two because the one is counted over weeks, and the other within them."""
    claims, ground = record.testimony.claims, record.ground
    return any(
        is_count_over_weeks(claims[mine], claims[its], ground)
        for mine in part.cause.claims
        for its in whole.cause.claims
    )


def _denials_of_one_of_several(record: Record) -> Iterator[Problem]:
    """Denials that fit no report, or may be of any of several, and so are held against none of them."""
    claims = record.testimony.claims
    denied: dict[str, set[str]] = {}
    for pair in record.reading().joins.possibly_one:
        for names, others in (pair.claims, pair.claims[::-1]):
            if all(claims[name].mode == "denies" for name in names):
                for name in names:
                    denied.setdefault(name, set()).update(it for it in others if claims[it].mode == "asserts")
    yield from denied_nothing(record, (name for name, reports in denied.items() if reports))
    for name, reports in denied.items():
        if not reports:
            continue
        together = ", ".join([*sorted(reports), name])
        when = time_spoken_of((claims[report] for report in reports), record.ground)
        dated = f" of {record.ground.clock.spoken(when)}" if when else ""
        fact = (
            f"It may deny any of {len(reports)} reports{dated}, and is held against none." if len(reports) > 1 else ""
        )
        fact = fact or f"It may deny '{min(reports)}'{dated}, and is not held against it."
        advice = f"If all are of one event, write 'same: [[{together}]]' at the end; else give it that 'episode' which it denies."
        yield Problem(claims[name].at, fact, advice)
