"""The files of an ensemble's run folder, as bytes by name, of one that is in memory or is read from its folder."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pyarrow.parquet as pq
from attrs import evolve

from situation.ensemble.draw_table import Draws, DrawTable, DrawTableBuilder
from situation.ensemble.ensemble import Ensemble
from situation.runs.data_package import schemas_of
from situation.runs.ensemble_files import StoryTables, answer_files
from situation.runs.manifest import with_manifest
from situation.runs.stored_draws import StoredDraws
from situation.scenario import Scenario

__all__ = ["described", "ensemble_files", "story_tables"]

_TYPES = {"string": "string", "integer": "int", "number": "double", "array": "list", "boolean": "bool"}


def story_tables(ensemble: Ensemble) -> dict[str, bytes]:
    """The tables that have rows for each story."""
    files: dict[str, io.BytesIO] = {}
    tables = StoryTables(ensemble.about, sorted(ensemble.strengths), lambda name: files.setdefault(name, io.BytesIO()))
    numbers, forces, believed = map(held, (ensemble.numbers, ensemble.forces, ensemble.believed))
    tables.add(evolve(ensemble, numbers=numbers, forces=forces, believed=believed))
    tables.close()
    return {name: file.getvalue() for name, file in files.items()}


def held(draws: Draws) -> DrawTable:
    """Draws in memory, also where they lie on the disk."""
    if isinstance(draws, DrawTable):
        return draws
    assert isinstance(draws, StoredDraws)
    builder = DrawTableBuilder(draws.kind)
    for draw, values in draws.items():
        builder.add(draw, values)
    return builder.table()


def ensemble_files(
    ensemble: Ensemble, scenario: Scenario, answers: Mapping[str, Any], identity: Mapping[str, Any]
) -> dict[str, bytes]:
    """Every file of the folder but the page."""
    tables = story_tables(ensemble)
    return with_manifest({**tables, **answer_files(ensemble, scenario, answers, schemas_of(tables))}, identity)


def described(files: Mapping[str, bytes]) -> set[str]:
    """The units of the tables among some files, once each of them is described with its columns as they are."""
    package = json.loads(files["datapackage.json"])
    assert [resource["path"] for resource in package["resources"]] == sorted(
        it for it in files if it.endswith(".parquet")
    )
    units = set()
    for resource in package["resources"]:
        schema = pq.read_schema(io.BytesIO(files[resource["path"]]))
        columns = resource["schema"]["fields"]
        assert [column["name"] for column in columns] == schema.names
        for column, kind in zip(columns, schema.types, strict=True):
            assert str(kind).startswith(_TYPES[column["type"]]), (resource["path"], column)
            assert column["description"]
            if any(word in column["name"] for word in ("minute", "day", "men", "share")):
                assert column["unit"], (resource["path"], column["name"])
            units.add(column.get("unit", ""))
    return units
