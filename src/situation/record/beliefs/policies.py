"""The beliefs by name: whose word each takes, and how it chooses where answers differ.

`conservative`, `informative` and `representative` are named as in the R package eventreport (van Baalen and Höglund), which makes
one event of many reports by the least, the most or the commonest that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any

import attrs
from attrs import evolve, frozen

from situation.dates import Interval, Minute
from situation.events import Quantity, comparable
from situation.log.state import split_cell
from situation.record.beliefs.belief import (
    Belief,
    Evidence,
    WeighedQuestion,
    answer_weights,
    believe,
    heaviest_first,
    tie_in_words,
)
from situation.record.joining.comparisons import relate
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.joining.topic import ground_then
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = [
    "BELIEFS",
    "BELIEF_RULES",
    "Odds",
    "conservative",
    "first_report",
    "graded",
    "informative",
    "latest",
    "representative",
    "sampled",
    "two_origins",
]


def graded(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The heaviest answer: over independent origins, the best of reliability × credibility × lean, added up."""
    weights = answer_weights(question, evidence)
    if len(question.answers) == 1:
        (only,) = question.answers
        span = only.value if isinstance(only.value, Interval) else None
        return (
            WeighedQuestion(question, weights, only, span)
            if only.testifies
            else WeighedQuestion(question, weights, None)
        )
    candidates = [pair for pair in heaviest_first(question, weights, evidence) if pair[0].testifies]
    weighed = believe(question, weights, candidates[0][0] if candidates else None, evidence)
    tie = tie_in_words(candidates, evidence)
    return _untied(evolve(weighed, tie=tie) if tie else weighed, evidence)


def first_report(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The answer that was known first; of several known at once, the heaviest."""
    return _by_time(question, evidence, latest=False)


def latest(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The answer that became known last; of several, the heaviest."""
    return _by_time(question, evidence, latest=True)


def _by_time(question: CellQuestion, evidence: Evidence, latest: bool) -> WeighedQuestion:
    weights = answer_weights(question, evidence)

    def order(answer: Answer) -> Minute:
        times = [evidence.known[claim.id] for claim in answer.claims]
        return -max(times) if latest else min(times)

    candidates = [answer for answer, _ in heaviest_first(question, weights, evidence) if answer.testifies]
    return _untied(believe(question, weights, min(candidates, key=order, default=None), evidence), evidence)


def two_origins(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The heaviest of the answers that two independent voices give; where none has two, none is accepted.

    Of the time of a happening, the heaviest answer serves: that it happened at all is what needs two voices.
    """
    weights = answer_weights(question, evidence)
    is_time = question.cell.endswith(".when")
    for answer, _ in heaviest_first(question, weights, evidence):
        voices = {evidence.voice[claim.id] for claim in answer.claims if claim.kind != "forecast"}
        if answer.testifies and (is_time or len(voices) > 1):
            return _untied(believe(question, weights, answer, evidence), evidence)
    return believe(question, weights, None, evidence)


@frozen(eq=False)
class Odds:
    """The answers that can be drawn of a question, the likeliest first, each with its weight; and the weights of all."""

    question: CellQuestion
    weights: tuple[float, ...]
    candidates: tuple[tuple[Answer, float], ...]

    @classmethod
    def of(cls, question: CellQuestion, evidence: Evidence) -> Odds:
        """The odds of a question by the weights of its claims."""
        weights = answer_weights(question, evidence)
        ordered = heaviest_first(question, weights, evidence)
        return cls(question, weights, tuple(pair for pair in ordered if pair[0].testifies))

    def place_of(self, mark: float) -> int:
        """The place of the answer that a uniform number in (0, 1) draws; of several weightless ones the first."""
        total = 0.0
        for _, weight in self.candidates:
            total = total + weight
        rest = mark * total
        for place, (_, weight) in enumerate(self.candidates):
            rest -= weight
            if rest <= 0:
                return place
        return len(self.candidates) - 1

    def weighed(self, place: int, evidence: Evidence) -> WeighedQuestion:
        """The question with the answer of a place accepted; none where there is none to accept."""
        chosen = self.candidates[place][0] if self.candidates else None
        return believe(self.question, self.weights, chosen, evidence)


def sampled(draw: Callable[[str], float]) -> Belief:
    """A belief that draws an answer with odds by weight.

    Args:
        draw: from a question's id to a uniform number in (0, 1), the same for the same question.
    """

    def policy(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
        odds = Odds.of(question, evidence)
        return odds.weighed(odds.place_of(draw(question.id)), evidence)

    return policy


def conservative(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The least that is told: the lowest number, the latest time; it did not happen where anyone denies it.

    Of what has no least, such as who holds a place: nothing is accepted where answers contradict each other, so the cell
    stays as it was.
    """
    weights = answer_weights(question, evidence)
    candidates = _testifying(question, weights, evidence)
    if _is_ordered(question.cell, candidates):
        return believe(question, weights, min(candidates, key=_size, default=None), evidence, narrow=False)
    pairs = combinations(candidates, 2)
    ground = ground_then((claim for answer in candidates for claim in answer.claims), evidence.ground)
    disputed = (question.exclusive and len(candidates) > 1) or any(
        relate(question.cell, (one.value, one.content), (other.value, other.content), ground) == "contradicts"
        for one, other in pairs
    )
    return _untied(
        believe(question, weights, None if disputed or not candidates else candidates[0], evidence), evidence
    )


def informative(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The most that is told: the highest number, the earliest time; it happened where anyone says so.

    Of what has no most, such as who holds a place: the answer of the report that says most, in how many fields it fills.
    """
    weights = answer_weights(question, evidence)
    candidates = _testifying(question, weights, evidence)
    size = _size if _is_ordered(question.cell, candidates) else _detail
    chosen = max(candidates, key=size, default=None)
    return _untied(believe(question, weights, chosen, evidence, narrow=False), evidence, size)


def representative(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The commonest answer: that of most independent voices, whatever their grade; of as many, the heaviest."""
    weights = answer_weights(question, evidence)

    def voices(answer: Answer) -> int:
        return len({evidence.voice[claim.id] for claim in answer.claims if claim.kind != "forecast"})

    candidates = _testifying(question, weights, evidence)
    return _untied(believe(question, weights, max(candidates, key=voices, default=None), evidence), evidence)


def _untied(
    weighed: WeighedQuestion, evidence: Evidence, size: Callable[[Answer], tuple[float, ...]] = lambda _: ()
) -> WeighedQuestion:
    """Accept none where only the letters of a name or of a word would choose between answers that differ.

    Of times the earlier, of numbers the lower, and of yes and no the no is taken. An answer that reports how it came to be so
    goes before one that only states it.

    `size`: what else the belief goes by.
    """
    question, accepted = weighed.question, weighed.accepted
    if accepted is None or isinstance(accepted.value, Interval | Quantity | bool):
        return weighed

    def rank(answer: Answer, weight: float) -> tuple[Any, ...]:
        known = [evidence.known[claim.id] for claim in answer.claims]
        return weight, len({evidence.voice[claim.id] for claim in answer.claims}), min(known), max(known), size(answer)

    ranks = [rank(answer, weight) for answer, weight in zip(question.answers, weighed.weights, strict=True)]
    own = next(it for answer, it in zip(question.answers, ranks, strict=True) if answer is accepted)
    tied = tuple(answer for answer, it in zip(question.answers, ranks, strict=True) if it == own and answer.testifies)
    reported = tuple(answer for answer in tied if any(claim.event for claim in answer.claims))
    if not _differ(question.cell, tied, evidence.ground):
        return weighed
    if len(reported) == 1:
        return evolve(
            weighed, accepted=reported[0], tie="of equal weight: it tells of an event, and not of the state alone"
        )
    tied = reported or tied
    return evolve(
        weighed, accepted=None, tied=tied, tie="of equal weight, as many voices and known at one time: none is taken"
    )


def _differ(cell: str, answers: tuple[Answer, ...], ground: Ground) -> bool:
    """Whether two of some answers name actors of whom not both are meant."""
    then = ground_then((claim for answer in answers for claim in answer.claims), ground)
    relations = (
        relate(cell, (one.value, one.content), (other.value, other.content), then)
        for one, other in combinations(answers, 2)
    )
    return any(relation not in ("agrees", "refines", "stage") for relation in relations)


def _testifying(question: CellQuestion, weights: tuple[float, ...], evidence: Evidence) -> list[Answer]:
    """The answers that somebody gives as a fact, the heaviest first."""
    return [answer for answer, _ in heaviest_first(question, weights, evidence) if answer.testifies]


def _is_ordered(cell: str, answers: Iterable[Answer]) -> bool:
    """Whether some answers are numbers of one unit, times, or yes and no: of these there is a least and a most."""
    values = [answer.value for answer in answers]
    if all(isinstance(value, Quantity) for value in values):
        return all(comparable(split_cell(cell)[1], values[0].unit, value.unit) for value in values)
    return all(isinstance(value, Interval) for value in values) or all(isinstance(value, bool) for value in values)


def _size(answer: Answer) -> tuple[float, ...]:
    """How much an ordered answer tells: a number by its bounds, yes over no, and an earlier time over a later."""
    value = answer.value
    if isinstance(value, Quantity):
        low, best, high = value.low, value.best, value.high
        said = [number for number in (low, best, high) if number is not None]
        middle = best if best is not None else sum(said) / len(said)
        return (middle, said[0], said[-1])
    if isinstance(value, Interval):
        return (-value.latest, -value.earliest)
    return (float(value),)


def _detail(answer: Answer) -> tuple[float, ...]:
    """How many fields the fullest of an answer's reports fills."""
    return (max(_filled(claim) for claim in answer.claims),)


def _filled(claim: Claim) -> int:
    kind: Any = type(claim.content)
    fields = attrs.fields(kind) if attrs.has(kind) else ()
    return sum(getattr(claim.content, field.name) not in (None, (), "", False, {}) for field in fields)


BELIEFS: Mapping[str, Belief] = {
    "graded": graded,
    "first-report": first_report,
    "latest": latest,
    "two-origins": two_origins,
    "conservative": conservative,
    "informative": informative,
    "representative": representative,
}
"""The beliefs that need no draw, by name. `graded` is the one in force unless another is named."""

BELIEF_RULES: Mapping[str, str] = {
    "graded": (
        "the answer with the greatest weight, to which each independent voice adds its best reliability × credibility × lean"
    ),
    "first-report": "the answer that was known first",
    "latest": "the answer that became known last",
    "two-origins": "the one of greatest weight among the answers that two independent voices give; else none",
    "conservative": "the least that is reported: lowest number, latest time, no before yes; none where answers contradict",
    "informative": "the most that is reported: highest number, earliest time, yes before no, the fullest report",
    "representative": "the answer of most independent voices, whatever their grade",
}
"""What each belief accepts, in words."""
