"""The answers of one story to the questions of its scenario.

An answer is a number: 1 or 0 for yes or no, days, men, or places. `days until` is None where it never comes about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import define, field

from situation.clock import DAY, Minute
from situation.events import WoundedReturned
from situation.log.entry import Entry
from situation.rules import Rung
from situation.scenario import Question, Scenario
from situation.testimony.ground import Ground

__all__ = ["Seen", "answers", "men_in", "places_of"]

Holders = Sequence[tuple[str, Minute, str | None]]
Clashes = Sequence[tuple[str, int, Minute]]
Lost = tuple[str, str, str, Minute, int]
"""Men lost by an entry: whose, how, where, when, how many."""

TOTALS = ("killed", "surrendered", "left")
"""Fates that the state counts up by actor; the wounded it counts by force, and down again."""


def men_in(cells: Mapping[str, Any], ground: Ground, actor: str, places: frozenset[str]) -> int:
    """Men of an actor at some places, in the ranks and in hiding; without the wounded, and without those under way."""
    found = 0
    for force in cells.get("story.forces") or ():
        if cells.get(f"{force}.place") in places and ground.root(cells[f"{force}.actor"]) == actor:
            found += sum(int(cells.get(f"{force}.{count}") or 0) for count in ("number", "hidden"))
    return found


def places_of(ground: Ground, area: str) -> frozenset[str]:
    """The places of an area: those of a region, or a place with all that is nested in it."""
    return frozenset(ground.members(area))  # type: ignore[arg-type]  # the codec has checked the name


@define
class Seen:
    """What only the state at a minute, or the entries one by one, can tell: noted as the story is folded."""

    scenario: Scenario
    ground: Ground
    counts: dict[str, int] = field(factory=dict)
    lost: list[Lost] = field(factory=list)
    _due: list[tuple[Minute, str]] = field(init=False)
    _before: dict[str, int] = field(factory=dict, init=False)
    _tolls: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        asked = self.scenario.questions.items()
        self._due = sorted((self.by(it), name) for name, it in asked if it.ask in ("fighters", "places held"))
        self._tolls = any(it.ask == "lost" for _, it in asked)

    def by(self, question: Question) -> Minute:
        """The minute at which a question is answered: that of its day, or the last."""
        return self.scenario.end if question.at is None else self.ground.clock.moment(question.at)

    def until(self, minute: Minute, cells: Mapping[str, Any]) -> None:
        """Count what questions ask of minutes before this one: the state is that before anything happens in it."""
        while self._due and self._due[0][0] < minute:
            name = self._due.pop(0)[1]
            question = self.scenario.questions[name]
            places = places_of(self.ground, str(question.area))
            if question.ask == "fighters":
                self.counts[name] = men_in(cells, self.ground, str(question.actor), places)
            else:
                self.counts[name] = sum(cells.get(f"{place}.holder") == question.by for place in places)

    def entry(self, entry: Entry, changes: Mapping[str, Any], cells: Mapping[str, Any]) -> None:
        """Note who is lost by an entry, from the counts that it changed."""
        if not self._tolls:
            return
        hurt: dict[str, int] = {}
        for cell, value in changes.items():
            subject, _, count = cell.rpartition(".")
            if count in TOTALS or count == "wounded":
                more = int(value or 0) - self._before.get(cell, 0)
                self._before[cell] = int(value or 0)
                if count == "wounded":
                    actor = self.ground.root(cells[f"{subject}.actor"])
                    hurt[actor] = hurt.get(actor, 0) + more
                elif more:
                    self.lost.append((subject, count, _where(entry), entry.time, more))
        self.lost += [(actor, "wounded", _where(entry), entry.time, men) for actor, men in hurt.items() if men > 0]


def _where(entry: Entry) -> str:
    """Where men were lost: the place of the event; of wounded who never return, that of their battle."""
    event = entry.event
    return event.batch.split(":")[1] if isinstance(event, WoundedReturned) else str(getattr(event, "place", ""))


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


def _clashed(question: Question, clashes: Clashes) -> Minute | None:
    """The first minute at which two came to a rung, or above it; where the question names none, to a confrontation."""
    pair, least = ":".join(sorted(question.between)), question.rung or Rung.CONFRONTATION
    return min((minute for found, rung, minute in clashes if found == pair and rung >= least), default=None)


def _passed(question: Question, holders: Holders, by: Minute) -> int:
    """How often a place passed from one holder to another; what nobody holds in between is passed all the same."""
    names = [who for place, minute, who in holders if place == question.place and minute <= by and who is not None]
    return sum(one != other for one, other in pairwise(names))


def _answer(name: str, question: Question, seen: Seen, holders: Holders, clashes: Clashes) -> float | None:
    branch, end, by = seen.scenario.at, seen.scenario.end, seen.by(question)
    if question.ask in ("fighters", "places held"):
        return float(seen.counts[name])
    if question.ask == "lost":
        places = None if question.area is None else places_of(seen.ground, question.area)
        return float(
            sum(
                men
                for actor, how, where, minute, men in seen.lost
                if actor == question.actor
                and how in question.how
                and minute <= by
                and (places is None or where in places)
            )
        )
    if question.ask == "changed hands":
        return float(_passed(question, holders, by) >= (question.times or 2))
    if question.ask in ("held on", "held for"):
        spans = _reign(str(question.place), str(question.by), holders, end)
        if question.ask == "held on":
            return float(any(since <= by and (by < until or until == end) for since, until in spans))
        return float(any(until - since >= int(question.days or 0) * DAY for since, until in spans))
    came = _clashed(question, clashes) if question.between else _taken(question, holders, branch, end)
    if question.ask == "days until":
        return None if came is None else (came - branch) / DAY
    return float(came is not None and came <= by)


def answers(seen: Seen, holders: Holders, clashes: Clashes) -> dict[str, float | None]:
    """The answer to each question of the scenario, by its name."""
    return {name: _answer(name, question, seen, holders, clashes) for name, question in seen.scenario.questions.items()}
