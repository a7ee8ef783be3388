"""The run folders as the list shows them: what each holds, and its main answer in a line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from situation.ensemble.answer_words import answer_row, largest_difference
from situation.errors import SituationError
from situation.runs.embargo import withheld_until
from situation.runs.identity import digest_of
from situation.runs.manifest import (
    GONE_OR_CHANGED,
    MANIFEST,
    PAGE,
    BrokenRun,
    broken_files,
    check_listed,
    is_run,
    read_manifest,
    readable,
)
from situation.runs.run_shapes import AS_RUN, COMPARISON, QUESTIONS, read_json
from situation.runs.stored_run import stored_judgements

__all__ = ["RUNS_ON_A_PAGE", "ListedRun", "Shelf", "folder_stamp", "questions_digest", "stamp_of"]

_FOLDER_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}")
"""Valid names of a run folder and of a file in it: none leads anywhere else."""
_ODD_NAME = "The folder's name holds more than letters, digits, '.', '-' and '_' of ASCII. Rename it."
_WITHHELD = "It holds what may be shown from {} on, which is after the release of this server."
RUNS_ON_A_PAGE = 200
"""Runs on one page of the list, and in the choice of runs to compare."""
_RUNS_REMEMBERED = 5000
"""Runs that are remembered once read."""


@frozen
class ListedRun:
    """A run folder.

    Args:
        name: the folder's.
        kind: `ensemble`, `comparison` or `replay`; empty where it cannot be read.
        written: when, by the manifest's own time; empty where that cannot be told.
        files: those of its manifest that may be downloaded.
        parts: of its record.
        headline: the first question, or what a comparison changes most; and the answer.
        text_digest, questions_digest: of its scenario's file, and of the branch and questions of its stories.
        judgements: its key judgements; none where it has none.
        pair: of a comparison, the folders of both runs; empty where one is not there.
        problem: why it cannot be read.
        damaged: its files that are gone or are not what they were.
        withheld: whether it is under embargo, so that nothing of it may be shown.
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
    headline: tuple[str, str] = ("", "")
    judgements: tuple[str, ...] = ()
    digest: str = ""
    files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    text_digest: str = ""
    questions_digest: str = ""
    first: str = ""
    second: str = ""
    pair: tuple[str, str] = ("", "")
    problem: str = ""
    damaged: tuple[str, ...] = ()
    withheld: bool = False

    def lost(self, file: Path) -> str:
        """What is told where a file of it is damaged or not there."""
        anew = f"Make it anew: situation dashboard {file.parent}." if file.name == PAGE else ""
        if file.name in self.damaged:
            alone = anew and not self.problem
            return f"{file}: {GONE_OR_CHANGED} {anew}" if alone else str(BrokenRun(file, GONE_OR_CHANGED))
        return f"There is no such file. {anew}".strip() if self.files else self.problem


@define
class Shelf:
    """The folder of run folders. Each is read when it is first shown, and again when its files have changed.

    Args:
        folder: where they lie.
        release: when they are shown: a run that holds what is under embargo then is listed with that reason, and nothing of it
            is given out. None: all may be shown.
    """

    folder: Path
    release: str | None = None
    _read: dict[str, tuple[tuple[Any, ...], ListedRun]] = field(factory=dict)

    def names(self) -> list[str]:
        """The names of all run folders, the latest first. None of them is opened."""
        if not self.folder.is_dir():
            return []
        stamped = []
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and not entry.is_symlink() and is_run(Path(entry.path)):
                    stamp = stamp_of(Path(entry.path) / MANIFEST)
                    stamped.append((-stamp[0] if stamp else 0, entry.name))
        return [name for _, name in sorted(stamped)]

    def page_of_runs(self, start: int = 0) -> list[ListedRun]:
        """A page of the list of runs, the latest first, from index `start` on."""
        runs = [
            self.run(name) if _FOLDER_NAME.fullmatch(name) else ListedRun(name, problem=_ODD_NAME)
            for name in self.names()[start : start + RUNS_ON_A_PAGE]
        ]
        return [run for run in runs if run is not None]

    def run(self, name: str) -> ListedRun | None:
        """A run by its folder's name; None where there is none."""
        folder = self.path(name)
        if folder is None:
            return None
        stamp = folder_stamp(folder)
        stamped = self._read.get(name)
        if stamped is None or stamped[0] != stamp:
            if len(self._read) >= _RUNS_REMEMBERED:
                self._read.clear()
            stamped = (stamp, self._list_run(folder, stamp[0]))
            self._read[name] = stamped
        return stamped[1]

    def of(self, scenario: str, digest: str) -> ListedRun | None:
        """The run of a scenario by its digest, in the folder named after both; None where there is none."""
        run = self.run(f"{scenario}-{digest[:12]}")
        return run if run is not None and run.digest == digest else None

    def path(self, name: str, file: str | None = None) -> Path | None:
        """The path of a run folder, or of a file that its manifest lists; None where there is none.

        A name can lead nowhere else: it is one of the folder's own, and no link.
        """
        folder = self.folder / name
        if not _FOLDER_NAME.fullmatch(name) or folder.is_symlink() or not is_run(folder):
            return None
        if file is None:
            return folder
        run = self.run(name)
        if not _FOLDER_NAME.fullmatch(file) or run is None or run.withheld or file not in (*run.files, MANIFEST):
            return None
        path = folder / file
        return path if os.path.isfile(path) and not os.path.islink(path) else None

    def _list_run(self, folder: Path, stamp: tuple[int, ...]) -> ListedRun:
        row: dict[str, Any] = {"name": folder.name}
        if stamp:
            moment = datetime.fromtimestamp(stamp[0] / 1e9, UTC)
            row["written"] = moment.astimezone().strftime("%Y-%m-%d %H:%M")
        readers = {"ensemble": _ensemble, "comparison": self._comparison, "replay": _replay}
        try:
            manifest = read_manifest(folder)
            until = "" if self.release is None else withheld_until(manifest, self.release)
            if until:
                return ListedRun(**row, problem=_WITHHELD.format(until), withheld=True)
            row["files"] = tuple(sorted(name for name in manifest["files"] if _FOLDER_NAME.fullmatch(name)))
            row["damaged"] = tuple(sorted(broken_files(folder, manifest, page=True)))
            row["digest"], kind = manifest["digest"], manifest["kind"]
            if damaged := [name for name in row["damaged"] if name != PAGE]:
                raise BrokenRun(folder / damaged[0], GONE_OR_CHANGED)
            if kind not in readers:
                raise SituationError(f"{folder.name}: A {kind} has no page. Read its files.")
            check_listed(folder, manifest)
            return ListedRun(**row, kind=kind, **readers[kind](folder, manifest))
        except SituationError as error:
            return ListedRun(**row, problem=str(error))

    def _comparison(self, folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
        answer = read_json(folder / "comparison.json", COMPARISON)
        with readable(folder / "comparison.json"):
            names = str(answer["first"]), str(answer["second"])
            digests = str(manifest["first"]), str(manifest["second"])
            runs = [self.of(name, digest) for name, digest in zip(names, digests, strict=True)]
            called = answer.get("titles", {})
            titles = [
                called.get(side) or (run.title if run else name)
                for side, run, name in zip(("first", "second"), runs, names, strict=True)
            ]
            return {
                "title": f"{titles[1]}, against: {titles[0]}",
                "scenario": f"{names[1]} against {names[0]}",
                "stories": int(answer["pairs"]),
                "seed": int(answer["seed"]),
                "headline": largest_difference(answer),
                "judgements": tuple(str(it["text"]) for it in answer.get("judgements", ())),
                "first": digests[0],
                "second": digests[1],
                "pair": (runs[0].name if runs[0] else "", runs[1].name if runs[1] else ""),
            }


def stamp_of(file: Path) -> tuple[int, ...]:
    """The times of a file's last changes, its size and its place on the disk, also of what is no regular file; empty where
    nothing is.
    """
    try:
        stat = file.stat()
    except (OSError, ValueError):
        return ()
    return (stat.st_mtime_ns, stat.st_size, stat.st_ctime_ns, stat.st_ino)


def folder_stamp(folder: Path) -> tuple[Any, ...]:
    """The same of a run's manifest, and of every file in its folder with its name; of none where it may not be looked into."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        names = []
    return stamp_of(folder / MANIFEST), *((name, *stamp_of(folder / name)) for name in names)


def questions_digest(as_run: Mapping[str, Any]) -> str:
    """A digest of the branch and the questions of a scenario as run."""
    return digest_of({name: as_run.get(name) for name in ("branch", "horizon", "without", "questions")})


def _ensemble(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    scenario = read_json(folder / "scenario.json", AS_RUN)
    with readable(folder / "scenario.json"):
        branch, asks = scenario["branch"], questions_digest(scenario)
        at, known_at = str(branch["at"]), str(branch.get("known_at") or branch["at"])
    answers = read_json(folder / "questions.json", QUESTIONS)
    with readable(folder / "questions.json"):
        title, headline = str(answers["title"]), _first_answer(answers["questions"])
    with readable(folder / "manifest.json"):
        return {
            "title": title,
            "scenario": str(manifest["scenario"]),
            "situation": str(manifest["situation"]),
            "stories": int(manifest["runs"]),
            "seed": int(manifest["seed"]),
            "parts": tuple(map(str, manifest["parts"])),
            "branch": at,
            "known_at": known_at,
            "headline": headline,
            "judgements": _judgements(folder, manifest),
            "text_digest": str(manifest["written"]),
            "questions_digest": asks,
        }


def _judgements(folder: Path, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(it["text"] for it in stored_judgements(folder, manifest))


def _first_answer(questions: list[dict[str, Any]]) -> tuple[str, str]:
    if not questions:
        return "", ""
    answer = questions[0]
    middle, outer, _, words = answer_row(answer)
    if "share" in answer and answer["runs"]:
        words = f"{outer}: {words}"  # the words are of the band, and not of the share
    return str(answer["text"] or answer["question"]), f"{middle}; {words}" if words else middle


def _replay(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    with readable(folder / "manifest.json"):
        known = manifest["known_at"]
        words = f"until {str(manifest['until'])[:10]}, as {f'known on {str(known)[:10]}' if known else 'known now'}"
        return {
            "title": f"Replay of {manifest['situation']}",
            "situation": str(manifest["situation"]),
            "parts": tuple(map(str, manifest["parts"])),
            "judgements": _judgements(folder, manifest),
            "headline": ("What happened, by the record", f"{words}, belief {manifest['belief']}"),
        }
