"""The answer to "why" as plain values, with stable keys: documented in `docs/json.md`, and a test holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from situation.events import Event
from situation.log.cells import MINUTES
from situation.log.state import split_cell
from situation.log.value_words import cell_value_in_words
from situation.record.alternatives.views import view_as_named
from situation.record.answers.agreements import reasons
from situation.record.answers.state import entry_answer, uncertain_answer, value_answer
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.evidence.explanation import Why
from situation.record.evidence.voice import Voice
from situation.record.record import Record
from situation.testimony.ground import Ground

__all__ = ["why_answer"]


def why_answer(explanation: Why, record: Record, view: str = "") -> dict[str, Any]:
    """The value of a cell, the entry that gave it, the rule that decided, and every claim by what it says of that time."""
    clock = record.ground.clock
    decided = explanation.decided
    return {
        "cell": explanation.cell,
        "at": clock.text(explanation.at),
        "value": _value(explanation, record.ground),
        "entry": entry_answer(explanation.entry, record.ground) if explanation.entry else None,
        "at_once": [entry_answer(entry, record.ground) for entry in explanation.beside],
        "uncertain": uncertain_answer(explanation.uncertain, record.ground),
        "since": None if explanation.since is None else clock.text(explanation.since),
        "only_opening": explanation.only_opening,
        "question": decided.question.id if decided else None,
        "belief": explanation.belief,
        "view": view_as_named(view, record.ground),
        "rule": BELIEF_RULES[explanation.belief],
        "weights": _weights_answer(decided, record.ground) if decided else [],
        "times": [
            {"question": weighed.question.id, "answers": _weights_answer(weighed, record.ground)}
            for weighed in explanation.times
        ],
        "parts_kept": [
            {"actor": it.actor, "part": it.part, "since": clock.text(it.since), "because": reasons(it.entry)}
            for it in explanation.kept
        ],
        **{group: _voices(voices, record) for group, voices in explanation.groups},
        "retracted": [
            {
                "claim": one.claim.id,
                "says": one.claim.says,
                "source": one.claim.source,
                "at": clock.text(one.at),
                "by": one.by.id,
            }
            for one in explanation.retracted
        ],
    }


def _value(explanation: Why, ground: Ground) -> Any:
    """The value as plain values; a minute, such as that of a launch, as a time."""
    minute = isinstance(explanation.value, int) and split_cell(explanation.cell)[1] in MINUTES
    if minute:
        return cell_value_in_words(explanation.cell, explanation.value, ground)
    return value_answer(explanation.value, ground)


def _weights_answer(weighed: WeighedQuestion, ground: Ground) -> list[dict[str, Any]]:
    """Every answer to a question with its weight, and whether it is the accepted one."""
    return [
        {
            "value": value_answer(answer.value, ground),
            "weight": round(weight, 6),
            "claims": [claim.id for claim in answer.claims],
            "accepted": weighed.accepted is not None and answer.value == weighed.accepted.value,
        }
        for answer, weight in zip(weighed.question.answers, weighed.weights, strict=True)
    ]


def _voices(voices: Iterable[Voice], record: Record) -> list[dict[str, Any]]:
    rows = []
    for voice in voices:
        claim, weight = voice.claim, voice.weight
        rows.append(
            {
                "claim": claim.id,
                "answer": value_answer(voice.answer, record.ground),
                "stance": claim.mode,
                "kind": claim.kind,
                "earliest": record.ground.clock.text(voice.span.earliest),
                "latest": record.ground.clock.text(voice.span.latest),
                "says": claim.says,
                "source": claim.source,
                "outlet": record.testimony.sources[claim.source].outlet,
                "paragraph": claim.paragraph,
                "said_by": claim.said_by,
                "origin": claim.origin,
                "voice": voice.voice,
                "reliability": weight.source + weight.speaker,
                "credibility": weight.credibility,
                "lean": weight.lean,
                "weight": round(weight.value, 6),
                "file": claim.at.file,
                "line": claim.at.line,
                "event": type(claim.content).__name__ if isinstance(claim.content, Event) else claim.kind,
            }
        )
    return rows
