"""The answers of one story to the questions of its scenario.

An answer is a number: 1 or 0 for yes or no; else days, men or places, as the unit of its form says. None stands for a
time that never comes. Each form of `scenario.question.FORMS` is answered here by one function, in `FROM_STATE` or in
`FROM_STORY`; where one is missing, or is of no form, this module does not import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from attrs import frozen

from situation.dates import DAY, Minute
from situation.errors import SituationError
from situation.events import TOGETHER
from situation.log.state import occupants
from situation.scenario import Question, Scenario
from situation.scenario.question import DEFAULT_RUNG, DEFAULT_TIMES, FORMS
from situation.testimony.ground import Ground

__all__ = [
    "FROM_STATE",
    "FROM_STORY",
    "Cells",
    "Clashes",
    "Holders",
    "MenLost",
    "answers_of",
    "check_forms",
    "men_in",
    "minute_of",
    "places_of",
]

Cells = Mapping[str, Any]
Holders = Sequence[tuple[str, Minute, str | None]]
Clashes = Sequence[tuple[str, int, Minute]]


class MenLost(NamedTuple):
    """Men of a root actor lost by one entry."""

    actor: str
    fate: str
    place: str
    minute: Minute
    men: int


@frozen
class _Course:
    """What is known of a whole story once it has ended.

    Args:
        branch, end: its first and last minute.
        holders: (place, minute, holder): who held each place at the branch, and every change after it.
        clashes: (one:other, rung, minute) for each rung when it was first reached.
        tolls: men lost, entry by entry.
    """

    ground: Ground
    branch: Minute
    end: Minute
    holders: Holders
    clashes: Clashes
    tolls: Sequence[MenLost]


FromState = Callable[[Question, Cells, Ground], int]
"""Answers a question from the state at its minute."""
FromStory = Callable[[Question, _Course, Minute], float | None]
"""Answers a question from the whole story and the minute of the question."""


def men_in(cells: Cells, ground: Ground, actor: str, places: frozenset[str]) -> int:
    """Men of an actor at some places, in the ranks and in hiding; without the wounded, and without those under way."""
    men = 0
    for force in cells.get("story.forces") or ():
        if cells.get(f"{force}.place") in places and ground.root(cells[f"{force}.actor"]) == actor:
            men += sum(int(cells.get(f"{force}.{count}") or 0) for count in ("number", "hidden"))
    return men


def places_of(ground: Ground, area: str) -> frozenset[str]:
    """The places of an area: those of a region, or a place with all that is nested in it."""
    return frozenset(ground.members(area))  # type: ignore[arg-type]  # the codec has checked the name


def _fighters(question: Question, cells: Cells, ground: Ground) -> int:
    return men_in(cells, ground, str(question.actor), places_of(ground, str(question.area)))


def _places_held(question: Question, cells: Cells, ground: Ground) -> int:
    return sum(question.by in occupants(cells, place) for place in places_of(ground, str(question.area)))


def _periods_held(question: Question, course: _Course) -> list[tuple[Minute, Minute]]:
    """The periods in which an actor held a place, alone or with others: from the first minute to that when it ended."""
    periods: list[tuple[Minute, Minute]] = []
    since: Minute | None = None
    for place, minute, holder in course.holders:
        if place != question.place:
            continue
        holds = holder is not None and question.by in holder.split(TOGETHER)
        if since is None and holds:
            since = minute
        elif since is not None and not holds:
            periods.append((since, minute))
            since = None
    return periods if since is None else [*periods, (since, course.end)]


def _captured_at(question: Question, course: _Course) -> Minute | None:
    """The first minute after the branch at which a place came into the hands of an actor that did not hold it."""
    return next((since for since, _ in _periods_held(question, course) if since > course.branch), None)


def _clashed_at(question: Question, course: _Course) -> Minute | None:
    """The first minute at which two came to a rung or above it; without a rung in the question, to a confrontation."""
    pair, least = ":".join(sorted(question.between)), question.rung or DEFAULT_RUNG
    return min((minute for who, rung, minute in course.clashes if who == pair and rung >= least), default=None)


def _captured(question: Question, course: _Course, by: Minute) -> float:
    minute = _captured_at(question, course)
    return float(minute is not None and minute <= by)


def _held_on(question: Question, course: _Course, by: Minute) -> float:
    periods = _periods_held(question, course)
    return float(any(since <= by and (by < until or until == course.end) for since, until in periods))


def _held_for(question: Question, course: _Course, by: Minute) -> float:
    least = int(question.days or 0) * DAY
    return float(any(until - since >= least for since, until in _periods_held(question, course)))


def _days_until(question: Question, course: _Course, by: Minute) -> float | None:
    minute = _clashed_at(question, course) if question.between else _captured_at(question, course)
    return None if minute is None else (minute - course.branch) / DAY


def _changed_hands(question: Question, course: _Course, by: Minute) -> float:
    """Whether a place passed on often enough; a time without a holder in between does not make two of one change."""
    holders = [
        holder
        for place, minute, holder in course.holders
        if place == question.place and minute <= by and holder is not None
    ]
    return float(sum(one != other for one, other in pairwise(holders)) >= (question.times or DEFAULT_TIMES))


def _lost(question: Question, course: _Course, by: Minute) -> float:
    places = None if question.area is None else places_of(course.ground, question.area)
    return float(
        sum(
            toll.men
            for toll in course.tolls
            if toll.actor == question.actor
            and toll.fate in question.how
            and toll.minute <= by
            and (places is None or toll.place in places)
        )
    )


def _clash(question: Question, course: _Course, by: Minute) -> float:
    minute = _clashed_at(question, course)
    return float(minute is not None and minute <= by)


FROM_STATE: Final[Mapping[str, FromState]] = {"fighters": _fighters, "places held": _places_held}
FROM_STORY: Final[Mapping[str, FromStory]] = {
    "captured": _captured,
    "held on": _held_on,
    "held for": _held_for,
    "days until": _days_until,
    "changed hands": _changed_hands,
    "lost": _lost,
    "clash": _clash,
}


def check_forms(forms: Iterable[str], advice: str, *functions: Mapping[str, Any]) -> None:
    """Make sure that each form of question has one function, and each function a form.

    Args:
        advice: where a form is given its function.

    Raises:
        SituationError: one has none, or two.
    """
    answered = [form for table in functions for form in table]
    for form in forms:
        if answered.count(form) != 1:
            many = "no function" if form not in answered else "two functions"
            raise SituationError(f"The question form '{form}' has {many}. {advice}")
    for form in answered:
        if form not in forms:
            raise SituationError(f"A function answers '{form}', which is no form of question. Declare it in FORMS.")


check_forms(FORMS, "Give it one, in FROM_STATE or in FROM_STORY of ensemble/answers.py.", FROM_STATE, FROM_STORY)


def minute_of(question: Question, scenario: Scenario, ground: Ground) -> Minute:
    """The minute at which a question is answered: the end of its day, or of the story."""
    return scenario.end if question.at is None else ground.clock.moment(question.at)


def answers_of(
    scenario: Scenario,
    ground: Ground,
    counts: Mapping[str, int],
    holders: Holders,
    clashes: Clashes,
    tolls: Sequence[MenLost],
) -> dict[str, float | None]:
    """The answer to each question of a scenario, by its name.

    Args:
        counts: to each question that is answered from the state at its minute, what was counted there.
        holders: (place, minute, holder): who held each place at the branch, and every change after it.
        clashes: (one:other, rung, minute) for each rung when it was first reached.
        tolls: men lost, entry by entry.
    """
    course = _Course(ground, scenario.at, scenario.end, holders, clashes, tolls)
    return {
        name: float(counts[name])
        if question.ask in FROM_STATE
        else FROM_STORY[question.ask](question, course, minute_of(question, scenario, ground))
        for name, question in scenario.questions.items()
    }
