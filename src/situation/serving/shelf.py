"""The run folders as the list shows them: what each is of, and what it comes to in a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from attrs import define, field, frozen

from situation.result_words import answer_in_words, moved

__all__ = ["Shelf", "Shown"]

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}")
"""What a run folder may be called, and a file in it: nothing that leads anywhere else."""


@frozen
class Shown:
    """A run folder.

    Args:
        name: the folder's.
        kind: `ensemble`, `comparison` or `replay`; empty where it cannot be read.
        written: when, by the folder's own time.
        parts: of the record, from which its stories leave.
        headline: what was asked first, or changed most; and the answer.
        problem: why it cannot be read.
    """

    name: str
    kind: str = ""
    title: str = ""
    scenario: str = ""
    situation: str = ""
    stories: int = 0
    seed: int | None = None
    branch: str = ""
    known_at: str = ""
    written: str = ""
    order: float = 0.0
    headline: tuple[str, str] = ("", "")
    digest: str = ""
    files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    first: str = ""
    second: str = ""
    problem: str = ""


@define
class Shelf:
    """The folder of run folders. Each is read once, and again when its manifest has changed."""

    folder: Path
    _read: dict[str, tuple[int, Shown]] = field(factory=dict)

    def shown(self) -> list[Shown]:
        """Every run, the latest first."""
        if not self.folder.is_dir():
            return []
        names = [path.name for path in self.folder.iterdir() if (path / "manifest.json").is_file()]
        found = [run for run in map(self.run, sorted(names)) if run is not None]
        return sorted(found, key=lambda run: (-run.order, run.name))

    def run(self, name: str) -> Shown | None:
        """A run by its folder's name; None where there is none."""
        folder = self.path(name)
        if folder is None:
            return None
        changed = (folder / "manifest.json").stat()
        kept = self._read.get(name)
        if kept is None or kept[0] != changed.st_mtime_ns:
            kept = (changed.st_mtime_ns, _shown(folder, changed.st_mtime))
            self._read[name] = kept
        return kept[1]

    def path(self, name: str, file: str | None = None) -> Path | None:
        """The path of a run folder, or of a file that its manifest lists; None where there is none.

        A name can lead nowhere else: it is one of the folder's own, and what it names is no link.
        """
        folder = self.folder / name
        if not NAME.fullmatch(name) or folder.is_symlink() or not (folder / "manifest.json").is_file():
            return None
        if file is None:
            return folder
        found = folder / file
        run = self.run(name)
        listed = run is not None and file in (*run.files, "manifest.json")
        return found if NAME.fullmatch(file) and listed and found.is_file() and not found.is_symlink() else None


def _shown(folder: Path, changed: float) -> Shown:
    written = datetime.fromtimestamp(changed, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    row: dict[str, Any] = {"name": folder.name, "written": written, "order": changed}
    try:
        manifest = _json(folder / "manifest.json")
        files = tuple(sorted(str(name) for name in manifest["files"]))
        told = {"ensemble": _ensemble, "comparison": _comparison, "replay": _replay}[manifest["kind"]](folder, manifest)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return Shown(**row, problem=f"Its files cannot be read: {type(error).__name__} {error}")
    return Shown(**row, kind=manifest["kind"], digest=str(manifest["digest"]), files=files, **told)


def _json(file: Path) -> Any:
    return orjson.loads(file.read_bytes())


def _ensemble(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    answers, scenario = _json(folder / "questions.json"), _json(folder / "scenario.json")
    branch = scenario["branch"]
    return {
        "title": str(answers["title"]),
        "scenario": str(manifest["scenario"]),
        "situation": str(manifest["situation"]),
        "stories": int(manifest["runs"]),
        "seed": int(manifest["seed"]),
        "parts": tuple(map(str, manifest["parts"])),
        "branch": str(branch["at"]),
        "known_at": str(branch.get("known_at") or branch["at"]),
        "headline": _first(answers["questions"]),
    }


def _first(questions: list[dict[str, Any]]) -> tuple[str, str]:
    if not questions:
        return "", ""
    answer = questions[0]
    middle, _, _, words = answer_in_words(answer)
    return str(answer["text"] or answer["question"]), f"{middle}: {words}" if words else middle


def _comparison(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    answer = _json(folder / "comparison.json")
    first, second = str(answer["first"]), str(answer["second"])
    return {
        "title": f"{second} against {first}",
        "scenario": second,
        "stories": int(answer["pairs"]),
        "seed": int(answer["seed"]),
        "headline": moved(answer),
        "first": str(manifest["first"]),
        "second": str(manifest["second"]),
    }


def _replay(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    known = manifest["known_at"]
    words = f"until {str(manifest['until'])[:10]}, as {f'known on {str(known)[:10]}' if known else 'known now'}"
    return {
        "title": f"Replay of {manifest['situation']}",
        "situation": str(manifest["situation"]),
        "parts": tuple(map(str, manifest["parts"])),
        "headline": ("What happened, by the record", f"{words}, belief {manifest['belief']}"),
    }
