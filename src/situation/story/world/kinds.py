"""The kinds of fields of a world, and how each is stored."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

__all__ = ["AS_FLAG", "AS_ID", "AS_NUMBER", "AS_REAL", "AS_WORD", "LISTS", "STORAGE", "Kind"]

LISTS: Final[Mapping[str, int]] = MappingProxyType(
    {"bodies": 48, "sighted": 128, "columns": 16, "incidents": 128, "parts": 12, "beside": 16, "about": 5, "names": 64}
)
"""How long the lists inside a record can be: bodies at one place, garrisons that have seen one column ..."""

AS_NUMBER, AS_ID, AS_FLAG, AS_REAL, AS_WORD = "i8", "i8", "u1", "f8", "u8"
"""Types of numbers, as NumPy writes them: 64 bits, a flag, a float, 64 bits without a sign.

Ids are of 64 bits as other numbers are: of 32, every kernel that takes either would be compiled twice.
"""


class Kind(Enum):
    """What a field holds: the name of each kind is what `cells` reads it by."""

    COUNT = "a whole number"
    REAL = "a number"
    FLAG = "yes or no"
    MINUTE = "a minute"
    DAY = "a day"
    WORD = "a word"
    PLACE = "a place"
    FORCE = "a body of men"
    ACTOR = "an actor"
    LINK = "a link"
    PLAN = "a plan"
    DOCTRINE = "a doctrine"
    THING = "a place, a link or a posture"
    AGREEMENT = "an agreement"
    VALUE = "a value that a scenario gives"
    CHANCE = "a word of chance, of 64 bits"
    NAME = "a name"
    NUMBER = "a number of the story"
    SUBJECT = "what a draw is about: names and numbers"
    NAMES = "names"
    SHARES = "for each body of a list a share"
    COUNTS = "for each body of a list a number of men"
    SIDES = "nobody, an actor or several together"
    UNITS = "a set of actors"
    HEIRS = "nobody or none: what was open is settled"
    DUE = "what falls due"
    LAPSED = "nothing any more"
    FIGHT = "the other fields of a battle together"
    BATCH = "losses, in the table of wounds"
    DIRECTION = "who attacked whom"
    PARTS = "who has which part"
    STANDING = "agreements, each with whether it was broken and by whom"
    BODIES = "bodies, in the order of coming"
    SIGHTED = "garrisons"
    COLUMNS = "bodies"
    INCIDENTS = "days"
    NUMBERS = "the table of numbers"
    FORCES = "the table of forces"
    FIELD_FORCES = "the field forces in it"
    CUT = "the table of forces without supply"


STORAGE: Final[Mapping[Kind, tuple[tuple[str, str, int], ...]]] = MappingProxyType(
    {
        **dict.fromkeys((Kind.COUNT, Kind.MINUTE, Kind.DAY, Kind.SIDES, Kind.UNITS), (("", AS_NUMBER, 0),)),
        **dict.fromkeys((Kind.WORD, Kind.PLACE, Kind.FORCE, Kind.ACTOR, Kind.LINK, Kind.PLAN), (("", AS_ID, 0),)),
        **dict.fromkeys((Kind.DOCTRINE, Kind.THING, Kind.AGREEMENT, Kind.VALUE, Kind.HEIRS), (("", AS_ID, 0),)),
        Kind.REAL: (("", AS_REAL, 0),),
        Kind.CHANCE: (("", AS_WORD, 0),),
        Kind.NAME: (("", AS_NUMBER, 0),),
        Kind.NUMBER: (("", AS_ID, 0),),
        Kind.SUBJECT: (("", AS_ID, LISTS["about"]),),
        Kind.NAMES: (("", AS_NUMBER, LISTS["names"]), ("_count", AS_ID, 0)),
        Kind.SHARES: (("", AS_REAL, LISTS["bodies"]),),
        Kind.COUNTS: (("", AS_NUMBER, LISTS["bodies"]),),
        **dict.fromkeys((Kind.FLAG, Kind.LAPSED), (("", AS_FLAG, 0),)),
        Kind.DUE: (("", AS_NUMBER, 0), ("_rank", AS_REAL, 0)),
        Kind.BATCH: (("_first", AS_ID, 0), ("_count", AS_ID, 0)),
        Kind.DIRECTION: (("", AS_NUMBER, 0), ("_against", AS_ID, 0)),
        Kind.PARTS: (("_count", AS_ID, 0), ("_actor", AS_ID, LISTS["parts"]), ("_text", AS_ID, LISTS["parts"])),
        Kind.STANDING: (
            ("_count", AS_ID, 0),
            *((end, AS_ID, LISTS["beside"]) for end in ("_agreement", "_violated", "_violators")),
        ),
        Kind.BODIES: (("", AS_ID, LISTS["bodies"]), ("_count", AS_ID, 0)),
        Kind.SIGHTED: (("", AS_ID, LISTS["sighted"]), ("_count", AS_ID, 0)),
        Kind.COLUMNS: (("", AS_ID, LISTS["columns"]), ("_count", AS_ID, 0)),
        Kind.INCIDENTS: (("", AS_NUMBER, LISTS["incidents"]), ("_count", AS_ID, 0)),
        **dict.fromkeys((Kind.FIGHT, Kind.NUMBERS, Kind.FORCES, Kind.FIELD_FORCES, Kind.CUT), ()),
    }
)
"""How a kind is stored: by the end of each name, its type, and how many there are where it is a list."""
