"""What some source tells and others deny, and is not believed; and what some source foretold and did not come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import frozen

from situation.dates import Interval, Minute
from situation.events import Attacked, Captured, CiviliansKilled, Event, Repelled, roots
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.story_words import event_in_words
from situation.record.answers.state import Lens
from situation.record.joining.topic import content_key, facts_of, ground_then, span_of, time_spoken_of
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.record.tolls.within import areas_around
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["NotBelieved", "not_believed", "not_believed_answer", "why_not"]


_FIGHTS: Final = (Attacked, CiviliansKilled)
_AS_WELL: Final[Mapping[type[Event], tuple[type[Event], ...]]] = MappingProxyType(
    {Attacked: (Repelled, Captured, CiviliansKilled)}
)
"""By what is foretold, what else shows that it came: an attack that takes a place, or is thrown back, is one."""


@frozen
class NotBelieved:
    """What is told or foretold, and is not held to have happened.

    Args:
        kind: whether others deny it, or it was foretold and did not come.
        span: when it is said to have happened, or for when it was foretold.
        text: what it would have been, in words; of a forecast, in the words of its claim.
        claims: who tells of it, or foretold it.
        against: who denies it.
    """

    kind: Literal["denied", "foretold"]
    span: Interval
    text: str
    claims: tuple[Claim, ...]
    against: tuple[Claim, ...] = ()


def not_believed(record: Record, until: Minute, lens: Lens) -> tuple[NotBelieved, ...]:
    """What is told or foretold of the time up to a minute, and is not held to have happened, in order of time."""
    made = [*_denied(record, lens), *_foretold(record, min(until, record.known(lens.known_at)), lens)]
    return tuple(sorted((it for it in made if it.span.earliest <= until), key=lambda it: (it.span, it.text)))


def why_not(of: NotBelieved, ground: Ground) -> str:
    """Why a forecast is among them, in words: its time is over, or the window is before its time was."""
    if of.span.latest < ground.window.latest:
        return "it did not come in that time"
    return f"it had not happened by {ground.clock.spoken_day(ground.window.latest)}, where the window ends"


def not_believed_answer(of: NotBelieved, ground: Ground) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "kind": of.kind,
        "earliest": ground.clock.text(of.span.earliest),
        "latest": ground.clock.text(of.span.latest),
        "text": of.text,
        "claims": [claim.id for claim in of.claims],
        "against": [claim.id for claim in of.against],
    }


def _denied(record: Record, lens: Lens) -> Iterator[NotBelieved]:
    """Of what is denied, that of which no claim is behind an entry of the log."""
    ground = record.ground
    doubted = [it for it in record.reading(**lens.keys).decided if it.question.cell.endswith(".occurred")]
    if not doubted:
        return
    behind = {name for entry in record.log(**lens.keys) for name in entry.cause.claims}
    for weighed in doubted:
        claims, against = (
            tuple(claim for answer in weighed.question.answers if answer.value == yes for claim in answer.claims)
            for yes in (True, False)
        )
        if claims and not any(claim.id in behind for claim in claims):
            first = min(claims, key=lambda claim: content_key(claim, ground)[:-1])
            text = _in_words(first, claims, ground)
            span = time_spoken_of(claims, ground) or ground.window
            yield NotBelieved("denied", span, text, claims, against)


def _foretold(record: Record, by: Minute, lens: Lens) -> Iterator[NotBelieved]:
    """Forecasts whose time was over by a minute, and of which nothing had come by its end."""
    ground, reading = record.ground, record.reading(**lens.keys)
    alike: dict[tuple[str, Interval], list[Claim]] = {}
    for claim in reading.claims.values():
        due = span_of(claim, ground)
        if claim.kind == "forecast" and claim.mode == "asserts" and claim.event is not None and due.latest <= by:
            alike.setdefault((facts_of(claim.event, ground.root).text, due), []).append(claim)
    if not alike:
        return
    entries, history = record.log(**lens.keys), _by_cell(record.history(**lens.keys))
    for (_, due), claims in alike.items():
        made = min(record.testimony.known_from(claim) for claim in claims)
        if not any(
            _came(claim, Interval(min(made, due.earliest), due.latest), entries, history, reading, ground)
            for claim in claims
        ):
            first = min(claims, key=lambda claim: content_key(claim, ground)[:-1])
            text = first.says.rstrip(".") or _in_words(first, claims, ground)
            yield NotBelieved("foretold", due, text, tuple(claims))


def _in_words(first: Claim, claims: Iterable[Claim], ground: Ground) -> str:
    assert first.event is not None
    return event_in_words(first.event, ground_then(claims, ground))


def _by_cell(history: Iterable[Change]) -> Mapping[str, list[Change]]:
    changes: dict[str, list[Change]] = {}
    for change in history:
        changes.setdefault(change.cell, []).append(change)
    return changes


def _came(
    claim: Claim,
    time: Interval,
    entries: Iterable[Entry],
    history: Mapping[str, list[Change]],
    reading: Reading,
    ground: Ground,
) -> bool:
    """Whether what a forecast tells of came in a time: such an event, or that of which it would have been the cause."""
    event, episodes = claim.event, reading.joins.episode
    assert event is not None
    for cell, value in facts_of(event, ground.root).cells.items():
        if cell.endswith(".holder") and value is not None:
            held = history.get(cell, ())
            return any(
                it.value == value and it.since <= time.latest and (it.until is None or it.until > time.earliest)
                for it in held
            )
    for entry in entries:
        if type(entry.event) in (type(event), *_AS_WELL.get(type(event), ())) and _is_of(event, entry.event, ground):
            own = claim.episode and any(episodes.get(name) == claim.episode for name in entry.cause.claims)
            if entry.span.earliest <= time.latest and (own or entry.span.latest >= time.earliest):
                return True
    return False


def _is_of(foretold: Event, came: Event, ground: Ground) -> bool:
    """Whether an event is of the subject that was foretold, or at its place, and by the sides, as far as both name them.

    What is foretold of no place may come anywhere, and what is foretold of an area anywhere in it.
    """
    mine, its = facts_of(foretold, ground.root).actors, facts_of(came, ground.root).actors
    everyone = {root for actors in its.values() for root in roots(ground.root, actors)}
    there = foretold.subject == came.subject
    if isinstance(foretold, _FIGHTS) and foretold.subject != came.subject:
        there = foretold.place is None or (
            came.place is not None and foretold.place in (came.place, *areas_around(came.place, ground))
        )
    return there and (
        not everyone or all({*roots(ground.root, actors)} & everyone for actors in mine.values() if actors)
    )
