"""What events of a story do to bodies of men, orders and the agenda. The cell `X.due` is what falls due for X, or None."""

from __future__ import annotations

from situation.events import (
    Arrived,
    ColumnSighted,
    DayBegan,
    Decided,
    FellBack,
    ForceRaised,
    GarrisonPosted,
    MarchBegan,
    MarchQuickened,
    NumbersDrawn,
    OperationPaused,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    StoryBegan,
    SupplyCut,
    SupplyRestored,
    WoundedReturned,
)
from situation.log.cells import order_id, search_id
from situation.log.effects.bodies import Moves
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(StoryBegan)
def _began(event: StoryBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The first day falls due; the day of the branch is kept."""
    return {"story.branch": entry.time, "day.due": event.due}


@effect(NumbersDrawn)
def _numbers_drawn(event: NumbersDrawn, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The numbers stand in one cell, for every rule to read."""
    return {"numbers.drawn": event.values}


@effect(DayBegan)
def _day(event: DayBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The next day and today's councils fall due."""
    return {"story.day": event.day, "day.due": event.due, "council.due": event.council}


@effect(Decided)
def _decided(event: Decided, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Councils are over for today."""
    return {"council.due": None}


@effect(ForceRaised)
def _raised(event: ForceRaised, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Counted in, at its place; more men of a garrison that is known add to it."""
    moves = Moves(state)
    moves.known(event.force, event.actor, event.place, event.kind)
    moves.muster(event.force, event.number)
    moves.add(event.force, "hidden", event.hidden)
    name = "arrived" if event.arrival else "started"
    moves.add(ground.root(event.actor), name, event.number + event.hidden)
    return moves.made


@effect(OrderGiven)
def _ordered(event: OrderGiven, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The order stands until it is carried out or lapses."""
    order = order_id(event.force)
    return {
        f"{order}.due": event.due,
        f"{order}.verb": event.verb,
        f"{order}.object": event.object,
        f"{order}.plan": event.plan,
    }


@effect(OrderCarriedOut)
def _carried_out(event: OrderCarriedOut, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The order is no more."""
    return {f"{order_id(event.force)}.due": None}


@effect(OrderLapsed)
def _lapsed(event: OrderLapsed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The order is no more."""
    return {f"{order_id(event.force)}.due": None}


@effect(MarchBegan)
def _marched(event: MarchBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force is on its way; its order is carried out."""
    moves = Moves(state)
    moves.stand(event.force, None)
    moves.made |= {
        f"{event.force}.from": event.place,
        f"{event.force}.to": event.to,
        f"{event.force}.due": event.due,
    }
    if state.cells.get(f"{event.force}.put_off") is not None:
        moves.set(event.force, "put_off", None)
    if event.afresh and state.cells.get(f"{event.force}.sighted"):
        moves.set(event.force, "sighted", ())
    if state.cells.get(f"{order_id(event.force)}.due") is not None:
        moves.set(order_id(event.force), "due", None)
    return moves.made


@effect(ColumnSighted)
def _sighted(event: ColumnSighted, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Those who have seen the column need not be asked again while it comes on."""
    seen = tuple(state.cells.get(f"{event.force}.sighted") or ())
    return {f"{event.force}.sighted": (*seen, f"{event.actor}@{event.place}")}


@effect(MarchQuickened)
def _quickened(event: MarchQuickened, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force will be there when it falls due now."""
    return {f"{event.force}.due": event.due}


@effect(Arrived)
def _arrived(event: Arrived, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force stands where it was bound; a column ends and its men join the garrison, or those in hiding."""
    moves = Moves(state)
    moves.made |= {f"{event.force}.to": None, f"{event.force}.due": None}
    if event.joins is None and not event.hides:
        moves.stand(event.force, event.place)
        return moves.made
    pool = event.joins or f"{ground.root(event.actor)}@{event.place}"
    number = moves.count(event.force, "number")
    moves.known(pool, event.actor, event.place, "garrison")
    moves.add(event.force, "number", -number)
    if event.hides:
        moves.add(pool, "hidden", number)
    else:
        moves.muster(pool, number)
    return moves.made


@effect(FellBack)
def _fell_back(event: FellBack, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force is on its way back, and will rest; where it had nowhere to go it rests where it stands."""
    moves = Moves(state)
    moves.stand(event.force, event.to if event.due is None else None)
    moves.made |= {
        f"{event.force}.to": None if event.due is None else event.to,
        f"{event.force}.due": event.due,
        f"{event.force}.resting": event.until,
    }
    moves.add(event.force, "operations", 1)
    return moves.made


@effect(GarrisonPosted)
def _posted(event: GarrisonPosted, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Men go from the force to the garrison; those who stay do not count as lost to the force."""
    moves = Moves(state)
    pool = f"{ground.root(event.actor)}@{event.place}"
    moves.known(pool, ground.root(event.actor), event.place, "garrison")
    moves.part(event.force, event.number)
    moves.muster(pool, event.number)
    search = search_id(event.place)
    moves.made |= {f"{search}.due": event.due, f"{search}.force": event.force, f"{search}.bound": event.searching}
    return moves.made


@effect(OperationPaused)
def _paused(event: OperationPaused, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The plan rests. When they have rested because they were spent, its forces are spent again by what is left of them."""
    made: Changes = {f"{event.plan}.paused_until": event.until}
    if event.hub is not None:
        made[f"{event.plan}.hub"] = event.hub
    for force in event.forces if event.why in ("regroup", "spent", "supply") else ():
        made[f"{force}.operations"] = int(state.cells.get(f"{force}.operations") or 0) + 1
        if event.why == "spent":
            made[f"{force}.at_rest"] = state.cells.get(f"{force}.number")
    return made


@effect(WoundedReturned)
def _returned(event: WoundedReturned, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Of the wounded of one battle some are back in the ranks and the others have left."""
    moves = Moves(state)
    for part in event.parts:
        moves.add(part.force, "wounded", -(part.back + part.left))
        moves.add(part.force, "number", part.back)
        moves.add(ground.root(state.cells[f"{part.force}.actor"]), "left", part.left)
    moves.made |= {f"{event.batch}.due": None, f"{event.batch}.batch": None}
    return moves.made


@effect(SupplyCut)
def _cut(event: SupplyCut, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force lives on its stock from that day on, wherever it goes."""
    others = state.cells.get("story.cut") or ()
    return {f"{event.force}.cut_since": event.since, "story.cut": (*others, event.force)}


@effect(SupplyRestored)
def _restored(event: SupplyRestored, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force is supplied, and its stock is whole again."""
    others = state.cells.get("story.cut") or ()
    return {
        f"{event.force}.cut_since": None,
        "story.cut": tuple(force for force in others if force != event.force),
    }
