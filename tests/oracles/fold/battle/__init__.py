"""Battles: the odds and a day of fighting, its casualties, how it ends, where the beaten go, and who strikes back."""

from __future__ import annotations

__all__: list[str] = []
