"""Who originated a report, who repeated it, who changed it: the course of one event through those who tell of it.

Outlets that relay one body are one voice, over however many steps: who relays an outlet that itself relays a wire is the wire's
voice. Who cites each other in a circle are one voice, too, and are flagged; so is a relay that is older than what it relays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from attrs import define, field, frozen

from situation.dates import Minute
from situation.events import ActorId
from situation.record.joining.topic import stated_fields
from situation.testimony.authority import body_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Circle", "Course", "Report", "course_of", "independent_voices", "relays_of_pieces", "tellers", "voice_name"]

Role = Literal["originated", "denied", "repeated", "changed"]


_WHO_WAS_FIRST: Final = "If one of them had it from somebody else, or saw it, name that as its 'origin'."
_WHAT_WAS_EARLIER: Final = (
    "Name as 'origin' the piece or the body that it had before it, or correct a date of publication."
)


@frozen
class Report:
    """One claim in the course of an event.

    Args:
        claim: the claim.
        at: the minute by which its piece was out.
        role: whether it was the first of its voice, denies that it happened, says the same as what it relays, or something else.
        of: the id of the claim that it is held against: that which it corrects or relays, or the first of its voice; empty
            of the first.
        changed: by field, what that claim says and what this one says.
        taken_back_by: the id of the claim that took it back since; empty where it stands.
    """

    claim: Claim
    at: Minute
    role: Role
    of: str = ""
    changed: Mapping[str, tuple[Any, Any]] = field(factory=dict)
    taken_back_by: str = ""


@frozen
class Circle:
    """Reports that rest on each other, or one older than what it relays: their claims, why they are flagged, and what to do."""

    claims: tuple[str, ...]
    why: str
    advice: str


@frozen
class Course:
    """The course of one event: by independent voice, that which spoke first at the head, its reports in order of time."""

    event: str
    voices: Mapping[str, tuple[Report, ...]]
    circles: tuple[Circle, ...]


def independent_voices(
    claims: Mapping[str, Claim], happening: Mapping[str, str], testimony: Testimony, ground: Ground
) -> Mapping[str, str]:
    """By the id of a claim, whose voice it is among claims on one event: claims of one voice do not corroborate each other.

    Args:
        claims: those that count, by id.
        happening: from the id of a claim to the event that it tells of.
        testimony: who relays whom.
        ground: the map, for the side of a party.
    """
    voices = {name: _voice(claim, testimony, ground) for name, claim in claims.items()}
    relays = [name for name in claims if name in happening and _cites(claims[name], testimony)]
    events: dict[str, list[Claim]] = {}
    for name, event in happening.items():
        if name in claims:
            events.setdefault(event, []).append(claims[name])
    for event in dict.fromkeys(happening[name] for name in relays):
        voices |= _Citations(events[event], testimony, ground).voices()
    return voices


def tellers(
    claims: Mapping[str, Claim], happening: Mapping[str, str], taken_back: Mapping[str, Claim], testimony: Testimony
) -> Mapping[str, tuple[Claim, ...]]:
    """By event, the claims that tell of it, or deny it; and those that did so until they were taken back.

    Args:
        claims: those that count, by id.
        happening: from the id of a claim to the event that it tells of.
        taken_back: from the id of a claim that was taken back to the claim that did so.
        testimony: all claims.
    """
    events: dict[str, list[Claim]] = {}
    by_subject: dict[tuple[str, str], set[str]] = {}
    for name, event in happening.items():
        if name in claims:
            events.setdefault(event, []).append(claims[name])
            by_subject.setdefault(_kind_and_subject(claims[name]), set()).add(event)
    for name, back in taken_back.items():
        claim = testimony.claims[name]
        possible = sorted(by_subject.get(_kind_and_subject(claim), ()))
        mended = happening.get(back.id)
        near = [mended] if mended in possible else [one for one in possible if _speaks_of(claim, events[one])]
        if len(near) == 1 and claim.mode != "retracts":
            events[near[0]].append(claim)
    return {event: tuple(claims_of) for event, claims_of in events.items()}


def _kind_and_subject(claim: Claim) -> tuple[str, str]:
    return type(claim.content).__name__, "" if claim.event is None else claim.event.subject


def _speaks_of(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a claim that was taken back is of the episode of claims that stand, or of their time where none names one."""
    if claim.episode:
        return any(one.episode == claim.episode for one in others)
    spans = [one.happened.span for one in others if one.happened]
    return claim.happened is not None and any(claim.happened.span.meet(span) for span in spans)


def course_of(
    event: str, claims: Iterable[Claim], taken_back: Mapping[str, Claim], testimony: Testimony, ground: Ground
) -> Course:
    """How one event was told: by voice and time, with what each report changed.

    Args:
        event: its name.
        claims: all who tell of it, or deny it, or did so until they were taken back: one of `tellers`.
        taken_back: from the id of a claim that was taken back to the claim that did so.
        testimony: who they are.
        ground: the map, for the side of a party.
    """
    ordered = sorted(claims, key=lambda claim: (_out(claim, testimony), _first_said(claim, testimony), claim.id))
    voices = independent_voices(
        {one.id: one for one in ordered}, dict.fromkeys((it.id for it in ordered), event), testimony, ground
    )
    citations = _Citations(ordered, testimony, ground)
    by_voice: dict[str, list[Report]] = {}
    for claim in ordered:
        reports = by_voice.setdefault(voices[claim.id], [])
        earlier = [report.claim for report in reports]
        sources = [*(one for one in earlier if one.id == claim.corrects), *citations.relayed_by(claim)]
        before = [one for one in sources if one in earlier] or earlier
        back = taken_back.get(claim.id)
        reports.append(_report(claim, before[0] if before else None, back.id if back else "", testimony))
    return Course(event, {voice: tuple(reports) for voice, reports in by_voice.items()}, tuple(citations.circles()))


def relays_of_pieces(claims: Iterable[Claim], testimony: Testimony) -> list[Claim]:
    """The claims that relay an outlet which has a piece of its own in the record: only among these can there be a circle."""
    outlets = {body_of(source, testimony) for source in testimony.sources}
    return [claim for claim in claims if _cites(claim, testimony) and body_of(claim.origin, testimony) in outlets]


def voice_name(voice: str, testimony: Testimony, actors: Mapping[Any, Any]) -> str:
    """A voice as a person names it: an actor, a speaker, an origin, an outlet, or several that cite each other."""
    tables: tuple[Mapping[Any, Any], ...] = (actors, testimony.speakers, testimony.origins)
    named = next((str(table[voice].name) for table in tables if voice in table), "")
    if named or voice in testimony.sources:
        return named or testimony.sources[voice].outlet
    return " and ".join(voice_name(one, testimony, actors) for one in voice.split("+")) if "+" in voice else voice


def _report(claim: Claim, before: Claim | None, taken_back_by: str, testimony: Testimony) -> Report:
    at = _out(claim, testimony)
    if before is None:
        role: Role = "denied" if claim.mode == "denies" else "originated"
        return Report(claim, at, role, taken_back_by=taken_back_by)
    changed = _changes(before, claim)
    role = "changed" if changed else "repeated"
    if claim.mode == "denies" and before.mode != "denies":
        role = "denied"
    return Report(claim, at, role, before.id, changed, taken_back_by)


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


def _voice(claim: Claim, testimony: Testimony, ground: Ground) -> str:
    """Whose voice a claim is by itself; two pieces of one outlet are one, named by the piece that was out first.

    Parties are one voice that stood under one side when the claim was made: a general's word is that of his government.
    """
    voice = testimony.voice(claim)
    if voice not in testimony.sources and voice in ground.actors:
        return str(ground.at(testimony.known_from(claim)).root(ActorId(voice)))
    if voice not in testimony.sources:
        return voice
    return testimony.first_pieces[body_of(voice, testimony)]


def _cites(claim: Claim, testimony: Testimony) -> bool:
    """Whether a claim relays a body other than its outlet, and not a party: a party's word stays its own."""
    of_party = testimony.voice(claim) != claim.origin
    return not of_party and body_of(claim.origin, testimony) != body_of(claim.source, testimony)


@define
class _Citations:
    """Who cites whom among the claims on one event."""

    claims: Sequence[Claim]
    testimony: Testimony
    ground: Ground

    def relayed_by(self, claim: Claim) -> list[Claim]:
        """The claims, in pieces of its own, of the body that a claim relays."""
        if not _cites(claim, self.testimony):
            return []
        origin = body_of(claim.origin, self.testimony)
        return [one for one in self.claims if one is not claim and body_of(one.source, self.testimony) == origin]

    def voices(self) -> Mapping[str, str]:
        """Whose voice each claim is, followed through those that it relays; those in a circle are one."""
        return {claim.id: self._followed(claim) for claim in self.claims}

    def _followed(self, claim: Claim) -> str:
        path: list[Claim] = [claim]
        while relayed := self.relayed_by(path[-1]):
            first = min(relayed, key=lambda one: (_out(one, self.testimony), one.origin, one.id))
            if first in path:
                bodies = {body_of(one.source, self.testimony): one.source for one in path[path.index(first) :]}
                return "+".join(sorted(bodies.values()))
            path.append(first)
        return _voice(path[-1], self.testimony, self.ground)

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
            yield Circle(ring_ids, f"{' and '.join(outlets)} cite each other, and nobody else", _WHO_WAS_FIRST)
        for claim in self.claims:
            relayed = self.relayed_by(claim)
            relayed = [one for one in relayed if one.source == claim.origin] or relayed
            out = self.testimony.sources[claim.source].published.span.latest
            pieces = [claim.origin] if claim.origin in self.testimony.sources else [one.source for one in relayed]
            if relayed and all(out < self.testimony.sources[name].published.span.earliest for name in pieces):
                carrier = self.testimony.sources[relayed[0].source].outlet
                outlet = self.testimony.sources[claim.source].outlet
                why = f"{outlet} relays {carrier}, but was out before it"
                yield Circle((claim.id, *(one.id for one in relayed)), why, _WHAT_WAS_EARLIER)
