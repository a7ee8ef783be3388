"""Draws by address: Philox against NumPy's, and what an address does and does not depend on."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

import situation.chance.luck
from situation.chance.luck import Luck, Stream, mixed, word_of
from situation.chance.philox import MASK, Block, philox, unit
from situation.chance.portable import log
from situation.chance.vectors import log_array, philox_arrays, unit_array

CASES = [
    ((1, 0, 0, 0), (0, 0)),
    ((0, 0, 0, 1), (7, 3)),
    ((MASK, MASK, 5, 0), (MASK, MASK)),
    ((0x0123456789ABCDEF, 0xFEDCBA9876543210, 42, 0xDEADBEEF), (0xA5A5A5A5, 1 << 63)),
]


def _numpy_block(counter: Block, key: tuple[int, int]) -> Block:
    """NumPy raises its counter before each block, so it is set one below."""
    before = (sum(word << (64 * place) for place, word in enumerate(counter)) - 1) % (1 << 256)
    words = [(before >> (64 * place)) & MASK for place in range(4)]
    generator = np.random.Philox(counter=np.array(words, dtype=np.uint64), key=np.array(key, dtype=np.uint64))
    raw = generator.random_raw(4)
    return int(raw[0]), int(raw[1]), int(raw[2]), int(raw[3])


@pytest.mark.parametrize(("counter", "key"), CASES)
def test_philox_gives_the_words_that_numpy_gives(counter: Block, key: tuple[int, int]) -> None:
    assert philox(counter, key) == _numpy_block(counter, key)


def test_philox_matches_numpy_along_a_chain_of_its_own_words() -> None:
    block, key = (1, 2, 3, 4), (5, 6)
    for _ in range(200):
        following = philox(block, key)
        assert following == _numpy_block(block, key)
        block, key = following, (following[2], following[1])


@pytest.mark.parametrize(("counter", "key"), CASES)
def test_lanes_are_the_plain_function_many_times(counter: Block, key: tuple[int, int]) -> None:
    index = np.array([0, 1, 2, key[1], MASK], dtype=np.uint64)
    lanes = philox_arrays(counter, key[0], index)
    for lane, run in enumerate(index):
        assert tuple(int(words[lane]) for words in lanes) == philox(counter, (key[0], int(run)))


def test_units_and_logarithms_of_lanes_have_the_bits_of_the_plain_functions() -> None:
    words = np.concatenate(philox_arrays((9, 9, 9, 9), 1, np.arange(2000, dtype=np.uint64)))
    units = unit_array(words)
    assert units.tolist() == [unit(int(word)) for word in words]
    assert log_array(units).tolist() == [log(float(u)) for u in units]


def test_a_unit_never_reaches_zero_or_one() -> None:
    assert 0.0 < unit(0) < unit(MASK) < 1.0


def test_an_address_always_gives_the_same_draw_and_each_part_of_it_matters() -> None:
    luck = Luck(7, 3)
    here = luck.uniform("breaks", ("garrison", "town"), 17469)
    assert here == Luck(7, 3).uniform("breaks", ("garrison", "town"), 17469)
    others = [
        Luck(8, 3).uniform("breaks", ("garrison", "town"), 17469),
        Luck(7, 4).uniform("breaks", ("garrison", "town"), 17469),
        Luck(7, 3, Stream.RECORD).uniform("breaks", ("garrison", "town"), 17469),
        luck.uniform("renews", ("garrison", "town"), 17469),
        luck.uniform("breaks", ("garriso", "ntown"), 17469),
        luck.uniform("breaks", "garrisontown", 17469),
        luck.uniform("breaks", ("garrison", "town"), 17470),
        luck.uniform("breaks", ("town", "garrison"), 17469),
        luck.uniform("breaks", ("garrison", "town", 0), 17469),
    ]
    assert len({here, *others}) == 10


def test_a_word_is_the_same_in_every_process() -> None:
    assert word_of("chance") == 0xECC761D17931DB06
    assert mixed(word_of("chance"), word_of("breaks")) == 0x3F0388C2BFD04E5B
    assert Luck(7, 0).uniform("golden", "place", 17469) == 0.33601549175737466


def test_the_words_of_several_names_tell_apart_their_order_and_number_and_what_is_a_name() -> None:
    words = [word_of(name) for name in ("garrison", "town", "")]
    mixes = [
        mixed(*words[:1]),
        mixed(*words[:2]),
        mixed(words[1], words[0]),
        mixed(*words),
        mixed(words[0], 0),
        mixed(words[0], 1),
    ]
    assert mixes[0] == words[0]
    assert len(set(mixes)) == 6


def test_four_parts_of_one_address_begin_with_the_plain_draw() -> None:
    luck = Luck(7, 3)
    four = luck.uniforms("day", "town", -5)
    assert four[0] == luck.uniform("day", "town", -5)
    assert len(set(four)) == 4


def test_the_log_writes_an_address_that_can_be_read() -> None:
    assert Luck(7, 12).address("breaks", ("garrison", "town"), 17469) == "chance/7/12/breaks/garrison+town/17469"


@pytest.mark.parametrize(("seed", "index"), [(-1, 0), (0, -1), (1 << 64, 0), (True, 0)])
def test_seeds_that_do_not_fit_are_refused(seed: int, index: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Luck(seed, index)


def test_the_example_in_the_module_holds() -> None:
    assert doctest.testmod(situation.chance.luck).failed == 0
