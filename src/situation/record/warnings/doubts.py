"""What is well-formed and yet hardly meant: warnings, each at its line, none of which stops anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from situation.dates import HOUR, Interval, Minute
from situation.errors import Problem
from situation.events import (
    ActorsMerged,
    ActorSplit,
    Attacked,
    Captured,
    Event,
    OrderUnknown,
    leaves_taker_out,
)
from situation.log.entry import Entry, Reported
from situation.log.fold import Folding
from situation.log.record_words import sentence
from situation.log.state import StateView, holders_in, split_cell
from situation.log.value_words import list_in_words
from situation.record.joining.likeness import JoinRule, can_be_one
from situation.record.order.objections import objection
from situation.record.record import Record
from situation.record.warnings.already_left import already_left
from situation.record.warnings.dated_twice import rivals_in_date
from situation.record.warnings.implausible import implausible_values
from situation.record.warnings.odd_texts import odd_texts
from situation.record.warnings.since_when import since_when
from situation.record.warnings.uneven_tolls import uneven_tolls
from situation.record.warnings.unordered import unordered
from situation.record.warnings.ways_to_say import ways_to_say
from situation.testimony.apart import ground_when
from situation.testimony.authority import unheeded
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["doubts_of"]


def doubts_of(record: Record, today: Minute | None = None) -> list[Problem]:
    """Every warning on a record, by all that is known now, in the order of the files.

    Args:
        record: the record.
        today: now, so that what is dated later is told; None: nothing is asked of it.
    """
    return sorted(
        {
            *_strangers(record.testimony, record.ground),
            *_speakers_relayed(record.testimony),
            *_nonsense(record),
            *_struck_after_sinking(record),
            *_taken_by_nobody_named(record),
            *_unknown_orders(record),
            *unordered(record),
            *_against_the_dates(record),
            *_hours_shown_twice(record),
            *uneven_tolls(record),
            *implausible_values(record, today),
            *odd_texts(record),
            *since_when(record),
            *ways_to_say(record),
        }
    )


def _speakers_relayed(testimony: Testimony) -> Iterable[Problem]:
    """Speakers who stand under 'origin' alone: their words count as theirs, and are told as the outlet's."""
    for claim in testimony.claims.values():
        if claim.said_by == "article" and claim.origin in testimony.speakers:
            fact = f"'{claim.origin}' is a speaker, and stands under 'origin'."
            advice = f"Write 'said_by: {claim.origin}'; 'origin' is the body whose words are relayed, such as a press office."
            yield Problem(claim.at, fact, advice)


def _nonsense(record: Record) -> Iterable[Problem]:
    """Events that cannot have happened in the state that the log before them comes to."""
    ground, claims = record.ground, record.testimony.claims
    folding, alike = Folding(ground), dict[tuple[type[Event], str | None], list[Entry]]()
    rivals, log = rivals_in_date(record), list(record.log())
    unsettled = {name for entry in log if isinstance(entry.event, OrderUnknown) for name in entry.cause.claims}
    for entry in log:
        earlier = alike.setdefault((type(entry.event), entry.event.place), [])
        by_claims = isinstance(entry.cause, Reported) and entry.event.reported
        for name in entry.cause.claims if by_claims else ():
            event = claims[name].event
            gone = fact = ""
            if event is not None:
                then = ground_when(entry.event, entry.span, ground)
                gone = _gone(event, folding.live, then)
                fact = gone or ("" if name in unsettled else objection(event, folding.live, then))
            among_themselves = isinstance(event, Attacked) and event.among_themselves and not gone
            if fact and not (among_themselves and record.testimony.sources[claims[name].source].rows):
                fact, when = f"{fact[0].upper()}{fact[1:]}", ground.clock.spoken(entry.span)
                same = _perhaps_the_same(entry, name, earlier, record.testimony.separate)
                advice = (
                    f"It does not fit what the record has before it, by {when}: check side, place and date of this claim, "
                    f"and of those before it.{same}"
                )
                if name in rivals:
                    fact, advice = rivals[name]
                if among_themselves:
                    advice = "If its own people fought each other, leave it as it is; else name the other side."
                yield Problem(claims[name].at, fact, advice)
        yield from already_left(entry, claims, folding.live, ground)
        folding.apply(entry)
        earlier.append(entry)


def _perhaps_the_same(entry: Entry, name: str, earlier: Sequence[Entry], apart: Sequence[tuple[str, ...]]) -> str:
    """What to write where a claim may tell of the same as one of the events of its kind and place that came some days before."""
    doubtful = JoinRule().doubtful
    for other in reversed(earlier if entry.event.place is not None else ()):
        if entry.time - other.time > doubtful:
            break
        first = other.cause.claims[0]
        if not any({first, name} <= set(names) for names in apart):
            return f" If it tells of the same as '{first}', write 'same: [[{first}, {name}]]' at the end."
    return ""


def _gone(event: Event, state: StateView, ground: Ground) -> str:
    """Where somebody acts who had broken up, or joined another, before."""
    if isinstance(event, ActorSplit | ActorsMerged):
        return ""
    for actor in event.actors:
        heirs = state.get(ground.root(actor), "successors") or ()
        if heirs and not {actor, ground.root(actor)} & {*heirs}:
            return f"{ground.name(actor)} had become {list_in_words(map(ground.name, heirs))} by then."
    return ""


def _taken_by_nobody_named(record: Record) -> Iterable[Problem]:
    """Places of which a holder is known, and which are then said to have been taken, by whom no source says."""
    ground, claims = record.ground, record.testimony.claims
    pairs = [pair.claims for pair in record.reading().joins.possibly_one]
    folding = Folding(ground)
    for entry in record.log():
        event, place, then = entry.event, str(entry.event.place), ground.at(entry.time)
        held, ring = (holders_in(folding.live.get(place, name)) for name in ("holder", "besieger"))
        folding.apply(entry)
        if not held or not leaves_taker_out(event) or f"{place}.holder" in entry.silent:
            continue
        key = "by" if isinstance(event, Captured) else "to"
        ringed = f" ({list_in_words(then.name(one) for one in ring)} ringed it until then)" if ring else ""
        for name in entry.cause.claims:
            sides = [side for pair in pairs if any(name in side for side in pair) for side in pair if name not in side]
            near = sorted({other for side in sides for other in side})
            same = f", or join it under 'same' with what tells of the same ({', '.join(near)})" if near else ""
            fact = f"It is not said to whom {then.name(place)} fell, so nobody is known to hold it from then on."
            yield Problem(claims[name].at, fact, f"Name the takers under '{key}'{ringed}{same}.")


def _struck_after_sinking(record: Record) -> Iterable[Problem]:
    """What is told of a ship and passed over, since it cannot have been beside what is believed."""
    ground = record.ground
    for weighed in record.reading().decided:
        question = weighed.question
        if not question.exclusive:
            continue
        name = ground.name(split_cell(question.cell)[0])
        for answer in question.answers:
            if weighed.accepted is not None and answer.value == weighed.accepted.value:
                continue
            fact = f"{name} had been sunk before."
            if isinstance(answer.value, Interval) and weighed.span is not None and answer.value < weighed.span:
                fact = f"{name} is said to have been sunk at another time."
            elif answer.value == "sunk":
                fact = f"{name} is said to have been struck after it was sunk."
            for claim in answer.claims:
                yield Problem(
                    claim.at,
                    f"{fact[0].upper()}{fact[1:]}",
                    "Only one of the two can be true, and this one is not believed: check date and ship of both.",
                )


def _unknown_orders(record: Record) -> Iterable[Problem]:
    """Events of which no claim tells which came first, and on whose order it hangs who held a place."""
    claims = record.testimony.claims
    for entry in record.log():
        if isinstance(entry.event, OrderUnknown) and entry.event.answers and not entry.event.rivals:
            for name in entry.cause.claims:
                fact = f"{sentence(entry.event, record.ground.at(entry.time))}."
                yield Problem(
                    claims[name].at, fact, "Say what came after what, under 'follows', or give a nearer time."
                )


def _against_the_dates(record: Record) -> Iterable[Problem]:
    """Claims that are dated before what they are said to follow: the order then moves them to a time that no source gives."""
    ground = record.ground
    spans = {entry.id: entry.span for entry in record.log()}
    for claim in record.claims_in_force():
        if claim.happened is None or claim.event is None:
            continue
        for step in claim.follows:
            heads = [name for name in spans if f"{name}/".startswith(f"{step.happening}/")]
            gap = ground.lexicon[step.gap].least if step.gap else 0
            for span in (spans[name] for name in heads):
                if claim.happened.span.latest < span.earliest + gap:
                    own, after = (ground.clock.spoken(it) for it in (claim.happened.span, span))
                    fact = f"It is dated {own}, and is said to follow '{step.happening}', dated {after}."
                    yield Problem(
                        claim.at, fact, "Correct 'follows' or one of the dates; as it is, it is put after that."
                    )


def _hours_shown_twice(record: Record) -> Iterable[Problem]:
    """Times of day that local clocks showed twice, as they were put back over them."""
    zone = record.ground.clock.zone.name
    for claim in record.claims_in_force() if zone else ():
        for key, time in (("happened", claim.happened), ("said", claim.said)):
            width = time.span.latest - time.span.earliest if time is not None and time.precision == "exact" else 0
            if 0 < width < _SHORTEST_DAY:
                fact = f"Local clocks showed the time under '{key}' twice in {zone}, and it is read as either."
                yield Problem(claim.at, fact, "Give its offset from UTC, such as +03:00, to settle it.")


_SHORTEST_DAY = 12 * HOUR
"""Shorter than any day, and longer than clocks are ever put back; minutes."""


def _strangers(testimony: Testimony, ground: Ground) -> Iterable[Problem]:
    """Retractions and corrections by a voice that did not make the claim."""
    for claim, target in unheeded(testimony):
        verb = "correct" if claim.corrects else "take back"
        whose, other = testimony.teller(claim), testimony.teller(target)
        fact = f"{whose} cannot {verb} '{target.id}', which {other} said."
        if claim.corrects and (target.mode != "asserts" or target.kind != "event" or can_be_one(claim, target, ground)):
            effect = "Both claims stay, as rivals."
        elif claim.corrects:
            effect = "It counts as a denial of that and as a claim of its own, and both stay."
        elif target.mode == "asserts" and target.kind in ("event", "statement"):
            effect = "It counts as a denial, and both claims stay."
        else:
            effect = "It changes nothing."
        advice = f"{effect} Who may do so for another is said under 'may_take_back' of sources.yaml."
        yield Problem(claim.at, fact, advice)
