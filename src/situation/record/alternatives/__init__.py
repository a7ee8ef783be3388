"""The record read otherwise: by some voices alone, as known at another time, or by every belief."""

from __future__ import annotations

__all__: list[str] = []
