"""Problems of a scenario as they are found: told on, counted, and kept from calling others forth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import define, field

__all__ = ["Faults", "Path", "Tell", "legible"]

T = TypeVar("T")
Path = tuple[str | int, ...]
Tell = Callable[[Path, str, str], None]
"""Takes in a problem: its path, the fact, and what to do."""


def legible(items: tuple[T, ...]) -> Iterator[tuple[int, T]]:
    """The items of a list that could be read, each with its place in it."""
    return ((number, item) for number, item in enumerate(items) if item is not None)


@define
class Faults:
    """Tells problems on, and knows what could not be read, so that nothing else is told of it.

    Args:
        unread: from a table to the names in it whose entries are faulty: they are there, and what names them is right.
        mentioned: every text that stands in such an entry: what it names is of use.
        saved: from a table to what could be read of such entries, by name; None stands for what could not.
        amiss: the ways to what could not be read, or is missing: it has been told of.
    """

    tell: Tell
    unread: dict[str, frozenset[str]] = field(factory=dict)
    mentioned: frozenset[str] = frozenset()
    saved: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    amiss: frozenset[Path] = frozenset()
    count: int = 0

    @property
    def any(self) -> bool:
        """Whether there was a problem."""
        return self.count > 0

    def __call__(self, path: Path, fact: str, advice: str) -> None:
        if path in self.amiss:
            return
        self.count += 1
        self.tell(path, fact, advice)

    def beside(self, table: str, whole: Mapping[Any, Any]) -> dict[Any, Any]:
        """The entries of a table, and after them what could be read of those that are faulty."""
        return {**whole, **self.saved.get(table, {})}

    def missed(self, path: Path, *keys: str) -> bool:
        """Whether one of some keys of an entry could not be read, or is missing though it is needed."""
        return any((*path, key) in self.amiss for key in keys)

    def lost(self, *tables: str) -> frozenset[str]:
        """The names in some tables whose entries could not be read."""
        return frozenset(name for table in tables for name in self.unread.get(table, ()))

    def lose(self, table: str, name: str) -> None:
        """Keep in mind that an entry could not be read."""
        self.unread[table] = self.lost(table) | {name}
