"""Longitudes on one branch, so that points on both sides of the 180th meridian lie side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["side_by_side", "usual"]


def side_by_side(longitudes: Sequence[float]) -> list[float]:
    """The same longitudes, each as the one nearest to the middle of all: those of 179 and -179 are 179 and 181.

    The middle lies opposite the middle of the widest gap between any two of them.
    """
    if not longitudes:
        return []
    ordered = sorted({usual(longitude) for longitude in longitudes})
    gaps: Iterable[tuple[float, float]] = (
        (following - here, here) for here, following in zip(ordered, (*ordered[1:], ordered[0] + 360), strict=True)
    )
    wide, begin = max(gaps)
    middle = usual(begin + wide / 2 - 180)
    return [longitude - 360 * round((longitude - middle) / 360) for longitude in longitudes]


def usual(longitude: float) -> float:
    """A longitude from -180 to 180, as people write it."""
    return longitude if -180 <= longitude <= 180 else longitude - 360 * round(longitude / 360)
