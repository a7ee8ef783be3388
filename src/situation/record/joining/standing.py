"""Which claims stand: those known by a time and not taken back by whoever could.

A claim is taken back by the voice that made it: an outlet takes back what it carried, a speaker or the body whose words are
relayed takes back every relay of them, an editor what `may_take_back` of `sources.yaml` says. From anyone else a retraction is a
denial: both claims stay, and whether it happened is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field, frozen

from situation.dates import Minute
from situation.record.joining.topic import stated_fields
from situation.testimony.authority import bodies, may_take_back, own_pieces
from situation.testimony.claims import Claim
from situation.testimony.testimony import Testimony

__all__ = ["Standing", "known_claims", "relays_of", "standing"]


@frozen
class Standing:
    """What stands at a knowledge time.

    Args:
        claims: the claims that count, by id; a stranger's retraction stands as the denial that it is.
        taken_back: from the id of a claim that was taken back to the claim that first did so.
    """

    claims: Mapping[str, Claim]
    taken_back: Mapping[str, Claim]


def known_claims(testimony: Testimony, known_at: Minute, carried: bool = False) -> Mapping[str, Claim]:
    """The claims known at a time and not taken back by then. Retractions are not among them, but for what is a denial."""
    return standing(testimony, known_at, carried).claims


def standing(
    testimony: Testimony, known_at: Minute, carried: bool = False, claims: Iterable[Claim] | None = None
) -> Standing:
    """Which of the claims known at a time stand. A retraction that is itself taken back takes nothing back.

    Args:
        testimony: everything ever said.
        known_at: the knowledge time, a minute.
        carried: count claims as known from their publication alone.
        claims: only these, which hold whatever takes one of them back; left out, all.
    """
    every = testimony.claims.values() if claims is None else claims
    known = {claim.id: claim for claim in every if testimony.known_from(claim, carried) <= known_at}
    work = _Standing(testimony, known, carried)
    work.hear()
    fallen = work.fallen()
    stand = {}
    for name, claim in known.items():
        if name in fallen:
            continue
        if claim.mode != "retracts":
            stand[name] = claim
        elif name in work.denials:
            stand[name] = work.denials[name]
    return Standing(stand, fallen)


def relays_of(testimony: Testimony) -> Iterable[tuple[Claim, Claim, list[Claim]]]:
    """Every claim that takes another back, that other, and what may relay the words that are taken back."""
    claims = testimony.claims
    backs = [claim for claim in claims.values() if claim.takes_back in claims]
    relays = _by_voice(claims.values()) if backs else {}
    for back in backs:
        target = claims[back.takes_back]
        yield back, target, _relaying(back, target, relays, testimony)


_ByVoice = Mapping[tuple[str, ...], list[Claim]]
"""Claims by who speaks or is relayed, and by what they are about."""


def _by_voice(claims: Iterable[Claim]) -> _ByVoice:
    relays: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        for voice in dict.fromkeys((claim.said_by, claim.origin)):
            relays.setdefault((voice, *_about(claim)), []).append(claim)
    return relays


def _relaying(back: Claim, target: Claim, relays: _ByVoice, testimony: Testimony) -> list[Claim]:
    voices = own_pieces(back, testimony) or bodies(back, testimony)
    return [claim for voice in voices for claim in relays.get((voice, *_about(target)), ())]


@define
class _Standing:
    testimony: Testimony
    known: Mapping[str, Claim]
    carried: bool
    backward: dict[str, list[Claim]] = field(factory=dict)
    denials: dict[str, Claim] = field(factory=dict)

    def hear(self) -> None:
        """Note for every claim who takes it back, and which retractions are denials."""
        backs = [claim for claim in self.known.values() if claim.takes_back]
        if not backs:
            return
        relays = _by_voice(self.known.values())
        for back in backs:
            target = self.known.get(back.takes_back)
            if target is None:
                continue
            if may_take_back(back, target, self.testimony):
                fallen = {target.id: target}
                for claim in _relaying(back, target, relays, self.testimony):
                    if self._relays(claim, target, back):
                        fallen[claim.id] = claim
                for name in fallen:
                    self.backward.setdefault(name, []).append(back)
            elif back.mode == "retracts" and target.mode == "asserts" and target.kind in ("event", "statement"):
                self.denials[back.id] = evolve(
                    back,
                    mode="denies",
                    kind=target.kind,
                    content=target.content,
                    happened=target.happened,
                    episode=target.episode,
                )

    def _relays(self, claim: Claim, target: Claim, back: Claim) -> bool:
        """Whether a claim relays the same words as one that its speaker or its origin takes back."""
        if claim.content is None or claim.id in (target.id, back.id):
            return False
        if claim.takes_back and self._since(claim) >= self._since(back):
            return False  # it takes something back itself, and is not what this one has read
        if bodies(claim, self.testimony) == (claim.source,):
            return False  # what an outlet says of itself is no relay, also where an earlier piece of its said so
        again = claim.said is not None or claim.source == back.source
        if again and self._since(claim) > self._since(back):
            return False
        times = [it.happened.span for it in (claim, target) if it.happened]
        if len(times) == 2 and times[0].meet(times[1]) is None:
            return False
        if target.event is None or claim.event is None:
            return claim.content == target.content
        mine, its = stated_fields(claim.event), stated_fields(target.event)
        return all(mine[name] == its[name] for name in mine if name in its)

    def _since(self, claim: Claim) -> Minute:
        return self.testimony.known_from(claim, self.carried)

    def fallen(self) -> dict[str, Claim]:
        """From each claim that is taken back to the first one that does so and stands itself, in the order of the known.

        A correction that was corrected once more does not bring back what it corrected.

        Those that nothing takes back are decided first, then what hangs on them; claims that take each other back in a
        circle, as by the times at which they were carried, stay.
        """
        taking: dict[str, list[str]] = {}
        for name, backs in self.backward.items():
            for back in backs:
                taking.setdefault(back.id, []).append(name)
        open_backs = {name: len(backs) for name, backs in self.backward.items()}
        decided = [name for name in taking if name not in open_backs]
        first: dict[str, Claim] = {}
        for here in decided:  # grows as more is decided
            for name in taking.get(here, ()):
                open_backs[name] -= 1
                if open_backs[name] == 0:
                    decided.append(name)
                    standing = [
                        back
                        for back in self.backward[name]
                        if back.id not in first or (back.corrects and first[back.id].corrects)
                    ]
                    if standing:
                        first[name] = min(standing, key=lambda back: (self._since(back), back.id))
        return {name: first[name] for name in self.known if name in first}


def _about(claim: Claim) -> tuple[str, ...]:
    """Kind, subject, mode and episode, which relays of the same words share."""
    subject = claim.event.subject if claim.event is not None else ""
    return type(claim.content).__name__, subject, claim.mode, claim.episode
