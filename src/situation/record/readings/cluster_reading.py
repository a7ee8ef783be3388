"""What a belief makes of one cluster of claims: its questions decided, and an entry for each event that is believed.

From interval to instant: an entry sits at the middle of its accepted interval, clipped to the window; what lasted
throughout the interval sits at its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from attrs import define, evolve, frozen

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
from situation.log.state import split_cell
from situation.log.terms import first_day, lapse
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.beliefs.composition import composed
from situation.record.beliefs.ties import either, without_tied
from situation.record.joining.questions import CellQuestion, Happening
from situation.record.joining.relations import DISPUTES, relate
from situation.record.joining.topic import facts_of, speaks
from situation.record.order.chains import CONTROLLED
from situation.record.readings.joined_clusters import JoinedCluster
from situation.record.readings.successors import stated_holdings
from situation.testimony.apart import ground_when, when_apart
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["ClusterReading", "Instant", "read_cluster"]

_COUNTS = ("killed", "wounded", "killed_of", "wounded_of", "number")
"""Fields that count the dead and wounded of an event."""
_TAKEN = (Captured, GarrisonSurrendered, HandedOver)
"""Events by which a place passes from one to another."""
_KEPT = (Repelled,)
"""Events that say who holds a place, who did so before."""
Instant = Callable[[Happening, Interval], Minute]
"""From a happening and its accepted interval to the minute at which it is held to have happened."""


@frozen(eq=False)
class _Made:
    """What a belief makes of a happening: the questions over it, and its entries; none: it is passed over."""

    decided: tuple[WeighedQuestion, ...]
    entries: tuple[Entry, ...]


@frozen(eq=False)
class ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: its claims.
        evidence: their weights, voices and times.
        decided: its questions, with weights and the accepted answer.
        entries: what is held to have happened, by id, not yet in order.
        passed_over: the ids of the happenings that are not believed.
        answered: its questions by cell and episode.
        made: what was made of each happening.
    """

    joined: JoinedCluster
    evidence: Evidence
    decided: tuple[WeighedQuestion, ...]
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]
    answered: Mapping[tuple[str, str], WeighedQuestion]
    made: Mapping[str, _Made]


def read_cluster(
    joined: JoinedCluster,
    known: Evidence,
    belief: Belief,
    name: str,
    instant: Instant,
    before: ClusterReading | None = None,
) -> ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: the cluster, as known at a time.
        known: the weights, voices and times of its claims, and the map.
        belief, name: the policy and its name.
        instant: how an accepted interval becomes a minute.
        before: what the same belief made of the cluster as known at another time: what is as it was then stays.
    """
    work = _Deciding(joined, known, belief, name, instant, before)
    answered = {(question.cell, question.episode): work.weighed(question) for question in joined.questions}
    made = {happening.id: work.made(happening, answered) for happening in joined.candidates}
    decided = (*answered.values(), *(weighed for it in made.values() for weighed in it.decided))
    entries = [entry for it in made.values() for entry in it.entries]
    if joined.heirs:
        claims, episodes = joined.standing.claims.values(), joined.joins.episode
        entries += stated_holdings(claims, episodes, answered, known, name, joined.heirs)
    passed_over = tuple(happening for happening, it in made.items() if not it.entries)
    return ClusterReading(joined, known, decided, tuple(entries), passed_over, answered, made)


@define(slots=False)
class _Deciding:
    """The work of deciding the questions of a cluster, beside what was decided of it before."""

    joined: JoinedCluster
    known: Evidence
    belief: Belief
    name: str
    instant: Instant
    before: ClusterReading | None

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The claims of which weight, voice or time is another than before."""
        assert self.before is not None
        now, then = self.known, self.before.evidence
        pairs = ((now.weight, then.weight), (now.voice, then.voice), (now.known, then.known))
        return frozenset(name for name in now.weight if any(one[name] != other.get(name) for one, other in pairs))

    @cached_property
    def _happened(self) -> Mapping[str, Happening]:
        assert self.before is not None
        return {it.id: it for it in self.before.joined.candidates}

    def weighed(self, question: CellQuestion) -> WeighedQuestion:
        """A question decided, or as it was decided before."""
        before = None if self.before is None else self.before.answered.get((question.cell, question.episode))
        if before is not None and before.question is question and self._unmoved(question):
            return before
        return self.belief(question, self.known)

    def made(self, happening: Happening, answered: Mapping[tuple[str, str], WeighedQuestion]) -> _Made:
        """What is made of a happening, or what was made of it before."""
        if self.before is not None and self._happened.get(happening.id) is happening:
            claims = (*happening.claims, *happening.denials)
            questions = (happening.when, happening.occurred)
            unmoved = all(claim.id not in self._moved for claim in claims) and all(map(self._unmoved, questions))
            if unmoved and happening.episode not in self._decided_anew(answered):
                return self.before.made[happening.id]
        return self._make(happening, answered)

    def _make(self, happening: Happening, answered: Mapping[tuple[str, str], WeighedQuestion]) -> _Made:
        when = self.belief(happening.when, self.known)
        decided = [when] if any(claim.happened for claim in happening.claims) else []
        if happening.occurred is not None:
            decided.append(occurred := self.belief(happening.occurred, self.known))
            if occurred.accepted is None or not occurred.accepted.value:
                return _Made(tuple(decided), ())
        entry = _entry(happening, when, answered, self.known, self.name, self.instant)
        if entry is None:
            return _Made(tuple(decided), ())
        entries = (*_whoever(entry, happening.episode, answered, self.name), *_term(entry, self.known.ground))
        return _Made(tuple(decided), entries)

    def _unmoved(self, question: CellQuestion | None) -> bool:
        answers = () if question is None else question.answers
        return all(claim.id not in self._moved for answer in answers for claim in answer.claims)

    def _decided_anew(self, answered: Mapping[tuple[str, str], WeighedQuestion]) -> frozenset[str]:
        """The episodes of which some question is decided otherwise than before, or asked no more."""
        if self._anew is None:
            assert self.before is not None
            then = self.before.answered
            new = {episode for (cell, episode), it in answered.items() if then.get((cell, episode)) is not it}
            self._anew = frozenset((*new, *(episode for cell, episode in then if (cell, episode) not in answered)))
        return self._anew

    _anew: frozenset[str] | None = None


def _entry(
    happening: Happening,
    when: WeighedQuestion,
    decided: Mapping[tuple[str, str], WeighedQuestion],
    known: Evidence,
    belief: str,
    instant: Instant,
) -> Entry | None:
    """The entry of a happening; None where its main answer, or its happening at all, is not believed."""
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
    whole = composed(backed, decided, happening.episode, ground, rank, known.voice)
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
    supporters = {claim.id for claim in backed}
    passed = {claim.id for claim in (*happening.claims, *happening.denials)} - supporters
    cause = Reported(belief, tuple(sorted(supporters)), tuple(sorted(passed)), made.credit)
    placed = when_apart(event, when.span.clipped_to(ground.window), known.ground)
    time = placed.earliest if event.lasting else instant(happening, placed)
    lasted = _while_counted(happening, made.credit, when.span, known.ground) if event.lane == "fighting" else when.span
    doers = either(event, backed)
    return Entry(
        happening.id, time, lasted, event, cause, silent - unknown, unknown, either=doers, accounts=made.accounts
    )


def _whoever(
    entry: Entry, episode: str, decided: Mapping[tuple[str, str], WeighedQuestion], belief: str
) -> Iterable[Entry]:
    """An entry; where a place is with one of those between whom nothing decides, also that nobody is known to hold it."""
    weighed = decided.get((f"{entry.event.place}.holder", episode))
    if weighed is None or not weighed.tied or not isinstance(entry.event, (*_TAKEN, *_KEPT)):
        yield entry
        return
    marked = {f"{entry.event.place}.{name}" for name in (*CONTROLLED, "taken_by")}
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

    Who says only in words when it was, or in which week, is narrowed all the same.

    Args:
        credit: from a field of the event to the claims that gave it.
        when: the time that is accepted, narrowed by who is more exact.
    """
    named = {name for key, names in credit.items() if key.partition(".")[0] in _COUNTS for name in names}
    counted = [claim.happened for claim in happening.claims if claim.id in named and claim.happened is not None]
    dated = all(it.precision in ("exact", "day", "vague") and not it.words for it in counted)
    if not counted or not dated or not all(it.span.contains(when) for it in counted):
        return when
    return min((it.span for it in counted), key=lambda span: (span.latest - span.earliest, span.earliest))


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
    if main.accepted is None or claim.event is None:
        return False
    cell = main.question.cell
    answers = speaks(claim, ground)
    if cell not in answers:
        return True
    answer = answers[cell]
    accepted = (main.accepted.value, main.accepted.content)
    return relate(cell, (answer, claim.event), accepted, ground) not in DISPUTES or answer == main.accepted.value
