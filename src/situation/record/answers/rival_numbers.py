"""On what the sources disagree about an event, and which numbers others give beside the one that is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.events import CIVILIANS, UNKNOWN, Quantity
from situation.log.entry import Entry
from situation.log.state import split_cell
from situation.log.value_words import amount, list_in_words
from situation.record.disputes import Dispute, ground_of_question
from situation.record.joining.comparisons import DISPUTES, ORDER, relate
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["Disagreement", "disagreement_over"]

_WHAT: Mapping[str, str] = {
    **dict.fromkeys(("killed", "killed_of", "civilians_killed", "crew_killed"), " killed"),
    **dict.fromkeys(("wounded", "wounded_of"), " wounded"),
    **dict.fromkeys(("prisoners", "crew_taken"), " taken prisoner"),
    "released": " released",
    "fled": " who fled",
}
"""What a number counts, after the number and its unit."""


@frozen
class Disagreement:
    """The gravest relation of the disputes over what an entry sets, and by cell the numbers that others give."""

    relation: str
    numbers: Mapping[str, tuple[Quantity, ...]]
    others: str

    @property
    def answer(self) -> list[dict[str, Any]]:
        """The numbers as JSON: `cell`, `low`, `best`, `high`, `unit`."""
        return [
            {"cell": cell, "low": it.low, "best": it.best, "high": it.high, "unit": it.unit}
            for cell, numbers in self.numbers.items()
            for it in numbers
        ]


def disagreement_over(entry: Entry, rivals: Iterable[Dispute], ground: Ground) -> Disagreement | None:
    """On what the sources disagree of what an entry sets.

    Args:
        entry: the entry.
        rivals: the disputes that its claims are part of.
        ground: the map.

    Returns:
        None where no dispute is over what it sets.
    """
    cells = entry.event.speaks(ground_when(entry.event, entry.span, ground).root)
    own = {entry.id, *cells, *entry.unknown}
    over = [one for one in rivals if one.cell.removesuffix(".when").removesuffix(".occurred") in own]
    if not over:
        return None
    numbers = {one.cell: given for one in over if (given := _other_numbers(one, cells.get(one.cell), ground))}
    said = [_in_words(cell, given, ground.at(entry.time)) for cell, given in numbers.items()]
    words = f"others say {list_in_words(said)}" if said else ""
    return Disagreement(max((one.relation for one in over), key=ORDER.index), numbers, words)


def _other_numbers(dispute: Dispute, own: object, ground: Ground) -> tuple[Quantity, ...]:
    """Numbers that do not fit the event's own or else the one taken, each once; none where the answers are no numbers."""
    taken = dispute.weighed.accepted
    base = own if isinstance(own, Quantity) else taken.value if taken else None
    if taken is None or not isinstance(base, Quantity) or dispute.note:
        return ()
    then = ground_of_question(dispute.weighed.question, ground)
    others: dict[str, Quantity] = {}
    for answer in dispute.weighed.question.answers:
        pair = (answer.value, answer.content), (base, taken.content)
        if isinstance(answer.value, Quantity) and relate(dispute.cell, *pair, then) in DISPUTES:
            others.setdefault(amount(answer.value), answer.value)
    return tuple(sorted(others.values(), key=lambda it: (it.best or it.low or it.high or 0, amount(it))))


def _in_words(cell: str, numbers: Iterable[Quantity], ground: Ground) -> str:
    """Numbers with what they count: `46 or 51 persons of the South killed`."""
    attribute, *parts = split_cell(cell)[1].split(".")
    *first, last = numbers
    amounts = [*(amount(it, unit=it.unit != last.unit) for it in first), amount(last)]
    side = parts[0] if attribute.endswith("_of") or attribute == "released" else ""
    whose = {"": "", CIVILIANS: "", UNKNOWN: " of a side that is not named"}.get(side, f" of {ground.name(side)}")
    listed = amounts[0] if len(amounts) == 1 else f"{', '.join(amounts[:-1])} or {amounts[-1]}"
    return f"{listed}{whose}{_WHAT.get(attribute, '')}"
