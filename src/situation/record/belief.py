"""Beliefs: pure policies that weigh the answers to a question and accept one of them.

No rival is forgotten: an answer that is not accepted keeps its weight, and is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from situation.clock import Interval, Minute
from situation.record.questions import Answer, CellQuestion
from situation.record.relations import names_units
from situation.testimony.ground import Ground

__all__ = [
    "BELIEFS",
    "Belief",
    "Evidence",
    "WeighedQuestion",
    "believe",
    "first_report",
    "graded",
    "latest",
    "sampled",
    "two_origins",
]


@frozen
class Evidence:
    """What a policy may know of claims, by id: weight, independent voice, and the minute from which each is known."""

    weight: Mapping[str, float]
    voice: Mapping[str, str]
    known: Mapping[str, Minute]
    ground: Ground


@frozen
class WeighedQuestion:
    """A question with the weight of each answer, and the accepted answer; None: none is accepted.

    `span`: of a question of time, the accepted interval, narrowed by the answers that refine it.
    """

    question: CellQuestion
    weights: tuple[float, ...]
    accepted: Answer | None
    span: Interval | None = None


Belief = Callable[[CellQuestion, Evidence], WeighedQuestion]


def _weights(question: CellQuestion, evidence: Evidence) -> tuple[float, ...]:
    """Over independent voices, the best weight of each, added up."""
    totals = []
    for answer in question.answers:
        best: dict[str, float] = {}
        for claim in answer.claims:
            voice = evidence.voice[claim.id]
            best[voice] = max(best.get(voice, 0.0), evidence.weight[claim.id])
        total = 0.0
        for voice in sorted(best):
            total = total + best[voice]
        totals.append(total)
    return tuple(totals)


def believe(
    question: CellQuestion, weights: tuple[float, ...], chosen: Answer | None, evidence: Evidence
) -> WeighedQuestion:
    """Accept an answer, refined by the heaviest of the answers that refine it, as far as that goes."""
    if chosen is None:
        return WeighedQuestion(question, weights, None)
    if isinstance(chosen.value, Interval):
        span = chosen.value
        for answer, _ in _heaviest_first(question, weights, evidence):
            shared = span.meet(answer.value)
            if answer.testifies and shared is not None and answer.value in (shared, span) and shared != span:
                span = shared
        return WeighedQuestion(question, weights, chosen, span)
    while True:
        finer = next(
            (
                answer
                for answer, _ in _heaviest_first(question, weights, evidence)
                if answer.testifies and names_units(question.cell, answer.value, chosen.value, evidence.ground)
            ),
            None,
        )
        if finer is None:
            return WeighedQuestion(question, weights, chosen)
        chosen = finer


def _heaviest_first(
    question: CellQuestion, weights: tuple[float, ...], evidence: Evidence
) -> list[tuple[Answer, float]]:
    """Answers by weight; of equal weight that of more voices, then the one known earlier, then by its text.

    Names of claims never decide.
    """

    def order(pair: tuple[Answer, float]) -> tuple[float, int, Minute, str]:
        answer, weight = pair
        voices = {evidence.voice[claim.id] for claim in answer.claims}
        return -weight, -len(voices), min(evidence.known[claim.id] for claim in answer.claims), _sort_text(answer.value)

    return sorted(zip(question.answers, weights, strict=True), key=order)


def _sort_text(value: object) -> str:
    return str(sorted(value)) if isinstance(value, frozenset) else str(value)


def graded(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The heaviest answer: over independent origins, the best of reliability x credibility x lean, added up."""
    weights = _weights(question, evidence)
    candidates = [pair for pair in _heaviest_first(question, weights, evidence) if pair[0].testifies]
    return believe(question, weights, candidates[0][0] if candidates else None, evidence)


def first_report(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The answer that was known first; of several known at once, the heaviest."""
    return _by_time(question, evidence, latest=False)


def latest(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The answer that became known last; of several, the heaviest."""
    return _by_time(question, evidence, latest=True)


def _by_time(question: CellQuestion, evidence: Evidence, latest: bool) -> WeighedQuestion:
    weights = _weights(question, evidence)

    def order(answer: Answer) -> Minute:
        times = [evidence.known[claim.id] for claim in answer.claims]
        return -max(times) if latest else min(times)

    candidates = [answer for answer, _ in _heaviest_first(question, weights, evidence) if answer.testifies]
    return believe(question, weights, min(candidates, key=order, default=None), evidence)


def two_origins(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
    """The heaviest of the answers that two independent voices give; where none has two, none is accepted.

    Of the time of a happening, the heaviest answer serves: that it happened at all is what needs two voices.
    """
    weights = _weights(question, evidence)
    is_time = question.cell.endswith(".when")
    for answer, _ in _heaviest_first(question, weights, evidence):
        voices = {evidence.voice[claim.id] for claim in answer.claims if claim.kind != "forecast"}
        if answer.testifies and (is_time or len(voices) > 1):
            return believe(question, weights, answer, evidence)
    return believe(question, weights, None, evidence)


def sampled(draw: Callable[[str], float]) -> Belief:
    """A belief that draws an answer with odds by weight.

    Args:
        draw: from a question's id to a uniform number in (0, 1), the same for the same question.
    """

    def policy(question: CellQuestion, evidence: Evidence) -> WeighedQuestion:
        weights = _weights(question, evidence)
        candidates = [
            (answer, weight) for answer, weight in _heaviest_first(question, weights, evidence) if answer.testifies
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
        return believe(question, weights, chosen, evidence)

    return policy


BELIEFS: Mapping[str, Belief] = {
    "graded": graded,
    "first-report": first_report,
    "latest": latest,
    "two-origins": two_origins,
}
"""The beliefs that need no draw, by name. `graded` is the one in force unless another is named."""
