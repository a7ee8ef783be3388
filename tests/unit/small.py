"""A small invented situation, the Tarn valley, written as files; and a hand that plants faults in them.

Nothing of it is real: rebels hold the town of Arlen until the North takes it on 10 March 2020; the South is ringed by
them in Corve. Each entry of the files stands on a line of its own, so that the place of a planted fault is easy to tell.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import define, field

from situation.record.loading import inspect, load
from situation.record.record import Record
from situation.testimony.ground import Ground

__all__ = ["Small", "small_ground", "small_record"]

MAP = """\
situation: tarn-valley
title: "The Tarn valley"
about: "An invented valley with a war in it."
window: {from: 2020-03-01, to: 2020-03-31}
utc_offset: "+02:00"
lexicon:
  - {words: swiftly, least: 0 d, most: 4 d, assumed: "days rather than weeks"}
  - {words: recently, least: 0 d, most: 14 d, assumed: "two weeks at most"}
  - {words: hours after, least: 2 h, most: 12 h, assumed: "the same day"}
actors:
  - {id: north, name: the North, aliases: [Northerners], kind: state, shape: circle}
  - {id: north-guard, name: the North Guard, parent: north, kind: unit}
  - {id: north-scouts, name: the North Scouts, parent: north, kind: unit}
  - {id: south, name: the South, kind: state, colour: {light: "#9154C5", dark: "#998DEE"}}
  - {id: south-foot, name: the South Foot, parent: south, kind: unit}
  - {id: rebels, name: the rebels, aliases: [insurgents], kind: group}
places:
  - {id: arlen, name: Arlen, aliases: [Al Arlen, Arlan Town, أرلن], kind: town, country: TV, size: major, at: {lat: 1.0, lon: 2.0, precision_km: 1, source: invented}}
  - {id: arlen-bridge, name: Arlen Bridge, kind: crossing, country: TV, within: arlen, at: {lat: 1.0, lon: 2.03, precision_km: 1, source: invented}}
  - {id: corve, name: Corve, kind: city, country: TV, size: major, at: {lat: 1.2, lon: 2.2, precision_km: 1, source: invented}}
  - {id: corve-mill, name: the Mill quarter, kind: quarter, country: TV, within: corve, at: {lat: 1.2, lon: 2.23, precision_km: 1, source: invented}}
  - {id: corve-dock, name: the Dock quarter, kind: quarter, country: TV, within: corve, at: {lat: 1.23, lon: 2.2, precision_km: 1, source: invented}}
  - {id: dell, name: Dell, kind: village, country: TV, at: {lat: 1.1, lon: 2.1, precision_km: 1, source: invented}}
  - {id: dunes, name: the Dunes, kind: desert, country: TV, at: {lat: 1.1, lon: 2.4, precision_km: 9, source: invented}}
regions:
  - {id: valley, name: the valley, places: [arlen, corve, dell, dunes], whole: true}
  - {id: lowlands, name: the lowlands, places: [dell, dunes]}
links:
  - {id: arlen--dell, ends: [arlen, dell], kind: road, km: 12.5, source: invented}
operations:
  - {id: spring-push, name: the Spring Push}
opening:
  at: 2020-03-01
  places:
    arlen: {holder: rebels, status: held, because: [T1-02]}
    arlen-bridge: {holder: rebels, status: held, assumed: "it goes with the town"}
    corve: {holder: south, status: besieged, besieger: rebels, parts: [{actor: rebels, part: most}, {actor: south, part: enclave}], assumed: "as the story goes"}
    corve-mill: {holder: rebels, status: held, assumed: "as the story goes"}
    corve-dock: {holder: rebels, status: held, assumed: "as the story goes"}
    dell: {holder: rebels, status: held, assumed: "as the story goes"}
    dunes: {status: ungarrisoned, assumed: "nobody lives there"}
  actors:
    north: {posture: attacks, assumed: "as the story goes"}
    south: {posture: holds, assumed: "as the story goes"}
    rebels: {posture: holds, assumed: "as the story goes"}
  relations:
    - {from: north, to: rebels, stance: hostile, assumed: "as the story goes"}
    - {from: north, to: south, stance: tolerated, assumed: "as the story goes"}
place_kinds:
  - {id: desert, open: true, area: true}
link_kinds:
  - {id: desert-track, capacity: 0.5, source: ASSUMED, reason: half a road, line: track, light: true}
"""  # noqa: E501

SOURCES = """\
sources:
  - id: gazette
    file: gazette.txt
    sha256: 3f3d1ed0c5f0a6d2fd6ba2a6e65cf0c2f1d2f6c4b0b1a8f0a7ad7a2c5d1b7a10
    paragraphs: 3
    outlet: The Gazette
    title: Arlen is taken
    published: 2020-03-11
    reliability: {grade: B, as_of: 2020-02-01, reason: "has been right before"}
    lean: {north: 0.5}
    lean_reason: "printed in the North"
  - id: courier
    outlet: The Courier
    published: {earliest: 2020-03-12, latest: 2020-03-13, precision: day, how: "it speaks of the day before"}
    reliability: {grade: C, as_of: 2020-02-01, reason: "mixed"}
speakers:
  - {id: marshal, name: the Marshal, party: north, reliability: {grade: C, as_of: 2020-02-01, reason: "speaks for a side"}, lean: {north: 1, rebels: -1}, lean_reason: "commands for the North"}
  - {id: mayor, name: the Mayor, reliability: {grade: F, as_of: 2020-02-01, reason: "unknown"}}
origins:
  - {id: north-office, name: the press office of the North, party: north}
  - {id: wire, name: the Wire}
"""  # noqa: E501

RECORD = """\
claims:
  - id: T1-01
    source: gazette
    paragraph: 1
    said_by: marshal
    says: The Guard took Arlen.
    said: 2020-03-10
    happened: 2020-03-10
    episode: arlen-falls
    asserts: {event: Captured, place: arlen, by: [north-guard], against: rebels}
    follows: [{happening: entered/arlen/arlen-falls, gap: hours after}]
    credibility: [{grade: 2, as_of: 2020-03-11, reason: others say so too}]
  - id: T1-02
    source: gazette
    paragraph: 2
    says: Fighters hid in Arlen.
    happened: {earliest: 2020-03-01, latest: 2020-03-09, precision: week, words: for days}
    asserts: {event: StrengthAssessed, actor: rebels, place: arlen, number: {unit: fighters, low: 100, high: 200}}
  - id: T1-03
    source: gazette
    paragraph: 3
    says: Arlen was the rebels' last place.
    happened: 2020-03-09
    asserts: {statement: LastPlaceOf, actor: rebels, places: [arlen], area: valley, qualifier: the last}
  - id: T2-01
    source: courier
    origin: wire
    says: Scouts went into Arlen.
    happened: {words: recently, before: 2020-03-11}
    episode: arlen-falls
    asserts: {event: Entered, place: arlen, by: [north-scouts], against: rebels}
  - id: T2-02
    source: courier
    said_by: mayor
    says: The Scouts took Arlen, not the Guard.
    happened: 2020-03-10
    episode: arlen-falls
    asserts: {event: Captured, place: arlen, by: [north-scouts]}
  - id: T2-03
    source: courier
    says: Dell was not taken.
    happened: 2020-03-12
    denies: {event: Captured, place: dell, by: [north]}
  - id: T2-04
    source: courier
    says: The rebels will lose Corve.
    happened: {earliest: 2020-03-13}
    asserts: {forecast: Captured, place: corve, by: [south]}
"""


@define
class Small:
    """The files of the situation, to be planted with faults, written and read."""

    folder: Path
    files: dict[str, str | bytes] = field(
        factory=lambda: {"map.yaml": MAP, "sources.yaml": SOURCES, "record.yaml": RECORD}
    )

    def plant(self, file: str, old: str, new: str) -> Small:
        """Put `new` in place of `old`, which must stand in the file exactly once."""
        text = self.text(file)
        assert text.count(old) == 1, f"{file} has {text.count(old)} of: {old}"
        self.files[file] = text.replace(old, new)
        return self

    def add(self, file: str, text: str) -> Small:
        """Put text at the end of a file; a file that is not there yet is made."""
        self.files[file] = f"{self.text(file) if file in self.files else ''}{text}"
        return self

    def text(self, file: str) -> str:
        found = self.files[file]
        assert isinstance(found, str)
        return found

    def at(self, file: str, text: str, after: str = "") -> str:
        """Where `text` first stands in a file, after some other text, as `file:line:col`."""
        whole = self.text(file)
        found = whole.index(text, whole.index(after))
        before = whole[:found]
        return f"{file}:{before.count(chr(10)) + 1}:{found - before.rfind(chr(10))}"

    def write(self) -> Small:
        """Write every file."""
        for name, content in self.files.items():
            raw = content.encode() if isinstance(content, str) else content
            (self.folder / name).write_bytes(raw)
        return self

    def load(self) -> Record:
        """The record of the written files."""
        return load(self.write().folder)

    def problems(self, sources: Path | None = None) -> list[str]:
        """Every problem of the written files as it is told, the folder's name left out. Nothing is loaded with one."""
        record, problems, _ = inspect(self.write().folder, sources=sources)
        assert (record is None) == bool(problems)
        return [str(problem).removeprefix(f"{self.folder}/") for problem in sorted(set(problems))]


@cache
def small_record() -> Record:
    """The record without a fault, read once."""
    with TemporaryDirectory() as folder:
        return Small(Path(folder)).load()


def small_ground() -> Ground:
    """The valley's ground."""
    return small_record().ground
