"""Eight stories of every scenario, to the letter: a digest of what happened, and one of why.

`stories.json` holds both for each story. A change of an outcome changes *what*; a change of a rule's name, of odds or of
an address changes *why* alone. Both are taken over the text in which a log is written down.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.record.loading import load, scenario_files
from situation.record.record import Record
from situation.scenario import Scenario, load_scenario
from situation.story.story import Story
from situation.testimony.codec import plain, tagged_mapping
from tests.unit.valley_stories import GUNS, PLAN, scenario_of, valley

HERE = Path(__file__).parent
LIBRARY = HERE.parents[1] / "scenarios"
GOLDEN = HERE / "stories.json"
STORIES, SEED = 8, 1
FEW = 4
"""So many of them here, the others in the long tests."""
VALLEY = {"tarn-valley/push-on": PLAN, "tarn-valley/guns": GUNS}


FILES = [path for folder in sorted(LIBRARY.glob("*/map.yaml")) for path in scenario_files(folder.parent)]
NAMES = [*(f"{path.parent.name}/{path.stem}" for path in FILES), *VALLEY]


@cache
def record_of(folder: Path) -> Record:
    return load(folder)


def scenario_named(name: str) -> tuple[Scenario, Record]:
    if name in VALLEY:
        with TemporaryDirectory() as folder:
            small = valley(Path(folder))
            small.files["plan.yaml"] = VALLEY[name]
            return scenario_of(small)
    situation, _, scenario = name.partition("/")
    record = record_of(LIBRARY / situation)
    return load_scenario(LIBRARY / situation / f"{scenario}.yaml", record), record


def digests(story: Story) -> dict[str, str]:
    """The digest of what happened in a story, and of why."""
    what, why = hashlib.blake2b(digest_size=8), hashlib.blake2b(digest_size=8)
    for entry in story.entries:
        event = json.dumps(tagged_mapping(entry.event, "event"), sort_keys=True, ensure_ascii=False)
        what.update(f"{entry.time}\t{event}\n".encode())
        why.update(f"{json.dumps(plain(entry.cause), sort_keys=True, ensure_ascii=False)}\n".encode())
    return {"what": what.hexdigest(), "why": why.hexdigest()}


def stories_of(name: str, first: int = 0, stop: int = STORIES) -> list[dict[str, str]]:
    """Some of them, each on its own draw of the record, as an ensemble tells them."""
    scenario, record = scenario_named(name)
    record_draws = RecordDraws(scenario, record, SEED)
    return [digests(record_draws.tell(index_of(run))) for run in range(first, stop)]


def test_every_scenario_has_its_digests() -> None:
    assert sorted(json.loads(GOLDEN.read_text("utf-8"))) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("first", "stop"), [(0, FEW), pytest.param(FEW, STORIES, marks=pytest.mark.long)])
def test_its_stories_are_as_they_were(name: str, first: int, stop: int) -> None:
    assert stories_of(name, first, stop) == json.loads(GOLDEN.read_text("utf-8"))[name][first:stop]


def test_the_digests_of_different_stories_differ() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    for key in ("what", "why"):
        seen = [story[key] for stories in golden.values() for story in stories]
        assert len(set(seen)) > len(seen) / 2, key


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps({name: stories_of(name) for name in NAMES}, indent=1) + "\n", "utf-8")
