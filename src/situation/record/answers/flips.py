"""What hangs on the rule as plain values, with stable keys: documented in `docs/json.md`, and a test holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from situation.record.alternatives.flips import CellSpan, UnderBeliefs, flips_by_day
from situation.record.answers.state import Lens, value_answer
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.record import Record

__all__ = ["flips_answer"]


def flips_answer(
    record: Record, lens: Lens, questions: Sequence[UnderBeliefs], cells: Sequence[CellSpan]
) -> dict[str, Any]:
    """Every question under every belief, the cells that flip, and their share by date."""
    clock = record.ground.clock
    return {
        "known_at": clock.text(record.known(lens.known_at)),
        "beliefs": dict(BELIEF_RULES),
        "questions": [
            {
                "question": one.question,
                "cell": one.cell,
                "differs": one.differs,
                "answers": {belief: value_answer(value, record.ground) for belief, value in one.values.items()},
                "tied": {
                    belief: [value_answer(answer.value, record.ground) for answer in weighed.tied]
                    for belief, weighed in one.answers.items()
                    if weighed.tied
                },
            }
            for one in questions
        ],
        "flips": [
            {
                "cell": span.cell,
                "from": clock.day(span.since),
                "until": None if span.until is None else clock.day(span.until),
                "values": {belief: value_answer(value, record.ground) for belief, value in span.values.items()},
            }
            for span in cells
            if span.flips
        ],
        "by_date": [
            {"date": clock.day(day.at), "cells": day.cells, "flip": day.flipping, "share": round(day.share, 6)}
            for day in flips_by_day(cells)
        ],
    }
