"""A reading: what a belief makes of the claims known at a moment. It holds the log, and every question with its rivals.

From interval to instant: an entry sits at the middle of its accepted interval, clipped to the window; what lasted
throughout the interval sits at its start. One forward pass in the order of stated sequence then moves each to no earlier
than its predecessor plus the stated gap. Of what overlaps at one place, `orders` finds the order, or says that it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import define

from situation.dates import Interval, Minute
from situation.events import OpeningAssumed
from situation.log.entry import Assumed, Entry, Log, Reported
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.beliefs.composition import composed
from situation.record.beliefs.weights import weigh
from situation.record.joining.estimates import with_rival_estimates
from situation.record.joining.joins import Joins, join
from situation.record.joining.origins import independent_voices
from situation.record.joining.questions import Happening, happenings, questions
from situation.record.joining.relations import DISPUTES, relate
from situation.record.joining.revisions import Revised, revisions
from situation.record.joining.standing import standing
from situation.record.joining.topic import speaks
from situation.record.opening import opening_agreements
from situation.record.order.orders import ChooseOrder, settled
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.sources import Testimony

__all__ = ["Reading", "opening_entries", "read_claims"]

_Instant = Callable[[Happening, Interval], Minute]
"""From a happening and its accepted interval to the minute at which it is held to have happened."""


@define(frozen=True, slots=False)
class Reading:
    """The log that a belief makes of some claims, and what it decided on the way.

    Args:
        belief: the policy's name.
        known_at: the knowledge time.
        claims: what was known and not taken back, by id.
        evidence: the claims' weights, voices and times.
        log: what is held to have happened.
        decided: every question, with weights and the accepted answer.
        passed_over: happenings that did not enter the log, by id.
        joins: which claims were held to be of one happening.
        taken_back: from the id of a claim that no longer counts to the claim that took it back.
        revised: the figures that their own voice has replaced, by claim and cell.
    """

    belief: str
    known_at: Minute
    claims: Mapping[str, Claim]
    evidence: Evidence
    log: Log
    decided: tuple[WeighedQuestion, ...]
    passed_over: tuple[str, ...]
    joins: Joins
    taken_back: Mapping[str, Claim]
    revised: Revised

    def on_cell(self, cell: str) -> tuple[WeighedQuestion, ...]:
        """The questions on a cell, in the order of their names."""
        return self._by_cell.get(cell, ())

    @cached_property
    def _by_cell(self) -> Mapping[str, tuple[WeighedQuestion, ...]]:
        grouped: dict[str, list[WeighedQuestion]] = {}
        for weighed in self.decided:
            grouped.setdefault(weighed.question.cell, []).append(weighed)
        return {cell: tuple(questions) for cell, questions in grouped.items()}


def read_claims(
    testimony: Testimony,
    ground: Ground,
    known_at: Minute,
    belief: Belief,
    name: str,
    carried: bool = False,
    instant: _Instant = lambda _, span: span.middle,
    choose: ChooseOrder | None = None,
) -> Reading:
    """What a belief makes of the claims known at a time.

    Args:
        testimony: everything ever said.
        ground, known_at: the map, and the knowledge time, a minute.
        belief: the policy.
        name: the policy's name.
        carried: know claims from their publication alone, as the outlets carried them.
        instant: how an accepted interval becomes a minute; by default, its middle.
        choose: draws an order of events where several are possible; by default, the order is then not known.
    """
    stand = standing(testimony, known_at, carried)
    claims = stand.claims
    joins = join(claims.values(), ground, testimony)
    known = Evidence(
        weight={key: weigh(claim, testimony, ground, known_at).value for key, claim in claims.items()},
        voice=independent_voices(claims, joins.happening, testimony),
        known={key: testimony.known_from(claim, carried) for key, claim in claims.items()},
        ground=ground,
    )
    candidates = happenings(joins, ground)
    revised = revisions(joins, ground, testimony, known.known)
    asked_of = with_rival_estimates(questions(joins, ground, revised), joins, ground, testimony)
    by_cell = {(question.cell, question.episode): question for question in asked_of}
    decided = {key: belief(question, known) for key, question in by_cell.items()}
    extra: list[WeighedQuestion] = []
    entries: list[Entry] = []
    passed_over: list[str] = []
    for happening in candidates:
        when = belief(happening.when, known)
        if any(claim.happened for claim in happening.claims):
            extra.append(when)
        if happening.occurred is not None:
            extra.append(occurred := belief(happening.occurred, known))
            if occurred.accepted is None or not occurred.accepted.value:
                passed_over.append(happening.id)
                continue
        entry = _entry(happening, when, decided, known, name, instant)
        if entry is None:
            passed_over.append(happening.id)
        else:
            entries.append(entry)
    opening = opening_entries(ground, claims)
    order = settled(entries, opening, known, claims, belief, name, choose)
    log = Log.of((*opening, *order.entries))
    passed_over += order.passed_over
    everything = sorted((*decided.values(), *extra, *order.decided), key=lambda weighed: weighed.question.id)
    return Reading(
        name, known_at, claims, known, log, tuple(everything), tuple(passed_over), joins, stand.taken_back, revised
    )


def opening_entries(ground: Ground, known: Mapping[str, Claim]) -> tuple[Entry, ...]:
    """What held at the window's start, an entry for every place, actor and relation; always known.

    Of the claims that suggest a value, only those known by then are named.
    """
    start = ground.window.earliest

    def entry(subject: str, values: Mapping[str, Any], because: Iterable[str], reason: str) -> Entry:
        cells = {f"{subject}.{attribute}": value for attribute, value in values.items()}
        cause = Assumed(tuple(sorted(claim for claim in because if claim in known)), reason)
        return Entry(f"opening:{subject}", start, Interval(start, start), OpeningAssumed(subject, cells), cause)

    entries = []
    for place, opening in ground.opening.places.items():
        values: dict[str, Any] = {"holder": frozenset(opening.holders) or opening.holder, "status": opening.status}
        if opening.parts:
            values["parts"] = opening.parts
        if opening.ring:
            values["besieger"] = opening.besieger or frozenset(opening.ring)
        entries.append(entry(place, values, opening.because, opening.assumed))
    for actor, intent in ground.opening.actors.items():
        entries.append(entry(actor, {"posture": intent.posture}, intent.because, intent.assumed))
    for relation in ground.opening.relations:
        pair = f"{relation.actor}:{relation.toward}"
        entries.append(entry(pair, {"stance": relation.stance}, relation.because, relation.assumed))
    return tuple(sorted((*entries, *opening_agreements(ground, known)), key=lambda entry: entry.id))


def _entry(
    happening: Happening,
    when: WeighedQuestion,
    decided: Mapping[tuple[str, str], WeighedQuestion],
    known: Evidence,
    belief: str,
    instant: _Instant,
) -> Entry | None:
    """The entry of a happening; None where its main answer, or its happening at all, is not believed."""
    if when.span is None:
        return None
    ground = known.ground.at(when.span.latest)
    ranked = sorted(happening.claims, key=lambda claim: (-known.weight[claim.id], known.known[claim.id]))
    cells = [cell for claim in ranked[:1] if claim.event for cell in speaks(claim, ground)]
    main = decided.get((cells[0], happening.episode)) if cells else None
    backed = [claim for claim in ranked if main is None or _supports(claim, main, ground)]
    if not backed:
        return None
    if main is not None and main.accepted is not None:  # who gives the accepted answer speaks first
        accepted = {claim.id for claim in main.accepted.claims}
        backed.sort(key=lambda claim: claim.id not in accepted)
    made = composed(backed, decided, happening.episode, ground)
    event = made.event
    silent = frozenset(
        cell
        for cell, value in event.speaks(ground.root).items()
        if (rival := decided.get((cell, happening.episode))) is not None
        and rival.accepted is not None
        and relate(cell, (value, event), (rival.accepted.value, rival.accepted.content), ground) == "contradicts"
    )
    supporters = {claim.id for claim in backed}
    passed = {claim.id for claim in (*happening.claims, *happening.denials)} - supporters
    cause = Reported(belief, tuple(sorted(supporters)), tuple(sorted(passed)), made.credit)
    placed = when.span.clipped_to(ground.window)
    time = placed.earliest if event.lasting else instant(happening, placed)
    return Entry(happening.id, time, when.span, event, cause, silent)


def _supports(claim: Claim, main: WeighedQuestion, ground: Ground) -> bool:
    """Whether a claim's answer on the main cell can stand beside the accepted one."""
    if main.accepted is None or claim.event is None:
        return False
    cell = main.question.cell
    answers = speaks(claim, ground)
    if cell not in answers:
        return True
    answer = answers[cell]
    accepted = (main.accepted.value, main.accepted.content)
    return relate(cell, (answer, claim.event), accepted, ground) not in DISPUTES or answer == main.accepted.value
