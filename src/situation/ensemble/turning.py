"""The turning points of a story: the few entries that most moved what was asked, and the least likely choice on the way.

What *moves an answer* is a change of who holds a place that a question asks about, or of the rung to which two have come
that it asks about; where fewer than three are asked about, other changes of holder count too. Each is weighed by how
surprising its least likely choice was: minus the base-two logarithm of the chance of what happened, over the entry itself
and those that it follows from, back to the turning point before it; a choice counts once. Only choices count: a rule's ratio or
rate is no chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log2
from typing import Any, Final

from attrs import evolve, frozen

from situation.ensemble.answer_words import percent
from situation.events import Triggered
from situation.log.entry import Entry, Ruled
from situation.log.fold import Change
from situation.log.story_words import entry_in_words
from situation.scenario.question import DEFAULT_RUNG
from situation.story.story import Story
from situation.testimony.ground import Ground

__all__ = ["TurningPoint", "chance_in_words", "turning_points", "turning_rows"]

_MOST: Final = 5
_MOST_ANSWERS: Final = 2
"""Answers that are given beside a turning point at most, the first as the scenario asks."""
_FEWEST: Final = 3
_NEVER: Final = 99
"""A rung that is never reached: of clashes that nobody asks about."""
_LADDER: Final = "R8 ladder_step"
_CHOICES: Final = frozenset(
    {
        *("R3 leaves_before_contact", "R3 leaving_rate", "R5 yields_as_a_whole", "R6 counterattack_chance"),
        *("R8 clash_intensity", _LADDER, "R8 concedes", "R13 evacuation_deal", "ceasefire", "chance", "given"),
    }
)
"""The rules whose odds are the chance of what the entry tells, and whose draw decided it."""


_MOST_DIGITS: Final = 6


def chance_in_words(entry: Entry) -> str | None:
    """How likely what an entry of a story tells was, and the draw that decided it; None where chance decided nothing.

    `46 % likely; drew 0.29 (below 0.46), so it happened`, or of what did not come about `30 % likely; drew 0.5 (above 0.3), so it
    did not happen`. A clash sinks by a rung at the upper end of the draw's range; of a draw at both ends no bound is named.
    """
    cause = entry.cause
    if not isinstance(cause, Ruled) or not _is_choice(entry, cause):
        return None
    odds, draw = float(cause.odds or 0.0), float(cause.draw or 0.0)
    happened = not (isinstance(entry.event, Triggered) and not entry.event.happens)
    sinks = cause.rule == _LADDER and draw >= 1.0 - odds
    edge = 1.0 - odds if sinks else odds
    digits = next((it for it in range(2, _MOST_DIGITS) if f"{draw:.{it}g}" != f"{edge:.{it}g}"), _MOST_DIGITS)
    beside = "" if sinks and draw < odds else f" ({'below' if draw < edge else 'above'} {edge:.{digits}g})"
    return (
        f"{percent(odds)} likely; drew {draw:.{digits}g}{beside}, so it {'happened' if happened else 'did not happen'}"
    )


@frozen
class TurningPoint:
    """An entry at which what was asked changed.

    Args:
        entry: the entry.
        choice: the least likely choice among the entry and what it follows from; None: chance decided nothing on the way.
        bits: how surprising that choice was, in bits: 1 for a chance of one half, 3.3 for one of a tenth; 0 without one.
        in_question: whether a question asks about what changed.
        questions: those that are answered with it: the last change of their place up to their day, or the first time that
            their two come to the rung.
    """

    entry: Entry
    choice: Entry | None
    bits: float
    in_question: bool
    questions: tuple[str, ...] = ()


def turning_points(
    story: Story, changes: Iterable[Change], questions: Mapping[str, Mapping[str, Any]], ground: Ground
) -> tuple[TurningPoint, ...]:
    """The turning points of a story, at most five, in the order of time.

    Args:
        story: the story.
        changes: every change of a cell in it.
        questions: what the scenario asks, by name.
        ground: for the places of an area.
    """
    by_id = {entry.id: entry for entry in story.log}
    cells = _cells_in_question(questions, ground)
    deciding: dict[str, bool] = {}
    answered: dict[str, str] = {}
    last: dict[str, Any] = {}
    for change in sorted(changes, key=lambda it: it.since):
        before, last[change.cell] = last.get(change.cell), change.value
        ruled = isinstance(change.entry.cause, Ruled) and change.value not in (None, before)
        rungs = cells.get(change.cell, {})
        high = not change.cell.endswith(".rung") or (change.value or 0) >= min(rungs.values(), default=_NEVER) > (
            before or 0
        )
        if ruled and high and (rungs or change.cell.endswith(".holder")):
            deciding[change.entry.id] = deciding.get(change.entry.id, False) or bool(rungs)
            for name in rungs:
                if _answers(change, questions[name], rungs[name], name in answered, ground):
                    answered[name] = change.entry.id
    points, counted = [], set(deciding)
    for name, about in deciding.items():
        points.append(_point(by_id[name], by_id, frozenset(counted - {name}), about))
        counted |= {point.choice.id for point in points[-1:] if point.choice is not None}
    points.sort(key=lambda it: (not it.in_question, -it.bits, it.entry.time))
    many = sum(it.in_question for it in points)
    chosen = points[: min(_MOST, max(many, _FEWEST))]
    chosen.sort(key=lambda it: it.entry.time)
    return tuple(
        evolve(point, questions=tuple(name for name in questions if answered.get(name) == point.entry.id))
        for point in chosen
    )


def _answers(change: Change, terms: Mapping[str, Any], rung: int, already: bool, ground: Ground) -> bool:
    """Whether a question is answered with a change of its cell, as far as the changes before it go; of an area none is."""
    if terms.get("area") or (terms.get("at") and change.since > ground.clock.moment(str(terms["at"]))):
        return False
    return not rung or (not already and change.value >= rung)


def turning_rows(points: Iterable[TurningPoint], ground: Ground) -> list[dict[str, Any]]:
    """Turning points as plain values, with ids of entries and words."""
    return [
        {
            "entry": point.entry.id,
            "time": ground.clock.text(point.entry.time),
            "text": entry_in_words(point.entry, ground),
            "in_question": point.in_question,
            "questions": list(point.questions[:_MOST_ANSWERS]),
            "bits": point.bits,
            "choice": None if point.choice is None else _choice(point.choice, ground),
        }
        for point in points
    ]


def _choice(entry: Entry, ground: Ground) -> dict[str, Any]:
    cause = entry.cause
    assert isinstance(cause, Ruled)
    row = {"entry": entry.id, "text": entry_in_words(entry, ground), "rule": cause.rule}
    return {**row, "odds": entry.odds, "draw": cause.draw, "address": cause.address, "chance": chance_in_words(entry)}


def _cells_in_question(questions: Mapping[str, Mapping[str, Any]], ground: Ground) -> dict[str, dict[str, int]]:
    """By cell of a holder or a rung the questions that ask about it, each with the rung that it asks about, else 0."""
    cells: dict[str, dict[str, int]] = {}
    for name, terms in questions.items():
        area = terms.get("area")
        places = [terms["place"]] if terms.get("place") else ground.members(area) if area else ()
        for place in places:
            cells.setdefault(f"{place}.holder", {})[name] = 0
        if terms.get("between"):
            one, other = sorted(str(it) for it in terms["between"])
            cells.setdefault(f"{one}:{other}.rung", {})[name] = int(terms.get("rung") or DEFAULT_RUNG)
    return cells


def _point(entry: Entry, by_id: Mapping[str, Entry], others: frozenset[str], in_question: bool) -> TurningPoint:
    """An entry with the least likely choice on the way to it from the turning points before it."""
    waiting, seen = [entry.id], {entry.id}
    choice, most = None, 0.0
    while waiting:
        step = by_id.get(waiting.pop(0))
        if step is None or not isinstance(step.cause, Ruled) or step.id in others:
            continue
        bits = _surprise(step, step.cause)
        if bits > most:
            choice, most = step, bits
        for parent in step.cause.parents:
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return TurningPoint(entry, choice, round(most, 2), in_question)


def _surprise(entry: Entry, cause: Ruled) -> float:
    """How surprising what an entry tells was, in bits; 0 where chance had no part in it."""
    return -log2(entry.odds) if entry.odds is not None and _is_choice(entry, cause) else 0.0


def _is_choice(entry: Entry, cause: Ruled) -> bool:
    """Whether chance decided that an entry came about: a ratio, a pace or a loss that was drawn is no choice."""
    return cause.rule in _CHOICES and entry.odds is not None and cause.draw is not None and 0.0 < entry.odds < 1.0
