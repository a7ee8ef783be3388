"""Words of time that tell a part of a day, with the day itself as their anchor."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.commands.why import shown_within
from situation.record.record import Record
from tests.unit.small import Small

CLAIM = "  - {{id: T-9, source: courier, says: told, happened: {time}, asserts: {{event: Attacked, place: dell, by: [north]}}}}\n"


def small(folder: Path, time: str) -> Small:
    return Small(folder).add("record.yaml", CLAIM.format(time=time))


def hours(whole: Record) -> tuple[str, str]:
    happened = whole.testimony.claims["T-9"].happened
    assert happened is not None
    clock = whole.ground.clock
    return clock.text(happened.span.earliest)[:16], clock.text(happened.span.latest)[:16]


def test_a_part_of_a_day_counts_from_its_first_minute(tmp_path: Path) -> None:
    whole = small(tmp_path, "{words: hours after, day: 2020-03-11}").load()
    assert hours(whole) == ("2020-03-11T02:00", "2020-03-11T12:00")
    found = whole.why("dell.attacked_by", "2020-03-12")
    assert '("hours after": 02:00 to 12:00, ASSUMED)' in str(found)
    assert found.entry is not None
    assert shown_within(found.entry, whole.ground).startswith("no source gives the minute: it lies within the day")


def test_after_a_day_counts_from_the_whole_of_it(tmp_path: Path) -> None:
    assert hours(small(tmp_path, "{words: hours after, after: 2020-03-11}").load())[1] == "2020-03-12T11:59"


def test_of_a_month_why_says_the_month(tmp_path: Path) -> None:
    whole = small(tmp_path, "2020-03").load()
    entry = whole.why("dell.attacked_by", "2020-03-31").entry
    assert entry is not None
    assert f"within {whole.ground.clock.spoken(entry.span)}," in shown_within(entry, whole.ground)


@pytest.mark.parametrize(
    ("time", "what"),
    [
        ("{words: hours after, day: 2020-03}", "'2020-03' is longer than a day. Give the day"),
        ("{words: swiftly, day: 2020-03-11}", "The words 'swiftly' reach beyond their day. Write 'after'"),
        ("{words: hours after, day: 2020-03-11, after: 2020-03-10}", "'after' and 'day' do not go together."),
        ("{words: hour after, day: 2020-03-11}", "Did you mean 'hours after'?"),
        ("{words: hours after, dya: 2020-03-11}", "Did you mean 'day'?"),
    ],
)
def test_what_is_written_wrongly_of_a_part_of_a_day_is_told(time: str, what: str, tmp_path: Path) -> None:
    (problem,) = small(tmp_path, time).problems()
    assert problem.startswith("record.yaml:") and what in problem
