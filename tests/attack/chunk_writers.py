"""Ensembles under faults: stories told chunk by chunk, one ensemble, two and their comparison, or parts and their whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.summary import StorySummary
from situation.runs.folder import PARTIAL, place_of, sound_manifest
from situation.runs.making import read_or_make
from situation.runs.manifest import MANIFEST, PAGE
from situation.runs.writing import NewRun, write_run
from tests.attack.small_runs import RUNS, Note, Writer, content_of, digest_of_run, identity_of, run_files

__all__ = ["Comparison", "Ensemble", "Join"]


class Ensemble(Writer):
    """Stories told chunk by chunk and joined to a run folder named after its digest."""

    def write(self, version: int, note: Note) -> None:
        _told(self.home / f"run-{version}", version, (0, RUNS), _tell_missing, note)

    def look(self) -> None:
        for folder in self.home.glob("run-*"):
            version = int(folder.name.removeprefix("run-"))
            assert content_of(folder) == run_files(version), f"{folder.name} is not whole"
        for version in self.done:
            assert (self.home / f"run-{version}").is_dir(), f"run-{version} was acknowledged, and is gone"

    def tidy(self, version: int) -> None:
        assert not (self.home / PARTIAL / digest_of_run(version)).exists(), "stories are left over"

    def left(self, version: int) -> bool:
        place = self.home / f"run-{version}"
        return _kept(place, version, (0, RUNS)) or super().left(version)


def _story(run: int) -> StorySummary:
    return StorySummary(run, run, run, run, holders=[("ford", run, None)])


def _tell(chunks: Chunks, spans: Iterable[tuple[int, int]]) -> None:
    for start, stop in spans:
        chunks.write(start, stop, summary_bytes([_story(run) for run in range(start, stop)]))


def _tell_missing(chunks: Chunks) -> None:
    _tell(chunks, chunks.missing())


def _told(place: Path, version: int, span: tuple[int, int], tell: Callable[[Chunks], None], note: Note) -> None:
    """Tell some stories chunk by chunk, as `tell` does, and join them to a folder."""
    files = run_files(version)
    chunks = _chunks(place, version, span)

    def fill(new: NewRun) -> dict[str, str]:
        assert [story.run for story in chunks.read()] == list(range(*span))
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

    made = read_or_make(place, chunks, read, lambda _: tell(chunks), fill, note)
    assert made == files, "what was read is not what was told"


def _kept(place: Path, version: int, span: tuple[int, int]) -> bool:
    """Whether stories are kept of a folder that is not there yet."""
    return _chunks(place, version, span).kept() > 0 and not place.exists()


def _chunks(place: Path, version: int, span: tuple[int, int]) -> Chunks:
    digest = digest_of_run(version)
    return Chunks(place.parent / PARTIAL / digest, span[1], digest, span[0])


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


class Join(Ensemble):
    """Two parts, each told into a folder of its own, and joined to a run, whose stories are read out of them."""

    def write(self, version: int, note: Note) -> None:
        def gather(chunks: Chunks) -> None:
            for place, of, _ in self._parts(version):
                assert content_of(place) == run_files(of), f"{place.name} is not whole"
            _tell(chunks, chunks.ranges())

        for place, of, span in self._parts(version):
            _told(place, of, span, _tell_missing, note)
        _told(self.home / f"run-{version}", version, (0, RUNS), gather, note)

    def _parts(self, version: int) -> list[tuple[Path, int, tuple[int, int]]]:
        """Each part of a version: where it lies, under which number, and which stories it has."""
        spans = {100: (0, 10), 200: (10, RUNS)}
        return [(self.home / "parts" / f"part-{version + of}", version + of, span) for of, span in spans.items()]

    def look(self) -> None:
        super().look()
        for folder in self.home.glob("parts/part-*"):
            assert content_of(folder) == run_files(int(folder.name.removeprefix("part-"))), (
                f"{folder.name} is not whole"
            )
        for version in self.done:
            for place, _, _ in self._parts(version):
                assert place.is_dir(), f"{place.name} was acknowledged, and is gone"

    def tidy(self, version: int) -> None:
        super().tidy(version)
        for place, of, _ in self._parts(version):
            assert not (place.parent / PARTIAL / digest_of_run(of)).exists(), "stories of a part are left over"

    def left(self, version: int) -> bool:
        prepared = any((self.home / "parts" / PARTIAL).glob(".situation-*/*"))
        return prepared or super().left(version) or any(_kept(*part) for part in self._parts(version))
