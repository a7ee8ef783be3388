"""What moves the difference between twins: the number that makes it, and nothing else; and the stories picked to show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import NormalDist
from typing import Any

import attrs
import numpy as np
import pytest

from situation.ensemble.divergence import divergence_days
from situation.ensemble.draw_table import DrawTableBuilder
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.examples import examples, twin_examples
from situation.ensemble.results import answer_of, results
from situation.ensemble.twins import differences
from tests.browser.valley_page import side


def answering(found: Ensemble, **answers: np.ndarray) -> Ensemble:
    """The same ensemble with other answers."""
    return attrs.evolve(found, answers={**found.answers, **answers})


def drawn(found: Ensemble, number: str) -> np.ndarray:
    """A number's value in each run."""
    return np.array([found.numbers[int(draw)][number] for draw in found.parameter])


@pytest.fixture(scope="module")
def found() -> Ensemble:
    return side()[0][0]


def test_the_number_that_makes_a_difference_heads_the_list(found: Ensemble) -> None:
    luck = drawn(found, "luck")
    never = np.zeros(len(luck))
    twins = answering(found, dell=(luck > np.median(luck)).astype(float))
    (row,) = (it for it in differences(answering(found, dell=never), twins) if it["question"] == "dell")
    first = row["weights"][0]
    assert first["number"] == "luck"
    assert (first["low"], first["high"]) == (0.0, 1.0)
    assert first["high"] - first["low"] > 3.3 * first["error"]
    assert row["spread"]["parameters"] > 0.9


def test_where_nothing_differs_nothing_moves_it(found: Ensemble) -> None:
    for row in differences(found, found):
        assert row["difference"] == 0
        assert all(weight["low"] == weight["high"] == 0 for weight in row["weights"])
        assert set(row["spread"].values()) == {0.0}
        assert all(it["moves"] == 0 for it in row["disputes"])
        assert row["signposts"] == []


def test_a_number_that_only_the_first_drew_is_looked_at_too(found: Ensemble) -> None:
    luck = drawn(found, "luck")
    without = DrawTableBuilder("numbers")
    for draw, row in found.numbers.items():
        without.add(draw, {name: value for name, value in row.items() if name != "luck"})
    bare = attrs.evolve(found, numbers=without.table())
    moved = answering(found, dell=(luck > np.median(luck)).astype(float))
    (row,) = (it for it in differences(moved, answering(bare, dell=np.zeros(len(luck)))) if it["question"] == "dell")
    assert row["weights"][0]["number"] == "luck"
    assert row["weights"][0]["high"] == -1.0


def test_a_confrontation_is_among_what_may_come_about(found: Ensemble) -> None:
    told = {row["given"] for answer in results(found)["questions"] for row in answer["where_triggered"]}
    assert "guns" in told
    assert all("rung 4" in given for given in told - {"guns"})


def test_the_usual_story_answers_as_most_do(found: Ensemble) -> None:
    usual, other = examples(found)
    shares = {name: values for name, values in found.answers.items() if found.is_share(name) and np.ptp(values) > 0}
    for name, values in shares.items():
        if abs(values.mean() - 0.5) > 0.3:
            assert values[usual.run] == round(values.mean()), name
    assert other.question in shares
    assert shares[other.question][other.run] != shares[other.question][usual.run]


def test_twins_to_be_shown_part_and_go_the_way_of_the_difference(found: Ensemble) -> None:
    harder = side(harder=True)[0][0]
    days = divergence_days(found, harder)
    chosen = twin_examples(found, harder, days)
    assert 1 <= len(chosen) <= 2
    assert all(days[it.run] >= 0 for it in chosen)
    for it in chosen[1:]:
        assert it.answer is not None
        row = next(row for row in differences(found, harder) if row["question"] == it.question)
        assert np.sign(it.answer) == np.sign(row["difference"])
    assert twin_examples(found, found, divergence_days(found, found)) == []


@pytest.mark.parametrize("but", [0, 1])
def test_the_twins_of_the_largest_difference_are_shown_though_the_usual_ones_show_it_too(
    found: Ensemble, but: int
) -> None:
    """One question comes out otherwise in all pairs, or in all but one; the others as they do."""
    harder = side(harder=True)[0][0]
    name = next(name for name in found.answers if found.is_share(name))
    never, always = np.zeros_like(found.answers[name]), np.ones_like(found.answers[name])
    always[:but] = 0.0
    first = attrs.evolve(found, answers={**found.answers, name: never})
    second = attrs.evolve(harder, answers={**harder.answers, name: always})
    chosen = twin_examples(first, second, divergence_days(first, second))
    assert [(it.question, it.answer) for it in chosen[1:]] == [(name, 1.0)]


def test_a_difference_of_shares_is_never_more_than_all_of_them(found: Ensemble) -> None:
    """All groups of stories but one in twelve change: so few groups tell little, but no share can change by more than 1."""
    changed = (found.block % 12 > 0).astype(float)
    never = answering(found, dell=np.zeros(len(changed)), camp=np.zeros(len(changed)))
    always = answering(found, dell=changed, camp=10.0 * changed)
    for first, second, sign in ((never, always, 1.0), (always, never, -1.0)):
        told = {
            row["question"]: sorted(sign * bound for bound in row["interval"]) for row in differences(first, second)
        }
        assert told["dell"][1] == 1.0
        assert 0.0 < told["dell"][0] < 1.0
        assert told["camp"][0] <= 10.0 <= told["camp"][1]


def _floats(answer: Any) -> Iterator[float]:
    """Every fraction in an answer, however deep."""
    if isinstance(answer, float):
        yield answer
    elif isinstance(answer, Mapping):
        for part in answer.values():
            yield from _floats(part)
    elif isinstance(answer, list | tuple):
        for part in answer:
            yield from _floats(part)


def test_every_number_of_an_answer_and_of_a_difference_has_six_digits_after_the_point_at_most(found: Ensemble) -> None:
    luck = drawn(found, "luck")
    twins = answering(found, dell=(luck > np.median(luck)).astype(float), camp=luck / 3.0)
    numbers = [*_floats(results(found)), *_floats(differences(found, twins))]
    assert len(numbers) > 100
    assert [number for number in numbers if number != round(number, 6)] == []


def test_the_outer_band_of_a_number_holds_the_middle_nine_tenths_of_what_the_numbers_make_it(found: Ensemble) -> None:
    draws = found.draws
    made = np.array([NormalDist(100.0, 10.0).inv_cdf((place + 0.5) / draws) for place in range(draws)])
    mixed = np.random.default_rng(3).permutation(made)
    low, high = answer_of(answering(found, camp=mixed[found.parameter]), "camp")["outer"]
    assert np.mean((low <= made) & (made <= high)) == pytest.approx(0.9, abs=0.06)
