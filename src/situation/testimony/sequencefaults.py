"""Faults of stated sequences: happenings that nobody tells of, words that the lexicon lacks, and circles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from situation.errors import Fault, near_miss
from situation.testimony.authority import may_take_back
from situation.testimony.claims import Claim, happening_id
from situation.testimony.documents import Path_
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["sequence_faults"]

_Steps = Mapping[str, Mapping[str, Claim]]
"""From a happening to those that it is said to follow, each with the first claim that says so."""


def sequence_faults(
    testimony: Testimony, ground: Ground, unread: Collection[str] = ()
) -> Iterable[tuple[str, str, Path_, Fault]]:
    """Every fault under `follows`: the table, the claim's id, the path within it, and the fault.

    Args:
        testimony: what could be read.
        ground: the map, with the lexicon.
        unread: the episodes of claims that could not be read; to refer to one of these is no fault.
    """
    reports = [claim for claim in testimony.claims.values() if claim.event is not None and claim.kind == "event"]
    named = {_happening(claim) for claim in reports if claim.episode}
    for claim in testimony.claims.values():
        for number, step in enumerate(claim.follows):
            if step.happening not in named and step.happening.rpartition("/")[2] not in unread:
                fault = Fault(f"There is no happening '{step.happening}'.", _meant(step.happening, named, reports))
                yield "claims", claim.id, ("follows", number, "happening"), fault
            if step.gap and step.gap not in ground.lexicon:
                hint = near_miss(step.gap, ground.lexicon) or "Add it to the lexicon of map.yaml."
                fault = Fault(f"The lexicon has no words '{step.gap}'.", hint)
                yield "claims", claim.id, ("follows", number, "gap"), fault
    yield from _circles(testimony, reports)


def _happening(claim: Claim) -> str:
    assert claim.event is not None
    return happening_id(type(claim.event).__name__, claim.event.subject, claim.episode)


def _meant(written: str, named: Collection[str], reports: Iterable[Claim]) -> str:
    """What to write in place of a happening that nobody tells of: one alike, or the episode that a claim of it lacks."""
    start = "/".join([*written.split("/")[:2], ""])
    alike = near_miss(written, {name for name in named if name.startswith(start)})
    if not alike:
        for claim in reports:
            if not claim.episode and _happening(claim) == start:
                return f"'{claim.id}' names no episode: give it one, and write {start}<episode>."
    return alike or near_miss(written, named) or "Name event type, subject and episode of other claims."


def _circles(testimony: Testimony, reports: Iterable[Claim]) -> Iterable[tuple[str, str, Path_, Fault]]:
    """Sequences that lead back to their start: a fault for each claim in one, but for those that were taken back."""
    gone = _taken_back(testimony)
    standing = [claim for claim in reports if claim.id not in gone]
    steps: dict[str, dict[str, Claim]] = {}
    for claim in standing:
        for step in claim.follows:
            steps.setdefault(_happening(claim), {}).setdefault(step.happening, claim)
    circling = _circling(steps)
    for claim in standing:
        start = _happening(claim)
        for number, step in enumerate(claim.follows):
            way = _way(step.happening, start, steps) if start in circling else None
            if way is not None:
                over = [f"'{here}' ({steps[here][after].at})" for here, after in pairwise([*way, start])]
                fact = f"The happening '{start}' comes after itself"
                fact = f"{fact}, over {' and '.join(over)}." if over else f"{fact}."
                path: Path_ = ("follows", number, "happening")
                yield "claims", claim.id, path, Fault(fact, "Take one step out of the sequence.")


def _taken_back(testimony: Testimony) -> set[str]:
    """The claims that their own voice has taken back, but for those whose retraction was retracted."""
    claims = testimony.claims
    backs = [
        (claim, claims[claim.takes_back])
        for claim in claims.values()
        if claim.takes_back in claims
        and {claim.source, claims[claim.takes_back].source} <= set(testimony.sources)
        and may_take_back(claim, claims[claim.takes_back], testimony)
    ]
    retracted = {target.id for back, target in backs if back.retracts}
    return {target.id for back, target in backs if back.id not in retracted}


def _circling(steps: _Steps) -> set[str]:
    """The happenings on a circle, and perhaps some between two: what is left when those that follow nothing left are gone."""
    left = {name: set(following) & steps.keys() for name, following in steps.items()}
    after: dict[str, set[str]] = {}
    for name, following in left.items():
        for other in following:
            after.setdefault(other, set()).add(name)
    done = [name for name, following in left.items() if not following]
    while done:
        here = done.pop()
        del left[here]
        for name in after.get(here, ()):
            left[name].discard(here)
            if not left[name]:
                done.append(name)
    return set(left)


def _way(start: str, end: str, steps: _Steps) -> list[str] | None:
    """The shortest way over stated steps from a happening up to, without, another; None where there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for here in waiting:  # grows as more is found
        if here == end:
            way: list[str] = []
            back = end
            while back != start:
                back = came_from[back]
                way.append(back)
            return way[::-1]
        for name in steps.get(here, ()):
            if name != start and name not in came_from:
                came_from[name] = here
                waiting.append(name)
    return None
