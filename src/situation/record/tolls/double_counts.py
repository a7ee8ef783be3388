"""Events of one place and time that may count the same people, told as two things: an attack and a capture, or by other doers.

Reports of one kind, by the same sides, are joined or listed where claims are joined. What one paper calls an attack and another
a capture, who killed the civilians by one account and by the other, and an attack told the other way round are two events of the
record; but their numbers may be of the same men.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from situation.dates import DAY
from situation.events import (
    CIVILIANS,
    UNKNOWN,
    ActorId,
    AreaId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PrisonersTaken,
)
from situation.log.entry import Entry, Reported
from situation.record.joining.possibly import PossiblyOne
from situation.record.readings.reading import Reading
from situation.record.tolls.event_figures import TOLL_MEASURES, EventFigures, Measure, event_figures, opponents
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["possibly_one_of"]

_KINDS: Final[Mapping[type[Event], str]] = {
    Attacked: "an attack",
    Captured: "a capture",
    CiviliansKilled: "a killing of civilians",
    GarrisonSurrendered: "a surrender",
    PrisonersTaken: "the taking of prisoners",
}
"""Events at a place of which two may count the same people, in words."""


@frozen
class _Toll:
    """An event that gives a number: of what, who stood against whom, who did it and to whom, by root."""

    entry: Entry
    claims: tuple[Claim, ...]
    figures: Mapping[Measure, EventFigures]
    opponents: frozenset[str]
    doers: frozenset[str]
    victims: frozenset[str]


def possibly_one_of(reading: Reading, ground: Ground) -> tuple[PossiblyOne, ...]:
    """The pairs of events that may be one: those that were not joined, and those that may be told twice, each once."""
    pairs = {doubt.claims: doubt for doubt in (*reading.joins.possibly_one, *_counted_twice(reading, ground))}
    return tuple(pairs[claims] for claims in sorted(pairs))


def _counted_twice(reading: Reading, ground: Ground) -> Iterator[PossiblyOne]:
    """Every two events of a reading that may count the same people though they are told as two things."""
    by_place: dict[AreaId, list[_Toll]] = {}
    for entry in reading.log:
        if (toll := _toll(entry, reading, ground)) is not None and entry.event.place is not None:
            by_place.setdefault(entry.event.place, []).append(toll)
    for tolls in by_place.values():
        tolls.sort(key=lambda toll: toll.entry.span.earliest)
        for number, one in enumerate(tolls):
            for other in tolls[number + 1 :]:
                if other.entry.span.earliest - one.entry.span.earliest >= DAY:
                    break
                alike = abs(other.entry.span.latest - one.entry.span.latest) < DAY
                if alike and (why := _why(one, other)) and not _are_two(one, other, reading):
                    sides = sorted(tuple(sorted(claim.id for claim in toll.claims)) for toll in (one, other))
                    yield PossiblyOne((sides[0], sides[1]), f"same time and place, {why}")


def _toll(entry: Entry, reading: Reading, ground: Ground) -> _Toll | None:
    event, cause = entry.event, entry.cause
    if type(event) not in _KINDS or not isinstance(cause, Reported):
        return None
    then = ground_when(event, entry.span, ground)
    given = {measure: event_figures(measure, event, then) for measure in TOLL_MEASURES}
    figures = {measure: it.of_people() for measure, it in given.items() if it is not None and (it.all or it.of)}
    if not figures:
        return None
    roots = {name: frozenset(_roots(getattr(event, name, ()), then)) for name in ("by", "against")}
    doers, victims = roots["by"], roots["against"]
    if isinstance(event, GarrisonSurrendered):
        doers, victims = frozenset(_roots(event.to, then)), roots["by"]
    if isinstance(event, CiviliansKilled):
        victims = frozenset({CIVILIANS})
    sides = frozenset(side for pair in opponents(event, then) if pair for side in pair.split("+"))
    return _Toll(entry, tuple(reading.claims[name] for name in cause.claims), figures, sides, doers, victims)


def _roots(actors: object, ground: Ground) -> Iterator[str]:
    for actor in actors if isinstance(actors, tuple) else () if actors is None else (actors,):
        if actor != UNKNOWN:
            yield str(actor) if actor == CIVILIANS else str(ground.root(ActorId(str(actor))))


def _are_two(one: _Toll, other: _Toll, reading: Reading) -> bool:
    """Whether somebody told them apart: a hand, the names of their episodes, a file of events, or a piece that has both."""
    testimony = reading.testimony
    for mine in one.claims:
        for its in other.claims:
            episodes = mine.episode and its.episode and mine.episode != its.episode
            piece = mine.source == its.source and testimony.known_from(mine) == testimony.known_from(its)
            if episodes or piece or testimony.parted(mine.id, its.id) or testimony.rows_of_one_file(mine, its):
                return True
    return False


def _why(one: _Toll, other: _Toll) -> str:
    """Why two events may count the same people, in words; empty where they do not."""
    kinds = [type(toll.entry.event) for toll in (one, other)]
    if not any(_counts_alike(one.figures[of], other.figures[of]) for of in one.figures if of in other.figures):
        return ""
    if kinds[0] is not kinds[1]:
        same = (one.opponents and one.opponents == other.opponents) or _civilians_alone(one, other)
        words = " and as ".join(sorted(_KINDS[kind] for kind in kinds))
        return f"told as {words}: where it is one, write both as one kind of event" if same else ""
    if one.victims and one.doers and one.victims == other.doers and one.doers == other.victims:
        return "told the other way round"
    if one.victims and one.victims == other.victims and one.doers and other.doers and not one.doers & other.doers:
        return "told of other doers"
    return ""


def _counts_alike(one: EventFigures, other: EventFigures) -> bool:
    """Whether two events count people whom the other counts, too: all of them, or those of one side."""
    return bool(one.all or other.all or one.of.keys() & other.of.keys())


def _civilians_alone(one: _Toll, other: _Toll) -> bool:
    """Whether one is a killing of civilians, and the other a fight of those who did it of which civilians alone are counted."""
    for killing, fight in ((one, other), (other, one)):
        counted = fight.figures.get("killed")
        alone = counted is not None and counted.all is None and counted.of.keys() == {CIVILIANS}
        if isinstance(killing.entry.event, CiviliansKilled) and alone and killing.doers <= fight.opponents:
            return True
    return False
