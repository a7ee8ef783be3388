"""What a story's fighting does to the counts of men and to the battles under way, in cells."""

from __future__ import annotations

from attrs import evolve

from situation.dates import DAY, Minute
from situation.events import (
    BattleBegan,
    BattleDay,
    BattleEnded,
    BattleJoined,
    ColumnFled,
    DefenderBroke,
    Emerged,
    FireExchanged,
    KilledOff,
    LeftTheatre,
    Loss,
    Melted,
    Raided,
    SearchDay,
    Surrendered,
)
from situation.log.cells import battle_id, return_id, search_id
from situation.log.effects.bodies import Moves
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(BattleBegan)
def _began(event: BattleBegan, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The battle stands in a cell of its own, and its first day falls due."""
    return {f"{battle_id(event.place)}.fight": event.fight, f"{battle_id(event.place)}.due": event.due}


@effect(BattleJoined)
def _joined(event: BattleJoined, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Those who came are counted in. Relief for a defender that has broken takes the fight up again."""
    fight = state.cells[f"{battle_id(event.place)}.fight"]
    if fight.broken and event.defenders:
        fight = evolve(fight, broken=False, defenders_start=0)
    made: Changes = {
        f"{battle_id(event.place)}.fight": evolve(
            fight,
            attackers_start=fight.attackers_start + event.attackers,
            defenders_start=fight.defenders_start + event.defenders,
        )
    }
    return made if event.due is None else made | {f"{battle_id(event.place)}.due": event.due}


def _lose(moves: Moves, losses: tuple[Loss, ...], when: Minute, state: StateView, ground: Ground) -> None:
    for loss in losses:
        moves.add(loss.force, "number", -(loss.killed + loss.wounded))
        moves.add(loss.force, "wounded", loss.wounded)
        moves.add(ground.root(state.cells[f"{loss.force}.actor"]), "killed", loss.killed)
        moves.made |= {f"{loss.force}.lost": loss.counted, f"{loss.force}.fought": when}


@effect(BattleDay)
def _fought(event: BattleDay, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The dead and wounded leave the ranks, and the next day falls due."""
    moves = Moves(state)
    _lose(moves, (*event.attackers, *event.defenders), entry.time, state, ground)
    fight = state.cells[f"{battle_id(event.place)}.fight"]
    fight = evolve(fight, cleared=event.cleared)
    if event.residuals is not None:
        fight = evolve(fight, attacker_residual=event.residuals[0], defender_residual=event.residuals[1])
    moves.made[f"{battle_id(event.place)}.fight"] = fight
    moves.made[f"{battle_id(event.place)}.due"] = event.due
    return moves.made


@effect(BattleEnded)
def _ended(event: BattleEnded, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The battle is over; its wounded wait for the day of their return."""
    made: Changes = {f"{battle_id(event.place)}.fight": None, f"{battle_id(event.place)}.due": None}
    if event.due is not None:
        batch = return_id(event.place, entry.time)
        made |= {f"{batch}.due": event.due, f"{batch}.batch": event.returns}
    return made


@effect(DefenderBroke)
def _broke(event: DefenderBroke, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The attacker goes through the place; the wounded share the fate of the others. What they do next, they do for this."""
    moves = Moves(state)
    fight = state.cells.get(f"{battle_id(event.place)}.fight")
    if fight is not None:
        moves.set(battle_id(event.place), "fight", evolve(fight, broken=True))
        if event.due is not None:
            moves.set(battle_id(event.place), "due", event.due)
    for force in state.cells.get(f"{event.place}.bodies") or ():
        if ground.root(state.cells[f"{force}.actor"]) == event.actor:
            wounded = moves.count(force, "wounded")
            moves.add(force, "wounded", -wounded)
            moves.set(force, "number", moves.count(force, "number") + wounded)
    return moves.made


@effect(ColumnFled)
def _fled(event: ColumnFled, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The men are a column on its way, without those who do not get through."""
    moves = Moves(state)
    moves.part(event.force, event.number)
    moves.known(event.column, event.actor, None, "column")
    moves.add(event.column, "number", event.number - event.lost)
    moves.add(ground.root(event.actor), "killed", event.lost)
    moves.made |= {
        f"{event.column}.from": event.place,
        f"{event.column}.to": event.to,
        f"{event.column}.due": event.due,
    }
    return moves.made


@effect(Melted)
def _melted(event: Melted, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """From the ranks into hiding, at the same place."""
    moves = Moves(state)
    root = ground.root(event.actor)
    moves.known(f"{root}@{event.place}", root, event.place, "garrison")
    moves.part(event.force, event.number)
    moves.add(f"{root}@{event.place}", "hidden", event.number)
    return moves.made


@effect(Emerged)
def _emerged(event: Emerged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """From hiding at the place, or from the ranks of a garrison near it (`drawn_from`), into a force of their own."""
    moves = Moves(state)
    moves.known(event.force, event.actor, event.place, "raid")
    if event.drawn_from:
        if state.cells.get(f"{event.force}.from") is None:
            moves.set(event.force, "from", state.cells[f"{event.drawn_from}.place"])
        moves.part(event.drawn_from, event.number)
    else:
        moves.add(f"{ground.root(event.actor)}@{event.place}", "hidden", -event.number)
    moves.muster(event.force, event.number)
    return moves.made


@effect(SearchDay)
def _searched(event: SearchDay, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """So much of it is searched; at the end those who were bound by it are back with their force."""
    moves = Moves(state)
    moves.made |= {f"{event.place}.searched": event.searched, f"{search_id(event.place)}.due": event.due}
    if event.back:
        moves.part(f"{ground.root(event.by[0])}@{event.place}", event.back)
        moves.muster(event.force, event.back)
    return moves.made


@effect(FireExchanged)
@effect(Raided)
def _raided(event: Raided | FireExchanged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The dead and wounded leave the ranks; the wounded wait for the day of their return.

    A day of raids, or of fire across a line, is a day of rest as well: it counts as if fought the day before.
    """
    moves = Moves(state)
    _lose(moves, event.losses, entry.time - DAY, state, ground)
    if event.due is not None:
        batch = return_id(event.place, entry.time, event.by[0])
        moves.made |= {f"{batch}.due": event.due, f"{batch}.batch": event.losses}
    return moves.made


@effect(Surrendered)
def _surrendered(event: Surrendered, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """From the ranks, from the wounded, or from hiding, into captivity."""
    count = "wounded" if event.wounded else "hidden" if event.hidden else "number"
    return _gone(event.force, event.number, "surrendered", count, state, ground)


@effect(KilledOff)
def _killed(event: KilledOff, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """From the ranks, or from hiding, to the dead."""
    return _gone(event.force, event.number, "killed", "hidden" if event.hidden else "number", state, ground)


@effect(LeftTheatre)
def _left(event: LeftTheatre, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """From the ranks out of the war."""
    return _gone(event.force, event.number, "left", "number", state, ground)


def _gone(force: str, number: int, fate: str, count: str, state: StateView, ground: Ground) -> Changes:
    moves = Moves(state)
    moves.add(force, count, -number)
    moves.add(ground.root(state.cells[f"{force}.actor"]), fate, number)
    return moves.made
