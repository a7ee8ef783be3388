"""What is put under faults: every way in which something is written, with a small producer in the place of a long one.

Each writer does its work as the program does, through the same functions, and knows what may be seen of it at any moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from attrs import define, field

from situation.edges.writing import importing
from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.summary import StorySummary
from situation.errors import Fault, SituationError
from situation.runs.folder import PARTIAL, no_note, place_of, sound_manifest
from situation.runs.identity import digest_of
from situation.runs.making import read_or_make
from situation.runs.manifest import MANIFEST, PAGE, broken_files, file_rows, manifest_of
from situation.runs.writing import NewRun, replace_page, write_run
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_files, put_folder

__all__ = ["WRITERS", "Writer"]

Note = Callable[[str], None]
RUNS = 24
"""Stories of a small ensemble: three chunks."""


@define
class Writer:
    """A way of writing, in a folder of its own.

    Args:
        home: the folder.
        done: what was acknowledged, in its order.
        begun: what was begun and not acknowledged: killed, refused, or still under way.
    """

    home: Path
    done: list[int] = field(factory=list)
    begun: list[int] = field(factory=list)

    def prepare(self) -> None:
        """Make what must be there before, on a disk that does not fail."""

    def write(self, version: int, note: Note) -> None:
        """Write a version; to return is to acknowledge it."""
        raise NotImplementedError

    def look(self) -> None:
        """Look at what everybody can see: whole, and nothing acknowledged is gone."""
        raise NotImplementedError

    def tidy(self, version: int) -> None:
        """Look at what is left over of a version, once a call came to its end without a fault."""

    def left(self, version: int) -> bool:
        """Whether a call that was cut off left something of which the next one, of a version, must speak."""
        return any(path for path in (self.home / PARTIAL).glob(".situation-*/*"))


def run_files(version: int, page: int | None = None) -> dict[str, bytes]:
    """The files of a small run."""
    files = {f"table-{number}.bin": hashlib.sha256(f"{version} {number}".encode()).digest() * 9 for number in range(3)}
    files[PAGE] = f"page {version if page is None else page}".encode()
    return {**files, MANIFEST: manifest_of(identity_of(version), file_rows(files))}


def identity_of(version: int) -> dict[str, str]:
    """What the manifest of a small run says of it."""
    identity = {"kind": "comparison", "first": "a" * 64, "second": f"{version:064}"}
    return {**identity, "digest": digest_of(identity)}


def digest_of_run(version: int) -> str:
    return str(json.loads(run_files(version)[MANIFEST])["digest"])


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Ensemble(Writer):
    """Stories told chunk by chunk and joined to a run folder named after its digest."""

    def write(self, version: int, note: Note) -> None:
        files, digest = run_files(version), digest_of_run(version)
        place = self.home / f"run-{version}"
        chunks = Chunks(self.home / PARTIAL / digest, RUNS, digest)

        def tell(_: int) -> None:
            for start, stop in chunks.missing():
                chunks.write(start, stop, summary_bytes([_story(run) for run in range(start, stop)]))

        def fill(new: NewRun) -> dict[str, str]:
            assert [story.run for story in chunks.read()] == list(range(RUNS))
            for name, content in files.items():
                if name == PAGE:
                    new.write(name, content)
                elif name != MANIFEST:
                    with new.pieces(name) as file:
                        file.write(content)
            return identity_of(version)

        place_of(None, place.parent, place.name, note, identity_of(version))

        def read(folder: Path) -> dict[str, bytes]:
            sound_manifest(folder)
            return content_of(folder)

        made = read_or_make(place, chunks, read, tell, fill, note)
        assert made == files, "what was read is not what was told"

    def look(self) -> None:
        for folder in self.home.glob("run-*"):
            version = int(folder.name.removeprefix("run-"))
            assert content_of(folder) == run_files(version), f"{folder.name} is not whole"
        for version in self.done:
            assert (self.home / f"run-{version}").is_dir(), f"run-{version} was acknowledged, and is gone"

    def tidy(self, version: int) -> None:
        assert not (self.home / PARTIAL / digest_of_run(version)).exists(), "stories are left over"

    def left(self, version: int) -> bool:
        digest = digest_of_run(version)
        chunks = Chunks(self.home / PARTIAL / digest, RUNS, digest)
        kept = len(chunks.missing()) < len(list(chunks.ranges())) and not (self.home / f"run-{version}").exists()
        return kept or super().left(version)


def _story(run: int) -> StorySummary:
    return StorySummary(run, run, run, run, holders=[("ford", run, None)])


class Replaced(Writer):
    """A run folder at a place that somebody named, over the one before."""

    def write(self, version: int, note: Note) -> None:
        write_run(self.home / "out", run_files(version), note)

    def look(self) -> None:
        out = self.home / "out"
        if not out.exists():
            assert not self.done, "a run was acknowledged, and there is none"
            return
        whole = [run_files(version) for version in {*self.done[-2:], *self.begun}]  # of two beside each other either
        assert content_of(out) in whole, "what stands there is no run that was written"


class Comparison(Ensemble):
    """Two ensembles and their comparison."""

    def tidy(self, version: int) -> None:
        super().tidy(2 * version)
        super().tidy(2 * version + 1)

    def left(self, version: int) -> bool:
        return super().left(2 * version)

    def write(self, version: int, note: Note) -> None:
        super().write(2 * version, note)
        super().write(2 * version + 1, note)
        write_run(self.home / f"pair-{version}", run_files(version + 100), note)

    def look(self) -> None:
        for folder in self.home.glob("run-*"):
            assert content_of(folder) == run_files(int(folder.name.removeprefix("run-"))), f"{folder.name} is not whole"
        for folder in self.home.glob("pair-*"):
            assert content_of(folder) == run_files(int(folder.name.removeprefix("pair-")) + 100), (
                f"{folder.name} is not whole"
            )
        for version in self.done:
            for name in (f"run-{2 * version}", f"run-{2 * version + 1}", f"pair-{version}"):
                assert (self.home / name).is_dir(), f"{name} was acknowledged, and is gone"


class Page(Writer):
    """The page of a run made anew."""

    def left(self, version: int) -> bool:
        return False

    def prepare(self) -> None:
        write_run(self.home / "run", run_files(0, 0), no_note)

    def write(self, version: int, note: Note) -> None:
        run = self.home / "run"
        replace_page(run, f"page {version}".encode(), sound_manifest(run))

    def look(self) -> None:
        run = self.home / "run"
        manifest = sound_manifest(run)
        page = (run / PAGE).read_bytes().decode()
        versions = {*(self.done[-2:] or [0]), *self.begun}  # of two beside each other either may be the last
        assert page in {f"page {version}" for version in versions}, f"{page!r} is no page that was written"
        assert not broken_files(run, manifest, page=True), "the page is not what the manifest says"


class Import(Writer):
    """Files added to a situation together, the map among them, which lists what was added."""

    def prepare(self) -> None:
        (self.home / "war").mkdir()
        (self.home / "war" / "map.yaml").write_text("")

    def write(self, version: int, note: Note) -> None:
        war = self.home / "war"
        try:
            with importing(war) as finished:
                if finished:
                    note(f"Finished: {finished}")
                known = (war / "map.yaml").read_text().split()
                name = f"v{version}"
                files = {"map.yaml": "\n".join([*(it for it in known if it != name), name]).encode()}
                for ending in ("yaml", "jsonl"):
                    files[f"imports/{name}.{ending}"] = f"{name} {ending}".encode() * 5
                put_files(war, files)
        except OSError as error:
            raise SituationError(f"{war}: {error.strerror}. {advice_for(error)}") from error

    def look(self) -> None:
        war, pending = self.home / "war", self.home / "war" / ".pending"

        def seen(name: str) -> bytes | None:
            for path in (pending / name, war / name):
                if path.exists():
                    return path.read_bytes()
            return None

        listed = (seen("map.yaml") or b"").decode().split()
        for name in listed:
            for ending in ("yaml", "jsonl"):
                assert seen(f"imports/{name}.{ending}") == f"{name} {ending}".encode() * 5, (
                    f"{name}.{ending} is not whole"
                )
        there = {path.stem for home in (war, pending) for path in home.glob("imports/*")}
        assert there == set(listed), "a part of an import is there"
        for version in self.done:
            assert f"v{version}" in listed, f"import {version} was acknowledged, and is gone"

    def left(self, version: int) -> bool:
        return any(path.is_file() for path in (self.home / "war" / ".pending").rglob("*"))


class New(Writer):
    """A situation begun: its folder is there whole, or it is not there."""

    def write(self, version: int, note: Note) -> None:
        target = self.home / "scenarios" / f"war-{version}"
        try:
            put_folder(target, _situation(version), target.parent / PARTIAL, replaces=False)
        except FileExistsError:
            raise Fault(f"{target}: Something is here already.") from None
        except OSError as error:
            raise SituationError(f"{target}: {error.strerror}. {advice_for(error)}") from error

    def look(self) -> None:
        for folder in (self.home / "scenarios").glob("war-*"):
            files = {
                path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
            }
            assert files == _situation(int(folder.name.removeprefix("war-"))), f"{folder.name} is not whole"
        for version in self.done:
            assert (self.home / "scenarios" / f"war-{version}").is_dir(), f"war-{version} was acknowledged, and is gone"

    def left(self, version: int) -> bool:
        return False


def _situation(version: int) -> dict[str, bytes]:
    names = ("map.yaml", "record.yaml", "imports/a.yaml", "imports/a.jsonl")
    return {name: f"{name} {version}".encode() * 3 for name in names}


WRITERS: dict[str, type[Writer]] = {
    "ensemble": Ensemble,
    "out": Replaced,
    "compare": Comparison,
    "page": Page,
    "import": Import,
    "new": New,
}
