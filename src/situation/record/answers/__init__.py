"""Answers as plain values with stable keys, and as what a person reads on a terminal."""

from __future__ import annotations

__all__: list[str] = []
