"""A dispute over who holds a place ends where that changes by what is no part of it, and every door says the same minutes."""

from __future__ import annotations

from typing import Any

import pytest

from situation.events import ActorId, Captured, Event, PlaceId
from situation.page.readings import READINGS, reading_payload
from situation.record.answers.state import Lens, disputes_answer, state_answer
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, record

ARLEN = PlaceId("arlen")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
RIVALS = ("gazette", NORTH, 10), ("herald", SOUTH, 10)
RETAKEN = ("gazette", REBELS, 20)


def _taken(name: str, source: str, by: ActorId, number: int, episode: str) -> Claim:
    event: Event = Captured(ARLEN, (by,))
    return claim(name, event, day(number), episode=episode, source=source, said=day(number), grades=(judged(1),))


def _disputed_days(whole: Record, lens: Lens) -> list[int]:
    return [it for it in range(8, 28) if state_answer(whole, day(it), lens)["places"]["arlen"]["disputed"]]


@pytest.mark.parametrize("belief", ["graded", "first-report", "two-origins"])
def test_a_later_capture_that_nobody_disputes_ends_a_dispute_at_every_door(belief: str) -> None:
    rivals = [_taken(name, *row, "first") for name, row in zip("ab", RIVALS, strict=True)]
    again = [_taken("c", *RETAKEN, "then"), _taken("d", "herald", *RETAKEN[1:], "then")]
    lens = Lens(belief=belief)
    assert _disputed_days(record(*rivals), lens) == list(range(10, 28))
    whole = record(*rivals, *again)
    assert _disputed_days(whole, lens) == list(range(10, 20))
    rows: dict[str, Any] = {row["question"]: row["stands"] for row in disputes_answer(whole, lens)["disputes"]}
    ends = [span["until"][:10] for name, spans in rows.items() if name.startswith("arlen.holder (") for span in spans]
    assert ends == [day(20)]


def test_the_page_marks_the_minutes_that_the_state_names() -> None:
    rivals = [_taken(name, *row, "first") for name, row in zip("ab", RIVALS, strict=True)]
    whole = record(*rivals, _taken("c", *RETAKEN, "then"))
    for name, *row in READINGS:
        payload = reading_payload(whole, whole.minute(None), Lens(), name, *row)
        spans = [span for dispute in payload["disputes"] for span in dispute["stands"]]
        for number in range(8, 28):
            at = whole.minute(day(number))
            marked = any(since <= at and (until is None or at < until) for since, until in spans)
            lens = Lens(day(number) if name == "day" else None, row[-1])
            assert marked == bool(state_answer(whole, at, lens)["places"]["arlen"]["disputed"]), (name, number)
