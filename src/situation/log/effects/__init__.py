"""What events do to the state: the effects of events that sources report, and of those of stories.

`control`, `operations`, `sieges`, `agreements`, `succession` and `withdrawals` have the first, `battles`, `columns` and
`story` the others; each enters them into the one registry.
"""

from situation.log.effects import (
    agreements,
    battles,
    columns,
    control,
    operations,
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
    "changes",
    "columns",
    "control",
    "effect",
    "operations",
    "sieges",
    "story",
    "succession",
    "withdrawals",
]
