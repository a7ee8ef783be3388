"""Run folders: what those of ensembles are named after, how they are written, and how they are read again."""

from situation.archive.identity import identity_of, scenario_as_run
from situation.archive.reading import Kept, is_run, manifest_of, open_run
from situation.archive.replays import replay_files
from situation.archive.writing import ensemble_files
from situation.runs import PAGE

__all__ = [
    "PAGE",
    "Kept",
    "ensemble_files",
    "identity_of",
    "is_run",
    "manifest_of",
    "open_run",
    "replay_files",
    "scenario_as_run",
]
