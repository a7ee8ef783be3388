"""What events do to the state: the effects of events that sources report, of a story's battles, and of all else in a story.

`reported`, `agreements`, `captives` and `succession` have the first, `battles` and `story` the others; each enters them into the
one registry.
"""

from situation.log.effects import agreements, battles, captives, reported, story, succession
from situation.log.effects.registry import EFFECTS, Changes, changes, effect

__all__ = [
    "EFFECTS",
    "Changes",
    "agreements",
    "battles",
    "captives",
    "changes",
    "effect",
    "reported",
    "story",
    "succession",
]
