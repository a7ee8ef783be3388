"""Agreements, blockades and ships as plain values, and the reasons of an entry: parts of the answer of `situation state`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from situation.dates import Minute
from situation.events import Agreement, CeasefireAgreed, OpeningAssumed, PeaceSigned, StandingAgreement
from situation.log.entry import Assumed, Entry
from situation.log.state import AgreementState, State, split_cell
from situation.log.terms import agreement_key, begins_later, is_over
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


@frozen
class _Behind:
    """What an agreement rests on, and the breaches of it."""

    made: Entry
    breaches: tuple[Entry, ...] = ()

    def broken_by(self, act: Entry) -> _Behind:
        """With one breach more."""
        return evolve(self, breaches=(*self.breaches, act))


def _behind_agreements(pair: str, at: Minute, reading: Reading) -> dict[Agreement, _Behind]:
    """What each agreement of a pair rests on: who made it, and what broke it, as the pair's cells changed until a minute."""
    cells = [f"{pair}.{name}" for name in ("agreement", "violated", "agreements_beside")]
    course = [change for change in reading.history if change.cell in cells and change.since <= at]
    makers = _makers(pair, at, reading)
    behind: dict[Agreement, _Behind] = {}
    last: Agreement | None = None
    before: frozenset[StandingAgreement] = frozenset()
    for change in sorted(course, key=lambda it: (it.since, cells.index(it.cell))):
        entry = change.entry
        if change.cell == cells[0] and change.value is not None:
            last = change.value
            behind[last] = _Behind(makers.get(last, entry))
        elif change.cell == cells[1] and change.value and last is not None and entry.event.strikes:
            behind[last] = behind[last].broken_by(entry)
        elif change.cell == cells[2]:
            beside = change.value or frozenset()
            struck = (beside - before or {it for it in beside if it.violated}) if entry.event.strikes else ()
            for it in beside:
                known = behind.get(it.agreed, _Behind(makers.get(it.agreed, entry)))
                behind[it.agreed] = known.broken_by(entry) if it in struck else known
            before = beside
    return behind


def _makers(pair: str, at: Minute, reading: Reading) -> dict[Agreement, Entry]:
    """By agreement of a pair the last entry by a minute that made it, or says that it was in force."""
    makers = {}
    for entry in reading.log.until(at):
        if isinstance(entry.event, CeasefireAgreed | PeaceSigned | OpeningAssumed):
            agreed = entry.event.speaks(reading.evidence.ground.at(entry.time).root).get(f"{pair}.agreement")
            if agreed is not None:
                makers[agreed] = entry
    return makers


def _agreement_rows(
    it: AgreementState, state: State, at: Minute, reading: Reading, ground: Ground
) -> Iterator[dict[str, Any]]:
    """The agreements of a pair: those that stand beside the last, in the order of their terms, and the last."""
    pair = ":".join(it.between)
    if it.beside or it.violated:
        behind = _behind_agreements(pair, at, reading)
    else:
        behind = {it.agreed: _Behind(state.because[f"{pair}.agreement"])}
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
