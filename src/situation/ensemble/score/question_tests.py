"""A scenario's questions, held against what a later record says: answered, open within an interval, or silent.

Rungs above a first incident, and how many men are lost or left, no record tells well enough: those questions stay silent
here, and what is known of them is scored as clashes, deaths and strengths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.answers import check_forms
from situation.ensemble.score.courses import Courses, ScoredTime, is_holder
from situation.ensemble.score.items import Item, of_amount, of_outcome
from situation.ensemble.score.observed import Observed, Passage
from situation.scenario.question import DEFAULT_RUNG, DEFAULT_TIMES, FORMS
from situation.testimony.ground import Ground

__all__ = ["UNTESTED", "question_items"]

UNTESTED: Final = frozenset(
    {
        "places held",
        "fighters",
        "lost",
    }
)
"""Forms of question that no observation here answers."""


@frozen
class _QuestionThen:
    """A question, with its place, its actor and its last moment, and what the later record says up to the end."""

    name: str
    terms: Mapping[str, Any]
    place: str
    by: str
    when: Minute
    at: Minute
    end: Minute
    observed: Observed
    start: Mapping[str, str | None]

    @property
    def takings(self) -> list[Passage]:
        """When the place came into the hands of the actor."""
        return [it for it in self.observed.passages if it.place == self.place and is_holder(it.taker, self.by)]

    def days(self, minute: Minute) -> float:
        """Days after the branch."""
        return (minute - self.at) / DAY

    def said_not_to_hold(self) -> Minute | None:
        """The latest time at which the record says that the actor does not hold the place."""
        times = [
            it.earliest
            for it in self.observed.sightings
            if it.place == self.place and is_holder(it.holder, self.by) != it.holds
        ]
        return max(times, default=None)

    def outcome(self, values: Callable[[Courses], Floats], came: bool | None) -> Item:
        """A yes or no."""
        row = {"question": self.name, "ask": self.terms["ask"], "came": came}
        return of_outcome("questions", self.name, row, values, came)

    def time(self, values: Callable[[Courses], Floats], earliest: Minute, latest: Minute | None) -> Item:
        """A time between two minutes; None: after the first."""
        bounds = self.days(earliest), math.inf if latest is None else self.days(latest)
        row = {
            "question": self.name,
            "ask": self.terms["ask"],
            "earliest": round(bounds[0], 3),
            "latest": None if latest is None else round(bounds[1], 3),
        }
        return of_amount("questions_of_time", self.name, row, values, bounds, self.days(self.end))


def _captured(question: _QuestionThen) -> Item | None:
    def values(courses: Courses) -> Floats:
        return (courses.first(question.place, question.by, taken=True) <= question.days(question.when)).astype(
            np.float64
        )

    if question.takings:
        taken = question.takings[0]
        return question.outcome(
            values, True if taken.latest <= question.when else False if taken.earliest > question.when else None
        )
    said = question.said_not_to_hold()
    return question.outcome(values, False) if said is not None and said >= question.when - DAY else None


def _held_on(question: _QuestionThen) -> Item | None:
    for it in question.observed.sightings:
        if it.place == question.place and it.earliest <= question.when and it.latest > question.when - DAY:
            known = is_holder(it.holder, question.by)
            if not it.holds and not known:
                continue  # that another does not hold it says nothing of this one

            def values(courses: Courses) -> Floats:
                return np.array(
                    [float(is_holder(who, question.by)) for who in courses.holders(question.place, question.when)]
                )

            return question.outcome(values, known == it.holds)
    return None


def _held_for(question: _QuestionThen) -> Item | None:
    least = int(question.terms["days"]) * DAY

    def long_enough(since: Minute, until: float) -> bool:
        return until - since >= least

    def values(courses: Courses) -> Floats:
        answers = np.zeros(courses.members)
        for member, tenure in enumerate(courses.tenures_of(question.place)):
            spans = pairwise([*tenure, (question.end, None)])
            answers[member] = any(
                is_holder(who, question.by) and long_enough(since, until) for (since, who), (until, _) in spans
            )
        return answers

    for taken in question.takings:
        after = [
            it for it in question.observed.passages if it.place == question.place and it.number == taken.number + 1
        ]
        if after:
            longest, shortest = after[0].latest - taken.earliest, after[0].earliest - taken.latest
            return question.outcome(values, True if shortest >= least else False if longest < least else None)
        same = (
            it
            for it in question.observed.sightings
            if it.place == question.place and it.holds and is_holder(it.holder, question.by)
        )
        if any(it.earliest - taken.latest >= least for it in same):
            return question.outcome(values, True)
    return None


def _days_until(question: _QuestionThen) -> Item | None:
    if question.terms.get("between"):
        return _clash_item(question, of_time=True)

    def values(courses: Courses) -> Floats:
        return courses.first(question.place, question.by, taken=True)

    if question.takings:
        return question.time(values, question.takings[0].earliest, question.takings[0].latest)
    said = question.said_not_to_hold()
    return None if said is None else question.time(values, said, None)


def _changed_hands(question: _QuestionThen) -> Item | None:
    times = int(question.terms.get("times") or DEFAULT_TIMES)
    passed = [it for it in question.observed.passages if it.place == question.place and it.latest <= question.when]
    if len(passed) < times:
        return None
    return question.outcome(
        lambda courses: (courses.changes(question.place, question.when) >= times).astype(np.float64), True
    )


def _clash(question: _QuestionThen) -> Item | None:
    return _clash_item(question, of_time=False)


def _clash_item(question: _QuestionThen, of_time: bool) -> Item | None:
    pair = ":".join(sorted(question.terms["between"]))
    if int(question.terms.get("rung") or DEFAULT_RUNG) > 1:
        return None  # how far a clash rose no event of a record says
    it = next((clash for clash in question.observed.clashes if clash.pair == pair), None)
    if it is None:
        return None
    if of_time:
        return question.time(lambda courses: courses.clash(pair), it.earliest, it.latest)
    came, days = (
        True if it.latest <= question.when else False if it.earliest > question.when else None,
        question.days(question.when),
    )
    return question.outcome(lambda courses: (courses.clash(pair) <= days).astype(np.float64), came)


_TESTS: Final[Mapping[str, Callable[[_QuestionThen], Item | None]]] = MappingProxyType(
    {
        "captured": _captured,
        "held on": _held_on,
        "held for": _held_for,
        "days until": _days_until,
        "changed hands": _changed_hands,
        "clash": _clash,
    }
)
check_forms(
    FORMS,
    "Give it one in _TESTS of ensemble/score/question_tests.py, or name it there in UNTESTED.",
    _TESTS,
    dict.fromkeys(UNTESTED),
)


def question_items(
    questions: Mapping[str, Mapping[str, Any]],
    observed: Observed,
    start: Mapping[str, str | None],
    ground: Ground,
    time: ScoredTime,
    last: Minute,
) -> tuple[list[Item], list[str], list[str]]:
    """The questions that the record answers, the names of those on which it is silent, and of those answered too soon.

    Args:
        questions: by name, the keys of each.
        start: who held each place at the branch, as known then.
        time: that is scored; what the record had answered of a time that begins by `since` is left out.
        last: the end of the stories.
    """
    items, silent, settled = [], [], []
    early = observed.up_to(time.since)
    for name, terms in questions.items():
        when = ground.clock.moment(str(terms["at"])) if terms.get("at") else last
        place, by = str(terms.get("place") or ""), str(terms.get("by") or "")
        question_then = _QuestionThen(name, terms, place, by, when, time.branch, time.end, observed, start)
        test = _TESTS.get(terms["ask"], _untested)
        item = test(question_then)
        if item is None:
            silent.append(name)
        elif _answers(test(evolve(question_then, observed=early))):
            settled.append(name)
        else:
            items.append(item)
    return items, silent, settled


def _untested(question: _QuestionThen) -> None:
    """The test of `UNTESTED` questions: none."""


def _answers(item: Item | None) -> bool:
    """Whether an observation answers its question, and does not only say that it was open still."""
    return item is not None and (item.kind != "questions_of_time" or item.row["latest"] is not None)
