"""What may be replaced where a person says where to write: what the command itself writes, whole or broken, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import orjson

from situation.errors import SituationError
from situation.runs.data_package import DATA_PACKAGE
from situation.runs.manifest import MANIFEST, PAGE, BrokenRun, content_of, is_run, read_manifest
from situation.testimony.disk.marks import MADE_HERE
from situation.testimony.disk.reading import why_none

__all__ = ["check_own_file", "check_replaceable", "check_target", "holds_nothing_else"]

_SCENARIO = ("scenario.yaml", "scenario.json")
_TABLES = ("runs", "twins", "strengths", "holders", "clashes", "triggers", "fates", "draws", "passages")
_BY_DAY = ("control_by_day", "strengths_by_day")
_STORIES = ".stories"
_NAMES: Mapping[str, tuple[str, ...]] = {
    "replay": ("events.jsonl", "history.csv", "history.parquet", "state.json", "judgements.json", DATA_PACKAGE, PAGE),
    "ensemble": (
        "about.json",
        *_SCENARIO,
        "compared-with.yaml",
        "questions.json",
        "judgements.json",
        DATA_PACKAGE,
        *(f"{name}.parquet" for name in (*_TABLES, *_BY_DAY)),
        PAGE,
    ),
    "part": ("scenario.yaml", "compared-with.yaml"),
    "sweep": ("sweep.json", *_SCENARIO, "experiments.parquet", "experiments.csv", DATA_PACKAGE),
    "calibration": (
        "calibration.json",
        *_SCENARIO,
        *(f"{name}.{ending}" for name in ("accepted", "experiments") for ending in ("parquet", "csv")),
        "posterior.yaml",
        DATA_PACKAGE,
    ),
    "comparison": ("comparison.json", "partings.parquet", DATA_PACKAGE, PAGE),
}
"""The files of each kind of run beside the manifest. The first is of no other kind; a part has besides some of stories."""
_WORDS: Mapping[str, str] = {
    "replay": "a replay",
    "ensemble": "an ensemble",
    "part": "a part of a run",
    "sweep": "a sweep",
    "calibration": "a calibration",
    "comparison": "a comparison",
}
_SIGNS: Mapping[str, tuple[bytes, ...]] = {
    "page": (b'<script type="text/plain" id="payload">',),
    "brief": (MADE_HERE,),
    "picture": (MADE_HERE, b" \xc2\xb7 situation "),
}
"""What stands in every file of a kind, and hardly in another."""


def check_target(target: Path) -> None:
    """Check that a run can be written to a folder: it is not there, is empty, or is a run's.

    Raises:
        SituationError: it is a file, or holds something else.
    """
    if target.exists() and not target.is_dir():
        fact = why_none(target, "a run folder")
        raise SituationError(f"{target}: {fact} Name a folder that does not exist yet.", argument="out")
    if target.is_dir() and any(target.iterdir()) and not is_run(target):
        raise SituationError(f"{target}: The folder holds something that is no run. Name another.", argument="out")


def check_replaceable(place: Path, identity: Mapping[str, Any]) -> None:
    """Check that a folder that a person named is not there, is empty, or holds what is written there, whole or broken.

    A part of a run makes way for itself alone: its stories may be nowhere else. Of a folder whose manifest is torn the names
    of its files tell what it is.

    Args:
        place: the folder.
        identity: what is to be written: its kind and digest.

    Raises:
        SituationError: it holds something else.
    """
    check_target(place)
    if not is_run(place):
        return
    kind, digest, span, files = _what_is_there(place)
    if kind == "part" and (identity["kind"], identity["digest"]) != ("part", digest):
        stories = "stories" if span is None else f"stories {span[0]} to {span[1] - 1}"
        raise _refused(place, f"The folder holds {stories} of a run, which may be nowhere else.")
    if kind is None:
        raise _refused(place / MANIFEST, "This is not the manifest of a run, nor are the files beside it those of one.")
    if kind != identity["kind"]:
        raise _refused(place, f"The folder holds {_WORDS[kind]}, where {_WORDS[identity['kind']]} is to be written.")
    if files is None and (other := _other_in(place, (kind,))):
        fact = "This is no part of the run, whose manifest is broken, and would go with it."
        raise SituationError(f"{place / other}: {fact} Move it elsewhere, or name another folder.", argument="out")


def check_own_file(path: Path, what: str) -> None:
    """Check that a file that a person named is not there, is empty, or is what is written there, and no file of a run.

    Args:
        path: the file.
        what: what is written: a page, a brief or a picture.

    Raises:
        SituationError: something else would be lost.
    """
    names = {MANIFEST, *(name for files in _NAMES.values() for name in files)}
    if (path.name in names or path.suffix == _STORIES) and is_run(path.parent):
        raise SituationError(f"{path}: This is a file of a run. Name another file.", argument="out")
    try:
        there = path.read_bytes() if path.is_file() else b""
    except OSError:
        there = b"unread"
    if there and not any(sign in there for sign in _SIGNS[what]):
        raise SituationError(
            f"{path}: The file is no {what} that was made here. Name another, or remove it.", argument="out"
        )


def _refused(path: Path, fact: str) -> SituationError:
    return SituationError(f"{path}: {fact} Name another folder.", argument="out")


def holds_nothing_else(folder: Path) -> bool:
    """Whether all that lies in a folder bears the name of a file of some run."""
    return folder.is_dir() and not folder.is_symlink() and not _other_in(folder, tuple(_NAMES))


def _what_is_there(place: Path) -> tuple[str | None, str, tuple[int, int] | None, Collection[str] | None]:
    """The kind of a run that is there, its digest, the stories of a part, and its files; None: that cannot be told."""
    try:
        manifest = read_manifest(place)
    except BrokenRun:
        kind, digest = _left_of_manifest(place)
        names = {path.name for path in place.iterdir()}
        if kind is None and any(name.endswith(_STORIES) for name in names):
            kind = "part"
        if kind is None:
            kind = next((one for one, files in _NAMES.items() if one != "part" and files[0] in names), None)
        return kind, digest, None, None
    span = (manifest["first"], manifest["stop"]) if manifest["kind"] == "part" else None
    return manifest["kind"], manifest["digest"], span, manifest["files"]


def _left_of_manifest(place: Path) -> tuple[str | None, str]:
    """The kind and digest in a manifest that is not what it was; None and empty where it does not tell them."""
    try:
        manifest = orjson.loads(content_of(place / MANIFEST))
    except (BrokenRun, orjson.JSONDecodeError):
        return None, ""
    if not isinstance(manifest, dict) or not isinstance(manifest.get("seal"), str):
        return None, ""
    kind = manifest.get("kind")
    return (kind if isinstance(kind, str) and kind in _NAMES else None), str(manifest.get("digest"))


def _other_in(folder: Path, kinds: Collection[str]) -> str:
    """The first name in a folder that is of no file of a run of some kinds; empty where there is none."""
    own = {MANIFEST, *(name for kind in kinds for name in _NAMES[kind])}
    for path in sorted(folder.iterdir()):
        of_stories = "part" in kinds and path.name.endswith(_STORIES)
        if (path.name not in own and not of_stories) or (path.is_dir() and not path.is_symlink()):
            return path.name
    return ""
