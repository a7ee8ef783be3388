"""What a belief makes of one cluster of claims: its questions decided, and an entry for each event that is believed.

From interval to instant: an entry sits at the middle of its accepted interval, clipped to the window; what lasted
throughout the interval sits at its start.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping

from attrs import define, evolve, field, frozen

from situation.dates import Interval, Minute
from situation.events import (
    ActorId,
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
from situation.record.joining.clusters import Cluster
from situation.record.joining.estimates import with_rival_estimates
from situation.record.joining.joins import Joins, join
from situation.record.joining.origins import independent_voices
from situation.record.joining.questions import CellQuestion, Happening, happenings, questions
from situation.record.joining.relations import DISPUTES, relate
from situation.record.joining.revisions import Revised, revisions
from situation.record.joining.standing import Standing, standing
from situation.record.joining.topic import facts_of, speaks
from situation.record.order.chains import CONTROLLED
from situation.record.readings.recent import Recent
from situation.record.readings.successors import stated_holdings, successors_named
from situation.testimony.apart import ground_when, when_apart
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.sources import Testimony

__all__ = ["ClusterReading", "Instant", "JoinedCluster", "JoinedClusters", "read_cluster"]

_COUNTS = ("killed", "wounded", "killed_of", "wounded_of", "number")
"""Fields that count the dead and wounded of an event."""
_TAKEN = (Captured, GarrisonSurrendered, HandedOver)
"""Events by which a place passes from one to another."""
_KEPT = (Repelled,)
"""Events that say who holds a place, who did so before."""
Instant = Callable[[Happening, Interval], Minute]
"""From a happening and its accepted interval to the minute at which it is held to have happened."""


@frozen(eq=False)
class JoinedCluster:
    """The claims of a cluster that stand at a time, joined: that from which every belief starts.

    Args:
        standing: the claims that count, and those taken back.
        joins: which of them are of one happening.
        voice, known: by id, whose voice each is, and from which minute it is known.
        candidates: what is said to have happened.
        revised: the figures that their own voice has replaced.
        questions: what they answer, by cell and episode.
        heirs: all into whom some actor of the record is said to have broken up.
    """

    standing: Standing
    joins: Joins
    voice: Mapping[str, str]
    known: Mapping[str, Minute]
    candidates: tuple[Happening, ...]
    revised: Revised
    questions: tuple[CellQuestion, ...]
    heirs: frozenset[ActorId] = frozenset()


@define
class JoinedClusters:
    """The clusters of a record, each joined as known at a time; what was joined last of the same claims is not joined again.

    Args:
        clusters: all claims by cluster.
        testimony: who speaks, and what was joined by hand.
        ground: the map.
        carried: know claims from their publication alone, as the outlets carried them.
    """

    clusters: tuple[Cluster, ...]
    testimony: Testimony
    ground: Ground
    carried: bool = False
    _times: list[list[Minute]] = field(init=False)
    _joined: Recent[int, JoinedCluster] = field(factory=Recent, init=False)
    _heirs: frozenset[ActorId] = field(init=False)

    def __attrs_post_init__(self) -> None:
        known_from = self.testimony.known_from
        self._heirs = successors_named(self.testimony.claims.values())
        self._times = [sorted(known_from(claim, self.carried) for claim in cluster) for cluster in self.clusters]

    def at(self, number: int, known_at: Minute) -> JoinedCluster | None:
        """A cluster by its number, as known at a minute; None: nothing of it was known."""
        known = bisect_right(self._times[number], known_at)
        if not known:
            return None
        return self._joined.of(number, known, lambda: self._join(self.clusters[number], known_at))

    def turns(self, number: int) -> frozenset[Minute]:
        """The minutes at which a cluster may be read otherwise: a claim becomes known, or who speaks is assessed."""
        testimony = self.testimony
        turns = set(self._times[number])
        for claim in self.clusters[number]:
            turns |= {testimony.sources[claim.source].reliability.as_of, *(it.as_of for it in claim.credibility)}
            if claim.said_by in testimony.speakers:
                turns.add(testimony.speakers[claim.said_by].reliability.as_of)
        return frozenset(turns)

    def _join(self, cluster: Cluster, known_at: Minute) -> JoinedCluster:
        testimony, ground = self.testimony, self.ground
        stand = standing(testimony, known_at, self.carried, cluster)
        joins = join(stand.claims.values(), ground, testimony)
        known = {key: testimony.known_from(claim, self.carried) for key, claim in stand.claims.items()}
        revised = revisions(joins, ground, testimony, known)
        answered = with_rival_estimates(questions(joins, ground, revised), joins, ground, testimony)
        voice = independent_voices(stand.claims, joins.happening, testimony)
        return JoinedCluster(stand, joins, voice, known, happenings(joins, ground), revised, answered, self._heirs)


@frozen(eq=False)
class ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: its claims.
        evidence: their weights, voices and times.
        decided: its questions, with weights and the accepted answer.
        entries: what is held to have happened, by id, not yet in order.
        passed_over: the ids of the happenings that are not believed.
    """

    joined: JoinedCluster
    evidence: Evidence
    decided: tuple[WeighedQuestion, ...]
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]


def read_cluster(joined: JoinedCluster, known: Evidence, belief: Belief, name: str, instant: Instant) -> ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: the cluster, as known at a time.
        known: the weights, voices and times of its claims, and the map.
        belief, name: the policy and its name.
        instant: how an accepted interval becomes a minute.
    """
    decided = {(question.cell, question.episode): belief(question, known) for question in joined.questions}
    extra: list[WeighedQuestion] = []
    entries: list[Entry] = []
    passed_over: list[str] = []
    for happening in joined.candidates:
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
            entries += [*_whoever(entry, happening.episode, decided, name), *_term(entry, known.ground)]
    if joined.heirs:
        claims, episodes = joined.standing.claims.values(), joined.joins.episode
        entries += stated_holdings(claims, episodes, decided, known, name, joined.heirs)
    return ClusterReading(joined, known, (*decided.values(), *extra), tuple(entries), tuple(passed_over))


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
