"""What an ensemble is, so that its folder can be named after it: its inputs, the code and the versions.

Neither the number of workers nor any time or path is a part of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import attrs
import orjson

from situation.events import Event
from situation.record.record import Record
from situation.runs.folder import code_digest
from situation.scenario import Scenario
from situation.scenario.plugins import OutsideDoctrine
from situation.testimony.codec import plain

__all__ = ["digest_of", "identity_of", "scenario_as_run"]

LIBRARIES = ("attrs", "numpy", "orjson", "plotly", "pyarrow", "simpy")
"""What can change a byte of an ensemble's folder."""


def scenario_as_run(scenario: Scenario) -> dict[str, Any]:
    """A scenario as it is run: what it extends laid under it, every number with its range, unit and source."""
    left_out = ("file", "text", "twin")
    return {
        attribute.name: _told(getattr(scenario, attribute.name))
        for attribute in attrs.fields(type(scenario))
        if attribute.name not in left_out
    }


def _told(value: Any) -> Any:
    if isinstance(value, Event):
        return {"event": type(value).__name__, **plain(value)}
    if isinstance(value, OutsideDoctrine):
        return {"where": value.where, "digest": value.digest}
    if attrs.has(type(value)):
        return {
            attribute.name: _told(inner)
            for attribute in attrs.fields(type(value))
            if (inner := getattr(value, attribute.name)) not in (None, ())
        }
    if isinstance(value, Mapping):
        return {str(name): _told(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_told(inner) for inner in value]
    return plain(value)


def digest_of(told: Mapping[str, Any]) -> str:
    """The digest of some plain values."""
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def identity_of(scenario: Scenario, record: Record, seed: int, runs: int) -> dict[str, Any]:
    """What an ensemble is. Its `digest` names it."""
    told: dict[str, Any] = {
        "kind": "ensemble",
        "scenario": scenario.id,
        "situation": record.ground.situation,
        "record": record.digest,
        "parts": list(record.parts),
        "as_run": digest_of(scenario_as_run(scenario)),
        "written": hashlib.sha256(scenario.text.encode()).hexdigest(),
        **({"twin": hashlib.sha256(scenario.twin.encode()).hexdigest()} if scenario.twin else {}),
        "belief": scenario.branch.belief,
        "seed": seed,
        "runs": runs,
        "code": code_digest(),
        "versions": {name: metadata.version(name) for name in ("situation", *LIBRARIES)},
    }
    told["digest"] = digest_of(told)
    return told
