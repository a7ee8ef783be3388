"""The sides on which a claim can stand toward a value at a minute, and how long that value has been in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol

from attrs import evolve, frozen

from situation.dates import Interval, Minute
from situation.events import Event
from situation.log.entry import Assumed
from situation.log.fold import Change
from situation.log.state import holders_in, split_cell
from situation.record.beliefs.belief import Evidence
from situation.record.joining.comparisons import leaves_out_doers
from situation.record.joining.revisions import Revised
from situation.record.joining.topic import stated_fields
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = [
    "Group",
    "Heard",
    "Spell",
    "Stands",
    "Witness",
    "adds_to",
    "denials_placed",
    "denied_of_all",
    "goes_on",
    "stands_beside",
    "witnesses_that_answer",
]

Group = Literal["for", "other_times", "against"]


Stands = Literal["so", "effect", "stage", "otherwise"]
"""How what a claim tells stands to a value: it, or a part of it; an event of which it is an effect; another stage; a rival."""


class Heard(Protocol):
    """What has to be known of a reading: its claims by id, from when each is known, and the figures that were replaced."""

    @property
    def claims(self) -> Mapping[str, Claim]: ...

    @property
    def evidence(self) -> Evidence: ...

    @property
    def revised(self) -> Revised: ...


@frozen
class Witness:
    """A claim's part in the evidence for a cell at a minute.

    Args:
        claim: the claim.
        answer: the value that it gives the cell; a statement's predicate by name; None where it denies what would give
            one, or speaks to the cell only through its happening.
        group: on which side it stands at that minute.
        span: the time that it speaks of.
    """

    claim: Claim
    answer: Any
    group: Group
    span: Interval


@frozen
class Spell:
    """How long a value has been in force: its changes, the last first, when it began, and the claims of its entries."""

    changes: tuple[Change, ...]
    begun: Minute
    named: frozenset[str]
    backing: frozenset[str]


_TOGETHER = (".besieger", ".blockaded_by")
"""The ends of the cells of those who ring or blockade a place: others may come to it, and some may leave."""


def goes_on(cell: str, before: Any, now: Any) -> bool:
    """Whether a value is the one before it going on: the same, or with some of the same who ring or blockade a place."""
    return bool(before == now or (cell.endswith(_TOGETHER) and set(holders_in(before)) & set(holders_in(now))))


def stands_beside(cell: str, answer: Any, value: Any, backed: bool) -> Stands | None:
    """How an answer that names some of those who hold or ring a place stands to all who do; None: that does not tell.

    Args:
        cell: the cell.
        answer, value: what a claim says, and what is so.
        backed: whether the value rests on the claim.
    """
    together = cell.endswith(_TOGETHER)
    if not together and not (backed and cell.endswith(".holder")):
        return None
    named, there = set(holders_in(answer)), set(holders_in(value))
    if named and named < there:
        return "so"
    return "stage" if together and backed and named and not named & there else None


def denials_placed(witnesses: Iterable[Witness], begun: Minute) -> tuple[Witness, ...]:
    """Witnesses, with the denial of what a rival says now beside the rival: it speaks of now as much as the rival does.

    Who denies what nobody says speaks of that day alone.

    Args:
        witnesses: all who speak to a cell, with the side on which each stands at a minute.
        begun: from when the value of that minute has been in force.
    """
    placed = tuple(witnesses)
    rivals = [it.claim for it in placed if it.group == "against" and it.claim.mode == "asserts"]
    ids = {claim.id for claim in rivals}

    def denies_now(it: Witness) -> bool:
        denied = it.claim.mode == "denies" and any(_says_less(it.claim.content, claim.content) for claim in rivals)
        return it.group == "other_times" and it.span.latest >= begun and (denied or it.claim.corrects in ids)

    return tuple(evolve(it, group="for") if denies_now(it) else it for it in placed)


def _says_less(one: Any, other: Any) -> bool:
    """Whether something is said, or a part of it: who denies the less denies the more, too."""
    if one == other or type(one) is not type(other) or not isinstance(one, Event):
        return bool(one == other)
    more = stated_fields(other)
    return all(more.get(name) == value for name, value in stated_fields(one).items())


def witnesses_that_answer(witnesses: Iterable[Witness], spell: Spell) -> tuple[Witness, ...]:
    """Witnesses, without those who confirm the event behind a value and leave open what others of them answer.

    Whom an opening names as its reason stays: it rests on them.
    """
    heard = tuple(witnesses)
    answering = {it.claim.id: not _silent(it) for it in heard if it.claim.mode == "asserts"}
    silent: set[str] = set()
    for change in spell.changes:
        if isinstance(change.entry.cause, Assumed):
            continue
        behind = [name for name in change.entry.cause.claims if name in answering]
        if any(answering[name] for name in behind):
            silent |= {name for name in behind if not answering[name]}
    return tuple(it for it in heard if it.claim.id not in silent)


def _silent(witness: Witness) -> bool:
    return witness.answer is None or leaves_out_doers(witness.claim.content, witness.answer)


def denied_of_all(denied: Any, value: Any, ground: Ground) -> bool:
    """Whether units that are said to have done something all stand under those of whom it is denied: an army's corps, say."""
    if not isinstance(denied, frozenset) or not isinstance(value, frozenset) or not value:
        return False
    known = denied <= ground.actors.keys() and value <= ground.actors.keys()
    return known and all(any(ground.under(one, other) for other in denied) for one in value)


def adds_to(claim: Claim, cell: str, answer: Any, value: Any) -> bool:
    """Whether a claim gives a part of a list to which every report adds."""
    gathered = claim.event is not None and split_cell(cell)[1] in claim.event.gathers
    return gathered and set(answer) <= set(value)
