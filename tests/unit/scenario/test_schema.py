"""The schema of a scenario's file: as committed, true of every scenario here, and no looser than it should be."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.record.loading import load
from situation.scenario.schema import scenario_schema
from situation.testimony.documents import read

FOLDER = Path("scenarios/al-qaim-2017")
GOLDEN = Path("docs/scenario.schema.json")
SCENARIOS = sorted(
    path for path in FOLDER.glob("*.yaml") if path.stem not in ("map", "sources", "record", "background")
)
KINDS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a value breaks of a schema: the few words of JSON Schema that this one uses, by their definition."""
    if "$ref" in schema:
        yield from faults(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, at)
        return
    for word in ("anyOf", "oneOf"):
        fitting = [one for one in schema.get(word, ()) if not list(faults(value, one, whole, at))]
        if word in schema and (not fitting or (word == "oneOf" and len(fitting) != 1)):
            yield f"{at}: fits {len(fitting)} of {word}"
    if "type" in schema and (
        not isinstance(value, KINDS[schema["type"]]) or isinstance(value, bool) != (schema["type"] == "boolean")
    ):
        yield f"{at}: is no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: is not {schema['const']}"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{at}: does not match"
    if isinstance(value, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        for key, inner in value.items():
            if key not in properties and more is False:
                yield f"{at}.{key}: is no key"
            else:
                yield from faults(inner, properties.get(key, more or {}), whole, f"{at}.{key}")
        yield from (f"{at}: lacks {key}" for key in schema.get("required", ()) if key not in value)
        if "if" in schema and not list(faults(value, schema["if"], whole, at)):
            yield from faults(value, schema["then"], whole, at)
    if "not" in schema and not list(faults(value, schema["not"], whole, at)):
        yield f"{at}: must not"
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from faults(inner, schema.get("items", {}), whole, f"{at}[{place}]")


def document(path: Path) -> Any:
    found, problems = read(path, path.name)
    assert found is not None
    assert not problems
    return found.value


def test_the_command_prints_the_committed_schema() -> None:
    result = CliRunner().invoke(main, ["schema"])
    assert result.exit_code == 0
    assert result.stdout == GOLDEN.read_text("utf-8"), "Run: situation schema > docs/scenario.schema.json"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_here_has_this_form(path: Path) -> None:
    whole = scenario_schema()
    assert list(faults(document(path), whole, whole)) == []


def _without(*keys: str) -> Any:
    def change(value: Any) -> None:
        inner = value
        for key in keys[:-1]:
            inner = inner[key]
        del inner[keys[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it.update(horizont="120 d"), ".horizont: is no key"),
        (lambda it: it.update(horizon="120 days"), ".horizon: does not match"),
        (_without("horizon"), ": lacks horizon"),
        (lambda it: it["forces"]["is-rawa"].update(best="many"), ".forces.is-rawa: fits 0 of anyOf"),
        (lambda it: it["doctrines"]["rawa"].update(forces="anah-column"), ".doctrines.rawa: fits 0 of anyOf"),
        (lambda it: it["actors"]["islamic-state"].update(last_stand={"hold": "x"}), ".actors.islamic-state: fits 0"),
        (lambda it: it["actors"]["islamic-state"].update(last_stand=0.3), ".actors.islamic-state: fits 0 of anyOf"),
        (lambda it: it["questions"]["clash"].update(ask="fight"), ".questions.clash: fits 0 of anyOf"),
        (
            lambda it: it.update(given={"x": {"event": {"event": "Captured", "place": "rawa"}}}),
            ".given.x: fits 0 of anyOf",
        ),
    ],
)
def test_a_fault_of_form_is_found(change: Any, said: str) -> None:
    value = copy.deepcopy(document(FOLDER / "baseline.yaml"))
    change(value)
    whole = scenario_schema()
    found = list(faults(value, whole, whole))
    assert len(found) == 1
    assert found[0].startswith(said)


def test_with_a_situation_its_names_are_offered() -> None:
    whole = scenario_schema(load(FOLDER).ground)
    assert "rawa" in whole["$defs"]["Plan"]["properties"]["objectives"]["items"]["examples"]
    assert json.loads(CliRunner().invoke(main, ["schema", str(FOLDER)]).stdout) == whole
