"""Agreements, blockades and ships as plain values, and the reasons of an entry: parts of the answer of `situation state`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from situation.dates import Minute
from situation.events import Agreement, CeasefireAgreed, OpeningAssumed, PeaceSigned, StandingAgreement
from situation.log.agreement_state import AgreementState
from situation.log.entry import Assumed, Entry
from situation.log.fold import Folding
from situation.log.state import State, split_cell
from situation.log.terms import agreement_key, begins_later, is_over
from situation.log.violations import agreements_broken
from situation.record.joining.topic import span_of
from situation.record.readings.reading import Reading
from situation.testimony.apart import ground_when
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["agreements_and_ships", "has_become_others", "reasons"]


def has_become_others(actor: str, state: State) -> bool:
    """Whether an actor is no more: it broke up into others, or became part of one."""
    heirs = state.get(actor, "successors") or ()
    return bool(heirs) and actor not in heirs


def reasons(entry: Entry) -> list[str]:
    """The claims that an entry rests on; of an opening value, `opening:<subject>` first."""
    claims = list(entry.cause.claims)
    return [entry.id, *claims] if isinstance(entry.cause, Assumed) else claims


def _behind(state: State, *cells: str) -> list[str]:
    """What some cells rest on: of the first all, of the others what several of one time add to it."""
    beside = {reason for cell in cells for writing in state.last.get(cell, ()) for reason in reasons(writing.entry)}
    return sorted(beside.union(reasons(state.because[cells[0]]))) if beside else reasons(state.because[cells[0]])


def _ended_with_a_party(between: Iterable[str], until: Minute | None, state: State) -> bool:
    """Whether a party of an agreement had become others by its last minute: what had lapsed before does not end with them."""
    gone = [state.because[f"{party}.successors"].time for party in between if has_become_others(party, state)]
    return any(until is None or time <= until for time in gone)


def _disputed(cell: str, at: Minute, reading: Reading, ground: Ground) -> list[dict[str, Any]]:
    """What else is told by a time of what befell a ship, and cannot be beside what is believed."""
    return [
        {"condition": answer.value, "claims": sorted(claim.id for claim in answer.claims)}
        for weighed in reading.on_cell(cell)
        for answer in weighed.question.answers
        if weighed.question.exclusive
        and (weighed.accepted is None or answer.value != weighed.accepted.value)
        and min(span_of(claim, ground).earliest for claim in answer.claims) <= at
    ]


@frozen
class _Behind:
    """What an agreement rests on, and the breaches of it since it was last made."""

    made: Entry
    breaches: tuple[Entry, ...] = ()


def _behind_agreements(pair: str, at: Minute, reading: Reading) -> dict[Agreement, _Behind]:
    """What each agreement of a pair rests on by a minute: who made it, and what broke it."""
    ground = reading.evidence.ground
    folding = Folding(ground)
    behind: dict[Agreement, _Behind] = {}
    for entry in reading.log.until(at):
        event, then = entry.event, ground_when(entry.event, entry.span, ground)
        if isinstance(event, OpeningAssumed):
            if event.agreed is not None and any(cell.startswith(f"{pair}.") for cell in event.values):
                behind[event.agreed] = _Behind(entry)
        elif isinstance(event, CeasefireAgreed | PeaceSigned):
            made = event.speaks(then.root).get(f"{pair}.agreement")
            if made is not None:
                behind[made] = _Behind(entry)
        elif event.strikes:
            for broken in agreements_broken(event, entry.time, pair, folding.live, then):
                known = behind.get(broken)
                if known is not None:
                    behind[broken] = evolve(known, breaches=(*known.breaches, entry))
        folding.apply(entry)
    return behind


def _agreement_rows(
    it: AgreementState, state: State, at: Minute, reading: Reading, ground: Ground
) -> Iterator[dict[str, Any]]:
    """The agreements of a pair: those that stand beside the last, in the order of their terms, and the last."""
    pair = ":".join(it.between)
    cell = f"{pair}.agreement"
    if it.beside or it.violated or state.cells.get(cell) is None:
        behind = _behind_agreements(pair, at, reading)
    else:
        behind = {it.agreed: _Behind(state.because[cell])}
    beside = sorted(it.beside, key=lambda one: agreement_key(one.agreed))
    for one in (*beside, StandingAgreement(it.agreed, it.violated, it.violated_by)):  # type: ignore[arg-type]
        yield _agreement_row(it, one, behind[one.agreed], state, at, ground)


def _agreement_row(
    it: AgreementState, one: StandingAgreement, behind: _Behind, state: State, at: Minute, ground: Ground
) -> dict[str, Any]:
    """An agreement of a pair: its terms, whether it stands, and who broke it."""
    agreed, clock = one.agreed, ground.clock
    ended = it.ended or _ended_with_a_party(
        it.between, None if agreed.until is None else clock.moment(agreed.until), state
    )
    over, early = is_over(agreed.until, at, ground), begins_later(agreed.since, at, ground)
    end = state.because.get(f"{':'.join(it.between)}.ended")
    if over and ended and it.ended and end is not None and is_over(agreed.until, end.time, ground):
        ended = False  # it had lapsed before
    return {
        "between": list(it.between),
        "kind": agreed.kind,
        "parties": plain(agreed.parties),
        "scope": plain(agreed.scope),
        "since": agreed.since,
        "until": agreed.until,
        "standing": "ended" if ended else "lapsed" if over else "not yet" if early else "in force",
        "violated": one.violated,
        "violated_by": plain(one.violated_by),
        "because": reasons(behind.made),
        "violated_because": [*dict.fromkeys(it for act in behind.breaches for it in reasons(act))]
        if one.violated
        else [],
    }


def agreements_and_ships(state: State, at: Minute, reading: Reading, ground: Ground) -> dict[str, Any]:
    """The agreements of every pair, the blockades in force and the ships struck, each with what it rests on."""
    agreements = [row for it in state.agreements for row in _agreement_rows(it, state, at, reading, ground)]
    blockades, ships = [], []
    for cell in sorted(state.cells):
        subject, attribute = split_cell(cell)
        if attribute == "blockaded" and state.cells[cell]:
            by = plain(state.get(subject, "blockaded_by") or frozenset())
            blockades.append({"place": subject, "by": by, "because": _behind(state, cell, f"{subject}.blockaded_by")})
        elif attribute == "condition":
            by = plain(state.get(subject, "struck_by") or frozenset())
            row = {"ship": subject if subject in ground.actors else None, "condition": state.cells[cell], "by": by}
            row["disputed"] = _disputed(cell, at, reading, ground)
            ships.append({**row, "because": _behind(state, cell, f"{subject}.struck_by")})
    return {"agreements": agreements, "blockades": blockades, "ships": ships}
