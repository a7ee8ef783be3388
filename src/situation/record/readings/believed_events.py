"""What a belief makes of one happening: an event, and its entries once it has its minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import evolve, frozen

from situation.dates import Interval, Minute
from situation.events import (
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    GarrisonSurrendered,
    HandedOver,
    OrderUnknown,
    Repelled,
)
from situation.log.entry import Entry, Reported
from situation.log.state import HOLDING, split_cell
from situation.log.terms import first_day, lapse
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.beliefs.composition import composed
from situation.record.beliefs.ties import either, without_tied
from situation.record.joining.comparisons import DISPUTES, AnswerRelation, relate
from situation.record.joining.over_weeks import runs_over_days
from situation.record.joining.questions import Happening
from situation.record.joining.topic import facts_of, speaks
from situation.testimony.apart import ground_when, when_apart
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["BelievedEvent", "Instant", "believed_happening"]

_COUNTS = ("killed", "wounded", "killed_of", "wounded_of", "number")
"""Fields that count the dead and wounded of an event."""
_TAKEN = (Captured, GarrisonSurrendered, HandedOver)
"""Events by which a place passes from one to another."""
_KEPT = (Repelled,)
"""Events that say who holds a place, who did so before."""
Instant = Callable[[Happening, Interval], Minute]
"""From a happening and its accepted interval to the minute at which it is held to have happened."""


@frozen(eq=False)
class BelievedEvent:
    """An event that is believed, before it has its minute.

    Args:
        happening: of which it tells.
        entry: as it stands in the log, at the beginning of its time.
        cause: its own, by no belief.
        placed: the interval in which it falls.
        runs: whether it went on all that time, and so begins with it.
    """

    happening: Happening
    entry: Entry
    cause: Reported
    placed: Interval
    runs: bool = False

    def entries(
        self, name: str, instant: Instant, decided: Mapping[tuple[str, str], WeighedQuestion], ground: Ground
    ) -> Iterable[Entry]:
        """Its entries in the log: its own, and what follows from it at its time.

        Args:
            name: that of the belief.
            instant: how an accepted interval becomes a minute.
            decided: the questions of its cluster, by cell and episode.
            ground: the map.
        """
        made = self.entry
        entry = Entry(
            made.id,
            made.time if made.event.lasting or self.runs else instant(self.happening, self.placed),
            made.span,
            made.event,
            Reported(name, self.cause.claims, self.cause.against, self.cause.credit),
            made.silent,
            made.unknown,
            either=made.either,
            accounts=made.accounts,
            voices=made.voices,
        )
        yield from _whoever(entry, self.happening.episode, decided, name)
        yield from _term(entry, ground)


def believed_happening(
    happening: Happening, belief: Belief, decided: Mapping[tuple[str, str], WeighedQuestion], known: Evidence
) -> tuple[list[WeighedQuestion], BelievedEvent | None]:
    """The questions when and whether something happened, decided, and its event; None: it is passed over.

    Args:
        belief: the policy.
        decided: the other questions of its cluster, by cell and episode.
        known: what may be known of its claims.
    """
    when = belief(happening.when, known)
    questions = [when] if any(claim.happened for claim in happening.claims) else []
    if happening.occurred is not None:
        questions.append(occurred := belief(happening.occurred, known))
        if occurred.accepted is None or not occurred.accepted.value:
            if not happening.undenied:
                return questions, None
            happening = happening.of(happening.undenied)
            questions[:-1] = [when := belief(happening.when, known)] if len(questions) > 1 else []
    return questions, _believed_event(happening, when, decided, known)


def _believed_event(
    happening: Happening,
    when: WeighedQuestion,
    decided: Mapping[tuple[str, str], WeighedQuestion],
    known: Evidence,
) -> BelievedEvent | None:
    """The event of a happening; None where its main answer, or its happening at all, is not believed.

    Args:
        when: the question when it happened, decided.
        decided: the other questions, by cell and episode.
        known: what may be known of its claims.
    """
    if when.span is None:
        return None
    ranked = sorted(happening.claims, key=lambda claim: (-known.weight[claim.id], known.known[claim.id]))
    ground = ground_when(ranked[0].content if ranked else None, when.span, known.ground)
    cells = [cell for claim in ranked[:1] if claim.event for cell in speaks(claim, ground)]
    main = decided.get((cells[0], happening.episode)) if cells else None
    backed = [claim for claim in ranked if main is None or _supports(claim, main, ground)]
    if not backed:
        return None
    accepted = {claim.id for claim in main.accepted.claims} if main is not None and main.accepted is not None else set()

    def rank(claim: Claim) -> tuple[bool, float, Minute]:  # who gives the accepted answer speaks first
        return claim.id not in accepted, -known.weight[claim.id], known.known[claim.id]

    backed.sort(key=rank)
    beside = [claim for claim in ranked if claim not in backed and main is not None and _is_beside(claim, main, ground)]
    whole = composed(backed, decided, happening.episode, ground, rank, known.voice, beside)
    said = whole.event
    cells_said = facts_of(said, ground.root).cells if said is backed[0].content else said.speaks(ground.root)
    made, unknown = without_tied(whole, cells_said, decided, happening.episode, ground)
    event = made.event
    silent = frozenset(
        cell
        for cell, value in (cells_said if event is said else event.speaks(ground.root)).items()
        if (rival := decided.get((cell, happening.episode))) is not None
        and rival.accepted is not None
        and relate(cell, (value, event), (rival.accepted.value, rival.accepted.content), ground) == "contradicts"
    )
    supporters = {claim.id for claim in backed}.union(*made.credit.values())
    passed = {claim.id for claim in (*happening.claims, *happening.denials)} - supporters
    cause = Reported("", tuple(sorted(supporters)), tuple(sorted(passed)), made.credit)
    placed = when_apart(event, when.span.clipped_to(ground.window), known.ground)
    lasted = _while_counted(happening, made.credit, when.span, known.ground) if event.lane == "fighting" else when.span
    doers = either(event, backed)
    entry = Entry(
        happening.id,
        placed.earliest,
        lasted,
        event,
        cause,
        silent - unknown,
        unknown,
        either=doers,
        accounts=made.accounts,
        voices=tuple(sorted((claim.source, claim.said_by, claim.says) for claim in happening.claims)),
    )
    return BelievedEvent(happening, entry, cause, placed, runs_over_days(event, lasted, happening.claims))


def _whoever(
    entry: Entry, episode: str, decided: Mapping[tuple[str, str], WeighedQuestion], belief: str
) -> Iterable[Entry]:
    """An entry; where a place is with one of those between whom nothing decides, also that nobody is known to hold it."""
    weighed = decided.get((f"{entry.event.place}.holder", episode))
    if weighed is None or not weighed.tied or not isinstance(entry.event, (*_TAKEN, *_KEPT)):
        yield entry
        return
    marked = {f"{entry.event.place}.{name}" for name in (*HOLDING, "taken_by")}
    yield evolve(entry, silent=entry.silent | marked, unknown=entry.unknown - marked)
    answers = tuple(sorted(((answer.value, "held", None, None) for answer in weighed.tied), key=repr))
    mark = OrderUnknown(entry.event.place, answers=answers, rivals=True)
    cause = Reported(belief, entry.cause.claims, entry.cause.against)
    name = entry.id.partition("/")[2] if isinstance(entry.event, Captured) else entry.id
    yield Entry(f"orderunknown/{name}", entry.time, entry.span, mark, cause, either=entry.either)


def _while_counted(
    happening: Happening, credit: Mapping[str, tuple[str, ...]], when: Interval, ground: Ground
) -> Interval:
    """The days of a fight: a toll over several is not of the one day that another report names.

    Each number is of the closest days that anybody gives it, and all of them of the widest of these: 400 killed in a month and
    20 wounded on a day of it are of the month. Who says only in words when it was, or in which week, is narrowed all the same.

    Args:
        credit: from a field of the event to the claims that gave it.
        when: the time that is accepted, narrowed by who is more exact.
    """
    counted: list[Interval] = []
    for key, names in credit.items():
        if key.partition(".")[0] in _COUNTS:
            times = [it.happened for it in happening.claims if it.id in names and it.happened is not None]
            dated = all(it.precision in ("exact", "day", "vague") and not it.words for it in times)
            if not dated or not all(it.span.contains(when) for it in times):
                return when
            if times:
                counted.append(
                    min((it.span for it in times), key=lambda span: (span.latest - span.earliest, span.earliest))
                )
    return max(counted, key=lambda span: (span.latest - span.earliest, -span.earliest), default=when)


def _term(entry: Entry, ground: Ground) -> Iterable[Entry]:
    """The beginning of a ceasefire whose first day came after it was agreed on, and its end, as far as within the window."""
    if not isinstance(entry.event, CeasefireAgreed):
        return
    first = first_day(entry.event, entry.time, ground)
    if first is not None and first.earliest <= ground.window.latest:
        name = f"ceasefirebegan/{entry.id.partition('/')[2]}"
        yield Entry(name, first.earliest, first, CeasefireBegan(entry.event.agreed), entry.cause, entry.silent)
    yield from lapse(entry.event.agreed, entry, ground)


def _supports(claim: Claim, main: WeighedQuestion, ground: Ground) -> bool:
    """Whether a claim's answer on the main cell can stand beside the accepted one; of those tied, each may."""
    if any(claim in answer.claims for answer in main.tied):
        return isinstance(claim.event, _TAKEN) or split_cell(main.question.cell)[1] != "holder"
    return _relation(claim, main, ground) not in (None, *DISPUTES)


def _is_beside(claim: Claim, main: WeighedQuestion, ground: Ground) -> bool:
    """Whether a claim tells of the same, though its answer on the main cell is not the accepted one: of other units, say."""
    return claim.mode == "asserts" and _relation(claim, main, ground) == "tension"


def _relation(claim: Claim, main: WeighedQuestion, ground: Ground) -> AnswerRelation | None:
    """How a claim's answer on the main cell stands to the accepted one; None where there is no such answer, or no event."""
    if main.accepted is None or claim.event is None:
        return None
    cell, accepted = main.question.cell, main.accepted
    answers = speaks(claim, ground)
    if cell not in answers or answers[cell] == accepted.value:
        return "agrees"
    return relate(cell, (answers[cell], claim.event), (accepted.value, accepted.content), ground)
