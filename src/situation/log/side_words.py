"""Who attacked whom, in plain words, where a source names both sides, one of them, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["BY_MEANS", "UNNAMED_ATTACKERS", "UNNAMED_FORCES", "attack_in_words", "killing_in_words"]

UNNAMED_ATTACKERS: Final = "attackers who are not named"
"""Those who struck, where no source names them."""
UNNAMED_FORCES: Final = "forces that are not named"
"""Those who took, ringed or entered a place, or took prisoners, where no source names them."""

BY_MEANS: Final[Mapping[str, str]] = {
    "air": " from the air",
    "artillery": " with artillery",
    "ground": " with ground forces",
    "counter-attack": " in a counter-attack",
    "fire": " by fire",
}
"""By what something was struck, after the verb."""
_STRUCK: Final[Mapping[str, str]] = {"counter-attack": "counter-attacked", "fire": "fired on"}
"""Verbs that say by what an attack was made, before whom it struck."""
_STRUCK_NOBODY_NAMED: Final[Mapping[str, str]] = {"counter-attack": "counter-attacked", "fire": "opened fire"}
"""The same, where it is not said whom."""
_OF_NOBODY_NAMED: Final[Mapping[str, str]] = {
    "air": "was an air attack",
    "artillery": "was shelling",
    "ground": "was fighting on the ground",
    "counter-attack": "was a counter-attack",
    "fire": "was firing",
}
"""What there was, where neither side is named."""

_ONE: Final = re.compile(r"(?:at (?:least|most) )?1 [^\W\d]+")
"""A number of one, with its unit."""


def attack_in_words(by: str, whom: str, means: str = "", where: str = "", toll: str = "") -> str:
    """An attack as a sentence; what is not named is said to be so: `there was fighting at Dell; the sides are not named`.

    Args:
        by: who attacked; empty where that is not said.
        whom: who was attacked; likewise.
        means: by what, as an event has it; empty where that is not said.
        where: the place, after the verb, with a space or a comma before it.
        toll: the dead and wounded, after a comma.
    """
    how = "" if means in _STRUCK else BY_MEANS.get(means, "")
    if whom:
        verb = _STRUCK.get(means) or ("attacked" if by else "hit")
        return f"{by or UNNAMED_ATTACKERS} {verb} {whom}{how}{where}{toll}"
    if by:
        return f"{by} {_STRUCK_NOBODY_NAMED.get(means, 'attacked')}{how}{where}{toll}; against whom is not said"
    return f"there {_OF_NOBODY_NAMED.get(means, 'was fighting')}{where}{toll}; the sides are not named"


def killing_in_words(by: str, number: str, where: str = "", how: str = "") -> str:
    """A killing of civilians as a sentence: `2 civilians were killed in Dell; by whom is not said`.

    Args:
        by: who did it; empty where that is not said.
        number: how many, with their unit; empty where that is not said.
        where, how: the place, and in what way, each with a space or a comma before it.
    """
    whom = number or "civilians"
    if by:
        return f"{by} killed {whom}{where}{how}"
    verb = "was" if _ONE.fullmatch(whom) else "were"
    return f"{whom} {verb} killed{where}{how}; by whom is not said"
