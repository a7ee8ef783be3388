"""Beliefs: small pure policies that say which answer to a question is taken as so, and with what weight for each rival.

A belief never forgets a rival: what it passes over keeps its weight, and is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from situation.clock import Interval, Minute
from situation.record.questions import Answer, Question
from situation.record.relations import names_units
from situation.testimony.ground import Ground

__all__ = [
    "BELIEFS",
    "Belief",
    "Testimonies",
    "Weighed",
    "believe",
    "first_report",
    "graded",
    "latest",
    "sampled",
    "two_origins",
]


@frozen
class Testimonies:
    """What a policy may know of claims, by id: weight, independent voice, and the minute from which each is known."""

    weight: Mapping[str, float]
    voice: Mapping[str, str]
    known: Mapping[str, Minute]
    ground: Ground


@frozen
class Weighed:
    """A question with the weight of each answer, and the answer that is taken as so; None: none is."""

    question: Question
    weights: tuple[float, ...]
    accepted: Answer | None
    narrowed: Interval | None = None

    @property
    def span(self) -> Interval | None:
        """Of a question of time: the accepted interval, narrowed by the answers that refine it."""
        return self.narrowed


Belief = Callable[[Question, Testimonies], Weighed]


def _weights(question: Question, known: Testimonies) -> tuple[float, ...]:
    """Over independent voices, the best weight of each, added up."""
    totals = []
    for answer in question.answers:
        best: dict[str, float] = {}
        for claim in answer.claims:
            voice = known.voice[claim.id]
            best[voice] = max(best.get(voice, 0.0), known.weight[claim.id])
        total = 0.0
        for voice in sorted(best):
            total = total + best[voice]
        totals.append(total)
    return tuple(totals)


def believe(question: Question, weights: tuple[float, ...], chosen: Answer | None, known: Testimonies) -> Weighed:
    """Take an answer as so, and refine it by the heaviest of the answers that refine it, as far as that goes."""
    if chosen is None:
        return Weighed(question, weights, None)
    if isinstance(chosen.value, Interval):
        span = chosen.value
        for answer, _ in _heaviest_first(question, weights, known):
            shared = span.meet(answer.value)
            if answer.testifies and shared is not None and answer.value in (shared, span) and shared != span:
                span = shared
        return Weighed(question, weights, chosen, span)
    while True:
        finer = next(
            (
                answer
                for answer, _ in _heaviest_first(question, weights, known)
                if answer.testifies and names_units(question.cell, answer.value, chosen.value, known.ground)
            ),
            None,
        )
        if finer is None:
            return Weighed(question, weights, chosen)
        chosen = finer


def _heaviest_first(question: Question, weights: tuple[float, ...], known: Testimonies) -> list[tuple[Answer, float]]:
    """Answers by weight; of equal weight that of more voices, then the one known earlier, then by what is said.

    Names of claims never decide.
    """

    def order(pair: tuple[Answer, float]) -> tuple[float, int, Minute, str]:
        answer, weight = pair
        voices = {known.voice[claim.id] for claim in answer.claims}
        return -weight, -len(voices), min(known.known[claim.id] for claim in answer.claims), _told(answer.value)

    return sorted(zip(question.answers, weights, strict=True), key=order)


def _told(value: object) -> str:
    return str(sorted(value)) if isinstance(value, frozenset) else str(value)


def graded(question: Question, known: Testimonies) -> Weighed:
    """The heaviest answer: over independent origins, the best of reliability x credibility x lean, added up."""
    weights = _weights(question, known)
    candidates = [pair for pair in _heaviest_first(question, weights, known) if pair[0].testifies]
    return believe(question, weights, candidates[0][0] if candidates else None, known)


def first_report(question: Question, known: Testimonies) -> Weighed:
    """The answer that was known first; of several known at once, the heaviest."""
    return _by_time(question, known, latest=False)


def latest(question: Question, known: Testimonies) -> Weighed:
    """The answer that became known last; of several, the heaviest."""
    return _by_time(question, known, latest=True)


def _by_time(question: Question, known: Testimonies, latest: bool) -> Weighed:
    weights = _weights(question, known)

    def order(answer: Answer) -> Minute:
        times = [known.known[claim.id] for claim in answer.claims]
        return -max(times) if latest else min(times)

    candidates = [answer for answer, _ in _heaviest_first(question, weights, known) if answer.testifies]
    return believe(question, weights, min(candidates, key=order, default=None), known)


def two_origins(question: Question, known: Testimonies) -> Weighed:
    """The heaviest of the answers that two independent voices give; where none has two, nothing is taken as so.

    Of the time of a happening, the heaviest answer serves: that it happened at all is what needs two voices.
    """
    weights = _weights(question, known)
    is_time = question.cell.endswith(".when")
    for answer, _ in _heaviest_first(question, weights, known):
        voices = {known.voice[claim.id] for claim in answer.claims if claim.kind != "forecast"}
        if answer.testifies and (is_time or len(voices) > 1):
            return believe(question, weights, answer, known)
    return believe(question, weights, None, known)


def sampled(draw: Callable[[str], float]) -> Belief:
    """A belief that draws: an answer with odds by weight.

    Args:
        draw: from a question's id to a uniform number in (0, 1), the same for the same question.
    """

    def policy(question: Question, known: Testimonies) -> Weighed:
        weights = _weights(question, known)
        candidates = [
            (answer, weight) for answer, weight in _heaviest_first(question, weights, known) if answer.testifies
        ]
        total = 0.0
        for _, weight in candidates:
            total = total + weight
        mark = draw(question.id) * total
        chosen = candidates[0][0] if candidates else None
        for answer, weight in candidates:
            chosen = answer
            mark -= weight
            if mark <= 0:
                break
        return believe(question, weights, chosen, known)

    return policy


BELIEFS: Mapping[str, Belief] = {
    "graded": graded,
    "first-report": first_report,
    "latest": latest,
    "two-origins": two_origins,
}
"""The beliefs that need no draw, by name. `graded` is the one in force unless another is named."""
