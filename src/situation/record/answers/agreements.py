"""Agreements, blockades and ships as plain values, and the reasons of an entry: parts of the answer of `situation state`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from situation.dates import Minute
from situation.log.entry import Assumed, Entry
from situation.log.state import AgreementState, State, split_cell
from situation.record.joining.topic import span_of
from situation.record.readings.reading import Reading
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


def _agreement_row(it: AgreementState, state: State, at: Minute, ground: Ground) -> dict[str, Any]:
    """An agreement of a pair: its terms, whether it stands, and who broke it."""
    pair, agreed, clock = ":".join(it.between), it.agreed, ground.clock
    over = agreed.until is not None and at > clock.moment(agreed.until)
    early = agreed.since is not None and at < clock.interval(agreed.since).earliest
    ended = it.ended or _ended_with_a_party(
        it.between, None if agreed.until is None else clock.moment(agreed.until), state
    )
    return {
        "between": list(it.between),
        "kind": agreed.kind,
        "parties": plain(agreed.parties),
        "scope": plain(agreed.scope),
        "since": agreed.since,
        "until": agreed.until,
        "standing": "ended" if ended else "lapsed" if over else "not yet" if early else "in force",
        "violated": it.violated,
        "violated_by": plain(it.violated_by),
        "because": reasons(state.because[f"{pair}.agreement"]),
        "violated_because": reasons(state.because[f"{pair}.violated"]) if it.violated else [],
    }


def _with_that_before(
    it: AgreementState, row: dict[str, Any], state: State, at: Minute, reading: Reading, ground: Ground
) -> list[dict[str, Any]]:
    """The row of an agreement; where that has not begun, and an earlier one holds until it does, after the row of the earlier.

    A breach since the later was made is one of the earlier, as are those from before.
    """
    pair = ":".join(it.between)
    agreed = state.get(pair, "agreement_before")
    if agreed is None or row["standing"] != "not yet":
        return [row]
    made = state.because[f"{pair}.agreement_before"]
    earlier = _agreement_row(evolve(it, agreed=agreed), state, at, ground)
    past = {
        name: change
        for name in ("agreement", "violated", "violated_by")
        for change in reading.history
        if change.cell == f"{pair}.{name}" and change.since < made.time
    }
    earlier["because"] = reasons(past["agreement"].entry) if "agreement" in past else reasons(made)
    if "violated" in past and past["violated"].value:
        by = {*it.violated_by, *(past["violated_by"].value if "violated_by" in past else ())}
        because = dict.fromkeys([*reasons(past["violated"].entry), *earlier["violated_because"]])
        earlier |= {"violated": True, "violated_by": plain(frozenset(by)), "violated_because": list(because)}
    return [earlier, row | {"violated": False, "violated_by": [], "violated_because": []}]


def agreements_and_ships(state: State, at: Minute, reading: Reading, ground: Ground) -> dict[str, Any]:
    """The agreements of every pair, the blockades in force and the ships struck, each with what it rests on.

    Of the agreements of a pair the last, and before it the one that holds until that begins.
    """
    agreements = []
    for it in state.agreements:
        agreements += _with_that_before(it, _agreement_row(it, state, at, ground), state, at, reading, ground)
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
