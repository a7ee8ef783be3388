"""What events do to the state: the effects of events that sources report, and of those of stories.

`reported`, `sieges`, `ships`, `agreements`, `captives`, `succession` and `withdrawals` have the first, `battles`, `columns` and
`story` the others; each enters them into the one registry.
"""

from situation.log.effects import (
    agreements,
    battles,
    captives,
    columns,
    reported,
    ships,
    sieges,
    story,
    succession,
    withdrawals,
)
from situation.log.effects.registry import EFFECTS, Changes, changes, effect

__all__ = [
    "EFFECTS",
    "Changes",
    "agreements",
    "battles",
    "captives",
    "changes",
    "columns",
    "effect",
    "reported",
    "ships",
    "sieges",
    "story",
    "succession",
    "withdrawals",
]
