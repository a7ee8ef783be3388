"""Chance: draws that are a function of their address, and arithmetic that gives the same bits everywhere."""

from __future__ import annotations

__all__: list[str] = []
