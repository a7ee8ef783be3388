"""The disk: how files that people name are read, and how whole files and folders are put in their places.

`reading` opens what is named; `steps` are all the operations by which anything is written, `places` makes whole files and
folders of them, and `advice` says what to do where one fails.
"""

from __future__ import annotations

__all__: list[str] = []
