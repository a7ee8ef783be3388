"""The reduced model, two sides that fight until one breaks, against the same on SimPy, Mesa and salabim."""

from __future__ import annotations

import pytest

from tests.bench.battle_rivals import DRAWS_A_DAY, DRAWS_BEFORE, RIVALS
from tests.bench.child import child
from tests.bench.measure import against_told
from tests.bench.table import Made

pytestmark = pytest.mark.bench
OURS, THEIRS = 100_000, 4_000
"""Battles that each fights: so many that either takes about a second."""
SAME = 0.04
"""How far the shares of battles that the attacker wins may lie apart: they differ by luck alone."""


@pytest.mark.parametrize("name", sorted(RIVALS))
def test_the_reduced_model_against_the_same_on_another_engine(name: str) -> None:
    pytest.importorskip(name.lower())
    ours, theirs = child("battles", 10_000, compiled=True), child(name, THEIRS)
    assert abs(ours["won"] - theirs["won"]) < SAME
    days = ours["days"]
    made = Made(draws=DRAWS_BEFORE + DRAWS_A_DAY * days), Made(draws=DRAWS_BEFORE + DRAWS_A_DAY * theirs["days"])
    against_told(
        f"the reduced model, a battle by days, compiled, against {name}",
        lambda: float(child("battles", OURS, compiled=True)["seconds"]) / OURS,
        lambda: float(child(name, THEIRS)["seconds"]) / THEIRS,
        rounds=3,
        made=made,
        work=f"a battle of {days:.1f} days in the mean; start not counted",
        reach="ahead",
    )
