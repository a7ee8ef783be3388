"""The names that a scenario gives its forces, plans and conditions, as words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from situation.events import ActorId
from situation.testimony.ground import Ground

__all__ = ["name_in_words"]

_MOST_LETTERS: Final = 5
"""Letters of an abbreviation: a longer name in capitals is a name. ASSUMED: two to five are usual, as in UN, SDF or UNHCR."""


def name_in_words(name: str, ground: Ground | None = None) -> str:
    """A name that a scenario gives, as words: `plan/pmu-crosses` as `pmu crosses`.

    With the ground, what it names is written as it is called there: `South crosses`, `Upper Ford column`.
    """
    words = name.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return words if ground is None else " ".join(_as_called(words.split(" "), ground))


def _as_called(words: list[str], ground: Ground) -> Iterator[str]:
    """Words with the names of places among them, and at their head that of an actor, as the map has them."""
    at = 0
    while at < len(words):
        runs = (
            (size, _called(" ".join(words[at : at + size]), ground, first=at == 0))
            for size in range(len(words) - at, 0, -1)
        )
        size, name = next(((size, name) for size, name in runs if name), (1, words[at]))
        yield name
        at += size


def _called(spelling: str, ground: Ground, first: bool) -> str:
    """The name of a place; of an actor its letters, if it is spelled by them, else its name; empty where there is neither."""
    thing = ground.find(spelling)
    if thing is None:
        return ""
    if thing not in ground.actors:
        return ground.name(thing) if ground.is_place(thing) else ""
    if not first and spelling != thing:
        return ""  # an alias may be a word of its own: "is"
    aliases = (alias.name for alias in ground.actors[ActorId(thing)].aliases)
    letters = (name for name in aliases if name.isupper() and len(name) <= _MOST_LETTERS)
    return next((it for it in letters if it.lower() == spelling), ground.name(thing))
