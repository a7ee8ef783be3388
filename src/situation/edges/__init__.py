"""The edges: files of events that others keep, read row by row and made into claims, places and actors of a situation."""

from __future__ import annotations

__all__: list[str] = []
