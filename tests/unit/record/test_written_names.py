"""What a command takes for a place, an actor or a source: its id, and any spelling that is of it alone."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.ensemble.leave_one_out import sources_named
from situation.errors import Fault
from situation.events import ActorId, Captured, PlaceId
from situation.record.alternatives.views import viewed
from situation.record.answers.origins import find_course
from situation.record.answers.state import Lens
from situation.record.cell_names import find_cell
from situation.record.record import Record
from situation.testimony import testimony
from situation.testimony.source_names import find_source
from tests.unit.spoken import claim, heard, record


def fall() -> Record:
    return record(claim("c", Captured(PlaceId("arlen"), (ActorId("north"),)), source="gazette", denied=False))


def voices() -> testimony.Testimony:
    known = heard()
    outlets = {"gazette": ("The Gazette", "Arlen falls"), "courier": ("The Courier", ""), "herald": ("The Courier", "")}
    named = {
        name: evolve(source, outlet=outlets[name][0], title=outlets[name][1]) if name in outlets else source
        for name, source in known.sources.items()
    }
    return evolve(known, sources=named)


@pytest.mark.parametrize(
    "written", ["captured/arlen", "captured/Al Arlen", "Captured/ARLAN-town", "captured/أرلن/arlen-falls"]
)
def test_an_event_is_found_by_any_spelling_of_its_place(written: str) -> None:
    assert find_course(fall(), written, Lens()).event == "captured/arlen/arlen-falls"


@pytest.mark.parametrize("written", ["captured/Al Arlen.occurred", "Al Arlen.holder", "Al Arlen.holder (arlen-falls)"])
def test_a_question_is_found_by_any_spelling_of_its_place(written: str) -> None:
    denied = claim("d", Captured(PlaceId("arlen"), (ActorId("north"),)), source="courier", denied=True)
    whole = record(*fall().testimony.claims.values(), denied)
    assert whole.why(written, "2020-03-12").cell in ("captured/arlen/arlen-falls.occurred", "arlen.holder")


@pytest.mark.parametrize("written", ["gazette", "Gazette", "the gazette", "THE GAZETTE", "Arlen falls"])
def test_a_source_is_found_by_its_id_its_outlet_and_its_title(written: str) -> None:
    assert find_source(written, voices()) == "gazette"


def test_an_outlet_of_several_pieces_names_them_and_what_is_no_source_the_nearest() -> None:
    with pytest.raises(Fault, match=r"'The Courier' may be any of 2 sources\. Name one: courier, herald\."):
        find_source("The Courier", voices())
    assert find_source("The Courier", voices(), ["herald", "gazette"]) == "herald"
    with pytest.raises(Fault, match=r"There is no source 'gazete'\. Did you mean 'gazette'\?"):
        find_source("gazete", voices())


def test_what_is_like_no_source_names_all_of_a_few_and_of_many_how_to_list_them() -> None:
    with pytest.raises(Fault, match=r"There is no source 'zzz'\. There are: "):
        find_source("zzz", voices())
    few = voices()
    sources = {f"s{n}": evolve(few.sources["gazette"], id=f"s{n}", title=f"Piece {n}") for n in range(20)}
    with pytest.raises(Fault, match=r"Name one of the 20 sources by its id, outlet or title, as 'situation claims'"):
        find_source("zzz", evolve(few, sources=sources))


def test_no_place_is_offered_that_is_like_what_was_written_in_its_attribute_alone() -> None:
    cells = ["arlen.holder", "dell.holder", "dell.status"]
    with pytest.raises(Fault, match=r"There is no cell 'nowhere\.holder' at that time\. Cells are written"):
        find_cell("nowhere.holder", cells, fall().ground)
    with pytest.raises(Fault, match=r"Did you mean 'dell\.status'\?"):
        find_cell("dall.statu", cells, fall().ground)


def test_sources_to_leave_out_are_named_alike() -> None:
    assert sources_named(fall(), ("Gazette",)) == ("gazette",)
    with pytest.raises(Fault, match="There is no source 'courier' with a claim"):
        sources_named(fall(), ("courier",))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Al Alren.holder", "arlen.holder"),
        ("Arlan Twon", "arlen.holder"),
        ("the insurgnets@Arlan Town.strength", "rebels@arlen.strength"),
        ("Northernrs:insurgents.stance", "north:rebels.stance"),
        ("captured/Al Alren.occurred", "captured/arlen.occurred"),
        ("Arlan Twon.holdr", "arlen.holder"),
    ],
)
def test_a_slip_in_a_name_is_answered_with_what_bears_the_nearest(written: str, meant: str) -> None:
    with pytest.raises(Fault) as caught:
        fall().why(written, "2020-03-12")
    assert caught.value.advice == f"Did you mean '{meant}'?"


def test_a_slip_in_the_name_of_an_event_or_of_a_views_actor_is_answered_alike() -> None:
    with pytest.raises(Fault, match=r"Did you mean 'captured/arlen/arlen-falls'\?"):
        find_course(fall(), "captured/Arlan Twon", Lens())
    with pytest.raises(Fault, match=r"Did you mean 'rebels'\?"):
        viewed(fall(), "claimant:insurgnets")
