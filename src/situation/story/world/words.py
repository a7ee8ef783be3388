"""The words that fields of the world hold, each as a number: 0 says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from situation.rules.control import ControlStatus

__all__ = ["TEXT_OF_WORD", "WORD_OF_TEXT", "Word"]


class Word(IntEnum):
    """A word that a cell, an order or an event holds: `Word.HELD` is `held`."""

    NOTHING = 0
    # the status of a place
    HELD = ControlStatus.HELD
    CONTESTED = ControlStatus.CONTESTED
    BESIEGED = ControlStatus.BESIEGED
    MIXED = ControlStatus.MIXED
    UNGARRISONED = ControlStatus.UNGARRISONED
    UNKNOWN = ControlStatus.UNKNOWN
    # postures, and orders
    ATTACK = 7
    HOLD = 8
    DELAY = 9
    HIDE = 10
    SUPPORT = 11
    NONE = 12
    INSURGENCY = 13
    MARCH = 14
    WITHDRAW = 15
    SEAL = 16
    OPEN = 17
    POSTURE = 18
    # air support
    SOME = 19
    DEDICATED = 20
    # stances
    ALLIED = 21
    COORDINATED = 22
    DECONFLICTED = 23
    TOLERATED = 24
    NEUTRAL = 25
    HOSTILE = 26
    # kinds of bodies
    FIELD = 27
    GARRISON = 28
    RAID = 29
    COLUMN = 30
    # why a plan rests
    START = 31
    REGROUP = 32
    SUPPLY = 33
    SPENT = 34
    DIVERTED = 35
    OUTSIDE = 36
    # agreements
    CEASEFIRE = 37
    PEACE = 38
    # how a defender broke, and how a battle ended
    LOSSES = 39
    LEFT = 40
    BEFORE_CONTACT = 41
    DRIVEN_OUT = 42
    YIELDED = 43
    TAKEN = 44
    THROWN_BACK = 45
    CALLED_OFF = 46


TEXT_OF_WORD: Final[tuple[str | None, ...]] = (None, *(word.name.lower().replace("_", " ") for word in Word if word))
"""From a word's number to its text."""
WORD_OF_TEXT: Final[Mapping[str | None, int]] = MappingProxyType(
    {text: number for number, text in enumerate(TEXT_OF_WORD)}
)
"""From a text to the number of its word."""
