"""The pages of the served edition."""

from __future__ import annotations

__all__: list[str] = []
