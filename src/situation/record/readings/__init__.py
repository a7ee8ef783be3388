"""Readings: what a belief makes of the claims known at a moment, cluster by cluster, and how that goes on to a later moment."""

from __future__ import annotations

__all__: list[str] = []
