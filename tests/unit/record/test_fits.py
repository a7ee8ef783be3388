"""What fits several that do not fit each other joins its best, or none of equals; and no name decides."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.events import ActorId, Attacked, Captured, Event, PlaceId, Quantity
from situation.record.joining.fits import Fits
from situation.record.joining.joins import join
from tests.unit.spoken import GROUND, claim, heard

ARLEN, REBELS = PlaceId("arlen"), ActorId("rebels")
PAIRS = tuple(combinations(range(5), 2))


def settled(ranks: dict[tuple[int, int], int], names: tuple[int, ...]) -> set[frozenset[int]]:
    """The pairs that are left of some that fit, under other names, by their own."""
    fits: Fits[int] = Fits()
    for (one, other), rank in sorted(ranks.items(), key=lambda item: names[item[0][0]]):
        fits.enter(names[one], names[other], (rank,))
    return {frozenset((names.index(one), names.index(other))) for one, them in fits.settle().items() for other in them}


@given(st.dictionaries(st.sampled_from(PAIRS), st.integers(0, 1)), st.permutations(range(5)))
def test_what_is_left_all_fits_together_under_any_names(ranks: dict[tuple[int, int], int], names: list[int]) -> None:
    left = settled(ranks, tuple(names))
    assert left == settled(ranks, (0, 1, 2, 3, 4))
    assert left <= {frozenset(pair) for pair in ranks}
    near = {one: {it for pair in left if one in pair for it in pair} | {one} for one in range(5)}
    assert all(near[other] == near[one] for one in range(5) for other in near[one])


def groups(*told: Event) -> set[frozenset[int]]:
    """Which reports of one day, by an outlet each, are joined, by their numbers."""
    said = [
        claim(f"c{number}", event, source=source, episode="")
        for number, (event, source) in enumerate(zip(told, ("gazette", "courier", "herald", "partisan"), strict=False))
    ]
    together: dict[str, set[int]] = {}
    for name, happening in join(said, GROUND, heard(*said)).happening.items():
        together.setdefault(happening, set()).add(int(name[1:]))
    return {frozenset(them) for them in together.values()}


@pytest.mark.parametrize(("one", "other"), list(permutations(("north", "south"), 2)))
def test_a_capture_by_two_joins_neither_of_two_by_one_each(one: str, other: str) -> None:
    takers = ((one, other), (one,), (other,))
    told = [Captured(ARLEN, tuple(ActorId(it) for it in by), REBELS) for by in takers]
    assert groups(*told) == {frozenset({number}) for number in range(3)}
    assert groups(*told[:2]) == {frozenset({0, 1})}


@pytest.mark.parametrize("units", list(permutations(("north", "north-guard", "north-scouts"))))
def test_of_a_chain_of_numbers_the_middle_joins_neither_end(units: tuple[str, ...]) -> None:
    told = [
        Attacked(ARLEN, (ActorId(unit),), REBELS, killed=Quantity("men", best=number))
        for unit, number in zip(units, (10, 30, 80), strict=True)
    ]
    assert groups(*told) == {frozenset({number}) for number in range(3)}
