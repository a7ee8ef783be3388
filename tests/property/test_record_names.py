"""Names decide nothing, numbers are credited to who gave them, nothing is shown that nobody gives: over random records."""

from __future__ import annotations

import json
import re
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from situation.events import OpeningAssumed, OrderUnknown, Quantity
from situation.log.entry import Reported
from situation.record.answers.state import Lens, disputes_answer, entry_answer, state_answer
from situation.record.beliefs.policies import BELIEFS
from situation.record.joining.topic import stated_fields
from situation.record.record import Record
from situation.testimony.claims import Claim, Follows
from tests.property.testimonies import claims, raids, taken_back
from tests.unit.spoken import GROUND, record

BELIEF = st.sampled_from(sorted(BELIEFS))
TESTIMONY = st.one_of(taken_back().map(lambda pair: (*pair[0], *pair[1])), raids())


def _renamed(told: tuple[Claim, ...], ids: dict[str, str], episodes: dict[str, str]) -> list[Claim]:
    """The same claims under other ids and other names of episodes."""

    def step(follows: Follows) -> Follows:
        head, _, episode = follows.happening.rpartition("/")
        return evolve(follows, happening=f"{head}/{episodes.get(episode, episode)}")

    return [
        evolve(
            one,
            id=ids[one.id],
            episode=episodes.get(one.episode, one.episode),
            retracts=ids.get(one.retracts, one.retracts),
            corrects=ids.get(one.corrects, one.corrects),
            follows=tuple(map(step, one.follows)),
        )
        for one in told
    ]


def _without_order(value: Any) -> Any:
    """A JSON value with its lists sorted, so that only what stands in it counts."""
    if isinstance(value, dict):
        return {key: _without_order(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_without_order(inner) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


def _shown(whole: Record, belief: str, ids: dict[str, str], episodes: dict[str, str]) -> Any:
    """What is shown of a record, with its names changed back."""
    lens = Lens(belief=belief)
    window = whole.ground.window
    shown = {
        "log": [entry_answer(entry, GROUND) for entry in whole.log(belief=belief)],
        "states": [state_answer(whole, at, lens) for at in (window.middle, window.latest)],
        "disputes": disputes_answer(whole, lens),
    }
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    back = {new: old for names in (ids, episodes) for old, new in names.items()}
    text = re.sub("|".join(map(re.escape, sorted(back, key=len, reverse=True))), lambda it: back[it[0]], text)
    text = re.sub(r"near [cr]\d+", "near", text)  # a name of its own is made of a claim's
    value = json.loads(text)
    for entry in value["log"]:  # an order that is not known is named by one of its events
        if entry["event"] == "OrderUnknown":
            entry["id"] = ""
    return _without_order(value)


@given(TESTIMONY, st.permutations(range(12)), st.booleans(), BELIEF)
def test_other_ids_and_episodes_and_another_order_of_lines_change_nothing_but_names(
    told: tuple[Claim, ...], order: list[int], turned: bool, belief: str
) -> None:
    ids = {one.id: f"qq{order[number]:02d}qq" for number, one in enumerate(told)}
    names = ["zzqone", "aaqtwo"] if turned else ["aaqone", "zzqtwo"]
    episodes = dict(zip(("one", "two"), names, strict=True))
    same = {one.id: one.id for one in told}
    plain = _shown(record(*told), belief, same, {"one": "one", "two": "two"})
    renamed = _renamed(told, ids, episodes)
    if turned:
        renamed.reverse()
    assert _shown(record(*renamed), belief, ids, episodes) == plain


@given(TESTIMONY, BELIEF)
def test_every_field_is_credited_to_exactly_those_claims_that_gave_it(told: tuple[Claim, ...], belief: str) -> None:
    whole = record(*told)
    reading = whole.reading(belief=belief)
    for entry in reading.log:
        if not isinstance(entry.cause, Reported) or isinstance(entry.event, OrderUnknown):
            continue
        for name, value in stated_fields(entry.event).items():
            if isinstance(value, dict):
                assert {f"{name}.{side}" for side in value} <= set(entry.cause.credit)
            elif not isinstance(value, bool):
                assert entry.cause.credit[name]
        for name, ids in entry.cause.credit.items():
            field, _, side = name.partition(".")
            value = getattr(entry.event, field)
            for claim in (reading.claims[one] for one in ids):
                given_by = getattr(claim.event, field, None)
                if isinstance(value, Quantity):
                    assert value in claim.event.speaks(GROUND.root).values() or given_by == value  # type: ignore[union-attr]
                elif side:
                    assert given_by is not None and given_by[side] == value[side]


@given(TESTIMONY, BELIEF, st.integers(1, 31))
def test_nothing_is_shown_that_no_claim_and_no_opening_gives(told: tuple[Claim, ...], belief: str, day: int) -> None:
    whole = record(*told)
    reading = whole.reading(belief=belief)
    state = whole.state(f"2020-03-{day:02d}", belief=belief)
    actors = {
        str(root)
        for one in told
        if one.event is not None
        for name, value in stated_fields(one.event).items()
        if name in ("by", "against", "actor", "to", "between")
        for root in (value if isinstance(value, tuple) else (value,))
    }
    actors = {str(GROUND.root(actor)) for actor in actors if actor in GROUND.actors}  # type: ignore[arg-type]
    for place, control in state.places.items():
        entry = state.because.get(f"{place}.holder")
        if entry is not None and not isinstance(entry.event, OpeningAssumed):
            opening = {str(it.holder) for name, it in GROUND.opening.places.items() if name == place}
            assert set(map(str, control.holders)) <= actors | opening
    for cell, value in state.cells.items():
        if isinstance(value, Quantity):
            given_by = [reading.claims[one] for one in state.because[cell].cause.claims]
            assert any(value in one.event.speaks(GROUND.root).values() for one in given_by if one.event is not None)
    assert {one for entry in reading.log for one in entry.cause.claims} <= {one.id for one in told}


@given(claims(), BELIEF)
def test_a_report_is_in_the_log_or_passed_over_or_told_in_a_dispute(told: tuple[Claim, ...], belief: str) -> None:
    reading = record(*told).reading(belief=belief)
    in_log = {one for entry in reading.log for one in (*entry.cause.claims, *entry.cause.against)}
    asked = {one.id for it in reading.decided for answer in it.question.answers for one in answer.claims}
    assert {name for name, one in reading.claims.items() if one.kind == "event"} <= in_log | asked
