"""Stories of the Tarn valley: ways between its places, and a scenario that branches when the North has taken Arlen."""

from __future__ import annotations

import re
from pathlib import Path

from situation.errors import InputError
from situation.record.record import Record
from situation.scenario import Scenario, load_scenario
from tests.unit.small import Small

__all__ = ["GUNS", "PLAN", "problems", "scenario_of", "valley", "valley_home"]

LINKS = """\
  - {id: arlen--dell, ends: [arlen, dell], kind: road, km: 12.5, source: invented}
  - {id: arlen--arlen-bridge, ends: [arlen, arlen-bridge], kind: road, km: 1.0, source: invented}
  - {id: dell--corve, ends: [dell, corve], kind: road, km: 20.0, source: invented}
  - {id: dell--dunes, ends: [dell, dunes], kind: desert-track, km: 30.0, source: invented}
  - {id: corve--corve-mill, ends: [corve, corve-mill], kind: road, km: 1.0, source: invented}
  - {id: corve--corve-dock, ends: [corve, corve-dock], kind: ferry, km: 1.0, source: invented}
"""

PLAN = """\
scenario: push-on
title: The North pushes on
about: "The North goes on to Dell."
assumes: "all of it"
suggested_by: [T1-01]
situation: tarn-valley
branch: {at: 2020-03-12, known_at: 2020-03-31}
horizon: 60 d
totals:
  rebels: {low: 900, best: 1000, high: 1200, unit: fighters, source: ASSUMED, reason: so be it}
forces:
  column:
    {actor: north, at: arlen, kind: field, low: 1500, best: 2000, high: 3000, unit: troops,
     source: ASSUMED, reason: so be it}
  north-posts:
    {actor: north, at: arlen, value: 300, unit: troops, source: ASSUMED, reason: so be it}
  rebel-towns:
    {actor: rebels, at: {dell: 0.6, arlen-bridge: 0.4}, low: 300, best: 500, high: 800, unit: fighters,
     source: ASSUMED, reason: so be it}
  rebel-ring:
    {actor: rebels, at: [corve-mill, corve-dock], low: 100, best: 200, high: 400, unit: fighters,
     source: ASSUMED, reason: so be it}
  rebel-camp:
    {actor: rebels, at: dunes, kind: hidden, low: 50, best: 100, high: 200, unit: fighters, source: ASSUMED, reason: so be it}
  south-garrison:
    {actor: south, at: corve, low: 400, best: 500, high: 600, unit: troops, source: ASSUMED, reason: so be it}
actors:
  north: {position: hasty}
  south: {position: prepared}
  rebels: {posture: hold, position: prepared, melt: melt}
doctrines:
  push:
    {actor: north, doctrine: advance, forces: [column], objectives: [arlen-bridge, dell], start: rest,
     switch: [{when: [{cell: dell.holder, is: north}], to: hold}]}
  rebels: {actor: rebels, doctrine: hold}
given:
  guns: {event: {event: AirSupportGiven, actor: south, toward: north, level: some}, when: [{after: 10 d}], chance: luck}
parameters:
  rest: {low: 1, best: 2, high: 4, unit: days, source: ASSUMED, reason: so be it}
  luck: {low: 0.2, best: 0.5, high: 0.8, family: beta, unit: chance, source: ASSUMED, reason: so be it}
questions:
  dell: {ask: captured, place: dell, by: north}
  camp: {ask: fighters, actor: rebels, area: lowlands, at: 2020-04-01}
"""


GUNS = re.sub(r"  luck: .*\n", "", PLAN.replace("scenario: push-on", "scenario: guns").replace(", chance: luck", ""))
"""The same plan, but the guns come for certain."""


def valley(folder: Path) -> Small:
    """The valley's files with ways between its places, and `plan.yaml` beside them, to be planted with faults."""
    small = Small(folder)
    small.plant(
        "map.yaml", "  - {id: arlen--dell, ends: [arlen, dell], kind: road, km: 12.5, source: invented}\n", LINKS
    )
    return small.add("plan.yaml", PLAN)


def valley_home(folder: Path, **plans: str) -> Path:
    """A folder with the valley under `scenarios/`: its plan `push-on`, and further plans by name."""
    there = folder / "scenarios" / "tarn-valley"
    there.mkdir(parents=True)
    small = valley(there)
    for name, text in plans.items():
        small.add(f"{name}.yaml", text)
    small.write()
    (there / "plan.yaml").rename(there / "push-on.yaml")
    return folder


def scenario_of(small: Small) -> tuple[Scenario, Record]:
    """The scenario of `plan.yaml`, and the record that it branches from."""
    record = small.load()
    return load_scenario(small.folder / "plan.yaml", record), record


def problems(small: Small, file: str = "plan.yaml") -> list[str]:
    """Every problem of a scenario as it is told, the folder's name left out."""
    small.write()
    try:
        load_scenario(small.folder / file)
    except InputError as error:
        return [str(problem).removeprefix(f"{small.folder}/") for problem in error.problems]
    return []
