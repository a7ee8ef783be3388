"""Tolls: how many were killed, wounded and taken prisoner, by whose they are, as one event says it and summed over all."""

from __future__ import annotations

__all__: list[str] = []
