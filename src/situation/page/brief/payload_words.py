"""The payload of a page in words: its names by id, its dates in local time, and the voices behind its claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from situation.dates import DAY, Interval, Minute
from situation.log.given_names import name_in_words
from situation.testimony.dating.clock import Clock

__all__ = ["PayloadWords"]


@frozen
class PayloadWords:
    """The page's payload, with names by id and dates in its calendar."""

    payload: Mapping[str, Any]
    reading: Mapping[str, Any] = field(init=False)
    names: Mapping[str, str] = field(init=False)
    claims: Mapping[str, Mapping[str, Any]] = field(init=False)
    voices: Mapping[str, str] = field(init=False)

    @reading.default
    def _reading(self) -> Mapping[str, Any]:
        return dict(self.payload["readings"][0])

    @names.default
    def _names(self) -> Mapping[str, str]:
        return {it["id"]: it["name"] for key in ("actors", "places", "regions") for it in self.payload[key]}

    @claims.default
    def _claims(self) -> Mapping[str, Mapping[str, Any]]:
        return {it["id"]: it for it in self.payload["claims"]}

    @voices.default
    def _voices(self) -> Mapping[str, str]:
        return {it["id"]: it["name"] for it in self.payload["origins"]}

    @property
    def stories(self) -> Mapping[str, Any] | None:
        """The ensemble of the scenario; None of a replay."""
        row: Mapping[str, Any] | None = self.payload.get("ensembles", {}).get("scenario")
        return row

    @property
    def end(self) -> Minute:
        """Up to when the record is shown_words: the branch, or the end of a replay."""
        return int(self.payload.get("branch", self.payload["window"][1]))

    def when(self, earliest: Minute, latest: Minute) -> str:
        """An interval as a person writes it, in local time."""
        calendar = self.payload.get("clock", {}).get("calendar", "gregorian")
        return Clock(0, calendar).spoken(Interval(self._local(earliest), self._local(latest)))

    def day(self, minute: Minute) -> str:
        """A local day."""
        first = self._local(minute) // DAY * DAY
        calendar = self.payload.get("clock", {}).get("calendar", "gregorian")
        return Clock(0, calendar).spoken(Interval(first, first + DAY - 1))

    def _local(self, minute: Minute) -> Minute:
        changes = self.payload.get("clock", {}).get("changes", [])
        at = bisect_right([change[0] for change in changes], minute) - 1
        return minute + int(changes[at][1] if at >= 0 else self.payload["utc_offset_min"])

    def who(self, claims: Sequence[str], voices: Sequence[Sequence[str]] = ()) -> str:
        """The voices behind claims with their grades, the weightiest first.

        Args:
            claims: the claims, by id.
            voices: those of one independent voice together, which is named by its weightiest; of others, by who speaks.
        """
        spoken = {it for together in voices for it in together}
        apart = [it for it in claims if it not in spoken]
        heads = [max(known, key=lambda it: it["weight"]) for group in voices if (known := self._known(group))]
        known = sorted([*heads, *self._known(apart)], key=lambda it: -it["weight"])
        grades = {self._voice(it): f"{it['reliability']}{it['credibility']}" for it in reversed(known)}
        names = list(dict.fromkeys(self._voice(it) for it in known))
        words = [f"{name} ({grades[name]})" for name in names[:2]]
        line = "; ".join([*words, f"{len(names) - 2} more"] if len(names) > 2 else words)
        return f"{line[:1].upper()}{line[1:]}"

    def _known(self, claims: Sequence[str]) -> list[Mapping[str, Any]]:
        return [self.claims[it] for it in claims if it in self.claims]

    def _voice(self, claim: Mapping[str, Any]) -> str:
        outlets = {it["id"]: it["outlet"] for it in self.payload["sources"]}
        for name in (claim["said_by"], claim["origin"]):
            if name in self.voices:
                return self.voices[name]
        return str(outlets[claim["source"]])

    def name_of(self, thing: str) -> str:
        """The name of an actor, a place or a region."""
        return self.names.get(thing, name_in_words(thing))
