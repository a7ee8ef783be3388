"""Names: the ids that claims may use, the names that lead to them, and which of these were borne when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from situation.dates import Interval, Minute
from situation.errors import Fault, near_miss
from situation.events import UNKNOWN
from situation.testimony.dating.clock import Clock
from situation.testimony.spelling import spelling_key

__all__ = ["ALWAYS", "Alias", "Names", "Period", "dated_names", "earlier_name", "spanned"]

ALWAYS = Interval(-(10**13), 10**13)
"""All minutes there are."""


@frozen
class Period:
    """From when to when something held, as dates; an open end is left out. `span`: the same in minutes."""

    since: str | None = None
    until: str | None = None
    span: Interval = ALWAYS

    def holds(self, minute: Minute) -> bool:
        """Whether it held at a minute."""
        return self.span.earliest <= minute <= self.span.latest


@frozen
class Alias(Period):
    """A name, and when it was borne: always, where no date stands beside it."""

    name: str = field(kw_only=True)


_P = TypeVar("_P", bound=Period)


def spanned(dated: _P, clock: Clock) -> _P:
    """The same with its span in minutes.

    Raises:
        Fault: a date is none, or it ends before it begins.
    """
    earliest = ALWAYS.earliest if dated.since is None else clock.interval(dated.since).earliest
    latest = ALWAYS.latest if dated.until is None else clock.interval(dated.until).latest
    if latest < earliest:
        raise Fault("It ends before it begins.", "Swap 'from' and 'until'.")
    return evolve(dated, span=Interval(earliest, latest))


@frozen
class Names:
    """The identifiers that may be used, by kind, each with the spellings that lead to it.

    Args:
        known: from a kind (`actor`, `side`, `place`, `area`, `operation`) to its ids.
        spellings: from a spelling's key to an id: what a misspelt id may mean.
        borne: from the key of a dated name to who bore it when: these stand for their ids in claims of that time.
        unread: kinds whose list in the map cannot be read whole: any name may be one of theirs, so that one fault of
            the map is not followed by one for each name.
    """

    known: Mapping[str, frozenset[str]]
    spellings: Mapping[str, str]
    borne: Mapping[str, tuple[tuple[Interval, str], ...]] = field(factory=dict)
    unread: frozenset[str] = frozenset()

    def check(self, kind: str, word: str, during: Interval | None = None) -> str:
        """The id, if the word is one; or the id of what bore that name, where names are dated.

        Args:
            kind: what is meant.
            word: what is written.
            during: the time that is spoken of; None: any.

        Raises:
            Fault: no such id is known, with the near miss; or the name was not borne then, or by more than one.
        """
        if word in self.known[kind]:
            return word
        if word == UNKNOWN:
            advice = f"Name the {kind}; 'unknown' may stand only where the key can be left out."
            raise Fault("It must be said who or what this is.", advice)
        borne = [(span, name) for span, name in self.borne.get(spelling_key(word), ()) if name in self.known[kind]]
        bearers = sorted({name for span, name in borne if during is None or span.meet(during)})
        if len(bearers) == 1:
            return bearers[0]
        ids = " or ".join(f"'{name}'" for name in bearers or sorted({name for _, name in borne}))
        if bearers:
            raise Fault(f"More than one {kind} bore the name '{word}' at that time.", f"Write the id: {ids}.")
        if borne:
            raise Fault(f"No {kind} bore the name '{word}' at that time.", f"Correct the date, or write the id: {ids}.")
        if kind in self.unread:
            return word
        meant = self.spellings.get(spelling_key(word))
        hint = f"Did you mean '{meant}'?" if meant in self.known[kind] else near_miss(word, self.known[kind])
        if kind == "place" and word in self.known["area"]:
            hint = "It is a region: name a place in it."
        what = "place or region" if kind == "area" else kind
        raise Fault(f"There is no {what} '{word}'.", hint or f"Use an id of map.yaml, or add the {what} there.")

    def with_dated(self, names: Iterable[tuple[str, Interval, str]]) -> Names:
        """With names that were borne for a time: the name, when, and by whom."""
        borne = {key: list(rows) for key, rows in self.borne.items()}
        for name, span, bearer in names:
            borne.setdefault(spelling_key(name), []).append((span, bearer))
        return evolve(self, borne={key: tuple(sorted(rows)) for key, rows in borne.items()})


def earlier_name(name: str, bearer: str, renamed: Iterable[Interval]) -> list[tuple[str, Interval, str]]:
    """The name by which something went before, between and after the times at which it bore others."""
    rows: list[tuple[str, Interval, str]] = []
    start = ALWAYS.earliest
    for span in sorted(renamed):
        if start < span.earliest:
            rows.append((name, Interval(start, span.earliest - 1), bearer))
        start = max(start, span.latest + 1)
    if start <= ALWAYS.latest:
        rows.append((name, Interval(start, ALWAYS.latest), bearer))
    return rows


def dated_names(thing: Any) -> list[tuple[str, Interval, str]]:
    """The dated names of something on the map, and its first name for the rest of the time."""
    dated = [*thing.names, *(alias for alias in thing.aliases if alias.span != ALWAYS)]
    rows = [(alias.name, alias.span, str(thing.id)) for alias in dated]
    return rows + (
        earlier_name(thing.name, str(thing.id), [alias.span for alias in thing.names]) if thing.names else []
    )
