"""From when until when what was agreed holds: at once, or from a later first day on; for ever, or for a term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situation.dates import Interval, Minute
from situation.events import Agreement, AgreementLapsed, CeasefireAgreed, CeasefireBegan, Day, Event
from situation.log.entry import Entry
from situation.testimony.ground import Ground

__all__ = [
    "agreement_key",
    "begins_later",
    "covers",
    "first_day",
    "is_in_force",
    "is_over",
    "lapse",
    "repeated_beginnings",
    "replaces",
]


def agreement_key(agreed: Agreement) -> tuple[str, ...]:
    """A key by which agreements are put in order: one that holds everywhere and for ever comes last."""
    always = not agreed.scope and agreed.since is None and agreed.until is None
    return (
        "always" if always else "",
        agreed.since or "",
        agreed.until or "",
        *sorted(agreed.scope),
        "|",
        *sorted(agreed.parties),
        agreed.kind,
    )


def begins_later(since: Day | None, at: Minute, ground: Ground) -> bool:
    """Whether what was agreed at a minute holds only from a later day on."""
    return since is not None and at < ground.clock.interval(since).earliest


def first_day(event: Event, at: Minute, ground: Ground) -> Interval | None:
    """The first day of a ceasefire that was agreed on before it, at a minute; None of all else."""
    if not isinstance(event, CeasefireAgreed) or event.since is None or not begins_later(event.since, at, ground):
        return None
    return ground.clock.interval(event.since)


def is_over(until: Day | None, at: Minute, ground: Ground) -> bool:
    """Whether at a minute the last day of what was agreed has passed."""
    return until is not None and at > ground.clock.moment(until)


def is_in_force(agreed: Agreement, at: Minute, ground: Ground) -> bool:
    """Whether a minute lies within the term of an agreement."""
    return not begins_later(agreed.since, at, ground) and not is_over(agreed.until, at, ground)


def covers(agreed: Agreement, other: Agreement, ground: Ground) -> bool:
    """Whether an agreement holds wherever another does, so that it takes the other's place once it begins."""
    if not agreed.scope:
        return True
    scopes = ({place for area in it.scope for place in ground.members(area)} for it in (other, agreed))
    return bool(other.scope) and next(scopes) <= next(scopes)


def replaces(other: Agreement, agreed: Agreement, ground: Ground) -> bool:
    """Whether an agreement, once it begins, takes the place of another: it holds wherever that does, and is not over before."""
    if not covers(other, agreed, ground):
        return False
    if agreed.since is None or other.until is None:
        return True
    return ground.clock.interval(agreed.since).earliest <= ground.clock.moment(other.until)


def lapse(agreed: Agreement, made: Entry, ground: Ground) -> Iterator[Entry]:
    """The end of an agreement's term, within the window and after it was made: on the day after the last one.

    Args:
        agreed: the agreement.
        made: the entry by which it stands; its claims stand behind the end as well.
        ground: the map, with its clock and window.
    """
    if agreed.until is None or is_over(agreed.until, made.time, ground):
        return
    after = ground.clock.moment(agreed.until) + 1
    if after <= ground.window.latest:
        name = f"agreementlapsed/{made.id.partition('/')[2] or made.id}"
        day = ground.clock.interval(ground.clock.day(after))
        yield Entry(name, after, Interval(after, day.latest), AgreementLapsed(agreed), made.cause, made.silent)


def repeated_beginnings(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of entries that say once more what another of their minute says: a truce of three sides begins for each pair."""
    seen: set[tuple[Minute, Agreement]] = set()
    again: set[str] = set()
    for entry in entries:
        if isinstance(entry.event, CeasefireBegan):
            key = (entry.time, entry.event.agreed)
            again |= {entry.id} if key in seen else set()
            seen.add(key)
    return frozenset(again)
