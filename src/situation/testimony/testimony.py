"""The testimony of a record: all that was said, and by whom; which claims were joined and parted by hand, and which are rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import combinations

from attrs import define

from situation.testimony.claims import Claim, Origin, Source, Speaker
from situation.testimony.spelling import spelling_key

__all__ = ["Testimony"]


@define(frozen=True, slots=False)
class Testimony:
    """All that was said, and by whom: by id, in the order of the files.

    Args:
        sources, speakers, origins, claims: by id.
        same, separate: sets of claims that were joined, and parted, by hand.
    """

    sources: Mapping[str, Source]
    speakers: Mapping[str, Speaker]
    origins: Mapping[str, Origin]
    claims: Mapping[str, Claim]
    same: tuple[tuple[str, ...], ...] = ()
    separate: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def first_pieces(self) -> Mapping[str, str]:
        """From an outlet, by its `spelling_key`, to the id of its piece that was out first."""
        first: dict[str, Source] = {}
        for source in sorted(self.sources.values(), key=lambda source: (source.published.span.earliest, source.id)):
            first.setdefault(spelling_key(source.outlet) or source.id, source)
        return {outlet: source.id for outlet, source in first.items()}

    @cached_property
    def _sets(self) -> tuple[frozenset[str], ...]:
        sets: list[frozenset[str]] = []
        for names in self.same:
            touching = [one for one in sets if one & set(names)]
            sets = [one for one in sets if one not in touching]
            sets.append(frozenset(names).union(*touching))
        return tuple(sets)

    @cached_property
    def _apart(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(pair) for names in self.separate for pair in combinations(names, 2))

    def same_sets(self) -> tuple[frozenset[str], ...]:
        """The claims that are of one happening by hand; sets that share a claim are one."""
        return self._sets

    @cached_property
    def same_as(self) -> Mapping[str, frozenset[str]]:
        """From the id of each claim that was joined by hand to all that are of its happening."""
        return {name: names for names in self._sets for name in names}

    def parted(self, one: str, other: str) -> bool:
        """Whether two claims are of two happenings by hand."""
        return bool(self._apart) and frozenset((one, other)) in self._apart

    def rows_of_one_file(self, one: Claim, other: Claim) -> bool:
        """Whether two claims are rows of one table, of which each is an event of its own."""
        return self.table_of(one) is not None and self.table_of(one) == self.table_of(other)

    def table_of(self, claim: Claim) -> str | None:
        """The table of events of which a claim is a row, by the first of its exports; None: of none."""
        return self._tables.get(claim.source)

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        """From the id of each export of a table of events to the one that stands for all of that table."""
        exports = {name: {name} for name, source in self.sources.items() if source.rows}
        for name, source in self.sources.items():
            for older in (it for it in source.newer_than if {name, it} <= exports.keys()):
                both = exports[name] | exports[older]
                exports |= dict.fromkeys(both, both)
        return {name: min(of_table) for name, of_table in exports.items()}

    def voice(self, claim: Claim) -> str:
        """Whose voice a claim is: its speaker's party, else that of the body relayed, else that body itself.

        A party's word stays its own whoever relays it; so two claims of one voice do not corroborate each other.
        """
        speaker, origin = self.speakers.get(claim.said_by), self.origins.get(claim.origin)
        if speaker is not None and speaker.party is not None:
            return str(speaker.party)
        if origin is not None and origin.party is not None:
            return str(origin.party)
        relayed = self.speakers.get(claim.origin)
        return str(relayed.party) if relayed is not None and relayed.party is not None else claim.origin

    def teller(self, claim: Claim) -> str:
        """Who says a claim, by name: the speaker, else the body relayed, else the outlet."""
        speaker, origin = self.speakers.get(claim.said_by), self.origins.get(claim.origin)
        return speaker.name if speaker else origin.name if origin else self.sources[claim.source].outlet

    def known_from(self, claim: Claim, carried: bool = False) -> int:
        """The minute from which a claim is known: the last of `said`, or of the piece's publication.

        Args:
            claim: the claim.
            carried: count from the publication alone, as the outlets carried it.
        """
        if claim.said is not None and not carried:
            return claim.said.span.latest
        return self.sources[claim.source].published.span.latest
