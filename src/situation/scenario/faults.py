"""Problems of a scenario as they are found: told on, counted, and kept from calling others forth."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

__all__ = ["Faults", "Path", "Tell"]

Path = tuple[str | int, ...]
Tell = Callable[[Path, str, str], None]
"""Takes in a problem: its path, the fact, and what to do."""


@define
class Faults:
    """Tells problems on, and knows what could not be read, so that nothing else is told of it.

    Args:
        unread: from a table to the names in it whose entries are faulty: they are there, and what names them is right.
        mentioned: every text that stands in such an entry: what it names is of use.
    """

    tell: Tell
    unread: dict[str, frozenset[str]] = field(factory=dict)
    mentioned: frozenset[str] = frozenset()
    count: int = 0

    @property
    def any(self) -> bool:
        """Whether there was a problem."""
        return self.count > 0

    def __call__(self, path: Path, fact: str, advice: str) -> None:
        self.count += 1
        self.tell(path, fact, advice)

    def lost(self, *tables: str) -> frozenset[str]:
        """The names in some tables whose entries could not be read."""
        return frozenset(name for table in tables for name in self.unread.get(table, ()))

    def lose(self, table: str, name: str) -> None:
        """Keep in mind that an entry could not be read."""
        self.unread[table] = self.lost(table) | {name}
