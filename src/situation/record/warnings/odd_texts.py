"""Texts and ids that are hardly meant: signs that nobody sees, letters of two scripts in a word, names that no page can show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from situation.errors import Problem, Where, harmless
from situation.record.record import Record
from situation.testimony.lexicon import CountWord, TimeWord

__all__ = ["odd_texts", "text_faults"]

_LONGEST_NAME: Final = 350
"""Letters of a name, an id or a title of an outlet. ASSUMED: twice the longest known, of nine groups as one."""
_LONGEST_LINE: Final = 1_000
"""Letters of a title. ASSUMED."""
_LONGEST_TEXT: Final = 50_000
"""Letters of any text: that of a long article. ASSUMED."""
_LONGEST: Final[Mapping[str, int]] = {
    **dict.fromkeys(
        ("id", "name", "outlet", "author", "publisher", "unit", "episode", "scenario", "situation"), _LONGEST_NAME
    ),
    "title": _LONGEST_LINE,
}
_TO_COME: Final = frozenset({"todo", "to do", "fixme", "tbd", "tba", "to be done", "lorem ipsum"})
"""What stands for a text that is still to be written."""
_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH"})
"""Scripts of which letters look alike."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in word} & _ALIKE


def text_faults(text: str, key: str) -> Iterator[tuple[str, str]]:
    """What is odd in a text, each as a fact and what to do.

    Args:
        text: the text.
        key: under which it stands.
    """
    if harmless(text) != text:
        sign = next(one for one in text if harmless(one) != one)
        fact = f"The text under '{key}' holds the sign U+{ord(sign):04X}, which is shown as a mark."
        yield fact, "Take it out, or write what it stands for."
    if len(text) > (most := _LONGEST.get(key, _LONGEST_TEXT)):
        yield f"The text under '{key}' has {len(text):,} letters.", f"Keep it to {most:,}, and put the rest elsewhere."
    if text.strip(" .:!").casefold() in _TO_COME:
        yield f"The text under '{key}' is '{text}'.", "Write what belongs there, or leave the key out."
    if text.isascii() or key not in _LONGEST:
        return
    for word in _WORD.findall(text):
        if len(scripts := _scripts(word)) > 1:
            named = " and ".join(sorted(script.capitalize() for script in scripts))
            yield f"'{word}' mixes letters of {named}, which look alike.", "Write it in the letters of one."


def odd_texts(record: Record) -> Iterator[Problem]:
    """Every odd text of a record: of its map, its sources and its claims."""
    ground, testimony = record.ground, record.testimony
    for key, text in (("title", ground.title), ("about", ground.about)):
        for fact, advice in text_faults(text, key):
            yield Problem(ground.where[key], fact, advice)
    lexicon: tuple[TimeWord | CountWord, ...] = (*ground.lexicon.values(), *ground.counts.values())
    for word in lexicon:
        yield from _of(word, ground.where.get(f"lexicon:{word.words}", Where("map.yaml")))
    for number, stop in enumerate(ground.tour):
        yield from _of(stop, ground.where[f"tour:{number}"])
    for kind, table in (
        ("actor", ground.actors),
        ("place", ground.places),
        ("region", ground.regions),
        ("operation", ground.operations),
        ("link", ground.links),
    ):
        for thing in table.values():
            yield from _of(thing, ground.where.get(f"{kind}:{thing.id}", Where("map.yaml")))
    for rows in (testimony.sources, testimony.speakers, testimony.origins, testimony.claims):
        for row in rows.values():
            yield from _of(row, row.at)


def _of(thing: Any, at: Where) -> Iterator[Problem]:
    """The odd texts of a record, a source or a thing of the map, and of what is in it."""
    for key, text in _texts(thing, ""):
        for fact, advice in text_faults(text, key):
            yield Problem(at, fact, advice)


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Every text in a value, with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Where):
        return
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from _texts(getattr(value, attribute.name), attribute.name)
    elif isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _texts(inner_key, "id")
            yield from _texts(inner, key)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from _texts(inner, key)
