"""The forms of the served edition: a scenario started, its numbers changed, two compared."""

from __future__ import annotations

__all__: list[str] = []
