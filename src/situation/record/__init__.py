"""The record: what the claims known at a moment come to, by a belief; why, and on what the sources disagree."""

from __future__ import annotations

__all__: list[str] = []
