"""The world of a story: what its mechanisms read today (`reading`), and the same as tables for kernels (all other files)."""

from situation.story.world.reading import EVENING, MORNING, Draw, Outcome, Outcomes, World

__all__ = ["EVENING", "MORNING", "Draw", "Outcome", "Outcomes", "World"]
