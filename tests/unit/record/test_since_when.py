"""A range of weeks says when a siege, a blockade or a launch began, not how long it was: `check` asks for the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.record.warnings.doubts import doubts_of
from situation.record.warnings.since_when import LASTS_FROM
from tests.unit.valley_stories import valley

BEGINNINGS = {
    "Besieged": "place: dell, by: [north], against: rebels",
    "Blockaded": "place: dell, by: [north]",
    "RouteSealed": "link: arlen--dell, against: rebels",
    "AirSupportGiven": "actor: south, toward: north, level: some",
    "CeasefireAgreed": "between: [north, rebels]",
    "OperationLaunched": "operation: spring-push, by: [north]",
    "StanceChanged": "actor: north, toward: rebels, stance: neutral",
    "PostureChanged": "actor: north, posture: delay",
}


def warned(folder: Path, kind: str, happened: str, mode: str = "asserts") -> list[str]:
    """What `check` asks about the beginning in a claim of this time."""
    small = valley(folder).plant(
        "record.yaml",
        "happened: 2020-03-12\n    denies: {event: Captured, place: dell, by: [north]}",
        f"happened: {happened}\n    {mode}: {{event: {kind}, {BEGINNINGS.get(kind, 'place: dell, by: [north]')}}}",
    )
    return [str(it).removeprefix(f"{folder}/") for it in doubts_of(small.load()) if "having begun" in it.fact]


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_range_of_weeks_is_not_how_long_it_lasted(tmp_path: Path, kind: str) -> None:
    (warning,) = warned(tmp_path, kind, "2020-03-01/2020-03-11")
    assert warning.startswith(
        "record.yaml:39:5: It is read as having begun at some moment of 1 to 11 Mar 2020. Write the day "
    )
    assert warning.endswith("write 'happened: {earliest: 2020-03-01, latest: 2020-03-11}'.")


@pytest.mark.parametrize(
    ("kind", "happened", "mode"),
    [
        ("Besieged", "{earliest: 2020-03-01, latest: 2020-03-11}", "asserts"),
        ("Besieged", "2020-03", "asserts"),
        ("Besieged", "2020-03-01~/2020-03-11", "asserts"),
        ("Besieged", "2020-03-05/2020-03-11", "asserts"),
        ("Besieged", "2020-03-01/2020-03-11", "denies"),
        ("Captured", "2020-03-01/2020-03-11", "asserts"),
    ],
)
def test_bounds_of_a_time_that_is_not_known_are_taken_as_they_are(
    tmp_path: Path, kind: str, happened: str, mode: str
) -> None:
    assert warned(tmp_path, kind, happened, mode) == []


def test_every_kind_that_is_asked_about_has_a_case() -> None:
    assert set(BEGINNINGS) == {kind.__name__ for kind in LASTS_FROM}
