"""Values of a mapping file that are plainly wrong: each is refused at its line, and none ends in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.edges.mapping import read_mapping
from situation.errors import InputError
from tests.unit.edges.event_files import command

MAPPING = """\
source: {outlet: The Desk, published: 2021-03-01, reliability: {grade: C, reason: mixed}}
rows: events
columns: {first: day, place: town, latitude: lat, longitude: lon, by: attacker, against: attacked, killed: dead}
fixed: {country: Marland}
where: {column: exact, codes: {'1': place, '2': around}, km: 25}
when: {column: slack, days: {'1': 0, '2': 3}}
kinds: {column: what, codes: {a: attack, c: capture}, otherwise: clash}
unknown: [nobody knows]
civilians: [people]
states: [South]
"""
ROWS = """\
day,town,lat,lon,attacker,attacked,dead,exact,slack,what
2021-02-03,Marl,10.1,20.1,North,South,4,2,2,a
"""
_WRONG = """
outlet: The Desk | outlet: ' ' | 1:10: The text is empty.
outlet: The Desk | outlet: '-' | 1:10: '-' says nothing.
reason: mixed | reason: n/a | 1:75: 'n/a' is no reason.
reason: mixed | reason: '' | 1:75: The text is empty.
grade: C | grade: Z | 1:65: 'Z' is not allowed here.
published: 2021-03-01 | published: '' | 1:28: The text is empty.
published: 2021-03-01 | published: soon | 1:28: published is 'soon', no date.
published: 2021-03-01 | published: 2021-02-30 | 1:28: published is '2021-02-30', a day that no calendar has.
first: day | first: '' | 3:11: It names no column.
first: day | first: [] | 3:11: It names no column.
first: day | first: [day, day] | 3:24: 'day' stands twice in this list.
first: day | first: [day, ' '] | 3:11: It names no column.
country: Marland | country: '' | 4:9: The text is empty.
country: Marland | county: Marland | 4:9: 'county' is no field of a row.
country: Marland | first: soon | 4:9: first is 'soon', no date.
country: Marland | killed: '-3' | 4:9: killed is -3.
country: Marland | killed: '0.5' | 4:9: killed is '0.5', no whole number.
country: Marland | latitude: '200' | 4:9: latitude is 200, off the globe.
column: exact | column: '' | 5:9: The text is empty.
km: 25 | km: 0 | 5:58: 0 km around a place.
km: 25 | km: -5 | 5:58: -5 km around a place.
km: 25 | km: 1000000 | 5:58: 1e+06 km around a place.
'2': 3} | '2': -3} | 6:38: It may be off by -3 days.
'2': 3} | '2': 100000000} | 6:38: It may be off by 100,000,000 days.
'2': 3} | '2': 0.5} | 6:38: 0.5 stands where
otherwise: clash | otherwise: '' | 7:55: '' is not allowed here.
unknown: [nobody knows] | unknown: [' '] | 8:11: The name is empty.
unknown: [nobody knows] | unknown: [x, x] | 8:14: 'x' stands twice in this list.
civilians: [people] | civilians: [nobody knows] | 9:13: 'nobody knows' stands under 'unknown', too.
states: [South] | states: [people] | 10:10: 'people' stands under 'civilians', too.
rows: events | rows: both | 2:1: 'both' is not allowed here.
"""
WRONG = [tuple(part.strip() for part in line.split(" | ")) for line in _WRONG.strip().splitlines()]


@pytest.mark.parametrize(("old", "new", "problem"), WRONG, ids=[row[1] for row in WRONG])
def test_a_plainly_wrong_value_is_refused_at_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert MAPPING.count(old) == 1
    file = tmp_path / "mapping.yaml"
    file.write_text(MAPPING.replace(old, new))
    with pytest.raises(InputError) as refused:
        read_mapping(file)
    assert str(refused.value.problems[0]).startswith(f"{file}:{problem}"), refused.value.problems


def test_the_mapping_itself_is_sound(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(MAPPING)
    assert read_mapping(file).columns.first.names == ("day",)


def test_a_date_from_which_no_slack_can_be_taken_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = "9999-12-30"
    monkeypatch.chdir(tmp_path)
    Path("mapping.yaml").write_text(MAPPING.replace("published: 2021-03-01, ", ""))
    Path("own.csv").write_text(ROWS.replace("2021-02-03", day))
    done = command("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")
    assert done.exit_code == 1
    assert f"own.csv:2: {day} may be off by 3 days" in done.output


def test_a_cell_of_a_dash_or_dots_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = MAPPING.replace("rows: events", "rows: reports").replace("killed: dead", "outlet: paper, note: words")
    Path("mapping.yaml").write_text(mapping)
    rows = ("Marl,10.1,20.1,North,-,1,2,a,Tarn Wire,—", "-,10.2,20.1,?,South,2,2,a,-,...")
    head = "day,town,lat,lon,attacker,attacked,exact,slack,what,paper,words"
    Path("own.csv").write_text("\n".join([head, *(f"2021-02-03,{row}" for row in rows)]))
    done = command("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")
    assert "New on the map: 1 place, 0 areas and 2 actors." in done.output
    assert command("check", "own").exit_code == 0
    written = [path.read_text() for path in Path("scenarios/own").rglob("*.yaml")]
    assert not any(sign in text for text in written for sign in ('"-"', "...", "—", '"?"'))
