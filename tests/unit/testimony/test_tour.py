"""A guided tour is read with the map or the scenario that brings it, and its faults are told at their place."""

from __future__ import annotations

from pathlib import Path

from situation.page.payload import replay_payload
from situation.page.tour import tour_rows
from situation.record.answers.state import Lens
from situation.testimony.tour import TourStop
from tests.unit.small import Small
from tests.unit.valley_stories import problems, scenario_of, valley

TOUR = """\
tour:
  - {at: 2020-03-05, text: "The rebels sit in Arlen.", place: arlen, claims: [T1-01]}
  - {at: 2020-03-10T12:00, text: "The North comes."}
"""


def test_a_tour_is_shown_and_a_stop_whose_claims_are_left_out_is_not(tmp_path: Path) -> None:
    record = Small(tmp_path).add("map.yaml", TOUR).load()
    payload = replay_payload(record, record.minute(None), Lens(), {"digest": "0" * 12, "versions": {"situation": "0"}})
    clock = record.ground.clock
    assert [(row["at"], row["place"], row["claims"]) for row in payload["tour"]] == [
        (clock.interval("2020-03-05").latest, "arlen", ["T1-01"]),
        (clock.moment("2020-03-10T12:00"), None, []),
    ]
    withheld = TourStop("2020-03-06", "What may not be told yet.", claims=("T9-99",))
    assert tour_rows([withheld], record, (record.ground.window.earliest, record.ground.window.latest)) == {}


def test_faults_of_a_tour_are_told_at_their_place(tmp_path: Path) -> None:
    def told(old: str, new: str) -> list[str]:
        small = Small(tmp_path).add("map.yaml", TOUR.replace(old, new))
        return [line.replace(small.at("map.yaml", new, "tour:"), "HERE") for line in small.problems()]

    assert told("place: arlen", "place: arln")[0].endswith("There is no place 'arln'. Did you mean 'arlen'?")
    assert told("T1-01", "T1-0Z") == ["HERE: There is no claim 'T1-0Z'. Name claims of the record, by their ids."]
    outside = "The stop lies outside the window, 2020-03-01 to 2020-03-31. Name a day within it."
    assert told("at: 2020-03-05", "at: 2019-03-05") == [f"HERE: {outside}"]
    assert told("2020-03-05", "2020-03-11")[0].endswith("Put the stops in order of time.")


def test_a_scenario_brings_a_tour_of_its_own_whose_faults_stand_at_their_line(tmp_path: Path) -> None:
    own = "tour:\n  - {at: 2020-04-01, text: It goes on., place: dell}\n"
    assert [stop.place for stop in scenario_of(valley(tmp_path).add("plan.yaml", own))[0].tour] == ["dell"]
    late = valley(tmp_path).add("plan.yaml", own.replace("2020-04-01", "2021-04-01"))
    at = late.at("plan.yaml", "at: 2021-04-01")
    assert [line.startswith(f"{at}: The stop lies outside the window") for line in problems(late)] == [True]
