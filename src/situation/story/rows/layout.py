"""How each event type is laid out in a row: by column, the attribute of the event that stands in it, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from situation.events import (
    AgreementLapsed,
    AirSupportGiven,
    AirSupportWithdrawn,
    Arrived,
    Attacked,
    AttackPutOff,
    BattleBegan,
    BattleDay,
    BattleEnded,
    BattleJoined,
    Besieged,
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    ClashStepped,
    ColumnDetached,
    ColumnFled,
    ColumnRejoined,
    ColumnSighted,
    Conceded,
    DayBegan,
    Decided,
    DefenderBroke,
    DoctrineSwitched,
    Emerged,
    Entered,
    Event,
    FellBack,
    FireExchanged,
    ForceRaised,
    GarrisonPosted,
    GroundShared,
    HandedOver,
    KilledOff,
    LeftTheatre,
    MarchBegan,
    MarchQuickened,
    Melted,
    NumbersDrawn,
    OperationPaused,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    Raided,
    Repelled,
    RouteOpened,
    RouteSealed,
    SearchDay,
    SiegeBroken,
    StanceChanged,
    StoryBegan,
    SupplyCut,
    SupplyRestored,
    Surrendered,
    Triggered,
    Withdrew,
    WoundedReturned,
)
from situation.story.rows.kinds import RowKind
from situation.story.world.fields import TABLES
from situation.story.world.kinds import Kind

__all__ = ["FIGHT_SLOTS", "LAYOUTS", "Layout", "Slot"]

_KINDS: Final = {field.name: field.kind for table in TABLES if table.name == "rows" for field in table.fields}


@frozen
class Slot:
    """A column, the attribute that stands in it, and what kind of thing it is."""

    column: str
    attribute: str
    kind: Kind


@frozen
class Layout:
    """What a row of one event type tells, beside its minute.

    `pool`: from which attribute comes the actor whose body at the place stands in the column `other`, such as the garrison
    that a force posts; empty: none. `parts`: the attributes whose lists stand in the row's parts, in their order.
    """

    happening: RowKind
    slots: tuple[Slot, ...]
    pool: str = ""
    parts: tuple[str, ...] = ()


def _row(
    happening: RowKind, columns: str, pool: str = "", parts: tuple[str, ...] = (), **kinds: tuple[str, Kind]
) -> Layout:
    """A layout.

    Args:
        happening: what it tells.
        columns: `place actor` stand in the columns of these names, `to:goal`: the attribute `goal` in the column `to`.
        pool, parts: as in `Layout`.
        kinds: columns that hold something else than they do elsewhere: the attribute, and its kind.
    """
    pairs = (it.partition(":") for it in columns.split())
    slots = [Slot(column, attribute or column, _KINDS[column]) for column, _, attribute in pairs]
    slots += [Slot(column, attribute, kind) for column, (attribute, kind) in kinds.items()]
    return Layout(happening, tuple(slots), pool, parts)


_FIGHT = (
    "actor:attacker toward:defender number:attackers_start more:defenders_start real:fortune real_b:area "
    "real_c:attacker_rate real_d:defender_rate flag:broken"
)
FIGHT_SLOTS: Final = _row(RowKind.BATTLE_BEGAN, _FIGHT, index=("began", Kind.DAY)).slots
_UNITS = "place units:by toward:against"

LAYOUTS: Final[Mapping[type[Event], Layout]] = MappingProxyType(
    {
        StoryBegan: _row(RowKind.STORY_BEGAN, "due"),
        NumbersDrawn: _row(RowKind.NUMBERS_DRAWN, "", parts=("values",)),
        ForceRaised: _row(
            RowKind.FORCE_RAISED, "force actor place number more:hidden flag:arrival", word=("kind", Kind.WORD)
        ),
        DayBegan: _row(RowKind.DAY_BEGAN, "due", index=("day", Kind.DAY)),
        Decided: _row(RowKind.DECIDED, "", index=("day", Kind.DAY)),
        OrderGiven: _row(RowKind.ORDER_GIVEN, "word:verb plan due", number=("object", Kind.THING)),
        OrderCarriedOut: _row(RowKind.ORDER_CARRIED_OUT, ""),
        OrderLapsed: _row(RowKind.ORDER_LAPSED, ""),
        MarchBegan: _row(
            RowKind.MARCH_BEGAN,
            "force actor place to due more:number real:km flag:afresh",
            number=("pace", Kind.NUMBER),
        ),
        ColumnSighted: _row(RowKind.COLUMN_SIGHTED, "force actor place real:km"),
        MarchQuickened: _row(RowKind.MARCH_QUICKENED, "force actor place to due"),
        Arrived: _row(RowKind.ARRIVED, "force actor place flag:hides"),
        FellBack: _row(RowKind.FELL_BACK, "force actor place to due", index=("until", Kind.MINUTE)),
        GarrisonPosted: _row(RowKind.GARRISON_POSTED, "force actor place number more:searching due", pool="actor"),
        OperationPaused: _row(
            RowKind.OPERATION_PAUSED, "plan word:why to:hub", parts=("forces",), index=("until", Kind.MINUTE)
        ),
        WoundedReturned: _row(RowKind.WOUNDED_RETURNED, "", parts=("parts",)),
        SupplyCut: _row(RowKind.SUPPLY_CUT, "force actor place link toward:closed_by", index=("since", Kind.DAY)),
        SupplyRestored: _row(RowKind.SUPPLY_RESTORED, "force actor place"),
        BattleBegan: _row(RowKind.BATTLE_BEGAN, "place due"),
        BattleJoined: _row(RowKind.BATTLE_JOINED, "place number:attackers more:defenders due"),
        BattleDay: _row(RowKind.BATTLE_DAY, "place real:cleared due", parts=("attackers", "defenders")),
        BattleEnded: _row(RowKind.BATTLE_ENDED, "place word:outcome due", parts=("returns",)),
        DefenderBroke: _row(RowKind.DEFENDER_BROKE, "place actor word:how due"),
        ColumnFled: _row(RowKind.COLUMN_FLED, "force actor place to number more:lost other:column due"),
        Melted: _row(RowKind.MELTED, "force actor place number", pool="actor"),
        Emerged: _row(RowKind.EMERGED, "force actor place number"),
        SearchDay: _row(RowKind.SEARCH_DAY, "place units:by real:searched due number:back"),
        Raided: _row(RowKind.RAIDED, "place units:by due", parts=("losses",)),
        FireExchanged: _row(RowKind.FIRE_EXCHANGED, "place units:by due", parts=("losses",)),
        Surrendered: _row(
            RowKind.SURRENDERED, "force actor place number toward:to flag:wounded", more=("hidden", Kind.FLAG)
        ),
        KilledOff: _row(RowKind.KILLED_OFF, "force actor place number flag:hidden"),
        LeftTheatre: _row(RowKind.LEFT_THEATRE, "force actor place number"),
        ColumnDetached: _row(RowKind.COLUMN_DETACHED, "force other:column actor place to:goal plan number"),
        ColumnRejoined: _row(RowKind.COLUMN_REJOINED, "force actor place number other:column"),
        GroundShared: _row(RowKind.GROUND_SHARED, "place units:by"),
        AttackPutOff: _row(RowKind.ATTACK_PUT_OFF, "force actor place due"),
        Captured: _row(RowKind.CAPTURED, _UNITS),
        Entered: _row(RowKind.ENTERED, _UNITS),
        HandedOver: _row(RowKind.HANDED_OVER, f"{_UNITS} actor:to"),
        Besieged: _row(RowKind.BESIEGED, _UNITS),
        SiegeBroken: _row(RowKind.SIEGE_BROKEN, _UNITS),
        Repelled: _row(RowKind.REPELLED, _UNITS),
        Withdrew: _row(RowKind.WITHDREW, "place units:by"),
        Attacked: _row(RowKind.ATTACKED, _UNITS),
        StanceChanged: _row(RowKind.STANCE_CHANGED, "actor toward word:stance"),
        CeasefireAgreed: _row(RowKind.CEASEFIRE_AGREED, "units:parties", index=("agreed", Kind.AGREEMENT)),
        CeasefireBegan: _row(RowKind.CEASEFIRE_BEGAN, "units:actors", index=("agreed", Kind.AGREEMENT)),
        AgreementLapsed: _row(RowKind.AGREEMENT_LAPSED, "units:actors", index=("agreed", Kind.AGREEMENT)),
        ClashStepped: _row(RowKind.CLASH_STEPPED, "actor toward place number:rung", parts=("incidents",)),
        Conceded: _row(RowKind.CONCEDED, "actor toward"),
        RouteSealed: _row(RowKind.ROUTE_SEALED, "link toward:against units:by"),
        RouteOpened: _row(RowKind.ROUTE_OPENED, "link toward:against"),
        AirSupportGiven: _row(RowKind.AIR_SUPPORT_GIVEN, "actor toward word:level"),
        AirSupportWithdrawn: _row(RowKind.AIR_SUPPORT_WITHDRAWN, "toward:actor"),
        PostureChanged: _row(RowKind.POSTURE_CHANGED, "actor word:posture"),
        DoctrineSwitched: _row(RowKind.DOCTRINE_SWITCHED, "plan", index=("doctrine", Kind.DOCTRINE)),
        Triggered: _row(RowKind.TRIGGERED, "flag:happens"),
        PositionTaken: _row(RowKind.POSITION_TAKEN, "actor"),
        Proclaimed: _row(RowKind.PROCLAIMED, "actor"),
    }
)
"""The layout of every event that a story can hold."""
