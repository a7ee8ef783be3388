"""The record: what the claims known at a moment come to, by a belief; why, and on what the sources disagree.

Inside, imports go from `joining` to `beliefs` and `order`, to `readings`, to `tolls`, `disputes` and `evidence`, to `record`, and
from there to `loading`, `alternatives`, `warnings` and `answers`.
"""

from __future__ import annotations

__all__: list[str] = []
