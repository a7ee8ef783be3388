"""Spellings of one name brought together, in any script. The page's script `core/spelling.js` does the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["spelling_key"]

_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
"""Marks above and below letters: of Latin, Greek and Cyrillic; vowel points of Hebrew and Arabic; variation selectors.
The vowel signs of other scripts are letters of their words, and stay."""
_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("\u0622\u0623\u0625\u0671\u0672\u0673\u0675", "\u0627"),  # forms of alef
        "\u0629": "\u0647",  # ta marbuta as ha
        **dict.fromkeys("\u06c0\u06c1\u06c2\u06c3\u06d5\u06be", "\u0647"),  # other forms of ha
        **dict.fromkeys("\u0649\u06cc\u06d2\u0626\u0678", "\u064a"),  # forms of ya, and alef maksura
        "\u0624": "\u0648",  # waw with hamza
        "\u06a9": "\u0643",  # Persian kaf
        "\u03c2": "\u03c3",  # final sigma
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u00f0": "d",
        "\u0127": "h",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00fe": "th",
    }
)
_NO_LETTER: Final = re.compile("[\u02b0-\u02ff\u0374\u0375\u037a\u0384\u0640\u07f4\u07f5\u00aa\u00ba]")
"""Signs that count as letters and are none in a name: apostrophes and half rings (U+02BC, U+02BF), tatweel."""


@lru_cache(maxsize=65_536)
def spelling_key(name: str) -> str:
    """A name without case, accents, apostrophes, hyphens and spaces, its letters in their plain forms.

    Spellings with one key are the same name: `Chambéry` and `chambery`, `Слов'янськ` with any apostrophe, `القاعدة` and
    `القاعده`.
    """
    letters = unicodedata.normalize("NFKD", name.upper().lower())
    letters = _MARKS.sub("", letters).translate(_LETTERS)
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", letters))
    kept = (letter for letter in _NO_LETTER.sub("", letters) if unicodedata.category(letter)[0] in "LNM")
    return "".join(_digit(letter) for letter in kept)


def _digit(letter: str) -> str:
    """A digit of any script as ours."""
    return str(unicodedata.decimal(letter)) if unicodedata.category(letter) == "Nd" else letter
