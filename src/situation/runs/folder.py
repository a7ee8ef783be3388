"""Run folders: they appear whole or not at all, and the same inputs give the same bytes.

Work in progress lies beside the target under a name of its own and is renamed at the end. The digest in a folder's name is
over the record, what was asked, the code, and the versions of what can change a byte; never over time or paths.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import orjson

from situation.clock import Minute
from situation.errors import SituationError
from situation.record.answers import Lens
from situation.record.record import Record

__all__ = ["PAGE", "code_digest", "identity_of", "write_run", "write_whole"]

PAGE = "index.html"
"""The page of a run folder. It is made of the other files, and can be made anew from them."""

LIBRARIES = ("attrs", "pandas", "pyarrow", "plotly", "orjson")
"""What can change a byte of a replay's folder."""


def code_digest() -> str:
    """A hash of every source file of the package."""
    digest = hashlib.sha256()
    root = resources.files("situation")
    with resources.as_file(root) as folder:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".js", ".css", ".html"):
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def identity_of(record: Record, until: Minute, lens: Lens) -> dict[str, Any]:
    """What a replay is: its inputs, the code and the versions. Its `digest` names the run."""
    ground = record.ground
    told: dict[str, Any] = {
        "kind": "replay",
        "situation": ground.situation,
        "record": record.digest,
        "parts": list(record.parts),
        "until": ground.clock.text(until),
        "known_at": None if lens.known_at is None else ground.clock.text(record.known(lens.known_at)),
        "belief": lens.belief,
        "carried": lens.carried,
        "code": code_digest(),
        "versions": {name: metadata.version(name) for name in ("situation", *LIBRARIES)},
    }
    told["digest"] = hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return told


def write_run(target: Path, files: Mapping[str, bytes]) -> Path:
    """Write a run folder whole, or leave everything as it was.

    A run folder of the same content is left alone; another run's folder is replaced in one step.

    Raises:
        SituationError: the target is a file or holds something that is no run, or it cannot be written.
    """
    if target.is_file():
        raise SituationError(f"{target}: This is a file. Name a folder that does not exist yet.")
    if target.is_dir() and any(target.iterdir()) and not (target / "manifest.json").is_file():
        raise SituationError(f"{target}: The folder holds something that is no run. Name another.")
    if _same(target, files):
        return target
    partial = target.parent / ".partial" / target.name
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name in sorted(files):
            (partial / name).write_bytes(files[name])
        if target.exists():
            old = partial.with_name(f"{target.name}.old")
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            partial.rename(target)
            shutil.rmtree(old)
        else:
            partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise SituationError(
            f"{target}: The run cannot be written: {error.strerror}. Make room, or use --out."
        ) from error
    finally:
        if partial.parent.is_dir() and not any(partial.parent.iterdir()):
            partial.parent.rmdir()
    return target


def _same(target: Path, files: Mapping[str, bytes]) -> bool:
    if not target.is_dir() or {path.name for path in target.iterdir()} != set(files):
        return False
    return all((target / name).read_bytes() == content for name, content in files.items())


def write_whole(path: Path, content: bytes, what: str) -> None:
    """Put a file in its place whole, or leave everything as it was.

    Args:
        path: the file.
        content: its bytes.
        what: what it is, for the error.

    Raises:
        SituationError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SituationError(
            f"{path}: The {what} cannot be written: {error.strerror}. Name another with --out."
        ) from error
