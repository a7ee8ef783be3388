"""Calibration: which values of a scenario's numbers agree with what the record says of a window after the branch.

`window` cuts the record at the end of the window, and `targets` says what is compared; `matching` rules points out
(history matching), and `rejection` keeps the nearest stories of the points that are left (approximate Bayesian
computation); `waves` goes through both, `answer` puts it together, and `posterior` writes the scenario that comes of it.
"""

from __future__ import annotations

__all__: list[str] = []
