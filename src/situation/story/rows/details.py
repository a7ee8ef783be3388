"""What some event types write in their rows beside their layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from situation.events import (
    AirSupportWithdrawn,
    Arrived,
    Attacked,
    BattleBegan,
    BattleDay,
    BattleEnded,
    Captured,
    DayBegan,
    Emerged,
    Event,
    FireExchanged,
    MarchBegan,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    PositionTaken,
    Proclaimed,
    Raided,
    SearchDay,
    Triggered,
    Withdrew,
    WoundedReturned,
)
from situation.log.cells import return_id
from situation.log.entry import Entry
from situation.story.rows.layout import FIGHT_SLOTS
from situation.story.rows.writer import RowWriter
from situation.story.world.reasons import Hindrance
from situation.story.world.words import Word

__all__ = ["DETAILS"]


def _council(writer: RowWriter, row: Any, event: DayBegan, entry: Entry) -> None:
    row.number, row.real = writer.minute(event.council), event.council.rank


def _order(writer: RowWriter, row: Any, event: OrderGiven | OrderCarriedOut | OrderLapsed, entry: Entry) -> None:
    row.index = writer.numbering.orders.of(event.force)


def _gives(writer: RowWriter, row: Any, event: OrderGiven, entry: Entry) -> None:
    _order(writer, row, event, entry)
    row.force = writer.numbering.forces.known(event.force)


def _lapses(writer: RowWriter, row: Any, event: OrderLapsed, entry: Entry) -> None:
    _order(writer, row, event, entry)
    row.word = next(it for it in Hindrance if it.text == event.why)


def _under_way(writer: RowWriter, row: Any, event: MarchBegan, entry: Entry) -> None:
    row.index = writer.numbering.orders.known(event.force)


def _joins(writer: RowWriter, row: Any, event: Arrived, entry: Entry) -> None:
    if event.joins is not None:
        row.other = writer.numbering.forces.of(event.joins)
    elif event.hides:
        row.other = writer.pool(event.actor, event.place)


def _returns(writer: RowWriter, row: Any, event: WoundedReturned, entry: Entry) -> None:
    row.index = writer.numbering.batches.of(event.batch)


def _waits(writer: RowWriter, row: Any, event: BattleEnded | Raided | FireExchanged, entry: Entry) -> None:
    if event.due is not None:
        by = None if isinstance(event, BattleEnded) else event.by[0]
        row.index = writer.numbering.batches.of(return_id(event.place, entry.time, by))


def _fight(writer: RowWriter, row: Any, event: BattleBegan, entry: Entry) -> None:
    if event.fight.cleared or event.fight.attacker_residual is not None:
        raise ValueError(f"{entry.id}: a battle begins as if it had been under way.")
    writer.fill(row, FIGHT_SLOTS, event.fight)


def _residuals(writer: RowWriter, row: Any, event: BattleDay, entry: Entry) -> None:
    if event.residuals is not None:
        row.flag, (row.real_b, row.real_c) = True, event.residuals


def _emerges(writer: RowWriter, row: Any, event: Emerged, entry: Entry) -> None:
    row.flag = bool(event.drawn_from)
    pool = writer.pool(event.actor, event.place) if not event.drawn_from else None
    row.other = writer.numbering.forces.of(event.drawn_from) if pool is None else pool


def _back(writer: RowWriter, row: Any, event: SearchDay, entry: Entry) -> None:
    if event.back:
        row.force, row.other = writer.numbering.forces.of(event.force), writer.pool(event.by[0], event.place)


def _taker(writer: RowWriter, row: Any, event: Captured, entry: Entry) -> None:
    if event.wholly or event.killed or event.wounded or event.killed_of or event.wounded_of:
        raise ValueError(f"{entry.id}: a rule of a story takes no place wholly, and counts no dead in it.")
    row.actor = writer.numbering.actors.of(event.by[0]) if event.by else 0


def _strikes(writer: RowWriter, row: Any, event: Attacked, entry: Entry) -> None:
    if event.place is None or not event.by or event.against is None or event.killed or event.wounded:
        raise ValueError(f"{entry.id}: a rule of a story says who attacks whom, where, and counts no dead of it.")


def _no_more(writer: RowWriter, row: Any, event: AirSupportWithdrawn, entry: Entry) -> None:
    row.word = Word.NONE


def _goes(writer: RowWriter, row: Any, event: Withdrew, entry: Entry) -> None:
    row.to = writer.numbering.places.known(event.toward[0]) if len(event.toward) == 1 else 0


def _given(writer: RowWriter, row: Any, event: Triggered, entry: Entry) -> None:
    row.index = writer.numbering.givens.of(event.given)


def _said(writer: RowWriter, row: Any, event: PositionTaken | Proclaimed, entry: Entry) -> None:
    for cell in event.speaks(writer.stage.ground.root).items():
        writer.add_part(cell)
    row.last = writer.parts


DETAILS: Final[Mapping[type[Event], Callable[[RowWriter, Any, Any, Entry], None]]] = MappingProxyType(
    {
        DayBegan: _council,
        OrderGiven: _gives,
        OrderCarriedOut: _order,
        OrderLapsed: _lapses,
        MarchBegan: _under_way,
        Arrived: _joins,
        WoundedReturned: _returns,
        **dict.fromkeys((BattleEnded, Raided, FireExchanged), _waits),
        BattleBegan: _fight,
        BattleDay: _residuals,
        Emerged: _emerges,
        SearchDay: _back,
        Captured: _taker,
        Attacked: _strikes,
        AirSupportWithdrawn: _no_more,
        Triggered: _given,
        Withdrew: _goes,
        **dict.fromkeys((PositionTaken, Proclaimed), _said),
    }
)
"""What some event types write beside their layout."""
