"""What is told of two days, of which one is believed: either may be right, and what the other is at odds with is its rival."""

from __future__ import annotations

from situation.dates import Interval
from situation.record.record import Record

__all__ = ["rivals_in_date"]


def rivals_in_date(record: Record) -> dict[str, tuple[str, str]]:
    """By claim that gives another date than is believed what to say of it, and what to do."""
    clock = record.ground.clock
    made: dict[str, tuple[str, str]] = {}
    for weighed in record.reading().decided:
        taken = weighed.accepted
        if taken is None or not weighed.question.cell.endswith(".when") or len(weighed.question.answers) < 2:
            continue
        first = taken.claims[0]
        for answer in weighed.question.answers:
            if answer is taken or not isinstance(answer.value, Interval) or not isinstance(taken.value, Interval):
                continue
            dates = f"{clock.spoken(taken.value)}, and this to {clock.spoken(answer.value)}"
            for claim in (it for it in answer.claims if not record.testimony.parted(first.id, it.id)):
                joined = f"write 'same: [[{first.id}, {claim.id}]]' at the end"
                joined = "give them one 'episode'" if first.episode and claim.episode else joined
                made[claim.id] = (
                    f"'{first.id}' dates it to {dates}. One of the two dates may be right; that of '{first.id}' is taken.",
                    f"If both tell of one event, {joined}; if of two, tell what came between.",
                )
    return made
