"""Doctrines from outside: offered by an installed package, named by a scenario, followed by every worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from situation.errors import Fault, InputError
from situation.events import MarchBegan, OrderGiven
from situation.runs.identity import ensemble_identity
from situation.scenario import load_scenario
from situation.scenario.orders import Order
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.story.view import View
from tests.unit.small import Small
from tests.unit.valley_stories import PLAN, valley

MODULE = """\
from situation.scenario.orders import Order


def to_the_dunes(view):
    return tuple(Order(force, "march", view.next_leg(place, "dunes")) for force, place in view.free_forces() if place != "dunes")
"""


def to_the_dunes(view: View) -> tuple[Order, ...]:
    """As MODULE has it."""
    ways = ((force, view.next_leg(place, "dunes")) for force, place in view.free_forces() if place != "dunes")
    return tuple(Order(force, "march", leg) for force, leg in ways if leg is not None)


def nonsense(view: View) -> tuple[Any, ...]:
    """No orders at all."""
    return ("march!",)


def written(folder: Path) -> Small:
    small = valley(folder)
    small.plant("plan.yaml", "doctrine: advance, forces", "doctrine: straight to the dunes, forces")
    small.write()
    return small


def test_a_scenario_names_a_doctrine_from_outside_and_its_forces_follow_it(tmp_path: Path) -> None:
    small = written(tmp_path)
    record = small.load()
    plan = load_scenario(small.folder / "plan.yaml", record, {"straight to the dunes": to_the_dunes})
    story = tell(stage_of(plan, record), 3)
    legs = [
        entry.event.to
        for entry in story.entries
        if isinstance(entry.event, MarchBegan) and entry.event.force == "column"
    ]
    assert legs[0] == "dell"
    ordered = next(entry for entry in story.entries if isinstance(entry.event, OrderGiven))
    assert ordered.cause.rule == "doctrine straight to the dunes"  # type: ignore[union-attr]


def test_a_doctrine_that_nobody_brings_is_a_problem_at_its_line(tmp_path: Path) -> None:
    small = written(tmp_path)
    with pytest.raises(InputError, match="There is no doctrine 'straight to the dunes'"):
        load_scenario(small.folder / "plan.yaml", small.load())


def test_a_doctrine_from_outside_cannot_take_the_name_of_one_of_the_projects_own(tmp_path: Path) -> None:
    small = written(tmp_path)
    with pytest.raises(Fault, match="'advance' is a doctrine already"):
        load_scenario(small.folder / "plan.yaml", small.load(), {"advance": to_the_dunes})


def test_what_is_no_order_stops_the_story_with_the_doctrines_name(tmp_path: Path) -> None:
    small = written(tmp_path)
    record = small.load()
    plan = load_scenario(small.folder / "plan.yaml", record, {"straight to the dunes": nonsense})
    with pytest.raises(TypeError, match="The doctrine 'straight to the dunes' gave what is no order: 'march!'"):
        tell(stage_of(plan, record), 3)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order("column", "march", "atlantis"), "there is no place 'atlantis'"),
        (Order("rebels@dell", "hide", "dell"), "it is not one of north's"),
        (Order("colum", "march", "dell"), "there is no force 'colum'"),
        (Order("north", "seal", "dell--atlantis"), "there is no link 'dell--atlantis'"),
        (Order("north", "posture", "sulk"), "'sulk' is no posture"),
    ],
)
def test_an_order_that_nobody_could_carry_out_stops_the_story_with_the_reason(
    tmp_path: Path, order: Order, said: str
) -> None:
    small = written(tmp_path)
    record = small.load()
    plan = load_scenario(small.folder / "plan.yaml", record, {"straight to the dunes": nonsense})
    with pytest.raises(ValueError, match=f"^The doctrine 'straight to the dunes' ordered '{order.force}' to .*{said}"):
        tell(stage_of(plan, record), 3, doctrines={"straight to the dunes": lambda _: (order,)})


def test_a_doctrine_that_no_plan_follows_is_no_part_of_what_a_run_is(tmp_path: Path) -> None:
    small = written(tmp_path)
    small.add("plain.yaml", PLAN.replace("push-on", "plain"))
    small.write()
    record = small.load()
    alone = load_scenario(small.folder / "plain.yaml", record)
    beside = load_scenario(small.folder / "plain.yaml", record, {"straight to the dunes": to_the_dunes})
    assert ensemble_identity(alone, record, 1, 8) == ensemble_identity(beside, record, 1, 8)


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """A package that offers the doctrine, installed in a folder of its own; and the command line with it."""
    home = tmp_path / "scenarios" / "tarn-valley"
    home.mkdir(parents=True)
    written(home)
    (home / "plan.yaml").rename(home / "push-on.yaml")
    packages = tmp_path / "packages"
    about = packages / "desert_roads-1.2.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: desert-roads\nVersion: 1.2\n")
    (about / "entry_points.txt").write_text(
        "[situation.doctrines]\nstraight to the dunes = desert_roads:to_the_dunes\n"
    )
    (packages / "desert_roads.py").write_text(MODULE)

    def situation(*arguments: str, module: str = MODULE) -> dict[str, Any]:
        (packages / "desert_roads.py").write_text(module)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(packages), *sys.path))}
        command = [sys.executable, "-B", "-c", "from situation.commands.cli import main; main()", *arguments, "--json"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return situation


def test_an_installed_package_offers_a_doctrine_and_the_command_lists_it(
    installed: Callable[..., dict[str, Any]],
) -> None:
    listed = installed("plugins")["doctrines"]
    assert {
        "name": "straight to the dunes",
        "where": "desert_roads:to_the_dunes",
        "package": "desert-roads 1.2",
    } in listed
    assert {"name": "advance", "where": "situation.story.decide.doctrines", "package": ""} in listed


@pytest.mark.long
def test_every_worker_follows_it_and_another_text_of_it_is_another_run(
    installed: Callable[..., dict[str, Any]],
) -> None:
    command = ("run", "push-on", "--runs", "16")
    one, two = installed(*command, "--workers", "1"), installed(*command, "--workers", "2")
    assert one["digest"] == two["digest"]
    assert not one["failed"]
    assert installed(*command, "--workers", "1", module=MODULE + "\n# again\n")["digest"] != one["digest"]
