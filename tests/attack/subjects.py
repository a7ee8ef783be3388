"""What is mutated: small situations, plans and event files without a fault, as the bytes of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from attrs import frozen

from tests.unit.edges.event_files import acled_file, acled_row, ucdp_file, ucdp_row
from tests.unit.small import MAP, RECORD, SOURCES
from tests.unit.valley_stories import LINKS, PLAN

__all__ = ["SUBJECTS", "Files", "Subject"]

Files = Mapping[str, bytes]
"""The content of each file of a folder, by name."""
_ROOT = Path(__file__).parents[2]


@frozen
class Subject:
    """A folder without a fault.

    Args:
        files: its files.
        mutated: the endings of the names of those that are mutated.
        kind: what the folder is read as: a `situation`, a `scenario` of a situation that stays as it is, or an `import`.
        home: for a scenario, the folder of its situation.
    """

    files: Files
    mutated: tuple[str, ...]
    kind: str = "situation"
    home: Path | None = None


def _folder(path: Path, *leaving: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.glob("*.yaml")) if file.name not in leaving}


def _valley() -> Subject:
    ways = MAP.replace(
        "  - {id: arlen--dell, ends: [arlen, dell], kind: road, km: 12.5, source: invented}\n",
        LINKS,
    )
    written = {"map.yaml": ways, "sources.yaml": SOURCES, "record.yaml": RECORD, "push-on.yaml": PLAN}
    return Subject({name: text.encode() for name, text in written.items()}, (".yaml",))


def _strait() -> Subject:
    return Subject(_folder(_ROOT / "tests" / "strait_war"), (".yaml",))


def _pieces() -> Subject:
    """A record of everything that a claim may hold besides its event: retractions, corrections, sets, other times."""
    record = f"{RECORD}{_FURTHER}"
    shut = "ring: {event: {event: RouteSealed, link: dell--corve, against: south}, when: [{after: 0 d}]}"
    plan = PLAN.replace("given:\n", f"given:\n  {shut}\n")
    return Subject({**_valley().files, "record.yaml": record.encode(), "push-on.yaml": plan.encode()}, ("record.yaml",))


_FURTHER = """\
  - {id: T3-01, source: gazette, paragraph: 1, said: 2020-03-11, retracts: T1-02}
  - {id: T3-02, source: courier, corrects: T2-02, happened: 2020-03-10, episode: arlen-falls, asserts: {event: Captured, place: arlen, by: [north-guard]}}
  - {id: T3-03, source: courier, tlp: amber, embargo_until: 2020-04-01, happened: {earliest: 2020-03-02, latest: 2020-03-04}, asserts: {event: Attacked, place: dell, between: [north, rebels], killed: dozens, killed_of: {north: {low: 3, unit: troops}, civilians: {best: 4, unit: persons}}}}
  - {id: T3-04, source: gazette, paragraph: 2, happened: 2020-03-05~, asserts: {event: Attacked, place: lowlands, by: [north], against: rebels, killed: {low: 3, high: 9, unit: persons}}}
  - {source: courier, happened: 2020-03-06, asserts: {event: Withdrew, place: dell, by: [rebels], toward: [dunes]}, follows: [{happening: attacked/dell/other, gap: swiftly}]}
  - {id: T3-06, source: courier, happened: 2020-03-04, episode: other, asserts: {event: Attacked, place: dell, by: [north], against: rebels, wounded: several}}
same:
  - [T3-03, T3-06]
separate:
  - [T3-03, T3-04]
"""  # noqa: E501


def _scenarios(name: str) -> Subject:
    home = _ROOT / "scenarios" / name
    plans = _folder(home, "map.yaml", "sources.yaml", "record.yaml", "background.yaml")
    return Subject(plans, (".yaml",), "scenario", home)


def _written(write: Callable[[Path], Path]) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return write(Path(folder) / "rows.csv").read_bytes()


_MAPPING = """\
source: {outlet: The Diary, published: 2021-06-01, reliability: {grade: C, reason: one man's notes}}
rows: events
columns: {id: number, first: from, last: to, place: town, latitude: lat, longitude: lon, by: attacker, against: defender, killed: dead, killed_low: least, killed_high: most, outlet: paper, note: words}
where: {column: exact, codes: {"1": place, "2": around, "3": nowhere}, km: 10}
when: {column: sure, days: {"1": 0, "2": 3}}
kinds: {column: kind, codes: {raid: attack, battle: clash}, otherwise: attack}
unknown: [somebody]
civilians: [villagers]
states: [North]
fixed: {country: Tarnia}
"""  # noqa: E501
_ROWS = """\
number,from,to,town,lat,lon,attacker,defender,dead,least,most,paper,words,exact,sure,kind
1,2021-02-03,2021-02-03,Marl,10.1,20.1,North,South,4,3,5,Tarn Wire,a raid,1,1,raid
2,2021-02-04,2021-02-06,"Marl, Lower",10.2,20.1,South,North,,,,Reed Radio,"a ""battle"", it says",2,2,battle
3,2021-03-01,,Sedge,10.3,20.2,somebody,villagers,7,7,7,Tarn Wire,,1,1,
"""


def _imports() -> dict[str, Subject]:
    ucdp = _written(lambda path: ucdp_file(path, [ucdp_row(1), ucdp_row(2, side_b="Hill Front", type_of_violence=2)]))
    acled = _written(
        lambda path: acled_file(path, [acled_row(1), acled_row(2, event_type="Explosions/Remote violence")])
    )
    own = {"rows.csv": _ROWS.encode(), "mapping.yaml": _MAPPING.encode()}
    return {
        "UCDP rows": Subject({"ucdp.csv": ucdp}, (".csv",), "import"),
        "ACLED rows": Subject({"acled.csv": acled}, (".csv",), "import"),
        "rows of one's own, and their mapping": Subject(own, (".csv", ".yaml"), "import"),
    }


@cache
def _subjects() -> Mapping[str, Subject]:
    return MappingProxyType(
        {
            "the Tarn valley, with a plan": _valley(),
            "the valley's claims, with all that they may hold": _pieces(),
            "the Strait war, an event of each kind": _strait(),
            "scenarios of the Falklands": _scenarios("falklands-1982"),
            "scenarios of al-Qaim": _scenarios("al-qaim-2017"),
            **_imports(),
        }
    )


SUBJECTS: Final = _subjects()
"""What is mutated, by what it is."""
