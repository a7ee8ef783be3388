"""Parts of an ensemble: a range of its stories simulated by itself, on any machine, and the parts joined to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.ensemble.chunks import Chunks, rows_in, summaries_of, summary_bytes
from situation.ensemble.ensemble import About
from situation.ensemble.run import MOST_STORIES
from situation.ensemble.summary import StorySummary
from situation.ensemble.workers import tell_missing
from situation.errors import Fault
from situation.record.record import Record
from situation.runs.ensembles import ProgressBar, check_size, no_progress_bar, run_of_stories, stories_kept
from situation.runs.finding import RUNS_FOLDER, scenario_of
from situation.runs.folder import PARTIAL, Note, no_note, place_of, sound_manifest
from situation.runs.identity import digest_of, folder_name, part_identity
from situation.runs.making import read_or_make
from situation.runs.manifest import BrokenRun, readable
from situation.runs.stored_run import StoredRun
from situation.runs.story_shapes import STORIES, can_be_of
from situation.runs.writing import NewRun
from situation.scenario import Scenario

__all__ = ["StoredPart", "joined_run", "stored_part"]

_PARTS_FOLDER = RUNS_FOLDER / "parts"
_STORIES = ".stories"
"""The ending of the files of a part that hold its stories, some in each."""


@frozen
class StoredPart:
    """A part read from its folder: its manifest, and the numbers of its first story and of the one after its last."""

    folder: Path
    manifest: Mapping[str, Any]
    first: int
    stop: int

    def stories(self, about: About) -> Iterator[StorySummary]:
        """Its stories, in the order of their numbers.

        Args:
            about: what the ensemble is of.

        Raises:
            BrokenRun: they are not those that the manifest names, or can be none of that ensemble.
        """
        expected = self.first
        for name in sorted(name for name in self.manifest["files"] if name.endswith(_STORIES)):
            file = self.folder / name
            with readable(file):
                rows = rows_in(file.read_bytes())
                if (fault := STORIES.fault(rows)) is not None:
                    raise BrokenRun(file, fault)
                summaries = summaries_of(rows)
            for summary in summaries:
                if not can_be_of(summary, about):
                    raise BrokenRun(file, f"Story {summary.run} can be none of {about.scenario}.")
                if summary.run != expected:
                    raise BrokenRun(self.folder / name, f"Story {expected} is missing.")
                expected += 1
                yield summary
        if expected != self.stop:
            raise BrokenRun(self.folder, f"Story {expected} is missing.")


def _open_part(folder: Path) -> StoredPart:
    """Read a part's folder, checked against its manifest.

    Raises:
        Fault: it is no part of a run.
        BrokenRun: its manifest or a file of it is gone or was changed.
    """
    manifest = sound_manifest(folder)
    if manifest["kind"] != "part":
        raise Fault(f"{folder}: This is no part of a run, but of kind '{manifest['kind']}'.", "Name parts.")
    return StoredPart(folder, manifest, manifest["first"], manifest["stop"])


def stored_part(
    scenario: Scenario,
    record: Record,
    seed: int,
    span: tuple[int, int],
    workers: int,
    out: Path | None = None,
    folder: Path = _PARTS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    note: Note = no_note,
    executor: Executor | None = None,
) -> StoredPart:
    """Some stories of a scenario in a folder of their own: read where it is there, else simulated and written.

    Args:
        scenario, record, seed: of the whole ensemble, however many stories it will have.
        span: the number of the first story, and of the one after the last.
        workers, executor: where they are simulated; no result depends on it.
        out: the folder; None: one in `folder`, named after the scenario, the digest of the whole and the range.
        bar: shows the progress.
        note: is told of what was found broken or unfinished, and what was done about it.

    Raises:
        Fault: the range is empty or ends beyond the most stories that a run may have, or `workers` or `seed` is out of range.
        Interrupted: it was interrupted; its stories until then are kept.
        SituationError: the folder cannot be written, or holds something else.
    """
    first, stop = span
    if not 0 <= first < stop:
        raise Fault(f"{first}:{stop} is no range of stories.", "Give A:B with 0 <= A < B.", argument="stories")
    if stop > MOST_STORIES:
        fact = f"{first}:{stop} ends after the last of the {MOST_STORIES:,} stories that a run may have."
        raise Fault(fact, "Give fewer.", argument="stories")
    check_size(seed, workers)
    identity = part_identity(scenario, record, seed, first, stop)
    stem = folder_name(scenario.id, str(identity["whole"]))
    _, place = place_of(out, folder, f"{stem}-{first}-{stop}", note, identity)
    chunks = Chunks(place.parent / PARTIAL / str(identity["digest"]), stop, str(identity["digest"]), first)

    def tell(kept: int) -> None:
        with bar(f"{scenario.id} {first}:{stop}", chunks.count) as finished:
            finished(kept)
            tell_missing(scenario, record, seed, chunks, workers, finished, executor)

    def fill(new: NewRun) -> Mapping[str, Any]:
        written = {"scenario.yaml": scenario.text, "compared-with.yaml": scenario.twin}
        for name, text in written.items():
            if text:
                new.write(name, text.encode())
        for start, stop, body in chunks.bodies():
            new.write(f"{start:09d}-{stop:09d}{_STORIES}", body)
        return identity

    with stories_kept(chunks):
        return read_or_make(place, chunks, _open_part, tell, fill, note)


def joined_run(
    folders: Sequence[Path],
    out: Path | None = None,
    folder: Path = RUNS_FOLDER,
    note: Note = no_note,
) -> StoredRun:
    """The run of which some folders hold all parts: the same bytes as when it is simulated at once.

    Args:
        folders: of the parts, in any order.
        out: the run folder; None: one in `folder`, named after the scenario and the digest.
        folder: where run folders are kept.
        note: is told of what was found broken or unfinished, and what was done about it.

    Raises:
        Fault: they are not of one ensemble, overlap, leave a gap, or were simulated by other code than that of this machine.
        BrokenRun: a folder is broken.
        SituationError: the scenario or the record is not here, or the run cannot be written.
    """
    parts = sorted((_open_part(path) for path in folders), key=lambda part: (part.first, part.stop))
    _check_fit(parts)
    scenario, record = scenario_of(parts[0].folder, parts[0].manifest)
    seed, runs = parts[0].manifest["seed"], parts[-1].stop
    if part_identity(scenario, record, seed, 0, runs)["whole"] != parts[0].manifest["whole"]:
        raise Fault(
            f"{parts[0].folder}: Its stories were simulated by other code or other libraries than those here.",
            "Join the parts where one of them was simulated.",
        )

    def gather(chunks: Chunks, _: int) -> None:
        about = About.of(scenario, record, seed, runs)
        stories = (story for part in parts for story in part.stories(about))
        for start, stop in chunks.ranges():
            chunks.write(start, stop, summary_bytes(list(islice(stories, stop - start))))

    return run_of_stories(scenario, record, seed, runs, gather, out, folder, note)


def _check_fit(parts: Sequence[StoredPart]) -> None:
    """Refuse parts that do not make a whole.

    Raises:
        Fault: they are of several ensembles, overlap, leave a gap, or do not begin with the first story.
    """
    if not parts:
        raise Fault("There is no part to join.", "Name the folders of all parts.")
    first = parts[0]
    for part in parts:
        if part.manifest["whole"] != first.manifest["whole"]:
            raise Fault(
                f"{part.folder}: This is a part of another run than {first.folder}: they differ in {_difference(first, part)}.",
                "Name the parts of one.",
            )
    if first.first:
        raise Fault(
            f"At the beginning {_missing(0, first.first)}.",
            f"Name the part that has them, or simulate the stories 0:{first.first}.",
        )
    for before, after in pairwise(parts):
        if before.stop < after.first:
            missing = _missing(before.stop, after.first)
            advice = f"Name the part that has them, or simulate the stories {before.stop}:{after.first}."
            raise Fault(f"Between {before.folder} and {after.folder} {missing}.", advice)
        if before.folder.resolve() == after.folder.resolve():
            raise Fault(f"{after.folder} is named twice.", "Name it once.")
        if before.stop > after.first:
            raise Fault(f"{before.folder} and {after.folder} both have story {after.first}.", "Leave one of them out.")


def _missing(first: int, stop: int) -> str:
    """The stories from one up to before another, that are missing."""
    return f"story {first} is missing" if stop - first == 1 else f"stories {first} to {stop - 1} are missing"


def _difference(one: StoredPart, other: StoredPart) -> str:
    """In what two parts differ that are not of one run."""
    ranges = ("digest", "whole", "first", "stop", "files", "seal")
    names = sorted({*one.manifest, *other.manifest} - {*ranges})
    words = {"as_run": "scenario as run", "written": "scenario as written", "versions": "versions of libraries"}
    differing = [
        name for name in names if digest_of({"": one.manifest.get(name)}) != digest_of({"": other.manifest.get(name)})
    ]
    return ", ".join(words.get(name, name) for name in differing)
