"""Run folders: they appear whole or not at all, and the same inputs give the same bytes.

Work in progress lies beside the target under a name of its own and is renamed at the end. A manifest names every other
file with its size and digest, and says what the run is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from situation.errors import Fault, SituationError
from situation.harmless import harmless_json

__all__ = ["PAGE", "is_run", "json_bytes", "read_manifest", "replace_page", "with_manifest", "write_run", "write_whole"]

PAGE = "index.html"
"""The page of a run folder. It is made of the other files, and can be made anew from them."""
_MANIFEST = "manifest.json"


def json_bytes(value: Any, in_order: bool = True) -> bytes:
    """A value as a file of JSON; `in_order`: with keys in their given order, else sorted."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    text = orjson.dumps(value, option=option if in_order else option | orjson.OPT_SORT_KEYS)
    return harmless_json(text.decode()).encode()


def with_manifest(files: Mapping[str, bytes], identity: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a run folder, with the manifest that names them and says what the run is."""
    return {**files, _MANIFEST: json_bytes({**identity, "files": _file_rows(files)}, in_order=False)}


def _file_rows(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The size and digest of each file."""
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    }


def is_run(path: Path) -> bool:
    """Whether a folder is a run's."""
    return (path / _MANIFEST).is_file()


def read_manifest(folder: Path, anew: bool = False) -> dict[str, Any]:
    """The manifest of a run folder, with its other files checked against it; the page may be missing.

    Args:
        folder: the folder of a replay, an ensemble or a comparison.
        anew: whether the page is about to be made anew, so that it need not be checked.

    Raises:
        Fault: it is no run folder.
        SituationError: a file of it is gone or was changed.
    """
    if not is_run(folder):
        raise Fault(f"{folder}: This is no run folder.", "Name one that 'situation run' wrote.")
    manifest: dict[str, Any] = orjson.loads((folder / _MANIFEST).read_bytes())
    for name, row in manifest["files"].items():
        path = folder / name
        if name == PAGE and (anew or not path.exists()):
            continue
        if not path.is_file() or _digest(path) != row["sha256"]:
            todo = "Make it anew with 'situation dashboard'" if name == PAGE else "Remove the folder, and run again"
            raise SituationError(f"{path}: The file is gone or was changed. {todo}.")
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_run(target: Path, files: Mapping[str, bytes]) -> Path:
    """Write a run folder whole, or leave everything as it was.

    A run folder of the same content is left alone; another run's folder is replaced in one step.

    Raises:
        SituationError: the target is a file or holds something that is no run, or it cannot be written.
    """
    if target.is_file():
        raise SituationError(f"{target}: This is a file. Name a folder that does not exist yet.")
    if target.is_dir() and any(target.iterdir()) and not (target / _MANIFEST).is_file():
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
            f"{target}: The run cannot be written: {error.strerror}. Make room, or name another folder.", argument="out"
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
            f"{path}: The {what} cannot be written: {error.strerror}. Name another file.", argument="out"
        ) from error


def replace_page(folder: Path, page: bytes, manifest: Mapping[str, Any]) -> None:
    """Replace the page of a run folder, and enter it in the manifest.

    Raises:
        SituationError: it cannot be written.
    """
    write_whole(folder / PAGE, page, "page")
    files = {**manifest["files"], **_file_rows({PAGE: page})}
    write_whole(folder / _MANIFEST, json_bytes({**manifest, "files": files}, in_order=False), "page")
