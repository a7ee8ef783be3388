"""The log: what is held to have happened, in order. Record and simulation meet here, in one type, the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from situation.dates import Interval, Minute
from situation.events import ActorId, Event, Triggered

__all__ = ["PRIOR_OF", "Assumed", "Cause", "Entry", "Log", "Reported", "Ruled", "Writing"]

PRIOR_OF: Final = "prior of "
"""Of men that a scenario gives the rule begins so; the name of their prior follows."""


@frozen
class Assumed:
    """An opening value: the claims that suggest it, and why it is assumed where they do not settle it."""

    claims: tuple[str, ...] = ()
    reason: str = ""

    @property
    def against(self) -> tuple[str, ...]:
        """None: what is assumed passes no claim over."""
        return ()


@frozen
class Reported:
    """A belief in claims: those taken up, and those passed over.

    `credit`: for each field of the event that is given, the claims that gave just that; of numbers by side, `killed_of.north`.
    """

    belief: str
    claims: tuple[str, ...]
    against: tuple[str, ...] = ()
    credit: Mapping[str, tuple[str, ...]] = field(factory=dict, hash=False)

    def held_against(self, claims: Iterable[str]) -> Reported:
        """The same belief, against some more claims, by id."""
        return evolve(self, against=tuple(sorted({*self.against, *claims})))


@frozen
class Ruled:
    """A rule of a story: by which rule it came about, at what odds, and by which draw; and from which entries.

    Args:
        rule: the rule's name, such as `R3 break_point`.
        odds: the chance, rate or ratio that the rule gave; None where it leaves no choice.
        address: where the draw stands, as `chance.Luck.address` writes it; empty where nothing was drawn.
        draw: the number between 0 and 1 at that address; the first of them where the rule took several.
        parents: the ids of the entries that this one follows from.
    """

    rule: str
    odds: float | None = None
    address: str = ""
    draw: float | None = None
    parents: tuple[str, ...] = ()

    @classmethod
    def of_prior(cls, name: str, odds: float | None, address: str, draw: float) -> Ruled:
        """The cause of men that a scenario's `forces` give: their number is drawn from the prior of that name."""
        return cls(f"{PRIOR_OF}{name}", odds, address, draw)

    @property
    def prior(self) -> str | None:
        """The name of the prior, in the scenario's `forces`, that a number of men was drawn from; None: from none."""
        return self.rule.removeprefix(PRIOR_OF) if self.rule.startswith(PRIOR_OF) else None

    @property
    def claims(self) -> tuple[str, ...]:
        """None: no source reports what a rule made; its parents lead down to claims."""
        return ()

    @property
    def against(self) -> tuple[str, ...]:
        """None: no claim speaks against what a rule made."""
        return ()


Cause = Assumed | Reported | Ruled


@frozen
class Entry:
    """One event at its place in the log.

    Args:
        id: stable name of the happening.
        time: the minute at which it takes effect.
        span: the interval in which it is held to have happened; `time` lies in it.
        event: what happened.
        cause: why it stands here.
        silent: cells on which a rival answer was believed, and which this entry therefore does not write.
        unknown: cells of which nothing decides between several answers, so that none is known from then on.
        after: the ids of those entries after which this one is known to have come, by more than its date.
        by_draw: whether its minute was drawn, so that it came before or after any other.
        either: of an event of which nothing decides who did it, who may have: those whom each account names.
        accounts: the event as each voice tells it, where nothing decides between them on more than who did it.
        voices: who reports it, and in which words: what orders two that are alike in all else, before their ids do.
    """

    id: str
    time: Minute
    span: Interval
    event: Event
    cause: Cause
    silent: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    by_draw: bool = False
    either: tuple[tuple[ActorId, ...], ...] = ()
    accounts: tuple[Event, ...] = ()
    voices: tuple[tuple[str, ...], ...] = field(default=(), eq=False, repr=False)

    @property
    def odds(self) -> float | None:
        """What a story's rule gave to what the entry tells; of what did not come about, the odds that it would not."""
        if not isinstance(self.cause, Ruled):
            return None
        failed = isinstance(self.event, Triggered) and not self.event.happens
        return 1.0 - self.cause.odds if failed and self.cause.odds is not None else self.cause.odds


@frozen
class Writing:
    """What an entry says of a cell."""

    entry: Entry
    value: Any


@frozen
class Log:
    """Entries in their one order: by time, the opening before all else of its minute, then by id."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Log:
        """A log of entries in any order; those of one minute keep the order in which they are given."""
        return cls(tuple(sorted(entries, key=lambda entry: (entry.time, not isinstance(entry.cause, Assumed)))))

    def until(self, at: Minute) -> Log:
        """The entries that have taken effect by the end of a minute."""
        return Log(tuple(entry for entry in self.entries if entry.time <= at))

    def after(self, at: Minute) -> Log:
        """The entries that take effect after a minute."""
        return Log(tuple(entry for entry in self.entries if entry.time > at))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
