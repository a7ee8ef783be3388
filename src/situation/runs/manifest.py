"""The manifest of a run folder: what the run is, and every other file with its size and digest, all of it under one seal.

A folder whose manifest or files are not what they were when it was written is broken, and nothing in it is believed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import Any

import orjson

from situation.errors import Fault, SituationError, harmless_json
from situation.runs.identity import digest_of
from situation.runs.shapes import COUNT, FLAG, NUMBER, TEXT, WHOLE, By, Each, Keys, Maybe, TableOf
from situation.testimony.disk.reading import check_file_name, read_file, why_none
from situation.testimony.ids import check_folder_id

__all__ = [
    "GONE_OR_CHANGED",
    "JUDGEMENTS",
    "MANIFEST",
    "PAGE",
    "BrokenRun",
    "broken_files",
    "check_listed",
    "content_of",
    "file_rows",
    "is_run",
    "json_bytes",
    "manifest_of",
    "read_manifest",
    "readable",
    "with_manifest",
]

PAGE = "index.html"
"""The page of a run folder. It is made of the other files, and can be made anew from them."""
MANIFEST = "manifest.json"
JUDGEMENTS = "judgements.json"
"""The key judgements of a replay or an ensemble; those of a comparison stand in its answer."""
_HEX_DIGITS = 64
_VERSIONS = By(TableOf(TEXT), lambda _: Keys({"situation": TEXT}))
_OF_RECORD: Mapping[str, Any] = {
    **dict.fromkeys(("situation", "record", "geography"), TEXT),
    "parts": Each(TEXT),
    "release": Maybe(TEXT),
}
_OF_STORIES: Mapping[str, Any] = {
    **_OF_RECORD,
    **dict.fromkeys(("scenario", "as_run", "written"), TEXT),
    "seed": WHOLE,
    "versions": TableOf(TEXT),
}
_MAY: Mapping[str, Any] = {
    **dict.fromkeys(("belief", "account", "view", "twin", "code"), TEXT),
    "handling": TableOf(Maybe(TEXT)),
}
_KEYS: Mapping[str, Keys] = {
    "replay": Keys(
        {
            **_OF_RECORD,
            **dict.fromkeys(("until", "belief"), TEXT),
            "known_at": Maybe(TEXT),
            "carried": FLAG,
            "versions": _VERSIONS,
        },
        _MAY,
    ),
    "ensemble": Keys({**_OF_STORIES, "runs": COUNT, "versions": _VERSIONS}, _MAY),
    "part": Keys({**_OF_STORIES, "whole": TEXT, **dict.fromkeys(("first", "stop"), COUNT)}, _MAY),
    "sweep": Keys({**_OF_STORIES, "runs": COUNT, "method": TEXT, "size": COUNT, "numbers": Each(TEXT)}, _MAY),
    "calibration": Keys(
        {
            **_OF_STORIES,
            "until": TEXT,
            **dict.fromkeys(("runs", "points", "waves"), COUNT),
            "share": NUMBER,
            "numbers": Each(TEXT),
        },
        _MAY,
    ),
    "comparison": Keys(dict.fromkeys(("first", "second"), TEXT), _MAY),
}
"""What the manifest of each kind of run has at least, and may have."""
_TABLES = ("runs", "twins", "strengths", "holders", "clashes", "triggers", "fates", "draws")
_FILES: Mapping[str, tuple[str, ...]] = {
    "replay": (),
    "ensemble": ("about.json", "questions.json", "scenario.json", *(f"{name}.parquet" for name in _TABLES)),
    "part": (),
    "sweep": ("sweep.json", "experiments.parquet"),
    "calibration": ("calibration.json",),
    "comparison": ("comparison.json",),
}
"""The files that are read again of each kind of run."""
GONE_OR_CHANGED = "The file is gone or was changed."
_AGAIN = "Give the command that made the run again: it sets this folder aside, and makes it anew."


class BrokenRun(SituationError):
    """A run folder is broken.

    Args:
        file: the file of it that is not what it was.
        fact: what is the case, a sentence.
    """

    def __init__(self, file: Path, fact: str) -> None:
        super().__init__(f"{file}: {fact} {_AGAIN}")
        self.file = file
        self.fact = fact


def json_bytes(value: Any, in_order: bool = True) -> bytes:
    """A value as a file of JSON; `in_order`: with keys in their given order, else sorted."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    text = orjson.dumps(value, option=option if in_order else option | orjson.OPT_SORT_KEYS)
    return harmless_json(text.decode()).encode()


def with_manifest(files: Mapping[str, bytes], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a run folder, with the manifest that names them and says what the run is."""
    return {**files, MANIFEST: manifest_of(identity, file_rows(files))}


def manifest_of(identity: Mapping[str, Any], rows: Mapping[str, Any]) -> bytes:
    """A manifest, of what a run is and a row for each of its files, under its seal."""
    content = {**identity, "files": rows}
    return json_bytes({**content, "seal": digest_of(content)}, in_order=False)


def file_rows(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The size and digest of each file."""
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    }


def is_run(path: Path) -> bool:
    """Whether a folder is a run's, if perhaps a broken one, or one that may not be looked into."""
    try:
        os.lstat(path / MANIFEST)
    except PermissionError:
        return path.is_dir()
    except (OSError, ValueError):
        return False
    return True


def content_of(path: Path) -> bytes:
    """What a file of a run folder holds.

    Raises:
        BrokenRun: it is gone, or no regular file of the folder.
        Fault: it may not be read; that does not make the run a broken one.
    """
    try:
        return read_file(path, path.parent)
    except Fault as fault:
        if isinstance(fault.__cause__, PermissionError):
            raise Fault(f"{path}: {fault.fact}", fault.advice) from None
        raise BrokenRun(path, fault.fact) from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder, under its seal; the other files are not looked at.

    Raises:
        Fault: it is no run folder.
        BrokenRun: the manifest is not what it was.
    """
    if not is_run(folder):
        odd = "This is no run folder." if folder.is_dir() else why_none(folder, "a run folder")
        raise Fault(f"{folder}: {odd or 'There is no such folder.'}", "Name one that 'situation run' wrote.")
    path = folder / MANIFEST
    written = content_of(path)
    try:
        manifest = orjson.loads(written)
    except orjson.JSONDecodeError:
        raise BrokenRun(path, "The file is torn or was changed.") from None
    if not isinstance(manifest, dict) or not _is_sealed(manifest) or written != json_bytes(manifest, in_order=False):
        raise BrokenRun(path, "The file was changed, or is of another version.")
    if (fact := _fault_of(manifest)) is not None:
        raise BrokenRun(path, fact)
    return manifest


def _is_sealed(manifest: Mapping[str, Any]) -> bool:
    """Whether the seal is that of the content, and the digest that of what the run is."""
    content = {name: value for name, value in manifest.items() if name != "seal"}
    identity = {name: value for name, value in content.items() if name not in ("digest", "files")}
    try:
        return manifest.get("seal") == digest_of(content) and manifest.get("digest") == digest_of(identity)
    except TypeError:  # a number that is none of JSON's
        return False


def _fault_of(manifest: Mapping[str, Any]) -> str | None:
    """What is wrong with the shape of a manifest that somebody sealed; None: nothing."""
    kind, rows = manifest.get("kind"), manifest.get("files")
    if not isinstance(kind, str) or kind not in _KEYS:
        return "There is no such kind of run."
    if (fact := _KEYS[kind].fault(manifest)) is not None:
        return fact
    try:
        for name in ("situation", "scenario"):
            if name in _KEYS[kind].needs:
                check_folder_id(manifest[name])
        for name, row in rows.items() if isinstance(rows, dict) else ():
            check_file_name(name)
            if not isinstance(row, dict) or len(str(row.get("sha256"))) != _HEX_DIGITS:
                return f"The row of {name} has no digest."
    except Fault as fault:
        return fault.fact
    return None if isinstance(rows, dict) else "files is missing, or is no mapping."


def check_listed(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Check that a manifest names the files that are read again of its kind of run.

    Raises:
        BrokenRun: it does not: a file of that name that lies there is no part of the run.
    """
    for name in _FILES[manifest["kind"]]:
        if name not in manifest["files"]:
            raise BrokenRun(folder / MANIFEST, f"It does not name the file {name}.")


def broken_files(folder: Path, manifest: Mapping[str, Any], page: bool = False) -> list[str]:
    """The files of a run that are gone or are not what they were; `page`: its page among them, also where it may not be read.

    Raises:
        Fault: another may not be read.
    """
    broken = []
    for name, row in manifest["files"].items():
        if name == PAGE and not page:
            continue
        try:
            sound = _digest(folder, name) == row["sha256"]
        except Fault:
            if name != PAGE:
                raise
            sound = False
        if not sound:
            broken.append(name)
    return broken


def _digest(folder: Path, name: str) -> str:
    """The digest of a file of a run; empty where it is gone, no file of its own, behind a link, or cannot be read.

    Raises:
        Fault: it may not be read.
    """
    path = folder / name
    try:
        behind = Path(name).parents[:-1]
        if not S_ISREG(os.lstat(path).st_mode) or any((folder / one).is_symlink() for one in behind):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError as error:
        raise Fault(f"{path}: The file cannot be read: {error.strerror}.", "Check its permissions.") from error
    except OSError:
        return ""


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """A context for reading a file of a run: whatever a damaged file raises becomes a BrokenRun.

    Raises:
        BrokenRun: the file is not there, or holds something else.
    """
    try:
        yield
    except (SituationError, MemoryError):
        raise
    except Exception as error:  # a damaged table makes its reader raise errors of many kinds
        raise BrokenRun(file, "The file is gone or damaged.") from error
