"""Who holds what an actor that broke up had held: statements that name one of its successors settle it.

A statement writes nothing else of the state: it is tested against it. But here the state itself leaves open who of some holds
a place, and says so, until a claim settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from situation.dates import Interval
from situation.events import ActorId, ActorSplit, HoldingStated
from situation.events.predicates import Holds
from situation.log.entry import Entry, Reported
from situation.record.beliefs.belief import Evidence, WeighedQuestion
from situation.record.joining.topic import span_of, speaks
from situation.testimony.claims import Claim

__all__ = ["stated_holdings", "successors_named"]


def successors_named(claims: Iterable[Claim]) -> frozenset[ActorId]:
    """All into whom some actor is said to have broken up."""
    return frozenset(heir for claim in claims if isinstance(claim.event, ActorSplit) for heir in claim.event.into)


def stated_holdings(
    claims: Iterable[Claim],
    episodes: Mapping[str, str],
    decided: Mapping[tuple[str, str], WeighedQuestion],
    known: Evidence,
    belief: str,
    heirs: frozenset[ActorId],
) -> Iterator[Entry]:
    """That a successor holds a place or an area, by each statement that says so and is believed: at the end of its time.

    Args:
        claims: those of a cluster that count.
        episodes: by claim, the episode of what it answers.
        decided: its questions, by cell and episode.
        known: the evidence, with the ground.
        belief: the belief's name.
        heirs: all into whom some actor is said to have broken up.
    """
    for claim in claims:
        said = claim.predicate
        if not isinstance(said, Holds) or claim.kind != "statement" or claim.mode != "asserts":
            continue
        span = span_of(claim, known.ground).clipped_to(known.ground.window)
        ground = known.ground.at(span.latest)
        if ground.root(said.actor) not in {ground.root(heir) for heir in heirs}:
            continue
        questions = [decided.get((cell, episodes[claim.id])) for cell in speaks(claim, known.ground)]
        accepted = [answer for it in questions if it is not None and (answer := it.accepted) is not None]
        if questions and not any(claim in answer.claims for answer in accepted):
            continue
        rivals = {
            other.id
            for it in questions
            if it is not None
            for answer in it.question.answers
            if answer not in accepted
            for other in answer.claims
        }
        until = span.latest if claim.happened is not None else min(span.latest, known.known[claim.id])
        time = max(span.earliest, until)
        event = HoldingStated(said.area, said.actor)
        credit = {"place": (claim.id,), "actor": (claim.id,)}
        cause = Reported(belief, (claim.id,), tuple(sorted(rivals)), credit)
        yield Entry(f"holdingstated/{said.area}/{claim.id}", time, Interval(time, time), event, cause)
