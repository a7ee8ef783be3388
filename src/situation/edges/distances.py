"""How far apart two points of the earth lie."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["distance_km"]

_EARTH_KM: Final = 6371.0


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points in km, on a sphere, also over the date line."""
    north = math.radians(other_lat - lat)
    east = math.radians((other_lon - lon + 180) % 360 - 180) * math.cos(math.radians((lat + other_lat) / 2))
    return _EARTH_KM * math.hypot(north, east)
