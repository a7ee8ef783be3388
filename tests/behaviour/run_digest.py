"""A program for test_worlds: the digest of all that the run folder of a short baseline holds, told by some workers."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from attrs import evolve

from situation.dates import DAY, Duration
from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About, ensemble_of
from situation.ensemble.results import results
from situation.ensemble.workers import tell_missing
from situation.record.loading import load
from situation.runs.identity import ensemble_identity
from situation.scenario import load_scenario
from tests.unit.run_files import ensemble_files

RUNS, SEED = 24, 5


def digest(situation: Path, chunks: Chunks, workers: int) -> str:
    record = load(situation)
    scenario = evolve(load_scenario(situation / "baseline.yaml", record), horizon=Duration(10 * DAY))
    tell_missing(scenario, record, SEED, chunks, workers)
    ensemble = ensemble_of(About.of(scenario, record, SEED, RUNS), chunks.read())
    identity = ensemble_identity(scenario, record, SEED, RUNS)
    whole = hashlib.sha256()
    for name, content in sorted(ensemble_files(ensemble, scenario, results(ensemble), identity).items()):
        whole.update(name.encode() + content)
    return whole.hexdigest()


if __name__ == "__main__":
    print(digest(Path(sys.argv[1]), Chunks(Path(sys.argv[2]), RUNS), int(sys.argv[3])))
