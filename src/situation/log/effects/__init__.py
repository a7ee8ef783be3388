"""What events do to the state: a registry, filled by the modules beside it, one for each part of the vocabulary."""

from situation.log.effects import battles, record, story
from situation.log.effects.registry import EFFECTS, Changes, changes, effect

__all__ = ["EFFECTS", "Changes", "battles", "changes", "effect", "record", "story"]
