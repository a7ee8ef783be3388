"""Marches: columns on their way, what keeps them supplied, and whom they run into."""

from __future__ import annotations

__all__: list[str] = []
