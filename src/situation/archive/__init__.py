"""The run folders of ensembles: what they are named after, how they are written, and how they are read again."""

from situation.archive.identity import identity_of, scenario_as_run
from situation.archive.reading import PAGE, Kept, is_run, manifest_of, open_run
from situation.archive.writing import ensemble_files

__all__ = ["PAGE", "Kept", "ensemble_files", "identity_of", "is_run", "manifest_of", "open_run", "scenario_as_run"]
