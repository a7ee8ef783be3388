"""Estimates of strength over time: which of them are rivals, and which an older one that a later one has replaced.

A voice's later estimate of the same thing replaces its earlier one. Another voice's replaces it when it is of a time fourteen
days later, and is its rival before that. All stay in history.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from situation.dates import DAY, Minute
from situation.events import StrengthAssessed
from situation.record.joining.joins import Joins
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.joining.topic import span_of, speaks
from situation.testimony.authority import own_body
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["STALE", "with_rival_estimates"]

STALE: Final = 14 * DAY
"""How much later, in minutes, another voice's estimate must be of to replace one. ASSUMED: two weeks, in which a force of some
hundreds or thousands seldom changes so much that an older estimate no longer speaks against a newer."""


@frozen
class _Estimate:
    claim: Claim
    cell: str
    episode: str
    scope: str
    voice: str
    at: Minute


def with_rival_estimates(
    questions: Iterable[CellQuestion], joins: Joins, ground: Ground, testimony: Testimony
) -> tuple[CellQuestion, ...]:
    """Questions on strengths, each with the earlier estimates that are still rivals of its own.

    Args:
        questions: every question, by cell and episode.
        joins: the claims, and the episode of each.
        ground: the map.
        testimony: who speaks for whom.
    """
    by_cell: dict[str, list[tuple[int, _Estimate]]] = {}
    by_question: dict[tuple[str, str], list[_Estimate]] = {}
    for number, estimate in enumerate(_estimates(joins, ground, testimony)):
        by_cell.setdefault(estimate.cell, []).append((number, estimate))
        by_question.setdefault((estimate.cell, estimate.episode), []).append(estimate)
    for of_cell in by_cell.values():
        of_cell.sort(key=_time)
    widened = []
    for question in questions:
        own = by_question.get((question.cell, question.episode), [])
        fresh = _fresh(by_cell[question.cell], max(it.at for it in own)) if own else []
        rivals = _rivals(question.episode, own, fresh) if own else []
        widened.append(_joined(question, rivals) if rivals else question)
    return tuple(widened)


def _time(numbered: tuple[int, _Estimate]) -> Minute:
    return numbered[1].at


def _fresh(of_cell: list[tuple[int, _Estimate]], at: Minute) -> list[_Estimate]:
    """Of the estimates of a cell, which are in the order of time, those that are not stale at a minute, as they were numbered."""
    start, end = bisect_right(of_cell, at - STALE, key=_time), bisect_right(of_cell, at, key=_time)
    return [estimate for _, estimate in sorted(of_cell[start:end], key=lambda numbered: numbered[0])]


def _estimates(joins: Joins, ground: Ground, testimony: Testimony) -> Iterable[_Estimate]:
    for claim in joins.ordered:
        event = claim.event
        if isinstance(event, StrengthAssessed) and claim.kind == "event" and claim.mode == "asserts":
            for cell in speaks(claim, ground):
                at = span_of(claim, ground).earliest
                yield _Estimate(claim, cell, joins.episode[claim.id], event.scope, own_body(claim, testimony), at)


def _rivals(episode: str, own: list[_Estimate], fresh: list[_Estimate]) -> list[_Estimate]:
    """Those of the fresh estimates of other times that speak against the estimates of an episode: not replaced by then."""
    at, scopes, voices = max(it.at for it in own), {it.scope for it in own}, {it.voice for it in own}
    latest: dict[str, Minute] = {}
    for it in fresh:
        latest[it.voice] = max(it.at, latest.get(it.voice, it.at))
    return [
        other
        for other in fresh
        if other.episode != episode
        and other.scope in scopes
        and other.voice not in voices
        and other.at >= latest[other.voice]
        and (other.at < at or _rank(other) < min(_rank(it) for it in own))
    ]


def _rank(estimate: _Estimate) -> tuple[str, ...]:
    """Of two estimates of one time, which is asked about together with the other: by what they say, and who says it."""
    claim = estimate.claim
    return repr(claim.content), claim.source, claim.said_by, claim.origin, claim.id


def _joined(question: CellQuestion, rivals: list[_Estimate]) -> CellQuestion:
    answers = {(answer.value, getattr(answer.content, "scope", "")): answer for answer in question.answers}
    for rival in rivals:
        event = rival.claim.event
        assert isinstance(event, StrengthAssessed)
        key = (event.number, event.scope)
        given = answers[key].claims if key in answers else ()
        answers[key] = Answer(event.number, (*given, rival.claim))
    return evolve(question, answers=tuple(answers.values()))
