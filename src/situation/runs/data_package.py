"""What the tables of a folder hold: every column with its type, its unit and a sentence, as a data package.

The form is that of a Frictionless data package with tabular resources, and a key `unit` beside each field of numbers that
has one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from situation.ensemble.ensemble import About
from situation.runs.manifest import json_bytes
from situation.runs.parquet import schema_of
from situation.scenario.question import unit_of

__all__ = ["DATA_PACKAGE", "DescribedColumns", "data_package", "schemas_in", "schemas_of", "with_package"]

DescribedColumns = Mapping[str, tuple[str, str]]
"""Of each column its unit (empty: it has none) and what it holds."""

DATA_PACKAGE = "datapackage.json"
_MINUTE = "minutes since 1970-01-01T00:00Z"
_STORY = ("", "the number of the story, from 0: the index of its luck")
_DAY = ("days", "days after the branch: the end of that day; 0 is the branch itself")
_ACTOR = ("", "the actor, by its id")
_PLACE = ("", "the place, by its id")
_MEN = "men"
_SHARE = "share"

_TABLES: Mapping[str, tuple[str, DescribedColumns]] = {
    "runs.parquet": (
        "a row a story: its draws, whether it failed, and what it answers",
        {
            "run": _STORY,
            "record": ("", "which draw of the record it continues"),
            "parameter": ("", "which draw of the numbers it takes"),
            "chance": ("", "which luck it has: its own number"),
            "reason": ("", "why it failed; empty where it did not"),
            "entries": ("entries", "how many entries its log has"),
            "gap": (_MEN, "men created or lost: 0 in every correct story"),
        },
    ),
    "twins.parquet": (
        "a row a story: digests by which two stories of the same luck are compared",
        {"run": _STORY, "passages": ("", "by day, the branch first: a digest of all that had happened by its end")},
    ),
    "strengths.parquet": (
        "a row for each story and actor",
        {"run": _STORY, "actor": _ACTOR, "men": (_MEN, "by day, the branch first: in the ranks, wounded or in hiding")},
    ),
    "holders.parquet": (
        "a row for each place of a story at the branch, and for each change of its holder after it",
        {
            "run": _STORY,
            "place": _PLACE,
            "minute": (_MINUTE, "from when on it is so"),
            "holder": ("", "who holds it, by id; null: nobody, or several"),
        },
    ),
    "clashes.parquet": (
        "a row for each rung that two actors come to in a story for the first time",
        {
            "run": _STORY,
            "pair": ("", "the two actors, by id, with a colon between"),
            "rung": ("", "1 incident, 2 reprisal, 3 sustained exchange of fire, 4 confrontation"),
            "minute": (_MINUTE, "when"),
        },
    ),
    "triggers.parquet": (
        "a row for each event given by the scenario that comes about in a story",
        {"run": _STORY, "given": ("", "its name in the scenario"), "minute": (_MINUTE, "when")},
    ),
    "fates.parquet": (
        "a row for each story and actor, every ten days and at the end",
        {
            "run": _STORY,
            "actor": _ACTOR,
            "minute": (_MINUTE, "by when"),
            "present": (_MEN, "in the ranks then"),
            "wounded": (_MEN, "wounded then, who come back"),
            "hidden": (_MEN, "in hiding then"),
            "in_transit": (_MEN, "on the way then"),
            "killed": (_MEN, "killed since the branch"),
            "surrendered": (_MEN, "who gave themselves up since the branch"),
            "left": (_MEN, "who left the theatre since the branch"),
        },
    ),
    "draws.parquet": (
        "a row for each value drawn",
        {
            "kind": ("", "numbers: of a rule; forces: men of a force at the branch; believed: the answer to a dispute"),
            "draw": ("", "the draw of the numbers, or of the record, as runs.parquet names it"),
            "name": ("", "the number, the force or the question, by its name"),
            "value": (
                "that of the number, as scenario.json has it; men of a force",
                "the value; null where it is a word",
            ),
            "text": ("", "the answer in words; null where it is a value"),
        },
    ),
    "control_by_day.parquet": (
        "who holds what by day, over the stories that came to their end",
        {
            "day": _DAY,
            "place": _PLACE,
            "holder": ("", "the actor, by its id; null: nobody, or several"),
            "share": (_SHARE, "of the stories in which it is so"),
        },
    ),
    "strengths_by_day.parquet": (
        "each actor's men by day, over the stories that came to their end",
        {
            "day": _DAY,
            "actor": _ACTOR,
            "mean": (_MEN, "in the mean"),
            **{f"p{part:02d}": (_MEN, f"the {part}th percentile") for part in (5, 25, 50, 75, 95)},
        },
    ),
    "passages.parquet": (
        "each place and each actor who comes to hold it, over the stories that came to their end",
        {
            "place": _PLACE,
            "holder": _ACTOR,
            "share": (_SHARE, "of the stories in which it comes to hold the place after the branch"),
            **{
                f"p{part:02d}": ("days", f"after the branch: the {part}th percentile of the first time, where it does")
                for part in (5, 25, 50, 75, 95)
            },
        },
    ),
}
"""Every table of an ensemble: what a row is, and its columns."""


def schemas_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The columns of the tables among some files."""
    import pyarrow.parquet as pq

    return {name: pq.read_schema(io.BytesIO(it)) for name, it in files.items() if name.endswith(".parquet")}


def schemas_in(folder: Path) -> dict[str, Any]:
    """The columns of the tables in a folder."""
    return {path.name: schema_of(path) for path in sorted(folder.glob("*.parquet"))}


def data_package(schemas: Mapping[str, Any], about: About) -> bytes:
    """The description of the tables of an ensemble.

    Args:
        schemas: their columns, by file.
        about: what the ensemble is of.

    Raises:
        LookupError: a table or a column is described nowhere.
    """
    answers = {"runs.parquet": _answers(about)}
    rows = {name: (row, {**columns, **answers.get(name, {})}) for name, (row, columns) in _TABLES.items()}
    return _package(schemas, about.scenario, about.title, rows)


def with_package(
    files: Mapping[str, bytes], name: str, title: str, tables: Mapping[str, tuple[str, DescribedColumns]]
) -> dict[str, bytes]:
    """Some files, with the description of the tables among them.

    Args:
        name, title: of the whole.
        tables: of each table, by its file, what a row is, and its columns.

    Raises:
        LookupError: a table or a column is described nowhere.
    """
    return {**files, DATA_PACKAGE: _package(schemas_of(files), name, title, tables)}


def _package(
    schemas: Mapping[str, Any], name: str, title: str, tables: Mapping[str, tuple[str, DescribedColumns]]
) -> bytes:
    rows = [_resource(file, schema, *tables[file]) for file, schema in sorted(schemas.items())]
    return json_bytes({"profile": "data-package", "name": name, "title": title, "resources": rows})


def _resource(name: str, schema: Any, row: str, columns: DescribedColumns) -> dict[str, Any]:
    return {
        "name": name.removesuffix(".parquet"),
        "path": name,
        "description": row,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {"fields": [_field(field, *columns[field.name]) for field in schema]},
    }


def _answers(about: About) -> dict[str, tuple[str, str]]:
    """The columns of answers: by question."""
    columns: dict[str, tuple[str, str]] = {}
    for question, terms in about.questions.items():
        unit = unit_of(terms["ask"])
        holds = (
            "1 for yes, 0 for no" if unit is None else "infinite: it never comes" if unit == "days" else "its answer"
        )
        columns[f"answer:{question}"] = (
            unit or "",
            f"{terms.get('text') or question} {holds}; not a number: it failed",
        )
    return columns


def _field(field: Any, unit: str, holds: str) -> dict[str, Any]:
    import pyarrow as pa

    kind = field.type
    name = (
        "string"
        if pa.types.is_string(kind)
        else "integer"
        if pa.types.is_integer(kind)
        else "number"
        if pa.types.is_floating(kind)
        else "boolean"
        if pa.types.is_boolean(kind)
        else "array"
    )
    return {"name": field.name, "type": name, **({"unit": unit} if unit else {}), "description": holds}
