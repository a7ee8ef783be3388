"""Reading an ensemble's run folder, checked against its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.ensemble.ensemble import About, Ensemble
from situation.errors import Fault
from situation.page.judgements import Judgement
from situation.runs.folder import sound_manifest
from situation.runs.manifest import JUDGEMENTS, BrokenRun, check_listed
from situation.runs.run_shapes import AS_RUN, JUDGED, QUESTIONS, read_json
from situation.runs.run_tables import read_ensemble
from situation.runs.story_shapes import read_about

__all__ = ["StoredRun", "open_run", "stored_judgements"]


@frozen
class StoredRun:
    """An ensemble read from its folder: its stories, the scenario as run, the answers and judgements as they were written."""

    folder: Path
    manifest: Mapping[str, Any]
    answers: Mapping[str, Any]
    as_run: Mapping[str, Any]
    ensemble: Ensemble
    judgements: tuple[Judgement, ...] = ()

    def check_story(self, story: int) -> None:
        """Check that a story is of the run, and came to its end.

        Raises:
            Fault: it is not, or did not.
        """
        runs, reasons = self.ensemble.about.runs, self.ensemble.reasons
        if not 0 <= story < runs:
            raise Fault(f"There is no story {story}.", f"They run from 0 to {runs - 1}.", argument="story")
        if reasons[story]:
            raise Fault(f"Story {story} failed: {reasons[story]}.", "Name another.", argument="story")


def stored_judgements(folder: Path, manifest: Mapping[str, Any]) -> tuple[Judgement, ...]:
    """The key judgements of a replay or an ensemble, as its folder holds them; none of one that an older version wrote."""
    file = folder / JUDGEMENTS
    if JUDGEMENTS not in manifest["files"]:
        return ()
    return tuple({"kind": it["kind"], "text": it["text"]} for it in read_json(file, JUDGED))


def open_run(folder: Path) -> StoredRun:
    """Read an ensemble's folder. Its page is not looked at: it is made of the other files.

    Raises:
        Fault: it is no run of an ensemble.
        BrokenRun: its manifest or a file of it is gone or was changed.
    """
    manifest = sound_manifest(folder)
    if manifest["kind"] != "ensemble":
        raise Fault(
            f"{folder}: This is the folder of a {manifest['kind']}, not of a run of stories.",
            "Name one that 'situation run' has made.",
        )
    check_listed(folder, manifest)
    about, answers = read_about(folder, manifest), read_json(folder / "questions.json", QUESTIONS)
    as_run = read_json(folder / "scenario.json", AS_RUN)
    _check_names(folder, about, answers, as_run)
    return StoredRun(
        folder, manifest, answers, as_run, read_ensemble(folder, about), stored_judgements(folder, manifest)
    )


def _check_names(folder: Path, about: About, answers: Mapping[str, Any], as_run: Mapping[str, Any]) -> None:
    """Refuse answers to what was not asked, or that hang on what was not drawn.

    Raises:
        BrokenRun: the files do not belong together.
    """
    for row in answers["questions"]:
        if row["question"] not in about.questions or row["ask"] != about.questions[row["question"]]["ask"]:
            raise BrokenRun(folder / "questions.json", f"'{row['question']}' was not asked.")
        for weight in row.get("weights", ()):
            name = weight["number"]
            if name not in as_run["numbers"] and name.partition(" at ")[0] not in as_run["forces"]:
                raise BrokenRun(folder / "questions.json", f"'{name}' was not drawn.")
