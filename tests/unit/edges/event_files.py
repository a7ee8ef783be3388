"""Invented event files in the layouts of those who keep such files, and the import of one on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from situation.commands.cli import main

__all__ = [
    "UCDP_41",
    "UCDP_45",
    "UCDP_49",
    "acled_file",
    "acled_row",
    "answer",
    "command",
    "ucdp_file",
    "ucdp_row",
    "written",
]

_START = (
    *("id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name"),
    *("side_a_new_id", "side_a", "side_b_new_id", "gwnob", "side_b", "number_of_sources", "source_article"),
    *("source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "adm_1"),
    *("adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity"),
    *("date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
)
UCDP_41 = (*_START, "low", "best", "high")
UCDP_45 = (
    *("id", "year", "active_year", "start_year", "end_year", *_START[3:9], "gwnoa", *_START[9:28]),
    *("country_id", "iso3", *_START[29:], "low", "best", "high"),
)
UCDP_49 = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", *_START[13:21], "where_description", *_START[21:]),
    *("best", "high", "low", "gwnoa", "gwnob"),
)
ACLED_31 = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)


def ucdp_row(number: int, **changes: object) -> dict[str, str]:
    """A row of an invented war: the government of Tarnia and the Reed Front clash at Sedge, 3 and 4 dead."""
    row: dict[str, object] = {
        "id": number,
        "year": 2016,
        "start_year": 2016,
        "end_year": 2016,
        "type_of_violence": 1,
        "active_year": 1,
        "conflict_name": "Tarnia: Government",
        "dyad_new_id": 77,
        "dyad_name": "Government of Tarnia - Reed Front",
        "side_a_new_id": 118,
        "side_a": "Government of Tarnia",
        "side_b_new_id": 4456,
        "side_b": "Reed Front",
        "number_of_sources": 1,
        "source_article": '"Tarn Wire,2016-05-04,Clash at Sedge"',
        "source_office": "Tarn Wire",
        "source_date": "2016-05-04",
        "source_headline": "Clash at Sedge",
        "source_original": "police",
        "where_prec": 1,
        "where_coordinates": "Sedge village",
        "adm_1": "Low province",
        "adm_2": "Marsh district",
        "latitude": 10.5,
        "longitude": 20.25,
        "country": "Tarnia",
        "country_id": "",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2016-05-03",
        "date_end": "2016-05-03",
        "deaths_a": 3,
        "deaths_b": 4,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "low": 7,
        "best": 7,
        "high": 9,
        "code_status": "Clear",
        "relid": f"TAR-{number}",
    }
    return {key: str(value) for key, value in (row | changes).items()}


def ucdp_file(
    path: Path, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...] = UCDP_41, tags: bool = False
) -> Path:
    """A file of rows in a layout of UCDP's, with or without a second row of HXL tags."""
    return _csv(path, rows, columns, {"date_start": "#date+start", "best": "#affected+killed"} if tags else None)


def acled_row(number: int, **changes: object) -> dict[str, str]:
    """A row of an invented war in ACLED's layout."""
    row: dict[str, object] = {
        "event_id_cnty": f"TAR{number}",
        "event_date": "2016-05-03",
        "year": 2016,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Tarnia (2010-)",
        "inter1": "State forces",
        "actor2": "Reed Front",
        "inter2": "Rebel group",
        "iso": 760,
        "country": "Tarnia",
        "admin1": "Low",
        "admin2": "Marsh",
        "location": "Sedge",
        "latitude": 10.5,
        "longitude": 20.25,
        "geo_precision": 1,
        "source": "Tarn Wire; Reed Radio",
        "fatalities": 7,
        "source_scale": "National",
        "notes": "On 3 May they clashed.",
        "timestamp": 1462600000,
    }
    return {key: str(value) for key, value in (row | changes).items()}


def acled_file(path: Path, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...] = ACLED_31) -> Path:
    """A file of rows in ACLED's layout."""
    return _csv(path, rows, columns, None)


def _csv(
    path: Path, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...], tags: Mapping[str, str] | None
) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    if tags is not None:
        writer.writerow(tags)
    writer.writerows(rows)
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text.getvalue(), "utf-8")
    return path


def command(*words: object) -> Result:
    """A command, as typed."""
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: object) -> Any:
    """What a command answers as JSON."""
    result = command(*words, "--json")
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def written(folder: Path) -> list[dict[str, Any]]:
    """The claims that stand in a situation's imports, by id."""
    lines = [line for path in sorted(folder.glob("imports/*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return sorted((json.loads(line) for line in lines), key=lambda claim: str(claim["id"]))
