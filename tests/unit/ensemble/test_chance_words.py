"""How likely what a story tells was, and on which side of its bound the draw fell, in words."""

from __future__ import annotations

import pytest

from situation.dates import Interval
from situation.ensemble.turning import chance_in_words
from situation.events import ActorId, ClashStepped, PlaceId, Triggered
from situation.log.entry import Entry, Ruled


def words(event: Triggered | ClashStepped, rule: str, odds: float, draw: float) -> str | None:
    return chance_in_words(Entry("it", 0, Interval(0, 0), event, Ruled(rule, odds, "chance/1/0/x/y/0", draw)))


def step(rung: int) -> ClashStepped:
    return ClashStepped(ActorId("north"), ActorId("rebels"), PlaceId("dell"), rung)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words(Triggered("storm", True), "given", 0.46, 0.29), "46 % likely; drew 0.29 (below 0.46), so it happened"),
        (words(Triggered("storm", False), "given", 0.3, 0.5), "30 % likely; drew 0.5 (above 0.3), so it did not happen"),
        (words(Triggered("plan/push", False), "chance", 0.8, 0.9), "80 % likely; drew 0.9 (above 0.8), so it did not happen"),
        (words(step(2), "R8 ladder_step", 0.3, 0.1), "30 % likely; drew 0.1 (below 0.3), so it happened"),
        (words(step(0), "R8 ladder_step", 0.2, 0.9), "20 % likely; drew 0.9 (above 0.8), so it happened"),
        (words(step(1), "R8 ladder_step", 0.6, 0.5), "60 % likely; drew 0.5, so it happened"),
        (words(step(1), "R7 supply", 0.6, 0.5), None),
    ],
)  # fmt: skip
def test_how_likely_it_was_and_what_was_drawn(said: str | None, expected: str | None) -> None:
    assert said == expected
