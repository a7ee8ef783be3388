"""Run folders: the identity of a run, and how its folder is made, written, read and found again.

`identity` names a folder, `writing` writes it whole or not at all, `stored_run` reads it, `finding` finds it by a name;
`beginning` begins the folder of a situation.
"""

from __future__ import annotations

__all__: list[str] = []
