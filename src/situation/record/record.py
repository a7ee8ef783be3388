"""The record of a situation: loaded once, and all that can be asked of it.

Every question takes a valid time (`at`: when it was so) and a knowledge time (`known_at`: by when it was known), and they
are independent. A bare date means that day's end, in the theatre's local time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from situation.dates import Minute, When, when_given
from situation.errors import Fault, near_miss, of_kind
from situation.log.entry import Entry, Log
from situation.log.fold import Change, fold
from situation.log.tables import history_frame
from situation.record.beliefs.policies import BELIEFS
from situation.record.disputes import Disputes, disputes_of
from situation.record.evidence.explanation import Why
from situation.record.evidence.why import why
from situation.record.evidence.witnesses import Witnesses
from situation.record.notebook import RecordInNotebook, SituationState
from situation.record.readings.readers import Readers
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.geography import Geography
from situation.testimony.ground import Ground
from situation.testimony.handling import Handling, strictest
from situation.testimony.release import handling_of
from situation.testimony.testimony import Testimony

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Record"]


@define(frozen=True, slots=False, repr=False)
class Record(RecordInNotebook):
    """A situation's ground and testimony, and what can be asked of them.

    Args:
        ground: the map.
        testimony: sources, speakers, origins and claims of the parts in force.
        parts: which files of claims are in force.
        digest: a hash of the content of every file read.
        folder: where it was read from.
        release: when what is made of it is shown; what was under embargo then has been left out. None: nothing has.
        withheld: the ids of the claims that have been left out for this.
        geography: the lines of the map, and the terms under which they are had.
        left_out: which parts there are that are not in force.
    """

    ground: Ground
    testimony: Testimony
    parts: tuple[str, ...]
    digest: str
    folder: Path
    release: Minute | None = None
    withheld: frozenset[str] = frozenset()
    geography: Geography = field(factory=Geography)
    left_out: frozenset[str] = frozenset()
    _readings: dict[tuple[Minute, str, bool], Reading] = field(factory=dict, init=False, repr=False, eq=False)
    _readings_of_state: dict[tuple[Minute, str, bool], Reading] = field(factory=dict, init=False, repr=False, eq=False)
    _disputes: dict[tuple[Minute, str, bool], Disputes] = field(factory=dict, init=False, repr=False, eq=False)

    @cached_property
    def readers(self) -> Readers:
        """Who reads its claims, by belief."""
        return Readers(self.testimony, self.ground)

    def minute(self, at: When) -> Minute:
        """A time as a minute: a minute, a date (its end, local time), or None for the end of the window.

        Raises:
            Fault: it is no time.
        """
        if at is None:
            return self.ground.window.latest
        given = when_given(at)
        return self.ground.clock.moment(given) if isinstance(given, str) else given

    def inside(self, at: When) -> Minute:
        """A time as a minute within the window.

        Raises:
            Fault: the text is no date, or it lies outside the window.
        """
        minute, window = self.minute(at), self.ground.window
        if not window.earliest <= minute <= window.latest and isinstance(at, str | date):
            dates = f"from {self.ground.clock.day(window.earliest)} to {self.ground.clock.day(window.latest)}"
            raise Fault(f"'{at}' lies outside what the record covers.", f"It runs {dates}.")
        return minute

    def known(self, known_at: When) -> Minute:
        """A knowledge time as a minute; None: all that is known now."""
        return self._latest_knowledge if known_at is None else self.minute(known_at)

    def handling(self, known_at: When = None, carried: bool = False) -> Handling:
        """How what is made of the claims known at a time is to be handled: by the strictest of their marks.

        Of an embargo that ends by the release nothing is said any more.
        """
        known, testimony = self.known(known_at), self.testimony
        marks = strictest(
            handling_of(claim, testimony)
            for claim in testimony.claims.values()
            if testimony.known_from(claim, carried) <= known
        )
        return marks if self.release is None else evolve(marks, embargo_until=None)

    def marked(self, known_at: When = None, carried: bool = False) -> dict[str, str | None]:
        """The same in words: `tlp`, `embargo_until`, `mark` (both, as they stand on what is shown) and `release`."""
        clock = self.ground.clock
        row = self.handling(known_at, carried).row(clock)
        return row | {"release": None if self.release is None else clock.text(self.release)}

    @property
    def _latest_knowledge(self) -> Minute:
        moments = self.knowledge_moments()
        return max(moments[-1] if moments else self.ground.window.latest, self.ground.window.latest)

    def claims_in_force(self) -> Iterator[Claim]:
        """All claims, in the order of the files, but for those that were taken back by now."""
        gone = self.reading().taken_back
        return (claim for name, claim in self.testimony.claims.items() if name not in gone)

    def knowledge_moments(self) -> tuple[Minute, ...]:
        """Every minute at which something became known or was assessed, in order."""
        return self._moments

    @cached_property
    def _moments(self) -> tuple[Minute, ...]:
        testimony = self.testimony
        moments = {testimony.known_from(claim) for claim in testimony.claims.values()}
        moments |= {testimony.known_from(claim, carried=True) for claim in testimony.claims.values()}
        moments |= {judged.as_of for claim in testimony.claims.values() for judged in claim.credibility}
        moments |= {source.reliability.as_of for source in testimony.sources.values()}
        moments |= {speaker.reliability.as_of for speaker in testimony.speakers.values()}
        return tuple(sorted(moments))

    def reading(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> Reading:
        """What a belief makes of the claims known at a time.

        Args:
            known_at: the knowledge time; None: all that is known now.
            belief: the name of one of `policies.BELIEFS`.
            carried: know claims from their publication alone, as the outlets carried them.

        Raises:
            Fault: no such belief, or no such date.
        """
        key = self._key(known_at, belief, carried)
        if key not in self._readings:
            self._readings[key] = self.readers.of(belief, carried).read(key[0])
        return self._readings[key]

    def reading_of_state(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> Reading:
        """The same of those claims alone that can bear on what a state shows; of all, where they have been read already.

        Raises:
            Fault: no such belief, or no such date.
        """
        key = self._key(known_at, belief, carried)
        if key in self._readings:
            return self._readings[key]
        if key not in self._readings_of_state:
            self._readings_of_state[key] = self.readers.of(belief, carried).read(key[0], self.readers.of_state)
        return self._readings_of_state[key]

    def _key(self, known_at: When, belief: str, carried: bool) -> tuple[Minute, str, bool]:
        """What makes two readings one: the last moment at which a claim became known, and how they are read.

        Raises:
            Fault: no such belief, or no such date.
        """
        every = f"Use one of: {', '.join(BELIEFS)}."
        if of_kind(belief, str, "belief", every) not in BELIEFS:
            raise Fault(f"There is no belief '{belief}'.", near_miss(belief, BELIEFS) or every)
        return self._last_moment(known_at), belief, bool(carried)

    def _last_moment(self, known_at: When) -> Minute:
        """The last moment up to a time at which a claim became known; nothing that is known changes between them."""
        known = self.known(known_at)
        passed = bisect_right(self._moments, known)
        return self._moments[passed - 1] if passed else known

    def sampled(self, seed: int, index: int, known_at: When = None) -> Reading:
        """One sample of the record: rival answers with odds by their weight, times drawn from their intervals.

        Args:
            seed: the run's seed.
            index: which sample; the same seed and index give the same reading, whatever else is drawn.
            known_at: the knowledge time; None: all that is known now.
        """
        return self.readers.sample(seed, index, self.known(known_at))

    def log(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> Log:
        """What is held to have happened, in order."""
        return self.reading(known_at, belief, carried).log

    def state(
        self,
        at: When = None,
        known_at: When = None,
        belief: str = "graded",
        carried: bool = False,
    ) -> SituationState:
        """Who held what, and with what, at a time, by what was known at another.

        Example:
            >>> import situation as sit
            >>> record = sit.load("scenarios/al-qaim-2017")
            >>> record.state(at="2017-11-03").places["al-qaim"].holder
            'iraq'
        """
        minute = self.inside(at)
        state = fold(self.log(known_at, belief, carried).until(minute), self.ground)
        return SituationState(state.cells, state.because, state.last, ground=self.ground.at(minute), at=minute)

    def history(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> tuple[Change, ...]:
        """Every value that every cell had, with the entry that gave it."""
        return self.reading(known_at, belief, carried).history

    def history_frame(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> pd.DataFrame:
        """The history as a data frame: cell, value (JSON where it is no text), since, until (None: to the end), entry."""
        return history_frame(self.history(known_at, belief, carried), self.ground.clock)

    def uncertain(
        self,
        at: When = None,
        known_at: When = None,
        belief: str = "graded",
        carried: bool = False,
    ) -> Mapping[str, Entry]:
        """The cells whose last or next change may have come at any time around `at`, each with that change's entry."""
        minute = self.inside(at)
        entries: dict[str, Entry] = {}
        for change in self.history(known_at, belief, carried):
            span = change.entry.span
            if span.earliest <= minute < span.latest:
                entries.setdefault(change.cell, change.entry)
        return entries

    def why(
        self,
        cell: str,
        at: When = None,
        known_at: When = None,
        belief: str = "graded",
        carried: bool = False,
    ) -> Why:
        """Why a cell has its value: the entry that set it, the rule that decided, and each claim by what it says of then.

        Args:
            cell: `ford.holder`; the place may be written in any of its spellings, in any script. Or a question, as
                `disputes` names it.

        Raises:
            Fault: there is no such cell; with the near miss.
        """
        of_kind(cell, str, "cell", "Give the name of a cell, such as 'ford.holder', or of a question.")
        return why(cell, self.inside(at), self.witnesses(known_at, belief, carried), carried)

    def witnesses(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> Witnesses[Reading]:
        """All who speak to the cells of a reading."""
        return Witnesses.of_reading(self.reading(known_at, belief, carried), self.testimony, self.ground)

    def disputes(self, known_at: When = None, belief: str = "graded", carried: bool = False) -> Disputes:
        """On what the sources disagree, what the state contradicts, and what cannot be tested."""
        key = self._key(known_at, belief, carried)
        if key not in self._disputes:
            self._disputes[key] = disputes_of(self.reading(known_at, belief, carried), self.ground)
        return self._disputes[key]
