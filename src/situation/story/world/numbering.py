"""The numbers of a world's rows: which actor, place, body or cell stands in which row of its table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from attrs import asdict, define, field

from situation.errors import Fault

__all__ = ["MOST_ACTORS", "NO_ROOM", "Numbering", "Register"]

NO_ROOM: Final = "Begin the world in a larger size, or simulate the story as Python."
"""What to do where a world has no room for something."""

MOST_ACTORS = 62
"""How many actors fit into one number, a bit each."""


@define
class Register:
    """Names in the order in which they came, each with its number from 1 on."""

    what: str
    room: int
    names: list[Any] = field(factory=lambda: [None])
    _numbers: dict[Any, int] = field(factory=dict, init=False)

    def of(self, name: Any) -> int:
        """The number of a name, which is new or known; nobody's is 0.

        Raises:
            Fault: the table is full.
        """
        if name is None:
            return 0
        number = self._numbers.get(name)
        if number is None:
            number = len(self.names)
            if number >= self.room:
                raise Fault(f"The table of {self.what} is full: it has {self.room - 1} rows.", NO_ROOM)
            self._numbers[name] = number
            self.names.append(name)
        return number

    def copy(self) -> Register:
        """A register of the same names, which goes its own way."""
        other = Register(self.what, self.room, [*self.names])
        other._numbers = dict(self._numbers)
        return other

    def known(self, name: Any) -> int:
        """The number of a name; 0 where it is not known."""
        return self._numbers.get(name, 0)

    def fill(self, names: Iterable[Any]) -> Register:
        """Number some names."""
        for name in names:
            self.of(name)
        return self


@define
class Numbering:
    """All numbers of one world.

    `origin`, `first_day`: the minute, and the day, from which a world counts. `questions`: what is drawn, each after its
    stream. `record`: the ids of the entries before the branch. `luck`: by stream, the seed and the index as addresses have them.
    """

    origin: int
    first_day: int
    actors: Register
    places: Register
    links: Register
    plans: Register
    doctrines: Register
    givens: Register
    numbers: Register
    forces: Register
    orders: Register
    batches: Register
    agreements: Register
    others: Register
    values: Register
    part_texts: Register
    lapsing: Register
    names: Register
    rules: Register
    questions: Register
    record: Register
    luck: dict[str, str] = field(factory=dict)

    def copy(self) -> Numbering:
        """The same numbers, of which more can be given without these knowing them."""
        numbers = asdict(self, recurse=False)
        copies: dict[str, Any] = {name: it.copy() if isinstance(it, Register) else it for name, it in numbers.items()}
        copies["luck"] = dict(self.luck)
        return Numbering(**copies)

    def sides(self, actors: Iterable[str]) -> int:
        """Some actors as the bits of one number."""
        bits = 0
        for actor in actors:
            bits |= 1 << self.actors.of(actor)
        return bits

    def named(self, bits: int) -> tuple[str, ...]:
        """The actors that are bits of a number, in the order of their numbers."""
        return tuple(name for number, name in enumerate(self.actors.names) if number and bits >> number & 1)
