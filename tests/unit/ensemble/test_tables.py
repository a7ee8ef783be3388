"""Tables of what happened and of what was drawn: what was put in comes out, in order, however it is asked for."""

from __future__ import annotations

import io
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import situation as sit
from situation.dates import DAY, Duration, Minute
from situation.ensemble.draw_table import DrawTableBuilder, merge_columns
from situation.ensemble.ensemble import About, Ensemble
from situation.ensemble.run_table import RunTable, RunTableBuilder, signpost_candidates
from situation.runs.identity import ensemble_identity
from situation.runs.parquet import GROUP_ROWS, LIST_ROWS, GroupedTable, list_array, parquet, parquet_of_rows, row_schema
from situation.runs.stored_run import open_run
from situation.runs.writing import write_run
from tests.unit.run_files import described, ensemble_files
from tests.unit.valley_stories import scenario_of, valley

PLACES = st.sampled_from(["dell", "arlen", "corve"])
WHO = st.sampled_from(["north", "rebels", None])
TEXTS = frozenset({"place", "holder"})
NOTHING_ASKED = {
    **dict.fromkeys(("scenario", "title", "assumes"), ""),
    **dict.fromkeys(("seed", "runs"), 0),
    **dict.fromkeys(("failed", "questions", "assumptions"), ()),
    "conserved": True,
}
"""What an ensemble answers that was asked nothing."""


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[int, str, int, str | None]]:
    told = []
    for run in range(draw(st.integers(0, 5))):
        minutes = sorted(draw(st.lists(st.integers(0, 50), max_size=6)))
        told += [(run, draw(PLACES), minute, draw(WHO)) for minute in minutes]
    return told


def table(rows: list[tuple[int, str, int, str | None]]) -> RunTable:
    growing = RunTableBuilder(("place", "minute", "holder"), TEXTS)
    for run, *row in rows:
        growing.add(run, [tuple(row)])
    return growing.table()


@given(rows=tables())
def test_rows_come_out_as_they_went_in(rows: list[tuple[int, str, int, str | None]]) -> None:
    found = table(rows)
    assert list(found) == rows
    assert len(found) == len(rows)
    assert found == table(rows)
    assert (found == table(rows[1:])) == (not rows)
    words = found.words("holder").words
    assert list(words) == sorted({who for *_, who in rows}, key=lambda who: (who is None, who or ""))


@given(rows=tables(), place=PLACES, who=WHO)
def test_chosen_rows_are_those_with_the_words(
    rows: list[tuple[int, str, int, str | None]], place: str, who: str | None
) -> None:
    found = table(rows)
    chosen = found.only(found.where(place=place, holder=who))
    assert list(chosen) == [it for it in rows if (it[1], it[3]) == (place, who)]


@given(rows=tables())
def test_groups_hold_every_row_once_in_its_order(rows: list[tuple[int, str, int, str | None]]) -> None:
    groups = {key: list(some) for key, some in table(rows).grouped("place", "holder")}
    assert groups == {key: [it for it in rows if (it[1], it[3]) == key] for key in {(it[1], it[3]) for it in rows}}


def test_what_happened_is_told_from_the_branch_on_and_nobody_takes_nothing() -> None:
    rows = [(0, "dell", 5, "north"), (0, "dell", 9, "rebels"), (0, "dell", 12, None), (1, "dell", 7, "rebels")]
    clashes = RunTableBuilder(("pair", "rung", "minute"), frozenset({"pair"}))
    clashes.add(1, [("north:south", 2, 8)])
    fired = RunTableBuilder(("given", "minute"), frozenset({"given"}))
    fired.add(0, [("guns", 6)])
    happened = signpost_candidates(table(rows), clashes.table(), fired.table(), 5)
    told = [(what, about, run.tolist(), minute.tolist()) for what, about, run, minute in happened]
    assert told == [
        ("dell taken by rebels", "dell", [0, 1], [9, 7]),
        ("clash of north and south at rung 2", "north:south", [1], [8]),
        ("guns has come about", "guns", [0], [6]),
    ]


@given(
    rows=st.dictionaries(
        st.integers(0, 30), st.dictionaries(st.sampled_from("abcd"), st.floats(-5, 5), max_size=4), max_size=6
    )
)
def test_draws_come_out_as_they_went_in_and_the_first_counts(rows: dict[int, dict[str, float]]) -> None:
    drawing = DrawTableBuilder("numbers")
    for draw, row in rows.items():
        drawing.add(draw, row)
        drawing.add(draw, {"a": 99.0})
    found = drawing.table()
    assert {draw: dict(row) for draw, row in found.items()} == rows
    for name in found.names:
        column = found.column(name, np.array(sorted(rows)))
        assert [None if np.isnan(it) else it for it in column] == [rows[draw].get(name) for draw in sorted(rows)]
    with pytest.raises(KeyError):
        found[31]


def test_words_that_are_drawn_are_kept_once_and_what_was_not_asked_is_empty() -> None:
    drawing = DrawTableBuilder("words")
    drawing.add(0, {"who": "north"})
    drawing.add(4, {"who": "south", "when": "May"})
    found = drawing.table()
    assert found[4] == {"who": "south", "when": "May"}
    assert found.column("when", np.array([0, 4, 0])).tolist() == ["", "May", ""]


def test_of_two_tables_the_second_has_its_own_and_what_only_the_first_has() -> None:
    one, other = DrawTableBuilder("counts"), DrawTableBuilder("counts")
    for draw in (0, 1):
        one.add(draw, {"camp": 10 + draw, "post": 1})
        other.add(draw + 1, {"camp": 20 + draw})
    both = merge_columns(one.table(), other.table())
    assert {draw: dict(row) for draw, row in both.items()} == {1: {"camp": 20, "post": 1}, 2: {"camp": 21}}


def test_a_table_written_by_groups_has_the_bytes_of_one_written_whole() -> None:
    import pyarrow as pa

    rows = [
        (run, ("dell", "corve")[run % 2], run * 3, (None, "north", "rebels")[run % 3]) for run in range(GROUP_ROWS + 7)
    ]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(("run", "place", "minute", "holder"))}
    kinds = {"run": pa.int64(), "place": pa.string(), "minute": pa.int64(), "holder": pa.string()}
    assert parquet_of_rows(table(rows), kinds) == parquet(columns, kinds)
    assert parquet_of_rows(table([]), kinds) == parquet({name: [] for name in kinds}, kinds)


@pytest.mark.parametrize("some", [7, LIST_ROWS - 1, LIST_ROWS + 1, 3 * LIST_ROWS])
def test_a_table_has_the_same_bytes_however_many_rows_come_at_a_time(some: int) -> None:
    import pyarrow as pa

    men = np.arange(3 * (2 * LIST_ROWS + 5), dtype=np.int32).reshape(-1, 3)

    def written(size: int) -> bytes:
        buffer = io.BytesIO()
        grouped = GroupedTable(buffer, row_schema({"run": int, "men": pa.list_(pa.int32())}), LIST_ROWS)
        for start in range(0, len(men), size):
            rows = men[start : start + size]
            grouped.add([pa.array(np.arange(start, start + len(rows))), list_array(rows)])
        grouped.close()
        return buffer.getvalue()

    assert written(some) == written(len(men))
    table = pa.parquet.read_table(pa.BufferReader(written(some)))
    assert table.column("men").to_pylist() == men.tolist()
    assert pa.parquet.read_metadata(pa.BufferReader(written(some))).num_row_groups == -(-len(men) // LIST_ROWS)


def test_a_folder_of_several_groups_of_rows_reads_back_as_it_was_written(tmp_path: Path) -> None:
    few = RunTableBuilder(("place", "minute", "holder"), TEXTS)
    runs = GROUP_ROWS // 2 + 9
    scenario, record = scenario_of(valley(tmp_path))
    scenario = attrs.evolve(scenario, horizon=Duration(2 * DAY), questions={})
    for run in range(runs):
        later = scenario.at + run % 7 + 1
        few.add(run, [("dell", scenario.at, "rebels"), ("dell", later, ("north", None)[run % 2])])
    about = About.of(scenario, record, 5, runs)
    rng = np.random.default_rng(3)
    none = DrawTableBuilder("numbers").table()
    found = Ensemble(
        about,
        ("",) * (runs - 1) + ("no luck",),
        rng.integers(0, 99, runs),
        np.zeros(runs, dtype=np.int64),
        {},
        few.table(),
        {actor: rng.integers(0, 9999, (runs, 3)).astype(np.int32) for actor in ("north", "rebels", "south")},
        RunTableBuilder(("pair", "rung", "minute"), frozenset({"pair"})).table(),
        RunTableBuilder(("given", "minute"), frozenset({"given"})).table(),
        none,
        none,
        DrawTableBuilder("words").table(),
        rng.integers(0, 2**63, (runs, 3)).astype(np.uint64),
    )
    files = ensemble_files(found, scenario, NOTHING_ASKED, ensemble_identity(scenario, record, 5, runs))
    back = open_run(write_run(tmp_path / "run", files)).ensemble
    assert back.about == about
    assert back.reasons == found.reasons
    assert back.holders == found.holders
    assert {actor: np.asarray(men).tolist() for actor, men in back.strengths.items()} == {
        actor: np.asarray(men).tolist() for actor, men in found.strengths.items()
    }
    assert (np.asarray(back.day_digests) == found.day_digests).all()
    assert (back.entries == found.entries).all()
    assert (len(back.clashes), len(back.fired), len(back.numbers)) == (0, 0, 0)
    assert ensemble_files(back, scenario, NOTHING_ASKED, ensemble_identity(scenario, record, 5, runs)) == files


def test_by_day_and_place_a_folder_tells_who_held_it_in_what_share_and_who_came_to_hold_it_first_when(
    tmp_path: Path,
) -> None:
    """Dell is taken, lost and taken again; in every other story it is never lost."""
    import pyarrow.parquet as pq

    scenario, record = scenario_of(valley(tmp_path))
    scenario = attrs.evolve(scenario, horizon=Duration(9 * DAY), questions={})
    at = scenario.at
    few = RunTableBuilder(("place", "minute", "holder"), TEXTS)
    for run in range(4):
        again = [("dell", at + 5 * DAY, "rebels"), ("dell", at + 7 * DAY - 1, "north")] if run % 2 else []
        few.add(run, [("corve", at, "south"), ("dell", at, "rebels"), ("dell", at + (1 + run) * DAY, "north"), *again])
    none = DrawTableBuilder("numbers").table()
    found = Ensemble(
        About.of(scenario, record, 5, 4),
        ("",) * 4,
        np.zeros(4, dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        {},
        few.table(),
        {},
        RunTableBuilder(("pair", "rung", "minute"), frozenset({"pair"})).table(),
        RunTableBuilder(("given", "minute"), frozenset({"given"})).table(),
        none,
        none,
        DrawTableBuilder("words").table(),
        np.zeros((4, 10), dtype=np.uint64),
    )
    files = ensemble_files(found, scenario, {}, ensemble_identity(scenario, record, 5, 4))
    for name in ("passages.parquet", "control_by_day.parquet"):
        (tmp_path / name).write_bytes(files[name])
    passages = {(row["place"], row["holder"]): row for row in pq.read_table(tmp_path / "passages.parquet").to_pylist()}
    first = passages["dell", "north"]
    assert (first["share"], first["p05"], first["p95"]) == (1.0, 1.0, 4.0)
    assert (passages["dell", "rebels"]["share"], passages["dell", "rebels"]["p50"]) == (0.5, 5.0)
    assert set(passages) == {("dell", "north"), ("dell", "rebels")}
    told = pq.read_table(tmp_path / "control_by_day.parquet").to_pylist()
    for day in range(10):
        for place in ("corve", "dell"):
            held = found.held(place, Minute(at + day * DAY))
            shares = {row["holder"]: row["share"] for row in told if (row["day"], row["place"]) == (day, place)}
            assert {who: share for who, share in shares.items() if share} == {
                who: held.count(who) / 4 for who in dict.fromkeys(held)
            }, (place, day)


def test_a_column_of_numbers_holds_minutes_of_any_century() -> None:
    far = 2**40
    rows = RunTableBuilder(("place", "minute"), frozenset({"place"}))
    rows.add(0, [("dell", far), ("dell", -far)])
    assert rows.table().numbers("minute").tolist() == [far, -far]


def test_every_column_of_every_table_is_described_with_its_unit(tmp_path: Path) -> None:
    """The fields of the data package are those of the tables, in order, and every number of men, days or minutes has its unit."""

    scenario, record = scenario_of(valley(tmp_path))
    told = sit.run(scenario, 8, 5, record=record)
    files = ensemble_files(told, scenario, {}, ensemble_identity(scenario, record, 5, 8))
    units, tables = described(files), [name for name in files if name.endswith(".parquet")]
    assert {"men", "days", "share"} <= units
    assert set(tables) == set(files) - {"manifest.json", "scenario.json", "scenario.yaml", "about.json", "questions.json"} - {
        "datapackage.json", "index.html", "compared-with.yaml"
    }  # fmt: skip
