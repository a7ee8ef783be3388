"""What is put under faults: every way in which something is written, with a small producer in the place of a long one.

Each writer does its work as the program does, through the same functions, and knows what may be seen of it at any moment.
"""

from __future__ import annotations

from situation.edges.writing import importing
from situation.errors import Fault, SituationError
from situation.runs.folder import PARTIAL, no_note, sound_manifest
from situation.runs.manifest import PAGE, broken_files
from situation.runs.writing import replace_page, write_run
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_files, put_folder
from tests.attack.chunk_writers import Comparison, Ensemble, Join
from tests.attack.small_runs import Note, Writer, content_of, run_files

__all__ = ["WRITERS", "Replaced", "Writer", "run_files"]


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
    "join": Join,
}
