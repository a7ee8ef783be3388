"""The ends of ships. What was sunk is not struck again: what is told of a later day is the sinking's rival, and one is believed.

Of what may have come before the sinking or after it, it came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import Any

from attrs import define, evolve, field

from situation.events import ActorId, ShipCaptured, ShipDamaged, ShipSunk
from situation.log.entry import Entry, Reported
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.order.sequence import Before, follows, spread_out
from situation.testimony.claims import Claim

__all__ = ["ShipFate", "fate_of", "struck_ships"]


@define
class ShipFate:
    """What is held to have happened to a ship, by id; what cannot have been, by id; and the questions that decided."""

    kept: dict[str, Entry]
    passed_over: list[str] = field(factory=list)
    decided: list[WeighedQuestion] = field(factory=list)


def struck_ships(entries: Iterable[Entry]) -> Iterator[tuple[ActorId, list[Entry]]]:
    """The ships of which a sinking and something else is told, each with all that befell it."""
    by_ship: dict[ActorId, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.event, ShipSunk | ShipDamaged | ShipCaptured) and entry.event.ship is not None:
            by_ship.setdefault(entry.event.ship, []).append(entry)
    for ship, group in by_ship.items():
        if len(group) > 1 and any(isinstance(entry.event, ShipSunk) for entry in group):
            yield ship, group


def fate_of(
    ship: ActorId, entries: list[Entry], before: Before, known: Evidence, claims: Mapping[str, Claim], belief: Belief
) -> ShipFate:
    """What befell a ship, in an order in which all of it can have been.

    Args:
        ship: the ship.
        entries: what is told of it, more than one thing.
        before: the stated sequence; what came before the sinking is added.
        known: the evidence, with the ground.
        claims: the claims that count, by id.
        belief: decides between a sinking and what cannot have come after it.
    """
    fate = ShipFate({entry.id: entry for entry in entries})
    sinkings = [entry for entry in entries if isinstance(entry.event, ShipSunk)]
    twice = [
        (one, other) for one, other in permutations(sinkings, 2) if _struck(other) and _had_come(one, other, before)
    ]
    if twice:
        rivals = [entry for entry in sinkings if any(entry in pair for pair in twice)]
        answers = tuple(Answer(entry.span, _claims([entry], claims)) for entry in rivals)
        weighed = belief(CellQuestion(f"{ship}.condition.when", _label(rivals), answers, exclusive=True), known)
        taken = [entry for entry in rivals if weighed.accepted is not None and entry.span == weighed.accepted.value]
        gone = [entry for entry in rivals if not taken or any({*pair} == {entry, taken[0]} for pair in twice)]
        _pass_over(fate, [entry for entry in gone if entry not in taken], rivals, weighed)
    sunk = [entry for entry in sinkings if entry.id in fate.kept]
    others = [entry for entry in entries if entry not in sinkings]
    after = [entry for entry in others if any(_had_come(one, entry, before) for one in sunk)]
    if after:
        _decide_between(
            ship,
            [one for one in sunk if any(_had_come(one, it, before) for it in after)],
            after,
            fate,
            known,
            claims,
            belief,
        )
    _put_first([entry.id for entry in others], [entry.id for entry in sunk], fate, before, known)
    return fate


def _had_come(sinking: Entry, other: Entry, before: Before) -> bool:
    """Whether a ship had been sunk when another thing befell it."""
    return sinking.span.latest < other.span.earliest or follows(other.id, sinking.id, before)


def _struck(sinking: Entry) -> bool:
    """Whether somebody sank it: what was lost for good may still go down in tow, by nobody's hand."""
    return bool(getattr(sinking.event, "by", ()))


def _decide_between(
    ship: ActorId,
    sunk: list[Entry],
    after: list[Entry],
    fate: ShipFate,
    known: Evidence,
    claims: Mapping[str, Claim],
    belief: Belief,
) -> None:
    """Believe the sinking, or what is told of later; of equal weight the sinking."""
    by_condition: dict[str, list[Entry]] = {ShipSunk.condition: sunk}
    for entry in after:
        event: Any = entry.event
        by_condition.setdefault(event.condition, []).append(entry)
    answers = tuple(Answer(condition, _claims(struck, claims)) for condition, struck in by_condition.items())
    weighed = belief(CellQuestion(f"{ship}.condition", _label([*sunk, *after]), answers, exclusive=True), known)
    first, accepted = answers[0], weighed.accepted
    if accepted is not None and accepted is not first and _weighs_as_much(first, accepted, weighed, known):
        weighed = evolve(weighed, accepted=first, tie="of equal weight: what was sunk is not struck again")
    gone = [*sunk, *after] if weighed.accepted is None else after if weighed.accepted is first else sunk
    _pass_over(fate, gone, [*sunk, *after], weighed)


def _weighs_as_much(one: Answer, other: Answer, weighed: WeighedQuestion, known: Evidence) -> bool:
    weights = dict(zip((id(answer) for answer in weighed.question.answers), weighed.weights, strict=True))
    since = [sorted(known.known[claim.id] for claim in answer.claims) for answer in (one, other)]
    at_once = (since[0][0], since[0][-1]) == (since[1][0], since[1][-1])
    return weights[id(one)] == weights[id(other)] and (bool(weighed.tie) or at_once)


def _pass_over(fate: ShipFate, gone: list[Entry], rivals: list[Entry], weighed: WeighedQuestion) -> None:
    """Leave out what is not believed; what is believed in its place names its claims as against it."""
    fate.decided.append(weighed)
    against = {name for entry in gone for name in entry.cause.claims}
    for entry in rivals:
        if entry in gone:
            del fate.kept[entry.id]
            fate.passed_over.append(entry.id)
        elif isinstance(entry.cause, Reported):
            fate.kept[entry.id] = evolve(entry, cause=entry.cause.held_against(against))


def _put_first(others: list[str], sunk: list[str], fate: ShipFate, before: Before, known: Evidence) -> None:
    """Put what befell a ship before its sinking, where their times leave it open."""
    window = known.ground.window
    for name in (name for name in sunk if name in fate.kept):
        end = fate.kept[name]
        open_ones = [
            fate.kept[other]
            for other in others
            if other in fate.kept and fate.kept[other].span.meet(end.span) and not follows(name, other, before)
        ]
        for entry in open_ones:
            before[name].setdefault(entry.id, 0)
        late = sorted(
            (entry for entry in open_ones if entry.time >= end.time), key=lambda it: (it.span.latest, it.span.earliest)
        )
        if late:
            chain = [*late, end]
            times = spread_out([entry.span.clipped_to(window) for entry in chain])
            for entry, time in zip(chain, times, strict=True):
                fate.kept[entry.id] = evolve(entry, time=time)


def _claims(entries: Iterable[Entry], claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(claims[name] for name in sorted({name for entry in entries for name in entry.cause.claims}))


def _label(entries: Iterable[Entry]) -> str:
    return " and ".join(sorted(entry.id for entry in entries))
