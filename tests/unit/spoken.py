"""Claims made in code, for tests of what is made of them: the Tarn valley's ground, and voices of known weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve

from situation.dates import Interval, Minute
from situation.events import ActorId, Event
from situation.events.predicates import Predicate
from situation.record.joining.joins import join
from situation.record.joining.questions import CellQuestion, questions
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.testimony.claims import AsOf, Claim, Credibility, Dated, Follows, Origin, Reliability, Source, Speaker
from situation.testimony.testimony import Testimony
from tests.unit.small import small_ground

__all__ = ["claim", "day", "heard", "judged", "moment", "questions_of", "reading", "record", "retraction", "span"]

GROUND = small_ground()
LONG_AGO = AsOf(0)


def moment(text: str) -> Minute:
    """The last minute of a date in the valley."""
    return GROUND.clock.moment(text)


def span(first: str, last: str = "") -> Interval:
    """From the first minute of a date to the last of another, or of the same."""
    return Interval(GROUND.clock.interval(first).earliest, moment(last or first))


def day(number: int) -> str:
    """A day of March 2020."""
    return f"2020-03-{number:02d}"


def judged(grade: Any, as_of: str = "2020-03-11") -> Credibility:
    """An assessment of an item."""
    return Credibility(grade, AsOf(moment(as_of)), "for the test")


def _source(name: str, grade: Any, published: str, lean: dict[str, float] | None = None) -> Source:
    leans = {ActorId(actor): value for actor, value in (lean or {}).items()}
    return Source(name, name, Dated(span(published)), Reliability(grade, LONG_AGO, ""), lean=leans)


SOURCES = {
    source.id: source
    for source in (
        _source("gazette", "A", day(11)),
        _source("courier", "C", day(12)),
        _source("herald", "E", day(13)),
        _source("unjudged", "F", day(13)),
        _source("partisan", "A", day(13), {"north": 1.0, "rebels": -1.0}),
    )
}
SPEAKERS = {
    speaker.id: speaker
    for speaker in (
        Speaker("marshal", "the Marshal", Reliability("B", LONG_AGO, ""), ActorId("north")),
        Speaker("colonel", "the Colonel", Reliability("B", LONG_AGO, ""), ActorId("north")),
        Speaker("mayor", "the Mayor", Reliability("B", LONG_AGO, "")),
        Speaker("gossip", "a gossip", Reliability("E", LONG_AGO, "")),
    )
}
ORIGINS = {
    origin.id: origin
    for origin in (Origin("north-office", "the press office", ActorId("north")), Origin("wire", "the Wire"))
}


def claim(
    name: str,
    content: Event | Predicate,
    happened: Interval | str | None = "2020-03-10",
    *,
    source: str = "gazette",
    said_by: str = "article",
    origin: str = "",
    episode: str = "arlen-falls",
    kind: Any = "",
    denied: bool = False,
    said: str = "",
    grades: tuple[Credibility, ...] = (judged(1),),
    follows: tuple[tuple[str, str], ...] = (),
) -> Claim:
    """A claim; certain (grade A1, weight 1) unless told otherwise."""
    when = span(happened) if isinstance(happened, str) else happened
    return Claim(
        id=name,
        source=source,
        says="",
        said_by=said_by,
        origin=origin or (source if said_by == "article" else said_by),
        mode="denies" if denied else "asserts",
        kind=kind or ("event" if isinstance(content, Event) else "statement"),
        content=content,
        said=Dated(span(said)) if said else None,
        happened=Dated(when) if when else None,
        episode=episode,
        credibility=grades,
        follows=tuple(Follows(happening, gap) for happening, gap in follows),
    )


def retraction(
    name: str,
    target: str,
    *,
    source: str = "gazette",
    said_by: str = "article",
    origin: str = "",
    said: str = "2020-03-11",
) -> Claim:
    """A claim that takes another back; the gazette's own, of the day on which its piece came out, unless told otherwise."""
    return Claim(
        id=name,
        source=source,
        says="",
        said_by=said_by,
        origin=origin or (source if said_by == "article" else said_by),
        mode="retracts",
        kind="retraction",
        content=None,
        retracts=target,
        said=Dated(span(said)) if said else None,
    )


def heard(*claims: Claim) -> Testimony:
    """Claims with all who make them."""
    return Testimony(SOURCES, SPEAKERS, ORIGINS, {claim.id: claim for claim in claims})


def record(*claims: Claim) -> Record:
    """A record of some claims on the valley's ground, which stands as in its opening."""
    because = {place: evolve(it, because=(), assumed="so") for place, it in GROUND.opening.places.items()}
    ground = evolve(GROUND, opening=evolve(GROUND.opening, places=because))
    return Record(ground, heard(*claims), ("record",), "", Path())


def questions_of(*claims: Claim) -> tuple[CellQuestion, ...]:
    """Every question that some claims answer."""
    return questions(join(claims, GROUND, heard(*claims)), GROUND)


def reading(*claims: Claim, belief: str = "graded", known_at: str | None = None) -> Reading:
    """What a belief makes of some claims."""
    return record(*claims).reading(known_at, belief)
