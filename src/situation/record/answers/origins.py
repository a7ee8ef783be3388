"""The course of an event as plain values, with stable keys: documented in `docs/json.md`, and a test holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.errors import Fault, near_miss
from situation.log.story_words import entry_in_words
from situation.record.answers.state import Lens, value_answer
from situation.record.cell_names import event_in_ids, event_near
from situation.record.evidence.retracted import taken_back
from situation.record.joining.origins import Course, course_of, relays_of_pieces, tellers, voice_name
from situation.record.record import Record
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["circular_notes", "course_answer", "find_course"]


def find_course(record: Record, written: str, lens: Lens) -> Course:
    """The course of the event that is meant: by its name, by kind and place where these name one, or by one of its claims.

    Raises:
        Fault: there is none, or more than one; with what there is.
    """
    reading = record.reading(**lens.keys)
    happening = reading.joins.happening
    names = sorted(set(happening.values()))
    back, testimony = reading.taken_back, record.testimony
    by_event = tellers(reading.claims, happening, back, testimony)
    by_claim = {claim.id: event for event, claims in by_event.items() for claim in claims}
    if written in by_claim:
        event = by_claim[written]
    else:
        written = event_in_ids(written, record.ground)
        matching = [name for name in names if name == written] or [
            name for name in names if name.startswith(f"{written.rstrip('/')}/")
        ]
        if len(matching) > 1:
            raise Fault(f"'{written}' may be any of {len(matching)} events.", f"Name one: {', '.join(matching)}.")
        for one in () if matching else taken_back(reading, record.testimony, lens.carried):
            if written == one.claim.id or _tells_of(one.claim, written.rstrip("/")):
                fact = f"'{one.claim.id}', which told of it, was taken back by '{one.by.id}'."
                raise Fault(fact, "Ask what was known before that.", argument="event")
        if not matching:
            meant = event_near(written, record.ground)
            hint = (
                near_miss(next((it for it in names if it.startswith(f"{meant}/")), written), names)
                or "Write it as kind/place/episode, or name one of its claims."
            )
            raise Fault(f"No claim tells of an event '{written}'.", hint, argument="event")
        event = matching[0]
    return course_of(event, by_event[event], back, testimony, record.ground)


def _tells_of(claim: Claim, event: str) -> bool:
    """Whether a claim that was taken back told of an event of a kind at a place, in its episode where it names one."""
    kind, _, rest = event.partition("/")
    subject, _, episode = rest.partition("/")
    same = claim.event is not None and (type(claim.event).__name__.lower(), claim.event.subject) == (kind, subject)
    return same and (not claim.episode or not episode or episode.startswith(claim.episode))


def circular_notes(record: Record) -> list[str]:
    """What `check` says of reports that rest on each other, each at the line of its first claim."""
    reading = record.reading()
    happening = reading.joins.happening
    relays = relays_of_pieces(reading.claims.values(), record.testimony)
    notes = []
    for event in sorted({happening[claim.id] for claim in relays if claim.id in happening}):
        for circle in find_course(record, event, Lens()).circles:
            claims = [record.testimony.claims[name] for name in circle.claims]
            fact = f"{claims[0].at}: {circle.why} ({', '.join(circle.claims)}). They count as one voice."
            notes.append(f"{fact} {circle.advice}")
    return notes


def _spoken_of(claim: Claim, ground: Ground) -> dict[str, str | None]:
    """The time that a claim speaks of, by its ends: null where it gives none."""
    span = None if claim.happened is None else claim.happened.span
    return {end: None if span is None else ground.clock.text(getattr(span, end)) for end in ("earliest", "latest")}


def course_answer(course: Course, record: Record, lens: Lens) -> dict[str, Any]:
    """Who originated, repeated and changed what is told of an event, by voice and time."""
    ground, testimony = record.ground, record.testimony
    entry = next((entry for entry in record.log(**lens.keys) if entry.id == course.event), None)

    def changes(changed: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
        return {
            name: {"before": value_answer(before, ground), "after": value_answer(after, ground)}
            for name, (before, after) in changed.items()
        }

    return {
        "event": course.event,
        "text": entry_in_words(entry, ground) if entry else None,
        "claims": sum(not report.taken_back_by for reports in course.voices.values() for report in reports),
        "voices": len(course.voices),
        "origins": [
            {
                "voice": voice,
                "name": voice_name(voice, testimony, ground.actors),
                "reports": [
                    {
                        "claim": report.claim.id,
                        "at": ground.clock.text(report.at),
                        "role": report.role,
                        "of": report.of or None,
                        "changed": changes(report.changed),
                        **_spoken_of(report.claim, ground),
                        "source": report.claim.source,
                        "outlet": testimony.sources[report.claim.source].outlet,
                        "said_by": report.claim.said_by,
                        "origin": report.claim.origin,
                        "stance": report.claim.mode,
                        "says": report.claim.says,
                        "retracted_by": report.taken_back_by or None,
                    }
                    for report in reports
                ],
            }
            for voice, reports in course.voices.items()
        ],
        "retracted": [
            {"claim": one.claim.id, "says": one.claim.says, "at": ground.clock.text(one.at), "by": one.by.id}
            for one in taken_back(record.reading(**lens.keys), testimony, lens.carried)
            if _tells_of(one.claim, course.event)
        ],
        "circular": [{"claims": list(circle.claims), "why": circle.why} for circle in course.circles],
    }
