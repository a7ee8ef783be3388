"""What would now be said differently, and because of which claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

from situation.commands.cli import main
from situation.events import ActorId, Captured, PlaceId
from situation.record.alternatives.hindsight import hindsight
from situation.testimony.claims import Claim
from tests.unit.small import Small
from tests.unit.spoken import GROUND, claim, day, record, retraction

LATER = (
    '  - {id: L1, source: late, says: "The North took Dell.", happened: 2020-03-20, '
    "asserts: {event: Captured, place: dell, by: [north], against: rebels}}\n"
    '  - {id: L2, source: late, says: "A raid.", happened: 2020-03-21, '
    "asserts: {event: Attacked, place: dell, by: [rebels], against: north, killed: {best: 6, unit: persons}}}\n"
)
SOURCE = """\
  - {id: late, outlet: The Late Gazette, published: 2020-04-20, reliability: {grade: A, as_of: 2020-04-20, reason: in time}}
"""


_LATER_SOURCE = SOURCE.replace("id: late", "id: later, may_take_back: [late]").replace("04-20", "05-20")


def _changes(folder: Path, *words: str) -> Any:
    result = CliRunner().invoke(main, ["changes", str(folder), *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    small = Small(tmp_path)
    small.plant("sources.yaml", "sources:\n", f"sources:\n{SOURCE}")
    small.add("record.yaml", LATER)
    assert small.problems() == []
    return tmp_path


def test_new_events_cells_and_sums_name_the_claims_that_make_them(valley: Path) -> None:
    told = _changes(valley, "--known-from", "2020-04-19")
    assert told["learned"] == ["L1", "L2"]
    assert [(it["change"], it["because"]) for it in told["events"]] == [("new", ["L1"]), ("new", ["L2"])]
    holder = next(it for it in told["cells"] if it["cell"] == "dell.holder")
    assert (holder["before"], holder["now"], holder["because"]) == ("rebels", "north", ["L1"])
    assert holder["since"].startswith("2020-03-20")
    (killed,) = told["numbers"]
    assert (killed["of"], killed["now"]["best"] - killed["before"]["best"], killed["because"]) == ("killed", 6, ["L2"])


def test_the_end_of_a_term_is_new_with_its_ceasefire_and_no_change_of_it(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("sources.yaml", "sources:\n", f"sources:\n{SOURCE}")
    truce = "{event: CeasefireAgreed, between: [north, rebels], since: 2020-03-22, until: 2020-03-24}"
    for name, source in (("C1", "courier"), ("C2", "late")):
        small.add(
            "record.yaml", f"  - {{id: {name}, source: {source}, says: x, happened: 2020-03-11, asserts: {truce}}}\n"
        )
    small.write()
    assert _changes(tmp_path, "--known-from", "2020-04-19")["events"] == []
    told = _changes(tmp_path, "--known-from", "2020-03-01", "--known-at", "2020-04-19")["events"]
    assert [it["change"] for it in told if "ceasefire" in it["now"]["text"]] == ["new"] * 3


def test_between_two_times_at_which_the_same_was_known_nothing_differs(valley: Path) -> None:
    told = _changes(valley, "--known-from", "2020-04-21")
    assert [told[key] for key in ("learned", "taken_back", "events", "cells", "numbers")] == [[]] * 5


def test_what_is_taken_back_is_gone_because_of_that(valley: Path) -> None:
    small = Small(valley, {path.name: path.read_text("utf-8") for path in valley.glob("*.yaml")})
    small.plant("sources.yaml", "sources:\n", f"sources:\n{_LATER_SOURCE}")
    small.add("record.yaml", '  - {id: L3, source: later, says: "There was no raid.", retracts: L2}\n')
    assert small.problems() == []
    told = _changes(valley, "--known-from", "2020-05-01")
    assert (told["learned"], told["taken_back"], told["taken_back_by"]) == (["L3"], ["L2"], {"L2": "L3"})
    assert [(it["change"], it["because"]) for it in told["events"]] == [("gone", ["L2", "L3"])]
    assert told["numbers"][0]["now"]["best"] == 0
    words = CliRunner().invoke(main, ["changes", str(valley), "--known-from", "2020-05-01"]).output
    assert "because L2 (taken back by L3) L3" in words


TAKEN = Captured(PlaceId("dell"), (ActorId("north"),))
FALL = claim("fall", TAKEN, day(5), episode="dell", said=day(6))
BACK = retraction("back", "fall", said=day(8))
MENDED = evolve(claim("mended", TAKEN, day(4), episode="dell", said=day(8)), corrects="fall")
DENIAL = claim("denial", TAKEN, day(5), episode="dell", said=day(8), denied=True, source="courier")
STRANGER = retraction("stranger", "fall", source="courier", said=day(8))


@pytest.mark.parametrize(
    ("claims", "known", "learned", "gone"),
    [
        ((FALL, BACK), (7, 9), ["back"], {"fall": "back"}),
        ((FALL, MENDED), (7, 9), ["mended"], {"fall": "mended"}),
        ((FALL, DENIAL), (7, 9), ["denial"], {}),
        ((FALL, STRANGER), (7, 9), ["stranger"], {}),
        ((FALL, BACK, retraction("again", "back", said=day(10))), (9, 11), ["again", "fall"], {"back": "again"}),
    ],
    ids=["retracted", "corrected", "denied", "retracted by a stranger", "a retraction retracted"],
)
def test_whatever_takes_a_claim_back_or_denies_it_is_named_with_what_it_changes(
    claims: tuple[Claim, ...], known: tuple[int, int], learned: list[str], gone: dict[str, str]
) -> None:
    whole = record(*claims)
    before, now = (whole.reading(day(number), "conservative") for number in known)
    found = hindsight(before, now, GROUND)
    assert (list(found.learned), found.by, set(found.taken_back)) == (learned, gone, set(gone))
    (event,) = found.events
    holder = next(change for change in found.cells if change.cell == "dell.holder")
    for because in (event.because, holder.because):
        assert set(learned) <= set(because) <= {*learned, *gone}


def test_what_other_claims_say_again_is_no_change() -> None:
    """As where a row was changed and changed back: the claim is gone, and what it told happened stands by another."""
    again = claim("again", TAKEN, day(5), episode="dell", said=day(10), source="herald")
    whole = record(FALL, BACK, again)
    first, between, last = (whole.reading(day(number), "conservative") for number in (7, 9, 14))
    same = hindsight(first, last, GROUND)
    assert (same.events, same.cells, same.numbers) == ((), (), ())
    assert {"again", "fall"} <= {*same.learned, *same.taken_back}
    assert [change.before for change in hindsight(between, last, GROUND).events] == [None]


def test_an_event_told_otherwise_says_which_of_its_fields_differ(valley: Path) -> None:
    small = Small(valley, {path.name: path.read_text("utf-8") for path in valley.glob("*.yaml")})
    small.plant(
        "sources.yaml", "sources:\n", f"sources:\n{SOURCE.replace('id: late', 'id: later').replace('04-20', '05-20')}"
    )
    line = LATER.splitlines()[1].replace("L2", "L4").replace("late", "later").replace("best: 6", "best: 6, high: 9")
    small.add("record.yaml", f"{line.replace('against: north', 'against: north, means: ground')}\n")
    assert small.problems() == []
    told = _changes(valley, "--known-from", "2020-05-01")
    (event,) = told["events"]
    assert event["change"] == "changed"
    assert event["fields"]["means"] == {"before": None, "now": "ground"}
    assert event["because"] == ["L4"]


def test_the_times_stand_in_their_order(valley: Path) -> None:
    words = ["changes", str(valley), "--known-from", "2020-05-01", "--known-at", "2020-04-01"]
    refused = CliRunner().invoke(main, words)
    assert (refused.exit_code, "comes after" in refused.stderr) == (2, True)


def test_numbers_by_side_are_told_in_words(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("sources.yaml", "sources:\n", f"sources:\n{SOURCE}")
    for name, source, killed in (("K1", "courier", 7), ("K2", "late", 9)):
        asserts = "event: Attacked, place: dell, by: [north], against: rebels, "
        asserts += f"killed_of: {{rebels: {{best: {killed}, unit: men}}, civilians: {{best: {killed}, unit: persons}}}}"
        lines = f"  - {{id: {name}, source: {source}, says: x, happened: 2020-03-11, asserts: {{{asserts}}}}}\n"
        small.add("record.yaml", lines)
    small.write()
    result = CliRunner().invoke(main, ["changes", str(tmp_path), "--known-from", "2020-04-19"])
    assert "killed_of: 7 civilians and 7 men of the rebels →" in " ".join(result.output.split())
    assert "Quantity(" not in result.output
