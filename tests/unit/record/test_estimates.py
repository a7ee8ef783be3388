"""Estimates of strength over time: when a later one replaces an earlier, and when the two are rivals."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import ActorId, AreaId, Quantity, StrengthAssessed
from situation.record.answers.state import Lens, state_answer
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, record


def estimate(name: str, date: int, best: float, scope: Any = "place", **keys: Any) -> Claim:
    event = StrengthAssessed(ActorId("rebels"), AreaId("arlen"), Quantity("fighters", best=best), scope)
    return claim(name, event, day(date), episode="", **keys)


def force(whole: Record, date: int) -> tuple[float, list[str], list[str]]:
    (row,) = state_answer(whole, day(date), Lens())["forces"]
    return row["best"], row["because"], [it["claim"] for it in row["beside"]]


@pytest.mark.parametrize("scope", ["place", "vicinity"])
def test_a_later_estimate_of_the_same_voice_replaces_its_earlier_one(scope: Any) -> None:
    whole = record(estimate("a", 2, 900, scope), estimate("b", 6, 300, scope))
    assert force(whole, 4) == (900, ["a"], [])
    assert force(whole, 8) == (300, ["b"], [])
    assert whole.disputes().disputes == ()
    assert [change.value.best for change in whole.history() if change.cell == "rebels@arlen.strength"] == [900, 300]


def test_another_voice_is_a_rival_before_fourteen_days_and_replaces_after() -> None:
    rival = record(estimate("a", 2, 900), estimate("b", 10, 300, source="courier"))
    assert force(rival, 12) == (900, ["a"], ["b"])
    assert force(rival, 8) == (900, ["a"], [])
    (dispute,) = rival.disputes().disputes
    assert (dispute.cell, dispute.relation) == ("rebels@arlen.strength", "contradicts")
    later = record(estimate("a", 2, 900), estimate("b", 16, 300, source="courier"))
    assert force(later, 15) == (900, ["a"], [])
    assert force(later, 17) == (300, ["b"], [])
    assert later.disputes().disputes == ()


def test_a_heavier_rival_of_a_later_day_is_believed_from_its_day_on() -> None:
    whole = record(estimate("a", 2, 900, source="courier"), estimate("b", 9, 300))
    assert force(whole, 5) == (900, ["a"], [])
    assert force(whole, 10) == (300, ["b"], ["a"])


def test_what_a_voice_has_replaced_is_no_rival_any_more() -> None:
    told = [estimate("a", 2, 900, source="courier"), estimate("b", 6, 310, source="courier"), estimate("c", 8, 300)]
    disputes = record(*told).disputes().disputes
    assert [sorted(dispute.claims) for dispute in disputes] == [["b", "c"]]


def test_two_estimates_of_one_day_are_one_dispute() -> None:
    whole = record(estimate("a", 5, 900), estimate("b", 5, 100, source="courier"))
    (dispute,) = whole.disputes().disputes
    assert sorted(dispute.claims) == ["a", "b"]
    assert force(whole, 6)[:2] == (900, ["a"])
    assert whole.disputes().possibly_one == ()


def test_a_number_for_the_surroundings_never_replaces_one_for_the_place() -> None:
    whole = record(estimate("a", 2, 900), estimate("b", 20, 4000, "vicinity", source="courier"))
    assert force(whole, 25)[0] == 900


def test_of_the_same_time_what_a_voice_says_later_counts() -> None:
    first = evolve(estimate("a", 5, 900), said=claim("x", estimate("y", 5, 1).content, said=day(6)).said)  # type: ignore[arg-type]
    whole = record(first, evolve(estimate("b", 5, 500), said=claim("x", first.content, said=day(9)).said))  # type: ignore[arg-type]
    assert force(whole, 10)[0] == 500
