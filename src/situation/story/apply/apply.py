"""Applying rows: each row to the world, by what it tells. Nothing else writes one."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.agreements import (
    agreement_lapsed,
    ceasefire_agreed,
    ceasefire_began,
    clash_stepped,
    conceded,
    stance_changed,
)
from situation.story.apply.battle import (
    battle_began,
    battle_ended,
    battle_joined,
    column_fled,
    day_fought,
    day_searched,
    defender_broke,
    emerged,
    killed_off,
    left_theatre,
    melted,
    raided,
    surrendered,
    wounded_returned,
)
from situation.story.apply.conduct import (
    air_support,
    doctrine_switched,
    posture_changed,
    route_opened,
    route_sealed,
    said,
    triggered,
)
from situation.story.apply.control import (
    attacked,
    besieged,
    captured,
    handed_over,
    moved_in,
    place_shared,
    repelled,
    siege_broken,
    withdrew,
)
from situation.story.apply.march import (
    arrived,
    attack_put_off,
    column_detached,
    column_rejoined,
    column_sighted,
    councils_over,
    day_began,
    fell_back,
    force_raised,
    garrison_posted,
    march_began,
    march_quickened,
    numbers_drawn,
    operation_paused,
    order_given,
    order_over,
    story_began,
    supply_cut,
    supply_restored,
)
from situation.story.apply.writer import Stop, stop
from situation.story.rows.kinds import CHANGES_GROUND, GROUP, RowKind

__all__ = ["apply_rows"]


@world_kernel
def _of_days(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.STORY_BEGAN:
        story_began(w, row, at)
    elif what == RowKind.NUMBERS_DRAWN:
        numbers_drawn(w, row, at)
    elif what == RowKind.DAY_BEGAN:
        day_began(w, row, at)
    elif what == RowKind.DECIDED:
        councils_over(w, row, at)
    elif what == RowKind.ORDER_GIVEN:
        order_given(w, row, at)
    elif what == RowKind.ORDER_CARRIED_OUT or what == RowKind.ORDER_LAPSED:
        order_over(w, row, at)
    elif what == RowKind.OPERATION_PAUSED:
        operation_paused(w, row, at)
    elif what == RowKind.FORCE_RAISED:
        force_raised(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _of_marches(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.MARCH_BEGAN:
        march_began(w, row, at)
    elif what == RowKind.COLUMN_SIGHTED:
        column_sighted(w, row, at)
    elif what == RowKind.MARCH_QUICKENED:
        march_quickened(w, row, at)
    elif what == RowKind.ARRIVED:
        arrived(w, row, at)
    elif what == RowKind.FELL_BACK:
        fell_back(w, row, at)
    elif what == RowKind.GARRISON_POSTED:
        garrison_posted(w, row, at)
    elif what == RowKind.SUPPLY_CUT:
        supply_cut(w, row, at)
    elif what == RowKind.SUPPLY_RESTORED:
        supply_restored(w, row, at)
    elif what == RowKind.COLUMN_DETACHED:
        column_detached(w, row, at)
    elif what == RowKind.COLUMN_REJOINED:
        column_rejoined(w, row, at)
    elif what == RowKind.ATTACK_PUT_OFF:
        attack_put_off(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _of_battles(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.BATTLE_BEGAN:
        battle_began(w, row, at)
    elif what == RowKind.BATTLE_JOINED:
        battle_joined(w, row, at)
    elif what == RowKind.BATTLE_DAY:
        day_fought(w, row, at)
    elif what == RowKind.BATTLE_ENDED:
        battle_ended(w, row, at)
    elif what == RowKind.WOUNDED_RETURNED:
        wounded_returned(w, row, at)
    elif what == RowKind.DEFENDER_BROKE:
        defender_broke(w, row, at)
    elif what == RowKind.COLUMN_FLED:
        column_fled(w, row, at)
    elif what == RowKind.MELTED:
        melted(w, row, at)
    elif what == RowKind.EMERGED:
        emerged(w, row, at)
    elif what == RowKind.SEARCH_DAY:
        day_searched(w, row, at)
    elif what == RowKind.RAIDED or what == RowKind.FIRE_EXCHANGED:
        raided(w, row, at)
    elif what == RowKind.SURRENDERED:
        surrendered(w, row, at)
    elif what == RowKind.KILLED_OFF:
        killed_off(w, row, at)
    elif what == RowKind.LEFT_THEATRE:
        left_theatre(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _of_control(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.CAPTURED:
        captured(w, row, at)
    elif what == RowKind.ENTERED:
        moved_in(w, row, at)
    elif what == RowKind.HANDED_OVER:
        handed_over(w, row, at)
    elif what == RowKind.BESIEGED:
        besieged(w, row, at)
    elif what == RowKind.SIEGE_BROKEN:
        siege_broken(w, row, at)
    elif what == RowKind.REPELLED:
        repelled(w, row, at)
    elif what == RowKind.WITHDREW:
        withdrew(w, row, at)
    elif what == RowKind.GROUND_SHARED:
        place_shared(w, row, at)
    elif what == RowKind.ATTACKED:
        attacked(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _of_relations(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.STANCE_CHANGED:
        stance_changed(w, row, at)
    elif what == RowKind.CEASEFIRE_AGREED:
        ceasefire_agreed(w, row, at)
    elif what == RowKind.CEASEFIRE_BEGAN:
        ceasefire_began(w, row, at)
    elif what == RowKind.AGREEMENT_LAPSED:
        agreement_lapsed(w, row, at)
    elif what == RowKind.CLASH_STEPPED:
        clash_stepped(w, row, at)
    elif what == RowKind.CONCEDED:
        conceded(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _of_conduct(w: Any, row: Any, at: int) -> None:
    what = row.happening
    if what == RowKind.ROUTE_SEALED:
        route_sealed(w, row, at)
    elif what == RowKind.ROUTE_OPENED:
        route_opened(w, row, at)
    elif what == RowKind.AIR_SUPPORT_GIVEN or what == RowKind.AIR_SUPPORT_WITHDRAWN:
        air_support(w, row, at)
    elif what == RowKind.POSTURE_CHANGED:
        posture_changed(w, row, at)
    elif what == RowKind.DOCTRINE_SWITCHED:
        doctrine_switched(w, row, at)
    elif what == RowKind.TRIGGERED:
        triggered(w, row, at)
    elif what == RowKind.POSITION_TAKEN or what == RowKind.PROCLAIMED:
        said(w, row, at)
    else:
        stop(w, Stop.UNKNOWN_HAPPENING)


@world_kernel
def _apply_row(w: Any, at: int) -> None:
    """Apply one row to a world that goes on."""
    row = w.rows[at]
    group = row.happening // GROUP
    if row.happening >= CHANGES_GROUND:
        w.story[0].ground_changed = at
    if group == 0:
        _of_days(w, row, at)
    elif group == 1:
        _of_marches(w, row, at)
    elif group == 2:
        _of_battles(w, row, at)
    elif group == 3:
        _of_control(w, row, at)
    elif group == 4:
        _of_relations(w, row, at)
    else:
        _of_conduct(w, row, at)


@world_kernel
def apply_rows(w: Any, first: int, last: int) -> int:
    """Apply rows from `first` up to, not including, `last`.

    Returns: the row at which the world stopped; `last` where none did.
    """
    for at in range(first, last):
        _apply_row(w, at)
        if w.story[0].fault != 0:
            return at
    return last
