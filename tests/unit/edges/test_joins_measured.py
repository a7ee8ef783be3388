"""The count of pairs by which the record's joins are held against people's, and that it says so where there is no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.record.joining.joins import join
from situation.record.joining.likeness import JOIN_RULES, JoinRule
from tests.bench import joins


def test_precision_and_recall_are_of_pairs() -> None:
    record = {"a": "x", "b": "x", "c": "x", "d": "y"}
    hand = {"a": "1", "b": "1", "c": "2", "d": "2"}
    measured = joins.agreement(record, hand, "abcd")
    assert (measured.record, measured.hand, measured.both) == (3, 2, 1)
    assert (measured.precision, measured.recall) == (1 / 3, 1 / 2)


def test_no_event_stands_in_both_halves_and_the_order_of_reports_does_not_matter() -> None:
    hand = {f"r{number}": f"e{number // 3}" for number in range(60)}
    first, second = joins.halves(hand)
    assert not {hand[report] for report in first} & {hand[report] for report in second}
    assert sorted(first + second) == sorted(hand)
    assert joins.halves(dict(reversed(hand.items()))) == (first, second)


def test_without_its_file_nothing_is_measured(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert joins.main([str(tmp_path / "reports.csv")]) == 1
    assert "There is no such file." in capsys.readouterr().out


def test_the_page_tells_of_every_setting_and_of_the_default() -> None:
    page = Path("docs/joins-measured.md").read_text("utf-8")
    assert [f"| {name} |" in page for name in JOIN_RULES] == [True] * len(JOIN_RULES)
    assert JoinRule().ratio == 4, "the page says that the default is four times"


HEADER = (
    "id,event_id,country,date_start,date_end,city,location,latitude,longitude,geo_precision,actor1,actor1_type,actor2,"
    "actor2_type,event_context,deaths_low,deaths_best,deaths_high,injuries_low,injuries_best,injuries_high,source,"
    "source_type,source_classification\n"
)


def test_reports_of_one_event_are_joined_across_outlets(tmp_path: Path) -> None:
    """Two outlets on a clash at Duba, 4 and 5 dead; a third on one a month later."""
    rows = [
        "r1,E1,Ivory Coast,2010-01-02,2010-01-02,Duba,,6.0,-5.0,3.0,Blues,,Greens,,Clash,4,4,4,0,0,0,The Ferry,,2.0",
        "r2,E1,Ivory Coast,2010-01-02,2010-01-02,Duba,,6.0,-5.0,3.0,Blues,,,,Protest,5,5,5,0,0,0,The Lock,,2.0",
        "r3,E2,Ivory Coast,2010-02-02,2010-02-02,Duba,,6.0,-5.0,3.0,Blues,,Greens,,Clash,4,4,4,0,0,0,The Lock,,2.0",
    ]
    (tmp_path / "in.csv").write_text(HEADER + "\n".join(rows) + "\n")
    record, hand = joins.imported(tmp_path / "in.csv", tmp_path)
    happening = join(record.testimony.claims.values(), record.ground, record.testimony).happening
    measured = joins.agreement(happening, hand, hand)
    assert (measured.record, measured.hand, measured.both) == (1, 1, 1)
