"""Who says what is held to have happened: one count on timeline, page and brief, without those who name another unit."""

from __future__ import annotations

from typing import Any

from situation.events import ActorId, Captured, CiviliansKilled, PlaceId, PrisonersExchanged, Quantity, Side, Withdrew
from situation.page.brief import brief_of
from situation.page.brief.structure import BriefTable
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.record.answers.timeline import who_says
from situation.record.evidence.behind import saying_so
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, record


def _took(name: str, source: str, *by: str, grade: int = 2) -> Claim:
    event = Captured(PlaceId("dell"), tuple(map(ActorId, by)))
    return claim(name, event, day(10), source=source, episode="dell-falls", grades=(judged(grade),))


def _payload(full: Record) -> dict[str, Any]:
    identity = {"digest": "0" * 12, "versions": {"situation": "0"}}
    return replay_payload(full, full.ground.window.latest, Lens(), identity)


def _rows(payload: dict[str, Any], heading: str) -> tuple[tuple[str, ...], ...]:
    section = next(it for it in brief_of(payload, "").sections if it.heading == heading)
    return next(it for it in section.blocks if isinstance(it, BriefTable)).rows


TOLD = (
    _took("guard", "courier", "north-guard", grade=1),
    _took("scouts", "unjudged", "north-scouts", grade=3),
    _took("side", "gazette", "north"),
    _took("side-again", "gazette", "north"),
)


def test_who_names_another_unit_does_not_say_that_this_one_took_it_and_who_names_its_side_does() -> None:
    full = record(*TOLD)
    (entry,) = [it for it in full.log(**Lens().keys) if isinstance(it.event, Captured)]
    assert isinstance(entry.event, Captured) and entry.event.by == ("north-guard",)
    assert saying_so(entry, full.testimony.claims, full.ground) == (("guard", "side", "side-again"), ("scouts",))


def test_who_names_some_of_several_says_less_and_not_otherwise() -> None:
    both = _took("both", "gazette", "north-guard", "north-scouts", grade=1)
    for one in (_took("scouts", "courier", "north-scouts", grade=3), _took("south", "courier", "south", grade=5)):
        full = record(both, one)
        (entry,) = [it for it in full.log(**Lens().keys) if isinstance(it.event, Captured)]
        said, against = saying_so(entry, full.testimony.claims, full.ground)
        assert (one.id in against) == (one.id == "south"), (said, against)


def test_timeline_page_and_brief_count_the_same_voices() -> None:
    full = record(*TOLD)
    (entry,) = [it for it in full.log(**Lens().keys) if isinstance(it.event, Captured)]
    payload = _payload(full)
    shown = next(it for it in payload["readings"][0]["entries"] if it["id"] == entry.id)
    assert (shown["claims"], shown["against"]) == (["guard", "side", "side-again"], ["scouts"])
    (row,) = _rows(payload, "The last changes of control, and who says so")
    voices = full.reading().evidence.voice
    counted = len({voices[name] for name in shown["claims"]})
    assert counted == 2 == len(row[2].split("; ")) == len(who_says(entry, full, Lens()).split("; "))
    outlet = full.testimony.sources[full.testimony.claims["scouts"].source].outlet
    assert outlet not in row[2].lower() and outlet in row[3].lower()


def test_a_unit_that_is_taken_stands_after_the_side_that_the_rule_takes() -> None:
    rows = _rows(_payload(record(*TOLD)), "Where the sources disagree")
    taken, also = next(row[1:] for row in rows if "taken by" in row[0])
    assert taken.startswith("the North (") and "; of its units the North Guard (" in taken
    assert "the North (" not in also and "the North Scouts (" in also


def test_the_voice_that_alone_says_who_did_it_is_named_with_it() -> None:
    """A paper that is judged least names the doers; two that count the dead name nobody."""
    place, dead = PlaceId("dell"), Quantity(best=41, unit="civilians")
    told = [
        claim("grave", CiviliansKilled(place, number=dead), day(10), source="gazette", grades=(judged(1),)),
        claim("list", CiviliansKilled(place, number=dead), day(10), source="herald", grades=(judged(1),)),
        claim(
            "who", CiviliansKilled(place, (ActorId("north-guard"),)), day(10), source="partisan", grades=(judged(5),)
        ),
    ]
    full = record(*told)
    (entry,) = [it for it in full.log(**Lens().keys) if isinstance(it.event, CiviliansKilled)]
    said = who_says(entry, full, Lens())
    assert f"(by {full.ground.name('north-guard')})" in said and said.endswith("1 more")
    (entry,) = [it for it in record(*told[:2]).log(**Lens().keys) if isinstance(it.event, CiviliansKilled)]
    assert "by " not in who_says(entry, record(*told[:2]), Lens())


def test_a_withdrawal_is_asked_about_as_when_it_left_and_a_release_as_who_came_home() -> None:
    left = Withdrew(PlaceId("dell"), (ActorId("rebels"),))
    pair = (ActorId("north"), ActorId("rebels"))
    home = [
        PrisonersExchanged(pair, released={Side("north"): Quantity(best=number, unit="men")}) for number in (40, 90)
    ]
    full = record(
        claim("one", left, day(5), episode="gone"),
        claim("other", left, day(9), source="herald", episode="gone"),
        claim("forty", home[0], day(12), episode="home"),
        claim("ninety", home[1], day(12), source="herald", episode="home"),
    )
    headings = {it.heading(full.ground) for it in full.disputes().disputes}
    assert "the rebels, when it left Dell" in headings
    assert "the North and the rebels, prisoners who came home to the North, 12 Mar 2020" in headings
