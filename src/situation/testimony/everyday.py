"""Everyday words for what happens in a war, and the kind of event as which each is told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["EVERYDAY", "said_as"]

_FIGHTS = "the dead of a fight stand under 'killed' of 'Attacked'"
_WORDS: Final = {
    "CiviliansKilled": "killed, killing, dead, death, deaths, died, casualties, massacre, massacred, murdered",
    "Attacked": "attack, bombed, bombing, bombarded, shelled, shelling, airstrike, raid, raided, ambush, "
    "ambushed, battle, fight, fought, fighting, clash, clashed, wounded, injured, stormed, struck, fired",
    "Captured": "fell, fallen, fall, taken, took, seized, conquered, occupied, liberated, overran, overrun, "
    "recaptured, retaken, lost",
    "Withdrew": "retreat, retreated, left, evacuated, pulled out, abandoned",
    "HandedOver": "ceded, cession, transferred, transfer, handed, handover, given, gave, yielded, returned",
    "GarrisonSurrendered": "surrendered, surrender, capitulated, capitulation",
    "Besieged": "encircled, surrounded, cut off",
    "SiegeBroken": "relieved, relief",
    "Repelled": "repulsed, beaten back, defended, held off",
    "CeasefireAgreed": "truce, armistice, ceasefire",
    "PeaceSigned": "treaty, peace",
    "AgreementEnded": "ceasefire broken, ceasefire ended, truce ended",
    "ShipSunk": "sank, sunk, sinking",
    "PrisonersTaken": "prisoners, imprisoned, arrested",
    "PrisonersExchanged": "exchanged, swapped, released",
    "ActorSplit": "split, defected, broke off, broke away",
    "ActorsMerged": "merged, joined, united",
    "ActorDescribed": "renamed",
    "StanceChanged": "war, allied, turned, betrayed, declared war",
    "StrengthAssessed": "strength, troops, reinforced, number",
    "Entered": "landed, arrived, advanced, invaded, came",
    "Fled": "escaped, routed, ran",
}
EVERYDAY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {kind: tuple(words.split(", ")) for kind, words in _WORDS.items()}
)
"""From a kind of event to the everyday words for it, in small letters."""
_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CiviliansKilled": f"; {_FIGHTS}",
        "Attacked": "; the dead and wounded stand under its 'killed' and 'wounded'",
        "ActorDescribed": " with 'attribute: name'",
    }
)
"""What is to be known beside the kind."""


def said_as(word: str, key: str) -> str:
    """As which kind of event an everyday word is told, as advice; empty where it is none of them, or stands in a statement."""
    plainly = word.strip().casefold()
    kind = next((kind for kind, words in EVERYDAY.items() if plainly in words), None)
    if kind is None or key == "statement":
        return ""
    if kind not in _BESIDE:
        return f"Did you mean '{kind}'?"
    whom = "Civilians who were killed are told" if kind == "CiviliansKilled" else "It is told"
    return f"{whom} as '{kind}'{_BESIDE[kind]}."
