"""What a run is held against: its branch, the seal that it may bear, and its scores by its own situation's record."""

from __future__ import annotations

from typing import Any

from situation.dates import Minute
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score import Past, score_ensemble
from situation.ensemble.score.observed import known_since
from situation.errors import Fault, SituationError
from situation.record.loading import PARTS, load
from situation.record.record import Record
from situation.runs.finding import home_of_run, scenario_of
from situation.runs.seals import read_seal, seal_path
from situation.runs.stored_run import StoredRun

__all__ = ["branch_of", "scores_of", "seal_facts"]


def scores_of(stored: StoredRun) -> dict[str, Any]:
    """A run held against the record that it branched from, as `situation score` does it, without strengths."""
    past, _, note = branch_of(stored)
    sealed = seal_facts(stored, past.record, stored.ensemble.about.at)
    foresight = bool(sealed and sealed["before_the_record"])
    return {**score_ensemble(stored.ensemble, past, past.record), "note": note, "foresight": foresight}


def branch_of(
    stored: StoredRun, later: Record | None = None, release: str | None = None
) -> tuple[Past, RecordDraws | None, str | None]:
    """What was known at a run's branch, and its stories to simulate again, where its record is still what it was."""
    about, manifest = stored.ensemble.about, stored.manifest
    belief = str(manifest.get("belief") or "graded")
    try:
        scenario, record = scenario_of(stored.folder, stored.manifest)
    except SituationError as error:
        try:
            home = home_of_run(stored.folder, manifest)
        except Fault:
            if later is None or later.ground.situation != manifest["situation"]:
                raise
            record = later
        else:
            left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
            record = load(home, without=left, release=release or manifest.get("release"))
        if record.digest == manifest["record"]:
            raise error
        note = "The run's record has changed since: its branch is read from what it is now, and strengths are left out."
        return Past(record, about.at, about.known_at, belief), None, note
    draws = RecordDraws(scenario, record, int(manifest["seed"]))
    return Past(record, scenario.at, scenario.known_at, scenario.branch.belief), draws, None


def seal_facts(stored: StoredRun, known: Record, since: Minute) -> dict[str, Any] | None:
    """Whether a run was sealed before the claims became known of the time that is scored; None: it is not sealed."""
    path = seal_path(stored.folder)
    if not path.exists():
        return None
    seal = read_seal(path, stored.manifest)
    sealed_at = known.ground.clock.moment(str(seal.content["sealed_at"]))
    moments = known_since(known, since)
    before = sum(moment <= sealed_at for moment in moments)
    return {
        "file": str(path),
        "seal": seal.digest,
        "sealed_at": seal.content["sealed_at"],
        "signed_by": seal.signed_by,
        "claims": len(moments),
        "claims_before": before,
        "before_the_record": not before,
    }
