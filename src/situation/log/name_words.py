"""Names of places, areas and operations inside a sentence: with the article and the preposition that English has for them."""

from __future__ import annotations

import re
from typing import Final

from situation.testimony.ground import Ground

__all__ = ["at_place", "in_place", "is_many", "named", "operation_named", "verb_of", "whose_in_words"]

_WITH_ARTICLE: Final = frozenset(
    {
        *("army", "authority", "brigade", "brigades", "command", "committee", "corps", "council", "division"),
        *("emirate", "emirates", "federation", "fleet", "force", "forces", "front", "government", "guard", "guards"),
        *("kingdom", "league", "legion", "marines", "militia", "militias", "movement", "nations", "navy", "party"),
        *("police", "regiment", "republic", "service", "services", "states", "tribes", "union", "unit", "units"),
    }
)
"""Last words of actors' names before which English writes the article."""
_WITHOUT_ARTICLE: Final = frozenset({"airport", "airfield", "province"})
"""Common nouns that end a place's name and make it no other than a name."""
_LABELS: Final = frozenset(
    {
        *("all", "area", "areas", "border", "borders", "bridgehead", "coast", "crossing", "crossings", "desert"),
        *("disputed", "hills", "islands", "mountains", "outskirts", "outside", "plain", "quarters", "river", "road"),
        *("sea", "side", "strip", "suburbs", "territories", "valley", "villages"),
    }
)
"""Words that begin a map's label rather than a name, where a word in small letters follows: `Desert to the south`."""
_BARE: Final = frozenset({"all", "outside"})
"""Labels that take no article."""
_PLURALS: Final = frozenset({"emirates", "highlands", "hills", "islands", "isles", "mountains"})
_REGION_OF: Final = re.compile("(Bay|Emirate|Gulf|Kingdom|Province|Region|Republic|State|Straits?) of ")

_ON: Final = frozenset(
    {
        *(
            "bank",
            "beach",
            "border",
            "borders",
            "coast",
            "dam",
            "frontier",
            "height",
            "heights",
            "highway",
            "hill",
            "island",
            "isle",
        ),
        *("islet", "mount", "mountain", "peak", "peninsula", "plateau", "ridge", "river", "road", "shore", "summit"),
    }
)
"""What one stands on: words of a name, or of the name of a kind."""
_IN: Final = frozenset({"district", "hills", "mountains", "quarter", "quarters", "strip", "suburb", "villages"})
_AT: Final = frozenset({"crossing", "crossings", "gate", "gates"})
_SETTLED: Final = frozenset({"village"})

_OPERATIONS: Final = frozenset(
    {
        *("advance", "assault", "attack", "attacks", "blockade", "campaign", "counter-attack", "counter-attacks"),
        *(
            "counter-offensive",
            "crossing",
            "defence",
            "defense",
            "invasion",
            "landing",
            "landings",
            "march",
            "offensive",
        ),
        *("operation", "operations", "push", "raid", "raids", "relief", "retreat", "siege", "support", "sweep"),
        *("uprising", "war", "withdrawal"),
    }
)
"""Common nouns of operations: one that bears such a name has the article."""
_MANY: Final = re.compile(
    "(ers|ors|rifles|allies|ists|ents|els|ces|its|rds|ades|ops|ines|ians|eans|cans|ites|ights|ids|militias|tribes|police|men|troops)$"
    "|^the .*(?<![sui])s$|^the .*[a-z]{3}is$"
)
"""Ends of names that are plurals; with the article any that ends in an s: the Biafrans, the Houthis."""
_ONE: Final = re.compile("(states|nations|netherlands|philippines|corps|headquarters|congress|press|emirates|crisis)$")
"""Ends of names that are none, though they end in an s."""


def named(thing: str, ground: Ground) -> str:
    """The name of an actor, a place or an area inside a sentence, with the article where English has one."""
    name = ground.name(thing)
    first, _, rest = name.partition(" ")
    if first.lower() in ("the", "a", "an"):
        return f"{first.lower()} {rest}"
    last = name.rpartition(" ")[2]
    if thing in ground.actors:
        return f"the {name}" if last.lower() in _WITH_ARTICLE or name.startswith("Government of ") else name
    if first.lower() in _LABELS and rest[:1].islower():
        label = f"{first.lower()} {rest}"
        return label if first.lower() in _BARE else f"the {label}"
    if first in ("Around", "Within") and not ground.is_place(thing):
        return f"the area {first.lower()} {rest}"
    if first.endswith(("'s", "s'")) or " and " in name:  # the river's northern bank
        return name
    common = bool(rest) and " as " not in name and last.islower() and last.isalpha() and last not in _WITHOUT_ARTICLE
    within = any(word in _LABELS - _BARE for word in rest.split(" ")[:-1])  # Northern side of the border
    plural = bool(rest) and last.lower() in _PLURALS
    return f"the {name}" if common or within or plural or " at " in name or _REGION_OF.search(name) else name


def at_place(place: str, ground: Ground) -> str:
    """Where something happened, from outside: `at Aven`, `on Hill 776`, `in the northern desert`."""
    return _where(place, ground, inside=False)


def in_place(place: str, ground: Ground) -> str:
    """Where something is, within it: `in Aven`, `on Hill 776`, `at the old air base`."""
    return _where(place, ground, inside=True)


def _where(place: str, ground: Ground, *, inside: bool) -> str:
    name = named(place, ground)
    if name.startswith("outside "):
        return name
    words = name.lower().split(" ")
    point = ground.is_place(place)
    kind = ground.kind_of(place) if point else None
    settled = kind is not None and (kind.people or kind.id in _SETTLED)
    words = words[1:] if words[0] == "the" else words
    ends = {words[0], words[-1]} if words[0] not in _LABELS else {words[0]}
    if settled:
        preposition = "in" if inside else "at"
    elif ends & _IN:
        preposition = "in"
    elif ends & _ON or (kind is None and " side of " in name) or (kind and _ON & {*kind.id.split("-")}):
        preposition = "on"
    else:
        preposition = "in" if (kind is None or kind.area) and not ends & _AT else "at"
    return f"{preposition} {name}"


def operation_named(operation: str, ground: Ground) -> str:
    """An operation's name inside a sentence: `Operation Thunder`, `the spring offensive`, `the advance on Aven`."""
    name = ground.name(operation)
    first, _, rest = name.partition(" ")
    words = name.lower().split(" ")
    if first.lower() == "the":
        return f"the {rest}"
    if first in ("Operation", "Exercise") or not ({*words} & _OPERATIONS or words[0] == "battle"):
        return name
    return f"the {first.lower()} {rest}" if first.lower() in _OPERATIONS and rest[:1].islower() else f"the {name}"


def is_many(thing: str, ground: Ground) -> bool:
    """Whether a name is a plural, before which a verb stands without its `s`: `Hill Rifles`, several who act together."""
    if thing in ground.actors:
        actor = ground.actors[thing]  # type: ignore[index]
        name = actor.name.lower()
        return actor.kind not in ("state", "body", "ship") and bool(_MANY.search(name)) and not _ONE.search(name)
    return " and " in ground.name(thing)


def verb_of(actor: str, ground: Ground, many: str, one: str) -> str:
    """The form of a verb after an actor's name: `the Rifles hold`, `the North holds`."""
    return many if is_many(actor, ground) else one


def whose_in_words(name: str) -> str:
    """A name before what is its own: `the North's`, `the rebels'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
