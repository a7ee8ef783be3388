"""What an import asks for and leaves alone: filters, dry runs, maps written by hand, look-alikes, coast, mappings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.edges.event_files import acled_file, acled_row, answer, command, ucdp_file, ucdp_row, written
from tests.unit.small import Small


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


ROWS = [
    ucdp_row(1),
    ucdp_row(2, where_coordinates="Far town", latitude=12, longitude=22),
    ucdp_row(3, date_start="2016-07-01", date_end="2016-07-09", source_date="2016-07-10"),
    ucdp_row(4, side_b="Hill Front", type_of_violence=2),
]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("--box", "20,10,21,11"), [1, 3, 4]),
        (("--from", "2016-07-05"), [3]),
        (("--to", "2016-06-30"), [1, 2, 4]),
        (("--actor", "hill front"), [4]),
        (("--type", "state-based"), [1, 2, 3]),
        (("--type", "2", "--box", "20,10,21,11"), [4]),
    ],
)
def test_only_the_rows_that_are_asked_for_become_claims(words: tuple[str, ...], kept: list[int]) -> None:
    ucdp_file(Path("events.csv"), ROWS)
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", *words)
    assert [claim["id"] for claim in written(Path("scenarios/tarnia"))] == [f"ucdp-{number}" for number in kept]
    assert (told["rows"], told["claims"], told["unwanted"]) == (len(kept), len(kept), 4 - len(kept))


def test_a_place_next_to_the_meridian_is_written_so_that_it_is_read_back() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1, longitude="0.00005", latitude="-1e-7")])
    answer("import", "ucdp", "events.csv", "--new", "tarnia", "--utc-offset", "+00:00")
    assert "lat: -0.0000001, lon: 0.00005," in Path("scenarios/tarnia/map.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        (("--actor", "Hil Front"), "--actor: No row has the actor 'Hil Front'. Did you mean 'Hill Front'?"),
        (("--type", "one-sided"), "--type: No row has the type 'one-sided'."),
        (("--box", "1,2,3"), "'1,2,3' is no box."),
        (("--from", "soon"), "--from is 'soon', no date."),
        (("--from", "2020-01-01"), "No row is left to import."),
    ],
)
def test_a_filter_that_nothing_meets_is_told(words: tuple[str, ...], fact: str) -> None:
    ucdp_file(Path("events.csv"), ROWS)
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia", *words)
    assert refused.exit_code == 2
    assert fact in refused.stderr


def test_a_bad_row_of_other_days_is_not_asked_for() -> None:
    ucdp_file(Path("events.csv"), [*ROWS, ucdp_row(5, low=8)])
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--from", "2016-07-05")
    assert (told["rows"], told["rejected"], told["unwanted"]) == (1, [], 4)


def test_a_dry_run_says_what_would_be_and_writes_nothing() -> None:
    ucdp_file(Path("events.csv"), ROWS)
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--dry-run")
    assert (told["claims"], told["situation"]) == (4, None)
    assert not Path("scenarios").exists()


def test_nothing_is_written_over() -> None:
    ucdp_file(Path("events.csv"), ROWS)
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia")
    assert (refused.exit_code, "Something is here already." in refused.stderr) == (2, True)


def test_a_map_written_by_hand_keeps_its_lines_and_its_names_are_used(tmp_path: Path) -> None:
    valley = Small(tmp_path / "valley")
    valley.folder.mkdir()
    valley.write()
    lines = (valley.folder / "map.yaml").read_text("utf-8").splitlines()
    near_arlen = {"where_coordinates": "Al Arlen town", "latitude": 1.01, "longitude": 2.01, "side_b": "Northerners"}
    ucdp_file(Path("events.csv"), [ucdp_row(1, **near_arlen), ucdp_row(2)])
    told = answer("import", "ucdp", "events.csv", "--into", "valley")
    assert told["new"] == {"places": ["sedge"], "regions": [], "actors": ["government-of-tarnia", "reed-front"]}
    now = (valley.folder / "map.yaml").read_text("utf-8").splitlines()
    assert [line for line in now if line in lines] == lines
    first, second = written(valley.folder)
    assert (first["asserts"]["place"], first["asserts"]["between"]) == ("arlen", ["government-of-tarnia", "north"])
    assert second["asserts"]["place"] == "sedge"
    assert command("check", "valley").exit_code == 0


def test_an_import_is_undone_by_deleting_its_files_or_left_out_for_once(tmp_path: Path) -> None:
    valley = Small(tmp_path / "valley")
    valley.folder.mkdir()
    valley.write()
    before = len(answer("claims", "valley"))
    ucdp_file(Path("events.csv"), ROWS)
    answer("import", "ucdp", "events.csv", "--into", "valley")
    assert len(answer("claims", "valley")) == before + 4
    assert len(answer("claims", "valley", "--without", "imports")) == before
    for file in (valley.folder / "imports").iterdir():
        file.unlink()
    assert len(answer("claims", "valley")) == before
    assert command("check", "valley").exit_code == 0


def test_rows_of_two_files_that_look_alike_are_listed_and_joined_only_on_request() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1)])
    acled_file(Path("export.csv"), [acled_row(1, actor1="Government of Tarnia", event_date="2016-05-04")])
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    apart = answer("totals", "tarnia")[0]["best"]
    twins = [ucdp_row(2), ucdp_row(3)]
    ucdp_file(Path("twins.csv"), twins)
    told = answer("import", "ucdp", "twins.csv", "--new", "twins", "--join")
    assert [pair["claims"] for pair in told["possibly_one"]] == [["ucdp-2", "ucdp-3"]]
    assert (apart, answer("totals", "twins")[0]["best"]) == (7, 7)
    file = Path("scenarios/twins/imports/ucdp-twins.yaml")
    file.write_text(file.read_text("utf-8").replace("  - [ucdp-2, ucdp-3]\n", "  []\n"), "utf-8")
    assert answer("totals", "twins")[0]["best"] == 14


def test_look_alikes_lie_within_the_stated_windows() -> None:
    ucdp_file(Path("one.csv"), [ucdp_row(1)])
    ucdp_file(Path("two.csv"), [ucdp_row(2, date_start="2016-05-05", date_end="2016-05-05", source_date="2016-05-06")])
    for days, pairs in ((1, 0), (2, 1)):
        words = ("import", "ucdp", "one.csv", "two.csv", "--new", "tarnia", "--dry-run", "--window-days", days)
        assert len(answer(*words)["possibly_one"]) == pairs


def test_neither_the_order_of_rows_nor_of_files_decides_anything() -> None:
    one, two = ROWS[:2], [*ROWS[2:], ucdp_row(5, latitude=11.5, adm_2="Hill district")]
    made = []
    for name, parts in (("first", (one, two)), ("second", (two[::-1], one[::-1]))):
        files = [ucdp_file(Path(f"{name}/{'ab'[part is two or part == two[::-1]]}.csv"), part) for part in parts]
        answer("import", "ucdp", *files, "--new", name, "--into", f"./{name}/situation", "--published", "2017-01-01")
        claims = written(Path(f"{name}/situation"))
        text = Path(f"{name}/situation/map.yaml").read_text("utf-8").replace(f"situation: {name}", "")
        made.append(([{**claim, "paragraph": 0} for claim in claims], text.replace(f"title: {name.capitalize()}", "")))
    assert made[0] == made[1]


def test_a_new_situation_has_its_coast_and_borders_wherever_it_is() -> None:
    rows = [ucdp_row(1, where_coordinates="Stanley town", latitude=-51.7, longitude=-57.85)]
    ucdp_file(Path("events.csv"), rows)
    answer("import", "ucdp", "events.csv", "--new", "islands")
    ground = json.loads(Path("scenarios/islands/ground.json").read_text("utf-8"))
    assert len(ground["coast"]) > 5
    west, south, east, north = -58.3, -52.2, -57.4, -51.2
    points = [point for line in ground["coast"] for point in line]
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in points)
    assert "GSHHG" in Path("scenarios/islands/NOTICE").read_text("utf-8")


def test_rows_on_both_sides_of_the_180th_meridian_have_a_narrow_frame_and_their_local_time() -> None:
    """Two villages of Fiji, 40 km apart."""
    points = [("Naselesele village", 179.85), ("Waitabu village", -179.85), ("Vuna village", -179.95)]
    rows = [
        ucdp_row(number, where_coordinates=name, latitude=-16.75, longitude=lon)
        for number, (name, lon) in enumerate(points, 1)
    ]
    ucdp_file(Path("events.csv"), rows)
    told = answer("import", "ucdp", "events.csv", "--new", "fiji")
    ground = json.loads(Path("scenarios/fiji/ground.json").read_text("utf-8"))
    lons = [lon for line in ground["coast"] for lon, _ in line]
    assert max(lons) - min(lons) < 1
    assert any(abs(lon) < 180 for lon in lons) and any(abs(lon) > 180 for lon in lons)
    assert any("Local time is -12:00" in note for note in told["notes"])
    refused = command("import", "ucdp", "events.csv", "--new", "none", "--box", "0,0,1,1")
    assert "in the box 179.85,-16.75,-179.85,-16.75" in refused.output
    assert answer("import", "ucdp", "events.csv", "--new", "again", "--box", "179.85,-17,-179.85,-16.5")["claims"] == 3


def test_without_the_extra_no_coast_is_drawn_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("situation.edges.coast.find_spec", lambda name: None)
    ucdp_file(Path("events.csv"), ROWS)
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia")
    assert any("No coast and no borders are drawn" in note for note in told["notes"])
    assert not Path("scenarios/tarnia/ground.json").exists()


MAPPING = """\
source: {outlet: The Desk, published: 2021-03-01}
rows: events
columns: {first: day, place: town, latitude: lat, longitude: lon, by: attacker, against: attacked, killed: dead}
unknown: [nobody knows]
"""
HEAD = "day,town,lat,lon,attacker,attacked,dead\n"


def _mapped(rows: str, mapping: str = MAPPING) -> tuple[str, ...]:
    Path("mapping.yaml").write_text(mapping)
    Path("own.csv").write_text(HEAD + rows)
    return ("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")


def test_a_mapped_row_says_no_more_than_the_file() -> None:
    answer(*_mapped("2021-02-03,Marl,10.1,20.1,nobody knows,South,\n"))
    (claim,) = written(Path("scenarios/own"))
    assert claim["asserts"] == {"event": "Attacked", "place": "marl", "against": "south"}


def test_a_row_that_its_file_cannot_have_is_bad() -> None:
    """One that fights itself, and one of a day after the file was published."""
    words = _mapped("2021-02-03,Marl,10,20,North,North,4\n9999-12-31,Marl,10,20,North,South,4\n")
    done = command(*words)
    assert done.exit_code != 0
    assert "own.csv:2: Both sides are 'North'." in done.output
    assert "own.csv:3: It happened on 9999-12-31, after the file was published (2021-03-01)." in done.output


@pytest.mark.parametrize("number", ["1,200", "1.200", "12 000", "1\u202f200\u202f300", "12.000"])
def test_a_number_with_a_separator_is_bad_at_its_line_and_no_sum_leaves_it_out_unsaid(number: str) -> None:
    words = _mapped(f'2021-02-03,Marl,10,20,North,South,"{number}"\n2021-02-04,Marl,10,20,North,South,5\n')
    digits = "".join(sign for sign in number if sign.isdigit())
    assert f"which is not the same number everywhere. Write digits alone: {digits}, if" in command(*words).output
    done = command(*words, "--skip-bad")
    assert "Deaths: 5 in claims and 0 left out; of 1 more row left out the number could not be read." in done.output


def test_two_rows_without_ids_that_say_the_same_are_told_by_their_lines() -> None:
    row = "2021-02-03,Marl,10.1,20.1,North,South,4\n"
    (bad,) = answer(*_mapped(row + row), "--skip-bad")["rejected"]
    assert (bad["line"], bad["id"]) == (3, None)
    assert bad["fact"] == "It says the same as the row at own.csv:2, in every cell."


def test_the_id_of_a_row_without_one_does_not_hang_on_its_line() -> None:
    answer(*_mapped("2021-02-03,Marl,10.1,20.1,North,South,4\n2021-02-04,Marl,10.1,20.1,North,South,5\n"))
    first = written(Path("scenarios/own"))
    Path("own.csv").write_text(
        HEAD + "2021-02-04,Marl,10.1,20.1,North,South,5\n2021-02-03,Marl,10.1,20.1,North,South,4\n"
    )
    told = answer("import", "csv", "own.csv", "--map", "mapping.yaml", "--into", "own")
    assert told["changes"][0]["unchanged"] == len(first) == 2


@pytest.mark.parametrize(
    ("mapping", "fact"),
    [
        (MAPPING.replace("attacker", "atacker"), "own.csv:1: There is no column 'atacker'. Did you mean 'attacker'?"),
        (MAPPING.replace("rows: events", "rows: event"), "mapping.yaml:2:1: 'event' is not allowed here."),
        (MAPPING + "fixed: {land: XX}\n", "mapping.yaml:5:9: 'land' is no field of a row."),
        (MAPPING + "wher: {column: a}\n", "mapping.yaml:5:1"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_at_its_line(mapping: str, fact: str) -> None:
    refused = command(*_mapped("2021-02-03,Marl,10.1,20.1,North,South,4\n", mapping))
    assert refused.exit_code == 1
    assert fact in refused.stderr


def test_what_is_imported_is_accepted_without_a_warning_and_of_who_holds_what_nothing_is_known() -> None:
    """Twelve groups named as one make an id that is long, an event of a month is no day, and a place is nobody's yet."""
    groups = " and ".join(
        f"the Brigade of the {word} River" for word in ("Upper", "Lower", "Near", "Far", "Old", "New")
    )
    rows = f"2021-02-03,Marl,10.1,20.1,North,{groups},4\n" + "".join(
        f"2021-02-03,Town {number},{number % 60 + 1}.1,20.1,North,South,4\n" for number in range(101)
    )
    mapping = MAPPING.replace("first: day", "first: day, last: until")
    lines = [HEAD.replace("dead", "dead,until").rstrip("\n"), *(f"{row},2021-02-28" for row in rows.splitlines())]
    Path("mapping.yaml").write_text(mapping)
    Path("own.csv").write_text("\n".join(lines) + "\n")
    answer("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")
    assert "warning" not in command("check", "own").output
    shown = command("state", "own", "--at", "2021-02-10").output
    assert "Who holds any of 102 places is not known." in shown and "nobody" not in shown


def test_a_csv_file_needs_a_mapping_and_no_other_does() -> None:
    ucdp_file(Path("events.csv"), ROWS)
    assert command("import", "csv", "events.csv", "--new", "tarnia").exit_code == 2
    _mapped("")
    assert command("import", "ucdp", "events.csv", "--map", "mapping.yaml", "--new", "tarnia").exit_code == 2


def test_reports_join_and_each_outlet_is_a_source() -> None:
    mapping = MAPPING.replace("rows: events", "rows: reports").replace("by: attacker", "by: attacker, outlet: paper")
    Path("mapping.yaml").write_text(mapping)
    rows = "2021-02-03,Marl,10.1,20.1,North,South,4,The Ferry\n2021-02-03,Marl,10.1,20.1,North,South,5,The Lock\n"
    Path("own.csv").write_text(HEAD.replace("dead", "dead,paper") + rows)
    answer("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")
    claims = answer("claims", "own")
    assert len({claim["happening"] for claim in claims}) == 1
    assert {claim["source"] for claim in claims} == {"own-the-ferry", "own-the-lock"}


def test_a_newer_file_of_reports_takes_back_what_each_outlet_said_in_the_earlier_one() -> None:
    mapping = MAPPING.replace("rows: events", "rows: reports").replace(
        "first: day", "id: town, first: day, outlet: paper"
    )
    Path("mapping.yaml").write_text(mapping)
    head = HEAD.replace("dead", "dead,paper")
    Path("own.csv").write_text(
        head + "2021-02-03,Marl,10.1,20.1,North,South,4,The Ferry\n2021-02-03,Alder,10.9,20.1,North,South,5,The Lock\n"
    )
    answer("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own")
    Path("own.csv").write_text(head + "2021-02-03,Marl,10.1,20.1,North,South,7,The Ferry\n")
    answer("import", "csv", "own.csv", "--map", "mapping.yaml", "--into", "own")
    assert answer("totals", "own")[0]["best"] == 7
    retracted = {claim["retracts"] for claim in written(Path("scenarios/own")) if "retracts" in claim}
    assert retracted == {"the-desk-Marl", "the-desk-Alder"}
    assert command("check", "own").output.endswith("No problems.\n")
