"""The answers of one story to the questions of its scenario.

An answer is a number: 1 or 0 for yes or no, days, or men. `days until` is None where it never comes about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from situation.clock import DAY, Minute
from situation.ground import Ground
from situation.scenario import Question, Scenario

__all__ = ["Seen", "answers", "is_share", "men_in", "places_of"]

Holders = Sequence[tuple[str, Minute, str | None]]
Clashes = Sequence[tuple[str, int, Minute]]


def is_share(question: Question) -> bool:
    """Whether a question is answered with yes or no."""
    return question.ask in ("captured", "held on", "held for", "clash")


def men_in(cells: Mapping[str, Any], ground: Ground, actor: str, places: frozenset[str]) -> int:
    """Men of an actor at some places, in the ranks and in hiding; without the wounded, and without those under way."""
    found = 0
    for force in cells.get("story.forces") or ():
        if cells.get(f"{force}.place") in places and ground.root(cells[f"{force}.actor"]) == actor:
            found += sum(int(cells.get(f"{force}.{count}") or 0) for count in ("number", "hidden"))
    return found


@define
class Seen:
    """What only the state on a day can tell, noted as the story is folded."""

    scenario: Scenario
    ground: Ground
    men: dict[str, int] = field(factory=dict)

    def day(self, end: Minute, cells: Mapping[str, Any]) -> None:
        """Note the men that questions ask for on this day."""
        for name, question in self.scenario.questions.items():
            if question.ask == "fighters" and question.area is not None and question.actor is not None:
                when = self.scenario.end if question.at is None else self.ground.clock.moment(question.at)
                if end <= when < end + DAY:
                    area = question.area
                    self.men[name] = men_in(cells, self.ground, question.actor, places_of(self.ground, area))


def places_of(ground: Ground, area: str) -> frozenset[str]:
    """The places of an area: those of a region, or a place with all that is nested in it."""
    members = ground.members(area)  # type: ignore[arg-type]  # the codec has checked the name
    return frozenset(inner for place in members for inner in (place, *ground.inside(place)))


def _reign(place: str, by: str, holders: Holders, end: Minute) -> list[tuple[Minute, Minute]]:
    """The spans in which an actor held a place, each from its first minute to the minute when it ended."""
    spans: list[tuple[Minute, Minute]] = []
    since: Minute | None = None
    for name, minute, holder in holders:
        if name != place:
            continue
        if since is None and holder == by:
            since = minute
        elif since is not None and holder != by:
            spans.append((since, minute))
            since = None
    return spans if since is None else [*spans, (since, end)]


def _taken(question: Question, holders: Holders, branch: Minute, end: Minute) -> Minute | None:
    """The first minute after the branch at which a place came into the hands of an actor that did not hold it."""
    spans = _reign(str(question.place), str(question.by), holders, end)
    return next((since for since, _ in spans if since > branch), None)


def _answer(name: str, question: Question, seen: Seen, holders: Holders, clashes: Clashes) -> float | None:
    branch, end = seen.scenario.at, seen.scenario.end
    if question.ask == "fighters":
        return float(seen.men[name])
    if question.ask == "clash":
        pair = ":".join(sorted(question.between))
        return float(any(found == pair and rung >= question.rung for found, rung, _ in clashes))
    taken = _taken(question, holders, branch, end)
    if question.ask == "captured":
        return float(taken is not None)
    if question.ask == "days until":
        return None if taken is None else (taken - branch) / DAY
    spans = _reign(str(question.place), str(question.by), holders, end)
    if question.ask == "held on":
        at = seen.ground.clock.moment(str(question.at))
        return float(any(since <= at and (at < until or until == end) for since, until in spans))
    return float(any(until - since >= int(question.days or 0) * DAY for since, until in spans))


def answers(seen: Seen, holders: Holders, clashes: Clashes) -> dict[str, float | None]:
    """The answer to each question of the scenario, by its name."""
    return {name: _answer(name, question, seen, holders, clashes) for name, question in seen.scenario.questions.items()}
