"""A constructed situation of any size: `python -m tests.bench.large_record CLAIMS SOURCES FOLDER`.

Two sides fight over a grid of towns for three years. Each event is reported by up to three sources, some with other
numbers or another day; some reports are denied. The same arguments give the same files.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

__all__ = ["write_large_record"]

_PLACES, _DAYS = 400, 1096
_FIRST = date(2020, 1, 1)
_SIDES = ("north", "south")


def _mixed(number: int, salt: int) -> int:
    """A number that looks like chance and is the same every time: Knuth's multiplicative hash."""
    return ((number * 2654435761 + salt * 40503) % 2**32) >> 8


def _event(number: int) -> tuple[int, dict[str, Any]]:
    """The day of an event, counted from the first, and the event."""
    place, day = f"town-{_mixed(number, 1) % _PLACES}", _mixed(number, 2) % _DAYS
    by = _SIDES[_mixed(number, 3) % 2]
    against = _SIDES[1 - _SIDES.index(by)]
    match _mixed(number, 4) % 10:
        case 0:
            return day, {"event": "Captured", "place": place, "by": [by], "against": against}
        case 1:
            men = {"best": 100 + _mixed(number, 5) % 900, "unit": "fighters"}
            return day, {"event": "StrengthAssessed", "actor": by, "place": place, "number": men}
        case _:
            killed = {"best": 1 + _mixed(number, 5) % 40, "unit": "persons"}
            return day, {"event": "Attacked", "place": place, "by": [by], "against": against, "killed": killed}


def _claims(count: int, sources: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    number = 0
    while len(rows) < count:
        day, event = _event(number)
        for report in range(min(1 + _mixed(number, 6) % 3, count - len(rows))):
            later = 1 if _mixed(number, 7 + report) % 8 == 0 else 0
            happened = min(day + later, _DAYS - 1)
            told = dict(event)
            if "killed" in told and _mixed(number, 20 + report) % 4 == 0:
                told["killed"] = {"best": event["killed"]["best"] + 1 + report, "unit": "persons"}
            stance = "denies" if report == 2 and _mixed(number, 30) % 40 == 0 else "asserts"
            rows.append(
                {
                    "id": f"C{len(rows):06d}",
                    "source": f"paper-{_mixed(len(rows), 9) % sources}",
                    "says": f"Report {report + 1} of event {number}.",
                    "said": str(_FIRST + timedelta(days=min(happened + 1 + report, _DAYS - 1))),
                    "happened": str(_FIRST + timedelta(days=happened)),
                    stance: told,
                }
            )
        number += 1
    return rows


def write_large_record(folder: Path, claims: int, sources: int) -> Path:
    """Write the situation, in a new folder.

    Args:
        claims, sources: how many of each.
    """
    folder.mkdir(parents=True)
    places = [
        {
            "id": f"town-{number}",
            "name": f"Town {number}",
            "kind": "town",
            "country": "XX",
            "at": {
                "lat": 10 + number // 20 / 10,
                "lon": 10 + number % 20 / 10,
                "precision_km": 1,
                "source": "invented",
            },
        }
        for number in range(_PLACES)
    ]
    opening = {
        f"town-{number}": {"holder": _SIDES[number % 2], "status": "held", "assumed": "so the game begins"}
        for number in range(_PLACES)
    }
    ground = {
        "situation": "large",
        "title": "A large record",
        "about": "Invented, to measure.",
        "window": {"from": str(_FIRST), "to": str(_FIRST + timedelta(days=_DAYS - 1))},
        "utc_offset": "+00:00",
        "actors": [{"id": side, "name": side.title()} for side in _SIDES],
        "places": places,
        "opening": {
            "at": str(_FIRST),
            "places": opening,
            "actors": {side: {"posture": "attacks", "assumed": "they are at war"} for side in _SIDES},
            "relations": [{"from": "north", "to": "south", "stance": "hostile", "assumed": "they are at war"}],
        },
    }
    papers = [
        {
            "id": f"paper-{number}",
            "outlet": f"Paper {number}",
            "published": str(_FIRST + timedelta(days=_DAYS)),
            "reliability": {"grade": "BCD"[number % 3], "as_of": str(_FIRST), "reason": "invented"},
        }
        for number in range(sources)
    ]
    (folder / "map.yaml").write_text(json.dumps(ground, indent=1), encoding="utf-8")
    (folder / "sources.yaml").write_text(json.dumps({"sources": papers}, indent=1), encoding="utf-8")
    rows = (json.dumps(row) for row in _claims(claims, sources))
    (folder / "record.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    write_large_record(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))
