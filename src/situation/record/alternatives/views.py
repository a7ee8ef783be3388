"""Views: the record by the claims of some voices alone, as one side says, as its enemies say, or by the lean of who speaks.

| view | the claims of |
|---|---|
| `claimant:A` | A's own voice and those under it: its speakers, and whoever relays them |
| `enemies-of:A` | the voices of those who stood hostile to A, or A to them, when the claim became known |
| `lean:for:A`, `lean:against:A` | sources and speakers that lean for, or against, A |
| `lean:none` | sources and speakers without a lean |

The opening stands in every view: it says how things were when the window begins, and no voice gave it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from attrs import evolve

from situation.dates import Minute
from situation.errors import Fault, near_miss
from situation.events import ActorId
from situation.record.beliefs.weights import lean_toward
from situation.record.cell_names import nearest_id
from situation.record.record import Record
from situation.testimony.authority import may_take_back
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["VIEW_KINDS", "offered_views", "view_as_named", "view_in_words", "viewed"]

VIEW_KINDS: Final = ("claimant:ACTOR", "enemies-of:ACTOR", "lean:for:ACTOR", "lean:against:ACTOR", "lean:none")
"""What a view may be."""

_Test = Callable[[Claim], bool]

_FEWEST_CLAIMS = 5
"""So many claims a view has, at the least, to be offered on the page. ASSUMED: with fewer it shows little but the opening."""
_MOST_ACTORS = 3
"""Of so many actors, those with most claims, the page offers views. ASSUMED: a reader chooses among a dozen at the most."""


def viewed(record: Record, view: str) -> Record:
    """The record with the claims of a view alone, and what takes them back; the record itself where no view is named.

    Args:
        record: the record.
        view: one of `VIEW_KINDS`, the actor in any spelling; or empty.

    Raises:
        Fault: there is no such view or actor, or no claim is in it; with what there is.
    """
    if not view:
        return record
    kind, actor = _parsed(view, record.ground)
    belongs = _KINDS[kind](record, actor)
    claims = record.testimony.claims
    kept = {name for name, claim in claims.items() if claim.mode != "retracts" and belongs(claim)}
    if not kept:
        words = ", ".join(offered for offered, _ in _candidates(record)) or "none"
        raise Fault(f"No claim of this record is in the view '{view}'.", f"Views with claims: {words}.")
    back = _taken_back(kept, record.testimony)
    joined = {name: claims[name] if name in kept else back[name] for name in claims if name in kept or name in back}
    testimony = evolve(record.testimony, claims=joined)
    digest = hashlib.sha256(f"{record.digest}\0{kind}:{actor}".encode()).hexdigest()
    return evolve(record, testimony=testimony, digest=digest)


def view_as_named(view: str, ground: Ground) -> str | None:
    """A view with its actor by id, in whatever spelling it was asked for; None where none is named."""
    if not view:
        return None
    kind, actor = _parsed(view, ground)
    return f"{kind}:{actor}" if actor else kind


def _taken_back(kept: Collection[str], testimony: Testimony) -> dict[str, Claim]:
    """What takes claims of a view back, by whoever may do so; of a correction by another voice no more than that.

    A stranger's retraction is a denial, and no claim of the view.
    """
    back: dict[str, Claim] = {}
    more = True
    while more:
        more = False
        for name, claim in testimony.claims.items():
            target = claim.takes_back
            if name in kept or name in back or not (target in kept or target in back):
                continue
            if may_take_back(claim, testimony.claims[target], testimony):
                back[name] = evolve(
                    claim, mode="retracts", kind="retraction", content=None, retracts=target, corrects=""
                )
                more = True
    return back


def view_in_words(view: str, ground: Ground) -> str:
    """A view as a person names it: `as the North says`."""
    kind, actor = _parsed(view, ground)
    return _WORDS[kind].format(ground.name(actor))


def offered_views(record: Record) -> list[str]:
    """The views that the page offers: those of the actors with most claims, each with enough claims to read."""
    return [view for view, count in _candidates(record) if count >= _FEWEST_CLAIMS]


def _candidates(record: Record) -> Iterator[tuple[str, int]]:
    """Views that have claims, with how many, by kind and then by the number of claims of the actor that they are about."""
    ground, testimony = record.ground, record.testimony
    testifying = [claim for claim in testimony.claims.values() if claim.mode != "retracts"]
    voices = Counter(
        _ground_when_said(claim, record).root(party)
        for claim in testifying
        if (party := _party(claim, testimony, ground)) is not None
    )
    leans = Counter(
        actor
        for claim in testifying
        for actor in dict.fromkeys(actor for lean in _leans(claim, testimony) for actor in lean)
    )
    for kinds, counts in ((("claimant", "enemies-of"), voices), (("lean:for", "lean:against"), leans)):
        for actor, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_ACTORS]:
            for kind in kinds:
                belongs = _KINDS[kind](record, actor)
                count = sum(map(belongs, testifying))
                if count:
                    yield f"{kind}:{actor}", count
    plain = sum(map(_KINDS["lean:none"](record, ActorId("")), testifying))
    if 0 < plain < len(testifying):
        yield "lean:none", plain


def _parsed(view: str, ground: Ground) -> tuple[str, ActorId]:
    """A view's kind and actor.

    Raises:
        Fault: there is no such kind or actor; with the near miss.
    """
    if view == "lean:none":
        return view, ActorId("")
    kind, _, written = view.rpartition(":")
    kind = "lean:for" if kind == "lean" else kind
    if kind not in _KINDS:
        hint = near_miss(kind, _KINDS) or f"Write one of: {', '.join(VIEW_KINDS)}."
        raise Fault(f"There is no view '{view}'.", hint, argument="view")
    actor = written if written in ground.actors else ground.find(written)
    if actor not in ground.actors:
        meant = nearest_id(written, ground, ground.actors)
        hint = f"Did you mean '{meant}'?" if meant is not None else f"There are: {', '.join(ground.actors)}."
        raise Fault(f"There is no actor '{written}'.", hint, argument="view")
    return kind, ActorId(str(actor))


def _party(claim: Claim, testimony: Testimony, ground: Ground) -> ActorId | None:
    """The actor whose voice a claim is; None where it is an outlet's or another body's."""
    voice = ActorId(testimony.voice(claim))
    return voice if voice in ground.actors else None


def _leans(claim: Claim, testimony: Testimony) -> list[Mapping[ActorId, float]]:
    speaker = testimony.speakers.get(claim.said_by)
    leans = [testimony.sources[claim.source].lean, *([speaker.lean] if speaker else [])]
    return [lean for lean in leans if any(lean.values())]


def _ground_when_said(claim: Claim, record: Record) -> Ground:
    """The map as it was when a claim became known: a speaker is of the side under which the party stood then."""
    return record.ground.at(record.testimony.known_from(claim))


def _by_claimant(record: Record, actor: ActorId) -> _Test:
    def belongs(claim: Claim) -> bool:
        party = _party(claim, record.testimony, record.ground)
        return party is not None and _ground_when_said(claim, record).under(party, actor)

    return belongs


def _by_enemies(record: Record, actor: ActorId) -> _Test:
    """Hostile by what the whole record says of the moment at which the claim became known."""
    ground, root = record.ground, record.ground.root(actor)
    window = ground.window
    hostile = [
        (change.cell, change.since, change.until)
        for change in record.history()
        if change.cell.endswith(".stance") and change.value == "hostile"
    ]

    def enemies(one: ActorId, at: Minute) -> bool:
        pairs = (f"{one}:{root}.stance", f"{root}:{one}.stance")
        return any(cell in pairs and since <= at and (until is None or at < until) for cell, since, until in hostile)

    def belongs(claim: Claim) -> bool:
        party = _party(claim, record.testimony, ground)
        at = min(max(record.testimony.known_from(claim), window.earliest), window.latest)
        return party is not None and enemies(ground.at(at).root(party), at)

    return belongs


def _by_lean(sign: int) -> Callable[[Record, ActorId], _Test]:
    def of(record: Record, actor: ActorId) -> _Test:
        def belongs(claim: Claim) -> bool:
            leans, then = _leans(claim, record.testimony), _ground_when_said(claim, record)
            return any(sign * lean_toward(lean, actor, then) > 0 for lean in leans)

        return belongs

    return of


def _without_lean(record: Record, actor: ActorId) -> _Test:
    return lambda claim: not _leans(claim, record.testimony)


_KINDS: Final[Mapping[str, Callable[[Record, ActorId], _Test]]] = {
    "claimant": _by_claimant,
    "enemies-of": _by_enemies,
    "lean:for": _by_lean(1),
    "lean:against": _by_lean(-1),
    "lean:none": _without_lean,
}
_WORDS: Final[Mapping[str, str]] = {
    "claimant": "as {} says",
    "enemies-of": "as the enemies of {} say",
    "lean:for": "by those who lean for {}",
    "lean:against": "by those who lean against {}",
    "lean:none": "by those without a lean",
}
