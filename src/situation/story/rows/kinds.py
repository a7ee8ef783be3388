"""What rows tell: every type of event that a story can hold, as a number."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = ["CHANGES_GROUND", "GROUP", "RowKind"]

GROUP: Final = 20
"""How many numbers each group of happenings has."""


class RowKind(IntEnum):
    """An event type; `RowKind.BATTLE_DAY` is `BattleDay`."""

    NOTHING = 0
    # the days, orders, plans and men that come
    STORY_BEGAN = 1
    NUMBERS_DRAWN = 2
    DAY_BEGAN = 3
    DECIDED = 4
    ORDER_GIVEN = 5
    ORDER_CARRIED_OUT = 6
    ORDER_LAPSED = 7
    OPERATION_PAUSED = 8
    FORCE_RAISED = 9
    # marches, supply and columns
    MARCH_BEGAN = 20
    COLUMN_SIGHTED = 21
    MARCH_QUICKENED = 22
    ARRIVED = 23
    FELL_BACK = 24
    GARRISON_POSTED = 25
    SUPPLY_CUT = 26
    SUPPLY_RESTORED = 27
    COLUMN_DETACHED = 28
    COLUMN_REJOINED = 29
    ATTACK_PUT_OFF = 30
    # battles, and what else costs men
    BATTLE_BEGAN = 40
    BATTLE_JOINED = 41
    BATTLE_DAY = 42
    BATTLE_ENDED = 43
    WOUNDED_RETURNED = 44
    DEFENDER_BROKE = 45
    COLUMN_FLED = 46
    MELTED = 47
    EMERGED = 48
    SEARCH_DAY = 49
    RAIDED = 50
    FIRE_EXCHANGED = 51
    SURRENDERED = 52
    KILLED_OFF = 53
    LEFT_THEATRE = 54
    # the control of places
    CAPTURED = 60
    ENTERED = 61
    HANDED_OVER = 62
    BESIEGED = 63
    SIEGE_BROKEN = 64
    REPELLED = 65
    WITHDREW = 66
    GROUND_SHARED = 67
    ATTACKED = 68
    # how sides stand to each other
    STANCE_CHANGED = 80
    CEASEFIRE_AGREED = 81
    CEASEFIRE_BEGAN = 82
    AGREEMENT_LAPSED = 83
    CLASH_STEPPED = 84
    CONCEDED = 85
    # postures, links, and what is given or said
    ROUTE_SEALED = 100
    ROUTE_OPENED = 101
    AIR_SUPPORT_GIVEN = 102
    AIR_SUPPORT_WITHDRAWN = 103
    POSTURE_CHANGED = 104
    DOCTRINE_SWITCHED = 105
    TRIGGERED = 106
    POSITION_TAKEN = 107
    PROCLAIMED = 108


CHANGES_GROUND: Final = RowKind.CAPTURED.value
"""From this kind on a row may change who holds a place, how sides stand to each other, or which links are closed."""
