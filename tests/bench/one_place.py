"""Reports of one place every few days for years: `python -m tests.bench.one_place KIND REPORTS FOLDER`.

Each report is of a day of its own, by one of ten sources, and known on the next day. `KIND` is `attacks`, of which none
bears on another, `captures`, which take the place in turn and are put in order together, or `strengths`, of which each is
a rival of those of two weeks before. The same arguments give the same files.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

__all__ = ["write_one_place"]

_FIRST, _EVERY, _PAPERS = date(2000, 1, 1), 2, 10
_SIDES = ("north", "south")


def _event(kind: str, number: int) -> dict[str, Any]:
    by, against = _SIDES[number % 2], _SIDES[1 - number % 2]
    match kind:
        case "captures":
            return {"event": "Captured", "place": "dell", "by": [by], "against": against}
        case "strengths":
            men = {"best": 1000 + 37 * number % 500, "unit": "fighters"}
            return {"event": "StrengthAssessed", "actor": "north", "place": "dell", "number": men}
        case _:
            killed = {"best": 1 + 7 * number % 40, "unit": "persons"}
            return {"event": "Attacked", "place": "dell", "by": [by], "against": against, "killed": killed}


def write_one_place(folder: Path, kind: str, reports: int) -> Path:
    """Write the situation, in a new folder.

    Args:
        kind: `attacks`, `captures` or `strengths`.
        reports: how many, two days apart.
    """
    folder.mkdir(parents=True)
    last = _FIRST + timedelta(days=_EVERY * reports + 1)
    ground = {
        "situation": "one-place",
        "title": "One place",
        "about": "Invented, to measure.",
        "window": {"from": str(_FIRST), "to": str(last)},
        "utc_offset": "+00:00",
        "actors": [{"id": side, "name": side.title()} for side in _SIDES],
        "places": [
            {
                "id": "dell",
                "name": "Dell",
                "kind": "town",
                "country": "XX",
                "at": {"lat": 10, "lon": 10, "precision_km": 1, "source": "invented"},
            }
        ],
        "opening": {
            "at": str(_FIRST),
            "places": {"dell": {"holder": "south", "status": "held", "assumed": "so the game begins"}},
            "actors": {side: {"posture": "attacks", "assumed": "they are at war"} for side in _SIDES},
            "relations": [{"from": "north", "to": "south", "stance": "hostile", "assumed": "they are at war"}],
        },
    }
    papers = [
        {
            "id": f"paper-{number}",
            "outlet": f"Paper {number}",
            "published": str(last),
            "reliability": {"grade": "BCD"[number % 3], "as_of": str(_FIRST), "reason": "invented"},
        }
        for number in range(_PAPERS)
    ]
    rows = [
        {
            "id": f"C{number:06d}",
            "source": f"paper-{number * 7 % _PAPERS}",
            "says": f"Report {number}.",
            "said": str(_FIRST + timedelta(days=_EVERY * number + 1)),
            "happened": str(_FIRST + timedelta(days=_EVERY * number)),
            "asserts": _event(kind, number),
        }
        for number in range(reports)
    ]
    (folder / "map.yaml").write_text(json.dumps(ground, indent=1), encoding="utf-8")
    (folder / "sources.yaml").write_text(json.dumps({"sources": papers}, indent=1), encoding="utf-8")
    (folder / "record.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    write_one_place(Path(sys.argv[3]), sys.argv[1], int(sys.argv[2]))
