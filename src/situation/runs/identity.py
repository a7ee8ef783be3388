"""What a run is: its inputs, the code and the versions, and the digest of these that names its folder.

Neither the number of workers nor any time or path is a part of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

import attrs
import orjson

from situation.dates import Minute
from situation.ensemble.calibrate.waves import Setting
from situation.ensemble.code import code_digest
from situation.errors import harmless_name
from situation.events import Event
from situation.page.contract import DIGEST_DIGITS
from situation.record.alternatives.views import view_as_named
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.plugins import OutsideDoctrine
from situation.testimony.codec import plain

__all__ = [
    "calibration_identity",
    "comparison_identity",
    "digest_of",
    "ensemble_identity",
    "folder_name",
    "part_identity",
    "replay_identity",
    "scenario_as_run",
    "sweep_identity",
]

_REPLAY_LIBRARIES = ("attrs", "pandas", "pyarrow", "plotly", "orjson")
"""The packages that can change a byte of a replay's folder."""
_ENSEMBLE_LIBRARIES = ("attrs", "numpy", "orjson", "plotly", "pyarrow", "simpy")
"""The packages that can change a byte of an ensemble's folder."""
_SWEEP_LIBRARIES = ("SALib", "scipy")
"""Those beside them that can change a byte of a sweep's folder, but for a hypercube's."""


def replay_identity(record: Record, until: Minute, lens: Lens) -> dict[str, Any]:
    """The inputs, code and versions of a replay, with their `digest`."""
    ground = record.ground
    return _with_digest(
        {
            "kind": "replay",
            "situation": ground.situation,
            "record": record.digest,
            "geography": record.geography.digest,
            "parts": list(record.parts),
            "until": ground.clock.text(until),
            "known_at": None if lens.known_at is None else ground.clock.text(record.known(lens.known_at)),
            "belief": lens.belief,
            "carried": lens.carried,
            **({"view": view_as_named(lens.view, ground)} if lens.view else {}),
            **_handling(record, lens),
            "code": code_digest(),
            "versions": _versions(_REPLAY_LIBRARIES),
        }
    )


def ensemble_identity(scenario: Scenario, record: Record, seed: int, runs: int) -> dict[str, Any]:
    """The inputs, code and versions of an ensemble, with their `digest`."""
    return _with_digest({"kind": "ensemble", **_of_stories(scenario, record, seed), "runs": runs})


def part_identity(scenario: Scenario, record: Record, seed: int, first: int, stop: int) -> dict[str, Any]:
    """The same of the stories from `first` to the one before `stop`, with their `digest`.

    `whole` is the digest of what does not depend on the range: parts in which it is the same belong together.
    """
    stories = _of_stories(scenario, record, seed)
    return _with_digest({"kind": "part", **stories, "whole": digest_of(stories), "first": first, "stop": stop})


def _of_stories(scenario: Scenario, record: Record, seed: int) -> dict[str, Any]:
    """All on which a story depends, but its number."""
    return {
        "scenario": scenario.id,
        "situation": record.ground.situation,
        "record": record.digest,
        "geography": record.geography.digest,
        "parts": list(record.parts),
        "as_run": digest_of(scenario_as_run(scenario)),
        "written": hashlib.sha256(scenario.text.encode()).hexdigest(),
        **({"twin": hashlib.sha256(scenario.twin.encode()).hexdigest()} if scenario.twin else {}),
        "belief": scenario.branch.belief,
        **({"account": scenario.branch.account} if scenario.branch.account else {}),
        **_handling(record, Lens()),
        "seed": seed,
        "code": code_digest(),
        "versions": _versions(_ENSEMBLE_LIBRARIES),
    }


def sweep_identity(
    scenario: Scenario, record: Record, method: str, size: int, numbers: Iterable[str], seed: int, runs: int
) -> dict[str, Any]:
    """The inputs, code and versions of a sweep, with their `digest`; `runs`: stories at each point."""
    stories = _of_stories(scenario, record, seed)
    libraries = _SWEEP_LIBRARIES if method != "hypercube" else ()
    design = {"method": method, "size": size, "numbers": list(numbers)}
    versions = {**stories["versions"], **_versions(libraries)}
    return _with_digest({"kind": "sweep", **stories, **design, "runs": runs, "versions": versions})


def calibration_identity(
    scenario: Scenario, record: Record, until: str, numbers: Iterable[str], setting: Setting
) -> dict[str, Any]:
    """The inputs, code and versions of a calibration, with their `digest`; `runs`: stories at each point."""
    how = {"runs": setting.stories, **{key: getattr(setting, key) for key in ("points", "waves", "share", "leave_out")}}
    stories = _of_stories(scenario, record, setting.seed)
    return _with_digest({"kind": "calibration", **stories, "until": until, "numbers": list(numbers), **how})


def _handling(record: Record, lens: Lens) -> dict[str, Any]:
    """When it is shown, and how it is to be handled; a page shows every reading, and so bears every mark."""
    marked = record.marked(None, lens.carried)
    return {"release": marked["release"], "handling": marked}


def comparison_identity(first: str, second: str, handling: Mapping[str, str | None] | None) -> dict[str, Any]:
    """The digests of the two ensembles that are compared, how it is to be handled, and the comparison's `digest`."""
    marked = {} if handling is None else {"handling": dict(handling)}
    return _with_digest({"kind": "comparison", "first": first, "second": second, **marked})


def folder_name(stem: str, digest: str) -> str:
    """The name of a run folder: what the run is of, and the first digits of its digest."""
    return f"{harmless_name(stem)}-{digest[:DIGEST_DIGITS]}"


def digest_of(values: Mapping[str, Any]) -> str:
    """The digest of plain values, whatever their order."""
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _with_digest(identity: dict[str, Any]) -> dict[str, Any]:
    return {**identity, "digest": digest_of(identity)}


def _versions(libraries: tuple[str, ...]) -> dict[str, str]:
    return {name: metadata.version(name) for name in ("situation", *libraries)}


def scenario_as_run(scenario: Scenario) -> dict[str, Any]:
    """A scenario as run: merged with what it extends, every number with its range, unit and source."""
    left_out = ("file", "text", "twin")
    return {
        attribute.name: _plain_value(getattr(scenario, attribute.name))
        for attribute in attrs.fields(type(scenario))
        if attribute.name not in left_out and not (attribute.name == "tour" and not scenario.tour)
    }


def _plain_value(value: Any) -> Any:
    if isinstance(value, Event):
        return {"event": type(value).__name__, **plain(value)}
    if isinstance(value, OutsideDoctrine):
        return {"where": value.where, "digest": value.digest}
    if attrs.has(type(value)):
        return {
            attribute.name: _plain_value(inner)
            for attribute in attrs.fields(type(value))
            if (inner := getattr(value, attribute.name)) not in (None, ())
        }
    if isinstance(value, Mapping):
        return {str(name): _plain_value(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain_value(inner) for inner in value]
    return plain(value)
