"""Handling marks: who may be shown a claim, and from when on.

Source: FIRST, "Traffic Light Protocol (TLP)", version 2.0, August 2022.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NewType

from attrs import frozen

from situation.dates import Minute
from situation.errors import Fault, near_miss
from situation.testimony.dating.clock import Clock

__all__ = ["UNMARKED", "Embargo", "Handling", "Label", "read_tlp", "strictest"]

Embargo = NewType("Embargo", Minute)
"""The minute before which something may not be shown; written as a date, read as its first minute."""
Label = NewType("Label", str)
"""A label of TLP 2.0: `amber` is read as `TLP:AMBER`."""
_LABELS: Final = tuple(Label(f"TLP:{word}") for word in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"))
"""From the one that anybody may be shown to the one for those alone who were there."""


@frozen
class Handling:
    """How something is to be handled.

    Args:
        tlp: its label; None: it bears none.
        embargo_until: the first minute at which it may be shown; None: it always may.
    """

    tlp: Label | None = None
    embargo_until: Minute | None = None

    def words(self, clock: Clock) -> str:
        """The mark as it stands on what is shown; empty where there is none."""
        embargo = "" if self.embargo_until is None else f"embargo until {clock.text(self.embargo_until)}"
        return ", ".join(part for part in (self.tlp or "", embargo) if part)

    def row(self, clock: Clock) -> dict[str, str | None]:
        """The mark under the keys of JSON."""
        until = None if self.embargo_until is None else clock.text(self.embargo_until)
        return {"tlp": self.tlp, "embargo_until": until, "mark": self.words(clock) or None}


UNMARKED: Final = Handling()


def strictest(marks: Iterable[Handling]) -> Handling:
    """Of several marks the strictest: the label for the fewest, and the embargo that ends last."""
    known = list(marks)
    labels = [mark.tlp for mark in known if mark.tlp is not None]
    embargoes = [mark.embargo_until for mark in known if mark.embargo_until is not None]
    return Handling(max(labels, key=_LABELS.index, default=None), max(embargoes, default=None))


def read_tlp(text: str) -> Label:
    """A label as people write it: `amber`, `AMBER+STRICT`, `TLP:RED`.

    Raises:
        Fault: it is none of TLP 2.0; with the near miss.
    """
    written = f"TLP:{text.upper().removeprefix('TLP:').strip()}"
    for label in _LABELS:
        if label == written:
            return label
    short = [label.removeprefix("TLP:").lower() for label in _LABELS]
    if written == "TLP:WHITE":
        raise Fault(f"'{text}' is no label of TLP 2.0.", "What was white is now 'clear'.")
    hint = near_miss(text.lower().removeprefix("tlp:"), short) or f"Write one of: {', '.join(short)}."
    raise Fault(f"'{text}' is no label of TLP 2.0.", hint)
