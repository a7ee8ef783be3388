"""Warnings: what is well-formed and yet hardly meant, each at its line, none of which stops anything."""

from __future__ import annotations

__all__: list[str] = []
