"""Who originated a report, who repeated it, who changed it: the course of one event through those who tell of it.

Outlets that relay one body are one voice, over however many steps: who relays an outlet that itself relays a wire is the wire's
voice. Who cites each other in a circle are one voice, too, and are flagged; so is a relay that is older than what it relays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from attrs import define, field, frozen

from situation.dates import Minute
from situation.record.joining.topic import stated_fields
from situation.testimony.claims import Claim
from situation.testimony.sources import Testimony
from situation.testimony.spelling import spelling_key

__all__ = ["Circle", "Course", "Report", "course_of", "independent_voices", "relays_of_pieces", "voice_name"]

Role = Literal["originated", "denied", "repeated", "changed"]


@frozen
class Report:
    """One claim in the course of an event.

    Args:
        claim: the claim.
        at: the minute by which its piece was out.
        role: whether it was the first of its voice, denies that it happened, says the same as what it relays, or something else.
        of: the id of the claim that it is held against: that which it relays, or the first of its voice; empty of the first.
        changed: by field, what that claim says and what this one says.
    """

    claim: Claim
    at: Minute
    role: Role
    of: str = ""
    changed: Mapping[str, tuple[Any, Any]] = field(factory=dict)


@frozen
class Circle:
    """Reports that rest on each other, or one older than what it relays: their claims, and why they are flagged."""

    claims: tuple[str, ...]
    why: str


@frozen
class Course:
    """The course of one event: by independent voice, that which spoke first at the head, its reports in order of time."""

    event: str
    voices: Mapping[str, tuple[Report, ...]]
    circles: tuple[Circle, ...]


def independent_voices(
    claims: Mapping[str, Claim], happening: Mapping[str, str], testimony: Testimony
) -> Mapping[str, str]:
    """By the id of a claim, whose voice it is among claims on one event: claims of one voice do not corroborate each other.

    Args:
        claims: those that count, by id.
        happening: from the id of a claim to the event that it tells of.
        testimony: who relays whom.
    """
    voices = {name: _voice(claim, testimony) for name, claim in claims.items()}
    relays = [name for name in claims if name in happening and _cites(claims[name], testimony)]
    events: dict[str, list[Claim]] = {}
    for name, event in happening.items():
        if name in claims:
            events.setdefault(event, []).append(claims[name])
    for event in dict.fromkeys(happening[name] for name in relays):
        voices |= _Citations(events[event], testimony).voices()
    return voices


def course_of(event: str, claims: Iterable[Claim], voices: Mapping[str, str], testimony: Testimony) -> Course:
    """How one event was told: by voice and time, with what each report changed.

    Args:
        event: its name.
        claims: all who tell of it, or deny it.
        voices: whose voice each is, by id.
        testimony: who they are.
    """
    ordered = sorted(claims, key=lambda claim: (_out(claim, testimony), _first_said(claim, testimony), claim.id))
    citations = _Citations(ordered, testimony)
    by_voice: dict[str, list[Report]] = {}
    for claim in ordered:
        reports = by_voice.setdefault(voices[claim.id], [])
        earlier = [report.claim for report in reports]
        relayed = [one for one in citations.relayed_by(claim) if one in earlier]
        reports.append(_report(claim, (relayed or earlier)[0] if earlier else None, testimony))
    return Course(event, {voice: tuple(reports) for voice, reports in by_voice.items()}, tuple(citations.circles()))


def relays_of_pieces(claims: Iterable[Claim], testimony: Testimony) -> list[Claim]:
    """The claims that relay an outlet which has a piece of its own in the record: only among these can there be a circle."""
    outlets = {_body(source, testimony) for source in testimony.sources}
    return [claim for claim in claims if _cites(claim, testimony) and _body(claim.origin, testimony) in outlets]


def voice_name(voice: str, testimony: Testimony, actors: Mapping[Any, Any]) -> str:
    """A voice as a person names it: an actor, a speaker, an origin, an outlet, or several that cite each other."""
    tables: tuple[Mapping[Any, Any], ...] = (actors, testimony.speakers, testimony.origins)
    named = next((str(table[voice].name) for table in tables if voice in table), "")
    if named or voice in testimony.sources:
        return named or testimony.sources[voice].outlet
    return " and ".join(voice_name(one, testimony, actors) for one in voice.split("+")) if "+" in voice else voice


def _report(claim: Claim, before: Claim | None, testimony: Testimony) -> Report:
    at = _out(claim, testimony)
    if before is None:
        return Report(claim, at, "denied" if claim.mode == "denies" else "originated")
    changed = _changes(before, claim)
    if claim.mode == "denies" and before.mode != "denies":
        return Report(claim, at, "denied", before.id, changed)
    return Report(claim, at, "changed" if changed else "repeated", before.id, changed)


def _changes(before: Claim, after: Claim) -> dict[str, tuple[Any, Any]]:
    """By field, what two claims on one event say differently. What either leaves out it does not change."""
    changed: dict[str, tuple[Any, Any]] = {}
    if before.mode != after.mode:
        changed["stance"] = (before.mode, after.mode)
    if before.happened and after.happened and before.happened.span != after.happened.span:
        changed["happened"] = (before.happened.span, after.happened.span)
    if before.event is not None and after.event is not None:
        old, new = stated_fields(before.event), stated_fields(after.event)
        changed |= {name: (old[name], new[name]) for name in old if name in new and old[name] != new[name]}
    return changed


def _out(claim: Claim, testimony: Testimony) -> Minute:
    """The minute by which the piece of a claim was out."""
    return testimony.known_from(claim, carried=True)


def _first_said(claim: Claim, testimony: Testimony) -> Minute:
    return testimony.known_from(claim)


def _body(name: str, testimony: Testimony) -> str:
    """Who an outlet, a speaker or an origin is, whatever the id: two pieces of one outlet, and its name as an origin, are one."""
    if name in testimony.sources:
        return spelling_key(testimony.sources[name].outlet) or name
    if name in testimony.origins:
        return spelling_key(testimony.origins[name].name) or name
    return f"speaker {name}"


def _voice(claim: Claim, testimony: Testimony) -> str:
    """Whose voice a claim is by itself; two pieces of one outlet are one, named by the piece that was out first."""
    voice = testimony.voice(claim)
    if voice not in testimony.sources:
        return voice
    return testimony.first_pieces[testimony.sources[voice].outlet]


def _cites(claim: Claim, testimony: Testimony) -> bool:
    """Whether a claim relays a body other than its outlet, and not a party: a party's word stays its own."""
    of_party = testimony.voice(claim) != claim.origin
    return not of_party and _body(claim.origin, testimony) != _body(claim.source, testimony)


@define
class _Citations:
    """Who cites whom among the claims on one event."""

    claims: Sequence[Claim]
    testimony: Testimony

    def relayed_by(self, claim: Claim) -> list[Claim]:
        """The claims, in pieces of its own, of the body that a claim relays."""
        if not _cites(claim, self.testimony):
            return []
        origin = _body(claim.origin, self.testimony)
        return [one for one in self.claims if one is not claim and _body(one.source, self.testimony) == origin]

    def voices(self) -> Mapping[str, str]:
        """Whose voice each claim is, followed through those that it relays; those in a circle are one."""
        return {claim.id: self._followed(claim) for claim in self.claims}

    def _followed(self, claim: Claim) -> str:
        path: list[Claim] = [claim]
        while relayed := self.relayed_by(path[-1]):
            first = min(relayed, key=lambda one: (_out(one, self.testimony), one.origin, one.id))
            if first in path:
                bodies = {_body(one.source, self.testimony): one.source for one in path[path.index(first) :]}
                return "+".join(sorted(bodies.values()))
            path.append(first)
        return _voice(path[-1], self.testimony)

    def circles(self) -> Iterable[Circle]:
        """Bodies that cite each other in a circle, once each; and relays that are older than what they relay."""
        shown: dict[tuple[str, ...], None] = {}
        for claim in self.claims:
            path = [claim]
            while relayed := self.relayed_by(path[-1]):
                if relayed[0] in path:
                    ring = path[path.index(relayed[0]) :]
                    shown.setdefault(tuple(sorted(one.id for one in ring)))
                    break
                path.append(relayed[0])
        by_id = {claim.id: claim for claim in self.claims}
        for ring_ids in shown:
            outlets = dict.fromkeys(self.testimony.sources[by_id[name].source].outlet for name in ring_ids)
            yield Circle(ring_ids, f"{' and '.join(outlets)} cite each other, and nobody else")
        for claim in self.claims:
            relayed = self.relayed_by(claim)
            out = self.testimony.sources[claim.source].published.span.latest
            if relayed and all(out < self.testimony.sources[one.source].published.span.earliest for one in relayed):
                carrier = self.testimony.sources[relayed[0].source].outlet
                outlet = self.testimony.sources[claim.source].outlet
                why = f"{outlet} relays {carrier}, but was out before it"
                yield Circle((claim.id, *(one.id for one in relayed)), why)
