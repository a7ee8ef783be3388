"""What several do together, and what is not known for sure, on the page: every one of them is named and has his colour."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import expect

from situation.events import ActorId, ActorSplit, Attacked, Besieged, Captured, Entered, PlaceId, Quantity
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from tests.browser.conftest import Open
from tests.unit.spoken import claim, day, record, span

NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, FOOT = ActorId("north-guard"), ActorId("south-foot")


@cache
def payload() -> dict[str, Any]:
    """A war of few days in which nearly everything is done by two."""

    def struck(name: str, killed: float, said: str, **more: Any) -> Any:
        attack = Attacked(PlaceId("corve"), (NORTH,), REBELS, killed=Quantity("men", best=killed), **more)
        return claim(name, attack, day(12), episode="raid", said=said)

    full = record(
        claim("taken", Captured(PlaceId("arlen"), (GUARD, FOOT), REBELS), span(day(4), day(6)), episode="fall"),
        claim("ring", Besieged(PlaceId("dell"), (GUARD, FOOT), REBELS), day(8), episode="ring"),
        claim("entry", Entered(PlaceId("corve-mill"), (GUARD, FOOT), REBELS), day(8), episode="entry"),
        struck("first", 40, day(12)),
        struck("later", 15, day(14), means="air"),
        claim("broke", ActorSplit(REBELS, (NORTH, SOUTH)), day(20), episode="split"),
    )
    identity = {"digest": "0" * 64, "versions": {"situation": "0"}}
    return replay_payload(full, full.ground.window.latest, Lens(), identity)


def test_a_place_of_two_has_the_colours_of_both_and_names_who_may_have_held_it(open_page: Open) -> None:
    page = open_page(payload(), "#t=2020-03-05T1500&reading=best&place=arlen")
    expect(page.locator("#detail .big")).to_have_text("the North and the South together")
    expect(page.locator("#detail .big .together path")).to_have_count(2)
    expect(page.locator("#detail")).to_contain_text("held by the rebels or the North and the South together")


def test_a_ring_and_a_fight_of_two_name_both(open_page: Open) -> None:
    page = open_page(payload(), "#t=2020-03-09&reading=best&place=dell")
    expect(page.locator("#detail .big")).to_have_text("the rebels, besieged by the North and the South together")
    expect(page.locator("#map .ring.siege").first).to_be_attached()
    strokes = page.locator("#map .ring.siege").evaluate_all(
        "rings => [...new Set(rings.map((one) => one.getAttribute('stroke')))]"
    )
    assert len(strokes) >= 2
    page = open_page(payload(), "#t=2020-03-09&reading=best&place=corve-mill")
    expect(page.locator("#detail .big")).to_have_text("the rebels, fought over with the North and the South")


def test_an_event_says_who_gives_what_and_which_figure_was_replaced(open_page: Open) -> None:
    page = open_page(payload(), "#t=2020-03-15&reading=best&event=attacked/corve/raid")
    expect(page.locator("#detail")).to_contain_text("Who gives what")
    expect(page.locator("#detail")).to_contain_text("killed: 15 men by gazette later")
    expect(page.locator("#detail .revised")).to_have_text(
        "replaced 40 men (Corve, killed): the same voice has since given another figure."
    )


def test_of_a_holder_that_broke_up_the_successors_are_named(open_page: Open) -> None:
    page = open_page(payload(), "#t=2020-03-21&reading=best&place=corve-dock")
    expect(page.locator("#detail .big")).to_have_text("not known: held by the North or the South")
