"""What events do to the state: the effects of events that sources report, and of those of stories.

`reported`, `operations`, `sieges`, `agreements`, `succession` and `withdrawals` have the first, `battles`, `columns` and
`story` the others; each enters them into the one registry.
"""

from situation.log.effects import (
    agreements,
    battles,
    columns,
    operations,
    reported,
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
    "effect",
    "operations",
    "reported",
    "sieges",
    "story",
    "succession",
    "withdrawals",
]
