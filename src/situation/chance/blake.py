"""The word of a name that is put together in a kernel: BLAKE2b of its bytes, as `chance.luck.word_of` gives it for text.

As Python the library does it; compiled it is written out, after RFC 7693, with a digest of 8 bytes and no key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from situation.kernel import kernel, stand_in

__all__ = ["WORK", "word_of_bytes"]

_ROUNDS: Final = 12
_BLOCK: Final = 128
_MIXED: Final = 8
_WORDS: Final = 24
WORK: Final = 40
"""How many words it writes on: 8 of the state, 16 that are mixed, from `_MIXED` on, and 16 of the block, from `_WORDS` on."""
_INITIAL: Final = tuple(
    map(
        np.uint64,
        (
            *(0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1),
            *(0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179),
        ),
    )
)
_PARAMETERS: Final = np.uint64(0x01010008)
"""A digest of 8 bytes, no key, one leaf."""
_ORDERS: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    (14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3),
    (11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4),
    (7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8),
    (9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13),
    (2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9),
    (12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11),
    (13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10),
    (6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5),
    (10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0),
)
"""Which word of a block enters where, in each round; the eleventh is as the first, the twelfth as the second."""
_QUARTERS: Final = (
    *((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)),
    *((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)),
)


@kernel
def _turned(word: np.uint64, bits: int) -> np.uint64:
    return (word >> np.uint64(bits)) | (word << np.uint64(64 - bits))


@kernel
def _stir(work: Any, quarter: tuple[int, int, int, int], x: np.uint64, y: np.uint64) -> None:
    a, b, c, d = quarter
    a, b, c, d = a + _MIXED, b + _MIXED, c + _MIXED, d + _MIXED
    work[a] = work[a] + work[b] + x
    work[d] = _turned(work[d] ^ work[a], 32)
    work[c] = work[c] + work[d]
    work[b] = _turned(work[b] ^ work[c], 24)
    work[a] = work[a] + work[b] + y
    work[d] = _turned(work[d] ^ work[a], 16)
    work[c] = work[c] + work[d]
    work[b] = _turned(work[b] ^ work[c], 63)


@kernel
def _press(work: Any, count: int, last: bool) -> None:
    """The block into the state; `count`: the bytes up to its end."""
    for at in range(8):
        work[_MIXED + at], work[_MIXED + at + 8] = work[at], _INITIAL[at]
    work[_MIXED + 12] = work[_MIXED + 12] ^ np.uint64(count)
    if last:
        work[_MIXED + 14] = ~work[_MIXED + 14]
    for turn in range(_ROUNDS):
        order = _ORDERS[turn % 10]
        for at in range(8):
            _stir(work, _QUARTERS[at], work[_WORDS + order[2 * at]], work[_WORDS + order[2 * at + 1]])
    for at in range(8):
        work[at] = work[at] ^ work[_MIXED + at] ^ work[_MIXED + at + 8]


def _written_out() -> Callable[..., Any]:
    def word_of_letters(letters: Any, first: int, end: int, work: Any) -> Any:
        for at in range(8):
            work[at] = _INITIAL[at]
        work[0] = work[0] ^ _PARAMETERS
        start = first
        while True:
            for at in range(16):
                work[_WORDS + at] = np.uint64(0)
            stop = min(end, start + _BLOCK)
            for at in range(start, stop):
                word = _WORDS + (at - start) // 8
                work[word] = work[word] | np.uint64(letters[at]) << np.uint64(8 * ((at - start) % 8))
            _press(work, stop - first, stop == end)
            if stop == end:
                return work[0]
            start = stop

    return word_of_letters


@stand_in(_written_out)
def word_of_bytes(letters: Any, first: int, end: int, work: Any) -> int:
    """The word of the name that stands in some bytes, from `first` up to `end`.

    Args:
        work: `WORK` words to write on.
    """
    return int.from_bytes(hashlib.blake2b(bytes(letters[first:end]), digest_size=8).digest(), "little")
